"""A few small guides, written by hand, and a conversation about them: no model, no store, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import yaml

from bot.content.types import (
    Agency,
    Amount,
    Content,
    Entry,
    Guide,
    Item,
    Neighbour,
    Option,
    Phone,
    Question,
    SmallTalk,
    Source,
    Warning,
)
from bot.dialogue.respond import respond
from bot.message import Choice, Incoming, Reply, User
from bot.session import Session
from bot.understanding.meaning import Ask, Meaning
from bot.understanding.model import Model
from bot.understanding.reading import understand
from bot.understanding.spelling import Speller

TODAY = date(2026, 11, 25)
CHECKED = date(2026, 11, 20)
USER = User("test", "lan")
NO_MODEL = cast(Model, SimpleNamespace(speller=Speller({}, (), {})))  # for messages that are understood without one

ROOT = Path(__file__).parent.parent


def _read(path: str) -> Mapping[str, Any]:
    found = yaml.load((ROOT / path).read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - every scalar is text
    assert isinstance(found, dict)
    return found


SENTENCES: Mapping[str, str] = _read("faq_vi/_bot.yaml")
COMMANDS = {name: tuple(phrases) for name, phrases in _read("intents/_commands.yaml").items()}


def options(*labels: str, **words: tuple[str, ...]) -> dict[str, Option]:
    """`"thue: Thuê trọ"` → the option `thue`; words of an option by its id."""
    pairs = [label.split(": ") for label in labels]
    return {id: Option(id, label, words.get(id, ())) for id, label in pairs}


def fee(text: str, *amounts: tuple[date, int | None], **more: Any) -> Item:
    return Item(text, amounts=tuple(Amount(since, dong, ("tt_75",)) for since, dong in amounts), **more)


def step(title: str, **more: Any) -> Item:
    return Item(f"Bấm «{title}».", title=title, **more)


def guide(id: str, title: str, **more: Any) -> Guide:
    """A guide of which only what matters is written down."""
    given: dict[str, Any] = {
        "topic": id,
        "aliases": (),
        "group": "cu_tru",
        "essential": True,
        "procedure": "",
        "agency": "cong_an_xa",
        "code": "",
        "owner": "ban_bien_tap",
        "summary": f"{title} thì nộp trên VNeID.",
        "checked": CHECKED,
        "review_by": date(2027, 2, 20),
        "questions": {},
        "parts": {},
        "sources": ("luat_68",),
    }
    return Guide(id=id, title=title, **{**given, **more})


WHERE = Question("noi_nop", "Nộp ở đâu?", options("tren_mang: Trên mạng", "tai_quay: Tại quầy"), shared=True)
HOME = Question(
    "cho_o",
    "Chỗ ở là của ai?",
    options("thue: Thuê trọ", "nguoi_than: Nhà người thân", "nha_minh: Nhà mình", thue=("ở trọ", "thuê nhà")),
)

RESIDENCE = guide(
    "dang_ky_tam_tru",
    "Đăng ký tạm trú",
    code="TT04",
    questions={"noi_nop": WHERE, "cho_o": HOME},
    parts={
        "ho_so": (
            Item("Tờ khai CT01.", sources=("tt_116",)),
            Item("Hợp đồng thuê.", {"cho_o": ("thue",)}, sources=("tt_116",)),
            Item("Giấy đồng ý của chủ nhà.", {"cho_o": ("thue", "nguoi_than")}, sources=("tt_116",)),
        ),
        "le_phi": (
            fee("Nộp trên mạng", (date(2025, 1, 1), 7_000), when={"noi_nop": ("tren_mang",)}),
            fee(
                "Nộp tại quầy", (date(2025, 1, 1), 15_000), (date(2027, 1, 1), 20_000), when={"noi_nop": ("tai_quay",)}
            ),
            Item("Trẻ em được miễn lệ phí.", sources=("tt_75",)),
        ),
        "thoi_han": (Item("3 ngày làm việc.", sources=("luat_68",)),),
        "noi_nop": (Item("VNeID hoặc công an xã/phường.", link="https://dichvucong.gov.vn/tam-tru"),),
        "cac_buoc": (
            step("Mở VNeID", when={"noi_nop": ("tren_mang",)}, see="Màn hình chính", if_not="khong_mo"),
            step("Tải hợp đồng", when={"noi_nop": ("tren_mang",), "cho_o": ("thue",)}, if_not="anh_mo"),
            step("Gửi hồ sơ", when={"noi_nop": ("tren_mang",)}),
            step("Ra công an xã", when={"noi_nop": ("tai_quay",)}, if_not="mat_giay"),
            step("Nhận kết quả"),
        ),
        "ket_qua": (Item("Có thông báo trong 3 ngày.", sources=("luat_68",)),),
        "loi": (
            Item("Cập nhật VNeID rồi mở lại.", id="khong_mo", error="Không thể kết nối máy chủ"),
            Item("Chụp lại đủ bốn góc, chậm nhất 5 ngày.", id="anh_mo", sources=("tt_116",)),
        ),
        "tra_cuu": (Item("Xem trong VNeID.", link="https://dichvucong.gov.vn"),),
    },
    related=("gia_han",),
)
EXTENSION = guide(
    "gia_han",
    "Gia hạn tạm trú",
    topic="dang_ky_tam_tru",
    code="GH01",
    essential=False,
    questions={"noi_nop": WHERE},
    parts={
        "le_phi": (Item("Không mất phí.", sources=("tt_75",)),),
        "cac_buoc": (
            step("Mở mục gia hạn", when={"noi_nop": ("tren_mang",)}),
            step("Ra quầy gia hạn", when={"noi_nop": ("tai_quay",)}),
        ),
    },
)
PASSPORT = guide(
    "ho_chieu",
    "Cấp hộ chiếu",
    group="xuat_nhap_canh",
    code="HC12",
    agency="phong_qlxnc",
    review_by=date(2026, 11, 1),
    questions={
        "cho_ai": Question("cho_ai", "Làm cho ai?", options("lon: Người lớn", "tre: Trẻ em"), shared=True),
        "ly_do": Question(
            "ly_do",
            "Hộ chiếu cũ thế nào?",
            options("lan_dau: Chưa có bao giờ", "het_han: Hết hạn", "mat: Bị mất", het_han=("quá hạn",)),
        ),
    },
    parts={
        "ho_so": (
            Item("Ảnh 4×6.", sources=("tt_69",)),
            Item("Tờ khai TK01.", {"cho_ai": ("lon",)}, sources=("tt_69",)),
            Item("Tờ khai TK01a.", {"cho_ai": ("tre",)}, sources=("tt_69",)),
            Item("Hộ chiếu cũ.", {"ly_do": ("het_han",)}, sources=("tt_69",)),
            Item("Đơn báo mất.", {"ly_do": ("mat",)}, sources=("tt_69",)),
        ),
        "le_phi": (
            fee("Cấp mới", (date(2026, 4, 1), 200_000), when={"ly_do": ("lan_dau", "het_han")}),
            fee("Cấp lại", (date(2026, 4, 1), 400_000), (date(2027, 1, 1), None), when={"ly_do": ("mat",)}),
        ),
        "cac_buoc": (step("Chụp ảnh"), step("Nộp hồ sơ hộ chiếu")),
    },
)
FIRST_AID = guide(
    "lua_dao",
    "Bị lừa đảo",
    group="an_toan",
    code="LD01",
    agency="canh_sat",
    questions={
        "chuyen_gi": Question(
            "chuyen_gi",
            "Đã xảy ra chuyện gì?",
            options("chuyen_tien: Đã chuyển tiền", "cai_ung_dung: Đã cài ứng dụng lạ", "dua_otp: Đã đưa mã OTP"),
        )
    },
    parts={
        "cac_buoc": (
            step("Gọi ngân hàng", when={"chuyen_gi": ("chuyen_tien", "dua_otp")}),
            step("Tắt máy", when={"chuyen_gi": ("cai_ung_dung",)}),
            step("Gọi 113"),
            step("Giữ biên lai"),
            step("Báo người thân"),
        ),
    },
    sources=(),
)

NO_PASSCODE = Entry(
    "quen_passcode",
    "dang_ky_tam_tru",
    ("quên passcode vneid thì sao",),
    "Bấm «Quên passcode», đợi 5 ngày.",
    ("luat_68",),
    CHECKED,
    related=("gia_han",),
)
LOST_PAPER = Entry("mat_giay", "dang_ky_tam_tru", ("mất giấy tạm trú",), "Xin lại trong 3 ngày.", ("luat_68",), CHECKED)
FAKE_POLICE = Warning(
    "gia_cong_an",
    "Giả công an gọi điện",
    ("Xưng công an phường",),
    ("lên phường gấp",),
    "Công an không làm định danh qua điện thoại.",
    "chuyen_tien",
    ("luat_68",),
    CHECKED,
)
DIVORCE = Neighbour("ly_hon", "Ly hôn", ("thủ tục ly hôn",), "Ly hôn do Tòa án giải quyết.", ("gia_han",))
HELLO = SmallTalk("chao", ("xin chào",), "Chào anh/chị.")

CONTENT = Content(
    guides={each.id: each for each in (RESIDENCE, EXTENSION, PASSPORT, FIRST_AID)},
    entries={each.id: each for each in (NO_PASSCODE, LOST_PAPER)},
    warnings={FAKE_POLICE.id: FAKE_POLICE},
    neighbours={DIVORCE.id: DIVORCE},
    small_talk={HELLO.id: HELLO},
    sources={
        "luat_68": Source("luat_68", "Luật Cư trú", since=date(2021, 7, 1)),
        "tt_75": Source("tt_75", "Thông tư 75/2022/TT-BTC"),
        "tt_116": Source("tt_116", "Thông tư 116/2026/TT-BCA"),
        "tt_69": Source("tt_69", "Thông tư 69/2026/TT-BCA"),
    },
    agencies={
        "cong_an_xa": Agency("cong_an_xa", "công an xã/phường"),
        "phong_qlxnc": Agency("phong_qlxnc", "Phòng Quản lý xuất nhập cảnh", {"may": Phone("024 1", unconfirmed="cũ")}),
        "canh_sat": Agency("canh_sat", "Cảnh sát 113", {"khan": Phone("113", CHECKED)}),
    },
    commands=COMMANDS,
    bot=SENTENCES,
)


def with_guides(*guides: Guide, content: Content = CONTENT) -> Content:
    """The content with some guides added or replaced."""
    return replace(content, guides={**content.guides, **{each.id: each for each in guides}})


def ask(target: str, *aspects: str, **details: str) -> Ask:
    """What the words of a question come to; `steps` as reading sets it."""
    asked = aspects or ("tong_quan",)
    return Ask(target, asked, details, steps=asked[0] in ("tong_quan", "cac_buoc"))


@dataclass
class Talk:
    """A conversation: meanings and pressed choices in, replies out; everything said is kept for the asserts."""

    content: Content = CONTENT
    today: date = TODAY
    session: Session = field(default_factory=Session)
    reply: Reply = field(default_factory=lambda: Reply(""))

    def hear(self, meaning: Meaning) -> str:
        self.session, self.reply = respond(self.content, self.session, meaning, self.today)
        return self.reply.text

    def say(self, text: str) -> str:
        """Words that need no model: numbers, codes, commands, answers."""
        return self.hear(understand(NO_MODEL, self.content, self.session, Incoming(USER, text), self.today))

    def press(self, label: str) -> str:
        """The choice on which this is written."""
        return self.push(self.choice(label).id)

    def push(self, id: str) -> str:
        return self.hear(understand(NO_MODEL, self.content, self.session, Incoming(USER, "", id), self.today))

    def choice(self, label: str) -> Choice:
        found = [each for each in self.reply.choices if each.label == label]
        assert found, f"{label!r} is not offered: {self.labels}"
        return found[0]

    @property
    def labels(self) -> list[str]:
        return [each.label for each in self.reply.choices]

    @property
    def step(self) -> str:
        return self.session.walk.step if self.session.walk else ""

"""A small bot with a known conversation, for the tests of the web channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

import yaml

from bot.content.types import Agency, Amount, Content, Guide, Item, Option, Question, Source
from bot.message import Alarm, Choice, Incoming, Link, Reply
from bot.safety.scam import Shield

SENTENCES = Path(__file__).parent.parent / "faq_vi" / "_bot.yaml"
STEPS = ("Mở VNeID, gõ «Đăng ký tạm trú».", "Bấm «Tạo yêu cầu mới».", "Bấm «Gửi hồ sơ».")
ASK = "ask/dang_ky_tam_tru/tong_quan"
MENU = Choice("cmd/menu", "Mục khác")
GREETING = Reply(
    "Xin chào anh/chị. Tôi là trợ lý tự động, không phải cán bộ.\n\n"
    "Tôi không bao giờ hỏi số căn cước, mã OTP hay mật khẩu.\n\nAnh/chị cần làm việc gì?",
    tuple(
        Choice(id, label)
        for id, label in (
            (ASK, "Đăng ký tạm trú"),
            ("ask/vneid/tong_quan", "VNeID: đăng ký, quên mật khẩu, đổi máy"),
            ("ask/can_cuoc/tong_quan", "Thẻ căn cước"),
            ("ask/ho_chieu/tong_quan", "Hộ chiếu"),
            ("ask/khai_sinh/tong_quan", "Khai sinh cho con"),
            ("ask/lua_dao/tong_quan", "Nghi bị lừa đảo"),
        )
    ),
)

GUIDE = Guide(
    id="dang_ky_tam_tru",
    topic="dang_ky_tam_tru",
    title="Đăng ký tạm trú",
    aliases=(),
    group="cu_tru",
    essential=True,
    procedure="1.004194",
    agency="cong_an_xa",
    code="TT04",
    owner="ban_bien_tap",
    summary="Nộp trên VNeID, xong trong 3 ngày làm việc.",
    checked=date(2026, 11, 20),
    review_by=date(2027, 2, 20),
    questions={
        "cho_o": Question("cho_o", "Chỗ ở thế nào?", {"thue": Option("thue", "Thuê"), "nha": Option("nha", "Nhà mình")})
    },
    parts={
        "ho_so": (
            Item("Tờ khai CT01"),
            Item("Hợp đồng thuê", when={"cho_o": ("thue",)}),
            Item("Miễn nộp bản giấy", since=date(2026, 7, 1), until=date(2026, 12, 31)),
        ),
        "le_phi": (
            Item(
                "Nộp trên mạng",
                amounts=(
                    Amount(date(2024, 1, 1), 7000, ("tt_75_2022",)),
                    Amount(date(2027, 1, 1), 10000, ("tt_1_2027",), "chưa thấy bản ký"),
                ),
            ),
        ),
    },
    sources=("tt_75_2022",),
)


@dataclass
class TestBrain:
    content: Content

    @cached_property
    def shield(self) -> Shield:
        return Shield(self.content)


@dataclass
class TestBot:
    """Counts what it was told; the same message id gets the same reply."""

    __test__ = False
    clock: Callable[[], datetime] = lambda: datetime(2026, 11, 22, 5, tzinfo=UTC)
    closed: Callable[[], str | None] = lambda: None
    heard: list[Incoming] = field(default_factory=list)
    replies: dict[tuple[str, str], Reply] = field(default_factory=dict)
    step: dict[str, int] = field(default_factory=dict)
    brain: TestBrain = field(
        default_factory=lambda: TestBrain(
            Content(
                guides={GUIDE.id: GUIDE},
                agencies={"cong_an_xa": Agency("cong_an_xa", "công an xã/phường")},
                sources={
                    "tt_75_2022": Source("tt_75_2022", "Thông tư 75/2022/TT-BTC", "75/2022/TT-BTC"),
                    "tt_1_2027": Source("tt_1_2027", "Thông tư 1/2027/TT-BTC", "1/2027/TT-BTC"),
                },
                bot=yaml.safe_load(SENTENCES.read_text("utf-8")),
            )
        )
    )

    async def handle(self, incoming: Incoming) -> Reply:
        key = (incoming.user.id, incoming.id)
        if incoming.id and key in self.replies:
            return self.replies[key]
        self.heard.append(incoming)
        self.replies[key] = reply = self.answer(incoming.user.id, incoming.text, incoming.choice)
        return reply

    def answer(self, user: str, text: str, choice: str) -> Reply:
        if choice == "cmd/menu":
            return GREETING
        if choice == ASK or (text == "1" and self.step.get(user, 0) == 0):
            self.step[user] = 0
            return Reply(
                "Nộp trên VNeID, xong trong 3 ngày làm việc, lệ phí 7.000 đồng.\n\nCần có:\n"
                "• Tờ khai CT01\n• Ảnh hợp đồng thuê\n\nCần hỏi thì gọi 1900 0368.\n\n"
                "Nguồn: TT 75/2022/TT-BTC · kiểm tra ngày 20/11/2026",
                (Choice("at/next/dang_ky_tam_tru/0", "Từng bước"), Choice("cmd/back", "Quay lại"), MENU),
                (Link("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn"), Link("Xấu", "javascript:alert(1)")),
            )
        if choice.startswith("at/next/"):
            self.step[user] = min(self.step.get(user, 0) + 1, len(STEPS) + 1)
            return self.show_step(user)
        if choice == "cmd/back":
            self.step[user] = max(self.step.get(user, 0) - 1, 1)
            return self.show_step(user)
        if text == "hỏng":
            raise RuntimeError("citizen said hỏng")
        if "chuyển tiền" in text:
            warning = Alarm("gia_cong_an", "panic", ("chuyển tiền",))
            return Reply(
                "Làm ngay:\n• Gọi ngân hàng: «tôi bị lừa, xin chặn khoản vừa chuyển».\n• Cắt liên lạc với bên kia.\n"
                "• Gọi 113 hoặc đến công an xã/phường gần nhất.",
                (Choice("ans/lua_dao/app/co", "Có cài ứng dụng"), MENU),
                alarm=warning,
            )
        return Reply(f"Tôi nghe: {text}", (Choice(ASK, "Đăng ký tạm trú"), MENU))

    def show_step(self, user: str) -> Reply:
        n = self.step[user]
        if n > len(STEPS):
            return Reply("Xong. Theo dõi kết quả trong VNeID.", (MENU,))
        choices = (Choice(f"at/next/dang_ky_tam_tru/{n}", "Xong"), Choice("cmd/back", "Quay lại"), MENU)
        return Reply(f"Bước {n}/{len(STEPS)} · {STEPS[n - 1]}\nAnh/chị sẽ thấy màn hình tiếp theo.", choices)

"""What is worked out again after an edit is what a first reading finds, and only what the edit touches is worked out again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import source
from bot.content.files import packed, read_files
from bot.content.problem import ContentError, Problem
from bot.content.source import Document
from bot.content.types import FIRST_AID, Content
from bot.engine import Brain
from bot.message import Alarm
from bot.prepared import Prepared, judged, renewed
from bot.safety.scam import Shield
from bot.understanding.focus import Focus
from tests.content_files import FAQ, GOOD, GUIDE, SHARED, WARNING, changed, write

RESIDENCE, AID = "service_guides/dang_ky_tam_tru.yaml", "service_guides/lua_dao.yaml"
SIGNALS, PROVINCE = "faq_vi/canh_bao/_dau_hieu.yaml", "service_guides/_local/da_nang.yaml"
LOCAL_FEE = GUIDE.replace("fees:\n", "fees:\n  - {text: Nộp tại xã, amount: local}\n")
TWO_HARMS = f"{GOOD[SIGNALS]}  bam_link: [lỡ bấm link]\n"
OTHER_ORDER = GOOD[SIGNALS].replace("panic:\n", "panic:\n  bam_link: [lỡ bấm link]\n")

# file → what may stand in it besides what is good; None: it is not there
EDITS: Mapping[str, tuple[str | None, ...]] = {
    RESIDENCE: (
        GUIDE.replace("dong: 7.000", "dong: 8.000"),
        GUIDE.replace("aliases: [tạm trú]", "aliases: [tạm trú, thuê trọ]"),
        GUIDE.replace("Hợp đồng thuê nhà.", "Hợp đồng thuê nhà, bản chụp."),
        LOCAL_FEE,
        "title: [một",
        "title: Thiếu hết",
        None,
    ),
    AID: (GOOD[AID].replace("label: Đã bấm link", "label: Đã bấm, words: [bấm vào rồi]"), None),
    "service_guides/moi.yaml": (
        GUIDE.replace("TT04", "TT05").replace("title: ", "topic: dang_ky_tam_tru\ntitle: Lại "),
    ),
    "service_guides/_shared.yaml": (SHARED.replace("Thử lại sau.", "Thử lại sau 10 phút."), "questions: {}\n"),
    "service_guides/_agencies.yaml": (
        GOOD["service_guides/_agencies.yaml"].replace("công an xã/phường", "công an phường"),
        "hosts: []\n",
    ),
    PROVINCE: tuple(
        f"name: Đà Nẵng\nwords: [đà nẵng]\nfees:\n  dang_ky_tam_tru:\n    Nộp tại xã:\n"
        f"      2026-01-01: {{dong: {dong}, source: tt_75_2022}}\n"
        for dong in (5_000, 6_000)
    ),
    "intents/dang_ky_tam_tru.yaml": ("guide: dang_ky_tam_tru\nexamples:\n  - trả phòng chuyển trọ\n", None),
    "intents/_aspects.yaml": ("le_phi:\n  - mất mấy đồng\nho_so:\n  - cần giấy gì\n", "le_phi: một\n"),
    "intents/_words.yaml": ("ko: không\ndk: đăng ký\n", None),
    "intents/_out_of_scope.yaml": (GOOD["intents/_out_of_scope.yaml"].replace("ở đâu", "ra sao"), None),
    "intents/_small_talk.yaml": ("chao:\n  examples: [chào em]\n  answer: Chào anh/chị.\n",),
    "faq_vi/_bot.yaml": (f"{GOOD['faq_vi/_bot.yaml']}link_la: Trang lạ.\n",),
    "faq_vi/cu_tru.yaml": (FAQ.replace("vẫn nên", "cứ"), FAQ.replace("chủ trọ", "chủ nhà"), None),
    "faq_vi/canh_bao/gia_cong_an.yaml": (
        WARNING.replace("Công an không", "Công an xã không"),
        WARNING.replace("cập nhật ngay", "nộp phạt ngay"),
        None,
    ),
    "faq_vi/canh_bao/_ten_mien.yaml": (
        GOOD["faq_vi/canh_bao/_ten_mien.yaml"].replace("[vneid]", "[vneid, dichvucong]"),
    ),
    SIGNALS: (TWO_HARMS, OTHER_ORDER, GOOD[SIGNALS].replace("1.5", "2.5")),
    "notices.yaml": (None,),
}
TEXTS = (
    "alo tôi là công an, chị lên phường cập nhật ngay kẻo bị khóa, vào vneid-capnhat.com",
    "chị lên phường nộp phạt ngay kẻo bị khóa nhé, đừng nói ai",
    "em lỡ chuyển tiền rồi lỡ bấm link nữa",
    "bấm vào rồi, https://dichvucong-gov.top",
    "trả phòng chuyển trọ có mất phí ko",
)
STEP = st.sampled_from([(path, text) for path, texts in EDITS.items() for text in (GOOD.get(path), *texts)])


def put(root: Path, path: str, text: str | None) -> None:
    if text is None:
        (root / path).unlink(missing_ok=True)
    else:
        write(root, {**dict.fromkeys(GOOD), path: text})


def found(root: Path, before: Prepared | None = None) -> Prepared | list[Problem]:
    try:
        return renewed(root, before)
    except ContentError as error:
        return error.problems


def known(focus: Focus) -> dict[str, Any]:
    items = {id: vars(each) for id, each in focus._items.items()}
    return vars(focus) | {"_items": items, "_seen": dict(focus._seen), "_ways": vars(focus._ways)}


def alarms(shield: Shield) -> list[Alarm | None]:
    return [shield.judge(text, aid) for text in TEXTS for aid in (None, "")]


def same(again: Prepared | list[Problem], first: Prepared | list[Problem]) -> bool:
    """Values may only be equal; what runs in an order has to run in the same one."""
    if isinstance(again, list) or isinstance(first, list):
        return again == first
    return (
        repr(again.content) == repr(first.content)
        and known(again.focus) == known(first.focus)
        and alarms(again.shield) == alarms(first.shield)
        and again.pack.keys() == first.pack.keys()
    )


@settings(max_examples=20)
@given(st.lists(STEP, min_size=3, max_size=12))
def test_after_any_edits_it_is_as_if_read_for_the_first_time(steps: list[tuple[str, str | None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder))
        last = renewed(root)
        for path, text in steps:
            put(root, path, text)
            assert read_files(root, last.pack).by_path == read_files(root).by_path
            again = found(root, last)
            assert same(again, found(root))
            last = again if isinstance(again, Prepared) else last


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path)


@pytest.mark.parametrize(
    ("path", "old", "new", "kept"),
    [
        (RESIDENCE, "dong: 7.000", "dong: 8.000", True),
        (RESIDENCE, "title: Đăng ký", "title: Khai", True),
        (RESIDENCE, "aliases: [tạm trú]", "aliases: [thuê trọ]", False),
        ("service_guides/_agencies.yaml", "công an xã/phường", "công an phường", True),
        ("faq_vi/cu_tru.yaml", "vẫn nên", "cứ", True),
        ("faq_vi/cu_tru.yaml", "chủ trọ", "chủ nhà", False),
        ("faq_vi/canh_bao/gia_cong_an.yaml", "truth: Công an", "truth: Họ", True),
        ("faq_vi/canh_bao/gia_cong_an.yaml", "cập nhật", "nộp phạt", False),
        ("faq_vi/canh_bao/_ten_mien.yaml", "agency: Bộ Công an", "agency: Bộ", False),
        (SIGNALS, "weight: 1.5", "weight: 2", False),
        ("intents/_words.yaml", "ko: không", "k: không", False),
        ("intents/dang_ky_tam_tru.yaml", "tôi mới", "mình mới", False),
    ],
)
def test_a_shield_is_kept_while_nothing_changed_that_it_reads(
    root: Path, path: str, old: str, new: str, kept: bool
) -> None:
    first = renewed(root)
    write(root, changed((path, old, new)))
    assert (renewed(root, first).shield is first.shield) == kept


def test_harms_in_another_order_are_ranked_anew(root: Path) -> None:
    put(root, SIGNALS, TWO_HARMS)
    first = renewed(root)
    put(root, SIGNALS, OTHER_ORDER)
    again = renewed(root, first)
    assert again.content == first.content
    assert [each.shield.harm("em lỡ chuyển tiền, lỡ bấm link") for each in (first, again)] == [
        "chuyen_tien",
        "bam_link",
    ]


def test_a_file_that_did_not_change_is_not_parsed_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = renewed(root).pack
    parsed = list[str]()

    def parse(path: str, data: bytes) -> Document:
        parsed.append(path)
        return as_ever(path, data)

    as_ever = source.parse
    monkeypatch.setattr(source, "parse", parse)
    write(root, changed((RESIDENCE, "7.000", "8.000")))
    files = read_files(root, pack)
    assert parsed == [RESIDENCE]
    again = packed(files, pack)
    assert {path for path in pack if again[path] is not pack[path]} == {RESIDENCE}


def test_guides_that_did_not_change_keep_what_is_known_of_them(root: Path) -> None:
    first = renewed(root)
    write(root, changed((RESIDENCE, "Hợp đồng thuê nhà.", "Sổ đỏ.")))
    again = renewed(root, first)
    taken = {id for id, items in again.focus._items.items() if items is first.focus._items[id]}
    assert taken == {FIRST_AID}
    assert known(again.focus) == known(Focus(again.content))


Place = tuple[str, ...]  # field, key, field …


def seen(value: Any, read: set[Place], at: Place = ()) -> Any:
    """A copy that notes in `read` which fields anybody reads, and which sentences of the bot."""
    if isinstance(value, Mapping):
        copy = {key: seen(each, read, (*at, key)) for key, each in value.items()}
        return Sentences(copy, read) if at == ("bot",) else copy
    if not is_dataclass(value):
        return value

    def noting(self: object, name: str) -> object:
        if name in names:
            read.add((*at, name))
        return object.__getattribute__(self, name)

    names = {each.name for each in fields(value)}
    kind = type(type(value).__name__, (type(value),), {"__slots__": (), "__getattribute__": noting})
    return kind(**{name: seen(getattr(value, name), read, (*at, name)) for name in names})


class Sentences(dict[str, str]):
    def __init__(self, sentences: Mapping[str, str], read: set[Place]) -> None:
        super().__init__(sentences)
        self._read = read

    def get(self, key: str, /, *default: Any) -> Any:
        self._read.add(("bot", key))
        return super().get(key, *default)


def at(value: Any, path: Place) -> Any:
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else getattr(value, part)
    return value


LINKS = (
    "https://dichvucong.gov.vn/x?url=https://a.top",
    *("vneid-capnhat.com", "vneid.gov.vn@bit.ly/a", "http://1.2.3.4/vneid.apk", "zalo.me/a", "xn--a.top:81", "t.co/a"),
)


def asked_of(content: Content) -> Iterator[str]:
    for warning in content.warnings.values():
        yield from (*warning.says, f"{warning.says[0]} {LINKS[1]}")
    for phrases in content.panic.values():
        yield from phrases[:20]
    for signal in content.signals.values():
        yield from signal.phrases
    for guide in content.guides.values():
        yield from guide.examples[:3]
    yield from (*content.calm, *content.genuine, *content.despair, *LINKS, *content.domains, "chưa bấm gì cả")


def test_the_shield_reads_nothing_by_which_it_is_not_kept(brain: Brain) -> None:
    content, read = brain.content, set[Place]()
    shield = Shield(seen(content, read))
    for text in asked_of(content):
        shield.judge(text)
        shield.judge(text, "")
    for text in LINKS:
        assert shield.links(text)
        assert (shield.harm(text), shield.denied(text), shield.despair(text)) == ("", None, False)
    kept = judged(content)
    lost = {place for place in read if not is_whole(content, place) and at(content, place) != at(kept, place)}
    assert lost == set()
    assert {place[0] for place in read} == {each.name for each in fields(kept) if getattr(kept, each.name)}


def is_whole(content: Content, place: Place) -> bool:
    """Whether what stands there is a mapping in which every single thing is noted."""
    value = at(content, place)
    return place == ("bot",) or (isinstance(value, Mapping) and any(map(is_dataclass, value.values())))

"""What stands in the terminal: every word of a reply and of a verdict, wrapped at the edge."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from bot.channels.console import show, show_check
from bot.dialogue.checking import check
from bot.dialogue.say import Say
from bot.message import Choice, Link, Reply
from bot.safety.scam import Shield
from tests.checked_content import CALM, CHECKED, PAID, SCAM
from tests.guides import SENTENCES, TODAY

LONG = "Một câu dài hơn bề ngang của cửa sổ thì xuống dòng, không bị cắt mất chữ nào ở cuối."


def console() -> Console:
    return Console(file=StringIO(), width=40, soft_wrap=True, highlight=False)


def printed(out: Console) -> str:
    assert isinstance(out.file, StringIO)
    lines = out.file.getvalue().split("\n")
    assert max(map(len, lines)) <= 40
    return " ".join(" ".join(lines).split())


def told(text: str) -> str:
    out = Console(file=StringIO(), width=400, soft_wrap=True, highlight=False)
    show_check(out, Say(CHECKED, TODAY), check(CHECKED, Shield(CHECKED), text, TODAY))
    assert isinstance(out.file, StringIO)
    return out.file.getvalue()


def test_no_word_of_a_reply_is_cut_off() -> None:
    out = console()
    show(out, Reply(LONG, (Choice("cmd/menu", LONG), Choice("in/x", "[đỏ]")), (Link(LONG, "https://a.vn"),)))
    text = printed(out)
    assert text.count(LONG) == 3
    assert "[đỏ]" in text


def test_a_verdict_is_told_with_its_reasons_links_and_what_to_do() -> None:
    text = told(f"{SCAM} dichvucong.gov.vn [đỏ].top")
    order = [
        SENTENCES["dau_lua_dao"],
        "Gần giống thủ đoạn: Giả công an.",
        f"\n{SENTENCES['xet_vi_sao']}\n",
        "• Vì sao xung_danh.",
        f"\n{SENTENCES['xet_link']}\n",
        "Giả mạo vneid-capnhat.top",
        "Chính thức dichvucong.gov.vn",
        f"\n{SENTENCES['xet_lam_gi']}\n",
        "Công an không làm qua điện thoại.",
    ]
    assert [text.find(each) for each in order] == sorted(text.index(each) for each in order)


def test_a_panic_names_what_happened_and_the_first_acts() -> None:
    text = told(PAID)
    assert f"{SENTENCES['xet_da_xay_ra']}\n  • Đã chuyển tiền" in text
    assert "• Bấm «Gọi ngân hàng»." in text
    assert SENTENCES["xet_vi_sao"] not in text


def test_an_ordinary_message_has_neither_reasons_nor_links() -> None:
    text = told(CALM)
    assert SENTENCES["xet_khong_thay"] in text
    assert SENTENCES["xet_vi_sao"] not in text
    assert SENTENCES["xet_link"] not in text


@pytest.mark.parametrize("text", ["tôi muốn chết"])
def test_despair_is_answered_first(text: str) -> None:
    assert told(text).strip().startswith("Xin đừng ở một mình.")

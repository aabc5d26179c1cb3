from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.asking import answers, as_dict, explained
from bot.engine import Brain, Turn
from bot.message import Reply
from bot.session import Session
from bot.understanding.meaning import Unsure

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 25)
KEYS = [
    *("text", "topic", "entry", "aspects", "kind", "confidence", "choices", "answers", "reply", "alarm", "ms"),
]
KINDS = {"guide", "faq", "warning", "small_talk", "command", "unsure", "unknown"}


def ask(brain: Brain, *lines: str, talk: bool = False, on: date = TODAY) -> list[dict[str, object]]:
    return [json.loads(line) for line in answers(brain, lines, on, talk=talk, as_json=True)]


def test_the_contract_holds_for_any_line(brain: Brain) -> None:
    lines = [
        "",
        "   ",
        "0",
        "TT04",
        "xin chào",
        "asdf ghjk",
        "lệ phí đăng ký tạm trú",
        "ly hôn ở đâu",
        "\ufeffmenu",
        "x" * 9000,
    ]
    found = ask(brain, *lines)
    assert len(found) == len(lines)
    for line, answer in zip(lines, found, strict=True):
        assert list(answer) == KEYS
        assert answer["text"] == line.removeprefix("\ufeff")
        assert answer["kind"] in KINDS
        assert 0 <= answer["confidence"] <= 1  # type: ignore[operator]
        assert len(answer["aspects"]) <= 3  # type: ignore[arg-type]
        assert len(answer["choices"]) <= 3  # type: ignore[arg-type]
        assert answer["reply"]


def test_choices_are_topics_of_ours_a_neighbour_among_them_is_none(brain: Brain) -> None:
    neighbour = next(iter(brain.content.neighbours))
    turn = Turn(Unsure(("gia_han_tam_tru", "dang_ky_tam_tru", neighbour)), Session(), Reply("?"))
    assert as_dict(brain.content, "câu", turn, 0.0)["choices"] == ["dang_ky_tam_tru"]


def test_a_guide_a_neighbour_and_a_scam_are_told_apart(brain: Brain) -> None:
    guide, neighbour, panic = ask(
        brain, "đăng ký tạm trú cần giấy tờ gì", "thủ tục ly hôn đơn phương", "tôi vừa chuyển 20 triệu cho công an giả"
    )
    assert (guide["topic"], guide["entry"], guide["kind"]) == ("dang_ky_tam_tru", "dang_ky_tam_tru", "guide")
    assert guide["aspects"] == ["ho_so"]
    assert (neighbour["topic"], neighbour["entry"]) == ("out_of_scope", None)
    assert (panic["topic"], panic["kind"], panic["alarm"]["level"]) == ("lua_dao", "warning", "panic")  # type: ignore[index]


def test_each_line_is_a_fresh_conversation_unless_it_is_a_talk(brain: Brain) -> None:
    lines = ("làm hộ chiếu cho con 5 tuổi cần gì", "mất mấy ngày")
    assert ask(brain, *lines)[1]["topic"] != "ho_chieu_pho_thong"
    assert ask(brain, *lines, talk=True)[1]["topic"] == "ho_chieu_pho_thong"


def test_details_and_the_day_reach_the_answer(brain: Brain) -> None:
    text = "thuê trọ, nộp tạm trú trên mạng hết bao nhiêu tiền"
    now, later = ask(brain, text)[0], ask(brain, text, on=date(2027, 3, 2))[0]
    assert now["answers"] == {"cho_o": "thue", "noi_nop": "tren_mang"}
    assert "0 đồng" in str(now["reply"])
    assert "Được 0 đồng" not in str(later["reply"])


def test_explain_says_what_was_read_and_why(brain: Brain) -> None:
    titles = [str(table.title) for table in explained(brain, "dk tam tru can j", "", TODAY)]
    assert titles == ["Câu", "Chủ đề", "Bài, mục", "Phần hỏi", "Kết luận"]


@pytest.mark.usefixtures("brain")
def test_lines_stream_and_nothing_is_written(tmp_path: Path) -> None:
    """A line in, a line out, before the next line is there; neither store nor web is imported."""
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from bot.cli import main\n"
        "try: main()\n"
        "finally: print([m for m in sys.modules if m.startswith(('bot.store.', 'bot.channels', 'fastapi', 'sklearn'))],"
        " file=sys.stderr)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(ROOT), "ask", "--json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    for text in ("xin chào", "làm căn cước ở đâu"):
        process.stdin.write(text + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["text"] == text
    _, errors = process.communicate(timeout=120)
    assert errors.strip().splitlines()[-1] == "[]"
    assert list(tmp_path.iterdir()) == []

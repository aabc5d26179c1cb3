"""Said once in a conversation, below the answer: what was sent is neither needed nor kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.content.types import Content
from bot.dialogue.reminder import SEEN, remind
from bot.dialogue.say import Say
from bot.engine import Brain, converse
from bot.message import Alarm, Incoming, Reply
from bot.safety.scam import Shield
from bot.session import Session
from bot.understanding import reading
from bot.understanding.focus import Focus
from bot.understanding.meaning import Meaning
from tests.guides import CONTENT, NO_MODEL, RESIDENCE, SENTENCES, TODAY, USER, ask

SAYS = SENTENCES["rieng_tu"].strip()
SAY = Say(CONTENT, TODAY)
PANIC, SCAM = Alarm("", "panic"), Alarm("", "scam")


def reminded(text: str, alarm: Alarm | None = None) -> bool:
    session, reply = remind(SAY, Session(), Reply("Trả lời.", alarm=alarm), text)
    assert (session.seen == (SEEN,)) == (reply.text != "Trả lời.")
    assert reply.text in ("Trả lời.", f"Trả lời.\n\n{SAYS}")
    return reply.text != "Trả lời."


@pytest.mark.parametrize(
    "text",
    [
        "cccd 079123456789 tra giúp em",
        "thẻ 4111 1111 1111 1111",
        "mã otp là 482913",
        "mk: Hoa@2020",
        "gọi em 0912.345.678",
        "stk 19031234567890",
        "hộ chiếu C1234567 hết hạn",
        "số bhxh 7912345678",
    ],
)
def test_a_number_or_a_secret_is_not_needed_and_not_kept(text: str) -> None:
    assert reminded(text)
    assert reminded(text, PANIC)


@pytest.mark.parametrize(
    "text",
    [
        "phí làm hộ chiếu 200.000 đồng đúng không",
        "gọi 1900 0368 hay 18001096 ạ",
        "nghị định 168/2024, mức 2, ngày 20/11/2026",
        "quên mật khẩu, không nhận được otp",
        "em tên là Lan ở số 12 ngõ 5",
        "[số thẻ] là gì",
    ],
)
def test_an_ordinary_question_is_not_lectured(text: str) -> None:
    assert not reminded(text)


def test_in_a_scammers_message_a_phone_is_the_scammers() -> None:
    assert not reminded("công an gọi từ 0912345678 bảo chuyển vào stk 19031234567890", SCAM)
    assert reminded("công an bảo đọc cccd 079123456789", SCAM)


@pytest.fixture
def brain(monkeypatch: pytest.MonkeyPatch) -> Brain:
    def interpret(model: Any, content: Content, *_: Any, **more: Any) -> Meaning:
        return ask(RESIDENCE.id, "le_phi")

    monkeypatch.setattr(reading, "interpret", interpret)
    return Brain(CONTENT, NO_MODEL, Shield(CONTENT), Focus(CONTENT))


def test_once_in_a_conversation_below_the_answer_to_the_question(brain: Brain) -> None:
    sent = Incoming(USER, "cccd em 079123456789, phí tạm trú bao nhiêu")
    first = converse(brain, Session(), sent, TODAY)
    assert first.reply.text.startswith("Số tiền · Đăng ký tạm trú:")
    assert first.reply.text.endswith(f"\n\n{SAYS}")
    assert converse(brain, Session(), sent, TODAY) == first
    assert SAYS not in converse(brain, first.session, sent, TODAY).reply.text
    assert "079123456789" not in str(first.session) + str(first.reply)


def test_a_pressed_choice_says_nothing_of_its_label(brain: Brain) -> None:
    pressed = Incoming(USER, "Gọi 0912345678", "ask/dang_ky_tam_tru/le_phi")
    assert SAYS not in converse(brain, Session(), pressed, TODAY).reply.text


def test_after_deleting_it_may_be_said_again(brain: Brain) -> None:
    told = replace(Session(), seen=(SEEN,))
    assert converse(brain, told, Incoming(USER, "xóa dữ liệu"), TODAY).session.seen == ()

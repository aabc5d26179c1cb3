"""When a group is answered, and what is said to what cannot be read."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.channels.manners import Kind, called, media_answer
from tests.guides import SENTENCES


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@MotCuaBot lệ phí tạm trú", "lệ phí tạm trú"),
        ("lệ phí tạm trú @motcuabot", "lệ phí tạm trú"),
        ("ơ @MotCuaBot, ở đâu", "ơ , ở đâu"),
        ("@MotCuaBot", ""),
        ("một\nhai @MotCuaBot", "một\nhai"),
        ("@MotCuaBotHue ở đâu", None),
        ("thu@MotCuaBot.vn", None),
        ("MotCuaBot ở đâu", None),
        ("", None),
    ],
)
def test_a_group_calls_the_bot_by_its_name(text: str, said: str | None) -> None:
    assert called(text, "MotCuaBot") == said


def test_a_name_is_no_pattern() -> None:
    assert called("@a+b xin chào", "a+b") == "xin chào"
    assert called("@aab xin chào", "a+b") is None


@pytest.mark.parametrize("kind", get_args(Kind))
def test_whatever_is_sent_gets_an_answer_that_asks_for_words(kind: Kind) -> None:
    assert "anh/chị" in media_answer(SENTENCES, kind).lower()

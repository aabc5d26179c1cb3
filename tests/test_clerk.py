"""What anybody is answered on a messenger, and who is asked to write slower."""

from __future__ import annotations

from bot.channels.clerk import PERSON, Clerk
from bot.message import Incoming, User
from tests.guides import SENTENCES
from tests.web_bot import TestBot

LAN = User("zalo_bot", "lan")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_words_are_the_engines_and_media_come_first() -> None:
    clerk = Clerk(TestBot(), Clock())
    reply = await clerk.answer(Incoming(LAN, "xin chào", id="1"), "photo", ["Tôi là máy."])
    assert reply.text == f"{SENTENCES['kenh_anh']}\n\nTôi là máy.\n\nTôi nghe: xin chào"
    assert reply.choices


async def test_what_has_no_words_is_not_brought_before_the_engine() -> None:
    bot = TestBot()
    assert (await Clerk(bot, Clock()).answer(Incoming(LAN, "", id="1"), "voice")).text == SENTENCES["kenh_tieng"]
    assert bot.heard == []


async def test_while_the_bot_is_off_media_get_its_words_too() -> None:
    bot = TestBot(closed=lambda: "đang sửa")
    assert (await Clerk(bot, Clock()).answer(Incoming(LAN, "", id="1"), "voice")).text.startswith("Tôi nghe: ")
    assert [each.text for each in bot.heard] == [""]


async def test_an_error_of_the_engine_is_answered() -> None:
    assert (await Clerk(TestBot(), Clock()).answer(Incoming(LAN, "hỏng", id="1"))).text == SENTENCES["web_loi"]


def test_who_is_too_fast_is_told_once_until_there_is_room_again() -> None:
    clock = Clock()
    clerk = Clerk(TestBot(), clock)
    assert [clerk.admit("lan") for _ in range(PERSON.burst + 3)] == [
        *["answer"] * PERSON.burst,
        "slow down",
        "silence",
        "silence",
    ]
    assert clerk.admit("minh") == "answer"
    clock.now += 1 / PERSON.per_second
    assert [clerk.admit("lan") for _ in range(3)] == ["answer", "slow down", "silence"]
    assert clerk.slow_down().text == SENTENCES["web_qua_nhanh"]

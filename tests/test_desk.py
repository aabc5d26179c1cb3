"""Order within a conversation, none between them, each message once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.desk import Desk


def noting(done: list[str], what: str, turns: int = 0) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        for _ in range(turns):
            await asyncio.sleep(0)
        done.append(what)

    return work


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5)), max_size=20))
def test_each_conversation_keeps_its_order_however_long_a_message_takes(put: list[tuple[str, int]]) -> None:
    async def all_of_them() -> list[str]:
        desk, done = Desk(), list[str]()
        tasks = [desk.put(str(n), line, noting(done, f"{line}{n}", turns)) for n, (line, turns) in enumerate(put)]
        if tasks:
            await asyncio.wait(tasks)
        return done

    done = asyncio.run(all_of_them())
    for line in "abc":
        assert [each for each in done if each[0] == line] == [
            f"{line}{n}" for n, (of, _) in enumerate(put) if of == line
        ]


async def test_nobody_waits_for_another_conversation() -> None:
    desk, done, blocked = Desk(), list[str](), asyncio.Event()

    async def stuck() -> None:
        await blocked.wait()

    waiting = desk.put("1", "lan", stuck)
    await desk.put("2", "minh", noting(done, "minh"))
    assert (done, waiting.done()) == (["minh"], False)
    blocked.set()
    await waiting


async def test_a_message_that_comes_again_is_not_done_again() -> None:
    desk, done = Desk(), list[str]()
    first = desk.put("1", "lan", noting(done, "a"))
    assert desk.put("1", "lan", noting(done, "b")) is first
    await first
    assert desk.put("1", "lan", noting(done, "c")) is first
    assert done == ["a"]


async def test_memory_is_bounded() -> None:
    desk, done = Desk(most=2), list[str]()
    for n in range(5):
        await desk.put(str(n), "lan", noting(done, str(n)))
    await desk.put("4", "lan", noting(done, "again"))
    await desk.put("0", "lan", noting(done, "forgotten"))
    assert done == ["0", "1", "2", "3", "4", "forgotten"]


async def test_an_error_ends_its_message_only_and_quotes_nobody(caplog: pytest.LogCaptureFixture) -> None:
    desk, done = Desk(), list[str]()

    async def broken() -> None:
        raise RuntimeError("".join(("bí ", "mật")))

    desk.put("1", "lan", broken)
    with caplog.at_level(logging.DEBUG):
        await desk.put("2", "lan", noting(done, "next"))
    assert done == ["next"]
    assert "RuntimeError" in caplog.text
    assert "bí mật" not in caplog.text


async def test_closing_waits_a_while_and_then_gives_up() -> None:
    desk, done = Desk(), list[str]()

    async def forever() -> None:
        await asyncio.Event().wait()

    short = desk.put("1", "lan", noting(done, "short", turns=3))
    never = desk.put("2", "minh", forever)
    behind = desk.put("3", "minh", noting(done, "behind"))
    await desk.close(0.05)
    assert (done, short.done(), never.cancelled(), behind.cancelled()) == (["short"], True, True, True)

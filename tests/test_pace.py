"""How fast anybody is spoken to, by a clock that tests turn."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Coroutine
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import pace as module
from bot.channels.pace import Pace


class Time:
    """Sleepers wake in the order of their times, and only when nobody else has anything to do."""

    def __init__(self) -> None:
        self.now = 100.0
        self._asleep: list[tuple[float, int, asyncio.Event]] = []
        self._count = count()

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        event = asyncio.Event()
        heapq.heappush(self._asleep, (self.now + seconds, next(self._count), event))
        await event.wait()

    async def run(self, *coroutines: Coroutine[None, None, None]) -> None:
        tasks = [asyncio.create_task(each) for each in coroutines]
        while not all(task.done() for task in tasks):
            for _ in range(10):
                await asyncio.sleep(0)
            if self._asleep:
                self.now, _, event = heapq.heappop(self._asleep)
                event.set()


async def talk(pace: Pace, time: Time, line: str, messages: int, every: float, said: list[tuple[str, float]]) -> None:
    for _ in range(messages):
        await pace.turn(line, every)
        said.append((line, time.now))


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 6), min_size=1), st.sampled_from([2.0, 30.0]))
def test_neither_one_nor_all_together_are_spoken_to_faster_than_allowed(lines: dict[str, int], rate: float) -> None:
    async def all_of_them() -> list[tuple[str, float]]:
        time, said = Time(), list[tuple[str, float]]()
        pace = Pace(rate, time.clock, time.sleep)
        await time.run(*(talk(pace, time, line, n, 1.0, said) for line, n in lines.items()))
        return said

    said = asyncio.run(all_of_them())
    assert len(said) == sum(lines.values())
    assert all(later - one >= 1 / rate - 1e-6 for (_, one), (_, later) in pairwise(said))
    for line in lines:
        assert all(later - one >= 1 - 1e-6 for one, later in pairwise([at for each, at in said if each == line]))


async def test_the_first_message_does_not_wait() -> None:
    time, said = Time(), list[tuple[str, float]]()
    await time.run(talk(Pace(30, time.clock, time.sleep), time, "lan", 1, 1.0, said))
    assert said == [("lan", 100.0)]


async def test_silence_that_is_asked_for_in_one_conversation_holds_up_no_other() -> None:
    time, said = Time(), list[tuple[str, float]]()
    pace = Pace(30, time.clock, time.sleep)
    pace.hold("lan", 60)
    await time.run(talk(pace, time, "lan", 1, 1.0, said), talk(pace, time, "minh", 3, 1.0, said))
    assert [line for line, _ in said] == ["minh", "minh", "minh", "lan"]
    assert said[-1] == ("lan", 160.0)
    assert said[2][1] < 103


async def test_a_shorter_silence_does_not_shorten_a_longer_one() -> None:
    time, said = Time(), list[tuple[str, float]]()
    pace = Pace(30, time.clock, time.sleep)
    pace.hold("lan", 60)
    pace.hold("lan", 5)
    await time.run(talk(pace, time, "lan", 1, 1.0, said))
    assert said == [("lan", 160.0)]


async def test_who_may_speak_again_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 10)
    time, said = Time(), list[tuple[str, float]]()
    pace = Pace(1, time.clock, time.sleep)
    for n in range(30):
        await time.run(talk(pace, time, str(n), 1, 1.0, said))
    assert len(pace._free) <= 11

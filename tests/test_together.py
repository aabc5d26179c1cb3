"""What is asked for at once is done in few calls, in its order, and everybody gets their own result."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.store.together import Together


@dataclass
class Doubling:
    """Notes its calls; each waits at the gate."""

    calls: list[list[int]] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.calls.append(list(numbers))
        await self.gate.wait()
        if self.error:
            raise self.error
        return [2 * number for number in numbers]


async def asked(together: Together[int, int], *numbers: int) -> list[asyncio.Task[int]]:
    tasks = [asyncio.create_task(together.do(number)) for number in numbers]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


async def test_what_comes_while_a_call_is_under_way_is_one_call_after_it() -> None:
    work = Doubling()
    together = Together(work, most=10)
    first = await asked(together, 1)
    rest = await asked(together, 2, 3, 4)
    assert work.calls == [[1]]
    work.gate.set()
    assert await asyncio.gather(*first, *rest) == [2, 4, 6, 8]
    assert work.calls == [[1], [2, 3, 4]]


async def test_a_call_is_not_larger_than_it_may_be() -> None:
    work = Doubling()
    work.gate.set()
    together = Together(work, most=2)
    assert await asyncio.gather(*map(together.do, range(5))) == [0, 2, 4, 6, 8]
    assert work.calls == [[0, 1], [2, 3], [4]]


async def test_an_error_is_that_of_its_own_call_only() -> None:
    work = Doubling(error=OSError("full"))
    together = Together(work, most=2)
    tasks = await asked(together, 1, 2)
    work.gate.set()
    assert [type(each) for each in await asyncio.gather(*tasks, return_exceptions=True)] == [OSError, OSError]
    work.error = None
    assert await together.do(3) == 6


async def test_who_does_not_wait_leaves_the_others_theirs() -> None:
    work = Doubling()
    together = Together(work, most=2)
    gone, stays = await asked(together, 1, 2)
    gone.cancel()
    work.gate.set()
    assert await stays == 4
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_closing_waits_for_what_was_asked() -> None:
    work = Doubling()
    together = Together(work, most=1)
    tasks = await asked(together, 1, 2)
    closing = asyncio.create_task(together.close())
    await asyncio.sleep(0)
    assert not closing.done()
    work.gate.set()
    await closing
    assert work.calls == [[1], [2]]
    assert await asyncio.gather(*tasks) == [2, 4]
    await together.close()

"""How fast a platform lets a bot speak: to one conversation, and to all together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]

MOST = 10_000  # conversations after which those that may speak again are forgotten


class Pace:
    """`per_second` for everybody together; a conversation that has to wait makes nobody else wait."""

    def __init__(self, per_second: float, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._gap = 1 / per_second
        self.clock, self._sleep = clock, sleep
        self._free: dict[str, float] = {}  # conversation → when it may be spoken to again
        self._next = 0.0  # when anybody may be

    async def turn(self, line: str, every: float) -> None:
        """Return when a message may go to this conversation, which takes one each `every` seconds."""
        start = max(self.clock(), self._free.get(line, 0.0))
        self._free[line] = start + every
        await self._until(start)
        slot = max(self.clock(), self._next)
        self._next = slot + self._gap
        self._free[line] = max(self._free[line], slot + every)
        await self._until(slot)
        self._tidy()

    def hold(self, line: str, seconds: float) -> None:
        """The platform asks for silence in this conversation."""
        self._free[line] = max(self._free.get(line, 0.0), self.clock() + seconds)

    def hold_all(self, seconds: float) -> None:
        """The platform asks for silence everywhere."""
        self._next = max(self._next, self.clock() + seconds)

    async def rest(self, seconds: float) -> None:
        await self._sleep(seconds)

    async def _until(self, then: float) -> None:
        if (wait := then - self.clock()) > 0:
            await self._sleep(wait)

    def _tidy(self) -> None:
        if len(self._free) > MOST:
            now = self.clock()
            self._free = {line: free for line, free in self._free.items() if free > now}

"""Calls that come while another one is under way are done as one after it: many writers, few transactions."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

What = TypeVar("What")
Done = TypeVar("Done")


class Together(Generic[What, Done]):
    """`work` gets what was asked for, at most `most` at once, in its order, and gives one result for each."""

    def __init__(self, work: Callable[[Sequence[What]], Awaitable[Sequence[Done]]], most: int) -> None:
        self._work, self._most = work, most
        self._waiting: deque[tuple[What, asyncio.Future[Done]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def do(self, what: What) -> Done:
        """Raises what `work` raised, to everybody who was in the same call. Who is cancelled has asked all the same."""
        future: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.append((what, future))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await future

    async def close(self) -> None:
        """Wait for what has been asked for."""
        while self._running:
            await asyncio.wait([self._running])

    async def _run(self) -> None:
        try:
            while self._waiting:
                group = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
                await self._do(group)
        finally:
            self._running = None

    async def _do(self, group: Sequence[tuple[What, asyncio.Future[Done]]]) -> None:
        try:
            results = await self._work([what for what, _ in group])
        except Exception as error:  # whatever it is, it belongs to those who asked and wait for it
            for _, future in group:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(group, results, strict=True):
            if not future.done():
                future.set_result(result)

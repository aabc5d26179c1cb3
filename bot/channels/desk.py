"""Messages in the order of their conversation, many conversations at once, each message once."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import OrderedDict
from collections.abc import Awaitable, Callable

MOST = 10_000  # messages remembered, so that one that a platform delivers again is not answered again

Work = Callable[[], Awaitable[None]]

_log = logging.getLogger(__name__)


class Desk:
    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[str, asyncio.Task[None]] = OrderedDict()
        self._last: dict[str, asyncio.Task[None]] = {}
        self._open: set[asyncio.Task[None]] = set()

    def known(self, id: str) -> asyncio.Task[None] | None:
        return self._known.get(id)

    def put(self, id: str, line: str, work: Work) -> asyncio.Task[None]:
        """Do `work` after everything that was put in the same line before; for an id seen before, its earlier task.

        The task never fails: an error is logged as its kind and place only, its message could quote a citizen.
        """
        if before := self.known(id):
            return before
        task = asyncio.create_task(_after(self._last.get(line), work))
        self._known[id] = self._last[line] = task
        self._open.add(task)
        task.add_done_callback(lambda done: self._leave(line, done))
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return task

    def _leave(self, line: str, task: asyncio.Task[None]) -> None:
        self._open.discard(task)
        if self._last.get(line) is task:
            del self._last[line]

    async def close(self, grace: float) -> None:
        """Wait until everything is done, at most `grace` seconds; then what is left is given up."""
        if self._open:
            _, late = await asyncio.wait(set(self._open), timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


async def _after(before: asyncio.Task[None] | None, work: Work) -> None:
    if before:
        await asyncio.wait([before])
    try:
        await work()
    except Exception as error:
        log_error(_log, error)


def log_error(log: logging.Logger, error: Exception) -> None:
    """Its kind and place, never its message."""
    log.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))

"""The engine at work: its store, content that reloads, old data that is purged; until the block ends."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.channels.desk import log_error
from bot.content.load import default_dir
from bot.engine import Bot, Brain
from bot.prepared import prepare
from bot.reload import open_brain, watch
from bot.settings import Settings, read
from bot.store import Store
from bot.store.open import open_store
from bot.store.switch import Switch
from bot.understanding import train

PURGE_EVERY = 3600  # seconds

Tell = Callable[[str], None]

_log = logging.getLogger(__name__)


@asynccontextmanager
async def running(brain: Brain, root: Path, settings: Settings, tell: Tell) -> AsyncIterator[tuple[Bot, Store]]:
    """Raises StoreError; its text is for the operator."""
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(settings.store))
        bot = Bot(brain, store, keep_unknown=settings.keep_unknown, closed=Switch(settings.switch).reason)
        for work in (watch(bot, root, settings.cache, tell), _purge(bot, store)):
            stack.callback(asyncio.create_task(work).cancel)
        yield bot, store


@asynccontextmanager
async def from_environment() -> AsyncIterator[Bot]:
    """For programs that are not ours. Raises SettingError, ContentError, StoreError."""
    settings = read()
    root = settings.content or default_dir()
    await asyncio.to_thread(fit_apart, root, settings.cache)
    brain = await asyncio.to_thread(open_brain, root, settings.cache)
    async with running(brain, root, settings, _log.warning) as (bot, _):
        yield bot


def fit_apart(root: Path, cache_dir: Path) -> int:
    """A model that is not there yet is fitted in a process of its own, whose exit status this is: a server should not keep the
    memory of that, and some may have no children of other kinds. Raises ContentError."""
    if train.path_of(prepare(root, cache_dir).model, cache_dir).is_file():
        return 0
    command = [sys.executable, "-c", "from bot.cli import main; main()", "fit", "--content", str(root.resolve())]
    places = {"PYTHONPATH": str(Path(__file__).parents[1]), "MOTCUA_CACHE": str(cache_dir)}
    return subprocess.run(command, env=os.environ | places, check=False).returncode  # noqa: S603


async def _purge(bot: Bot, store: Store) -> None:
    """Until cancelled. A purge that fails, for the database was busy, is made up for by the next."""
    while True:
        try:
            await store.purge(bot.clock())
        except Exception as error:
            log_error(_log, error)
        await asyncio.sleep(PURGE_EVERY)

"""The server put together: store, bot, content that reloads, old data that is purged; from start to Ctrl+C."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.channels import server
from bot.channels.desk import log_error
from bot.engine import Bot, Brain
from bot.reload import watch
from bot.settings import Settings
from bot.store import Store, StoreError
from bot.store.open import open_store
from bot.store.switch import Switch

PURGE_EVERY = 3600  # seconds

Tell = Callable[[str], None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listed:
    """A messenger: switched on by a setting, made by `channel(bot, store, settings, tell)` of its module."""

    name: str
    setting: str
    module: str
    extra: str  # of pyproject.toml, that it needs


CHANNELS = (
    Listed("Telegram", "telegram_token", "bot.telegram", "telegram"),
    Listed("Zalo Bot", "zalo_bot_token", "bot.zalo_bot", "zalo"),
    Listed("Zalo OA", "zalo_oa_app_id", "bot.zalo_oa", "zalo"),
)


def run(brain: Brain, root: Path, settings: Settings, tell: Tell) -> None:
    """Until Ctrl+C. Exits with a sentence when the store or the port cannot be opened."""
    try:
        server.run(_serve(brain, root, settings, tell))
    except StoreError as error:
        raise SystemExit(str(error)) from error


async def _serve(brain: Brain, root: Path, settings: Settings, tell: Tell) -> None:
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(settings.store))
        bot = Bot(brain, store, keep_unknown=settings.keep_unknown, closed=Switch(settings.switch).reason)
        for work in (watch(bot, root, settings.cache, tell), _purge(bot, store)):
            stack.callback(asyncio.create_task(work).cancel)
        await server.serve(bot, _server(settings), list(_channels(bot, store, settings, tell)))


async def _purge(bot: Bot, store: Store) -> None:
    """Until cancelled. A purge that fails, for the database was busy, is made up for by the next."""
    while True:
        try:
            await store.purge(bot.clock())
        except Exception as error:
            log_error(_log, error)
        await asyncio.sleep(PURGE_EVERY)


def _channels(bot: Bot, store: Store, settings: Settings, tell: Tell) -> Iterator[server.Channel]:
    """The messengers that are switched on."""
    for each in CHANNELS:
        if getattr(settings, each.setting):
            yield _module(each).channel(bot, store, settings, tell)


def _module(listed: Listed) -> Any:
    """Read only when it is wanted: its libraries are an extra."""
    try:
        return import_module(listed.module)
    except ModuleNotFoundError as error:
        way = f"pip install 'motcua[{listed.extra}]' (thiếu {error.name})"
        raise SystemExit(f"Để dùng {listed.name}, cài thêm: {way}.") from error


def _server(settings: Settings) -> server.ServerSettings:
    return server.ServerSettings(
        host=settings.host,
        port=settings.port,
        trusted_proxies=settings.proxies,
        origins=settings.origins,
        root_path=settings.root_path,
    )

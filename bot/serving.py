"""The server put together: the engine at work behind every messenger that is switched on; from start to Ctrl+C."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.channels import server
from bot.engine import Bot, Brain
from bot.running import Tell, running
from bot.settings import Settings
from bot.store import Store, StoreError


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
    async with running(brain, root, settings, tell) as (bot, store):
        await server.serve(bot, _server(settings), list(_channels(bot, store, settings, tell)))


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

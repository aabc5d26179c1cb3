"""The server put together: store, bot, content that reloads, old data that is purged; from start to Ctrl+C."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

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

TELEGRAM = {
    "polling": "Telegram: đang hỏi tin mới (polling).",
    "webhook": "Telegram: đang nhận tin qua webhook.",
    "token": "Telegram: token bị từ chối. Xem lại MOTCUA_TELEGRAM_TOKEN, và MOTCUA_TELEGRAM_API nếu có đặt.",
    "address": "Telegram: không nhận địa chỉ webhook. Xem lại MOTCUA_TELEGRAM_WEBHOOK (https, cổng 443, 80, 88 hoặc 8443).",
    "unreachable": "Telegram: chưa nối được, sẽ thử lại. Các kênh khác vẫn chạy.",
    "taken": "Telegram: có chương trình khác đang nhận tin của bot này. Dừng chương trình đó; ở đây sẽ thử lại.",
}


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
    if settings.telegram_token:
        yield _telegram(bot, settings, tell)
    if settings.zalo_bot_token:
        yield _zalo_bot(bot, store, settings, tell)
    if settings.zalo_oa_app_id:
        yield _zalo_oa(bot, store, settings, tell)


def _telegram(bot: Bot, settings: Settings, tell: Tell) -> server.Channel:
    try:
        from bot.channels.telegram_wire import Telegram, TelegramSettings  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise SystemExit(f"Để dùng Telegram, cài thêm: pip install 'motcua[telegram]' (thiếu {error.name}).") from error
    found = TelegramSettings(settings.telegram_token, settings.telegram_webhook, settings.telegram_api)
    return Telegram(bot, found, lambda news: tell(TELEGRAM[news]))


def _zalo_bot(bot: Bot, store: Store, settings: Settings, tell: Tell) -> server.Channel:
    try:
        from bot import zalo_bot  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise SystemExit(f"Để dùng Zalo Bot, cài thêm: pip install 'motcua[zalo]' (thiếu {error.name}).") from error
    return zalo_bot.channel(bot, store, settings, tell)


def _zalo_oa(bot: Bot, store: Store, settings: Settings, tell: Tell) -> server.Channel:
    if missing := settings.zalo_oa_missing:
        raise SystemExit(f"Zalo OA: chưa đặt {', '.join(missing)}. Xem từng chỗ: python bot.py zalo doctor")
    try:
        from bot import zalo_oa  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise SystemExit(f"Để dùng Zalo OA, cài thêm: pip install 'motcua[zalo]' (thiếu {error.name}).") from error
    return zalo_oa.channel(bot, store, settings, tell)


def _server(settings: Settings) -> server.ServerSettings:
    return server.ServerSettings(
        host=settings.host,
        port=settings.port,
        trusted_proxies=settings.proxies,
        origins=settings.origins,
        root_path=settings.root_path,
    )

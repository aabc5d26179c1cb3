"""The Zalo Bot channel as the server runs it, beside a Bot API of the test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.channels import zalo_bot_wire as wire
from bot.channels.pace import Pace
from bot.channels.server import create_app, listen
from bot.channels.zalo_bot_wire import EVERYBODY, ZaloBot, ZaloBotSettings
from bot.store import Store
from bot.store.memory import MemoryStore
from tests.fake_zalo_bot import TOKEN, FakeZaloBot, fake_zalo_bot
from tests.served import address, served
from tests.telegram_channel import FREE, Time

NAME = "Bot Một Cửa"


class Wired:
    """What its tests ask for by name: a clock, a Bot API that goes by it, both ways of getting events."""

    @pytest.fixture
    def time(self) -> Time:
        found = Time()
        found.gate.set()
        return found

    @pytest.fixture
    async def fake(self, time: Time) -> AsyncIterator[FakeZaloBot]:
        async with fake_zalo_bot(clock=time.clock) as found:
            yield found

    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()

    @pytest.fixture(params=["polling", "webhook"])
    def mode(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)


@asynccontextmanager
async def running(
    mode: str, fake: FakeZaloBot, time: Time, bot: Any, store: Store, **more: Any
) -> AsyncIterator[list[wire.News]]:
    """The channel in the one app, as the server runs it; what it reports to who runs it."""
    news: list[wire.News] = []
    with listen("127.0.0.1", 0) as listener:
        hook = address(listener) if mode == "webhook" else ""
        given = ZaloBotSettings(**{"token": TOKEN, "webhook": hook, "name": NAME, "api": fake.url} | more)
        channel = ZaloBot(bot, store, given, news.append, Pace(EVERYBODY, time.clock, time.sleep))
        async with served(create_app(bot, FREE, [channel]), listener):
            yield news

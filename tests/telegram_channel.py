"""The Telegram channel as the server runs it, beside a Bot API server of the test."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.channels import telegram_wire as wire
from bot.channels.limits import Rate
from bot.channels.pace import Pace
from bot.channels.server import ServerSettings, create_app, listen
from bot.channels.telegram_wire import EVERYBODY, Telegram, TelegramSettings
from bot.engine import Bot, Brain
from bot.store import Store
from bot.store.memory import MemoryStore
from tests.fake_telegram import TOKEN, FakeTelegram, fake_telegram
from tests.fake_telegram_rules import Json
from tests.guides import CONTENT, NO_MODEL
from tests.served import address, served

FREE = ServerSettings(session_rate=Rate(0, 1), address_rate=Rate(0, 1))
MINH = 5002
PAYLOADS = Path(__file__).parent / "payloads" / "telegram"


@dataclass
class Time:
    """Whoever sleeps moves the clock and goes on; longer than five seconds only once the gate is open."""

    now: float = 1000.0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        if seconds > 5:
            await self.gate.wait()
        self.now += seconds
        await asyncio.sleep(0)


class Wired:
    """What its tests ask for by name: a clock, a Bot API server that goes by it, both ways of getting updates."""

    @pytest.fixture
    def time(self) -> Time:
        found = Time()
        found.gate.set()
        return found

    @pytest.fixture
    async def fake(self, time: Time) -> AsyncIterator[FakeTelegram]:
        async with fake_telegram(clock=time.clock) as found:
            yield found

    @pytest.fixture(params=["polling", "webhook"])
    def mode(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)


@asynccontextmanager
async def running(
    mode: str, fake: FakeTelegram, time: Time, bot: Any, token: str = TOKEN
) -> AsyncIterator[list[wire.News]]:
    """The channel in the one app, as the server runs it; what it reports to who runs it."""
    news: list[wire.News] = []
    with listen("127.0.0.1", 0) as listener:
        given = TelegramSettings(token, address(listener) if mode == "webhook" else "", fake.url)
        channel = Telegram(bot, given, news.append, Pace(EVERYBODY, time.clock, time.sleep))
        async with served(create_app(bot, FREE, [channel]), listener):
            yield news


def engine(store: Store | None = None) -> Bot:
    clock = datetime(2026, 11, 25, 3, tzinfo=UTC)
    return Bot(Brain.of(CONTENT, NO_MODEL), store or MemoryStore(), clock=lambda: clock)


async def eventually(true: Any) -> None:
    async with asyncio.timeout(120):
        while not true():  # noqa: ASYNC110 - what it waits for has no event
            await asyncio.sleep(0.001)


def payload(name: str) -> Json:
    found: Json = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))["message"]
    return found

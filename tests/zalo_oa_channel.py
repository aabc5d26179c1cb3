"""The Zalo OA channel as the server runs it, beside a Zalo of the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channels.pace import Pace
from bot.channels.server import create_app, listen
from bot.channels.zalo_oa_out import EVERYBODY, News
from bot.channels.zalo_oa_wire import EVERY, PATH, ZaloOa, ZaloOaSettings
from bot.channels.zalo_tokens import Pair, Safe
from bot.message import Incoming, Reply
from bot.store import Store
from bot.store.memory import MemoryStore
from tests.fake_zalo_oa import APP, APP_SECRET, OA, OA_SECRET, FakeZaloOa, fake_zalo_oa
from tests.served import address, served
from tests.telegram_channel import FREE
from tests.web_bot import TestBot

KEY = "7u0rfFPVCdmBq0GgPwLrNOuPqGuBzUHyXVYQFqSRQMI="
START = datetime(2026, 11, 25, 3, tzinfo=UTC)


@dataclass
class Time:
    """Whoever sleeps moves the clock and goes on; the channel's looks at its tokens wait for `look`."""

    now: float = 1000.0
    looks: asyncio.Queue[None] = field(default_factory=asyncio.Queue)

    def clock(self) -> float:
        return self.now

    def moment(self) -> datetime:
        return START + timedelta(seconds=self.now - 1000)

    async def sleep(self, seconds: float) -> None:
        if seconds >= EVERY:
            await self.looks.get()
        self.now += seconds
        await asyncio.sleep(0)

    def look(self, times: int = 1) -> None:
        for _ in range(times):
            self.looks.put_nowait(None)

    def move(self, **by: float) -> None:
        self.now += timedelta(**by).total_seconds()


@dataclass
class KeptBot(TestBot):
    """Saves a session for each message, and waits at the gate before it answers."""

    __test__ = False
    store: Store = field(default_factory=MemoryStore)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def handle(self, incoming: Incoming) -> Reply:
        await self.gate.wait()
        loaded = await self.store.load(incoming.user, incoming.id, self.clock())
        if loaded.reply:
            return loaded.reply
        reply = await super().handle(incoming)
        await self.store.save(incoming.user, loaded.session, incoming.id, reply, self.clock())
        return reply


@dataclass
class World:
    """A channel's surroundings; `news` is what it has reported."""

    time: Time
    fake: FakeZaloOa
    store: MemoryStore
    bot: KeptBot
    news: list[News] = field(default_factory=list)

    @asynccontextmanager
    async def running(self, bot: Any = None, store: Store | None = None, **more: Any) -> AsyncIterator[ZaloOa]:
        kept = store or self.store
        if await kept.sealed("zalo_oa.tokens") is None and more.pop("login", True):
            await self.login(kept)
        given = ZaloOaSettings(APP, APP_SECRET, OA_SECRET, KEY, api=self.fake.url, oauth=self.fake.url, **more)
        pace = Pace(EVERYBODY, self.time.clock, self.time.sleep)
        with listen("127.0.0.1", 0) as listener:
            channel = ZaloOa(bot or self.bot, kept, given, self.news.append, pace)
            self.fake.webhook = address(listener) + PATH
            async with served(create_app(bot or self.bot, FREE, [channel]), listener):
                yield channel

    async def login(self, store: Store) -> None:
        pair = Pair(self.fake.access, self.fake.refresh, self.fake.ends, OA)
        assert await Safe(store, KEY).write(pair, await store.sealed("zalo_oa.tokens"))

    async def idle(self, store: Store | None = None) -> None:
        """Until nothing waits for an answer."""
        await eventually_(lambda: (store or self.store).pending("zalo_oa"), [])


async def eventually_(ask: Any, wanted: Any) -> None:
    async with asyncio.timeout(120):
        while await ask() != wanted:  # noqa: ASYNC110 - what it waits for has no event
            await asyncio.sleep(0.001)


class Wired:
    """What its tests ask for by name."""

    @pytest.fixture
    async def world(self) -> AsyncIterator[World]:
        time, store = Time(), MemoryStore()
        async with fake_zalo_oa(clock=time.clock, now=time.moment) as fake:
            yield World(time, fake, store, KeptBot(clock=time.moment, store=store))

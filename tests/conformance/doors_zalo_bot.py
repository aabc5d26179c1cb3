"""The door of the Zalo Bot Platform: events with its secret, numbers typed, groups."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.channels import zalo_bot
from bot.channels.manners import Kind
from bot.store.memory import MemoryStore
from tests import zalo_bot_channel
from tests.conformance.door import AGAIN, CAPTION, ERRORS, GROUP, PEOPLE, Channel, Door, Shown
from tests.conformance.world import World
from tests.fake_zalo_bot import FakeZaloBot, fake_zalo_bot
from tests.telegram_channel import Time

MEDIA: dict[Kind, str] = {
    "photo": "message.image.received",
    "voice": "message.voice.received",
    "sticker": "message.sticker.received",
}


@dataclass
class ZaloBotDoor(Door):
    fake: FakeZaloBot
    ids: dict[str, str] = field(default_factory=dict)

    def begin(self, who: str) -> Any:
        return self.say(who, "0")

    def say(self, who: str, text: str) -> Any:
        return self.fake.event("message.text.received", self._id(who), text=text)

    def say_in(self, group: str, who: str, text: str, called: bool) -> Any:
        said = f"@{zalo_bot_channel.NAME} {text}" if called else text
        event = self.fake.event("message.text.received", self._id(who), self._id(group), text=said)
        event["message"]["chat"]["chat_type"] = "GROUP"
        return event

    def media(self, who: str, kind: Kind, text: str) -> Any:
        return self.fake.event(MEDIA[kind], self._id(who), **({"caption": text} if text else {}))

    async def deliver(self, event: Any) -> None:
        await self.fake.again(event)

    def shown(self, place: str) -> list[Shown]:
        return [Shown(each.text) for each in self.fake.sent if each.chat == self._id(place)]

    def _id(self, name: str) -> str:
        id = self.ids.setdefault(name, f"6ede9afa66b88f{len(self.ids):06x}")
        self.fake.chats.add(id)
        return id


@asynccontextmanager
async def open_zalo_bot(world: World) -> AsyncIterator[Door]:
    time, store = Time(), MemoryStore()
    time.gate.set()
    async with (
        fake_zalo_bot(clock=time.clock) as fake,
        zalo_bot_channel.running("webhook", fake, time, world.engine(store), store),
    ):
        yield ZaloBotDoor(fake)
        assert fake.refusals == []


ZALO_BOT = Channel(
    "zalo_bot",
    "Zalo Bot",
    open_zalo_bot,
    frozenset({PEOPLE, AGAIN, CAPTION, GROUP, ERRORS, *MEDIA}),
    limit=zalo_bot.LIMIT,
)

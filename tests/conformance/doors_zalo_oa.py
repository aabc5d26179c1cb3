"""The door of a Zalo Official Account: signed events, numbers typed, no buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.channels import zalo_oa
from bot.channels.manners import Kind
from bot.store.memory import MemoryStore
from tests import zalo_oa_channel
from tests.conformance.door import AGAIN, CAPTION, ERRORS, INTRODUCED, PEOPLE, Channel, Door, Shown
from tests.conformance.world import World
from tests.fake_zalo_oa import FakeZaloOa, fake_zalo_oa

MEDIA: dict[Kind, str] = {
    "photo": "user_send_image",
    "voice": "user_send_audio",
    "sticker": "user_send_sticker",
    "place": "user_send_location",
    "contact": "user_send_business_card",
    "file": "user_send_file",
}


@dataclass
class ZaloOaDoor(Door):
    fake: FakeZaloOa
    ids: dict[str, str] = field(default_factory=dict)

    def begin(self, who: str) -> Any:
        return self.fake.followed(user=self._id(who))

    def say(self, who: str, text: str) -> Any:
        return self.fake.event(user=self._id(who), text=text)

    def media(self, who: str, kind: Kind, text: str) -> Any:
        attachments = [{"type": kind, "payload": {"url": "https://zalo.test/x"}}]
        return self.fake.event(MEDIA[kind], self._id(who), text=text, attachments=attachments)

    async def deliver(self, event: Any) -> None:
        assert await self.fake.deliver(event) == 200

    def shown(self, place: str) -> list[Shown]:
        return [Shown(each.text) for each in self.fake.sent if each.user == self._id(place)]

    def _id(self, name: str) -> str:
        return self.ids.setdefault(name, f"2468458835291{len(self.ids):05d}")


@asynccontextmanager
async def open_zalo_oa(world: World) -> AsyncIterator[Door]:
    time, store = zalo_oa_channel.Time(), MemoryStore()
    async with fake_zalo_oa(clock=time.clock, now=time.moment) as fake:
        around = zalo_oa_channel.World(time, fake, store, zalo_oa_channel.KeptBot())
        async with around.running(world.engine(store), store):
            yield ZaloOaDoor(fake)
        assert fake.refusals == []


ZALO_OA = Channel(
    "zalo_oa",
    "Zalo OA",
    open_zalo_oa,
    frozenset({PEOPLE, AGAIN, CAPTION, ERRORS, INTRODUCED, *MEDIA}),
    limit=zalo_oa.LIMIT,
)

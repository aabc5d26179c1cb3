"""Telegram's door: updates as its Bot API makes them, delivered to the webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.channels import telegram
from bot.channels.manners import Kind
from tests.conformance.door import AGAIN, CAPTION, ERRORS, GROUP, OLD, PEOPLE, Button, Channel, Door, Shown
from tests.conformance.world import World
from tests.fake_telegram import BOT, FakeTelegram, fake_telegram
from tests.fake_telegram_rules import Json
from tests.telegram_channel import Time, payload, running

PAYLOAD: dict[Kind, str] = {
    "photo": "photo", "voice": "voice", "sticker": "sticker", "place": "location", "contact": "contact", "file": "document",
}  # fmt: skip


SPENT = "Bad Request: message is not modified"  # buttons that an earlier press took away


@dataclass
class TelegramDoor(Door):
    fake: FakeTelegram
    ids: dict[str, int] = field(default_factory=dict)

    def begin(self, who: str) -> Json:
        return self.say(who, "/start")

    def say(self, who: str, text: str) -> Json:
        return self.fake.update("message", self.fake.message(text, self._id(who), self._id(who)))

    def say_in(self, group: str, who: str, text: str, called: bool) -> Json:
        said = f"@{BOT['username']} {text}" if called else text
        return self.fake.update("message", self.fake.message(said, self._id(group), self._id(who)))

    def press(self, who: str, button: Button) -> Json:
        return self.fake.pressed(button.under.ref, button.choice.id, self._id(who))

    def media(self, who: str, kind: Kind, text: str) -> Json:
        body = self.fake.message("", self._id(who), self._id(who))
        return self.fake.update("message", payload(PAYLOAD[kind]) | body | ({"caption": text} if text else {}))

    async def deliver(self, event: Json) -> None:
        await self.fake.again(event)

    def shown(self, place: str) -> list[Shown]:
        sent = [each for each in self.fake.sent if each.chat == self._id(place)]
        return [Shown(each.text, tuple(each.buttons.values()), each) for each in sent]

    def _id(self, name: str) -> int:
        id = self.ids.setdefault(name, 6000 + len(self.ids))
        self.fake.chats |= {id, -id}
        return -id if name.endswith("group") else id


@asynccontextmanager
async def open_telegram(world: World) -> AsyncIterator[Door]:
    time = Time()
    time.gate.set()
    async with fake_telegram(clock=time.clock) as fake, running("webhook", fake, time, world.engine()):
        yield TelegramDoor(fake)
        assert set(fake.refusals) <= {SPENT}


TELEGRAM = Channel(
    "telegram",
    "Telegram",
    open_telegram,
    frozenset({PEOPLE, AGAIN, OLD, GROUP, CAPTION, ERRORS, *PAYLOAD}),
    most_buttons=100,
    limit=telegram.LIMIT,
)

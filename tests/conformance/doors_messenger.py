"""Messenger's door, with the module that docs/them_kenh.md shows: what stands there is what runs here."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.channels.manners import Kind
from bot.channels.pace import Pace
from bot.channels.server import create_app, listen
from tests.conformance.door import AGAIN, CAPTION, ERRORS, PEOPLE, Button, Channel, Door, Shown
from tests.conformance.world import World
from tests.fake_messenger import SECRET, TOKEN, VERIFY, FakeMessenger, fake_messenger
from tests.served import address, served
from tests.telegram_channel import FREE, Time

GUIDE = Path(__file__).parent.parent.parent / "docs" / "them_kenh.md"
NAME = "bot.channels.messenger"
MEDIA: dict[Kind, str] = {
    "photo": "image",
    "voice": "audio",
    "sticker": "sticker",
    "place": "location",
    "file": "file",
}


@cache
def messenger() -> Any:
    """The first block of code of the guide, as the module that it would be."""
    [code, *_] = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    module = ModuleType(NAME)
    sys.modules[NAME] = module  # dataclasses and pydantic look their module up
    exec(compile(code, str(GUIDE), "exec"), module.__dict__)  # noqa: S102 - our own guide
    return module


@dataclass
class MessengerDoor(Door):
    fake: FakeMessenger
    ids: dict[str, str] = field(default_factory=dict)

    def begin(self, who: str) -> Any:
        return self.fake.event(self._id(who), postback={"payload": "cmd/menu", "title": "Bắt đầu"})

    def say(self, who: str, text: str) -> Any:
        return self.fake.event(self._id(who), message={"text": text})

    def press(self, who: str, button: Button) -> Any:
        payload = {"payload": button.choice.id}
        return self.fake.event(self._id(who), message={"text": button.choice.label[:20], "quick_reply": payload})

    def media(self, who: str, kind: Kind, text: str) -> Any:
        attachments = [{"type": MEDIA[kind], "payload": {"url": "https://scontent.test/x"}}]
        return self.fake.event(self._id(who), message={"attachments": attachments} | ({"text": text} if text else {}))

    async def deliver(self, event: Any) -> None:
        assert await self.fake.deliver(event) == 200

    def shown(self, place: str) -> list[Shown]:
        sent = [each for each in self.fake.sent if each.user == self._id(place)]
        return [Shown(each.text, tuple(button["payload"] for button in each.buttons)) for each in sent]

    def _id(self, name: str) -> str:
        return self.ids.setdefault(name, f"67{len(self.ids):014d}")


@asynccontextmanager
async def running(fake: FakeMessenger, time: Time, bot: Any) -> AsyncIterator[None]:
    """The channel in the one app, as the server runs it."""
    module = messenger()
    with listen("127.0.0.1", 0) as listener:
        fake.webhook = address(listener) + module.PATH
        given = module.MessengerSettings(TOKEN, SECRET, VERIFY, fake.url)
        channel = module.Messenger(bot, given, lambda _: None, Pace(module.EVERYBODY, time.clock, time.sleep))
        async with served(create_app(bot, FREE, [channel]), listener):
            yield


@asynccontextmanager
async def open_messenger(world: World) -> AsyncIterator[Door]:
    time = Time()
    time.gate.set()
    async with fake_messenger() as fake, running(fake, time, world.engine()):
        yield MessengerDoor(fake)
        assert fake.refusals == []


MESSENGER = Channel(
    "messenger",
    "Messenger (thí dụ)",
    open_messenger,
    frozenset({PEOPLE, AGAIN, CAPTION, ERRORS, *MEDIA}),
    most_buttons=13,
    limit=2_000,
)

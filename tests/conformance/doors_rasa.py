"""Rasa's door: what Rasa posts to the action server for each message, over HTTP, and what it would then show."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
import pytest

from bot.channels.ports import listen
from bot.rasa_names import CHOICE
from tests.conformance.door import AGAIN, ERRORS, OLD, PEOPLE, Button, Channel, Door, Shown
from tests.conformance.world import World
from tests.rasa_calls import SKIPPED, WHY, Json, call
from tests.served import address


@dataclass
class RasaDoor(Door):
    """Rasa keeps the order of a person's messages, and shows the reply to each once."""

    http: httpx.AsyncClient
    version: str  # rasa-sdk's own: it warns of others, and warnings are errors here
    count: int = 0
    said: dict[str, dict[str, Shown]] = field(default_factory=lambda: defaultdict(dict))  # who → message id → reply
    locks: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    def begin(self, who: str) -> Json:
        return self.say(who, "/mot_cua_lenh")

    def say(self, who: str, text: str) -> Json:
        self.count += 1
        return call(text, who, f"m{self.count}") | {"version": self.version}

    def press(self, who: str, button: Button) -> Json:
        return self.say(who, next(each for each in button.under.ref if _id(each) == button.choice.id))

    async def deliver(self, event: Json) -> None:
        who, id = event["sender_id"], event["tracker"]["latest_message"]["message_id"]
        async with self.locks[who]:
            [reply] = (await self.http.post("/webhook", json=event)).json()["responses"]
            payloads = [each["payload"] for each in reply["buttons"]]
            shown = Shown(reply["text"], tuple(map(_id, payloads)), payloads)
            assert self.said[who].setdefault(id, shown) == shown

    def shown(self, place: str) -> list[Shown]:
        return list(self.said[place].values())


def _id(payload: str) -> str:
    found = re.search(rf'"{CHOICE}": "(.*)"', payload)
    assert found
    return found[1]


@asynccontextmanager
async def open_rasa(world: World) -> AsyncIterator[Door]:
    if SKIPPED:
        pytest.skip(WHY)
    import rasa_sdk

    from bot.channels import rasa_server

    rasa_server.Sanic._app_registry.clear()
    with listen("127.0.0.1", 0) as listener:
        async with (
            rasa_server.listening(rasa_server.app_of(world.engine()), listener),
            httpx.AsyncClient(base_url=address(listener), timeout=30) as http,
        ):
            yield RasaDoor(http, rasa_sdk.__version__)


RASA = Channel("rasa", "Rasa", open_rasa, frozenset({PEOPLE, AGAIN, OLD, ERRORS}), most_buttons=100)

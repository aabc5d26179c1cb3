"""The doors that are the project's own: the web by its REST interface, the terminal by its standard input."""

from __future__ import annotations

import asyncio
import io
import os
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from rich.console import Console

from bot.channels import console
from bot.channels.chunks import written
from bot.channels.server import create_app, listen
from bot.message import Choice, Link, Reply, numbers
from tests.conformance.door import AGAIN, ERRORS, OLD, PEOPLE, Button, Channel, Door, Shown
from tests.conformance.world import World
from tests.guides import SENTENCES
from tests.served import served
from tests.telegram_channel import FREE

# ---- web


@dataclass
class Sent:
    who: str
    body: dict[str, str]


@dataclass
class Web(Door):
    """As the page does it: one message of a session at a time, sent again under the same id."""

    http: httpx.AsyncClient
    count: int = 0
    sessions: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, Shown]] = field(default_factory=lambda: defaultdict(dict))  # who → message id → reply
    locks: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    def begin(self, who: str) -> Sent:
        return self._sent(who, choice="cmd/menu")

    def say(self, who: str, text: str) -> Sent:
        return self._sent(who, text=text)

    def press(self, who: str, button: Button) -> Sent:
        return self._sent(who, choice=button.choice.id)

    def _sent(self, who: str, **said: str) -> Sent:
        self.count += 1
        return Sent(who, {"id": f"m{self.count}", **said})

    async def deliver(self, event: Sent) -> None:
        async with self.locks[event.who]:
            session = self.sessions.get(event.who)
            response = await self.http.post(
                "/api/messages", json=event.body | ({"session": session} if session else {})
            )
            answer = response.json()
            self.sessions[event.who] = answer.get("session", session)
            shown = _shown(answer["reply"]) if response.is_success else Shown(answer["detail"])
            before = self.said[event.who].setdefault(event.body["id"], shown)
            if before != shown:
                self.said[event.who][f"{event.body['id']} again"] = shown

    def shown(self, place: str) -> list[Shown]:
        return list(self.said[place].values())


def _shown(reply: dict[str, Any]) -> Shown:
    choices = tuple(Choice(each["id"], each["label"]) for each in reply["choices"])
    assert [each["n"] for each in reply["choices"]] == [n for n, _ in numbers(choices)]
    links = tuple(Link(each["label"], each["url"]) for each in reply["links"])
    return Shown(written(Reply(reply["text"], choices, links)), tuple(each.id for each in choices))


@asynccontextmanager
async def open_web(world: World) -> AsyncIterator[Door]:
    with listen("127.0.0.1", 0) as listener:
        async with (
            served(create_app(world.engine(), FREE), listener) as address,
            httpx.AsyncClient(base_url=address, timeout=30) as http,
        ):
            yield Web(http)


# ---- terminal


@dataclass
class Terminal(Door):
    """One person, who begins anew with each conversation."""

    world: World
    out: io.StringIO = field(default_factory=io.StringIO)
    who: str = ""
    keyboard: int = -1  # where lines are typed
    task: asyncio.Task[None] | None = None

    def begin(self, who: str) -> str:
        self.who = who
        return ""

    def say(self, who: str, text: str) -> str:
        assert who == self.who
        return " ".join(text.split())

    async def deliver(self, event: str) -> None:
        if event:
            os.write(self.keyboard, f"{event}\n".encode())
            return
        await self.close()
        self.out = io.StringIO()
        screen, self.keyboard = os.pipe()
        sys.stdin = os.fdopen(screen, encoding="utf-8")
        out = Console(file=self.out, width=400, soft_wrap=True, highlight=False)
        self.task = asyncio.create_task(console.run(self.world.engine(), out))

    def shown(self, place: str) -> list[Shown]:
        text = self.out.getvalue() if place == self.who else ""
        for id in ("console_dung", "console_hoi"):
            text = text.replace(SENTENCES[id], "")
        return [Shown(text)]

    async def close(self) -> None:
        if self.task:
            os.close(self.keyboard)
            await self.task
            sys.stdin.close()
            self.task = None


@asynccontextmanager
async def open_terminal(world: World) -> AsyncIterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", sys.stdin)
        door = Terminal(world)
        try:
            yield door
        finally:
            await door.close()


WEB = Channel("web", "Trang web", open_web, frozenset({PEOPLE, AGAIN, OLD, ERRORS}), most_buttons=100)
TERMINAL = Channel("console", "Cửa sổ lệnh", open_terminal, frozenset())

"""Rasa: the actions of an action server. Rasa carries the words; what they mean and how they are answered is ours.

`action_mot_cua` answers and walks through guides, `action_mot_cua_kiem_tra` judges the message as a scam or not. Whoever
has an action server already imports both into it; `python bot.py rasa serve` is one that has them alone.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from importlib import import_module
from typing import Any

from pluggy import HookimplMarker
from rasa_sdk import interfaces as sdk
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.plugin import plugin_manager
from sanic import Sanic

from bot import choice as choices
from bot.channels import Bot
from bot.channels.chunks import written
from bot.channels.desk import log_error
from bot.channels.guides import find_guide
from bot.content.types import Content
from bot.dialogue import closed
from bot.dialogue.checking import NAMES, Check, check
from bot.dialogue.say import Say
from bot.engine import MOST_TEXT, day_of
from bot.message import Choice, Incoming, Reply, User, numbers
from bot.rasa_names import ANSWER, CHOICE, JUDGE, PREFIX, PRESSED

CHANNEL = "rasa"
ENGINE = "bot.running:from_environment"  # named, not imported: channels know nothing of settings and stores

_MENU = choices.command("menu")
_PAYLOAD = re.compile(r"/(\w+)(?:@[\d.]+)?(\{.*\})?\Z", re.DOTALL | re.ASCII)

_log = logging.getLogger(__name__)

Open = Callable[[], AbstractAsyncContextManager[Bot]]


def read(tracker: sdk.Tracker, content: Content) -> Incoming:
    """The last message. Rasa gives each an id of its own, so that an action run twice for it answers the same."""
    said = tracker.latest_message
    text = str(said.get("text") or "").strip()
    choice = _chosen(text, content)
    return Incoming(User(CHANNEL, tracker.sender_id), "" if choice else text, choice, str(said.get("message_id") or ""))


def _chosen(text: str, content: Content) -> str:
    """What was pressed: `/mot_cua_chon{"mot_cua_lua_chon": "…"}`, `/mot_cua_<guide or topic>`; the menu for any other
    payload and for silence; "" for words."""
    if not text:
        return _MENU
    found = _PAYLOAD.match(text)
    if not found:
        return ""
    choice = _entity(found[2] or "{}")
    if choice:
        return choice
    guide = find_guide(content, found[1].removeprefix(PREFIX))
    return choices.ask(guide.id) if guide else _MENU


def _entity(payload: str) -> str:
    try:
        entities = json.loads(payload)
    except ValueError:
        return ""
    return str(entities.get(CHOICE) or "") if isinstance(entities, dict) else ""


def show(reply: Reply) -> dict[str, Any]:
    """What `utter_message` takes: the whole reply as text, choices as buttons as well."""
    buttons = [
        {"title": f"{n} · {choice.label}", "payload": f"/{PRESSED}{json.dumps({CHOICE: choice.id})}"}
        for n, choice in numbers(reply.choices)
    ]
    return {"text": written(reply), "buttons": buttons}


def verdict(say: Say, found: Check) -> Reply:
    """A judged message as a reply, whose button leads to first aid."""
    parts = [
        found.comfort,
        "\n".join(filter(None, (found.head, say("xet_giong", title=found.title) if found.title else ""))),
        _section(
            say("xet_da_xay_ra" if found.level == "panic" else "xet_vi_sao"), map("• {}".format, found.other_reasons)
        ),
        _section(
            say("xet_link"), (f"• {say(NAMES[each.verdict])}: {each.text}. {each.reason}" for each in found.links)
        ),
        _section(say("xet_lam_gi"), [found.advice]),
    ]
    guide = say.content.guides.get(found.guide)
    opens = choices.ask(found.guide, details=dict(found.answers))
    offered = (Choice(opens, say("xet_nut_bai", title=guide.title)),) if guide else ()
    return Reply("\n\n".join(filter(None, parts)), offered)


def _section(head: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"{head}\n{body}" if body else ""


class Engine:
    """One for all actions of a process: opened by the first of them, or by the server that knows how."""

    def __init__(self, open_: Open | None = None) -> None:
        self._open = open_ or _from_environment
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._bot: Bot | None = None

    async def bot(self) -> Bot:
        """Raises whatever keeps it from opening."""
        async with self._opening:
            if self._bot is None:
                self._bot = await self._stack.enter_async_context(self._open())
        return self._bot

    async def close(self) -> None:
        self._bot = None
        await self._stack.aclose()


def _from_environment() -> AbstractAsyncContextManager[Bot]:
    module, _, name = ENGINE.partition(":")
    found: AbstractAsyncContextManager[Bot] = getattr(import_module(module), name)()
    return found


ENGINE_OF_PROCESS = Engine()


@HookimplMarker("rasa_sdk")
def attach_sanic_app_extensions(app: Sanic[Any, Any]) -> None:
    """Called by every action server: a store that stays open would keep its process from ending."""

    async def close(_app: Sanic[Any, Any]) -> None:
        await ENGINE_OF_PROCESS.close()

    app.register_listener(close, "after_server_stop")


if not plugin_manager().is_registered(sys.modules[__name__]):
    plugin_manager().register(sys.modules[__name__])


class _Action(ABC, sdk.Action):
    """Says one reply and leaves no events behind: the conversation is kept by our store, no word of it in a slot.

    Nothing is raised that could quote a citizen: rasa-sdk sends the whole request back with an error, and logs it.
    """

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine  # rasa-sdk makes its actions without one, and sends them to other processes

    @abstractmethod
    def name(self) -> str: ...

    @abstractmethod
    async def reply(self, bot: Bot, tracker: sdk.Tracker) -> Reply: ...

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: sdk.Tracker, _domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Raises ActionExecutionRejection where there is nothing to answer from: content or store cannot be opened."""
        try:
            bot = await (self._engine or ENGINE_OF_PROCESS).bot()
        except Exception as error:
            log_error(_log, error)
            raise sdk.ActionExecutionRejection(self.name()) from None
        try:
            reply = await self.reply(bot, tracker)
        except Exception as error:
            log_error(_log, error)
            reply = Reply(bot.brain.content.bot["web_loi"])
        dispatcher.utter_message(**show(reply))
        return []


class ActionMotCua(_Action):
    """Answers the last message; a walk is kept for each `sender_id`."""

    def name(self) -> str:
        return ANSWER

    async def reply(self, bot: Bot, tracker: sdk.Tracker) -> Reply:
        return await bot.handle(read(tracker, bot.brain.content))


class ActionMotCuaKiemTra(_Action):
    """Judges the last message; nothing of it is kept."""

    def name(self) -> str:
        return JUDGE

    async def reply(self, bot: Bot, tracker: sdk.Tracker) -> Reply:
        incoming, say = read(tracker, bot.brain.content), Say(bot.brain.content, day_of(bot.clock()))
        reason = bot.closed()
        if not incoming.text:
            return Reply(say("xet_dan_tin") if reason is None else closed.text(say, reason))
        found = check(bot.brain.content, bot.brain.shield, incoming.text[:MOST_TEXT], say.today)
        return verdict(say, found) if reason is None or found.urgent else Reply(closed.text(say, reason))

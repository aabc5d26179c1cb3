"""One message of the web: whose conversation it is, how it begins, how often it may speak."""

from __future__ import annotations

import math
import re
import secrets
import time
from collections import OrderedDict

from starlette.requests import Request

from bot.channels import Bot, Brain
from bot.channels.guard import Problem
from bot.channels.limits import Buckets, Network, Rate, address
from bot.dialogue import closed
from bot.dialogue.say import Say
from bot.engine import day_of
from bot.message import Incoming, Reply, User

MENU = "cmd/menu"
SESSION = re.compile(r"[0-9a-f]{32}\Z")  # 128 random bits, made here
FRESH = 60.0  # seconds that an opening is shown again before it is asked for anew
OPENINGS = 512

State = tuple[Brain | None, str | None]  # what an opening depends on: the content, and why the bot is switched off


def new_id() -> str:
    return secrets.token_hex(16)


def closed_text(bot: Bot) -> str | None:
    """What is said while the bot is switched off, where nobody is in a conversation; None while it is on."""
    reason = bot.closed()
    return None if reason is None else closed.text(Say(bot.brain.content, day_of(bot.clock())), reason)


def check_open(bot: Bot) -> None:
    """Raises a Problem while the bot is switched off."""
    if (said := closed_text(bot)) is not None:
        raise Problem("closed", detail=said)


class Limits:
    def __init__(self, session: Rate, address: Rate, trusted: tuple[Network, ...]) -> None:
        self._sessions = Buckets(session)
        self._addresses = Buckets(address)
        self._trusted = trusted

    def check(self, request: Request, session: str = "") -> None:
        """Raises a Problem that says when to try again. A page without a session counts for its address alone."""
        peer = request.client.host if request.client else ""
        wait = self._addresses.take(address(peer, request.headers.get("x-forwarded-for", ""), self._trusted))
        if session:
            wait = max(wait, self._sessions.take(session))
        if wait:
            raise Problem("too-many-requests", {"Retry-After": str(math.ceil(wait))})


class Conversations:
    """Opening a page keeps nothing: the first message begins the session, with the opening that was shown."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._openings: OrderedDict[str, tuple[State, float, Reply]] = OrderedDict()

    async def opening(self, choice: str = MENU) -> Reply:
        """What a new conversation is greeted with, or a guide begun by its address."""
        state: State = (self._bot.brain, self._bot.closed())
        kept, at, reply = self._openings.get(choice, ((None, None), 0.0, Reply("")))
        if kept[0] is state[0] and kept[1] == state[1] and time.monotonic() - at < FRESH:
            return reply
        reply = await self._handle(new_id(), choice=choice)
        self._openings[choice] = (state, time.monotonic(), reply)
        if len(self._openings) > OPENINGS:
            self._openings.popitem(last=False)
        return reply

    async def say(self, session: str, id: str, text: str, choice: str, opened: str = MENU) -> tuple[str, Reply]:
        """Answer one message; "" as session begins one."""
        if not session:
            session = new_id()
            if choice != opened:
                await self._handle(session, choice=opened)
        return session, await self._handle(session, text, choice, id)

    async def _handle(self, session: str, text: str = "", choice: str = "", id: str = "") -> Reply:
        return await self._bot.handle(Incoming(User("web", session), text, choice, id))

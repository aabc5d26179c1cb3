"""The wire of a Zalo Official Account: events come by webhook, each is kept before it is acknowledged, then answered.

Zalo wants its 200 within two seconds and switches a slow webhook off; what it was told is taken does not come again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import get_args

import httpx
from fastapi import APIRouter, Request, Response

from bot.channels import Bot
from bot.channels.clerk import Clerk
from bot.channels.desk import Desk, log_error
from bot.channels.limits import Buckets, Rate
from bot.channels.manners import Kind
from bot.channels.pace import Pace
from bot.channels.zalo_oa import CHANNEL, MENU, Heard, Left, Takeover, read, show, signed
from bot.channels.zalo_oa_out import API, EVERYBODY, News, Outcome, Sender
from bot.channels.zalo_tokens import OAUTH, App, Safe, TokenError, Tokens
from bot.engine import MOST_TEXT, panics
from bot.message import Incoming, Reply, User
from bot.safety.privacy import mask
from bot.session import Session
from bot.store import Pending, Store

PATH = "/zalo-oa"
FREE = timedelta(hours=48)  # after somebody's message in which answers cost nothing
OPEN = timedelta(days=7)  # … in which Zalo delivers them at all
EVERY = 60.0  # seconds between looks at the tokens
RETRY = 10  # looks between attempts to answer what could not be
GRACE = 5.0  # seconds for what is being answered when the server stops
QUIET = timedelta(hours=1)  # between two words to the operator about the same
MEDIA = Rate(1, 0.1)  # pictures sent together come one by one: those of ten seconds are answered once

_MENDED: tuple[News | None, ...] = (None, "absent", "unreadable", "refused", "unsaved")  # by tokens that work

Tell = Callable[[News], None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ZaloOaSettings:
    app_id: str
    app_secret: str = field(repr=False)  # of the app, for tokens
    secret: str = field(repr=False)  # «OA Secret Key», for the webhook
    key: str = field(repr=False)  # of Fernet: the tokens are kept under it
    buttons: bool = False
    handover: timedelta = timedelta(minutes=30)  # how long the bot is silent after a person wrote; 0: it never is
    paid: bool = False  # whether what came 48 hours to 7 days ago is still answered, which Zalo bills
    api: str = API
    oauth: str = OAUTH

    @property
    def app(self) -> App:
        return App(self.app_id, self.app_secret, self.oauth)


class ZaloOa:
    """`routes` for the one app, `run` beside it. Not being able to reach Zalo stops nothing else."""

    def __init__(self, bot: Bot, store: Store, settings: ZaloOaSettings, tell: Tell, pace: Pace | None = None) -> None:
        self._bot, self._store, self._settings, self._tell = bot, store, settings, tell
        self._pace = pace or Pace(EVERYBODY)
        self._http = httpx.AsyncClient()
        safe = Safe(store, settings.key)
        self._tokens = Tokens(store, safe, settings.app, self._http, bot.clock, self._pace.rest)
        self._sender = Sender(self._http, settings.api, self._tokens, self._pace, self._report)
        self._clerk = Clerk(bot, self._pace.clock)
        self._media = Buckets(MEDIA, self._pace.clock)
        self._desk = Desk()
        self._open: set[str] = set()  # messages that are being answered
        self._resumed = asyncio.Event()  # what an earlier process left is in line, before anything new
        self._silent: set[User] = set()  # who was told that a person answers now
        self._last_news: News | None = None
        self._reported: dict[News, datetime] = {}

    # in

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)

        @router.post(PATH)
        async def webhook(request: Request) -> Response:
            """200 once it is kept; the answer follows. Without a signature only `{}`: how Zalo tries an address."""
            body = await request.body()
            if body.strip() == b"{}":
                return Response()
            event = self._signed(body, request.headers)
            if event is None:
                return Response(status_code=403)
            return Response(status_code=200 if await self.accept(event) else 503)

        return router

    def _signed(self, body: bytes, headers: Mapping[str, str]) -> dict[str, object] | None:
        signature, timestamp = (headers.get(f"x-zevent-{name}", "") for name in ("signature", "timestamp"))
        given = self._settings
        return signed(body, signature, timestamp, given.app_id, given.secret, self._bot.clock())

    async def accept(self, event: Mapping[str, object]) -> bool:
        """Whether Zalo may be told that it came: what is for the bot is kept."""
        match read(event, self._tokens.oa):
            case Heard() as heard:
                await self._resumed.wait()
                return await self._take(heard)
            case Takeover(user, message) if self._settings.handover:
                self._desk.put(f"a{message}", user.id, partial(self._hand_over, user, message))
            case Left(user):
                self._desk.put(f"left{user.id}{event.get('timestamp')}", user.id, partial(self._store.forget, user))
            case _:
                pass
        return True

    async def _take(self, heard: Heard) -> bool:
        """False when the store failed: it is answered all the same, but Zalo may deliver it again."""
        if _id(heard) in self._open or self._desk.known(_id(heard)) or self._is_repeated(heard):
            return True
        match self._clerk.admit(heard.incoming.user.id):
            case "answer":
                return await self._keep(heard)
            case "slow down":
                self._desk.put(_id(heard), heard.incoming.user.id, partial(self._slow_down, heard))
        return True

    def _is_repeated(self, heard: Heard) -> bool:
        said = heard.incoming
        return bool(heard.media and not said.text and self._media.take(f"{said.user.id}/{heard.media}"))

    async def _keep(self, heard: Heard) -> bool:
        said, now = heard.incoming, self._bot.clock()
        masked = replace(said, text=mask(said.text)[:MOST_TEXT], choice=mask(said.choice))
        try:
            if await self._store.accept(Pending(masked, now, heard.media or "")):
                self._put(heard, now)
        except Exception as error:
            log_error(_log, error)
            self._put(heard, now)
            return False
        return True

    def _put(self, heard: Heard, at: datetime, look: int = 0) -> None:
        self._open.add(_id(heard))
        name = f"{look}/{_id(heard)}" if look else _id(heard)
        self._desk.put(name, heard.incoming.user.id, partial(self._answer, heard, at))

    # beside the app

    async def run(self) -> None:
        """Until cancelled."""
        try:
            for look in count():
                if look % RETRY == 0:
                    await self._resume(look)
                await self._keep_tokens()
                await self._pace.rest(EVERY)
        finally:
            await self._desk.close(GRACE)
            await self._tokens.close()
            await self._http.aclose()

    async def _resume(self, look: int) -> None:
        """Put in line what was taken and is not answered. What an earlier process took is left in its masked words."""
        try:
            for each in await self._store.pending(CHANNEL):
                heard = Heard(each.incoming, next((kind for kind in get_args(Kind) if kind == each.note), None))
                if _id(heard) not in self._open:
                    self._put(heard, each.at, look)
        except Exception as error:
            log_error(_log, error)
        self._resumed.set()

    async def _keep_tokens(self) -> None:
        try:
            await self._tokens.keep()
            if self._last_news in _MENDED:
                self._report("ready")
        except TokenError as error:
            self._report(error.trouble)
        except Exception as error:
            log_error(_log, error)

    def _report(self, news: News) -> None:
        """To who runs it, when it is news."""
        now = self._bot.clock()
        if news != self._last_news and now - self._reported.get(news, now - QUIET) >= QUIET:
            self._reported[news] = now
            self._tell(news)
        self._last_news = news

    # out

    async def _answer(self, heard: Heard, at: datetime) -> None:
        """What cannot be sent now stays kept, until nobody would take it any more."""
        said = heard.incoming
        try:
            is_over = self._bot.clock() - at >= (OPEN if self._settings.paid else FREE)
            if is_over or await self._reply(heard) != "later":
                await self._store.answered(said.user, said.id)
        finally:
            self._open.discard(_id(heard))

    async def _reply(self, heard: Heard) -> Outcome:
        said, sentences, now = heard.incoming, self._bot.brain.content.bot, self._bot.clock()
        if await self._is_with_person(said, now):
            if said.user in self._silent:
                return "gone"
            self._silent.add(said.user)
            return await self._say(said.user, Reply(sentences["kenh_can_bo"].strip()))
        before = [sentences["kenh_la_may"].strip()] if await self._is_new(said, now) else []
        return await self._say(said.user, await self._clerk.answer(said, heard.media, before))

    async def _is_with_person(self, said: Incoming, now: datetime) -> bool:
        """Whether the bot leaves this message to somebody of the agency. First aid waits for nobody."""
        try:
            is_handed_over = await self._store.handed_over(said.user, now)
            session = (await self._store.load(said.user, "", now)).session if is_handed_over else Session()
        except Exception as error:  # nobody is left without an answer because of it
            log_error(_log, error)
            return False
        if not is_handed_over:
            self._silent.discard(said.user)
            return False
        brain = self._bot.brain
        return not panics(brain.content, brain.shield, session, said.text)

    async def _is_new(self, said: Incoming, now: datetime) -> bool:
        """Whether somebody has to be told that a machine answers; the menu's greeting says it itself."""
        try:
            return said.choice != MENU and (await self._store.load(said.user, "", now)).saved is None
        except Exception as error:
            log_error(_log, error)
            return True

    async def _hand_over(self, user: User, message: str) -> None:
        """Not for what the bot sent itself: some accounts show that, too, as written by a person."""
        if not self._sender.is_own(message):
            await self._store.hand_over(user, self._bot.clock() + self._settings.handover)

    async def _slow_down(self, heard: Heard) -> None:
        await self._say(heard.incoming.user, self._clerk.slow_down())

    async def _say(self, user: User, reply: Reply) -> Outcome:
        return await self._sender.say(user.id, show(reply, self._settings.buttons))


def _id(heard: Heard) -> str:
    return f"{heard.incoming.user.id}/{heard.incoming.id}"

"""Zalo Bot's wire: events come by webhook or by polling; each is kept until it is answered, in the order of its chat.

Zalo gives an event once: polling has no offset, and what a webhook did not take is not promised again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal, get_args

from fastapi import APIRouter, Request, Response

from bot.channels import Bot
from bot.channels.clerk import Clerk
from bot.channels.desk import Desk, Work, log_error
from bot.channels.hooks import is_secret, secret_of
from bot.channels.limits import Buckets, Rate
from bot.channels.manners import Kind
from bot.channels.pace import Pace
from bot.channels.zalo_bot import CHANNEL, Group, Groups, Heard, chat_of, read, show
from bot.channels.zalo_bot_api import API, ZaloBotApi, ZaloBotError
from bot.channels.zalo_bot_out import Sender
from bot.engine import MOST_TEXT
from bot.message import Reply
from bot.safety.privacy import mask
from bot.store import Pending, Store

PATH = "/zalo-bot"
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
EVERYBODY = 20.0  # messages per second
GRACE = 5.0  # seconds for what is being answered when the server stops
LONGEST = 60.0  # seconds between attempts to reach Zalo
QUIET = 3600.0  # seconds between two words to the operator about replies that Zalo refuses
MEDIA = Rate(1, 0.1)  # pictures sent together come one by one: those of ten seconds are answered once

News = Literal["webhook", "polling", "token", "address", "unreachable", "taken", "quota"]
Tell = Callable[[News], None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ZaloBotSettings:
    """`webhook`: the public https address of this server; "" asks Zalo for events instead."""

    token: str = field(repr=False)
    webhook: str = ""
    name: str = ""  # by which a group calls it
    groups: Groups = "named"
    api: str = API

    @property
    def secret(self) -> str:
        """What Zalo sends with every event."""
        return secret_of(self.token)

    @property
    def address(self) -> str:
        """Of the webhook; "" without one."""
        return self.webhook and self.webhook + PATH


class ZaloBot:
    """`routes` for the one app, `run` beside it. Not being able to reach Zalo stops nothing else."""

    def __init__(self, bot: Bot, store: Store, settings: ZaloBotSettings, tell: Tell, pace: Pace | None = None) -> None:
        self._bot, self._store, self._settings, self._tell = bot, store, settings, tell
        self._api = ZaloBotApi(settings.token, settings.api)
        self._pace = pace or Pace(EVERYBODY)
        self._sender = Sender(self._api, self._pace, self._refused)
        self._clerk = Clerk(bot, self._pace.clock)
        self._media = Buckets(MEDIA, self._pace.clock)
        self._desk = Desk()
        self._group = Group(settings.groups, (settings.name,) if settings.name else ())
        self._resumed = asyncio.Event()  # what an earlier process left is in line, before anything new
        self._connected = asyncio.Event()
        self._last_news: News | None = None
        self._quiet_until = 0.0

    # in

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)

        @router.post(PATH)
        async def webhook(request: Request) -> Response:
            """200 once it is kept; the answer follows."""
            if not is_secret(request.headers.get(SECRET_HEADER, ""), self._settings.secret):
                return Response(status_code=403)
            await self.accept(_json(await request.body()))
            return Response()

        return router

    async def accept(self, body: Any) -> None:
        """Keep what is for the bot and put it in line; what cannot be read is dropped: it would be no better again."""
        try:
            heard = read(body, self._group)
        except ValueError as error:
            log_error(_log, error)
            return
        await self._resumed.wait()
        if heard is None or self._desk.known(_id(heard)) or self._is_repeated(heard):
            return
        match self._clerk.admit(heard.incoming.user.id):
            case "answer":
                if await self._keep(heard):
                    self._put(heard, partial(self._answer, heard))
            case "slow down":
                self._put(heard, partial(self._slow_down, heard))
            case "silence":
                return

    def _is_repeated(self, heard: Heard) -> bool:
        said = heard.incoming
        return bool(heard.media and not said.text and self._media.take(f"{said.user.id}/{heard.media}"))

    async def _keep(self, heard: Heard) -> bool:
        """False for what is kept or was answered already. A store that fails does not silence the bot."""
        said = heard.incoming
        masked = replace(said, text=mask(said.text)[:MOST_TEXT])
        try:
            return await self._store.accept(Pending(masked, self._bot.clock(), heard.media or ""))
        except Exception as error:
            log_error(_log, error)
            return True

    def _put(self, heard: Heard, work: Work) -> None:
        self._desk.put(_id(heard), chat_of(heard.incoming.user), work)

    async def _resume(self) -> None:
        """Put in line what an earlier process took and did not answer; of its words the masked ones are left."""
        try:
            for each in await self._store.pending(CHANNEL):
                heard = Heard(each.incoming, next((kind for kind in get_args(Kind) if kind == each.note), None))
                self._put(heard, partial(self._answer, heard))
        except Exception as error:
            log_error(_log, error)
        self._resumed.set()

    # beside the app

    async def run(self) -> None:
        """Until cancelled. What Zalo refuses for good is reported; replies go on as far as they can."""
        try:
            await self._resume()
            if await self._lasting(self._connect, "token") and await self._lasting(self._open, "address"):
                while not self._settings.webhook and await self._lasting(self._listen, "taken"):
                    pass
            await asyncio.Event().wait()
        finally:
            await self._desk.close(GRACE if self._connected.is_set() else 0.0)
            await self._api.close()

    async def _connect(self) -> None:
        me = await self._api.call("getMe")
        found = [me.get(name) for name in ("account_name", "display_name")] if isinstance(me, dict) else []
        names = [*self._group.names, *(name for name in found if isinstance(name, str) and name)]
        self._group = replace(self._group, names=tuple(names))
        self._connected.set()

    async def _open(self) -> None:
        """Choose how events come: Zalo has either way, never both."""
        if self._settings.webhook:
            await self._api.call("setWebhook", url=self._settings.address, secret_token=self._settings.secret)
            self._report("webhook")
            return
        try:
            await self._api.call("deleteWebhook")
        except ZaloBotError as error:
            if error.passes:
                raise
        self._report("polling")

    async def _listen(self) -> None:
        event = await self._api.update()
        self._report("polling")
        if event:
            await self.accept(event)

    async def _lasting(self, step: Callable[[], Awaitable[None]], refused: News) -> bool:
        """Again until it works; False when Zalo says what another attempt cannot change."""
        wait = 1.0
        while True:
            try:
                await step()
                return True
            except ZaloBotError as error:
                if not error.passes:
                    self._report("token" if error.is_token else refused)
                    return False
                self._report("unreachable")
                await self._pace.rest(max(wait, error.wait))
                wait = min(2 * wait, LONGEST)

    def _report(self, news: News) -> None:
        """To who runs it, when it is news."""
        if news != self._last_news:
            self._last_news = news
            self._tell(news)

    def _refused(self, error: ZaloBotError) -> None:
        """A reply did not go out: whoever runs it hears of what they can mend."""
        now = self._pace.clock()
        if (error.is_token or error.is_quota) and now >= self._quiet_until:
            self._quiet_until = now + QUIET
            self._tell("token" if error.is_token else "quota")

    # out

    async def _answer(self, heard: Heard) -> None:
        """What is not sent when the server stops stays kept, for the next start."""
        await self._connected.wait()
        said = heard.incoming
        if await self._say(heard, await self._clerk.answer(said, heard.media)):
            await self._store.answered(said.user, said.id)

    async def _slow_down(self, heard: Heard) -> None:
        await self._say(heard, self._clerk.slow_down())

    async def _say(self, heard: Heard, reply: Reply) -> bool:
        """Whether there is nothing left to send."""
        return await self._sender.say(chat_of(heard.incoming.user), show(reply))


def _id(heard: Heard) -> str:
    return f"{heard.incoming.user.id}/{heard.incoming.id}"


def _json(body: bytes) -> Any:
    """An empty object for what is no JSON."""
    try:
        return json.loads(body)
    except ValueError as error:
        log_error(_log, error)
        return {}

"""Telegram's wire: updates come by polling or by webhook, each is answered once, in the order of its chat.

python-telegram-bot is transport only: the conversation is the engine's.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

import telegram
from fastapi import APIRouter, Request, Response
from telegram import BotCommand, Update
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels import Bot
from bot.channels.clerk import Clerk
from bot.channels.desk import Desk, Work, log_error
from bot.channels.hooks import is_secret, secret_of
from bot.channels.pace import Pace
from bot.channels.telegram import DESCRIPTIONS, Heard, Me, read, show
from bot.channels.telegram_out import Sender, seconds
from bot.message import Incoming, Reply

os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations as the next major version gives them, without a warning each
for _name in ("telegram", "httpx", "httpcore"):  # they log addresses with the token, and updates that they cannot read
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

API = "https://api.telegram.org"
PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
ALLOWED = ("message", "callback_query")
EVERYBODY = 30.0  # messages per second
LISTEN = 50  # seconds that Telegram holds a poll open
PATIENCE = 20.0  # seconds that a webhook's request waits for its answer to be sent
GRACE = 5.0  # seconds for what is being answered when the server stops
LONGEST = 60.0  # seconds between attempts to reach Telegram
TIMEOUT = 15.0  # seconds for Telegram to reply
ALBUMS = 1_000

News = Literal["webhook", "polling", "token", "address", "unreachable", "taken"]
Tell = Callable[[News], None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """`webhook`: the public https address of this server; "" asks Telegram for updates instead."""

    token: str = field(repr=False)
    webhook: str = ""
    api: str = API

    @property
    def secret(self) -> str:
        """What Telegram sends with every update."""
        return secret_of(self.token)


class Telegram:
    """`routes` for the one app, `run` beside it. Not being able to reach Telegram stops nothing else."""

    def __init__(self, bot: Bot, settings: TelegramSettings, tell: Tell, pace: Pace | None = None) -> None:
        self._bot, self._settings, self._tell = bot, settings, tell
        self._api = telegram.Bot(
            settings.token,
            base_url=f"{settings.api}/bot",
            request=HTTPXRequest(read_timeout=TIMEOUT, connect_timeout=TIMEOUT),
            get_updates_request=HTTPXRequest(connection_pool_size=2, read_timeout=TIMEOUT, connect_timeout=TIMEOUT),
        )
        self._pace = pace or Pace(EVERYBODY)
        self._sender = Sender(self._api, self._pace)
        self._desk = Desk()
        self._clerk = Clerk(bot, self._pace.clock)
        self._albums: deque[str] = deque(maxlen=ALBUMS)
        self._me: Me | None = None
        self._last_news: News | None = None

    # in

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)

        @router.post(PATH)
        async def webhook(request: Request) -> Response:
            """200 once it is answered: what a crash interrupts is delivered again."""
            if not is_secret(request.headers.get(SECRET_HEADER, ""), self._settings.secret):
                return Response(status_code=403)
            if self._me is None:
                return Response(status_code=503, headers={"Retry-After": "5"})
            update = _update(await request.body())
            if update and (work := self.accept(update)):
                await asyncio.wait(work, timeout=PATIENCE)
            return Response()

        return router

    def accept(self, update: Update) -> set[asyncio.Task[None]]:
        """What is being done about an update; the same task when it comes again."""
        id = str(update.update_id)
        if known := self._desk.known(id):
            return {known}
        heard = read(update, self._me, self._bot.brain.content) if self._me else None
        if heard is None:
            return set()
        work = {self._desk.put(id, str(heard.place.chat), self._answer_to(heard) or _nothing)}
        if heard.query:  # not after the chat's other messages: the button turns until then
            work.add(
                self._desk.put(f"q{heard.query}", f"q{heard.query}", partial(self._sender.acknowledge, heard.query))
            )
        return work

    def _answer_to(self, heard: Heard) -> Work | None:
        """None where nothing is said: to the other photos of an album, and to who goes on writing too fast."""
        said = heard.incoming
        if said is None or self._is_repeated(heard):
            return None
        match self._clerk.admit(said.user.id):
            case "answer":
                return partial(self._answer, heard, said)
            case "slow down":
                return partial(self._say, heard, self._clerk.slow_down())
            case "silence":
                return None

    def _is_repeated(self, heard: Heard) -> bool:
        """Photos sent together are one message; only the first, or one with words, is answered."""
        if not heard.album:
            return False
        album = f"{heard.place.chat}/{heard.album}"
        known = album in self._albums
        self._albums.append(album)
        return known and not (heard.incoming and heard.incoming.text)

    async def run(self) -> None:
        """Until cancelled. Ends by itself when Telegram refuses the token or the webhook's address."""
        try:
            await self._lasting(self._connect, InvalidToken)
            if self._settings.webhook:
                await self._lasting(self._set_webhook, BadRequest)
                self._report("webhook")
                await asyncio.Event().wait()
            else:
                await self._lasting(self._api.delete_webhook)
                await self._poll()
        except InvalidToken:
            self._report("token")
        except BadRequest:
            self._report("address")
        finally:
            await self._desk.close(GRACE)
            await self._api.shutdown()

    async def _connect(self) -> None:
        await self._api.initialize()
        self._me = Me(self._api.id, self._api.username)
        sentences = self._bot.brain.content.bot
        try:
            await self._api.set_my_commands([BotCommand(name, sentences[id]) for name, id in DESCRIPTIONS.items()])
        except BadRequest as error:  # it works without its menu
            _log.warning("the menu of commands was refused: %s", type(error).__name__)

    async def _set_webhook(self) -> None:
        address = self._settings.webhook + PATH
        await self._api.set_webhook(address, secret_token=self._settings.secret, allowed_updates=ALLOWED)

    async def _lasting(self, step: Callable[[], Awaitable[Any]], final: type[TelegramError] | None = None) -> None:
        """Again until it works; raises only an error that another attempt cannot change."""
        wait = 1.0
        while True:
            try:
                await step()
                return
            except TelegramError as error:
                if final and isinstance(error, final):
                    raise
                self._report("taken" if isinstance(error, Conflict) else "unreachable")
                await self._pace.rest(max(wait, seconds(error) if isinstance(error, RetryAfter) else 0.0))
                wait = min(2 * wait, LONGEST)

    async def _poll(self) -> None:
        """An update is confirmed once it is answered: what a crash interrupts is delivered again."""
        newest, open_ = -1, dict[int, set[asyncio.Task[None]]]()
        try:
            while True:
                updates = await self._updates(min([newest + 1, *open_]))
                open_ |= {update.update_id: self.accept(update) for update in updates}
                newest = max([newest, *open_])
                if tasks := _unfinished(open_):
                    await asyncio.wait(tasks, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
                open_ = {id: work for id, work in open_.items() if _unfinished({id: work})}
        finally:
            await self._desk.close(GRACE)
            given_up = [id for id, work in open_.items() if any(task.cancelled() for task in work)]
            with contextlib.suppress(TelegramError):
                await self._api.get_updates(offset=min([newest + 1, *given_up]), limit=1, timeout=0)

    async def _updates(self, offset: int) -> tuple[Update, ...]:
        found: list[Update] = []

        async def ask() -> None:
            found.extend(await self._api.get_updates(offset=offset, timeout=LISTEN, allowed_updates=ALLOWED))

        await self._lasting(ask)
        self._report("polling")
        return tuple(found)

    def _report(self, news: News) -> None:
        """To who runs it, when it is news."""
        if news != self._last_news:
            self._last_news = news
            self._tell(news)

    # out

    async def _answer(self, heard: Heard, said: Incoming) -> None:
        before = [self._bot.brain.content.bot["kenh_la_may"].strip()] if heard.begins else []
        await self._say(heard, await self._clerk.answer(said, heard.media, before))
        if heard.spent:
            await self._sender.clear(heard.place.chat, heard.spent)

    async def _say(self, heard: Heard, reply: Reply) -> None:
        await self._sender.say(heard.place, show(reply))


async def _nothing() -> None:
    """What is not answered is known, too, so that it is not when it comes again."""


def _unfinished(works: dict[int, set[asyncio.Task[None]]]) -> set[asyncio.Task[None]]:
    return {task for work in works.values() for task in work if not task.done()}


def _update(body: bytes) -> Update | None:
    """None for what cannot be read: delivered again, it would be no better."""
    try:
        return Update.de_json(json.loads(body), None)
    except Exception as error:
        log_error(_log, error)
        return None

"""A Bot API server over real HTTP on loopback: what the documented methods take, refuse and limit.

Like a local Bot API server it delivers to http webhooks. Telegram's own texts of errors are kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.channels.server import listen
from tests.fake_telegram_rules import Json, Refused, arguments, check_keyboard, units
from tests.served import served

TOKEN = "123456789:AAF-fake_token_of_a_test_that_nobody_has"  # noqa: S105
BOT = {"id": 123456789, "is_bot": True, "first_name": "Một Cửa", "username": "MotCuaBot"}
LAN = 5001
GROUP = -1002001
DAY = 1_795_600_000


@dataclass
class Sent:
    """A message as Telegram shows it."""

    id: int
    chat: int
    text: str
    at: float
    given: Json

    @property
    def keyboard(self) -> list[list[Json]]:
        rows: list[list[Json]] = self.given.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> dict[str, str]:
        return {each["text"]: each["callback_data"] for row in self.keyboard for each in row}


@dataclass
class FakeTelegram:
    clock: Callable[[], float] = time.monotonic
    strict: bool = True  # one message per second and chat, 30 altogether
    chats: set[int] = field(default_factory=lambda: {LAN, GROUP})
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    failing: list[str] = field(default_factory=list)  # methods, each of whose next call fails with 502
    sent: list[Sent] = field(default_factory=list)
    edited: list[tuple[int, int]] = field(default_factory=list)
    commands: list[Json] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    queries: set[str] = field(default_factory=set)
    called: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    delivered: list[int] = field(default_factory=list)  # ids of updates, each time they were handed over
    confirmed: list[int] = field(default_factory=list)
    webhook: Json = field(default_factory=dict)
    url: str = ""

    def __post_init__(self) -> None:
        self._changed = asyncio.Condition()
        self._pending: list[Json] = []
        self._messages = 100
        self._updates = 700_000_000
        self._silence: dict[int, float] = {}  # chat → until when it gets 429
        self._times: dict[int, float] = {}
        self._all: list[float] = []
        self._polls = 0

    # what a test does

    def update(self, kind: str, body: Json) -> Json:
        """One that has not been delivered yet."""
        self._updates += 1
        return {"update_id": self._updates, kind: body}

    async def deliver(self, kind: str, body: Json) -> Json:
        update = self.update(kind, body)
        await self._put(update)
        return update

    async def again(self, update: Json) -> None:
        """The same update once more, as after a connection that broke."""
        await self._put(update)

    async def say(self, text: str, chat: int = LAN, user: int = LAN, **more: Any) -> Json:
        return await self.deliver("message", self.message(text, chat, user, **more))

    def message(self, text: str, chat: int = LAN, user: int = LAN, **more: Any) -> Json:
        self._messages += 1
        found: Json = {
            "message_id": self._messages,
            "from": {"id": user, "is_bot": False, "first_name": "Lan", "language_code": "vi"},
            "chat": self.chat(chat),
            "date": DAY,
        }
        if text:
            found["text"] = text
        if command := re.match(r"/\w+(@\w+)?", text):
            found["entities"] = [{"offset": 0, "length": len(command[0]), "type": "bot_command"}]
        return found | more

    async def press(self, sent: Sent, data: str, user: int = LAN) -> str:
        update = self.pressed(sent, data, user)
        await self._put(update)
        return str(update["callback_query"]["id"])

    def pressed(self, sent: Sent, data: str, user: int = LAN) -> Json:
        """The update of a pressed button, not delivered yet."""
        query = f"43827{self._updates:014d}"
        self.queries.add(query)
        body = {
            "id": query,
            "from": {"id": user, "is_bot": False, "first_name": "Lan"},
            "message": {
                "message_id": sent.id,
                "from": BOT,
                "chat": self.chat(sent.chat),
                "date": DAY,
                "text": sent.text,
            },
            "chat_instance": "-3214567890123456789",
            "data": data,
        }
        return self.update("callback_query", body)

    @staticmethod
    def chat(id: int) -> Json:
        if id < 0:
            return {"id": id, "title": "Tổ dân phố 5", "type": "supergroup"}
        return {"id": id, "first_name": "Lan", "type": "private"}

    def flood(self, chat: int, seconds: int) -> None:
        self._silence[chat] = self.clock() + seconds

    async def until(self, true: Callable[[], Any], seconds: float = 120) -> None:
        """Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(true)

    async def replies(self, count: int) -> list[str]:
        await self.until(lambda: len(self.sent) >= count)
        return [each.text for each in self.sent]

    async def idle(self) -> None:
        """Every update was handed over and confirmed."""
        await self.until(lambda: not self._pending)

    async def _put(self, update: Json) -> None:
        self._pending.append(update)
        await self._tell()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # over HTTP

    async def call(self, request: Request) -> JSONResponse:
        name = request.path_params["method"]
        self.called.append(name)
        try:
            if request.path_params["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            if name in self.failing:
                self.failing.remove(name)
                raise Refused(502, "Bad Gateway")
            method = getattr(self, f"do_{name}", None)
            if method is None:
                raise Refused(404, "Not Found: method not found")
            result = await method(await arguments(request))
        except Refused as refused:
            if not await request.is_disconnected():
                self.refusals.append(refused.body["description"])
            await self._tell()
            return JSONResponse(refused.body, refused.body["error_code"])
        await self._tell()
        return JSONResponse({"ok": True, "result": result})

    async def do_getMe(self, _: Json) -> Json:  # noqa: N802
        return BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def do_setMyCommands(self, given: Json) -> bool:  # noqa: N802
        for each in given["commands"]:
            if not re.fullmatch("[a-z0-9_]{1,32}", each["command"]):
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(each["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        if len(given["commands"]) > 100:
            raise Refused(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
        self.commands = given["commands"]
        return True

    async def do_setWebhook(self, given: Json) -> bool:  # noqa: N802
        if not re.match(r"https://|http://127\.0\.0\.1:", given["url"]):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch("[A-Za-z0-9_-]{1,256}", given.get("secret_token", "")):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = given
        return True

    async def do_deleteWebhook(self, _: Json) -> bool:  # noqa: N802
        self.webhook = {}
        return True

    async def do_getUpdates(self, given: Json) -> list[Json]:  # noqa: N802
        if self.webhook:
            raise Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        self._polls += 1
        this = self._polls
        offset = given.get("offset", 0)
        self.confirmed += [each["update_id"] for each in self._pending if each["update_id"] < offset]
        self._pending = [each for each in self._pending if each["update_id"] >= offset]
        await self._tell()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(given.get("timeout", 0)), self._changed:
                await self._changed.wait_for(lambda: self._pending or self._polls != this)
        if self._polls != this:
            raise Refused(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        found = self._pending[: given.get("limit", 100)]
        self.delivered += [each["update_id"] for each in found]
        return found

    async def do_sendMessage(self, given: Json) -> Json:  # noqa: N802
        chat, text = given["chat_id"], given.get("text", "")
        if chat in self.moved:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.moved[chat],
            )
        if chat not in self.chats:
            raise Refused(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if units(text) > 4096:
            raise Refused(400, "Bad Request: message is too long")
        check_keyboard(given.get("reply_markup", {}))
        self._check_pace(chat)
        self._messages += 1
        self.sent.append(Sent(self._messages, chat, text, self.clock(), given))
        return {"message_id": self._messages, "from": BOT, "chat": self.chat(chat), "date": DAY, "text": text}

    async def do_answerCallbackQuery(self, given: Json) -> bool:  # noqa: N802
        query = given["callback_query_id"]
        if query not in self.queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.queries.remove(query)
        self.answered.append(query)
        return True

    async def do_editMessageReplyMarkup(self, given: Json) -> bool:  # noqa: N802
        place = (given["chat_id"], given["message_id"])
        found = next((each for each in self.sent if (each.chat, each.id) == place), None)
        if found is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if not found.keyboard and "reply_markup" not in given:
            raise Refused(400, "Bad Request: message is not modified")
        found.given.pop("reply_markup", None)
        self.edited.append(place)
        return True

    def _check_pace(self, chat: int) -> None:
        now = self.clock()
        if (left := self._silence.get(chat, 0) - now) > 0:
            raise Refused(429, f"Too Many Requests: retry after {max(1, round(left))}", retry_after=max(1, round(left)))
        if self.strict:
            self._all = [at for at in self._all if now - at < 1 - 1e-6]
            if now - self._times.get(chat, -10) < 1 - 1e-6 or len(self._all) >= 30:
                raise Refused(429, "Too Many Requests: retry after 1", retry_after=1)
        self._times[chat] = now
        self._all.append(now)

    # the webhook

    async def push(self) -> None:
        """Deliver to the webhook: many chats at once, each in its order, each update until it is taken."""
        busy: set[int] = set()
        async with httpx.AsyncClient(timeout=30) as http, asyncio.TaskGroup() as group:
            while True:
                async with self._changed:
                    await self._changed.wait_for(lambda: self.webhook and self._next(busy))
                update = self._next(busy)
                if update:
                    busy.add(chat_of(update))
                    group.create_task(self._hand_over(http, update, busy))

    def _next(self, busy: set[int]) -> Json | None:
        return next((each for each in self._pending if chat_of(each) not in busy), None)

    async def _hand_over(self, http: httpx.AsyncClient, update: Json, busy: set[int]) -> None:
        self.delivered.append(update["update_id"])
        await self._tell()
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        with contextlib.suppress(httpx.HTTPError):
            response = await http.post(self.webhook["url"], json=update, headers=headers)
            if response.is_success:
                self._pending.remove(update)
                self.confirmed.append(update["update_id"])
        busy.discard(chat_of(update))
        await self._tell()


def chat_of(update: Json) -> int:
    [body] = [body for name, body in update.items() if name != "update_id"]
    chat: int = body.get("message", body)["chat"]["id"]
    return chat


@asynccontextmanager
async def fake_telegram(**given: Any) -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram(**given)
    app = Starlette(routes=[Route("/bot{token}/{method}", fake.call, methods=["GET", "POST"])])
    with listen("127.0.0.1", 0) as listener:
        async with served(app, listener) as fake.url:
            pushing = asyncio.create_task(fake.push())
            try:
                yield fake
            finally:
                pushing.cancel()

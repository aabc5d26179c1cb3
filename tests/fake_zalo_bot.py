"""Zalo's Bot API over real HTTP on loopback: what the documented methods take and refuse, and how events are delivered.

Unlike Zalo it delivers to http webhooks within this machine. An event is handed over once, whatever becomes of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.channels.server import listen
from tests.served import served

Json = dict[str, Any]

TOKEN = "1234567890:AbC_fake-token-of-a-test-that-nobody-has"  # noqa: S105
ME = {"id": "1234567890", "account_name": "bot.VDKyGxQvc", "account_type": "BASIC", "can_join_groups": True}
LAN = "6ede9afa66b88fe6d6a9"
MINH = "77ac01b2d95f4e3880c2"
GROUP = "9f2b7c41d0e85a3366c1"
SECRET = "X-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Refused(Exception):  # noqa: N818 - what Zalo did
    def __init__(self, code: int, text: str, **more: Any) -> None:
        self.body = {"ok": False, "error_code": code, "description": text} | more
        super().__init__(text)


@dataclass
class Sent:
    chat: str
    text: str
    at: float


@dataclass
class FakeZaloBot:
    clock: Callable[[], float] = time.monotonic
    wrapped: bool = True  # events stand in {ok, result}, as in the documents; else bare, as older builds send them
    chats: set[str] = field(default_factory=lambda: {LAN, MINH, GROUP})
    failing: list[tuple[str, int]] = field(default_factory=list)  # (method, error code of its next call)
    broken: list[str] = field(default_factory=list)  # methods whose next call meets a proxy's page instead of JSON
    wait: int = 0  # seconds that a 429 asks for
    token: str = TOKEN
    sent: list[Sent] = field(default_factory=list)
    called: list[tuple[str, Json]] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    delivered: list[str] = field(default_factory=list)  # ids of messages, each time they were handed over
    statuses: list[int] = field(default_factory=list)  # of the webhook
    webhook: Json = field(default_factory=dict)
    url: str = ""

    def __post_init__(self) -> None:
        self._changed = asyncio.Condition()
        self._pending: deque[Json] = deque()
        self._messages = 0

    # what a test does

    async def say(self, text: str, user: str = LAN, chat: str = "", **more: Any) -> Json:
        return await self.deliver("message.text.received", user, chat, text=text, **more)

    async def deliver(self, name: str, user: str = LAN, chat: str = "", **more: Any) -> Json:
        event = self.event(name, user, chat, **more)
        await self.again(event)
        return event

    def event(self, name: str, user: str = LAN, chat: str = "", **more: Any) -> Json:
        """One that has not been delivered yet."""
        self._messages += 1
        kind = "GROUP" if chat == GROUP else "PRIVATE"
        message = {
            "from": {"id": user, "display_name": "Lan Trần", "is_bot": False},
            "chat": {"id": chat or user, "chat_type": kind},
            "message_id": f"2d758cb5e22217{self._messages:06x}",
            "date": 1_795_600_000_000 + self._messages,
        }
        return {"event_name": name, "message": message | more}

    async def again(self, event: Json) -> None:
        """Hand over an event, also one that was handed over before."""
        self._pending.append(event)
        await self._tell()

    async def until(self, true: Callable[[], Any], seconds: float = 120) -> None:
        """Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(true)

    async def replies(self, count: int) -> list[str]:
        await self.until(lambda: len(self.sent) >= count)
        return [each.text for each in self.sent]

    async def taken(self) -> None:
        """Every event was handed over, and the webhook answered."""
        await self.until(lambda: not self._pending and (not self.webhook or len(self.statuses) == len(self.delivered)))

    def methods(self) -> list[str]:
        return [name for name, _ in self.called]

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # over HTTP

    async def call(self, request: Request) -> Response:
        name, given = request.path_params["method"], json.loads(await request.body())
        self.called.append((name, given))
        if name in self.broken:
            self.broken.remove(name)
            return HTMLResponse("<h1>Bad Gateway</h1>", 502)
        try:
            result = await self._result(request, name, given)
        except Refused as refused:
            self.refusals.append(refused.body["error_code"])
            await self._tell()
            return JSONResponse(refused.body)  # with status 200: only `ok` tells
        await self._tell()
        return JSONResponse({"ok": True, "result": result})

    async def _result(self, request: Request, name: str, given: Json) -> Any:
        if request.path_params["token"] != self.token:
            raise Refused(401, "Unauthorized")
        for failure in self.failing:
            if failure[0] == name:
                self.failing.remove(failure)
                more = {"parameters": {"retry_after": self.wait}} if self.wait else {}
                raise Refused(failure[1], "Quota exceeded" if failure[1] == 429 else "Error", **more)
        if name == "getUpdates":
            return await self._updates(request, given)
        method = getattr(self, f"do_{name}", None)
        if method is None:
            raise Refused(404, "Not Found")
        return await method(given)

    async def do_getMe(self, _: Json) -> Json:  # noqa: N802
        return ME

    async def do_setWebhook(self, given: Json) -> Json:  # noqa: N802
        if not given["url"].startswith(("https://", "http://127.0.0.1:")):
            raise Refused(400, "Bad Request: url is invalid")
        if not 8 <= len(given["secret_token"]) <= 256:
            raise Refused(400, "Bad Request: secret_token is invalid")
        self.webhook = given
        return {"url": given["url"], "updated_at": 1_749_538_250_568}

    async def do_deleteWebhook(self, _: Json) -> Json:  # noqa: N802
        self.webhook = {}
        return {"url": "", "updated_at": 1_749_538_250_568}

    async def do_getWebhookInfo(self, _: Json) -> Json:  # noqa: N802
        return {"url": self.webhook.get("url", ""), "updated_at": 1_749_538_250_568}

    async def _updates(self, request: Request, given: Json) -> Json:
        """One event. A poll whose connection is gone takes none with it."""
        if self.webhook:
            raise Refused(400, "Bad Request: webhook is set")
        leaving = asyncio.create_task(self._leave(request))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(given.get("timeout", 30)), self._changed:
                await self._changed.wait_for(lambda: self._pending or leaving.done())
        if leaving.done() or not self._pending:
            leaving.cancel()
            raise Refused(408, "Request timeout")
        leaving.cancel()
        event = self._pending.popleft()
        self.delivered.append(event["message"]["message_id"])
        return event

    async def _leave(self, request: Request) -> None:
        await request.receive()
        asyncio.get_running_loop().call_soon(lambda: asyncio.ensure_future(self._tell()))

    async def do_sendMessage(self, given: Json) -> Json:  # noqa: N802
        chat, text = given["chat_id"], given["text"]
        if chat not in self.chats:
            raise Refused(400, "Bad Request: chat_id is invalid")
        if not 1 <= len(text) <= 2000:
            raise Refused(400, "Bad Request: text must be 1 to 2000 characters")
        self.sent.append(Sent(chat, text, self.clock()))
        return {"message_id": f"82599fa32f56d0{len(self.sent):06x}", "date": 1_795_600_000_000}

    # the webhook

    async def push(self) -> None:
        """Deliver to the webhook, each event once and in order."""
        async with httpx.AsyncClient(timeout=30) as http:
            while True:
                async with self._changed:
                    await self._changed.wait_for(lambda: self.webhook and self._pending)
                event = self._pending.popleft()
                self.delivered.append(event["message"]["message_id"])
                body = {"ok": True, "result": event} if self.wrapped else event
                headers = {SECRET: self.webhook["secret_token"]}
                with contextlib.suppress(httpx.HTTPError):
                    self.statuses.append((await http.post(self.webhook["url"], json=body, headers=headers)).status_code)
                await self._tell()


@asynccontextmanager
async def fake_zalo_bot(**given: Any) -> AsyncIterator[FakeZaloBot]:
    fake = FakeZaloBot(**given)
    app = Starlette(routes=[Route("/bot{token}/{method}", fake.call, methods=["POST"])])
    with listen("127.0.0.1", 0) as listener:
        async with served(app, listener) as fake.url:
            pushing = asyncio.create_task(fake.push())
            try:
                yield fake
            finally:
                pushing.cancel()

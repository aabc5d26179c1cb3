"""A Zalo over real HTTP on loopback: signs and delivers events, gives tokens, takes messages and refuses what it documents.

Errors are in the body, with status 200, as Zalo's are.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.server import listen
from tests.served import served

Json = dict[str, Any]

APP, OA = "360846524940903967", "388613280878808645"
APP_SECRET, OA_SECRET = "app-secret-AhTq9bX2", "oa-secret-Kd83mQpz"
LAN, MINH = "246845883529197922", "246845883529197923"
OFFICER = "7116450181234567890"
PER_MINUTE = 4_000
ACCESS = timedelta(hours=25)


@dataclass(frozen=True)
class Sent:
    user: str
    text: str
    buttons: tuple[Json, ...]
    at: float  # by the clock of the test
    id: str


@dataclass
class FakeZaloOa:
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    webhook: str = ""
    echoes: bool = False  # whether what the bot sends comes back as an event
    echo_sender: Json = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)  # user → the error that messages to them get
    failing: list[int | str] = field(default_factory=list)  # the next sends: an error code, "down" or "unreadable"
    renewing: list[int | str] = field(default_factory=list)  # the next renewals, likewise
    buttons: bool = True  # whether it takes them
    account: Json = field(default_factory=lambda: {"oa_id": OA, "name": "UBND phường Ba Đình", "is_verified": True})
    sent: list[Sent] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    renewals: int = 0
    access: str = "access-0"
    refresh: str = "refresh-0"
    grants: dict[str, str] = field(default_factory=dict)  # code → challenge
    url: str = ""

    def __post_init__(self) -> None:
        self.ends = self.now() + ACCESS
        self.http = httpx.AsyncClient(timeout=30, trust_env=False)
        self._count = count(1)
        self._changed = asyncio.Condition()
        self._times: list[float] = []
        self._echoing: set[asyncio.Task[int]] = set()

    # what a test does

    def event(self, name: str = "user_send_text", user: str = LAN, **message: Any) -> Json:
        return {
            "app_id": APP,
            "sender": {"id": user},
            "user_id_by_app": "552177279717587730",
            "recipient": {"id": OA},
            "event_name": name,
            "message": {"msg_id": f"96d3cdf3af15{next(self._count):07d}"} | message,
            "timestamp": self._stamp(),
        }

    def followed(self, name: str = "follow", user: str = LAN) -> Json:
        return {"oa_id": OA, "follower": {"id": user}, "event_name": name, "app_id": APP, "timestamp": self._stamp()}

    async def say(self, text: str, user: str = LAN) -> Json:
        """Delivered and acknowledged."""
        event = self.event(user=user, text=text)
        assert await self.deliver(event) == 200
        return event

    async def officer(self, text: str = "Chào chị", user: str = LAN) -> None:
        """Somebody of the agency writes in OA Manager."""
        event = self.event("oa_send_text", text=text)
        event |= {"sender": {"id": OA, "admin_id": OFFICER}, "recipient": {"id": user}}
        assert await self.deliver(event) == 200

    async def deliver(self, event: Json) -> int:
        """The status that the webhook answers with."""
        body = json.dumps(event, ensure_ascii=False).encode()
        return await self.post(body, self.signed(body, event["timestamp"]))

    def signed(self, body: bytes, stamp: str) -> dict[str, str]:
        mac = hashlib.sha256(APP.encode() + body + stamp.encode() + OA_SECRET.encode()).hexdigest()
        return {"X-ZEvent-Signature": f"mac={mac}", "X-ZEvent-Timestamp": stamp}

    async def post(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        """Like Zalo's, again as long as nobody listens, and only then."""
        async with asyncio.timeout(120):
            while True:
                with contextlib.suppress(httpx.TransportError):
                    return (await self.http.post(self.webhook, content=body, headers=headers)).status_code
                await asyncio.sleep(0.001)

    async def replies(self, number: int) -> list[str]:
        await self.until(lambda: len(self.sent) >= number)
        return [each.text for each in self.sent]

    async def until(self, true: Callable[[], Any]) -> None:
        async with asyncio.timeout(120), self._changed:
            await self._changed.wait_for(true)

    def grant(self, challenge: str) -> str:
        """As when the administrator presses «Cho phép»: the code of the callback."""
        code = f"code-{next(self._count)}"
        self.grants[code] = challenge
        return code

    def _stamp(self) -> str:
        return str(int(self.now().timestamp() * 1000))

    # what it answers

    async def token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        self.renewals += 1
        if self.renewing:
            return self._fail(self.renewing.pop(0))
        if request.headers.get("secret_key") != APP_SECRET or form.get("app_id") != APP:
            return _error(-14002, "Invalid secret key")
        if form.get("grant_type") == "refresh_token":
            right = form.get("refresh_token") == self.refresh
        else:
            challenge = self.grants.pop(form.get("code", ""), None)
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            right = challenge == base64.b64encode(digest).decode().rstrip("=")  # the plain alphabet
        if not right:
            return _error(-14014, "Invalid refresh token or code")
        number = next(self._count)
        self.access, self.refresh, self.ends = f"access-{number}", f"refresh-{number}", self.now() + ACCESS
        await self._note()
        return JSONResponse({"access_token": self.access, "refresh_token": self.refresh, "expires_in": "90000"})

    async def message(self, request: Request) -> Response:
        body = await request.json()
        if self.failing:
            return self._fail(self.failing.pop(0))
        user, said = str(body["recipient"]["user_id"]), body["message"]
        code = self._refused(request.headers.get("access_token", ""), user, said)
        if code:
            self.refusals.append(code)
            await self._note()
            return _error(code, "refused")
        sent = Sent(user, said["text"], _buttons(said), self.clock(), f"a1c2cdf3af15{next(self._count):07d}")
        self.sent.append(sent)
        if self.echoes:
            await self._echo(sent)
        await self._note()
        data = {"message_id": sent.id, "user_id": user, "quota": {"quota_type": "reply"}}
        return JSONResponse({"data": data, "error": 0, "message": "Success"})

    def _refused(self, token: str, user: str, said: Json) -> int:
        if token != self.access:
            return -216
        if self.now() >= self.ends:
            return -220
        now = self.clock()
        self._times = [each for each in self._times if each > now - 60]
        if len(self._times) >= PER_MINUTE:
            return -32
        self._times.append(now)
        if user in self.codes:
            return self.codes[user]
        buttons = _buttons(said)
        if not 1 <= len(said["text"]) <= 2000 or (buttons and not self.buttons) or len(buttons) > 5:
            return -210
        return 0 if all(len(each["title"]) <= 100 and len(each["payload"]) <= 1000 for each in buttons) else -201

    async def info(self, request: Request) -> Response:
        if request.headers.get("access_token") != self.access:
            return _error(-216, "Access token is invalid")
        return JSONResponse({"data": self.account, "error": 0, "message": "Success"})

    def _fail(self, how: int | str) -> Response:
        if isinstance(how, int):
            self.refusals.append(how)
            return _error(how, "refused")
        return PlainTextResponse("<html>Bad Gateway</html>", 502 if how == "down" else 200)

    async def _echo(self, sent: Sent) -> None:
        """Before the answer to the call, which is the harder order."""
        event = self.event("oa_send_text", text=sent.text, msg_id=sent.id)
        event |= {"sender": {"id": OA} | self.echo_sender, "recipient": {"id": sent.user}}
        task = asyncio.create_task(self.deliver(event))
        self._echoing.add(task)
        await asyncio.wait([task])

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _buttons(said: Json) -> tuple[Json, ...]:
    return tuple(said.get("attachment", {}).get("payload", {}).get("buttons", ()))


def _error(code: int, text: str) -> Response:
    return JSONResponse({"error": code, "message": text})


@asynccontextmanager
async def fake_zalo_oa(**given: Any) -> AsyncIterator[FakeZaloOa]:
    fake = FakeZaloOa(**given)
    routes = [
        Route("/v4/oa/access_token", fake.token, methods=["POST"]),
        Route("/v3.0/oa/message/cs", fake.message, methods=["POST"]),
        Route("/v2.0/oa/getoa", fake.info),
    ]
    with listen("127.0.0.1", 0) as listener:
        async with served(Starlette(routes=routes), listener) as fake.url, fake.http:
            yield fake

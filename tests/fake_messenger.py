"""Meta's side over real HTTP on loopback: signs and delivers events, takes messages and refuses what the Graph API refuses."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.channels.server import listen
from tests.served import served

Json = dict[str, Any]

PAGE = "104567890123456"
TOKEN, SECRET, VERIFY = "EAAB-page-token-of-a-test", "app-secret-of-a-test", "word-of-a-test"


@dataclass(frozen=True)
class Sent:
    user: str
    text: str
    buttons: tuple[Json, ...]


@dataclass
class FakeMessenger:
    people: set[str] = field(default_factory=set)
    failing: list[int] = field(default_factory=list)  # statuses of the next sends
    webhook: str = ""
    url: str = ""
    sent: list[Sent] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    number: int = 0

    def __post_init__(self) -> None:
        self._http = httpx.AsyncClient(timeout=30, trust_env=False)

    # what a test does

    def event(self, user: str, **more: Any) -> Json:
        self.people.add(user)
        self.number += 1
        return {
            "sender": {"id": user},
            "recipient": {"id": PAGE},
            "timestamp": 1_795_600_000_000 + self.number,
            **{kind: {"mid": f"m_{self.number:08d}", **body} for kind, body in more.items()},
        }

    async def deliver(self, *events: Json, secret: str = SECRET) -> int:
        """The status that the webhook answers with; again, like Meta, while it is 503."""
        body = json.dumps({"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": events}]}).encode()
        mac = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        status = await self.post(body, f"sha256={mac}")
        while status == 503:
            status = await self.post(body, f"sha256={mac}")
        return status

    async def post(self, body: bytes, signature: str) -> int:
        headers = {"X-Hub-Signature-256": signature, "Content-Type": "application/json"}
        return (await self._http.post(self.webhook, content=body, headers=headers)).status_code

    async def close(self) -> None:
        await self._http.aclose()

    # the Graph API

    async def messages(self, request: Request) -> JSONResponse:
        if self.failing:
            return JSONResponse({"error": {"message": "Service temporarily unavailable"}}, self.failing.pop(0))
        given = await request.json()
        refusal = self._refusal(request.headers.get("authorization", ""), given)
        if refusal:
            self.refusals.append(refusal)
            return JSONResponse({"error": {"message": refusal, "type": "OAuthException", "code": 100}}, 400)
        message = given["message"]
        self.sent.append(Sent(given["recipient"]["id"], message["text"], tuple(message.get("quick_replies", ()))))
        return JSONResponse({"recipient_id": given["recipient"]["id"], "message_id": f"m_{len(self.sent)}"})

    def _refusal(self, authorization: str, given: Json) -> str:
        message, buttons = given["message"], given["message"].get("quick_replies", [])
        if authorization != f"Bearer {TOKEN}":
            return "Invalid OAuth access token"
        if given["messaging_type"] != "RESPONSE" or given["recipient"]["id"] not in self.people:
            return "This message is sent outside of allowed window"
        if not 1 <= len(message["text"]) <= 2000:
            return "Length of param message[text] must be less than or equal to 2000"
        if len(buttons) > 13 or any(len(each["title"]) > 20 or len(each["payload"]) > 1000 for each in buttons):
            return "Invalid quick reply"
        return ""


@asynccontextmanager
async def fake_messenger() -> AsyncIterator[FakeMessenger]:
    fake = FakeMessenger()
    with listen("127.0.0.1", 0) as listener:
        async with served(
            Starlette(routes=[Route("/me/messages", fake.messages, methods=["POST"])]), listener
        ) as fake.url:
            yield fake
        await fake.close()

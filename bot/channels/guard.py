"""Around every request: the size of its body, the headers of its response, errors without anyone's words."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 32 * 1024  # the longest message fits: 2,000 characters of a form, twelve bytes each
HOOK_LIMIT = 512 * 1024  # of a platform's webhook: its messages quote earlier ones, in full and escaped

SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

# type of a problem → status and the id of its sentence in faq_vi/_bot.yaml
PROBLEMS: Mapping[str, tuple[HTTPStatus, str]] = {
    "text-too-long": (HTTPStatus.UNPROCESSABLE_ENTITY, "web_tin_dai"),
    "text-empty": (HTTPStatus.UNPROCESSABLE_ENTITY, "web_tin_trong"),
    "invalid-request": (HTTPStatus.UNPROCESSABLE_ENTITY, "web_yeu_cau_sai"),
    "invalid-answer": (HTTPStatus.UNPROCESSABLE_ENTITY, "web_lua_chon_sai"),
    "body-too-large": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "web_qua_lon"),
    "too-many-requests": (HTTPStatus.TOO_MANY_REQUESTS, "web_qua_nhanh"),
    "not-found": (HTTPStatus.NOT_FOUND, "web_khong_co"),
    "method-not-allowed": (HTTPStatus.METHOD_NOT_ALLOWED, "web_sai_cach_goi"),
    "closed": (HTTPStatus.SERVICE_UNAVAILABLE, "web_tam_dung"),
    "internal-error": (HTTPStatus.INTERNAL_SERVER_ERROR, "web_loi"),
}

_log = logging.getLogger(__name__)


class Problem(HTTPException):
    """An error that the caller reads, as problem+json; `more` are further members, or a `detail` of its own."""

    def __init__(self, type: str, headers: Mapping[str, str] | None = None, **more: Any) -> None:
        self.type = type
        self.more = more
        super().__init__(PROBLEMS[type][0], headers=headers)


def detail(problem: Problem, sentences: Mapping[str, str]) -> str:
    """What people read."""
    return str(problem.more.get("detail") or sentences.get(PROBLEMS[problem.type][1], ""))


def problem_type(status: int) -> str:
    """The type of a problem that only has a status: those that the framework raises."""
    return next((type for type, (known, _) in PROBLEMS.items() if known == status), "invalid-request")


def problem_response(problem: Problem, sentences: Mapping[str, str]) -> Response:
    status, _ = PROBLEMS[problem.type]
    body = {
        "type": f"/docs#{problem.type}",
        "title": status.phrase,
        "status": status,
        **problem.more,
        "detail": detail(problem, sentences),
    }
    return JSONResponse(
        body,
        status,
        dict(problem.headers or {}) | {"Cache-Control": "no-store"},
        "application/problem+json",
    )


class Guard:
    """ASGI middleware. An error is logged as its kind and place only: its message could quote a citizen."""

    def __init__(self, app: ASGIApp, hooks: Collection[str] = ()) -> None:
        self.app = app
        self.hooks = hooks  # paths of webhooks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started = False

        async def guarded_send(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            limit = HOOK_LIMIT if scope["path"].removeprefix(scope.get("root_path", "")) in self.hooks else BODY_LIMIT
            await self.app(scope, limited(scope, receive, limit), guarded_send)
        except Exception as error:
            _log.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
            if not started:
                sentences = scope["app"].state.bot.brain.content.bot
                await problem_response(Problem("internal-error"), sentences)(scope, receive, guarded_send)
        return None


def limited(scope: Scope, receive: Receive, limit: int = BODY_LIMIT) -> Receive:
    """Reading a body that is longer than the limit, announced or not, is a problem."""
    announced = Headers(scope=scope).get("content-length", "0")
    left = limit - int(announced) if announced.isdecimal() and int(announced) > limit else limit

    async def receive_some() -> Message:
        nonlocal left
        if left < 0:
            raise Problem("body-too-large", {"Connection": "close"})
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise Problem("body-too-large", {"Connection": "close"})
        return message

    return receive_some

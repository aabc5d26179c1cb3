"""One ASGI app: the routes of the channels that are switched on, health, the API's reference; and how it is run."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from html import escape
from ipaddress import ip_network
from typing import Any, Protocol

import uvicorn
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

import bot as package
from bot.channels import Bot, api, check, reference, web
from bot.channels.assets import Assets
from bot.channels.desk import log_error
from bot.channels.guard import Guard, Problem, detail, problem_response, problem_type
from bot.channels.limits import Rate
from bot.channels.ports import listen
from bot.channels.sessions import Conversations, Limits
from bot.safety.privacy import mask

SESSION_RATE = Rate(20, 1.0)
ADDRESS_RATE = Rate(120, 10.0)
# FastAPI 0.142 and newer can send spans, metrics and logs (exceptions with their messages) to wherever the environment
# or a provider of the process says: what citizens write stays here
NO_TELEMETRY: TelemetryConfig = {"auto_configure": False, "tracing": False, "metrics": False, "logs": False}
GRACE = 10  # seconds that open requests get when the server stops

_log = logging.getLogger(__name__)


class Channel(Protocol):
    """A messenger beside the web: its webhook in the one app, and what runs as long as the server does."""

    def routes(self) -> APIRouter: ...

    async def run(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ServerSettings:
    host: str = "127.0.0.1"
    port: int = 8000
    session_rate: Rate = SESSION_RATE
    address_rate: Rate = ADDRESS_RATE  # many households share one address behind a mobile network
    trusted_proxies: tuple[str, ...] = ()  # networks whose X-Forwarded-For is believed
    origins: tuple[str, ...] = ()  # other sites whose pages may embed the chat
    root_path: str = ""  # when a proxy serves it below a path


def create_app(bot: Bot, settings: ServerSettings, channels: Sequence[Channel] = ()) -> FastAPI:
    app = FastAPI(
        title="Một Cửa",
        version=package.__version__,
        docs_url=None,
        redoc_url=None,
        root_path=settings.root_path,
        telemetry=NO_TELEMETRY,
        lifespan=lambda _: _running(channels),
    )
    assets, conversations = Assets(), Conversations(bot)
    app.state.bot, app.state.assets = bot, assets
    limits = Limits(settings.session_rate, settings.address_rate, tuple(map(ip_network, settings.trusted_proxies)))
    app.include_router(web.routes(bot, conversations, limits, assets))
    app.include_router(api.routes(bot, conversations, limits))
    app.include_router(check.routes(bot, limits, assets))
    hooks = [channel.routes() for channel in channels]
    for router in hooks:
        app.include_router(router)
    _add_own_routes(app, bot, assets)
    app.add_exception_handler(HTTPException, _show_problem)
    app.add_exception_handler(RequestValidationError, _show_problem)
    app.add_middleware(Guard, hooks=_paths(hooks))
    if settings.origins:  # outside of the guard: another site may read its errors, too
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
            expose_headers=["Retry-After"],
        )
    return app


def _paths(routers: Sequence[APIRouter]) -> set[str]:
    return {route.path for router in routers for route in router.routes if isinstance(route, APIRoute)}


@contextlib.asynccontextmanager
async def _running(channels: Sequence[Channel]) -> AsyncIterator[None]:
    """The channels from the server's start to its stop, which waits for what they are still saying."""
    tasks = [asyncio.create_task(_run(channel)) for channel in channels]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _run(channel: Channel) -> None:
    """One that breaks leaves the others alone."""
    try:
        await channel.run()
    except Exception as error:
        log_error(_log, error)


def _add_own_routes(app: FastAPI, bot: Bot, assets: Assets) -> None:
    @app.get("/health", summary="Máy chủ còn trả lời không")
    async def health() -> dict[str, Any]:
        off = bot.closed()
        body = {"status": "ok" if off is None else "off", "version": package.__version__}
        return body | {"guides": len(bot.brain.content.guides)} | ({} if off is None else {"reason": off})

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        openapi = app.openapi()
        return assets.page(
            "docs.html",
            request.scope.get("root_path", ""),
            operations=reference.operations_html(openapi),
            problems=reference.problems_html(bot.brain.content.bot),
            schemas=reference.schemas_html(openapi),
        )


async def _show_problem(request: Request, error: Exception) -> Response:
    """problem+json, or a page for a browser that opened one."""
    problem, state = _problem(error), request.app.state
    sentences = state.bot.brain.content.bot
    if "text/html" not in request.headers.get("accept", ""):
        return problem_response(problem, sentences)
    texts = {"title": escape(sentences["web_ten_trang"]), "detail": escape(detail(problem, sentences))}
    page: Response = state.assets.page("problem.html", request.scope.get("root_path", ""), problem.status_code, **texts)
    page.headers.update(problem.headers or {})
    return page


def _problem(error: Exception) -> Problem:
    """Where and what kind, never what was sent."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        found = [{"at": mask(".".join(map(str, each["loc"]))), "kind": each["type"]} for each in error.errors()]
        kinds = {(each["at"], each["kind"]) for each in found}
        if ("body.text", "string_too_long") in kinds:
            return Problem("text-too-long", errors=found)
        return Problem("text-empty" if ("body.text", "string_too_short") in kinds else "invalid-request", errors=found)
    assert isinstance(error, HTTPException)  # noqa: S101
    return Problem(problem_type(error.status_code), error.headers)


class _Server(uvicorn.Server):
    """Says where it listens once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            print(f"Một Cửa đang chạy tại http://{shown}:{port} – bấm Ctrl+C để dừng.", flush=True)  # noqa: T201


async def serve(bot: Bot, settings: ServerSettings, channels: Sequence[Channel] = ()) -> None:
    """Serve until SIGINT or SIGTERM, then finish open requests. Nothing about a request is logged."""
    listener = listen(settings.host, settings.port)
    config = uvicorn.Config(
        create_app(bot, settings, channels),
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    with listener:
        await _Server(config).serve([listener])


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run a server's coroutine to its end; Ctrl+C ends it."""
    gc.collect()
    gc.freeze()  # content and model stay: a full collection would look through them all while everybody waits
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(main)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it exists (not on Windows)."""
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return None
    return uvloop.new_event_loop

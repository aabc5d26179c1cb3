"""The action server that Rasa calls: rasa-sdk's routes on one loop with the engine; errors repeat nothing of what was sent."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic, response
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.response import HTTPResponse

from bot.channels import Bot
from bot.channels.desk import log_error
from bot.channels.ports import listen
from bot.channels.rasa import ActionMotCua, ActionMotCuaKiemTra, Engine

GRACE = 5.0  # seconds for actions that are running when the server stops

_OTHER_VERSION = "Your versions of rasa and"  # 3.6 calls 3.21: the protocol is the same

_log = logging.getLogger(__name__)


class Quiet(ErrorHandler):
    """rasa-sdk answers an error with the whole request and logs its message: both have the citizen's words."""

    def response(self, _request: Request | None, exception: Exception) -> HTTPResponse:
        status = exception.status_code if isinstance(exception, SanicException) else 500
        if status >= 500:
            log_error(_log, exception)
        return response.json({"error": type(exception).__name__}, status=status)


def app_of(bot: Bot) -> Sanic[Any, Any]:
    """A new application; one of its name may be in a process at a time."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Bot]:
        yield bot

    executor, engine = ActionExecutor(), Engine(opened)
    for action in (ActionMotCua(engine), ActionMotCuaKiemTra(engine)):
        executor.register_action(action)
    app: Sanic[Any, Any] = create_app(executor, cors_origins=[])
    warnings.filterwarnings("ignore", _OTHER_VERSION, UserWarning)
    app.error_handler = Quiet()
    app.config.ACCESS_LOG = False
    app.config.TOUCHUP = False  # it rewrites code of the process, which a second application finds changed
    return app


@asynccontextmanager
async def listening(app: Sanic[Any, Any], listener: socket.socket) -> AsyncIterator[None]:
    """Answers until the block ends; actions that are running then are waited for, at most GRACE."""
    server: Any = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.start_serving()
    try:
        yield
    finally:
        server.close()
        await _finish(server.connections)


async def _finish(connections: set[Any]) -> None:
    until = asyncio.get_running_loop().time() + GRACE
    while connections and asyncio.get_running_loop().time() < until:
        for each in tuple(connections):
            each.close_if_idle()
        await asyncio.sleep(0.02)
    for each in tuple(connections):
        each.abort()


async def serve(bot: Bot, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Until SIGINT or SIGTERM; `tell` is given the address. Exits with a sentence when the port is taken."""
    with listen(host, port) as listener:
        stop = asyncio.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # on Windows, where Ctrl+C cancels
                asyncio.get_running_loop().add_signal_handler(each, stop.set)
        async with listening(app_of(bot), listener):
            here, at = listener.getsockname()[:2]
            tell(f"http://{here}:{at}/webhook")
            await stop.wait()

"""Chromium and a server of its own for tests of the page."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

import pytest
import uvicorn

from bot.channels import Bot
from bot.channels.limits import Rate
from bot.channels.server import ServerSettings, create_app, listen

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
FREE = ServerSettings(session_rate=Rate(0, 1), address_rate=Rate(0, 1), origins=("https://xa.test",))


def need_chromium() -> None:
    """Skips where there is no Chromium; on CI that is a failure, since nothing would be tested."""
    if CHROMIUM.exists():
        return
    sentence = f"no Chromium at {CHROMIUM} (apt install chromium, or CHROMIUM=path)"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@contextmanager
def serving(bot: Bot, settings: ServerSettings = FREE) -> Iterator[str]:
    """The real server on a free loopback port, in a thread; gives its address."""
    with listen("127.0.0.1", 0) as listener:
        server = _Server(uvicorn.Config(create_app(bot, settings), log_level="error", proxy_headers=False))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            assert server.ready.wait(10)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)

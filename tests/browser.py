"""Chromium, a server of its own, and what tests of the page do with it."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from socket import socket
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from bot.channels import Bot
from bot.channels.limits import Rate
from bot.channels.server import ServerSettings, create_app, listen
from tests.web_bot import TestBot

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
FREE = ServerSettings(session_rate=Rate(0, 1), address_rate=Rate(0, 1))

PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 568}
MESSAGES = "**/api/messages"
UNSENT = "Chưa gửi được"
QUESTION = "Anh/chị cần làm việc gì?"

Open = Callable[..., Page]


# ---- fixtures


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    _need_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


def _need_chromium() -> None:
    """Skips where there is no Chromium; on CI that is a failure, since nothing would be tested."""
    if CHROMIUM.exists():
        return
    sentence = f"no Chromium at {CHROMIUM} (apt install chromium, or CHROMIUM=path)"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture
def bot() -> TestBot:
    return TestBot()


@pytest.fixture
def server(bot: TestBot, site: str) -> Iterator[str]:
    with serving(nullcontext(bot), replace(FREE, origins=(site,))) as address:
        yield address


@pytest.fixture
def site() -> str:
    """The other site that is allowed to embed the chat."""
    return "https://xa.test"


@pytest.fixture
def open_page(browser: Browser, server: str, site: str) -> Iterator[Open]:
    """Opens pages of the module's `server`, or `at` another address; at the end none of them may have complained (a
    blocked script or style, an exception) or asked anybody but these two."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def ours(url: str) -> bool:
        return url.startswith((server + "/", site + "/", "data:"))

    def open_page(path: str = "/", script: str = "", at: str = server, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": PHONE, "locale": "vi-VN"} | options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: complaints.append(request.url) if not ours(request.url) else None)
        if script:
            page.add_init_script(script)
        page.goto(at + path)
        if options.get("java_script_enabled", True) and page.locator("mot-cua").count():
            page.locator("mot-cua .skip").wait_for(state="attached")  # the script has taken over from the plain form
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [complaint for complaint in complaints if "net::ERR" not in complaint and "status of" not in complaint] == []


# ---- what people do


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name=QUESTION)


def write(page: Page, text: str) -> None:
    box(page).fill(text)
    page.get_by_role("button", name="Gửi").click()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()


def options(page: Page) -> Locator:
    return page.get_by_label("Tùy chọn", exact=True)


def said(page: Page) -> Locator:
    return page.locator(".said.me:visible")


def answers(page: Page) -> Locator:
    return page.locator(".bot")


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:120]} {node['failureSummary']}" for each in found for node in each["nodes"]]


# ---- a server


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()


@contextmanager
def serving(bot: AbstractAsyncContextManager[Bot], settings: ServerSettings = FREE) -> Iterator[str]:
    """The real server on a free loopback port, in a thread; gives its address."""
    ready, servers = threading.Event(), list[_Server]()

    async def serve(listener: socket) -> None:
        async with bot as entered:
            config = uvicorn.Config(create_app(entered, settings), log_level="error", proxy_headers=False)
            servers.append(_Server(config, ready))
            await servers[0].serve([listener])

    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(serve(listener)))
        thread.start()
        try:
            assert ready.wait(10)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            servers[0].should_exit = True
            thread.join(10)

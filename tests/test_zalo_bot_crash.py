"""`kill -9` of the real server loses no message that Zalo was told is taken; then it is switched off, and forgets."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.channels.zalo_bot_wire import PATH, ZaloBotSettings
from tests.fake_zalo_bot import LAN, SECRET, TOKEN, FakeZaloBot, fake_zalo_bot
from tests.guides import SENTENCES
from tests.telegram_channel import eventually
from tests.test_operating import ROOT, Place, place

__all__ = ["place"]

NUMBER = "079123456789"


@asynccontextmanager
async def server(place: Place, fake: FakeZaloBot, hook: str, end: signal.Signals) -> AsyncIterator[None]:
    """The real server, until `end` ends it."""
    own = {"TOKEN": TOKEN, "WEBHOOK": hook, "API": fake.url}
    environment = place.environment | {f"MOTCUA_ZALO_BOT_{name}": value for name, value in own.items()}
    environment["MOTCUA_PORT"] = hook.rsplit(":", 1)[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.serve_child", str(place.folder),
        cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout
    try:
        async for line in process.stdout:
            if re.search(rb"http://[\d.]+:\d+", line):
                break
        yield
    finally:
        os.kill(process.pid, end)
        said = await process.stdout.read()
        await process.wait()
        assert NUMBER.encode() not in said


def free() -> str:
    """An address within this machine at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


async def hand_over(hook: str, *texts: str) -> list[int]:
    """Messages of Lan, as Zalo posts them."""
    person = {"id": LAN, "display_name": "Lan"}
    statuses = []
    async with httpx.AsyncClient() as http:
        for n, text in enumerate(texts):
            message = {"from": person, "chat": {"id": LAN, "chat_type": "PRIVATE"}, "text": text, "message_id": f"m{n}"}
            event = {"ok": True, "result": {"event_name": "message.text.received", "message": message}}
            answer = await http.post(hook + PATH, json=event, headers={SECRET: ZaloBotSettings(TOKEN).secret})
            statuses.append(answer.status_code)
    return statuses


@pytest.mark.parametrize("ends", [signal.SIGKILL, signal.SIGTERM], ids=["kill -9", "stop"])
async def test_what_was_taken_is_answered_after_the_next_start(place: Place, ends: signal.Signals) -> None:
    async with fake_zalo_bot() as fake:
        hook, fake.failing = free(), [("getMe", 503)] * 99  # Zalo is away: nothing can be answered
        async with server(place, fake, hook, ends):
            assert await hand_over(hook, "TT04", f"số em là {NUMBER}") == [200, 200]
        assert NUMBER.encode() not in place.bytes()
        assert "số em là [số định danh]".encode() in place.bytes()
        assert fake.sent == []
        fake.failing = []
        async with server(place, fake, hook, signal.SIGTERM):
            first, second = await fake.replies(2)
        async with server(place, fake, hook, signal.SIGTERM):
            await hand_over(hook, "TT04", "", "xin chào")  # of these only the last is new
            await fake.replies(3)
    assert "tạm trú" in first
    assert first != second
    assert len(fake.sent) == 3


async def test_it_is_switched_off_and_forgets_while_it_runs(place: Place) -> None:
    async with fake_zalo_bot() as fake:
        hook = free()
        async with server(place, fake, hook, signal.SIGTERM):
            await asyncio.to_thread(place.command, "off", "đang sửa mức phí")
            await hand_over(hook, "TT04")
            [said] = await fake.replies(1)
            assert LAN.encode() in place.bytes()
            code, printed = await asyncio.to_thread(place.command, "forget", "zalo_bot", LAN)
            assert (code, "không thấy" in printed) == (0, False)
            await eventually(lambda: LAN.encode() not in place.bytes())
    assert said.startswith(SENTENCES["tam_dung"])
    assert "đang sửa mức phí" in said

"""The action server for Rasa: over HTTP, and as a program that starts, serves and stops."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.message import Incoming, Reply
from bot.rasa_names import ANSWER, JUDGE
from tests.checked_content import checking_bot
from tests.rasa_calls import PERSONAL, SKIPPED, WHY, Json, call
from tests.served import address

if SKIPPED:
    pytest.skip(WHY, allow_module_level=True)


from bot.channels import rasa_server
from bot.channels.ports import listen

ROOT = Path(__file__).parent.parent


@asynccontextmanager
async def served(bot: Any) -> AsyncIterator[httpx.AsyncClient]:
    rasa_server.Sanic._app_registry.clear()
    with listen("127.0.0.1", 0) as listener:
        async with (
            rasa_server.listening(rasa_server.app_of(bot), listener),
            httpx.AsyncClient(base_url=address(listener)) as http,
        ):
            yield http


async def test_rasa_is_answered_over_http_plain_and_compressed() -> None:
    async with served(checking_bot()) as http:
        assert (await http.get("/health")).json() == {"status": "ok"}
        assert {each["name"] for each in (await http.get("/actions")).json()} == {ANSWER, JUDGE}
        body = call("xin chào")
        plain = await http.post("/webhook", json=body)
        small = zlib.compress(json.dumps(body).encode())
        compressed = await http.post("/webhook", content=small, headers={"Content-Encoding": "deflate"})
    assert plain.status_code == compressed.status_code == 200
    assert plain.json() == compressed.json()
    assert plain.json()["events"] == []
    assert plain.json()["responses"][0]["text"].startswith("Tôi nghe: xin chào")


async def test_many_senders_at_once_are_each_told_their_own() -> None:
    async with served(checking_bot()) as http:
        asked = [http.post("/webhook", json=call(f"câu {n}", who=f"u{n}", id=f"m{n}")) for n in range(30)]
        found = [response.json()["responses"][0]["text"] for response in await asyncio.gather(*asked)]
    assert [text.partition("\n")[0] for text in found] == [f"Tôi nghe: câu {n}" for n in range(30)]


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (400, {"content": PERSONAL.encode()}),
        (500, {"json": {"next_action": ANSWER, "version": "3.6.21", "text": PERSONAL}}),
        (500, {"json": call(PERSONAL) | {"tracker": PERSONAL}}),
        (500, {"json": [PERSONAL]}),
        (500, {"content": PERSONAL.encode(), "headers": {"Content-Encoding": "deflate"}}),
        (404, {"json": call(PERSONAL, action="action_khac")}),
        (449, {"json": {key: value for key, value in call(PERSONAL).items() if key != "domain"}}),
    ],
)
async def test_what_cannot_be_run_is_refused_without_repeating_it(
    status: int, sent: Json, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    async with served(checking_bot()) as http:
        found = await http.post("/webhook", **sent)
        after = await http.post("/webhook", json=call("xin chào"))
    assert (found.status_code, after.status_code) == (status, 200)
    out, err = capfd.readouterr()
    for text in (found.text, caplog.text, out, err):
        assert "Bưởi" not in text
        assert "079203001234" not in text


async def test_other_sites_may_not_read_it() -> None:
    async with served(checking_bot()) as http:
        found = await http.get("/health", headers={"Origin": "https://xa.test"})
    assert "access-control-allow-origin" not in found.headers


async def test_an_action_that_runs_while_the_server_stops_is_answered() -> None:
    bot, began, go_on = checking_bot(), asyncio.Event(), asyncio.Event()
    handle = bot.handle

    async def slow(incoming: Incoming) -> Reply:
        began.set()
        await go_on.wait()
        return await handle(incoming)

    bot.handle = slow  # type: ignore[method-assign]
    async with httpx.AsyncClient() as http:
        async with served(bot) as known:
            asked = asyncio.create_task(http.post(known.base_url.join("/webhook"), json=call("xin chào")))
            await asyncio.wait_for(began.wait(), 120)
            asyncio.get_running_loop().call_later(0.1, go_on.set)
        assert (await asked).status_code == 200


# as programs


@pytest.mark.usefixtures("brain")
def test_the_command_serves_until_it_is_told_to_stop_even_at_once(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "bot.py"), "rasa", "serve", "--port", str(port)]
    store = {"MOTCUA_STORE": f"sqlite:{tmp_path / 'motcua.db'}"}
    with subprocess.Popen(command, env=os.environ | store, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert f"http://127.0.0.1:{port}/webhook" in process.stdout.readline().decode()
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=120)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (0, b"", b"")


def test_without_rasa_sdk_everything_else_runs_and_the_command_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['rasa_sdk'] = None; sys.argv = ['bot.py', 'rasa', *sys.argv[1:]]\n"
        "from bot.cli import main; main()"
    )

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)

    refused = run("serve")
    assert refused.returncode == 1
    assert "pip install 'motcua[rasa]'" in refused.stderr
    assert run("export", str(tmp_path / "project")).returncode == 0

"""The app as a whole: headers, errors, limits, the reference, starting and stopping."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from bot.channels import server
from bot.channels.guard import BODY_LIMIT, PROBLEMS, SECURITY
from bot.channels.limits import Rate
from bot.channels.server import ServerSettings, create_app, listen, serve
from tests.web_bot import SENTENCES, TestBot

FREE = ServerSettings(session_rate=Rate(0, 1), address_rate=Rate(0, 1))


def client(bot: TestBot, settings: ServerSettings = FREE, peer: str = "198.51.100.7") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_app(bot, settings), client=(peer, 1234))
    return httpx.AsyncClient(transport=transport, base_url="http://test")


def ask(id: str = "m1", text: str = "xin chào", **more: Any) -> dict[str, Any]:
    return {"id": id, "text": text, **more}


@pytest.mark.parametrize(
    "path", ["/", "/kiem-tra", "/api/guides", "/health", "/docs", "/openapi.json", "/static/mot-cua.js", "/nothing"]
)
async def test_every_response_carries_the_security_headers_and_no_cookie(path: str) -> None:
    async with client(TestBot()) as http:
        response = await http.get(path)
    allowed = {"Cross-Origin-Resource-Policy"} if path.startswith("/static/") else set()
    assert {name: response.headers[name] for name in SECURITY if name not in allowed} == {
        name: value for name, value in SECURITY.items() if name not in allowed
    }
    assert "set-cookie" not in response.headers
    assert "server" not in response.headers


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    policy = SECURITY["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


async def test_health() -> None:
    async with client(TestBot()) as http:
        assert (await http.get("/health")).json() == {"status": "ok", "version": "0.1.0", "guides": 1} | {
            "version": server.package.__version__
        }


@pytest.mark.parametrize(
    ("method", "path", "body", "type"),
    [
        ("GET", "/nothing", None, "not-found"),
        ("GET", "/static/web.py", None, "not-found"),
        ("GET", "/api/guides/nothing", None, "not-found"),
        ("DELETE", "/api/guides", None, "method-not-allowed"),
        ("POST", "/api/messages", ask(text="a" * 2001), "text-too-long"),
        ("POST", "/api/messages", ask(text="  "), "text-empty"),
        ("POST", "/api/messages", {"id": "m1"}, "invalid-request"),
        ("POST", "/api/messages", ask(choice="cmd/menu"), "invalid-request"),
        ("POST", "/api/messages", ask(id="có dấu"), "invalid-request"),
        ("POST", "/api/messages", ask(session="1"), "invalid-request"),
        ("POST", "/api/messages", ask(session="../" * 11), "invalid-request"),
        ("POST", "/api/messages", ask(text="\ud800"), "invalid-request"),
        ("POST", "/api/messages", ask(more="x"), "invalid-request"),
        ("POST", "/api/messages", {"id": "m1", "choice": "c" * 65}, "invalid-request"),
        ("POST", "/api/messages", ["m1"], "invalid-request"),
        ("GET", "/api/guides/dang_ky_tam_tru?cho_o=lau_dai", None, "invalid-answer"),
        ("GET", "/api/guides/dang_ky_tam_tru?mau=xanh", None, "invalid-answer"),
        ("GET", "/api/guides/dang_ky_tam_tru?on=2026-02-30", None, "invalid-request"),
    ],
)
async def test_errors_are_problems_in_vietnamese_and_quote_nobody(method: str, path: str, body: Any, type: str) -> None:
    bot = TestBot()
    async with client(bot) as http:
        content = None if body is None else json.dumps(body)
        response = await http.request(method, path, content=content, headers={"Content-Type": "application/json"})
    status, sentence = PROBLEMS[type]
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (response.status_code, problem["status"], problem["type"]) == (status, status, f"/docs#{type}")
    assert problem["detail"] == bot.brain.content.bot[sentence] != ""
    assert "aaa" not in response.text
    assert not bot.heard


async def test_a_broken_json_is_a_problem() -> None:
    async with client(TestBot()) as http:
        response = await http.post("/api/messages", content=b"{", headers={"Content-Type": "application/json"})
    assert response.json()["type"] == "/docs#invalid-request"


async def test_a_browser_gets_its_errors_as_a_page() -> None:
    bot = TestBot()
    async with client(bot) as http:
        response = await http.get("/nothing", headers={"Accept": "text/html,*/*"})
    assert response.status_code == 404
    assert bot.brain.content.bot["web_khong_co"] in response.text
    assert '<html lang="vi"' in response.text


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("path", ["/api/messages", "/", "/api/check", "/kiem-tra"])
async def test_a_body_over_the_limit_is_refused(path: str, announced: bool) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(BODY_LIMIT // 1024 + 1):
            yield b" " * 1024

    bot = TestBot()
    body = b" " * (BODY_LIMIT + 1) if announced else chunks()
    async with client(bot) as http:
        response = await http.post(path, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 413
    assert response.json()["type"] == "/docs#body-too-large"
    assert not bot.heard


async def test_what_breaks_inside_is_a_problem_and_the_log_quotes_nobody(caplog: pytest.LogCaptureFixture) -> None:
    async with client(TestBot()) as http:
        response = await http.post("/api/messages", json=ask(text="hỏng"))
    assert response.status_code == 500
    assert response.json()["type"] == "/docs#internal-error"
    assert "RuntimeError" in caplog.text
    assert "citizen said" not in caplog.text.replace('raise RuntimeError("citizen said hỏng")', "")


async def test_one_session_has_a_limit_and_is_told_when_to_come_back() -> None:
    bot = TestBot()
    async with client(bot, ServerSettings(session_rate=Rate(3, 0.1), address_rate=Rate(0, 1))) as http:
        session = (await http.post("/api/messages", json=ask())).json()["session"]
        found = [await http.post("/api/messages", json=ask(f"n{n}", session=session)) for n in range(5)]
        other = await http.post("/api/messages", json=ask("o", session="0" * 32))
    assert [response.status_code for response in found] == [200, 200, 200, 429, 429]
    assert found[-1].json()["type"] == "/docs#too-many-requests"
    assert 1 <= int(found[-1].headers["retry-after"]) <= 10
    assert other.status_code == 200


@pytest.mark.parametrize("path", ["/", "/g/TT04", "/api/guides", "/api/guides/dang_ky_tam_tru"])
async def test_one_address_has_a_limit_on_everything(path: str) -> None:
    async with client(TestBot(), ServerSettings(address_rate=Rate(2, 0.1))) as http:
        assert [(await http.get(path)).status_code for _ in range(3)] == [200, 200, 429]
        assert (await http.get("/health")).status_code == 200


async def test_behind_a_trusted_proxy_the_visitors_are_counted_apart() -> None:
    settings = ServerSettings(address_rate=Rate(1, 0.1), trusted_proxies=("198.51.100.0/24",))
    async with client(TestBot(), settings) as http:
        codes = [
            (await http.get("/", headers={"X-Forwarded-For": address})).status_code
            for address in ("203.0.113.1", "203.0.113.2", "203.0.113.1")
        ]
    assert codes == [200, 200, 429]


async def test_other_sites_may_call_only_when_they_are_listed() -> None:
    preflight = {
        "Origin": "https://xa.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    async with client(TestBot(), ServerSettings(origins=("https://xa.example",))) as http:
        allowed = await http.options("/api/messages", headers=preflight)
        stranger = await http.options("/api/messages", headers=preflight | {"Origin": "https://other.example"})
    async with client(TestBot()) as http:
        closed = await http.options("/api/messages", headers=preflight)
    assert allowed.headers["access-control-allow-origin"] == "https://xa.example"
    assert "access-control-allow-origin" not in stranger.headers
    assert "access-control-allow-origin" not in closed.headers


async def test_other_sites_get_no_credentials_and_read_their_errors() -> None:
    site = {"Origin": "https://xa.example"}
    async with client(TestBot(), ServerSettings(origins=("https://xa.example",))) as http:
        found = [
            await http.post("/api/messages", json=ask(), headers=site),
            await http.post("/api/messages", json=ask("m2", "hỏng"), headers=site),
            await http.post("/api/messages", json=ask("m3", "a" * 2001), headers=site),
        ]
    assert [response.status_code for response in found] == [200, 500, 422]
    for response in found:
        assert response.headers["access-control-allow-origin"] == "https://xa.example"
        assert response.headers["access-control-expose-headers"] == "Retry-After"
        assert "access-control-allow-credentials" not in response.headers
        assert "set-cookie" not in response.headers
        assert "Origin" in response.headers["vary"]


async def test_the_reference_lists_every_operation_and_every_problem_offline() -> None:
    async with client(TestBot()) as http:
        page = (await http.get("/docs")).text
        paths = (await http.get("/openapi.json")).json()["paths"]
    assert set(paths) == {"/api/messages", "/api/check", "/api/guides", "/api/guides/{id}", "/health"}
    assert all(path in page for path in paths)
    assert all(f"id={type}" in page for type in PROBLEMS)
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


def test_every_sentence_of_the_channel_is_written() -> None:
    written = yaml.safe_load(SENTENCES.read_text())
    assert {sentence for _, sentence in PROBLEMS.values()} | {"web_ten_trang"} <= set(written)


def test_a_taken_port_is_said_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SystemExit, match="Chọn cổng khác"):
            listen("127.0.0.1", taken.getsockname()[1])


async def test_it_says_where_it_listens_and_stops_when_asked(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    before = signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it again once it has stopped
    try:
        task = asyncio.create_task(serve(TestBot(), ServerSettings(port=port)))
        said = ""
        while "Ctrl+C" not in said:
            await asyncio.sleep(0)
            said += capsys.readouterr().out
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
            assert (await http.post("/api/messages", json=ask(text="bí mật"))).status_code == 200
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(task, 120)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert f"http://127.0.0.1:{port}" in said
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]
    assert "bí mật" not in caplog.text + capsys.readouterr().err


def test_the_framework_exports_nothing_even_when_the_environment_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    app = create_app(TestBot(), FREE)
    assert not app._native_telemetry.enabled()
    assert not app._telemetry["auto_configure"]


def test_the_channel_has_no_sentence_for_citizens_in_its_code() -> None:
    """The page's words are in static/, the problems' in faq_vi/: what is left is for operators and integrators."""
    for path in Path(server.__file__).parent.glob("*.py"):
        assert "Anh/chị" not in path.read_text()

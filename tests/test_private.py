"""Nothing personal that anybody sends, of any kind and however broken the request, is found in a file, a log, an error or
/health: the raw bytes are searched."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings

from bot.channels.limits import Rate
from bot.channels.server import ServerSettings, create_app
from bot.content.types import Content
from bot.engine import Bot, Brain
from bot.message import Incoming, User
from bot.safety.scam import Shield
from bot.store.open import open_store
from bot.store.sqlite import SqliteStore
from bot.understanding import reading
from bot.understanding.focus import Focus
from bot.understanding.meaning import Meaning, Unknown, Unsure
from tests.guides import CONTENT, NO_MODEL, RESIDENCE, SENTENCES, ask
from tests.personal import EVERYTHING, Sent
from tests.safe_content import SAFE

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
USER = User("web", "lan")
FREE = ServerSettings(session_rate=Rate(0, 1), address_rate=Rate(0, 1))
TALK = Content(
    **{name: getattr(CONTENT, name) for name in CONTENT.__slots__}
    | {name: getattr(SAFE, name) for name in ("domains", "watch", "signals", "panic", "calm", "despair")}
    | {"words": {**CONTENT.words, **SAFE.words}}
)
BRAIN = Brain(TALK, NO_MODEL, Shield(TALK), Focus(TALK))

# around what is sent: not understood, unsure, a question, steps, a scam, panic, an error, nothing
AROUND = (
    "blabla {}",
    "không chắc {}",
    "phí {}",
    "chỉ từng bước {}",
    "bên công an xin otp {}",
    "em lỡ chuyển tiền {}",
    "{}",
)
ROUNDS = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of a model; «hỏng» breaks it with an error that quotes what was said."""

    def interpret(model: Any, content: Content, text: str, *_: Any, **more: Any) -> Meaning:
        if "hỏng" in text:
            raise RuntimeError(text)
        if "không chắc" in text:
            return Unsure((RESIDENCE.id, "gia_han"))
        if "phí" in text:
            return ask(RESIDENCE.id, "le_phi")
        return ask(RESIDENCE.id, "cac_buoc", noi_nop="tai_quay") if "bước" in text else Unknown()

    monkeypatch.setattr(reading, "interpret", interpret)


@asynccontextmanager
async def opened() -> AsyncIterator[tuple[Bot, SqliteStore, Callable[[], bytes]]]:
    """A bot over a database of its own, and everything that its folder holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "motcua.db"

        def held() -> bytes:
            return b"".join(file.read_bytes() for file in sorted(Path(folder).iterdir()))

        async with open_store(f"sqlite:{path}") as store:
            assert isinstance(store, SqliteStore)
            yield Bot(BRAIN, store, lambda: NOW), store, held


def leaks(sents: tuple[Sent, ...], *places: bytes) -> list[bytes]:
    return [form for sent in sents for form in sent.forms for place in places if form in place]


def test_the_search_finds_what_is_there() -> None:
    sent = Sent("cccd 079 123 456 789", ("079 123 456 789",))
    assert leaks((sent,), b"x 079123456789 y")
    assert leaks((sent,), b"x 079 123 456 789")


@ROUNDS
@given(EVERYTHING)
def test_the_engine_leaves_no_secret_in_the_database_or_the_log(
    caplog: pytest.LogCaptureFixture, sents: tuple[Sent, ...]
) -> None:
    async def talk() -> None:
        async with opened() as (bot, store, held):
            for n, sent in enumerate(sents):
                for at, around in enumerate(AROUND):
                    await bot.handle(Incoming(USER, around.format(sent.text), id=f"m{n}.{at}"))
            everything = "; ".join(sent.text for sent in sents)
            await bot.handle(Incoming(USER, f"blabla {everything}", id="all"))
            assert len(await store.unknown()) > 2
            assert b"blabla" in held()
            assert leaks(sents, held(), caplog.text.encode()) == []

    caplog.clear()
    caplog.set_level(logging.DEBUG)
    asyncio.run(talk())


GENTLE = [  # what is said gently not to be needed, and the secret in it
    ("thẻ 4111 1111 1111 1111 hết hạn 09/28 cvv 913", "913"),
    ("cvv2 của tôi 774 nè", "774"),
    ("ba số sau thẻ 391", "391"),
    ("pin thẻ atm của tôi là 112233", "112233"),
    ("mật khẩu là con mèo mun 99", "mèo mun"),
    ("0 chín không ba 123 456 là số em", "123 456"),
    ("thư em là lan.nguyen@gmail.com", "lan.nguyen"),
    ("stk vcb 19031234567", "19031234567"),
    ("xe 59-X1 234.56 bị phạt nguội", "234.56"),
]
SILENT = [  # masked as well
    ("con gái em Phạm Mỹ Duyên", "Mỹ Duyên"),
    ("tôi tên là Lê Văn Bưởi, sinh ngày 14/02/1987", "14/02"),
    ("em ở số 12 ngõ 5 đường Lê Lợi", "ngõ 5"),
]


@pytest.mark.parametrize(("text", "secret"), [*GENTLE, *SILENT])
async def test_nothing_of_it_is_stored_and_what_is_not_needed_is_said_so(text: str, secret: str) -> None:
    async with opened() as (bot, store, held):
        reply = await bot.handle(Incoming(USER, f"blabla {text}", id="m1"))
        assert len(await store.unknown()) == 1
        assert secret.encode() not in held()
    assert reply.text.endswith(SENTENCES["rieng_tu"].strip()) == ((text, secret) in GENTLE)


def requests(text: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Everything that the web takes, as it should be and broken: method, address, what is sent."""
    far_too_long, form = text + "a" * 2001, {"Content-Type": "application/x-www-form-urlencoded"}
    for n, around in enumerate((*AROUND, "hỏng {}")):
        yield "POST", "/api/messages", {"json": {"id": f"m{n}", "text": around.format(text)}}
        yield "POST", "/api/check", {"json": {"text": around.format(text)}}
    for body in (
        {"id": text, "text": "alo"},
        {"id": "m1", "text": far_too_long},
        {"id": "m1", "text": "alo", "session": text},
        {"id": "m1", "choice": text},
        {"id": "m1", "text": "alo", text: text},
        {"id": "m1", "text": {text: text}},
        [text],
        text,
    ):
        yield "POST", "/api/messages", {"json": body}
        yield "POST", "/api/check", {"json": body}
    yield (
        "POST",
        "/api/messages",
        {"content": f'{{"text": "{text}"'.encode(), "headers": {"Content-Type": "application/json"}},
    )
    for fields in (
        {"text": far_too_long},
        {"id": text, "text": "alo"},
        {"session": text, "text": "alo"},
        {"choice": text},
    ):
        yield "POST", "/", {"data": fields}
    yield "POST", "/", {"content": b"text=%ff" + text.encode(), "headers": form}
    yield "POST", "/kiem-tra", {"data": {"text": far_too_long}}
    for path in (
        "/",
        "/g/",
        "/api/guides/",
        "/static/",
        "/api/guides/dang_ky_tam_tru?on=",
        "/api/guides/dang_ky_tam_tru?",
    ):
        yield "GET", path + quote(text, safe=""), {}
    yield "GET", f"/api/guides/dang_ky_tam_tru?{quote(text, safe='')}=1", {}
    yield "GET", f"/api/guides/dang_ky_tam_tru?cho_o={quote(text, safe='')}", {}
    yield "PUT", f"/api/guides?{quote(text, safe='')}", {"headers": {"X-Own": quote(text), "Accept": "text/html"}}


@ROUNDS
@given(EVERYTHING)
def test_the_web_leaves_no_secret_in_the_database_the_log_an_error_or_health(
    caplog: pytest.LogCaptureFixture, sents: tuple[Sent, ...]
) -> None:
    async def talk() -> None:
        statuses = set()
        async with opened() as (bot, _, held):
            transport = httpx.ASGITransport(create_app(bot, FREE), client=("198.51.100.7", 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
                text = "; ".join(sent.text for sent in sents)
                for method, path, sent in requests(text):
                    answer = await http.request(method, path, **sent)
                    statuses.add(answer.status_code)
                    assert leaks(sents, answer.content) == [], (method, path[:30], answer.text)
                form = await http.post("/", data={"id": "m1", "text": f"blabla {text}", "opened": "cmd/menu"})
                assert form.status_code == 200
                health = await http.get("/health")
            assert statuses >= {200, 404, 405, 422, 500}
            ours = [each for each in caplog.records if not each.name.startswith("httpx")]
            logged = "".join(f"{each.getMessage()}{each.exc_text}" for each in ours)
            assert "RuntimeError" in logged
            assert b"blabla" in held()
            assert leaks(sents, held(), health.content, logged.encode()) == []

    caplog.clear()
    caplog.set_level(logging.DEBUG)
    asyncio.run(talk())

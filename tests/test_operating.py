"""The operator's commands beside a real server: off and on, forget, and data that is deleted when its time is over."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from bot import running, settings
from bot.cli import app
from bot.engine import Bot
from bot.message import Reply, User
from bot.session import Session
from bot.store import REPLIES, UNKNOWN, WALKS
from bot.store.memory import MemoryStore
from bot.store.open import open_store
from bot.store.sqlite import SqliteStore

ROOT = Path(__file__).resolve().parent.parent
OFF = "Trợ lý đang tạm nghỉ"
SAID = "locked while «Bưởi» was written"
LAN = User("telegram", "lan-7391")
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """Where a server keeps its data, and the environment that says so."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "var" / "motcua.db"

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "MOTCUA_STORE": f"sqlite:{self.database}",
            "MOTCUA_CACHE": str(self.folder / "cache"),
            "MOTCUA_PORT": "0",
        }
        return {**{name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}, **own}

    def command(self, *args: str) -> tuple[int, str]:
        """`python bot.py …`, as it is run."""
        code = "from bot.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, *args],
            cwd=ROOT, env=self.environment, text=True, encoding="utf-8", capture_output=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    @contextmanager
    def server(self) -> Iterator[httpx.Client]:
        with subprocess.Popen(
            [sys.executable, "-m", "tests.serve_child", str(self.folder)],
            cwd=ROOT, env=self.environment, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as process:  # fmt: skip
            try:
                with httpx.Client(base_url=_address(process)) as http:
                    yield http
            finally:
                process.send_signal(signal.SIGTERM)

    def bytes(self) -> bytes:
        return b"".join(file.read_bytes() for file in self.database.parent.glob(f"{self.database.name}*"))


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"http://[\d.]+:\d+", line):
            return found[0]
    raise AssertionError("".join(said))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "service_guides").mkdir()
    return Place(tmp_path)


def said(http: httpx.Client, text: str, session: str | None = None, id: str = "m1") -> dict[str, str]:
    body = {"id": id, "text": text} | ({"session": session} if session else {})
    answer = http.post("/api/messages", json=body).json()
    return {"session": answer["session"], "text": answer["reply"]["text"]}


@pytest.mark.parametrize(
    ("store", "switch"),
    [
        ("sqlite:var/motcua.db", "var/motcua.off"),
        ("sqlite:/srv/a/bot.sqlite", "/srv/a/bot.off"),
        ("memory:", "/c/motcua.off"),
        ("postgresql://may/motcua", "/c/motcua.off"),
    ],
)
def test_the_switch_is_beside_the_database_or_in_the_cache(store: str, switch: str) -> None:
    assert settings.read({"MOTCUA_STORE": store, "MOTCUA_CACHE": "/c"}).switch == Path(switch)


class TestOff:
    def test_a_running_server_says_why_within_a_second_and_also_after_a_restart(self, place: Place) -> None:
        with place.server() as http:
            assert OFF not in http.get("/").text
            code, printed = place.command("off", "đang sửa", "mức phí")
            begun = time.monotonic()
            page, answer = http.get("/").text, said(http, "alo")["text"]
            assert time.monotonic() - begun < 1
            assert (code, "Đã tắt." in printed) == (0, True)
            assert OFF in page
            assert answer.startswith(OFF)
            assert "Lý do: đang sửa mức phí." in answer
            assert "Gọi 113" in answer
        with place.server() as http:
            assert http.get("/health").json()["reason"] == "đang sửa mức phí"
            assert place.command("on")[0] == 0
            assert OFF not in said(http, "alo")["text"]
            assert OFF not in http.get("/").text
        with place.server() as http:
            assert http.get("/health").json()["status"] == "ok"

    def test_without_a_reason_it_is_refused_and_nothing_is_switched(self, place: Place) -> None:
        code, printed = place.command("off", " ")
        assert (code, "Viết lý do" in printed) == (1, True)
        assert "Bot đang bật sẵn." in place.command("on")[1]

    def test_a_wrong_place_is_pointed_out(self, place: Place) -> None:
        assert f"Chưa có tệp {place.database}" in place.command("off", "thử")[1]


class TestForget:
    def test_everything_about_a_person_is_gone_from_the_bytes_while_the_server_runs(self, place: Place) -> None:
        with place.server() as http:
            kept, gone = (said(http, "blabla")["session"] for _ in range(2))
            said(http, "xin chào", gone, "m2")
            assert gone.encode() in place.bytes()
            code, printed = place.command("forget", "web", gone)
            assert (code, "Đã xóa mọi thứ" in printed, "không thấy" in printed) == (0, True, False)
            assert gone.encode() not in place.bytes()
            assert kept.encode() in place.bytes()
            assert "không thấy cuộc trò chuyện nào" in place.command("forget", "web", gone)[1]
            assert said(http, "alo", gone, "m3")["session"] == gone

    def test_without_a_database_none_is_made(self, place: Place) -> None:
        code, printed = place.command("forget", "web", "ai-do")
        assert (code, "Chưa có tệp" in printed) == (1, True)
        assert not place.database.exists()

    def test_memory_cannot_be_reached_from_here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MOTCUA_STORE", "memory:")
        result = CliRunner().invoke(app, ["forget", "web", "ai-do"])
        assert (result.exit_code, "Khởi động lại" in result.stderr) == (1, True)


@dataclass
class Purged(MemoryStore):
    """Counts its purges; the first fails."""

    at: list[datetime] = field(default_factory=list)
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        MemoryStore.__init__(self)

    async def purge(self, now: datetime) -> None:
        self.at.append(now)
        if len(self.at) == 1:
            raise sqlite3.OperationalError(SAID)
        await super().purge(now)
        if len(self.at) == 3:
            self.enough.set()


class TestRetention:
    async def test_it_goes_on_hour_by_hour_also_after_a_failure(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(running, "PURGE_EVERY", 0)
        store, moments = Purged(), iter(range(9999))
        bot = Bot(None, store, lambda: NOW + timedelta(hours=next(moments)))  # type: ignore[arg-type] - says nothing
        task = asyncio.create_task(running._purge(bot, store))
        await asyncio.wait_for(store.enough.wait(), 120)
        task.cancel()
        assert store.at[:3] == [NOW + timedelta(hours=n) for n in range(3)]
        assert "OperationalError" in caplog.text
        assert "Bưởi" not in caplog.text

    def test_a_server_that_starts_deletes_what_is_too_old_and_nothing_else(self, place: Place) -> None:
        now = datetime.now(UTC)
        old, young = timedelta(minutes=-5), timedelta(minutes=5)

        async def fill() -> None:
            async with open_store(f"sqlite:{place.database}") as store:
                for n, age in enumerate((old, young)):
                    await store.save(User("web", f"walk-{n}"), Session(), "", Reply(""), now - WALKS + age)
                    await store.save(User("web", f"fresh-{n}"), Session(), f"reply-{n}", Reply(""), now - REPLIES + age)
                    await store.record_unknown(f"unknown-{n}", now - UNKNOWN + timedelta(days=2 * n))

        asyncio.run(fill())
        assert all(f"{name}-0".encode() in place.bytes() for name in ("walk", "fresh", "reply", "unknown"))
        with place.server() as http:
            deadline = time.monotonic() + 20
            while b"unknown-0" in place.bytes() and time.monotonic() < deadline:
                http.get("/health")
        left = place.bytes()
        assert [name for name in ("walk-0", "reply-0", "unknown-0") if name.encode() in left] == []
        assert [n for n in ("walk-1", "fresh-0", "fresh-1", "reply-1", "unknown-1") if n.encode() not in left] == []


async def test_forgetting_empties_the_log_of_another_connection(place: Place) -> None:
    """As the command does it while a server holds the database open."""
    server, command = await SqliteStore.open(place.database), await SqliteStore.open(place.database)
    await server.save(LAN, Session(), "m1", Reply("riêng của Lan"), NOW)
    await command.forget(LAN)
    held = place.bytes()
    await command.close()
    await server.close()
    assert LAN.id.encode() not in held
    assert "riêng của Lan".encode() not in held

"""The file that SQLite keeps: opened again, damaged, older or newer than the program, and read by nobody else."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from bot.message import Reply, User
from bot.session import Session
from bot.store import StoreError, sqlite
from bot.store.memory import MemoryStore
from bot.store.migrate import migrations
from bot.store.open import open_store
from bot.store.sqlite import SqliteStore
from tests.stored import LAN, NOW, REPLY, WALKING, waiting

AnyStore = MemoryStore | SqliteStore


def tables(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    database.close()
    return sorted(names)


async def damage(path: Path, sql: str, *values: str) -> None:
    with sqlite3.connect(path) as database:
        database.execute(sql, values)
    database.close()


async def test_reopening_keeps_everything(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'motcua.db'}"
    async with open_store(url) as store:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
    async with open_store(url) as store:
        loaded = await store.load(LAN, "m1", NOW)
    assert (loaded.session, loaded.reply) == (replace(WALKING, version=1), REPLY)


async def test_processes_that_open_a_new_file_at_once_agree(tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    stores = await asyncio.gather(*(SqliteStore.open(path) for _ in range(8)))
    results = await asyncio.gather(
        *(store.save(LAN, Session(), "m", Reply(str(n)), NOW) for n, store in enumerate(stores)), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", *["StaleSession"] * 7]
    await asyncio.gather(*(store.close() for store in stores))


def locked(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = code
    return error


def test_who_finds_a_new_file_locked_tries_again_and_anything_else_is_an_error() -> None:
    """What SQLite answers to one of two processes that change the mode of a new file in the same moment."""
    database = Mock()
    database.execute.side_effect = [locked(sqlite3.SQLITE_BUSY), locked(sqlite3.SQLITE_BUSY_SNAPSHOT), None]
    sqlite._write_ahead(database)
    assert database.execute.call_count == 3
    database.execute.side_effect = [locked(sqlite3.SQLITE_CORRUPT), None]
    with pytest.raises(sqlite3.OperationalError):
        sqlite._write_ahead(database)


async def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    path = tmp_path / "var" / "motcua.db"
    async with open_store(f"sqlite:{path}") as store:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {"motcua.db": 0o600, "motcua.db-wal": 0o600, "motcua.db-shm": 0o600}
    path.chmod(0o644)
    async with open_store(f"sqlite:{path}"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_forgetting_leaves_no_trace_in_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    user = User("telegram", "người-này-7391")
    async with open_store(f"sqlite:{path}") as store:
        for n in range(50):
            await store.save(user, Session(version=n), f"m{n}", REPLY, NOW)
            await store.accept(waiting(f"p{n}", user, text="chờ-trả-lời"))
        await store.hand_over(user, NOW)
        assert user.id.encode() in _bytes(path)
        assert "chờ-trả-lời".encode() in _bytes(path)
        await store.forget(user)
        assert user.id.encode() not in _bytes(path)
        assert "chờ-trả-lời".encode() not in _bytes(path)


async def test_a_database_of_the_first_version_is_brought_up_and_keeps_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    number, sql = migrations()[0]
    database = sqlite3.connect(path)
    database.executescript(f"{sql}; PRAGMA user_version = {number};")
    database.execute("INSERT INTO unknown VALUES ('2026-11-25', 'cũ', 2)")
    database.commit()
    database.close()
    async with open_store(f"sqlite:{path}") as store:
        assert isinstance(store, SqliteStore)
        assert await store.accept(waiting("m1"))
        assert [text for _, text, _ in await store.unknown()] == ["cũ"]


def _bytes(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", "null", '{"walk": 3}', '{"walk": [1], "under": null}', "[" * 9999]
)
async def test_a_row_that_cannot_be_read_is_an_empty_session_and_the_next_save_mends_it(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "motcua.db"
    async with open_store(f"sqlite:{path}") as store:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
        await damage(path, "UPDATE sessions SET session = ?", text)
        await damage(path, "UPDATE replies SET reply = ?", text)
        loaded = await store.load(LAN, "m1", NOW)
        assert (loaded.session, loaded.saved, loaded.reply) == (Session(version=1), None, None)
        assert caplog.messages
        await store.save(LAN, replace(WALKING, version=1), "m1", REPLY, NOW)
        mended = await store.load(LAN, "m1", NOW)
        assert (mended.session, mended.reply) == (replace(WALKING, version=2), REPLY)


async def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    newer = migrations()[-1][0] + 1
    await damage(path, f"PRAGMA user_version = {newer}")
    with pytest.raises(StoreError, match=f"cấu trúc số {newer}, mới hơn bản Một Cửa này.*cập nhật Một Cửa"):
        await SqliteStore.open(path)
    assert tables(path) == []


async def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    await damage(path, "CREATE TABLE replies (mine TEXT)")
    with pytest.raises(StoreError, match="replies already exists"):
        await SqliteStore.open(path)
    assert tables(path) == ["replies"]


def test_migrations_are_numbered_without_gaps() -> None:
    assert [number for number, _ in migrations()] == list(range(1, len(migrations()) + 1))


def _file(path: Path) -> str:
    path.write_bytes(b"x" * 4096)
    return f"sqlite:{path / 'b.db'}"


def _junk(path: Path) -> str:
    path.write_bytes(b"x" * 4096)
    return f"sqlite:{path}"


def _folder(path: Path) -> str:
    path.mkdir()
    return f"sqlite:{path}"


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (_file, "phần thư mục của đường dẫn là một tệp"),
        (_junk, "không phải cơ sở dữ liệu"),
        (_folder, "đó là một thư mục"),
        (lambda _: "sqlite:", "viết «sqlite:"),
        (lambda _: "mysql://x", "viết «sqlite:"),
        (lambda _: "sqlite:/proc/motcua/a.db", "Không mở được nơi lưu"),
    ],
)
async def test_what_cannot_be_opened_is_explained(tmp_path: Path, place: Callable[[Path], str], says: str) -> None:
    opening: Awaitable[object] = open_store(place(tmp_path / "a")).__aenter__()
    with pytest.raises(StoreError, match=says):
        await opening

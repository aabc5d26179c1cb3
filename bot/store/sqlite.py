"""The store in one SQLite file: survives `kill -9` at any moment; loading and saving are one statement each."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import aiosqlite

from bot.message import Incoming, Reply, User
from bot.session import Session
from bot.store import PENDING, REPLIES, UNKNOWN, WALKS, Loaded, Pending, StaleSession, StoreError
from bot.store.migrate import migrate
from bot.store.together import Together

LOAD = """
SELECT s.version, s.session, s.saved, r.reply FROM (SELECT ? AS channel, ? AS user) AS who
LEFT JOIN sessions AS s ON s.channel = who.channel AND s.user = who.user AND s.saved > ?
LEFT JOIN replies AS r ON r.channel = who.channel AND r.user = who.user AND r.message = ? AND r.at > ?
"""
SAVE = (
    "INSERT INTO saving (channel, user, version, session, saved, live, message, reply) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
RECORD = (
    "INSERT INTO unknown (day, text, count) VALUES (?, ?, 1) ON CONFLICT (day, text) DO UPDATE SET count = count + 1"
)
ACCEPT = """
WITH new (channel, user, message, text, choice, note, at, live) AS (VALUES {})
INSERT INTO pending (channel, user, message, text, choice, note, at)
SELECT channel, user, message, text, choice, note, at FROM new WHERE NOT EXISTS (
    SELECT 1 FROM replies AS r
    WHERE r.channel = new.channel AND r.user = new.user AND r.message = new.message AND r.at > new.live)
ON CONFLICT DO NOTHING RETURNING channel, user, message
"""
ACCEPTED = "(?, ?, ?, ?, ?, ?, ?, ?)"
MOST_ACCEPTED = 100  # in one statement
ANSWERED = "DELETE FROM pending WHERE channel = ? AND user = ? AND message = ?"
WAITING = "SELECT channel, user, text, choice, message, note, at FROM pending WHERE channel = ? ORDER BY sequence"
HAND_OVER = (
    "INSERT INTO handovers (channel, user, until) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET until = excluded.until"
)
HANDED_OVER = "SELECT 1 FROM handovers WHERE channel = ? AND user = ? AND until > ?"
SEAL = """
INSERT INTO sealed (name, value) SELECT ?1, ?2 WHERE (SELECT value FROM sealed WHERE name = ?1) IS ?3
ON CONFLICT DO UPDATE SET value = excluded.value RETURNING 1
"""

BUSY = 5  # seconds that a file which another process is writing to is waited for
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
LOG = logging.getLogger(__name__)


class SqliteStore:
    def __init__(self, database: aiosqlite.Connection) -> None:
        self._database = database
        self._accepting = Together(self._accept, MOST_ACCEPTED)

    @classmethod
    async def open(cls, path: Path) -> SqliteStore:
        """Creates what is missing. Raises StoreError."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _private(path)
            database = await asyncio.to_thread(_connect, path)  # a failure in aiosqlite's own thread outlives the loop
            return cls(await aiosqlite.Connection(lambda: database, iter_chunk_size=64))
        except (OSError, sqlite3.Error, StoreError) as error:
            raise StoreError(f"Không mở được nơi lưu {path}: {_reason(error)}.") from error

    async def close(self) -> None:
        await self._accepting.close()
        await self._database.close()

    async def load(self, user: User, message_id: str, now: datetime) -> Loaded:
        asked = (user.channel, user.id, _text(now - WALKS), message_id, _text(now - REPLIES))
        [(version, session, saved, reply)] = await self._database.execute_fetchall(LOAD, asked)
        return Loaded(*_session(version, session, saved), _reply(reply))

    async def save(self, user: User, session: Session, message_id: str, reply: Reply, now: datetime) -> None:
        said = _dump(reply.to_json()) if message_id else ""
        kept = (session.version, _dump(session.to_json()), _text(now), _text(now - WALKS), message_id, said)
        try:
            await self._database.execute_insert(SAVE, (user.channel, user.id, *kept))
        except sqlite3.IntegrityError as error:
            raise StaleSession from error

    async def accept(self, pending: Pending) -> bool:
        """Those that come at once are one transaction: a trip to the database's thread each would make all of them wait."""
        return await self._accepting.do(pending)

    async def _accept(self, group: Sequence[Pending]) -> list[bool]:
        values = [value for each in group for value in _accepted(each)]
        sql = ACCEPT.format(", ".join([ACCEPTED] * len(group)))
        new = {tuple(row) for row in await self._database.execute_fetchall(sql, values)}
        return [_taken(new, _key(each.incoming)) for each in group]

    async def answered(self, user: User, message_id: str) -> None:
        await self._delete(ANSWERED, user.channel, user.id, message_id)

    async def pending(self, channel: str) -> list[Pending]:
        rows = await self._database.execute_fetchall(WAITING, (channel,))
        return [_pending(*row) for row in rows]

    async def hand_over(self, user: User, until: datetime) -> None:
        await self._database.execute_insert(HAND_OVER, (user.channel, user.id, _text(until)))

    async def handed_over(self, user: User, now: datetime) -> bool:
        return bool(await self._database.execute_fetchall(HANDED_OVER, (user.channel, user.id, _text(now))))

    async def sealed(self, name: str) -> str | None:
        rows = await self._database.execute_fetchall("SELECT value FROM sealed WHERE name = ?", (name,))
        return next((str(value) for (value,) in rows), None)

    async def seal(self, name: str, value: str, before: str | None) -> bool:
        return bool(await self._database.execute_fetchall(SEAL, (name, value, before)))

    async def record_unknown(self, masked: str, now: datetime) -> None:
        await self._database.execute_insert(RECORD, (_day(now), _utf8(masked)))

    async def unknown(self) -> list[tuple[date, str, int]]:
        rows = await self._database.execute_fetchall(
            "SELECT day, text, count FROM unknown ORDER BY day DESC, count DESC, text"
        )
        return [(date.fromisoformat(day), text, count) for day, text, count in rows]

    async def settle_unknown(self, masked: Iterable[str]) -> None:
        for text in masked:
            await self._delete("DELETE FROM unknown WHERE text = ?", _utf8(text))
        await self._wipe()

    async def forget(self, user: User) -> None:
        for table in ("pending", "handovers", "replies", "sessions"):
            where = "channel = ? AND (user = ? OR substr(user, -length(?)) = ?)"
            group = f"/{user.id}"
            await self._delete(f"DELETE FROM {table} WHERE {where}", user.channel, user.id, group, group)  # noqa: S608
        await self._wipe()

    async def purge(self, now: datetime) -> None:
        await self._delete("DELETE FROM sessions WHERE saved <= ?", _text(now - WALKS))
        await self._delete("DELETE FROM replies WHERE at <= ?", _text(now - REPLIES))
        await self._delete("DELETE FROM pending WHERE at <= ?", _text(now - PENDING))
        await self._delete("DELETE FROM handovers WHERE until <= ?", _text(now))
        await self._delete("DELETE FROM unknown WHERE day <= ?", _day(now - UNKNOWN))
        await self._wipe()

    async def _delete(self, sql: str, *values: str) -> None:
        await self._database.execute_fetchall(sql, values)

    async def _wipe(self) -> None:
        """`secure_delete` overwrites what was deleted in the database; this empties the write-ahead log."""
        await self._database.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")


def _private(path: Path) -> None:
    """Nobody but the owner reads the file; SQLite gives its side files the same mode."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _write_ahead(database: sqlite3.Connection) -> None:
    """Of several processes that open a new file at once one changes its mode; the others are told at once that it is locked,
    for here SQLite does not wait by itself."""
    until = time.monotonic() + BUSY
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _connect(path: Path) -> sqlite3.Connection:
    """Every statement is its own transaction. For one thread at a time: first this one, then aiosqlite's."""
    database = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
    try:
        _write_ahead(database)
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA secure_delete = ON")
        migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def _reason(error: Exception) -> str:
    known = {
        "PermissionError": "không có quyền ghi, hãy đổi quyền thư mục hoặc đặt nơi lưu khác",
        "IsADirectoryError": "đó là một thư mục, hãy ghi thêm tên tệp",
        "FileExistsError": "phần thư mục của đường dẫn là một tệp, hãy đặt nơi lưu khác",
        "NotADirectoryError": "phần thư mục của đường dẫn là một tệp, hãy đặt nơi lưu khác",
        "DatabaseError": "tệp không phải cơ sở dữ liệu của Một Cửa hoặc đã hỏng, hãy dời nó đi hoặc lấy bản sao lưu",
    }
    return known.get(type(error).__name__, str(error))


def _session(version: int | None, text: str, saved: str) -> tuple[Session, datetime | None]:
    """A row that cannot be read is an empty session of the same version: the next save mends it."""
    if version is None:
        return Session(), None
    try:
        return Session.from_json(json.loads(text), version), datetime.fromisoformat(saved)
    except UNREADABLE:
        LOG.warning("phiên trò chuyện lưu không đọc được, bắt đầu lại từ đầu")
        return Session(version=version), None


def _reply(text: str | None) -> Reply | None:
    try:
        return Reply.from_json(json.loads(text)) if text else None
    except UNREADABLE:
        LOG.warning("câu trả lời lưu không đọc được, trả lời lại")
        return None


def _pending(channel: str, user: str, text: str, choice: str, message: str, note: str, at: str) -> Pending:
    return Pending(Incoming(User(channel, user), text, choice, message), datetime.fromisoformat(at), note)


def _key(said: Incoming) -> tuple[str, str, str]:
    return said.user.channel, said.user.id, said.id


def _accepted(pending: Pending) -> tuple[str, ...]:
    """What ACCEPT takes of a message."""
    said, at = pending.incoming, pending.at
    return (*_key(said), _utf8(said.text), _utf8(said.choice), pending.note, _text(at), _text(at - REPLIES))


def _taken(new: set[tuple[str, ...]], key: tuple[str, ...]) -> bool:
    """Whether it is new; the same once more is not."""
    is_new = key in new
    new.discard(key)
    return is_new


def _utf8(text: str) -> str:
    """Half a surrogate pair is no UTF-8."""
    return text.encode(errors="replace").decode()


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()

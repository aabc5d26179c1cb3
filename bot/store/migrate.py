"""Brings a database to the newest schema: numbered SQL files, applied once and whole; `user_version` records it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

from bot.store import StoreError


def migrations() -> list[tuple[int, str]]:
    """(number, SQL) of every file in migrations/, in order."""
    found = [file for file in files("bot.store").joinpath("migrations").iterdir() if file.name.endswith(".sql")]
    return sorted((int(file.name.split("_")[0]), file.read_text("utf-8")) for file in found)


def migrate(database: sqlite3.Connection) -> None:
    """All or nothing, also when several processes open a new file at once. Wants a connection in autocommit mode."""
    steps = migrations()
    newest = steps[-1][0]
    if _version(database) == newest:
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        version = _version(database)
        if version > newest:
            raise StoreError(
                f"cơ sở dữ liệu có cấu trúc số {version}, mới hơn bản Một Cửa này (số {newest}): "
                "hãy cập nhật Một Cửa, hoặc mở một tệp dữ liệu khác"
            )
        for _, sql in steps[version:]:
            for statement in _statements(sql):
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {newest}")
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _statements(sql: str) -> Iterator[str]:
    """`executescript` would commit before it starts; a trigger has semicolons inside."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""

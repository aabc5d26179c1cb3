"""From a setting to a store: `sqlite:var/motcua.db` or `memory:`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.store import Store, StoreError
from bot.store.memory import MemoryStore

DEFAULT = "sqlite:var/motcua.db"


@asynccontextmanager
async def open_store(url: str = DEFAULT) -> AsyncIterator[Store]:
    """`async with open_store(url) as store`. Raises StoreError; its text is for the operator."""
    kind, _, path = url.partition(":")
    if kind == "memory":
        yield MemoryStore()
    elif kind == "sqlite" and path:
        from bot.store.sqlite import SqliteStore  # noqa: PLC0415 - programs without a database do not import one

        store = await SqliteStore.open(Path(path))
        try:
            yield store
        finally:
            await store.close()
    else:
        raise StoreError(f"Không hiểu nơi lưu «{url}»: viết «sqlite:đường/dẫn.db» hoặc «memory:».")

"""Run by test_crash.py: handles messages through a store until it is killed, and prints each one once it is committed.

Forks for every line on stdin, so that what is costly to load is loaded once.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime

from bot.message import Reply, User
from bot.session import Session, Walk
from bot.store.open import open_store

NOW = datetime(2026, 11, 25, tzinfo=UTC)
USER = User("web", "lan")


def session(version: int) -> Session:
    """What the session must be once this version is committed: every field says the number."""
    turns = tuple({"q": str(n)} for n in range(version % 50))
    return Session(Walk("g", turns, f"b{version}"), about=f"m{version}", misses=version, version=version)


def reply(version: int) -> Reply:
    return Reply(f"câu trả lời {version} " * 40)


async def work(url: str) -> None:
    async with open_store(url) as store:
        while True:
            version = (await store.load(USER, "", NOW)).session.version
            after = session(version + 1)
            before = Session(after.walk, None, after.about, misses=after.misses, version=version)
            await store.save(USER, before, f"m{version + 1}", reply(version + 1), NOW)
            os.write(1, b"%d\n" % (version + 1))


def main() -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(work(sys.argv[1]))
        os.write(1, b"pid %d\n" % child)
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()

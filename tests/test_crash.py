"""`kill -9` at any moment loses no committed answer and leaves no broken session: a real process, killed many times."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.session import Session
from bot.store import Store
from bot.store.open import open_store
from tests.crash_child import NOW, USER, reply, session

KILLS = 25
ROOT = Path(__file__).resolve().parent.parent

Nursery = subprocess.Popen[str]


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Nursery]:
    command = [sys.executable, "-m", "tests.crash_child", f"sqlite:{tmp_path / 'motcua.db'}"]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process


def round_of(nursery: Nursery, patience: float) -> list[int]:
    """Start a child and kill it `patience` seconds later, whatever it is doing: the versions that it printed."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.write("\n")
    nursery.stdin.flush()
    lines: list[str] = []
    pid = 0
    while not pid or lines[-1] != "dead\n":
        lines.append(nursery.stdout.readline())
        if lines[-1].startswith("pid"):
            pid = int(lines[-1].split()[1])
            select.select([], [], [], patience)
            os.kill(pid, signal.SIGKILL)
    return [int(line) for line in lines if line[0].isdigit()]


async def check(store: Store, printed: list[int], last: int) -> int:
    """The session is whole, its reply is there, and so is everything that was printed; the stored version."""
    stored = (await store.load(USER, "", NOW)).session
    assert stored == session(stored.version) if stored.version else stored == Session()
    assert stored.version - max([last, *printed]) in (0, 1)  # one may have been committed and not yet printed
    for version in (*printed, stored.version):
        assert (await store.load(USER, f"m{version}", NOW)).reply == (reply(version) if version else None)
    assert (await store.load(USER, f"m{stored.version + 1}", NOW)).reply is None
    return stored.version


async def test_no_committed_answer_is_lost_and_the_session_stays_whole(nursery: Nursery, tmp_path: Path) -> None:
    moments = random.Random(7)
    committed: list[int] = []
    last = 0
    for _ in range(KILLS):
        printed = round_of(nursery, moments.uniform(0, 0.1))
        committed += printed
        async with open_store(f"sqlite:{tmp_path / 'motcua.db'}") as store:
            last = await check(store, printed, last)
    async with open_store(f"sqlite:{tmp_path / 'motcua.db'}") as store:
        await check(store, committed, last)
    assert len(committed) > KILLS
    assert committed == sorted(set(committed))

"""How many messages a second the store carries in one process: one load and one save each.

python bench/store.py [--seconds 3] [--people 200] [--at-once 16]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.message import Choice, Reply, User
from bot.session import Session, Walk
from bot.store import Store
from bot.store.open import open_store

SESSION = Session(
    walk=Walk("dang_ky_tam_tru", ({"o_dau": "thue"}, {"noi_nop": "tren_mang"}), "Mở VNeID"),
    about="dang_ky_tam_tru",
    offered=("cmd/next", "cmd/problem", "cmd/menu"),
)
REPLY = Reply("Bước 1/8 · Mở VNeID, bấm kính lúp. " * 12, tuple(Choice(id, id) for id in SESSION.offered))


async def talk(store: Store, people: list[User], until: float, waits: list[float]) -> None:
    n = 0
    while time.perf_counter() < until:
        n += 1
        user, now, began = people[n % len(people)], datetime.now(UTC), time.perf_counter()
        loaded = await store.load(user, f"m{n}", now)
        session = Session(SESSION.walk, None, SESSION.about, SESSION.offered, version=loaded.session.version)
        await store.save(user, session, f"m{n}", REPLY, now)
        waits.append(time.perf_counter() - began)


async def measure(url: str, seconds: float, people: int, at_once: int) -> str:
    waits: list[float] = []
    users = [User("web", f"person-{n}") for n in range(people)]
    async with open_store(url) as store:
        began = time.perf_counter()
        shares = [users[n::at_once] for n in range(at_once)]
        await asyncio.gather(*(talk(store, share, began + seconds, waits) for share in shares))
        took = time.perf_counter() - began
    waits.sort()
    p50, p99 = (1000 * waits[int(len(waits) * p)] for p in (0.5, 0.99))
    kind = url.partition(":")[0]
    return f"{kind:8}{at_once:4} at once{len(waits) / took:8.0f} messages/s   p50 {p50:.2f} ms   p99 {p99:.2f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=16)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, at_once in (("memory:", 1), (f"sqlite:{folder}/a.db", 1), (f"sqlite:{folder}/b.db", args.at_once)):
            print(asyncio.run(measure(name, args.seconds, args.people, at_once)))


if __name__ == "__main__":
    main()

"""How soon a Zalo Official Account's webhook says that a message came, and when it is answered, with many messages at once.

python bench/zalo.py [--at-once 1 10 50 200] [--rounds 10]

The server is the real one with all content and a SQLite file, in a process of its own; Zalo is the fake one of the tests, in
this process, which signs every event, takes the answers and never says no. Each message is a citizen's first, on a connection
that is open. Zalo waits two seconds for its 200; the project's own bar is 300 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.channels import server
from bot.channels.zalo_oa_wire import PATH, ZaloOa, ZaloOaSettings
from bot.channels.zalo_tokens import Pair, Safe
from bot.content.load import default_dir
from bot.reload import open_brain
from bot.running import running
from bot.settings import read
from bot.store.open import open_store
from tests.cases_files import understand
from tests.fake_zalo_oa import APP, APP_SECRET, OA, OA_SECRET, FakeZaloOa, fake_zalo_oa
from tests.zalo_oa_channel import KEY

AT_ONCE = (1, 10, 50, 200)
BAR = 300  # milliseconds


async def serve(store: str, zalo: str) -> None:
    """The child: until it is killed. Says where it listens."""
    settings = read(os.environ | {"MOTCUA_STORE": store})
    brain = open_brain(default_dir(), settings.cache)
    async with running(brain, default_dir(), settings, print) as (bot, kept):
        given = ZaloOaSettings(APP, APP_SECRET, OA_SECRET, KEY, api=zalo, oauth=zalo)
        await server.serve(bot, server.ServerSettings(port=0), [ZaloOa(bot, kept, given, lambda _: None)])


@asynccontextmanager
async def served(fake: FakeZaloOa, folder: Path) -> AsyncIterator[int]:
    """The port of a server whose account may send."""
    url = f"sqlite:{folder / 'motcua.db'}"
    async with open_store(url) as store:
        await Safe(store, KEY).write(Pair(fake.access, fake.refresh, fake.ends, OA), None)
    command = (sys.executable, __file__, "--serve", url, fake.url)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        yield await _port(process)
    finally:
        process.kill()
        await process.wait()


async def _port(process: asyncio.subprocess.Process) -> int:
    while process.stdout and (line := await process.stdout.readline()):
        if found := re.search(rb"http://[^/\s]*:([0-9]+)", line):
            return int(found[1])
    raise SystemExit("The server did not start.")


class Line:
    """A connection that is kept open; one event at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def post(self, body: bytes, headers: dict[str, str]) -> float:
        """Seconds until the 200. Raises RuntimeError for another answer."""
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST {PATH} HTTP/1.1\r\nHost: bench\r\nContent-Length: {len(body)}\r\n{more}\r\n"
        began = time.perf_counter()
        self._writer.write(head.encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        took = time.perf_counter() - began
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(answer.decode())
        return took

    def close(self) -> None:
        self._writer.close()


@dataclass
class Figures:
    waits: list[float]  # ms until each message was acknowledged, in order of size
    answered: float  # ms until all of a round were answered, in the median

    def wait(self, part: float) -> float:
        return self.waits[min(len(self.waits) - 1, int(part * len(self.waits)))]

    def __str__(self) -> str:
        kept = "kept" if self.wait(1) <= BAR else "NOT kept"
        return (
            f"acknowledged p50 {self.wait(0.5):.0f} ms, p99 {self.wait(0.99):.0f} ms, last {self.wait(1):.0f} ms "
            f"(bar {BAR} ms: {kept}); all answered after {self.answered:.0f} ms"
        )


async def one_round(
    fake: FakeZaloOa, lines: list[Line], texts: list[str], users: Iterator[int]
) -> tuple[list[float], float]:
    """Seconds until each was acknowledged, and until all were answered."""
    events = [fake.event(user=str(next(users)), text=text) for text in texts]
    bodies = [json.dumps(event, ensure_ascii=False).encode() for event in events]
    signed = [fake.signed(body, event["timestamp"]) for body, event in zip(bodies, events, strict=True)]
    wanted = {event["sender"]["id"] for event in events}
    began = time.perf_counter()
    waits = await asyncio.gather(*map(Line.post, lines, bodies, signed))
    await fake.until(lambda: wanted <= {each.user for each in fake.sent})
    took = time.perf_counter() - began
    fake.sent.clear()
    return waits, took


async def measure(at_once: Sequence[int], rounds: int) -> AsyncIterator[tuple[int, Figures]]:
    """For each number of messages at once."""
    texts = [case["text"] for _, case in understand()]
    users = count(1)
    with tempfile.TemporaryDirectory() as folder:
        async with fake_zalo_oa() as fake, served(fake, Path(folder)) as port:
            lines = [Line(*await asyncio.open_connection("127.0.0.1", port)) for _ in range(max(at_once))]
            await one_round(fake, lines[:10], texts[:10], users)
            for number in at_once:
                done = [await one_round(fake, lines[:number], texts[n : n + number], users) for n in range(rounds)]
                waits = sorted(1000 * each for said, _ in done for each in said)
                yield number, Figures(waits, 1000 * median(took for _, took in done))
            for line in lines:
                line.close()


async def report(at_once: Sequence[int], rounds: int) -> None:
    async for number, found in measure(at_once, rounds):
        print(f"{number:4} at once: {found}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--at-once", type=int, nargs="+", default=AT_ONCE)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    asyncio.run(serve(*args.serve) if args.serve else report(args.at_once, args.rounds))


if __name__ == "__main__":
    main()

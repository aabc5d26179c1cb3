"""How many messages a second `bot.py serve` answers over HTTP with SQLite, and how fast at a steady rate.

python bench/load.py [--seconds 10] [--at-once 32] [--rate 100]

The generator runs beside the server on the same machine. It speaks for many citizens, as a proxy in front would: each has an
address and a conversation of its own, so the rate limits stay on. In the end the server is killed with SIGKILL and the database
is searched for every answer that was given.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.cases_files import understand

ROOT = Path(__file__).resolve().parents[1]

MESSAGES = 8  # of one conversation: within the limit of a session
TICKS = os.sysconf("SC_CLK_TCK")
Address = tuple[str, int]


@dataclass
class Citizen:
    """Asks in words, then presses what is offered or asks again, as people do."""

    number: int
    rng: random.Random
    texts: list[str]
    left: int = MESSAGES
    session: str = ""
    offered: list[str] = field(default_factory=list)

    def next(self) -> bytes:
        body: dict[str, Any] = {"id": f"m{self.left}"} | ({"session": self.session} if self.session else {})
        if self.offered and self.rng.random() < 0.5:
            body["choice"] = self.rng.choice(self.offered)
        else:
            body["text"] = self.rng.choice(self.texts)
        self.left -= 1
        content = json.dumps(body).encode()
        address = f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"
        head = (
            f"POST /api/messages HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            f"X-Forwarded-For: {address}\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        return head.encode() + content

    def hears(self, answer: dict[str, Any]) -> None:
        self.session = answer["session"]
        self.offered = [choice["id"] for choice in answer["reply"]["choices"]]


class Line:
    """One connection, one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, address: Address) -> Line:
        return cls(*await asyncio.open_connection(*address))

    async def ask(self, citizen: Citizen) -> None:
        self._writer.write(citizen.next())
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        body = await self._reader.readexactly(int(length.split(b":")[1]))
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{head.splitlines()[0]!r}: {body!r}")
        citizen.hears(json.loads(body))

    def close(self) -> None:
        self._writer.close()


class Town:
    """Citizens without end, always the same ones."""

    def __init__(self, start: int = 0) -> None:
        self._rng = random.Random(start)
        self._texts = [case["text"] for _, case in understand()]
        self._number = start

    def citizen(self) -> Citizen:
        self._number += 1
        return Citizen(self._number, self._rng, self._texts)


@dataclass
class Served:
    process: subprocess.Popen[bytes]
    address: Address
    database: Path

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """Resident MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def kill(self) -> int:
        """SIGKILL; how many answers the database still has."""
        self.process.kill()
        self.process.wait()
        with sqlite3.connect(self.database) as database:
            (count,) = database.execute("SELECT count(*) FROM replies").fetchone()
        database.close()
        return int(count)


def _started(command: list[str], settings: dict[str, str]) -> subprocess.Popen[bytes]:
    """The server, once it has said where it listens or has ended."""
    process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.PIPE)
    next(iter(process.stdout or ()), b"")
    return process


@asynccontextmanager
async def served() -> AsyncIterator[Served]:
    """`python bot.py serve` on a free port with a database in a temporary directory."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "motcua.db"
        settings = {"MOTCUA_STORE": f"sqlite:{database}", "MOTCUA_PROXIES": "127.0.0.1/32"}
        command = [sys.executable, str(ROOT / "bot.py"), "serve", "--port", str(port)]
        process = await asyncio.to_thread(_started, command, settings)
        try:
            if process.poll() is not None:
                raise SystemExit("The server did not start.")
            yield Served(process, ("127.0.0.1", port), database)
        finally:
            process.kill()
            process.communicate()


@dataclass
class Figures:
    waits: list[float]  # seconds, one per message
    took: float  # seconds in all
    cpu: float  # the server's seconds of processor time

    @property
    def per_second(self) -> float:
        return len(self.waits) / self.took

    def wait(self, part: float) -> float:
        """Milliseconds within which this part of the messages was answered."""
        return 1000 * sorted(self.waits)[min(len(self.waits) - 1, int(part * len(self.waits)))]

    def __str__(self) -> str:
        return (
            f"{self.per_second:.0f} messages/s, p50 {self.wait(0.5):.1f} ms, p99 {self.wait(0.99):.1f} ms, "
            f"server {1000 * self.cpu / len(self.waits):.2f} ms of CPU each"
        )


async def crowd(server: Served, town: Town, at_once: int, seconds: float) -> Figures:
    """As many as it can take: every citizen writes again as soon as they are answered."""
    waits: list[float] = []
    began, cpu = time.perf_counter(), server.cpu()

    async def one() -> None:
        line = await Line.open(server.address)
        citizen = town.citizen()
        while (sent := time.perf_counter()) < began + seconds:
            await line.ask(citizen)
            waits.append(time.perf_counter() - sent)
            citizen = citizen if citizen.left else town.citizen()
        line.close()

    await asyncio.gather(*(one() for _ in range(at_once)))
    return Figures(waits, time.perf_counter() - began, server.cpu() - cpu)


async def steady(server: Served, town: Town, rate: float, seconds: float) -> Figures:
    """A message every 1/rate seconds, whoever is still waiting; a wait is counted from when it was due."""
    waits: list[float] = []
    idle: deque[tuple[Line, Citizen]] = deque()
    began, cpu = time.perf_counter(), server.cpu()

    async def one(due: float) -> None:
        line, citizen = idle.popleft() if idle else (await Line.open(server.address), town.citizen())
        await line.ask(citizen)
        waits.append(time.perf_counter() - due)
        idle.append((line, citizen if citizen.left else town.citizen()))

    asked = []
    for n in range(int(rate * seconds)):
        due = began + n / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        asked.append(asyncio.create_task(one(due)))
    await asyncio.gather(*asked)
    took = time.perf_counter() - began
    for line, _ in idle:
        line.close()
    return Figures(waits, took, server.cpu() - cpu)


@dataclass
class Load:
    most: Figures
    steady: Figures
    memory: float
    lost: int


async def measure(seconds: float, at_once: int, rate: float) -> Load:
    async with served() as server:
        warm = await crowd(server, Town(3_000_000), 4, 1)
        most = await crowd(server, Town(), at_once, seconds)
        even = await steady(server, Town(6_000_000), rate, seconds)
        memory = server.memory()
        answered = sum(len(each.waits) for each in (warm, most, even))
        return Load(most, even, memory, answered - server.kill())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--rate", type=float, default=100)
    args = parser.parse_args()
    found = asyncio.run(measure(args.seconds, args.at_once, args.rate))
    print(f"{args.at_once} at once: {found.most}")
    print(f"{args.rate:.0f} a second: {found.steady}")
    print(f"resident: {found.memory:.0f} MB; answers lost by SIGKILL: {found.lost}")


if __name__ == "__main__":
    main()

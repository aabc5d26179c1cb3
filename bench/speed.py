"""How fast it is: one message in process, the start, fitting, memory and load, beside the bars that it should keep.

python bench/speed.py [--seconds 10] [--write FILE]

Fit and start run in processes of their own, with a cache in a temporary directory; the content is that of MOTCUA_CONTENT or the
checkout. Everything else on the machine should be quiet: the first table says how busy it was, and processor time (of the
program itself) says what it would come to on a quiet one.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import zalo
from bench.load import measure
from bot.engine import Bot, converse
from bot.message import Incoming, User
from bot.reload import EVERY, open_brain, watch
from bot.session import Session
from bot.settings import read
from bot.store.memory import MemoryStore
from tests.cases_files import understand

ROOT = Path(__file__).resolve().parents[1]

TODAY = date(2026, 11, 25)
STARTS = 7
ROUNDS = 3
EDITS = 5
GUIDE, FIGURE = "service_guides/dang_ky_tam_tru.yaml", "dong: 7.000, source"
AT_ONCE, RATE = 32, 100
ZALO_AT_ONCE = (1, 50, 200)


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    measured: float
    bar: float
    unit: str
    processor: float | None = None  # time on the processor, in the same unit
    least: bool = False  # the bar is a least, not a most

    def __str__(self) -> str:
        kept = self.measured >= self.bar if self.least else self.measured <= self.bar
        bar = f"{'≥' if self.least else '≤'} {self.bar:g} {self.unit}"
        processor = "" if self.processor is None else f"{self.processor:.3g} {self.unit}"
        return f"| {self.what} | {self.measured:.3g} {self.unit} | {processor} | {bar} | {'yes' if kept else 'NO'} |"


def machine() -> Iterator[str]:
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    yield f"| processor | {model}, {os.cpu_count()} cores |"
    yield f"| system | {platform.system()} {platform.machine()}, Python {platform.python_version()} |"
    yield f"| a bare loop of ten million additions | {_yardstick():.2f} s |"
    yield f"| load average at the start | {os.getloadavg()[0]:.1f} |"


def _yardstick() -> float:
    """Seconds; what makes figures of two machines, or of two days, comparable."""
    began, total = time.perf_counter(), 0
    for number in range(10_000_000):
        total += number
    return time.perf_counter() - began


def fitting(cache: str) -> Iterator[Row]:
    """Also leaves a cache behind for what comes next."""
    took, processor = _run(cache, "fit")
    yield Row("fitting, whole process", took, 15, "s", processor)


def starting(cache: str) -> Iterator[Row]:
    """`ask` with a cached model, whole process, from the command to the end of its answer."""
    found = sorted(_run(cache, "ask", "dang ky tam tru het bao nhieu tien") for _ in range(STARTS))
    took, processor = found[STARTS // 2]
    yield Row("start to the first answer, cached model (median)", took, 0.7, "s", processor)


def _run(cache: str, *arguments: str) -> tuple[float, float]:
    """Seconds on the wall and on the processor."""
    began, before = time.perf_counter(), os.times()
    command = [sys.executable, str(ROOT / "bot.py"), *arguments]
    subprocess.run(command, env=os.environ | {"MOTCUA_CACHE": cache}, check=True, capture_output=True)
    after = os.times()
    processor = after.children_user - before.children_user + after.children_system - before.children_system
    return time.perf_counter() - began, processor


def messages(cache: str) -> Iterator[Row]:
    """Understand and respond: every held-out question, each the first of a conversation, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    settings = read(os.environ | {"MOTCUA_CACHE": cache})
    from bot.content.load import default_dir

    brain = open_brain(settings.content or default_dir(), settings.cache)
    texts = [case["text"] for _, case in understand()]
    user = User("bench", "")
    for text in texts[::20]:
        converse(brain, Session(), Incoming(user, text), TODAY)
    waits, spent = list[float](), list[float]()
    for _ in range(ROUNDS):
        for text in texts:
            began, before = time.perf_counter(), time.thread_time()
            converse(brain, Session(), Incoming(user, text), TODAY)
            spent.append(1000 * (time.thread_time() - before))
            waits.append(1000 * (time.perf_counter() - began))
    for part, bar in ((50, 0.5), (99, 2)):
        yield Row(f"one message of {len(texts)}, p{part}", _at(waits, part), bar, "ms", _at(spent, part))


def _at(values: list[float], part: int) -> float:
    return sorted(values)[len(values) * part // 100]


def reloading(cache: str) -> Iterator[Row]:
    """From saving a figure in a copy of the content until what watches it answers with it, the look at the files included."""
    from bot.content.load import FOLDERS, NOTICES, default_dir

    settings = read(os.environ | {"MOTCUA_CACHE": cache})
    original = settings.content or default_dir()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in FOLDERS:
            shutil.copytree(original / name, root / name)
        shutil.copy(original / NOTICES, root / NOTICES)
        found = sorted(asyncio.run(_edited(root, settings.cache)))
    took, processor = found[EDITS // 2]
    yield Row(f"saved figure live after (p50 of {EDITS})", took, 1, "s", processor)


async def _edited(root: Path, cache: Path) -> list[tuple[float, float]]:
    """Seconds on the wall and on the processor until each edit was live."""
    bot, told = Bot(open_brain(root, cache, keep=False), MemoryStore()), asyncio.Queue[str]()
    watching = asyncio.create_task(watch(bot, root, cache, told.put_nowait))
    text, found = (root / GUIDE).read_text("utf-8"), list[tuple[float, float]]()
    for edit in range(EDITS):
        await asyncio.sleep(EVERY * edit / EDITS)  # a save comes at any moment between two looks
        began, before = time.perf_counter(), time.process_time()
        (root / GUIDE).write_text(text.replace(FIGURE, FIGURE.replace("7", str(edit + 10), 1)), "utf-8")
        if (said := await told.get()) != "Đã dùng nội dung mới.":
            raise RuntimeError(said)
        found.append((time.perf_counter() - began, time.process_time() - before))
    watching.cancel()
    return found


def serving(cache: str, seconds: float) -> Iterator[Row]:
    os.environ["MOTCUA_CACHE"] = cache
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
    found = asyncio.run(measure(seconds, AT_ONCE, RATE))
    yield Row(f"POST /api/messages, SQLite, {AT_ONCE} at once", found.most.per_second, 300, "messages/s", least=True)
    yield Row(f"… p99 at {RATE}/s", found.steady.wait(0.99), 60, "ms")
    yield Row(f"… p50 at {RATE}/s", found.steady.wait(0.5), 60, "ms")
    yield Row("resident memory while serving", found.memory, 200, "MB")
    yield Row("answers lost by SIGKILL", found.lost, 0, "")


def acknowledging(cache: str) -> Iterator[Row]:
    os.environ["MOTCUA_CACHE"] = cache
    for number, found in asyncio.run(_acknowledged()):
        yield Row(f"Zalo OA webhook, last of {number} at once acknowledged", found.wait(1), zalo.BAR, "ms")


async def _acknowledged() -> list[tuple[int, zalo.Figures]]:
    return [each async for each in zalo.measure(ZALO_AT_ONCE, ROUNDS)]


def tables(seconds: float) -> Iterator[str]:
    yield from ("# Speed, by `python bench/speed.py`", "", "| | |", "|---|---|", *machine())
    yield from ("", "| what | measured | processor time | bar | kept |", "|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as cache:
        parts = (fitting, starting, messages, reloading, partial(serving, seconds=seconds), acknowledging)
        for part in parts:
            yield from map(str, part(cache))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10, help="of each load measurement")
    parser.add_argument("--write", type=Path, help="also into this file")
    args = parser.parse_args()
    lines = []
    for line in tables(args.seconds):
        print(line, flush=True)
        lines.append(line)
    if args.write:
        args.write.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

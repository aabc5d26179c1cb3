"""What understanding costs: time of a message, of a fit and of a start, memory, the model's size, and ten times the topics."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.intents import megabytes, one_core
from bench.tables import Figure
from bot.content.load import default_dir
from bot.content.types import Content
from bot.prepared import prepare
from bot.understanding import train
from bot.understanding.focus import Focus
from bot.understanding.interpret import interpret
from bot.understanding.levels import Levels
from bot.understanding.measure import TODAY
from bot.understanding.model import Head, Model, in_scope

ROOT = Path(__file__).resolve().parents[1]

ROUNDS = 3
STARTS = 7
TIMES = 10  # as many topics
SEED = 2026
PROCESSOR = "… processor time"

BETWEEN = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
seconds, children = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
print(seconds, children.ru_utime + children.ru_stime, children.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
"""


def fitted(content: Content) -> tuple[Model, list[Figure]]:
    """The model, and what fitting it took."""
    began, before = time.perf_counter(), os.times()
    model = train.fit(content)
    seconds, after = time.perf_counter() - began, os.times()
    spent = sum(after[:4]) - sum(before[:4])  # its own and that of the processes that it started
    return model, [Figure("fit", seconds, "s", -15), Figure(PROCESSOR, spent, "s")]


def figures(content: Content, model: Model, texts: Sequence[str]) -> Iterator[Figure]:
    """`texts`: messages that are understood, each by itself."""
    yield Figure("model", megabytes(model), "MB", -10)
    yield Figure("targets", len(model.targets.names), "")
    yield Figure("features", len(model.vocabulary), "")
    walls, spent = waits(content, model, texts)
    for part, bar in ((50, 0.5), (99, 2.0)):
        yield Figure(f"understanding a message, p{part} on one core", float(np.percentile(walls, part)), "ms", -bar)
        yield Figure(PROCESSOR, float(np.percentile(spent, part)), "ms")
    more = waits(*grown(content, model), texts)[1]
    ratio = float(np.percentile(more, 50) / np.percentile(spent, 50))
    yield Figure(f"… with {TIMES} times as many topics (synthetic), p50", ratio, "times", -2)
    yield from _started(content, model, texts)


def waits(content: Content, model: Model, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds on the wall and on the processor of every message, in several rounds after one that is not timed."""
    focus, walls, spent = Focus(content), list[float](), list[float]()
    with one_core():
        for nth in range(ROUNDS + 1):
            for text in texts:
                began, before = time.perf_counter(), time.thread_time()
                interpret(model, content, text, "", TODAY, focus=focus)
                if nth:
                    spent.append(1000 * (time.thread_time() - before))
                    walls.append(1000 * (time.perf_counter() - began))
    return walls, spent


def _started(content: Content, model: Model, texts: Sequence[str]) -> Iterator[Figure]:
    """`ask` in a process of its own with the model in its cache: to one answer, and its memory once it has answered all."""
    with tempfile.TemporaryDirectory() as cache:
        path = train.path_of(train.key(content), Path(cache))
        model.save(path)
        ready = prepare(default_dir(), Path(cache))  # `ask` leaves nothing behind
        if train.path_of(ready.model, Path(cache)) != path:
            print("Starts are not measured: the content was changed after the fit.", file=sys.stderr)
            return
        starts = sorted(_ask(cache, texts[:1]) for _ in range(STARTS))
        median = starts[STARTS // 2]
        yield Figure("start to the first answer, whole process (median)", median.seconds, "s", -0.7)
        yield Figure(PROCESSOR, median.processor, "s")
        memory = _ask(cache, texts).megabytes
        yield Figure(f"memory of a process that answers {len(texts)} messages, at most", memory, "MB")


class Used(NamedTuple):
    """What a process took from its start to its end."""

    seconds: float
    processor: float  # seconds
    megabytes: float  # resident, at most


def _ask(cache: str, texts: Sequence[str]) -> Used:
    lines = "".join(" ".join(text.split()) + "\n" for text in texts)
    return used(
        [sys.executable, str(ROOT / "bot.py"), "ask", "--json"],
        lines,
        MOTCUA_CACHE=cache,
        MOTCUA_CONTENT=str(default_dir()),
    )


def used(command: Sequence[str], lines: str = "", **environment: str) -> Used:
    """Told by a small process between: what starts a process hands down its own size."""
    between = [sys.executable, "-c", BETWEEN, *command]
    done = subprocess.run(
        between, input=lines, env=os.environ | environment, check=True, capture_output=True, text=True
    )
    return Used(*map(float, done.stdout.split()))


def grown(content: Content, model: Model) -> tuple[Content, Model]:
    """Every topic with its guides and entries again and again under other names. What the copies weigh is what the originals
    do, dealt out to other features: as many numbers to look up and add, and the answers stay those of the originals."""
    rng = np.random.default_rng(SEED)
    names, topics = model.targets.names, model.topics.names
    mine = np.array(
        [in_scope(topics[at]) and name not in content.warnings for name, at in zip(names, model.topic_of, strict=True)]
    )
    ours = np.array([in_scope(topic) for topic in topics])
    place = np.full(len(topics), -1)
    place[ours] = np.arange(ours.sum())
    leaves, heads, parts = np.split(model.levels.dense(), [len(names), len(names) + len(topics)], axis=1)
    shuffled = [rng.permutation(len(leaves)) for _ in range(TIMES - 1)]
    first = len(topics) + np.arange(TIMES - 1) * int(ours.sum())  # where the topics of each copy begin
    return _copied(content), replace(
        model,
        targets=_more(model.targets, mine),
        topics=_more(model.topics, ours),
        topic_of=np.concatenate([model.topic_of, *(at + place[model.topic_of[mine]] for at in first)]).astype(np.int16),
        levels=Levels.of(
            np.concatenate(
                [
                    leaves,
                    *(leaves[order][:, mine] for order in shuffled),
                    heads,
                    *(heads[order][:, ours] for order in shuffled),
                    parts,
                ],
                axis=1,
            )
        ),
    )


def _more(head: Head, chosen: np.ndarray) -> Head:
    names = [name for name, wanted in zip(head.names, chosen, strict=True) if wanted]
    copies = tuple(_name(name, nth) for nth in range(1, TIMES) for name in names)
    bias = np.concatenate([head.bias, np.tile(head.bias[chosen], TIMES - 1)])
    return Head(head.names + copies, bias, head.sharpness)


def _copied(content: Content) -> Content:
    guides, entries = dict(content.guides), dict(content.entries)
    for nth in range(1, TIMES):
        for guide in content.guides.values():
            id = _name(guide.id, nth)
            guides[id] = replace(guide, id=id, topic=_name(guide.topic, nth))
        for entry in content.entries.values():
            id = _name(entry.id, nth)
            entries[id] = replace(entry, id=id, topic=_name(entry.topic, nth))
    return replace(content, guides=guides, entries=entries)


def _name(id: str, nth: int) -> str:
    return f"{id}~{nth}"

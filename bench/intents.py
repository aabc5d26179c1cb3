"""Any intent set: read, fitted with the matcher of the bot, scored register by register beside others on the same split.

A set is a directory with `train*.tsv` and `test_<register>.tsv`, each `text<TAB>label` below a head line.
"""

from __future__ import annotations

import contextlib
import csv
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from bot.content.types import Content, Entry
from bot.understanding import train
from bot.understanding.heads import Question, Taught
from bot.understanding.model import Head, Model
from bot.understanding.samples import TrainingText

REGISTERS = ("marks", "nomarks", "chat", "typo")  # the order of columns; others follow
HEAD = ("text", "label")
WARM = 20  # messages that are read before the clock starts

Row = tuple[str, str]  # text, label
Words = Mapping[str, tuple[str, ...]]  # chat spelling → readings
Label = Callable[[str], str]
Fit = Callable[
    [Sequence[Row]], tuple[Label, float | None]
]  # … → what labels a text, and its size in MB where it is told
Tick = Callable[[], object]  # hears of every message that is scored


class IntentSetError(Exception):
    """Says which file or directory is no intent set, and why."""


@dataclass(frozen=True, slots=True)
class Split:
    name: str
    train: Path
    tests: Mapping[str, Path]  # register → file


@dataclass(frozen=True, slots=True)
class Score:
    """`right`: a share (0–1). Times in milliseconds, of one message on one core."""

    right: float
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    seconds: float  # of the fit
    megabytes: float | None
    scores: Mapping[str, Score]  # by register


def read(path: Path) -> list[Row]:
    """Raises IntentSetError."""
    with path.open(encoding="utf-8", newline="") as file:
        found = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if not set(HEAD) <= set(found.fieldnames or ()):
            raise IntentSetError(f"{path}: the first line has to be text<TAB>label")
        rows = [(row["text"], row["label"]) for row in found if row["text"] and row["label"]]
    if not rows:
        raise IntentSetError(f"{path}: there are no rows")
    return rows


def splits(given: str) -> list[Split]:
    """«[NAME=]PATH»: one split per train*.tsv of a directory, or the named one alone. Raises IntentSetError."""
    name, _, after = given.rpartition("=")
    path = Path(after)
    folder, trains = (path.parent, [path]) if path.is_file() else (path, sorted(path.glob("train*.tsv")))
    tests = {test.stem.removeprefix("test_"): test for test in sorted(folder.glob("test_*.tsv"))}
    if not trains or not tests:
        raise IntentSetError(f"{path}: there is no train*.tsv or no test_<register>.tsv")
    ordered = {register: tests[register] for register in sorted(tests, key=_place)}
    own = name or folder.name
    names = [own if len(trains) == 1 else f"{own}, {train.stem}" for train in trains]
    return [Split(each, train, ordered) for each, train in zip(names, trains, strict=True)]


def _place(register: str) -> tuple[int, str]:
    return (REGISTERS.index(register) if register in REGISTERS else len(REGISTERS), register)


def fitted(rows: Sequence[Row], words: Words) -> Model:
    """The bot's features, noisy copies and head of topics. A label is a topic without leaves, so its head stands for those,
    too; no part is ever asked for."""
    training = TrainingText(_content(rows, words))
    copies, _ = training.reader.read(training.targets, ())
    vocab = train.vocabulary_of(copies.taken)
    labels = [sample.label for sample in training.targets]
    question = Question(Taught(training.targets, copies, vocab), labels, train.TOPICS)
    weights, bias = question.weights()
    topics = Head(question.names, bias, question.sharpness())
    nothing = Head(("tong_quan",), np.zeros(1, np.float32), 1.0)
    none = np.zeros((1, len(vocab)), np.float32)
    return train.model_of(training, vocab, [weights, weights, none], topics, topics, nothing)


def _content(rows: Sequence[Row], words: Words) -> Content:
    texts: dict[str, list[str]] = {}
    for text, label in rows:
        texts.setdefault(label, []).append(text)
    entries = {label: Entry(label, label, tuple(said), "", (), date.min) for label, said in texts.items()}
    return Content(entries=entries, words=words)


def matcher(words: Words) -> Fit:
    def fit(rows: Sequence[Row]) -> tuple[Label, float]:
        model = fitted(rows, words)
        return lambda text: model.score(text).topic[0], megabytes(model)

    return fit


def megabytes(model: Model) -> float:
    """Of the file that it is kept in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        model.save(path)
        return path.stat().st_size / 1e6


def measured(name: str, fit: Fit, split: Split, tick: Tick = lambda: None) -> Method:
    """Fitting may use every core; one message after another is labelled on one. Raises IntentSetError."""
    rows = read(split.train)
    began = time.perf_counter()
    label, size = fit(rows)
    seconds = time.perf_counter() - began
    with one_core():
        scores = {register: _score(label, read(path), tick) for register, path in split.tests.items()}
    return Method(name, seconds, size, scores)


def _score(label: Label, rows: Sequence[Row], tick: Tick) -> Score:
    for text, _ in rows[:WARM]:
        label(text)
    waits, right = [], 0
    for text, wanted in rows:
        began = time.perf_counter()
        found = label(text)
        waits.append(1000 * (time.perf_counter() - began))
        right += found == wanted
        tick()
    return Score(right / len(rows), float(np.percentile(waits, 50)), float(np.percentile(waits, 99)))


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """What runs inside has one processor, where the system can say so."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(every)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)

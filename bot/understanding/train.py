"""Training text → model: what is fitted, in which processes, and the cache by content hash."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

import numpy as np

from bot.content.types import Content
from bot.understanding import features, heads, noise, samples, spelling, text, words
from bot.understanding import levels as kept
from bot.understanding import model as fitted
from bot.understanding.features import Floats, Taken, Vocabulary, vocabulary
from bot.understanding.heads import ALL, Question, Taught, Way, Weights
from bot.understanding.levels import Levels
from bot.understanding.model import Head, Model
from bot.understanding.samples import Copies, TrainingText, topics_of

T = TypeVar("T")

Progress = Callable[[float], None]  # hears how much is done, 0–1

LEAST, LEAST_OF_FEW = 6, 2  # a feature in fewer sentences is no feature; where there are fewer than MANY sentences
FAINTEST = 5  # of 127: what a feature weighs less is nothing; more than half of the file
# Of leaves and topics as found in fits of MANY, as measuring takes as long as fitting; of parts as others ask (decision 0014)
SHARPNESS = (6.6, 4.3, 3.3)
MANY = 10_000  # sentences from which on a second process is worth its start
TOPICS, LEAVES, PARTS = Way(1.0, 0.0, 5000, 6), Way(0.5, 1.0, 1600, 8), Way(0.1, 0.2, 12000, 3)
BESIDE = 0.2  # of the leaves, so many are fitted beside, after topics and parts: both processes then end together


def fit(content: Content, progress: Progress | None = None) -> Model:
    """Deterministic. Needs at least two topics."""
    say = progress or (lambda _done: None)
    sentences = sum(len(said) for _, said in samples.said_of(content))
    with _second_process(sentences) as beside:
        training = TrainingText(content)
        (here, there), (ways_here, ways_there) = map(samples.halves, (training.targets, training.aspects))
        waits = _begun(beside, partial(training.reader.read, there, ways_there))
        say(0.1)
        told, asked = map(Copies.followed_by, training.reader.read(here, ways_here), waits())
        say(0.3)
        targets, aspects = [*here, *there], [*ways_here, *ways_there]
        vocab = vocabulary_of(told.taken)
        taught = Taught(targets, told, vocab)
        say(0.4)
        topics = [training.topic(sample.label) for sample in targets]
        questions = (
            Question(taught, [sample.label for sample in targets], LEAVES, topics),
            Question(taught, topics, TOPICS),
            Question(Taught(aspects, asked, vocab), [sample.label for sample in aspects], PARTS),
        )
        found = _solved(beside, questions, say)
    leaves, *others = SHARPNESS
    sharpness = (leaves, *(others if sentences >= MANY else [each.sharpness() for each in questions[1:]]))
    fitted_heads = [
        Head(question.names, bias, sharp)
        for question, (_, bias), sharp in zip(questions, found, sharpness, strict=True)
    ]
    return model_of(training, vocab, [weights for weights, _ in found], *fitted_heads)


def vocabulary_of(taken: Taken) -> Vocabulary:
    return vocabulary(taken, LEAST if len(taken) >= MANY else LEAST_OF_FEW)


@contextmanager
def _second_process(sentences: int) -> Iterator[ProcessPoolExecutor | None]:
    """Where there is much to fit and a second processor; what it needs is loaded while the first one reads. No threads: the
    solver has one source of chance for a process, so that two of them would not fit the same twice."""
    if sentences < MANY or (os.cpu_count() or 1) < 2:
        yield None
        return
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as beside:
        beside.submit(_loaded)
        yield beside


def _loaded() -> None:
    import_module("sklearn.svm")


def _solved(
    beside: ProcessPoolExecutor | None, questions: tuple[Question, Question, Question], say: Progress
) -> tuple[Weights, Weights, Weights]:
    """Of leaves, topics and parts; the last two and some of the leaves beside, where there is a second process."""
    leaves, topics, parts = questions
    first, rest = leaves.cut(BESIDE)
    waits = _begun(beside, partial(_all_of, ((topics, ALL), (parts, ALL), (leaves, first))))
    leaf = leaves.weights(rest)
    say(0.9)
    topic, part, before = waits()
    return _side_by_side(before, leaf), topic, part


def _all_of(jobs: Sequence[tuple[Question, slice]]) -> list[Weights]:
    """In one piece, for what the jobs share is sent to another process only once."""
    return [question.weights(groups) for question, groups in jobs]


def _side_by_side(one: Weights, other: Weights) -> Weights:
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])


def _begun(beside: ProcessPoolExecutor | None, job: Callable[[], T]) -> Callable[[], T]:
    """Waits for what a second process does; without one, or where it broke because the program that it belongs to cannot be
    started again, does it here."""
    try:
        second = beside.submit(job) if beside else None
    except BrokenProcessPool:
        second = None

    def result() -> T:
        try:
            return second.result() if second else job()
        except BrokenProcessPool:
            return job()

    return result


def model_of(
    training: TrainingText, vocab: Vocabulary, weights: Sequence[Floats], targets: Head, topics: Head, aspects: Head
) -> Model:
    """`weights`: label × feature, of the targets, the topics and the aspects; kept as bytes."""
    widest = np.max([np.maximum(each.max(axis=0), -each.min(axis=0)) for each in weights], axis=0)
    step = np.maximum(widest, np.float32(1e-6)) / np.float32(127)
    levels = np.empty((sum(map(len, weights)), len(step)), np.int8)
    for mine, row in zip(levels, chain.from_iterable(weights), strict=True):  # all at once takes three times as long
        level = np.round(row / step)
        mine[:] = np.where(np.abs(level) < FAINTEST, 0, level)
    return Model(
        speller=training.reader.speller,
        vocabulary=vocab,
        targets=targets,
        topics=topics,
        aspects=aspects,
        topic_of=np.array([topics.names.index(training.topic(name)) for name in targets.names], np.int16),
        levels=Levels.of(np.ascontiguousarray(levels.T)),
        step=step,
    )


def cached(
    content: Content, cache_dir: Path, progress: Progress | None = None, *, keep: bool = True, known: str = ""
) -> Model:
    """The model of this training text, from the cache or fitted now. `keep`: it is written there, older ones are removed;
    `known`: its key, where that is known."""
    path = path_of(known or key(content), cache_dir)
    try:
        return fitted.load(path)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        model = fit(content, progress)
    if not keep:
        return model
    model.save(path)
    for other in cache_dir.glob("model-*.npz"):
        if other != path:
            other.unlink(missing_ok=True)
    return model


def path_of(known: str, cache_dir: Path) -> Path:
    """Where the model of a training text with this key is kept."""
    return cache_dir / f"model-{known}.npz"


def key(content: Content) -> str:
    """Hash of what the samples are made of and of the code that makes and fits them: figures and answers change nothing.
    The samples themselves would take longer than all the rest of a start."""
    topic = topics_of(content)
    texts = [(id, topic(id), list(said)) for id, said in samples.said_of(content)]
    titles = [(guide.id, guide.title) for guide in content.guides.values()]
    asked = [(each.id, list(each.asked.items())) for each in samples.asked_of(content)]
    aspects = [(aspect, list(phrases)) for aspect, phrases in content.aspects.items()]
    digest = hashlib.sha256(json.dumps([texts, titles, asked, aspects, sorted(content.words.items())]).encode())
    for module in (features, fitted, heads, kept, noise, samples, spelling, text, words):
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()[:20]

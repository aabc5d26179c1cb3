"""Methods side by side on intent sets: a table for every set, and what has to be kept over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench.intents import Fit, Method, Split, Words, matcher, measured, read
from bench.peers import diet, nearest, svm
from bench.tables import Figure, bars, table

OURS = "Một Cửa"
RASA = "Rasa"  # how the name of DIET's version begins
MARKED, UNMARKED = "marks", "nomarks"
PAIRED = (UNMARKED, "chat", "typo")  # the same rows, written otherwise
APART = 3  # points that such a register may be behind
AHEAD, AHEAD_UNMARKED = 4, 40  # points before Rasa
FASTER = 20  # times

Found = Mapping[str, Sequence[Method]]  # by the name of the set


def methods(words: Words, *, peers: bool) -> dict[str, Fit]:
    ours = {OURS: matcher(words)}
    return ours | ({nearest.NAME: nearest.fit, **svm.METHODS} if peers else {})


def compare(splits: Sequence[Split], words: Words, *, peers: bool) -> dict[str, list[Method]]:
    """All methods on one split, then the next one. Raises IntentSetError."""
    found: dict[str, list[Method]] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        for split in splits:
            messages = sum(len(read(path)) for path in split.tests.values())
            found[split.name] = []
            for name, fit in methods(words, peers=peers).items():
                task = progress.add_task(f"{split.name}: {name}", total=messages)
                found[split.name].append(measured(name, fit, split, partial(progress.advance, task)))
                progress.remove_task(task)
            if peers:
                task = progress.add_task(f"{split.name}: Rasa (some minutes)", total=None)
                rasa = diet.measured(split)
                found[split.name] += [rasa] if rasa else []
                progress.remove_task(task)
    return found


def tables(splits: Sequence[Split], found: Found) -> Iterator[str]:
    for split in splits:
        yield _table(split, found[split.name])
    yield bars("Bars", [*_registers(found), *_against_rasa(found)])


def _table(split: Split, methods: Sequence[Method]) -> str:
    rows = read(split.train)
    labels, tested = {label for _, label in rows}, read(next(iter(split.tests.values())))
    size = f"{len(rows)} examples, {len(labels)} labels, {len(tested)} questions"
    head = ("right, %", *split.tests, "p50 / p99, ms", "fit, s", "model, MB")
    return table(f"{split.name}: {size}", head, map(_cells, methods))


def _cells(method: Method) -> tuple[str, ...]:
    shares = [f"{100 * score.right:.1f}" for score in method.scores.values()]
    score = next(iter(method.scores.values()))
    megabytes = "" if method.megabytes is None else f"{method.megabytes:.1f}"
    return (method.name, *shares, f"{score.p50:.2f} / {score.p99:.2f}", f"{method.seconds:.1f}", megabytes)


def _registers(found: Found) -> Iterator[Figure]:
    """How far each register is behind marked text."""
    for name, methods in found.items():
        right = {register: 100 * score.right for register, score in methods[0].scores.items()}
        for register in PAIRED:
            if MARKED in right and register in right:
                yield Figure(f"{name}: {register} behind marks", right[MARKED] - right[register], "points", -APART)


def _against_rasa(found: Found) -> Iterator[Figure]:
    pairs = {name: (methods[0], rasa) for name, methods in found.items() if (rasa := _rasa(methods)) is not None}
    marked = list(_ahead(pairs.values(), MARKED))
    if marked:
        yield Figure("marked text: ahead of Rasa, mean of sets", sum(marked) / len(marked), "points", AHEAD)
    for name, pair in pairs.items():
        for points in _ahead([pair], MARKED):
            yield Figure(f"{name}, marked text: ahead of Rasa", points, "points")
        for points in _ahead([pair], UNMARKED):
            yield Figure(f"{name}, unmarked text: ahead of Rasa", points, "points", AHEAD_UNMARKED)
        ours, theirs = (next(iter(method.scores.values())).p50 for method in pair)
        yield Figure(f"{name}: faster than Rasa (p50)", theirs / ours, "times", FASTER)


def _rasa(methods: Iterable[Method]) -> Method | None:
    return next((method for method in methods if method.name.startswith(RASA)), None)


def _ahead(pairs: Iterable[tuple[Method, Method]], register: str) -> Iterator[float]:
    for ours, theirs in pairs:
        if register in ours.scores:
            yield 100 * (ours.scores[register].right - theirs.scores[register].right)

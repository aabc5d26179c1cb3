"""Markdown tables of the benches: figures beside their bars, groups side by side, calibration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.measure import Bin, Outcome, by_topic, figures, registers, reliability
from bot.understanding.text import tokens

LENGTHS = ((10, "up to 10 words"), (20, "11 to 20 words"))  # words at most
LONGER = "more than 20 words"
WEAKEST = 5
LEAST = 3  # cases of a topic that may be called weak

BARS = {  # what of `figures` has a bar: at least (+) or at most (−) so many percent
    "topic right": 95,
    "topic right or offered": 98,
    "right guide or entry": 88,
    "aspect (where the topic is right)": 88,
    "asked back": -6,
    "not understood": -4,
    "wrong and confident (all)": -2.5,
    "out-of-scope recall": 85,
    "out-of-scope asked back": -15,
}
COLUMNS = {  # of the tables of groups: name in `figures` → head
    "cases (in scope / out)": "cases (in / out)",
    "topic right": "topic",
    "topic right or offered": "… or offered",
    "right guide or entry": "guide or entry",
    "aspect (where the topic is right)": "aspect",
    "wrong and confident (all)": "wrong and confident",
    "asked back": "asked back",
    "not understood": "not understood",
    "out-of-scope recall": "out of scope",
}
ELSEWHERE = ("topic right, ", "understanding p50")  # figures with a table of their own


@dataclass(frozen=True, slots=True)
class Figure:
    """`bar`: the least value when positive, the most one when negative; None: nothing is asked of it."""

    what: str
    value: float
    unit: str
    bar: float | None = None

    @property
    def kept(self) -> bool:
        return self.bar is None or (self.value >= self.bar if self.bar > 0 else self.value <= -self.bar)

    def cells(self) -> tuple[str, str, str, str]:
        digits = ".1f" if self.unit == "%" else ".0f" if abs(self.value) >= 100 else ".3g"
        shown = f"{self.value:{digits}} {self.unit}".strip()
        if self.bar is None:
            return self.what, shown, "", ""
        return (
            self.what,
            shown,
            f"{'≥' if self.bar > 0 else '≤'} {abs(self.bar):g} {self.unit}",
            ("NO", "yes")[self.kept],
        )


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join([*([f"## {title}", ""] if title else []), *lines, ""])


def bars(title: str, found: Iterable[Figure]) -> str:
    return table(title, ("", "figure", "bar", "kept"), [each.cells() for each in found])


def number(shown: str) -> float | None:
    """«95.1 %» → 95.1; None for «–»."""
    first = shown.split(maxsplit=1)[0]
    return None if first == "–" else float(first)


def summary(title: str, outcomes: list[Outcome]) -> str:
    rows = []
    for what, shown in figures(outcomes).items():
        value = number(shown) if what in BARS else None
        if value is not None:
            rows.append(Figure(what, value, "%", BARS[what]).cells())
        elif not what.startswith(ELSEWHERE):
            rows.append((what, shown, "", ""))
    return table(title, ("", "figure", "bar", "kept"), rows)


def groups(title: str, found: Mapping[str, list[Outcome]]) -> str:
    """One row per group."""
    rows = []
    for name, outcomes in found.items():
        shown = figures(outcomes)
        rows.append((name, *(shown[column] for column in COLUMNS)))
    return table(title, (title.lower(), *COLUMNS.values()), rows)


def lengths(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        count = len(tokens(one.case.text))
        found[next((name for most, name in LENGTHS if count <= most), LONGER)].append(one)
    return {name: found[name] for name in (*(name for _, name in LENGTHS), LONGER) if name in found}


def weakest(outcomes: Iterable[Outcome]) -> str:
    """The topics of which the fewest cases are right."""
    of_topic = {topic: group for topic, group in by_topic(outcomes).items() if len(group) >= LEAST}
    right = {topic: sum(one.verdict == "right" for one in group) for topic, group in of_topic.items()}
    worst = sorted(of_topic, key=lambda topic: (right[topic] / len(of_topic[topic]), topic))[:WEAKEST]
    return groups("Weakest topics", {topic: of_topic[topic] for topic in worst})


def calibration(bins: Sequence[Bin]) -> str:
    head = ("answers", "mean confidence", "right")
    rows = [(str(each.answers), f"{100 * each.confidence:.1f} %", f"{100 * each.right:.1f} %") for each in bins]
    return table("Calibration", head, rows)


def understood(title: str, outcomes: list[Outcome]) -> Iterator[str]:
    """Every table of one set of cases."""
    yield summary(title, outcomes)
    yield groups("Register", dict(sorted(registers(outcomes).items())))
    yield groups("Length", lengths(outcomes))
    yield weakest(outcomes)
    yield calibration(reliability(outcomes))

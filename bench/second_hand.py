"""Cases of a second hand, through the whole engine: minimal pairs, half questions, one question in four registers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bench.tables import Figure
from bot.engine import Brain
from tests.cases_files import CASES, read
from tests.understood import Told, any_of, part_right, told, topic

REGISTERS = ("nomarks", "chat", "typo")

Case = Mapping[str, Any]


def figures(brain: Brain) -> Iterator[Figure]:
    """Through the engine, as `ask --json` tells it. What is not written yet is left out."""
    for name, tell in (("pairs", _pairs), ("contexts", _contexts), ("paired", _paired)):
        path = CASES / f"{name}.yaml"
        if path.exists():
            yield from tell(brain, read(path))


def _pairs(brain: Brain, cases: list[dict[str, Any]]) -> Iterator[Figure]:
    right = [all(_sides(brain, case)) for case in cases]
    for name, wanted in (("that differ in meaning", False), ("that mean the same", True)):
        mine = [hit for case, hit in zip(cases, right, strict=True) if (case["flips"] == "none") == wanted]
        yield _share(f"minimal pairs {name}", mine, 100)


def _sides(brain: Brain, case: Case) -> Iterator[bool]:
    for text, wanted in zip(case["texts"], (case["first"], case.get("second", case["first"])), strict=True):
        answer = told(brain, text)
        match case["flips"]:
            case "aspect":
                yield part_right(answer, wanted)
            case "entry":
                yield answer["entry"] in any_of(wanted)
            case _:
                yield topic(answer) in any_of(wanted)


def _contexts(brain: Brain, cases: list[dict[str, Any]]) -> Iterator[Figure]:
    answers = [told(brain, case["text"], case["before"]) for case in cases]
    yield _share("half questions: topic", [_topic_right(*each) for each in zip(cases, answers, strict=True)], 90)
    parts = [
        part_right(answer, case["aspect"])
        for case, answer in zip(cases, answers, strict=True)
        if _topic_right(case, answer)
    ]
    yield _share("half questions: aspect (where the topic is right)", parts, 90)


def _topic_right(case: Case, answer: Told) -> bool:
    return topic(answer) in any_of(case["topic"])


def _paired(brain: Brain, cases: list[dict[str, Any]]) -> Iterator[Figure]:
    marked = _share("one question in four registers: marks", [_means(brain, case, "marks") for case in cases])
    yield marked
    for register in REGISTERS:
        yield _share(f"… {register}", [_means(brain, case, register) for case in cases], round(marked.value - 3, 1))


def _means(brain: Brain, case: Case, register: str) -> bool:
    return topic(told(brain, case[register])) in any_of(case["topic"])


def _share(what: str, hits: list[bool], bar: float | None = None) -> Figure:
    return Figure(f"{what} ({len(hits)})", 100 * sum(hits) / max(1, len(hits)), "%", bar)

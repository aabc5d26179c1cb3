"""How well sentences are understood: cases with what is right, and figures of the outcomes."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import yaml

from bot.content.types import OUT_OF_SCOPE, Content
from bot.understanding.focus import Focus
from bot.understanding.interpret import Meant, interpret
from bot.understanding.meaning import Ask, Unknown, Unsure
from bot.understanding.model import SMALL_TALK, Model, in_scope
from bot.understanding.text import has_marks, normalise, tokens

TODAY = date(2026, 11, 25)  # the day of the cases: ages in them are counted from here
WHOLE = frozenset(["tong_quan", "cac_buoc"])


@dataclass(frozen=True)
class Case:
    text: str
    topics: frozenset[str]  # any of them is right
    target: str  # «a|b»: any of them is right; "": only the topic is known
    aspects: frozenset[str]  # empty: not scored
    register: str


@dataclass(frozen=True)
class Outcome:
    case: Case
    meant: Meant
    topic: str
    verdict: str  # right offered asked unknown wrong
    milliseconds: float


def cases(content: Content, folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.yaml")):
        for row in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader) or []:  # noqa: S506
            entry = row["entry"]
            known = content.topic_of(entry.partition("|")[0])
            topic = known or (SMALL_TALK if entry in content.small_talk else entry)
            aspects = frozenset(filter(None, row.get("aspect", "").split("|")))
            yield Case(row["text"], frozenset([topic]), entry if known else "", aspects, row.get("register", ""))


def outcome(model: Model, content: Content, focus: Focus, case: Case) -> Outcome:
    start = time.perf_counter()
    meant = interpret(model, content, case.text, "", TODAY, focus=focus)
    taken = (time.perf_counter() - start) * 1000
    return Outcome(case, meant, _topic(content, meant), _verdict(content, case, meant), taken)


def _topic(content: Content, meant: Meant) -> str:
    if not isinstance(meant, Ask):
        return ""
    return SMALL_TALK if meant.target in content.small_talk else content.topic_of(meant.target) or ""


def _verdict(content: Content, case: Case, meant: Meant) -> str:
    if isinstance(meant, Unsure):
        return "offered" if case.topics & {content.topic_of(target) for target in meant.targets} else "asked"
    topic = _topic(content, meant)
    refused = isinstance(meant, Unknown) or topic in (OUT_OF_SCOPE, SMALL_TALK)
    if refused and case.topics & {OUT_OF_SCOPE, SMALL_TALK}:
        return "right"
    if refused:
        return "unknown"
    return "right" if topic in case.topics else "wrong"


def figures(outcomes: list[Outcome]) -> dict[str, str]:
    inside = [one for one in outcomes if one.case.topics not in ({OUT_OF_SCOPE}, {SMALL_TALK})]
    outside = [one for one in outcomes if one.case.topics == {OUT_OF_SCOPE}]
    count = Counter(one.verdict for one in inside)
    aimed = [one for one in inside if one.case.target]
    right = [one for one in inside if one.verdict == "right" and isinstance(one.meant, Ask)]
    shares = [sum(one.verdict == "right" for one in group) / len(group) for group in by_topic(inside).values()]
    parts = [one for one in right if one.case.aspects]
    times = [one.milliseconds for one in outcomes]
    rows = {
        "cases (in scope / out)": f"{len(inside)} / {len(outside)}",
        "topic right": percent(count["right"], len(inside)),
        "topic right or offered": percent(count["right"] + count["offered"], len(inside)),
        "mean over topics of topic right": percent(sum(shares), len(shares)),
        "right guide or entry": percent(sum(hit(one) for one in aimed), len(aimed)),
        "aspect (where the topic is right)": percent(sum(part_right(one) for one in parts), len(parts)),
        "… where «what» and «how» are one": percent(sum(part_right(one, WHOLE) for one in parts), len(parts)),
        "asked back": percent(count["offered"] + count["asked"], len(inside)),
        "not understood": percent(count["unknown"], len(inside)),
        "wrong and confident (all)": percent(sum(one.verdict == "wrong" for one in outcomes), len(outcomes)),
        "out-of-scope recall": percent(sum(one.verdict == "right" for one in outside), len(outside)),
        "out-of-scope asked back": percent(sum(one.verdict in ("offered", "asked") for one in outside), len(outside)),
        "calibration error (ECE)": f"{100 * ece(outcomes):.1f} %",
        "understanding p50 / p99": f"{np.percentile(times, 50):.2f} / {np.percentile(times, 99):.2f} ms",
    }
    for name, group in sorted(registers(inside).items()):
        rows[f"topic right, {name}"] = percent(sum(one.verdict == "right" for one in group), len(group))
    return rows


def registers(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if one.case.register:
            groups[f"register {one.case.register}"].append(one)
        groups["with marks" if has_marks(tokens(normalise(one.case.text))) else "without marks"].append(one)
    return groups


def by_topic(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """Of our topics; a case with several right ones counts for each."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        for topic in filter(in_scope, one.case.topics):
            groups[topic].append(one)
    return groups


def hit(one: Outcome) -> bool:
    return isinstance(one.meant, Ask) and one.meant.target in one.case.target.split("|")


def part_right(one: Outcome, same: frozenset[str] = frozenset()) -> bool:
    """Naming more than two parts is no answer. `same`: parts that count as one."""
    if not isinstance(one.meant, Ask) or len(one.meant.aspects) > 2:
        return False
    wanted = one.case.aspects | (same if one.case.aspects & same else frozenset())
    return bool(wanted & set(one.meant.aspects))


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence: how many, their mean confidence, and the share that is right (0–1)."""

    answers: int
    confidence: float
    right: float


def reliability(outcomes: Iterable[Outcome]) -> list[Bin]:
    """What was answered, in ten bins of confidence; empty ones are left out."""
    groups: dict[int, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if isinstance(one.meant, Ask):
            groups[min(9, int(one.meant.confidence * 10))].append(one)
    return [_bin(groups[nth]) for nth in sorted(groups)]


def _bin(group: Sequence[Outcome]) -> Bin:
    count = len(group)
    return Bin(
        count, sum(one.meant.confidence for one in group) / count, sum(one.verdict == "right" for one in group) / count
    )


def ece(outcomes: Iterable[Outcome]) -> float:
    """How far the confidence of answers is from how often they are right, in the mean of answers."""
    bins = reliability(outcomes)
    return sum(each.answers * abs(each.confidence - each.right) for each in bins) / max(
        1, sum(each.answers for each in bins)
    )


def percent(hits: float, total: int) -> str:
    return f"{100 * hits / total:.1f} %" if total else "–"

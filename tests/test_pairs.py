"""Messages that differ by little: some must be understood differently, others must not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bot.engine import Brain
from tests import cases_files
from tests.understood import Told, any_of, part_right, told, topic

PAIRS = cases_files.read(cases_files.CASES / "pairs.yaml")
LEAST = 30  # pairs of either kind
SHARE = 0.94


def test_there_are_enough_pairs_of_either_kind() -> None:
    count = Counter(pair["flips"] == "none" for pair in PAIRS)
    assert count[True] >= LEAST
    assert count[False] >= LEAST


def test_a_small_difference_counts_where_it_has_to(brain: Brain) -> None:
    wrong = [found for pair in PAIRS if (found := _wrong(brain, pair))]
    assert len(wrong) <= (1 - SHARE) * len(PAIRS), wrong


def _wrong(brain: Brain, pair: Mapping[str, Any]) -> Mapping[str, Told]:
    wanted = (pair["first"], pair.get("second", pair["first"]))
    answers = {text: (told(brain, text), want) for text, want in zip(pair["texts"], wanted, strict=True)}
    return {text: answer for text, (answer, want) in answers.items() if not _right(pair["flips"], answer, want)}


def _right(flips: str, answer: Told, wanted: str) -> bool:
    if flips == "aspect":
        return part_right(answer, wanted)
    return (answer["entry"] if flips == "entry" else topic(answer)) in any_of(wanted)

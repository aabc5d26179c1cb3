"""The same questions with marks, without, in chat spelling and with typing errors are understood nearly as well."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.content.types import TOPICS
from bot.engine import Brain
from tests import cases_files
from tests.understood import told, topic

PAIRED = cases_files.read(cases_files.CASES / "paired.yaml")
LEAST = 400  # sentences
APART = {"nomarks": 3.0, "chat": 3.0, "typo": 5.0}  # points behind marked text, at most
REGISTERS = ("marks", *APART)
RIGHT = 95.0  # percent of marked sentences


@pytest.fixture(scope="module")
def right(brain: Brain) -> Mapping[str, float]:
    """Percent of the sentences of each register whose topic is right."""
    hits = {name: [topic(told(brain, case[name])) == case["topic"] for case in PAIRED] for name in REGISTERS}
    return {name: 100 * sum(each) / len(each) for name, each in hits.items()}


def test_every_topic_is_asked_about_in_every_register() -> None:
    assert len(PAIRED) * len(REGISTERS) >= LEAST
    assert {case["topic"] for case in PAIRED} == set(TOPICS)
    assert all(set(case) == {"topic", *REGISTERS} for case in PAIRED)


def test_marked_sentences_are_understood(right: Mapping[str, float]) -> None:
    assert right["marks"] >= RIGHT


@pytest.mark.parametrize("register", APART)
def test_no_register_is_far_behind(right: Mapping[str, float], register: str) -> None:
    assert right[register] >= right["marks"] - APART[register], right

"""Messages that say only half, after others, with a walk open, after an aside."""

from __future__ import annotations

import pytest

from bot.engine import Brain
from tests import cases_files
from tests.understood import Told, any_of, part_right, told, topic

CONTEXTS = cases_files.read(cases_files.CASES / "contexts.yaml")
LEAST = 60
SHARE = 0.9


@pytest.fixture(scope="module")
def answers(brain: Brain) -> list[Told]:
    return [told(brain, case["text"], case["before"]) for case in CONTEXTS]


def test_half_a_question_means_what_was_talked_about(answers: list[Told]) -> None:
    wrong = [
        (*case["before"], case["text"], topic(answer))
        for case, answer in zip(CONTEXTS, answers, strict=True)
        if topic(answer) not in any_of(case["topic"])
    ]
    assert len(CONTEXTS) >= LEAST
    assert len(wrong) <= (1 - SHARE) * len(CONTEXTS), wrong


def test_half_a_question_is_answered_with_the_part_that_it_asks_for(answers: list[Told]) -> None:
    right = [
        (case, answer) for case, answer in zip(CONTEXTS, answers, strict=True) if topic(answer) in any_of(case["topic"])
    ]
    wrong = [(case["text"], answer["aspects"]) for case, answer in right if not part_right(answer, case["aspect"])]
    assert len(wrong) <= (1 - SHARE) * len(right), wrong

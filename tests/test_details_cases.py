"""What sentences say besides their question, on the day they are said: how often a found answer is right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pytest

from bot.engine import Brain
from bot.understanding.details import details
from tests import cases_files

DAY = "2026-11-25"  # of cases that speak of no age and no date
LOSS = (
    "mat",
    "bi_mat",
    "mat_sim",
    "mat_trom",
    "mat_giay",
    "da_mat",
    "qua_doi",
)  # options that say a thing or a person is gone
LEAST = 200  # cases
PRECISION = 0.9
RECALL = 0.75


@dataclass(frozen=True)
class Said:
    """A sentence told to a guide: {question: option} as it should be and as it was found."""

    guide: str
    text: str
    wanted: dict[str, str]
    found: dict[str, str]

    @property
    def wrong(self) -> dict[str, str]:
        return {id: option for id, option in self.found.items() if self.wanted.get(id) != option}


@pytest.fixture(scope="module")
def said(brain: Brain) -> list[Said]:
    return [_said(brain, **case) for case in cases_files.details()]


def _said(brain: Brain, guide: str, text: str, answers: dict[str, str], on: str = DAY) -> Said:
    questions = brain.content.guides[guide].questions
    unknown = {id: option for id, option in answers.items() if option not in questions[id].options}
    assert not unknown, f"{text}: {unknown}"
    read = brain.model.score(text).words
    return Said(guide, text, answers, details(questions, text, date.fromisoformat(on), read=read))


def test_there_are_enough_cases_and_many_must_find_nothing(said: list[Said]) -> None:
    assert len(said) >= LEAST
    assert sum(not each.wanted for each in said) >= LEAST / 3


def test_what_is_found_is_right(said: list[Said]) -> None:
    count = Counter({"right": 0, "wrong": 0, "wanted": 0})
    for each in said:
        count["wrong"] += len(each.wrong)
        count["right"] += len(each.found) - len(each.wrong)
        count["wanted"] += len(each.wanted)
    wrong = [(each.text, each.wrong) for each in said if each.wrong]
    assert count["right"] >= PRECISION * (count["right"] + count["wrong"]), wrong
    assert count["right"] >= RECALL * count["wanted"], count


def test_no_age_and_no_loss_is_ever_guessed(brain: Brain, said: list[Said]) -> None:
    guessed = []
    for each in said:
        questions = brain.content.guides[each.guide].questions
        guessed += [
            (each.text, id, option)
            for id, option in each.wrong.items()
            if option in LOSS or questions[id].options[option].ages
        ]
    assert guessed == []

"""The paths of a guide: a hole is found exactly when some answers lead to nothing."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.content.rules.paths import paths, uncovered
from bot.content.types import Item, Option, Question, When

OPTIONS = ("a", "b", "c")
QUESTIONS = {id: Question(id, id, {one: Option(one, one) for one in OPTIONS}) for id in ("x", "y", "z")}
WHENS = st.lists(
    st.dictionaries(st.sampled_from(["x", "y", "z"]), st.sets(st.sampled_from(OPTIONS), min_size=1).map(tuple)),
    max_size=6,
)


def holds(when: When, answers: dict[str, str]) -> bool:
    return all(answers[question] in options for question, options in when.items())


@given(WHENS)
def test_a_hole_is_found_exactly_when_there_is_one(whens: list[When]) -> None:
    every = [dict(zip(QUESTIONS, answers, strict=True)) for answers in product(OPTIONS, repeat=len(QUESTIONS))]
    holes = [answers for answers in every if not any(holds(when, answers) for when in whens)]
    found = uncovered(QUESTIONS, whens)
    assert (found is None) == (not holes)
    if found is not None:
        assert all(answers in holes for answers in every if found.items() <= answers.items())


def test_a_condition_on_what_is_no_question_never_holds() -> None:
    assert uncovered(QUESTIONS, [{"khong_co": ("a",)}]) == {}


@given(WHENS)
def test_only_questions_that_matter_make_paths(whens: list[When]) -> None:
    items = [Item("một", when=when) for when in whens]
    assert paths(QUESTIONS, items) == len(OPTIONS) ** len({question for when in whens for question in when})

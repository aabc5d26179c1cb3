"""What is remembered of a conversation."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.session import AT, MOST_TURNS, Session, Walk

words = st.text(st.sampled_from("abc_"), max_size=5)
answers = st.dictionaries(words, words, max_size=3)
walks = st.builds(Walk, words, st.lists(answers, max_size=4).map(tuple), words)
sessions = st.builds(
    Session,
    walk=st.none() | walks,
    under=st.none() | walks,
    about=words,
    offered=st.lists(words, max_size=4).map(tuple),
    kept=answers,
    misses=st.integers(0, 9),
    seen=st.lists(words, max_size=3).map(tuple),
    version=st.integers(0, 99),
)


@given(sessions)
def test_a_session_goes_through_json_and_back(session: Session) -> None:
    assert Session.from_json(json.loads(json.dumps(session.to_json())), session.version) == session


def test_nothing_but_ids_is_written_down() -> None:
    walk = Walk("dang_ky_tam_tru", ({"cho_o": "thue"},), "Mở VNeID")
    assert Session(walk, about="dang_ky_tam_tru", kept={"tinh": "hue"}).to_json() == {
        "walk": ["dang_ky_tam_tru", [{"cho_o": "thue"}], "Mở VNeID"],
        "under": None,
        "about": "dang_ky_tam_tru",
        "offered": [],
        "kept": {"tinh": "hue"},
        "misses": 0,
        "seen": [],
    }


def test_a_later_answer_wins() -> None:
    assert Walk("g", ({"a": "1", "b": "1"}, {"a": "2", AT: "Bước 3"})).answers == {"a": "2", "b": "1"}


def test_a_turn_begins_the_steps_anew_and_remembers_where_it_came() -> None:
    walk = Walk("g", ({"a": "1"},), "Bước 3").turn({"a": "2"})
    assert (walk.turns[-1], walk.step) == ({"a": "2", AT: "Bước 3"}, "")


@given(walks, answers)
def test_undo_takes_the_last_turn_back(walk: Walk, found: dict[str, str]) -> None:
    if walk.turns:
        assert walk.turn(found).undo() == walk


def test_before_the_first_turn_there_is_nothing() -> None:
    assert Walk("g", ({"a": "1"},)).undo() is None
    assert Walk("g").undo() is None


def test_a_walk_does_not_grow_for_ever() -> None:
    walk = Walk("g").turn({"a": "0", "b": "0"})
    for n in range(3 * MOST_TURNS):
        walk = walk.turn({"a": str(n)})
    assert len(walk.turns) == MOST_TURNS
    assert walk.answers == {"a": str(3 * MOST_TURNS - 1), "b": "0"}
    assert walk.turns[-2]["a"] == str(3 * MOST_TURNS - 2)

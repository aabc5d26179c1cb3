"""Choice ids carry their meaning there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import choice
from bot.choice import DONT_KNOW, LIMIT, Pressed

ids = st.from_regex(r"[a-z][a-z0-9_]{0,24}", fullmatch=True)


def test_a_choice_says_what_is_asked_of_what_and_for_whom() -> None:
    id = choice.ask("cap_doi_can_cuoc", "le_phi", {"cho_ai": "duoi_14"})
    assert id == "ask/cap_doi_can_cuoc/le_phi?cho_ai=duoi_14"
    assert choice.read(id) == Pressed("ask", ("cap_doi_can_cuoc", "le_phi"), {"cho_ai": "duoi_14"})


def test_asking_for_nothing_in_particular_asks_for_the_summary() -> None:
    assert choice.ask("ly_hon") == "ask/ly_hon/tong_quan"


def test_details_that_do_not_fit_are_left_out_the_last_first() -> None:
    details = {"cho_ai": "duoi_14", "noi_nop": "tai_quay", "ly_do": "mat"}
    assert choice.ask("dang_ky_khai_sinh", "thoi_han", details) == (
        "ask/dang_ky_khai_sinh/thoi_han?cho_ai=duoi_14&noi_nop=tai_quay"
    )


def test_not_knowing_is_an_answer_too() -> None:
    id = choice.answer("dang_ky_tam_tru", "cho_o", "")
    assert choice.read(id) == Pressed("ans", ("dang_ky_tam_tru", "cho_o", DONT_KNOW))


def test_commands_steps_and_groups() -> None:
    assert choice.read(choice.command("menu")) == Pressed("cmd", ("menu",))
    assert choice.read(choice.at_step("next", "lua_dao", 3)) == Pressed("at", ("next", "lua_dao", "3"))
    assert choice.read(choice.group("cu_tru")) == Pressed("in", ("cu_tru",))


@given(ids, ids, st.dictionaries(ids, ids, max_size=4))
def test_what_is_asked_is_read_back_as_far_as_it_fits(target: str, aspect: str, details: dict[str, str]) -> None:
    id = choice.ask(target, aspect, details)
    assert id.isascii()
    assert len(id) <= LIMIT
    found = choice.read(id)
    assert found is not None
    assert found.parts == (target, aspect)
    assert list(found.details.items()) == list(details.items())[: len(found.details)]


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "ask",
        "ask/",
        "ask/a",
        "ask//le_phi",
        "ask/a/b/c",
        "ans/a/b",
        "at/next/a",
        "cmd/menu?a=b",
        "cmd/menu\n",
        "cmd/đ",
        "cmd/<b>",
        "run/me",
        "ask/a/" + "b" * LIMIT,
    ],
)
def test_what_this_program_did_not_write_is_not_read(forged: str) -> None:
    assert choice.read(forged) is None


def test_details_that_are_no_pairs_are_left_out() -> None:
    assert choice.read("ask/a/b?c=d&e&f=g=h&") == Pressed("ask", ("a", "b"), {"c": "d"})


@given(st.text(max_size=80))
def test_reading_never_fails(id: str) -> None:
    choice.read(id)

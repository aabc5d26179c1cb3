from collections.abc import Set
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.ages import GROWN_UP, OLDEST, ages_answered, ages_in, ages_meant

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("con trai hai mươi mốt tuổi", {21}),
        ("ba tam muoi ba tuoi", {83}),
        ("cháu lên ba", {3}),
        ("bé được 18 tháng", {1}),
        ("em bé mới sinh", {0}),
        ("sắp 14 tuổi", {13}),
        ("tháng sau con tròn 6 tuổi", {6}),
        ("con tháng sau tròn 6 tuổi", {5}),
        ("trẻ từ 6 đến 14 tuổi", {6, 14}),
        ("sn 88", {37, 38}),
        ("sinh tháng 10 năm 2012", {14}),
        ("sinh 12/2012", {13}),
        ("cháu 13t", {13}),
    ],
)
def test_ages_are_read_in_figures_words_months_and_years_of_birth(text: str, ages: Set[int]) -> None:
    assert set(ages_in(text, DAY)) == ages


@pytest.mark.parametrize(
    "text",
    [
        "từ tuổi nào thì phải làm",
        "sau tuoi nao khoi doi",
        "ba tuổi cao sức yếu",
        "thu nhập 17t một tháng",
        "ho chieu con 6t nua het han",
        "giấy khai sinh năm 2015",
        "làm cho cháu 5 ngày có kịp không",
        "cháu đi 2 tuần rồi về",
        "ảnh chụp hồi 5 tuổi",
    ],
)
def test_what_only_looks_like_an_age_is_none(text: str) -> None:
    assert list(ages_in(text, DAY)) == []


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("làm cho con 5 tuổi", {5}),
        ("em 30 tuổi làm cho con", set()),
        ("em 30 tuổi làm cho con 5 tuổi", {5}),
        ("mẹ em 67 tuổi", {67}),
        ("chồng em 35 tuổi, bé nhà em làm", set()),
        ("ba 70 tuổi sang thăm con", {70}),
        ("cho em hỏi, em 30 tuổi", {30}),
    ],
)
def test_only_ages_of_whom_it_is_made_for_count(text: str, ages: Set[int]) -> None:
    assert ages_meant(text, DAY) == ages


@given(st.text(alphabet="0123456789 tuổihángsiể/n,cobé", max_size=40))
def test_an_age_is_possible(text: str) -> None:
    assert all(0 <= age <= OLDEST for age in ages_in(text, DAY))


@pytest.mark.parametrize(
    "text",
    [
        "làm căn cước cho mẹ",
        "tôi bị mất thẻ",
        "toi bi mat the can cuoc",
        "bác muốn làm lại cái thẻ",
        "chị ơi tôi mất hộ chiếu",
        "lam ho chieu cho me",
        "vợ chồng tôi làm hộ chiếu",
    ],
)
def test_who_names_only_grown_ups_needs_not_be_asked(text: str) -> None:
    assert ages_meant(text, DAY) == GROWN_UP


@pytest.mark.parametrize(
    "text",
    [
        "em làm thẻ lần đầu",
        "con muốn làm thẻ",
        "tôi làm hộ chiếu cho con",
        "tôi làm hộ chiếu cho nhân viên",
        "tôi có đứa em mất thẻ",
        "em với mẹ làm hộ chiếu",
        "ba thang nua the het han",
        "học trò của tôi mất thẻ",
        "làm thẻ cần gì",
    ],
)
def test_a_child_may_be_meant_where_somebody_else_is_named_or_nobody(text: str) -> None:
    assert ages_meant(text, DAY) == set()


def test_asked_for_whom_a_person_is_an_answer() -> None:
    for text in ("cho bác", "em", "cho ba", "người lớn", "cho vợ em"):
        assert ages_answered(text, DAY) == GROWN_UP
    for text in ("cho con", "cho bé", "cháu nội", "không biết"):
        assert ages_answered(text, DAY) == set()
    assert ages_answered("cháu 7 tuổi", DAY) == {7}

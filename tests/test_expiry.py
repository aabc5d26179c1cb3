from collections.abc import Set
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.expiry import overdue
from bot.understanding.stated import Clause
from bot.understanding.text import has_marks, normalise, tokens

DAY = date(2026, 11, 25)
OWN = frozenset[str]()


def days(text: str) -> set[int]:
    words = tokens(normalise(text))
    return overdue(Clause(words, has_marks(words)), OWN, DAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hết hạn ngày 10/11", {15}),
        ("het han 10/11/2026 roi", {15}),
        ("hết hạn từ tháng 3/2024", {969, 999}),
        ("quá hạn nửa năm", {182}),
        ("quá hạn gần 5 tháng", {149}),
        ("hết hạn hôm kia", {2}),
        ("hết hạn cách đây 3 ngày", {3}),
        ("sắp hết hạn 30/12", {0}),
        ("tới 20/12/2026 là hết hạn", {0}),
        ("còn 10 ngày nữa hết hạn", {0}),
        ("tháng sau mới hết hạn", {0}),
        ("chưa hết hạn", {0}),
        ("còn hạn tới tháng 3/2027", {0}),
    ],
)
def test_a_date_or_a_time_says_how_long_ago_it_ended(text: str, found: Set[int]) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "hết hạn",
        "hết hạn ngày 10/5",  # last May or the next one
        "hết hạn 31/2/2026",
        "quá hạn mấy tháng",
        "hợp đồng hết hạn ngày 10/11",  # another thing
        "gọi 10/11",
    ],
)
def test_what_leaves_it_open_says_nothing(text: str) -> None:
    assert days(text) == set()


@given(st.text(alphabet="0123456789/ hếtạnquáthgăm", max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    assert all(found >= 0 for found in days(f"hết hạn {text}"))

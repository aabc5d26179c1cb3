from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.details import details
from tests.small_content import QUESTIONS, TODAY


def found(text: str) -> dict[str, str]:
    return details(QUESTIONS, text, TODAY)


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("con em 5 tuổi làm hộ chiếu", "duoi_14"),
        ("bé 4 tháng", "duoi_14"),
        ("be nha em 8 thang", "duoi_14"),
        ("cháu 20 ngày tuổi", "duoi_14"),
        ("chau 13t", "duoi_14"),
        ("sinh năm 2019", "duoi_14"),
        ("bé sinh 2k20", "duoi_14"),
        ("cháu dưới 14 tuổi", "duoi_14"),
        ("chưa đủ 14 tuổi", "duoi_14"),
        ("năm tuổi", "duoi_14"),
        ("mười bốn tuổi", "tu_14"),
        ("bố tôi bảy mươi tuổi", "tu_14"),
        ("sinh ngày 3/5/2012", "tu_14"),
        ("ba 70 tuoi", "tu_14"),
    ],
)
def test_ages_and_years_of_birth_answer(text: str, option: str) -> None:
    assert found(text) == {"cho_ai": option}


@pytest.mark.parametrize(
    "text",
    [
        "con em làm hộ chiếu",  # words like con, cháu, bé say no age
        "bé nhà mình",
        "mấy tuổi thì được làm",
        "hộ chiếu còn 4 tháng",
        "ho chieu con 4 thang",
        "bé 3 tháng nữa mới đi",
        "sinh năm 2012",  # 13 or 14: the birthday decides
        "bố 70 tuổi, con 5 tuổi",
        "năm nay làm lại",
    ],
)
def test_what_says_no_age_answers_nothing(text: str) -> None:
    assert "cho_ai" not in found(text)


def test_a_day_of_birth_is_exact_on_the_birthday() -> None:
    text = "sinh ngày 25/11/2012"
    assert details(QUESTIONS, text, date(2026, 11, 24)) == {"cho_ai": "duoi_14"}
    assert details(QUESTIONS, text, date(2026, 11, 25)) == {"cho_ai": "tu_14"}


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("hộ chiếu bị mất", "mat"),
        ("ho chieu bi mat", "mat"),
        ("hộ chiếu của em hết hạn rồi", "het_han"),
        ("em chưa có hộ chiếu", "lan_dau"),  # the longer phrase holds, not «có hộ chiếu» inside it
        ("em có hộ chiếu rồi", "co_roi"),
        ("chưa bị mất, chỉ hết hạn", "het_han"),
    ],
)
def test_option_words_answer(text: str, option: str) -> None:
    assert found(text) == {"ly_do": option}


@pytest.mark.parametrize(
    "text",
    [
        "hộ chiếu chưa bị mất",
        "không phải làm mất đâu",
        "ko bi mat",
        "vừa hết hạn vừa làm mất",  # conflicting evidence
        "tự mất hút",
    ],
)
def test_denied_or_conflicting_words_answer_nothing(text: str) -> None:
    assert "ly_do" not in found(text)


@given(st.text(max_size=100))
def test_only_options_of_the_questions_are_found(text: str) -> None:
    assert all(option in QUESTIONS[question].options for question, option in found(text).items())

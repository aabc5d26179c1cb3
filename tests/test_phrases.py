"""Phrases are found in any spelling, over small words, choices and gaps; never over others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.phrases import Phrases
from bot.safety.reader import Reader

READER = Reader({"ck": ("chuyển khoản",), "ko": ("không",), "k": ("không", "nghìn"), "ca": ("công an",)})
PHRASES = Phrases(
    READER,
    [
        (phrase, phrase)
        for phrase in (
            "chuyển khoản",
            "đọc mã otp",
            "lãi cao",
            "[bấm|nhấn vào] … link",
            "đóng # triệu",
            "cho … mượn tiền",
        )
    ],
)


def found(text: str) -> set[str]:
    return {hit.value for hit in PHRASES.find(READER.words(text))}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("CHUYEN KHOAN", "chuyển khoản"),
        ("ck nhé", "chuyển khoản"),
        ("chuyenkhoan ngay", "chuyển khoản"),
        ("đọc cái mã otp", "đọc mã otp"),
        ("bấm cái đường dẫn có link", "[bấm|nhấn vào] … link"),
        ("nhan vao link", "[bấm|nhấn vào] … link"),
        ("đóng 15 triệu", "đóng # triệu"),
        ("cho nó mượn tiền", "cho … mượn tiền"),
    ],
)
def test_a_phrase_is_found_however_it_is_written(text: str, phrase: str) -> None:
    assert phrase in found(text)


@pytest.mark.parametrize("text", ["lại cao", "chuyện khoán", "đọc xong rồi thì mới có mã otp", "đóng triệu", "bấm"])
def test_other_words_are_no_phrase(text: str) -> None:
    assert not found(text)


def test_without_marks_a_word_may_be_every_word_that_it_looks_like() -> None:
    assert found("lai cao") == {"lãi cao"}


def test_a_gap_has_an_end() -> None:
    assert found("bấm một hai ba bốn năm link")
    assert not found("bấm một hai ba bốn năm sáu bảy link")


def test_a_hit_says_where() -> None:
    (hit,) = PHRASES.find(READER.words("em vừa chuyển khoản xong"))
    assert (hit.start, hit.end) == (2, 4)


def test_ambiguous_spellings_and_those_that_are_words_stay() -> None:
    assert [word.plain for word in READER.words("k ca ko")] == ["k", "ca", "khong"]


@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=5))
def test_no_phrase_and_no_text_raises(text: str, phrases: list[str]) -> None:
    reader = Reader({})
    list(Phrases(reader, [(phrase, phrase) for phrase in phrases]).find(reader.words(text)))


def test_a_spelling_that_nobody_has_learnt_is_read_as_a_slip() -> None:
    reader = Reader({})
    phrases = Phrases(reader, [("chuyển triệu", 1), ("nhắn tin", 2), ("mất trắng", 3), ("xóa nợ xấu", 4)])
    reader.learn("mặt trăng, con trâu " * 3)
    said = {text: [hit.value for hit in phrases.find(reader.words(text))] for text in SLIPS}
    assert said == SLIPS


SLIPS = {
    "chuyễn triêu": [1],  # no such word: read without marks
    "nhắng tin": [2],  # … or as what sounds like it
    "xoá nợ sấu": [4],
    "mặt trăng": [],  # correct, and something else
    "chuyên triệu": [1],
}

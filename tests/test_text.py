import unicodedata
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.text import _syllable, bare, clauses, has_marks, normalise, plain, tokens

VIETNAMESE = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắộợụỷ .,?!\n"), max_size=60)


@given(st.text() | VIETNAMESE)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(VIETNAMESE)
def test_the_way_of_encoding_does_not_matter(text: str) -> None:
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))


@given(VIETNAMESE)
def test_plain_text_has_no_marks_left(text: str) -> None:
    assert plain(text).isascii()


@given(st.text() | VIETNAMESE)
def test_marks_come_off_alike_word_by_word_and_at_once(text: str) -> None:
    bare_letters = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    assert plain(text) == unicodedata.normalize("NFC", bare_letters).replace("đ", "d").replace("Đ", "D")


def test_no_message_is_remembered_only_syllables(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = lru_cache(maxsize=None)(_syllable.__wrapped__)
    monkeypatch.setattr("bot.understanding.text._syllable", kept)
    plain("tôi tên là Nguyễn Thị Ánh, số nhà 12, mật khẩu Bíậtmậtlắm")
    before = kept.cache_info().currsize
    for word in ("tôi", "tên", "là", "Nguyễn", "Thị", "số", "nhà", "mật", "khẩu"):
        plain(word)
    assert kept.cache_info().currsize == before
    plain("Ánh, Bíậtmậtlắm")
    assert kept.cache_info().currsize == before


@given(st.text())
def test_bare_and_clauses_never_raise(text: str) -> None:
    assert bool(bare(text)) == bool(tokens(normalise(text)))
    assert all(clause in text for clause in clauses(text))


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("  Hoà   THUỶ\tkhoẻ ", "hòa thủy khỏe"),
        ("quý toàn", "quý toàn"),  # the tone stays where both spellings agree
        ("lắmmmm", "lắm"),
        ("một\nhai", "một. hai"),
        ("căn\u200bcước", "căncước"),
        ("𝐂𝐂𝐂𝐃", "cccd"),
    ],
)
def test_normal_form(typed: str, seen: str) -> None:
    assert normalise(typed) == seen


def test_dates_and_amounts_are_one_token() -> None:
    assert tokens("ngày 02/2026 nộp 7.000 đồng.") == ["ngày", "02/2026", "nộp", "7.000", "đồng"]


@pytest.mark.parametrize(
    ("text", "marked"),
    [("đăng ký tạm trú", True), ("dang ky tam tru", False), ("dang ky tạm tru o dau vay", False), ("123 456", False)],
)
def test_a_stray_mark_does_not_make_a_message_marked(text: str, marked: bool) -> None:
    assert has_marks(tokens(text)) is marked


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("dạ xong rồi ạ", "xong rồi"),
        ("da xong roi a", "xong roi"),
        ("Ad ơi, quay lại nhé!", "quay lại"),
        ("dạ", "dạ"),
        ("?!", ""),
    ],
)
def test_politeness_is_stripped_but_never_the_whole_answer(typed: str, left: str) -> None:
    assert bare(typed) == left


def test_clauses_end_at_marks_and_conjunctions() -> None:
    assert clauses("cần giấy gì, hết 7.000 đồng và mấy ngày có?") == ["cần giấy gì", "hết 7.000 đồng", "mấy ngày có"]

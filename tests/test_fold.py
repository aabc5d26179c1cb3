"""A word is the same word whatever letters were used to write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.fold import fold, plain, visible


def plainly(text: str) -> list[str]:
    return [word.plain for word in fold(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Điều kiện", "dieu kien"),
        ("D!EU K1EN", "dieu kien"),
        ("đ.i.ề.u k.i.ệ.n", "dieukien"),
        ("S.l.o.t N-ap QUA_HAN", "slot nap qua han"),
        ("0TP m@t kh4u", "otp mat khau"),
        ("\u0422i\u0435\u0301n nh\u00e4n", "tien nhan"),
        ("t\u0336i\u0336ề\u0336n", "tien"),
        ("ｔｉềｎ", "tien"),
        ("v\u200bn\u00ade\u2060id", "vneid"),
        ("khóaaaa linkkk", "khoa link"),
        ("5tr 24h 1tr2 300k 2 triệu", "5 tr 24 h 1 tr 2 300 k 2 trieu"),
        ("vneid_v3.apk, e-mail", "vneid v3 apk e mail"),
    ],
)
def test_words_are_read_as_they_are_meant(text: str, words: str) -> None:
    assert plainly(text) == words.split()


def test_marks_tell_words_apart_whatever_their_place_and_a_missing_one_is_missing() -> None:
    assert fold("hoà") == fold("hòa") != fold("hoa")
    assert fold("hoa")[0].full == ""
    assert fold("chuyễn đổi") == fold("chuyển đỗi")  # many mix hỏi and ngã


def test_amounts_of_letters_and_digits_that_mean_something_stay() -> None:
    assert plainly("căn cước 12 số, mức 2, mẫu ct01, quận 3") == [
        "can",
        "cuoc",
        "12",
        "so",
        "muc",
        "2",
        "mau",
        "ct01",
        "quan",
        "3",
    ]


def test_words_of_a_chat_are_not_letters_of_one_word() -> None:
    assert plainly("nạp r h k rút") == ["nap", "r", "h", "k", "rut"]
    assert plainly("đọc o t p") == ["doc", "otp"]


@given(st.text(max_size=200))
def test_no_text_raises_and_what_is_visible_stays_so(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert all(word.plain for word in fold(text))
    assert isinstance(plain(text), str)

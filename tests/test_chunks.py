"""A reply as plain text and its pieces: nothing is lost, nothing is too long, paragraphs stay whole when they can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.chunks import Size, split, utf16, written
from bot.message import Choice, Link, Reply

TEXTS = st.text(st.sampled_from("aăẻ😀. \n•\u0301") | st.characters(), max_size=300)


def test_telegram_counts_in_utf16() -> None:
    assert [utf16(text) for text in ("", "a", "ệ", "😀", "👨‍👩‍👧")] == [0, 1, 1, 2, 8]


@given(TEXTS, st.integers(2, 60), st.sampled_from([len, utf16]))
def test_every_piece_fits_and_nothing_but_white_space_is_lost(text: str, limit: int, size: Size) -> None:
    pieces = split(text, limit, size)
    assert all(piece == piece.strip() and 0 < size(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(TEXTS)
def test_a_text_that_fits_stays_as_it_is(text: str) -> None:
    assert split(text, 10_000, utf16) == ([text.strip()] if text.strip() else [])


@given(st.lists(st.text("abc ", min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=20))
def test_paragraphs_that_fit_are_never_cut(paragraphs: list[str]) -> None:
    whole = [paragraph.strip() for paragraph in paragraphs]
    pieces = split("\n\n".join(whole), 20)
    assert [part for piece in pieces for part in piece.split("\n\n")] == whole


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("một hai\n\nba bốn", ["một hai", "ba bốn"]),
        ("một hai\nba bốn", ["một hai", "ba bốn"]),
        ("một. Hai ba", ["một.", "Hai ba"]),
        ("một hai ba bốn", ["một hai", "ba bốn"]),
        ("mộthaibabốn", ["mộthaiba", "bốn"]),
    ],
)
def test_it_cuts_at_the_best_border_that_there_is(text: str, pieces: list[str]) -> None:
    assert split(text, 8) == pieces


def test_a_reply_is_its_text_its_links_and_numbered_lines() -> None:
    reply = Reply(
        "Nộp trên Cổng.",
        (Choice("ask/a/le_phi", "Lệ phí"), Choice("cmd/menu", "Mục khác")),
        (
            Link("Mở trang", "https://dichvucong.gov.vn"),
            Link("Gọi 1900 0368", "tel:19000368"),
            Link("Xấu", "javascript:alert(1)"),
        ),
    )
    assert written(reply) == (
        "Nộp trên Cổng.\n\nMở trang: https://dichvucong.gov.vn\nGọi 1900 0368\n\n1 · Lệ phí\n0 · Mục khác"
    )


def test_a_reply_without_more_is_its_text() -> None:
    assert written(Reply("Chào anh/chị.\n")) == "Chào anh/chị."

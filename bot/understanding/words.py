"""Lists of words, and whether a typed word is in one: written with its marks or without any."""

from __future__ import annotations

from functools import lru_cache

from bot.understanding.text import plain


def each_of(text: str) -> frozenset[str]:
    """The words of a list written in one line."""
    return frozenset(text.split())


def one_of(word: str, known: frozenset[str]) -> bool:
    """Whether a typed word is one of those, written with its marks or without any."""
    return word in known or (plain(word) == word and word in _unmarked(known))


@lru_cache(maxsize=64)
def _unmarked(known: frozenset[str]) -> frozenset[str]:
    return frozenset(map(plain, known))

"""Lists of words and phrases, and whether a typed word is in one, or a phrase in a sentence: with marks or without any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

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


class Phrases:
    """Phrases of two words or more, without marks, each with what it stands for; sought where their first two words stand."""

    def __init__(self, means: Mapping[tuple[str, ...], str]) -> None:
        """Phrases of one word are left out."""
        self._means = {words: id for words, id in means.items() if len(words) > 1}
        self._lengths: dict[tuple[str, str], set[int]] = {}  # two words → how long the phrases are that begin with them
        for one, two, *rest in self._means:
            self._lengths.setdefault((one, two), set()).add(2 + len(rest))

    def found(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Where each phrase stands in a sentence, how many words it has, and what it stands for."""
        for at, two in enumerate(pairwise(words)):
            for size in self._lengths.get(two, ()):
                id = self._means.get(tuple(words[at : at + size]))
                if id and at + size <= len(words):
                    yield at, size, id

    def leading(self, words: Sequence[str]) -> str:
        """What the longest phrase stands for that a sentence begins with; "" for none."""
        ends = range(len(words), 1, -1)
        return next((self._means[run] for end in ends if (run := tuple(words[:end])) in self._means), "")

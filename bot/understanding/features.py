"""Sparse features of a sentence: words and word pairs, once with marks and once without, and letter groups without.

A message typed without marks has the unmarked family alone: its marked features would say only that marks are missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, pairwise

import numpy as np
import numpy.typing as npt

from bot.understanding.text import has_marks, plain

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

MARKED, BARE = "m", "u"  # the families, by what the names of their features begin with
NUMBER = 4  # a longer number is somebody's, not a word: only its length is kept
GROUP = 4  # letters in a group, the word's borders included
_NOTHING = 1e-12  # squared length of a family without known features
_LETTERS = 0.6  # what a letter group weighs beside a word


def families(words: Sequence[str]) -> list[tuple[str, list[str]]]:
    """(prefix, words) of each family that a message has."""
    shown = ["0" * len(word) if word[0].isdigit() and len(word) > NUMBER else word for word in words]
    unmarked = (BARE, [plain(word) for word in shown])
    return [(MARKED, shown), unmarked] if has_marks(shown) else [unmarked]


def names(prefix: str, words: Sequence[str]) -> list[str]:
    """The names of all features of one family; a feature that occurs twice is named twice."""
    return [name for word in words for name in word_names(prefix, word)] + pair_names(prefix, words)


def pair_names(prefix: str, words: Sequence[str]) -> list[str]:
    return [f"{prefix}{one} {two}" for one, two in pairwise(("<", *words, ">"))]


@lru_cache(maxsize=32768)
def word_names(prefix: str, word: str) -> tuple[str, ...]:
    framed, name = f"<{word}>", f"{prefix}{word} "
    if prefix == MARKED or len(framed) <= GROUP:
        return (name,)
    return (name, *(f"{prefix}#{framed[i : i + GROUP]}" for i in range(len(framed) - GROUP + 1)))


class Vocabulary:
    """Feature name → row, and what each row weighs."""

    def __init__(self, features: Sequence[str], weights: Floats) -> None:
        self.features = tuple(features)
        self.weights = weights
        self.row_of = {name: row for row, name in enumerate(features)}

    def __len__(self) -> int:
        return len(self.features)

    def of_word(self, prefix: str, word: str) -> list[int]:
        """The rows of a word and its letters that are known."""
        return [self.row_of[name] for name in word_names(prefix, word) if name in self.row_of]

    def vectors(self, taken: Taken) -> tuple[Rows, Doubles, list[int]]:
        """The features of sentences one after the other: rows (a row may come twice) and values, and how many each sentence
        has. Each family has length 1 divided by the root of their number."""
        rows = np.array([self.row_of.get(name, -1) for name in taken.names], np.int32)[taken.numbers]
        known, shares = rows >= 0, np.repeat(taken.families, taken.families)
        rows, family_of = rows[known], np.repeat(np.arange(len(shares)), taken.lengths)[known]
        values = self.weights[rows].astype(np.float64)
        squares = np.bincount(family_of, values**2, len(shares)) * shares
        sizes = np.bincount(np.repeat(np.arange(len(taken.families)), taken.families)[family_of], minlength=len(taken))
        return rows, values * (np.maximum(squares, _NOTHING) ** -0.5)[family_of], sizes.tolist()


@dataclass(frozen=True, slots=True)
class Taken:
    """Sentences taken apart: the numbers of their features, one family after the other; how many each family has, and how
    many families each sentence. `names`: of the features, by number."""

    names: Sequence[str]
    numbers: Rows
    lengths: Sequence[int]
    families: Sequence[int]

    def __len__(self) -> int:
        return len(self.families)

    def followed_by(self, other: Taken) -> Taken:
        """The sentences of both."""
        number_of = {name: number for number, name in enumerate(self.names)}
        numbers = np.array([number_of.setdefault(name, len(number_of)) for name in other.names], np.int32)[
            other.numbers
        ]
        return Taken(
            list(number_of),
            np.concatenate([self.numbers, numbers]),
            [*self.lengths, *other.lengths],
            [*self.families, *other.families],
        )


class Numbers:
    """Numbers for the names of features, as they come. A word or a family that comes again is not taken apart again."""

    def __init__(self) -> None:
        self._of = defaultdict[str, int](count().__next__)
        self._words: dict[tuple[str, str], list[int]] = {}
        self._families: dict[tuple[str, tuple[str, ...]], list[int]] = {}

    def taken(self, sentences: Iterable[Sequence[str]]) -> Taken:
        flat, lengths, counts = list[int](), list[int](), list[int]()
        for words in sentences:
            found = families(words)
            counts.append(len(found))
            for prefix, family in found:
                numbers = self._family(prefix, tuple(family))
                lengths.append(len(numbers))
                flat += numbers
        return Taken(list(self._of), np.array(flat, np.int32), lengths, counts)

    def _family(self, prefix: str, words: tuple[str, ...]) -> list[int]:
        if (prefix, words) not in self._families:
            numbers = self._numbered(pair_names(prefix, words))
            for word in words:
                if (prefix, word) not in self._words:
                    self._words[prefix, word] = self._numbered(word_names(prefix, word))
                numbers += self._words[prefix, word]
            self._families[prefix, words] = numbers
        return self._families[prefix, words]

    def _numbered(self, found: Iterable[str]) -> list[int]:
        return list(map(self._of.__getitem__, found))


def vocabulary(taken: Taken, least: int = 2) -> Vocabulary:
    """Features that occur in at least `least` sentences, weighed by how rare they are (idf)."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only a fit needs it: a start has to do without (tests/test_train.py)

    ends = np.cumsum([0, *taken.lengths])[np.cumsum([0, *taken.families])]
    once = (np.ones(len(taken.numbers), np.int8), taken.numbers.copy(), ends)  # a copy, for it is sorted in place
    occurs = csr_matrix(once, (len(taken), len(taken.names)))
    occurs.sum_duplicates()  # a feature that a sentence has twice counts once
    seen = dict(zip(taken.names, np.bincount(occurs.indices, minlength=len(taken.names)).tolist(), strict=True))
    kept = sorted(name for name, count in seen.items() if count >= least)
    idf = [np.log((1 + len(taken)) / (1 + seen[name])) + 1 for name in kept]
    letters = [_LETTERS if name[1] == "#" else 1.0 for name in kept]
    return Vocabulary(kept, np.array(idf, np.float32) * np.array(letters, np.float32))

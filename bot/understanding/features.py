"""Sparse features of a sentence: words, word pairs and letter groups, once with marks and once without.

A message typed without marks has the unmarked family alone: its marked features would say only that marks are missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.understanding.text import has_marks, plain

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

NUMBER = 4  # a longer number is somebody's, not a word: only its length is kept
GROUPS = (3, 4)  # letters in a group, the word's borders included
_LETTERS = 0.6  # what a letter group weighs beside a word


def families(words: Sequence[str]) -> list[tuple[str, list[str]]]:
    """(prefix, words) of each family that a message has."""
    shown = ["0" * len(word) if word[0].isdigit() and len(word) > NUMBER else word for word in words]
    unmarked = ("u", [plain(word) for word in shown])
    return [("m", shown), unmarked] if has_marks(shown) else [unmarked]


def names(prefix: str, words: Sequence[str]) -> list[str]:
    """The names of all features of one family; a feature that occurs twice is named twice."""
    return [name for word in words for name in word_names(prefix, word)] + pair_names(prefix, words)


def pair_names(prefix: str, words: Sequence[str]) -> list[str]:
    return [f"{prefix}{one} {two}" for one, two in pairwise(("<", *words, ">"))]


@lru_cache(maxsize=32768)
def word_names(prefix: str, word: str) -> tuple[str, ...]:
    framed = f"<{word}>"
    groups = [framed[i : i + size] for size in GROUPS for i in range(len(framed) - size + 1) if size < len(framed)]
    return (f"{prefix}{word} ", *(f"{prefix}#{group}" for group in groups))


class Vocabulary:
    """Feature name → row, and what each row weighs."""

    def __init__(self, features: Sequence[str], weights: Floats) -> None:
        self.features = tuple(features)
        self.weights = weights
        self.row_of = {name: row for row, name in enumerate(features)}

    def __len__(self) -> int:
        return len(self.features)

    def rows(self, names: Iterable[str]) -> Rows:
        """The rows of the features that are known."""
        return np.array([row for name in names if (row := self.row_of.get(name)) is not None], np.int32)

    def vector(self, words: Sequence[str]) -> tuple[Rows, Floats]:
        """Rows (a row may come twice) and values; each family has length 1 divided by the root of their number."""
        found = [self.rows(names(prefix, family)) for prefix, family in families(words)]
        values = [unit(self.weights[rows]) * len(found) ** -0.5 for rows in found]
        return np.concatenate(found), np.concatenate(values)


def unit(values: Floats) -> Floats:
    return np.asarray(values / max(float(np.sqrt(values @ values)), 1e-6), np.float32)


def vocabulary(sentences: Iterable[Sequence[str]], least: int = 2) -> Vocabulary:
    """Features that occur in at least `least` sentences, weighed by how rare they are (idf)."""
    seen: Counter[str] = Counter()
    total = 0
    for words in sentences:
        total += 1
        seen.update({name for prefix, family in families(words) for name in names(prefix, family)})
    kept = sorted(name for name, count in seen.items() if count >= least)
    idf = [np.log((1 + total) / (1 + seen[name])) + 1 for name in kept]
    letters = [_LETTERS if name[1] == "#" else 1.0 for name in kept]
    return Vocabulary(kept, np.array(idf, np.float32) * np.array(letters, np.float32))

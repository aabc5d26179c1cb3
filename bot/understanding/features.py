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
Doubles = npt.NDArray[np.float64]

NUMBER = 4  # a longer number is somebody's, not a word: only its length is kept
GROUPS = (3, 4)  # letters in a group, the word's borders included
_NOTHING = 1e-12  # squared length of a family without known features
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

    def of_word(self, prefix: str, word: str) -> list[int]:
        """The rows of a word and its letters that are known."""
        return [self.row_of[name] for name in word_names(prefix, word) if name in self.row_of]

    def vectors(self, sentences: Sequence[Sequence[str]]) -> tuple[Rows, Doubles, list[int]]:
        """The features of sentences one after the other: rows (a row may come twice) and values, and how many each sentence
        has. Each family has length 1 divided by the root of their number."""
        of_word: dict[tuple[str, str], list[int]] = {}
        flat, lengths, shares, sizes = list[int](), list[int](), list[int](), list[int]()
        for words in sentences:
            before, found = len(flat), families(words)
            for prefix, family in found:
                begun = len(flat)
                flat += [self.row_of[name] for name in pair_names(prefix, family) if name in self.row_of]
                for key in ((prefix, word) for word in family):
                    if key not in of_word:
                        of_word[key] = self.of_word(*key)
                    flat += of_word[key]
                lengths.append(len(flat) - begun)
            shares += [len(found)] * len(found)
            sizes.append(len(flat) - before)
        rows = np.array(flat, np.int32)
        values, family_of = self.weights[rows].astype(np.float64), np.repeat(np.arange(len(lengths)), lengths)
        squares = np.bincount(family_of, values**2, len(lengths)) * shares
        return rows, values * (np.maximum(squares, _NOTHING) ** -0.5)[family_of], sizes


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

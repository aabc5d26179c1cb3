"""Margins of a message from its words: what each word and its letters weigh is summed once and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from bot.understanding.features import Floats, Vocabulary, families, pair_names
from bot.understanding.levels import Levels

MOST = 8192  # words that are kept, and rows of features
Placed = list[tuple[int, int]]  # (row, index of the word that it belongs to; a pair belongs to its first word)


class Sums:
    """`levels`: feature × columns, weights in steps of their row; `step`: of each feature."""

    def __init__(self, vocabulary: Vocabulary, levels: Levels, step: Floats) -> None:
        self._vocabulary = vocabulary
        self._levels = levels
        self._scale = vocabulary.weights * step
        self._squares: list[float] = (vocabulary.weights**2).tolist()
        self._at: dict[tuple[str, str], int] = {}
        self._kept = np.empty((MOST, levels.width), np.float32)  # a row that was not written takes no memory
        self._kept_squares: list[float] = []
        self._used = np.empty((MOST, levels.width), np.int8)  # rows of features met lately, with all of their columns
        self._used_at: dict[int, int] = {}

    def margins(self, words: Sequence[str], tail: int) -> Floats:
        """What `vocabulary.vectors([words])` times the weights gives, in one row of all words; where there are more than
        `tail`, in a second one of the last of them."""
        starts = (-1, len(words) - tail) if len(words) > tail else (-1,)
        found = families(words)
        kept, loose = _Shares(starts, self._kept_squares), _Shares(starts, self._squares)
        for prefix, family in found:
            mine = self._find(prefix, family)
            squares = [len(found) * (kept.square(mine[0], start) + loose.square(mine[1], start)) for start in starts]
            kept.add(mine[0], squares)
            loose.add(mine[1], squares)
        features = np.array(loose.rows, np.intp)
        margins = (loose.shares() * self._scale[features]) @ self._rows(loose.rows)
        return margins + kept.shares() @ self._kept[kept.rows] if kept.rows else margins

    def _find(self, prefix: str, family: Sequence[str]) -> tuple[Placed, Placed]:
        """The kept words; and the features that are not summed: pairs, and words once the table is full."""
        row_of = self._vocabulary.row_of
        pairs = enumerate(pair_names(prefix, family), -1)
        loose = [(row, at) for at, name in pairs if (row := row_of.get(name)) is not None]
        kept = []
        for at, word in enumerate(family):
            row = self._at.get((prefix, word))
            if row is None:
                rows = self._vocabulary.of_word(prefix, word)
                if len(self._kept_squares) == MOST:
                    loose += ((each, at) for each in rows)
                    continue
                row = self._keep((prefix, word), rows)
            kept.append((row, at))
        return kept, loose

    def _rows(self, rows: Sequence[int]) -> Floats:
        """These rows of the levels. Once there is no more room for those met lately, it begins anew."""
        if new := [row for row in dict.fromkeys(rows) if row not in self._used_at]:
            if len(self._used_at) + len(new) > MOST:
                self._used_at.clear()
                new = list(dict.fromkeys(rows))
            if len(new) > MOST:
                return self._levels.rows(rows)
            first = len(self._used_at)
            self._used[first : first + len(new)] = self._levels.rows(new)
            self._used_at.update(zip(new, range(first, first + len(new)), strict=True))
        return self._used[[self._used_at[row] for row in rows]].astype(np.float32)

    def _keep(self, word: tuple[str, str], rows: Sequence[int]) -> int:
        row = self._at[word] = len(self._kept_squares)
        self._kept[row] = self._scale[rows] @ self._levels.rows(rows) if rows else 0.0
        self._kept_squares.append(sum(map(self._squares.__getitem__, rows)))
        return row


class _Shares:
    """How much of each row counts for each start."""

    def __init__(self, starts: Sequence[int], squares: Sequence[float]) -> None:
        self.rows: list[int] = []
        self._starts = starts
        self._squares = squares
        self._shares: list[list[float]] = [[] for _ in starts]

    def square(self, placed: Placed, start: int) -> float:
        return sum([self._squares[row] for row, at in placed if at >= start])

    def add(self, placed: Placed, squares: Iterable[float]) -> None:
        self.rows += [row for row, _ in placed]
        for shares, start, square in zip(self._shares, self._starts, squares, strict=True):
            share = square**-0.5 if square else 0.0
            shares += [share if at >= start else 0.0 for _, at in placed]

    def shares(self) -> Floats:
        return np.array(self._shares, np.float32)

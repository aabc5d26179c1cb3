"""Weights as small whole numbers, most of them zero: of each row only the others are kept (docs/decisions/0015)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.understanding.features import Floats

Bytes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Row × column. What a row has besides zeros stands from its `starts` to that of the next row; `width`: columns."""

    values: Bytes
    columns: npt.NDArray[np.uint16]
    starts: npt.NDArray[np.int32]  # one more than there are rows
    width: int

    @classmethod
    def of(cls, dense: Bytes) -> Levels:
        rows, columns = np.nonzero(dense)
        return cls(dense[rows, columns], columns.astype(np.uint16), _starts(np.count_nonzero(dense, 1)), dense.shape[1])

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.starts) - 1, self.width

    def rows(self, rows: Sequence[int]) -> Floats:
        """These rows with all of their columns: row asked for × column."""
        found = np.zeros((len(rows), self.width), np.float32)
        if rows:
            at = np.array(rows, np.intp)
            starts, ends = self.starts[at], self.starts[at + 1]
            spans = [slice(*span) for span in zip(starts.tolist(), ends.tolist(), strict=True)]
            firsts = np.arange(0, found.size, self.width)  # of each row among all places
            places = np.repeat(firsts, ends - starts) + np.concatenate([self.columns[span] for span in spans])
            found.ravel()[places] = np.concatenate([self.values[span] for span in spans])
        return found

    def dense(self) -> Bytes:
        return self.rows(range(len(self.starts) - 1)).astype(np.int8)

    def packed(self) -> dict[str, Any]:
        """As arrays that compress well: from column to column, lower bytes first and higher ones after them."""
        steps = np.diff(self.columns, prepend=np.uint16(0)).astype("<u2")  # a new row steps back, around zero
        return {
            "values": self.values,
            "steps": np.ascontiguousarray(steps.view(np.uint8).reshape(-1, 2).T),
            "counts": np.diff(self.starts).astype(np.uint16),
            "width": np.array(self.width),
        }

    @classmethod
    def unpacked(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> Levels:
        steps = np.ascontiguousarray(arrays["steps"].T).view("<u2").ravel()
        columns = np.cumsum(steps, dtype=np.uint16)
        return cls(
            arrays["values"].astype(np.int8, copy=False), columns, _starts(arrays["counts"]), int(arrays["width"])
        )


def _starts(counts: npt.NDArray[np.generic]) -> npt.NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int32)

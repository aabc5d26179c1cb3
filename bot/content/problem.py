"""What is wrong with the content: where, which rule, and the way out, in Vietnamese for editors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    path: str  # relative to the content directory
    line: int  # from 1
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code}: {self.text}"

    def github(self) -> str:
        """A workflow command, so that a pull request shows the problem at its line."""
        return f"::error file={self.path},line={self.line},title={self.code}::{self.text}"


class ContentError(Exception):
    """The content cannot be used. `problems` are sorted by path and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))

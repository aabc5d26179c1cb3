"""What is wrong with the content: where, which rule, and the way out, in Vietnamese for editors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_QUOTED = re.compile(r"«(?:[^«»]|«[^«»]*»){81,}»")  # a value may be a whole paragraph, with quotes of its own
_HEAD, _TAIL = 200, 100  # of a text that is too long all the same: what is wrong, and the way out


def _shortened(found: re.Match[str]) -> str:
    return f"{found[0][:80].rstrip()}…»"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    path: str  # relative to the content directory
    line: int  # from 1
    code: str
    text: str  # one line

    def __post_init__(self) -> None:
        text = _QUOTED.sub(_shortened, " ".join(self.text.split()))
        if len(text) > _HEAD + _TAIL:
            text = f"{text[:_HEAD].rstrip()}… {text[-_TAIL:].lstrip()}"
        object.__setattr__(self, "text", text)

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

"""Phrases in a text, however it is spelled and whatever small words stand between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.safety.reader import Reader, Words

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """A phrase that was found: what it stands for, and the words from `start` to `end` that said it."""

    value: Value
    start: int
    end: int


class Phrases(Generic[Value]):
    """Many phrases, looked for at once; how they are written, see `Pattern`."""

    def __init__(self, reader: Reader, phrases: Iterable[tuple[str, Value]]) -> None:
        pairs = list(phrases)
        self._number, self._patterns = reader.list_of(phrase for phrase, _ in pairs)
        self._values = [value for _, value in pairs]

    def find(self, words: Words) -> list[Hit[Value]]:
        """The phrases in a text, those that begin first first."""
        return sorted(self._found(words), key=_begins)

    def has(self, words: Words) -> bool:
        return any(True for _ in self._found(words))

    def _found(self, words: Words) -> Iterator[Hit[Value]]:
        for nth in sorted(words.wanted.get(self._number, ())):
            pattern = self._patterns[nth]
            if pattern is None:
                continue
            for start in pattern.starts(words.places):
                for end in pattern.ends(words, words.places, start):
                    yield Hit(self._values[nth], start, end)


def _begins(hit: Hit[Value]) -> int:
    return hit.start

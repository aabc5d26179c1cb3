"""Phrases in a text, however it is spelled and whatever small words stand between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.safety.fold import fold

Value = TypeVar("Value")

_ELLIPSIS = re.compile(r"\s*(?:…|\.{3})\s*")
_ANY = ""  # stands for «…» of a phrase
_MOST_ANY = 6  # words that «…» may stand for
_MOST_SMALL = 3  # small words that may stand between two words of a phrase
_SMALL_WORDS = (
    "a ad ah ai anh ay ba bac ban bi ca cai cau chau chi cho chu chung co con cu cua cung da day de deu di em gi giup gium"
    " ha hay het hom kia la lai len lien luon lun ma may minh mot mat nay nha nhe nhu no nua o oi ong ra roi rui sang se"
    " the thi tho toi trong tui tu va vao ve voi vua xong xuong e r t c z v moi do duoc nguoi ta ho"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_WORD_LIKE = re.compile(r"(?:[bcdghklmnpqrstvx]{0,3})[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
_KEPT = frozenset(("ko", "e"))  # chat spellings that look like words and are none
_LONG = 7  # letters; a longer token that is no known word may be several words without spaces


class Reader:
    """Text → words as phrases know them: folded, chat spellings written out."""

    def __init__(self, spellings: Mapping[str, Sequence[str]]) -> None:
        self._full: dict[str, list[str]] = {}
        for spelled, readings in spellings.items():
            key = fold(spelled)
            if len(readings) == 1 and len(key) == 1 and (key[0] in _KEPT or not _WORD_LIKE.fullmatch(key[0])):
                self._full[key[0]] = fold(readings[0])

    def words(self, text: str) -> list[str]:
        full = self._full
        return [word for token in fold(text) for word in full.get(token, (token,))]


@dataclass(slots=True)
class _Node(Generic[Value]):
    next: dict[str, _Node[Value]] = field(default_factory=dict)
    values: list[Value] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """A phrase that was found: what it stands for, and the words from `start` to `end` that said it."""

    value: Value
    start: int
    end: int


class Phrases(Generic[Value]):
    """Many phrases, looked for at once. «…» in a phrase stands for up to six words."""

    def __init__(self, reader: Reader, phrases: Iterable[tuple[str, Value]]) -> None:
        self._root: _Node[Value] = _Node()
        self.vocabulary: set[str] = set()
        for phrase, value in phrases:
            parts = [reader.words(part) for part in _ELLIPSIS.split(phrase)]
            words = [word for part in parts if part for word in (_ANY, *part)][1:]
            if words:
                self._add(words, value)

    def _add(self, words: Sequence[str], value: Value) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        node.values.append(value)
        self.vocabulary.update(words)

    def find(self, words: Sequence[str]) -> Iterator[Hit[Value]]:
        for start, word in enumerate(words):
            node = self._root.next.get(word)
            if node:
                for value, end in _walk(node, words, start + 1):
                    yield Hit(value, start, end)


def _walk(node: _Node[Value], words: Sequence[str], at: int) -> Iterator[tuple[Value, int]]:
    for value in node.values:
        yield value, at
    wide = node.next.get(_ANY)
    for further in range(at, min(at + _MOST_ANY + 1, len(words)) if wide else at):
        assert wide  # noqa: S101
        child = wide.next.get(words[further])
        if child:
            yield from _walk(child, words, further + 1)
    for further in range(at, min(at + _MOST_SMALL + 1, len(words))):
        child = node.next.get(words[further])
        if child:
            yield from _walk(child, words, further + 1)
            return
        if words[further] not in _SMALL:
            return

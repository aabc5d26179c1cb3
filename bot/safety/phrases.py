"""Phrases in a text, however it is spelled and whatever small words stand between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Generic, TypeVar

from bot.safety.fold import Word, fold

Value = TypeVar("Value")

_CHOICE = re.compile(r"\[([^\]]*)\]")
_ELLIPSIS = re.compile(r"\s*(?:…|\.{3})\s*")
_ANY = Word("…", "")
_MOST_ANY = 5  # words that «…» may stand for
_SMALL_WORDS = (
    "a ad ah ai anh ay ba bac ban bi ca cai cau chau chi cho chu chung co con cu cua cung da day de deu di em gi giup gium"
    " ha hay het hom kia la lai len lien luon lun ma may minh mot mat nay nha nhe nhu no nua o oi ong ra roi rui sang se"
    " the thi tho thoi toi trong tui tu va vao ve voi vua xong xuong e r t c z v moi do duoc nguoi ta ho"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_WORD_LIKE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
_KEPT = frozenset(("ko", "e"))  # chat spellings that look like words and are none
_JOINED = 7  # letters; a longer token that is no known word may be several words without spaces
_LONGEST = 60


class Reader:
    """Text → words as phrases know them: folded, chat spellings written out, words without spaces taken apart."""

    def __init__(self, spellings: Mapping[str, Sequence[str]]) -> None:
        self.known: set[str] = set()  # what tokens can be taken apart into
        self._full: dict[str, list[Word]] = {}
        for spelled, readings in spellings.items():
            key = [word.plain for word in fold(spelled)]
            if len(readings) == 1 and len(key) == 1 and (key[0] in _KEPT or not _WORD_LIKE.fullmatch(key[0])):
                self._full[key[0]] = fold(readings[0])

    def words(self, text: str) -> list[Word]:
        words: list[Word] = []
        for word in fold(text):
            if word.plain in self._full:
                words += self._full[word.plain]
            elif _JOINED <= len(word.plain) <= _LONGEST and word.plain not in self.known:
                words += self._apart(word)
            else:
                words.append(word)
        return words

    def _apart(self, word: Word) -> list[Word]:
        """«chuyentien» → «chuyen», «tien»; the word itself when it cannot be taken apart into known ones."""
        text = word.plain
        ends: list[int | None] = [0, *[None] * len(text)]  # position → where the last word before it starts
        for end in range(2, len(text) + 1):
            starts = (start for start in range(max(0, end - 7), end - 1) if ends[start] is not None)
            ends[end] = next((start for start in starts if text[start:end] in self.known), None)
        parts, end = [], len(text)
        while end and (start := ends[end]) is not None:
            parts.append(Word(text[start:end], ""))
            end = start
        return [word] if end or len(parts) < 2 else parts[::-1]


@dataclass(slots=True)
class _Node(Generic[Value]):
    next: dict[str, dict[str, _Node[Value]]] = field(default_factory=dict)  # plain → full → node
    values: list[Value] = field(default_factory=list)

    def child(self, word: Word) -> _Node[Value]:
        return self.next.setdefault(word.plain, {}).setdefault(word.full, _Node())

    def after(self, word: Word) -> Iterable[_Node[Value]]:
        """What a typed word leads to: with marks only itself, without marks every word that it may be."""
        found = self.next.get(word.plain)
        if not found:
            return ()
        if not word.full:
            return found.values()
        return (found[word.full],) if word.full in found else ()


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """A phrase that was found: what it stands for, and the words from `start` to `end` that said it."""

    value: Value
    start: int
    end: int


class Phrases(Generic[Value]):
    """Many phrases, looked for at once. In a phrase «[a|b c]» stands for either, «…» for up to five words."""

    def __init__(self, reader: Reader, phrases: Iterable[tuple[str, Value]]) -> None:
        self._root: _Node[Value] = _Node()
        for phrase, value in phrases:
            for plain in _choices(phrase):
                parts = [reader.words(part) for part in _ELLIPSIS.split(plain)]
                words = [word for part in parts if part for word in (_ANY, *part)][1:]
                if words:
                    self._add(reader, words, value)

    def _add(self, reader: Reader, words: Sequence[Word], value: Value) -> None:
        node = self._root
        for word in words:
            node = node.child(word)
        node.values.append(value)
        reader.known.update(word.plain for word in words)

    def find(self, words: Sequence[Word]) -> Iterator[Hit[Value]]:
        for start, word in enumerate(words):
            for node in self._root.after(word):
                for value, end in _walk(node, words, start + 1, 0):
                    yield Hit(value, start, end)


def _choices(phrase: str) -> Iterator[str]:
    parts = _CHOICE.split(phrase)
    return map("".join, product(*(part.split("|") if n % 2 else (part,) for n, part in enumerate(parts))))


def _walk(node: _Node[Value], words: Sequence[Word], at: int, said: int) -> Iterator[tuple[Value, int]]:
    """What a phrase that goes on at a word may end as. `said`: its words so far; as many small ones may stand between."""
    for value in node.values:
        yield value, at
    for wide in node.next.get("…", {}).values():
        for further in range(at, min(at + _MOST_ANY + 1, len(words))):
            for child in wide.after(words[further]):
                yield from _walk(child, words, further + 1, 0)
    for further in range(at, min(at + said + 2, len(words))):
        children = node.after(words[further])
        for child in children:
            yield from _walk(child, words, further + 1, min(said + 1, 2))
        if children or words[further].plain not in _SMALL:
            return

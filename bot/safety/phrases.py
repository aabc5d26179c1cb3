"""Phrases in a text, however it is spelled and whatever small words stand between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.safety.fold import Word, fold

Value = TypeVar("Value")

_PARTS = re.compile(r"\[[^\]]*\]|…|\.{3}|[^\s\[\]…]+")
_ELLIPSES = ("…", "...")
_SPELLED = re.compile(r"[^\W\d_]+")
_NUMBER = "#"  # in a phrase: any number
_DIGITS = frozenset("0123456789")
_MOST_ANY = 5  # words that «…» may stand for
_SMALL_ONES = (
    "a ad ah ai anh ay ba bac ban bi ca cai cau chau chi cho chu chung co con cu cua cung da day de deu di em gi giup gium"
    " ha hay het hom kia la lai len lien luon lun ma may minh mot mat nay nha nhe nhu no nua o oi ong ra roi rui sang se"
    " the tho thoi toi trong tui tu va vao ve voi vua xong xuong e r t c z v moi do duoc nguoi ta ho"
)
SMALL_WORDS = frozenset(_SMALL_ONES.split())
_WORD_LIKE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
_KEPT = frozenset(("ko", "e"))  # chat spellings that look like words and are none
_JOINED = 7  # letters; a longer token that is no known word may be several words without spaces
_LONGEST = 60
_SLIPS, _LONGEST_SLIP = 4, 9  # letters of a word that may be a slip of a known one
_LETTERS = "abcdeghiklmnopqrstuvxy"
_OFTEN = 3  # times that a spelling is seen before it counts as correct: examples have slips, too
_STARTS = (  # how words begin, as they sound and as they are mistyped
    ("s", "x"),
    ("x", "s"),
    ("ch", "tr"),
    ("tr", "ch"),
    ("d", "gi"),
    ("gi", "d"),
    ("r", "g"),
    ("v", "d"),
    ("r", "d"),
    ("k", "c"),
)
_ENDS = (("ng", "n"), ("n", "ng"), ("c", "t"), ("t", "c"), ("y", "i"), ("i", "y"), ("nh", "n"), ("n", "nh"))


class Reader:
    """Text → words as phrases know them: folded, chat spellings written out, words without spaces taken apart."""

    def __init__(self, spellings: Mapping[str, Sequence[str]]) -> None:
        self.known: set[str] = set()  # what tokens can be taken apart into
        self._learnt = False
        self._spelled = {""}  # every spelling with marks that was learnt
        self._heard: set[str] = set()  # … without marks
        self._phrases: dict[str, list[Word]] = {}
        self._full: dict[str, list[Word]] = {}
        for spelled, readings in spellings.items():
            key = [word.plain for word in fold(spelled)]
            if len(readings) == 1 and len(key) == 1 and (key[0] in _KEPT or not _WORD_LIKE.fullmatch(key[0])):
                self._full[key[0]] = fold(readings[0])

    def phrase(self, text: str) -> list[Word]:
        """The words of a phrase, which become known words; «#» is kept."""
        if text not in self._phrases:
            parts = (([Word(part, "")] if part == _NUMBER else self._written(part)) for part in text.split())
            self._phrases[text] = [word for part in parts for word in part]
            self.known.update(word.plain for word in self._phrases[text])
            self._learn(self._phrases[text])
        return self._phrases[text]

    def learn(self, text: str) -> None:
        """Takes the spellings of a text for correct ones, but those without a tone only when they come several times, for
        a tone is soon forgotten; from then on others are read as slips."""
        self._learnt = True
        seen = Counter(_SPELLED.findall(text.lower()))
        self._learn(
            word for spelled, times in seen.items() for word in fold(spelled) if _toned(word) or times >= _OFTEN
        )

    def words(self, text: str) -> list[Word]:
        """A word whose spelling nobody has learnt is read without its marks, or as a word that sounds like it."""
        spelled, heard = self._spelled, self._heard
        if not self._learnt:
            return self._written(text)
        return [
            word if word.full in spelled and (word.full or word.plain in heard) else self._meant(word)
            for word in self._written(text)
        ]

    def _learn(self, words: Iterable[Word]) -> None:
        for word in words:
            self._heard.add(word.plain)
            self._spelled.add(word.full)

    def _meant(self, word: Word) -> Word:
        plain = word.plain
        if plain in self._heard or plain[0] in _DIGITS:
            return Word(plain, "")
        said = [plain, *(new + plain.removeprefix(old) for old, new in _STARTS if plain.startswith(old))]
        said += [each.removesuffix(old) + new for each in said for old, new in _ENDS if each.endswith(old)]
        return Word(next((each for each in said if each in self.known), self._slip(plain)), "")

    def _slip(self, plain: str) -> str:
        """A known word that was typed with two letters swapped or one left out; the word itself when none or several."""
        if not _SLIPS <= len(plain) <= _LONGEST_SLIP:
            return plain
        near = {plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :] for at in range(len(plain) - 1)}
        near |= {plain[:at] + letter + plain[at:] for at in range(1, len(plain)) for letter in _LETTERS}
        found = near & self.known
        return found.pop() if len(found) == 1 else plain

    def _written(self, text: str) -> list[Word]:
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


def _toned(word: Word) -> bool:
    return bool(word.full) and not word.full[-1].isalpha()


@dataclass(slots=True, eq=False)
class _Node(Generic[Value]):
    values: list[Value] = field(default_factory=list)
    wide: _Node[Value] | None = None  # what may follow after «…»
    made: dict[str, _Node[Value]] = field(default_factory=dict)  # part of a phrase → where it leads
    plain: dict[str, list[_Node[Value]]] = field(default_factory=dict)  # a word typed without marks → all it may be
    marked: dict[Word, list[_Node[Value]]] = field(default_factory=dict)  # a word typed with marks → only itself

    def after(self, word: Word) -> Sequence[_Node[Value]]:
        """Where a typed word leads."""
        if word.plain in self.plain:
            return self.marked.get(word, ()) if word.full else self.plain[word.plain]
        return self.plain.get(_NUMBER, ()) if word.plain[0] in _DIGITS else ()

    def lead(self, word: Word, to: _Node[Value]) -> None:
        self.plain.setdefault(word.plain, []).append(to)
        self.marked.setdefault(word, []).append(to)


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """A phrase that was found: what it stands for, and the words from `start` to `end` that said it."""

    value: Value
    start: int
    end: int


class Phrases(Generic[Value]):
    """Many phrases, looked for at once. In a phrase «[a|b c]» stands for either, «…» for up to five words, «#» for a
    number."""

    def __init__(self, reader: Reader, phrases: Iterable[tuple[str, Value]]) -> None:
        self._reader = reader
        self._root: _Node[Value] = _Node()
        for phrase, value in phrases:
            node = self._root
            for part in _PARTS.findall(phrase):
                node = node.made.get(part) or self._grow(node, part)
            if node is not self._root:
                node.values.append(value)

    def find(self, words: Sequence[Word]) -> Iterator[Hit[Value]]:
        """The phrases in a text, those that begin first first."""
        firsts = self._root.plain
        starts = [at for at, word in enumerate(words) if word[0] in firsts]  # no phrase begins with a number
        there = {_NUMBER if word[0][0] in _DIGITS else word[0] for word in words} if starts else set()
        for start in starts:
            open_ = [(node, start + 1, 0) for node in self._root.after(words[start])]
            seen = set()
            while open_:
                node, at, said = open_.pop()
                for value in node.values:
                    yield Hit(value, start, at)
                if (node.wide or not there.isdisjoint(node.plain)) and (node, at) not in seen:
                    seen.add((node, at))
                    _go_on(open_, node, words, at, said)

    def has(self, words: Sequence[Word]) -> bool:
        return any(True for _ in self.find(words))

    def _grow(self, node: _Node[Value], part: str) -> _Node[Value]:
        """The node after a part of a phrase: a word, a choice or «…»."""
        target: _Node[Value] = _Node()
        if part in _ELLIPSES:
            node.wide = target
        for choice in part.strip("[]").split("|") if part not in _ELLIPSES else ():
            at, words = node, self._reader.phrase(choice)
            for word in words[:-1]:
                step: _Node[Value] = _Node()
                at.lead(word, step)
                at = step
            if words:
                at.lead(words[-1], target)
        node.made[part] = target
        return target


def _go_on(
    open_: list[tuple[_Node[Value], int, int]], node: _Node[Value], words: Sequence[Word], at: int, said: int
) -> None:
    """Adds where a phrase may go on after a node. `said`: its words so far; as many small ones may stand between."""
    if wide := node.wide:
        nexts = wide.plain
        for further in range(at, min(at + _MOST_ANY + 1, len(words))):
            word = words[further]
            if word[0] in nexts or word[0][0] in _DIGITS:
                for child in wide.after(word):
                    open_.append((child, further + 1, 0))
    if nexts := node.plain:
        for further in range(at, min(at + said + 2, len(words))):
            word = words[further]
            children = node.after(word) if word[0] in nexts or word[0][0] in _DIGITS else ()
            for child in children:
                open_.append((child, further + 1, min(said + 1, 2)))
            if children or word[0] not in SMALL_WORDS:
                return

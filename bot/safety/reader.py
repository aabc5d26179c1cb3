"""Text → words as phrases know them: folded, chat spellings written out, words without spaces taken apart, slips mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.safety.fold import Word, fold
from bot.safety.pattern import DIGITS, NUMBER, Part, Pattern, Places, places

_SPELLED = re.compile(r"[^\W\d_]+")
_WORD_LIKE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
_KEPT = frozenset(("ko", "e"))  # chat spellings that look like words and are none
_JOINED = 7  # letters; a longer token that is no known word may be several words without spaces
_LONGEST = 60
_SLIPS, _LONGEST_SLIP = 4, 9  # letters of a word that may be a slip of a known one
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

Wanted = Mapping[int, Iterable[int]]  # a list of phrases → those that may be in a message, by their numbers there


class _Sign(NamedTuple):
    """Words that a message has when it has a pattern."""

    way: frozenset[str]
    number: int
    nth: int
    besides: tuple[frozenset[str], ...]  # and one word of each of these


class Words(list[Word]):
    """The words of a message and where each stands. `wanted`: of each list of phrases those that it may have."""

    __slots__ = ("places", "wanted")

    def __init__(self, words: Iterable[Word], places: Places, wanted: Wanted) -> None:
        super().__init__(words)
        self.places, self.wanted = places, wanted


class Reader:
    """Knows all phrases that are looked for, so that a message is compared with those alone whose rarest part it has."""

    def __init__(self, spellings: Mapping[str, Sequence[str]]) -> None:
        self.known: set[str] = set()  # what tokens can be taken apart into
        self._learnt = False
        self._spelled = {""}  # every spelling with marks that was learnt
        self._heard: set[str] = set()  # … without marks
        self._often: Counter[str] = Counter()  # words without marks, in what was learnt
        self._lists = 0
        self._patterns: list[tuple[int, int, Pattern]] = []  # list, number there
        self._by_rarest: dict[str, list[_Sign]] | None = None
        self._short: dict[str, list[str]] | None = None  # a known word without one of its letters → the word
        self._written_as: dict[str, list[Word]] = {}
        self._parts: dict[str, Part] = {}
        self._full: dict[str, list[Word]] = {}
        for spelled, readings in spellings.items():
            key = [word.plain for word in fold(spelled)]
            if len(readings) == 1 and len(key) == 1 and (key[0] in _KEPT or not _WORD_LIKE.fullmatch(key[0])):
                self._full[key[0]] = fold(readings[0])

    def list_of(self, phrases: Iterable[str]) -> tuple[int, list[Pattern | None]]:
        """The number of a new list, and its patterns. Their words become known words."""
        number, patterns = self._lists, [Pattern.of(phrase, self._part) for phrase in phrases]
        self._lists += 1
        self._patterns += [(number, nth, pattern) for nth, pattern in enumerate(patterns) if pattern]
        self._by_rarest = None
        return number, patterns

    def learn(self, text: str) -> None:
        """Takes the spellings of a text for correct ones, but those without a tone only when they come several times, for
        a tone is soon forgotten; from then on others are read as slips."""
        self._learnt, self._by_rarest = True, None
        for spelled, times in Counter(_SPELLED.findall(text.lower())).items():
            words = fold(spelled)
            self._often.update({word.plain: times for word in words})
            self._learn(word for word in words if _toned(word) or times >= _OFTEN)

    def settle(self) -> None:
        """No phrases are added any more: forgets what only building needs."""
        self._written_as.clear()
        self._parts.clear()
        self._by_rarest, self._short = self._sorted(), None
        self._often.clear()

    def words(self, text: str) -> Words:
        """What `read` gives, with the phrases that may be among it."""
        words = self.read(text)
        found = places(words)
        return Words(words, found, self._wanted(frozenset(found)))

    def read(self, text: str) -> list[Word]:
        """A word whose spelling nobody has learnt is read without its marks, or as a word that sounds like it."""
        if not self._learnt:
            return self._written(text)
        spelled, heard = self._spelled, self._heard
        return [
            word if word.full in spelled and (word.full or word.plain in heard) else self._meant(word)
            for word in self._written(text)
        ]

    def spelled_out(self, words: Iterable[Word]) -> list[Word]:
        """Chat spellings in full: all that `read` does for a text that is spelled well."""
        return [each for word in words for each in self._full.get(word.plain) or (word,)]

    def _wanted(self, there: frozenset[str]) -> Wanted:
        if self._by_rarest is None:
            self._by_rarest = self._sorted()
        wanted: dict[int, dict[int, None]] = {}
        for word in self._by_rarest.keys() & there:
            for way, number, nth, besides in self._by_rarest[word]:
                if way <= there and not any(map(there.isdisjoint, besides)):
                    wanted.setdefault(number, {})[nth] = None
        return wanted

    def _sorted(self) -> dict[str, list[_Sign]]:
        """The patterns by the rarest word of each way to say the part that ordinary messages have most rarely."""
        often = {NUMBER: sum(self._often.values()), **self._often}
        signs: dict[Part, dict[frozenset[str], str]] = {}  # the words of each way → the rarest one
        for part in {part for _, _, pattern in self._patterns for part in pattern.parts}:
            ways = {frozenset(word.plain for word in way) for ways in part.ways.values() for way in ways}
            signs[part] = {way: min(sorted(way), key=lambda word: often.get(word, 0)) for way in ways}
        how_often = {part: sum(often.get(word, 0) for word in found.values()) for part, found in signs.items()}
        sorted_: dict[str, list[_Sign]] = {}
        for number, nth, pattern in self._patterns:
            rarest = min(pattern.parts, key=how_often.__getitem__)
            besides = pattern.besides(rarest)
            for way, word in signs[rarest].items():
                sorted_.setdefault(word, []).append(_Sign(way, number, nth, besides))
        return sorted_

    def _part(self, text: str) -> Part:
        if text not in self._parts:
            self._parts[text] = Part.of(text, self._phrase)
        return self._parts[text]

    def _phrase(self, text: str) -> list[Word]:
        """The words of a phrase, which become known words; «#» is kept."""
        if text not in self._written_as:
            parts = (([Word(part, "")] if part == NUMBER else self._written(part)) for part in text.split())
            self._written_as[text] = [word for part in parts for word in part]
            self.known.update(word.plain for word in self._written_as[text])
            self._learn(self._written_as[text])
            self._short = None
        return self._written_as[text]

    def _learn(self, words: Iterable[Word]) -> None:
        for word in words:
            self._heard.add(word.plain)
            self._spelled.add(word.full)

    def _meant(self, word: Word) -> Word:
        plain = word.plain
        if plain in self._heard or plain[0] in DIGITS:
            return Word(plain, "")
        said = [plain, *(new + plain.removeprefix(old) for old, new in _STARTS if plain.startswith(old))]
        said += [each.removesuffix(old) + new for each in said for old, new in _ENDS if each.endswith(old)]
        return Word(next((each for each in said if each in self.known), self._slip(plain)), "")

    def _slip(self, plain: str) -> str:
        """A known word that was typed with two letters swapped or one left out; the word itself when none or several."""
        if not _SLIPS <= len(plain) <= _LONGEST_SLIP:
            return plain
        if self._short is None:
            self._short = _shortened(self.known)
        swapped = {plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :] for at in range(len(plain) - 1)}
        found = (swapped & self.known).union(self._short.get(plain, ()))
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


def _shortened(known: Iterable[str]) -> dict[str, list[str]]:
    """Known words by what is left of them without one of their inner letters."""
    found: dict[str, list[str]] = {}
    for word in known:
        if _SLIPS < len(word) <= _LONGEST_SLIP + 1:
            for short in {word[:at] + word[at + 1 :] for at in range(1, len(word) - 1)}:
                found.setdefault(short, []).append(word)
    return found

"""Reads what was typed: chat spellings in full, unknown syllables repaired, words typed as one taken apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.noise import telex, vni
from bot.understanding.text import has_marks, normalise, plain, tokens

SCRAP = 3  # letters: what is shorter is read as another word only where both its neighbours say so
RARE = 6  # times that a word may stand in the training text and still be a slip for another one

Repair = tuple[str, str]  # typed, read as
Readings = Mapping[str, tuple[str, ...]]

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|ieu|oai|oao|oay|oeo|uay|uoi|uou|uya|uye|uyu|yeu)"
    r"(?:ch|ng|nh|[cmnpt])?"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as the model sees it. Without marks when it was typed without."""

    words: tuple[str, ...]
    repairs: tuple[Repair, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.words)


class Speller:
    """Knows the words and word pairs of the training text, and the chat spellings."""

    def __init__(self, counts: Mapping[str, int], pairs: Iterable[str], readings: Readings) -> None:
        self.counts = dict(counts)
        self.pairs = frozenset(pairs)
        self.readings = dict(readings)
        self._plain = frozenset(map(plain, counts))
        self._known = self._plain.union(counts)

    def read(self, text: str, typed: str = "") -> Reading:
        words, marked = self.in_full(typed or normalise(text))
        out: list[str] = []
        repairs: list[Repair] = []
        keep = frozenset[str]() if all(map(self._knows, words)) else names(text)
        for word in words:
            found = [word] if word in keep or self._knows(word) else self._typed_or_apart(word)
            found = found if marked else [plain(part) for part in found]
            if found != [word]:
                repairs.append((word, " ".join(found)))
            out += found
        return self._in_sentence(text, out, marked, repairs)

    def in_full(self, typed: str) -> tuple[list[str], bool]:
        """The words of a normal form, chat spellings in full, and whether they have marks; all have, or none."""
        words = tokens(typed)
        marked = has_marks(words)
        words = self.expand(words)
        return (words if marked else list(map(plain, words))), marked

    def _in_sentence(self, text: str, words: Sequence[str], marked: bool, repairs: Sequence[Repair]) -> Reading:
        """Unknown words, and rare ones beside neighbours never seen there, read as others that are so like them that they may
        be meant, and are seen beside both: «sác nhận» → «xác nhận», «đăng ký kih doanh» → «kinh doanh»."""
        known = [f"{one} {two}" in self.pairs for one, two in pairwise(("<", *map(plain, words), ">"))]
        if all(known) and all(map(self._knows, words)):
            return Reading(tuple(words), tuple(repairs))
        out, more = list(words), list(repairs)
        for at, word in enumerate(words):
            if (known[at] and known[at + 1] and self._knows(word)) or self._said(word, marked) > RARE:
                continue
            before, after = out[at - 1] if at else "<", words[at + 1] if at + 1 < len(words) else ">"
            found = self._beside(word, before, after, marked) or self._alone(word, marked)
            if found != word and word not in names(text):
                out[at] = found
                more.append((word, found))
        return Reading(tuple(out), tuple(more))

    def _beside(self, word: str, before: str, after: str, marked: bool) -> str:
        """What is most like a word, of what is seen between these two; "" for nothing. A neighbour that is itself unknown
        does not count, but beside scraps and for known words both have to."""
        known = word in self._known
        others = self._alike(word, marked) if known else self._slips(word, marked)
        sure = known or len(word) < SCRAP
        wanted = 2 if sure else max(1, sum(each in "<>" or each in self._known for each in (before, after)))
        fits = [other for other in others if self._fits(before, (other,), after) >= wanted]
        return min(fits, key=lambda other: (OSA.distance(word, other), -self._said(other, marked)), default="")

    def _alone(self, word: str, marked: bool) -> str:
        """An unknown word read without its neighbours: of a syllable, maybe a name, only the marks may be wrong."""
        if self._knows(word) or not word.isalpha():
            return word
        if _SYLLABLE.fullmatch(plain(word)):
            return self._same_letters(word) if marked else word
        return self._nearest(word, marked)

    def _said(self, word: str, marked: bool) -> int:
        """How often a word stands in the training text."""
        return self.counts.get(word, 0) if marked else self._plain_counts[word]

    def _alike(self, word: str, marked: bool) -> Iterator[str]:
        """Other known words that sound the same in some region: with marks, those of the same tone."""
        bare = plain(word)
        for other in self._by_sound.get(sound(bare), ()):
            if other != bare and not marked:
                yield other
            elif other != bare:
                yield from (way for way in self._marked_of.get(other, (other,)) if tone(way) == tone(word))

    def _slips(self, word: str, marked: bool) -> Iterator[str]:
        """Known words that sound the same, or that are one letter more, less, other or swapped away; marks do not count."""
        yield from self._alike(word, marked)
        bare = plain(word)
        if not bare.isalpha():
            return
        for other, _ in _near(bare, self._plain_keys, 1):
            if other != bare:
                yield from self._marked_of.get(other, (other,)) if marked else (other,)
            elif marked:
                yield from self._marked_of.get(other, ())

    def expand(self, words: Sequence[str]) -> list[str]:
        """Chat spellings in full: «đc» → «được»; of several readings the one that fits its neighbours, or the first."""
        if self.readings.keys().isdisjoint(words):
            return list(words)
        out: list[str] = []
        for at, word in enumerate(words):
            readings = self.readings.get(word)
            if not readings:
                out.append(word)
                continue
            after = words[at + 1] if at + 1 < len(words) else ">"
            before = out[-1] if out else "<"
            ways = [tokens(reading) for reading in readings]
            fits = [self._fits(before, way, after) for way in ways]
            out += ways[fits.index(max(fits))]
        return out

    def _fits(self, before: str, way: Sequence[str], after: str) -> int:
        return (pair(before, way[0]) in self.pairs) + (pair(way[-1], after) in self.pairs) if way else -1

    def _knows(self, word: str) -> bool:
        return word in self._known or word.isdigit() or len(word) < SCRAP

    def _typed_or_apart(self, word: str) -> list[str]:
        """An unknown word as its keys were meant, or as the two words that it is typed together from; else as it is."""
        leftover = self._typed.get(word)
        if leftover:
            return [leftover]
        joined = word.isalpha() and not _SYLLABLE.fullmatch(plain(word))
        return (joined and self._apart(word)) or [word]

    def _same_letters(self, word: str) -> str:
        near = [known for known in self._marked_of.get(plain(word), ()) if OSA.distance(telex(word), telex(known)) <= 1]
        return max(near, key=self.counts.__getitem__, default=word)

    def _apart(self, word: str) -> list[str]:
        """«tamtru» → «tam tru», when the pair occurs in the training text."""
        cuts = ([word[:at], word[at:]] for at in range(2, len(word) - 1))
        return next((cut for cut in cuts if all(map(self._knows, cut)) and pair(*cut) in self.pairs), [])

    def _nearest(self, word: str, marked: bool) -> str:
        if len(word) < 4:
            return word
        typed, limit = telex(word), 1 if len(word) < 8 else 2
        keys = self._keys if marked else self._plain_keys
        found = _near(typed, keys, limit)
        words = [(distance, keys[len(key)][key]) for key, distance in found]
        return min(words, key=lambda each: (each[0], -self.counts.get(each[1], 1), each[1]), default=(0, word))[1]

    @cached_property
    def _keys(self) -> dict[int, dict[str, str]]:
        """How a word is typed → the word, by how long that is."""
        return _by_length((telex(word), word) for word in self.counts if len(word) > 2 and word.isalpha())

    @cached_property
    def _plain_keys(self) -> dict[int, dict[str, str]]:
        return _by_length((word, word) for word in sorted(self._plain) if word.isalpha())

    @cached_property
    def _typed(self) -> dict[str, str]:
        """What a keyboard leaves when Telex or VNI was off → the word."""
        marked = sorted((word for word in self.counts if plain(word) != word), key=self.counts.__getitem__)
        return {way(word, at_end): word for at_end in (False, True) for way in (vni, telex) for word in marked}

    @cached_property
    def _plain_counts(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for word, count in self.counts.items():
            found[plain(word)] += count
        return found

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in sorted(self._plain):
            if _SYLLABLE.fullmatch(word) and len(word) > 1:
                found.setdefault(sound(word), []).append(word)
        return found

    @cached_property
    def _marked_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self.counts:
            if plain(word) != word:
                found.setdefault(plain(word), []).append(word)
        return found


def _near(typed: str, keys: Mapping[int, Mapping[str, str]], limit: int) -> Iterator[tuple[str, int]]:
    """Keys that so many slips make of what was typed, and how many; only those about as long can be."""
    for length in range(len(typed) - limit, len(typed) + limit + 1):
        near = process.extract(typed, keys.get(length, {}).keys(), scorer=OSA.distance, score_cutoff=limit, limit=None)
        yield from ((key, distance) for key, distance, _ in near)


def _by_length(pairs: Iterable[Repair]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for key, word in pairs:
        found.setdefault(len(key), {})[key] = word
    return found


_FIRST = (("tr", "ch"), ("x", "s"), ("gi", "d"), ("r", "d"), ("v", "d"), ("n", "l"))  # an initial → what it sounds like
_VOWELS = (("uou", "uu"), ("ieu", "iu"), ("yeu", "iu"), ("uoi", "ui"), ("y", "i"))
_LAST = (("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t"))
_MARK = dict(zip("\u0300\u0301\u0303\u0309\u0323", "`'~~.", strict=True))  # many mix hỏi and ngã


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """What a syllable without marks has in common with those that some region says, and writes, like it: s and x, ch and tr,
    d, gi, r and v, l and n, final n and ng, t and c."""
    first, into = next(
        ((a, b) for a, b in _FIRST if word.startswith(a) and not word.startswith(("ng", "nh"))), ("", "")
    )
    word = into + word[len(first) :]
    for one, other in _VOWELS:
        word = word.replace(one, other, 1)
    last, into = next(((a, b) for a, b in _LAST if word.endswith(a) and len(word) > len(a)), ("", ""))
    return word[: len(word) - len(last)] + into


def tone(word: str) -> str:
    """The tone of a written syllable; "" for the level one."""
    return "".join(_MARK.get(char, "") for char in unicodedata.normalize("NFD", word))


def pair(one: str, two: str) -> str:
    return f"{plain(one)} {plain(two)}"


def names(text: str) -> frozenset[str]:
    """Words with a capital inside a sentence: names of people and places. None in a text that is all capitals."""
    words = tokens(text)
    capital = [word for word in words[1:] if word.istitle()]
    return frozenset(map(normalise, capital)) if 2 * len(capital) <= len(words) else frozenset()


def speller(sentences: Iterable[str], readings: Readings) -> Speller:
    """Learns words and pairs from training text. Chat spellings are no words of their own."""
    clean = {str(normalise(key)): tuple(map(normalise, ways)) for key, ways in readings.items()}
    counts: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for sentence in sentences:
        words = tokens(normalise(sentence))
        counts.update(word for word in words if word not in clean)
        pairs.update(" ".join(two) for two in pairwise(("<", *map(plain, words), ">")))
    counts.update({word: 1 for ways in clean.values() for way in ways for word in tokens(way) if word not in counts})
    return Speller(dict(sorted(counts.items())), sorted(pairs), clean)

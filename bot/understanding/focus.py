"""What of the content a message touches: the single item of a guide that it is about, or no matter at all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from sys import intern

from bot.content.types import Content, Guide, Item
from bot.understanding.text import normalise, plain, tokens
from bot.understanding.words import Phrases

LINKS = frozenset(  # small words that name no matter
    [
        *(
            "the",
            "vay",
            "con",
            "roi",
            "thi",
            "sao",
            "a",
            "nhi",
            "nhe",
            "ha",
            "z",
            "v",
            "vs",
            "do",
            "nay",
            "cai",
            "no",
            "la",
        ),
        *("duoc", "dc", "k", "ko", "khong", "em", "e", "anh", "chi", "minh", "toi", "mat", "den", "ra", "di", "o"),
    ]
)
OF_THEIR_OWN = ("ho_so", "le_phi", "thoi_han", "noi_nop")  # parts that nobody names who does not ask for them
QUESTIONS = frozenset(["gi", "nao", "dau", "nhieu", "may", "lau"])
MOST_WORDS = 9  # of a message that only asks for a part of what was talked about
LONGEST = 6  # words of a way to ask that is looked for inside a message
SOME = 0.4  # what an item shares, from here on, to be told before others
BLUR = 5  # words added to an item's length, so that a short one does not win by being short


@dataclass(frozen=True, slots=True)
class Point:
    """An item of a guide: its part, where it stands there, and how much of the message's rare words it shares (≥ 0)."""

    aspect: str
    index: int
    score: float


class Focus:
    """Built once per content; looking costs some tens of microseconds."""

    def __init__(self, content: Content, before: tuple[Content, Focus] | None = None) -> None:
        """`before`: another content and what was built of it; what is known of guides that are the same is taken over."""
        self._items, self._seen = _known(content, *before) if before else ({}, Counter())
        for id, guide in content.guides.items():
            if id not in self._items:
                self._items[id] = _Items(guide)
                self._seen.update(self._items[id].counts())
        self._total = sum(len(items.places) for items in self._items.values())
        ways = {tuple(_words(phrase)): id for id, phrases in content.aspects.items() for phrase in phrases}
        self._ways = Phrases(ways)
        self._pairs = frozenset(" ".join(pair) for words in ways for pair in pairwise(words))
        self._called = frozenset(
            " ".join(_words(name)) for guide in content.guides.values() for name in (guide.title, *guide.aliases)
        )
        self._talk = {
            " ".join(map(spelled, tokens(normalise(example)))): talk.id
            for spelled in (str, plain)
            for talk in content.small_talk.values()
            for example in talk.examples
        }

    def look(self, guide: str, words: Sequence[str]) -> Mapping[str, Point]:
        """The best item of each part of a guide for the words of a message; parts that share nothing are left out.
        What the guide is called, and ways to ask, count for nothing."""
        best: dict[str, Point] = {}
        for point in self._shared(guide, words):
            if point.aspect not in best or point.score > best[point.aspect].score:
                best[point.aspect] = point
        return best

    def near(self, guide: str, words: Sequence[str], aspect: str) -> tuple[int, ...]:
        """Where the items of a part stand that share something with the words of a message, the nearest first."""
        found = [point for point in self._shared(guide, words) if point.aspect == aspect and point.score >= SOME]
        return tuple(point.index for point in sorted(found, key=lambda point: -point.score))

    def _shared(self, guide: str, words: Sequence[str]) -> list[Point]:
        """The items that share something with the words, as they stand in the guide."""
        items = self._items.get(guide)
        if items is None:
            return []
        shared: dict[int, float] = {}
        for gram in dict.fromkeys(_grams([plain(word) for word in words])):
            at = items.having.get(gram)
            if at and gram not in items.names and gram not in self._pairs:
                rarity = math.log((self._total + 1) / (self._seen[gram] + 0.5))
                for item in at:
                    shared[item] = shared.get(item, 0.0) + rarity
        places = [(*items.places[item], shared[item]) for item in sorted(shared)]
        return [Point(aspect, index, share / size) for aspect, index, size, share in places]

    def asked(self, words: Sequence[str]) -> frozenset[str]:
        """The parts that a message asks for in so many words: «từng bước», «lệ phí bao nhiêu»."""
        return frozenset(part for _, _, part in self._ways.found([plain(word) for word in words]))

    def asked_together(self, words: Sequence[str]) -> tuple[str, ...]:
        """The parts that a message asks for by one question after the other, without a comma: «nộp ở đâu mất bao nhiêu tiền»;
        as they come, none twice."""
        said = [plain(word) for word in words]
        runs = [(size, at, part) for at, size, part in self._ways.found(said)]
        found: dict[int, str] = {}
        taken = set[int]()
        for size, at, part in sorted(runs, reverse=True):
            here = range(at, at + size)
            if part in OF_THEIR_OWN and taken.isdisjoint(here) and not QUESTIONS.isdisjoint(said[at : at + size]):
                found[at] = part
                taken.update(here)
        return tuple(dict.fromkeys(found[at] for at in sorted(found)))

    def named(self, words: Sequence[str]) -> bool:
        """Whether a message is nothing but the name of a guide."""
        return " ".join(map(plain, words)) in self._called

    def small_talk(self, words: Sequence[str]) -> str:
        """The small talk of which a message repeats an example, with its marks or without any; "" for none."""
        return self._talk.get(" ".join(words), "")

    def led(self, words: Sequence[str]) -> str:
        """The part that a message begins by asking for: «giấy tờ làm hộ chiếu …»; "" for none."""
        return self._ways.leading([plain(word) for word in words[:LONGEST]])

    def elliptic(self, words: Sequence[str]) -> bool:
        """Whether a message names no matter: nothing but ways to ask for a part («thế lệ phí thì sao») and small words."""
        said = [plain(word) for word in words]
        if len(said) > MOST_WORDS or any(" ".join(run) in self._called for run in _runs(said, MOST_WORDS)):
            return False
        covered = {at + n for at, pair in enumerate(pairwise(said)) if " ".join(pair) in self._pairs for n in (0, 1)}
        return bool(covered) and all(at in covered or word in LINKS for at, word in enumerate(said))


class _Items:
    """The items of a guide: where each stands with the root of its blurred length, which ones have a word or pair, and which
    words and pairs only name the guide."""

    def __init__(self, guide: Guide) -> None:
        self.names = frozenset(map(intern, _names(guide)))
        self.places: list[tuple[str, int, float]] = []
        having: dict[str, list[int]] = {}
        for aspect, items in guide.parts.items():
            for index, item in enumerate(items):
                grams = frozenset(_of_text(_text(item)))
                for gram in grams:
                    having.setdefault(gram, []).append(len(self.places))
                self.places.append((aspect, index, math.sqrt(BLUR + len(grams))))
        self.having = {
            intern(gram): tuple(at) for gram, at in having.items()
        }  # one string for all guides, no spare room

    def counts(self) -> dict[str, int]:
        """How many items have each word and pair."""
        return {gram: len(at) for gram, at in self.having.items()}


def _known(content: Content, before: Content, focus: Focus) -> tuple[dict[str, _Items], Counter[str]]:
    """Of a focus that was built of the content `before`, what still holds."""
    old, seen = before.guides, focus._seen.copy()
    items = dict(focus._items)
    for id in [id for id in items if content.guides.get(id) != old[id]]:
        seen.subtract(items.pop(id).counts())
    return items, +seen  # counts that came to nothing are left out


def _text(item: Item) -> str:
    """All that an item says; what an editor calls a problem («chu_tro_khong_chiu») says what it is as well."""
    return " . ".join(filter(None, (item.id.replace("_", " "), item.title, item.text, item.see, item.error)))


def _names(guide: Guide) -> Iterator[str]:
    for name in (guide.title, *guide.aliases):
        yield from _of_text(name)


def _of_text(text: str) -> Iterator[str]:
    return _grams(_words(text))


def _words(text: str) -> list[str]:
    return tokens(plain(normalise(text)))


def _runs(words: Sequence[str], longest: int) -> Iterator[Sequence[str]]:
    for start in range(len(words)):
        yield from (words[start:end] for end in range(start + 1, min(start + longest, len(words)) + 1))


def _grams(words: Sequence[str]) -> Iterator[str]:
    """Words and pairs of neighbours."""
    yield from words
    yield from (f"{one} {two}" for one, two in pairwise(words))

"""One phrase that is looked for: words, choices between words, gaps; and where in a message it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.safety.fold import Word

NUMBER = "#"  # in a phrase: any number
DIGITS = frozenset("0123456789")
_PARTS = re.compile(r"\[[^\]]*\]|…|\.{3}|[^\s\[\]…]+")
_ELLIPSES = ("…", "...")
_MOST_ANY = 5  # words that «…» may stand for
_MOST_SMALL = 3  # small words between two words of a phrase; fewer near its beginning
_SMALL_ONES = (
    "a ad ah ai anh ay ba bac ban bi ca cai cau chau chi cho chu chung co con cu cua cung da day de deu di em gi giup gium"
    " ha hay het hom kia la lai len lien luon lun ma may minh mot mat nay nha nhe nhu no nua o oi ong ra roi rui sang se"
    " the tho thoi toi trong tui tu va vao ve voi vua xong xuong e r t c z v moi do duoc nguoi ta ho"
)
SMALL_WORDS = frozenset(_SMALL_ONES.split())

Way = tuple[Word, ...]
Places = Mapping[str, Sequence[int]]  # of each word of a message, without marks, where it stands
Written = Callable[[str], Sequence[Word]]  # a text → its words


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A word of a phrase, or «[a|b c]», which is either."""

    ways: Mapping[str, tuple[Way, ...]]  # by their first word without marks
    firsts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "firsts", frozenset(self.ways))

    @classmethod
    def of(cls, text: str, written: Written) -> Part:
        ways: dict[str, tuple[Way, ...]] = {}
        for choice in text.strip("[]").split("|"):
            if way := tuple(written(choice)):
                ways[way[0].plain] = (*ways.get(way[0].plain, ()), way)
        return cls(ways)

    def beginning(self, word: Word, places: Places) -> Sequence[Way]:
        """The ways that a typed word may begin: typed with marks only those that have the same, and of longer ones only those
        whose second word is there, too."""
        ways = self.ways.get(word.plain)
        if ways is None:
            return self.ways.get(NUMBER, ()) if word.plain[0] in DIGITS else ()
        return [way for way in ways if _may_begin(way, word) and (len(way) == 1 or way[1].plain in places)]


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """«[a|b c]» stands for either, «…» for up to five words, «#» for a number; small words may stand between."""

    parts: tuple[Part, ...]
    wide: tuple[bool, ...]  # of each part: whether «…» stands before it

    @classmethod
    def of(cls, phrase: str, part: Callable[[str], Part]) -> Pattern | None:
        """None for a phrase without words."""
        parts, wide, gap = list[Part](), list[bool](), False
        for text in _PARTS.findall(phrase):
            if text in _ELLIPSES:
                gap = True
                continue
            parts.append(part(text))
            wide.append(gap)
            gap = False
        return cls(tuple(parts), tuple(wide)) if parts and all(each.firsts for each in parts) else None

    def besides(self, part: Part) -> tuple[frozenset[str], ...]:
        """Of each of its other parts the words that it begins with: a message that has it has one of each."""
        return tuple(each.firsts for each in self.parts if each is not part)

    def starts(self, places: Places) -> list[int]:
        """Where it may begin."""
        found = self.parts[0].firsts & places.keys()
        return sorted(at for word in found for at in places[word])

    def ends(self, words: Sequence[Word], places: Places, start: int) -> Iterator[int]:
        """Where it ends when it begins at `start`, each end once. `places`: of the words."""
        open_ = [(0, way, 1, start + 1, 0) for way in self.parts[0].beginning(words[start], places)]
        seen = set[tuple[int, Way, int, int]]()
        ended = set[int]()
        while open_:
            nth, way, done, at, said = open_.pop()
            if (nth, way, done, at) in seen:
                continue
            seen.add((nth, way, done, at))
            if done < len(way):
                if (further := _next(words, at, said, way[done])) is not None:
                    open_.append((nth, way, done + 1, further + 1, min(said + 1, _MOST_SMALL - 1)))
            elif nth + 1 < len(self.parts):
                open_ += self._following(words, places, nth + 1, at, said)
            elif at not in ended:
                ended.add(at)
                yield at

    def _following(
        self, words: Sequence[Word], places: Places, nth: int, at: int, said: int
    ) -> Iterator[tuple[int, Way, int, int, int]]:
        """Where its `nth` part may begin from `at`. `said`: words of the phrase so far, since the last gap; as many small
        ones and one more may stand between."""
        part = self.parts[nth]
        if self.wide[nth]:
            for further in range(at, min(at + _MOST_ANY + 1, len(words))):
                for way in part.beginning(words[further], places):
                    yield nth, way, 1, further + 1, 0
            return
        for further in range(at, min(at + said + 2, len(words))):
            ways = part.beginning(words[further], places)
            for way in ways:
                yield nth, way, 1, further + 1, min(said + 1, _MOST_SMALL - 1)
            if ways or words[further].plain not in SMALL_WORDS:
                return


def _may_begin(way: Way, word: Word) -> bool:
    return not word.full or way[0] == word


def _next(words: Sequence[Word], at: int, said: int, wanted: Word) -> int | None:
    for further in range(at, min(at + said + 2, len(words))):
        word = words[further]
        if (
            word.plain[0] in DIGITS
            if wanted.plain == NUMBER
            else word.plain == wanted.plain and word.full in ("", wanted.full)
        ):
            return further
        if word.plain not in SMALL_WORDS:
            return None
    return None


def places(words: Sequence[Word]) -> dict[str, list[int]]:
    """Where each word of a message stands, without its marks; under «#» its numbers, too."""
    found: dict[str, list[int]] = {}
    for at, (plain, _) in enumerate(words):
        found.setdefault(plain, []).append(at)
        if plain[0] in DIGITS:
            found.setdefault(NUMBER, []).append(at)
    return found

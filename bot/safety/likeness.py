"""Which known scam a message sounds like: its words against what scammers say and what citizens ordinarily ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log

from bot.content.types import FIRST_AID, Content
from bot.safety.fold import Word, plain
from bot.safety.phrases import Reader

_TOKEN = re.compile(r"\w+")
_LEAST = 5  # words of a message that can be like a script at all


class Likeness:
    """Pairs of neighbouring words, each worth what it tells apart scripts from questions."""

    def __init__(self, reader: Reader, content: Content) -> None:
        ordinary: Counter[str] = Counter()
        for line in plain("\n".join(_ordinary(content))).splitlines():  # at once: a thousand lines take a while
            ordinary.update({f"{one} {two}" for one, two in pairwise(_TOKEN.findall(line))})
        self._worth: dict[str, dict[str, float]] = {}  # feature → warning → worth
        for warning in content.warnings.values():
            known: Counter[str] = Counter()
            for text in (*warning.says, *warning.signs, warning.title):
                known.update(set(_features(reader.words(text))))
            for feature, count in known.items():
                worth = log((count + 0.5) / (ordinary[feature] + 0.5)) / (1 + ordinary[feature])
                if worth > 0:
                    self._worth.setdefault(feature, {})[warning.id] = worth

    def resembles(self, words: Sequence[Word]) -> tuple[str, float]:
        """The warning that the words are most like ("" when none), and how much of them is its script, from 0 to 1."""
        features = set(_features(words))
        if len(words) < _LEAST:
            return "", 0.0
        worth: dict[str, float] = {}
        for feature in features:
            for warning, value in self._worth.get(feature, {}).items():
                worth[warning] = worth.get(warning, 0.0) + value
        if not worth:
            return "", 0.0
        best, value = max(worth.items(), key=lambda pair: (pair[1], pair[0]))
        return best, value / len(features)


def _features(words: Sequence[Word]) -> Iterator[str]:
    return (f"{one.plain} {two.plain}" for one, two in pairwise(words))


def _ordinary(content: Content) -> Iterable[str]:
    for guide in content.guides.values():
        if guide.topic != FIRST_AID:
            yield from (*guide.examples, *guide.aliases)
    for entry in content.entries.values():
        yield from entry.questions
    for neighbour in content.neighbours.values():
        yield from neighbour.examples

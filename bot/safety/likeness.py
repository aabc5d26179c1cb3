"""Which known scam a message sounds like: its words against what scammers say and what citizens ordinarily ask."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from bot.content.types import FIRST_AID, Content
from bot.safety.fold import Word, plain
from bot.safety.phrases import Reader

_TOKEN = re.compile(r"\w+")
_LEAST = 5  # words of a message that can be like anything at all
_LONG = 8  # words of a message that can be a script
_TELLING = 0.25  # degree that a script needs: an agency's long name alone is none
_MOST = 0.66  # share of its pairs of words that one script has, too


@dataclass(frozen=True, slots=True)
class Like:
    """The warning that a message is most like ("" when none), how much (about 0 to 1), and whether it is its script."""

    warning: str = ""
    degree: float = 0.0
    script: bool = False


class Likeness:
    """Pairs of neighbouring words, each worth what it tells apart scripts from questions."""

    def __init__(self, reader: Reader, content: Content) -> None:
        ordinary: Counter[str] = Counter()
        for line in plain("\n".join(_ordinary(content))).splitlines():  # at once: a thousand lines take a while
            ordinary.update({f"{one} {two}" for one, two in pairwise(_TOKEN.findall(line))})
        self._worth: dict[str, dict[str, float]] = defaultdict(dict)  # pair → warning → worth
        self._scripts: dict[str, list[tuple[str, int]]] = defaultdict(list)  # pair → the scripts that have it
        for warning in content.warnings.values():
            texts = [_pairs(reader.words(text)) for text in (*warning.says, *warning.signs, warning.title)]
            for number, pairs in enumerate(texts):
                for pair in pairs:
                    self._scripts[pair].append((warning.id, number))
            for pair, count in Counter(pair for pairs in texts for pair in pairs).items():
                worth = log((count + 0.5) / (ordinary[pair] + 0.5)) / (1 + ordinary[pair])
                if worth > 0:
                    self._worth[pair][warning.id] = worth

    def of(self, words: Sequence[Word]) -> Like:
        if len(words) < _LEAST:
            return Like()
        pairs = _pairs(words)
        worth: dict[str, float] = {}
        shared: Counter[tuple[str, int]] = Counter()
        for pair in pairs:
            for warning, value in self._worth.get(pair, {}).items():
                worth[warning] = worth.get(warning, 0.0) + value
            shared.update(self._scripts.get(pair, ()))
        (script, _), most = max(shared.items(), key=lambda item: (item[1], item[0]), default=(("", 0), 0))
        degree = worth.get(script, 0.0) / len(pairs)
        if len(words) >= _LONG and most >= _MOST * len(pairs) and degree >= _TELLING:
            return Like(script, degree, script=True)
        best = max(worth.items(), key=lambda item: (item[1], item[0]), default=("", 0.0))
        return Like(best[0], best[1] / len(pairs))


def _pairs(words: Sequence[Word]) -> set[str]:
    return {f"{one.plain} {two.plain}" for one, two in pairwise(words)}


def _ordinary(content: Content) -> Iterable[str]:
    for guide in content.guides.values():
        if guide.topic != FIRST_AID:
            yield from (*guide.examples, *guide.aliases)
    for entry in content.entries.values():
        yield from entry.questions
    for neighbour in content.neighbours.values():
        yield from neighbour.examples

"""Which known scam a message sounds like, and how much it is worded like one rather than like an ordinary question.

Counted once from what scammers say and what citizens ask in content: no training, the same content gives the same figures.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise, repeat
from math import log, sqrt

from bot.content.types import FIRST_AID, Content
from bot.safety.evidence import TELLING
from bot.safety.fold import Word, plain
from bot.safety.reader import Reader

_TOKEN = re.compile(r"[^\W_]+")
_SMOOTHED = 0.1
_RARE = 2  # an ordinary feature seen less often says nothing
_LEAST = 4  # words of a message that can be like anything at all
_FEW = 24  # features; a shorter message tells less
_LONG = 8  # words of a message that can be a script
_WORTH = 0.35  # worth of its pairs that a script needs: an agency's long name alone is none
_MOST = 0.66  # share of its pairs that one script has, too


@dataclass(frozen=True, slots=True)
class Like:
    """`wording`: above 0 like a scam, below 0 like a question, about -10 to 20. `script`: the warning in which it is said
    word by word, "" for none."""

    wording: float = 0.0
    script: str = ""

    @property
    def telling(self) -> bool:
        """Whether the words alone may be a scam."""
        return bool(self.script) or self.wording >= TELLING[-1]


class Asked:
    """What citizens ask: how many questions, and in how many of them each feature is."""

    def __init__(self, content: Content) -> None:
        self.features, self.questions = Counter[str](), 0
        for line in plain("\n".join(asked(content))).splitlines():  # at once: thousands of lines take a while
            self.features.update(set(features(_TOKEN.findall(line))))
            self.questions += 1


class Likeness:
    def __init__(self, reader: Reader, content: Content, questions: Asked | None = None) -> None:
        questions = questions or Asked(content)
        ordinary = questions.features
        said, scripts = Counter[str](), 0
        self._worth: dict[str, dict[str, float]] = defaultdict(dict)  # pair → warning → how little it is a question's
        counts: dict[str, dict[str, int]] = defaultdict(dict)  # word or pair → warning → texts that have it
        self._scripts: dict[str, list[tuple[str, int]]] = defaultdict(list)  # pair → the scripts that have it
        for warning in content.warnings.values():
            texts = [[word.plain for word in reader.read(text)] for text in (*warning.says, *warning.signs)]
            for words in texts[: len(warning.says)]:
                said.update(set(features(words)))
                scripts += 1
            self._learn(warning.id, [_pairs(words) for words in texts], ordinary)
            for feature, count in Counter(each for words in texts for each in {*words, *_pairs(words)}).items():
                counts[feature][warning.id] = count
        self._names = _names(counts, len(content.warnings))
        self._weights = _weights(said, scripts, ordinary, questions.questions)

    def _learn(self, warning: str, texts: Sequence[set[str]], ordinary: Counter[str]) -> None:
        for number, pairs in enumerate(texts):
            for pair in pairs:
                self._scripts[pair].append((warning, number))
        for pair, count in Counter(pair for pairs in texts for pair in pairs).items():
            worth = log((count + 0.5) / (ordinary[pair] + 0.5)) / (1 + ordinary[pair])
            if worth > 0:
                self._worth[pair][warning] = worth

    def worded(self, words: Sequence[Word]) -> Like:
        if len(words) < _LEAST:
            return Like()
        said = [word.plain for word in words]
        found = set(features(said))
        wording = sum(map(self._weights.get, found, repeat(0.0))) / sqrt(max(len(found), _FEW))
        return Like(wording, self._script(_pairs(said)) if len(words) >= _LONG else "")

    def of(self, words: Sequence[Word]) -> str:
        """The warning that a message is most like; "" when it is like none."""
        if len(words) < _LEAST:
            return ""
        said = [word.plain for word in words]
        named = _sums(self._names, {*said, *_pairs(said)})
        return max(named, key=lambda warning: (named[warning], warning), default="")

    def _script(self, pairs: Set[str]) -> str:
        """The warning with a text that has most of the pairs, and has them as few others have."""
        known = self._scripts.keys() & pairs
        if len(known) < _MOST * len(pairs):
            return ""
        shared = Counter(script for pair in known for script in self._scripts[pair])
        (warning, _), most = max(shared.items(), key=lambda item: (item[1], item[0]), default=(("", 0), 0))
        worth = _sums(self._worth, pairs).get(warning, 0.0)
        return warning if most >= _MOST * len(pairs) and worth >= _WORTH * len(pairs) else ""


def _names(counts: Mapping[str, Mapping[str, int]], warnings: int) -> dict[str, dict[str, float]]:
    """How much each word or pair says which warning it is: often in its texts, in few others. 60 of 100 sentences kept
    out are given back to their warning this way, 24 when pairs were weighed against ordinary questions."""
    rare = {feature: log((1 + warnings) / len(of)) for feature, of in counts.items()}
    return {
        feature: {warning: log(1 + count) * rare[feature] for warning, count in of.items()}
        for feature, of in counts.items()
    }


def _sums(values: Mapping[str, Mapping[str, float]], features: Iterable[str]) -> dict[str, float]:
    total: dict[str, float] = {}
    for feature in features:
        for warning, value in values.get(feature, {}).items():
            total[warning] = total.get(warning, 0.0) + value
    return total


def features(words: Sequence[str]) -> Iterator[str]:
    """Words, pairs of neighbours, and pairs with one word between; every number is the same."""
    words = ["#" if word[0].isdigit() else word for word in words]
    yield from words
    yield from map(" ".join, pairwise(words))
    yield from map("_".join, zip(words, words[2:], strict=False))


def _pairs(words: Sequence[str]) -> set[str]:
    return set(map(" ".join, pairwise(words)))


def _weights(said: Counter[str], scripts: int, ordinary: Counter[str], questions: int) -> dict[str, float]:
    """How much likelier each feature is in a script than in a question, as a logarithm."""
    less = log((questions + 2 * _SMOOTHED) / (scripts + 2 * _SMOOTHED)) if scripts and questions else 0.0
    telling = {feature for feature, count in ordinary.items() if count >= _RARE} | set(said)
    return {feature: log((said[feature] + _SMOOTHED) / (ordinary[feature] + _SMOOTHED)) + less for feature in telling}


def asked(content: Content) -> Iterable[str]:
    for guide in content.guides.values():
        if guide.topic != FIRST_AID:
            yield from (*guide.examples, *guide.aliases)
    for entry in content.entries.values():
        if entry.topic != FIRST_AID:
            yield from entry.questions
    for neighbour in content.neighbours.values():
        yield from neighbour.examples

"""Which known scam a message sounds like, and whether it is one word by word.

Counted once from what scammers say and what citizens ask in content.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise
from math import log

from bot.content.types import Content
from bot.safety.fold import Word
from bot.safety.ordinary import asked
from bot.safety.reader import Reader

_LEAST = 4  # words of a message that can be like anything at all
_LONG = 8  # words of a message that can be a script
_WORTH = 0.35  # worth of its pairs that a script needs: an agency's long name alone is none
_MOST = 0.66  # share of its pairs that one script has, too


class Likeness:
    def __init__(self, reader: Reader, content: Content) -> None:
        ordinary = Counter(pair for line in asked(content) for pair in _pairs([word.plain for word in line]))
        self._worth: dict[str, dict[str, float]] = defaultdict(dict)  # pair → warning → how little it is a question's
        counts: dict[str, dict[str, int]] = defaultdict(dict)  # word or pair → warning → texts that have it
        self._scripts: dict[str, list[tuple[str, int]]] = defaultdict(list)  # pair → the scripts that have it
        for warning in content.warnings.values():
            texts = [[word.plain for word in reader.read(text)] for text in (*warning.says, *warning.signs)]
            self._learn(warning.id, [_pairs(words) for words in texts], ordinary)
            for feature, count in Counter(each for words in texts for each in {*words, *_pairs(words)}).items():
                counts[feature][warning.id] = count
        self._names = _names(counts, len(content.warnings))

    def _learn(self, warning: str, texts: Sequence[set[str]], ordinary: Counter[str]) -> None:
        for number, pairs in enumerate(texts):
            for pair in pairs:
                self._scripts[pair].append((warning, number))
        for pair, count in Counter(pair for pairs in texts for pair in pairs).items():
            worth = log((count + 0.5) / (ordinary[pair] + 0.5)) / (1 + ordinary[pair])
            if worth > 0:
                self._worth[pair][warning] = worth

    def script(self, words: Sequence[Word]) -> str:
        """The warning in which a message is said word by word, "" for none."""
        return self._script(_pairs([word.plain for word in words])) if len(words) >= _LONG else ""

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


def _pairs(words: Sequence[str]) -> set[str]:
    return set(map(" ".join, pairwise(words)))

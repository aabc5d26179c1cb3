"""Whether a message is worded like what people write after harm was done, rather than like a question or a scam retold.

Counted once from the whole sentences among the phrases for harm in content, what scammers say and what citizens ask: a
sentence with new words is known by its pairs of words («xong nó», «mất rồi») as patterns cannot know it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log, sqrt

from bot.content.types import Content
from bot.safety.fold import Word
from bot.safety.likeness import Asked, features
from bot.safety.reader import Reader

_TEACHES, _LIKE = 4, 5  # words of a sentence that teaches, of one that can be like those
_PATTERN = frozenset("[…#")
_FEW = 12  # features; a shorter message tells less
_RARE = 2  # a feature of others seen less often says nothing
_ASKED = (8.0, 3.5, 2.5)  # how much likelier than as a question, as a logarithm: by how many of foe and topic are named
_SCAM = 0.0  # … than as a scam retold
_SMOOTHED, _SMOOTHED_SCAM = 0.1, 0.5
_FACTS = frozenset(("roi", "mat", "lo", "trot", "bi", "vua", "da", "xong", "het", "luon", "nay", "moi", "dang", "sach"))


class Told:
    def __init__(self, reader: Reader, content: Content, asked: Asked) -> None:
        self._asked = asked
        self._harmed, self._sentences = _counted(reader, sentences(content))
        says = (text for warning in content.warnings.values() for text in warning.says)
        self._said, self._scripts = _counted(reader, says)

    def may(self, words: Sequence[Word]) -> bool:
        """Whether the words may tell of harm at all: most messages do not."""
        return len(words) >= _LIKE and self._sentences > 0 and any(word.plain in _FACTS for word in words)

    def of(self, words: Sequence[Word], doubt: float, named: int) -> bool:
        """Whether the words tell of harm done. `doubt`: how much surer that has to be against a scam retold. `named`: 2
        when both somebody who harms and something to lose are named, 1 for either, 0 for none."""
        found = set(features([word.plain for word in words]))
        size = sqrt(max(len(found), _FEW))
        return sum(map(self._as_question, found)) >= _ASKED[named] * size and (
            sum(map(self._as_scam, found)) >= (_SCAM + doubt) * size
        )

    def _as_question(self, feature: str) -> float:
        harmed, asked = self._harmed[feature], self._asked.features[feature]
        if not harmed and asked < _RARE:
            return 0.0
        smoothed = 3 * _SMOOTHED
        return log((harmed + _SMOOTHED) / (self._sentences + 2 * _SMOOTHED)) - log(
            (asked + smoothed) / (self._asked.questions + smoothed)
        )

    def _as_scam(self, feature: str) -> float:
        harmed, said = self._harmed[feature], self._said[feature]
        if not harmed and said < _RARE:
            return 0.0
        return log((harmed + _SMOOTHED_SCAM) / (self._sentences + 1)) - log(
            (said + _SMOOTHED_SCAM) / (self._scripts + 1)
        )


def sentences(content: Content) -> Iterator[str]:
    """Those phrases for harm that are whole sentences."""
    for phrases in content.panic.values():
        yield from (each for each in phrases if len(each.split()) >= _TEACHES and _PATTERN.isdisjoint(each))


def _counted(reader: Reader, texts: Iterator[str]) -> tuple[Counter[str], int]:
    counter, number = Counter[str](), 0
    for text in texts:
        counter.update(set(features([word.plain for word in reader.read(text)])))
        number += 1
    return counter, number

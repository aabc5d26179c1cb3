"""How a message is worded: like what citizens ask, like a scam or one retold, or like what people write after harm was done.

A linear classifier over words, neighbours, and words that stand near one another, fitted on the sentences of content when a
shield is built; it says what patterns cannot know, and patterns say why (docs/decisions/0013, 0019). The same content gives the
same figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import sqrt
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.content.types import Content
from bot.safety.first_aid import UNCLEAR
from bot.safety.fold import Word
from bot.safety.ordinary import asked
from bot.safety.reader import Reader

ORDINARY, SCAM, HARM = range(3)
BUCKETS, FEWER_BUCKETS = 1 << 20, 1 << 17  # places for features; two that share one are told apart by all the others
FEW = 8  # features; a shorter message tells less
COST, COST_OF_HARMS = 0.05, 2.0  # of a sentence on the wrong side
QUESTION = 0.4  # what a question weighs beside another sentence: there are four times as many, and they are easily told
CLEARLY = 0.5  # how far a harm is before the next one, to be named
_HARMS = 3  # kinds of harm; among fewer there is nothing to tell apart
SEED = 2026
REACH = 8  # words; those that stand less far apart are near one another
_FIGURE, _START, _END, _MARKED = 1 << 32, 1, 2, 3  # figures: a number that no word has
_BEFORE, _NEAR = 0x9E3779B1, 0x85EBCA6B  # odd, so that what they make of numbers is spread evenly

Floats = npt.NDArray[np.float32]
Taught = tuple[Sequence[Word], int, float]  # the words of a sentence, what it is, and what it weighs


@dataclass(frozen=True, slots=True)
class Worded:
    """Margins, about −3 to 2: how much more the words are those of a scam, and of harm done, than those of a question."""

    scam: float
    harm: float


class Wording:
    """Knows nothing where content does not teach all three."""

    def __init__(self, reader: Reader, content: Content) -> None:
        found = [each for each in _taught(reader, content) if each[0]]
        known = {kind for _, kind, _ in found} == {ORDINARY, SCAM, HARM}
        self._margins = _compared(found) if known else None
        self._harms = _harms(reader, content) if known else None

    def of(self, words: Sequence[Word]) -> Worded | None:
        if self._margins is None or not words:
            return None
        scam, harm = self._margins.of(words)
        return Worded(float(scam), float(harm))

    def harm(self, words: Sequence[Word]) -> str:
        """Which harm was done, by the words of somebody who was harmed; "" when that is not clear."""
        if self._harms is None or not words:
            return ""
        names, margins = self._harms
        found = margins.of(words)
        second, first = np.argsort(found)[-2:]
        return names[int(first)] if found[first] - found[second] > CLEARLY else ""


def _taught(reader: Reader, content: Content) -> Iterator[Taught]:
    """The sentences of content."""
    yield from ((reader.spelled_out(words), ORDINARY, QUESTION) for words in asked(content))
    says = (text for warning in content.warnings.values() for text in warning.says)
    told = (text for texts in content.harmed.values() for text in texts)
    talk = (text for each in content.small_talk.values() for text in each.examples)  # emergencies among it
    for kind, texts in ((ORDINARY, (*content.ordinary, *talk)), (SCAM, (*says, *content.scams)), (HARM, told)):
        yield from ((reader.read(text), kind, 1.0) for text in texts)


@dataclass(frozen=True, slots=True)
class _Margins:
    """`weights`: bucket × column; `bias` of each column."""

    weights: Floats
    bias: Floats

    def of(self, words: Sequence[Word]) -> Floats:
        at = places(words, len(self.weights))
        found: Floats = self.weights[at].sum(axis=0) / np.float32(sqrt(max(len(at), FEW))) + self.bias
        return found


def places(words: Sequence[Word], buckets: int) -> list[int]:
    """Where the features of a message stand, each once: words and pairs of neighbours, the borders of the message among them,
    without marks and with them where there are any; and words without marks that stand near one another, in whichever order.
    Every figure is the same. `buckets`: a power of two."""
    bare = [_FIGURE if word.plain[0].isdigit() else crc32(word.plain.encode()) for word in words]
    found = _in_order(bare)
    for apart in range(1, REACH):
        found += [(one + two) * _NEAR for one, two in zip(bare, bare[apart:], strict=False) if one != two]
    if any(word.full for word in words):
        found += _in_order([crc32((word.full or word.plain).encode(), _MARKED) for word in words])
    last = buckets - 1
    return sorted({feature & last for feature in found})


def _in_order(words: Sequence[int]) -> list[int]:
    return [*words, *(one * _BEFORE + two for one, two in pairwise((_START, *words, _END)))]


def _compared(taught: Sequence[Taught]) -> _Margins:
    """Of scam and harm, over ordinary messages."""
    words, kinds, weights = zip(*taught, strict=True)
    margins = _fitted(words, kinds, BUCKETS, COST, weights)
    over = [SCAM, HARM]
    return _Margins(
        margins.weights[:, over] - margins.weights[:, [ORDINARY]], margins.bias[over] - margins.bias[ORDINARY]
    )


def _harms(reader: Reader, content: Content) -> tuple[tuple[str, ...], _Margins] | None:
    """Which harm, among those that content tells of by name; None where there are fewer than three."""
    told = {id: texts for id, texts in content.harmed.items() if id != UNCLEAR and texts}
    if len(told) < _HARMS:
        return None
    sentences = [(reader.read(text), id) for id, texts in told.items() for text in texts]
    names = sorted(told)
    kinds = [names.index(id) for _, id in sentences]
    return tuple(names), _fitted([words for words, _ in sentences], kinds, FEWER_BUCKETS, COST_OF_HARMS)


def _fitted(
    sentences: Sequence[Sequence[Word]],
    kinds: Sequence[int],
    buckets: int,
    cost: float,
    weights: Sequence[float] | None = None,
) -> _Margins:
    """One column for each kind, against the others; all kinds weigh alike."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - a second to load, and a start from the cache does without
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - as well

    rows = [places(words, buckets) for words in sentences]
    sizes = np.array(list(map(len, rows)))
    at = np.fromiter(chain.from_iterable(rows), np.int32, sizes.sum())
    seen = np.bincount(at, minlength=buckets)
    rarity = np.where(seen > 1, np.log((1 + len(sizes)) / (1 + seen)) + 1, 0.0)  # once is chance
    values = rarity[at] / np.repeat(np.sqrt(np.maximum(sizes, FEW)), sizes)
    matrix = csr_matrix((values, at, np.cumsum([0, *sizes])), (len(sizes), buckets))
    each = np.ones(len(sizes)) if weights is None else np.array(weights)
    total = np.bincount(kinds, each)
    even = {kind: each.sum() / (len(total) * weight) for kind, weight in enumerate(total)}
    solver = LinearSVC(C=cost, class_weight=even, tol=0.1, dual=True, random_state=SEED)
    solver.fit(matrix, kinds, sample_weight=each)
    return _Margins((solver.coef_ * rarity).T.astype(np.float32), solver.intercept_.astype(np.float32))

"""How a message is worded: like what citizens ask, like a scam or one retold, or like what people write after harm was done.

A linear classifier over words and pairs of words, fitted on the sentences of content when a shield is built; it says what
patterns cannot know, and patterns say why (docs/decisions/0013). The same content gives the same figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
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
BUCKETS, FEWER_BUCKETS = 1 << 17, 1 << 15  # places for features; two that share one are told apart by all the others
FEW = 8  # features; a shorter message tells less
COST, COST_OF_HARMS = 0.1, 2.0  # of a sentence on the wrong side
QUESTION = 0.1  # what a question weighs beside another sentence: there are ten times as many, and they are easily told
CLEARLY = 0.5  # how far a harm is before the next one, to be named
_HARMS = 3  # kinds of harm; among fewer there is nothing to tell apart
SEED = 2026

Floats = npt.NDArray[np.float32]
Taught = tuple[Sequence[str], int, float]  # the words of a sentence, without marks, what it is, and what it weighs


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
        scam, harm = self._margins.of([word.plain for word in words])
        return Worded(float(scam), float(harm))

    def harm(self, words: Sequence[Word]) -> str:
        """Which harm was done, by the words of somebody who was harmed; "" when that is not clear."""
        if self._harms is None or not words:
            return ""
        names, margins = self._harms
        found = margins.of([word.plain for word in words])
        second, first = np.argsort(found)[-2:]
        return names[int(first)] if found[first] - found[second] > CLEARLY else ""


def features(words: Sequence[str]) -> Iterator[str]:
    """Words, pairs of neighbours, and pairs with one word between, the borders of the message among them; every number is the
    same."""
    words = ["#" if word[0].isdigit() else word for word in words]
    yield from words
    framed = ("<", *words, ">")
    yield from map(" ".join, pairwise(framed))
    yield from map("_".join, zip(framed, framed[2:], strict=False))


def _taught(reader: Reader, content: Content) -> Iterator[Taught]:
    """The sentences of content."""
    yield from ((reader.spelled_out(words), ORDINARY, QUESTION) for words in asked(content))
    says = (text for warning in content.warnings.values() for text in warning.says)
    told = (text for texts in content.harmed.values() for text in texts)
    talk = (text for each in content.small_talk.values() for text in each.examples)  # emergencies among it
    for kind, texts in ((ORDINARY, (*content.ordinary, *talk)), (SCAM, (*says, *content.scams)), (HARM, told)):
        yield from (([word.plain for word in reader.read(text)], kind, 1.0) for text in texts)


@dataclass(frozen=True, slots=True)
class _Margins:
    """`weights`: bucket × column; `bias` of each column."""

    weights: Floats
    bias: Floats

    def of(self, words: Sequence[str]) -> Floats:
        places = _places(words, len(self.weights))
        found: Floats = self.weights[places].sum(axis=0) / np.float32(sqrt(max(len(places), FEW))) + self.bias
        return found


def _places(words: Sequence[str], buckets: int) -> list[int]:
    """Where the features of a message stand, each once."""
    return [crc32(feature.encode()) % buckets for feature in dict.fromkeys(features(words))]


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
    sentences = [([word.plain for word in reader.read(text)], id) for id, texts in told.items() for text in texts]
    names = sorted(told)
    kinds = [names.index(id) for _, id in sentences]
    return tuple(names), _fitted([words for words, _ in sentences], kinds, FEWER_BUCKETS, COST_OF_HARMS)


def _fitted(
    sentences: Sequence[Sequence[str]],
    kinds: Sequence[int],
    buckets: int,
    cost: float,
    weights: Sequence[float] | None = None,
) -> _Margins:
    """One column for each kind, against the others; all kinds weigh alike."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - a second to load, and a start from the cache does without
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - as well

    rows = [_places(words, buckets) for words in sentences]
    sizes = np.array([len(row) for row in rows])
    places = np.concatenate([np.array(row, np.int32) for row in rows])
    seen = np.bincount(places, minlength=buckets)
    rarity = np.where(seen > 1, np.log((1 + len(rows)) / (1 + seen)) + 1, 0.0)  # once is chance
    values = rarity[places] / np.repeat(np.sqrt(np.maximum(sizes, FEW)), sizes)
    matrix = csr_matrix((values, places, np.cumsum([0, *sizes])), (len(rows), buckets))
    matrix.sum_duplicates()
    each = np.ones(len(rows)) if weights is None else np.array(weights)
    total = np.bincount(kinds, each)
    even = {kind: each.sum() / (len(total) * weight) for kind, weight in enumerate(total)}
    solver = LinearSVC(C=cost, class_weight=even, tol=0.1, dual=True, random_state=SEED)
    solver.fit(matrix, kinds, sample_weight=each)
    return _Margins((solver.coef_ * rarity).T.astype(np.float32), solver.intercept_.astype(np.float32))

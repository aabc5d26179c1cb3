"""How a head is fitted: each of its labels against the sentences most like its own, and a share of all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.understanding.features import Floats, Taken, Vocabulary
from bot.understanding.model import Indices
from bot.understanding.samples import Copies, Sample, own_number

OTHERS = 6  # of the sentences of other topics, one in so many is shown to a topic's leaves
MANY_LEAVES = 200  # a topic with more of them is fitted lightly: on its sentences as written, without noisy copies
FEWER = 4  # … and against so many times fewer near ones
SEED = 2026
TOLERANCE = 0.3  # of the solver: where one sentence more turns no others round
ALL = slice(None)


class Way(NamedTuple):
    """How a head is fitted (docs/decisions/0012)."""

    cost: float  # of a sentence on the wrong side
    even: float  # 1: a small label is as heavy as a big one; 0: each sentence is
    near: int  # so many sentences of other labels, and as many as its own, each count for themselves
    share: int  # … of the others, less like its own, one in so many counts for all


Matrix = Any  # scipy.sparse.csr_matrix
Flags = npt.NDArray[np.bool_]
Doubles = npt.NDArray[np.float64]
Weights = tuple[Floats, Floats]  # label × feature, and bias


class Taught:
    """Samples with their noisy copies, as the rows of one matrix."""

    def __init__(self, samples: Sequence[Sample], copies: Copies, vocab: Vocabulary) -> None:
        self.owner = np.repeat(np.arange(len(samples)), copies.sizes)
        self.matrix = _matrix(copies.taken, vocab)
        nth = np.concatenate([np.arange(size) for size in copies.sizes])
        held = _held_out([sample.label for sample in samples])[self.owner]
        self.weight = np.array([sample.weight for sample in samples], np.float64)[self.owner]
        self.written = nth == 0
        own = np.array([own_number(sample.text) for sample in samples], np.int64)
        self.chance = (
            own[self.owner] + nth
        )  # rows are chosen by it: it is a sentence's own, so that an edit chooses no others
        self.kept, self.held = np.flatnonzero(~held & self.written), np.flatnonzero(held)


class Question:
    """What a head is asked: one label per sample; with groups, each group's labels by themselves."""

    def __init__(self, taught: Taught, labels: Sequence[str], way: Way, groups: Sequence[str] | None = None) -> None:
        pairs = list(zip(groups or labels, labels, strict=True))
        ordered = sorted(set(pairs))  # so that the labels of a group stand side by side
        at = {pair: nth for nth, pair in enumerate(ordered)}
        self.names = tuple(label for _, label in ordered)
        self._taught, self._way, self._grouped = taught, way, groups is not None
        self._codes = np.array([at[pair] for pair in pairs])[taught.owner]
        self._group_of = np.unique([group for group, _ in ordered], return_inverse=True)[1]

    def __len__(self) -> int:
        return len(self._codes)

    def weights(self, groups: slice = ALL) -> Weights:
        """Weights (label × feature) and bias, fitted on all copies. `groups`: which of them, where there are groups."""
        return self._solve(np.arange(len(self._codes)), groups)

    def cut(self, share: float) -> tuple[slice, slice]:
        """The first groups, with about this share of all labels, and the other ones."""
        at = int(self._group_of[int(share * len(self.names))])
        return slice(0, at), slice(at, None)

    def sharpness(self) -> float:
        """Measured by a fit that did not see a fifth of the samples: what makes their groups (else their labels) likeliest."""
        taught, held = self._taught, self._taught.held
        weights, bias = self._solve(taught.kept, ALL)
        return _sharpness(taught.matrix[held] @ weights.T + bias, self._group_of, self._group_of[self._codes[held]])

    def _solve(self, at: Indices, groups: slice) -> Weights:
        taught = self._taught
        chosen = (taught.matrix[at], self._codes[at], taught.weight[at], taught.chance[at])
        if self._grouped:
            return _solve_grouped(*chosen, self._way, self._group_of, taught.written[at], groups)
        return _solve(*chosen, self._way, len(self.names))


def _held_out(labels: Sequence[str]) -> Flags:
    """Every fifth sample of each label; labels with fewer than five keep all."""
    count: Counter[str] = Counter()
    held = []
    for label in labels:
        count[label] += 1
        held.append(count[label] % 5 == 0)
    return np.array(held)


def _solve_grouped(
    matrix: Matrix,
    codes: Indices,
    weight: Doubles,
    chance: Indices,
    way: Way,
    group_of: Indices,
    written: Flags,
    groups: slice,
) -> Weights:
    """As `_solve`, but a label is set against those of its own group and a share of all others: the groups have a head
    of their own, and with hundreds of labels this takes a quarter of the time (docs/decisions/0004). `written`: the rows
    that a group with many labels is fitted on."""
    weights, bias = [np.zeros((0, matrix.shape[1]), np.float32)], [np.zeros(0, np.float32)]
    group = group_of[codes]
    for one in range(group_of.max() + 1)[groups]:
        first, count = int((group_of < one).sum()), int((group_of == one).sum())
        lightly = count > MANY_LEAVES
        mine = (group == one) & written if lightly else group == one
        seen = np.flatnonzero(mine | ((group != one) & ((chance + one) % OTHERS == 0)))
        rows = np.where(group[seen] == one, codes[seen] - first, count)
        mildly = way._replace(near=way.near // FEWER) if lightly else way
        found, found_bias = _solve(matrix[seen], rows, weight[seen], chance[seen], mildly, count)
        weights.append(found)
        bias.append(found_bias)
    return np.concatenate(weights), np.concatenate(bias)


def _solve(matrix: Matrix, codes: Indices, weight: Doubles, chance: Indices, way: Way, count: int) -> Weights:
    """Weights (label × feature) and bias, one label against the rest: against the sentences most like its own, for those
    decide where the border is, and against a share of the others, which take most of the time (docs/decisions/0016). A code
    from `count` on is of no label: such sentences are only what labels are set against."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415 – only a fit needs it

    sizes = np.bincount(codes, minlength=count)
    weights, bias = np.zeros((count, matrix.shape[1]), np.float32), np.full(count, -1, np.float32)
    likeness = _likeness(matrix, codes, sizes[:count])
    for label in np.flatnonzero(sizes[:count]):
        mine = codes == label
        at, stands_for = _against(likeness[:, label], mine, chance, way)
        # a label's own sentences weigh by its size, those that it is set against do not
        even = (len(codes) / (np.count_nonzero(sizes) * sizes[label])) ** way.even
        # the other form, which the library would choose where rows outnumber features, stops at this tolerance before it begins
        solver = LinearSVC(
            C=way.cost, tol=TOLERANCE, class_weight={False: 1.0, True: even}, dual=True, random_state=SEED
        )
        solver.fit(matrix[at], mine[at], sample_weight=weight[at] * stands_for)
        weights[label], bias[label] = solver.coef_[0], solver.intercept_[0]
    return weights, bias


def _likeness(matrix: Matrix, codes: Indices, sizes: Indices) -> Doubles:
    """How much each sentence is like the mean of each label (sentence × label)."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only a fit needs it: a start has to do without (tests/test_train.py)

    labelled = np.flatnonzero(codes < len(sizes))
    shares = (1 / np.maximum(sizes, 1))[codes[labelled]]
    means = csr_matrix((shares, (codes[labelled], labelled)), (len(sizes), len(codes))) @ matrix
    found: Doubles = matrix @ means.T.toarray(order="C")  # the order in which it is multiplied without a copy
    return found


def _against(likeness: Doubles, mine: Flags, chance: Indices, way: Way) -> tuple[Indices, Doubles]:
    """The sentences that a label is fitted on, its own among them, and for how many each of them stands. `chance`: a number of
    each sentence by which those far away are chosen, whatever chose it to be shown to a topic's leaves."""
    near = way.near + np.count_nonzero(mine)
    others = np.flatnonzero(~mine)
    stands_for = np.ones(len(mine))
    if len(others) > near:
        far = others[np.argpartition(-likeness[others], near)[near:]]
        stands_for[far] = way.share * (chance[far] // OTHERS % way.share == 0)
    at = np.flatnonzero(stands_for)
    return at, stands_for[at]


def _matrix(taken: Taken, vocab: Vocabulary) -> Matrix:
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only a fit needs it: a start has to do without (tests/test_train.py)

    found, values, sizes = vocab.vectors(taken)
    matrix = csr_matrix((values, found, np.cumsum([0, *sizes])), (len(taken), len(vocab)))
    matrix.sum_duplicates()
    return matrix


def _sharpness(margins: Doubles, group_of: Indices, right: Indices) -> float:
    """The factor that makes softmax probabilities likeliest on sentences not fitted on."""
    if not len(right):
        return 5.0
    from scipy.optimize import minimize_scalar  # noqa: PLC0415

    same = group_of[None, :] == right[:, None]
    margins = margins - margins.max(axis=1, keepdims=True)

    def loss(factor: float) -> float:
        raised = np.exp(factor * margins)
        return -float(np.log((raised * same).sum(axis=1) / raised.sum(axis=1) + 1e-9).mean())

    return float(minimize_scalar(loss, bounds=(1, 20), method="bounded", options={"xatol": 0.2}).x)

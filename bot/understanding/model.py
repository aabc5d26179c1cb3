"""The fitted classifier: scores a sentence with numpy alone. Saved as one .npz without pickles."""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.content.types import OUT_OF_SCOPE
from bot.understanding.features import Floats, Vocabulary
from bot.understanding.levels import Levels
from bot.understanding.spelling import Repair, Speller
from bot.understanding.sums import Sums

Indices = npt.NDArray[np.intp]
Ranked = tuple[tuple[str, float], ...]  # likeliest first; probabilities, sum to 1

NO_TOPIC = ""  # the target of a message that names no matter: «lệ phí bao nhiêu vậy»
SMALL_TALK = "small_talk"
TAIL = 6  # words at the end of a message, where people say what they want to know
TAIL_SHARE = 0.3  # what they count beside the whole
OUT, NEIGHBOUR, OURS, LEAF, OUTSET = 1.7, 3.4, -2.4, -1.6, 2.8  # what margins say of being outside, as log odds


@dataclass(frozen=True, slots=True)
class Scores:
    """What one sentence says, without its context."""

    model: Model
    words: tuple[str, ...]
    repairs: tuple[Repair, ...]
    by_target: Floats  # probabilities, in the order of the model's names
    by_aspect: Floats
    outside: float  # 0–1: how surely it is none of our matters, whichever of them it resembles

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def targets(self) -> Ranked:
        return ranked(self.model.targets.names, self.by_target)

    @property
    def topic(self) -> tuple[str, float]:
        topics = self.model.by_topic(self.by_target)
        at = int(topics.argmax())
        return self.model.topics.names[at], float(topics[at])

    @property
    def topics(self) -> Ranked:
        return ranked(self.model.topics.names, self.model.by_topic(self.by_target))

    @property
    def aspects(self) -> Ranked:
        return ranked(self.model.aspects.names, self.by_aspect)

    def of(self, target: str) -> float:
        return float(self.by_target[self.model.at[target]]) if target in self.model.at else 0.0

    @property
    def aspect(self) -> tuple[str, float]:
        at = int(self.by_aspect.argmax())
        return self.model.aspects.names[at], float(self.by_aspect[at])


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of one question: which target, which aspect. `sharpness` makes probabilities out of margins."""

    names: tuple[str, ...]
    bias: Floats
    sharpness: float

    def probabilities(self, margins: Floats) -> Floats:
        margins = margins + self.bias
        raised = np.exp(self.sharpness * (margins - margins.max()))
        return np.asarray(raised / raised.sum(), np.float32)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where what is outside and what is ours stand in the two heads."""

    outside: int  # a topic
    neighbours: Indices  # its leaves
    topics: Indices  # ours
    leaves: Indices  # ours


def _scope(topics: Sequence[str], topic_of: npt.NDArray[np.int16]) -> Scope | None:
    ours = np.flatnonzero([in_scope(name) for name in topics])
    if OUT_OF_SCOPE not in topics or not len(ours):
        return None
    outside = topics.index(OUT_OF_SCOPE)
    return Scope(outside, np.flatnonzero(topic_of == outside), ours, np.flatnonzero(np.isin(topic_of, ours)))


@dataclass(frozen=True)
class Model:
    speller: Speller
    vocabulary: Vocabulary
    targets: Head
    topics: Head
    aspects: Head
    topic_of: npt.NDArray[np.int16]  # of each target: where its topic stands in `topics`
    levels: Levels  # feature × (targets, then topics, then aspects): weights in steps of their row
    step: Floats  # of each feature
    at: Mapping[str, int] = field(init=False)  # target → column
    leaves: Mapping[str, tuple[tuple[str, ...], Indices]] = field(init=False)  # topic → its targets, and their columns
    _places: dict[tuple[str, ...], Indices] = field(init=False, default_factory=dict)
    _sums: Sums = field(init=False)
    _scope: Scope | None = field(init=False)  # None when nothing is outside

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", {name: at for at, name in enumerate(self.targets.names)})
        mine = {topic: np.flatnonzero(self.topic_of == at) for at, topic in enumerate(self.topics.names)}
        names = np.array(self.targets.names, object)
        object.__setattr__(self, "leaves", {topic: (tuple(names[at]), at) for topic, at in mine.items()})
        object.__setattr__(self, "_sums", Sums(self.vocabulary, self.levels, self.step))
        object.__setattr__(self, "_scope", _scope(self.topics.names, self.topic_of))

    def score(self, text: str, typed: str = "") -> Scores:
        """Never raises; a text without words has the scores of no evidence. `typed`: its normal form, where that is known."""
        reading = self.speller.read(text, typed)
        leaves, topics = len(self.targets.names), len(self.topics.names)
        margins = self._sums.margins(reading.words, TAIL)
        whole, end = margins[0], margins[-1]
        targets = self.targets.probabilities(whole[:leaves])
        by_topic = whole[leaves : leaves + topics]
        topic = self.topics.probabilities(by_topic)
        asked = whole[leaves + topics :]
        asked = asked + TAIL_SHARE * (end[leaves + topics :] - asked)
        return Scores(
            self,
            reading.words,
            reading.repairs,
            self._joined(targets, topic),
            self.aspects.probabilities(asked),
            self._outside(whole[:leaves] + self.targets.bias, by_topic + self.topics.bias),
        )

    def _outside(self, leaves: Floats, topics: Floats) -> float:
        """From four margins: of what is outside and of its nearest matter, of our best topic and of our best leaf
        (docs/decisions/0012)."""
        if self._scope is None:
            return 0.0
        at = self._scope
        theirs = OUT * topics[at.outside] + NEIGHBOUR * leaves[at.neighbours].max()
        ours = OURS * topics[at.topics].max() + LEAF * leaves[at.leaves].max()
        return 1 / (1 + math.exp(-float(theirs + ours + OUTSET)))

    def _joined(self, targets: Floats, topics: Floats) -> Floats:
        """A topic is as likely as its targets together and its own head say (geometric mean); its targets share that."""
        summed = np.maximum(self.by_topic(targets), 1e-9)
        both = np.sqrt(summed * topics)
        return np.asarray(targets * (both / both.sum() / summed)[self.topic_of], np.float32)

    def places(self, targets: Collection[str]) -> Indices:
        """The columns of those that are known; worked out once for the same ones."""
        key = tuple(targets)
        if key not in self._places:
            self._places[key] = np.array([self.at[each] for each in key if each in self.at], np.intp)
        return self._places[key]

    def by_topic(self, targets: Floats) -> Floats:
        """A topic is as likely as its targets together."""
        return np.bincount(self.topic_of, targets, len(self.topics.names)).astype(np.float32)

    def save(self, path: Path) -> None:
        """Written beside the file and moved: nobody reads half a model."""
        heads = (self.targets, self.topics, self.aspects)
        names = {
            "features": self.vocabulary.features,
            "heads": [(head.names, head.sharpness) for head in heads],
            "counts": self.speller.counts,
            "pairs": sorted(self.speller.pairs),
            "readings": self.speller.readings,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(
                file,
                names=np.frombuffer(json.dumps(names, ensure_ascii=False).encode(), np.uint8),
                idf=self.vocabulary.weights,
                step=self.step,
                topic_of=self.topic_of,
                bias=np.concatenate([head.bias for head in heads]),
                **self.levels.packed(),
            )
        Path(beside).replace(path)


def load(path: Path) -> Model:
    """Raises OSError, EOFError, ValueError, KeyError or BadZipFile when the file is missing or not a model."""
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        names: Mapping[str, Any] = json.loads(arrays["names"].tobytes())
        bias = np.split(arrays["bias"], np.cumsum([len(labels) for labels, _ in names["heads"]])[:-1])
        targets, topics, aspects = (
            Head(tuple(labels), own, sharpness) for (labels, sharpness), own in zip(names["heads"], bias, strict=True)
        )
        readings = {key: tuple(ways) for key, ways in names["readings"].items()}
        return Model(
            speller=Speller(names["counts"], names["pairs"], readings),
            vocabulary=Vocabulary(names["features"], arrays["idf"]),
            targets=targets,
            topics=topics,
            aspects=aspects,
            topic_of=arrays["topic_of"],
            levels=Levels.unpacked(arrays),
            step=arrays["step"],
        )


def in_scope(topic: str) -> bool:
    return topic not in (OUT_OF_SCOPE, SMALL_TALK, NO_TOPIC)


def ranked(names: Sequence[str], values: npt.NDArray[Any]) -> Ranked:
    order = np.argsort(-values, kind="stable")
    return tuple(zip(map(names.__getitem__, order.tolist()), values[order].tolist(), strict=True))

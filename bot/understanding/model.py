"""The fitted classifier: scores a sentence with numpy alone. Saved as one .npz without pickles."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.content.types import OUT_OF_SCOPE
from bot.understanding.features import Floats, Rows, Vocabulary
from bot.understanding.spelling import Repair, Speller

Ranked = tuple[tuple[str, float], ...]  # likeliest first; probabilities, sum to 1

NO_TOPIC = ""  # the target of a message that names no matter: «lệ phí bao nhiêu vậy»
SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Scores:
    """What one sentence says, without its context."""

    words: tuple[str, ...]
    targets: Ranked
    topics: Ranked
    aspects: Ranked
    known: float  # how much of the sentence occurs in the training text of the first topic, 0–1
    repairs: tuple[Repair, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of one question: which target, which aspect. `sharpness` makes probabilities out of margins."""

    names: tuple[str, ...]
    bias: Floats
    sharpness: float

    def probabilities(self, margins: Floats) -> Floats:
        raised = np.exp(self.sharpness * (margins - margins.max()))
        return np.asarray(raised / raised.sum(), np.float32)


@dataclass(frozen=True)
class Model:
    speller: Speller
    vocabulary: Vocabulary
    targets: Head
    aspects: Head
    topics: tuple[str, ...]  # the topic of each target
    levels: npt.NDArray[np.int8]  # feature × (targets, then aspects), in steps of
    step: Floats  # per feature
    seen: npt.NDArray[np.uint8]  # unmarked word feature × topic, as bits
    _topic_names: tuple[str, ...] = field(init=False)
    _topic_of: npt.NDArray[np.intp] = field(init=False)

    def __post_init__(self) -> None:
        named = tuple(dict.fromkeys(self.topics))
        object.__setattr__(self, "_topic_names", named)
        object.__setattr__(self, "_topic_of", np.array([named.index(topic) for topic in self.topics], np.intp))

    def score(self, text: str) -> Scores:
        """Never raises; a text without words has the scores of no evidence."""
        reading = self.speller.read(text)
        rows, values = self.vocabulary.vector(reading.words)
        margins = (values * self.step[rows]) @ self.levels[rows].astype(np.float32)
        split = len(self.targets.names)
        targets = self.targets.probabilities(margins[:split] + self.targets.bias)
        aspects = self.aspects.probabilities(margins[split:] + self.aspects.bias)
        topics = np.bincount(self._topic_of, targets, len(self._topic_names))
        return Scores(
            words=reading.words,
            targets=_ranked(self.targets.names, targets),
            topics=_ranked(self._topic_names, topics),
            aspects=_ranked(self.aspects.names, aspects),
            known=self._known(rows, int(topics.argmax())),
            repairs=reading.repairs,
        )

    def _known(self, rows: Rows, topic: int) -> float:
        """The share of the sentence's words and word pairs, by weight, that the topic's training text has."""
        words = rows[self.vocabulary.words[rows]]
        weights = self.vocabulary.weights[words]
        hits = (self.seen[words, topic >> 3] >> (7 - (topic & 7))) & 1
        return float(weights @ hits / max(float(weights.sum()), 1e-6))

    def save(self, path: Path) -> None:
        """Written beside the file and moved: nobody reads half a model."""
        names = {
            "features": self.vocabulary.features,
            "targets": self.targets.names,
            "aspects": self.aspects.names,
            "topics": self.topics,
            "counts": self.speller.counts,
            "pairs": sorted(self.speller.pairs),
            "readings": self.speller.readings,
            "sharpness": (self.targets.sharpness, self.aspects.sharpness),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(
                file,
                names=np.frombuffer(json.dumps(names, ensure_ascii=False).encode(), np.uint8),
                weights=self.vocabulary.weights,
                levels=self.levels,
                step=self.step,
                seen=self.seen,
                bias=np.concatenate([self.targets.bias, self.aspects.bias]),
            )
        Path(beside).replace(path)


def load(path: Path) -> Model:
    """Raises OSError, ValueError or KeyError when the file is missing or not a model."""
    with np.load(path, allow_pickle=False) as arrays:
        names: Mapping[str, Any] = json.loads(arrays["names"].tobytes())
        bias = arrays["bias"]
        split = len(names["targets"])
        readings = {key: tuple(ways) for key, ways in names["readings"].items()}
        return Model(
            speller=Speller(names["counts"], names["pairs"], readings),
            vocabulary=Vocabulary(names["features"], arrays["weights"]),
            targets=Head(tuple(names["targets"]), bias[:split], names["sharpness"][0]),
            aspects=Head(tuple(names["aspects"]), bias[split:], names["sharpness"][1]),
            topics=tuple(names["topics"]),
            levels=arrays["levels"],
            step=arrays["step"],
            seen=arrays["seen"],
        )


def in_scope(topic: str) -> bool:
    return topic not in (OUT_OF_SCOPE, SMALL_TALK, NO_TOPIC)


def _ranked(names: Sequence[str], values: npt.NDArray[Any]) -> Ranked:
    order = np.argsort(-values, kind="stable")
    return tuple((names[at], value) for at, value in zip(order.tolist(), values[order].tolist(), strict=True))

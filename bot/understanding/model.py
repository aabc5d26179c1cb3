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
from bot.understanding.features import Floats, Rows, Vocabulary, families, pair_names, word_names
from bot.understanding.spelling import Repair, Speller

Ranked = tuple[tuple[str, float], ...]  # likeliest first; probabilities, sum to 1

NO_TOPIC = ""  # the target of a message that names no matter: «lệ phí bao nhiêu vậy»
SMALL_TALK = "small_talk"
TAIL = 6  # words at the end of a message, where people say what they want to know
TAIL_SHARE = 0.3  # what they count beside the whole
KEPT_WORDS = 8192  # words whose sums are kept


@dataclass(frozen=True, slots=True)
class Scores:
    """What one sentence says, without its context."""

    model: Model
    words: tuple[str, ...]
    repairs: tuple[Repair, ...]
    by_target: Floats  # probabilities, in the order of the model's names
    by_aspect: Floats

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def targets(self) -> Ranked:
        return ranked(self.model.targets.names, self.by_target)

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


@dataclass(frozen=True)
class Model:
    speller: Speller
    vocabulary: Vocabulary
    targets: Head
    topics: Head
    aspects: Head
    topic_of: npt.NDArray[np.int16]  # of each target: where its topic stands in `topics`
    levels: npt.NDArray[np.int8]  # feature × (targets, then topics, then aspects): weights in steps of their row
    step: Floats  # of each feature
    at: Mapping[str, int] = field(init=False)  # target → column
    _words: dict[tuple[str, str], tuple[Floats, float]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", {name: at for at, name in enumerate(self.targets.names)})

    def score(self, text: str) -> Scores:
        """Never raises; a text without words has the scores of no evidence."""
        reading = self.speller.read(text)
        margins = self._margins(reading.words)
        leaves, topics = len(self.targets.names), len(self.topics.names)
        targets = self.targets.probabilities(margins[:leaves])
        topic = self.topics.probabilities(margins[leaves : leaves + topics])
        asked = margins[leaves + topics :]
        if len(reading.words) > TAIL:
            end = self._margins(reading.words[-TAIL:])[leaves + topics :]
            asked = asked + np.float32(TAIL_SHARE) * (end - asked)
        aspects = self.aspects.probabilities(asked)
        return Scores(self, reading.words, reading.repairs, self._joined(targets, topic), aspects)

    def _joined(self, targets: Floats, topics: Floats) -> Floats:
        """A topic is as likely as its targets together and its own head say (geometric mean); its targets share that."""
        summed = np.maximum(self.by_topic(targets), 1e-9)
        both = np.sqrt(summed * topics)
        return np.asarray(targets * (both / both.sum() / summed)[self.topic_of], np.float32)

    def _margins(self, words: Sequence[str]) -> Floats:
        """What `vocabulary.vector(words) @ weights` gives, from sums per word that are kept."""
        total = np.zeros(self.levels.shape[1], np.float32)
        found = families(words)
        for prefix, family in found:
            rows = self.vocabulary.rows(pair_names(prefix, family))
            parts = [self._sum(rows), *(self._of_word(prefix, word) for word in family)]
            length = sum(square for _, square in parts) ** 0.5
            total += sum(part for part, _ in parts) / max(length * len(found) ** 0.5, 1e-6)
        return total

    def _sum(self, rows: Rows) -> tuple[Floats, float]:
        values = self.vocabulary.weights[rows]
        return (values * self.step[rows]) @ self.levels[rows].astype(np.float32), float(values @ values)

    def _of_word(self, prefix: str, word: str) -> tuple[Floats, float]:
        found = self._words.get((prefix, word))
        if found is None:
            found = self._sum(self.vocabulary.rows(word_names(prefix, word)))
            if len(self._words) < KEPT_WORDS:
                self._words[prefix, word] = found
        return found

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
                levels=self.levels,
                step=self.step,
                topic_of=self.topic_of,
                bias=np.concatenate([head.bias for head in heads]),
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
            levels=arrays["levels"],
            step=arrays["step"],
        )


def in_scope(topic: str) -> bool:
    return topic not in (OUT_OF_SCOPE, SMALL_TALK, NO_TOPIC)


def ranked(names: Sequence[str], values: npt.NDArray[Any]) -> Ranked:
    order = np.argsort(-values, kind="stable")
    return tuple((names[at], value) for at, value in zip(order.tolist(), values[order].tolist(), strict=True))

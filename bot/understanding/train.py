"""Examples → model: training text, noisy copies, fit, calibration; the cache by content hash."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.content.types import ASPECTS, OUT_OF_SCOPE, Content
from bot.understanding import features, noise, spelling, text
from bot.understanding import model as fitted
from bot.understanding.features import Vocabulary, vocabulary
from bot.understanding.model import NO_TOPIC, SMALL_TALK, Head, Model
from bot.understanding.noise import Noise
from bot.understanding.spelling import speller
from bot.understanding.text import normalise, plain

Progress = Callable[[str, float], None]  # what is being done, how much of the whole is done (0–1)

MATTERS_PER_PHRASE = 3  # names of matters that each way to ask for a part is joined with
CELLS = 9_000_000  # weights kept, in bytes
LEAST = 3  # a feature in fewer sentences is no feature
COST = 0.5
SEED = 2026


@dataclass(frozen=True, slots=True)
class Sample:
    text: str
    label: str


def target_samples(content: Content) -> list[Sample]:
    """Every sentence that says what a message is about. Aspect phrases alone say that it names no matter."""
    found = [Sample(one, id) for id, texts in _texts(content) for one in texts]
    found += [Sample(phrase, NO_TOPIC) for phrases in content.aspects.values() for phrase in phrases]
    return list(dict.fromkeys(sample for sample in found if text.tokens(normalise(sample.text))))


def _texts(content: Content) -> Iterator[tuple[str, Sequence[str]]]:
    for guide in content.guides.values():
        yield guide.id, (*guide.examples, guide.title, *guide.aliases, guide.summary)
    for entry in content.entries.values():
        yield entry.id, entry.questions
    for warning in content.warnings.values():
        yield warning.id, (*warning.says, warning.title)
    for neighbour in content.neighbours.values():
        yield neighbour.id, (*neighbour.examples, neighbour.title)
    for talk in content.small_talk.values():
        yield talk.id, talk.examples


def aspect_samples(content: Content) -> list[Sample]:
    """Ways to ask for a part: alone and joined with names of matters; a bare name asks for the whole. Examples that contain
    a way to ask count for its part."""
    rng = random.Random(SEED)
    names = [name for guide in content.guides.values() for name in (*guide.aliases, guide.title)]
    found = [Sample(name, "tong_quan") for name in names]
    for aspect, phrases in content.aspects.items():
        for phrase in phrases:
            joined = rng.sample(names, min(MATTERS_PER_PHRASE, len(names)))
            found += [Sample(phrase, aspect), *(Sample(_join(name, phrase, rng), aspect) for name in joined)]
    finder = PhraseFinder(content.aspects)
    sentences = [one for guide in content.guides.values() for one in guide.examples]
    found += [Sample(one, aspect) for one in sentences if (aspect := finder.only(one))]
    return found


def _join(name: str, phrase: str, rng: random.Random) -> str:
    unmarked = plain(phrase) == phrase and " " in phrase
    name = plain(name) if unmarked else name
    return f"{name} {phrase}" if rng.random() < 0.7 else f"{phrase} {name}"


class PhraseFinder:
    """Which aspects a sentence asks for by the very words of `_aspects.yaml`."""

    def __init__(self, aspects: Mapping[str, Sequence[str]]) -> None:
        self._aspect = {plain(normalise(phrase)): id for id, phrases in aspects.items() for phrase in phrases}

    def only(self, sentence: str) -> str:
        """The one aspect whose phrases occur; "" when none or several do."""
        padded = f" {' '.join(text.tokens(plain(normalise(sentence))))} "
        found = {aspect for phrase, aspect in self._aspect.items() if phrase.count(" ") and f" {phrase} " in padded}
        return found.pop() if len(found) == 1 else ""


def topics_of(content: Content) -> Callable[[str], str]:
    return lambda target: SMALL_TALK if target in content.small_talk else content.topic_of(target) or NO_TOPIC


Matrix = Any  # scipy.sparse.csr_matrix
Indices = npt.NDArray[np.intp]


class Fitting:
    """One fit: the words of all samples, their copies, the vocabulary."""

    def __init__(self, content: Content) -> None:
        self.targets = target_samples(content)
        self.aspects = aspect_samples(content)
        self.speller = speller((sample.text for sample in self.targets), content.words)
        rng = random.Random(SEED)
        chat: dict[str, list[str]] = {}
        for key, ways in self.speller.readings.items():
            chat.setdefault(ways[0], []).append(key)
        self.noise = Noise(chat, rng)
        self.target_copies = [self._copies(sample) for sample in self.targets]
        self.aspect_copies = [self._copies(sample)[:2] for sample in self.aspects]
        self.vocabulary = vocabulary((copy for copies in self.target_copies for copy in copies), LEAST)

    def _copies(self, sample: Sample) -> list[tuple[str, ...]]:
        """As written, without marks, noisy, noisy without marks."""
        words = self.speller.read(sample.text).words
        noisy = self.speller.read(" ".join(self.noise.noisy(words))).words
        half = self.noise.half_marked(self.noise.noisy(words))
        unmarked, noisy_unmarked = (tuple(map(plain, some)) for some in (words, self.noise.noisy(words)))
        return list(dict.fromkeys((words, unmarked, noisy, noisy_unmarked, tuple(half))))


def fit(content: Content, progress: Progress | None = None) -> Model:
    """Deterministic. Calibrated on a fifth of the sentences that the first of two fits does not see."""
    say = progress or (lambda _what, _done: None)
    say("copies", 0.0)
    fitting = Fitting(content)
    say("fit", 0.2)
    targets = _head([sample.label for sample in fitting.targets], fitting.target_copies, fitting.vocabulary)
    say("fit", 0.8)
    aspects = _head([sample.label for sample in fitting.aspects], fitting.aspect_copies, fitting.vocabulary)
    say("save", 0.95)
    return _model(content, fitting, targets, aspects)


@dataclass(frozen=True, slots=True)
class _Fitted:
    head: Head
    weights: npt.NDArray[np.float32]  # feature × label


def _head(labels: Sequence[str], copies: Sequence[Sequence[Sequence[str]]], vocab: Vocabulary) -> _Fitted:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    names, codes = np.unique(np.array(labels), return_inverse=True)
    rows = [copy for group in copies for copy in group]
    owner = np.repeat(np.arange(len(copies)), [len(group) for group in copies])
    matrix = _matrix(rows, vocab)
    held = _held_out(codes)
    with ThreadPoolExecutor(2) as pool:  # the solver lets go of the interpreter's lock
        whole = pool.submit(_weights, matrix, codes[owner], len(names))
        kept = ~held[owner]
        part = pool.submit(_weights, matrix[kept], codes[owner][kept], len(names))
        (weights, bias), (some, some_bias) = whole.result(), part.result()
    margins = matrix[held[owner]] @ some + some_bias
    return _Fitted(Head(tuple(names.tolist()), bias, _sharpness(margins, codes[owner][held[owner]])), weights)


def _held_out(codes: Indices) -> npt.NDArray[np.bool_]:
    """Every fifth sample of each label; labels with fewer than five keep all."""
    nth = np.zeros(len(codes), np.intp)
    for code in range(codes.max() + 1):
        mine = codes == code
        nth[mine] = np.arange(mine.sum())
    return np.asarray(nth % 5 == 4)


def _weights(matrix: Matrix, codes: Indices, count: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    from sklearn.svm import LinearSVC  # noqa: PLC0415 – only a fit needs it

    solver = LinearSVC(C=COST, tol=0.3, random_state=SEED)
    solver.fit(matrix, codes)
    weights = np.zeros((matrix.shape[1], count), np.float32)
    bias = np.full(count, -1, np.float32)
    weights[:, solver.classes_] = solver.coef_.T
    bias[solver.classes_] = solver.intercept_
    return weights, bias


def _matrix(rows: Sequence[Sequence[str]], vocab: Vocabulary) -> Matrix:
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    vectors = [vocab.vector(words) for words in rows]
    ends = np.cumsum([0, *(len(found) for found, _ in vectors)])
    values = np.concatenate([values for _, values in vectors]).astype(np.float64)
    matrix = csr_matrix((values, np.concatenate([found for found, _ in vectors]), ends), (len(rows), len(vocab)))
    matrix.sum_duplicates()
    return matrix


def _sharpness(margins: npt.NDArray[np.float64], codes: Indices) -> float:
    """The factor that makes softmax probabilities likeliest on sentences not fitted on."""
    if not len(codes):
        return 5.0
    from scipy.special import logsumexp  # noqa: PLC0415

    right = margins[np.arange(len(codes)), codes]
    losses = {factor: float(np.mean(logsumexp(factor * margins, 1) - factor * right)) for factor in np.linspace(1, 12, 45)}
    return float(min(losses, key=losses.__getitem__))


def _model(content: Content, fitting: Fitting, targets: _Fitted, aspects: _Fitted) -> Model:
    weights = np.concatenate([targets.weights, aspects.weights], axis=1)
    kept = min(len(weights), CELLS // weights.shape[1])
    strongest = np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:kept])
    weights = weights[strongest]
    vocab = Vocabulary([fitting.vocabulary.features[at] for at in strongest], fitting.vocabulary.weights[strongest])
    step = np.maximum(np.abs(weights).max(axis=1), 1e-6) / 127
    topic = topics_of(content)
    topics = tuple(topic(name) for name in targets.head.names)
    return Model(
        speller=fitting.speller,
        vocabulary=vocab,
        targets=targets.head,
        aspects=aspects.head,
        topics=topics,
        levels=np.round(weights / step[:, None]).astype(np.int8),
        step=step.astype(np.float32),
        seen=_seen(fitting, vocab, dict(zip(targets.head.names, topics, strict=True))),
    )


def _seen(fitting: Fitting, vocab: Vocabulary, topic_of: Mapping[str, str]) -> npt.NDArray[np.uint8]:
    """Which word features occur in the training text of which topic, packed into bits."""
    order = {topic: at for at, topic in enumerate(dict.fromkeys(topic_of.values()))}
    seen = np.zeros((len(vocab), len(order)), np.bool_)
    for sample, copies in zip(fitting.targets, fitting.target_copies, strict=True):
        for copy in copies[:2]:
            rows, _ = vocab.vector(copy)
            seen[rows, order[topic_of[sample.label]]] = True
    return np.packbits(seen, axis=1)


def cached(content: Content, cache_dir: Path, progress: Progress | None = None) -> Model:
    """The model of this training text, from the cache or fitted now. Older models are removed."""
    path = cache_dir / f"model-{key(content)}.npz"
    try:
        return fitted.load(path)
    except (OSError, ValueError, KeyError):
        model = fit(content, progress)
    model.save(path)
    for other in cache_dir.glob("model-*.npz"):
        if other != path:
            other.unlink(missing_ok=True)
    return model


def key(content: Content) -> str:
    """Hash of the training sentences and of the code that fits them: figures and answers change nothing."""
    topic = topics_of(content)
    samples = [(sample.text, sample.label, topic(sample.label)) for sample in target_samples(content)]
    asked = [(sample.text, sample.label) for sample in aspect_samples(content)]
    digest = hashlib.sha256(json.dumps([samples, asked, sorted(content.words.items())]).encode())
    for module in (features, fitted, noise, spelling, text):
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()[:20]

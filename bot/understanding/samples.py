"""The training text: what messages are about, ways to ask for a part, and noisy copies of both."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from bot.content.types import Content, Entry, Guide
from bot.understanding.features import Numbers, Taken
from bot.understanding.model import NO_TOPIC, SMALL_TALK
from bot.understanding.noise import Noise
from bot.understanding.spelling import Speller, speller
from bot.understanding.text import Normal, Normals, normalise, plain, tokens
from bot.understanding.words import Phrases

SAID = 4  # what an example counts whose part an editor named, beside one made or found by its words
SHORT = 6  # words; a shorter example may stand for the name of its matter
TYPED = 2  # one sample in so many is also learned as typed in a hurry
MATTERS_PER_PHRASE = 1  # names of matters that each way to ask for a part is joined with


@dataclass(frozen=True, slots=True)
class Sample:
    text: str
    label: str
    weight: int = 1


Normalise = Callable[[str], Normal]


def target_samples(content: Content, normal: Normalise = normalise) -> list[Sample]:
    """Every sentence that says what a message is about. Aspect phrases alone say that it names no matter."""
    found = [Sample(one, id) for id, texts in said_of(content) for one in texts]
    found += [Sample(phrase, NO_TOPIC) for phrases in content.aspects.values() for phrase in phrases]
    return list(dict.fromkeys(sample for sample in found if tokens(normal(sample.text))))


def said_of(content: Content) -> Iterator[tuple[str, Sequence[str]]]:
    """What is said of each target, by its id."""
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


def asked_of(content: Content) -> Iterator[Guide | Entry]:
    """Whose sentences may say which part they ask for."""
    yield from content.guides.values()
    yield from content.entries.values()


def aspect_samples(content: Content, normal: Normalise = normalise) -> list[Sample]:
    """Ways to ask for a part: alone and joined with names of matters, ours and others', which then mean nothing. A bare
    name asks for the whole. An example counts for the part that its editor says, else for the one whose words it has."""
    own = [name for guide in content.guides.values() for name in (*guide.aliases, guide.title)]
    others = [name for neighbour in content.neighbours.values() for name in (neighbour.title, *neighbour.examples)]
    names = own + [name for name in others if len(name.split()) < SHORT]
    found = [Sample(name, "tong_quan") for name in own]
    for aspect, phrases in content.aspects.items():
        for phrase in phrases:
            rng = random.Random(own_number(phrase))
            joined = rng.sample(names, min(MATTERS_PER_PHRASE, len(names)))
            found += [Sample(phrase, aspect), *(Sample(_join(name, phrase, rng), aspect) for name in joined)]
    finder = PhraseFinder(content.aspects)
    sentences = [one for _, texts in said_of(content) for one in texts]
    said = {one: part for each in asked_of(content) for one, part in each.asked.items()}
    found += [Sample(one, said[one], SAID) for one in sentences if one in said]
    return found + [
        Sample(one, aspect) for one in sentences if one not in said and (aspect := finder.only(normal(one)))
    ]


def own_number(text: str) -> int:
    """What chance begins with for a sentence: the same wherever it stands, so that one more changes no other."""
    return crc32(text.encode())


def _join(name: str, phrase: str, rng: random.Random) -> str:
    unmarked = plain(phrase) == phrase and " " in phrase
    name = plain(name) if unmarked else name
    return f"{name} {phrase}" if rng.random() < 0.7 else f"{phrase} {name}"


class PhraseFinder:
    """Which aspects a sentence asks for by the very words of `_aspects.yaml`."""

    def __init__(self, aspects: Mapping[str, Sequence[str]]) -> None:
        said = {tuple(tokens(plain(normalise(phrase)))): id for id, phrases in aspects.items() for phrase in phrases}
        self._phrases = Phrases(said)

    def only(self, sentence: str) -> str:
        """The one aspect whose phrases occur; "" when none or several do."""
        words = tokens(plain(normalise(sentence)))
        found = {aspect for _, _, aspect in self._phrases.found(words)}
        return found.pop() if len(found) == 1 else ""


def topics_of(content: Content) -> Callable[[str], str]:
    return lambda target: SMALL_TALK if target in content.small_talk else content.topic_of(target) or NO_TOPIC


class TrainingText:
    """The samples of a content, and who reads them."""

    def __init__(self, content: Content) -> None:
        normals = Normals()
        self.topic = topics_of(content)
        self.targets = target_samples(content, normals.__getitem__)
        self.aspects = aspect_samples(content, normals.__getitem__)
        self.reader = Reader(speller((normals[sample.text] for sample in self.targets), content.words), normals)


class Copies(NamedTuple):
    """Samples as they are learned, taken apart one after the other; how many copies there are of each."""

    taken: Taken
    sizes: Sequence[int]

    def followed_by(self, other: Copies) -> Copies:
        return Copies(self.taken.followed_by(other.taken), [*self.sizes, *other.sizes])


class Reader:
    """Reads samples as they are learned: as written and without marks, some also as typed in a hurry."""

    def __init__(self, speller: Speller, normals: Normals) -> None:
        self.speller = speller
        self._normals = normals
        chat: dict[str, list[str]] = {}
        for key, ways in speller.readings.items():
            chat.setdefault(ways[0], []).append(key)
        self._noise = Noise(chat, random.Random())
        self._read: dict[str, tuple[str, ...]] = {}  # a sentence that is learned twice is read once

    def read(self, targets: Sequence[Sample], aspects: Sequence[Sample]) -> tuple[Copies, Copies]:
        """What messages are about, some as typed in a hurry, and ways to ask."""
        numbers = Numbers()
        hurried = [self.copies(one, hurried=own_number(one.text) % TYPED == 0) for one in targets]
        return _taken(numbers, hurried), _taken(numbers, [self.copies(one) for one in aspects])

    def copies(self, sample: Sample, *, hurried: bool = False) -> list[tuple[str, ...]]:
        """The words of each copy; the first one is as written."""
        words = self._read.get(sample.text)
        if words is None:
            words = self._read[sample.text] = tuple(self.speller.in_full(self._normals[sample.text])[0])
        found = [words, tuple(map(plain, words))]
        if hurried:
            self._noise.rng.seed(own_number(sample.text))
            found.append(self.speller.read(" ".join(self._noise.half_marked(self._noise.noisy(words)))).words)
        return list(dict.fromkeys(found))


def _taken(numbers: Numbers, copies: Sequence[Sequence[Sequence[str]]]) -> Copies:
    return Copies(numbers.taken(chain.from_iterable(copies)), list(map(len, copies)))


def halves(samples: Sequence[Sample]) -> tuple[list[Sample], list[Sample]]:
    """Samples in two parts of about the same work; those of one text are in the same part."""
    one, other = list[Sample](), list[Sample]()
    for sample in samples:
        (one if own_number(sample.text) // TYPED % 2 else other).append(sample)
    return one, other

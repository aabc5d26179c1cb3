"""Is this message a scam, or is someone already harmed? Which one, and why, in sentences that a citizen reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from bot.content.types import FIRST_AID, Content, Signal
from bot.message import Alarm, Level
from bot.safety.fold import Word
from bot.safety.likeness import Likeness
from bot.safety.links import Verdict, Watch
from bot.safety.phrases import Hit, Phrases, Reader
from bot.safety.urls import find, readable

Value = TypeVar("Value")

SUSPICIOUS = 2.0  # points; the weights of the signals are written on this scale
SCAM = 3.0
QUESTION = "chuyen_gi"  # the question of the first-aid guide that asks what harm was done
NO_HARM = "nghi_ngo"  # its option for those who did nothing yet
MOST_REASONS = 3

_ASKS = frozenset(("want", "money", "otp", "app", "remote", "secrecy"))  # kinds that want something of the citizen
_MORE = 0.5  # how much a second signal of the same kind adds
_LINK_POINTS = {"official": 0.0, "unknown": 0.5, "shortener": 1.0, "lookalike": 2.0}
_LINK_RISK = 1.0  # a link whose form is a warning
_CALM = 1.0  # points that a calm phrase takes away
_LIKE = 2.0  # points of a message that is a known script word by word
_BEFORE = 3  # words before a phrase that can turn it into its opposite
_NOT = frozenset(["chua", "khong", "dung", "neu", "nen", "sap", "dinh", "tranh", "khoi", "tinh"])
_LINK_WORD = "link"


class Shield:
    """Built once per content; then a message takes well under a millisecond."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._watch = Watch(content)
        self._reader = reader = Reader(content.words)
        self._signals = Phrases(reader, _pairs((signal, signal.phrases) for signal in content.signals.values()))
        self._panic = Phrases(reader, _pairs(_harms(content).items()))
        self._calm = Phrases(reader, ((phrase, phrase) for phrase in content.calm))
        self._likeness = Likeness(reader, content)
        self._order = list(content.panic)

    def judge(self, text: str) -> Alarm | None:
        """The alarm that a message calls for; None for what citizens ordinarily ask. Never raises."""
        words, verdicts = self._read(text)
        harm = self._harm(words)
        if harm is not None:
            return Alarm(self._likeness.resembles(words)[0], "panic", self._label(harm))
        hits = list(self._signals.find(words))
        points, kinds = _points(hits)
        warning, likeness = self._likeness.resembles(words)
        links = sum(_LINK_POINTS[link.kind] + _LINK_RISK * link.risky for link in verdicts)
        total = points + links + _LIKE * likeness - _CALM * sum(1 for _ in self._calm.find(words))
        if total < SUSPICIOUS:
            return None
        level: Level = "scam" if total >= SCAM and (kinds & _ASKS or links >= SCAM) else "suspicious"
        return Alarm(warning, level, self._reasons(hits, verdicts))

    def harm(self, text: str) -> str:
        """What already happened to the writer: an option of the first-aid guide's question, "" when nothing did."""
        return self._harm(self._read(text)[0]) or ""

    def _read(self, text: str) -> tuple[list[Word], list[Verdict]]:
        text = readable(text)
        found = find(text)
        verdicts = [self._watch.judge(link) for link in found]
        for link, verdict in zip(reversed(found), reversed(verdicts), strict=True):
            word = "" if verdict.kind == "official" else _LINK_WORD + " apk" * link.installs
            text = f"{text[: link.start]} {word} {text[link.end :]}"
        return self._reader.words(text), verdicts

    def _harm(self, words: list[Word]) -> str | None:
        hits = [
            hit
            for hit in self._panic.find(words)
            if _NOT.isdisjoint(word.plain for word in words[max(0, hit.start - _BEFORE) : hit.start])
        ]
        if not hits or any(True for _ in self._calm.find(words)):
            return None
        return min((hit.value for hit in hits), key=self._rank)

    def _rank(self, harm: str) -> int:
        return self._order.index(harm) if harm in self._order else len(self._order)

    def _label(self, harm: str) -> tuple[str, ...]:
        guide = self._content.guides.get(FIRST_AID)
        question = guide.questions.get(QUESTION) if guide else None
        option = question.options.get(harm) if question else None
        return (option.label,) if option else ()

    def _reasons(self, hits: list[Hit[Signal]], verdicts: list[Verdict]) -> tuple[str, ...]:
        weighty = sorted((hit.value for hit in hits), key=lambda signal: -signal.weight)
        links = [link.reason for link in verdicts if link.kind != "official" or link.risky]
        reasons = dict.fromkeys(filter(None, [*links, *(signal.reason for signal in weighty)]))
        return tuple(reasons)[:MOST_REASONS]


def _pairs(phrases: Iterable[tuple[Value, Iterable[str]]]) -> Iterator[tuple[str, Value]]:
    return ((phrase, value) for value, each in phrases for phrase in each)


def _harms(content: Content) -> dict[str, tuple[str, ...]]:
    """What people in trouble write, by the harm done: the phrases, and the words of the guide's options."""
    harms = {harm: tuple(phrases) for harm, phrases in content.panic.items()}
    guide = content.guides.get(FIRST_AID)
    question = guide.questions.get(QUESTION) if guide else None
    for option in question.options.values() if question else ():
        if option.id != NO_HARM:
            harms[option.id] = (*harms.get(option.id, ()), *option.words)
    return harms


def _points(hits: Iterable[Hit[Signal]]) -> tuple[float, set[str]]:
    """The weights of the signals, a second one of a kind for half, and the kinds."""
    kinds: dict[str, dict[str, float]] = {}
    for hit in hits:
        kinds.setdefault(hit.value.kind, {})[hit.value.id] = hit.value.weight
    points = 0.0
    for weights in kinds.values():
        first, *more = sorted(weights.values(), reverse=True)
        points += first + _MORE * sum(more)
    return points, set(kinds)

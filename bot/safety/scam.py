"""Is this message a scam, or is someone already harmed? Which one, and why, in sentences that a citizen reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.content.types import Content, Signal
from bot.message import Alarm
from bot.safety.fold import Word
from bot.safety.grammar import DOUBT
from bot.safety.harm import Everyday, Harms, first_question
from bot.safety.likeness import Likeness
from bot.safety.links import Verdict, Watch
from bot.safety.phrases import Hit, Phrases, Reader
from bot.safety.urls import readable, scan

SUSPICIOUS = 2.0  # points; the weights of the signals are written on this scale
SCAM = 3.0
MOST_REASONS = 3

_MORE = 0.5  # how much of its weight a second signal of the same kind adds
_ASKS = frozenset(("want", "money", "otp", "app", "remote", "secrecy"))  # kinds that want something of the citizen
_LINK = {"official": 0.0, "unknown": 0.5, "shortener": 1.0, "lookalike": 2.0}
_RISKY_LINK = 1.0  # more for a link whose form is a warning
_CALM = 1.0  # less for each calm phrase
_DOUBT = 0.5
_LIKE = 2.0  # for a message that is a known script, in proportion beyond the least likeness
_LEAST_LIKE = 0.15
_MOST_LIKE = 1.5
_LINK_WORD = "link"


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for a scam. A sign of one kind alone can be suspicious, never more."""

    signals: Sequence[Signal]
    links: Sequence[Verdict]
    script: str = ""  # that the message is a known script, in a sentence

    @property
    def points(self) -> float:
        kinds: dict[str, list[float]] = {}
        for signal in self.signals:
            kinds.setdefault(signal.kind, []).append(signal.weight)
        points = sum(max(each) + _MORE * (sum(each) - max(each)) for each in kinds.values())
        return max(points + self.of_links, SUSPICIOUS * bool(self.script))

    @property
    def of_links(self) -> float:
        return sum(_LINK[link.kind] + _RISKY_LINK * link.risky for link in self.links)

    @property
    def wants(self) -> bool:
        """Whether something is wanted of the citizen."""
        return self.of_links > 0 or any(signal.kind in _ASKS for signal in self.signals)

    @property
    def manifold(self) -> bool:
        return len(self.signals) + (self.of_links > 0) > 1

    def grave(self, everyday: bool) -> bool:
        """Whether a single sign is enough. Among words about a procedure it has to be as good as certain."""
        heavy = max((signal.weight for signal in self.signals), default=0.0)
        return heavy >= (SCAM if everyday else SUSPICIOUS) or self.of_links >= SUSPICIOUS or bool(self.script)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Links first, then the weightiest signals; none twice."""
        links = [link.reason for link in self.links if link.kind != "official" or link.risky]
        signals = [signal.reason for signal in sorted(self.signals, key=lambda signal: -signal.weight)]
        return tuple(dict.fromkeys(filter(None, [*links, *signals, self.script])))[:MOST_REASONS]


def _told(hits: Iterable[Hit[Signal]]) -> Iterator[Signal]:
    """The signals; one that other words say again comes twice."""
    ends: dict[str, int] = {}
    for hit in hits:
        said = ends.get(hit.value.id)
        if said is None or (said > 0 and hit.start >= said):
            yield hit.value
            ends[hit.value.id] = hit.end if said is None else 0


class Shield:
    """Built once per content; an ordinary message then takes a fraction of a millisecond."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._reader = reader = Reader(content.words)
        signals = content.signals.values()
        self._signals = Phrases(reader, ((phrase, signal) for signal in signals for phrase in signal.phrases))
        self._everyday = Everyday(reader)
        self._harms = Harms(reader, content, self._everyday)
        self._calm = Phrases(reader, ((phrase, phrase) for phrase in content.calm))
        self._doubt = Phrases(reader, ((phrase, phrase) for phrase in DOUBT))

    @cached_property
    def _watch(self) -> Watch:
        return Watch(self._content)

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self._reader, self._content)

    def judge(self, text: str) -> Alarm | None:
        """The alarm that a message calls for; None for what citizens ordinarily ask. Never raises."""
        words, links = self._read(text)
        if harm := self._harms.of(words, self._calm.has(words)):
            return Alarm(self._likeness.of(words).warning, "panic", self._label(harm), harm)
        like = self._likeness.of(words)
        script = self._script(like.warning) if like.script else ""
        evidence = _Evidence(tuple(_told(self._signals.find(words))), links, script)
        points = evidence.points + self._context(words, like.degree)
        if points < SUSPICIOUS or not (evidence.manifold or evidence.grave(self._everyday.has(words))):
            return None
        sure = points >= SCAM and evidence.wants and (evidence.manifold or evidence.of_links >= SCAM)
        return Alarm(like.warning, "scam" if sure else "suspicious", evidence.reasons)

    def harm(self, text: str) -> str:
        """What already happened to the writer: an option of the first-aid guide's question, "" when nothing did."""
        words, _ = self._read(text)
        return self._harms.of(words, self._calm.has(words)) or ""

    def _read(self, text: str) -> tuple[list[Word], list[Verdict]]:
        """The words, with «link» in place of every link that is not official, and the verdicts on the links."""
        text = readable(text)
        found = list(scan(text))
        verdicts = [self._watch.judge(link) for link in found]
        for link, verdict in zip(reversed(found), reversed(verdicts), strict=True):
            word = "" if verdict.kind == "official" else _LINK_WORD + " apk" * link.installs
            text = f"{text[: link.start]} {word} {text[link.end :]}"
        return self._reader.words(text), verdicts

    def _context(self, words: Sequence[Word], likeness: float) -> float:
        """The points of what is said around the signals."""
        like = min(_MOST_LIKE, _LIKE * max(0.0, likeness - _LEAST_LIKE))
        doubt = _DOUBT * self._doubt.has(words)
        return like + doubt - _CALM * len({hit.value for hit in self._calm.find(words)})

    def _script(self, warning: str) -> str:
        found = self._content.warnings.get(warning)
        return self._content.bot.get("giong_thu_doan", "").replace("{title}", found.title) if found else ""

    def _label(self, harm: str) -> tuple[str, ...]:
        question = first_question(self._content)
        option = question.options.get(harm) if question else None
        return (option.label,) if option else ()

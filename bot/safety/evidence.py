"""What speaks for a scam in one message, what against it, and what follows: points, a level, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.types import Signal
from bot.message import Level
from bot.safety.links import Verdict

SUSPICIOUS = 2.0  # points; the weights of the signals are written on this scale
SCAM = 3.0
MOST_REASONS = 3

_ASKS = frozenset(("want", "money", "otp", "app", "remote", "secrecy"))  # kinds that want something of the citizen
_MORE = 0.5  # how much of its weight a second signal of the same kind adds
_LINK = {"official": 0.0, "unknown": 0.5, "shortener": 1.0, "lookalike": 2.0}
_RISKY_LINK = 1.0  # more for a link whose form is a warning
_NEUTRAL = -0.65  # the wording that speaks neither for a scam nor against it
_WORDED, _MOST_WORDED = 2.0, 1.5  # points for so much more than that, and the most of them
_ORDINARY = -1.0  # the wording from which down nothing but links is believed
_SURE = 0.2  # … up to here nothing is called more than suspicious
_SIGN = -0.5  # the wording that counts as a sign beside another one
TELLING = -0.3  # … that is suspicious without a sign
_SCRIPT = -0.15  # … also among words about a procedure: all but a known script
_CONTACT = frozenset(("claim", "channel"))  # kinds of a stranger who claims to be somebody
_TOLD = -0.9  # the wording that such a story has
_DOUBT = 0.5
_DOUBTED = 1.5  # the weight of a signal that is enough for one who doubts
_CALM = 1.0  # less for each calm phrase
_EVERYDAY = 1.0  # less among words about a procedure


@dataclass(frozen=True, slots=True)
class Evidence:
    signals: Sequence[Signal] = ()
    links: Sequence[Verdict] = ()
    wording: float | None = None  # the higher, the more like what scammers say rather than what citizens ask
    script: str = ""  # that it is like a known scam, in a sentence
    verbatim: bool = False  # it is one word by word
    doubt: bool = False  # the writer asks whether it is a scam
    everyday: bool = False  # it is about a procedure, and nobody else has a hand in it
    calm: int = 0  # calm phrases

    @property
    def level(self) -> Level | None:
        """What somebody wants has to be among it, and more than one sign, unless one is grave."""
        if self.points < SUSPICIOUS or not (self._manifold or self._grave) or not self._calls:
            return None
        if self._is_below(_ORDINARY) and self._of_links < SUSPICIOUS:
            return None
        sure = self.points >= SCAM and self._wants and (self._told_twice or self._of_links >= SCAM)
        sure = sure and not (self._is_below(_SURE) and self._of_links < SUSPICIOUS)
        return "scam" if sure else "suspicious"

    @property
    def points(self) -> float:
        kinds: dict[str, list[float]] = {}
        for signal in self.signals:
            kinds.setdefault(signal.kind, []).append(signal.weight)
        told = sum(max(each) + _MORE * (sum(each) - max(each)) for each in kinds.values())
        above = 0.0 if self.wording is None else self.wording - _NEUTRAL
        worded = min(_MOST_WORDED, max(-_MOST_WORDED, _WORDED * above))
        against = _CALM * self.calm + _EVERYDAY * self._among_procedures
        points = told + self._of_links + worded + _DOUBT * self.doubt - against
        return max(points, SUSPICIOUS) if (self._known or self._imitates) and not self.calm else points

    def _is_worded(self, least: float) -> bool:
        return self.wording is not None and self.wording >= least

    def _is_below(self, wording: float) -> bool:
        return self.wording is not None and self.wording < wording

    @property
    def reasons(self) -> tuple[str, ...]:
        """Links first, then the weightiest signals; none twice."""
        links = [link.reason for link in self.links if link.kind != "official" or link.risky]
        signals = [signal.reason for signal in sorted(self.signals, key=lambda signal: -signal.weight)]
        return tuple(dict.fromkeys(filter(None, [*links, *signals, self.script * self._known])))[:MOST_REASONS]

    @property
    def faint(self) -> bool:
        """Whether nothing but the wording speaks for a scam."""
        return not (self.signals or self._of_links or self.verbatim)

    @property
    def _of_links(self) -> float:
        return sum(_LINK[link.kind] + _RISKY_LINK * link.risky for link in self.links)

    @property
    def _among_procedures(self) -> bool:
        told = self._is_worded(_SCRIPT) or any(signal.kind == "claim" for signal in self.signals)
        return self.everyday and not told

    @property
    def _known(self) -> bool:
        """Whether the words alone are those of a scam."""
        return bool(self.script) and (self.verbatim or (self._is_worded(TELLING) and not self._among_procedures))

    @property
    def _imitates(self) -> bool:
        """Whether a link imitates a page: a warning whatever the words around it."""
        return any(link.kind == "lookalike" for link in self.links)

    @property
    def _heaviest(self) -> float:
        return max((signal.weight for signal in self.signals), default=0.0)

    @property
    def _wants(self) -> bool:
        """Whether something is wanted of the citizen."""
        return self._of_links > 0 or any(signal.kind in _ASKS for signal in self.signals)

    @property
    def _calls(self) -> bool:
        """Whether there is more than somebody who got in touch, or they claimed to be somebody and the words tell."""
        pressed = any(signal.kind == "pressure" for signal in self.signals)
        return self._wants or self._known or pressed or self._contact

    @property
    def _contact(self) -> bool:
        kinds = {signal.kind for signal in self.signals}
        return kinds >= _CONTACT and self._is_worded(_TOLD) and not self._among_procedures

    @property
    def _told_twice(self) -> bool:
        return len(self.signals) + (self._of_links > 0) > 1

    @property
    def _manifold(self) -> bool:
        return len(self.signals) + (self._of_links > 0) + (
            self._is_worded(_SIGN) and not self._among_procedures
        ) > 1 or (self.doubt and self._heaviest >= _DOUBTED)

    @property
    def _grave(self) -> bool:
        """Whether a single sign is enough. Among words about a procedure it has to be as good as certain."""
        heavy = self._heaviest >= (SCAM if self._among_procedures else SUSPICIOUS)
        return heavy or self._of_links >= SUSPICIOUS or self._known

"""What was said and shown in one conversation: option ids only, never words; nothing derived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Answers = dict[str, str]

AT = "@"
MOST_TURNS = 40


@dataclass(frozen=True, slots=True)
class Walk:
    """A guide being walked. `turns` are the answers `{question: option}` that each message gave, the opening one first,
    with the step at which it came under AT; `step` is a step's title ("" before the first one is shown)."""

    guide: str
    turns: tuple[Mapping[str, str], ...] = ()
    step: str = ""

    @property
    def answers(self) -> Answers:
        merged: Answers = {}
        for turn in self.turns:
            merged.update(turn)
        merged.pop(AT, None)
        return merged

    @property
    def begun(self) -> bool:
        """Whether there is something to go on with: a step was shown, or a question answered after the opening."""
        return bool(self.step) or len(self.turns) > 1

    def turn(self, answers: Mapping[str, str]) -> Walk:
        """After a message that did more than go to the next step; the steps begin anew. The oldest turns become one."""
        turns = (*self.turns, {**answers, **({AT: self.step} if self.step else {})})
        if len(turns) > MOST_TURNS:
            turns = ({**turns[0], **turns[1]}, *turns[2:])
        return replace(self, turns=turns, step="")

    def undo(self) -> Walk | None:
        """The walk before its last turn; None before the first."""
        *before, last = self.turns or ({},)
        return replace(self, turns=tuple(before), step=last.get(AT, "")) if before else None


@dataclass(frozen=True, slots=True)
class Session:
    walk: Walk | None = None
    under: Walk | None = None  # one walk that waits below: put there by a panic or by 12 hours of silence
    about: str = ""  # the guide, entry, warning or neighbour last answered
    offered: tuple[str, ...] = ()  # ids of the choices last shown: what «1 2 3» mean
    kept: Mapping[str, str] = field(default_factory=dict)  # answers to shared questions; they outlive a guide
    misses: int = 0
    seen: tuple[str, ...] = ()  # notices shown
    version: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "walk": _walk_out(self.walk),
            "under": _walk_out(self.under),
            "about": self.about,
            "offered": list(self.offered),
            "kept": dict(self.kept),
            "misses": self.misses,
            "seen": list(self.seen),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], version: int) -> Session:
        return cls(
            walk=_walk_in(data["walk"]),
            under=_walk_in(data["under"]),
            about=data["about"],
            offered=tuple(data["offered"]),
            kept=dict(data["kept"]),
            misses=data["misses"],
            seen=tuple(data["seen"]),
            version=version,
        )


def _walk_out(walk: Walk | None) -> list[Any] | None:
    return [walk.guide, [dict(turn) for turn in walk.turns], walk.step] if walk else None


def _walk_in(data: Iterable[Any] | None) -> Walk | None:
    if data is None:
        return None
    guide, turns, step = data
    return Walk(guide, tuple(dict(turn) for turn in turns), step)

"""What was said and shown in one conversation: option ids only, never words; nothing derived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Walk:
    """A guide being walked. `turns` are the answers `{question: option}` that each message gave; `step` is a step's title
    ("" before the first step is shown)."""

    guide: str
    turns: tuple[Mapping[str, str], ...] = ()
    step: str = ""

    @property
    def answers(self) -> Answers:
        merged: Answers = {}
        for turn in self.turns:
            merged.update(turn)
        return merged

    def answer(self, answers: Mapping[str, str]) -> Walk:
        """One message's answers are one turn; nothing said is no turn."""
        return replace(self, turns=(*self.turns, dict(answers))) if answers else self


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

"""What a message means, once the session is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.message import Alarm


@dataclass(frozen=True, slots=True)
class Command:
    """back · next · again · restart · stop · help · menu · person · forget · problem · resume · earlier · group · number.

    `at`: the step that a pressed button belonged to («guide/number», "" when typed), the group to list, or the number
    that nothing was offered under.
    """

    name: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question of a guide. `option` is "" for «không biết»."""

    guide: str
    question: str
    option: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question about a target: a guide, an entry, a warning, a neighbour or small talk.

    `aspects`: at most three, the main one first, never empty for a guide. `details`: {question: option} found in words.
    `confidence`: calibrated probability (0–1) that the topic is right; 1 for a pressed choice or a short code.
    """

    target: str
    aspects: tuple[str, ...] = ("tong_quan",)
    details: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 1.0
    steps: bool = False  # asked for the steps, or for the guide as a whole: an open walk moves there
    also: str = ""  # another topic that the message asked about as well ("" when none)
    problem: str = ""  # the problem of the guide that the message describes ("" when none)
    point: tuple[str, int] | None = (
        None  # the item of the guide that the message is about: its part, and where it stands
    )
    near: tuple[int, ...] = ()  # where the problems of the guide stand that resemble the message, the nearest first


@dataclass(frozen=True, slots=True)
class Unsure:
    """Ask back: at most three targets (guides where possible), likeliest first. `foreign`: it may be none of our matters."""

    targets: tuple[str, ...]
    aspects: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.0
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not understood. `near`: the nearest targets, for the second miss."""

    near: tuple[str, ...] = ()
    confidence: float = 0.0


Meaning = Command | Answer | Ask | Unsure | Unknown | Alarm

"""The only words that channels know: who wrote, what came in, what goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["suspicious", "scam", "panic"]

MENU = "0"


@dataclass(frozen=True, slots=True)
class User:
    """A person as a platform knows them; nothing else about them is ever held."""

    channel: str
    id: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or one pressed button. `id` is the platform's message id, for deduplication ("" when it has none)."""

    user: User
    text: str
    choice: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press. `id` is ASCII and at most 64 bytes, and carries its whole meaning."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A scam or a panic that was recognised: the warning it resembles ("" when none), how sure, and why."""

    warning: str
    level: Level
    reasons: tuple[str, ...] = ()
    harm: str = ""  # what has been done already: an option of the first-aid guide's question
    despair: bool = False  # the writer speaks of dying: that is answered first
    faint: bool = False  # nothing speaks for it but how the message is worded
    entry: str = ""  # what answers the message, where it is rather a question about such scams than one of them


@dataclass(frozen=True, slots=True)
class Reply:
    """Plain text with «•» bullets, the same words on every channel."""

    text: str
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    alarm: Alarm | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "choices": [[choice.id, choice.label] for choice in self.choices],
            "links": [[link.label, link.url] for link in self.links],
            "alarm": _alarm_out(self.alarm) if self.alarm else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Reply:
        return cls(
            data["text"],
            tuple(Choice(*pair) for pair in data["choices"]),
            tuple(Link(*pair) for pair in data["links"]),
            _alarm_in(*data["alarm"]) if data.get("alarm") else None,
        )


def _alarm_out(alarm: Alarm) -> list[Any]:
    return [alarm.warning, alarm.level, list(alarm.reasons), alarm.harm]


def _alarm_in(warning: str, level: Level, reasons: list[str], harm: str = "") -> Alarm:
    return Alarm(warning, level, tuple(reasons), harm)


def numbered(reply: Reply) -> str:
    """The reply as one text, for channels without buttons: choices as «1 …», links as «label: url»."""
    parts = [reply.text]
    if reply.links:
        parts.append("\n".join(f"{link.label}: {link.url}" for link in reply.links))
    if reply.choices:
        parts.append(" · ".join(f"{n} {choice.label}" for n, choice in numbers(reply.choices)))
    return "\n\n".join(parts)


def numbers(choices: tuple[Choice, ...]) -> list[tuple[str, Choice]]:
    """The number that each choice answers to: 1, 2, 3 …; the menu is always 0."""
    rest = iter(range(1, len(choices) + 1))
    return [(MENU if choice.id == "cmd/menu" else str(next(rest)), choice) for choice in choices]

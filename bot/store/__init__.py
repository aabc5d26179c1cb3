"""Where sessions, replies and what is not answered yet are kept: one protocol, small twins behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.message import Incoming, Reply, User
from bot.session import Session

WALKS = timedelta(days=30)
REPLIES = timedelta(hours=48)
UNKNOWN = timedelta(days=90)
PENDING = timedelta(days=7)  # after which no platform takes a reply any more


class StoreError(Exception):
    """The store cannot be opened; the text is for the operator, in Vietnamese, with the way out."""


class StaleSession(Exception):  # noqa: N818 - what happened, not who erred
    """Somebody saved this user's session since it was loaded: load again and redo."""


@dataclass(frozen=True, slots=True)
class Loaded:
    session: Session
    saved: datetime | None  # when it was last saved; None for somebody new
    reply: Reply | None  # what was answered to this very message id, if it was seen in the last 48 hours


@dataclass(frozen=True, slots=True)
class Pending:
    """A message that its platform was told is taken, and that is not answered yet. Its words are masked.

    `note` is what else the channel has to know to answer it, for instance that a photo came with it; nothing personal.
    """

    incoming: Incoming
    at: datetime
    note: str = ""


class Store(Protocol):
    """Times are aware datetimes in UTC and come from outside: a store has no clock."""

    async def load(self, user: User, message_id: str, now: datetime) -> Loaded:
        """The user's session (an empty one with version 0 for somebody new, or after 30 days) and an earlier reply."""

    async def save(self, user: User, session: Session, message_id: str, reply: Reply, now: datetime) -> None:
        """One transaction: session with version + 1, and the reply under its message id (none when "").

        Raises StaleSession when the stored version is not `session.version`; then nothing is written.
        """

    async def accept(self, pending: Pending) -> bool:
        """Keep a message before it is acknowledged, until `answered`.

        False, and nothing is kept, for an id that waits already or that was answered in the last 48 hours.
        """

    async def answered(self, user: User, message_id: str) -> None:
        """Delete what was accepted under this id: its reply has been sent, or never will be."""

    async def pending(self, channel: str) -> list[Pending]:
        """What was accepted and is not answered, the oldest first: a process that ended left it."""

    async def hand_over(self, user: User, until: datetime) -> None:
        """A person talks to this citizen until then."""

    async def handed_over(self, user: User, now: datetime) -> bool:
        """Whether a person does."""

    async def sealed(self, name: str) -> str | None:
        """What a channel keeps under this name, encrypted by the channel."""

    async def seal(self, name: str, value: str, before: str | None) -> bool:
        """Keep it when what is there is still `before` (None: nothing); False, and nothing changes, when it is not."""

    async def record_unknown(self, masked: str, now: datetime) -> None:
        """Keep a masked message that was not understood, for 90 days; no user with it."""

    async def unknown(self) -> list[tuple[date, str, int]]:
        """(day, masked message, how often), newest day first, then the most frequent."""

    async def settle_unknown(self, masked: Iterable[str]) -> None:
        """Delete these messages, of every day: an editor has decided about them."""

    async def forget(self, user: User) -> None:
        """Delete everything about this user, at once; also of conversations in groups, whose ids are «group/user»."""

    async def purge(self, now: datetime) -> None:
        """Delete what is older than it may be: walks 30 days, replies 48 hours, unknown messages 90 days,
        messages not answered 7 days, handovers that are over."""

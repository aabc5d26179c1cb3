"""Where sessions and replies are kept: five methods, small twins behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.message import Reply, User
from bot.session import Session

WALKS = timedelta(days=30)
REPLIES = timedelta(hours=48)
UNKNOWN = timedelta(days=90)


class StoreError(Exception):
    """The store cannot be opened; the text is for the operator, in Vietnamese, with the way out."""


class StaleSession(Exception):  # noqa: N818 - what happened, not who erred
    """Somebody saved this user's session since it was loaded: load again and redo."""


@dataclass(frozen=True, slots=True)
class Loaded:
    session: Session
    saved: datetime | None  # when it was last saved; None for somebody new
    reply: Reply | None  # what was answered to this very message id, if it was seen in the last 48 hours


class Store(Protocol):
    """Times are aware datetimes in UTC and come from outside: a store has no clock."""

    async def load(self, user: User, message_id: str, now: datetime) -> Loaded:
        """The user's session (an empty one with version 0 for somebody new, or after 30 days) and an earlier reply."""

    async def save(self, user: User, session: Session, message_id: str, reply: Reply, now: datetime) -> None:
        """One transaction: session with version + 1, and the reply under its message id (none when "").

        Raises StaleSession when the stored version is not `session.version`; then nothing is written.
        """

    async def record_unknown(self, masked: str, now: datetime) -> None:
        """Keep a masked message that was not understood, for 90 days; no user with it."""

    async def forget(self, user: User) -> None:
        """Delete everything about this user, at once; also of conversations in groups, whose ids are «group/user»."""

    async def purge(self, now: datetime) -> None:
        """Delete what is older than it may be: walks 30 days, replies 48 hours, unknown messages 90 days."""

"""The store that forgets everything when the program ends: for `ask`, `chat` and tests."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

from bot.message import Reply, User
from bot.session import Session
from bot.store import REPLIES, UNKNOWN, WALKS, Loaded, StaleSession


class MemoryStore:
    def __init__(self) -> None:
        self._sessions: dict[User, tuple[Session, datetime]] = {}
        self._replies: dict[tuple[User, str], tuple[Reply, datetime]] = {}
        self._unknown: Counter[tuple[date, str]] = Counter()

    async def load(self, user: User, message_id: str, now: datetime) -> Loaded:
        session, saved = self._session(user, now)
        reply, at = self._replies.get((user, message_id), (None, now))
        return Loaded(session, saved, reply if at > now - REPLIES else None)

    async def save(self, user: User, session: Session, message_id: str, reply: Reply, now: datetime) -> None:
        if session.version != self._session(user, now)[0].version:
            raise StaleSession
        self._sessions[user] = (replace(session, version=session.version + 1), now)
        if message_id:
            self._replies[user, message_id] = (reply, now)

    async def record_unknown(self, masked: str, now: datetime) -> None:
        self._unknown[now.date(), masked] += 1

    async def forget(self, user: User) -> None:
        self._sessions = {each: kept for each, kept in self._sessions.items() if not _is(each, user)}
        self._replies = {key: kept for key, kept in self._replies.items() if not _is(key[0], user)}

    async def purge(self, now: datetime) -> None:
        self._sessions = {user: kept for user, kept in self._sessions.items() if kept[1] > now - WALKS}
        self._replies = {key: kept for key, kept in self._replies.items() if kept[1] > now - REPLIES}
        self._unknown = Counter({key: n for key, n in self._unknown.items() if key[0] > (now - UNKNOWN).date()})

    async def unknown(self) -> list[tuple[date, str, int]]:
        """(day, masked message, how often), newest day first, then the most frequent."""
        rows = [(day, text, n) for (day, text), n in self._unknown.items()]
        return sorted(rows, key=lambda row: (-row[0].toordinal(), -row[2], row[1]))

    def _session(self, user: User, now: datetime) -> tuple[Session, datetime | None]:
        kept = self._sessions.get(user)
        return kept if kept and kept[1] > now - WALKS else (Session(), None)


def _is(each: User, user: User) -> bool:
    """The same person, alone or in a group."""
    return each.channel == user.channel and (each.id == user.id or each.id.endswith(f"/{user.id}"))

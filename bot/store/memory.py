"""The store that forgets everything when the program ends: for `ask`, `chat` and tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.message import Reply, User
from bot.session import Session
from bot.store import PENDING, REPLIES, UNKNOWN, WALKS, Loaded, Pending, StaleSession


class MemoryStore:
    def __init__(self) -> None:
        self._sessions: dict[User, tuple[Session, datetime]] = {}
        self._replies: dict[tuple[User, str], tuple[Reply, datetime]] = {}
        self._unknown: Counter[tuple[date, str]] = Counter()
        self._pending: dict[tuple[User, str], Pending] = {}
        self._handovers: dict[User, datetime] = {}
        self._sealed: dict[str, str] = {}

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

    async def accept(self, pending: Pending) -> bool:
        key = (pending.incoming.user, pending.incoming.id)
        _, answered = self._replies.get(key, (None, None))
        if key in self._pending or (answered and answered > pending.at - REPLIES):
            return False
        self._pending[key] = pending
        return True

    async def answered(self, user: User, message_id: str) -> None:
        self._pending.pop((user, message_id), None)

    async def pending(self, channel: str) -> list[Pending]:
        return [each for (user, _), each in self._pending.items() if user.channel == channel]

    async def hand_over(self, user: User, until: datetime) -> None:
        self._handovers[user] = until

    async def handed_over(self, user: User, now: datetime) -> bool:
        return user in self._handovers and self._handovers[user] > now

    async def sealed(self, name: str) -> str | None:
        return self._sealed.get(name)

    async def seal(self, name: str, value: str, before: str | None) -> bool:
        if self._sealed.get(name) != before:
            return False
        self._sealed[name] = value
        return True

    async def record_unknown(self, masked: str, now: datetime) -> None:
        self._unknown[now.date(), masked] += 1

    async def unknown(self) -> list[tuple[date, str, int]]:
        rows = [(day, text, n) for (day, text), n in self._unknown.items()]
        return sorted(rows, key=lambda row: (-row[0].toordinal(), -row[2], row[1]))

    async def settle_unknown(self, masked: Iterable[str]) -> None:
        settled = set(masked)
        self._unknown = Counter({key: n for key, n in self._unknown.items() if key[1] not in settled})

    async def forget(self, user: User) -> None:
        self._sessions = {each: kept for each, kept in self._sessions.items() if not _is(each, user)}
        self._replies = {key: kept for key, kept in self._replies.items() if not _is(key[0], user)}
        self._pending = {key: kept for key, kept in self._pending.items() if not _is(key[0], user)}
        self._handovers = {each: until for each, until in self._handovers.items() if not _is(each, user)}

    async def purge(self, now: datetime) -> None:
        self._sessions = {user: kept for user, kept in self._sessions.items() if kept[1] > now - WALKS}
        self._replies = {key: kept for key, kept in self._replies.items() if kept[1] > now - REPLIES}
        self._pending = {key: kept for key, kept in self._pending.items() if kept.at > now - PENDING}
        self._handovers = {user: until for user, until in self._handovers.items() if until > now}
        self._unknown = Counter({key: n for key, n in self._unknown.items() if key[0] > (now - UNKNOWN).date()})

    def _session(self, user: User, now: datetime) -> tuple[Session, datetime | None]:
        kept = self._sessions.get(user)
        return kept if kept and kept[1] > now - WALKS else (Session(), None)


def _is(each: User, user: User) -> bool:
    """The same person, alone or in a group."""
    return each.channel == user.channel and (each.id == user.id or each.id.endswith(f"/{user.id}"))

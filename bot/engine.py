"""One message: load → understand → respond → save. The only place, besides the commands, that reads the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from weakref import WeakValueDictionary

from bot.content.load import Pack
from bot.content.types import COMFORT, RESCUE, Content
from bot.dialogue.aid import harm_open, stopped
from bot.dialogue.closed import closed, gets_through
from bot.dialogue.reminder import remind
from bot.dialogue.respond import respond
from bot.dialogue.say import Say
from bot.dialogue.steps import waiting
from bot.message import Alarm, Incoming, Reply, User
from bot.prepared import Prepared
from bot.safety.privacy import mask
from bot.safety.scam import Shield
from bot.session import Session
from bot.store import StaleSession, Store
from bot.understanding.focus import Focus
from bot.understanding.meaning import Ask, Command, Meaning, Unknown, Unsure
from bot.understanding.model import Model
from bot.understanding.reading import understand

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
SILENCE = timedelta(hours=12)  # after which an open walk waits below instead of going on
TRIES = 20  # saves that may lose against another process before the message is given up
MOST_TEXT = 4_000  # characters that are read of a message; channels refuse longer ones before

Clock = Callable[[], datetime]
Closed = Callable[[], str | None]  # why the bot is switched off; None while it is on


def utc_now() -> datetime:
    return datetime.now(UTC)


def day_of(now: datetime) -> date:
    """The date in Việt Nam."""
    return now.astimezone(VIETNAM).date()


@dataclass(frozen=True, slots=True)
class Brain:
    """Everything that is known and nothing that is remembered; replaced as a whole when content changes."""

    content: Content
    model: Model
    shield: Shield
    focus: Focus
    pack: Pack = field(default_factory=dict)  # what the content was read from

    @classmethod
    def of(cls, content: Content, model: Model) -> Brain:
        return cls.with_model(Prepared.of(content), model)

    @classmethod
    def with_model(cls, ready: Prepared, model: Model) -> Brain:
        return cls(ready.content, model, ready.shield, ready.focus, ready.pack)

    @property
    def ready(self) -> Prepared:
        return Prepared(self.content, self.shield, self.focus, self.pack)


@dataclass(frozen=True, slots=True)
class Turn:
    meaning: Meaning
    session: Session
    reply: Reply


def converse(brain: Brain, session: Session, incoming: Incoming, today: date) -> Turn:
    """The whole message, without clock, network or store."""
    if len(incoming.text) > MOST_TEXT:
        incoming = replace(incoming, text=incoming.text[:MOST_TEXT])
    content, aid = brain.content, harm_open(brain.content, session)
    alarm, despair = _alarm(brain.shield, incoming, aid)
    meaning = _stopped(brain, incoming, None if alarm else aid) or understand(
        brain.model, content, session, incoming, today, alarm=alarm, focus=brain.focus
    )
    rescues = isinstance(meaning, Ask) and meaning.target in RESCUE
    if alarm is None and despair and not rescues and COMFORT in content.small_talk:
        meaning = Ask(COMFORT)
    after, reply = respond(content, session, meaning, today)
    if incoming.text and not incoming.choice:
        after, reply = remind(Say(content, today), after, reply, incoming.text)
    return Turn(meaning, after, reply)


def switched_off(brain: Brain, session: Session, turn: Turn, reason: str, today: date) -> Turn:
    """What is said instead; first aid goes on."""
    if gets_through(turn.meaning, turn.session):
        return turn
    return Turn(turn.meaning, *closed(Say(brain.content, today), session, reason))


def panics(content: Content, shield: Shield, session: Session, text: str) -> bool:
    """Whether a message calls for first aid, or for more of it, where the conversation stands."""
    alarm = shield.judge(text[:MOST_TEXT], harm_open(content, session)) if text else None
    return alarm is not None and alarm.level == "panic"


def _alarm(shield: Shield, incoming: Incoming, aid: str | None) -> tuple[Alarm | None, bool]:
    """Judged on the words as they are, and whether the writer speaks of dying; of the reasons, which name links, nothing
    personal goes on."""
    if incoming.choice or not incoming.text:
        return None, False
    found, despair = shield.look(incoming.text, aid)
    return (replace(found, reasons=tuple(map(mask, found.reasons))) if found else None), despair


def _stopped(brain: Brain, incoming: Incoming, aid: str | None) -> Meaning | None:
    """«chưa bấm» and the like, where first aid is open."""
    if aid is None or incoming.choice:
        return None
    denied = brain.shield.denied(incoming.text)
    return stopped(brain.content, aid, denied) if denied is not None else None


class Bot:
    """`await bot.handle(incoming)`: one message at a time per person, any number of persons at once."""

    def __init__(
        self,
        brain: Brain,
        store: Store,
        clock: Clock = utc_now,
        keep_unknown: bool = True,
        closed: Closed = lambda: None,
    ) -> None:
        self.brain = brain
        self.clock = clock
        self.closed = closed
        self._store = store
        self._keep_unknown = keep_unknown
        self._locks: WeakValueDictionary[User, asyncio.Lock] = WeakValueDictionary()

    async def handle(self, incoming: Incoming) -> Reply:
        """The reply, once it is saved; a message id seen before gets the same reply and changes nothing."""
        lock = self._locks.setdefault(incoming.user, asyncio.Lock())
        async with lock:
            for _ in range(TRIES):
                try:
                    return await self._handle(incoming)
                except StaleSession:
                    continue
            raise StaleSession

    async def _handle(self, incoming: Incoming) -> Reply:
        now = self.clock()
        loaded = await self._store.load(incoming.user, incoming.id, now)
        if loaded.reply is not None:
            return loaded.reply
        session = _after_silence(loaded.session, loaded.saved, now)
        turn = converse(self.brain, session, incoming, day_of(now))
        if (reason := self.closed()) is not None:
            turn = switched_off(self.brain, session, turn, reason, day_of(now))
        if turn.meaning == Command("forget"):
            await self._store.forget(incoming.user)
            return turn.reply
        await self._store.save(incoming.user, turn.session, incoming.id, turn.reply, now)
        if self._keep_unknown and isinstance(turn.meaning, Unsure | Unknown) and incoming.text.strip():
            await self._store.record_unknown(mask(incoming.text)[:MOST_TEXT], now)
        return turn.reply


def _after_silence(session: Session, saved: datetime | None, now: datetime) -> Session:
    """A walk that nobody went on with waits below: offered again, never forced."""
    if session.walk is None or saved is None or now - saved < SILENCE:
        return session
    return replace(session, walk=None, under=waiting(session), offered=())

"""The moves of a conversation: an aside that leaves the walk alone, a miss, into a walk and along it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot import choice
from bot.content.types import FIRST_AID, Guide
from bot.dialogue import steps
from bot.dialogue.parts import Told
from bot.dialogue.say import Say
from bot.message import Alarm, Choice
from bot.session import Session


@dataclass(frozen=True, slots=True)
class Said:
    """What a message comes to: the session with its walk, what is told, what was talked about."""

    session: Session
    told: Told
    about: str | None = None  # None: as before
    missed: bool = False
    alarm: Alarm | None = None


def aside(say: Say, session: Session, told: Told, about: str, switch: str = "") -> Said:
    """Told without touching the walk; then the open question again, with the same choices."""
    guide = steps.walked(say.content, session)
    again = steps.reminder(say, guide, session) if guide else None
    if again is None:
        return Said(session, told, about)
    choices = list(again.choices)
    if switch:
        title = say.title(say.content.guides[switch].title)
        choices.append(Choice(choice.ask(switch), say("nut_chuyen", title=title)))
    return Said(session, Told(f"{told.text}\n\n{again.text}", tuple(choices), told.links, asks=True), about)


def miss(say: Say, session: Session, told: Told) -> Said:
    """Not understood: an open question stays open, below what is offered."""
    guide = steps.walked(say.content, session)
    again = steps.reminder(say, guide, session) if guide else None
    if again:
        told = Told(f"{told.text}\n\n{again.text}", (*told.choices, *again.choices), asks=True)
    return Said(session, told, missed=True)


def is_new(guide: Guide, session: Session, details: Mapping[str, str]) -> bool:
    """Whether details say something that was not known before."""
    found = steps.answers(guide, session)
    return any(found.get(question) != option for question, option in details.items())


def walk(say: Say, session: Session, guide: Guide, details: Mapping[str, str], before: str = "") -> Said:
    """Into the steps of a guide; where they are open already, the current one."""
    there = session.walk and session.walk.guide == guide.id and steps.stepping(session)
    if not there or is_new(guide, session, details):
        session = steps.enter(session, guide, details)
    return here(say, guide, session, before)


def here(say: Say, guide: Guide, session: Session, before: str = "") -> Said:
    """Where the walk stands now: its next question or its first step, below what is told before."""
    first_aid = guide.id == FIRST_AID and not steps.stepping(session)
    session = session if first_aid else steps.settle(guide, session, say.today)
    told = steps.now(say, guide, session)
    if told.asks and not steps.stepping(session) and not before:
        before = "" if first_aid else say("de_chi_buoc", title=say.title(guide.title))
        if first_aid and not steps.answers(guide, session):
            before = guide.summary
    return Said(session, replace(told, text=f"{before}\n\n{told.text}") if before else told, guide.id)

"""The moves of a conversation: an aside that leaves the walk alone, a miss, into a walk and along it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot import choice
from bot.content.types import FIRST_AID, Guide
from bot.dialogue import aid, menus, steps
from bot.dialogue.guide import DONE
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


def again(say: Say, session: Session, about: str = "") -> Told | None:
    """The open question or step in short; None when nothing is open. `about`: what was told before it; a question of
    another guide says which."""
    guide = steps.walked(say.content, session)
    return steps.reminder(say, guide, session, named=about != guide.id) if guide else None


def aside(say: Say, session: Session, told: Told, about: str, also: tuple[Choice, ...] = ()) -> Said:
    """Told without touching the walk; then the open question again, with the same choices and what belongs to the aside."""
    open_ = again(say, session, about)
    if open_ is None:
        return Said(session, told, about)
    text = f"{told.text}\n\n{open_.text}"
    return Said(session, Told(text, (*open_.choices, *also), told.links, asks=True), about)


def switch(say: Say, guide: Guide) -> tuple[Choice, ...]:
    """From an aside about another guide into it."""
    return (Choice(choice.ask(guide.id), say("nut_chuyen", title=say.title(guide.title))),)


def old_button(say: Say, session: Session) -> Said:
    """A button of a message that is past: where one stands now."""
    guide = steps.walked(say.content, session)
    if guide is None:
        return Said(session, menus.menu(say, say("nut_cu")))
    return Said(session, under(say("nut_cu"), steps.now(say, guide, session)), guide.id)


def under(text: str, told: Told) -> Told:
    return replace(told, text=f"{text}\n\n{told.text}")


def miss(say: Say, session: Session, told: Told) -> Said:
    """Not understood: an open question stays open, below what is offered."""
    if open_ := again(say, session):
        told = Told(f"{told.text}\n\n{open_.text}", (*told.choices, *open_.choices), asks=True)
    return Said(session, told, missed=True)


def choices(say: Say, session: Session, told: Told) -> tuple[Choice, ...]:
    """Each once, none left out; a step that is open or a walk that waits can be gone on with; the menu is always there."""
    found = {each.id: each for each in told.choices}
    for name, guide in _open(session) if not (told.asks or told.alone) else ():
        go_on = Choice(choice.command(name), say("nut_lam_tiep", title=say.content.guides[guide].title))
        found.setdefault(go_on.id, go_on)
    found.pop("cmd/menu", None)
    menu = () if told.home else (Choice(choice.command("menu"), say("nut_menu")),)
    return (*found.values(), *menu)


def _open(session: Session) -> Iterator[tuple[str, str]]:
    """What can be gone on with, and the command that does: the walk that is open, else the one that waits; of first aid
    and the walk that it came upon, both."""
    walk, below = session.walk, session.under
    came_upon = walk is not None and walk.guide == FIRST_AID
    first = walk is not None and (steps.stepping(session) or aid.unfinished(session))
    if walk and first:
        yield "again", walk.guide
    if below and below.step != DONE and (came_upon or (below.begun and not first)):
        yield ("earlier" if first else "resume"), below.guide


def _waits(session: Session, guide: Guide) -> bool:
    return session.under is not None and session.under.guide == guide.id and session.under.step != DONE


def is_new(guide: Guide, session: Session, details: Mapping[str, str]) -> bool:
    """Whether details say something that was not known before."""
    found = steps.answers(guide, session)
    return any(found.get(question) != option for question, option in details.items())


def walk(say: Say, session: Session, guide: Guide, details: Mapping[str, str], before: str = "") -> Said:
    """Into the steps of a guide; where they are open already, or wait below first aid, the current one."""
    if session.walk and session.walk.guide == FIRST_AID and _waits(session, guide):
        session = steps.changed(session)
    there = session.walk and session.walk.guide == guide.id and steps.stepping(session)
    if not there or is_new(guide, session, details):
        session = steps.enter(session, guide, details)
    return here(say, guide, session, before)


def here(say: Say, guide: Guide, session: Session, before: str = "") -> Said:
    """Where the walk stands now: its next question or its first step, below what is told before."""
    first_aid = guide.id == FIRST_AID and not steps.stepping(session)
    session = session if first_aid else steps.settle(guide, session, say.today)
    told = steps.now(say, guide, session)
    if told.asks and not steps.stepping(session) and not before and not steps.asking(guide.id, session):
        before = "" if first_aid else _first_question(say, guide, session.about)
        if first_aid and not steps.answers(guide, session):
            before = guide.summary
    return Said(session, replace(told, text=f"{before}\n\n{told.text}") if before else told, guide.id)


def _first_question(say: Say, guide: Guide, about: str) -> str:
    """What stands before a walk's first question: the answer in short, unless it was told just now."""
    if about == guide.id:
        return say("de_chi_buoc_cua", title=guide.title)
    return f"{guide.summary}\n\n{say('de_chi_buoc')}"

"""(content, session, meaning, today) → (session', reply). Pure: one match over Meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot import choice
from bot.choice import DONT_KNOW
from bot.content.types import FIRST_AID, Content, Guide
from bot.dialogue import answers, commands, menus, moves, parts, steps
from bot.dialogue.guide import known
from bot.dialogue.moves import Said
from bot.dialogue.parts import Told
from bot.dialogue.say import Say
from bot.message import Alarm, Choice, Reply
from bot.session import Session
from bot.understanding.meaning import Answer, Ask, Command, Meaning, Unknown, Unsure

MOST_CHOICES = 12  # besides the menu


def respond(content: Content, session: Session, meaning: Meaning, today: date) -> tuple[Session, Reply]:
    """The same input on the same day gives the same reply; nothing here fails on a session of older content."""
    say, session = Say(content, today), _current(content, session)
    said = _said(say, session, meaning)
    told = said.told
    choices = _choices(say, said.session, told)
    after = replace(
        said.session,
        about=session.about if said.about is None else said.about,
        offered=tuple(each.id for each in choices),
        misses=session.misses + 1 if said.missed else 0,
    )
    return _notices(say, after, Reply(told.text, choices, told.links, said.alarm))


def _said(say: Say, session: Session, meaning: Meaning) -> Said:
    match meaning:
        case Alarm():
            return _alarm(say, session, meaning)
        case Command():
            return commands.command(say, session, meaning)
        case Answer():
            return _answer(say, session, meaning)
        case Ask():
            return _ask(say, session, meaning)
        case Unsure():
            return moves.miss(say, session, menus.unsure(say, meaning))
        case Unknown():
            return moves.miss(say, session, menus.unknown(say, meaning, session.misses))


def _current(content: Content, session: Session) -> Session:
    """Without what the content no longer has."""
    walk, under = session.walk, session.under
    if walk and walk.guide not in content.guides:
        walk = None
    if under and under.guide not in content.guides:
        under = None
    return session if (walk, under) == (session.walk, session.under) else replace(session, walk=walk, under=under)


def _choices(say: Say, session: Session, told: Told) -> tuple[Choice, ...]:
    """Each once, not too many; a walk that waits is offered where nothing is open; the menu is always there."""
    found = {each.id: each for each in told.choices}
    waits = session.under
    if waits and not told.asks and (session.walk is None or not session.walk.step):
        title = say.content.guides[waits.guide].title
        found.setdefault("cmd/resume", Choice(choice.command("resume"), say("nut_lam_tiep", title=title)))
    found.pop("cmd/menu", None)
    menu = () if told.home else (Choice(choice.command("menu"), say("nut_menu")),)
    return (*list(found.values())[:MOST_CHOICES], *menu)


def _notices(say: Say, session: Session, reply: Reply) -> tuple[Session, Reply]:
    """What holds for a while, once to each person, before an answer about its topics."""
    topic = say.content.topic_of(session.about)
    new = [
        notice
        for notice in say.content.notices
        if topic in notice.topics and notice.since <= say.today <= notice.until and notice.id not in session.seen
    ]
    if not new:
        return session, reply
    text = "\n".join(notice.text.strip() for notice in new)
    seen = (*session.seen, *(notice.id for notice in new))
    return replace(session, seen=seen), replace(reply, text=f"{text}\n\n{reply.text}")


# questions


def _ask(say: Say, session: Session, ask: Ask) -> Said:
    content, target = say.content, ask.target
    if target in content.guides:
        said = _ask_guide(say, session, content.guides[target], ask)
    elif told := answers.about(say, target):
        said = moves.aside(say, session, told, session.about if target in content.small_talk else target)
    else:
        return Said(session, menus.menu(say))
    return replace(said, told=_also(say, said.told, ask.also))


def _also(say: Say, told: Told, topic: str) -> Told:
    """The other matter that the message asked about."""
    guide = next(say.content.guides_of(topic), None) if topic else None
    if guide is None:
        return told
    other = Choice(choice.ask(guide.id), say("nut_viec_kia", title=guide.title))
    return replace(told, choices=(*told.choices, other))


def _ask_guide(say: Say, session: Session, guide: Guide, ask: Ask) -> Said:
    """A guide's steps move there; a part is an aside, unless nothing is open or it answers what is."""
    details = known(guide, ask.details)
    if ask.aspects[0] == steps.STEPS and steps.STEPS in guide.parts and not ask.point:
        first = replace(ask, aspects=ask.aspects[1:])
        before = _parts(say, guide, first, steps.answers(guide, session, details)).text if first.aspects else ""
        return moves.walk(say, session, guide, details, before)
    if ask.aspects[0] == "tong_quan" and guide.id == FIRST_AID:
        return moves.walk(say, session, guide, details)
    told = _parts(say, guide, ask, steps.answers(guide, session, details))
    mine = session.walk is not None and session.walk.guide == guide.id
    if not mine and session.walk and not ask.steps:
        return moves.aside(say, session, told, guide.id, switch=guide.id)
    if mine and (steps.stepping(session) or not moves.is_new(guide, session, details)):
        return moves.aside(say, session, told, guide.id)
    asked = mine and steps.asking(guide, session)
    session = steps.enter(session, guide, details)
    return moves.here(say, guide, session, before=told.text) if asked else Said(session, told, guide.id)


def _parts(say: Say, guide: Guide, ask: Ask, found: Mapping[str, str]) -> Told:
    """Every part asked for, the main one first; one source line each."""
    asked = [aspect for aspect in ask.aspects if aspect != steps.STEPS] or ["tong_quan"]
    told = [parts.part(say, guide, aspect, found, ask.problem) for aspect in asked]
    if len(told) == 1:
        return parts.pointed(say, guide, ask.point, found, told[0])
    choices = {each.id: each for one in told for each in one.choices if one.asks or one is told[0]}
    links = {link.url: link for one in told for link in one.links}
    text = "\n\n".join(dict.fromkeys(one.text for one in told))
    return Told(text, tuple(choices.values()), tuple(links.values()), asks=any(one.asks for one in told))


def _answer(say: Say, session: Session, answer: Answer) -> Said:
    guide = say.content.guides.get(answer.guide)
    if guide is None or answer.question not in guide.questions:
        return Said(session, menus.menu(say, say("nut_cu")))
    option = answer.option or DONT_KNOW
    details = known(guide, {answer.question: option, **answer.details})
    if not details:
        return Said(session, menus.menu(say, say("nut_cu")))
    return moves.here(say, guide, steps.enter(session, guide, details))


def _alarm(say: Say, session: Session, alarm: Alarm) -> Said:
    guide = say.content.guides.get(FIRST_AID)
    if alarm.level == "panic" and guide:
        question = next(iter(guide.questions))
        harm = known(guide, {question: alarm.harm})
        return replace(moves.here(say, guide, steps.enter(session, guide, harm)), alarm=alarm)
    about = alarm.warning or FIRST_AID
    return replace(moves.aside(say, session, answers.alarm(say, alarm), about), alarm=alarm)

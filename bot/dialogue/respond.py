"""(content, session, meaning, today) → (session', reply). Pure: one match over Meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot import choice
from bot.choice import DONT_KNOW
from bot.content.types import COMFORT, FIRST_AID, PLACE, Content, Guide
from bot.dialogue import answers, commands, menus, moves, parts, steps
from bot.dialogue.guide import known
from bot.dialogue.moves import Said
from bot.dialogue.parts import Told
from bot.dialogue.say import Say
from bot.message import Alarm, Choice, Reply
from bot.session import Session, Walk
from bot.understanding.meaning import Answer, Ask, Command, Meaning, Unknown, Unsure


def respond(content: Content, session: Session, meaning: Meaning, today: date) -> tuple[Session, Reply]:
    """The same input on the same day gives the same reply; nothing here fails on a session of older content."""
    say = Say(content, today)
    session = _current(say, session)
    said = _said(say, session, meaning)
    told = said.told
    choices = moves.choices(say, said.session, told)
    after = replace(
        said.session,
        about=session.about if said.about is None else said.about,
        offered=tuple(each.id for each in choices),
        misses=session.misses + 1 if said.missed else 0,
    )
    reply = Reply(told.text, choices, told.links, said.alarm)
    return (
        (after, reply) if said.alarm or told.alone else _notices(say, after, reply, content.topic_of(said.about or ""))
    )


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
            return _unsure(say, session, meaning)
        case Unknown():
            return moves.miss(say, session, menus.unknown(say, meaning, session.misses))


def _current(say: Say, session: Session) -> Session:
    """Without what the content no longer has."""
    walk, under = _still(say, session, session.walk), _still(say, session, session.under)
    return session if (walk, under) == (session.walk, session.under) else replace(session, walk=walk, under=under)


def _still(say: Say, session: Session, walk: Walk | None) -> Walk | None:
    """The walk as far as its guide is there; not begun when the guide has no step left to show."""
    guide = say.content.guides.get(walk.guide) if walk else None
    if walk is None or guide is None:
        return None
    here = replace(session, walk=walk)
    gone = steps.stepping(here) and not steps.shown(guide, here, say.today)
    return replace(walk, step="") if gone else walk


def _notices(say: Say, session: Session, reply: Reply, topic: str | None) -> tuple[Session, Reply]:
    """What holds for a while, once to each person, before an answer about its topics; without topics before any."""
    new = [
        notice
        for notice in say.content.notices
        if (topic in notice.topics or not notice.topics)
        and notice.since <= say.today <= notice.until
        and notice.id not in session.seen
    ]
    if not new:
        return session, reply
    text = "\n".join(notice.text.strip() for notice in new)
    seen = (*session.seen, *(notice.id for notice in new))
    return replace(session, seen=seen), replace(reply, text=f"{text}\n\n{reply.text}")


def _unsure(say: Say, session: Session, unsure: Unsure) -> Said:
    """Asked back; when the same was asked back just now, as not understood."""
    pressed = filter(None, map(choice.read, session.offered))
    offered = {each.parts[0] for each in pressed if each.kind == "ask"}
    again = session.misses and offered.issuperset(unsure.targets)
    told = menus.unknown(say, Unknown(unsure.targets), session.misses) if again else menus.unsure(say, unsure)
    return moves.miss(say, session, told)


# questions


def _ask(say: Say, session: Session, ask: Ask) -> Said:
    content, target = say.content, ask.target
    if target in content.guides:
        said = _ask_guide(say, session, content.guides[target], ask)
    elif target == COMFORT and target in content.small_talk:
        return Said(session, Told(content.small_talk[target].answer.strip(), alone=True))
    elif told := answers.about(say, target):
        about = session.about if target in content.small_talk else target
        open_ = moves.again(say, session) is not None
        if open_ and target in content.neighbours:
            told = replace(
                told, text=content.neighbours[target].answer.strip()
            )  # its choices stand below the open ones
        said = moves.aside(say, session, told, about, () if target in content.entries else told.choices)
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
    """A guide's steps move there; a part is an aside while something is open, unless it answers just that."""
    details = known(guide, ask.details)
    if PLACE in details:
        session = replace(
            session, kept={**session.kept, PLACE: details[PLACE]}
        )  # «không biết»: another one is named soon
    elsewhere = ask.point is not None and ask.point[0] != steps.STEPS
    if steps.STEPS in ask.aspects and steps.STEPS in guide.parts and not elsewhere:
        others = set(ask.aspects) - {steps.STEPS}
        before = _parts(say, guide, ask, steps.answers(guide, session, details)).text if others else ""
        return moves.walk(say, session, guide, details, before)
    if ask.aspects[0] == "tong_quan" and guide.id == FIRST_AID:
        return moves.walk(say, session, guide, details)
    found = steps.answers(guide, session, details)
    mine = session.walk is not None and session.walk.guide == guide.id
    open_ = moves.again(say, session) is not None
    stays = steps.stepping(session) or not moves.is_new(guide, session, details) if mine else open_ and not ask.steps
    if stays:
        told = _parts(say, guide, ask, found, whole=open_)
        return moves.aside(say, session, told, guide.id, () if mine else moves.switch(say, guide))
    told = _parts(say, guide, ask, found)
    asked = mine and steps.asking(guide.id, session)
    session = steps.enter(session, guide, details)
    return moves.here(say, guide, session, before=told.text) if asked else Said(session, told, guide.id)


def _parts(say: Say, guide: Guide, ask: Ask, found: Mapping[str, str], *, whole: bool = False) -> Told:
    """Every part asked for, the main one first, but what ends with a question last, above its choices; one source line each.
    `whole`: without asking anything."""
    asked = [aspect for aspect in ask.aspects if aspect != steps.STEPS] or ["tong_quan"]
    told: list[Told] = []
    for aspect in asked:  # one question is enough: what would ask another one is told for every case
        alone = whole or any(one.asks for one in told)
        told.append(parts.part(say, guide, aspect, found, ask.problem, near=ask.near, whole=alone))
    if len(told) == 1:
        return parts.pointed(say, guide, ask.point, found, told[0])
    choices = {each.id: each for one in told for each in one.choices if one.asks or one is told[0]}
    links = {link.url: link for one in told for link in one.links}
    text = "\n\n".join(dict.fromkeys(one.text for one in sorted(told, key=lambda one: one.asks)))
    joined = Told(text, tuple(choices.values()), tuple(links.values()), asks=any(one.asks for one in told))
    return parts.pointed(say, guide, ask.point, found, joined)


def _answer(say: Say, session: Session, answer: Answer) -> Said:
    guide = say.content.guides.get(answer.guide)
    details = known(guide, {answer.question: answer.option or DONT_KNOW, **answer.details}) if guide else {}
    elsewhere = steps.stepping(session) and answer.guide not in (FIRST_AID, session.walk and session.walk.guide)
    if guide is None or not details or (elsewhere and not steps.asking(guide.id, session)):
        return moves.old_button(say, session)
    return moves.here(say, guide, steps.enter(steps.taken_up(session, guide.id), guide, details))


def _alarm(say: Say, session: Session, alarm: Alarm) -> Said:
    said = _warned(say, session, alarm)
    comfort = say.content.small_talk.get(COMFORT) if alarm.despair else None
    return replace(said, told=moves.under(comfort.answer.strip(), said.told)) if comfort else said


def _warned(say: Say, session: Session, alarm: Alarm) -> Said:
    guide = say.content.guides.get(FIRST_AID)
    if alarm.level == "panic" and guide:
        question = next(iter(guide.questions), "")
        harm = known(guide, {question: alarm.harm})
        return replace(moves.here(say, guide, steps.enter(session, guide, harm)), alarm=alarm)
    about = alarm.warning or FIRST_AID
    told = answers.alarm(say, alarm)
    if alarm.despair:
        return Said(session, replace(told, alone=True), about, alarm=alarm)
    return replace(moves.aside(say, session, told, about, told.choices), alarm=alarm)

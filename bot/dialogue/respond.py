"""(content, session, meaning, today) → (session', reply). Pure: one match over Meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot import choice
from bot.choice import DONT_KNOW
from bot.content.types import FIRST_AID, Content, Guide
from bot.dialogue import answers as tell
from bot.dialogue import menus, parts, steps
from bot.dialogue.parts import Told
from bot.dialogue.say import Say
from bot.message import Alarm, Choice, Reply
from bot.session import Session
from bot.understanding.meaning import Answer, Ask, Command, Meaning, Unknown, Unsure

MOST_CHOICES = 12  # besides the menu


@dataclass(frozen=True, slots=True)
class Said:
    """What a message comes to: the session with its walk, what is told, what was talked about."""

    session: Session
    told: Told
    about: str | None = None  # None: as before
    missed: bool = False
    alarm: Alarm | None = None


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
            return _command(say, session, meaning)
        case Answer():
            return _answer(say, session, meaning)
        case Ask():
            return _ask(say, session, meaning)
        case Unsure():
            return _miss(say, session, menus.unsure(say, meaning))
        case Unknown():
            return _miss(say, session, menus.unknown(say, meaning, session.misses))


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
        title = say.title(say.content.guides[waits.guide].title)
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


def _aside(say: Say, session: Session, told: Told, about: str, switch: str = "") -> Said:
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


def _miss(say: Say, session: Session, told: Told) -> Said:
    """Not understood: an open question stays open, below what is offered."""
    guide = steps.walked(say.content, session)
    again = steps.reminder(say, guide, session) if guide else None
    if again:
        told = Told(f"{told.text}\n\n{again.text}", (*told.choices, *again.choices), asks=True)
    return Said(session, told, missed=True)


# questions


def _ask(say: Say, session: Session, ask: Ask) -> Said:
    content, target = say.content, ask.target
    if target in content.guides:
        said = _ask_guide(say, session, content.guides[target], ask)
    elif target in content.entries:
        said = _aside(say, session, tell.entry(say, content.entries[target]), target)
    elif target in content.warnings:
        said = _aside(say, session, tell.warning(say, content.warnings[target]), target)
    elif target in content.neighbours:
        said = _aside(say, session, tell.neighbour(say, content.neighbours[target]), target)
    elif target in content.small_talk:
        said = _aside(say, session, tell.small_talk(content.small_talk[target]), session.about)
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
    details = _known(guide, ask.details)
    mine = session.walk is not None and session.walk.guide == guide.id
    idle = session.walk is None or (mine and session.walk is not None and not session.walk.step)
    if steps.STEPS in ask.aspects[:1] and steps.STEPS in guide.parts:
        return _walk(say, session, guide, details)
    if guide.id == FIRST_AID and ask.aspects[0] == "tong_quan":
        return _walk(say, session, guide, details)
    if mine and not idle:
        return _aside(say, session, _parts(say, guide, ask, steps.answers(guide, session, details)), guide.id)
    new = any(steps.answers(guide, session).get(question) != option for question, option in details.items())
    if (mine and new) or (not mine and (idle or ask.steps)):
        asked = session.offered
        session = steps.enter(session, guide, details)
        if mine and any(id.startswith(f"ans/{guide.id}/") for id in asked):
            session = steps.settle(guide, session, say.today)
            told = _parts(say, guide, ask, steps.answers(guide, session))
            now = steps.now(say, guide, session)
            return Said(session, replace(now, text=f"{told.text}\n\n{now.text}"), guide.id)
    told = _parts(say, guide, ask, steps.answers(guide, session, details))
    if session.walk and session.walk.guide == guide.id:
        return _aside(say, session, told, guide.id)
    return _aside(say, session, told, guide.id, switch=guide.id)


def _known(guide: Guide, details: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for question, option in details.items():
        if question in guide.questions and (option in guide.questions[question].options or option == DONT_KNOW):
            found[question] = option
    return found


def _parts(say: Say, guide: Guide, ask: Ask, found: Mapping[str, str]) -> Told:
    """Every part asked for, the main one first; one source line each."""
    told = [parts.part(say, guide, aspect, found, ask.problem) for aspect in ask.aspects]
    if len(told) == 1:
        return told[0]
    choices = {each.id: each for one in told for each in one.choices if one.asks or one is told[0]}
    links = {link.url: link for one in told for link in one.links}
    text = "\n\n".join(dict.fromkeys(one.text for one in told))
    return Told(text, tuple(choices.values()), tuple(links.values()), asks=any(one.asks for one in told))


def _walk(say: Say, session: Session, guide: Guide, details: Mapping[str, str]) -> Said:
    """Into the steps of a guide; where they are open already, the current one."""
    mine = session.walk and session.walk.guide == guide.id
    new = any(steps.answers(guide, session).get(question) != option for question, option in details.items())
    at_step = bool(mine and session.walk and session.walk.step not in ("", steps.DONE))
    if not (at_step and not new):
        session = steps.enter(session, guide, details)
    return _here(say, guide, session)


def _here(say: Say, guide: Guide, session: Session, before: str = "") -> Said:
    if guide.id == FIRST_AID and session.walk and not session.walk.step:
        told = steps.now(say, guide, session)
    else:
        session = steps.settle(guide, session, say.today)
        told = steps.now(say, guide, session)
    if session.walk and not session.walk.step and told.asks and guide.id != FIRST_AID:
        before = before or say("de_chi_buoc", title=say.title(guide.title))
    elif guide.id == FIRST_AID and session.walk and len(session.walk.answers) == 0:
        before = before or guide.summary
    return Said(session, replace(told, text=f"{before}\n\n{told.text}") if before else told, guide.id)


def _answer(say: Say, session: Session, answer: Answer) -> Said:
    guide = say.content.guides.get(answer.guide)
    if guide is None or answer.question not in guide.questions:
        return Said(session, menus.menu(say, say("nut_cu")))
    option = answer.option or DONT_KNOW
    details = _known(guide, {answer.question: option, **answer.details})
    if not details:
        return Said(session, menus.menu(say, say("nut_cu")))
    return _here(say, guide, steps.enter(session, guide, details))


def _alarm(say: Say, session: Session, alarm: Alarm) -> Said:
    guide = say.content.guides.get(FIRST_AID)
    if alarm.level == "panic" and guide:
        question = next(iter(guide.questions))
        harm = _known(guide, {question: alarm.harm})
        return replace(_here(say, guide, steps.enter(session, guide, harm)), alarm=alarm)
    about = alarm.warning or FIRST_AID
    return replace(_aside(say, session, tell.alarm(say, alarm), about), alarm=alarm)


# commands

Act = Callable[[Say, Session, Command], Said]


def _command(say: Say, session: Session, command: Command) -> Said:
    return _ACTS[command.name](say, session, command) if command.name in _ACTS else Said(session, menus.menu(say))


def _go(say: Say, session: Session, command: Command) -> Said:
    """next, back and problem: of a walk, by word or by the button of its current step."""
    guide = steps.walked(say.content, session)
    if guide is None or session.walk is None:
        return _go_without(say, session, command)
    if command.at and not _current_button(say, guide, session, command.at):
        if not command.at.startswith(f"{guide.id}/") and not session.walk.step:
            return _go_without(say, session, command)
        return Said(session, _before(say("nut_cu"), steps.now(say, guide, session)), guide.id)
    if command.name == "next":
        session = steps.forward(guide, session, say.today)
        if session.walk and session.walk.step == "" and steps.answers(guide, session):
            return _here(say, guide, session)
        return Said(session, steps.now(say, guide, session), guide.id)
    if command.name == "problem":
        return Said(session, steps.trouble(say, guide, session), guide.id)
    session = steps.backward(guide, session, say.today)
    guide = steps.walked(say.content, session)
    if guide is None:
        return Said(session, menus.menu(say, say("da_ve_dau")))
    return Said(session, steps.now(say, guide, session), guide.id)


def _go_without(say: Say, session: Session, command: Command) -> Said:
    """No walk is open: a step's button leads to its guide; «quay lại» to the walk that waits; the rest to the menu."""
    guide = say.content.guides.get(command.at.partition("/")[0])
    if guide:
        return replace(_walk(say, session, guide, {}), about=guide.id)
    if session.under and command.name == "back":
        return _resume(say, session, command)
    about = say.content.guides.get(session.about)
    if about and command.name == "next":
        return _walk(say, session, about, {})
    return Said(session, menus.menu(say, say("chua_mo_bai")))


def _current_button(say: Say, guide: Guide, session: Session, at: str) -> bool:
    name, _, number = at.partition("/")
    if name != guide.id or session.walk is None:
        return False
    if session.walk.step in ("", steps.DONE):
        return number == "0" or session.walk.step == ""
    return number == str(steps.place(guide, session, say.today))


def _again(say: Say, session: Session, command: Command) -> Said:
    guide = steps.walked(say.content, session)
    if guide:
        return Said(session, steps.now(say, guide, session), guide.id)
    if session.about in say.content.guides or session.about in say.content.entries:
        return _ask(say, session, Ask(session.about))
    return Said(session, menus.menu(say))


def _restart(say: Say, session: Session, command: Command) -> Said:
    guide = steps.walked(say.content, session)
    if guide is None:
        return Said(session, menus.menu(say))
    fresh = replace(session, walk=None, under=session.walk, kept={})
    return replace(_walk(say, fresh, guide, {}), about=guide.id)


def _stop(say: Say, session: Session, command: Command) -> Said:
    """The walk waits below; nothing is lost."""
    if session.walk:
        session = replace(session, walk=None, under=session.walk)
    return Said(session, Told(say("da_dung")))


def _resume(say: Say, session: Session, command: Command) -> Said:
    if session.under is None:
        return _again(say, session, command)
    session = replace(session, walk=session.under, under=session.walk)
    guide = steps.walked(say.content, session)
    return Said(session, steps.now(say, guide, session), guide.id) if guide else Said(session, menus.menu(say))


def _menu(say: Say, session: Session, command: Command) -> Said:
    return Said(session, menus.menu(say))


def _group(say: Say, session: Session, command: Command) -> Said:
    return Said(session, menus.group(say, command.at))


def _help(say: Say, session: Session, command: Command) -> Said:
    return _aside(say, session, menus.help_(say), session.about)


def _person(say: Say, session: Session, command: Command) -> Said:
    guide = steps.walked(say.content, session) or menus.guide_of(say, session.about)
    return _aside(say, session, menus.person(say, guide), session.about)


def _forget(say: Say, session: Session, command: Command) -> Said:
    return Said(Session(version=session.version), menus.menu(say, say("da_xoa")), about="")


def _number(say: Say, session: Session, command: Command) -> Said:
    """A number that nothing was offered under."""
    guide = steps.walked(say.content, session)
    most = sum(id != "cmd/menu" for id in session.offered)
    text = say("so_khong_co", n=command.at, most=most) if most else say("so_chua_co")
    now = steps.now(say, guide, session) if guide else menus.menu(say)
    return Said(session, _before(text, now))


def _before(text: str, told: Told) -> Told:
    return replace(told, text=f"{text}\n\n{told.text}")


_ACTS: Mapping[str, Act] = {
    "next": _go,
    "back": _go,
    "problem": _go,
    "again": _again,
    "restart": _restart,
    "stop": _stop,
    "resume": _resume,
    "menu": _menu,
    "group": _group,
    "help": _help,
    "person": _person,
    "forget": _forget,
    "number": _number,
}

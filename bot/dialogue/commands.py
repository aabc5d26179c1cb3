"""Commands and pressed step buttons: where next, back, again, stop, a person … lead, wherever one stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.content.types import FIRST_AID, PLACE, Guide
from bot.dialogue import answers, menus, moves, parts, steps
from bot.dialogue.moves import Said
from bot.dialogue.parts import Told
from bot.dialogue.say import Say
from bot.session import Session
from bot.understanding.meaning import Command


def command(say: Say, session: Session, command: Command) -> Said:
    if command.name in _ALONG:
        return _along(say, session, command)
    if command.name == "group":
        return Said(session, menus.group(say, command.at))
    if command.name == "number":
        return _number(say, session, command.at)
    return _ACTS.get(command.name, _menu)(say, session)


# along a walk


def _along(say: Say, session: Session, command: Command) -> Said:
    """next, back and problem: by word, or by the button of the walk's current step."""
    named, _, number = command.at.partition("/")
    session = steps.taken_up(session, named)
    guide = steps.walked(say.content, session)
    if guide is None or (named not in ("", guide.id) and not steps.stepping(session)):
        return _without_walk(say, session, command.name, named)
    if named and not (named == guide.id and number == steps.place(guide, session, say.today)):
        return moves.old_button(say, session)
    return _ALONG[command.name](say, session, guide)


def _next(say: Say, session: Session, guide: Guide) -> Said:
    begun = steps.stepping(session)
    if not begun and (open_ := moves.again(say, session, guide.id)) and guide.id != FIRST_AID:
        return Said(session, moves.under(say("chon_de_tiep"), open_), guide.id)
    session = steps.forward(guide, session, say.today)
    return Said(session, steps.now(say, guide, session), guide.id) if begun else moves.here(say, guide, session)


def _problem(say: Say, session: Session, guide: Guide) -> Said:
    return Said(session, steps.trouble(say, guide, session), guide.id)


def _back(say: Say, session: Session, guide: Guide) -> Said:
    session = steps.backward(guide, session, say.today)
    before = steps.walked(say.content, session)
    if before is None:
        return Said(session, menus.menu(say, say("da_ve_dau")))
    return Said(session, steps.now(say, before, session), before.id)


_ALONG: Mapping[str, Callable[[Say, Session, Guide], Said]] = {"next": _next, "back": _back, "problem": _problem}


def _without_walk(say: Say, session: Session, name: str, guide_id: str) -> Said:
    """A step's button leads to its guide, «xong» to the guide just read, «quay lại» to the walk that waits."""
    guide = say.content.guides.get(guide_id or (session.about if name == "next" else ""))
    if session.under and (guide is None or guide.id == session.under.guide):
        return _resume(say, session)
    return moves.walk(say, session, guide, {}) if guide else Said(session, menus.menu(say, say("chua_mo_bai")))


# anywhere


def _again(say: Say, session: Session) -> Said:
    session = steps.woken(session)
    guide = steps.walked(say.content, session)
    if guide:
        return Said(session, steps.now(say, guide, session), guide.id)
    about, content = session.about, say.content
    if about in content.guides:
        return Said(session, parts.overview(say, content.guides[about], steps.answers(content.guides[about], session)))
    return Said(session, answers.about(say, about) or menus.menu(say))


def _restart(say: Say, session: Session) -> Said:
    guide = steps.walked(say.content, session)
    if guide is None:
        return Said(session, menus.menu(say))
    kept = {question: option for question, option in session.kept.items() if question not in guide.questions}
    return moves.walk(say, replace(session, walk=None, under=session.walk, kept=kept), guide, {})


def _stop(say: Say, session: Session) -> Said:
    """The walk waits below; nothing is lost."""
    return Said(steps.left(session) if session.walk else session, Told(say("da_dung")))


def _resume(say: Say, session: Session) -> Said:
    """What is open goes on before what waits."""
    if session.under is None or moves.again(say, session):
        return _again(say, session)
    return _earlier(say, session)


def _earlier(say: Say, session: Session) -> Said:
    """The walk that waits, whatever is open."""
    if session.under is None:
        return _again(say, session)
    session = steps.changed(session)
    guide = steps.walked(say.content, session)
    return Said(session, steps.now(say, guide, session), guide.id) if guide else Said(session, menus.menu(say))


def _menu(say: Say, session: Session) -> Said:
    """The greeting is for the first time."""
    return Said(session, menus.menu(say, again=bool(session.offered)))


def _help(say: Say, session: Session) -> Said:
    return moves.aside(say, session, menus.help_(say), session.about)


def _person(say: Say, session: Session) -> Said:
    guide = steps.walked(say.content, session) or menus.guide_of(say, session.about)
    return moves.aside(say, session, menus.person(say, guide, session.kept.get(PLACE, "")), session.about)


def _stopped(say: Say, session: Session) -> Said:
    """Praise for what was not done in first aid, which goes on."""
    return moves.aside(say, session, Told(say("dung_them")), session.about)


def _whether_done(say: Say, session: Session) -> Said:
    """A word that may mean «đúng» or «dừng»: the step stays."""
    return moves.aside(say, session, Told(say("xong_hay_dung")), session.about)


def _forget(say: Say, session: Session) -> Said:
    return Said(Session(version=session.version), menus.menu(say, say("da_xoa")), about="")


_ACTS: Mapping[str, Callable[[Say, Session], Said]] = {
    "again": _again,
    "restart": _restart,
    "stop": _stop,
    "resume": _resume,
    "earlier": _earlier,
    "menu": _menu,
    "help": _help,
    "person": _person,
    "forget": _forget,
    "stopped": _stopped,
    "whether_done": _whether_done,
}


def _number(say: Say, session: Session, number: str) -> Said:
    """A number that nothing was offered under."""
    if not session.offered:
        return Said(session, moves.under(say("so_chua_co"), menus.menu(say)))
    guide = steps.walked(say.content, session)
    told = steps.now(say, guide, session) if guide else replace(menus.menu(say), text=say("moi_hoi"))
    most = sum(each.id != "cmd/menu" for each in moves.choices(say, session, told))
    return Said(session, moves.under(say("so_khong_co", n=number, most=most), told), guide.id if guide else None)

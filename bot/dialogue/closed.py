"""What is said while an operator has switched the bot off, and what is answered all the same. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot import choice
from bot.content.types import FIRST_AID, URGENT
from bot.dialogue.menus import hotlines
from bot.dialogue.say import Say
from bot.message import Alarm, Choice, Reply
from bot.session import Session
from bot.understanding.meaning import Answer, Ask, Command, Meaning

_ALONG = ("next", "back", "problem", "again", "resume", "person")


def gets_through(meaning: Meaning, after: Session) -> bool:
    """First aid with its steps, comfort, rescue, and deleting one's data. `after`: the session as the answer would leave it."""
    match meaning:
        case Alarm(level=level, despair=despair):
            return level == "panic" or despair
        case Answer(guide=target) | Ask(target=target):
            return target == FIRST_AID or target in URGENT
        case Command(name=name):
            return name == "forget" or (name in _ALONG and after.walk is not None and after.walk.guide == FIRST_AID)
    return False


def closed(say: Say, session: Session, reason: str) -> tuple[Session, Reply]:
    """The walk stays where it is; «1» is first aid."""
    help_ = (Choice(choice.ask(FIRST_AID), say("nut_lua_dao")),) if FIRST_AID in say.content.guides else ()
    return replace(session, offered=tuple(each.id for each in help_)), Reply(text(say, reason), help_)


def text(say: Say, reason: str) -> str:
    lines = [say("tam_dung")]
    if reason:
        lines.append(say("tam_dung_vi", reason=reason.rstrip(".")))
    if phones := list(hotlines(say)):
        lines += [say("tam_dung_goi"), say.bullets(phones)]
    if FIRST_AID in say.content.guides:
        lines.append(say("tam_dung_lua_dao"))
    return "\n".join(lines)

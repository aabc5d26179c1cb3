"""What is said while an operator has switched the bot off, and what is answered all the same. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot import choice
from bot.content.types import COMFORT, FIRST_AID, Content
from bot.dialogue.say import Say
from bot.message import Alarm, Choice, Reply
from bot.session import Session
from bot.understanding.meaning import Answer, Ask, Command, Meaning

_HOTLINES = (FIRST_AID, "dich_vu_cong_quoc_gia", "vneid_muc_2")  # topics whose agencies are named
_ALONG = ("next", "back", "problem", "again", "resume", "person")


def gets_through(meaning: Meaning, after: Session) -> bool:
    """First aid with its steps, comfort, and deleting one's data. `after`: the session as the answer would leave it."""
    match meaning:
        case Alarm(level=level, despair=despair):
            return level == "panic" or despair
        case Answer(guide=target) | Ask(target=target):
            return target in (FIRST_AID, COMFORT)
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
    if hotlines := list(_hotlines(say)):
        lines += [say("tam_dung_goi"), say.bullets(hotlines)]
    if FIRST_AID in say.content.guides:
        lines.append(say("tam_dung_lua_dao"))
    return "\n".join(lines)


def _hotlines(say: Say) -> Iterator[str]:
    for agency in dict.fromkeys(_agencies(say.content)):
        found = say.content.agencies.get(agency)
        for phone in found.phones.values() if found else ():
            said = say("so_goi" if phone.confirmed else "so_goi_chua_chac", number=phone.number, why=phone.unconfirmed)
            yield say("tam_dung_so", agency=found.name if found else "", said=said)


def _agencies(content: Content) -> Iterator[str]:
    for topic in _HOTLINES:
        yield from (guide.agency for guide in content.guides_of(topic))

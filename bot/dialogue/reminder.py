"""Once in a conversation: that what somebody sent is neither needed nor kept. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.say import Say
from bot.message import Reply
from bot.safety.codes import CARD, CARD_CODE, EXPIRY, OTP, PASSWORD
from bot.safety.homes import ADDRESS
from bot.safety.names import NAME
from bot.safety.privacy import BIRTHDAY, ID, INSURANCE, KINDS, PASSPORT, personal
from bot.session import Session

SEEN = "@rieng_tu"  # among the notices shown; no notice can have this id

# in a scammer's message, the rest is the scammer's
_OWN = frozenset([ID, CARD, CARD_CODE, EXPIRY, OTP, PASSWORD, PASSPORT, INSURANCE])
# a name is a greeting, and where one lives and when one was born is often what a question is about
_ANY = frozenset(KINDS) - {NAME, BIRTHDAY, ADDRESS}


def remind(say: Say, session: Session, reply: Reply, text: str) -> tuple[Session, Reply]:
    """Below the answer: what was asked comes first, and first aid before everything."""
    pasted = reply.alarm is not None and reply.alarm.level != "panic"
    if SEEN in session.seen or not personal(text) & (_OWN if pasted else _ANY):
        return session, reply
    told = replace(reply, text=f"{reply.text}\n\n{say('rieng_tu')}")
    return replace(session, seen=(*session.seen, SEEN)), told

"""Once in a conversation: that a number somebody sent is neither needed nor kept. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.say import Say
from bot.message import Reply
from bot.safety.privacy import ACCOUNT, CARD, ID, INSURANCE, OTP, PASSPORT, PASSWORD, PHONE, TAX, has_number, personal
from bot.session import Session

SEEN = "@rieng_tu"  # among the notices shown; no notice can have this id

_OWN = frozenset([ID, CARD, OTP, PASSWORD, PASSPORT, INSURANCE])
_ANY = _OWN | {PHONE, ACCOUNT, TAX}  # in a scammer's message, those are the scammer's


def remind(say: Say, session: Session, reply: Reply, text: str) -> tuple[Session, Reply]:
    """Below the answer: what was asked comes first, and first aid before everything."""
    pasted = reply.alarm is not None and reply.alarm.level != "panic"
    if SEEN in session.seen or not has_number(text) or not personal(text) & (_OWN if pasted else _ANY):
        return session, reply
    told = replace(reply, text=f"{reply.text}\n\n{say('rieng_tu')}")
    return replace(session, seen=(*session.seen, SEEN)), told

"""A conversation with the real content, message after message, without store or clock."""

from __future__ import annotations

from datetime import date

from bot import choice
from bot.engine import Brain, Turn, converse
from bot.message import Incoming, User
from bot.session import Session

TODAY = date(2026, 11, 25)
USER = User("test", "")


def said(brain: Brain, *messages: str) -> Turn:
    """The last of several messages; an id of a choice is pressed."""
    session, turn = Session(), None
    for message in messages:
        incoming = Incoming(USER, "", choice=message) if choice.read(message) else Incoming(USER, message)
        turn = converse(brain, session, incoming, TODAY)
        session = turn.session
    assert turn
    return turn

"""What the bot makes of messages, as `ask --json` tells it: for the cases that a second hand has written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.asking import as_dict
from bot.content.types import FIRST_AID, OUT_OF_SCOPE
from bot.engine import Brain, converse
from bot.message import Incoming, User
from bot.session import Session

TODAY = date(2026, 11, 25)
USER = User("test", "1")

Told = dict[str, Any]


def told(brain: Brain, text: str, before: Iterable[str] = ()) -> Told:
    """The answer to a message, after what was said before."""
    session = Session()
    for said in before:
        session = converse(brain, session, Incoming(USER, said), TODAY).session
    return as_dict(brain.content, text, converse(brain, session, Incoming(USER, text), TODAY), 0.0)


def topic(answer: Told) -> str:
    """What it is about; «out_of_scope» when nothing was understood or it is small talk, «?» when it asks back."""
    if answer["alarm"]:
        return FIRST_AID
    if answer["kind"] == "unsure":
        return "?"
    return OUT_OF_SCOPE if answer["kind"] in ("unknown", "small_talk", "command") else answer["topic"]


def any_of(wanted: str) -> set[str]:
    """«a|b»: any of them is right."""
    return set(wanted.split("|"))


def part_right(answer: Told, wanted: str) -> bool:
    """Naming more than two parts is no answer; what it is and how it is done are one."""
    parts = any_of(wanted)
    if parts & {"tong_quan", "cac_buoc"}:
        parts |= {"tong_quan", "cac_buoc"}
    return len(answer["aspects"]) <= 2 and bool(parts & set(answer["aspects"]))

"""First aid in its conversation: whether it is open, for which harm, and what «chưa bấm», «chưa chuyển» mean there."""

from __future__ import annotations

from collections.abc import Set

from bot.content.types import FIRST_AID, Content
from bot.dialogue.guide import DONE
from bot.safety.first_aid import NO_HARM, QUESTION
from bot.safety.harm import first_question
from bot.session import Session
from bot.understanding.meaning import Answer, Command


def harm_open(content: Content, session: Session) -> str | None:
    """The harm that first aid is open for, "" while none has been told: also after a warning; None when it is not open."""
    walk = session.walk
    mine = walk is not None and walk.guide == FIRST_AID
    if mine and walk and (walk.step != DONE or session.about == FIRST_AID):
        return walk.answers.get(QUESTION, "")
    return "" if session.about == FIRST_AID or session.about in content.warnings else None


def stopped(content: Content, aid: str, denied: Set[str]) -> Answer | Command | None:
    """Nothing was done yet; only praise for what was not done besides the harm that first aid is open for."""
    question = first_question(content)
    if question is None or NO_HARM not in question.options:
        return None
    if aid in ("", NO_HARM) or aid in denied:
        return Answer(FIRST_AID, QUESTION, NO_HARM)
    return Command("stopped")

"""What a message tells of the matter at hand without asking: a detail more, or another one than before («nhầm, bị hỏng»)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.content.types import URGENT, Content, Guide
from bot.session import Session
from bot.understanding.details import details
from bot.understanding.focus import QUESTIONS
from bot.understanding.meaning import Answer, Ask, Meaning
from bot.understanding.text import bare, plain
from bot.understanding.view import home
from bot.understanding.words import each_of

MOST_WORDS = 12
PLAINLY = 0.6  # a message that is about something else so surely tells nothing of the matter at hand
_OR_NOT = each_of("khong ko k hong hok chua")  # at the end of a question
_ASKED = QUESTIONS | each_of("ai sao j")


def told(
    content: Content, session: Session, meaning: Meaning, text: str, read: Sequence[str], today: date
) -> Answer | None:
    """The details that a message tells of the guide that is open or was talked about, where they are new or others than
    before; None for a question, and for what is rather about something else. `text`: its normal form, `read`: its words
    repaired and in full; `meaning`: what it would be otherwise."""
    guide = content.guides.get(session.walk.guide if session.walk else home(content, session.about))
    if guide is None or len(read) > MOST_WORDS or _asks(read):
        return None
    before = _known(guide, session)
    found = {
        question: option
        for question, option in details(guide.questions, text, today, read=read).items()
        if before.get(question) != option
    }
    if not found or _elsewhere(content, guide, session, meaning, found):
        return None
    (question, option), *more = found.items()
    return Answer(guide.id, question, option, dict(more))


def _known(guide: Guide, session: Session) -> Mapping[str, str]:
    mine = session.walk.answers if session.walk and session.walk.guide == guide.id else {}
    return {**session.kept, **mine}


def _asks(read: Sequence[str]) -> bool:
    words = plain(bare(" ".join(read))).split()
    return not _ASKED.isdisjoint(words) or (bool(words) and words[-1] in _OR_NOT)


def _elsewhere(content: Content, guide: Guide, session: Session, meaning: Meaning, found: Mapping[str, str]) -> bool:
    """Whether a message is rather about something else; an answer to what is asked just now is not, whatever it looks like."""
    if not isinstance(meaning, Ask) or meaning.target == guide.id:
        return False
    if any(id.startswith(f"ans/{guide.id}/{question}/") for id in session.offered for question in found):
        return False
    if meaning.target in content.small_talk:
        return meaning.target in URGENT
    if content.topic_of(meaning.target) == guide.topic:
        return meaning.target in content.guides
    return meaning.confidence >= PLAINLY

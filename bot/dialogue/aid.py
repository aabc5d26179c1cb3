"""First aid in its conversation: what is said at once, what may have happened besides, whether it is open, and what
«chưa bấm», «chưa chuyển» mean there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from bot import choice
from bot.content.types import FIRST_AID, Content, Guide
from bot.dialogue import guide as walks
from bot.dialogue.guide import DONE
from bot.dialogue.parts import Told
from bot.dialogue.say import Say
from bot.message import Choice
from bot.safety.first_aid import NO_HARM, QUESTION, UNCLEAR
from bot.safety.harm import first_question
from bot.session import AT, Session, Walk
from bot.understanding.meaning import Answer, Command

FIRST_ACTS = 3  # steps of the first-aid guide that are said at once
GRAVEST = ("chuyen_tien", "cai_ung_dung", "dua_otp")  # what may have been done as well, asked about in first aid


def first_acts(say: Say, guide: Guide, session: Session, found: Mapping[str, str]) -> Told:
    """The first acts at once, as bullets; then the whole way, and what else may have happened."""
    acts = walks.steps(guide, found, say.today)[:FIRST_ACTS]
    lines = say.bullets(map(say.item, acts))
    head = say("dung_kip" if NO_HARM in found.values() else "lam_ngay")
    text = f"{head}\n{lines}\n\n{say('lam_ngay_hoi')}\n\n"
    text += say.sources(walks.sources(acts, say.today), guide.checked, guide.review_by)
    return Told(text, further(say, guide, session, found), asks=True)


def further(say: Say, guide: Guide, session: Session, found: Mapping[str, str]) -> tuple[Choice, ...]:
    """The whole way, what happened besides, and what else may have happened."""
    before = [option for turn in session.walk.turns for option in turn.values()] if session.walk else []
    also = unclear(guide, found) or _harms(guide, found, (*before, *GRAVEST))
    return (Choice(choice.at_step("next", guide.id, 0), say("nut_cac_buoc")), *also)


def unclear(guide: Guide, found: Mapping[str, str]) -> tuple[Choice, ...]:
    """Everything that may have happened, while nobody has said what did."""
    question = next(iter(guide.questions.values()), None)
    if guide.id != FIRST_AID or question is None or found.get(question.id) != UNCLEAR:
        return ()
    return _harms(guide, found, question.options)


def graver(guide: Guide, found: Mapping[str, str]) -> tuple[Choice, ...]:
    """What may turn out to have happened as well, at a step of first aid."""
    return (unclear(guide, found) or _harms(guide, found, GRAVEST)) if guide.id == FIRST_AID else ()


def _harms(guide: Guide, found: Mapping[str, str], options: Iterable[str]) -> tuple[Choice, ...]:
    """Of some options of the first question those that are not answered."""
    return tuple(
        Choice(choice.answer(guide.id, question.id, id), question.options[id].label)
        for question in list(guide.questions.values())[:1]
        for id in dict.fromkeys(options)
        if id in question.options and found.get(question.id) not in (id, None) and id not in (NO_HARM, UNCLEAR)
    )


def harm_open(content: Content, session: Session) -> str | None:
    """The harm that first aid is open for, "" while none has been told: also after a warning; None when it is not open."""
    walk = session.walk
    mine = walk is not None and walk.guide == FIRST_AID
    if mine and walk and (session.about == FIRST_AID or not (walk.step == DONE or rests(walk))):
        return walk.answers.get(QUESTION, "")
    return "" if session.about == FIRST_AID or session.about in content.warnings else None


def unfinished(session: Session) -> bool:
    """Whether first aid for a harm that was done is the walk, begun or not."""
    walk = session.walk
    if walk is None or walk.guide != FIRST_AID or walk.step == DONE:
        return False
    return walk.answers.get(QUESTION, NO_HARM) != NO_HARM


def rests(walk: Walk) -> bool:
    """Whether first aid was stopped above a walk that waits: its last turn keeps nothing but the step."""
    return walk.guide == FIRST_AID and not walk.step and len(walk.turns) > 1 and set(walk.turns[-1]) <= {AT}


def stopped(content: Content, aid: str, denied: Set[str]) -> Answer | Command | None:
    """Nothing was done yet; only praise for what was not done besides the harm that first aid is open for."""
    question = first_question(content)
    if question is None or NO_HARM not in question.options:
        return None
    if aid in ("", NO_HARM) or aid in denied:
        return Answer(FIRST_AID, QUESTION, NO_HARM)
    return Command("stopped")

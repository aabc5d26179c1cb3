"""A walk from question to question and step to step: what is shown now, and where next, back and an answer lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot import choice
from bot.content.types import FIRST_AID, Content, Guide, Item, Question
from bot.dialogue import aid
from bot.dialogue import guide as walks
from bot.dialogue.answers import entry
from bot.dialogue.guide import DONE
from bot.dialogue.parts import OFFERED, Told, overview, problem_help
from bot.dialogue.say import Say
from bot.message import Choice
from bot.session import Answers, Session, Walk

STEPS = "cac_buoc"
OUTCOME = 2  # items of the result that end a walk


def walked(content: Content, session: Session) -> Guide | None:
    """The guide of the open walk; None when there is no walk, or its guide is no longer published."""
    return content.guides.get(session.walk.guide) if session.walk else None


def answers(guide: Guide, session: Session, *more: Mapping[str, str]) -> dict[str, str]:
    """What is known for a guide: kept from other guides, said in its walk, said just now."""
    mine = session.walk.answers if session.walk and session.walk.guide == guide.id else {}
    return walks.known(guide, session.kept, mine, *more)


def enter(session: Session, guide: Guide, details: Mapping[str, str]) -> Session:
    """A new turn of this guide's walk, or a new walk. Its first turn takes along what is kept, so that a walk stays the
    same whatever is answered elsewhere."""
    kept = dict(session.kept) | {id: option for id, option in details.items() if guide.questions[id].shared}
    if session.walk and session.walk.guide == guide.id:
        return replace(session, walk=session.walk.turn(details), kept=kept)
    first = walks.known(guide, session.kept, details)
    return replace(session, walk=Walk(guide.id).turn(first), under=waiting(session), kept=kept)


def waiting(session: Session) -> Walk | None:
    """What waits below once the walk is left: the walk; when it was only read or is done, what waits already."""
    walk, below = session.walk, session.under
    begun = stepping(session) or (walk is not None and asking(walk.guide, session))
    return walk if walk and (begun or below is None) else below


def left(session: Session) -> Session:
    """The walk waits below, and nothing is lost: where one waits there already, first aid that came in between rests
    above it."""
    walk = session.walk
    if walk and session.under and aid.unfinished(session) and not aid.rests(walk):
        return replace(session, walk=walk.turn({}))
    return replace(session, walk=None, under=waiting(session))


def woken(session: Session) -> Session:
    """First aid that rests is where it was."""
    rests = session.walk is not None and aid.rests(session.walk)
    return replace(session, walk=session.walk.undo()) if session.walk and rests else session


def changed(session: Session) -> Session:
    """The walk that waits goes on, and the other one waits."""
    return woken(replace(session, walk=session.under, under=session.walk))


def taken_up(session: Session, guide: str) -> Session:
    """A button of the walk that waits below goes on with it, when nothing else is open."""
    waits = session.walk is None and session.under is not None and session.under.guide == guide
    return replace(session, walk=session.under, under=None) if waits else session


def settle(guide: Guide, session: Session, today: date) -> Session:
    """Once nothing is left to ask, the walk stands at its first step."""
    found = answers(guide, session)
    if session.walk is None or session.walk.step or walks.open_questions(guide, STEPS, found, today):
        return session
    shown = walks.steps(guide, found, today)
    return replace(session, walk=replace(session.walk, step=shown[0].title)) if shown else session


def forward(guide: Guide, session: Session, today: date) -> Session:
    """The next step; DONE behind the last one, and from then on; the first one of a walk that has not begun."""
    assert session.walk  # noqa: S101
    if not session.walk.step:
        return settle(guide, replace(session, walk=session.walk.turn({})), today)
    if session.walk.step == DONE:
        return session
    shown = walks.steps(guide, answers(guide, session), today)
    at = walks.position(guide, session.walk, shown) + 1
    step = shown[at].title if at < len(shown) else DONE
    return replace(session, walk=replace(session.walk, step=step))


def backward(guide: Guide, session: Session, today: date) -> Session:
    """The previous step, else before the last turn, else the walk that waits below (or none)."""
    assert session.walk  # noqa: S101
    shown = walks.steps(guide, answers(guide, session), today)
    at = len(shown) if session.walk.step == DONE else walks.position(guide, session.walk, shown)
    if session.walk.step and at > 0 and shown:
        return replace(session, walk=replace(session.walk, step=shown[at - 1].title))
    before = session.walk.undo()
    taken_back = dict(session.walk.turns[-1]) if session.walk.turns else {}
    if before:
        return replace(session, walk=before, kept=_kept(session, taken_back, before.answers))
    waiting = session.under.answers if session.under else {}
    return replace(session, walk=session.under, under=None, kept=_kept(session, taken_back, waiting))


def _kept(session: Session, taken_back: Answers, before: Answers) -> Answers:
    """What is kept without the answers taken back: they are as the walk before has them, or asked again."""
    left = {question: option for question, option in session.kept.items() if question not in taken_back}
    return left | {
        question: before[question] for question in session.kept if question in taken_back and question in before
    }


def now(say: Say, guide: Guide, session: Session) -> Told:
    """Where the walk stands: a question, a step, its end, or (not begun) the summary."""
    assert session.walk  # noqa: S101
    found = answers(guide, session)
    if session.walk.step == DONE:
        return _end(say, guide, found)
    if session.walk.step:
        return _step(say, guide, session.walk, found)
    questions = walks.open_questions(guide, STEPS, found, say.today)
    if guide.id == FIRST_AID and not questions:
        return aid.first_acts(say, guide, session, found)
    return _question(say, guide, questions[0]) if questions else overview(say, guide, found)


def shown(guide: Guide, session: Session, today: date) -> list[Item]:
    """The steps of the walk, under what is known."""
    return walks.steps(guide, answers(guide, session), today)


def stepping(session: Session) -> bool:
    """Whether a step is open."""
    return session.walk is not None and session.walk.step not in ("", DONE)


def asking(guide: str, session: Session) -> bool:
    """Whether a question of the guide is open: its answers are what was last offered."""
    return any(id.startswith(f"ans/{guide}/") for id in session.offered)


def reminder(say: Say, guide: Guide, session: Session, *, named: bool) -> Told | None:
    """The open question or step again, in short, after an aside; None when nothing is open. `named`: the question says
    of which guide it is."""
    walk = session.walk
    assert walk  # noqa: S101
    if stepping(session):
        shown = walks.steps(guide, answers(guide, session), say.today)
        if not shown:
            return None
        at = walks.position(guide, walk, shown)
        text = say("dang_o_buoc", n=at + 1, total=len(shown), title=guide.title, step=shown[at].title)
        return Told(text, _step_choices(say, guide, answers(guide, session), at + 1), asks=True)
    if walk.step or not asking(guide.id, session):
        return None
    found = answers(guide, session)
    questions = walks.open_questions(guide, STEPS, found, say.today)
    if questions:
        told = _question(say, guide, questions[0])
        return replace(told, text=say("dang_hoi", title=guide.title, ask=told.text)) if named else told
    return (
        Told(say("lam_ngay_hoi"), aid.further(say, guide, session, found), asks=True) if guide.id == FIRST_AID else None
    )


def trouble(say: Say, guide: Guide, session: Session) -> Told:
    """«Không thấy như vậy»: the help of the step's problem, then the same step's choices; of the first one in first aid
    that is not gone through step by step."""
    assert session.walk  # noqa: S101
    found = answers(guide, session)
    shown = walks.steps(guide, found, say.today)
    acts = guide.id == FIRST_AID and not session.walk.step and bool(found)
    if not shown or (session.walk.step in ("", DONE) and not acts):
        return now(say, guide, session)
    at = walks.position(guide, session.walk, shown)
    text = say("gap_loi", n=at + 1, step=shown[at].title, text=_help(say, guide, shown[at].if_not))
    if acts:
        return Told(text, aid.further(say, guide, session, found), asks=True)
    choices = (
        Choice(choice.at_step("next", guide.id, at + 1), say("nut_da_duoc")),
        Choice(choice.command("person"), say("nut_nguoi_that")),
        Choice(choice.ask(guide.id, "loi"), say("nut_loi")),
        *aid.graver(guide, found),
    )
    return Told(text, choices, asks=True)


def _help(say: Say, guide: Guide, id: str) -> str:
    found = say.content.problem(guide, id)
    if found:
        return problem_help(say, guide, found)
    return entry(say, say.content.entries[id]).text if id in say.content.entries else say("gap_loi_chung")


def _question(say: Say, guide: Guide, question: Question) -> Told:
    choices = [
        Choice(choice.answer(guide.id, question.id, option.id), option.label) for option in question.options.values()
    ]
    choices.append(Choice(choice.answer(guide.id, question.id, ""), say("nut_khong_biet")))
    return Told(question.ask, tuple(choices), asks=True)


def _step(say: Say, guide: Guide, walk: Walk, found: Mapping[str, str]) -> Told:
    shown = walks.steps(guide, found, say.today)
    if not shown:
        return overview(say, guide, found)
    at = walks.position(guide, walk, shown)
    item = shown[at]
    lines = [say("buoc", n=at + 1, total=len(shown), title=item.title), say.item(item, guide, found)]
    if item.see:
        lines.append(say("se_thay", see=item.see.rstrip(".")))
    if at == 0:
        labels = say.labels(guide, walks.relevant(guide, STEPS, found))
        lines.insert(0, say("bat_dau_rieng" if labels else "bat_dau", title=guide.title, labels=labels))
        lines.append("\n" + _basis(say, guide, shown))
    return Told("\n".join(lines), _step_choices(say, guide, found, at + 1), say.links([item]), asks=True)


def _basis(say: Say, guide: Guide, shown: list[Item]) -> str:
    ids = [*walks.sources(shown, say.today), *guide.sources]
    return say.sources(ids, guide.checked, guide.review_by)


def _step_choices(say: Say, guide: Guide, found: Mapping[str, str], n: int) -> tuple[Choice, ...]:
    names = ("next", "problem", "back") if n > 1 else ("next", "problem")
    buttons = (Choice(choice.at_step(name, guide.id, n), say(f"nut_{name}")) for name in names)
    return (*buttons, *aid.unclear(guide, found))


def _end(say: Say, guide: Guide, found: Mapping[str, str]) -> Told:
    items = walks.visible(guide, "ket_qua", found, say.today)[:OUTCOME]
    lines = [say("xong_het", title=guide.title), *(say.item(item, guide, found) for item in items)]
    if items:
        lines.append("\n" + say.sources(walks.sources(items, say.today), guide.checked, guide.review_by))
    papers = ("ho_so",) if guide.id == FIRST_AID else ()  # with what to say and to write
    rest = [part for part in (*papers, "tra_cuu", *OFFERED[3:]) if part in guide.parts]
    choices = tuple(Choice(choice.ask(guide.id, part, found), say(f"nut_{part}")) for part in rest)
    return Told("\n".join(lines), (*choices, Choice(choice.command("back"), say("nut_back"))))


def place(guide: Guide, session: Session, today: date) -> str:
    """The number of the current step, from 1; «0» outside the steps."""
    if session.walk is None or not stepping(session):
        return "0"
    return str(walks.position(guide, session.walk, walks.steps(guide, answers(guide, session), today)) + 1)

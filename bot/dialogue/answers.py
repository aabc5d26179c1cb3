"""What entries, warnings, neighbours, small talk and alarms say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot import choice
from bot.content.types import FIRST_AID, Entry, Neighbour, Warning
from bot.dialogue.parts import Told
from bot.dialogue.say import Say
from bot.message import Alarm, Choice

MOST_RELATED = 3
MOST_SIGNS = 4


def guides(say: Say, ids: Iterable[str]) -> tuple[Choice, ...]:
    """Related guides and entries to press; topics whose guide is not written yet are left out."""
    known = [id for id in dict.fromkeys(ids) if id in say.content.guides or id in say.content.entries]
    return tuple(Choice(choice.ask(id), say.content.title(id)) for id in known[:MOST_RELATED])


def about(say: Say, target: str) -> Told | None:
    """What is told of an entry, a warning, a neighbour or small talk; None when the target is none of them."""
    content = say.content
    if target in content.entries:
        return entry(say, content.entries[target])
    if target in content.warnings:
        return warning(say, content.warnings[target])
    if target in content.neighbours:
        return neighbour(say, content.neighbours[target])
    return Told(content.small_talk[target].answer.strip()) if target in content.small_talk else None


def entry(say: Say, entry: Entry, also: str = "") -> Told:
    """`also`: said below the answer."""
    text = entry.answer.strip()
    if entry.unconfirmed:
        text += "\n" + say("chua_chac_chung", why=entry.unconfirmed.rstrip("."))
    basis = say.sources(entry.sources, entry.checked, entry.review_by)
    links = (say.link(entry.link),) if entry.link else ()
    return Told("\n\n".join(filter(None, (text, also, basis))), guides(say, [*entry.related, entry.topic]), links)


def warning(say: Say, warning: Warning) -> Told:
    lines = [
        say("canh_bao", title=warning.title),
        say.bullets(warning.signs[:MOST_SIGNS]),
        "",
        warning.truth.strip(),
        "",
        say.sources(warning.sources, warning.checked),
    ]
    return Told("\n".join(lines), first_aid(say, warning.then))


def neighbour(say: Say, neighbour: Neighbour) -> Told:
    found = guides(say, neighbour.related)
    text = neighbour.answer.strip()
    return Told(f"{text}\n\n{say('viec_gan')}" if found else text, found)


def alarm(say: Say, alarm: Alarm) -> Told:
    """What is wrong with a message, why, what is true, and what to do when harm is done already; a question about such
    messages has its answer first."""
    known = say.content.warnings.get(alarm.warning)
    if asked := say.content.entries.get(alarm.entry):
        return replace(entry(say, asked, say("neu_dang_gap")), choices=first_aid(say, known.then if known else ""))
    head = say("dau_lua_dao" if alarm.level == "scam" else "dau_nghi_ngo")
    lines = [head, say.bullets(alarm.reasons)] if alarm.reasons else [head]
    lines.append(known.truth.strip() if known else say("khong_lam_theo"))
    lines.append(say("neu_da_lam"))
    if known:
        lines.append("\n" + say.sources(known.sources, known.checked))
    return Told("\n".join(lines), first_aid(say, known.then if known else ""))


def first_aid(say: Say, then: str) -> tuple[Choice, ...]:
    """Where to go on when harm is done."""
    guide = say.content.guides.get(FIRST_AID)
    if guide is None:
        return ()
    pressed = [
        Choice(choice.answer(guide.id, question.id, then), question.options[then].label)
        for question in list(guide.questions.values())[:1]
        if then in question.options
    ]
    return (*pressed, Choice(choice.ask(guide.id), guide.title))

"""Every sentence of the files that a citizen reads, with its place and its role."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.content import schema as s
from bot.content.files import Files
from bot.content.ids import items
from bot.content.source import Document, Loc

# `choice`: words of a button; `screen`: the exact words of another program; `bot`: of the bot about itself;
# `sign`: what scammers do and say
Role = Literal["choice", "summary", "ask", "text", "step", "screen", "why", "answer", "sign", "name", "bot"]
Found = Iterator[tuple[Loc, Role, str | None]]


@dataclass(frozen=True, slots=True)
class Said:
    document: Document
    loc: Loc
    role: Role
    text: str


def said(files: Files) -> Iterator[Said]:
    for file in files.by_path.values():
        if walk := _WALKS.get(type(file.shape)):
            for loc, role, text in walk(file.shape):
                if text:
                    yield Said(file.document, loc, role, text)


def _item(loc: Loc, item: s.ItemFile) -> Found:
    step = isinstance(item, s.StepFile)
    yield (*loc, "text"), "step" if step else "text", item.text
    yield (*loc, "unconfirmed"), "why", item.unconfirmed
    if isinstance(item, s.StepFile):
        yield (*loc, "title"), "text", item.title
        yield (*loc, "see"), "step", item.see
    if isinstance(item, s.ProblemFile):
        yield (*loc, "error"), "screen", item.error
    amount = item.amount if isinstance(item, s.FeeFile) else None
    if isinstance(amount, dict):
        for day, each in amount.items():
            yield (*loc, "amount", day.isoformat(), "unconfirmed"), "why", each.unconfirmed


def _questions(questions: Mapping[str, s.QuestionFile]) -> Found:
    for id, question in questions.items():
        yield ("questions", id, "ask"), "ask", question.ask
        for option, each in question.options.items():
            yield ("questions", id, "options", option, "label"), "choice", each.label


def _guide(guide: s.GuideFile) -> Found:
    yield ("title",), "choice", guide.title
    yield ("summary",), "summary", guide.summary
    yield from _questions(guide.questions)
    for loc, item in items(guide):
        yield from _item(loc, item)


def _shared(shared: s.SharedFile) -> Found:
    yield from _questions(shared.questions)
    for id, item in shared.items.items():
        yield from _item(("items", id), item)
    for id, problem in shared.problems.items():
        yield from _item(("problems", id), problem)


def _faq(faq: s.FaqFile) -> Found:
    for id, entry in faq.root.items():
        yield (id, "questions", 0), "choice", entry.questions[0]
        yield (id, "answer"), "answer", entry.answer
        yield (id, "unconfirmed"), "why", entry.unconfirmed
        yield (id, "error"), "screen", entry.error


def _warning(warning: s.WarningFile) -> Found:
    yield ("title",), "choice", warning.title
    yield ("truth",), "answer", warning.truth
    for at, sign in enumerate(warning.signs):
        yield ("signs", at), "sign", sign


def _neighbours(file: s.OutOfScopeFile) -> Found:
    for id, neighbour in file.root.items():
        yield (id, "title"), "choice", neighbour.title
        yield (id, "answer"), "answer", neighbour.answer


def _small_talk(file: s.SmallTalkFile) -> Found:
    yield from (((id, "answer"), "bot", each.answer) for id, each in file.root.items())


def _bot(file: s.BotFile) -> Found:
    yield from (((id,), "bot", text) for id, text in file.root.items())


def _notices(file: s.NoticesFile) -> Found:
    yield from (((id, "text"), "text", notice.text) for id, notice in file.root.items())


def _agencies(file: s.AgenciesFile) -> Found:
    for id, agency in (file.__pydantic_extra__ or {}).items():
        yield (id, "name"), "name", agency.name
        for key, phone in agency.phones.items():
            yield (id, "phones", key, "unconfirmed"), "why", phone.unconfirmed


def _signals(file: s.SignalsFile) -> Found:
    yield from ((("signals", id, "reason"), "sign", signal.reason) for id, signal in file.signals.items())


_WALKS: Mapping[type, Callable[[Any], Found]] = {
    s.GuideFile: _guide,
    s.SharedFile: _shared,
    s.FaqFile: _faq,
    s.WarningFile: _warning,
    s.OutOfScopeFile: _neighbours,
    s.SmallTalkFile: _small_talk,
    s.BotFile: _bot,
    s.NoticesFile: _notices,
    s.AgenciesFile: _agencies,
    s.SignalsFile: _signals,
}

"""Figures in free text: each has a source of its own, or stands in something that has one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content import schema as s
from bot.content.ids import items
from bot.content.problem import Problem
from bot.content.rules.sources import CITED
from bot.content.said import said
from bot.content.scope import Scope, places
from bot.content.source import Document, Loc
from bot.content.types import Guide, Item

_FIGURE = re.compile(
    r"(\d{1,2}/\d{1,2}/\d{4})|(\d[\d.,]*)\s*(đồng|nghìn|ngàn|triệu|tỷ|%|ngày|tháng|năm|giờ)(?!\w)", re.IGNORECASE
)
_CLOCK = re.compile(r"từ \d+ (?:giờ )?đến \d+ giờ", re.IGNORECASE)  # when a line is busy is no rule
_TIME = ("ngày", "tháng", "năm", "giờ")  # the bot may say how long it keeps what


def figures(text: str) -> set[str]:
    """Money, shares, spans and days. «3 ngày làm việc» and «3 ngày» are one figure."""
    found = _FIGURE.finditer(_CLOCK.sub("", text))
    return {one[1] or f"{one[2].strip('.,')} {one[3].lower()}" for one in found}


def loose_figure(scope: Scope) -> Iterator[Problem]:
    """Code `so_troi`. What must cite a source by itself is left to `khong_nguon`."""
    for document, guide in scope.guides():
        known = _sourced(guide)
        yield from _loose(document, ("summary",), figures(guide.summary) - known)
        file = scope.files.by_path[document.path].shape
        own = items(file) if isinstance(file, s.GuideFile) else ()
        for (aspect, loc, item), (_, written) in zip(places(guide), own, strict=True):
            if not (_rests(item) or aspect in CITED):
                yield from _loose(document, (*loc, "text"), figures(_words(written)) - known)
    for document, shared in scope.files.of(s.SharedFile):
        for key, each in (("items", shared.items), ("problems", shared.problems)):
            for id, written in each.items():
                if not (written.source or written.unconfirmed or isinstance(getattr(written, "amount", None), dict)):
                    yield from _loose(document, (key, id, "text"), figures(written.text or ""))
    yield from _answers(scope)


def _answers(scope: Scope) -> Iterator[Problem]:
    for document, faq in scope.files.of(s.FaqFile):
        for id, entry in faq.root.items():
            if not (entry.source or entry.unconfirmed):
                yield from _loose(document, (id, "answer"), figures(entry.answer))
    for each in said(scope.files):
        if each.role == "bot":
            yield from _loose(each.document, each.loc, {one for one in figures(each.text) if not one.endswith(_TIME)})
        elif each.role == "answer" and isinstance(scope.files.by_path[each.document.path].shape, s.OutOfScopeFile):
            yield from _loose(each.document, each.loc, figures(each.text))


def _words(written: s.ItemFile) -> str:
    step = written if isinstance(written, s.StepFile) else None
    return " ".join(text for text in (written.text, step and step.title, step and step.see) if text)


def _rests(item: Item) -> bool:
    return bool(item.sources or item.unconfirmed or any(amount.sources for amount in item.amounts))


def _sourced(guide: Guide) -> set[str]:
    """What the guide says with a source."""
    found: set[str] = set()
    for _, _, item in places(guide):
        if _rests(item):
            found |= figures(f"{item.text} {item.see}")
            amounts = (amount.dong for amount in item.amounts if amount.dong is not None)
            found |= {f"{dong:,} đồng".replace(",", ".") for dong in amounts}
    return found


def _loose(document: Document, loc: Loc, found: set[str]) -> Iterator[Problem]:
    if found:
        named = ", ".join(f"«{one}»" for one in sorted(found))
        text = f"{named} không có nguồn. Thêm «source», hoặc nhắc lại đúng số của một mục có nguồn trong bài"
        yield document.problem(loc, "so_troi", text)

"""Figures in free text: each has a source of its own, or stands in something that has one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content import schema as s
from bot.content.problem import Problem
from bot.content.rules.sources import CITED
from bot.content.said import said
from bot.content.scope import Scope, places
from bot.content.types import Guide

_FIGURE = re.compile(
    r"(\d{1,2}/\d{1,2}/\d{4})|(\d[\d.,]*)\s*(đồng|nghìn|ngàn|triệu|tỷ|%|ngày|tháng|năm|giờ)(?!\w)", re.IGNORECASE
)
_ABOUT_ITSELF = ("ngày", "tháng", "năm", "giờ")  # the bot may say how long it keeps what


def figures(text: str) -> set[str]:
    """«3 ngày làm việc» and «3 ngày» are one figure."""
    return {found[1] or f"{found[2].strip('.,')} {found[3].lower()}" for found in _FIGURE.finditer(text)}


def loose_figure(scope: Scope) -> Iterator[Problem]:
    """Code `so_troi`. What must cite a source by itself is left to `khong_nguon`."""
    for document, guide in scope.guides():
        known = _sourced(guide)
        yield from _loose(document, ("summary",), figures(guide.summary) - known)
        for aspect, loc, item in places(guide):
            if not (item.sources or item.unconfirmed or aspect in CITED):
                text = f"{item.title} {item.text} {item.see}"
                yield from _loose(document, (*loc, "text"), figures(text) - known)
    for document, faq in scope.files.of(s.FaqFile):
        for id, entry in faq.root.items():
            if not (entry.source or entry.unconfirmed):
                yield from _loose(document, (id, "answer"), figures(entry.answer))
    for each in said(scope.files):
        if each.role == "bot":
            found = {one for one in figures(each.text) if not one.endswith(_ABOUT_ITSELF)}
            yield from _loose(each.document, each.loc, found)
        elif each.role == "answer" and each.document.path == "intents/_out_of_scope.yaml":
            yield from _loose(each.document, each.loc, figures(each.text))


def _sourced(guide: Guide) -> set[str]:
    found: set[str] = set()
    for _, _, item in places(guide):
        if item.sources or item.unconfirmed:
            found |= figures(f"{item.text} {item.see}")
        for amount in item.amounts:
            found |= {f"{amount.dong:,} đồng".replace(",", ".")} if amount.dong is not None else set()
    return found


def _loose(document: s.Any, loc: tuple[str | int, ...], found: set[str]) -> Iterator[Problem]:
    if found:
        named = ", ".join(f"«{one}»" for one in sorted(found))
        text = f"{named} không có nguồn. Thêm «source», hoặc viết số này ở mục có nguồn trong bài rồi nhắc lại đúng như thế"
        yield document.problem(loc, "so_troi", text)

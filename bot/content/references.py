"""Ids that lead nowhere, each with the nearest one that leads somewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.content.files import Files
from bot.content.ids import KINDS, Ids, index
from bot.content.problem import Problem
from bot.content.types import TOPICS
from bot.content.uses import Use, uses

NEAR = 80  # similarity in percent from which an id is worth suggesting


def unknown(files: Files, ids: Ids | None = None) -> Iterator[Problem]:
    """Code `khong_co`. Ids that a broken file may define are given the benefit of the doubt: that file is reported."""
    for use in uses(files, ids or index(files)):
        if use.known is not None and use.id not in use.known:
            yield use.document.problem(use.loc, "khong_co", _said(use, use.known))


def _said(use: Use, known: Collection[str]) -> str:
    names = [KINDS[kind] for kind in use.kinds]
    what = " hay ".join(name for name, _ in names)
    if "guide" in use.kinds and use.id in TOPICS:
        return f"«{use.id}» là chủ đề chưa có bài hướng dẫn nào. Xóa đi, hoặc viết bài trước"
    if near := nearest(use.id, known):
        return f"«{use.id}» – không có {what} tên này. Có phải «{near}» không?"
    if use.kinds == ("topic",) and use.loc not in use.document.lines:
        return f"thiếu «topic»: tên tệp «{use.id}» không phải chủ đề. Thêm dòng «topic: …»"
    return f"«{use.id}» – không có {what} tên này. Sửa lại tên, xóa đi, hoặc thêm vào {names[0][1]}"


def nearest(id: str, known: Collection[str]) -> str | None:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a sound start needs no suggestion

    found = process.extractOne(id, list(known), scorer=fuzz.ratio, score_cutoff=NEAR)
    return found[0] if found else None

"""Every part on every path and every day on which something begins or ends: what never shows, what is empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import prod

from bot.content import schema as s
from bot.content.problem import Problem
from bot.content.scope import Scope, day, places, shifted
from bot.content.source import Document
from bot.content.types import PARTS, PLACE, Guide, Item, Question, When

MOST_PATHS = 10_000  # combinations of answers in one part
ALWAYS = ("documents", "where", "steps")  # parts that every guide has …
OF_PROCEDURES = ("fees", "duration")  # … and those of a job that has a number on the portal

Questions = Mapping[str, Question]
Path = Mapping[str, str]


def never_shown(scope: Scope) -> Iterator[Problem]:
    """Code `khong_bao_gio`."""
    for document, guide in scope.guides():
        for _, loc, item in places(guide):
            yield from _never(scope, document, loc, item)
        needed = {question for _, _, item in places(guide) for question in item.when}
        for id in guide.questions:
            if id not in needed and id != PLACE:
                text = f"không mục nào cần câu hỏi «{id}». Xóa câu hỏi, hoặc thêm «when» vào mục cần nó"
                yield document.problem(("questions", id), "khong_bao_gio", text)
    for document, notices in scope.files.of(s.NoticesFile):
        for id, notice in notices.root.items():
            if notice.since > notice.until:
                yield document.problem((id, "until"), "khong_bao_gio", _upside_down(notice.since, notice.until))


def _never(scope: Scope, document: Document, loc: tuple[str | int, ...], item: Item) -> Iterator[Problem]:
    if item.since and item.until and item.since > item.until:
        home, at_home = scope.home(document, loc, "until")
        yield home.problem((*at_home, "until"), "khong_bao_gio", _upside_down(item.since, item.until))
        return
    home, at_home = scope.home(document, loc, "amount")
    for at, amount in enumerate(item.amounts):
        following = item.amounts[at + 1].since if at + 1 < len(item.amounts) else date.max
        where = (*at_home, "amount", amount.since.isoformat())
        late, early = item.until and amount.since > item.until, item.since and following <= item.since
        if late or early:
            text = f"mức từ {day(amount.since)} không bao giờ hiện vì nằm ngoài ngày của mục này. Xóa, hoặc sửa ngày"
            yield home.problem(where, "khong_bao_gio", text)


def _upside_down(since: date, until: date) -> str:
    return f"không bao giờ hiện: bắt đầu {day(since)}, sau khi hết {day(until)}. Sửa «since» hoặc «until»"


def empty_part(scope: Scope) -> Iterator[Problem]:
    """Code `muc_trong`. Days before the last check of the guide are past and not looked at."""
    for document, guide in scope.guides():
        for key in (*ALWAYS, *(OF_PROCEDURES if guide.procedure else ())):
            if not any(PARTS[aspect] == key for aspect in guide.parts):
                text = f"bài không có «{key}». Thêm vào; thật sự không có gì thì viết một mục nói như vậy"
                yield document.problem((), "muc_trong", text)
        for aspect, items in guide.parts.items():
            if found := _hole(guide, items):
                yield document.problem((PARTS[aspect],), "muc_trong", _empty(PARTS[aspect], *found))
        yield from _without_amount(scope, document, guide)


def _hole(guide: Guide, items: Sequence[Item]) -> tuple[date, Path] | None:
    """The first day and path on which a part says nothing."""
    if paths(guide.questions, items) > MOST_PATHS:
        return None
    ends = {shifted(item.until, 1) for item in items if item.until}
    days = {guide.checked} | ends | {item.since for item in items if item.since}
    for each in sorted(one for one in days if one >= guide.checked):
        whens = [item.when for item in items if _holds(item, each)]
        path = uncovered(guide.questions, whens)
        if path is not None:
            return each, path
    return None


def paths(questions: Questions, items: Sequence[Item]) -> int:
    asked = {id for item in items for id in item.when} & set(questions)
    return prod(len(questions[id].options) for id in asked)


def uncovered(questions: Questions, whens: Sequence[When]) -> Path | None:
    """Answers under which none of the conditions holds; None when there are none."""
    if any(not when for when in whens):
        return None
    asked = next((id for id in questions if any(id in when for when in whens)), None)
    if asked is None:
        return {}
    for option in questions[asked].options:
        left = [
            {id: options for id, options in when.items() if id != asked}
            for when in whens
            if asked not in when or option in when[asked]
        ]
        path = uncovered(questions, left)
        if path is not None:
            return {asked: option, **path}
    return None


def _empty(key: str, on: date, path: Path) -> str:
    answers = ", ".join(f"{question}: {option}" for question, option in path.items())
    when = f" khi {answers}" if answers else ""
    return f"«{key}» trống{when}, ngày {day(on)}. Thêm một mục, hoặc một mục nói rằng ở đây không có gì"


def _holds(item: Item, on: date) -> bool:
    return (item.since is None or item.since <= on) and (item.until is None or on <= item.until)


def _without_amount(scope: Scope, document: Document, guide: Guide) -> Iterator[Problem]:
    for _, loc, item in places(guide):
        first = max(guide.checked, item.since or guide.checked)
        if item.amounts and item.amounts[0].since > first:
            text = f"chưa có số tiền cho ngày {day(first)} đến {day(item.amounts[0].since)}. Thêm mức cũ, hoặc «since»"
            home, at_home = scope.home(document, loc, "amount")
            yield home.problem((*at_home, "amount"), "muc_trong", text)

"""How many days ago something ran out, by the date or the time that a clause names; 0 while it still holds."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.understanding.stated import Clause
from bot.understanding.text import plain

CLOSE = 92  # days: a date without its year is the nearest one, when that is no further away

_END = r"\b(?P<end>(?:het|qua|tre|con) han)\b"
_SMALL = r"(?: (?:ngay|vao|tu|hoi|hom|toi|den|la|ca|duoc|cung|dau|giua|cuoi))*"
_COUNT = r"(?:\d{1,3}|nua|mot|hai|ba|may|vai) (?:ngay|tuan|thang|nam)"
_LATER = rf"(?:(?:tuan|thang|nam) (?:sau|toi)|{_COUNT} nua)"
_HOLDS = (
    re.compile(rf"\b{_LATER}(?: (?:moi|la|thi|se))* (?P<end>(?:het|toi|den) han)\b"),
    re.compile(rf"{_END}{_SMALL} {_LATER}\b"),
    re.compile(r"\bchua (?P<end>het han)\b"),
)
_SINCE = re.compile(rf"{_END}{_SMALL} (?P<since>(?:hom|tuan|thang|nam) (?:qua|kia|truoc|roi|ngoai))\b")
_LASTED = re.compile(rf"{_END}(?: (?:gan|hon|tren|duoc|ca|khoang|tam|da|cach day))* (?P<lasted>{_COUNT})\b(?! nua)")
_DATE = (
    r"(?:(?:thang )?(?P<date>(?:\d\d?/)?\d\d?/20\d\d)|(?P<close>\d\d?/\d\d?)"
    r"|thang (?P<month>\d\d?)(?: nam (?P<of>20\d\d))?|(?:nam )?(?P<year>20\d\d))\b"
)
_DATED = (
    re.compile(rf"{_END}(?: tam tru)?{_SMALL} {_DATE}"),
    re.compile(rf"\b{_DATE}(?: (?:nay|la|thi|moi|se|tam tru))* {_END}"),
)
_PAST = re.compile(r"\b(?:roi|da|tu|hoi)\b")
_COMING = re.compile(r"\b(?:sap|toi|den|nay|se|con)\b")

_DAYS = {"ngay": 1, "tuan": 7, "thang": 30, "nam": 365}
_NUMBERS = {"nua": 0.5, "mot": 1, "hai": 2, "ba": 3}
_AGO = {"hom qua": 1, "hom kia": 2, "tuan truoc": 7, "tuan roi": 7}


def overdue(clause: Clause, own: frozenset[str], today: date) -> set[int]:
    """Days since the end: the fewest and the most when only a month or a year is named. `own`: the things asked about."""
    said = plain(" ".join(clause.words))
    for holds in _HOLDS:
        if (found := holds.search(said)) and not clause.of_another(*_words(said, found), own):
            return {0}
    return {days for found, days in _found(said, today) if clause.states(*_words(said, found), own)}


def _words(said: str, found: re.Match[str]) -> tuple[int, int]:
    """Which words of the clause tell the end."""
    start = said.count(" ", 0, found.start("end"))
    return start, start + 2


def _found(said: str, today: date) -> Iterator[tuple[re.Match[str], int]]:
    if found := _SINCE.search(said):
        for day in _ago(found["since"], today):
            yield found, max(0, (today - day).days)
    elif found := _LASTED.search(said):
        if (days := _long(found["lasted"])) is not None and found["end"] != "con han":
            yield found, days - ("gan" in found[0].split())
    elif found := next(filter(None, (pattern.search(said) for pattern in _DATED)), None):
        for day in _dated(said, found, today):
            yield found, max(0, (today - day).days)


def _ago(since: str, today: date) -> tuple[date, ...]:
    if since in _AGO:
        return (today - timedelta(_AGO[since]),)
    if since.startswith("thang"):
        last = today.replace(day=1) - timedelta(1)
        return last.replace(day=1), last
    return _year(today.year - 1) if since.startswith("nam") else ()


def _long(lasted: str) -> int | None:
    """«5 tháng», «nửa năm» in days; None for «mấy tháng»."""
    count, unit = lasted.split()
    number = int(count) if count.isdigit() else _NUMBERS.get(count)
    return None if number is None else round(number * _DAYS[unit])


def _dated(said: str, found: re.Match[str], today: date) -> tuple[date, ...]:
    if found["date"]:
        *day, month, year = map(int, found["date"].split("/"))
        return _days(year, month, *day)
    if found["year"]:
        return _year(int(found["year"]))
    if found["of"]:
        return _days(int(found["of"]), int(found["month"]))
    day_month = found["close"].split("/") if found["close"] else ["", found["month"]]
    around = [
        _days(today.year + more, int(day_month[1]), *map(int, filter(None, day_month[:1]))) for more in (-1, 0, 1)
    ]
    return _nearest([days for days in around if days], said, today)


def _nearest(around: list[tuple[date, ...]], said: str, today: date) -> tuple[date, ...]:
    """Before today where the clause says «rồi», after it where it says «sắp»; else only when it is close."""
    past, coming = _PAST.search(said), _COMING.search(said)
    if past and not coming:
        return max((days for days in around if days[0] <= today), default=())
    if coming and not past:
        return min((days for days in around if days[-1] >= today), default=())
    best = min(around, key=lambda days: abs((days[0] - today).days), default=())
    return best if best and abs((best[0] - today).days) <= CLOSE else ()


def _days(year: int, month: int, day: int | None = None) -> tuple[date, ...]:
    """A day, or the first and the last of a month; none for a date that does not exist."""
    if not 1 <= month <= 12:
        return ()
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, last)
    return (date(year, month, day),) if 1 <= day <= last else ()


def _year(year: int) -> tuple[date, ...]:
    return date(year, 1, 1), date(year, 12, 31)

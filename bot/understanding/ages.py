"""Ages that a sentence names: in years and months, by year of birth, spelled out; and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.understanding.people import CHILD, OF, PERSONS, grown_up, made_for, names_child, subject
from bot.understanding.text import has_marks, normalise, plain, tokens
from bot.understanding.words import each_of, one_of

OLDEST = 130
GROWN_UP = frozenset([18, OLDEST])  # the ages between which somebody grown up may be

_CLAUSE = re.compile(r"[.,;?!…:]+(?:\s|$)|[()\n«»\"]+")

_NAMED = re.compile(r"\d|tuổi|tuoi|sinh|đẻ|lên|len")
_NUMBERS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_DIGITS = {name: value for value, name in enumerate(_NUMBERS)} | {"bẩy": 7}
_AFTER_TENS = _DIGITS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "rưỡi": 0}
_TEN = frozenset(["mười"])
_TENS = frozenset(["mươi"])
_ABOUT = each_of("đủ tròn được mới đã khoảng tầm cỡ hơn trên ngoài từ là thì năm nay")
_BELOW = each_of("dưới chưa gần sắp bị sau")  # «chuẩn bị 14 tuổi», «tháng sau tròn 6 tuổi»
_PAST = each_of("hồi lúc khi")  # «làm hồi 5 tuổi»
_TOLD = PERSONS | OF | _ABOUT | _BELOW
_TO = frozenset(["đến", "tới"])
_OLD = each_of("cao già lớn hạc yếu nào")  # «ba tuổi cao» is a father, «sau tuoi nao» a question
_SHORT = re.compile(r"(\d{1,2})t")
_NO_YEARS = each_of("nữa một mỗi tháng")  # «6t nữa», «17t một tháng»

_BABY = r"\b(?:con|bé|cháu|nhóc|trẻ|baby)"
_FILLERS = r"(?: (?:nhà|em|e|tôi|tui|mình|mk|anh|chị|của|nội|ngoại|gái|trai|út|đầu|lòng|được|mới|đã|gần|hơn|tầm|thì|là|nay|có))"
_OF_LIFE = r"\b(?! (?:nữa|trước|sau|qua|nay|này|hạn)\b)"
_MONTHS = rf"{_BABY}{_FILLERS}{{0,5}} (\d{{1,2}}) tháng{_OF_LIFE}|\b(\d{{1,2}}) tháng tuổi\b"
_DAYS = (
    rf"{_BABY}{_FILLERS}{{0,3}} (?:được|mới|sinh|đẻ|sinh được|đẻ được) \d{{1,2}} (?:ngày|tuần){_OF_LIFE}"
    rf"|\b\d{{1,2}} (?:ngày|tuần) tuổi\b|{_BABY} sơ sinh\b"
    rf"|{_BABY}{_FILLERS}{{0,2}} (?:mới|vừa) (?:sinh|đẻ|chào đời)\b(?! (?:năm|tháng|ngày|con|bé|em))"
)
_UPWARDS = rf"{_BABY}{_FILLERS}{{0,5}} lên (\d|{'|'.join(_NUMBERS[2:])})\b(?! (?:tầng|lần|triệu|người|ngày|nay))"
_NO_BIRTH = "".join(rf"(?<!\b{word} )" for word in each_of("khai chứng học thí phát tái vệ"))  # «khai sinh năm 2015»
_BORN = (
    rf"{_NO_BIRTH}\b(?:sinh|sn)(?: năm| ngày| vào| tháng)* "
    r"(?:(?:(\d{1,2})(?:[/.-]| tháng ))?(\d{1,2})(?:[/.-]| năm ))?"
    r"((?:19|20)\d\d|2k\d{1,2}|(?:(?<=năm )|(?<=sn ))\d\d(?![/.,\d-]))\b"
)


@dataclass(frozen=True, slots=True)
class Aged:
    """Somebody of an age. `who` as `people.subject` names it; `years`: one, or the two that are left open."""

    who: str
    years: tuple[int, ...]


def ages_in(text: str, today: date) -> Iterator[int]:
    """Every age in years that a text names."""
    yield from (years for one in _aged(text, today) for years in one.years)


def ages_meant(text: str, today: date) -> set[int]:
    """The ages of whom a paper is made for; none of somebody who only asks for another. `GROWN_UP` where no age is named and
    nobody but grown-ups is: «làm cho mẹ», «tôi bị mất thẻ»."""
    aged = list(_aged(text, today))
    clauses = [tokens(clause) for clause in _clauses(text)]
    if not aged:
        return set(GROWN_UP) if grown_up(clauses) else set()
    wanted = {who for words in clauses for who in made_for(words)}
    if wanted:
        aged = [one for one in aged if not one.who or one.who in wanted]
    elif any(one.who not in ("", CHILD) for one in aged) and any(map(names_child, clauses)):
        return set()
    return {years for one in aged for years in one.years}


def ages_answered(text: str, today: date) -> set[int]:
    """The ages that an answer to «for whom?» names: «cho bác» as well."""
    found = set(ages_in(text, today))
    return found or (set(GROWN_UP) if grown_up([tokens(each) for each in _clauses(text)], answer=True) else found)


def _clauses(text: str) -> list[str]:
    return [clause for part in _CLAUSE.split(normalise(text)) if (clause := part.strip())]


def _aged(text: str, today: date) -> Iterator[Aged]:
    text = normalise(text)
    marked = has_marks(tokens(text))
    for clause in _clauses(text) if _NAMED.search(text) else ():
        words = tokens(clause)
        for start, years in _in_words(words, marked):
            yield Aged(subject(words[:start]), years)
        for before, years in _in_patterns(clause, marked, today):
            yield Aged(subject(tokens(before)), years)


def _in_words(words: Sequence[str], marked: bool) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Where «7 tuổi», «bảy mươi tuổi», «17t» begin, and how many years they are."""
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        short = _SHORT.fullmatch(word)
        if short and _told(words, at, marked) and not one_of(after, _NO_YEARS):
            yield at, _around(words, at, int(short[1]))
        elif plain(word) == "tuoi" and (number := _number(words, at, marked)):
            value, start = number
            if value >= len(_NUMBERS) or not one_of(after, _OLD):
                yield start, _around(words, start, value)


def _told(words: Sequence[str], at: int, marked: bool) -> bool:
    """Whether a person, or a word such as «mới», stands before: «cháu 13t», «được 17t»; or nothing does."""
    before = words[at - 1] if at else ""
    if not marked and before == "con" and at > 1:  # may be «còn»
        return words[at - 2] in ("cho", "co")
    return not before or one_of(before, _TOLD)


def _around(words: Sequence[str], start: int, value: int) -> tuple[int, ...]:
    """With what stands before the number: «dưới», «gần», «từ 6 đến»."""
    at = start - 1
    while at >= 0 and one_of(words[at], _ABOUT):
        at -= 1
    if at >= 0 and one_of(words[at], _PAST):
        return ()
    if at >= 0 and one_of(words[at], _BELOW):
        value, at = max(0, value - 1), at - 1
    if at >= 0 and one_of(words[at], _TO):
        at -= 1
    if at >= 0 and words[at].isdigit() and len(words[at]) < 3:
        return int(words[at]), value
    return (value,) if value <= OLDEST else ()


def _number(words: Sequence[str], end: int, marked: bool) -> tuple[int, int] | None:
    """The number that ends just before, and where it begins."""
    last = words[end - 1] if end else ""
    if last.isdigit() and len(last) <= 3:
        return int(last), end - 1
    tens = [at for at in (end - 2, end - 1) if at >= 0 and one_of(words[at], _TEN | _TENS)]
    if tens:
        return _with_tens(words, tens[0], end, marked)
    alone = _digit(last, _DIGITS, marked)
    return (alone, end - 1) if alone and (marked or _told(words, end - 1, marked)) else None


def _with_tens(words: Sequence[str], ten: int, end: int, marked: bool) -> tuple[int, int] | None:
    """«mười bốn», «bảy mươi», «hai mươi mốt»."""
    unit = 0 if ten == end - 1 else _digit(words[end - 1], _AFTER_TENS, marked)
    count = _digit(words[ten - 1], _DIGITS, marked) if ten and one_of(words[ten], _TENS) else None
    if unit is None:
        return None
    return (10 * count + unit, ten - 1) if count else (10 + unit, ten)


def _digit(word: str, table: Mapping[str, int], marked: bool) -> int | None:
    return next((value for name, value in table.items() if word == (name if marked else plain(name))), None)


def _in_patterns(clause: str, marked: bool, today: date) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Months and days of little ones, «lên ba», years of birth: what stands before, and the years they leave."""
    for one in _pattern(_MONTHS, marked).finditer(clause):
        yield one[0], (int(one[1] or one[2]) // 12,)
    for one in _pattern(_DAYS, marked).finditer(clause):
        yield one[0], (0,)
    for one in _pattern(_UPWARDS, marked).finditer(clause):
        yield clause[: one.start(1)], (int(one[1]) if one[1].isdigit() else _digit(one[1], _DIGITS, marked) or 0,)
    for one in _pattern(_BORN, marked).finditer(clause):
        yield clause[: one.start()], _since(_year(one[3], today), one[2], one[1], today)


@lru_cache(maxsize=16)
def _pattern(pattern: str, marked: bool) -> re.Pattern[str]:
    """Without marks «con» may be «còn»."""
    return re.compile(pattern if marked else plain(pattern).replace("(?:con|", "(?:"))


def _year(written: str, today: date) -> int:
    """«2k19», «88», «2019»."""
    if written.startswith("2k"):
        return 2000 + int(written[2:])
    if len(written) == 2:
        return int(written) + (2000 if int(written) <= today.year % 100 else 1900)
    return int(written)


def _since(year: int, month: str | None, day: str | None, today: date) -> tuple[int, ...]:
    """A year of birth leaves two ages: before and after the birthday."""
    age = today.year - year
    if age < 0 or age > OLDEST:
        return ()
    if not month or (not day and int(month) == today.month):
        return age, max(0, age - 1)
    return (max(0, age - ((today.month, today.day) < (int(month), int(day or 1)))),)

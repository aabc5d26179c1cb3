"""What else a sentence says: option words, ages and years of birth that already answer a guide's questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import lru_cache

from bot.content.types import Option, Question
from bot.understanding.text import has_marks, normalise, plain, tokens

Phrase = tuple[str, ...]  # its words

_CLAUSE = re.compile(r"[.,;?!…:]+(?:\s|$)|[()\n«»\"]+")
_NOT = frozenset(["khong", "chua", "ko", "k", "hk", "hok", "hong", "khum", "chang", "cha", "dau"])
_BETWEEN = frozenset(
    ["phai", "bi", "he", "duoc", "co", "lam", "muon", "can", "den", "di", "ra", "o"]
)  # what may stand between «không» and its word
_REACH = 3  # words

_NUMBERS = {
    name: value
    for value, name in enumerate(["khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"])
} | {"lam": 5, "tu": 4}
_YEARS = re.compile(r"(?:(duoi|chua du|chua toi|chua den|chua) )?(?:du |tron |duoc |moi )?(\d{1,3}) ?(?:tuoi|t)\b")
_CHILD = r"bé|cháu|nhóc|trẻ|baby|sơ sinh|be|chau|nhoc|so sinh"
_UNIT = r"(tháng|tuần|ngày|thang|tuan|ngay)"
_MONTHS, _UNMARKED_MONTHS = (  # «con» without marks may be «còn»
    re.compile(
        rf"\b(?:{child})(?: \w+){{0,2}} (\d{{1,2}}) {_UNIT}\b(?! (?:nữa|trước|nua|truoc))"
        rf"|\b(\d{{1,2}}) {_UNIT} (?:tuổi|tuoi)\b"
    )
    for child in (f"con|{_CHILD}", _CHILD)
)
_BORN = re.compile(r"\b(?:sinh|sn)(?: nam| ngay| vao)* (?:(\d{1,2})[/.-](\d{1,2})[/.-])?((?:19|20)\d\d|2k\d{1,2})\b")
_AGED = re.compile(r"\d|tuổi|tuoi")
_SPELLED = re.compile(r"((?:\w+ )?\w+) tuoi\b")


def details(questions: Mapping[str, Question], text: str, today: date) -> dict[str, str]:
    """{question: option} for every question that the text answers with exactly one option."""
    clauses = [words for part in _CLAUSE.split(normalise(text)) if (words := tokens(part))]
    ages = set(ages_in(normalise(text), today))
    found = {}
    for id, question in questions.items():
        options = _named(question, clauses) | _aged(question, ages)
        if len(options) == 1:
            found[id] = options.pop()
    return found


def _named(question: Question, clauses: Sequence[Sequence[str]]) -> set[str]:
    return {option for words in clauses for option in _in_clause(question, words)}


def _in_clause(question: Question, words: Sequence[str]) -> Iterator[str]:
    """Options whose phrases stand in a clause, not denied, and not inside a longer phrase of another option."""
    marked = has_marks(list(words))
    unmarked = tuple(plain(word) for word in words)
    said = tuple(words) if marked else unmarked
    hits = [
        (at, at + len(phrase), option.id)
        for option in question.options.values()
        for phrase in _beginning(option, marked, frozenset(said))
        for at in range(len(said) - len(phrase) + 1)
        if said[at : at + len(phrase)] == phrase
    ]
    for start, end, option in hits:
        inside = any(a <= start and end <= b and b - a > end - start for a, b, _ in hits)
        if not inside and not _denied(unmarked, start):
            yield option


def _beginning(option: Option, marked: bool, words: Set[str]) -> Iterator[Phrase]:
    """The phrases of an option whose first word is among the words."""
    phrases = _phrases(option, marked)
    for word in phrases.keys() & words:
        yield from phrases[word]


@lru_cache(maxsize=4096)
def _phrases(option: Option, marked: bool) -> Mapping[str, tuple[Phrase, ...]]:
    """First word → the words of an option, and its label when that is more than one word, as messages with or without
    marks have them. One syllable without its marks may be another word: it is found only as written."""
    label = tuple(tokens(normalise(option.label)))
    found = [tuple(tokens(normalise(phrase))) for phrase in option.words]
    phrases = [phrase for phrase in (*found, *([label] if len(label) > 1 else [])) if phrase]
    if not marked:
        phrases = [phrase for phrase in phrases if len(phrase) > 1 or plain(phrase[0]) == phrase[0]]
        phrases = [tuple(map(plain, phrase)) for phrase in phrases]
    return {first: tuple(phrase for phrase in phrases if phrase[0] == first) for first, *_ in phrases}


def _denied(words: Sequence[str], start: int) -> bool:
    """«không phải thuê», «chưa bị mất»: a denial just before, or with only small words between."""
    for word in reversed(words[max(0, start - _REACH) : start]):
        if word in _NOT:
            return True
        if word not in _BETWEEN:
            return False
    return False


def _aged(question: Question, ages: Iterable[int]) -> set[str]:
    options = question.options.values()
    return {one.id for age in ages for one in options if one.ages and one.ages[0] <= age <= one.ages[1]}


def ages_in(text: str, today: date) -> Iterator[int]:
    """Ages in years that a text names. A year of birth gives two: before and after the birthday."""
    if not _AGED.search(text):
        return
    pattern = _MONTHS if has_marks(tokens(text)) else _UNMARKED_MONTHS
    for one, unit, other, of_age in pattern.findall(text):
        yield int(one or other) // 12 if plain(unit or of_age) == "thang" else 0
    text = plain(text)
    for below, years in _YEARS.findall(text):
        yield max(0, int(years) - 1) if below else int(years)
    for day, month, year in _BORN.findall(text):
        born = 2000 + int(year[2:]) if year.startswith("2k") else int(year)
        yield from _since(born, month, day, today)
    for words in _SPELLED.findall(text):
        yield from _spelled(words.split())


def _since(year: int, month: str, day: str, today: date) -> Iterator[int]:
    age = today.year - year
    if age < 0 or age > 130:
        return
    if month and day:
        yield max(0, age - ((today.month, today.day) < (int(month), int(day))))
        return
    yield age
    yield max(0, age - 1)


def _spelled(words: Sequence[str]) -> Iterator[int]:
    """«năm tuổi», «mười bốn tuổi», «bảy mươi tuổi»."""
    one, last = _NUMBERS.get(words[0]) if len(words) > 1 else None, _NUMBERS.get(words[-1])
    if last is None or (words[-1] in ("khong", "lam") and one is None):
        return
    if one is None:
        yield last
    elif last == 10:
        yield one * 10
    elif one == 10:
        yield 10 + last

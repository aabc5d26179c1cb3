"""What else a sentence says: option words, ages and years of birth that already answer a guide's questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from bot.content.types import Option, Question
from bot.understanding.ages import ages_meant
from bot.understanding.expiry import overdue
from bot.understanding.stated import Clause, things
from bot.understanding.text import has_marks, normalise, plain, tokens

Phrase = tuple[str, ...]  # its words

_CLAUSE = re.compile(r"[.,;?!…:]+(?:\s|$)|[()\n«»\"]+")


def details(questions: Mapping[str, Question], text: str, today: date, *, read: Sequence[str] = ()) -> dict[str, str]:
    """{question: option} for every question that the text answers with exactly one option. `read`: its words repaired and
    in full, «mất căn cước» for «mat cccd»; ages and dates are looked for as they are typed."""
    clauses = [_clause(words) for part in _CLAUSE.split(normalise(text)) if (words := tokens(part))]
    ages = ages_meant(text, today) if any(map(_asks_age, questions.values())) else set()
    also = [_clause(read)] if read and list(read) != [word for clause in clauses for word in clause.words] else []
    found = {}
    for id, question in questions.items():
        options = _told(question, clauses, also, today) | _aged(question, ages)
        if len(options) == 1:
            found[id] = options.pop()
    return found


def _clause(words: Sequence[str]) -> Clause:
    marked = has_marks(list(words))
    return Clause(words, marked, tuple(words) if marked else tuple(map(plain, words)))


def _asks_age(question: Question) -> bool:
    return any(option.ages for option in question.options.values())


def _told(question: Question, clauses: Sequence[Clause], also: Sequence[Clause], today: date) -> set[str]:
    """By words of its options, and by dates where those decide; a date that fits no option outweighs words."""
    options = question.options.values()
    days = _late(question, clauses, today)
    late = {one.id for day in days for one in options if one.overdue and one.overdue[0] <= day <= one.overdue[1]}
    said = {option for clause in (*clauses, *also) for option in _in_clause(question, clause)}
    return late | said if late or not days else set()


def _late(question: Question, clauses: Sequence[Clause], today: date) -> set[int]:
    """Days since the end that clauses name, where an answer depends on them."""
    if not any(option.overdue for option in question.options.values()):
        return set()
    return {days for clause in clauses for days in overdue(clause, _own(question), today)}


@lru_cache(maxsize=512)
def _own(question: Question) -> frozenset[str]:
    """The things that a question and its answers name."""
    options = question.options.values()
    texts = (question.ask, *(text for option in options for text in (option.label, *option.words)))
    return frozenset(thing for text in texts for thing in things(tokens(normalise(text))))


def _in_clause(question: Question, clause: Clause) -> Iterator[str]:
    """Options whose phrases a clause states, and not inside a longer phrase of another option."""
    said, phrases = clause.typed, _phrases(question, clause.marked)
    hits = [
        (at, at + len(phrase), option)
        for at, word in enumerate(said)
        if word in phrases
        for phrase, option in phrases[word]
        if said[at : at + len(phrase)] == phrase
    ]
    for start, end, option in hits:
        inside = any(a <= start and end <= b and b - a > end - start for a, b, _ in hits)
        if not inside and clause.states(start, end, _own(question)):
            yield option


@lru_cache(maxsize=1024)
def _phrases(question: Question, marked: bool) -> Mapping[str, Sequence[tuple[Phrase, str]]]:
    """First word → the phrases that say an option, as messages with or without marks have them."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for option in question.options.values():
        for phrase in _phrases_of(option, marked):
            found.setdefault(phrase[0], []).append((phrase, option.id))
    return found


def _phrases_of(option: Option, marked: bool) -> Iterator[Phrase]:
    """The words of an option, and its label when that is more than one word. One syllable without its marks may be another
    word: it is found only as written."""
    label = tuple(tokens(normalise(option.label)))
    written = (tuple(tokens(normalise(words))) for words in option.words)
    for phrase in filter(None, (*written, label if len(label) > 1 else ())):
        if marked or len(phrase) > 1 or plain(phrase[0]) == phrase[0]:
            yield phrase if marked else tuple(map(plain, phrase))


def _aged(question: Question, ages: Iterable[int]) -> set[str]:
    options = question.options.values()
    return {one.id for age in ages for one in options if one.ages and one.ages[0] <= age <= one.ages[1]}

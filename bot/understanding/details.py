"""What else a sentence says: option words, ages and years of birth that already answer a guide's questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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
    return Clause(words, has_marks(list(words)))


def _asks_age(question: Question) -> bool:
    return any(option.ages for option in question.options.values())


def _told(question: Question, clauses: Sequence[Clause], also: Sequence[Clause], today: date) -> set[str]:
    """By words of its options, and by dates where those decide; a date that fits no option outweighs words."""
    options = tuple(question.options.values())
    own = _own(question.ask, options)
    days = _late(options, own, clauses, today)
    late = {one.id for day in days for one in options if one.overdue and one.overdue[0] <= day <= one.overdue[1]}
    said = {option for clause in (*clauses, *also) for option in _in_clause(options, own, clause)}
    return late | said if late or not days else set()


def _late(options: Iterable[Option], own: frozenset[str], clauses: Sequence[Clause], today: date) -> set[int]:
    """Days since the end that clauses name, where an answer depends on them."""
    if not any(option.overdue for option in options):
        return set()
    return {days for clause in clauses for days in overdue(clause, own, today)}


@lru_cache(maxsize=512)
def _own(ask: str, options: tuple[Option, ...]) -> frozenset[str]:
    """The things that a question and its answers name."""
    texts = (ask, *(text for option in options for text in (option.label, *option.words)))
    return frozenset(thing for text in texts for thing in things(tokens(normalise(text))))


def _in_clause(options: Iterable[Option], own: frozenset[str], clause: Clause) -> Iterator[str]:
    """Options whose phrases a clause states, and not inside a longer phrase of another option."""
    said = tuple(clause.words) if clause.marked else tuple(map(plain, clause.words))
    hits = [
        (at, at + len(phrase), option.id)
        for option in options
        for phrase in _beginning(option, clause.marked, frozenset(said))
        for at in range(len(said) - len(phrase) + 1)
        if said[at : at + len(phrase)] == phrase
    ]
    for start, end, option in hits:
        inside = any(a <= start and end <= b and b - a > end - start for a, b, _ in hits)
        if not inside and clause.states(start, end, own):
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


def _aged(question: Question, ages: Iterable[int]) -> set[str]:
    options = question.options.values()
    return {one.id for age in ages for one in options if one.ages and one.ages[0] <= age <= one.ages[1]}

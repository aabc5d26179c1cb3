"""A guide on a day: what applies, what is still to be asked, which answers remain, which amount holds. All pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import prod

from bot.choice import DONT_KNOW
from bot.content.types import PLACE, Amount, Guide, Item, Question
from bot.session import Walk

DONE = "*"  # the walk's step once the last one is behind
MOST_PATHS = 256  # combinations of answers that are looked at; more of them are asked for one by one


@dataclass(frozen=True, slots=True)
class Variant:
    """Items that some answers lead to. `options`: those answers, {question: options}; one left out: any answer."""

    options: Mapping[str, tuple[str, ...]]
    items: tuple[Item, ...]


def holds(item: Item, today: date) -> bool:
    return (item.since is None or item.since <= today) and (item.until is None or today <= item.until)


def applies(item: Item, answers: Mapping[str, str]) -> bool:
    """Every condition holds. «Không biết» leaves all options open; a question that was not answered does not hold."""
    return all(answers.get(question) in (*options, DONT_KNOW) for question, options in item.when.items())


def visible(guide: Guide, aspect: str, answers: Mapping[str, str], today: date) -> list[Item]:
    return [item for item in guide.parts.get(aspect, ()) if holds(item, today) and applies(item, answers)]


def amount(item: Item, today: date) -> Amount | None:
    """The amount that holds on a day; None before the first one. `dong` in đồng, None when nobody has confirmed it."""
    begun = [each for each in item.amounts if each.since <= today]
    return begun[-1] if begun else None


def known(guide: Guide, *answers: Mapping[str, str]) -> dict[str, str]:
    """What is answered of a guide, in its order, later mappings winning; what is no question or option of it is dropped."""
    merged: dict[str, str] = {}
    for each in answers:
        merged |= {question: option for question, option in each.items() if _exists(guide, question, option)}
    return {question: merged[question] for question in guide.questions if question in merged}


def _exists(guide: Guide, question: str, option: str) -> bool:
    return question in guide.questions and (option == DONT_KNOW or option in guide.questions[question].options)


def possible(guide: Guide, aspect: str, answers: Mapping[str, str], today: date) -> list[Item]:
    """The items that the answers so far do not rule out."""
    return [item for item in guide.parts.get(aspect, ()) if holds(item, today) and not ruled_out(item, answers)]


def ruled_out(item: Item, answers: Mapping[str, str]) -> bool:
    """A condition on something answered that does not hold."""
    return any(
        question in answers and answers[question] not in (*options, DONT_KNOW)
        for question, options in item.when.items()
    )


def open_questions(guide: Guide, aspect: str, answers: Mapping[str, str], today: date) -> list[Question]:
    """The unanswered questions that this part of the guide still depends on, in the guide's order."""
    wanted = {id for item in possible(guide, aspect, answers, today) for id in item.when if id not in answers}
    return [question for id, question in guide.questions.items() if id in wanted]


def variants(guide: Guide, aspect: str, answers: Mapping[str, str], today: date) -> list[Variant] | None:
    """The different answers that remain for a part, likeliest order of the guide; None when they cannot be told apart
    by naming options. «Không biết» counts as open."""
    asked = [guide.questions[id] for id, option in answers.items() if option == DONT_KNOW]
    questions = [*asked, *open_questions(guide, aspect, answers, today)]
    questions = [question for question in guide.questions.values() if question in questions]
    if prod(len(question.options) for question in questions) > MOST_PATHS:
        return None
    part = guide.parts.get(aspect, ())
    groups: dict[tuple[int, ...], list[tuple[str, ...]]] = {}
    for path in product(*(question.options for question in questions)):
        chosen = dict(answers) | dict(zip((question.id for question in questions), path, strict=True))
        shown = (at for at, item in enumerate(part) if holds(item, today) and applies(item, chosen))
        groups.setdefault(tuple(shown), []).append(path)
    found = [_variant(questions, tuple(part[at] for at in shown), paths) for shown, paths in groups.items()]
    return [each for each in found if each] if all(found) else None


def _variant(
    questions: Sequence[Question], items: tuple[Item, ...], paths: Sequence[tuple[str, ...]]
) -> Variant | None:
    """The options that lead to these items, when naming them per question says exactly these paths."""
    columns = [tuple(dict.fromkeys(column)) for column in zip(*paths, strict=True)] if questions else []
    if prod(map(len, columns)) != len(paths):
        return None
    named = zip(questions, columns, strict=True)
    return Variant({q.id: options for q, options in named if len(options) < len(q.options)}, items)


def in_place(guide: Guide, answers: Mapping[str, str]) -> tuple[Guide, dict[str, str]]:
    """The guide with the amounts of the province that is answered, and the answers; one nobody knows is left out."""
    place = answers.get(PLACE, DONT_KNOW)
    if place == DONT_KNOW:
        return guide, {question: option for question, option in answers.items() if question != PLACE}
    parts = {aspect: tuple(_in_place(item, place) for item in items) for aspect, items in guide.parts.items()}
    return replace(guide, parts=parts), dict(answers)


def _in_place(item: Item, place: str) -> Item:
    return replace(item, amounts=item.places[place], local=False) if place in item.places else item


def steps(guide: Guide, answers: Mapping[str, str], today: date) -> list[Item]:
    return visible(guide, "cac_buoc", answers, today)


def position(guide: Guide, walk: Walk, shown: Sequence[Item]) -> int:
    """Index of the walk's step among the shown ones; a step that is gone becomes the first one not yet behind it."""
    titles = [item.title for item in shown]
    if walk.step in titles:
        return titles.index(walk.step)
    order = [item.title for item in guide.parts.get("cac_buoc", ())]
    if walk.step not in order:
        return 0
    behind = set(order[: order.index(walk.step)])
    return next((at for at, title in enumerate(titles) if title not in behind), max(0, len(titles) - 1))


def relevant(guide: Guide, aspect: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that this part depends on."""
    asked = {question for item in guide.parts.get(aspect, ()) for question in item.when}
    return {question: option for question, option in answers.items() if question in asked}


def sources(items: Iterable[Item], today: date) -> Iterator[str]:
    """Ids of what the items rest on; a dated amount's own sources count."""
    for item in items:
        current = amount(item, today)
        yield from current.sources if current else item.sources

"""A guide by its name or code, and as JSON: what applies for these answers on this day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.content.types import Amount, Content, Guide, Item

_TEXTS = ("text", "title", "see", "error", "article", "unconfirmed", "link", "id")


def find_guide(content: Content, name: str) -> Guide | None:
    """By id, or by short code in either case."""
    if name in content.guides:
        return content.guides[name]
    return next((guide for guide in content.guides.values() if guide.code and guide.code.upper() == name.upper()), None)


def summary_json(guide: Guide) -> dict[str, Any]:
    return {
        "id": guide.id,
        "topic": guide.topic,
        "title": guide.title,
        "code": guide.code,
        "group": guide.group,
        "essential": guide.essential,
        "summary": guide.summary,
        "checked": guide.checked.isoformat(),
        "review_by": guide.review_by.isoformat(),
    }


def guide_json(content: Content, guide: Guide, answers: Mapping[str, str], on: date) -> dict[str, Any]:
    return summary_json(guide) | {
        "on": on.isoformat(),
        "overdue": on >= guide.review_by,
        "procedure": guide.procedure,
        "agency": content.agencies[guide.agency].name if guide.agency in content.agencies else "",
        "answers": dict(answers),
        "questions": [
            {
                "id": question.id,
                "ask": question.ask,
                "options": [{"id": option.id, "label": option.label} for option in question.options.values()],
            }
            for question in guide.questions.values()
        ],
        "parts": {
            part: [item_json(content, item, on) for item in items if visible(item, answers, on)]
            for part, items in guide.parts.items()
        },
        "sources": sources_json(content, guide.sources),
        "related": list(guide.related),
        "warnings": list(guide.warnings),
    }


def item_json(content: Content, item: Item, on: date) -> dict[str, Any]:
    """Empty members are left out; `amount.dong` is null when nobody has confirmed a figure."""
    found: dict[str, Any] = {name: getattr(item, name) for name in _TEXTS if getattr(item, name)}
    sources = item.sources
    if item.places:
        there = ((place, amount_on(replace(item, amounts=amounts), on)) for place, amounts in item.places.items())
        found["places"] = {place: _amount(amount) for place, amount in there}
    if item.local:
        found["amount"] = {"local": True, "dong": None}
    elif item.amounts:
        amount = amount_on(item, on)
        found["amount"] = _amount(amount)
        sources = (amount.sources if amount else ()) or sources
    found["sources"] = sources_json(content, sources)
    return found


def _amount(amount: Amount | None) -> dict[str, Any]:
    if amount is None:
        return {"dong": None}
    note = {"note": amount.note} if amount.note else {}
    return {"dong": amount.dong, "since": amount.since.isoformat(), "unconfirmed": amount.unconfirmed, **note}


def sources_json(content: Content, ids: tuple[str, ...]) -> list[dict[str, str]]:
    found = [content.sources[id] for id in ids if id in content.sources]
    return [{"id": source.id, "title": source.title, "number": source.number, "url": source.url} for source in found]


def visible(item: Item, answers: Mapping[str, str], on: date) -> bool:
    """A condition on a question that was not answered does not hold."""
    holds = all(answers.get(question) in options for question, options in item.when.items())
    return holds and (item.since is None or item.since <= on) and (item.until is None or on <= item.until)


def amount_on(item: Item, on: date) -> Amount | None:
    begun = [amount for amount in item.amounts if amount.since <= on]
    return max(begun, key=lambda amount: amount.since, default=None)

"""A whole guide as text: every part, every path, as citizens read it; for editors and second readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from bot.content.types import PARTS, PLACE, Guide, Item
from bot.dialogue import guide as walks
from bot.dialogue.say import Say


def whole(say: Say, guide: Guide) -> str:
    lines = [f"{guide.code} · {guide.title}", guide.summary, ""]
    for question in guide.questions.values():
        if question.id == PLACE:
            continue
        lines += [question.ask, *(f"  – {option.label}" for option in question.options.values()), ""]
    for aspect in PARTS:
        if aspect == "cac_buoc":
            lines += _steps(say, guide)
        elif guide.parts.get(aspect):
            lines += [
                say("dau", head=say(f"dau_{aspect}", title=say.title(guide.title))),
                *_items(say, guide, aspect),
                "",
            ]
    lines.append(say.sources(guide.sources, guide.checked, guide.review_by))
    return "\n".join(lines)


def _items(say: Say, guide: Guide, aspect: str) -> Iterator[str]:
    """Each item once, with the answers for which it is shown."""
    for item in guide.parts[aspect]:
        if walks.holds(item, say.today):
            yield f"• {_for(say, guide, item)}"
            for place in item.places:
                there = walks.in_place(replace(guide, parts={aspect: (item,)}), {PLACE: place})[0].parts[aspect][0]
                yield f"  – {say.content.locals[place].name}: {say.item(there)}"


def _for(say: Say, guide: Guide, item: Item) -> str:
    text = say.item(item)
    return say("neu", labels=say.labels(guide, item.when), text=text) if item.when else text


def _steps(say: Say, guide: Guide) -> Iterator[str]:
    """The steps of every path; paths with the same steps are one."""
    asked = dict.fromkeys(q for item in guide.parts.get("cac_buoc", ()) for q in item.when)
    questions = [guide.questions[id] for id in guide.questions if id in asked]
    paths: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for options in product(*(question.options for question in questions)):
        answers = dict(zip((question.id for question in questions), options, strict=True))
        titles = tuple(item.title for item in walks.steps(guide, answers, say.today))
        paths.setdefault(titles, []).append(answers)
    for titles, ways in paths.items():
        labels = " / ".join(say.labels(guide, answers) for answers in ways if answers)
        yield say("bat_dau_rieng" if labels else "bat_dau", title=guide.title, labels=labels)
        for n, item in enumerate(walks.steps(guide, ways[0], say.today), 1):
            yield f"  {say('buoc', n=n, total=len(titles), title=item.title)}"
            yield f"    {say.item(item)}"
            if item.see:
                yield f"    {say('se_thay', see=item.see.rstrip('.'))}"
            help_ = say.content.problem(guide, item.if_not)
            if help_:
                yield f"    {say('nut_problem')} → {say.item(help_)}"
        yield ""

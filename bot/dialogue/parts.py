"""One part of a guide as text: the answer first, every variant when few remain, a question when many do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import choice
from bot.choice import DONT_KNOW
from bot.content.types import PARTS, PLACE, Guide, Item, Question
from bot.dialogue import guide as walk
from bot.dialogue.guide import Variant
from bot.dialogue.say import Say
from bot.message import Choice, Link

SIDE_BY_SIDE = 3  # different answers that are shown together; more of them are asked apart
MOST_PROBLEMS = 5
MOST_ADVICE = 3
MOST_FIGURES = 7
MOST_PLACES = 3  # provinces that can be pressed; the others are written
OFFERED = ("ho_so", "cac_buoc", "le_phi", "noi_nop", "thoi_han")
MAIN = 3  # parts offered after an answer


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of a reply. `asks`: it ends in a question, and its choices are the answers."""

    text: str
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    asks: bool = False
    home: bool = False  # the menu itself
    alone: bool = False  # nothing else is said with it


def part(
    say: Say,
    guide: Guide,
    aspect: str,
    answers: Mapping[str, str],
    problem: str = "",
    *,
    near: Sequence[int] = (),
    whole: bool = False,
) -> Told:
    """What is known of a part, with its source; the question that it still needs when too many answers remain. `problem`: the
    one that is told alone; `near`: where those stand that are told first. `whole`: without asking, as if nobody knew."""
    guide, answers = walk.in_place(guide, answers)
    told = (
        _problems(say, guide, answers, problem, near) if aspect == "loi" else _part(say, guide, aspect, answers, whole)
    )
    if told.asks or PLACE not in guide.questions:
        return told
    items = walk.possible(guide, aspect, answers, say.today)
    return _with_place(say, guide, aspect, answers, told) if any(item.places for item in items) else told


def _with_place(say: Say, guide: Guide, aspect: str, answers: Mapping[str, str], told: Told) -> Told:
    """What depends on the province: which one it is can be said, also later and anew."""
    options = guide.questions[PLACE].options
    if PLACE in answers:
        other = Choice(choice.ask(guide.id, aspect, {**answers, PLACE: DONT_KNOW}), say("nut_tinh_khac"))
        return replace(told, choices=(*told.choices, other))
    sure = dict.fromkeys(place for item in guide.parts[aspect] for place in item.places)
    near = [options[place] for place in list(sure)[:MOST_PLACES]]
    pressed = tuple(Choice(choice.ask(guide.id, aspect, {**answers, PLACE: each.id}), each.label) for each in near)
    body, _, basis = told.text.rpartition("\n\n")  # what it rests on stays last
    return replace(told, text=f"{body}\n\n{guide.questions[PLACE].ask}\n\n{basis}", choices=(*pressed, *told.choices))


def _part(say: Say, guide: Guide, aspect: str, answers: Mapping[str, str], whole: bool) -> Told:
    if aspect == "can_cu":
        return _basis(say, guide)
    if aspect not in guide.parts or aspect not in PARTS:
        return overview(say, guide, answers, said="" if aspect == "tong_quan" else aspect)
    found = walk.variants(guide, aspect, answers, say.today)
    unknown = DONT_KNOW in walk.relevant(guide, aspect, answers).values()
    questions = walk.open_questions(guide, aspect, answers, say.today)
    if questions and (found is None or (len(found) > SIDE_BY_SIDE and not unknown)):
        ask = _ask_for_part(say, guide, aspect, answers, questions[0])
        return _unasked(say, guide, aspect, answers) if whole else ask
    if found is None or len(found) == 1 or unknown:
        items = walk.visible(guide, aspect, answers, say.today)
        return _one(say, guide, aspect, answers, items)
    return _side_by_side(say, guide, aspect, answers, found)


def pointed(say: Say, guide: Guide, point: tuple[str, int] | None, answers: Mapping[str, str], told: Told) -> Told:
    """The item that the message is about, said first; what it repeats below is left out."""
    items = guide.parts.get(point[0], ()) if point else ()
    if point is None or point[1] >= len(items):
        return told
    item = items[point[1]]
    if not walk.holds(item, say.today) or walk.ruled_out(item, answers):
        return told
    line = say.item(item)
    rest = told.text.replace(f"\n• {line}", "")
    if line in rest:
        return told
    open_ = {question: options for question, options in item.when.items() if question not in answers}
    if open_:
        line = say("neu", labels=say.labels(guide, open_), text=line)
    return replace(told, text=f"{line}\n\n{rest}", links=told.links or say.links([item]))


def _one(say: Say, guide: Guide, aspect: str, answers: Mapping[str, str], items: Sequence[Item]) -> Told:
    if not items:
        return overview(say, guide, answers, said=aspect)
    lines = [say.item(item, guide, answers) for item in items]
    head = _head(say, guide, aspect, answers)
    body = f"{head} {lines[0]}" if len(lines) == 1 else f"{head}\n{say.bullets(lines)}"
    return Told(
        f"{body}\n\n{_sources(say, guide, items)}", _others(say, guide, aspect, answers), _links(say, guide, items)
    )


def _unasked(say: Say, guide: Guide, aspect: str, answers: Mapping[str, str]) -> Told:
    """Every item with the answers for which it is meant."""
    unknown = dict.fromkeys(guide.questions, DONT_KNOW) | dict(answers)
    return _one(say, guide, aspect, unknown, walk.visible(guide, aspect, unknown, say.today))


def _side_by_side(say: Say, guide: Guide, aspect: str, answers: Mapping[str, str], found: Sequence[Variant]) -> Told:
    """What all variants share once, then each with its labels; the labels are offered as choices."""
    shared = [item for item in found[0].items if all(any(item is one for one in each.items) for each in found)]
    own: list[str] = []
    items: list[Item] = []
    doubts: dict[str, None] = {}
    for each in found:
        mine = [item for item in each.items if not any(item is one for one in shared)]
        items += mine
        text, whys = _variant(say, mine)
        doubts |= dict.fromkeys(whys)
        if text or aspect == "ho_so":  # «nothing more» is an answer about papers alone
            own.append(say("rieng", labels=say.label(guide, each.options), text=text or say("khong_them")))
    always = [say.item(item) for item in shared]
    opens = aspect != "ho_so" and any(guide.parts[aspect][0] is item for item in shared)  # as the editor put it
    lines = [*always, *own] if opens or len(own) < len(found) else [*own, *always]  # the rule before its exceptions
    lines += [say("chua_chac_chung", why=why.rstrip(".")) for why in doubts]
    items += shared
    text = f"{_head(say, guide, aspect, answers)}\n{say.bullets(lines)}\n\n{_sources(say, guide, items)}"
    named = [each for each in found if len(each.options) == 1]
    options = tuple(_option(say, guide, aspect, answers, each) for each in named) if len(named) == len(found) else ()
    return Told(text, (*options, *_others(say, guide, aspect, answers)), _links(say, guide, items))


def _variant(say: Say, own: Sequence[Item]) -> tuple[str, list[str]]:
    """A variant in one line, "" when it has nothing of its own, a lone amount without its words; and its doubts, to be
    said once for all variants."""
    whys = [why for item in own if (why := say.doubt(item))]
    priced = [item for item in own if item.amounts]
    said = []
    for item in own:
        bare = replace(item, unconfirmed="", amounts=tuple(replace(each, unconfirmed="") for each in item.amounts))
        alone = len(priced) == 1 and item.amounts and say.figure(item)
        said.append((say.figure(item) if alone else say.item(bare)).rstrip(".") + ".")
    return " ".join(said), whys


def _option(say: Say, guide: Guide, aspect: str, answers: Mapping[str, str], variant: Variant) -> Choice:
    question, options = next(iter(variant.options.items()))
    id = choice.ask(guide.id, aspect, {question: options[0], **answers})
    return Choice(id, say.label(guide, variant.options))


def _before_asking(say: Say, guide: Guide, aspect: str, answers: Mapping[str, str]) -> list[Item]:
    """What can be told already: every figure that remains possible, else what holds for everybody."""
    priced = [item for item in walk.possible(guide, aspect, answers, say.today) if say.figure(item)]
    if 0 < len(priced) <= MOST_FIGURES:
        return priced
    return [item for item in walk.visible(guide, aspect, answers, say.today) if not item.when][:MOST_ADVICE]


def _ask_for_part(say: Say, guide: Guide, aspect: str, answers: Mapping[str, str], question: Question) -> Told:
    """The choices ask for the same part again, one answer richer."""
    options = [(option.id, option.label) for option in question.options.values()]
    options.append((DONT_KNOW, say("nut_khong_biet")))
    choices = tuple(Choice(choice.ask(guide.id, aspect, {question.id: id, **answers}), label) for id, label in options)
    always = _before_asking(say, guide, aspect, answers)
    head = say("hoi_cho_phan", part=say(f"ten_{aspect}"), title=guide.title)
    text = f"{head} {question.ask}"
    if always:
        lines = [_head(say, guide, aspect, answers), say.bullets(map(say.item, always))]
        text = "\n".join([*lines, "", f"{say('con_tuy')} {question.ask}", "", _sources(say, guide, always)])
    return Told(text, choices, asks=True)


def overview(say: Say, guide: Guide, answers: Mapping[str, str], said: str = "") -> Told:
    """The summary, what the given answers add, what to go on with. `said`: a part asked for that is not there."""
    lines = [say("khong_co_phan", part=say(f"ten_{said}"), title=guide.title)] if said else []
    lines.append(guide.summary)
    mine = [item for item in walk.visible(guide, "ho_so", answers, say.today) if item.when][:MOST_ADVICE]
    if mine and not said:
        labels = say.labels(guide, walk.relevant(guide, "ho_so", answers))
        lines += [say("rieng_voi", labels=labels), say.bullets(say.item(item, guide, answers) for item in mine)]
    figures = [item for part in ("le_phi", "thoi_han") for item in walk.visible(guide, part, answers, say.today)]
    ids = [*walk.sources([*mine, *figures], say.today), *guide.sources]
    lines.append("\n" + say.sources(ids, guide.checked, guide.review_by))
    return Told("\n".join(lines), _others(say, guide, said or "tong_quan", answers))


def problem_help(say: Say, guide: Guide, item: Item) -> str:
    ids = walk.sources([item], say.today)
    return f"{say.item(item)}\n\n{say.sources(ids, guide.checked, guide.review_by)}"


def _problems(say: Say, guide: Guide, answers: Mapping[str, str], problem: str, near: Sequence[int]) -> Told:
    found = say.content.problem(guide, problem) if problem else None
    if found:
        return Told(problem_help(say, guide, found), _others(say, guide, "loi", answers), say.links([found]))
    visible = walk.visible(guide, "loi", answers, say.today)
    first = [guide.parts["loi"][at] for at in near]
    first = [item for item in first if any(item is one for one in visible)]
    items = [*first, *(item for item in visible if not any(item is one for one in first))][:MOST_PROBLEMS]
    if not items:
        return overview(say, guide, answers, said="loi")
    lines = say.bullets(say.item(item, guide, answers) for item in items)
    text = f"{_head(say, guide, 'loi', answers)}\n{lines}\n{say('loi_khac')}\n\n{_sources(say, guide, items)}"
    return Told(text, _others(say, guide, "loi", answers), say.links(items))


def _basis(say: Say, guide: Guide) -> Told:
    found = [say.content.sources[id] for id in guide.sources if id in say.content.sources]
    lines = say.bullets(source.title for source in found)
    text = f"{_head(say, guide, 'can_cu', {})}\n{lines}\n\n{say.sources([], guide.checked, guide.review_by)}"
    return Told(text, _others(say, guide, "can_cu", {}), tuple(say.link(source.url) for source in found if source.url))


def _head(say: Say, guide: Guide, aspect: str, answers: Mapping[str, str]) -> str:
    """«Số tiền · Đăng ký tạm trú (thuê trọ, trên mạng):» – what was taken from the words or numbers is said again."""
    used = walk.relevant(guide, aspect, answers)
    if any(item.places for item in guide.parts.get(aspect, ())):
        used |= {question: option for question, option in answers.items() if question == PLACE}
    used = {question: option for question, option in used.items() if option != DONT_KNOW}
    labels = say.labels(guide, used)
    head = say(f"dau_{aspect}", title=guide.title)
    return say("dau_rieng", head=head, labels=labels) if labels else say("dau", head=head)


def _sources(say: Say, guide: Guide, items: Sequence[Item]) -> str:
    ids = list(walk.sources(items, say.today)) or guide.sources
    return say.sources(ids, guide.checked, guide.review_by)


def _links(say: Say, guide: Guide, items: Sequence[Item]) -> tuple[Link, ...]:
    """The pages of the items; where a figure is missing, the official one that will show it."""
    found = say.links(items)
    if found or all(say.figure(item) or not item.amounts for item in items):
        return found
    return say.links([*guide.parts.get("noi_nop", ()), *guide.parts.get("tra_cuu", ())])[:1]


def _others(say: Say, guide: Guide, aspect: str, answers: Mapping[str, str]) -> tuple[Choice, ...]:
    """What else helps: other parts of the guide, with what is known already."""
    rest = [other for other in OFFERED if other != aspect and other in guide.parts][:MAIN]
    return tuple(Choice(choice.ask(guide.id, other, answers), say(f"nut_{other}")) for other in rest)

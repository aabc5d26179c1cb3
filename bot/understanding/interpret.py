"""Scores, context and details → what is asked: target × aspects × details, or a question back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

from bot.content.types import OUT_OF_SCOPE, URGENT, Content
from bot.understanding.details import details
from bot.understanding.focus import Focus, Point
from bot.understanding.meaning import Ask, Unknown, Unsure
from bot.understanding.model import NO_TOPIC, SMALL_TALK, Model, Ranked, in_scope, ranked
from bot.understanding.spelling import Repair
from bot.understanding.text import clauses, plain, tokens
from bot.understanding.view import FAINT, View, view_of

SURE = 0.35  # a topic likelier than this is answered, when it is
LEAD = 1.6  # so many times as likely as the next one
TALK = 0.42  # small talk likelier than this is answered; «… quá» may be about anything
TWICE = 2.0  # … and so many times as likely as our likeliest topic
HINT = 0.15  # when nothing of ours is meant, small talk from here on is, if no neighbouring matter is likelier
RATHER = 2.0  # what is urgent is answered although a neighbouring matter is so much likelier
MAYBE = 0.15  # a topic likelier than this is offered
VAGUE = 0.3  # confidence; with less, a message does not go on about what was talked about unless it asks for a part
PLAINLY = 0.97  # … as surely as this
FOLLOWS = 0.25  # the topic just talked about, when it is the likeliest, is answered from here on
ALONE = 0.5  # of all neighbouring matters together: one with less is not named
NAMED = 0.1  # a neighbouring matter likelier than this is offered by its name when nothing is understood
FOREIGN = 0.83  # what is none of our matters so surely is not answered, however likely one of them looks
REFUSED = 0.9  # … and is not even asked back from here on (docs/decisions/0014)
MAY = "doi_tuong"
PROBLEMS = "loi"
STEP_BY_STEP = "tung buoc"
FINES = "muc_phat"  # told to nobody who asks for something else: it frightens
OFFERED = 3
CHOICE = 0.5  # of a topic's probability: a guide with less does not stand out among its guides
FLAT = 0.12  # … with more words than a name
NAME = 3  # words that may be nothing but a name
STANDS_ALONE = 0.85  # of a topic's probability: an entry with so much is what a message asks for
UNLIKELY = 0.02  # a part is at least so likely before what its items say counts
PULL = 0.5  # how much a shared item says for its part
PULL_OF_MAY = 2.0  # … when the message asks «có được không», which may be about any part
SAID = 1.0  # how much the very words of a way to ask say for its part
LED = 3.0  # how much more, when the message begins with them
CLOSE = 2.0  # two parts no further apart are both answered
BESIDE = 0.15  # of the likeliest part's probability: what another one needs to be named beside it, where an entry answers both
SHARP = 2.0  # from here on an item is what the message is about

Meant = Ask | Unsure | Unknown


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a message was understood as it was, for editors."""

    text: str
    repairs: tuple[Repair, ...]
    topics: Ranked
    targets: Ranked
    aspects: Ranked
    details: Mapping[str, str]
    meaning: Meant
    why: str


def interpret(
    model: Model,
    content: Content,
    text: str,
    about: str,
    today: date,
    *,
    open_: str = "",
    focus: Focus | None = None,
    typed: str = "",
) -> Meant:
    """What a message asks. `about`: the target last answered, `open_`: the guide of the open walk, "" for none; `typed`: the
    normal form of the text, where that is known. Never raises."""
    return _decide(content, view_of(model, content, text, (about, open_), focus, typed), today, focus)[0]


def entry_of(model: Model, content: Content, text: str, topic: str, focus: Focus | None = None) -> str:
    """The entry that as good as surely answers a message about this topic; "" when the message is about another one, or more
    of the topic's guides and entries may answer it."""
    view = view_of(model, content, text, (), focus)
    if not view.ours or view.ours[0][0] != topic:
        return ""
    target, value = view.leaves(topic)[0]
    together = sum(each for _, each in view.leaves(topic))
    return target if target in content.entries and value >= STANDS_ALONE * together else ""


def explain(
    model: Model, content: Content, text: str, about: str, today: date, *, focus: Focus | None = None
) -> Explanation:
    view = view_of(model, content, text, (about,), focus)
    meaning, why = _decide(content, view, today, focus)
    return Explanation(
        text=view.scores.text,
        repairs=view.scores.repairs,
        topics=view.topics[:5],
        targets=ranked(model.targets.names, view.targets)[:5],
        aspects=view.likely[:5],
        details={} if isinstance(meaning, Unknown) else meaning.details,
        meaning=meaning,
        why=why,
    )


def _decide(content: Content, view: View, today: date, focus: Focus | None) -> tuple[Meant, str]:
    topic, sure = view.topics[0]
    if not view.scores.words:
        return Unknown(), "Câu không có chữ nào."
    said = tokens(view.typed)
    if focus and (talk := focus.small_talk(said)):
        return Ask(talk), "Đúng từng chữ một câu mẫu chào hỏi, trò chuyện."
    if topic == NO_TOPIC:
        return Unknown(_near(content, view), sure), "Câu chỉ hỏi một phần (phí, giấy tờ …), không nhắc việc nào."
    if topic == SMALL_TALK:
        return _small_talk(view, sure)
    follows = topic in view.context and sure >= FOLLOWS
    foreign = view.scores.outside >= FOREIGN and not (focus and focus.named(said))
    if topic == OUT_OF_SCOPE if follows else foreign or not view.ours:
        return _outside(content, view, today)
    return (_followed if follows else _inside)(content, view, today, focus)


def _followed(content: Content, view: View, today: date, focus: Focus | None) -> tuple[Meant, str]:
    """About what was talked about, unless a message neither names a matter nor asks for a part of that one."""
    if focus and view.confidence < VAGUE and view.likely[0][1] < PLAINLY:
        words = view.scores.words
        if not (focus.elliptic(words) or focus.asked(words)):
            return Unknown(_near(content, view), view.confidence), "Không nhắc việc nào, cũng không rõ hỏi phần nào."
    return _answered(content, view, today, focus)


def _inside(content: Content, view: View, today: date, focus: Focus | None) -> tuple[Meant, str]:
    (_, sure), (_, next_) = view.ours[0], view.ours[1] if len(view.ours) > 1 else ("", 0.0)
    if sure >= SURE and (view.also or sure >= LEAD * next_):
        return _answered(content, view, today, focus)
    if sure < MAYBE:
        return Unknown(_near(content, view), view.confidence), "Không chủ đề nào đủ gần."
    return _asked_back(content, view, _guides(content, view), today), "Chủ đề chưa đủ chắc, nên hỏi lại."


def _answered(content: Content, view: View, today: date, focus: Focus | None) -> tuple[Meant, str]:
    topic, leaves = view.ours[0][0], view.leaves(view.ours[0][0])
    target, value = leaves[0]  # an entry only when it fits better than every guide
    share = value / sum(value for _, value in leaves)
    if target in content.guides and share < (CHOICE if len(view.scores.words) <= NAME else FLAT) and not view.context:
        likely = sorted(_of_topic(content, view, topic), key=lambda id: id != topic)
        return _asked_back(content, view, tuple(likely[:OFFERED]), today), "Đúng chủ đề, nhưng nhiều bài cùng khớp."
    if target in content.entries and focus and _walked(view, focus):
        near = [id for id in content.entries[target].related if content.topic_of(id) == topic and id in content.guides]
        target = next(iter((*near, *_of_topic(content, view, topic))), target)
    what = "mục hỏi đáp" if target in content.entries else "bài"
    return _ask(content, view, target, today, focus), f"Chủ đề đủ chắc; {what} này khớp câu hỏi nhất."


def _walked(view: View, focus: Focus) -> bool:
    """Whether a clause begins by asking for the steps, or they are asked for by name: an entry has none."""
    return STEP_BY_STEP in plain(view.typed) or any(
        focus.led(tokens(clause)) == "cac_buoc" for clause in clauses(view.typed)
    )


def _small_talk(view: View, sure: float) -> tuple[Meant, str]:
    if sure >= max(TALK, TWICE * max((value for topic, value in view.topics if in_scope(topic)), default=0.0)):
        return Ask(view.leaves(SMALL_TALK)[0][0], confidence=sure), "Câu chào hỏi, trò chuyện."
    return Unknown(confidence=sure), "Giống câu trò chuyện nhưng chưa đủ chắc."


def _outside(content: Content, view: View, today: date) -> tuple[Meant, str]:
    surely = view.scores.outside
    talk, matters = view.leaves(SMALL_TALK), view.leaves(OUT_OF_SCOPE)
    least = max([HINT, *(value for _, value in matters[:1])])
    urgent = [leaf for leaf in talk if leaf[0] in URGENT]  # which of them does not matter as much as that it is one
    if (together := sum(value for _, value in urgent)) >= max(HINT, least / RATHER):
        return Ask(urgent[0][0], confidence=together), "Có vẻ khẩn cấp."
    if talk and talk[0][1] >= least:
        return Ask(talk[0][0], confidence=talk[0][1]), "Câu chào hỏi, trò chuyện; không việc nào gần hơn."
    doubtful = surely < REFUSED and OUT_OF_SCOPE not in view.context
    if doubtful and any(value >= MAYBE for _, value in view.ours):
        back = _asked_back(content, view, _near(content, view), today)
        return replace(back, foreign=True), "Có vẻ ngoài phạm vi, chưa đủ chắc, nên hỏi lại."
    together = sum(value for _, value in matters)
    if matters and matters[0][1] >= ALONE * together:
        found = Ask(matters[0][0], view.aspects, confidence=max(together, surely))
        return found, "Giống một việc mà bot không hướng dẫn."
    return Unknown(_near(content, view), surely), "Có vẻ là việc ngoài phạm vi, chưa rõ việc nào."


def _asked_back(content: Content, view: View, offered: tuple[str, ...], today: date) -> Unsure:
    found = next((_details(content, view, id, today) for id in offered if id in content.guides), {})
    return Unsure(offered, view.aspects, found, view.confidence)


def _ask(content: Content, view: View, target: str, today: date, focus: Focus | None) -> Ask:
    aspects, point, words = view.aspects, None, view.scores.words
    together = focus.asked_together(words) if focus else ()
    if focus and target in content.guides and len(aspects) == 1:
        aspects, point = _pointed(view, focus.look(target, words), focus.asked(words), focus.led(words))
        aspects = together[:OFFERED] if len(together) > 1 else aspects
    elif target in content.entries and len(aspects) == 1:
        (main, sure), *others = view.likely[:2]
        aspects = (main, *(part for part, value in others if value >= BESIDE * sure))
    return Ask(
        target=target,
        aspects=aspects,
        point=(point.aspect, point.index) if point else None,
        near=focus.near(target, words, PROBLEMS) if focus and PROBLEMS in aspects else (),
        details=_details(content, view, target, today),
        confidence=view.confidence,
        also=view.also,
        steps=target in content.guides and aspects[0] in ("cac_buoc", "tong_quan"),
    )


def _pointed(
    view: View, points: Mapping[str, Point], asked: Set[str], led: str
) -> tuple[tuple[str, ...], Point | None]:
    """The part asked for, by the ways to ask and by what its items say, with the next one when that is as good; and the item
    that the message is about."""

    def worth(aspect: str) -> float:
        shared = points[aspect].score if aspect in points else 0.0
        return (
            math.log(max(likely[aspect], UNLIKELY)) + pull * shared + SAID * (aspect in asked) + LED * (aspect == led)
        )

    likely = dict(view.likely)
    pull = PULL_OF_MAY if view.likely[0][0] == MAY else PULL
    aspect, other = sorted(likely, key=worth, reverse=True)[:2] if len(likely) > 1 else [*likely, *likely]
    several = (aspect, other) if other != aspect and worth(aspect) - worth(other) < CLOSE else (aspect,)
    elsewhere = (each for part, each in points.items() if part != FINES)
    point = points.get(aspect) or max(elsewhere, key=lambda each: each.score, default=None)
    return several, point if point and point.score >= SHARP else None


def _details(content: Content, view: View, target: str, today: date) -> dict[str, str]:
    guide = content.guides.get(target)
    if guide is None or not guide.questions:
        return {}
    return details(guide.questions, view.typed, today, read=view.scores.words)


def _guides(content: Content, view: View) -> tuple[str, ...]:
    """What to offer: the likeliest guide of each of the likeliest topics, then other guides of the first."""
    chosen: dict[str, None] = {}
    for topic, value in view.topics:
        if in_scope(topic) and (value > FAINT or not chosen):
            chosen[_of_the_topic(content, view, topic)] = None
    if len(chosen) == 1:
        topic = content.topic_of(next(iter(chosen))) or ""
        chosen |= dict.fromkeys(id for id in _of_topic(content, view, topic) if view.of(id) > FAINT)
    return tuple(chosen)[:OFFERED]


def _of_the_topic(content: Content, view: View, topic: str) -> str:
    """The guide that stands for a topic: its own, unless another one stands out."""
    found = _of_topic(content, view, topic)
    standing_out = view.of(found[0]) >= CHOICE * sum(map(view.of, found))
    return found[0] if standing_out or topic not in found else topic


def _near(content: Content, view: View) -> tuple[str, ...]:
    """What to offer where little is understood: the neighbouring matter that it resembles most, then guides."""
    return (*_neighbour(content, view), *_guides(content, view))[:OFFERED]


def _neighbour(content: Content, view: View) -> tuple[str, ...]:
    """The neighbouring matter that a message resembles most, when it is no guess; a message may resemble ours more."""
    leaves = [leaf for leaf in view.leaves(OUT_OF_SCOPE)[:1] if leaf[0] in content.neighbours]
    return tuple(id for id, value in leaves if value >= NAMED)


def _of_topic(content: Content, view: View, topic: str) -> list[str]:
    """The guides of a topic, likeliest first."""
    return sorted((guide.id for guide in content.guides_of(topic)), key=lambda id: -view.of(id))

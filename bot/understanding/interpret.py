"""Scores, context and details → what is asked: target × aspects × details, or a question back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

import numpy as np

from bot.content.types import OUT_OF_SCOPE, Content
from bot.understanding.details import details
from bot.understanding.features import Floats
from bot.understanding.focus import Focus, Point
from bot.understanding.meaning import Ask, Unknown, Unsure
from bot.understanding.model import NO_TOPIC, SMALL_TALK, Model, Ranked, Scores, in_scope, ranked
from bot.understanding.spelling import Repair
from bot.understanding.text import clauses, normalise, tokens

SURE = 0.35  # a topic likelier than this is answered, when it is
LEAD = 1.4  # so many times as likely as the next one
HINT = (
    0.15  # small talk likelier than this and than each neighbouring matter is answered, when nothing of ours is meant
)
TWICE = 2.0  # … and so many times as likely as our likeliest topic
TALK = 0.42  # small talk likelier than this is answered; «… quá» may be about anything
MAYBE = 0.2  # a topic likelier than this is offered
CONTEXT = 3.0  # how much likelier the topic just talked about is than another, and its target than its others
FOLLOWS = 0.25  # the topic just talked about, when it is the likeliest, is answered from here on
ALONE = 0.5  # of all neighbouring matters together: one with less is not named
NAMED = 0.1  # a neighbouring matter likelier than this is offered by its name when nothing is understood
FOREIGN = 0.86  # what is none of our matters so surely is not answered, however likely one of them looks
LIKELY = 0.8  # … from here on it is asked back about
PURE = 0.5  # a clause that names no matter, with this probability, asks for a part of the matter named elsewhere
CERTAIN = 0.85  # a second topic is mentioned only when it is likelier than this
CLEAR = 0.75  # an aspect that stands beside another one
PLAIN = 0.97  # … and without any other sign from here on
MAY = "doi_tuong"
STATEMENTS = ("tong_quan", "loi")  # what a clause also looks like when it only tells what happened
LONG = 20  # words from which on sentences are also scored one by one
OFFERED = 3
WARNED = 0.75  # a warning less likely than this is no answer: a mistaken one frightens
CHOICE = 0.5  # of a topic's probability: a guide with less does not stand out among its guides
NAME = 3  # words that may be nothing but a name
FAINT = 0.02  # what is less likely is not offered
UNLIKELY = 0.02  # a part is at least so likely before what its items say counts
PULL = 1.2  # how much a shared item says for its part
PULL_OF_MAY = 3.0  # … when the message asks «có được không», which may be about any part
SAID = 1.0  # how much the very words of a way to ask say for its part
LED = 3.0  # how much more, when the message begins with them
CLOSE = 1.2  # two parts no further apart are both answered
SHARP = 2.0  # from here on an item is what the message is about

Meant = Ask | Unsure | Unknown


@dataclass(frozen=True, slots=True)
class View:
    """A message scored in its context."""

    typed: str  # the message in its normal form
    scores: Scores
    targets: Floats  # probabilities, in the order of the model's names
    topics: Ranked
    ours: Ranked  # our topics among themselves
    likely: Ranked  # aspects
    aspects: tuple[str, ...]
    also: str  # another topic that a clause asks about
    context: Set[str]  # the topics just talked about, and of what is open

    @property
    def confidence(self) -> float:
        """How surely our likeliest topic is right, as counted on questions of others (docs/decisions/0012)."""
        return math.sqrt(self.ours[0][1]) * (1 - self.scores.outside**4) if self.ours else 0.0

    def of(self, target: str) -> float:
        at = self.scores.model.at.get(target)
        return 0.0 if at is None else float(self.targets[at])

    def leaves(self, topic: str) -> Ranked:
        """The targets of a topic, likeliest first; none of a topic that is not known."""
        model = self.scores.model
        if topic not in model.topics.names:
            return ()
        mine = np.flatnonzero(model.topic_of == model.topics.names.index(topic))
        return ranked([model.targets.names[at] for at in mine], self.targets[mine])


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
    model: Model, content: Content, text: str, about: str, today: date, *, open_: str = "", focus: Focus | None = None
) -> Meant:
    """What a message asks. `about`: the target last answered, `open_`: the guide of the open walk, "" for none. Never
    raises."""
    return _decide(content, _view(model, content, text, (about, open_), focus), today, focus)[0]


def explain(
    model: Model, content: Content, text: str, about: str, today: date, *, focus: Focus | None = None
) -> Explanation:
    view = _view(model, content, text, (about,), focus)
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


def _view(model: Model, content: Content, text: str, told: Sequence[str], focus: Focus | None) -> View:
    """`told`: the targets that a message may go on about, the nearest first."""
    typed = normalise(text)
    whole, found = model.score(text, typed), clauses(text)
    parts = [model.score(part) for part in found] if len(found) > 1 else []
    elliptic = focus is not None and focus.elliptic(whole.words)
    targets = _in_context(model, content, _blend(whole, parts), told, elliptic=elliptic).copy()
    warned = [at for id in content.warnings if (at := model.at.get(id)) is not None]
    targets[warned] *= targets[warned] >= WARNED  # what fainter ones had counts for nobody
    topics, likely = ranked(model.topics.names, model.by_topic(targets)), whole.aspects
    return View(
        typed,
        whole,
        targets,
        topics,
        _ours(topics),
        likely,
        _aspects(likely, parts),
        _also(content, parts, topics[0][0]),
        frozenset(topic for id in told if (topic := content.topic_of(id))),
    )


def _ours(topics: Ranked) -> Ranked:
    mine = [(topic, value) for topic, value in topics if in_scope(topic)]
    total = max(sum(value for _, value in mine), FAINT)
    return tuple((topic, value / total) for topic, value in mine)


def _blend(whole: Scores, parts: Sequence[Scores]) -> Floats:
    """Of a long message half the whole, half its clauses: each as far as it names a matter, the last one twice."""
    if len(whole.words) <= LONG or not parts:
        return whole.by_target
    weights = np.array([1.0 - part.of(NO_TOPIC) for part in parts], np.float32)
    weights[-1] *= 2
    shares = weights @ np.array([part.by_target for part in parts]) / max(float(weights.sum()), 1e-6)
    return np.asarray((whole.by_target + shares) / 2, np.float32)


def _in_context(model: Model, content: Content, targets: Floats, told: Sequence[str], *, elliptic: bool) -> Floats:
    """What was talked about is likelier; a message that names no matter means the nearest that has parts."""
    homes = dict.fromkeys(home(content, id) for id in told if content.topic_of(id))
    found = [model.at[id] for id in homes if id in model.at]
    if not found:
        return targets
    at = next((model.at[id] for id in homes if id in model.at and id in content.guides), found[0])
    near = targets.copy()
    if elliptic:
        near[:] = 0.0
        near[at] = 1.0
        return near
    near[found] *= CONTEXT
    topics = {content.topic_of(id) for id in homes} - {OUT_OF_SCOPE}
    near[np.isin(model.topic_of, [model.topics.names.index(topic) for topic in topics])] *= CONTEXT
    if NO_TOPIC in model.at:
        near[at] += CONTEXT * near[model.at[NO_TOPIC]]
        near[model.at[NO_TOPIC]] = 0.0
    return np.asarray(near / near.sum(), np.float32)


def home(content: Content, about: str) -> str:
    """The guide that a question without a matter is about: an entry's own, or its topic's."""
    topic = content.topic_of(about) if about else None
    if topic is None or about in content.guides or about in content.neighbours:
        return about
    related = content.entries[about].related if about in content.entries else ()
    guides = [id for id in related if id in content.guides and content.guides[id].topic == topic]
    return next(iter(guides), next((guide.id for guide in content.guides_of(topic)), about))


def _aspects(ranked: Ranked, parts: Sequence[Scores]) -> tuple[str, ...]:
    """The part asked for; several only when clauses clearly ask for them."""
    likely = {aspect for aspect, value in ranked[:4] if value > FAINT}
    clear = [part for part in parts if part.aspect[1] >= CLEAR]
    asked = [
        part.aspect[0]
        for part in clear
        if part.of(NO_TOPIC) >= PURE or part.aspect[0] in likely or part.aspect[1] >= PLAIN
    ]
    several = tuple(dict.fromkeys(aspect for aspect in asked if aspect not in STATEMENTS))[:3]
    return several if len(several) > 1 else (ranked[0][0],)


def _also(content: Content, parts: Sequence[Scores], topic: str) -> str:
    """Another topic, when one clause surely asks about it and another one surely about the main topic."""
    named = [part.topic for part in parts if part.aspect[1] >= CLEAR]
    sure = [name for name, value in named if value >= CERTAIN]
    others = [other for other in sure if other != topic and any(content.guides_of(other))]
    return others[0] if others and topic in sure else ""


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
        return _outside(content, view)
    return (_answered if follows else _inside)(content, view, today, focus)


def _inside(content: Content, view: View, today: date, focus: Focus | None) -> tuple[Meant, str]:
    (_, sure), (_, next_) = view.ours[0], view.ours[1] if len(view.ours) > 1 else ("", 0.0)
    offered = _guides(content, view)
    if view.scores.outside >= LIKELY:
        offered = (*offered[: OFFERED - 1], *_neighbour(content, view))
        why = "Có thể là việc ngoài phạm vi, nên hỏi lại."
    elif sure >= SURE and (view.also or sure >= LEAD * next_):
        return _answered(content, view, today, focus)
    else:
        why = "Chủ đề chưa đủ chắc, nên hỏi lại."
    if sure >= MAYBE:
        return _asked_back(content, view, offered, today), why
    return Unknown(_near(content, view), view.confidence), "Không chủ đề nào đủ gần."


def _answered(content: Content, view: View, today: date, focus: Focus | None) -> tuple[Meant, str]:
    topic, leaves = view.ours[0][0], view.leaves(view.ours[0][0])
    target, share = leaves[0]  # an entry only when it fits better than every guide
    alone = share >= CHOICE * sum(value for _, value in leaves)
    if target in content.guides and not alone and not view.context and len(view.scores.words) <= NAME:
        likely = sorted(_of_topic(content, view, topic), key=lambda id: id != topic)
        return _asked_back(content, view, tuple(likely[:OFFERED]), today), "Chỉ nêu tên chung, nhiều bài cùng khớp."
    if target in content.entries and focus and _walked(view, focus):
        target = next(iter(_of_topic(content, view, topic)), target)
    what = "mục hỏi đáp" if target in content.entries else "bài"
    return _ask(content, view, target, today, focus), f"Chủ đề đủ chắc; {what} này khớp câu hỏi nhất."


def _walked(view: View, focus: Focus) -> bool:
    """Whether a clause begins by asking for the steps: an entry has none."""
    return any(focus.led(tokens(clause)) == "cac_buoc" for clause in clauses(view.typed))


def _small_talk(view: View, sure: float) -> tuple[Meant, str]:
    if sure >= max(TALK, TWICE * max((value for topic, value in view.topics if in_scope(topic)), default=0.0)):
        return Ask(view.leaves(SMALL_TALK)[0][0], confidence=sure), "Câu chào hỏi, trò chuyện."
    return Unknown(confidence=sure), "Giống câu trò chuyện nhưng chưa đủ chắc."


def _outside(content: Content, view: View) -> tuple[Meant, str]:
    surely = view.scores.outside
    talk, matters = view.leaves(SMALL_TALK)[:1], view.leaves(OUT_OF_SCOPE)
    if talk and talk[0][1] >= max([HINT, *(value for _, value in matters[:1])]):
        return Ask(talk[0][0], confidence=talk[0][1]), "Câu chào hỏi, trò chuyện; không việc nào gần hơn."
    together = sum(value for _, value in matters)
    if matters and matters[0][1] >= ALONE * together:
        found = Ask(matters[0][0], view.aspects, confidence=max(together, surely))
        return found, "Giống một việc mà bot không hướng dẫn."
    return Unknown(_near(content, view), surely), "Có vẻ là việc ngoài phạm vi, chưa rõ việc nào."


def _asked_back(content: Content, view: View, offered: tuple[str, ...], today: date) -> Unsure:
    found = _details(content, view, offered[0], today) if offered else {}
    return Unsure(offered, view.aspects, found, view.confidence)


def _ask(content: Content, view: View, target: str, today: date, focus: Focus | None) -> Ask:
    aspects, point = view.aspects, None
    if focus and target in content.guides and len(aspects) == 1:
        words = view.scores.words
        aspects, point = _pointed(view, focus.look(target, words), focus.asked(words), focus.led(words))
    return Ask(
        target=target,
        aspects=aspects,
        point=(point.aspect, point.index) if point else None,
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
    point = points.get(aspect) or max(points.values(), key=lambda each: each.score, default=None)
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
            chosen |= dict.fromkeys(_of_topic(content, view, topic)[:1])
    if len(chosen) == 1:
        topic = content.topic_of(next(iter(chosen))) or ""
        chosen |= dict.fromkeys(id for id in _of_topic(content, view, topic) if view.of(id) > FAINT)
    return tuple(chosen)[:OFFERED]


def _near(content: Content, view: View) -> tuple[str, ...]:
    """What to offer where nothing is understood: the neighbouring matter that it resembles most, then guides."""
    return (*_neighbour(content, view), *_guides(content, view))[:OFFERED]


def _neighbour(content: Content, view: View) -> tuple[str, ...]:
    """The neighbouring matter that a message resembles most, when it is no guess; a message may resemble ours more."""
    leaves = [leaf for leaf in view.leaves(OUT_OF_SCOPE)[:1] if leaf[0] in content.neighbours]
    return tuple(id for id, value in leaves if value >= NAMED)


def _of_topic(content: Content, view: View, topic: str) -> list[str]:
    """The guides of a topic, likeliest first."""
    return sorted((guide.id for guide in content.guides_of(topic)), key=lambda id: -view.of(id))

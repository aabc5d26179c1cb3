"""A message in its context: its words scored whole and clause by clause, and what was talked about before."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from bot.content.types import OUT_OF_SCOPE, Content
from bot.understanding.features import Floats
from bot.understanding.focus import Focus
from bot.understanding.model import NO_TOPIC, Indices, Model, Ranked, Scores, in_scope, ranked
from bot.understanding.text import clauses, normalise

CONTEXT = 3.0  # how much likelier the topic just talked about is than another, and its target than its others
LONG = 20  # words from which on sentences are also scored one by one
WARNED = 0.75  # a warning less likely than this is no answer: a mistaken one frightens
PURE = 0.5  # a clause that names no matter, with this probability, asks for a part of the matter named elsewhere
CERTAIN = 0.85  # a second topic is mentioned only when it is likelier than this
CLEAR = 0.75  # an aspect that stands beside another one
PLAIN = 0.97  # … and without any other sign from here on
STATEMENTS = ("tong_quan", "loi")  # what a clause also looks like when it only tells what happened
FAINT = 0.02  # what is less likely is as good as nothing

_NONE: tuple[tuple[str, ...], Indices] = ((), np.empty(0, np.intp))


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
        names, at = self.scores.model.leaves.get(topic, _NONE)
        return ranked(names, self.targets[at])


def view_of(
    model: Model, content: Content, text: str, told: Sequence[str], focus: Focus | None, typed: str = ""
) -> View:
    """`told`: the targets that a message may go on about, the nearest first; `typed`: its normal form, where that is known."""
    typed = typed or normalise(text)
    whole, found = model.score(text, typed), clauses(text)
    parts = [model.score(part) for part in found] if len(found) > 1 else []
    elliptic = focus is not None and focus.elliptic(whole.words)
    targets = _in_context(model, content, _blend(whole, parts), told, elliptic=elliptic).copy()
    warned = model.places(content.warnings)
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

"""Scores, context and details → what is asked: target × aspects × details, or a question back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from bot.content.types import OUT_OF_SCOPE, Content
from bot.understanding.details import details
from bot.understanding.features import Floats
from bot.understanding.meaning import Ask, Unknown, Unsure
from bot.understanding.model import NO_TOPIC, SMALL_TALK, Model, Ranked, Scores, in_scope, ranked
from bot.understanding.spelling import Repair
from bot.understanding.text import clauses, normalise, sentences, tokens

SURE = 0.5  # a topic likelier than this is answered
LEADING = 0.35  # … or likelier than this, and
LEAD = 2.5  # so many times as likely as the next one
CERTAIN = 0.9  # a topic that even strange words do not put in doubt
MAYBE = 0.2  # … than this is offered
STRANGE = 0.35  # a message of which less than this is known in its topic is not answered but offered
CONTEXT = 4.0  # how much likelier the topic just talked about is than another
OUTSIDE = 0.5  # a neighbouring matter likelier than this is named; between MAYBE and this nothing is promised
ENTRY = 1.0  # how much likelier an entry has to be than the best guide of its topic
PURE = 0.5  # a clause that names no matter, with this probability, asks for a part of the matter named elsewhere
CLEAR = 0.75  # an aspect that stands beside another one
LONG = 20  # words from which on sentences are also scored one by one
OFFERED = 3
FAINT = 0.02  # what is less likely is not offered

Meant = Ask | Unsure | Unknown


@dataclass(frozen=True, slots=True)
class View:
    """A message scored in its context."""

    scores: Scores
    targets: Floats  # probabilities, in the order of the model's names
    topics: Ranked
    aspects: tuple[str, ...]

    @property
    def best(self) -> str:
        return self.scores.model.targets.names[int(self.targets.argmax())]

    def of(self, target: str) -> float:
        at = self.scores.model.at.get(target)
        return 0.0 if at is None else float(self.targets[at])

    def leaves(self, topic: str) -> Ranked:
        """The targets of a topic, likeliest first."""
        model = self.scores.model
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
    known: float
    details: Mapping[str, str]
    meaning: Meant
    why: str


def interpret(model: Model, content: Content, text: str, about: str, today: date) -> Meant:
    """What a message asks. `about`: the target last answered, "" for none. Never raises."""
    return _decide(content, _view(model, content, text, about), text, today)[0]


def explain(model: Model, content: Content, text: str, about: str, today: date) -> Explanation:
    view = _view(model, content, text, about)
    meaning, why = _decide(content, view, text, today)
    return Explanation(
        text=view.scores.text,
        repairs=view.scores.repairs,
        topics=view.topics[:5],
        targets=ranked(model.targets.names, view.targets)[:5],
        aspects=view.scores.aspects[:5],
        known=view.scores.known,
        details={} if isinstance(meaning, Unknown) else meaning.details,
        meaning=meaning,
        why=why,
    )


def _view(model: Model, content: Content, text: str, about: str) -> View:
    whole = model.score(text)
    parts = [model.score(part) for part in sentences(text)] if len(whole.words) > LONG else []
    parts = [part for part in parts if len(part.words) > 2]
    targets = _in_context(model, content, _blend(whole, parts), about)
    topics = ranked(model.topics.names, model.by_topic(targets))
    return View(whole, targets, topics, _aspects(model, text, whole, parts))


def _blend(whole: Scores, parts: Sequence[Scores]) -> Floats:
    """Half the whole, half the sentences: each as far as it names a matter, the last one twice."""
    if len(parts) < 2:
        return whole.by_target
    weights = np.array([1.0 - part.of(NO_TOPIC) for part in parts], np.float32)
    weights[-1] *= 2
    sentences = weights @ np.array([part.by_target for part in parts]) / max(float(weights.sum()), 1e-6)
    return np.asarray((whole.by_target + sentences) / 2, np.float32)


def _in_context(model: Model, content: Content, targets: Floats, about: str) -> Floats:
    """What was talked about is likelier; a message that names no matter means it."""
    topic = content.topic_of(about) if about else None
    home = model.at.get(_home(content, about, topic)) if topic else None
    if home is None:
        return targets
    near = targets.copy()
    near[model.topic_of == model.topic_of[home] if topic != OUT_OF_SCOPE else home] *= CONTEXT
    if NO_TOPIC in model.at:
        near[home] += CONTEXT * near[model.at[NO_TOPIC]]
        near[model.at[NO_TOPIC]] = 0.0
    return np.asarray(near / near.sum(), np.float32)


def _home(content: Content, about: str, topic: str | None) -> str:
    """The guide that a question without a matter is about: an entry's own, or its topic's."""
    if topic is None or about in content.guides or about in content.neighbours:
        return about
    related = content.entries[about].related if about in content.entries else ()
    guides = [id for id in related if id in content.guides and content.guides[id].topic == topic]
    return next(iter(guides), next((guide.id for guide in content.guides_of(topic)), about))


def _aspects(model: Model, text: str, whole: Scores, parts: Sequence[Scores]) -> tuple[str, ...]:
    """The part asked for; several only when clauses clearly ask for them. Of a story the last question counts."""
    several = _several(model, text, whole)
    if len(several) > 1:
        return several
    asking = next((part for part in reversed(parts) if part.aspect[1] >= CLEAR), whole)
    return (asking.aspect[0],)


def _several(model: Model, text: str, whole: Scores) -> tuple[str, ...]:
    found = list(clauses(text))
    if len(found) < 2:
        return ()
    likely = {aspect for aspect, value in whole.aspects[:4] if value > 0.02}
    aspects: dict[str, None] = {}
    for clause in found:
        scores = model.score(clause)
        aspect, value = scores.aspect
        if value >= CLEAR and aspect != "tong_quan" and (scores.of(NO_TOPIC) >= PURE or aspect in likely):
            aspects[aspect] = None
    return tuple(aspects)[:3]


def _decide(content: Content, view: View, text: str, today: date) -> tuple[Meant, str]:
    topic, sure = view.topics[0]
    if not view.scores.words:
        return Unknown(), "Câu không có chữ nào."
    if topic == NO_TOPIC:
        return Unknown(_guides(content, view), sure), "Câu chỉ hỏi một phần (phí, giấy tờ …), không nhắc việc nào."
    if topic == SMALL_TALK:
        return _small_talk(view, sure)
    if topic == OUT_OF_SCOPE:
        return _outside(content, view, sure)
    offered = _guides(content, view)
    if view.scores.known < STRANGE and sure < CERTAIN:
        return _asked_back(content, view, offered, text, today), "Phần lớn chữ trong câu còn lạ, nên hỏi lại."
    if sure >= SURE or (sure >= LEADING and sure >= LEAD * view.topics[1][1]):
        target, why = _leaf(content, view, topic)
        return _ask(content, view, target, text, today), why
    if sure >= MAYBE:
        return _asked_back(content, view, offered, text, today), "Chủ đề chưa đủ chắc, nên hỏi lại."
    return Unknown(offered, sure), "Không chủ đề nào đủ gần."


def _small_talk(view: View, sure: float) -> tuple[Meant, str]:
    if sure >= SURE:
        return Ask(view.best, confidence=sure), "Câu chào hỏi, trò chuyện."
    return Unknown(confidence=sure), "Giống câu trò chuyện nhưng chưa đủ chắc."


def _outside(content: Content, view: View, sure: float) -> tuple[Meant, str]:
    target, value = view.leaves(OUT_OF_SCOPE)[0]
    if sure >= OUTSIDE and value >= OUTSIDE * sure:
        return Ask(target, view.aspects, confidence=sure), "Giống một việc mà bot không hướng dẫn."
    return Unknown(_guides(content, view), sure), "Có vẻ là việc ngoài phạm vi, chưa rõ việc nào."


def _asked_back(content: Content, view: View, offered: tuple[str, ...], text: str, today: date) -> Unsure:
    found = _details(content, view, offered[0], text, today) if offered else {}
    return Unsure(offered, view.aspects, found, view.topics[0][1])


def _ask(content: Content, view: View, target: str, text: str, today: date) -> Ask:
    return Ask(
        target=target,
        aspects=view.aspects,
        details=_details(content, view, target, text, today),
        confidence=view.topics[0][1],
        steps=target in content.guides and view.aspects[0] in ("cac_buoc", "tong_quan"),
    )


def _leaf(content: Content, view: View, topic: str) -> tuple[str, str]:
    """The guide or entry of a topic. An entry wins only when it fits the sentence better than every guide does."""
    leaves = view.leaves(topic)
    best, value = leaves[0]
    guides = [leaf for leaf in leaves if leaf[0] in content.guides]
    if best in content.guides or not guides:
        return best, "Chủ đề đủ chắc; bài hướng dẫn này gần câu hỏi nhất."
    if value >= ENTRY * guides[0][1]:
        return best, "Chủ đề đủ chắc; mục hỏi đáp này khớp hơn mọi bài hướng dẫn."
    return guides[0][0], "Chủ đề đủ chắc; không mục hỏi đáp nào khớp hơn bài hướng dẫn."


def _details(content: Content, view: View, target: str, text: str, today: date) -> dict[str, str]:
    """Looked for in the words as typed and as read: «mất cccd», «mất căn cước»."""
    guide = content.guides.get(target)
    if guide is None or not guide.questions:
        return {}
    typed, read = normalise(text), view.scores.words
    return details(guide.questions, typed if tokens(typed) == list(read) else f"{typed}. {' '.join(read)}", today)


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


def _of_topic(content: Content, view: View, topic: str) -> list[str]:
    """The guides of a topic, likeliest first."""
    return sorted((guide.id for guide in content.guides_of(topic)), key=lambda id: -view.of(id))

"""What was not understood → groups of like messages, each with what it probably is about and sentences to learn from."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from textwrap import shorten
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from bot.content.edit import Edit, EditError, edit
from bot.content.files import Files
from bot.content.rules.twice import examples, same
from bot.content.scope import cases, rows, scope
from bot.content.types import OUT_OF_SCOPE, Content
from bot.engine import Brain
from bot.safety.privacy import impersonal
from bot.understanding.interpret import interpret
from bot.understanding.meaning import Ask
from bot.understanding.model import NO_TOPIC, Model
from bot.understanding.text import plain

ALIKE = 85  # likeness (0–100) from which two messages are one group, whatever they are about
ALIKE_HERE = 62  # … when the same target is the likeliest for both
LEARNED = 3  # sentences of a group that are proposed
LONGEST = 200  # characters of a sentence that is proposed
OTHERS = 9  # targets besides the proposed one
TITLE = 60  # characters
FIRST = 5  # messages of a group that are shown

Row = tuple[date, str, int]  # day, masked message, how often


@dataclass(frozen=True, slots=True)
class Group:
    """Messages that say much the same, masked, the most frequent first; on which days the first and the last came."""

    messages: Mapping[str, int]
    first: date
    last: date

    @property
    def count(self) -> int:
        return sum(self.messages.values())


@dataclass(slots=True)
class _Gathered:
    messages: Counter[str] = field(default_factory=Counter)
    days: list[date] = field(default_factory=list)


def grouped(model: Model, found: Iterable[Row]) -> list[Group]:
    """The most frequent group first; of equals the latest. A message joins the group whose most frequent one it is most
    like. Deterministic."""
    counts: Counter[str] = Counter()
    days: dict[str, list[date]] = defaultdict(list)
    for day, text, count in found:
        counts[text] += count
        days[text].append(day)
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    leaders = _Leaders(model)
    for text, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        group = gathered[leaders.of(text)]
        group.messages[text] += count
        group.days += days[text]
    groups = [Group(dict(each.messages), min(each.days), max(each.days)) for each in gathered.values()]
    return sorted(groups, key=lambda group: (-group.count, -group.last.toordinal(), next(iter(group.messages))))


class _Leaders:
    """The first message of each group, in the words that the model reads, without marks."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._words: dict[str, str] = {}
        self._by_target: dict[str, dict[str, str]] = defaultdict(dict)

    def of(self, text: str) -> str:
        """The leader of a message's group; the message itself when it begins one."""
        scores = self._model.score(impersonal(text))
        words, target = plain(scores.text), scores.targets[0][0]
        for those, least in ((self._by_target[target], ALIKE_HERE), (self._words, ALIKE)):
            found = process.extractOne(words, those, scorer=fuzz.token_sort_ratio, score_cutoff=least)
            if found:
                return str(found[2])
        self._words[text] = self._by_target[target][text] = words
        return text


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a group is about. `others`: further targets, likeliest first. `sentences`: what is to be learned; none when
    every one of them is an example or a case already. `understood`: the target that its main message has by now."""

    target: str
    aspect: str
    share: float  # probability that it is this target; 1 when the editor says so
    others: tuple[str, ...]
    sentences: tuple[str, ...]
    understood: str


def proposed(brain: Brain, group: Group, taken: Set[str], today: date) -> Proposal:
    """`taken`: sentences, as `same` sees them, that stand in the content or its cases already."""
    scores = [brain.model.score(impersonal(text)) for text in group.messages]
    weights = np.array(list(group.messages.values()), np.float32)
    by_target = np.average([each.by_target for each in scores], axis=0, weights=weights)
    by_aspect = np.average([each.by_aspect for each in scores], axis=0, weights=weights)
    names = brain.model.targets.names
    order = [at for at in np.argsort(-by_target, kind="stable").tolist() if _learns(brain.content, names[at])]
    meant = interpret(brain.model, brain.content, next(iter(group.messages)), "", today, focus=brain.focus)
    return Proposal(
        names[order[0]],
        brain.model.aspects.names[int(by_aspect.argmax())],
        float(by_target[order[0]]),
        tuple(names[at] for at in order[1 : OTHERS + 1]),
        _sentences(group, taken),
        meant.target if isinstance(meant, Ask) else "",
    )


def _learns(content: Content, target: str) -> bool:
    """A warning learns from what scammers say, not from what citizens ask."""
    return target != NO_TOPIC and target not in content.warnings


def _sentences(group: Group, taken: Set[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in group.messages:
        sentence = impersonal(text)
        form = same(sentence)
        if len(sentence) <= LONGEST and " " in form and form not in taken:
            found.setdefault(form, sentence)
    return tuple(found.values())[:LEARNED]


def taken(files: Files) -> Set[str]:
    """The sentences that the content or its cases have already, as `same` sees them."""
    found = {same(text) for text, _, _ in examples(scope(files, None))}
    documents = cases(files.root / "tests") or ()
    return found | {same(str(row.get("text"))) for document in documents for _, row in rows(document)}


def title(content: Content, target: str) -> str:
    """What an editor calls it; small talk has no title, but an answer."""
    talk = content.small_talk.get(target)
    return shorten(f"trò chuyện: {talk.answer}", TITLE) if talk else content.title(target)


def lines(brain: Brain, files: Files, group: Group, proposal: Proposal) -> Iterator[str]:
    """A group as an editor reads it."""
    days = group.first.strftime("%d/%m/%Y")
    if group.last != group.first:
        days += f" đến {group.last.strftime('%d/%m/%Y')}"
    yield f"{group.count} lần, {days}"
    shown = list(group.messages.items())[:FIRST]
    yield from (f"  «{text[:LONGEST]}»" + f" × {count}" * (count > 1) for text, count in shown)
    if len(group.messages) > len(shown):
        yield f"  … và {len(group.messages) - len(shown)} câu gần giống"
    if proposal.understood:
        yield f"Nay đã hiểu là «{title(brain.content, proposal.understood)}»."
    yield f"Đề nghị: {title(brain.content, proposal.target)} ({proposal.target}), {_sure(proposal)}"
    try:
        change = patch(files, proposal)
    except EditError as error:
        yield str(error)
    else:
        yield change.patch().rstrip("\n") if change else "Không có câu nào mới để học."


def _sure(proposal: Proposal) -> str:
    return f"chắc {proposal.share:.0%}" if proposal.share < 1 else "anh/chị chọn"


def patch(files: Files, proposal: Proposal) -> Edit | None:
    """None when there is nothing to learn. Raises EditError and OSError."""
    return edit(files, proposal.target, proposal.aspect, proposal.sentences) if proposal.sentences else None


def as_dict(brain: Brain, files: Files, group: Group, proposal: Proposal) -> dict[str, Any]:
    """The contract of `unknown --json`, one group."""
    try:
        change = patch(files, proposal)
    except EditError:
        change = None
    topic = brain.content.topic_of(proposal.target)
    return {
        "count": group.count,
        "first": group.first.isoformat(),
        "last": group.last.isoformat(),
        "messages": [{"text": text, "count": count} for text, count in group.messages.items()],
        "topic": topic if topic != OUT_OF_SCOPE else None,
        "target": proposal.target,
        "title": title(brain.content, proposal.target),
        "aspect": proposal.aspect,
        "confidence": round(proposal.share, 4),
        "others": list(proposal.others),
        "understood": proposal.understood or None,
        "sentences": list(proposal.sentences),
        "file": change.path if change else None,
        "patch": change.patch() if change else None,
    }


def listed(brain: Brain, files: Files, found: Iterable[Row], today: date, *, as_json: bool) -> Iterator[str]:
    """Every group for who only reads: as text, or one line of JSON."""
    known = taken(files)
    for group in grouped(brain.model, found):
        proposal = proposed(brain, group, known, today)
        if as_json:
            yield json.dumps(as_dict(brain, files, group, proposal), ensure_ascii=False)
        else:
            yield "\n".join((*lines(brain, files, group, proposal), ""))


def matching(content: Content, model: Model, words: str) -> Sequence[str]:
    """The targets whose id or title has these words, marks apart; at most nine."""
    wanted = plain(words.casefold())
    names = [name for name in model.targets.names if _learns(content, name)]
    texts = {name: plain(f"{name} {title(content, name)}".casefold()) for name in names}
    found = [name for name, text in texts.items() if wanted in text]
    return sorted(found, key=lambda name: (name not in content.guides, len(texts[name])))[:OTHERS]

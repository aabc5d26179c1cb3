"""Is this message a scam, or is someone already harmed? Which one, and why, in sentences that a citizen reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from bot.content.types import Content, Signal
from bot.message import Alarm
from bot.safety.denial import Denials
from bot.safety.distress import SPOKEN
from bot.safety.evidence import TELLING, Evidence
from bot.safety.first_aid import DEMANDS
from bot.safety.fold import Word
from bot.safety.harm import MOST_FURTHER, PERSON, Besides, Everyday, Harms, first_question
from bot.safety.likeness import Likeness
from bot.safety.links import Verdict, Watch
from bot.safety.ordinary import questions
from bot.safety.phrases import Hit, Phrases
from bot.safety.reader import Reader, Words
from bot.safety.story import STORY
from bot.safety.urls import find, readable, scan
from bot.safety.wording import Worded, Wording

_LINK_WORD = "link"
_INNER = str.maketrans("«»", "“”")
_LINK_NAMES = (_LINK_WORD, "duong dan", "lien ket")


class Shield:
    """Built once per content; an ordinary message then takes a fraction of a millisecond."""

    def __init__(self, content: Content) -> None:
        question = first_question(content)
        self._titles = {warning.id: warning.title.translate(_INNER) for warning in content.warnings.values()}
        self._like = content.bot.get("giong_thu_doan", "")
        self._labels = {id: option.label for id, option in question.options.items()} if question else {}
        self._reader = reader = Reader(content.words)
        self._signals = Phrases(reader, ((phrase, signal) for signal in _signals(content) for phrase in signal.phrases))
        self._everyday = Everyday(reader)
        self._harms = Harms(reader, content, self._everyday)
        self._denials = Denials(reader)
        self._demands = Phrases(reader, ((phrase, id) for id, each in DEMANDS.items() for phrase in each))
        self._calm = Phrases(reader, ((phrase, phrase) for phrase in content.calm))
        self._genuine = Phrases(reader, ((phrase, phrase) for phrase in content.genuine))
        self._despair = Phrases(reader, ((phrase, phrase) for phrase in content.despair))
        self._spoken = Phrases(reader, ((phrase, phrase) for phrase in SPOKEN))
        self._doubt = self._harms.doubt
        reader.learn(
            "\n".join((*questions(content), *(text for warning in content.warnings.values() for text in warning.says)))
        )
        reader.settle()
        self._watch = Watch(content)
        self._likeness = Likeness(reader, content)
        self._wording = Wording(reader, content)

    def judge(self, text: str, aid: str | None = None) -> Alarm | None:
        """The alarm that a message calls for; None for what citizens ordinarily ask. `aid`: the harm that first aid is
        open for, "" for none yet, None when it is not open. Never raises."""
        return self.look(text, aid)[0]

    def look(self, text: str, aid: str | None = None) -> tuple[Alarm | None, bool]:
        """What `judge` says, and what `despair` says."""
        words, links = self._read(text)
        despair, besides = self._despairs(words), self._besides(words, links)
        harm = self._harms.of(words, besides, aid) or (self._harms.despaired(words) if despair else None)
        if harm:
            return Alarm(self._likeness.of(words), "panic", self._label(harm), harm, despair), despair
        return self._scam(words, links, besides.worded, aid, despair=despair), despair

    def _scam(
        self, words: Words, links: list[Verdict], worded: Worded | None, aid: str | None, *, despair: bool
    ) -> Alarm | None:
        if aid is not None and len(words) <= MOST_FURTHER:
            worded = None  # an answer, in words that those who were harmed use
        hits, official = self._signals.find(words), _all_official(links)
        signals = tuple(_told(hit for hit in hits if not (official and _speaks_of_links(words, hit))))
        script, telling = self._likeness.script(words), worded is not None and worded.scam >= TELLING
        if not (signals or links or telling or script):
            return None  # most messages: what follows is not worth looking for
        warning = script or self._likeness.of(words)
        evidence = Evidence(
            signals=signals,
            links=links,
            wording=worded.scam if worded else None,
            script=self._script(warning) if aid is None or script else "",
            verbatim=bool(script),
            doubt=self._doubt.has(words),
            everyday=self._everyday.has(words),
            calm=len({hit.value for each in (self._calm, self._genuine) for hit in each.find(words)}) + official,
        )
        demand = next((hit.value for hit in self._demands.find(words)), "") if aid is not None else ""
        if demand in self._titles and not evidence.level:
            warning = demand
        if level := evidence.level or ("suspicious" if demand else None):
            return Alarm(warning, level, evidence.reasons, despair=despair, faint=evidence.faint and not demand)
        return None

    def harm(self, text: str) -> str:
        """What already happened to the writer: an option of the first-aid guide's question, "" when nothing did."""
        words, links = self._read(text)
        return self._harms.of(words, self._besides(words, links)) or ""

    def _besides(self, words: Words, links: Sequence[Verdict]) -> Besides:
        which, genuine = partial(self._wording.harm, words), _all_official(links) or self._genuine.has(words)
        denied = self._denials.of(words) is not None
        return Besides(self._wording.of(words), which, self._calm.has(words), genuine, denied)

    def denied(self, text: str) -> frozenset[str] | None:
        """The harms that the writer says not to have come to yet; None for a message that says anything else."""
        return self._denials.of(self._read(text)[0])

    def links(self, text: str) -> list[Verdict]:
        """A verdict on every link of a message, in order."""
        return list(map(self._watch.judge, find(text)))

    def despair(self, text: str) -> bool:
        """Whether the writer speaks of dying, alarm or not."""
        return self._despairs(self._read(text)[0])

    def _despairs(self, words: Words) -> bool:
        """Not «chờ lâu muốn chết»: with words of what is only trying, dying is a way of speaking; «chờ lâu, tôi muốn chết»
        is none."""
        spoken = [hit for hit in self._spoken.find(words) if not PERSON.among(words[hit.start : hit.end])]
        return any(
            not any(each.start <= hit.start and hit.end <= each.end for each in spoken)
            for hit in self._despair.find(words)
        )

    def _read(self, text: str) -> tuple[Words, list[Verdict]]:
        """The words, with «link» in place of every link that is not official, and the verdicts on the links."""
        text = readable(text)
        found = list(scan(text))
        verdicts = [self._watch.judge(link) for link in found]
        for link, verdict in zip(reversed(found), reversed(verdicts), strict=True):
            word = "" if verdict.kind == "official" else _LINK_WORD + " apk" * link.installs
            text = f"{text[: link.start]} {word} {text[link.end :]}"
        return self._reader.words(text), verdicts

    def _script(self, warning: str) -> str:
        title = self._titles.get(warning)  # it stands in quotes itself
        return self._like.replace("{title}", title) if title is not None else ""

    def _label(self, harm: str) -> tuple[str, ...]:
        return (self._labels[harm],) if harm in self._labels else ()


def _signals(content: Content) -> Iterator[Signal]:
    """The signals of content, and what stories say of them."""
    yield from content.signals.values()
    for id, weight, patterns in STORY:
        if known := content.signals.get(id):
            yield replace(known, weight=weight, phrases=patterns)


def _told(hits: Iterable[Hit[Signal]]) -> Iterator[Signal]:
    """The signals, the same words once for each kind; a signal that other words say again comes again."""
    taken: dict[str, list[Hit[Signal]]] = {}
    for hit in sorted(hits, key=lambda hit: -hit.value.weight):
        same = taken.setdefault(hit.value.kind, [])
        if all(hit.start >= other.end or hit.end <= other.start for other in same):
            same.append(hit)
            yield hit.value


def _all_official(links: Sequence[Verdict]) -> bool:
    return bool(links) and all(link.kind == "official" and not link.risky for link in links)


def _speaks_of_links(words: Sequence[Word], hit: Hit[Signal]) -> bool:
    said = " ".join(word.plain for word in words[hit.start : hit.end])
    return any(name in said for name in _LINK_NAMES)

"""Files → Content: what is shared is resolved, every id has been checked to lead somewhere (bot.content.references)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import RootModel

from bot.content import schema
from bot.content import types as t
from bot.content.files import AnyShape, Files
from bot.content.schema import FeeFile, GuideFile, ItemFile, ProblemFile, QuestionFile, SharedFile, StepFile

FEES = "le_phi"

Value = TypeVar("Value")
Made = TypeVar("Made", t.Entry, t.SmallTalk, t.Neighbour, t.Notice)


def build(files: Files) -> t.Content:
    """The content of well-formed files. A file with problems is left out: callers refuse such content before."""
    shared = one(files, SharedFile) or SharedFile()
    intents = {intent.guide: intent for _, intent in files.of(schema.IntentFile)}
    guides = (_guide(_name(doc.path), file, shared, intents.get(_name(doc.path))) for doc, file in files.of(GuideFile))
    locals_ = {_name(doc.path): _local(_name(doc.path), file) for doc, file in files.of(schema.LocalFile)}
    bot: Mapping[str, str] = _root(files, "faq_vi/_bot.yaml")
    agencies = one(files, schema.AgenciesFile) or schema.AgenciesFile.model_validate({})
    domains = one(files, schema.DomainsFile) or schema.DomainsFile()
    signals = one(files, schema.SignalsFile) or schema.SignalsFile()
    stories = [file for _, file in files.of(schema.StoriesFile)]
    notices: dict[str, t.Notice] = _items(files, schema.NoticesFile, _notice)
    placed = [with_places(guide, locals_, bot.get("hoi_tinh", "")) for guide in guides]
    return t.Content(
        guides={guide.id: guide for guide in _sharing_questions(placed)},
        entries=_items(files, schema.FaqFile, _entry),
        warnings={_name(doc.path): _warning(_name(doc.path), file) for doc, file in files.of(schema.WarningFile)},
        neighbours=_items(files, schema.OutOfScopeFile, _neighbour),
        small_talk=_items(files, schema.SmallTalkFile, _small_talk),
        sources={id: _source(id, file) for _, each in files.of(schema.SourcesFile) for id, file in each.root.items()},
        agencies={id: _agency(id, file) for id, file in (agencies.__pydantic_extra__ or {}).items()},
        hosts=tuple(agencies.hosts),
        shared_problems={id: _problem(id, file, shared) for id, file in shared.problems.items()},
        locals=locals_,
        domains={
            host: t.Domain(host, file.agency, file.confirmed, file.unconfirmed or "", tuple(file.names))
            for host, file in domains.domains.items()
        },
        watch=tuple(domains.watch),
        forms=_phrases(domains.forms.model_dump()),
        signals={
            id: t.Signal(id, file.kind, file.weight, file.reason, tuple(file.phrases))
            for id, file in signals.signals.items()
        },
        panic=_phrases(signals.panic),
        calm=tuple(signals.calm),
        genuine=tuple(signals.genuine),
        despair=tuple(signals.despair),
        harmed=_together(file.harmed for file in stories),
        scams=tuple(text for file in stories for text in file.scams),
        ordinary=tuple(text for file in stories for text in file.ordinary),
        aspects=_phrases(_root(files, "intents/_aspects.yaml")),
        commands=_phrases(_root(files, "intents/_commands.yaml")),
        words=_phrases(_root(files, "intents/_words.yaml")),
        bot=bot,
        notices=tuple(notices.values()),
    )


def one(files: Files, kind: type[AnyShape]) -> AnyShape | None:
    return next((shape for _, shape in files.of(kind)), None)


def item_text(item: ItemFile, shared: ItemFile | None) -> str:
    """The shared text first, then what this guide adds."""
    return " ".join(text for text in (shared and shared.text, item.text) if text)


def question(id: str, file: QuestionFile, shared: SharedFile) -> t.Question:
    """A guide's own question, or the shared one under this id."""
    found = shared.questions.get(file.shared, file) if file.shared else file
    options = {
        option: t.Option(option, each.label, tuple(each.words), each.ages, each.overdue)
        for option, each in found.options.items()
    }
    return t.Question(id, found.ask or "", options, shared=bool(file.shared))


def _name(path: str) -> str:
    return PurePosixPath(path).stem


def _root(files: Files, path: str) -> Mapping[str, Value]:
    file = files.by_path.get(path)
    return file.shape.root if file and isinstance(file.shape, RootModel) else {}


def _phrases(lists: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {id: tuple(phrases) for id, phrases in lists.items()}


def _together(lists: Iterable[Mapping[str, Iterable[str]]]) -> dict[str, tuple[str, ...]]:
    """What several files list under the same ids."""
    found: dict[str, tuple[str, ...]] = {}
    for each in lists:
        found |= {id: (*found.get(id, ()), *phrases) for id, phrases in each.items()}
    return found


def _items(files: Files, kind: type[RootModel[dict[str, Any]]], make: Callable[[str, Any], Made]) -> dict[str, Made]:
    return {id: make(id, file) for _, each in files.of(kind) for id, file in each.root.items()}


def _guide(id: str, file: GuideFile, shared: SharedFile, intent: schema.IntentFile | None) -> t.Guide:
    said = list(intent.sentences()) if intent else []
    parts = {aspect: tuple(_part(getattr(file, key), shared)) for aspect, key in t.PARTS.items()}
    return t.Guide(
        id=id,
        topic=file.topic or id,
        title=file.title,
        aliases=tuple(file.aliases),
        group=file.group,
        essential=file.essential,
        procedure=file.procedure or "",
        agency=file.agency,
        code=file.code,
        owner=file.owner,
        summary=file.summary,
        checked=file.checked,
        review_by=file.review_by,
        questions={key: question(key, each, shared) for key, each in file.questions.items()},
        parts={aspect: items for aspect, items in parts.items() if items},
        sources=tuple(file.sources),
        related=tuple(file.related),
        warnings=tuple(file.warnings),
        examples=tuple(sentence for _, _, sentence in said),
        asked={sentence: aspect for _, aspect, sentence in said if aspect},
    )


def _part(part: list[ItemFile] | dict[str, ProblemFile], shared: SharedFile) -> Iterator[t.Item]:
    if isinstance(part, dict):
        yield from (_problem(id, each, shared) for id, each in part.items())
    else:
        yield from (_item(each, shared.items.get(each.shared or "")) for each in part)


def _item(file: ItemFile, shared: FeeFile | None) -> t.Item:
    """What the guide says of a shared item goes before what the shared item says."""
    amount = getattr(file, "amount", None) or (shared and shared.amount)
    step = file if isinstance(file, StepFile) else None
    return t.Item(
        text=item_text(file, shared),
        when=dict(file.when or (shared.when if shared else {})),
        since=file.since or (shared.since if shared else None),
        until=file.until or (shared.until if shared else None),
        sources=file.source or (shared.source if shared else ()),
        article=file.article or (shared.article if shared else None) or "",
        unconfirmed=file.unconfirmed or (shared.unconfirmed if shared else None) or "",
        link=file.link or (shared.link if shared else None) or "",
        amounts=tuple(_amounts(amount)) if isinstance(amount, dict) else (),
        local=amount == "local",
        title=step.title if step else "",
        see=(step.see or "") if step else "",
        if_not=(step.if_not or "") if step else "",
    )


def _amounts(amounts: Mapping[date, schema.AmountFile]) -> Iterator[t.Amount]:
    for since, amount in sorted(amounts.items()):
        yield t.Amount(since, amount.dong, amount.source, amount.unconfirmed or "", amount.note or "")


def _problem(id: str, file: ProblemFile, shared: SharedFile) -> t.Item:
    base = shared.problems.get(file.shared or "")
    return t.Item(
        text=item_text(file, base),
        when=dict(file.when),
        sources=file.source or (base.source if base else ()),
        article=file.article or (base.article if base else None) or "",
        unconfirmed=file.unconfirmed or (base.unconfirmed if base else None) or "",
        link=file.link or (base.link if base else None) or "",
        since=file.since,
        until=file.until,
        id=id,
        error=file.error or (base.error if base else None) or "",
    )


def _entry(id: str, file: schema.EntryItem) -> t.Entry:
    said = list(file.sentences())
    return t.Entry(
        id=id,
        topic=file.topic,
        questions=tuple(sentence for _, _, sentence in said),
        asked={sentence: aspect for _, aspect, sentence in said if aspect},
        answer=file.answer,
        sources=file.source,
        checked=file.checked,
        review_by=file.review_by,
        unconfirmed=file.unconfirmed or "",
        link=file.link or "",
        error=file.error or "",
        related=tuple(file.related),
    )


def _warning(id: str, file: schema.WarningFile) -> t.Warning:
    return t.Warning(
        id, file.title, tuple(file.signs), tuple(file.says), file.truth, file.then, tuple(file.sources), file.checked
    )


def _neighbour(id: str, file: schema.NeighbourItem) -> t.Neighbour:
    return t.Neighbour(id, file.title, tuple(file.examples), file.answer, tuple(file.related))


def _small_talk(id: str, file: schema.SmallTalkItem) -> t.SmallTalk:
    return t.SmallTalk(id, tuple(file.examples), file.answer)


def _notice(id: str, file: schema.NoticeItem) -> t.Notice:
    return t.Notice(id, file.text, file.since, file.until, tuple(file.topics))


def _source(id: str, file: schema.SourceFile) -> t.Source:
    return t.Source(id, file.title, file.number or "", file.since, file.until, file.url or "")


def _agency(id: str, file: schema.AgencyFile) -> t.Agency:
    return t.Agency(id, file.name, _phones(file.phones), file.url or "")


def _phones(phones: Mapping[str, schema.PhoneFile]) -> dict[str, t.Phone]:
    return {
        key: t.Phone(each.number, each.confirmed, each.unconfirmed or "", each.source or "")
        for key, each in phones.items()
    }


def with_places(guide: t.Guide, locals_: Mapping[str, t.Local], ask: str) -> t.Guide:
    """With what the provinces have set for its fees, and the question that finds out which province; unchanged when none
    has set anything."""
    fees = tuple(
        replace(item, places={id: found for id, local in locals_.items() if (found := _fee(local, guide, item))})
        for item in guide.parts.get(FEES, ())
    )
    if not any(item.places for item in fees):
        return guide
    options = {id: t.Option(id, each.name, (*each.words, *each.was)) for id, each in locals_.items()}
    questions = {**guide.questions, t.PLACE: t.Question(t.PLACE, ask, options, shared=True)}
    return replace(guide, parts={**guide.parts, FEES: fees}, questions=questions)


def _sharing_questions(guides: Iterable[t.Guide]) -> Iterator[t.Guide]:
    """Equal questions as one object: what is kept about them is found without comparing them."""
    kept: dict[t.Question, t.Question] = {}
    for guide in guides:
        yield replace(guide, questions={id: kept.setdefault(each, each) for id, each in guide.questions.items()})


def _fee(local: t.Local, guide: t.Guide, item: t.Item) -> tuple[t.Amount, ...]:
    return local.fees.get(guide.id, {}).get(item.text, ()) if item.local else ()


def _local(id: str, file: schema.LocalFile) -> t.Local:
    fees = {
        guide: {text: tuple(_amounts(amounts)) for text, amounts in each.items()} for guide, each in file.fees.items()
    }
    return t.Local(id, file.name, tuple(file.was), tuple(file.words), _phones(file.phones), fees)

"""Every id in the files that has to lead somewhere, and what it may be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.content import schema as s
from bot.content.files import Files
from bot.content.ids import FIRST_QUESTION, Ids, items, stem
from bot.content.source import Document, Loc
from bot.content.types import ASPECTS, FIRST_AID, OUT_OF_SCOPE, TOPICS


@dataclass(frozen=True, slots=True)
class Use:
    """An id that leads somewhere. `known`: what it may be; None when a broken file or id keeps that from being said."""

    document: Document
    loc: Loc
    kinds: tuple[str, ...]
    id: str
    known: Collection[str] | None


def uses(files: Files, ids: Ids) -> Iterator[Use]:
    """Every id in the well-formed files that has to lead somewhere."""
    return _Uses(files, ids).all()


class _Uses:
    def __init__(self, files: Files, ids: Ids) -> None:
        self.files, self.ids = files, ids
        self.shared = next((shape for _, shape in files.of(s.SharedFile)), s.SharedFile())
        self.sources, self.agencies, self.guides = ids.of("source"), ids.of("agency"), ids.of("guide")
        self.related = ids.of("guide", "entry")
        self.first_aid = self._first_aid()

    def all(self) -> Iterator[Use]:
        walks: dict[type, Callable[[Document, Any], Iterator[Use]]] = {
            s.GuideFile: self._guide,
            s.SharedFile: self._shared_file,
            s.AgenciesFile: self._agencies_file,
            s.LocalFile: self._local,
            s.IntentFile: self._intent,
            s.PhrasesFile: self._phrases,
            s.OutOfScopeFile: self._neighbours,
            s.FaqFile: self._faq,
            s.WarningFile: self._warning,
            s.SignalsFile: self._signals,
            s.StoriesFile: self._stories,
            s.NoticesFile: self._notices,
        }
        for file in self.files.by_path.values():
            if walk := walks.get(type(file.shape)):
                yield from walk(file.document, file.shape)

    def _first_aid(self) -> Collection[str] | None:
        file = self.files.by_path.get(f"service_guides/{FIRST_AID}.yaml")
        if file is None or not isinstance(file.shape, s.GuideFile):
            return None if file else ()
        question = file.shape.questions.get(FIRST_QUESTION)
        return self._options(question) if question else ()

    def _options(self, question: s.QuestionFile) -> Collection[str] | None:
        """Of the guide's own or the shared question; None when that one is missing."""
        if not question.shared:
            return question.options
        found = self.shared.questions.get(question.shared)
        return found.options if found else None

    def _guide(self, doc: Document, guide: s.GuideFile) -> Iterator[Use]:
        yield Use(doc, ("agency",), ("agency",), guide.agency, self.agencies)
        yield Use(doc, ("topic",), ("topic",), guide.topic or stem(doc.path), TOPICS)
        yield from self._list(doc, ("sources",), ("source",), guide.sources, self.sources)
        yield from self._list(doc, ("related",), ("guide", "entry"), guide.related, self.related)
        yield from self._list(doc, ("warnings",), ("warning",), guide.warnings, self.ids.of("warning"))
        for id, question in guide.questions.items():
            if question.shared:
                known = self.ids.of("shared_question")
                yield Use(doc, ("questions", id, "shared"), ("shared_question",), question.shared, known)
        options = {id: self._options(question) for id, question in guide.questions.items()}
        leads = self._problems(guide)
        for loc, item in items(guide):
            yield from self._item(doc, loc, item)
            yield from self._when(doc, loc, item, options)
            if isinstance(item, s.StepFile) and item.if_not:
                yield Use(doc, (*loc, "if_not"), ("problem", "shared_problem", "entry"), item.if_not, leads)

    def _problems(self, guide: s.GuideFile) -> Collection[str] | None:
        others = self.ids.of("shared_problem", "entry")
        return None if others is None else {*guide.problems, *others}

    def _item(self, doc: Document, loc: Loc, item: s.ItemFile) -> Iterator[Use]:
        yield from self._list(doc, (*loc, "source"), ("source",), item.source, self.sources)
        if item.shared:
            kind = "shared_problem" if isinstance(item, s.ProblemFile) else "shared_item"
            yield Use(doc, (*loc, "shared"), (kind,), item.shared, self.ids.of(kind))
        amount = item.amount if isinstance(item, s.FeeFile) else None
        if isinstance(amount, dict):
            yield from self._amounts(doc, (*loc, "amount"), amount)

    def _amounts(self, doc: Document, loc: Loc, amounts: Mapping[Any, s.AmountFile]) -> Iterator[Use]:
        for day, each in amounts.items():
            yield from self._list(doc, (*loc, day.isoformat(), "source"), ("source",), each.source, self.sources)

    def _when(
        self, doc: Document, loc: Loc, item: s.ItemFile, options: Mapping[str, Collection[str] | None]
    ) -> Iterator[Use]:
        base = self.shared.items.get(item.shared) if item.shared and not item.when else None
        where = (*loc, "shared") if base else (*loc, "when")
        for question, chosen in (base.when if base else item.when).items():
            yield Use(doc, (*where, question), ("question",), question, options)
            known = options.get(question)
            yield from self._list(doc, (*where, question), ("option",), chosen, known)

    def _list(
        self, doc: Document, loc: Loc, kinds: tuple[str, ...], found: Iterable[str], known: Collection[str] | None
    ) -> Iterator[Use]:
        return (Use(doc, (*loc, at), kinds, id, known) for at, id in enumerate(found))

    def _shared_file(self, doc: Document, shared: s.SharedFile) -> Iterator[Use]:
        for id, each in shared.items.items():
            yield from self._item(doc, ("items", id), each)
        for id, problem in shared.problems.items():
            yield from self._item(doc, ("problems", id), problem)

    def _agencies_file(self, doc: Document, file: s.AgenciesFile) -> Iterator[Use]:
        for id, agency in (file.__pydantic_extra__ or {}).items():
            yield from self._phones(doc, (id, "phones"), agency.phones)

    def _phones(self, doc: Document, loc: Loc, phones: Mapping[str, s.PhoneFile]) -> Iterator[Use]:
        for key, phone in phones.items():
            if phone.source:
                yield Use(doc, (*loc, key, "source"), ("source",), phone.source, self.sources)

    def _local(self, doc: Document, local: s.LocalFile) -> Iterator[Use]:
        yield from self._phones(doc, ("phones",), local.phones)
        for guide, fees in local.fees.items():
            yield Use(doc, ("fees", guide), ("guide",), guide, self.guides)
            file = self.files.by_path.get(f"service_guides/{guide}.yaml")
            fees_of = file.shape.fees if file and isinstance(file.shape, s.GuideFile) else None
            known = None if fees_of is None else [fee.text for fee in fees_of if fee.text and fee.amount == "local"]
            for text, amounts in fees.items():
                yield Use(doc, ("fees", guide, text), ("local_fee",), text, known)
                yield from self._amounts(doc, ("fees", guide, text), amounts)

    def _intent(self, doc: Document, intent: s.IntentFile) -> Iterator[Use]:
        yield Use(doc, ("guide",), ("guide",), intent.guide, self.guides)

    def _phrases(self, doc: Document, phrases: s.PhrasesFile) -> Iterator[Use]:
        if stem(doc.path) == "_aspects":
            yield from (Use(doc, (id,), ("aspect",), id, ASPECTS) for id in phrases.root)

    def _neighbours(self, doc: Document, file: s.OutOfScopeFile) -> Iterator[Use]:
        known = None if self.related is None else {*self.related, *TOPICS}
        for id, neighbour in file.root.items():
            yield from self._list(doc, (id, "related"), ("guide", "entry", "topic"), neighbour.related, known)

    def _faq(self, doc: Document, faq: s.FaqFile) -> Iterator[Use]:
        for id, entry in faq.root.items():
            yield Use(doc, (id, "topic"), ("topic",), entry.topic, (*TOPICS, OUT_OF_SCOPE))
            yield from self._list(doc, (id, "source"), ("source",), entry.source, self.sources)
            yield from self._list(doc, (id, "related"), ("guide", "entry"), entry.related, self.related)

    def _warning(self, doc: Document, warning: s.WarningFile) -> Iterator[Use]:
        yield Use(doc, ("then",), ("first_aid",), warning.then, self.first_aid)
        yield from self._list(doc, ("sources",), ("source",), warning.sources, self.sources)

    def _signals(self, doc: Document, signals: s.SignalsFile) -> Iterator[Use]:
        yield from (Use(doc, ("panic", id), ("first_aid",), id, self.first_aid) for id in signals.panic)

    def _stories(self, doc: Document, stories: s.StoriesFile) -> Iterator[Use]:
        yield from (Use(doc, ("harmed", id), ("first_aid",), id, self.first_aid) for id in stories.harmed)

    def _notices(self, doc: Document, notices: s.NoticesFile) -> Iterator[Use]:
        for id, notice in notices.root.items():
            yield from self._list(doc, (id, "topics"), ("topic",), notice.topics, TOPICS)

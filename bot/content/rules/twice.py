"""The same thing in two places: example sentences, codes, aliases, ids, step titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.content import schema as s
from bot.content.ids import KINDS, defined
from bot.content.problem import Problem
from bot.content.scope import Scope, rows
from bot.content.source import Document, Loc

_WORD = re.compile(r"\w+")
_TARGETS = ("guide", "entry", "warning", "neighbour", "small_talk")  # ids that share one name space

Where = tuple[Document, Loc]
Example = tuple[str, Document, Loc]


def same(text: str) -> str:
    """The form in which two sentences are the same: case and punctuation apart."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def sentence_twice(scope: Scope) -> Iterator[Problem]:
    """Code `trung_cau`, at the second place."""
    first: dict[str, Where] = {}
    for text, document, loc in examples(scope):
        form = same(text)
        if form in first:
            yield document.problem(loc, "trung_cau", _twice(text, *first[form], document))
        else:
            first[form] = document, loc
    yield from _in_lists(scope)
    for document in scope.cases or ():
        for loc, row in rows(document):
            sentence = row.get("text")
            if isinstance(sentence, str) and (form := same(sentence)) in first:
                said = f"«{sentence}» cũng là câu mẫu ({_at(*first[form])}). Câu thử phải khác câu mẫu"
                yield document.problem(loc, "trung_cau", said)


def examples(scope: Scope) -> Iterator[Example]:
    """Every sentence that the model learns from."""
    files = scope.files
    for document, intent in files.of(s.IntentFile):
        yield from ((text, document, loc) for loc, _, text in intent.sentences())
    for document, faq in files.of(s.FaqFile):
        for id, entry in faq.root.items():
            yield from ((text, document, (id, *loc)) for loc, _, text in entry.sentences())
    for document, warning in files.of(s.WarningFile):
        yield from ((text, document, ("says", at)) for at, text in enumerate(warning.says))
    others: list[tuple[Document, s.OutOfScopeFile | s.SmallTalkFile]]
    others = [*files.of(s.OutOfScopeFile), *files.of(s.SmallTalkFile)]
    for document, file in others:
        for id, each in file.root.items():
            yield from ((text, document, (id, "examples", at)) for at, text in enumerate(each.examples))


def _in_lists(scope: Scope) -> Iterator[Problem]:
    """Phrases of aspects and of commands, and words of one question's options, each among themselves."""
    for document, phrases in scope.files.of(s.PhrasesFile):
        found = [(text, (id, at)) for id, texts in phrases.root.items() for at, text in enumerate(texts)]
        yield from _among(document, found)
    for document, guide in scope.files.of(s.GuideFile):
        yield from _options(document, guide.questions)
    for document, shared in scope.files.of(s.SharedFile):
        yield from _options(document, shared.questions)


def _options(document: Document, questions: dict[str, s.QuestionFile]) -> Iterator[Problem]:
    for id, question in questions.items():
        found: list[tuple[str, Loc]] = []
        for option, each in question.options.items():
            loc: Loc = ("questions", id, "options", option)
            words = [
                (word, (*loc, "words", at)) for at, word in enumerate(each.words) if same(word) != same(each.label)
            ]
            found += [(each.label, (*loc, "label")), *words]
        yield from _among(document, found)


def _among(document: Document, found: Sequence[tuple[str, Loc]]) -> Iterator[Problem]:
    first: dict[str, Loc] = {}
    for text, loc in found:
        form = same(text)
        if form in first:
            yield document.problem(loc, "trung_cau", _twice(text, document, first[form], document))
        first.setdefault(form, loc)


def _twice(text: str, document: Document, loc: Loc, here: Document) -> str:
    where = f"dòng {document.line(loc)}" if document is here else _at(document, loc)
    return f"«{text}» đã có ở {where}. Xóa một chỗ, hoặc viết khác đi cho rõ ý"


def _at(document: Document, loc: Loc) -> str:
    return f"{document.path}:{document.line(loc)}"


def name_twice(scope: Scope) -> Iterator[Problem]:
    """Code `trung_ma`, at the second place."""
    codes: list[tuple[str, Where]] = []
    names: list[tuple[str, Where]] = []
    intents: list[tuple[str, Where]] = []
    for document, guide in scope.files.of(s.GuideFile):
        codes.append((guide.code, (document, ("code",))))
        title, aliases = same(guide.title), [same(alias) for alias in guide.aliases]
        names.append((title, (document, ("title",))))
        names += [(alias, (document, ("aliases", at))) for at, alias in enumerate(aliases) if alias != title]
        titles = [(step.title, (document, ("steps", at, "title"))) for at, step in enumerate(guide.steps)]
        yield from _names("tên bước", titles, "Mỗi bước một tên, vì người dân quay lại bước theo tên")
    for document, intent in scope.files.of(s.IntentFile):
        intents.append((intent.guide, (document, ("guide",))))
    yield from _names("mã", codes, "Mỗi bài một mã riêng")
    yield from _names("tên gọi", names, "Mỗi tên gọi chỉ dẫn đến một bài")
    yield from _names("câu mẫu của bài", intents, "Gộp vào một tệp")
    yield from _ids(scope)


def _names(what: str, found: Sequence[tuple[str, Where]], way_out: str) -> Iterator[Problem]:
    first: dict[str, Where] = {}
    for name, (document, loc) in found:
        if name in first:
            text = f"{what} «{name}» đã có ở {_at(*first[name])}. {way_out}"
            yield document.problem(loc, "trung_ma", text)
        first.setdefault(name, (document, loc))


def _ids(scope: Scope) -> Iterator[Problem]:
    """Ids of targets are one name space: a choice carries only the id."""
    found = [place for place in defined(scope.files) if place.kind in _TARGETS]
    found.sort(key=lambda place: place.id)  # stable: the order of the files stays
    for first, second in pairwise(found):
        if first.id == second.id:
            what = KINDS[first.kind][0]
            text = f"«{second.id}» đã là tên của {what} ở {_at(first.document, first.loc)}. Đặt tên khác"
            yield second.document.problem(second.loc, "trung_ma", text)

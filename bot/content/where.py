"""Where an id is defined and used: a source, an agency, a question, a shared item, a guide, an entry, a sentence …"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.content import schema as s
from bot.content.files import Files
from bot.content.ids import KINDS, defined, index, stem
from bot.content.phrases import said_by_code
from bot.content.source import Document, Loc
from bot.content.uses import Use, uses

PART_NAMES: Mapping[str, str] = {
    "who": "đối tượng",
    "documents": "hồ sơ",
    "fees": "lệ phí",
    "duration": "thời hạn",
    "deadlines": "hạn chót",
    "where": "nơi nộp",
    "steps": "các bước",
    "result": "kết quả",
    "problems": "lỗi",
    "tracking": "tra cứu",
    "penalties": "mức phạt",
    "sources": "căn cứ",
    "related": "việc liên quan",
    "warnings": "cảnh báo",
    "questions": "câu hỏi",
    "agency": "cơ quan",
}
MOST = 60  # characters of a sentence that is quoted


class Found(NamedTuple):
    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def where(files: Files, id: str) -> list[Found]:
    """Definitions first, then uses, each in the order of the files."""
    found = [
        Found(place.document.path, place.document.line(place.loc), f"{KINDS[place.kind][0]} «{id}»")
        for place in defined(files)
        if place.id == id
    ]
    found += _inside_guides(files, id)
    found += [_used(use) for use in uses(files, index(files)) if use.id == id and not _itself(use)]
    quoted, _ = said_by_code()
    found += [Found(path, line, "chương trình nói câu này") for path, line in quoted.get(id, ()) if _phrase(files, id)]
    return list(dict.fromkeys(found))


def _phrase(files: Files, id: str) -> bool:
    return any(id in file.root for _, file in files.of(s.BotFile))


def _itself(use: Use) -> bool:
    """A guide that is its own topic does not use it."""
    return use.kinds == ("topic",) and use.loc not in use.document.lines


def _inside_guides(files: Files, id: str) -> Iterator[Found]:
    """Questions, options and problems of single guides and of the shared file."""
    for document, guide in files.of(s.GuideFile):
        yield from _questions(document, guide.questions, id, f"của bài «{guide.title}»")
        if id in guide.problems:
            yield Found(document.path, document.line(("problems", id)), f"lỗi của bài «{guide.title}»")
    for document, shared in files.of(s.SharedFile):
        yield from _questions(document, shared.questions, id, "dùng chung")


def _questions(document: Document, questions: Mapping[str, s.QuestionFile], id: str, whose: str) -> Iterator[Found]:
    for name, question in questions.items():
        if name == id and not question.shared and whose != "dùng chung":
            yield Found(document.path, document.line(("questions", name)), f"câu hỏi {whose}")
        if id in question.options:
            loc = ("questions", name, "options", id)
            yield Found(document.path, document.line(loc), f"lựa chọn của câu hỏi «{name}» {whose}")


def _used(use: Use) -> Found:
    return Found(use.document.path, use.document.line(use.loc), f"dùng ở {describe(use.document, use.loc)}")


def describe(document: Document, loc: Loc) -> str:
    """A place as an editor would call it: «Đăng ký tạm trú – lệ phí: Nộp trên mạng»."""
    value: Any = document.value
    if not isinstance(value, dict):
        return document.path
    title = value.get("title") or value.get("guide") or value.get("name")
    if isinstance(title, str):
        part = PART_NAMES.get(str(loc[0]), "") if loc else ""
        said = _sentence(document, loc[:2]) if part else ""
        return " – ".join(each for each in (title, ": ".join(each for each in (part, said) if each)) if each)
    named = [part for part in loc[:2] if isinstance(part, str)] or [stem(document.path)]
    return _sentence(document, loc[:2]) or _sentence(document, loc[:1]) or f"«{named[-1]}»"


def _sentence(document: Document, loc: Loc) -> str:
    """What the thing at a place says, shortened."""
    value = document.at(loc)
    if not isinstance(value, dict):
        return ""
    asked = value.get("questions")
    texts = [*asked[:1]] if isinstance(asked, list) else []
    texts += [value.get(key) for key in ("title", "ask", "error", "text", "name", "answer")]
    texts += [f"«{value['shared']}»"] if "shared" in value else []
    said = " ".join(next((text for text in texts if isinstance(text, str)), "").split())
    return said if len(said) <= MOST else f"{said[: MOST - 1].rstrip()}…"

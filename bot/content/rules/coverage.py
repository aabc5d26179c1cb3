"""What has no case, what nobody uses, and what is too little to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.content import schema as s
from bot.content.ids import KINDS
from bot.content.phrases import said_by_code
from bot.content.problem import Problem
from bot.content.references import nearest
from bot.content.scope import Scope, places, rows
from bot.content.source import Document
from bot.content.types import ASPECTS, OUT_OF_SCOPE
from bot.content.uses import uses

_USED = ("source", "agency", "shared_question", "shared_item", "shared_problem")


def untested(scope: Scope) -> Iterator[Problem]:
    """Code `chua_thu`; a case of an unknown target is `khong_co`, and an unreadable one `yaml`."""
    if scope.cases is None:
        return
    targets, talked = set[str](), set[str]()
    for document in scope.cases:
        yield from document.problems
        talk = "/talks/" in document.path
        for _, id in _entries(document.value):
            (talked if talk else targets).add(id)
    topics = {scope.content.topic_of(id) for id in targets}
    seen = set[str]()
    for document, guide in scope.guides():
        if guide.topic not in topics | seen:
            seen.add(guide.topic)
            text = f"chủ đề «{guide.topic}» chưa có câu thử. Viết tests/cases/understand/{guide.topic}.yaml"
            yield document.problem((), "chua_thu", text)
        if guide.id not in talked:
            text = f"bài chưa có cuộc trò chuyện thử. Viết tests/cases/talks/{guide.id}.yaml"
            yield document.problem((), "chua_thu", text)


def lost_case(scope: Scope) -> Iterator[Problem]:
    """Code `khong_co`: a case that names what does not exist."""
    targets = scope.ids.of("guide", "entry", "warning", "neighbour", "small_talk")
    for document in scope.cases or ():
        for loc, id in _entries(document.value):
            if targets is not None and id not in targets and id != OUT_OF_SCOPE:
                near = nearest(id, targets)
                way_out = f"Có phải «{near}» không?" if near else "Sửa lại tên"
                yield document.problem((*loc, "entry"), "khong_co", f"«{id}» – không có bài hay mục tên này. {way_out}")
        for loc, row in rows(document):
            for aspect in _either(row.get("aspect")):
                if aspect not in ASPECTS:
                    text = f"«{aspect}» không phải phần của bài. Chọn trong: {', '.join(ASPECTS)}"
                    yield document.problem((*loc, "aspect"), "khong_co", text)


def _entries(value: Any, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every `entry:` of a file, at any depth."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        if key == "entry":
            yield from ((loc, id) for id in _either(inner))
        else:
            yield from _entries(inner, (*loc, key))


def unused(scope: Scope) -> Iterator[Problem]:
    """Code `khong_dung`. A broken file may use anything: until it is mended nothing is said."""
    used = {(kind, use.id) for use in uses(scope.files, scope.ids) for kind in use.kinds}
    for kind in () if scope.broken() else _USED:
        for id, place in scope.ids.by_kind.get(kind, {}).items():
            if (kind, id) not in used:
                text = f"{KINDS[kind][0]} «{id}» không ai dùng. Xóa đi, hoặc dùng ở bài cần nó"
                yield place.document.problem(place.loc, "khong_dung", text)
    quoted, begun = said_by_code()
    for id, place in scope.ids.by_kind.get("phrase", {}).items():
        if id not in quoted and not id.startswith(begun):
            text = f"bot không nói câu «{id}» ở đâu cả. Xóa đi, hoặc xem lại tên câu"
            yield place.document.problem(place.loc, "khong_dung", text)


def _either(value: Any) -> list[str]:
    """«loi|cac_buoc»: either is right."""
    return value.split("|") if isinstance(value, str) else []


def too_little(scope: Scope) -> Iterator[Problem]:
    """Code `thieu`: an item without words, a question without choices, a guide that nobody can ask for."""
    asked_for = {intent.guide for _, intent in scope.files.of(s.IntentFile)}
    for document, guide in scope.guides():
        if guide.id not in asked_for and f"intents/{guide.id}.yaml" not in scope.files.by_path:
            text = f"bài chưa có câu mẫu nào. Viết intents/{guide.id}.yaml"
            yield document.problem((), "thieu", text)
        for _, loc, item in places(guide):
            if not (item.text or item.title):
                yield document.problem(loc, "thieu", "mục không có chữ nào. Thêm «text: …»")
    owners: list[tuple[Document, Mapping[str, s.QuestionFile]]] = []
    owners += [(document, guide.questions) for document, guide in scope.files.of(s.GuideFile)]
    owners += [(document, shared.questions) for document, shared in scope.files.of(s.SharedFile)]
    for document, questions in owners:
        for id, question in questions.items():
            if not question.shared and (len(question.options) < 2 or not question.ask):
                text = f"câu hỏi «{id}» cần «ask» và ít nhất hai lựa chọn. Viết thêm, hoặc bỏ câu hỏi"
                yield document.problem(("questions", id), "thieu", text)


def shared_twice(scope: Scope) -> Iterator[Problem]:
    """Code `thua`: what is shared is not itself made of something shared."""
    for document, shared in scope.files.of(s.SharedFile):
        for key in ("questions", "items", "problems"):
            for id, each in getattr(shared, key).items():
                if each.shared:
                    text = "mục dùng chung không lấy từ mục dùng chung khác. Viết rõ ra ở đây"
                    yield document.problem((key, id, "shared"), "thua", text)

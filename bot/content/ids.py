"""Every id that the files define: of which kind, where, and what an editor calls it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from bot.content import schema as s
from bot.content.files import Files
from bot.content.source import Document, Loc
from bot.content.types import FIRST_AID, PARTS

FIRST_QUESTION = "chuyen_gi"  # of the first-aid guide: what has happened

# kind → what an editor calls it, and where it is written
KINDS: Mapping[str, tuple[str, str]] = {
    "guide": ("bài hướng dẫn", "service_guides/"),
    "entry": ("mục hỏi đáp", "faq_vi/"),
    "warning": ("lời cảnh báo", "faq_vi/canh_bao/"),
    "neighbour": ("việc lân cận", "intents/_out_of_scope*.yaml"),
    "small_talk": ("câu trò chuyện", "intents/_small_talk.yaml"),
    "source": ("nguồn", "service_guides/_sources.yaml"),
    "agency": ("cơ quan", "service_guides/_agencies.yaml"),
    "shared_question": ("câu hỏi dùng chung", "service_guides/_shared.yaml"),
    "shared_item": ("mục dùng chung", "service_guides/_shared.yaml"),
    "shared_problem": ("lỗi dùng chung", "service_guides/_shared.yaml"),
    "problem": ("lỗi", "mục problems của bài"),
    "question": ("câu hỏi", "mục questions của bài"),
    "option": ("lựa chọn", "câu hỏi đó"),
    "first_aid": ("lựa chọn", f"câu hỏi {FIRST_QUESTION} của service_guides/{FIRST_AID}.yaml"),
    "local_fee": ("mục lệ phí «amount: local»", "bài đó"),
    "topic": ("chủ đề", "danh sách chủ đề"),
    "aspect": ("phần của bài", "danh sách phần"),
    "phrase": ("câu của bot", "faq_vi/_bot.yaml"),
    "notice": ("thông báo", "notices.yaml"),
}

_OF_ROOT: Mapping[type, str] = {
    s.FaqFile: "entry",
    s.SourcesFile: "source",
    s.AgenciesFile: "agency",
    s.OutOfScopeFile: "neighbour",
    s.SmallTalkFile: "small_talk",
    s.BotFile: "phrase",
    s.NoticesFile: "notice",
}
_OF_PATH: Mapping[type, str] = {s.GuideFile: "guide", s.WarningFile: "warning"}
_OF_SHARED = {"questions": "shared_question", "items": "shared_item", "problems": "shared_problem"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an id of a kind is defined."""

    document: Document
    loc: Loc
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of each kind. A kind of which a file is unreadable has no list: any id may be meant."""

    by_kind: Mapping[str, Mapping[str, Place]]
    unread: frozenset[str]

    def of(self, *kinds: str) -> Collection[str] | None:
        if self.unread & set(kinds):
            return None
        if len(kinds) == 1:
            return self.by_kind.get(kinds[0], {})
        return {id for kind in kinds for id in self.by_kind.get(kind, {})}


def stem(path: str) -> str:
    return PurePosixPath(path).stem


def defined(files: Files) -> Iterator[Place]:
    """Every definition, in the order of the files; a double comes twice. A broken file defines what it can."""
    for path, file in files.by_path.items():
        for kind, loc, id in _defined(_kind_of(path), path, file.document.value):
            yield Place(file.document, loc, kind, id)


def _kind_of(path: str) -> type:
    return next((kind for glob, kind in s.FILES if fnmatchcase(path, glob)), object)


def _defined(kind: type, path: str, value: Any) -> Iterator[tuple[str, Loc, str]]:
    if kind in _OF_PATH:
        yield _OF_PATH[kind], (), stem(path)
    if not isinstance(value, dict):
        return
    if kind in _OF_ROOT:
        yield from ((_OF_ROOT[kind], (id,), id) for id in value if kind is not s.AgenciesFile or id != "hosts")
    if kind is s.SharedFile:
        for key, shared in _OF_SHARED.items():
            items = value.get(key)
            yield from ((shared, (key, id), id) for id in (items if isinstance(items, dict) else ()))


def index(files: Files) -> Ids:
    by_kind: dict[str, dict[str, Place]] = {}
    for place in defined(files):
        by_kind.setdefault(place.kind, {}).setdefault(place.id, place)
    unread: set[str] = set()
    for path, file in files.by_path.items():
        if file.shape is None and not isinstance(file.document.value, dict):
            kind = _kind_of(path)
            unread |= {_OF_ROOT[kind]} if kind in _OF_ROOT else set()
            unread |= set(_OF_SHARED.values()) if kind is s.SharedFile else set()
    return Ids(by_kind, frozenset(unread))


def items(guide: s.GuideFile) -> Iterator[tuple[Loc, s.ItemFile]]:
    """Every item of a guide with its place, in the order in which parts are shown."""
    for key in PARTS.values():
        part = getattr(guide, key)
        pairs = part.items() if isinstance(part, dict) else enumerate(part)
        yield from (((key, at), item) for at, item in pairs)

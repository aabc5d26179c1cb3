"""What the rules of `check` look at: the files, their ids, the content built of them, the cases that test it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.content import schema as s
from bot.content import source
from bot.content.build import build
from bot.content.files import Files
from bot.content.ids import Ids, index, stem
from bot.content.source import Document, Loc
from bot.content.types import PARTS, Content, Guide, Item


@dataclass(frozen=True, slots=True)
class Scope:
    files: Files
    ids: Ids
    content: Content  # ids that lead nowhere are left out of it
    cases: tuple[Document, ...] | None  # None: there is no directory of cases

    def guides(self) -> Iterator[tuple[Document, Guide]]:
        """The well-formed guides, what they share resolved. A second file of the same name is left to `trung_ma`."""
        for document, _ in self.files.of(s.GuideFile):
            if document is self.ids.by_kind["guide"][stem(document.path)].document:
                yield document, self.content.guides[stem(document.path)]

    def home(self, document: Document, loc: Loc, key: str) -> tuple[Document, Loc]:
        """Where the `key` of a guide's item is written: there, or with the shared item that it takes it from."""
        item = document.at(loc)
        kind = "shared_problem" if loc[0] == "problems" else "shared_item"
        place = None if key in item else self.ids.by_kind.get(kind, {}).get(item.get("shared"))
        return (place.document, place.loc) if place else (document, loc)

    def broken(self) -> bool:
        return any(file.shape is None for file in self.files.by_path.values())


def scope(files: Files, tests: Path | None) -> Scope:
    """`tests`: the directory that holds `cases/`."""
    return Scope(files, index(files), build(files), cases(tests) if tests else None)


def cases(tests: Path) -> tuple[Document, ...] | None:
    folder = tests / "cases"
    if not folder.is_dir():
        return None
    return tuple(source.read(tests.parent, path) for path in sorted(folder.rglob("*.yaml")))


def places(guide: Guide) -> Iterator[tuple[str, Loc, Item]]:
    """The items of a guide: the part, where they stand in its file, and what they say."""
    for aspect, items in guide.parts.items():
        for at, item in enumerate(items):
            yield aspect, (PARTS[aspect], item.id or at), item


def rows(document: Document) -> Iterator[tuple[Loc, dict[str, Any]]]:
    """The cases of a file, or nothing where it has another shape."""
    for at, row in enumerate(document.value if isinstance(document.value, list) else ()):
        if isinstance(row, dict):
            yield (at,), row


def shifted(value: date, days: int) -> date:
    """Some days later or, negative, earlier; the first or last day of the calendar where there is no such day."""
    try:
        return value + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def day(value: date) -> str:
    return f"{value.day}/{value.month}/{value.year}"

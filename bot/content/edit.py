"""Sentences put into a content file as lines of their own; every other byte stays as it was."""

from __future__ import annotations

import copy
import difflib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from bot.content import schema as s
from bot.content import source
from bot.content.files import Files
from bot.content.source import Document, Loc

_DASH = re.compile(r"\s*-\s+")


class EditError(Exception):
    """A file cannot be edited by a program; the text is for the editor, in Vietnamese, with the way out."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A file as it was read and as it is to be."""

    root: Path
    path: str
    before: bytes
    after: bytes

    def apply(self) -> None:
        """Raises EditError when the file has changed since it was read, and OSError."""
        self._put(self.before, self.after)

    def undo(self) -> None:
        """Raises EditError when somebody has edited the file meanwhile, and OSError."""
        self._put(self.after, self.before)

    def patch(self) -> str:
        """The change as `patch -p1` reads it."""
        old, new = (data.decode("utf-8-sig").splitlines(keepends=True) for data in (self.before, self.after))
        return "".join(difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}", n=1))

    def _put(self, old: bytes, new: bytes) -> None:
        """Written beside the file and moved: nobody reads half a file."""
        file = self.root / self.path
        if file.read_bytes() != old:
            raise EditError(f"{self.path} vừa được sửa ở nơi khác. Tự thêm hoặc xóa câu mẫu trong tệp")
        part = file.with_name(f".{file.name}.{os.getpid()}")
        part.write_bytes(new)
        shutil.copymode(file, part)
        part.replace(file)


def edit(files: Files, target: str, aspect: str, sentences: Sequence[str]) -> Edit:
    """The sentences among those of a guide, an entry, a neighbour or small talk; of a guide under the part asked for.
    Reads the file anew. Raises EditError and OSError."""
    path, *loc = _home(files, target)
    before = (files.root / path).read_bytes()
    return Edit(files.root, path, before, added(path, before, tuple(loc), aspect, sentences))


def _home(files: Files, target: str) -> tuple[str, *tuple[str, ...]]:
    """The file and the place in it where sentences of a target stand."""
    for document, intent in files.of(s.IntentFile):
        if intent.guide == target:
            return document.path, "examples"
    for document, faq in files.of(s.FaqFile):
        if target in faq.root:
            return document.path, target, "questions"
    others: list[tuple[Document, s.OutOfScopeFile | s.SmallTalkFile]]
    others = [*files.of(s.OutOfScopeFile), *files.of(s.SmallTalkFile)]
    for document, file in others:
        if target in file.root:
            return document.path, target, "examples"
    raise EditError(f"«{target}» chưa có tệp câu mẫu. Tạo tệp trong intents/ trước")


def added(path: str, data: bytes, loc: Loc, aspect: str, sentences: Sequence[str]) -> bytes:
    """The file with the sentences at the end of the list at `loc`, under `aspect` where the list is one by parts."""
    document, lines = source.parse(path, data), data.decode(errors="replace").split("\n")
    here = document.at(loc)
    expected: Any = copy.deepcopy(document.value)
    if not isinstance(here, dict):
        new = _after(document, lines, loc, sentences)
        _at(expected, loc).extend(sentences)
    elif aspect in here:
        new = _after(document, lines, (*loc, aspect), sentences)
        _at(expected, (*loc, aspect)).extend(sentences)
    else:
        new = _new_part(document, lines, (*loc, list(here)[-1]), aspect, sentences)
        _at(expected, loc)[aspect] = list(sentences)
    edited = "\n".join(new).encode()
    read = source.parse(path, edited)
    if read.value != expected or read.problems:
        raise EditError(f"{path}: không tự thêm vào đúng chỗ được. Tự thêm câu mẫu trong tệp")
    return edited


def _after(document: Document, lines: Sequence[str], loc: Loc, sentences: Sequence[str]) -> list[str]:
    end, dash, close = _end(document, lines, loc)
    return [*lines[:end], *_items(dash, close, sentences), *lines[end:]]


def _new_part(document: Document, lines: Sequence[str], last: Loc, aspect: str, sentences: Sequence[str]) -> list[str]:
    """A part that the file did not have, after its `last` one."""
    end, dash, close = _end(document, lines, last)
    key = lines[document.line(last) - 1]
    indent = key[: len(key) - len(key.lstrip())]
    return [*lines[:end], f"{indent}{aspect}:{close}", *_items(dash, close, sentences), *lines[end:]]


def _end(document: Document, lines: Sequence[str], loc: Loc) -> tuple[int, str, str]:
    """The line after a list, what its items begin with, and what its lines end with besides «\\n»."""
    items = document.at(loc)
    start = document.line((*loc, len(items) - 1)) if isinstance(items, list) and items else 0
    dash = _DASH.match(lines[start - 1]) if start else None
    if dash is None:
        text = "danh sách viết trong [] hoặc còn trống. Viết mỗi câu một dòng bắt đầu bằng «- »"
        raise EditError(f"{document.path}:{document.line(loc)}: {text}")
    depth = dash[0].index("-")
    folded = takewhile(lambda line: line.strip() and _depth(line) > depth, lines[start:])
    return start + sum(1 for _ in folded), dash[0], "\r" if lines[start - 1].endswith("\r") else ""


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _items(dash: str, close: str, sentences: Sequence[str]) -> Iterator[str]:
    yield from (f"{dash}{_scalar(sentence)}{close}" for sentence in sentences)


def _scalar(sentence: str) -> str:
    """As it is when YAML reads it so, else quoted."""
    quoted = "'" + sentence.replace("'", "''") + "'"
    for form in (sentence, quoted):
        read = source.parse("", f"- {form}\n".encode())
        if read.value == [sentence] and not read.problems:
            return form
    raise EditError(f"«{sentence}» không viết được thành một dòng")


def _at(value: Any, loc: Loc) -> Any:
    for part in loc:
        value = value[part]
    return value

"""YAML → text values, with the line of every key; built from events, so that nothing nests too deep or grows too large.

Every scalar is text: no octal ward codes, no 8:30 turned into 510. Duplicate keys, anchors and tags are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.content.problem import Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 12

Loc = tuple[str | int, ...]

# what libyaml says → what an editor understands
_COLON = 'có dấu «: » giữa câu, hoặc thụt dòng sai. Đặt cả câu trong dấu nháy "…"'
_BRACKET = "ngoặc {} hoặc [] chưa đóng, hoặc thiếu dấu phẩy bên trong"
_INDENT = "thụt dòng không thẳng hàng, hoặc thiếu dấu nháy đóng"
_SAID = {
    "mapping values are not allowed": _COLON,
    "found a tab character": "có phím Tab. Thụt dòng bằng dấu cách",
    "found character that cannot start any token": "câu bắt đầu bằng @, `, % hoặc phím Tab. Đặt cả câu trong dấu nháy",
    "could not find expected ':'": "thiếu dấu hai chấm sau tên mục, hoặc câu xuống dòng mà không thụt vào",
    "did not find expected key": _INDENT,
    "did not find expected '-' indicator": "danh sách lẫn với tên mục. Mỗi dòng của danh sách bắt đầu bằng «- »",
    "did not find expected ','": _BRACKET,
    "did not find expected node content": _BRACKET,
    "found unexpected end of stream": "thiếu dấu nháy đóng",
    "found unknown escape character": "có dấu \\ trong dấu nháy kép. Dùng dấu nháy đơn",
    "did not find expected comment or line break": "sau dấu > hoặc | phải xuống dòng. Đặt cả câu trong dấu nháy",
    "control characters are not allowed": "có ký tự điều khiển lạ. Gõ lại dòng này",
}
# where libyaml notices only at the end what began to break at the context
_BROKE_AT_CONTEXT = ("quoted scalar", "simple key", "flow mapping", "flow sequence")


@dataclass(frozen=True, slots=True)
class Document:
    """A file: its value (dict, list, text or None) and the line (from 1) on which each key or list item stands."""

    path: str
    value: Any = None
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def line(self, loc: Loc) -> int:
        """The line of the deepest part of `loc` that the file really has."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def at(self, loc: Loc) -> Any:
        """What stands at a place; None where there is nothing (any more: of a key that stands twice the first counts)."""
        value = self.value
        for part in loc:
            inside = part in value if isinstance(value, dict) else isinstance(value, list) and isinstance(part, int)
            value = value[part] if inside else None
        return value

    def problem(self, loc: Loc, code: str, text: str) -> Problem:
        return Problem(self.path, self.line(loc), code, text)


def read(root: Path, file: Path) -> Document:
    """Never raises for bad content: what cannot be read is a document with problems and no value."""
    path = file.relative_to(root).as_posix()
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            return _broken(path, 1, f"tệp quá lớn ({size:,} byte, tối đa {MAX_BYTES:,}). Tách thành nhiều tệp nhỏ")
        data = file.read_bytes()
    except OSError as error:
        return _broken(path, 1, f"không đọc được tệp ({error.strerror}). Xem lại quyền của tệp")
    return parse(path, data)


def parse(path: str, data: bytes) -> Document:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _broken(path, line, "không phải chữ UTF-8. Lưu lại tệp với bảng mã UTF-8")
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        said = next((vi for en, vi in _SAID.items() if en in str(error.problem)), f"không hiểu được ({error.problem})")
        return _broken(path, _broke_at(error), said)
    except yaml.reader.ReaderError as error:
        # libyaml's reader gives a position in characters of the text
        line = text[: max(error.position, 0)].count("\n") + 1 if isinstance(error.position, int) else 1
        return _broken(path, line, _SAID["control characters are not allowed"])
    except _Refused as refused:
        return _broken(path, refused.line, refused.text)
    return Document(path, builder.root, builder.lines, tuple(builder.problems))


def _broke_at(error: yaml.MarkedYAMLError) -> int:
    early = error.context_mark if str(error.context).endswith(_BROKE_AT_CONTEXT) else None
    mark = early or error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 1


def _broken(path: str, line: int, text: str) -> Document:
    return Document(path, None, {(): line}, (Problem(path, line, "yaml", text),))


class _Refused(Exception):  # noqa: N818 - what happened
    def __init__(self, line: int, text: str) -> None:
        self.line, self.text = line, text


class _Frame:
    """An open mapping or list. `key` is the pending key of a mapping, or the index of the next list item."""

    def __init__(self, value: dict[str, Any] | list[Any], loc: Loc, flow: bool) -> None:
        self.value, self.loc, self.flow = value, loc, flow
        self.key: str | None = None


class _Builder:
    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Any = None
        self.lines: dict[Loc, int] = {(): 1}
        self.problems: list[Problem] = []
        self._stack: list[_Frame] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _Refused(line, "có dòng «---» tách tệp làm hai. Bỏ dòng đó")
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(line, "không dùng «&tên» và «*tên». Viết rõ ra, hoặc đưa vào _shared.yaml")
        elif getattr(event, "tag", None):
            raise _Refused(line, "câu bắt đầu bằng dấu «!». Đặt cả câu trong dấu nháy")
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], bool(event.flow_style), line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, event.value, line)
            return
        empty = event.value == "" and not event.style
        if empty and frame and frame.flow and isinstance(frame.value, dict):
            text = f"câu bị dấu phẩy cắt ở «{frame.key}». Đừng viết câu trong {{}}; xuống dòng, hoặc đặt trong dấu nháy"
            self.problems.append(Problem(self.path, line, "dau_phay", text))
        self._put(None if empty else event.value, line)

    def _key(self, frame: _Frame, key: str, line: int) -> None:
        assert isinstance(frame.value, dict)  # noqa: S101 – told to mypy, kept by the caller
        loc = (*frame.loc, key)
        if key in frame.value:
            first = self.lines[loc]
            text = f"«{key}» viết hai lần (lần đầu ở dòng {first}). Gộp lại hoặc xóa một chỗ"
            self.problems.append(Problem(self.path, line, "trung_khoa", text))
        else:
            self.lines[loc] = line
        frame.key = key

    def _open(self, value: dict[str, Any] | list[Any], flow: bool, line: int) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise _Refused(line, f"lồng nhau quá sâu (hơn {MAX_DEPTH} lớp). Xem lại thụt dòng và ngoặc")
        if self._stack and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None:
            raise _Refused(line, "tên mục phải là chữ, không phải {} hay []")
        loc = self._put(value, line)
        self._stack.append(_Frame(value, loc, flow))

    def _put(self, value: Any, line: int) -> Loc:
        if not self._stack:
            self.root = value
            self.lines[()] = line
            return ()
        frame = self._stack[-1]
        if isinstance(frame.value, list):
            loc: Loc = (*frame.loc, len(frame.value))
            self.lines[loc] = line
            frame.value.append(value)
            return loc
        assert frame.key is not None  # noqa: S101
        loc = (*frame.loc, frame.key)
        frame.value.setdefault(frame.key, value)
        frame.key = None
        return loc

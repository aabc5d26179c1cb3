"""A content directory → its files with their shapes, and what is wrong with each."""

from __future__ import annotations

import difflib
import hashlib
import pickle
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.content import source
from bot.content.load import FOLDERS, NOTICES, Pack, Packed
from bot.content.problem import ContentError, Problem
from bot.content.schema import FILES, NoticesFile
from bot.content.source import Document, Loc

AnyShape = TypeVar("AnyShape", bound=BaseModel)

_OWN_CODES = ("tien_sai", "ngay_sai", "ten_sai", "link_sai")
_A_LIST, _KEYS = "một danh sách (mỗi dòng một dấu «-»)", "các mục «tên: giá trị»"
_KIND = {
    "string_type": "một câu",
    "list_type": _A_LIST,
    "tuple_type": _A_LIST,
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
}


@dataclass(frozen=True, slots=True)
class File:
    document: Document
    shape: BaseModel | None  # None when the file is unreadable or not of its shape
    digest: bytes = b""  # of what stands in it; empty when it is not worth keeping


@dataclass(frozen=True, slots=True)
class Files:
    """Every content file by its path in the directory, and the problems of reading them."""

    root: Path
    by_path: Mapping[str, File]
    problems: tuple[Problem, ...]

    def of(self, kind: type[AnyShape]) -> Iterator[tuple[Document, AnyShape]]:
        """The well-formed files of one shape, in the order of their paths."""
        for file in self.by_path.values():
            if isinstance(file.shape, kind):
                yield file.document, file.shape


def paths(root: Path) -> list[Path]:
    """The files of a content directory, sorted. Raises ContentError when it is no content directory."""
    if not any((root / folder).is_dir() for folder in FOLDERS):
        wanted = ", ".join(f"{folder}/" for folder in FOLDERS)
        text = f"không phải thư mục nội dung. Cần có {wanted} bên trong; xem lại --content hoặc MOTCUA_CONTENT"
        raise ContentError([Problem(root.as_posix(), 1, "thieu", text)])
    found = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.yaml"))]
    return found + [root / NOTICES] * (root / NOTICES).is_file()


def read_files(root: Path, before: Pack | None = None) -> Files:
    """Reads everything, never stops at the first problem; of files in which stands what stood `before` nothing is worked out
    again. Raises ContentError when `root` is no content directory."""
    by_path: dict[str, File] = {}
    problems: list[Problem] = []
    for path in paths(root):
        file, found = _read(root, path, before or {})
        by_path[file.document.path] = file
        problems += found
    return Files(root, by_path, tuple(problems))


def packed(files: Files, before: Pack) -> Pack:
    """The sound files; what was packed `before` is taken over."""
    return {
        path: kept if (kept := before.get(path)) and kept.digest == file.digest else _packed(file)
        for path, file in files.by_path.items()
        if file.digest
    }


def _read(root: Path, path: Path, before: Pack) -> tuple[File, list[Problem]]:
    data = _data(path)
    if data is None:
        return shaped(source.read(root, path))  # which says why
    name, digest = path.relative_to(root).as_posix(), hashlib.sha256(data).digest()
    if (kept := before.get(name)) and kept.digest == digest:
        return _unpacked(kept), []
    file, problems = shaped(source.parse(name, data))
    return (file if problems else replace(file, digest=digest)), problems


def _data(path: Path) -> bytes | None:
    with suppress(OSError):
        return path.read_bytes() if path.stat().st_size <= source.MAX_BYTES else None
    return None


def _packed(file: File) -> Packed:
    return Packed(file.digest, zlib.compress(pickle.dumps(file, pickle.HIGHEST_PROTOCOL), 1))


def _unpacked(kept: Packed) -> File:
    file = pickle.loads(zlib.decompress(kept.file))  # noqa: S301 - `_packed` by this process, or from its own cache
    return cast(File, file)


def shaped(document: Document) -> tuple[File, list[Problem]]:
    """The document in the shape that its path asks for."""
    problems = list(document.problems)
    kind = next((kind for glob, kind in FILES if fnmatchcase(document.path, glob)), None)
    if kind is None:
        problems.append(document.problem((), "thua", "không có loại tệp này. Xem lại chỗ đặt tệp"))
        return File(document, None), problems
    if document.value is None and kind is NoticesFile and not problems:  # nothing is going on; the comments stay
        return File(document, NoticesFile({})), problems
    if document.value is None:
        empty = [document.problem((), "thieu", "tệp trống. Xóa tệp, hoặc viết nội dung")] if not problems else []
        return File(document, None), problems + empty
    try:
        return File(document, kind.model_validate(document.value)), problems
    except ValidationError as error:
        return File(document, None), problems + list(_said(document, kind, error))


def _said(document: Document, kind: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
    seen = set()
    cut = {problem.line for problem in document.problems if problem.code == "dau_phay"}  # said once
    for detail in error.errors(include_url=False):
        loc = _loc(document.value, detail["loc"])
        if _other_branch(document.value, loc, detail["loc"]):
            continue
        code, text = _sentence(kind, detail)
        if (loc, code) not in seen and not (code == "thua" and document.line(loc) in cut):
            seen.add((loc, code))
            yield document.problem(loc, code, text)


def _loc(value: Any, parts: tuple[int | str, ...]) -> Loc:
    """Without the names of union branches and the like, which are not in the file."""
    loc: list[str | int] = []
    for part in parts:
        inside = (isinstance(value, dict) and part in value) or (isinstance(value, list) and isinstance(part, int))
        if inside:
            value = value[part]
            loc.append(part)
    return tuple(loc)


def _other_branch(value: Any, loc: Loc, parts: tuple[int | str, ...]) -> bool:
    """An error of the reading that the editor did not mean: «local» where amounts by day stand, or the reverse."""
    for part in loc:
        value = value[part]
        if part == "amount":
            break
    tags = [part for part in parts if isinstance(part, str)]
    literal = any(tag.startswith("literal[") for tag in tags)
    by_day = any(tag.startswith("dict[") for tag in tags)
    return (literal and isinstance(value, dict)) or (by_day and not isinstance(value, dict))


def _sentence(kind: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:  # noqa: PLR0911 - a table of cases
    type_, name = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    if name == "[key]":
        name = str(detail["loc"][-2])
    if type_ in _OWN_CODES:
        return type_, detail["msg"]
    if type_ == "missing":
        return "thieu", f"thiếu «{name}». Thêm dòng «{name}: …»"
    if type_ == "extra_forbidden":
        return "thua", f"không có mục «{name}»{_nearest(kind, name)}"
    if type_ in ("too_short", "string_too_short") or detail["input"] is None:
        return "thieu", f"«{name}» để trống. Điền vào, hoặc xóa dòng này"
    if type_ in _KIND:
        return "kieu_sai", f"«{name}» phải là {_KIND[type_]}"
    if type_ == "literal_error":
        wanted = str(detail["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        return "ten_sai", f"«{detail['input']}» không dùng được. Chọn một trong: {wanted}"
    if type_ == "string_pattern_mismatch":
        return "ten_sai", f"«{detail['input']}» – mã viết hai chữ hoa và hai số, như TT04"
    return "kieu_sai", f"«{name}» viết chưa đúng ({detail['msg']})"


def _nearest(kind: type[BaseModel], name: str) -> str:
    known = sorted(_keys(kind, set()))
    near = difflib.get_close_matches(unicodedata.normalize("NFC", name), known, 1, 0.6)
    return f". Có phải «{near[0]}» không?" if near else ". Xóa đi, hoặc xem lại thụt dòng"


def _keys(kind: Any, seen: set[Any]) -> set[str]:
    """Every key that a file of this kind may have, at any depth."""
    if kind in seen:
        return set()
    seen.add(kind)
    found: set[str] = set()
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, info in kind.model_fields.items():
            found |= {name} | _keys(info.annotation, seen)
    for inner in getattr(kind, "__args__", ()):
        found |= _keys(inner, seen)
    return found

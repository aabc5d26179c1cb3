"""A content directory → Content; and a stamp that tells when something changed."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.content.types import Content

if TYPE_CHECKING:
    from bot.content.files import Files

HERE = Path(__file__).parent
FOLDERS = ("service_guides", "intents", "faq_vi")
NOTICES = "notices.yaml"


class Packed(NamedTuple):
    """A sound file as it was read, so small that it can be kept: unpacked, all of them take 30 MB."""

    digest: bytes  # of what stood in it
    file: bytes


Pack = Mapping[str, Packed]  # path in the directory → file


def default_dir() -> Path:
    """The content beside the program: of a checkout, or packaged in the wheel."""
    packaged = HERE.parent / "_content"
    return packaged if packaged.is_dir() else HERE.parent.parent


def stamp(root: Path) -> str:
    """Changes whenever a content file is saved, added, moved or removed."""
    digest = hashlib.sha256()
    for path in _paths(root):
        with contextlib.suppress(FileNotFoundError):
            stat = path.stat()
            digest.update(f"{path.relative_to(root)}\0{stat.st_mtime_ns}\0{stat.st_size}\n".encode())
    return digest.hexdigest()


def load(root: Path) -> Content:
    """The content of a directory. Raises ContentError with every problem that makes it unusable."""
    from bot.content.files import read_files  # noqa: PLC0415 - a start from the cache does without pydantic

    return from_files(read_files(root))


def from_files(files: Files) -> Content:
    """Raises ContentError when a file is broken or an id leads nowhere; nothing is ever half loaded."""
    from bot.content.build import build  # noqa: PLC0415
    from bot.content.problem import ContentError  # noqa: PLC0415
    from bot.content.references import unknown  # noqa: PLC0415

    problems = [*files.problems, *unknown(files)]
    if problems:
        raise ContentError(problems)
    return build(files)


def _paths(root: Path) -> list[Path]:
    found = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.yaml"))]
    return [*found, root / NOTICES]

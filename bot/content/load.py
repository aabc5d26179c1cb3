"""A content directory → Content, from a cache while nothing changed; and a stamp that tells when something did."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from bot.content.types import Content

if TYPE_CHECKING:
    from bot.content.files import Files

HERE = Path(__file__).parent
FOLDERS = ("service_guides", "intents", "faq_vi")
NOTICES = "notices.yaml"


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


def load(root: Path, cache_dir: Path | None = None, *, keep: bool = True) -> Content:
    """The content of a directory. Raises ContentError with every problem that makes it unusable.

    `cache_dir`: where the built content may be found, so that a start reads one file and needs no schema; `keep`: whether
    it is written there.
    """
    path = cache_dir / f"content-{_key(root)}.pickle" if cache_dir else None
    if path and (kept := _read(path)):
        return kept
    from bot.content.files import read_files  # noqa: PLC0415 - a cached start does without pydantic

    content = from_files(read_files(root))
    if path and keep:
        _keep(path, content)
    return content


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


def _key(root: Path) -> str:
    """Of the files as they are and of the code that reads them."""
    digest = hashlib.sha256(f"{root.resolve()}\n{stamp(root)}".encode())
    for module in sorted(HERE.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:20]


def _read(path: Path) -> Content | None:
    try:
        kept = pickle.loads(path.read_bytes())  # noqa: S301 - written by this program into its own cache
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        return None
    return kept if isinstance(kept, Content) else None


def _keep(path: Path, content: Content) -> None:
    """A cache that cannot be written is no reason to stop."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps(content, pickle.HIGHEST_PROTOCOL))
        part.replace(path)
        for other in path.parent.glob("content-*.pickle"):
            if other != path:
                other.unlink(missing_ok=True)

"""What is worked out of a content directory once: a start reads it from a cache while neither content nor program changed."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.load import load, stamp
from bot.content.types import Content
from bot.safety.scam import Shield
from bot.understanding.focus import Focus

HERE = Path(__file__).parent
CODE = ("content", "safety", "understanding")  # what it is worked out with


@dataclass(frozen=True, slots=True)
class Prepared:
    content: Content
    shield: Shield
    focus: Focus

    @classmethod
    def of(cls, content: Content) -> Prepared:
        return cls(content, Shield(content), Focus(content))


def prepare(root: Path, cache_dir: Path, *, keep: bool = True) -> Prepared:
    """`keep`: whether what had to be worked out is written to the cache. Raises ContentError with every problem that makes
    the content unusable."""
    path = cache_dir / f"content-{_key(root)}.pickle"
    with _no_collecting():
        found = _read(path)
    if found is None:
        found = renewed(root)
        if keep:
            _keep(path, found)
    return found


def renewed(root: Path) -> Prepared:
    """Worked out anew. Raises ContentError."""
    with _no_collecting():
        return Prepared.of(load(root))


def _key(root: Path) -> str:
    """Of the files as they are and of the code that works with them."""
    digest = hashlib.sha256(f"{root.resolve()}\n{stamp(root)}".encode())
    for package in CODE:
        for module in sorted((HERE / package).rglob("*.py")):
            digest.update(module.read_bytes())
    return digest.hexdigest()[:20]


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Many objects are made and none is garbage: looking for it would take most of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(path: Path) -> Prepared | None:
    try:
        with path.open("rb") as file:
            kept = pickle.load(file)  # noqa: S301 - written by this program into its own cache
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        return None
    return kept if isinstance(kept, Prepared) else None


def _keep(path: Path, prepared: Prepared) -> None:
    """A cache that cannot be written is no reason to stop."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps(prepared, pickle.HIGHEST_PROTOCOL))
        part.replace(path)
        for other in path.parent.glob("content-*.pickle"):
            if other != path:
                other.unlink(missing_ok=True)

"""What is worked out of a content directory once: a start reads it from a cache while neither content nor program changed."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path

from bot.content.load import Pack, from_files, stamp
from bot.content.types import FIRST_AID, Content, Entry, Guide, Neighbour, SmallTalk, Warning
from bot.safety.first_aid import QUESTION
from bot.safety.scam import Shield
from bot.understanding import train
from bot.understanding.focus import Focus

HERE = Path(__file__).parent
CODE = ("content", "safety", "understanding")  # what it is worked out with

_REASONS = ("giong_thu_doan", "link_")  # how the sentences of the bot begin that a shield says
_NO_DAY = date.min


@dataclass(frozen=True, slots=True)
class Prepared:
    content: Content
    shield: Shield
    focus: Focus
    pack: Pack = field(default_factory=dict)  # the files that it was read from
    model: str = ""  # the key of the model that its sentences make; "" where it is not worked out yet

    @classmethod
    def of(cls, content: Content, before: Prepared | None = None, pack: Pack | None = None) -> Prepared:
        """The shield sees nothing but what it is kept by, so it cannot outlive what it was built from."""
        heard, pack = judged(content), pack or {}
        if before is None:
            return cls(content, Shield(heard), Focus(content), pack)
        shield = before.shield if _same(heard, judged(before.content)) else Shield(heard)
        return cls(content, shield, Focus(content, (before.content, before.focus)), pack)


def prepare(root: Path, cache_dir: Path, *, keep: bool = True) -> Prepared:
    """`keep`: whether what had to be worked out is written to the cache. Raises ContentError with every problem that makes
    the content unusable."""
    path = cache_dir / f"content-{_key(root)}.pickle"
    with _no_collecting():
        found = _read(path)
    if found is None:
        found = renewed(root)
        found = replace(found, model=train.key(found.content))
        if keep:
            _keep(path, found)
    return found


def renewed(root: Path, before: Prepared | None = None) -> Prepared:
    """Worked out anew, but for what is the same as `before`. Raises ContentError."""
    from bot.content.files import packed, read_files  # noqa: PLC0415 - a start from the cache does without pydantic

    pack = before.pack if before else {}
    with _no_collecting():
        files = read_files(root, pack)
        return Prepared.of(from_files(files), before, packed(files, pack))


def judged(content: Content) -> Content:
    """Of content all that a shield reads, while it is built and when it judges, and nothing else: what scams and harm are
    known by, what citizens ask, and the sentences in which it gives its reasons."""
    return Content(
        guides={id: _heard(guide) for id, guide in content.guides.items()},
        entries={id: Entry(id, each.topic, each.questions, "", (), _NO_DAY) for id, each in content.entries.items()},
        warnings={
            id: Warning(id, each.title, each.signs, each.says, "", "", (), _NO_DAY)
            for id, each in content.warnings.items()
        },
        neighbours={id: Neighbour(id, "", each.examples, "") for id, each in content.neighbours.items()},
        small_talk={id: SmallTalk(id, each.examples, "") for id, each in content.small_talk.items()},
        domains=content.domains,
        watch=content.watch,
        forms=content.forms,
        signals=content.signals,
        panic=content.panic,
        despair=content.despair,
        calm=content.calm,
        genuine=content.genuine,
        harmed=content.harmed,
        scams=content.scams,
        ordinary=content.ordinary,
        words=content.words,
        bot={id: sentence for id, sentence in content.bot.items() if id.startswith(_REASONS)},
    )


def _heard(guide: Guide) -> Guide:
    return Guide(
        id=guide.id,
        topic=guide.topic,
        title="",
        aliases=guide.aliases,
        group="",
        essential=False,
        procedure="",
        agency="",
        code="",
        owner="",
        summary="",
        checked=_NO_DAY,
        review_by=_NO_DAY,
        questions={id: each for id, each in guide.questions.items() if (guide.id, id) == (FIRST_AID, QUESTION)},
        parts={},
        sources=(),
        examples=guide.examples,
    )


def _same(one: Content, other: Content) -> bool:
    """In the same order, too: of two things that are as grave, as near or as long, the first one counts."""
    return one == other and _order(one) == _order(other)


def _order(content: Content) -> list[list[object]]:
    options = [each.options for guide in content.guides.values() for each in guide.questions.values()]
    return [list(each) for each in (*(getattr(content, each.name) for each in fields(content)), *options)]


def _key(root: Path) -> str:
    """Of the files as they are and of the code that works with them."""
    digest = hashlib.sha256(f"{root.resolve()}\n{stamp(root)}".encode())
    digest.update(Path(__file__).read_bytes())
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

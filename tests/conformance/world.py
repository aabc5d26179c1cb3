"""What the forty conversations are about: small guides, one longer than any platform takes, scam signals; no model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.content.types import COMFORT, Content, Item, Question, SmallTalk
from bot.engine import Bot, Brain
from bot.store import Store
from bot.store.memory import MemoryStore
from bot.understanding import reading
from bot.understanding.meaning import Ask, Meaning, Unknown, Unsure
from tests.guides import CONTENT, NO_MODEL, ask, guide, options, step
from tests.safe_content import POLICE, SAFE

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
PLACES = ("An Giang", "Bắc Ninh", "Cà Mau", "Đà Nẵng", "Gia Lai", "Huế", "Khánh Hòa", "Lai Châu", "Nghệ An", "Phú Thọ")

LONG = guide(
    "xay_nha",
    "Xin phép xây nhà",
    code="XN07",
    questions={
        "o_dau": Question("o_dau", "Xây ở đâu?", options(*(f"noi_{n}: {place}" for n, place in enumerate(PLACES))))
    },
    parts={
        "ho_so": tuple(Item(f"Bản vẽ số {n}: {'mặt bằng, mặt cắt, mặt đứng ' * 9}.") for n in range(1, 31)),
        "thoi_han": (Item("<b>15</b> ngày & *không* hơn; gõ `a_b[c](d)\\` 😀 «thế» 👨‍👩‍👧.", sources=("luat_68",)),),
        "cac_buoc": (step("Vẽ nhà", when={"o_dau": ("noi_0",)}), step("Xin chữ ký"), step("Nộp bản vẽ")),
    },
)
WORLD: Content = replace(
    CONTENT,
    guides={**CONTENT.guides, LONG.id: LONG},
    warnings={**CONTENT.warnings, POLICE.id: POLICE},
    small_talk={**CONTENT.small_talk, COMFORT: SmallTalk(COMFORT, (), "Xin đừng ở một mình. Gọi 115.")},
    domains=SAFE.domains,
    watch=SAFE.watch,
    signals=SAFE.signals,
    despair=SAFE.despair,
    panic=SAFE.panic,
    calm=SAFE.calm,
)

# words → what a model would make of a message that has them
MEANT: dict[str, Meaning] = {
    "hộ chiếu": ask("ho_chieu", "le_phi"),
    "phí": ask("dang_ky_tam_tru", "le_phi"),
    "bản vẽ": ask("xay_nha", "ho_so"),
    "xây": ask("xay_nha", "thoi_han"),
    "ở đâu": ask("dang_ky_tam_tru", "noi_nop"),
    "passcode": Ask("quen_passcode"),
    "ly hôn": Ask("ly_hon"),
    "chào": Ask("chao"),
    "không chắc": Unsure(("dang_ky_tam_tru", "gia_han")),
}


class BrokenError(Exception):
    """What a bug of the engine would raise."""


def interpret(_: Any, __: Content, text: str, *___: Any, **____: Any) -> Meaning:
    if "hỏng" in text:
        raise BrokenError
    return next((meaning for words, meaning in MEANT.items() if words in text.lower()), Unknown())


@contextmanager
def understood() -> Iterator[None]:
    """Messages are read without a model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "interpret", interpret)
        yield


@dataclass
class World:
    """Engines that know the same and remember each its own; one switch for all."""

    off: str | None = None
    brain: Brain = field(default_factory=lambda: Brain.of(WORLD, NO_MODEL), repr=False)

    def engine(self, store: Store | None = None) -> Bot:
        return Bot(self.brain, store or MemoryStore(), lambda: NOW, closed=lambda: self.off)

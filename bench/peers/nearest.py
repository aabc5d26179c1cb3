"""The nearest example by rapidfuzz's `token_set_ratio`, marks off: what a bot without a model does."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bench.intents import Label, Row
from bot.understanding.text import normalise, plain

NAME = "rapidfuzz token_set_ratio, nearest example, marks off"


def fit(rows: Sequence[Row]) -> tuple[Label, None]:
    examples = [bare(text) for text, _ in rows]

    def label(text: str) -> str:
        found = process.extractOne(bare(text), examples, scorer=fuzz.token_set_ratio)
        return rows[found[2]][1] if found else ""

    return label, None


def bare(text: str) -> str:
    """In lower case, without marks."""
    return plain(normalise(text))

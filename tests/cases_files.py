"""The cases under tests/cases, read as the content files are: every scalar is text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parent / "cases"


def read(path: Path) -> list[dict[str, Any]]:
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - every scalar is text
    assert isinstance(found, list), path
    return found


def understand() -> Iterator[tuple[str, dict[str, str]]]:
    """File name and case."""
    for path in sorted((CASES / "understand").glob("*.yaml")):
        for case in read(path):
            yield path.stem, case


def talks() -> Iterator[tuple[str, date, list[dict[str, Any]]]]:
    """Name, day and turns of every conversation."""
    for path in sorted((CASES / "talks").glob("*.yaml")):
        for n, talk in enumerate(read(path), 1):
            yield f"{path.stem}-{n}", date.fromisoformat(talk["on"]), talk["talk"]


def details() -> Iterator[dict[str, Any]]:
    """Every case of what a sentence says besides its question."""
    for path in sorted((CASES / "details").glob("*.yaml")):
        yield from read(path)

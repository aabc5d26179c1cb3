"""Which of the bot's own sentences (faq_vi/_bot.yaml) the program says, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

CODE = Path(__file__).parents[1]
_QUOTED = re.compile(r"""["']([a-z][a-z0-9_]*)["']""")
_BEGUN = re.compile(r"""f["']([a-z][a-z0-9_]*_)\{""")  # f"loi_{name}": every sentence that begins so


@cache
def said_by_code() -> tuple[Mapping[str, tuple[tuple[str, int], ...]], tuple[str, ...]]:
    """The names that the program quotes, with path and line; and the beginnings of names that it puts together."""
    quoted: dict[str, list[tuple[str, int]]] = {}
    begun: set[str] = set()
    for path in sorted(each for kind in ("*.py", "*.js", "*.html") for each in CODE.rglob(kind)):
        text = path.read_text("utf-8")
        begun.update(_BEGUN.findall(text))
        for number, line in enumerate(text.split("\n"), 1):
            for id in _QUOTED.findall(line):
                quoted.setdefault(id, []).append((path.relative_to(CODE.parent).as_posix(), number))
    return {id: tuple(found) for id, found in quoted.items()}, tuple(begun)

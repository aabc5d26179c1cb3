"""Choice ids: ASCII, at most 64 bytes, and they carry their whole meaning.

ask/<target>/<aspect>?<question>=<option>&…   ask for a part of a guide, or for an entry
ans/<guide>/<question>/<option>               answer a guide's question («_» as option: không biết)
cmd/<name>                                    a command
at/<name>/<guide>/<number>                    a step's button (next, problem, back): the step that it was shown with
in/<group>                                    the guides of a group
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LIMIT = 64  # bytes: Telegram's callback_data
DONT_KNOW = "_"

_SHAPE = re.compile(r"(ask|ans|cmd|at|in)/[A-Za-z0-9_/?=&]+\Z")


@dataclass(frozen=True, slots=True)
class Pressed:
    kind: str
    parts: tuple[str, ...]
    details: Mapping[str, str] = field(default_factory=dict)


def ask(target: str, aspect: str = "tong_quan", details: Mapping[str, str] | None = None) -> str:
    """Details that do not fit are left out, last first: they will be asked again, never guessed."""
    pairs = [f"{question}={option}" for question, option in (details or {}).items()]
    while pairs and len(_ask(target, aspect, pairs)) > LIMIT:
        pairs.pop()
    return _ask(target, aspect, pairs)


def _ask(target: str, aspect: str, pairs: list[str]) -> str:
    return f"ask/{target}/{aspect}" + (f"?{'&'.join(pairs)}" if pairs else "")


def answer(guide: str, question: str, option: str) -> str:
    return f"ans/{guide}/{question}/{option or DONT_KNOW}"


def command(name: str) -> str:
    return f"cmd/{name}"


def at_step(name: str, guide: str, number: int) -> str:
    return f"at/{name}/{guide}/{number}"


def group(name: str) -> str:
    return f"in/{name}"


def read(id: str) -> Pressed | None:
    """None for anything that this program did not write: ids come back from platforms and can be forged."""
    if len(id) > LIMIT or not _SHAPE.match(id):
        return None
    path, _, query = id.partition("?")
    kind, *parts = path.split("/")
    wanted = {"ask": 2, "ans": 3, "cmd": 1, "at": 3, "in": 1}[kind]
    if len(parts) != wanted or not all(parts) or (query and kind != "ask"):
        return None
    details = dict(pair.split("=", 1) for pair in query.split("&") if pair.count("=") == 1)
    return Pressed(kind, tuple(parts), details)

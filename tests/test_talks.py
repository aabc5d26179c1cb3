"""Whole conversations, each on its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.asking import as_dict
from bot.engine import Brain, converse
from bot.message import Choice, Incoming, Reply, User, numbered
from bot.session import Session
from tests import cases_files

USER = User("test", "1")
TALKS = list(cases_files.talks())


@pytest.mark.parametrize(("on", "turns"), [talk[1:] for talk in TALKS], ids=[talk[0] for talk in TALKS])
def test_the_talk_goes_as_written(brain: Brain, on: date, turns: list[dict[str, Any]]) -> None:
    session, reply = Session(), Reply("")
    for turn in turns:
        said = turn.get("user", "")
        pressed = _pressed(reply, turn["choice"]) if "choice" in turn else ""
        told = converse(brain, session, Incoming(USER, said, pressed), on)
        session, reply = told.session, told.reply
        found, text = as_dict(brain.content, said, told, 0.0), numbered(reply)
        where = f"{said or turn.get('choice')} → {told.meaning}\n{text}"
        if "entry" in turn:
            told_by = (found["entry"], found["topic"], session.about)
            assert turn["entry"] in told_by or _beside(brain, turn, found["entry"]), where
        if "kind" in turn:
            assert found["kind"] == turn["kind"], where
        if "aspect" in turn:
            assert turn["aspect"] in found["aspects"], where
        missing = [part for part in _list(turn.get("says", [])) if part not in text]
        assert missing == [], where
        wrong = [part for part in _list(turn.get("never", [])) if part in text]
        assert wrong == [], where


def _beside(brain: Brain, turn: dict[str, Any], entry: str) -> bool:
    """Whether the answer comes from an entry beside the one expected, and says what it has to."""
    known = brain.content.entries
    near = {wanted: known[wanted].related for wanted in (turn["entry"], entry) if wanted in known}
    return "says" in turn and (entry in near.get(turn["entry"], ()) or turn["entry"] in near.get(entry, ()))


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else value


def _pressed(reply: Reply, label: str) -> str:
    """The id of the choice with this label or number."""
    found = [choice.id for choice in reply.choices if choice.label == label]
    found += [id for n, id in enumerate((c.id for c in reply.choices), 1) if str(n) == label]
    assert found, f"{label!r} is not offered: {[Choice.__str__(choice) for choice in reply.choices]}"
    return found[0]

"""faq_vi/_bot.yaml and the program agree: every sentence is said, with its fields, and none stands in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from bot.content.phrases import said_by_code
from bot.content.schema import Group
from bot.content.types import ASPECTS
from tests.guides import ROOT, SENTENCES

CODE = sorted((ROOT / "bot").rglob("*.py"))
FOR_CITIZENS = [
    path
    for path in CODE
    if path.parent.name in ("dialogue", "channels")
    and path.name not in ("api.py", "server.py", "ports.py")  # for who runs or joins it
] + [ROOT / "bot/engine.py"]
VIETNAMESE = re.compile("[À-ÖØ-öø-ỹ]")
NAMES = (*ASPECTS, "next", "problem", "back")  # what f"nut_{name}" and the like are put together with
SAYING = ("say", "self")  # say("buoc", n=1, …); in Say itself: self("nguon", …)
HELD = ("sentences", "bot")  # sentences["console_dung"]


@dataclass(frozen=True)
class Said:
    """A place of the program that says a sentence: its id, or how it begins, and the fields it is given."""

    where: str
    id: str
    begins: bool
    fields: frozenset[str]

    @property
    def found(self) -> list[str]:
        return [id for id in SENTENCES if (self._begins(id) if self.begins else id == self.id)]

    def _begins(self, id: str) -> bool:
        return id.startswith(self.id) and (self.id == "nhom_" or id.removeprefix(self.id) in NAMES)


def said(path: Path) -> Iterator[Said]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        match node:
            case ast.Call(func=ast.Name(id=name), args=[id, *_]) if name in SAYING:
                fields = frozenset(each.arg for each in node.keywords if each.arg)
                yield from (Said(where, text, begins, fields) for text, begins in _ids(id))
            case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=id) if name in HELD:
                yield from (Said(where, text, begins, frozenset()) for text, begins in _ids(id))


def _ids(node: ast.expr) -> Iterator[tuple[str, bool]]:
    """The ids that an expression may come to; of f"nut_{name}" how they begin."""
    match node:
        case ast.Constant(value=str(text)):
            yield text, False
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text, True
        case ast.IfExp(body=one, orelse=other):
            yield from _ids(one)
            yield from _ids(other)


ALL = [each for path in CODE for each in said(path)]


def fields(id: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(SENTENCES[id]) if name}


def test_the_program_says_many_sentences() -> None:
    assert len({each.id for each in ALL}) > 60


def test_every_sentence_that_the_program_says_is_there() -> None:
    assert [f"{each.where}: {each.id}" for each in ALL if not each.found] == []


def test_every_sentence_that_is_there_is_said() -> None:
    quoted, begun = said_by_code()
    assert [id for id in SENTENCES if id not in quoted and not id.startswith(begun)] == []


def test_every_group_and_every_part_has_its_sentences() -> None:
    heads = {f"dau_{aspect}" for aspect in ASPECTS} - {"dau_tong_quan", "dau_cac_buoc"}
    groups = {f"nhom_{group}" for group in get_args(Group)}
    assert (heads | groups | {f"ten_{aspect}" for aspect in ASPECTS}) - set(SENTENCES) == set()


def test_every_field_of_a_sentence_is_given() -> None:
    missing = [(each.where, id, fields(id) - each.fields) for each in ALL for id in each.found]
    held = [found for found in missing if found[2] and not found[1].startswith(("web_", "console_"))]
    assert held == []


def test_every_field_that_is_given_belongs_to_a_sentence() -> None:
    places: dict[str, list[Said]] = {}
    for each in ALL:
        places.setdefault(each.where, []).append(each)
    for where, together in places.items():
        used = {name for each in together for id in each.found for name in fields(id)}
        assert {name for each in together for name in each.fields} <= used, where


def test_fields_have_names_that_editors_can_keep() -> None:
    for id in SENTENCES:
        assert all(re.fullmatch("[a-z_]+", name) for name in fields(id)), id


@pytest.mark.parametrize("path", FOR_CITIZENS, ids=lambda path: path.name)
def test_no_sentence_for_citizens_stands_in_the_code(path: Path) -> None:
    assert list(_spoken(ast.parse(path.read_text("utf-8")))) == []


def _spoken(tree: ast.AST) -> Iterator[str]:
    """Vietnamese strings of several words, besides docstrings and patterns that messages are read with."""
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="compile"), args=args):
                silent |= {id(each) for arg in args for each in ast.walk(arg)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in silent and " " in text.strip():
                yield from [f"{node.lineno}: {text}"] if VIETNAMESE.search(text) else []

"""The JSON Schemas are those of the shapes, explain every key in Vietnamese, and accept the content that is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.content import jsonschema, schema
from bot.content.files import read_files
from bot.content.help import HELP
from bot.content.types import ASPECTS

ROOT = Path(__file__).parents[1]
HOW = "python -m bot.content.jsonschema"
FILES = read_files(ROOT)


@pytest.mark.parametrize("path", sorted(jsonschema.files()))
def test_what_is_committed_is_current(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == jsonschema.files()[path], f"run: {HOW}"


def test_there_is_no_schema_of_a_shape_that_is_gone() -> None:
    assert {path.name for path in (ROOT / "schemas").iterdir()} == set(jsonschema.schemas())


def shapes() -> Iterator[type[BaseModel]]:
    for kind in vars(schema).values():
        if isinstance(kind, type) and issubclass(kind, schema.Shape | schema.AgenciesFile):
            yield kind


def test_no_key_is_explained_twice() -> None:
    for kind in shapes():
        for key, field in kind.model_fields.items():
            said = [one.__name__ for one in kind.__mro__ if key in HELP.get(one.__name__, {})]
            assert len(said) + bool(field.description) <= 1, (kind.__name__, key, said)


def test_no_key_is_explained_that_is_gone() -> None:
    known = {kind.__name__: set(kind.model_fields) for kind in shapes()} | {"": set(ASPECTS)}
    assert {
        name: set(keys) - known.get(name, set()) for name, keys in HELP.items() if set(keys) - known.get(name, set())
    } == {}


def explained(node: Any) -> Iterator[tuple[str, bool]]:
    if isinstance(node, dict):
        for key, inner in node.get("properties", {}).items():
            yield key, bool(inner.get("description"))
        for inner in node.values():
            yield from explained(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from explained(inner)


@pytest.mark.parametrize("name", sorted(jsonschema.schemas()))
def test_every_key_has_hover_help(name: str) -> None:
    assert [key for key, said in explained(jsonschema.schemas()[name]) if not said] == []


@pytest.mark.parametrize("path", sorted(FILES.by_path))
def test_a_real_file_is_valid(path: str) -> None:
    kind = next(kind for glob, kind in schema.FILES if fnmatchcase(path, glob))
    whole = jsonschema.schemas()[f"{jsonschema.name(kind)}.json"]
    assert list(faults(typed(FILES.by_path[path].document.value), whole, whole)) == []


def test_an_editor_is_told_of_an_unknown_key_and_a_missing_one() -> None:
    whole = jsonschema.schemas()["guide.json"]
    guide = typed(FILES.by_path["service_guides/dang_ky_tam_tru.yaml"].document.value)
    assert list(faults({**guide, "tilte": "A"}, whole, whole)) == ["tilte"]
    assert list(faults({key: guide[key] for key in guide if key != "title"}, whole, whole)) == ["title"]
    assert list(faults({**guide, "checked": "20/11/2026"}, whole, whole)) != []


def test_every_content_file_has_one_schema_in_the_editor() -> None:
    globs = jsonschema.settings()["yaml.schemas"]
    for path in FILES.by_path:
        found = [schema for schema, each in globs.items() if any(matches(path, glob) for glob in each)]
        assert len(found) == 1, (path, found)
    assert all((ROOT / each).is_file() for each in globs)


def matches(path: str, glob: str) -> bool:
    """As the YAML server reads a glob: a star stays within its folder."""
    return re.fullmatch(re.escape(glob).replace(r"\[a\-z\]", "[a-z]").replace(r"\*", "[^/]*"), path) is not None


def typed(value: Any) -> Any:
    """As an editor's YAML reads it: numbers and truth values are no text."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value)
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


TYPES = {"null": type(None), "string": str, "number": float, "boolean": bool, "array": list, "object": dict}


def faults(value: Any, node: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    """What a validator says, for the words that our schemas use."""
    assert set(node) <= {
        "$schema", "$ref", "definitions", "description", "type", "enum", "const", "pattern", "format", "items", "minItems",
        "properties", "patternProperties", "additionalProperties", "propertyNames", "required", "anyOf", "allOf",
    }, set(node)  # fmt: skip
    if "$ref" in node:
        yield from faults(value, whole["definitions"][node["$ref"].rsplit("/", 1)[1]], whole)
        return
    kinds = node.get("type", [])
    if kinds and not isinstance(value, tuple(TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))):
        yield f"{value!r} is no {kinds}"
        return
    if value not in node.get("enum", [value]) or value != node.get("const", value):
        yield f"{value!r} is none of {node.get('enum') or node.get('const')}"
    if isinstance(value, str) and not re.search(node.get("pattern", ""), value):
        yield f"{value!r} is not like {node['pattern']}"
    choices = node.get("anyOf", [])
    if choices and all(any(True for _ in faults(value, each, whole)) for each in choices):
        yield f"{value!r} is none of the choices"
    for each in node.get("allOf", []):
        yield from faults(value, each, whole)
    if isinstance(value, list):
        yield from ["too few"] if len(value) < node.get("minItems", 0) else []
        for inner in value:
            yield from faults(inner, node.get("items", {}), whole)
    if isinstance(value, dict):
        yield from in_object(value, node, whole)


def in_object(value: dict[str, Any], node: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    yield from (key for key in node.get("required", []) if key not in value)
    for key, inner in value.items():
        yield from faults(key, node.get("propertyNames", {}), whole)
        patterns = [each for pattern, each in node.get("patternProperties", {}).items() if re.search(pattern, key)]
        known = ([node["properties"][key]] if key in node.get("properties", {}) else []) + patterns
        other = node.get("additionalProperties", {})
        if not known and other is False:
            yield key
        for each in known or ([other] if isinstance(other, dict) else []):
            yield from faults(inner, each, whole)


def test_settings_are_json_that_an_editor_reads() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    assert settings["files.eol"] == "\n"
    assert "redhat.vscode-yaml" in json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))["recommendations"]

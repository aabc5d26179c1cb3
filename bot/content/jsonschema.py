"""The shapes of the content files as JSON Schemas, so that an editor's program completes and explains keys.

`python -m bot.content.jsonschema` writes schemas/ and .vscode/ of the checkout.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.content import schema
from bot.content.help import HELP

DIALECT = "http://json-schema.org/draft-07/schema#"  # what editors understand
ROOT = Path(__file__).parents[2]


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema, one for each shape of a file."""
    return {f"{name(kind)}.json": of(kind) for _, kind in schema.FILES}


def name(kind: type[BaseModel]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__.removesuffix("File")).lower()


def of(kind: type[BaseModel]) -> dict[str, Any]:
    made = kind.model_json_schema(ref_template="#/definitions/{model}")
    parts = made.pop("$defs", {})
    whole = {"$schema": DIALECT, **_plain(made, kind.__name__)}
    if kind is schema.NoticesFile:
        whole["type"] = ["object", "null"]  # of comments alone
    return whole | ({"definitions": {key: _plain(part, key) for key, part in parts.items()}} if parts else {})


def _plain(node: Any, owner: str = "") -> Any:
    """As an editor's program likes it: no empty values, no names and defaults that a completion would write into the
    file, only known keys, and help for each."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    node = {key: value for key, value in node.items() if key not in ("default", "title")}
    if "anyOf" in node:
        choices = [each for each in node["anyOf"] if each != {"type": "null"}]
        only = choices[0] if len(choices) == 1 else {"anyOf": choices}
        node = {**only, **{key: value for key, value in node.items() if key != "anyOf"}}
    if "patternProperties" in node:
        node.setdefault("additionalProperties", False)
    return {key: _properties(value, owner) if key == "properties" else _plain(value) for key, value in node.items()}


def _properties(properties: Mapping[str, Any], owner: str) -> dict[str, Any]:
    return {key: _with_help(_plain(value), owner, key) for key, value in properties.items()}


def _with_help(node: dict[str, Any], owner: str, key: str) -> dict[str, Any]:
    text = next((HELP[one][key] for one in _line(owner) if key in HELP.get(one, {})), None)
    if text is None:
        return node
    if "$ref" in node:
        node = {"allOf": [node]}  # beside $ref nothing counts
    return {**node, "description": text}


def _line(owner: str) -> Iterator[str]:
    """A shape and those that it extends."""
    kind = getattr(schema, owner, None) if owner else None
    yield from (each.__name__ for each in kind.__mro__) if kind else (owner,)


EXTENSIONS = {"recommendations": ["redhat.vscode-yaml"]}


def settings() -> dict[str, Any]:
    """.vscode/settings.json: which files have which schema. Names in brackets keep the underscored files apart."""
    globs: dict[str, list[str]] = {}
    for glob, kind in schema.FILES:
        pattern = re.sub(r"(?<=/)\*(?=\.yaml$)", "[a-z]*", glob)
        globs.setdefault(f"./schemas/{name(kind)}.json", []).append(pattern)
    return {
        "files.eol": "\n",
        "files.encoding": "utf8",
        "files.insertFinalNewline": True,
        "files.trimTrailingWhitespace": True,
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.detectIndentation": False},
        "editor.unicodeHighlight.allowedLocales": {"vi": True},
        "yaml.schemaStore.enable": False,
        "yaml.schemas": globs,
    }


def files() -> dict[str, str]:
    """Path in the checkout → text."""
    found: dict[str, Any] = {f"schemas/{file}": each for file, each in schemas().items()}
    found |= {".vscode/settings.json": settings(), ".vscode/extensions.json": EXTENSIONS}
    return {path: json.dumps(each, ensure_ascii=False, indent=2) + "\n" for path, each in found.items()}


def write(root: Path) -> None:
    for path, text in files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    write(ROOT)

"""/docs: the API as a page of our own, offline and under the same strict policy as everything else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from bot.channels.guard import PROBLEMS


def operations_html(openapi: Mapping[str, Any]) -> str:
    return "".join(
        _operation(method, path, operation)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    )


def problems_html(sentences: Mapping[str, str]) -> str:
    lines = (
        f"<dt id={type}><code>{type}</code> · {int(status)}</dt><dd>{escape(sentences.get(sentence, ''))}</dd>"
        for type, (status, sentence) in PROBLEMS.items()
    )
    return f"<dl>{''.join(lines)}</dl>"


def schemas_html(openapi: Mapping[str, Any]) -> str:
    schemas = openapi.get("components", {}).get("schemas", {})
    return "".join(f'<h3 id="{escape(name)}">{escape(name)}</h3>{_pre(schema)}' for name, schema in schemas.items())


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> str:
    parts = [f"<h2><code>{method.upper()} {escape(path)}</code></h2><p>{escape(operation.get('summary', ''))}</p>"]
    if "description" in operation:
        parts.append(f"<p>{escape(operation['description'])}</p>")
    parts += [_pre(operation[key]) for key in ("parameters", "requestBody") if key in operation]
    answers = (
        f"<li>{status}: {escape(answer['description'])}</li>" for status, answer in operation["responses"].items()
    )
    return "".join([*parts, "<ul>", *answers, "</ul>"])


def _pre(value: Any) -> str:
    return f'<pre tabindex="0">{escape(json.dumps(value, ensure_ascii=False, indent=1))}</pre>'

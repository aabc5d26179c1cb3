"""What the Bot API takes as arguments and refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

Json = dict[str, Any]


class Refused(Exception):  # noqa: N818 - what Telegram did
    def __init__(self, code: int, text: str, **parameters: Any) -> None:
        self.body = {"ok": False, "error_code": code, "description": text}
        if parameters:
            self.body["parameters"] = parameters
        super().__init__(text)


def units(text: str) -> int:
    return sum(2 if ord(letter) > 0xFFFF else 1 for letter in text)


def check_keyboard(markup: Json) -> None:
    buttons = [each for row in markup.get("inline_keyboard", []) for each in row]
    if len(buttons) > 100 or any(len(row) > 8 for row in markup.get("inline_keyboard", [])):
        raise Refused(400, "Bad Request: reply markup is too long")
    for each in buttons:
        if not 1 <= len(each["callback_data"].encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        if not each["text"].strip():
            raise Refused(400, "Bad Request: inline keyboard button text can't be empty")


async def arguments(request: Request) -> Json:
    """Form fields; what is not text is JSON."""
    fields = dict(parse_qsl((await request.body()).decode()))
    return dict(_values(fields))


def _values(fields: dict[str, str]) -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        if name in ("text", "url", "secret_token", "callback_query_id"):
            yield name, value
        else:
            yield name, json.loads(value)

"""What Rasa 3.6.21 posts to an action server, as recorded, with other words in it."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
from pathlib import Path
from typing import Any

from bot.rasa_names import ANSWER

SKIPPED = importlib.util.find_spec("rasa_sdk") is None and not os.environ.get("CI")
WHY = "rasa-sdk is not installed: pip install 'motcua[rasa]'"
RECORDED = Path(__file__).parent / "payloads" / "rasa"
Json = dict[str, Any]
PERSONAL = "con tôi tên Bưởi, số 079203001234"  # what no error may repeat


def recorded(name: str) -> Json:
    found = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


_CALL = recorded("text")


def call(text: str, who: str = "lan", id: str = "m1", action: str = ANSWER) -> Json:
    """The request that runs `action` after `who` has said `text`."""
    found = copy.deepcopy(_CALL) | {"next_action": action, "sender_id": who}
    found["tracker"]["sender_id"] = who
    said = [each for each in found["tracker"]["events"] if each["event"] == "user"]
    for each in (found["tracker"]["latest_message"], *said):
        each |= {"text": text, "message_id": id}
    return found

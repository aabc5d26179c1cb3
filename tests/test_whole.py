from __future__ import annotations

from datetime import date

import pytest

from bot.content.load import default_dir, load
from bot.content.types import PARTS
from bot.dialogue.say import Say
from bot.dialogue.whole import whole

CONTENT = load(default_dir())
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("guide", sorted(CONTENT.guides))
def test_a_whole_guide_leaves_nothing_out(guide: str) -> None:
    found = CONTENT.guides[guide]
    text = whole(Say(CONTENT, TODAY), found)
    items = [item for part in PARTS for item in found.parts.get(part, ())]
    held = [
        item for item in items if not (item.until and item.until < TODAY) and not (item.since and item.since > TODAY)
    ]
    missing = [item.text for item in held if item.text.rstrip(".") not in text]
    assert missing == []
    assert found.code in text
    assert "kiểm tra ngày" in text

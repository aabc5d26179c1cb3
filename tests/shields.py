"""A shield over little content and one over all of it, and what they say of a message."""

from __future__ import annotations

from functools import cache

from bot.content.load import default_dir, load
from bot.content.types import Content
from bot.safety.scam import Shield
from tests.safe_content import SAFE

SHIELD = Shield(SAFE)
PAID = "em lỡ chuyển tiền cho nó rồi, 15 triệu"


def level(text: str, shield: Shield = SHIELD) -> str:
    alarm = shield.judge(text)
    return alarm.level if alarm else "none"


@cache
def real() -> tuple[Content, Shield]:
    content = load(default_dir())
    return content, Shield(content)

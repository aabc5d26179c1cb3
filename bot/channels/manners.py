"""How the bot behaves on every messenger: when a group is answered, and what is said to a photo or a voice message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Kind = Literal["photo", "voice", "sticker", "place", "contact", "file", "other"]

# what was sent besides words → its sentence in faq_vi/_bot.yaml; it is neither fetched nor kept
_SENTENCES: Mapping[Kind, str] = {
    "photo": "kenh_anh",
    "voice": "kenh_tieng",
    "sticker": "kenh_hinh_dan",
    "place": "kenh_vi_tri",
    "contact": "kenh_danh_ba",
    "file": "kenh_tep",
    "other": "kenh_khac",
}


def media_answer(sentences: Mapping[str, str], kind: Kind) -> str:
    return sentences[_SENTENCES[kind]].strip()


def called(text: str, name: str) -> str | None:
    """What a text in a group says to the bot, without its @name; None when it does not name the bot."""
    mention = re.compile(rf"(?<![\w@.])@{re.escape(name)}(?!\w)", re.IGNORECASE)
    return re.sub(r"[ \t]{2,}", " ", mention.sub(" ", text)).strip() if mention.search(text) else None

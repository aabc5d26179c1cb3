"""A text as a reader sees it, whatever letters were used to write it: look-alikes, marks, digits for letters, gaps."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\x00-\x08\x0e-\x1f\x7f]|[\U000e0000-\U000e0fff]"
)
_LATIN = str.maketrans(
    # Cyrillic, Greek, Armenian and small capitals that look like Latin letters
    "авеёіїјкмнорсԁѕтухһԛԝҽрьαβεικνορτυχγηωոօսցհաɑɡıʟᴀʙᴄᴅᴇᴊᴋᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢđðøł",
    "abeeiijkmhopcdstyxhqweppabeiknoptuxyhwnoughaagilabcdejkmnoprtuvwyzddol",
)
_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_BETWEEN = re.compile(r"(?<=[a-z])['’`´*~^]+(?=[a-z])")  # «tien'ich»
_LETTER = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "!": "i", "$": "s", "|": "i"}
_INSIDE = re.compile(r"(?<=[a-z])[013 45@!$|](?=[a-z])".replace(" ", ""))
_START = re.compile(
    r"(?<![a-z0-9.,/-])[0145@$](?=[a-z]{2,})"
    r"(?!.(?:tr|trieu|ty|ti|k|ngan|nghin|dong|vnd|usd|cu|lit|xi|chi|gio|ngay|phut|giay|tuan|thang|nam|lan|nguoi|con|cai"
    r"|bo|to|ban|so|sim|may|the|xe|bac|muc|cap|cua|am|pm|st|nd|rd|th|gb|mb|kg|km|cm|kwh|kw)(?![a-z]))"
)
_END = re.compile(r"(?<=[a-z]{2})[0@](?![a-z0-9@.])")
_SPACED = re.compile(r"(?<![a-z0-9])[a-z](?:([ ._*~·|/-]{1,2})[a-z](?![a-z0-9])){2,}")
_TORN = re.compile(r"(?<![a-z0-9])([b-df-hj-np-tv-z])[-~*·|](?=[a-z]{2})")  # «N-ap», «t-ien»; not «e-mail»
_LONG = re.compile(r"([a-z])\1{2,}")
_TOKEN = re.compile(r"[a-z0-9]+")
_ASCII_ONLY = re.compile(r"[\x00-\x7f]*\Z")


def visible(text: str) -> str:
    """NFKC without invisible letters; dots of other scripts are dots."""
    if not _ASCII_ONLY.match(text):
        text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
        return text.translate(_DOTS)
    return INVISIBLE.sub("", text)


_DOTS = str.maketrans({"。": ".", "｡": ".", "．": ".", "․": ".", "‧": ".", "∙": ".", "／": "/", "∕": "/", "⁄": "/"})


def plain(text: str) -> str:
    """Lower-case Latin without marks; look-alike letters of other alphabets as what they look like."""
    text = visible(text).lower()
    if _ASCII_ONLY.match(text):
        return text
    text = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_LATIN)
    return _MARKS.sub("", unicodedata.normalize("NFKD", text))


def fold(text: str) -> list[str]:
    """Words as a reader understands them: «D!EU K1EN», «d.i.ề.u k.i.ệ.n» and «điều kiện» are the same two."""
    text = _BETWEEN.sub("", plain(text))
    if _LETTER_DIGIT.search(text):
        text = _INSIDE.sub(_read, text)
        text = _END.sub(_read, _START.sub(_read, text))
    text = _SPACED.sub(_joined, _TORN.sub(r"\1", text))
    return _TOKEN.findall(_LONG.sub(r"\1", text))


_LETTER_DIGIT = re.compile(r"[a-z][0-9@!$|]|[0-9@$][a-z]")


def _read(found: re.Match[str]) -> str:
    return _LETTER[found[0]]


def _joined(found: re.Match[str]) -> str:
    return re.sub(r"[^a-z]", "", found[0])

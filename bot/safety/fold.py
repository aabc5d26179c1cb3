"""A text as a reader sees it, whatever letters were used to write it: look-alikes, odd marks, digits for letters, gaps."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\x00-\x08\x0e-\x1f\x7f]|[\U000e0000-\U000e0fff]"
)
_INVISIBLE_ASCII = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DOTS = str.maketrans("。｡．․‧∙／∕⁄", "......///")
_LATIN = str.maketrans(  # Cyrillic, Greek, Armenian and small capitals that look like Latin letters
    "авеёіїјкмнорсԁѕтухһԛԝҽрьαβεικνορτυχγηωոօսցհաɑɡıʟᴀʙᴄᴅᴇᴊᴋᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢðøł",
    "abeeiijkmhopcdstyxhqweppabeiknoptuxyhwnoughaagilabcdejkmnoprtuvwyzdol",
)
_TONES = {"\u0300": "`", "\u0301": "'", "\u0303": "~", "\u0309": "~", "\u0323": "."}  # many mix hỏi and ngã: one tone
_VOWELS = "aăâeêioôơuưy"
_TONED = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, tone) for vowel in _VOWELS for mark, tone in _TONES.items()
}
_TONE_OF = {letter: tone for letter, (_, tone) in _TONED.items()}
_TONELESS = str.maketrans({"đ": "d"} | {letter: vowel for letter, (vowel, _) in _TONED.items()})
_PLAIN = str.maketrans({letter: unicodedata.normalize("NFD", letter)[0] for letter in (*_VOWELS, *_TONED)} | {"đ": "d"})
_ODD = re.compile(
    f"[^\x09\x0a\x0d\x20-\x7e–—“”‘’«»•đĐ{_VOWELS}{_VOWELS.upper()}{''.join(_TONED)}{''.join(_TONED).upper()}]"
)
_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_NOT_OURS = re.compile(
    r"(?:(?![\u0300-\u0303\u0306\u0309\u031b\u0323])[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\ufe20-\ufe2f])+|(?<![aeiouy\u0300-\u0323])[\u0300-\u0323]+"
)
_L = r"[^\W\d_]"
_LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "!": "i", "$": "s", "|": "i"}
_LEET = re.compile(rf"{_L}[0-9@!$|]|[0-9@$]{_L}")
_INSIDE = re.compile(rf"(?<={_L})[01345@!$|](?={_L})")
_UNITS = (
    "tr trieu triệu ty tỷ ti k ngan ngàn nghin nghìn dong đồng vnd usd cu củ lit xi chi gio giờ ngay ngày phut phút giay"
    " giây tuan tuần thang tháng nam năm lan lần nguoi người con cai cái bo bộ to tờ ban bản so số sim may máy the thẻ xe"
    " bac bậc muc mức cap cấp mat mặt ca am pm st nd rd th gb mb kg km cm kwh kw"
)
_START = re.compile(rf"(?<![^\W_])(?<![.,/-])[0145@$](?={_L}{{2}})(?!(?:{'|'.join(_UNITS.split())})(?!{_L}))")
_END = re.compile(rf"(?<={_L}{_L})[0@](?![\w@.])")
_SPACED = re.compile(rf"(?<![^\W_]){_L}(?:[ ._*~·|/-]{{1,2}}{_L}(?![^\W_])){{2,}}")
_CHAT = frozenset("bcdđhkmnrvzj")
_TORN = re.compile(rf"(?<![^\W_])([^\W\d_aeiouy])[-~*·|](?={_L}{{2}})")  # «N-ạp»; not «e-mail»
_AMOUNT = re.compile(  # «5tr», «24h», «1tr2» → «5 tr», «24 h», «1 tr 2»
    r"(?<![^\W_])(\d+)(triệu|trieu|tr|k|ngàn|ngan|nghìn|nghin|tỷ|ty|củ|cu|vnđ|vnd|đồng|dong|đ|d|giờ|gio|h|phút|p)(?=\d|(?![^\W_]))"
)
_BETWEEN = re.compile(rf"(?<={_L})['’`´*~^]+(?={_L})")
_LONG = re.compile(r"([^\W\d_])\1{2,}")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+")
_SYLLABLE = 7  # letters of the longest one
_HORN = re.compile("uơ|ưo")


class Word(NamedTuple):
    """A word without marks, and with them in one spelling («hòa», «hoà»); `full` is "" when it was typed without."""

    plain: str
    full: str


def visible(text: str) -> str:
    """NFKC without letters that nobody sees; the dots of other scripts are dots."""
    if text.isascii():
        return _INVISIBLE_ASCII.sub("", text)
    if not _ODD.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).translate(_DOTS)))


def plain(text: str) -> str:
    """Lower-case Latin without marks; look-alike letters of other alphabets as what they look like."""
    text = visible(text).lower()
    if _ODD.search(text):
        text = _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_LATIN)
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return text.translate(_PLAIN)


def written(text: str) -> list[Word]:
    """Words as they are written, in less time than `fold` takes: for texts that hide nothing."""
    return list(map(_word, _TOKEN.findall(visible(text).lower())))


def fold(text: str) -> list[Word]:
    """Words as a reader understands them: «D!ỀU K1ỆN», «đ.i.ề.u k.i.ệ.n» and «điều kiện» are the same."""
    text = _BETWEEN.sub("", _ours(visible(text).lower()))
    if _LEET.search(text):
        text = _END.sub(_letter, _START.sub(_letter, _INSIDE.sub(_letter, text)))
    text = _AMOUNT.sub(_amount, _SPACED.sub(_joined, _TORN.sub(itemgetter(1), text)))
    return list(map(_word, _TOKEN.findall(_LONG.sub(itemgetter(1), text))))


def _ours(text: str) -> str:
    """Only the letters and marks of Vietnamese: what looks like one of them becomes it."""
    if not _ODD.search(text):
        return text
    return unicodedata.normalize("NFC", _NOT_OURS.sub("", unicodedata.normalize("NFD", text).translate(_LATIN)))


def _letter(found: re.Match[str]) -> str:
    return _LETTERS[found[0]]


def _amount(found: re.Match[str]) -> str:
    return f"{found[1]} {found[2]} "


def _joined(found: re.Match[str]) -> str:
    """One word, unless they are words of a chat: «r h k» is «rồi giờ không»."""
    letters = _NOT_LETTERS.sub("", found[0])
    return found[0] if " " in found[0] and _CHAT.issuperset(letters) else letters


def _word(token: str) -> Word:
    if token.isascii():
        return Word(token, "")
    return _syllable(token) if len(token) <= _SYLLABLE else _syllable.__wrapped__(token)


@lru_cache(4096)  # single syllables: the same few thousand in every message, and nobody's data
def _syllable(token: str) -> Word:
    tone = next((_TONE_OF[letter] for letter in token if letter in _TONE_OF), "")
    return Word(token.translate(_PLAIN), _HORN.sub("ươ", token.translate(_TONELESS)) + tone)

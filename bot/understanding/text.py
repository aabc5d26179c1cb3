"""What a sentence looks like to the program: normal form, tokens, form without marks. Pure; never raises."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import itemgetter

UNMARKED = 0.2  # up to this share of marked tokens a message counts as typed without marks

_LONGEST_SYLLABLE = 7  # letters: «nghiêng»

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền sắc ngã hỏi nặng
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff\ud800-\udfff\x00-\x08\x0e-\x1f]"
)
_SELECTORS = "\ufe0e\ufe0f"  # printable, says Unicode, and invisible
_BREAKS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LONG = re.compile(r"([^\W\d_bcdđfjklpqrstvwxz])\1{2,}")  # «lắmmmm»; «cccd» is no such word
_TOKEN = re.compile(r"\d+(?:[.,/:]\d+)+|\w+")
_CLAUSE = re.compile(r"[.,?!;…]+(?=\s|$)|[?!\n]+|\s(?:và|va|với lại|voi lai)\s")


# Words that only make a sentence polite. The plain forms serve messages typed without marks.
_BEFORE = frozenset(["dạ", "thưa", "ad", "admin", "shop", "bot", "alo", "ơi", "à", "ờ", "ừm", "vâng"])
_AFTER = frozenset(
    [
        "ạ",
        "a",
        "ad",
        "admin",
        "ơi",
        "nhé",
        "nha",
        "nhá",
        "nhỉ",
        "nghen",
        "nhen",
        "hen",
        "vậy",
        "z",
        "ha",
        "hả",
        "á",
        "nè",
        "em",
        "anh",
        "chị",
        "bạn",
        "bot",
    ]
)


class Normal(str):
    """A text that has its normal form, so that nobody brings it there again."""

    __slots__ = ()


def normalise(text: str) -> Normal:
    """NFKC, lower case, tone on the first vowel of oa oe uy («hòa»), no invisible letters, single spaces, line ends as
    full stops. Idempotent."""
    if isinstance(text, Normal):
        return text
    for _ in range(4):
        done = _once(text)
        if done == text:
            break
        text = done
    return Normal(text)


class Normals(dict[str, Normal]):
    """Texts → their normal forms, each worked out once."""

    def __missing__(self, text: str) -> Normal:
        found = self[text] = normalise(text)
        return found


def _once(text: str) -> str:
    clean = text.isprintable() and not any(map(text.__contains__, _SELECTORS))
    text = unicodedata.normalize("NFKC", text if clean else _INVISIBLE.sub("", text)).lower().strip()
    text = _LONG.sub(itemgetter(1), text if text.isprintable() else _BREAKS.sub(". ", text))
    return _old_tone(" ".join(text.split()))


def _old_tone(text: str) -> str:
    """«hoà thuý» → «hòa thúy»: both spellings are in use, one is kept."""
    return text if text.isascii() else _OLD.sub(lambda found: _TONE_MOVED[found[0]], text)


_TONE_MOVED = {
    unicodedata.normalize("NFC", pair + tone): unicodedata.normalize("NFC", pair[0] + tone + pair[1])
    for pair in ("oa", "oe", "uy")
    for tone in _TONES
}
_OLD = re.compile(rf"(?<!q)(?:{'|'.join(_TONE_MOVED)})(?!\w)")


def plain(text: str) -> str:
    """Without marks: «đường» → «duong»."""
    if text.isascii():
        return text
    if " " in text:
        return " ".join(map(plain, text.split(" ")))
    return _syllable(text) if len(text) <= _LONGEST_SYLLABLE else _syllable.__wrapped__(text)


@lru_cache(maxsize=16384)  # the same few thousand syllables in every message, and nobody's data
def _syllable(text: str) -> str:
    bare_letters = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", "".join(bare_letters)).replace("đ", "d").replace("Đ", "D")


def tokens(text: str) -> list[str]:
    """Words and numbers of a normal form; «02/2026» and «7.000» are one token."""
    return _TOKEN.findall(text)


def has_marks(words: list[str]) -> bool:
    """Whether a message was typed with marks: a stray mark in an otherwise unmarked message does not count."""
    letters = [word for word in words if not word[0].isdigit()]
    marked = len(letters) - sum(map(str.isascii, letters))
    return marked > UNMARKED * len(letters)


def clauses(text: str) -> list[str]:
    """Pieces between full stops, commas, «và», «với lại»; single words are left out."""
    return [part.strip() for part in _CLAUSE.split(text) if part and len(part.split()) > 1]


def bare(text: str) -> str:
    """The message without what only makes it polite: «dạ xong rồi ạ» → «xong rồi». Not empty for one with words:
    «dạ» alone is an answer."""
    words = tokens(normalise(text))
    before, after = (_BEFORE, _AFTER) if has_marks(words) else (_PLAIN_BEFORE, _PLAIN_AFTER)
    start, end = 0, len(words)
    while start < end - 1 and words[start] in before:
        start += 1
    while end > start + 1 and words[end - 1] in after:
        end -= 1
    return " ".join(words[start:end])


_PLAIN_BEFORE = _BEFORE | {plain(word) for word in _BEFORE}
_PLAIN_AFTER = _AFTER | {plain(word) for word in _AFTER}

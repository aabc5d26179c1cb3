"""How people type: some marks, keyboard leftovers, typos, chat spellings."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence

from bot.understanding.text import plain

_MARKS = "\u0302\u0306\u031b\u0300\u0301\u0309\u0303\u0323"  # â ă ơ, then huyền sắc hỏi ngã nặng
_TELEX = dict(zip(_MARKS, " wwfsrxj", strict=True))  # «â» is «aa»: the letter itself again
_VNI = dict(zip(_MARKS, "68721345", strict=True))
_TONES = _MARKS[3:]


def keys(word: str, table: Mapping[str, str], d: str, at_end: bool = True) -> str:
    """The keys that type a word, the tone's at the end or behind its vowel: «đăng» → «ddawng», «d9a8ng»."""
    out, tone, letter = "", "", ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = table[char]
        elif char in table:
            out += table[char].strip() or letter
        else:
            letter = char
            if not at_end:
                out, tone = out + tone, ""
            out += d if char == "đ" else char
    return out + tone


def telex(word: str, at_end: bool = True) -> str:
    return keys(word, _TELEX, "dd", at_end)


def vni(word: str, at_end: bool = True) -> str:
    return keys(word, _VNI, "d9", at_end)


def typo(word: str, rng: random.Random) -> str:
    """Two letters swapped, one dropped or one doubled, in words long enough to stay readable."""
    if len(word) < 4 or not word.isalpha():
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if kind == 1 else word[:at] + word[at] + word[at:]


class Noise:
    """Noisy copies of a sentence. `chat`: a word in full → its chat spellings."""

    def __init__(self, chat: Mapping[str, Sequence[str]], rng: random.Random) -> None:
        self.chat = chat
        self.rng = rng

    def half_marked(self, words: Sequence[str]) -> list[str]:
        return [plain(word) if self.rng.random() < 0.5 else word for word in words]

    def noisy(self, words: Sequence[str]) -> list[str]:
        """About one word in five is touched; sometimes two words are typed as one."""
        out = [self._touch(word) if self.rng.random() < 0.2 else word for word in words]
        if len(out) > 3 and self.rng.random() < 0.3:
            at = self.rng.randrange(len(out) - 1)
            out[at : at + 2] = [out[at] + out[at + 1]]
        return out

    def _touch(self, word: str) -> str:
        kind = self.rng.randrange(4)
        if kind == 0 and plain(word) != word:
            return self.rng.choice((telex, vni))(word)
        if kind == 1 and word in self.chat:
            return self.rng.choice(self.chat[word])
        return typo(word, self.rng) if kind == 2 else plain(word)

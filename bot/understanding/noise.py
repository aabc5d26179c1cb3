"""The ways in which people type a sentence: without marks, with some marks, with keyboard leftovers, typos, chat spellings."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence

from bot.understanding.text import plain

_TELEX = {
    "\u0302": "",
    "\u0306": "w",
    "\u031b": "w",
    "\u0300": "f",
    "\u0301": "s",
    "\u0309": "r",
    "\u0303": "x",
    "\u0323": "j",
}
_VNI = {
    "\u0302": "6",
    "\u0306": "8",
    "\u031b": "7",
    "\u0300": "2",
    "\u0301": "1",
    "\u0309": "3",
    "\u0303": "4",
    "\u0323": "5",
}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def keys(word: str, table: Mapping[str, str], d: str, at_end: bool = True) -> str:
    """The keys that type a word: «đăng» → «ddawng» (Telex), «d9a8ng» (VNI); the tone's key at the end or at its vowel."""
    out, tone = "", ""
    for char in unicodedata.normalize("NFD", word):
        if char == "đ":
            out += d
        elif char == "\u0302":
            out += table[char] or out[-1]
        elif char in _TONES and at_end:
            tone = table[char]
        else:
            out += table.get(char, char)
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

"""What someone says that they have not done, when nothing else is said."""

from __future__ import annotations

from collections.abc import Sequence

from bot.safety.first_aid import DENIED, NOTHING_DONE
from bot.safety.fold import Word
from bot.safety.pattern import SMALL_WORDS
from bot.safety.phrases import Hit, Phrases
from bot.safety.reader import Reader, Words

_THINGS = (
    "link otp ma so pin app apk tien dong nao gi dau ung dung thong tin can cuoc cccd giay to anh hinh mat khau the theo qr"
    " file duong dan moi nghi ngo thi voi roi trieu ngan hang la hoi biet chi nham"
)
_MORE = (
    "nua",
    "them",
    "het",
    "ve",
)  # «chưa chuyển hết», «không chuyển nữa»: something was done; «mã chưa gửi về»: no harm
_ALLOWED = (SMALL_WORDS | frozenset(_THINGS.split())) - frozenset(_MORE)
_NOT_YET = "chua"


class Denials:
    def __init__(self, reader: Reader) -> None:
        self._every = frozenset(DENIED)
        pairs = [(phrase, frozenset((harm,))) for harm, phrases in DENIED.items() for phrase in phrases]
        self._denied = Phrases(reader, (*pairs, *((phrase, self._every) for phrase in NOTHING_DONE)))

    def of(self, words: Words) -> frozenset[str] | None:
        """The harms that have not been done yet («chưa chuyển»), none for what is only not going to be («không chuyển»);
        None for a message that says anything else."""
        found = self._denied.find(words)
        hits = [hit for hit in found if not any(hit.start == other.start and hit.end < other.end for other in found)]
        said = {at for hit in hits for at in range(hit.start, hit.end)}
        if not hits or any(at not in said and word.plain not in _ALLOWED for at, word in enumerate(words)):
            return None
        return frozenset[str]().union(*(hit.value for hit in hits if _is_not_yet(words, hit)))


def _is_not_yet(words: Sequence[Word], hit: Hit[frozenset[str]]) -> bool:
    return words[hit.start].plain == _NOT_YET

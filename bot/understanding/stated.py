"""Whether words found in a clause state something of the matter: not denied, feared, asked, one of two, nor said of another
thing, name or listener."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.people import ADULTS, PERSONS
from bot.understanding.text import normalise, plain, tokens
from bot.understanding.words import each_of, one_of

REACH = 3  # words before, between which only small ones stand

_NOT = each_of("không chưa ko kô k kh hk hok hông hổng khum hem chẳng chả đâu")
_NOT_UNMARKED = frozenset(map(plain, _NOT - {"đâu", "hông", "hổng", "chả"}))  # «dau», «hong», «cha» are other words too
_FEAR = each_of("sợ kẻo tránh khỏi")
_SMALL = each_of("phải bị hề được có làm muốn cần đến đi ra ở biết nộp rành quen")
_LAST = each_of("vậy ạ nhỉ ta z v hả ha ad em anh chị bạn")  # may follow the «không» that ends a question
_EITHER = frozenset(["hay", "hoặc"])
_WHEN = tuple(each_of(pair) for pair in ("bao lâu", "bao giờ", "khi nào", "chừng nào", "lúc nào"))
_THEN = each_of("thì mới là sẽ bị có được ra")
_ASKS = each_of("hỏi xin biết")
_CALLED = each_of("con bé cháu em là")  # «đặt tên con là …»

_GONE = each_of("mất rơi rớt trộm cướp giật lạc")
_STATES = _GONE | each_of("hạn hỏng hư rách gãy mờ ướt cháy nứt móp mòn")
_COUNTED = each_of("cái chiếc quyển cuốn tờ tấm luôn cả hết bản giấy sổ thẻ cũ")
_NO_THING = each_of("tiền công thời giá việc quyền thông dữ sức lòng điện mạng phí bao mấy nhiều nhiêu")
_TO_DO = each_of("lấy nhận nộp đóng trả")  # «quá hạn nộp» is no expiry
_THINGS = (  # what people hold, lose and let run out: names of one thing
    "hộ chiếu, passport, pát po",
    "căn cước, cccd",
    "chứng minh, cmnd, cmt",
    "bằng lái, giấy phép lái xe, gplx, bằng",
    "cà vẹt, đăng ký xe, giấy tờ xe",
    "biển số, biển xe",
    "sổ đỏ, sổ hồng",
    "hộ khẩu",
    "khai sinh",
    "khai tử, chứng tử, báo tử",
    "kết hôn",
    "bảo hiểm, bhyt",
    "tạm trú",
    "visa, thị thực",
    "hợp đồng",
    "giấy hẹn",
    "khám sức khỏe, giấy khám",
    "điện thoại",
    "sim",
    "ví, bóp",
    "thẻ atm, thẻ ngân hàng, atm",
    "mật khẩu, passcode",
    "mã số thuế, mst",
    "quyết định",
    "giấy phép",
    "học bạ",
    "lý lịch",
    "con dấu",
)
_NAMES = {tuple(tokens(normalise(name))): names for names in _THINGS for name in names.split(",")}
_LONGEST = max(map(len, _NAMES))


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a clause as typed, and whether its message was typed with marks."""

    words: Sequence[str]
    marked: bool
    typed: tuple[str, ...] = ()  # as they are looked for: without any marks in a message typed without

    def states(self, start: int, end: int, own: frozenset[str]) -> bool:
        """Whether the words from `start` to before `end` say how things are. `own`: the things that are asked about."""
        return not (
            self._denied(start)
            or self._asked(start, end)
            or self._one_of_two(start, end)
            or self._called(start)
            or self.of_another(start, end, own)
        )

    def _denied(self, start: int) -> bool:
        """«không phải thuê», «chưa bị mất»: a denial just before, or with only small words between."""
        for word in reversed(self.words[max(0, start - REACH) : start]):
            if self._is_not(word) or one_of(word, _FEAR):
                return True
            if not one_of(word, _SMALL):
                return False
        return False

    def _is_not(self, word: str) -> bool:
        return word in (_NOT if self.marked else _NOT_UNMARKED)

    def _asked(self, start: int, end: int) -> bool:
        """«hết hạn chưa», «bao lâu thì có quyết định», «cho mẹ hỏi»."""
        rest = self.words[end:]
        if rest and self._is_not(rest[0]) and all(one_of(word, _LAST) for word in rest[1:]):
            return True
        if self.words[start] == "cho" and rest and one_of(rest[one_of(rest[0], PERSONS) and len(rest) > 1], _ASKS):
            return True
        at = start
        while at and one_of(self.words[at - 1], _THEN):
            at -= 1
        return at > 1 and any(all(one_of(word, pair) for word in self.words[at - 2 : at]) for pair in _WHEN)

    def _one_of_two(self, start: int, end: int) -> bool:
        return any(
            one_of(word, _EITHER) for word in (*self.words[max(0, start - 1) : start], *self.words[end : end + 1])
        )

    def _called(self, start: int) -> bool:
        """«đặt tên con là Hà Giang»."""
        at = start
        while at and one_of(self.words[at - 1], _CALLED):
            at -= 1
        return at > 0 and plain(self.words[at - 1]) == "ten" and (at < 2 or plain(self.words[at - 2]) != "dung")

    def of_another(self, start: int, end: int, own: frozenset[str]) -> bool:
        """«mất căn cước» where passports are asked about, «bị mất tiền», «visa hết hạn»."""
        said = self.words[start:end]
        if not any(one_of(word, _STATES) for word in said):
            return False
        died = one_of(said[0], ADULTS)
        at, after = end, _thing_at(self.words, end)
        while not after and at < min(end + REACH, len(self.words)) and one_of(self.words[at], _COUNTED):
            at += 1
            after = _thing_at(self.words, at)
        if after:
            return died or after not in own
        if plain(said[-1]) == "han" and end < len(self.words) and one_of(self.words[end], _TO_DO):
            return True
        if one_of(said[-1], _GONE) and at < len(self.words) and one_of(self.words[at], _NO_THING):
            return True
        before = [] if died or any(things(said)) else list(things(self.words[:start]))
        return bool(before) and before[-1] not in own


def things(words: Sequence[str]) -> Iterator[str]:
    """The things that words name, in their order."""
    at = 0
    while at < len(words):
        size, thing = _longest_at(words, at)
        if thing:
            yield thing
        at += size


def _thing_at(words: Sequence[str], at: int) -> str:
    return _longest_at(words, at)[1]


def _longest_at(words: Sequence[str], at: int) -> tuple[int, str]:
    """How many words name a thing here, and which; one word and "" for none."""
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        name = tuple(words[at : at + size])
        thing = _NAMES.get(name) or (
            _unmarked_names().get(name) if not any(plain(word) != word for word in name) else None
        )
        if thing:
            return size, thing
    return 1, ""


@lru_cache(maxsize=1)
def _unmarked_names() -> dict[tuple[str, ...], str]:
    """One syllable without its marks may be another word: such names are found only as written."""
    return {
        tuple(map(plain, name)): thing for name, thing in _NAMES.items() if len(name) > 1 or plain(name[0]) == name[0]
    }

"""Masks the name of a person who says it: «tôi tên là …», «họ tên: …», «em là Nguyễn …», in any case, with or
without marks; and «con gái em Phạm Mỹ Duyên», in capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

NAME = "[họ tên]"

MOST_WORDS = 5
_BLANK = r"[ \t\u00a0]{1,3}"
_WORD = re.compile(r"[ \t\u00a0]{0,3}([^\W\d_]++)(?!\d)")
_SELF = "tôi|toi|tui|em|mình|minh|cháu|chau|con|bé|be"
_KIN = "vợ|vo|chồng|chong|bố|bo|mẹ|me|ba|má|anh|chị|chi|ông|ong|bà|cô|chú|bác|bạn|ban"
_MORE_KIN = "tía|dì|cậu|mợ|thím|dượng|cụ|gái|gai|trai|dâu|rể|nội|ngoại|ngoai|ruột|út"
_WHO = rf"(?:{_SELF}|{_KIN})"
_TEN, _LA = "(?:tên|ten)", r"(?:[ \t\u00a0]{0,3}(?:[:=]|(?:là|la)(?![^\W_])[ \t\u00a0]{0,3}:?))"
_CALLED = re.compile(
    rf"(?<![^\W\d_])(?:"
    rf"(?P<full>{_WHO}(?:{_BLANK}{_WHO})?{_BLANK}{_TEN}{_LA}"
    rf"|{_TEN}(?:{_BLANK}{_WHO}){{1,2}}{_LA}|(?:họ|ho){_BLANK}(?:(?:và|va){_BLANK})?{_TEN}{_LA})"
    rf"|(?P<called>{_WHO}(?:{_BLANK}{_WHO})?{_BLANK}{_TEN}(?![^\W_]))"
    rf"|(?:(?:họ|ho){_BLANK}(?:(?:và|va){_BLANK})?{_TEN}|{_TEN}{_LA}|{_TEN}|là|la)(?![^\W_])"
    rf"|(?P<kin>(?:{_WHO}|{_MORE_KIN})(?![^\W_])(?={_BLANK}[^\W\d_]))"
    rf")",
    re.IGNORECASE,
)

# where a name that is typed without capitals ends
_STOPS = """
muốn muon hỏi hoi ở sinh cần can cho xin làm lam đăng có bị bi là la số so cccd cmnd cmt sđt sdt stk năm quê que hiện hien
đang thì mà nên tuổi tuoi ạ nhé nhe nhờ tra giúp giup địa điện dien email mã gửi gui vừa mới moi chưa chua không khong ko
được duoc đc đã sẽ phải cũng này của cua với voi tại tai từ đến den trên tren trong vào ra sai đổi doi gì gi nào nao sao ai
bao mấy may khác khac theo đúng viết ghi trùng đâu dau và va hay hoặc nếu để mất mat hộ cấp cap nộp nop khai thay bên ben về
đi phường phuong xã quận quan huyện huyen tỉnh tinh tp thành đường duong phố ngõ ngo hẻm hem số nhà nha ngày ngay tháng thang
tên ten họ zalo facebook xong rồi roi thôi vợ chồng bố mẹ con em đệm đầy thật nước
"""
STOPS = frozenset(_STOPS.split())

_SURNAMES = """
nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn lâm mai trịnh đào trương cao hà lưu tạ tô
châu thái quách vương kiều lương tăng phùng từ bạch chu nông hứa thạch triệu tôn nghiêm khổng thân vi giàng sùng hầu ma cù
"""
_UNLIKE_WORDS = frozenset(["nguyễn", "nguyen", "trần", "tran", "huỳnh", "huynh", "bùi", "hoàng", "ngô", "phan"])
# places and words that begin like a name
_NO_NAMES = """
hà nội|hà nam|hà tĩnh|hà giang|hà đông|hà tây|hà lan|hà tiên|cao bằng|lâm đồng|thái bình|thái nguyên|thái lan|châu đốc|châu âu
châu á|châu phi|châu mỹ|phan thiết|phan rang|vũ hán|cao đẳng|cao học|từ thiện|lý lịch|hồ sơ|tô lịch|thạch thất|mai linh
trưởng công|trưởng phòng|trưởng ban
"""
_MARKED_MIDDLES = frozenset(["văn", "thị"])
_MIDDLES = frozenset(["văn", "van", "thị", "thi"])


def plain(text: str) -> str:
    """Without marks."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(each for each in bare if not unicodedata.combining(each))


SURNAMES = frozenset(f"{_SURNAMES} {plain(_SURNAMES)}".split())
_NOT_NAMES = frozenset(" ".join(each.split()) for each in re.split("[|\n]", f"{_NO_NAMES}|{plain(_NO_NAMES)}"))


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    end: int  # where it ends in the text

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def low(self) -> str:
        return self.text.lower()


def words(text: str, at: int, most: int = MOST_WORDS) -> list[Word]:
    """The words that follow one another from a place on, before one at which a name ends: «muốn» or «MUỐN», not «Khai»."""
    found: list[Word] = []
    while len(found) < most and (match := _WORD.match(text, at)):
        word = match[1]
        if word.lower() in STOPS and not word.istitle():
            break
        at = match.end(1)
        found.append(Word(word, at))
    return found


def mask_names(text: str) -> str:
    parts, at = [], 0
    for found in _CALLED.finditer(text):
        run = words(text, found.end())
        count = _count(found, run)
        if count and found.end() >= at:
            blank = text[found.end() : run[0].end - len(run[0].text)]
            parts += [text[at : found.end()], blank, NAME]
            at = run[count - 1].end
    return "".join([*parts, text[at:]])


def _count(found: re.Match[str], run: Sequence[Word]) -> int:
    """How many of the words after what introduces a name are the name."""
    if found["full"]:
        return _explicit(run)
    if found["kin"]:
        return _after_kin(run)
    return _called(run) if found["called"] else _is(run)


def _explicit(run: Sequence[Word]) -> int:
    """How many of the words after «tên em là» are the name: all, in lower case; else as far as the capitals go."""
    if not run or not run[0].capital:
        return min(len(run), 4)
    last = max(n for n, word in enumerate(run) if word.capital) + 1
    return min(len(run), 4) if last == 1 and run[0].low in SURNAMES else last


def _called(run: Sequence[Word]) -> int:
    """After «em tên»: a word that looks like a name."""
    return _explicit(run) if run and run[0].capital else _is(run)


def _is(run: Sequence[Word]) -> int:
    """After «là»: a surname and more. Most surnames are words as well: «là mai», «là hồ sơ»."""
    if len(run) < 2 or run[0].low not in SURNAMES:
        return 0
    if run[0].capital and run[1].capital:
        return _explicit(run)
    named = run[0].low in _UNLIKE_WORDS or (len(run) > 2 and run[1].low in _MIDDLES)
    return _explicit(run) if named else 0


def _after_kin(run: Sequence[Word]) -> int:
    """After «con gái em»: a surname and more, each with one capital; a text with a capital on every word says nothing."""
    last = next((n for n, word in enumerate(run) if not word.text.istitle()), len(run))
    place = len(run) > 1 and f"{run[0].low} {run[1].low}" in _NOT_NAMES
    if last < 2 or place or run[0].low not in SURNAMES:
        return _is(run) if len(run) > 2 and run[1].low in _MARKED_MIDDLES else 0
    return 0 if last == MOST_WORDS and run[0].low not in _UNLIKE_WORDS else min(last, 4)

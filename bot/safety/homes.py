"""Masks where somebody lives as far as the door: house number, alley, street. Commune and province stay readable."""

from __future__ import annotations

import re

from bot.safety.names import Word, words

ADDRESS = "[địa chỉ]"

_S = r"[ \t\u00a0]{0,3}"
_NUM = r"\d{1,4}(?!m)[a-zđ]?(?![^\W_])(?:[/-]\d{1,4}[a-zđ]?(?![^\W_])){0,4}(?![.,/-]?\d)"
_ALLEY = rf"(?:ngõ|ngo|ngách|ngach|hẻm|hem|kiệt|kiet){_S}(?:(?:số|so){_S})?(?={_NUM})"
_STREET = r"(?:đường|duong|phố|pho(?!\s*t[oô])|đại lộ|dai lo)(?![^\W_])"
_SMALL = rf"(?:tổ|tổ dân phố|tdp|ấp|thôn|xóm|khu phố|kp|khu){_S}\d{{1,3}}(?![^\W_])"
_NUMBERED = r"(?:nhà[ \t\u00a0]?số|nha[ \t\u00a0]?so|số[ \t\u00a0]?nhà|so[ \t\u00a0]?nha|sn)"
_FLAT = rf"(?:căn[ \t\u00a0]?hộ|can[ \t\u00a0]?ho){_S}(?:(?:số|so){_S})?(?:[a-z]{{0,2}}[.-]?\d[\w.-]{{0,8}})"
_BEGIN = re.compile(
    rf"(?<![^\W\d_])(?:(?P<flat>{_FLAT})|(?P<alley>{_ALLEY}){_NUM}"
    rf"|(?:(?P<numbered>{_NUMBERED})|(?P<no>số|so))?{_S}:?{_S}(?<![\d.,/-])(?P<num>{_NUM}))",
    re.IGNORECASE,
)
_NEXT = re.compile(rf"{_S},?{_S}(?:(?P<alley>{_ALLEY}){_NUM}|(?P<small>{_SMALL})|(?P<street>{_STREET}))", re.IGNORECASE)
_STREET_NUMBER = re.compile(rf"{_S}(?:(?:số|so){_S})?[a-z]?\d{{1,3}}(?:/\d{{1,2}})?(?![\d/])", re.IGNORECASE)

_HOME = re.compile(
    rf"(?<![^\W\d_])(?:ở|tại|tai|nhà|nha|địa[ ]?chỉ|dia[ ]?chi|đ/c|đc|dc|trọ|tro|trú|tru){_S}(?:là|la|:)?{_S}$", re.I
)
_UNIT = re.compile(  # what is numbered as well, but no house
    r"(?<![^\W\d_])(?:phường|phuong|quận|quan|xã|xa|tổ|thôn|ấp|khóm|khu|kp|p|q)\.?[ \t\u00a0]{0,3}$", re.IGNORECASE
)
_NOT_HOME = re.compile(  # what comes before a number that is a date or the number of a document
    r"(?<![^\W\d_])(?:ngày|ngay|hôm|hom|sáng|chiều|tối|từ|tu|đến|den|trước|truoc|sau|dịp|lễ|mùng|hạn|đường|duong"
    r"|nghị định|nghi dinh|thông tư|thong tu|luật|luat|nghị quyết|quyết định|công văn|chỉ thị|văn bản|mẫu|mau|biểu"
    r"|điều|dieu|khoản|mục|bước|buoc|câu|phụ lục|tờ khai|đề án)[ \t\u00a0]{1,3}$",
    re.IGNORECASE,
)
_NOT_STREETS = """
phường xã quận huyện tỉnh thành thị ubnd bộ chính quốc thủ công tổng cục sở lễ tết giải trung
"""
_UNITS = """
năm tháng ngày tuần giờ phút tuổi người nơi chỗ lần triệu nghìn ngàn đồng trẻ cháu con bản tờ nam thang tuan gio tuoi nguoi
noi cho lan trieu nghin dong này tới nay toi
"""
_OTHER = frozenset(_NOT_STREETS.split())
_COUNTED = frozenset(_UNITS.split())
_YEAR = re.compile(r"(?:19|20)\d\d$")


def mask_homes(text: str) -> str:
    parts, at = [], 0
    for found in _BEGIN.finditer(text):
        end = _end(text, found) if found.start() >= at else 0
        if end:
            start = found.start() + len(found[0]) - len(found[0].lstrip(" \t\u00a0:"))
            parts += [text[at:start], ADDRESS]
            at = end
    return "".join([*parts, text[at:]])


def _end(text: str, found: re.Match[str]) -> int:
    """Where the address ends; 0 when what begins here is none."""
    begun = bool(found["flat"] or found["alley"] or found["numbered"])
    before = text[max(0, found.start() - 24) : found.start("num") if not found["no"] else found.start()]
    if not begun and _UNIT.search(before):
        return 0
    end = _along(text, found.end(), certain=begun or bool(found["no"] or _HOME.search(before)))
    if end > found.end() or begun:
        return _named(text, end, plainly=True) if begun and end == found.end() else end
    if _NOT_HOME.search(before) or any(map(_YEAR.fullmatch, re.split("[/-]", found["num"]))):
        return 0
    home, parts = bool(_HOME.search(before)), "/" in found["num"]
    named = _named(text, end, plainly=home and parts) if home or parts or found["no"] else end
    return named if named > end else 0


def _along(text: str, at: int, *, certain: bool) -> int:
    """Past alleys, hamlets and the street; a street after a mere number has to have a name."""
    while match := _NEXT.match(text, at):
        if not match["street"]:
            at, certain = match.end(), True
            continue
        number = _STREET_NUMBER.match(text, match.end())
        run = [] if number else _words(text, match.end())
        if not number and not (certain and run) and not (run and run[0].capital):
            return at
        return number.end() if number else _street(run)
    return at


def _named(text: str, at: int, *, plainly: bool) -> int:
    """Past a street that is only named: two capitals; any words where it cannot be anything else. 0 when none is."""
    run = _words(text, at)
    capitals = len(run) > 1 and run[0].capital and run[1].capital
    if capitals:
        return _street(run)
    return (run[min(len(run), 3) - 1].end if run else at) if plainly else 0


def _words(text: str, at: int) -> list[Word]:
    """The words of a street's name; none when they are of something that is counted, or of an agency."""
    run = words(text, at, 4)
    other = run and (run[0].low in _OTHER or (run[0].low in _COUNTED and not run[0].capital))
    return [] if other else run


def _street(run: list[Word]) -> int:
    """As far as the capitals go, or three words."""
    if not run[0].capital:
        return run[min(len(run), 3) - 1].end
    last = 0
    while last + 1 < len(run) and run[last + 1].capital:
        last += 1
    return run[last].end

"""Masks what is personal or secret in a message, before anything of it is stored or logged.

Names and addresses are found in names.py and homes.py. When in doubt it masks: nine digits or more, however they are
spaced, unless they are an amount, a date, a hotline or a procedure's code. Linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import chain

from bot.safety.homes import ADDRESS, mask_homes
from bot.safety.names import NAME, mask_names

ID = "[số định danh]"
PHONE = "[số điện thoại]"
EMAIL = "[thư điện tử]"
CARD = "[số thẻ]"
ACCOUNT = "[số tài khoản]"
TAX = "[mã số thuế]"
INSURANCE = "[số bảo hiểm]"
OTP = "[mã OTP]"
PASSWORD = "[mật khẩu]"  # noqa: S105
PASSPORT = "[số hộ chiếu]"
PLATE = "[biển số]"
OTHER = "[dãy số]"

KINDS = (ID, PHONE, EMAIL, CARD, ACCOUNT, TAX, INSURANCE, OTP, PASSWORD, PASSPORT, PLATE, NAME, ADDRESS, OTHER)
_PLACEHOLDER = re.compile("(" + "|".join(map(re.escape, KINDS)) + ")")
_LOOSE = re.compile(r"\s+([,.;:!?])")  # what a placeholder left behind
_PASSES = 5
_LEAST = 9  # digits; the shortest identity number

_WORD = r"(?<![^\W\d_])(?:{})(?![^\W\d_])"
_SEP = r"[ \t\u00a0\u2000-\u200d\u202f\u2060\ufeff.\-‐-―_()·•]"
_RUN = re.compile(rf"(?<!\d)\d{{1,2}}/\d{{1,2}}/\d{{4}}(?!\d)|\+?\d(?:(?:{_SEP}{{1,4}}|,)?\d)*")
_MAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]++(?:\s?@\s?[\w.+%'-]++)+")
_MAIL_SHAPE = re.compile(r"@\s?[\w-]+\.\w")

_HOTLINE = r"1[89]00[ .-]?(?:\d{4}|\d{6}|\d{2}[ .]\d{2}[ .]\d{2}|\d{3}[ .]\d{3})"
_DATE = r"(?:0?[1-9]|[12]\d|3[01])(?:\.(?:0?[1-9]|1[0-2])\.|-(?:0?[1-9]|1[0-2])-)(?:19|20)\d\d"
_SUM = r"[1-9]\d{0,2}(?:[.,]\d{3})+"
_GAP = r"[ –-]{1,3}"
_HARMLESS = re.compile(
    rf"{_HOTLINE}(?:{_GAP}(?:{_HOTLINE}|11[1-5]|156))*"
    rf"|{_DATE}(?:{_GAP}(?:{_DATE}|\d{{1,2}}))*"
    rf"|{_SUM}(?:{_GAP}{_SUM})+"
    r"|[1-3]\.\d{6}\.000\.00\.00"  # a procedure's long code
)
_AMOUNT = re.compile(rf"{_SUM}|[1-9]\d*000")
_MONEY = re.compile(r"\s?(?:đồng|đ|vnđ|vnd|dong|d)(?![^\W\d_])", re.IGNORECASE)

_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"\n|[.!?;] ")

_KINDS = {
    ACCOUNT: r"stk|tk|s[ốo] (?:t[àa]i kho[ảa]n|tk)|t[àa]i kho[ảa]n|account",
    CARD: r"s[ốo] th[ẻe]|th[ẻe] (?:visa|atm|t[íi]n d[ụu]ng|ng[âa]n h[àa]ng)",
    TAX: r"mst|m[ãa] s[ốo] thu[ếe]",
    INSURANCE: r"(?:s[ốo]|th[ẻe]|m[ãa]) (?:s[ốo] )?(?:bhxh|bhyt|b[ảa]o hi[ểe]m)[^.\n]{0,12}|bhxh|bhyt",
    ID: r"cccd|cmnd|cmt|c[ăa]n c[ươu][ớo]c|[đd][ịi]nh danh",
    PHONE: r"s[đd]t|[đd]t|s[ốo] [đd]i[ệe]n tho[ạa]i|[đd]i[ệe]n tho[ạa]i|zalo|phone|hotline",
}
_KIND = re.compile(
    "|".join(f"(?P<k{n}>{_WORD.format(words)})" for n, words in enumerate(_KINDS.values())), re.IGNORECASE
)
_LABELS = tuple(_KINDS)
_INSURED = re.compile(_WORD.format(r"(?:s[ốo]|m[ãa]) (?:s[ốo] )?(?:bhxh|bhyt|b[ảa]o hi[ểe]m)"), re.IGNORECASE)

_PLATE = re.compile(
    r"(?<![\w/-])(?<!lớp )(?:1[1-9]|[2-9]\d)[ .-]?(?P<series>[A-ZĐ]\d|[A-ZĐ]{1,2}\d?)[ .-]{0,3}"
    r"(?P<number>\d{3}[. -]\d{2}|\d{4,5})(?![\w/]|[.,-]\d)",
    re.IGNORECASE,
)
_PLATE_WORD = re.compile(_WORD.format(r"bi[ểe]n|bks|xe|[ôo] t[ôo]|oto"), re.IGNORECASE)
_UNIT = re.compile("[kmhpđdtg]|kg|km|gb|mb|tr|ty|tỷ", re.IGNORECASE)  # «50k 2000 tờ»
_PASSPORT = re.compile(r"(?<![\w/.-])[A-Z][ .]?\d{7}(?!\w|[/.-]\w)", re.IGNORECASE)

_CODE_WORD = _WORD.format(
    r"otp|m[ãa] (?:x[áa]c (?:th[ựu]c|nh[ậa]n|minh)|pin|otp|b[ảa]o m[ậa]t|k[íi]ch ho[ạa]t)|cvv|cvc"
)
_PASS_WORD = _WORD.format(r"m[ậa]t kh[ẩa]u|m[ậa]t m[ãa]|mk|pass(?:word|code)?|pw")
_LINK = r"(?:\s+[^\W\d]{1,8}){0,4}?\s*(?:(?:là|la|[:=]|->)\s*){1,3}"
_DIGITS = rf"(?!{_HOTLINE})\d(?:[ .-]?\d){{3,7}}(?![ .-]?\d)"
_FRESH = r"(?!\[(?:số|mã|mật|thư|dãy) )"  # not a placeholder
_MIXED = rf"{_FRESH}(?=[^\s\d]{{0,64}}\d)(?=\d{{0,64}}[^\s\d])\S{{4,}}"
_NO_VALUE = (
    r"(?!(?:gì|gi|sao|nào|nao|bao|ai|như|nhu|thế|the|cái|cai|không|khong|ko|đúng|dung|sai|mấy|may|để|de|do|vì|vi|được"
    r"|duoc|bị|bi|một|mot|dãy|day|số|so|mã|ma|mật|mat|có|co|phải|phai|là|la|của|cua|rất|rat|ở|nó|no)(?!\w))"
)
_SECRETS = (
    (re.compile(rf"({_CODE_WORD}{_LINK})({_DIGITS}|{_MIXED})", re.IGNORECASE), OTP),
    (re.compile(rf"({_PASS_WORD}{_LINK})({_DIGITS}|{_FRESH}{_NO_VALUE}\S{{3,}})", re.IGNORECASE), PASSWORD),
    (re.compile(rf"({_CODE_WORD}\s+)({_DIGITS})", re.IGNORECASE), OTP),
    (re.compile(rf"({_PASS_WORD}\s+)({_DIGITS}|{_MIXED})", re.IGNORECASE), PASSWORD),
    (re.compile(rf"()(?<![\d.,/-])(\d{{4,8}})(?=\s*(?:là|la)\s+(?:{_CODE_WORD}|{_PASS_WORD}))", re.IGNORECASE), OTP),
)
_SPEAKS_OF_CODES = re.compile(f"{_CODE_WORD}|{_PASS_WORD}", re.IGNORECASE)
_LONE_CODE = re.compile(rf"(?<![\d.,/-])\d{{3}}[ -]?\d{{3}}(?!\d|[.,/-]\d|{_MONEY.pattern}|\s?k\b)", re.IGNORECASE)


def mask(text: str) -> str:
    """The text (NFC) with placeholders for everything personal. Idempotent: a placeholder may bare what it stood next to."""
    text = unicodedata.normalize("NFC", text)
    for _ in range(_PASSES):
        before, text = text, _once(text)
        if text == before:
            break
    return text


def impersonal(text: str) -> str:
    """The text in one line with nothing personal and no placeholders: an example sentence."""
    bare = " ".join(_PLACEHOLDER.sub(" ", mask(text)).split())
    return _LOOSE.sub(r"\1", bare).strip(" ,;:-")


def has_personal(text: str) -> bool:
    return mask(text) != unicodedata.normalize("NFC", text)


def has_number(text: str) -> bool:
    """Whether a text may hold anything personal but a name, an address or an e-mail: most messages hold nothing."""
    return bool(_DIGIT.search(text) or _SPEAKS_OF_CODES.search(text))


def personal(text: str) -> frozenset[str]:
    """The kinds of what is masked."""
    found = Counter(_PLACEHOLDER.findall(mask(text)))
    found.subtract(_PLACEHOLDER.findall(unicodedata.normalize("NFC", text)))
    return frozenset(+found)


def _once(text: str) -> str:
    parts = _PLACEHOLDER.split(text)
    return "".join(part if n % 2 else _mask(part) for n, part in enumerate(parts))


def _mask(text: str) -> str:
    text = _MAIL.sub(lambda found: EMAIL if _MAIL_SHAPE.search(found[0]) else found[0], text)
    if _SPEAKS_OF_CODES.search(text):
        for pattern, label in _SECRETS:
            text = pattern.sub(rf"\1{label}", text)
        text = _LONE_CODE.sub(OTP, text)
    text = _PASSPORT.sub(PASSPORT, _PLATE.sub(_plate, mask_homes(mask_names(text))))
    return _RUN.sub(_run, text)


def _plate(found: re.Match[str]) -> str:
    """A number plate, unless it is rather an amount with its unit, or a weight: «50k 2000»."""
    grouped = not found["number"].isdigit()
    said = _PLATE_WORD.search(found.string, max(0, found.start() - 30), found.start())
    unit = _UNIT.fullmatch(found["series"]) and not found["series"].isupper() and " " in found[0]
    return found[0] if unit and not grouped and not said else PLATE


def _run(found: re.Match[str]) -> str:
    """A run of digits: the same, or its placeholder."""
    run = found[0]
    digits = "".join(filter(str.isdigit, run))
    if "/" in run or len(digits) < 6:
        return run
    before = found.string[max(0, found.start() - 30) : found.start()]
    said = _said(_SENTENCE.split(before)[-1] if _HARMLESS.fullmatch(run) else before)
    if len(digits) < _LEAST:
        return ACCOUNT if said in (ACCOUNT, CARD) and not _is_money(found) and not _is_date(run) else run
    numbered = said in (ACCOUNT, CARD, ID, TAX) or (said == INSURANCE and _INSURED.search(before))
    if not numbered and (_HARMLESS.fullmatch(run) or _is_money(found)):
        return run
    return said or _shape(run, digits)


def _said(before: str) -> str:
    """The kind that the words just before a number name; "" when none."""
    last = ""
    for found in _KIND.finditer(before):
        last = _LABELS[int((found.lastgroup or "k0")[1:])]
    return last


def _is_money(found: re.Match[str]) -> bool:
    return bool(_AMOUNT.fullmatch(found[0]) and _MONEY.match(found.string, found.end()))


def _is_date(run: str) -> bool:
    return bool(re.fullmatch(_DATE, run))


def _shape(run: str, digits: str) -> str:
    if len(digits) >= 13 and _luhn(digits):
        return CARD
    if run.startswith("+") or digits.startswith(("84", "0084")) or (digits[0] == "0" and len(digits) in (10, 11)):
        return PHONE
    return ID if len(digits) in (9, 12) else OTHER


def _luhn(digits: str) -> bool:
    values = [int(digit) for digit in reversed(digits)]
    return sum(chain(values[::2], (sum(divmod(2 * value, 10)) for value in values[1::2]))) % 10 == 0

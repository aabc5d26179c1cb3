"""Masks what is personal or secret in a message, before anything of it is stored or logged.

Names, addresses and codes are found in names.py, homes.py and codes.py. When in doubt it masks: nine digits or more,
however they are spaced, unless they are an amount, a date, a hotline or a procedure's code. Linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import accumulate, chain, groupby

from bot.safety.codes import CARD, CARD_CODE, EXPIRY, HOTLINE, MONEY, OTP, PASSWORD, WORD, mask_codes, mask_expiry
from bot.safety.homes import ADDRESS, mask_homes
from bot.safety.names import NAME, mask_names

ID = "[số định danh]"
PHONE = "[số điện thoại]"
EMAIL = "[thư điện tử]"
ACCOUNT = "[số tài khoản]"
TAX = "[mã số thuế]"
INSURANCE = "[số bảo hiểm]"
PASSPORT = "[số hộ chiếu]"
PLATE = "[biển số]"
BIRTHDAY = "[ngày sinh]"
OTHER = "[dãy số]"

KINDS = (
    *(ID, PHONE, EMAIL, CARD, CARD_CODE, EXPIRY, ACCOUNT, TAX, INSURANCE, OTP, PASSWORD, PASSPORT, PLATE),
    *(NAME, BIRTHDAY, ADDRESS, OTHER),
)
_PLACEHOLDER = re.compile("(" + "|".join(map(re.escape, KINDS)) + ")")
_LOOSE = re.compile(r"\s+([,.;:!?])")  # what a placeholder left behind
_PASSES = 5
_LEAST, _MOST = 9, 12  # digits of an identity number

_SEP = r"[ \t\u00a0\u2000-\u200d\u202f\u2060\ufeff.\-‐-―_()·•]"
_NO_MONTH = r"(?!(?:0?[1-9]|1[0-2])/[2-4]\d(?!\d))"  # in which a card expires
_RUN = re.compile(rf"(?<!\d)\d{{1,2}}/\d{{1,2}}/\d{{4}}(?!\d)|\+?\d(?:(?:{_SEP}{{1,4}}{_NO_MONTH}|,)?\d)*")
_MAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]++(?:\s?@\s?[\w.+%'-]++)+")
_MAIL_SHAPE = re.compile(r"@\s?[\w-]+\.\w")

_DATE = r"(?:0?[1-9]|[12]\d|3[01])(?:\.(?:0?[1-9]|1[0-2])\.|-(?:0?[1-9]|1[0-2])-)(?:19|20)\d\d"
_SUM = r"[1-9]\d{0,2}(?:[.,]\d{3})+"
_GAP = r"[ –-]{1,3}"
_HARMLESS = re.compile(
    rf"{HOTLINE}(?:{_GAP}(?:{HOTLINE}|11[1-5]|156))*"
    rf"|{_DATE}(?:{_GAP}(?:{_DATE}|\d{{1,2}}))*"
    rf"|{_SUM}(?:{_GAP}{_SUM})+"
    r"|[1-3]\.\d{6}\.000\.00\.00"  # a procedure's long code
)
_AMOUNT = re.compile(rf"{_SUM}|[1-9]\d*000")
_MONEY = re.compile(MONEY, re.IGNORECASE)

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
    "|".join(f"(?P<k{n}>{WORD.format(words)})" for n, words in enumerate(_KINDS.values())), re.IGNORECASE
)
_LABELS = tuple(_KINDS)
_INSURED = re.compile(WORD.format(r"(?:s[ốo]|m[ãa]) (?:s[ốo] )?(?:bhxh|bhyt|b[ảa]o hi[ểe]m)"), re.IGNORECASE)

_PLATE = re.compile(
    r"(?<![\w/-])(?<!lớp )(?:1[1-9]|[2-9]\d)[ .-]?(?P<series>[A-ZĐ]\d|[A-ZĐ]{1,2}\d?)[ .-]{0,3}"
    r"(?P<number>\d{3}[. -]\d{2}|\d{4,5})(?![\w/]|[.,-]\d)",
    re.IGNORECASE,
)
_PLATE_WORD = re.compile(WORD.format(r"bi[ểe]n|bks|xe|[ôo] t[ôo]|oto"), re.IGNORECASE)
_UNIT = re.compile("[kmhpđdtg]|kg|km|gb|mb|tr|ty|tỷ", re.IGNORECASE)  # «50k 2000 tờ»
_PASSPORT = re.compile(r"(?<![\w/.-])[A-Z][ .]?\d{7}(?!\w|[/.-]\w)", re.IGNORECASE)

_BIRTH = re.compile(
    WORD.format(r"sinh|sn|ngsinh|dob") + r"[^\d\n.;!?]{0,14}(?P<day>\d{1,2}(?:\s?[/.-]\s?|\s(?:tháng|thang)\s)\d{1,2})"
    r"(?=(?:\s?[/.-]\s?|\s(?:năm|nam)\s)(?:19|20)\d\d(?!\d))",
    re.IGNORECASE,
)
_NEAR = 40  # characters between a name and a birthday

_ZERO = "không|khong|zero|o"
_DIGIT_WORD = (
    rf"(?:{_ZERO}|một|mot|mốt|hai|ba|bốn|bon|tư|tu|năm|nam|lăm|lam|sáu|sau|bảy|bẩy|bay|tám|tam|chín|chin)(?!\w)"
)
_TOKEN = re.compile(rf"[\do]{{1,12}}(?!\w|[.,/]\d)|{_DIGIT_WORD}", re.IGNORECASE)
_TOLD_NUMBER = re.compile(rf"(?<![\w.,/-])(?:{_TOKEN.pattern})(?:[ -]{{1,3}}(?:{_TOKEN.pattern}))*", re.IGNORECASE)
_STARTS = re.compile(rf"(?:[0o]|84|(?:{_ZERO})$)", re.IGNORECASE)


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


def personal(text: str) -> frozenset[str]:
    """The kinds of what is masked."""
    found = Counter(_PLACEHOLDER.findall(mask(text)))
    found.subtract(_PLACEHOLDER.findall(unicodedata.normalize("NFC", text)))
    return frozenset(+found)


def _once(text: str) -> str:
    parts = _PLACEHOLDER.split(text)
    return _birthdays(mask_expiry("".join(part if n % 2 else _mask(part) for n, part in enumerate(parts))))


def _mask(text: str) -> str:
    text = _MAIL.sub(lambda found: EMAIL if _MAIL_SHAPE.search(found[0]) else found[0], text)
    text = _TOLD_NUMBER.sub(_told, mask_codes(text))
    text = _PASSPORT.sub(PASSPORT, _PLATE.sub(_plate, mask_homes(mask_names(text))))
    return _RUN.sub(_run, text)


def _birthdays(text: str) -> str:
    """Day and month of birth beside a name. The year stays, and so does a birthday alone, which says of nobody whose it is:
    the bot reckons ages and terms with them."""

    def day(found: re.Match[str]) -> str:
        around = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        return found[0][: found.start("day") - found.start()] + BIRTHDAY if NAME in around else found[0]

    return _BIRTH.sub(day, text)


def _told(found: re.Match[str]) -> str:
    """A telephone number told in words, or in words and digits: «0 chín không ba 123 456»."""
    at = list(_TOKEN.finditer(found[0]))
    tokens = [each[0] for each in at]
    sizes = [len(token) if _DIGIT.search(token) else 1 for token in tokens]
    if sum(sizes) <= _LEAST or _is_written(tokens):
        return found[0]
    parts, masked, n = [], 0, 0
    while n < len(tokens):
        count = _number(sizes[n : n + _MOST + 1]) if _STARTS.match(tokens[n]) else 0
        if count:
            parts += [found[0][masked : at[n].start()], PHONE]
            masked = at[n + count - 1].end()
        n += count or 1
    return "".join([*parts, found[0][masked:]])


def _number(sizes: list[int]) -> int:
    """How many of the pieces of these sizes make a number: all, when of 10 to 12 digits, else the first ten; 0 when too few."""
    sums = list(accumulate(sizes))
    whole = _LEAST < sums[-1] <= _MOST
    return len(sizes) if whole else next((n for n, total in enumerate(sums, 1) if total > _LEAST), 0)


def _is_written(tokens: list[str]) -> bool:
    """Whether a number is in digits throughout, beside words that are none of it: «ba 0912 345 678 năm 2026»."""
    runs = groupby(tokens, str.isdigit)
    return any(sum(map(len, run)) >= _LEAST for digits, run in runs if digits)


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

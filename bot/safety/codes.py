"""Masks codes and passwords: those sent by message, those of a bank card, when it expires, passwords of several words."""

from __future__ import annotations

import re

OTP = "[mã OTP]"
CARD = "[số thẻ]"
CARD_CODE = "[mã thẻ]"
EXPIRY = "[hạn thẻ]"
PASSWORD = "[mật khẩu]"  # noqa: S105 - what stands in its place, not one

WORD = r"(?<![^\W\d_])(?:{})(?![^\W\d_])"
HOTLINE = r"1[89]00[ .-]?(?:\d{4}|\d{6}|\d{2}[ .]\d{2}[ .]\d{2}|\d{3}[ .]\d{3})"
MONEY = r"\s?(?:đồng|đ|vnđ|vnd|dong|d)(?![^\W\d_])"

_CODE_WORD = WORD.format(r"otp|m[ãa] (?:x[áa]c (?:th[ựu]c|nh[ậa]n|minh)|pin|otp|b[ảa]o m[ậa]t|k[íi]ch ho[ạa]t)")
_PASS_WORD = WORD.format(r"m[ậa]t kh[ẩa]u|m[ậa]t m[ãa]|mk|pass(?:word|code)?|pw")
_BEHIND = r"(?:[ởo] )?(?:(?:m[ặa]t|ph[íi]a|[đd][ằa]ng) )?sau(?: l[ưu]ng)?"
_OF_CARD = r"(?: (?:c[ủu]a|m[ặa]t|tr[êe]n|sau|l[ưu]ng|c[áa]i)){0,2} (?:th[ẻe]|card|visa|atm|master(?:card)?)"
_CARD_WORD = WORD.format(
    rf"cv[vc]2?|(?:ba|3) (?:ch[ữu] )?s[ốo] {_BEHIND}(?:{_OF_CARD})?"
    rf"|(?:m[ãa]|s[ốo]) (?:b[ảa]o m[ậa]t|an to[àa]n|b[íi] m[ậa]t|pin|cu[ốo]i|{_BEHIND}){_OF_CARD}|pin{_OF_CARD}"
)
_BATTERY = r"\s?(?:m?ah|wh?|v|%|ph[úu]t|gi[ờo]|ng[àa]y)(?!\w)"

_LINK = r"(?:\s+[^\W\d]{1,8}){0,4}?\s*(?:(?:(?:là|la)(?![^\W\d_])|[:=]|->)\s*){1,3}"
_MINE = (
    r"(?:\s+(?:của|cua|tôi|toi|tui|em|mình|minh|cháu|chau|con|anh|chị|chi|mẹ|me|bố|bo|vợ|vo|chồng|chong|e|t|này|nay|nè|đây"
    r"|day|thẻ|the|visa|atm|số|so|mã|ma|cvv|cvc|vneid|vssid|zalo|facebook|fb|gmail|app|wifi)(?!\w)){0,4}"
)
_DIGITS = rf"(?!{HOTLINE})\d(?:[ .-]?\d){{3,7}}(?![ .-]?\d)"
_COUNTED = rf"(?!{MONEY}|[.,]\d|/\d|\s?(?:k|tr|nghìn|nghin|ngàn|ngan|triệu|trieu|củ|usd|lần|lan|ngày|ngay|người)(?!\w)|\s?[$%])"
_CARD_DIGITS = rf"(?<!\d)\d(?:[ .-]?\d){{2,7}}(?![ .-]?\d){_COUNTED}"
_FRESH = r"(?!\[(?:số|mã|mật|thư|dãy|hạn) )"  # not a placeholder
_MIXED = rf"{_FRESH}(?=[^\s\d]{{0,64}}\d)(?=\d{{0,64}}[^\s\d])\S{{4,}}"
_NO_VALUE = (
    r"(?!(?:gì|gi|sao|nào|nao|bao|ai|như|nhu|thế|the|cái|cai|không|khong|ko|đúng|dung|sai|mấy|may|để|de|do|vì|vi|được"
    r"|duoc|bị|bi|theo|lừa|lua|giả|một|mot|dãy|day|số|so|mã|ma|mật|mat|có|co|phải|phai|là|la|của|cua|rất|rat|ở|nó|no)(?!\w))"
)
_ENDS = (  # the words at which a password of several words is over
    r"(?!(?:thì|thi|mà|nhé|nhe|nha|ạ|à|nè|ơi|oi|hả|ha|vậy|vay|giúp|giup|tra|xin|cho|được|duoc|đc|dc|nhưng|nhung|rồi|roi|xong"
    r"|có|co|bị|bi|không|khong|ko|hay|hoặc|và|với|voi|để|de|của|cua|đó|này|luôn|vào|vao|đã|đang|dang|sẽ|se|nên|nen|vì|vi"
    r"|là|la|em|tôi|toi|tui|mình|minh|anh|chị|chi|nó|no|họ|ho|đọc|doc|gửi|gui|đăng|quên|quen|hỏi|hoi|sao|gì|gi|nào|nao|ai"
    r"|otp|cvv|cvc|mk|pass|mật|mat|mã|ma|cccd|sđt|sdt|stk|thẻ|the|tài|tai|nếu|neu|khi|tại|ở)(?!\w))"
)
_WHOLE = r"(?![^\s.,;:!?])"
_MORE = rf"(?:[ \t]{{1,3}}{_ENDS}[^\W\d_]{{1,16}}{_WHOLE}){{0,4}}"
_LAST = r"[ \t]{1,3}(?=[^\s\d]{0,16}\d)[^\s.,;:!?\[\]]{1,24}"
_PHRASE = rf"{_NO_VALUE}(?:[^\W\d_]{{2,16}}{_WHOLE}{_MORE}{_LAST}|[^\W\d_]{{3,16}}{_WHOLE}{_MORE})"
_QUOTED = r"\"[^\"\n]{1,60}\"|“[^”\n]{1,60}”|«[^»\n]{1,60}»"

_SECRETS = (
    (rf"({_CARD_WORD}(?:{_LINK}(?:(?:số|so|mã|ma)\s+)?|{_MINE}[\s#(/-]{{0,3}}))({_CARD_DIGITS})", CARD_CODE),
    (rf"()(?<![\d.,/-])(\d{{3,8}})(?=\s*(?:là|la)\s+(?:(?:mã|ma|số|so)\s+)?{_CARD_WORD})", CARD_CODE),
    (rf"({WORD.format('pin')}\s*(?:(?:là|la|[:=])\s*){{1,2}})(\d{{4}}(?:\d\d)?)(?![.,]?\d|{_BATTERY})", CARD_CODE),
    (rf"({_CODE_WORD}{_LINK})({_DIGITS}|{_MIXED})", OTP),
    (rf"({_PASS_WORD}{_LINK})({_DIGITS}|{_QUOTED}|{_PHRASE}|{_FRESH}{_NO_VALUE}\S{{3,}})", PASSWORD),
    (rf"({_CODE_WORD}{_MINE}\s+)({_DIGITS})", OTP),
    (rf"({_PASS_WORD}{_MINE}\s+)({_DIGITS}|{_MIXED})", PASSWORD),
    (rf"()(?<![\d.,/-])(\d{{4,8}})(?=\s*(?:là|la)\s+(?:{_CODE_WORD}|{_PASS_WORD}))", OTP),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), label) for pattern, label in _SECRETS)
_SPEAKS_OF_CODES = re.compile(f"{_CODE_WORD}|{_PASS_WORD}|{_CARD_WORD}|{WORD.format('pin')}", re.IGNORECASE)
_SENT = re.compile(f"{_CODE_WORD}|{_PASS_WORD}", re.IGNORECASE)
_LONE_CODE = re.compile(rf"(?<![\d.,/-])\d{{3}}[ -]?\d{{3}}(?!\d|[.,/-]\d|{MONEY}|\s?k\b)", re.IGNORECASE)

_ABOUT_CARD = f"(?:{re.escape(CARD)}|{re.escape(CARD_CODE)})"
_MONTH = r"(?<![\d/.,-])(?:0?[1-9]|1[0-2])\s?[/|-]\s?(?:20)?[2-4]\d(?![\d/]|[.,-]\d)"
_EXPIRES = re.compile(rf"({_ABOUT_CARD}[^\d\n\[]{{0,30}}){_MONTH}|{_MONTH}(?=[^\d\n\[]{{0,20}}{_ABOUT_CARD})")
_AFTER_EXPIRY = re.compile(rf"({re.escape(EXPIRY)}[\s,;|/-]{{1,4}})\d{{3,4}}(?!\d|[.,/-]\d){_COUNTED}", re.IGNORECASE)


def mask_codes(text: str) -> str:
    if not _SPEAKS_OF_CODES.search(text):
        return text
    for pattern, label in _PATTERNS:
        text = pattern.sub(rf"\1{label}", text)
    return _LONE_CODE.sub(OTP, text) if _SENT.search(text) else text


def mask_expiry(text: str) -> str:
    """The month in which a card expires, beside the masked number or code of the card, and the code after it."""
    text = _EXPIRES.sub(lambda found: f"{found[1] or ''}{EXPIRY}", text)
    return _AFTER_EXPIRY.sub(rf"\1{CARD_CODE}", text)

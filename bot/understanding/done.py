"""At a step of a guide: that it was done, and nobody else had a hand in it («em bấm vào rồi ạ»); that it cannot be done
(«không thấy mục đó đâu»)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.text import bare, has_marks, plain, tokens
from bot.understanding.words import each_of, one_of

_LONGEST = 10  # words
_WHO = each_of("em e tôi tui mình mk con cháu bác cô chú anh chị ông bà mẹ má ba bố")
_ALREADY = each_of("đã vừa mới thì")
_DEEDS = each_of(
    "bấm ấn nhấn mở vào vô đăng nhập điền gõ chọn chụp tải cài gửi nộp quét ký xem xác thanh trả tích tick lưu in làm tới đến"
    " ra khai xin viết kê đính bật tạo kiểm cập có thấy hiện được"
)
_END = each_of("rồi xong r")
_AFTER = each_of("nè nhé nha đó")
_OTHERS = each_of(  # somebody else, a loss, trouble, or more than a report
    "nó họ hắn thằng tụi bọn người kẻ cho lạ giả lừa mất trừ bị lỡ trót nhầm sai lộn không ko k hông chưa nhưng sao gì chi"
    " link đường vay nick zalo facebook tiền nhận đòi bắt dọa báo lỗi quên khóa đơ treo xoay hoài apk dỏm lậu virus cvv visa"
    " atm pin pass sạch tiêu"
)
_TWO = frozenset([("nộp", "tiền"), ("trả", "tiền"), ("quét", "mặt"), ("chụp", "mặt")])  # what a step asks for
_PLAIN_TWO = frozenset((plain(one), plain(two)) for one, two in _TWO)

_NOT = each_of("không ko k hông chưa chẳng chả")
_SEEN = each_of("thấy hiện tìm")
_HAS, _THING = each_of("có"), each_of("nút mục ô dòng chữ chỗ hình biểu")
_CAN = each_of("được dc đc nổi")
_ASKS = each_of("không ko k hông chưa gì nào ai mấy")  # at the end: «có thấy không»
_HARM = each_of(
    "tiền triệu lừa mất trừ bị lỡ trót vay nick zalo facebook momo ví hàng dọa bắt đòi link apk cho họ hắn thằng tụi bọn người"
    " lạ giả sống chết thở cháy"
)
_LONGEST_TROUBLE = 8  # words


def is_stuck(text: str) -> bool:
    """`text`: as typed."""
    words = tokens(bare(text))
    if not 2 <= len(words) <= _LONGEST_TROUBLE or one_of(words[-1], _ASKS):
        return False
    if any(one_of(word, _HARM) for word in words):
        return False
    tried = any(one_of(word, _DEEDS - _CAN) for word in words)
    return any(one_of(word, _NOT) and _fails(words[at + 1 : at + 3], tried=tried) for at, word in enumerate(words))


def _fails(after: Sequence[str], *, tried: bool) -> bool:
    """What stands after a «không»."""
    first, second = (*after, "", "")[:2]
    missing = one_of(first, _SEEN) or (one_of(first, _HAS) and one_of(second, _THING))
    return missing or (tried and (one_of(first, _CAN) or one_of(second, _CAN)))


def is_done(text: str) -> bool:
    """`text`: as typed."""
    words = tokens(bare(text))
    while len(words) > 1 and one_of(words[-1], _AFTER):
        words.pop()
    marked = has_marks(words)
    if not 2 <= len(words) <= _LONGEST or not one_of(words[-1], _END):
        return False
    at = 0
    while at < len(words) and one_of(words[at], _WHO | _ALREADY):
        at += 1
    if at >= len(words) - 1 or not one_of(words[at], _DEEDS):
        return False
    said = words[at:]
    known = tuple(said[:2]) in (_TWO if marked else _PLAIN_TWO)
    return not any(one_of(word, _OTHERS) for word in said[2 if known else 1 :])

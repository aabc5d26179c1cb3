"""«Em bấm vào rồi ạ», «quét mặt xong rồi»: a step of a guide was done, and nobody else had a hand in it."""

from __future__ import annotations

from bot.understanding.text import bare, has_marks, plain, tokens
from bot.understanding.words import each_of, one_of

_LONGEST = 10  # words
_WHO = each_of("em e tôi tui mình mk con cháu bác cô chú anh chị ông bà mẹ má ba bố")
_ALREADY = each_of("đã vừa mới thì")
_DEEDS = each_of(
    "bấm ấn nhấn mở vào vô đăng nhập điền gõ chọn chụp tải cài gửi nộp quét ký xem xác thanh trả tích tick lưu in làm tới đến"
    " ra khai xin viết kê đính bật tạo kiểm cập"
)
_END = each_of("rồi xong r")
_OTHERS = each_of(  # somebody else, a loss, trouble, or more than a report
    "nó họ hắn thằng tụi bọn người kẻ cho lạ giả lừa mất trừ bị lỡ trót nhầm sai lộn không ko k hông chưa nhưng sao gì chi"
    " link đường vay nick zalo facebook tiền nhận đòi bắt dọa báo lỗi quên khóa đơ treo xoay hoài apk dỏm lậu virus cvv visa"
    " atm pin pass sạch tiêu"
)
_TWO = frozenset([("nộp", "tiền"), ("trả", "tiền"), ("quét", "mặt"), ("chụp", "mặt")])  # what a step asks for
_PLAIN_TWO = frozenset((plain(one), plain(two)) for one, two in _TWO)


def is_done(text: str) -> bool:
    """`text`: as typed."""
    words = tokens(bare(text))
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

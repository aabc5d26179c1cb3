"""How people tell, while first aid is open, what was done besides, what was not, and what is still wanted of them; the
patterns and keys are those of grammar."""

from __future__ import annotations

from collections.abc import Mapping

from bot.safety.grammar import APP, CODE, END, LINK, PAPER, PAY, PAY_ANY, SUM, THEY

QUESTION = "chuyen_gi"  # the question of the first-aid guide that asks what harm was done
UNCLEAR = "chua_ro"  # its option for those who were harmed and do not say how
NO_HARM = "nghi_ngo"  # its option for those who did nothing yet

_ALSO = "có|còn|cũng|lại|đã|mới|vừa|lỡ|trót"
_TOO = f"nữa|luôn|{END}"
_THEIRS = "lạ|giả|của nó|của họ|cho nó|cho họ|nó gửi|họ gửi|nó đưa|họ đưa|theo nó|theo họ"


def _further(acts: str, things: str) -> tuple[str, ...]:
    return (f"[{_ALSO}] [{acts}] … [{things}]", f"[{acts}] … [{things}] … [{_TOO}|{_THEIRS}]")


# Only an act: harm while first aid is open.
FURTHER: Mapping[str, tuple[str, ...]] = {
    "cai_ung_dung": (*_further("cài|tải", APP), f"[cài|tải] [{_TOO}]"),
    "dua_otp": (
        *_further("đọc|đưa|gửi|cho|cung cấp|nhập|điền", CODE),
        f"[{_ALSO}] [quét|quay] [mặt|khuôn mặt]",
        "[quét|quay] … [mặt|khuôn mặt] … [nữa|luôn|cho nó|cho họ|theo nó|theo họ]",
    ),
    "chuyen_tien": (*_further(PAY_ANY, SUM), f"[{PAY}] [thêm|{_TOO}]"),
    "gui_giay_to": _further("đọc|đưa|gửi|cho|chụp", PAPER),
    "bam_link": (*_further("bấm|nhấn|ấn|nhấp|click|quét", LINK), f"[bấm|nhấn|click] [{_TOO}]"),
}

# What was done to help oneself, told with the same words as harm.
CARE: tuple[str, ...] = (
    "[mật khẩu|mk|mã pin|thẻ] mới",
    "đổi [mật khẩu|mk|mã pin]",
    "[báo|gọi|trình báo|khai báo] … [ngân hàng|công an|113]",
)

# Accounts that money or a name hangs on: their bank, their carrier and the police come before friends.
BANK: tuple[str, ...] = (
    "ngân hàng",
    "[sim|esim|nhà mạng|mất sóng]",
    "[vneid|định danh]",
    "[số dư|thẻ atm|số tài khoản]",
)

# What they want done, by the warning that it deserves while first aid is open.
DEMANDS: Mapping[str, tuple[str, ...]] = {
    "app_gia_chua_ma_doc": (
        f"[{THEY}] [bắt|bảo|kêu|biểu|đòi|dụ|ép|hối|giục|chỉ|yêu cầu|hướng dẫn] … [cài|tải] … [{APP}]",
    ),
}

_NEVER = "chưa|chưa có|chưa hề|không|không có|không hề|đâu có"

# Harm that was not done, in so many words.
DENIED: Mapping[str, tuple[str, ...]] = {
    "bam_link": (f"[{_NEVER}] [bấm|nhấn|ấn|nhấp|click|mở link|vào link|quét]",),
    "dua_otp": (
        f"[{_NEVER}] [đọc|đưa|cho|cung cấp|nhập|điền|quét mặt|quét khuôn mặt]",
        f"[{_NEVER}] [gửi|đưa|cho] [{CODE}]",
    ),
    "cai_ung_dung": (f"[{_NEVER}] [cài|tải]",),
    "chuyen_tien": (
        f"[{_NEVER}] [{PAY}|đóng|nộp|trả|thanh toán|mất|bị mất|bị trừ|cho tiền]",
        f"[{_NEVER}] [mất gì|bị gì|bị mất gì|sao hết]",
    ),
    "gui_giay_to": (f"[{_NEVER}] [gửi|chụp]", f"[{_NEVER}] [gửi|chụp|đưa|cho] [{PAPER}]"),
    "chua_ro": (
        f"[{_NEVER}] [mất|mất gì|mất tiền|bị gì|bị mất gì|làm gì|làm theo|sao hết]",
        f"[{_NEVER}|suýt|xém] [bị lừa|mất tiền]",
    ),
}
NOTHING_DONE: tuple[str, ...] = (f"[{_NEVER}] [làm gì|làm theo]",)

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
_AMOUNT = "# triệu|# tr|# k|# củ|# nghìn|# ngàn|# tỷ|# chai|# lít|# trăm|# đồng"
_WHO = "em|e|tôi|tui|mình|mẹ|má|bố|ba|vợ|chồng|con|cháu|bà|ông"
_TOOK = "lấy|rút|trừ|cuỗm|hốt|ẵm|lừa|lừa lấy|lừa mất"
_LOST = "mất|bay|hết|bị mất|bị trừ|bị rút|bị lừa|bị lấy"
_NICK = "zalo|facebook|fb|nick|messenger"
_THEIRS = "lạ|giả|của nó|của họ|cho nó|cho họ|nó gửi|họ gửi|nó đưa|họ đưa|theo nó|theo họ"


def _further(acts: str, things: str) -> tuple[str, ...]:
    return (f"[{_ALSO}] [{acts}] … [{things}]", f"[{acts}] … [{things}] … [{_TOO}|{_THEIRS}]")


# Only an act: harm while first aid is open. What is hardly more than the name of a choice («cài app») answers its question.
FURTHER: Mapping[str, tuple[str, ...]] = {
    "cai_ung_dung": (
        *_further("cài|tải", APP),
        f"[cài|tải] [{_TOO}]",
        "[cài|tải|cài đặt] [app|ứng dụng|phần mềm|file apk|apk]",
        "[cài|tải] [cái|con] [app|ứng dụng|phần mềm]",
    ),
    "dua_otp": (
        *_further("đọc|đưa|gửi|cho|cung cấp|nhập|điền", CODE),
        f"[{_ALSO}] [quét|quay] [mặt|khuôn mặt]",
        "[quét|quay] … [mặt|khuôn mặt] … [nữa|luôn|cho nó|cho họ|theo nó|theo họ]",
        "[đọc|đưa|cho|lộ|gửi] [mã|otp|mã otp|mật khẩu|số thẻ|cvv|mã xác nhận]",
        "[nhập|điền] [otp|mã otp|số thẻ|cvv]",
    ),
    "chuyen_tien": (
        *_further(PAY_ANY, SUM),
        f"[{PAY}] [thêm|{_TOO}]",
        "[chuyển tiền|chuyển khoản|nạp tiền|đặt cọc|ck tiền]",
        f"[{_WHO}] [chuyển|ck|nạp|cọc]",
        f"[chuyển|ck|nạp|cọc|đóng] [{_AMOUNT}]",
        f"[{THEY}] [{_TOOK}] … [{_AMOUNT}|tiền]",
        f"[{_LOST}] [{_AMOUNT}]",
        "[mất|bị mất|bị trừ|bị rút] tiền",
    ),
    "bi_de_doa": ("bị [dọa|đe dọa|hăm dọa|uy hiếp]",),
    "gui_giay_to": (
        *_further("đọc|đưa|gửi|cho|chụp", PAPER),
        f"[gửi|gửi ảnh|gửi hình|chụp|chụp ảnh|đưa ảnh] [{PAPER}]",
    ),
    "mat_tai_khoan": (f"[mất|bị mất|mất cả|mất luôn] [{_NICK}|tài khoản zalo|tài khoản facebook]",),
    "bam_link": (
        *_further("bấm|nhấn|ấn|nhấp|click|quét", LINK),
        f"[bấm|nhấn|click] [{_TOO}]",
        "[bấm|nhấn|ấn|nhấp|click|mở] [link|vào link|đường link|đường dẫn]",
    ),
}

# What was or is to be done to help oneself, or is asked, with the same words as harm.
CARE: tuple[str, ...] = (
    "[có nên|có cần|làm sao để|làm thế nào để|cách] [cài|tải|đọc|chuyển|nạp|gửi|bấm|nhập]",
    "[cài|tải|đọc|nhập] [app|ứng dụng|phần mềm|mã|otp] nào",
    "[cài|tải] [app|ứng dụng] [ngân hàng|chính thức|chính chủ|chính hãng]",
    "[mất tiền|chuyển tiền|chuyển khoản|cài app|đọc mã|đọc otp|bấm link] thì",
    "[chặn|giữ|hủy] … [khoản|lệnh] [chuyển tiền|chuyển khoản]",
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
    "cai_ung_dung": (f"[{_NEVER}] [cài|tải]", f"[{_NEVER}] [cài|tải] [gì|gì hết|gì cả|app gì hết]"),
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

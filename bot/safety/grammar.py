"""How people tell of a scam, as patterns over words: who did what to whom. Content adds set phrases to these.

«[a|b c]» is either, «…» is up to five words. Keys are ids of content: signals, and options of the first-aid question.
"""

from __future__ import annotations

from collections.abc import Mapping

_THEY = "nó|tụi nó|bọn nó|chúng nó|bọn chúng|chúng|họ|người ta|người lạ|bọn|tụi|thằng|hắn|kẻ gian|tụi kia|bọn kia|ai đó"
_FOE = (
    "nó|tụi nó|bọn nó|chúng nó|bọn chúng|bọn|tụi|thằng|lũ|hắn|kẻ gian|kẻ lừa|bọn lừa|tụi lừa|thằng lừa|lừa đảo|người lạ"
)
_OOPS = "lỡ|trót|lỡ tay|dại dột|dại|nhẹ dạ|cả tin|nghe lời|nghe theo|tin lời|làm theo"
_DONE = "vừa|vừa mới|mới|đã|hồi nãy|lúc nãy|nãy|hôm qua|sáng nay|chiều nay|tối qua|" + _OOPS
_END = "rồi|xong|mất rồi|luôn rồi"
_PAY = "chuyển|chuyển tiền|chuyển khoản|ck|nạp|nạp tiền|cọc|đặt cọc|bank|gửi tiền|đưa tiền|bắn tiền"
_PAY_ANY = _PAY + "|đóng|nộp|trả|thanh toán|đưa|gửi"
_SUM = "tiền|triệu|tr|củ|nghìn|ngàn|k|tỷ|chai|lít|khoản"
_CODE = (
    "otp|mã otp|mã xác nhận|mã xác thực|mã bảo mật|mã pin|pin|mã số|dãy số|mật khẩu|mk|cvv|số thẻ|6 số|sáu số|cái mã"
)
_GIVE = "đọc|đưa|gửi|cho|cung cấp|khai|nói|báo"
_PAPER = (
    "căn cước|cccd|cmnd|chứng minh thư|sổ đỏ|sổ hộ khẩu|giấy tờ|giấy khai sinh|khuôn mặt|chân dung|bằng lái|hộ chiếu"
)
_APP = "app|ứng dụng|apk|file|tệp|phần mềm"
_LINK = "link|đường link|đường dẫn|liên kết|web|trang|mã qr|qr"
_PRESS = "bấm|nhấn|ấn|nhấp|click|kích|mở|vào|vô|truy cập|quét"
_NET = "zalo|facebook|fb|face|nick|messenger|telegram|tiktok|gmail|email|instagram"
_SEIZE = "hack|chiếm|cướp|đánh cắp|lấy cắp|lấy mất|chiếm đoạt|chiếm quyền|xâm nhập"
_KIN = "con|cháu|em|tôi|tui|mình|mẹ|má|bố|ba|cha|chồng|vợ|anh|chị|ông|bà|bạn|cô|chú|bác|dì|cậu"
_SHOW = "ảnh|hình|clip|video|ảnh nóng"
_ASK = "bảo|kêu|biểu|đòi|bắt|yêu cầu|xin|nhờ|hỏi|giục|hướng dẫn|dụ|rủ|ép|nói|muốn|phải|cần"

# Someone did harm, or it was done to them: enough by itself.
HARM: Mapping[str, tuple[str, ...]] = {
    "bi_de_doa": (
        f"[dọa|đe dọa|hăm|hăm dọa|đe] … [tung|đăng|gửi|phát tán|up|bêu|giết|chém|đánh] … [{_SHOW}|gia đình|cả nhà|cơ quan]",
        f"[đòi|sẽ|dọa] [tung|đăng|phát tán] … [{_SHOW}]",
        f"[quay|chụp|có] … [clip|video|ảnh nóng] … [đòi tiền|tống tiền|bắt chuyển]",
        f"bị [{_FOE}] [giữ|nhốt|trói|giam|khống chế|bắt giữ|bắt cóc|ép|dọa|tống tiền]",
        f"[{_KIN}] … bị [bắt cóc|nhốt|trói|khống chế|giam lỏng|tống tiền|bắt giữ]",
        f"[{_FOE}] [đang|đã|bắt] … [giữ|nhốt|trói|giam] … [{_KIN}]",
        f"[{_FOE}] [giữ|nhốt|trói|giam|ép] [{_KIN}]",
        "[bị giữ|giữ|nhốt|lừa|bán] … [campuchia|cam pu chia|miến điện|tam giác vàng]",
        f"[{_FOE}] [bắt|ép] … [thuê|ở|vào|ra] … [khách sạn|nhà nghỉ|một mình|yên trong phòng]",
        "[quay|chụp] … trói … gửi cho [bố|mẹ|gia đình|ba|má]",
        "[thuê|ở|vào|ra] [khách sạn|nhà nghỉ] … [trói|chuộc]",
    ),
    "cai_ung_dung": (
        f"[{_OOPS}] … [cài|tải] … [{_APP}|vneid|về máy]",
        f"[{_OOPS}] [cài|tải]",
        f"[cài|tải] … [{_APP}|vneid|etax|vssid] … [lạ|giả|giả mạo|của nó|nó gửi|họ gửi|nó đưa|người ta gửi] … [{_END}]",
        f"[{_DONE}] [cài|tải] … [{_APP}|vneid|etax|vssid] … [lạ|giả|giả mạo|của nó|nó gửi|họ gửi|nó đưa|người ta gửi]",
        f"[cài|tải] … [vneid|etax|vssid|dịch vụ công] giả [{_END}]",
        f"[cài|tải] … [{_APP}] … [{_END}] … [mất tiền|mất sạch|bị trừ|trừ tiền|tự chuyển|bay|đơ|treo|đen]",
        f"[{_DONE}] … [chia sẻ màn hình|share màn hình|chiếu màn hình]",
        f"[chia sẻ màn hình|share màn hình] … [cho nó|cho họ|{_END}]",
        f"[{_DONE}] … [cho|để|bị] … [điều khiển|thao túng] … [điện thoại|máy|từ xa]",
        f"[điện thoại|máy] … [tự nhảy|tự chạy|tự bấm|tự chuyển|tự thao tác|tự mở|tự lướt]",
        f"[{_DONE}] cấp [quyền|hết quyền] cho [{_THEY}]",
    ),
    "dua_otp": (
        f"[{_OOPS}] … [đọc|đưa|cho|cung cấp|gửi] … [{_CODE}|mã]",
        f"[{_OOPS}] … [nhập|điền|khai] … [mật khẩu|số thẻ|cvv|thông tin thẻ|số tài khoản|thông tin ngân hàng]",
        f"[{_OOPS}] … [nhập|điền] … [otp|mã] … [trang giả|link|trang lạ|web giả|trang đó]",
        f"[{_DONE}] … [đọc|đưa|cho|cung cấp|gửi] … [{_CODE}] … cho [{_THEY}|shipper|tổng đài|số lạ]",
        f"[{_DONE}] … [đọc|đưa|nói|cung cấp|gửi] cho [{_THEY}|shipper|tổng đài] … [{_CODE}|mã gửi về|mã]",
        f"[đọc|đưa|cung cấp|gửi] … [{_CODE}] … cho [{_THEY}] [{_END}]",
        f"[đọc|đưa|cung cấp|gửi] … [{_CODE}] [{_END}] … [nó|mất|trừ|sợ|làm sao|lừa]",
        f"[{_DONE}] quét [mặt|khuôn mặt] … [cho|theo|của] [{_THEY}]",
        f"[nhập|điền] … [mật khẩu|số thẻ|otp|thông tin thẻ] … [{_END}] … [mất tiền|bị trừ|trừ mất|trừ tiền|lừa|tính sao]",
    ),
    "chuyen_tien": (
        f"[{_OOPS}] … [{_PAY}]",
        f"[{_OOPS}] … [đóng|nộp|trả|đưa|thanh toán] … [cho|qua|vào] … [{_FOE}|link giả|trang giả|đường link giả|web giả]",
        f"[{_PAY_ANY}] … cho [{_FOE}] [{_END}]",
        f"[{_PAY_ANY}] … [{_SUM}] … cho [{_FOE}]",
        f"[{_DONE}] … [{_PAY_ANY}] … cho [{_FOE}|công an giả|cán bộ giả|shipper giả|tổng đài giả]",
        f"[{_PAY_ANY}] … cho [bọn|tụi|thằng|lũ|kẻ] [giả|lừa]",
        f"[{_PAY_ANY}] … [{_END}] … [nó|họ|shop|bên đó|người ta|tụi nó] [chặn|block|cắt liên lạc|biến mất|mất hút|im luôn|khóa]",
        f"[{_PAY_ANY}] … [{_END}] … [mới biết|biết] … [lừa|lừa đảo|giả]",
        f"[{_PAY_ANY}] … rồi mới [biết|hay|nhận ra]",
        f"[nạp|đầu tư|góp|bỏ] … [{_SUM}] … [không rút|rút không|chưa rút]",
        f"[nạp|đầu tư|góp|bỏ] … [{_SUM}] … [sàn|nhiệm vụ] … [không rút|rút không|không cho rút]",
        f"[{_KIN}] … bị lừa [mất|hết|sạch|chuyển|tiền|rồi|mua|bán|tuyển|vay|đầu tư|đặt cọc|nạp|qua|trên|lấy]",
        f"[vừa|mới|đã|đang] bị [lừa|lừa đảo]",
        f"bị [{_FOE}] lừa",
        f"bị [lừa|lừa đảo] … mất … [{_SUM}]",
        f"bị [lừa|lừa đảo] [rồi|mất rồi|hết rồi|mất|tiền]",
        f"[bọn|tụi|kẻ|lũ] lừa đảo [lấy|lừa|rút|trừ|chiếm]",
        f"bị [dụ|ép|gạt|thao túng] … [{_PAY_ANY}] … [{_SUM}|lần|{_END}]",
        f"[{_DONE}] … rút [sổ|tiết kiệm|hết|sổ tiết kiệm] … [đưa|chuyển|nộp] … cho",
        f"[làm nhiệm vụ|nhiệm vụ online|chốt đơn|cộng tác viên|ctv] … [mất|bị lừa|lừa mất] … [{_SUM}]",
        f"[{_PRESS}|cài|nhập|đọc] … [{_LINK}|{_APP}|otp|mã] … [mất|bị trừ|trừ mất|bay|trừ] … [{_SUM}]",
        f"[tiền|tài khoản] … [bay mất|bay hết|bay sạch|mất sạch|bốc hơi|sạch trơn|về 0]",
        f"[bị ép|bị dọa|dọa bắt] … nên [{_PAY_ANY}]",
        f"[{_DONE}] … [{_PAY_ANY}] … [tài khoản tạm giữ|tài khoản an toàn|công an giả|kẻ lừa đảo]",
    ),
    "mat_tai_khoan": (
        f"[{_NET}] … bị … [{_SEIZE}|lấy mất|đổi mật khẩu]",
        f"bị [{_SEIZE}|mất] … [{_NET}]",
        f"[{_THEY}] … [{_SEIZE}|lấy] … [{_NET}]",
        f"[{_THEY}] đổi [mk|mật khẩu|mất mật khẩu] [{_NET}]",
    ),
    "gui_giay_to": (
        f"[{_OOPS}] … [gửi|chụp|đưa|cho] … [{_PAPER}]",
        f"[{_DONE}] … [gửi|chụp|đưa] … [{_PAPER}] … cho [{_THEY}]",
        f"[gửi|chụp|đưa] … [{_PAPER}] … cho [{_THEY}] … [{_END}]",
        f"[gửi|chụp|đưa] … [{_PAPER}] … [{_END}] … [lừa|lừa đảo|sợ|nghi|giả]",
        f"[lộ|lộ hết|bị lộ] … [{_PAPER}|thông tin] … [vay|nợ] … tên [em|tôi|mình|tui]",
    ),
    "bam_link": (
        f"[{_OOPS}|bấm nhầm|nhấn nhầm|click nhầm] … [{_PRESS}] … [{_LINK}]",
        f"[bấm nhầm|nhấn nhầm|click nhầm|ấn nhầm] … [{_LINK}]",
        f"[{_DONE}] [{_PRESS}] … [link lạ|đường link lạ|link giả|trang giả|mã qr lạ|link lừa đảo|link phạt nguội]",
    ),
}

# Only an act: it is harm when the message also says that it was a trick.
ACTS: Mapping[str, tuple[str, ...]] = {
    "chuyen_tien": (
        f"[{_DONE}] … [{_PAY_ANY}] … [{_SUM}]",
        f"[{_PAY_ANY}] … [{_SUM}] … [{_END}|lần]",
        f"[{_PAY_ANY}] … [{_END}]",
        f"[mất|bị trừ|trừ mất|rút mất|bay] … [{_SUM}]",
    ),
    "dua_otp": (f"[{_DONE}|{_OOPS}] … [{_GIVE}|nhập|điền] … [{_CODE}]", f"[{_GIVE}|nhập|điền] … [{_CODE}] … [{_END}]"),
    "cai_ung_dung": (f"[{_DONE}|{_OOPS}] … [cài|tải] … [{_APP}|vneid]", f"[cài|tải] … [{_APP}|vneid] … [{_END}]"),
    "gui_giay_to": (f"[{_GIVE}|chụp] … [{_PAPER}] … [{_END}]", f"[{_DONE}|{_OOPS}] … [{_GIVE}|chụp] … [{_PAPER}]"),
    "bam_link": (f"[{_PRESS}] … [{_LINK}] … [{_END}]", f"[{_DONE}] … [{_PRESS}] … [{_LINK}]"),
}

# What says that it was a trick.
TRICK: tuple[str, ...] = (
    "bị lừa",
    "[bọn|tụi|kẻ|thằng|lũ|trò|là|biết|trang|nghi] [lừa|lừa đảo]",
    "lừa đảo rồi",
    "lừa em",
    "lừa tôi",
    "[giả mạo|giả danh|mạo danh]",
    "[công an|cán bộ|shipper|tổng đài|điện lực|nhân viên|luật sư|trang|link|app|web|vneid|ngân hàng] giả",
    f"[{_FOE}|shop|bên đó|người đó|người ta] [chặn|block|biến mất|mất hút|cắt liên lạc|hack|chiếm|đổi]",
    "chặn [facebook|zalo|số|liên lạc|luôn]",
    "[nó|tụi nó|bọn nó|chúng nó] [gửi|đưa|bảo|kêu|dụ|bắt|đòi|lấy|rút|trừ|xin|tự tải]",
    "[link|trang|app|số|người|web] lạ",
    "[sợ|huhu|hoảng] [quá|lắm]",
)

"""How people tell of harm in the words of any region: what was done, for whom, and a cry for help; patterns as in grammar.

A deed with the one it was done for is harm by itself where that one is a foe; with a cry for help also where it is «họ».
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.safety.grammar import APP, CODE, END, FOE, PAPER, PAY, PAY_ANY, SUM, THEY

_ENDED = END + "|hết rồi"
_ONE = (  # somebody on the other side, as told in any region
    THEY + "|cô ấy|anh ấy|chị ấy|ông ấy|bà ấy|cổ|ảnh|ổng|bả|anh ta|cô ta|chị ta|ông ta|bà ta|người gọi|người đó|bên đó"
    "|bên kia|bọn đó|tụi đó|thằng đó|con đó|bọn đấy|gã|hắn|người ấy|cán bộ đó|nhân viên đó|thằng kia|con kia|ng ta|o nớ"
)
_FAKE = "dỏm|rởm|giả|giả mạo|lậu|lạ|đểu|fake"
_TOLD = "hỏi|xin|đòi|kêu|bảo|biểu|dặn|bắt"
_TELL = "đọc|đưa|nói|cho|gửi|khai|cung cấp|nhắn|trao"
_SECRET = CODE + "|mã|tên đăng nhập|opt|mã pin|số bí mật|dãy mã"
_NET = "zalo|facebook|fb|face|nick|messenger|tài khoản facebook|tài khoản zalo"
_OTHERS = "bạn bè|bà con|họ hàng|người thân|người quen|bạn|bạn mình|mọi người|khắp nơi|danh bạ|cả nhà"
_AMOUNT = "# triệu|# tr|# k|# củ|# nghìn|# ngàn|# tỷ|# chai|# lít|triệu|tỷ"
_PLACE = "app|sàn|link|trang|web|nhóm|ví|shop|page|hệ thống"
_TIMES = "# lần|hai lần|ba lần|bốn lần|năm lần|sáu lần|bảy lần|mấy lần|nhiều lần"
_MORE = "thêm|nữa|tiếp|nốt"
_DEVICE = "máy|điện thoại|màn hình|đt"
_BROKEN = (
    "đen|đen thui|đen ngòm|đơ|treo|bị khóa|khóa|nóng|tự chạy|tự mở|tự bấm|tự nhảy|tắt không được|bấm không được"
    "|bấm gì cũng không|không bấm được|không tắt được|không điều khiển được|không lên|không lên nguồn|sập nguồn|tắt ngúm"
)
_KIN = "con|cháu|em|mẹ|má|mạ|bố|ba|chồng|vợ|anh|chị|ông|bà|bạn"
_GONE = "trống trơn|trống không|dọn đi|bỏ trốn|biến mất|mất hút|ôm tiền|không còn ai|bay màu|lặn mất|dẹp tiệm|sập rồi"
_ABROAD = "cam|campuchia|cam pu chia|miến điện|miến|biên giới|lào|thái lan"
_SHOW = "ảnh|hình|clip|video"

# Harm by itself.
SAID: Mapping[str, tuple[str, ...]] = {
    "bi_tong_tien": (
        f"không [chuyển|đưa|trả|nộp|gửi|chuyển tiền|đưa tiền|trả tiền] … [tung|đăng|phát tán|gửi|up] … [{_SHOW}]",
        "[quay|chụp|ghi|lưu] … [màn hình|nhạy cảm|nóng|sex|cởi|khỏa thân] … [đòi|bắt|dọa|vòi]",
        f"[{FOE}] … [ghép|quay|giữ] … [{_SHOW}] … [đòi|vòi|dọa]",
        f"[{FOE}] … [đòi|dọa|hăm] … [gửi|tung|đăng|phát tán|up] … [{_SHOW}|nude]",
        f"[gửi|quay|chụp|cho] … [{_SHOW}] … [giờ|xong|rồi] [{THEY}|bị] [đòi|dọa|vòi|ép]",
        f"[{THEY}] đòi [tiền|{_AMOUNT}] … [không thì|không là|k thì|k là|nếu không] … [gửi|tung|đăng|phát tán|bêu]",
        f"tung … [{_SHOW}] … [em|tôi|tui|mình|con|cháu] … [sợ|cứu|giúp]",
    ),
    "bi_de_doa": (
        "[cấm|không cho|không được] … [tắt|cúp] … [thuê|ra|đi|vào|ở] … [phòng|khách sạn|nhà nghỉ|một mình]",
        f"bị [lừa|bán|dụ|bắt|đưa] … [qua|sang] … [{_ABROAD}]",
        f"đòi … [{_AMOUNT}|tiền] mới [thả|cho về|tha|trả người]",
        "[mất tích|không liên lạc được|không về nhà|biệt tăm] … [clip|trói|đòi tiền|chuyển tiền|tiền chuộc]",
        "[clip|hình|ảnh|video] … [bị trói|bị đánh|bị nhốt|bị bịt]",
        f"[{_KIN}] … bị [{FOE}] … [giữ|nhốt|trói|bắt]",
        f"[{FOE}|người ta|họ] bắt [tôi|tui|em|mình|con|cháu] [ngồi|ở|đứng] … [camera|phòng|một mình|im|yên]",
        f"[{FOE}] … [đòi|dọa|hăm|sẽ] … [chém|giết|đâm|đốt nhà|xử]",
        f"[{FOE}] … [đòi|dọa] [đánh|giết|chém|đốt|xử|tạt] … [con|nhà|tôi|tui|em|mình|cháu|ba|mẹ|vợ|chồng]",
        "[đang|còn] [trên|trong|giữ|nghe] … [cuộc gọi|video|camera|máy] … không [dám|cho|được] [tắt|cúp]",
    ),
    "cai_ung_dung": (
        f"[cài|tải|down|bấm cài] … [{APP}|vneid|etax|vssid|cái app] … [{_FAKE}|theo link|theo lời|theo nó] … [{END}]",
        f"[theo lời|nghe lời|làm theo] [{_ONE}] … [cài|tải] … [{_ENDED}]",
        f"[cài|tải|down] … [{_ENDED}] … [{_DEVICE}] … [{_BROKEN}]",
        f"[cài|tải|down] … [{APP}] … [{_DEVICE}] … [{_BROKEN}]",
        "[tải|cài] … theo link … [cấp|bật|cho] … quyền",
        "[ấn|bấm|bật|cấp|cho] … quyền … theo [lời|nó|họ|tụi nó|bọn nó]",
        f"cấp hết quyền … [{_ONE}|{END}]",
        f"[{_DEVICE}] … [bị khóa|khóa] … [{FOE}] [bắt|đòi|vòi] [trả|đưa|nộp|chuyển|tiền]",
        f"[{FOE}] [thấy|coi|xem|nhìn] [hết|cả|được] … [màn hình|mật khẩu|máy|tin nhắn]",
        f"[cho|để] [người lạ|{FOE}] … [điều khiển|vào máy|vô máy|mượn máy]",
        f"[xóa|gỡ] [{END}|app|nó] … [vẫn|còn] … [bật|tự|camera|nóng|chạy]",
        f"quét [mặt|khuôn mặt] … [{APP}|trang|web] … [{FOE}] [đưa|gửi|chỉ]",
    ),
    "dua_otp": (
        f"[{_TELL}] … [{_SECRET}|# số] … cho [{_ONE}] … [{_ENDED}]",
        f"[đọc|đưa|cho|nói] [{_ONE}] … [{_SECRET}] … [{_ENDED}]",
        f"[{_ONE}] … [{_TOLD}] … [{_SECRET}|số] … [đọc|đưa|gửi|khai] [luôn|rồi|luôn rồi|hết|hết rồi|theo]",
        f"[khai|điền|nhập] … [mật khẩu|số thẻ|otp|mã|tài khoản] … [trang|web|link|app] [{_FAKE}|đó|đấy|kia|nó gửi]",
        f"[đọc|đưa|khai] luôn … [{_SECRET}|số]",
        f"đưa … số thẻ … [ba|3|#] số … [{_ONE}]",
    ),
    "chuyen_tien": (
        f"[gửi|đưa|gom|chuyển] [tiền|hết tiền|sạch tiền|# triệu|# tr|# củ] … cho [{FOE}]",
        f"[gửi|gom|chuyển] hết cho [{FOE}]",
        f"[nạp|chuyển|đóng|nộp|đầu tư|bỏ] … [{SUM}|lần] … rút [không|k|ko|hông|chưa|hổng] [được|ra|về|nổi]",
        f"[{FOE}] [ôm|cuỗm|hốt|cướp|nuốt|ẵm|bốc|lấy|gom|trừ|rút] … [{_AMOUNT}|tiền] … [chạy|trốn|lặn|mất|{END}]",
        "mất [tiền|của] [oan|uổng|hết|sạch]",
        "[đầu tư|góp vốn|góp|nạp|hùn|chơi] … [trắng tay|sạch vốn|mất trắng|sập|dẹp]",
        f"[tài khoản|tk|thẻ] … [bị rút|bị trừ|hụt|mất|bay] … [{_AMOUNT}] … không [làm|giao dịch|bấm|mua|dùng|chuyển] gì",
        f"bị [scam|lừa|gạt|lùa] [mất|hết|{_AMOUNT}]",
        f"[{PAY_ANY}] [{_TIMES}] … [{END}|giờ|nay|hết|tổng cộng]",
        f"[kêu|bảo|bắt|dụ|biểu] … [{PAY_ANY}] [{_TIMES}] [{END}]",
        f"[{PAY_ANY}] … [{_TIMES}] … [{_AMOUNT}] … [{_ONE}|giờ] … [đòi|kêu|bắt|bảo|biểu]",
        f"[đóng|nộp|chuyển] … phí … [{END}] … [không|chưa|chẳng] thấy",
        f"[{PAY_ANY}|quét mã] … [cho|vào|vô|qua|của] [shipper|nhân viên|công an|cán bộ|chủ nhà|trang|shop|app|web] [{_FAKE}]",
        f"[đóng|nộp|chuyển|nạp] … [{END}] … [đòi|kêu|bắt|bảo|biểu] … [{_MORE}] … mới [trả|cho|rút]",
        f"[lấy|dùng|trộm] thẻ … [nạp|chuyển|mua] … cho [{THEY}]",
        f"[mất|bay|tiêu] … [{_AMOUNT}] vì … [{_PLACE}|tin|nó|họ|người]",
        "[tài khoản|tk|thẻ|ví] … [còn|chỉ còn] [0|không|mấy] [đồng|nghìn|ngàn|k]",
        f"[{PAY}|trừ] [đi|{_AMOUNT}] … mà … [có chuyển đâu|không chuyển|không bấm|có bấm đâu|không làm|có làm gì đâu]",
        f"[{PAY_ANY}] … [{_AMOUNT}] … [tới nơi|đến nơi|tới|đến|hôm nay] … [{_GONE}]",
        f"[{PAY_ANY}] … [{_AMOUNT}|tiền|{END}] … [văn phòng|công ty|cửa hàng|shop|trang|sàn|họ|chủ] … [{_GONE}]",
        f"[thẻ cào|thẻ nạp] … [đọc|gửi|cho] … [{_ONE}] … [{_ENDED}]",
    ),
    "mat_tai_khoan": (
        f"[{_NET}] … bị [{_ONE}|ai] … [lấy|chiếm|hack|vào|vô|dùng|cướp]",
        f"[văng|đá|thoát] … [khỏi|ra khỏi] … [{_NET}]",
        f"[{_NET}] … không [vào|vô|đăng nhập] được … [mượn|vay|nhắn]",
        f"[{FOE}|ai đó|đứa nào] … [mượn|vay] [tiền|# tr|# triệu] … [{_OTHERS}]",
        f"[{FOE}] đổi [mật khẩu|mk|luôn|mất]",
    ),
    "gui_giay_to": (
        f"[gửi|chụp|đưa|up] … [{PAPER}] … cho … [app vay|app|bên vay|chỗ vay|bọn|tụi] … [sợ|lo|lừa|giả]",
        f"[đưa|gửi|cho] [hết|cả] … [{PAPER}] … [{FOE}]",
        f"[đưa|giao|để] … [{PAPER}] … cho [{_ONE}] … [cầm|giữ|chụp|mang đi]",
        f"[gửi|chụp|đưa] … [{PAPER}] … [nick|trang|chỗ|người|cán bộ|bên] … [giả|dỏm|lạ] … [{END}|giờ]",
    ),
    "chua_ro": (
        "[dính|mắc] [lừa|lừa đảo|scam|bẫy|quả lừa]",
        f"[làm|nghe] theo [{_ONE}] [{END}|hết rồi]",
        f"[làm|nghe] theo lời [{_ONE}] [{END}|hết rồi]",
        f"[dại|ngu|khờ] quá … [tin|nghe] [{_ONE}|lời|người]",
        "vì bị [lừa|lừa đảo|gạt]",
        "bị [dụ|gài|bịp|úp sọt|dắt mũi|gạt|lừa gạt|chơi khăm] [rồi|mất rồi|hết rồi]",
        "[hu hu|huhu|trời ơi|cứu|hic|chết rồi|toang] … [bị lừa|lừa đảo]",
        "bị [người ta|nó|họ|tụi nó|bọn nó|hắn|kẻ gian] [gạt|lừa|gài]",
    ),
}

# Only a deed: harm with a cry for help, where it is about no procedure.
DEEDS: Mapping[str, tuple[str, ...]] = {
    "chuyen_tien": (
        f"[{PAY_ANY}|gửi] … [{SUM}|hết] … cho [{_ONE}]",
        f"[{PAY}] cho [{_ONE}]",
        f"[vừa|mới|đã|lỡ] [{PAY_ANY}] … [# triệu|# tr|# củ|# tỷ]",
        f"[nạp|chuyển|ck|bank|đóng|gửi] … [{_AMOUNT}] … [vào|vô|cho|qua|trên] [{_PLACE}]",
        f"[vừa|mới|đã|lỡ] [{PAY_ANY}] cho",
        f"[{PAY}] … [{_AMOUNT}] … [{END}]",
        f"[{PAY}] … [{_ONE}|shop|page|chủ] … [{_AMOUNT}|{END}]",
        f"mua thẻ cào … [{_AMOUNT}|cho|đọc]",
        f"[mang|đem|giao|cầm|đưa|ôm] … [{_AMOUNT}|vàng|tiền mặt|sổ tiết kiệm] … [gặp|cho|tới|ra|qua|đưa]",
    ),
    "dua_otp": (f"[đọc|đưa|cho|nói|khai] … [{_SECRET}] … [{END}|{_ONE}]", f"[nó|họ|hắn] [biết|có] … [{CODE}]"),
    "cai_ung_dung": (f"[cài|tải] … [file|apk|app lạ|theo link|nó|họ] … [{END}]",),
}

# A cry for help.
CRIES: tuple[str, ...] = (
    "cứu [tôi|tui|em|mình|với|con|tớ]",
    "[cíu|hic|huhu|hu hu|toang|trời ơi|trời đất ơi|thôi chết|thôi rồi|chết rồi|chết tui|chết em|chết tôi|khổ quá]",
    "[run|sợ|hoảng|lo|rối|hoang mang] [quá|lắm|bần bật|bắn]",
    "[run|sợ|hoảng] [rồi|hết]",
    "[giờ|chừ|bây giờ] [sao|làm sao|răng|mần răng|tính sao|phải sao|làm gì|phải làm gì|phải làm sao]",
    "[làm sao|làm gì|làm răng|tính sao|mần răng] [giờ|bây giờ|đây|chừ]",
    "[chừ răng|răng chừ|răng đây|sao đây|tính sao đây]",
    "[lấy lại|gỡ|giữ lại|đòi lại|chặn lại|hủy] … [được không|kịp không|được hông|được ko|kịp hông]",
    "[gọi ai|kêu ai|báo ai|nhờ ai] [giờ|chừ|bây giờ|đây|giúp]",
    "[không|chẳng] [nghe máy|trả lời|bắt máy|rep] nữa",
    "[gọi|nhắn] [hoài|mãi|miết|không được|thuê bao]",
    "[off|im re|im luôn|lặn|mất hút|mất tích|bặt tăm|thuê bao|xóa bài|xóa nick|đổi số|cắt liên lạc|khóa máy]",
    "[giúp|giúp em|giúp tôi] [gấp|với]",
    f"[văn phòng|công ty|cửa hàng|tới nơi|đến nơi] … [{_GONE}]",
    "giờ mới [biết|phát hiện|hay|vỡ lẽ|tỉnh ra]",
)

# Dying as a way of speaking.
SPOKEN: tuple[str, ...] = (
    "[lâu|nóng|buồn ngủ|cười|đói|thèm|khát|rườm rà] muốn chết",
    "[chờ|đợi] [lâu|hoài|mãi|dài cổ] … muốn chết",
)

# What one despairs of: with words of dying it is harm, told or not.
LOSS: tuple[str, ...] = (
    "[mất|sạch|hết] [hết|sạch|trắng|tiền|hết tiền|cả]",
    "mất … [tiền|triệu|# tr|tỷ|dành dụm|tiết kiệm]",
    "mất #",
    "[dành dụm|tiết kiệm] … mất",
    "trắng tay",
    "[bị|vì] … [lừa|gạt|lừa đảo|scam]",
    "nợ … [triệu|# tr|tỷ|nần|app|tiền]",
)

"""How people tell what was wanted of them, as patterns over words (see grammar). Content adds its own phrases.

Each stands with the signal of content whose kind and reason it shares (left out when content has no such signal) and with
its own weight: less than that of a set phrase, which is surer.
"""

from __future__ import annotations

_STRANGER = (
    "ai đó|số lạ|có người|có cô|có anh|có chị|có ông|có bà|có chú|có thằng|có đứa|ông chú|bà chị|thằng cha|con nhỏ|một người"
    "|một anh|một cô|người lạ|đầu dây bên kia|tụi nó|bọn nó|có o|có eng|có mụ|có cậu|có bạn|có bác|có em|có đồng chí|có acc"
    "|có trang|có nick|ng lạ"
)
_OFFICE = (
    "công an|csgt|cảnh sát|tòa|tòa án|viện kiểm sát|điều tra viên|cán bộ|ngân hàng|điện lực|evn|thuế|bảo hiểm|bhxh|bưu điện"
    "|nhà mạng|viettel|tổng đài|nhân viên|shipper|bác sĩ|luật sư|hải quan|trung tâm|ủy ban|bệnh viện|bưu cục|bộ đội|đơn vị"
    "|mặt trận|thư ký|trưởng phòng|nhà trường|tổ trưởng|kế toán|môi giới|viện"
)
_PART = "phường|xã|thẻ|tín dụng|thuế|viettel|tòa|nhà nước"
_SAYS = "gọi|nhắn|bảo|kêu|biểu|nói|đòi|bắt|rủ|dụ|mời|hướng dẫn|yêu cầu|giục|tự nhận|tự giới thiệu|nhờ"
_REACHES = "gọi|nhắn|kêu|biểu|giục|gửi mail|gửi email|gửi tin|gửi link|gửi zalo"
_MONEY = "# triệu|# tr|# k|# củ|# nghìn|# ngàn|# đồng|# tỷ|# phần trăm|# usd|# đô"
_CODE = "mã otp|otp|mật khẩu|dãy số|cái số|# số|số gửi về|mã gửi về"
_ONLINE = "trên mạng|qua mạng|trên fb|trên facebook|trên tiktok|trên zalo|telegram"

STORY: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    (
        "cach_tim_den",
        1.0,
        (
            f"[{_STRANGER}] … [{_SAYS}]",
            f"[họ|người ta] [{_SAYS}]",
            "[gọi|nhắn] … [xưng|tự xưng|tự nhận|tự giới thiệu|nói là]",
            "[người|ông|bà|cô|anh|chị] tự [nhận|xưng|giới thiệu]",
            f"[quen|bạn|anh|chị|nhóm|dịch vụ|quảng cáo|người] … [{_ONLINE}]",
            f"[{_ONLINE}] … [dịch vụ|có người|có bạn|có nhóm|có trang|quảng cáo|nhận]",
            "[trang|nhóm|page|fanpage|hội nhóm|nick|kênh] [fb|facebook|tele|telegram|zalo|tiktok]",
            "[tự dưng|tự nhiên|bỗng dưng|đang yên đang lành] … [gọi|nhắn|có]",
            "[bị|được] [gọi|nhắn] [bảo|kêu|nói|báo|mời]",
        ),
    ),
    (
        "xung_danh",
        1.0,
        (
            f"[{_OFFICE}] [{_REACHES}]",
            f"[{_OFFICE}] [{_PART}] [{_REACHES}]",
            "[em|cháu|anh|chị|mình|tôi] [bên|ở] [trung tâm|bộ phận|phòng|tổ|ban|cục|công ty|tổng đài]",
            "[em|cháu|anh|chị|mình|tôi] là … [bên|ở] [trung tâm|bộ phận|phòng|tổ|ban|cục|công ty|tổng đài|ngân hàng|bhxh]",
            f"[nói là|bảo là|nhận là|kêu là|giới thiệu là|nói] [bên|{_OFFICE}|giáo viên|cô giáo|thầy giáo|bạn của|người của]",
            f"[gọi|nhắn] … [từ|bên|ở] [{_OFFICE}]",
            "[ông|bà|cô|chú|anh|chị|bác|người|đứa|thằng|o|eng|mụ] xưng",
            f"[ghi|gửi|đưa] … [{_OFFICE}] … [triệu tập|mộc đỏ|dấu đỏ]",
        ),
    ),
    (
        "doi_tien",
        1.0,
        (
            f"[chuyển|ck|đóng|nạp|cọc|đặt cọc|trả|góp|đưa|chuyển khoản|bank|mất|tốn|hết] … [{_MONEY}]",
            f"[{_MONEY}] … [chuyển khoản|ck|cọc]",
            "[đóng|nộp|chuyển|mang|đưa|mua] … [tiền cọc|tiền hồ sơ|tiền ship|tiền giữ|tiền bảo lãnh|phí bảo hiểm|đồng phục]",
            f"cọc [{_MONEY}|trước|hết]",
            "góp vốn",
        ),
    ),
    (
        "doi_tien",
        1.5,
        ("[nó|họ|người ta|shop|bên đó|bên kia] [đòi|bắt|kêu|bảo|rủ] … [cọc|chuyển|đóng|nạp|tiền|bitcoin|trả]",),
    ),
    ("doi_tien", 1.5, ("[đòi|bắt] [bitcoin|usdt|tiền chuộc|chuyển tiền|đóng tiền|nạp tiền]",)),
    ("hoi_ma", 1.5, (f"[đọc|gửi lại|cung cấp] … [{_CODE}]", "[bảo|kêu|biểu|đưa] [mã|otp|mật khẩu]")),
    (
        "xin_otp",
        2.0,
        ("[gửi|đọc] giúp … [mã|otp|# số]", "[#|ba|sáu] số … mặt sau", "[đọc|đưa] [mã|otp] cho [nó|họ|tụi nó|người ta]"),
    ),
    (
        "xin_tai_khoan",
        1.0,
        (
            "mở tài khoản … [đưa|giao]",
            "[điền|đọc|cho|đưa|nhập] … [số tài khoản|stk|số thẻ|thẻ atm]",
            "[kêu|bảo|bắt|link] … nhập thẻ",
        ),
    ),
    ("quet_mat", 1.0, ("[mở|bật|nhìn|giơ] … [camera|cam]", "[bắt|kêu|bảo|biểu] … giơ … [căn cước|cccd|mặt|lên]")),
    (
        "bam_link",
        1.0,
        (
            "[kêu|bảo|biểu|thấy|mời|ghi] … quét … [mã|qr]",
            "quét … [nhận|tặng|trúng|vào nhóm]",
            "[bình chọn|vote] … [link|đăng nhập|quét]",
            "[điền|nhập|đăng ký|xác nhận|nhận|hủy|đổi|cập nhật|vào] … link … [điền|nhập|xác|nhận|hủy|đổi|cập nhật|bấm|gửi]",
            "[điền|nhập|đăng ký|xác nhận|nhận|hủy|đổi|cập nhật] … link",
            "link … [điền|nhập|đăng ký|xác nhận|xác minh|nhận|hủy|đổi|cập nhật|bấm]",
            "[bấm|nhấn|ấn] [vô|vào] … [đóng|nộp|nhận|xem|hủy|xác nhận]",
        ),
    ),
    ("bam_phim", 1.0, ("[bấm|nhấn|ấn] số #",)),
    ("ket_ban_zalo", 1.0, ("[thêm|kết bạn|add|kb|qua|vào|vô] … [zalo|zl|telegram|tele|zoom]",)),
    ("ket_ban_zalo", 2.0, ("[kêu|bảo|bắt|biểu] [thêm|kết bạn|add|kb|vô|vào] … [zalo|zl|telegram|tele|zoom]",)),
    (
        "nhan_tien_qua",
        1.5,
        (
            f"quét … nhận … [{_MONEY}|quà|tiền|thưởng]",
            f"[báo|nói] … được nhận [{_MONEY}|quà|tiền|thưởng]",
            "được tặng [#|quà]",
        ),
    ),
    ("muon_tien", 1.5, (f"[nhắn|nhắn tin|gọi] … cần [{_MONEY}]", f"[nhắn|nhắn tin|gọi] … [mượn|vay|xin] … [{_MONEY}]")),
    (
        "dau_tu",
        1.5,
        (
            "[đầu tư|góp vốn|sàn|vàng|coin|chứng khoán] … [lãi|lời|gấp đôi|sinh lời|lợi nhuận]",
            f"nạp [{_MONEY}] … [lời|lãi|nhận về|được] … [{_MONEY}]",
        ),
    ),
    (
        "viec_nhe",
        1.0,
        (f"[lương|kiếm|thu nhập|nhận lương] … [{_MONEY}] … [ngày|tháng|nhà|online]", "trúng tuyển … [mua|đóng|nộp]"),
    ),
    (
        "phi_la",
        1.0,
        (
            "[làm nhanh|không cần thi|khỏi đi thi|khỏi lên phường|khỏi ra phường]",
            "[đóng phí|đóng thuế] mới [giao|nhận|lấy]",
        ),
    ),
    (
        "giu_bi_mat",
        1.5,
        (
            "[phòng kín|tắt loa|chỗ kín] … [nói chuyện|làm việc|không]",
            "[không|cấm|đừng] … [nói|kể|cho] … [ai|người nhà|gia đình] biết",
            "không [là|thì] bị bắt",
        ),
    ),
    (
        "tong_tien",
        1.5,
        (
            "[dọa|sẽ] … [gửi|đăng|gọi|nhắn] … [danh bạ|công ty|người thân|bạn bè|cả nhà|cơ quan|lên mạng]",
            "[có|giữ|quay] … [hình|ảnh|clip|video] [nhạy cảm|nóng|khỏa thân|riêng tư]",
        ),
    ),
    ("nguoi_than_nguy", 1.0, (f"[cấp cứu|tai nạn|nhập viện|mổ] … [{_MONEY}|gấp|chuyển]", f"cần [{_MONEY}] … gấp")),
    ("tam_giu", 2.0, ("[chuyển|gửi|nộp] tiền … tài khoản … [an ninh|công an|nhà nước|theo dõi|an toàn|kiểm tra]",)),
    (
        "loi_giao_dich",
        1.0,
        ("[chuyển nhầm|chuyển khoản nhầm|ck nhầm] … [đòi|bảo|kêu]", "[có|nhận] … [triệu|# tr] … vào tài khoản … gọi"),
    ),
)

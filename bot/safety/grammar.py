"""How people tell of harm done, or of doubt, as patterns over words: who did what to whom. Content adds its own phrases.

«[a|b c]» is either, «…» is up to five words, «#» a number. The keys are options of the first-aid guide's question.
"""

from __future__ import annotations

from collections.abc import Mapping

FOE = "nó|tụi nó|bọn nó|chúng nó|bọn chúng|bọn|tụi|thằng|lũ|hắn|kẻ gian|kẻ lừa|lừa đảo|người lạ|số lạ"
THEY = FOE + "|họ|người ta|ai đó"
_OOPS = "lỡ|trót|lỡ tay|dại dột|trót dại|nhẹ dạ|cả tin|nghe lời|nghe theo|tin lời|làm theo"
_DONE = "vừa|vừa mới|hồi nãy|lúc nãy|nãy|hôm qua|sáng nay|chiều nay|tối qua|" + _OOPS
_NOW = "mới|đã|đã lỡ|mới vừa"  # right before what was done
END = "rồi|xong|mất rồi|luôn rồi"
PAY = "chuyển|chuyển tiền|chuyển khoản|ck|nạp|nạp tiền|cọc|đặt cọc|bank|gửi tiền|đưa tiền|bắn tiền"
PAY_ANY = PAY + "|đóng|nộp|trả|thanh toán|đưa"
SUM = "tiền|triệu|# triệu|# tr|# k|# củ|# nghìn|# ngàn|# tỷ|# chai|# lít|# trăm|# đồng|phí|cọc"
CODE = "otp|mã otp|mã xác nhận|mã xác thực|mã bảo mật|mã pin|pin|mã số|dãy số|mật khẩu|mk|cvv|số thẻ|# số|sáu số|cái mã"
PAPER = "căn cước|cccd|cmnd|chứng minh thư|sổ đỏ|sổ hồng|bìa đỏ|giấy đất|sổ hộ khẩu|giấy tờ|giấy khai sinh"
PAPER += "|khuôn mặt|chân dung|bằng lái|hộ chiếu"
APP = "app|ứng dụng|apk|file|tệp|phần mềm"
LINK = "link|đường link|đường dẫn|liên kết|web|trang|mã qr|qr"
_PRESS = "bấm|nhấn|ấn|nhấp|click|kích|mở|vào|vô|truy cập|quét"
_NET = "zalo|facebook|fb|face|nick|messenger|telegram|tiktok|gmail|email|instagram"
_SEIZE = "hack|chiếm|cướp|đánh cắp|lấy cắp|lấy mất|chiếm đoạt|chiếm quyền|xâm nhập"
_KIN = "con|cháu|em|tôi|tui|mình|mẹ|má|bố|ba|cha|chồng|vợ|anh|chị|ông|bà|bạn|cô|chú|bác|dì|cậu"
_SHOW = "ảnh|hình|clip|video"
_STUCK = "không rút|k rút|ko rút|không cho rút|k cho rút|ko cho rút|chưa rút"
_UNKNOWN = "không rõ lý do|không rõ lí do|k rõ lí do|không biết vì sao|không biết tại sao|k biết sao|không hiểu sao"
_CARD = "thẻ ngân hàng|thẻ tín dụng|thẻ atm|thẻ visa|thẻ ghi nợ"
_ONES = "con|cháu|vợ|chồng|mẹ|má|bố|ba|em|anh|chị|bạn"

# Harm was done: enough by itself.
HARM: Mapping[str, tuple[str, ...]] = {
    "bi_tong_tien": (
        f"[dọa|đe dọa|hăm|hăm dọa] … [tung|đăng|gửi|phát tán|up|bêu] … [{_SHOW}|gia đình|cả nhà|cơ quan]",
        f"[{FOE}] … [đòi|sẽ|dọa] [tung|đăng|phát tán] … [{_SHOW}]",
        "[quay|chụp|có] … [clip|video|ảnh nóng] … [đòi tiền|tống tiền|bắt chuyển]",
        f"tống tiền … [{_SHOW}]",
    ),
    "bi_de_doa": (
        "[dọa|đe dọa|hăm|hăm dọa] [giết|chém|đánh|chặt]",
        f"bị [{FOE}] [giữ|nhốt|trói|giam|khống chế|bắt giữ|bắt cóc|ép|dọa|tống tiền]",
        f"[{_KIN}] … bị [bắt cóc|nhốt|trói|khống chế|giam lỏng|tống tiền]",
        f"[{FOE}] … [giữ|nhốt|trói|giam|bắt cóc] [{_KIN}]",
        "[bị giữ|giữ|nhốt|lừa|bán] … [campuchia|cam pu chia|miến điện]",
        f"[{FOE}] [bắt|ép] … [thuê|ở|vào|ra] … [khách sạn|nhà nghỉ|một mình|yên trong phòng]",
        f"[{_KIN}] … bị [bắt|bắt giữ|bắt cóc|giữ] … [xin|đòi|chuộc] … [{SUM}]",
        f"[gửi|quay|chụp] … [{END}] … [nó|giờ nó|họ] dọa",
        "[quay|chụp] … trói … gửi cho [bố|mẹ|gia đình|ba|má]",
        f"[{THEY}|bọn đòi nợ|tụi đòi nợ] … [dọa|hù] [đốt|phá|giết|đánh|chém]",
        f"[{FOE}|bọn đòi nợ] … [đứng|chặn|ở] … [trước|ngay] … [nhà|cổng|cửa]",
        f"[{THEY}] bắt [{_ONES}] [gái|trai|tôi|tui|em|mình|nhỏ]",
        f"[{_ONES}] … [bị bịt mắt|bị giữ|bị nhốt|bị trói] … đòi [{SUM}]",
        f"[{_ONES}] đang bị [giữ|nhốt|bắt] … [đòi|bắt|chuyển]",
        "[nghe|cho nghe] … tiếng khóc … [đòi|chuyển]",
        "[đừng mong|không mong] … [gặp lại|thấy mặt]",
        "bắt … [ngồi|ở] yên … [khách sạn|nhà nghỉ|phòng|máy|cho nói]",
        "bắt … [ở|ngồi] yên không cho",
        "[còng tay|lệnh bắt] … bắt [tôi|em|tui|mình] … [ở|ngồi|không]",
        f"[{THEY}] dọa … [bắt|còng] [tôi|em|tui|mình]",
        f"[{THEY}] dọa … [{SUM}] … thì [bắt|giết|đánh|đăng|tung]",
        "một mình … không dám [nói|kể|gọi]",
    ),
    "cai_ung_dung": (
        f"[{_OOPS}] … [cài|tải] … [app|ứng dụng lạ|ứng dụng giả|apk|file|tệp|phần mềm|cái app]",
        f"[cài|tải] … [{APP}|vneid|etax|vssid] … [lạ|giả|giả mạo|của nó|nó gửi|họ gửi|nó đưa|người ta gửi] … [{END}]",
        f"[{_DONE}] [cài|tải] … [{APP}|vneid|etax|vssid] … [lạ|giả|giả mạo|của nó|nó gửi|họ gửi|nó đưa|người ta gửi]",
        f"[{_NOW}] [cài|tải] … [{APP}|vneid|etax|vssid] … [lạ|giả|giả mạo|của nó|nó gửi|họ gửi|nó đưa|người ta gửi]",
        f"[cài|tải] … [vneid|etax|vssid|dịch vụ công] giả [{END}]",
        f"[cài|tải] … [{APP}] … [{END}] … [mất tiền|mất sạch|bị trừ|trừ tiền|tự chuyển|bay]",
        f"[{_DONE}] … [chia sẻ màn hình|share màn hình|chiếu màn hình]",
        f"[{_NOW}] [chia sẻ màn hình|share màn hình|chiếu màn hình]",
        f"[chia sẻ màn hình|share màn hình] … [cho nó|cho họ|{END}]",
        f"[{_DONE}] … [cho|để|bị] … [điều khiển|thao túng] … [điện thoại|máy|từ xa]",
        f"[{_NOW}] [cho|để|bị] … [điều khiển|thao túng] … [điện thoại|máy|từ xa]",
        "[điện thoại|máy] … [tự nhảy|tự chạy|tự bấm|tự chuyển|tự thao tác|tự mở|tự lướt]",
        "[ultraview|ultraviewer|anydesk|teamviewer] … vào máy",
        f"[{_OOPS}] cho … vào máy",
        f"[{_DONE}|{_NOW}] cấp [quyền|hết quyền] cho [{THEY}]",
        f"[{_DONE}] cài … [{APP}] … [{THEY}] [bảo|biểu|kêu|chỉ|đưa]",
        f"[{_NOW}] cài … [{APP}] … [{THEY}] [bảo|biểu|kêu|chỉ|đưa]",
        "[màn hình|máy|điện thoại] … bị [ai|ai đó|người khác|nó|họ] … [điều khiển|chiếm quyền]",
        "[điện thoại|máy] tự động [chuyển|bấm|mở|chuyển tiền]",
        f"[{_NOW}] bật … [chia sẻ màn hình|chia sẻ màng hình] … cho [{THEY}]",
        f"[tải|cài] … [{APP}] … [cấp|bật] … quyền trợ năng theo … [{THEY}]",
        f"[cấp|bật] quyền trợ năng theo lời [{THEY}]",
        "[điện thoại|máy] … nóng ran",
    ),
    "dua_otp": (
        f"[{_OOPS}] … [đọc|đưa|cho|cung cấp|gửi] … [{CODE}|mã]",
        f"[{_OOPS}] … [nhập|điền|khai] … [số thẻ|cvv|thông tin thẻ|số tài khoản|thông tin ngân hàng]",
        f"[{_OOPS}] … [nhập|điền] … [otp|mã|mật khẩu] … [trang giả|link|trang lạ|web giả|trang đó]",
        f"[{_DONE}] … [đọc|đưa|cho|cung cấp|gửi] … [{CODE}] … cho [{THEY}|shipper|tổng đài]",
        f"[{_NOW}] [đọc|đưa|cho|cung cấp|gửi] … [{CODE}] … cho [{THEY}|shipper|tổng đài]",
        f"[{_DONE}] … [đọc|đưa|nói|cung cấp|gửi] cho [{THEY}|shipper|tổng đài] … [{CODE}|mã gửi về|mã]",
        f"[{_NOW}] [đọc|đưa|nói|cung cấp|gửi] cho [{THEY}|shipper|tổng đài] … [{CODE}|mã gửi về|mã]",
        f"[đọc|đưa|cung cấp|gửi] … [{CODE}] … cho [{THEY}|tổng đài viên|tổng đài|shipper] [{END}]",
        f"[đọc|đưa|cung cấp|gửi] … [{CODE}] [{END}] … [nó đổi|mất tiền|bị trừ|sợ|bị lừa]",
        f"[{_DONE}|{_NOW}] quét [mặt|khuôn mặt] … [cho|theo|của] [{THEY}]",
        "[đăng nhập|nhập] … [link|trang|web|app] … giả [xong|rồi]",
        f"quét [mặt|khuôn mặt] … theo … của [{FOE}] … [{END}]",
        f"[nhập|điền] … [mật khẩu|số thẻ|otp|thông tin thẻ] … [{END}] … [mất tiền|trừ tiền|bị trừ|trừ mất|bị lừa|tính sao]",
        f"[{_KIN}] đọc [mã|mã otp|otp] rồi",
        f"[{_OOPS}] … [chụp|gửi|đưa] … [{_CARD}]",
        f"[gửi|chụp|đưa] … [{_CARD}] … cho … [giả|lạ]",
        "[nhập|điền] thẻ … [trang|web|link] … [lạ|giả]",
        "[nhập|điền] … [số thẻ|cvv|mã cvv|otp] … [trang|web|link] … giả",
        f"[đưa|đọc|gửi|cho] [{CODE}] cho [một người|người gọi|ai đó]",
        "cũng [nhập|đọc|đưa] luôn",
    ),
    "chuyen_tien": (
        f"[{_OOPS}] … [chuyển tiền|chuyển khoản|ck|nạp tiền|nạp|cọc|đặt cọc|bank|gửi tiền|đưa tiền|bắn tiền]",
        f"[{_OOPS}] … gửi … [{SUM}] … cho [{FOE}]",
        f"[{_OOPS}] … gửi cho [{FOE}] … [# triệu|# tr|# k|# củ|# nghìn|# ngàn|# tỷ]",
        f"[{_OOPS}] … [đóng|nộp|trả|đưa|thanh toán] … [cho|qua|vào] … [{FOE}|link giả|trang giả|đường link giả|web giả]",
        f"[{PAY_ANY}] … cho [{FOE}] [{END}]",
        f"[{PAY_ANY}] … [{SUM}] … cho [{FOE}]",
        f"[{_DONE}] … [{PAY_ANY}] … cho [{FOE}|công an giả|cán bộ giả|shipper giả|tổng đài giả]",
        f"[{_NOW}] [{PAY_ANY}] … cho [{FOE}|công an giả|cán bộ giả|shipper giả|tổng đài giả]",
        f"[{PAY_ANY}] … cho [bọn|tụi|thằng|lũ|kẻ] [giả|lừa]",
        f"[{PAY_ANY}] … [{END}] … [{FOE}|họ|shop|bên đó|người ta] [chặn|block|cắt liên lạc|biến mất|mất hút]",
        f"[{PAY_ANY}] … [{END}] … [mới biết|biết] … [lừa|lừa đảo|giả]",
        f"[{PAY}] … [{SUM}] … rồi mới [biết|hay|nhận ra]",
        f"[nạp|đầu tư|góp|bỏ] … [{SUM}] … [không rút|rút không|chưa rút]",
        f"[{_KIN}] … bị lừa [mất|hết|sạch|chuyển|tiền|mua|bán|tuyển|vay|đầu tư|đặt cọc|nạp|lấy|qua mạng|trên mạng]",
        f"[{_KIN}] … bị lừa [# tr|# triệu|# củ|# tỷ|# k]",
        "bị [lừa|lừa đảo] … mất … [tiền|triệu|# tr|# k|# tỷ|# củ|sổ|xe]",
        "[bọn|tụi|kẻ|lũ] lừa đảo [lấy|lừa|rút|trừ|chiếm]",
        f"bị [dụ|ép|gạt|thao túng] … [{PAY_ANY}] … [{SUM}|lần|{END}]",
        f"[{_DONE}] … rút [sổ|tiết kiệm|hết|sổ tiết kiệm] … [đưa|chuyển|nộp] … cho",
        "[làm nhiệm vụ|nhiệm vụ online|chốt đơn|cộng tác viên|ctv] … [bị mất|bị lừa|lừa mất] … [tiền|triệu|# tr|# k]",
        f"[{_PRESS}] … [{LINK}] … [{END}] … [bị trừ|trừ mất|mất|bay] … [tiền|triệu|# tr|# k]",
        f"[{_PRESS}|nhập|đọc] … [{LINK}|otp|mã] … [trừ mất|bay mất|mất sạch|bị rút] … [tiền|triệu|# tr|# k]",
        f"[bị rút|rút mất|mất] … [tiền|triệu|# tr] … sau khi [{_PRESS}|cài|tải|đọc]",
        "[tiền|tài khoản] … [bay mất|bay hết|bay sạch|mất sạch|bốc hơi|sạch trơn]",
        f"[bị ép|bị dọa|dọa bắt] … nên [{PAY_ANY}]",
        f"[đưa|giao] … [sổ tiết kiệm|vàng|tiền|sổ] … cho [{FOE}]",
        f"[{_DONE}] [đưa|giao|chuyển] … [vàng|{SUM}] … cho [người xưng|người tự xưng|người giả]",
        f"[{_OOPS}|rút] … [đưa|giao] cho [{FOE}] … [{END}]",
        f"[{PAY_ANY}] … [{END}] … [page|shop|trang|nó|nick|bên đó] [bay màu|biến mất|mất tích|lặn|xóa|sập|chặn]",
        "[mất hết|mất sạch|bay hết] tiền … [rồi|con ơi|trời ơi|cứu]",
        "bị [dụ|gạt|lôi kéo|lùa] … mất … [tiền|triệu|# tr|# tỷ|# củ]",
        f"[{THEY}|sàn|chúng nó|app] … [không cho rút|k cho rút|không rút được|không rút ra]",
        f"nạp … [{SUM}] … [{_STUCK}]",
        f"lừa đảo [{PAY}] [{END}]",
        f"[báo|máy báo|điện thoại báo] … chuyển đi [{SUM}]",
        f"[giải ngân|phí vay|bảo hiểm khoan vay|bảo hiểm khoản vay] … [lần|{END}] … mất [{SUM}]",
        f"vẫn [không vay được|không giải ngân] … mất [{SUM}]",
        f"[lỡ|trót] quét … [mã|qr] … mất [{SUM}]",
        f"[nhập|đọc|đưa|cho] … [mã|otp|cvv|số thẻ] … [bị quẹt|quẹt|trừ|bị trừ|mất] … [{SUM}]",
        f"[bị quẹt|quẹt|trừ|bị trừ|mất] … [{SUM}] … sau khi … [nhập|đọc|bấm|cài|quét|đưa]",
        f"[{_DONE}] … [{PAY_ANY}] … [tài khoản tạm giữ|tài khoản an toàn|công an giả|kẻ lừa đảo]",
        f"[{_NOW}] [{PAY_ANY}] … [tài khoản tạm giữ|tài khoản an toàn|công an giả|kẻ lừa đảo]",
    ),
    "mat_tai_khoan": (
        f"[{_NET}] … bị … [{_SEIZE}|đổi mật khẩu]",
        f"bị [{_SEIZE}] … [{_NET}]",
        f"[{THEY}] … [{_SEIZE}|lấy] … [{_NET}]",
        f"[{THEY}] đổi [mk|mật khẩu|mất mật khẩu] [{_NET}]",
        f"[{THEY}] … [nhắn|ib|inbox|nhắn tin|hỏi] [mượn tiền|vay tiền|mượn|vay] … [bạn|bạn bè|họ hàng|bà con|người quen]",
    ),
    "gui_giay_to": (
        f"[{_OOPS}] … [gửi|chụp|đưa|cho] … [{PAPER}]",
        f"[{_DONE}] … [gửi|chụp|đưa] … [{PAPER}] … cho [{THEY}]",
        f"[{_NOW}] [gửi|chụp|đưa] … [{PAPER}] … cho [{THEY}]",
        f"[gửi|chụp|đưa] … [{PAPER}] … cho [{THEY}] … [{END}]",
        f"[gửi|chụp|đưa] … [{PAPER}] … [{END}] … [bị lừa|lừa đảo|mới biết|nghi]",
        f"[lộ|lộ hết|bị lộ] … [{PAPER}|thông tin] … [vay|nợ] … tên [em|tôi|mình|tui]",
        f"[gửi|chụp|đưa] … [{PAPER}] … cho [người giả|công an giả|cán bộ giả|nhân viên giả]",
    ),
    "bam_link": (
        f"[{_OOPS}] … [{_PRESS}] … [{LINK}]",
        f"[bấm nhầm|nhấn nhầm|click nhầm|ấn nhầm] … [{LINK}]",
        f"[{_DONE}] [{_PRESS}] … [link lạ|đường link lạ|link giả|trang giả|mã qr lạ|link lừa đảo|link phạt nguội]",
        f"[{_NOW}] [{_PRESS}] … [link lạ|đường link lạ|link giả|trang giả|mã qr lạ|link lừa đảo|link phạt nguội]",
    ),
    "chua_ro": (
        f"bị [{FOE}] [lừa|gạt]",
        "[vừa|mới|đã] bị [lừa|lừa đảo|gạt|lừa rồi]",
        f"[{_KIN}] bị [lừa|gạt|lừa đảo|lừa mất] rồi",
        "bị [lừa|lừa đảo|gạt] rồi",
        "bị lừa mất rồi",
        f"[cứu|giúp] … [{_KIN}] … bị [lừa|lừa đảo|gạt]",
        "[lừa|gạt] [hết|sạch|hết sạch] … [tiền|của cải|vốn] … [tôi|tui|em|mình|rồi]",
        "tiền … [biến mất|không cánh mà bay]",
        f"[tài khoản|thẻ|tk] … tự nhiên bị [trừ|rút] [sạch|hết|mất|{SUM}]",
        f"[tài khoản|thẻ|tk] … bị [trừ|rút] … [{SUM}] … [{_UNKNOWN}]",
    ),
}

# Only an act: harm when the message also says that it was a trick.
ACTS: Mapping[str, tuple[str, ...]] = {
    "chuyen_tien": (
        f"[{_DONE}] … [{PAY_ANY}] … [{SUM}]",
        f"[{_NOW}] [{PAY_ANY}] … [{SUM}]",
        f"[{PAY_ANY}] … [{SUM}] … [{END}|lần]",
        f"[{PAY}] … [{END}]",
        "[mất|bị trừ|trừ mất|rút mất|bay] … [tiền|triệu|# tr|# k|# củ|# tỷ]",
    ),
    "dua_otp": (
        f"[{_DONE}] … [đọc|đưa|gửi|cho|cung cấp|nhập|điền] … [{CODE}]",
        f"[{_NOW}] [đọc|đưa|gửi|cho|cung cấp|nhập|điền] … [{CODE}]",
        f"[đọc|đưa|gửi|cho|cung cấp|nhập|điền] … [{CODE}] … [{END}]",
    ),
    "cai_ung_dung": (
        f"[{_DONE}] … [cài|tải] … [{APP}|vneid]",
        f"[cài|tải] … [{APP}|vneid] … [{END}]",
        "[ấn|bấm|bật|cấp|cho phép] … quyền",
    ),
    "gui_giay_to": (
        f"[đọc|đưa|gửi|cho|chụp] … [{PAPER}] … [{END}]",
        f"[{_DONE}] … [đọc|đưa|gửi|cho|chụp] … [{PAPER}]",
        f"[{_NOW}] [đọc|đưa|gửi|cho|chụp] … [{PAPER}]",
    ),
    "bam_link": (f"[{_PRESS}] … [{LINK}] … [{END}]", f"[{_DONE}] … [{_PRESS}] … [{LINK}]"),
}

# Harm that is enough by itself only when nothing else is said.
ALONE: Mapping[str, tuple[str, ...]] = {
    "chua_ro": ("bị [lừa|lừa đảo|gạt|scam]",),
    "chuyen_tien": ("[lỡ|trót|lỡ tay] [chuyển|chuyển khoản|ck|nạp|cọc|đặt cọc] [rồi|mất rồi|xong|luôn]",),
}

# What says that it was a trick.
TRICK: tuple[str, ...] = (
    "bị [lừa|gạt|scam|lùa|gài bẫy]",
    "[dính|mắc] [lừa|lừa đảo|scam]",
    "[dỏm|rởm|lừa gà|lùa gà|tin lời|tin người lạ]",
    "[bọn|tụi|kẻ|thằng|lũ|trò|là|biết|nghi] [lừa|lừa đảo]",
    "[lừa đảo rồi|lừa em|lừa tôi|lừa mình|lừa tui|giả mạo|giả danh|mạo danh]",
    "[công an|cán bộ|shipper|tổng đài|điện lực|nhân viên|luật sư|trang|link|app|web|vneid|ngân hàng] giả",
    f"[{FOE}|shop|bên đó|người đó|người ta] [chặn|block|biến mất|mất hút|cắt liên lạc|hack|chiếm|dụ|rút hết|lấy hết]",
    "chặn [facebook|zalo|số|liên lạc|luôn]",
    "[người|kẻ|thằng|đứa] giả [công an|cán bộ|nhân viên|shipper]",
    "[tụi nó|bọn nó|chúng nó|bọn chúng|thằng đó|kẻ gian]",
    "[link|trang|app|số|người|web] lạ",
)

# The writer wonders whether it is a trick.
DOUBT: tuple[str, ...] = (
    "[có|phải|là] thật [không|hông|hem]",
    "thật [hay|không|hông]",
    "[lừa|lừa đảo|giả|giả mạo] [không|hông|hay thật|à|phải không]",
    "[có phải|hay là|phải|nghi|hình như] [lừa|lừa đảo]",
    "[đáng|có|nên] tin [được|không|hông|không vậy]",
    "tin được không",
    "đáng tin",
    "lừa [đúng|phải] [không|k|hông]",
    "có nên [làm|theo|bấm|chuyển|cài|tin|quét|vào|nghe|tham gia|đóng|nộp|gửi|cho|đưa]",
    "[làm theo|nghe theo] [không|được không|có sao]",
    "[có nên|nên] [mở|trả|nghe|gọi|nhận|đưa|đọc|tải|gặp|đi|nộp|ck|bấm] … [không|k|hông|ko]",
    "[nghe|thấy] [lạ|nghi|nghi nghi|ngờ|ngờ ngợ|kỳ|kỳ kỳ|sao sao]",
    "[uy tín|đáng tin] [không|k|hông|ko]",
    "[phải|có] [thiệt|thật] [không|hông|k|ko|hem]",
)

# Everyday business with an agency, and what shows that it is not that.
BUSINESS: tuple[str, ...] = (
    "[vneid|vssid|etax|vnetraffic|passcode|cổng|dịch vụ công|lệ phí|hồ sơ|đăng nhập|kích hoạt|biên lai|kho bạc|một cửa]",
    "[nộp phạt|học phí|báo lỗi|báo sai|không khớp|tờ khai|bản photo|bản sao|đăng ký|thủ tục|sang tên|bảo hiểm y tế|bhyt]",
    "[thanh toán|cấp lại|quên mật khẩu]",
    "[ở đâu|chỗ nào|mục nào|tài khoản nào|trang nào|app nào|ngày nào|loại nào|bao nhiêu|bao lâu|mấy tháng|mấy ngày|cỡ mấy]",
    "[là gì|là sao|giấy gì|thuế gì|cần gì|hồ sơ gì|để làm gì|thì sao|đúng luật|mất phí không|đúng không ạ]",
)
FOES: tuple[str, ...] = (
    f"cho [{THEY}]",
    "[nó|họ|người ta|người lạ] [gửi|bảo|kêu|đưa|dụ|lừa|chặn|block|hack|chiếm|dọa|đòi tiền|đổi|rút|trừ]",
    "[tụi nó|bọn nó|chúng nó|bọn chúng|người lạ|số lạ|kẻ gian|lừa|lừa đảo|giả mạo|giả danh|mạo danh|hack|đe dọa|dọa|tống tiền]",
    "[link|app|trang|web|công an|cán bộ|shipper|vneid|ứng dụng] [lạ|giả]",
    "[link|đường link|đường dẫn|mã qr|apk|chặn|mất tiền|trừ tiền|mất sạch|rút hết|điều khiển|màn hình|bắt cóc|chuộc|nhốt|trói]",
    "[kêu|biểu|bắt|dụ] [thêm|kết bạn|chuyển|đóng|nạp|đọc|cài]",
    "[trang|web|link|app] … giả",
    "[không rõ|không biết] [lý do|lí do|vì sao]",
    "[một người|người nào đó|ai đó] gọi",
    "[lệnh bắt|còng tay|đòi nợ]",
    "[nó|tụi nó|chúng nó] … đòi",
    "[tài khoản cá nhân|trên mạng|facebook|tự xưng|xưng|kết bạn|telegram]",
)

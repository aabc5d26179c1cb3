"""Content for the tests of what protects a citizen: a few official pages, signals, one warning, the first-aid question."""

from __future__ import annotations

from datetime import date

from bot.content.types import FIRST_AID, Content, Domain, Option, Question, Signal, Warning
from tests.small_content import TODAY, guide

DAY = date(2025, 6, 4)


def signal(id: str, kind: str, weight: float, *phrases: str) -> Signal:
    return Signal(id, kind, weight, f"Vì sao {id}.", phrases)


AID = guide(FIRST_AID, FIRST_AID, "Bị lừa đảo", ("bị lừa đảo",), ())
AID = type(AID)(
    **{name: getattr(AID, name) for name in AID.__slots__}
    | {
        "questions": {
            "chuyen_gi": Question(
                "chuyen_gi",
                "Đã làm gì?",
                {
                    "nghi_ngo": Option("nghi_ngo", "Chưa làm gì", ("chưa làm gì",)),
                    "bi_de_doa": Option("bi_de_doa", "Bị dọa"),
                    "bi_tong_tien": Option("bi_tong_tien", "Bị dọa tung ảnh"),
                    "cai_ung_dung": Option("cai_ung_dung", "Đã cài ứng dụng"),
                    "dua_otp": Option("dua_otp", "Đã đưa mã OTP", ("đọc otp cho họ rồi",)),
                    "chuyen_tien": Option("chuyen_tien", "Đã chuyển tiền"),
                    "mat_tai_khoan": Option("mat_tai_khoan", "Mất Zalo"),
                    "gui_giay_to": Option("gui_giay_to", "Đã gửi giấy tờ"),
                    "bam_link": Option("bam_link", "Đã bấm link"),
                    "chua_ro": Option("chua_ro", "Bị lừa, chưa rõ"),
                },
            )
        }
    }
)
POLICE = Warning(
    "gia_cong_an",
    "Giả công an",
    ("Xưng công an phường, đọc đúng tên",),
    (
        "em bên công an phường, vneid của chị bị lỗi, kết bạn zalo em hướng dẫn cập nhật",
        "tài khoản định danh sắp bị khóa, cô cài lại ứng dụng theo đường dẫn này",
    ),
    "Công an không làm qua điện thoại.",
    "cai_ung_dung",
    (),
    TODAY,
)
SIGNALS = (
    signal("xung_danh", "claim", 1, "công an phường gọi", "bên công an", "xưng công an"),
    signal("ket_ban", "want", 1.5, "kết bạn zalo", "gửi qua zalo"),
    signal("bam_link", "want", 1, "[bấm|vào|tại] … link"),
    signal("xin_otp", "otp", 2.5, "[xin|đòi|bảo đọc] … [otp|mã xác thực]", "đọc mã otp"),
    signal("cai_apk", "app", 2.5, "apk"),
    signal("thuc_giuc", "pressure", 1, "tránh bị khóa", "trong hôm nay", "trước # giờ"),
    signal("tam_giu", "money", 3, "tài khoản tạm giữ"),
)
LINKS = {
    "link_chinh_thuc": "{host} là trang của {agency}, ngày {day}.",
    "link_nha_nuoc": "{host} có đuôi .gov.vn.",
    "link_chua_chac": "{host} có thể của {agency}: {why}.",
    "link_nhan_tin": "{host} là link nhắn tin.",
    "link_gia": "{host} không phải {agency}: {vi}.",
    "link_la": "{host} chưa rõ.",
    "link_nghi": "{host} đáng nghi: {vi}.",
    "link_rut_gon": "{host} che địa chỉ thật.",
    "link_co_quan": "cơ quan nhà nước",
    "link_vi_a_cong": "a còng",
    "link_vi_tiep": "Dẫn tiếp.",
    "giong_thu_doan": "Giống «{title}».",
}
DOMAINS = (
    Domain("dichvucong.gov.vn", "Cổng Dịch vụ công", DAY),
    Domain("bocongan.gov.vn", "Bộ Công an", DAY),
    Domain("vneid.gov.vn", "VNeID", None, "chưa có nguồn"),
    Domain("vietcombank.com.vn", "Vietcombank", DAY),
    Domain("acb.com.vn", "ACB", None, "chưa có nguồn"),
    Domain("vr.org.vn", "Đăng kiểm", DAY),
    Domain("vietnamairlines.com", "Vietnam Airlines", DAY),
)
FORMS = {
    "rut_gon": ("bit.ly",),
    "tro_chuyen": ("zalo.me", "t.me"),
    "mien_phi": ("vercel.app",),
    "kho": ("aptoide", "apkpure"),
    "duoi_la": ("top", "vip", "cc"),
    "nganh": ("bank", "nganhang"),
    "di_kem": ("lam", "bank", "digi", "doidiem"),
    "khong_phai": ("hochieuqua",),
}

SAFE = Content(
    guides={AID.id: AID},
    warnings={POLICE.id: POLICE},
    domains={domain.host: domain for domain in DOMAINS},
    watch=("dichvucong", "vneid", "bocongan", "csgt", "bhxh", "vcb", "acb", "evn", "hochieu"),
    forms=FORMS,
    signals={each.id: each for each in SIGNALS},
    despair=("muốn chết", "không muốn sống"),
    panic={"chuyen_tien": ("lỡ chuyển tiền", "bị lừa mất", "mất trắng"), "dua_otp": ("lỡ đọc otp",)},
    calm=("nếu lỡ", "lỡ chuyển nhầm"),
    words={"ck": ("chuyển khoản",), "ko": ("không",), "r": ("rồi",)},
    bot=LINKS,
)

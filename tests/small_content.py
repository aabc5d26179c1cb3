"""A content small enough to fit a model in a test: two of our topics, one neighbour, small talk."""

from __future__ import annotations

from datetime import date
from functools import cache

from bot.content.types import Content, Entry, Guide, Neighbour, Option, Question, SmallTalk
from bot.understanding.model import Model
from bot.understanding.train import fit

TODAY = date(2026, 11, 25)

QUESTIONS = {
    "cho_ai": Question(
        "cho_ai",
        "Làm cho ai?",
        {
            "tu_14": Option("tu_14", "Người từ 14 tuổi", ages=(14, 150)),
            "duoi_14": Option("duoi_14", "Trẻ dưới 14 tuổi", ages=(0, 13)),
        },
        shared=True,
    ),
    "ly_do": Question(
        "ly_do",
        "Hộ chiếu cũ thế nào?",
        {
            "lan_dau": Option("lan_dau", "Chưa có bao giờ", ("làm lần đầu", "chưa có hộ chiếu")),
            "co_roi": Option("co_roi", "Còn giữ", ("có hộ chiếu",)),
            "het_han": Option("het_han", "Hết hạn", ("hết hạn", "quá hạn")),
            "mat": Option("mat", "Bị mất", ("bị mất", "làm mất", "mất hộ chiếu")),
        },
    ),
}


def guide(id: str, topic: str, title: str, aliases: tuple[str, ...], examples: tuple[str, ...]) -> Guide:
    return Guide(
        id=id,
        topic=topic,
        title=title,
        aliases=aliases,
        group="dinh_danh",
        essential=True,
        procedure="",
        agency="",
        code="",
        owner="",
        summary=title,
        checked=TODAY,
        review_by=date(2027, 1, 1),
        questions=QUESTIONS if topic == "ho_chieu_pho_thong" else {},
        parts={},
        sources=(),
        examples=examples,
    )


PASSPORT = guide(
    "ho_chieu_pho_thong",
    "ho_chieu_pho_thong",
    "Cấp hộ chiếu phổ thông",
    ("hộ chiếu", "passport"),
    (
        "tôi muốn làm hộ chiếu",
        "lam ho chieu o dau",
        "hộ chiếu hết hạn rồi đổi thế nào",
        "con em làm passport cần giấy gì",
        "đi nhật mà chưa có hộ chiếu",
        "hộ chiếu bị ướt rách trang",
        "lam passport het bao nhieu tien",
        "hộ chiếu làm mấy ngày có",
        "làm hộ chiếu trên mạng thế nào",
        "đổi quyển hộ chiếu mới",
    ),
)
RESIDENCE = guide(
    "dang_ky_tam_tru",
    "dang_ky_tam_tru",
    "Đăng ký tạm trú",
    ("tạm trú", "kt3"),
    (
        "tôi mới thuê trọ thì đăng ký tạm trú thế nào",
        "dk tam tru o dau",
        "chủ nhà trọ không cho đăng ký tạm trú",
        "ở trọ một tháng có phải đăng ký tạm trú không",
        "lam tam tru online",
        "đăng ký tạm trú cần giấy tờ gì",
        "tạm trú hết bao nhiêu tiền",
        "không đăng ký tạm trú có bị phạt không",
        "sinh viên ký túc xá đăng ký tạm trú ở đâu",
        "chuyển phòng trọ khác đăng ký tạm trú lại",
    ),
)
EXTENSION = guide(
    "gia_han_tam_tru",
    "dang_ky_tam_tru",
    "Gia hạn tạm trú",
    ("gia hạn tạm trú",),
    (
        "tạm trú hết hạn gia hạn thế nào",
        "gia han tam tru truoc may ngay",
        "sắp hết hạn tạm trú phải làm gì",
        "tạm trú hai năm rồi gia hạn ở đâu",
        "gia hạn tạm trú online",
    ),
)
SHARED_PASSPORT = Entry(
    "ho_chieu_chung_voi_con",
    "ho_chieu_pho_thong",
    (
        "con đi chung hộ chiếu với mẹ được không",
        "làm chung một quyển hộ chiếu cho hai mẹ con",
        "ghép con vào hộ chiếu của bố",
        "tre em di chung ho chieu voi bo me",
        "con nhỏ có phải làm hộ chiếu riêng không",
    ),
    "Không. Mỗi trẻ một quyển riêng.",
    (),
    TODAY,
    related=("ho_chieu_pho_thong",),
)
DIVORCE = Neighbour(
    "ly_hon",
    "Ly hôn",
    (
        "thủ tục ly hôn đơn phương",
        "ly hon o dau",
        "muốn ly dị chồng",
        "án phí ly hôn bao nhiêu",
        "chia con khi ly hôn",
        "toà án giải quyết ly hôn",
    ),
    "Tòa án giải quyết.",
)
LAND = Neighbour(
    "mua_ban_dat",
    "Mua bán đất",
    ("mua đất sang tên sổ đỏ", "ban dat can gi", "công chứng mua bán nhà", "thuế chuyển nhượng đất", "tách thửa đất"),
    "Văn phòng đăng ký đất đai.",
)
GREETING = SmallTalk("chao", ("xin chào", "chào bạn", "hello", "alo ad ơi", "chao em"), "Chào anh/chị.")

CONTENT = Content(
    guides={one.id: one for one in (PASSPORT, RESIDENCE, EXTENSION)},
    entries={SHARED_PASSPORT.id: SHARED_PASSPORT},
    neighbours={one.id: one for one in (DIVORCE, LAND)},
    small_talk={GREETING.id: GREETING},
    aspects={
        "tong_quan": ("cho hỏi về việc này", "thủ tục này là gì", "tu van giup"),
        "cac_buoc": ("làm thế nào", "lam sao bay gio", "hướng dẫn từng bước", "cách làm", "các bước ra sao"),
        "ho_so": ("cần giấy tờ gì", "can giay gi", "hồ sơ gồm những gì", "mang theo gì", "chuẩn bị gì"),
        "le_phi": ("lệ phí bao nhiêu", "het bao nhieu tien", "tốn bao nhiêu tiền", "có mất tiền không", "phí thế nào"),
        "thoi_han": ("mất bao lâu", "may ngay co", "bao lâu thì xong", "khi nào có kết quả", "mấy ngày thì xong"),
        "noi_nop": ("nộp ở đâu", "lam o dau", "đến đâu làm", "ra phường hay lên tỉnh", "cơ quan nào giải quyết"),
        "doi_tuong": ("có được không", "nhờ người khác làm thay được không", "co bat buoc khong", "ai phải làm"),
        "muc_phat": ("có bị phạt không", "phat bao nhieu", "trễ hạn thì sao", "để lâu có sao không"),
    },
    words={"ko": ("không",), "dk": ("đăng ký", "điều kiện"), "đc": ("được", "địa chỉ"), "bn": ("bao nhiêu",)},
)


@cache
def small_model() -> Model:
    """Fitted once for all tests."""
    return fit(CONTENT)

"""The smallest content directory in which `check` finds nothing, and how to break it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

GUIDE = """\
title: Đăng ký tạm trú
aliases: [tạm trú]
group: cu_tru
procedure: "1.004194"
agency: cong_an_xa
code: TT04
owner: ban_bien_tap
summary: Nộp trên VNeID, xong trong 3 ngày làm việc.
checked: 2026-11-20
review_by: 2027-02-20
questions:
  cho_ai: {shared: cho_ai}
  cho_o:
    ask: Anh/chị ở đâu?
    options:
      nha_thue: {label: Nhà thuê, words: [thuê nhà]}
      nha_nguoi_than: {label: Nhà người thân}
documents:
  - text: Hợp đồng thuê nhà.
    when: {cho_o: nha_thue}
  - text: Chủ nhà đồng ý trên VNeID.
    when: {cho_o: nha_nguoi_than}
  - text: Cha hoặc mẹ khai thay.
    when: {cho_ai: duoi_14}
fees:
  - text: Nộp trên mạng
    amount:
      2025-07-01: {dong: 7.000, source: tt_75_2022}
  - shared: mien_phi
duration:
  - text: 3 ngày làm việc.
    source: luat_68_2020
where:
  - text: Mở VNeID, vào «Thủ tục hành chính».
    link: https://dichvucong.gov.vn
steps:
  - title: Mở thủ tục
    text: Bấm «Đăng ký tạm trú».
    see: Màn hình «Tạo yêu cầu mới»
    if_not: he_thong_ban
sources: [luat_68_2020]
related: [dang_ky_tam_tru]
warnings: [gia_cong_an]
"""

FIRST_AID = """\
title: Bị lừa đảo
group: an_toan
agency: cong_an_xa
code: LD01
owner: ban_bien_tap
summary: Gọi ngân hàng khóa tài khoản, rồi ra công an xã/phường.
checked: 2026-11-20
review_by: 2027-02-20
questions:
  chuyen_gi:
    ask: Anh/chị đã làm gì?
    options:
      chuyen_tien: {label: Đã chuyển tiền}
      bam_link: {label: Đã bấm link}
documents:
  - text: Giữ nguyên tin nhắn.
where:
  - text: Công an xã/phường gần nhất.
steps:
  - title: Gọi ngân hàng
    text: Gọi số in sau thẻ.
    when: {chuyen_gi: chuyen_tien}
  - title: Đóng trang
    text: Đóng trang đó lại.
    when: {chuyen_gi: bam_link}
"""

SHARED = """\
questions:
  cho_ai:
    ask: Làm cho ai?
    options:
      tu_14: {label: Người từ 14 tuổi, ages: 14-}
      duoi_14: {label: Trẻ dưới 14 tuổi, ages: -13}
items:
  mien_phi:
    text: Được 0 đồng nếu đủ giấy tờ.
    until: 2027-02-28
    source: tt_75_2022
problems:
  he_thong_ban:
    error: Hệ thống đang bảo trì
    text: Thử lại sau.
"""

FAQ = """\
chu_tro_khong_cho:
  topic: dang_ky_tam_tru
  questions:
    - chủ trọ không cho đăng ký tạm trú
  answer: Anh/chị vẫn nên nộp.
  source: luat_68_2020
  checked: 2026-11-20
  related: [dang_ky_tam_tru]
"""

WARNING = """\
title: Giả công an gọi điện
signs:
  - Xưng công an phường
says:
  - chị lên phường cập nhật ngay kẻo bị khóa
truth: Công an không làm việc đó qua điện thoại.
then: chuyen_tien
sources: [luat_68_2020]
checked: 2026-11-20
"""

GOOD: Mapping[str, str] = {
    "service_guides/_agencies.yaml": "cong_an_xa: {name: công an xã/phường, phones: {}}\nhosts: [dichvucong.gov.vn]\n",
    "service_guides/_shared.yaml": SHARED,
    "service_guides/_sources.yaml": """\
luat_68_2020: {title: Luật Cư trú, number: 68/2020/QH14, since: 2021-07-01}
tt_75_2022: {title: Thông tư 75, number: 75/2022/TT-BTC, since: 2023-02-05}
""",
    "service_guides/dang_ky_tam_tru.yaml": GUIDE,
    "service_guides/lua_dao.yaml": FIRST_AID,
    "intents/dang_ky_tam_tru.yaml": "guide: dang_ky_tam_tru\nexamples:\n  - tôi mới thuê trọ\n  - lam tam tru\n",
    "intents/lua_dao.yaml": "guide: lua_dao\nexamples:\n  - tôi bị lừa rồi\n",
    "intents/_aspects.yaml": "le_phi:\n  - hết bao nhiêu tiền\n",
    "intents/_commands.yaml": "back: [quay lại]\n",
    "intents/_small_talk.yaml": "chao:\n  examples: [xin chào]\n  answer: Chào anh/chị.\n",
    "intents/_out_of_scope.yaml": """\
ly_hon:
  title: Ly hôn
  examples:
    - ly hôn ở đâu
  answer: Tòa án giải quyết.
  related: [dang_ky_ket_hon]
""",
    "intents/_words.yaml": "ko: không\n",
    "faq_vi/_bot.yaml": "web_loi: Anh/chị thử lại sau ít phút.\n",
    "faq_vi/cu_tru.yaml": FAQ,
    "faq_vi/canh_bao/gia_cong_an.yaml": WARNING,
    "faq_vi/canh_bao/_ten_mien.yaml": (
        "domains:\n  vneid.gov.vn: {agency: Bộ Công an, confirmed: 2026-11-20}\nwatch: [vneid]\n"
    ),
    "faq_vi/canh_bao/_dau_hieu.yaml": """\
signals:
  xung_cong_an: {kind: claim, weight: 1.5, reason: Xưng là công an, phrases: [tôi là công an]}
panic:
  chuyen_tien: [lỡ chuyển tiền]
""",
    "faq_vi/canh_bao/_cau_mau.yaml": """\
harmed:
  chuyen_tien:
    - tôi chuyển cho nó hết rồi
scams:
  - chị đọc mã cho em
ordinary:
  - mã gửi về máy dùng làm gì
""",
    "notices.yaml": "bao_tri:\n  text: Cổng bảo trì.\n  since: 2026-11-20\n  until: 2026-11-30\n  topics: [lua_dao]\n",
    "tests/cases/understand/dang_ky_tam_tru.yaml": "- {text: thue tro dk tam tru, entry: dang_ky_tam_tru}\n",
    "tests/cases/understand/lua_dao.yaml": "- {text: em bi lua, entry: lua_dao}\n",
    "tests/cases/talks/dang_ky_tam_tru.yaml": """\
- on: 2026-11-22
  talk:
    - user: tạm trú sao em
      entry: dang_ky_tam_tru
""",
    "tests/cases/talks/lua_dao.yaml": "- on: 2026-11-22\n  talk:\n    - {user: em bị lừa, entry: lua_dao}\n",
}

Change = tuple[str, str, str]  # path, words in the good file, what stands there instead


def write(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The good files under `root`, some of them replaced, added, or (None) left out."""
    for path, text in {**GOOD, **(changes or {})}.items():
        if text is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def changed(*changes: Change) -> dict[str, str]:
    """Files of which some words are replaced; the words have to be there, once."""
    texts: dict[str, str] = {}
    for path, old, new in changes:
        text = texts.get(path, GOOD[path])
        assert text.count(old) == 1, (path, old)
        texts[path] = text.replace(old, new)
    return texts


def line(path: str, words: str, texts: Mapping[str, str] | None = None) -> int:
    """The line of a file on which some words first stand."""
    text = {**GOOD, **(texts or {})}[path]
    return text[: text.index(words)].count("\n") + 1

"""Every rule finds the smallest bad file, at the exact line; and nothing else is said about it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from bot.content.check import check
from bot.content.files import read_files
from bot.content.problem import Problem
from tests.content_files import GOOD, Change, changed, write

GUIDE = "service_guides/dang_ky_tam_tru.yaml"
SOURCES = "service_guides/_sources.yaml"
AGENCIES = "service_guides/_agencies.yaml"
SHARED = "service_guides/_shared.yaml"
INTENT = "intents/dang_ky_tam_tru.yaml"
FAQ = "faq_vi/cu_tru.yaml"
WARNING = "faq_vi/canh_bao/gia_cong_an.yaml"
DOMAINS = "faq_vi/canh_bao/_ten_mien.yaml"
CASES = "tests/cases/understand/dang_ky_tam_tru.yaml"
FIRST_AID = "service_guides/lua_dao.yaml"
FIRST = "      2025-07-01: {dong: 7.000, source: tt_75_2022}\n"
EARLIER = "      2020-01-01: {dong: 5.000, source: tt_75_2022}\n"
WITH_POST = "  - text: Nhận qua bưu điện thì trả cước.\n"
LATER = "      2029-01-01: {dong: 9.000, source: tt_75_2022}\n"
NEVER = "  - text: Xong ngay.\n    source: luat_68_2020\n    since: 2027-01-01\n    until: 2026-12-31"
UNSAID = "cau_khong" + "_ai_noi"  # not quoted as a whole anywhere in the program


def found(root: Path, texts: dict[str, str] | None = None) -> list[Problem]:
    write(root, texts or {})
    return check(read_files(root), root / "tests")


def places(problems: list[Problem]) -> list[str]:
    return [f"{problem.path}:{problem.line}: {problem.code}" for problem in problems]


def test_nothing_is_said_about_good_files(tmp_path: Path) -> None:
    assert found(tmp_path) == []


# code, file, words of the good file, what stands there instead, the beginning of the line that is named (in that file,
# or in another one: «path|beginning»)
SMALLEST = [
    # reading and shape
    ("yaml", GUIDE, "summary: Nộp", "summary: Nộp: ngay", "summary:"),
    ("yaml", GUIDE, "    when: {cho_o: nha_thue}", "\twhen: {cho_o: nha_thue}", "\twhen"),
    ("trung_khoa", GUIDE, "code: TT04", "code: TT04\ncode: TT05", "code: TT05"),
    ("dau_phay", GUIDE, "label: Nhà thuê,", "label: Nhà thuê, phòng trọ,", "      nha_thue"),
    ("thieu", GUIDE, "checked: 2026-11-20\n", "", "title:"),
    ("thieu", GUIDE, "title: Mở thủ tục", "title:", "  - title:"),
    ("thua", GUIDE, "sources: [luat", "soures: [luat", "soures:"),
    ("ngay_sai", GUIDE, "checked: 2026-11-20", "checked: 20/11/2026", "checked:"),
    ("tien_sai", GUIDE, "7.000", "7000đ", "      2025-07-01"),
    ("link_sai", GUIDE, "https://dichvucong.gov.vn", "dichvucong", "    link:"),
    ("ten_sai", GUIDE, "code: TT04", "code: T4", "code:"),
    ("ten_sai", GUIDE, "agency: cong_an_xa", "agency: Công an", "agency:"),
    ("kieu_sai", GUIDE, "aliases: [tạm trú]", "aliases: tạm trú", "aliases:"),
    # what is there and what is not
    ("khong_co", GUIDE, "agency: cong_an_xa", "agency: cong_an_la", "agency:"),
    ("khong_co", CASES, "entry: dang_ky_tam_tru", "entry: dang_ky_tam_tru|tam_tru", "- {text"),
    ("khong_co", CASES, "entry: dang_ky_tam_tru", "entry: dang_ky_tam_tru, aspect: le_phi|le_la", "- {text"),
    ("thieu", GUIDE, "duration:", "duration:\n  - source: luat_68_2020", "  - source: luat_68_2020"),
    ("thieu", SHARED, "    ask: Làm cho ai?\n", "", "  cho_ai:"),
    ("thua", SHARED, "    text: Được 0", "    shared: mien_phi\n    text: Được 0", "    shared:"),
    # paths and days
    ("khong_bao_gio", GUIDE, "    when: {cho_ai: duoi_14}\n", "", "  cho_ai:"),
    ("khong_bao_gio", GUIDE, "duration:", f"duration:\n{NEVER}", "    until"),
    ("khong_bao_gio", GUIDE, FIRST, f"{FIRST}{EARLIER}    since: 2025-07-01\n", "      2020-01-01"),
    ("khong_bao_gio", GUIDE, FIRST, f"{FIRST}{LATER}    until: 2028-12-31\n{WITH_POST}", "      2029-01-01"),
    ("khong_bao_gio", "notices.yaml", "until: 2026-11-30", "until: 2026-11-01", "  until"),
    ("muc_trong", GUIDE, "  - text: Chủ nhà đồng ý trên VNeID.\n    when: {cho_o: nha_nguoi_than}\n", "", "documents:"),
    ("muc_trong", GUIDE, "  - text: 3 ngày", "  - until: 2027-06-30\n    text: 3 ngày", "duration:"),
    ("muc_trong", GUIDE, "  - text: 3 ngày", "  - since: 2026-12-01\n    text: 3 ngày", "duration:"),
    ("muc_trong", GUIDE, "duration:\n  - text: 3 ngày", "who:\n  - text: 3 ngày", "title:"),
    ("muc_trong", GUIDE, "2025-07-01:", "2027-01-01:", "    amount:"),
    # sources
    ("khong_nguon", GUIDE, "7.000, source: tt_75_2022}", "7.000}", "      2025-07-01"),
    ("khong_nguon", GUIDE, "duration:", "duration:\n  - text: Xong ngay.", "  - text: Xong"),
    ("khong_nguon", SOURCES, ", number: 68/2020/QH14", "", "luat_68_2020"),
    ("khong_nguon", AGENCIES, "phones: {}", "phones: {tong_dai: {number: 1900 1234}}", "cong_an_xa"),
    ("khong_nguon", DOMAINS, ", confirmed: 2026-11-20", "", "  vneid.gov.vn"),
    ("het_hieu_luc", SOURCES, "since: 2021-07-01", "since: 2021-07-01, until: 2026-12-31", f"{GUIDE}|    source: luat"),
    ("nguon_la", GUIDE, "https://dichvucong.gov.vn", "https://dichvucong.vn", "    link:"),
    ("nguon_la", GUIDE, "Mở VNeID,", "Mở vneid-gov.com,", "  - text: Mở"),
    ("nguon_la", SOURCES, "number: 68/2020/QH14", "url: https://bao.vn/a", "luat_68_2020"),
    # twice
    ("trung_cau", INTENT, "  - lam tam tru", "  - lam tam tru\n  - Tôi mới thuê trọ!", "  - Tôi mới thuê trọ!"),
    ("trung_cau", FAQ, "questions:", "questions:\n    - xin chào", "intents/_small_talk.yaml|  examples"),
    ("trung_cau", GUIDE, "label: Nhà người thân}", "label: Nhà người thân, words: [thuê nhà]}", "      nha_nguoi"),
    ("trung_cau", "intents/_commands.yaml", "back: [quay lại]", "back: [quay lại]\nmenu: [Quay lại]", "menu"),
    ("trung_cau", CASES, "text: thue tro dk tam tru", "text: lam tam tru", "- {text"),
    ("trung_ma", FIRST_AID, "code: LD01", "code: TT04", "code:"),
    ("trung_ma", FIRST_AID, "group:", "aliases: [Tạm trú]\ngroup:", "aliases:"),
    ("trung_ma", FIRST_AID, "title: Đóng trang", "title: Gọi ngân hàng", "  - title: Gọi ngân hàng\n    text: Đóng"),
    ("trung_ma", FAQ, "chu_tro_khong_cho:", "ly_hon:", "ly_hon:"),
    # wording
    ("dai_qua", GUIDE, "label: Nhà thuê,", f"label: {'Nhà thuê ' * 12},", "      nha_thue"),
    ("dai_qua", "faq_vi/_bot.yaml", "sau ít phút.", f"sau. {'Dạ. ' * 500}", "web_loi"),
    ("dai_qua", FAQ, "chu_tro_khong_cho:", f"chu_tro_{'khong_' * 8}cho:", "chu_tro"),
    (
        "dai_qua",
        SHARED,
        "tu_14: {",
        f"tu_{'muoi_' * 10}lam: {{label: Tuổi khác}}\n      tu_14: {{",
        f"{GUIDE}|  cho_ai",
    ),
    ("ky_tu_la", GUIDE, "Bấm «Đăng ký", "Bấm «Đăng k\u0443", "    text: Bấm"),  # a Cyrillic y
    ("ky_tu_la", GUIDE, "Bấm «Đăng ký", "Bấm\u00a0«Đăng ký", "    text: Bấm"),
    ("ky_tu_la", GUIDE, "Bấm «Đăng ký", unicodedata.normalize("NFD", "Bấm «Đăng ký"), "    text: B\u0061\u0302\u0301m"),
    ("cau_dai", GUIDE, "Bấm «Đăng ký", f"Bấm {'rồi chờ ' * 15}«Đăng ký", "    text: Bấm"),
    ("ten_cu", GUIDE, "Bấm «Đăng ký tạm trú».", "Mang CCCD theo.", "    text: Mang"),
    ("ten_cu", FAQ, "nên nộp.", "nên nộp ở công an huyện.", "  answer:"),
    ("so_troi", GUIDE, "xong trong 3 ngày làm việc", "xong trong 4 ngày làm việc", "summary:"),
    ("so_troi", GUIDE, "Bấm «Đăng ký", "Trả 9.000 đồng rồi bấm «Đăng ký", "    text: Trả"),
    ("so_troi", SHARED, "    text: Thử lại sau.", "    text: Thử lại sau 2 ngày.", "    text: Thử"),
    (
        "so_troi",
        FAQ,
        "  answer: Anh/chị vẫn nên nộp.\n  source: luat_68_2020\n",
        "  answer: Phạt 500.000 đồng.\n",
        "  answer",
    ),
    ("so_troi", "faq_vi/_bot.yaml", "sau ít phút", "và nhận 200.000 đồng", "web_loi"),
    # cases and use
    ("chua_thu", CASES, "entry: dang_ky_tam_tru", "entry: ly_hon", f"{GUIDE}|title:"),
    ("chua_thu", "tests/cases/talks/lua_dao.yaml", ", entry: lua_dao", "", f"{FIRST_AID}|title:"),
    ("khong_dung", SOURCES, "tt_75", "nd_9: {title: Nghị định 9, number: 9/2026/NĐ-CP}\ntt_75", "nd_9"),
    ("khong_dung", AGENCIES, "hosts:", "ubnd_xa: {name: UBND xã}\nhosts:", "ubnd_xa"),
    ("khong_dung", SHARED, "problems:", "problems:\n  loi_la:\n    text: Thử lại.", "  loi_la"),
    ("khong_dung", "faq_vi/_bot.yaml", "web_loi:", f"{UNSAID}: A.\nweb_loi:", UNSAID),
]


@pytest.mark.parametrize(("code", "path", "old", "new", "where"), SMALLEST)
def test_the_smallest_bad_file_is_named_at_its_line(
    tmp_path: Path, code: str, path: str, old: str, new: str, where: str
) -> None:
    texts = changed((path, old, new))
    named, _, start = where.rpartition("|")
    text = {**GOOD, **texts}[named or path]
    line = text[: f"\n{text}".index(f"\n{start}")].count("\n") + 1
    assert places(found(tmp_path, texts)) == [f"{named or path}:{line}: {code}"]


def test_a_file_is_named_as_ids_are_and_examples_as_their_guide(tmp_path: Path) -> None:
    texts = {"intents/dang_ky_tam_tru.yaml": "guide: lua_dao\nexamples: [bị gạt tiền]\n"}
    (write(tmp_path, texts) / "intents/lua_dao.yaml").unlink()
    (tmp_path / "faq_vi/cu_tru.yaml").rename(tmp_path / "faq_vi/Cư trú.yaml")
    problems = check(read_files(tmp_path), tmp_path / "tests")
    assert places(problems) == ["faq_vi/Cư trú.yaml:1: ten_sai", "intents/dang_ky_tam_tru.yaml:1: ten_sai"]


def test_every_code_of_the_table_has_its_smallest_file() -> None:
    table = (
        "yaml trung_khoa dau_phay thieu thua ngay_sai tien_sai link_sai ten_sai khong_co khong_bao_gio muc_trong "
        "khong_nguon het_hieu_luc nguon_la trung_cau trung_ma dai_qua ky_tu_la cau_dai ten_cu so_troi chua_thu khong_dung"
    )
    assert {code for code, *_ in SMALLEST} >= set(table.split())


def test_messages_are_whole_lines_with_the_way_out(tmp_path: Path) -> None:
    texts = changed(
        (GUIDE, "agency: cong_an_xa", "agency: cong_an_xas"), (GUIDE, "7.000, source: tt_75_2022}", "7.000}")
    )
    assert [str(problem) for problem in found(tmp_path, texts)] == [
        f"{GUIDE}:5: khong_co: «cong_an_xas» – không có cơ quan tên này. Có phải «cong_an_xa» không?",
        f"{GUIDE}:28: khong_nguon: số tiền thiếu nguồn. Thêm «source: …» sau «dong»",
    ]


DOUBTED_WAIVER = (SHARED, "    source: tt_75_2022", "    source: tt_75_2022\n    unconfirmed: báo nói")
NEW_LAW = (GUIDE, "sources: [luat_68_2020]", "sources: [luat_68_2020, luat_moi]")
STRANGE_SOURCE = (SOURCES, "number: 75/2022/TT-BTC, since: 2023-02-05", "url: https://bao.vn/a")
SOUND = [
    # a newspaper beside a doubt, and as the source of a scam
    [STRANGE_SOURCE, (GUIDE, "source: tt_75_2022}", "source: tt_75_2022, unconfirmed: báo nói}"), DOUBTED_WAIVER],
    [(WARNING, "[luat_68_2020]", "[bao]"), (SOURCES, "tt_75", "bao: {title: Báo, url: https://bao.vn/a}\ntt_75")],
    # old names that are quoted, or called past
    [(GUIDE, "Bấm «Đăng ký tạm trú».", "Bấm «CCCD gắn chip».")],
    [(FAQ, "nên nộp.", "nên nộp. Công an huyện không còn nữa.")],
    # a law that ends when the guide has to be read again, or together with the item
    [(SOURCES, "since: 2021-07-01", "since: 2021-07-01, until: 2027-02-19")],
    [(SOURCES, "tt_75", "luat_moi: {title: Luật mới, number: 1/2027/QH16, since: 2027-03-01}\ntt_75"), NEW_LAW],
    # a figure that another item of the guide has a source for
    [(GUIDE, "Bấm «Đăng ký tạm trú».", "Trả 7.000 đồng.")],
    # an official domain, and a host below a trusted one
    [
        (GUIDE, "https://dichvucong.gov.vn", "https://hue.dichvucong.gov.vn/x?y=1"),
        (GUIDE, "Mở VNeID", "Mở vneid.gov.vn"),
    ],
]


@pytest.mark.parametrize("changes", SOUND)
def test_what_is_sound_is_left_alone(tmp_path: Path, changes: list[Change]) -> None:
    assert places(found(tmp_path, changed(*changes))) == []


def test_nothing_is_said_about_cases_where_there_are_none(tmp_path: Path) -> None:
    write(tmp_path)
    assert check(read_files(tmp_path), None) == check(read_files(tmp_path), tmp_path / "elsewhere") == []


def test_a_shared_item_is_named_once_where_it_is_written(tmp_path: Path) -> None:
    texts = changed(
        (SHARED, "    until: 2027-02-28\n", ""), (SOURCES, "since: 2023-02-05", "since: 2023-02-05, until: 2026-01-01")
    )
    second = GOOD[GUIDE].replace("TT04", "TT05").replace("title: Đăng", "topic: dang_ky_tam_tru\ntitle: Gia hạn đăng")
    texts["service_guides/gia_han_tam_tru.yaml"] = second.replace("aliases: [tạm trú]\n", "")
    problems = [problem for problem in found(tmp_path, texts) if problem.code == "het_hieu_luc"]
    assert places(problems).count(f"{SHARED}:10: het_hieu_luc") == 1


def test_two_files_of_one_name_are_one_too_many(tmp_path: Path) -> None:
    problems = found(tmp_path, {"service_guides/them/dang_ky_tam_tru.yaml": GOOD[GUIDE]})
    assert "service_guides/them/dang_ky_tam_tru.yaml:1: trung_ma" in places(problems)


def test_the_same_files_give_the_same_lines(tmp_path: Path) -> None:
    texts = changed((GUIDE, "agency: cong_an_xa", "agency: la"), (FAQ, "nên nộp.", "nên nộp ở công an huyện."))
    assert found(tmp_path, texts) == found(tmp_path, texts)

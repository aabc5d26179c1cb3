"""Ids that lead nowhere are found at their line, with the nearest id that leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.files import read_files
from bot.content.references import nearest, unknown
from tests.content_files import changed, write

GUIDE = "service_guides/dang_ky_tam_tru.yaml"

CASES = [
    (GUIDE, "agency: cong_an_xa", "agency: cong_an_xam", "agency: cong_an_xam"),
    (GUIDE, "group: cu_tru", "topic: la\ngroup: cu_tru", "topic: la"),
    (GUIDE, "sources: [luat_68_2020]", "sources:\n  - luat_68_2020\n  - luat_la", "  - luat_la"),
    (GUIDE, "    source: luat_68_2020", "    source: luat_la", "    source: luat_la"),
    (GUIDE, "source: tt_75_2022}", "source: tt_la}", "      2025-07-01:"),
    (GUIDE, "  - shared: mien_phi", "  - shared: mien_la", "  - shared: mien_la"),
    (GUIDE, "{shared: cho_ai}", "{shared: cho_la}", "  cho_ai:"),
    (GUIDE, "{cho_ai: duoi_14}", "{cho_la: duoi_14}", "    when: {cho_la"),
    (GUIDE, "{cho_ai: duoi_14}", "{cho_ai: duoi_la}", "    when: {cho_ai: duoi_la"),
    (GUIDE, "{cho_o: nha_thue}", "{cho_o: [nha_thue, nha_la]}", "    when: {cho_o: [nha_thue, nha_la]"),
    (GUIDE, "if_not: he_thong_ban", "if_not: he_thong_la", "    if_not: he_thong_la"),
    (GUIDE, "related: [dang_ky_tam_tru]", "related: [bai_la]", "related: [bai_la]"),
    (GUIDE, "related: [dang_ky_tam_tru]", "related: [dang_ky_thue]", "related: [dang_ky_thue]"),
    (GUIDE, "warnings: [gia_cong_an]", "warnings: [gia_la]", "warnings: [gia_la]"),
    ("service_guides/_shared.yaml", "    source: tt_75_2022", "    source: tt_la", "    source: tt_la"),
    ("intents/dang_ky_tam_tru.yaml", "guide: dang_ky_tam_tru", "guide: bai_la", "guide: bai_la"),
    ("intents/_aspects.yaml", "le_phi:", "le_la:", "le_la:"),
    ("intents/_out_of_scope.yaml", "[dang_ky_ket_hon]", "[bai_la]", "  related: [bai_la]"),
    ("faq_vi/cu_tru.yaml", "topic: dang_ky_tam_tru", "topic: chu_de_la", "  topic: chu_de_la"),
    ("faq_vi/cu_tru.yaml", "source: luat_68_2020", "source: luat_la", "  source: luat_la"),
    ("faq_vi/cu_tru.yaml", "related: [dang_ky_tam_tru]", "related: [bai_la]", "  related: [bai_la]"),
    ("faq_vi/canh_bao/gia_cong_an.yaml", "then: chuyen_tien", "then: chuyen_la", "then: chuyen_la"),
    ("faq_vi/canh_bao/gia_cong_an.yaml", "[luat_68_2020]", "[luat_la]", "sources: [luat_la]"),
    ("faq_vi/canh_bao/_dau_hieu.yaml", "  chuyen_tien:", "  chuyen_la:", "  chuyen_la:"),
    ("faq_vi/canh_bao/_cau_mau.yaml", "  chuyen_tien:", "  chuyen_la:", "  chuyen_la:"),
    ("notices.yaml", "topics: [lua_dao]", "topics: [chu_de_la]", "  topics: [chu_de_la]"),
]


@pytest.mark.parametrize(("path", "old", "new", "at"), CASES, ids=[f"{path}-{new}" for path, _, new, _ in CASES])
def test_an_id_that_leads_nowhere_is_found_at_its_line(tmp_path: Path, path: str, old: str, new: str, at: str) -> None:
    texts = changed((path, old, new))
    files = read_files(write(tmp_path, texts))
    assert files.problems == ()
    found = [(problem.path, problem.line, problem.code) for problem in unknown(files)]
    lines = texts[path].split("\n")
    assert found == [(path, next(n for n, text in enumerate(lines, 1) if text.startswith(at)), "khong_co")]


def test_nothing_is_found_in_the_good_files(tmp_path: Path) -> None:
    assert list(unknown(read_files(write(tmp_path)))) == []


def test_the_nearest_id_is_suggested(tmp_path: Path) -> None:
    files = read_files(write(tmp_path, changed((GUIDE, "source: tt_75_2022}", "source: tt_75_2023}"))))
    assert [problem.text for problem in unknown(files)] == [
        "«tt_75_2023» – không có nguồn tên này. Có phải «tt_75_2022» không?"
    ]
    assert nearest("hoan_toan_khac", ["luat_68_2020"]) is None


def test_a_guide_under_no_topic_needs_one(tmp_path: Path) -> None:
    good = (write(tmp_path) / GUIDE).read_text()
    (tmp_path / "service_guides/bai_moi.yaml").write_text(good)
    assert [str(problem) for problem in unknown(read_files(tmp_path))] == [
        "service_guides/bai_moi.yaml:1: khong_co: thiếu «topic»: tên tệp «bai_moi» không phải chủ đề. "
        "Thêm dòng «topic: …»"
    ]


def test_conditions_of_a_shared_item_need_the_question_where_it_is_used(tmp_path: Path) -> None:
    texts = changed(("service_guides/_shared.yaml", "    until:", "    when: {noi_nop: tren_mang}\n    until:"))
    found = list(unknown(read_files(write(tmp_path, texts))))
    assert [(problem.path, problem.code) for problem in found] == [(GUIDE, "khong_co")]


def test_a_local_fee_has_to_be_one_of_the_guide(tmp_path: Path) -> None:
    local = (
        "name: Huế\nfees:\n  dang_ky_tam_tru:\n    Nộp ở đâu đó:\n      2026-01-01: {dong: 1.000, source: tt_75_2022}\n"
    )
    found = list(unknown(read_files(write(tmp_path, {"service_guides/_local/hue.yaml": local}))))
    assert [(problem.path, problem.line) for problem in found] == [("service_guides/_local/hue.yaml", 4)]


def test_what_a_broken_file_may_define_is_not_reported_again(tmp_path: Path) -> None:
    unreadable = dict.fromkeys(("service_guides/_sources.yaml", "service_guides/_shared.yaml"), ":\n\t- [")
    files = read_files(write(tmp_path, unreadable))
    assert {problem.code for problem in files.problems} == {"yaml"}
    assert list(unknown(files)) == []


def test_a_file_of_the_wrong_shape_still_defines_its_ids(tmp_path: Path) -> None:
    texts = changed(("service_guides/_sources.yaml", "since: 2023-02-05", "sinse: 2023-02-05"))
    files = read_files(write(tmp_path, texts))
    assert [problem.code for problem in files.problems] == ["thua"]
    assert list(unknown(files)) == []

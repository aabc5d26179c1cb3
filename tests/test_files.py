"""Files get their shapes; every error of shape at once, at its line, with the nearest key."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import schema as s
from bot.content.files import paths, read_files, shaped
from bot.content.problem import ContentError
from bot.content.source import parse
from tests.content_files import GOOD, changed, write

GUIDE = "service_guides/dang_ky_tam_tru.yaml"


def said(path: str, text: str) -> list[str]:
    return [f"{problem.line}: {problem.code}: {problem.text}" for problem in shaped(parse(path, text.encode()))[1]]


def test_good_files_have_shapes_and_no_problems(tmp_path: Path) -> None:
    files = read_files(write(tmp_path))
    assert files.problems == ()
    assert all(file.shape is not None for file in files.by_path.values())
    assert [document.path for document, _ in files.of(s.GuideFile)] == [GUIDE, "service_guides/lua_dao.yaml"]


def test_all_errors_come_at_once() -> None:
    text = GOOD[GUIDE].replace("2026-11-20", "hôm qua").replace("group: cu_tru", "group: la").replace("7.000", "7k")
    assert [line.split(": ")[1] for line in said(GUIDE, text)] == ["ten_sai", "ngay_sai", "tien_sai"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("tilte", "title"), ("sumary", "summary"), ("document", "documents"), ("if-not", "if_not"), ("aggency", "agency")],
)
def test_the_nearest_key_is_suggested(wrong: str, right: str) -> None:
    (line,) = said(GUIDE, f"{GOOD[GUIDE]}{wrong}: a\n")
    assert line == f"{GOOD[GUIDE].count(chr(10)) + 1}: thua: không có mục «{wrong}». Có phải «{right}» không?"


def test_a_key_that_is_near_none_is_to_be_removed() -> None:
    (line,) = said(GUIDE, f"{GOOD[GUIDE]}mau_sac: đỏ\n")
    assert line.endswith("thua: không có mục «mau_sac». Xóa đi, hoặc xem lại thụt dòng")


def test_a_sentence_cut_by_a_comma_is_said_once() -> None:
    (line,) = said("intents/_small_talk.yaml", "chao: {examples: [chào], answer: Chào anh, chị ạ}\n")
    assert line.startswith("1: dau_phay: câu bị dấu phẩy cắt ở «chị ạ»")


@pytest.mark.parametrize(
    ("words", "instead", "code"),
    [
        ("title: Đăng ký tạm trú", "title:", "thieu"),
        ("title: Đăng ký tạm trú\n", "", "thieu"),
        ("title: Đăng ký tạm trú", "title: [a, b]", "kieu_sai"),
        ("aliases: [tạm trú]", "aliases: tạm trú", "kieu_sai"),
        ("aliases: [tạm trú]", "aliases: {a: b}", "kieu_sai"),
        ("sources: [luat_68_2020]", "sources: [Luật 68]", "ten_sai"),
        ("group: cu_tru", "group: cu_truu", "ten_sai"),
        ("code: TT04", "code: tt04", "ten_sai"),
        ("review_by: 2027-02-20", "review_by: 2027-02-30", "ngay_sai"),
        ("review_by: 2027-02-20", "review_by: 20270220", "ngay_sai"),
        ("review_by: 2027-02-20", "review_by: 2027-W08-6", "ngay_sai"),
        ("review_by: 2027-02-20", "review_by: ２０２７-02-20", "ngay_sai"),
        ("2025-07-01: {dong", "1/7/2025: {dong", "ngay_sai"),
        ("dong: 7.000", "dong: 7,5", "dau_phay"),
        ("dong: 7.000", "dong: 7000", "tien_sai"),
        ("dong: 7.000", "dong: -7.000", "tien_sai"),
        ("link: https://dichvucong.gov.vn", "link: www.gov.vn", "link_sai"),
        ("link: https://dichvucong.gov.vn", "link: javascript:alert(1)", "link_sai"),
        ("when: {cho_ai: duoi_14}", "when: cho_ai", "kieu_sai"),
        ("  - shared: mien_phi", "  - mien_phi", "kieu_sai"),
    ],
)
def test_each_scalar_has_its_own_code(words: str, instead: str, code: str) -> None:
    assert GOOD[GUIDE].count(words) == 1
    lines = said(GUIDE, GOOD[GUIDE].replace(words, instead))
    assert [line.split(": ")[1] for line in lines] == [code]


def test_money_dates_ages_and_truth_are_typed(tmp_path: Path) -> None:
    files = read_files(
        write(tmp_path, changed((GUIDE, "group:", "essential: true\ngroup:"), (GUIDE, "7.000", "unknown")))
    )
    (guide,) = (each for document, each in files.of(s.GuideFile) if document.path == GUIDE)
    (shared,) = (each for _, each in files.of(s.SharedFile))
    assert guide.essential is True
    assert isinstance(guide.fees[0].amount, dict)
    assert [amount.dong for amount in guide.fees[0].amount.values()] == [None]
    assert shared.questions["cho_ai"].options["duoi_14"].ages == (0, 13)


@pytest.mark.parametrize(
    ("ages", "fine"), [("6-13", True), ("14-", True), ("-13", True), ("-", False), ("muoi", False)]
)
def test_ages_are_written_as_a_range(ages: str, fine: bool) -> None:
    text = GOOD["service_guides/_shared.yaml"].replace("ages: 14-", f"ages: {ages}")
    assert (said("service_guides/_shared.yaml", text) == []) is fine


def test_an_empty_file_and_a_file_out_of_place_are_said() -> None:
    assert said(GUIDE, "")[0].startswith("1: thieu: tệp trống")
    assert said("service_guides.yaml", "a: b\n")[0].startswith("1: thua: không có loại tệp này")
    assert said(GUIDE, "chỉ có một câu\n")[0].startswith("1: kieu_sai")


def test_a_file_of_the_wrong_kind_has_no_shape() -> None:
    file, problems = shaped(parse(GUIDE, b"- a\n- b\n"))
    assert file.shape is None
    assert problems


def test_only_content_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, {"service_guides/ghi_chu.txt": "a", "khac/bai.yaml": "a: b", "service_guides/bai.yml": "a: b"})
    names = [path.relative_to(tmp_path).as_posix() for path in paths(tmp_path)]
    assert "notices.yaml" in names
    assert not {"service_guides/ghi_chu.txt", "khac/bai.yaml", "service_guides/bai.yml"} & set(names)


def test_a_directory_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="không phải thư mục nội dung"):
        read_files(tmp_path)

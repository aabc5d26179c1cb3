"""Where an id is defined and used."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.files import read_files
from bot.content.where import describe, where
from tests.content_files import line, write

GUIDE = "service_guides/dang_ky_tam_tru.yaml"
FIRST_AID = "service_guides/lua_dao.yaml"
SHARED = "service_guides/_shared.yaml"


def places(root: Path, id: str) -> list[str]:
    return [str(each) for each in where(read_files(write(root)), id)]


def test_a_source_is_defined_once_and_used_in_many_places(tmp_path: Path) -> None:
    found = places(tmp_path, "luat_68_2020")
    assert found == [
        "service_guides/_sources.yaml:1: nguồn «luat_68_2020»",
        f"{GUIDE}:{line(GUIDE, 'sources:')}: dùng ở Đăng ký tạm trú – căn cứ",
        f"{GUIDE}:32: dùng ở Đăng ký tạm trú – thời hạn: 3 ngày làm việc.",
        "faq_vi/canh_bao/gia_cong_an.yaml:8: dùng ở Giả công an gọi điện – căn cứ",
        "faq_vi/cu_tru.yaml:6: dùng ở chủ trọ không cho đăng ký tạm trú",
    ]


def test_an_agency_a_warning_and_a_guide_are_found(tmp_path: Path) -> None:
    assert places(tmp_path, "cong_an_xa")[1:] == [
        f"{GUIDE}:5: dùng ở Đăng ký tạm trú – cơ quan",
        f"{FIRST_AID}:3: dùng ở Bị lừa đảo – cơ quan",
    ]
    assert places(tmp_path, "gia_cong_an") == [
        "faq_vi/canh_bao/gia_cong_an.yaml:1: lời cảnh báo «gia_cong_an»",
        f"{GUIDE}:{line(GUIDE, 'warnings:')}: dùng ở Đăng ký tạm trú – cảnh báo",
    ]
    assert "intents/dang_ky_tam_tru.yaml:1: dùng ở dang_ky_tam_tru" in places(tmp_path, "dang_ky_tam_tru")


def test_questions_and_options_are_found_where_they_are_asked_and_needed(tmp_path: Path) -> None:
    assert places(tmp_path, "cho_ai") == [
        f"{SHARED}:2: câu hỏi dùng chung «cho_ai»",
        f"{GUIDE}:{line(GUIDE, 'cho_ai: {shared')}: dùng ở Đăng ký tạm trú – câu hỏi: «cho_ai»",
        f"{GUIDE}:{line(GUIDE, '{cho_ai: duoi_14}')}: dùng ở Đăng ký tạm trú – hồ sơ: Cha hoặc mẹ khai thay.",
    ]
    assert places(tmp_path, "cho_o")[0] == f"{GUIDE}:13: câu hỏi của bài «Đăng ký tạm trú»"
    assert places(tmp_path, "nha_thue")[0] == f"{GUIDE}:16: lựa chọn của câu hỏi «cho_o» của bài «Đăng ký tạm trú»"
    assert places(tmp_path, "duoi_14")[0] == f"{SHARED}:6: lựa chọn của câu hỏi «cho_ai» dùng chung"


def test_shared_items_and_problems_are_found(tmp_path: Path) -> None:
    assert places(tmp_path, "mien_phi") == [
        f"{SHARED}:8: mục dùng chung «mien_phi»",
        f"{GUIDE}:29: dùng ở Đăng ký tạm trú – lệ phí: «mien_phi»",
    ]
    assert places(tmp_path, "he_thong_ban")[1] == f"{GUIDE}:40: dùng ở Đăng ký tạm trú – các bước: Mở thủ tục"


def test_a_sentence_of_the_bot_is_found_in_the_program(tmp_path: Path) -> None:
    found = places(tmp_path, "web_loi")
    assert found[0] == "faq_vi/_bot.yaml:1: câu của bot «web_loi»"
    assert all(each.startswith("bot/") for each in found[1:])
    assert len(found) > 1


@pytest.mark.parametrize("id", ["", "khong_co_dau", "../..", "x" * 1000])
def test_an_unknown_id_is_nowhere(tmp_path: Path, id: str) -> None:
    assert places(tmp_path, id) == []


def test_every_place_of_the_real_files_can_be_described() -> None:
    files = read_files(Path(__file__).parents[1])
    for file in files.by_path.values():
        for loc in file.document.lines:
            assert describe(file.document, loc)

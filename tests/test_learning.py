"""What was not understood, in groups, each with what it may be about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.content.files import Files, read_files
from bot.content.load import from_files
from bot.engine import Brain
from bot.learning import Group, as_dict, grouped, lines, matching, patch, proposed, taken
from bot.understanding.train import fit
from tests.content_files import write
from tests.test_overlap import ASKED, FRAUD, HARMED, RESIDENCE, examples

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    texts = {RESIDENCE: examples("dang_ky_tam_tru", *ASKED), FRAUD: examples("lua_dao", *HARMED)}
    return read_files(write(tmp_path_factory.mktemp("content"), texts))


@pytest.fixture(scope="module")
def small(files: Files) -> Brain:
    content = from_files(files)
    return Brain.of(content, fit(content))


def group(*texts: str) -> Group:
    return Group(dict.fromkeys(texts, 1), FRIDAY, FRIDAY)


def test_like_messages_are_one_group_with_its_count_and_days(small: Brain) -> None:
    found = grouped(
        small.model,
        [
            (MONDAY, "khai tạm trú cho sinh viên trọ", 2),
            (FRIDAY, "khai tam tru cho sinh vien tro", 3),
            (FRIDAY, "khai tạm trú cho sinh viên ở trọ!", 1),
            (FRIDAY, "bật lửa zippo chính hãng", 1),
        ],
    )
    assert [(each.count, each.first, each.last, len(each.messages)) for each in found] == [
        (6, MONDAY, FRIDAY, 3),
        (1, FRIDAY, FRIDAY, 1),
    ]
    assert next(iter(found[0].messages)) == "khai tam tru cho sinh vien tro"


def test_days_of_one_message_are_added_up(small: Brain) -> None:
    [one] = grouped(small.model, [(FRIDAY, "ở trọ", 1), (MONDAY, "ở trọ", 4)])
    assert (one.messages, one.first, one.last) == ({"ở trọ": 5}, MONDAY, FRIDAY)


def test_a_group_is_proposed_what_it_is_likeliest_about_as_a_patch(small: Brain, files: Files) -> None:
    found = proposed(small, group("sinh viên trọ khai báo tạm trú"), taken(files), FRIDAY)
    assert found.target == "dang_ky_tam_tru"
    change = patch(files, found)
    assert change is not None
    assert change.path == RESIDENCE
    assert "+  - sinh viên trọ khai báo tạm trú\n" in change.patch()
    told = "\n".join(lines(small, files, group("sinh viên trọ khai báo tạm trú"), found))
    assert "1 lần, 20/11/2026" in told
    assert "Đề nghị: Đăng ký tạm trú (dang_ky_tam_tru), chắc" in told


def test_what_was_masked_is_in_no_proposed_sentence(small: Brain, files: Files) -> None:
    found = proposed(small, group("tạm trú gọi [số điện thoại] , tên [họ tên] sao"), taken(files), FRIDAY)
    assert found.sentences == ("tạm trú gọi, tên sao",)
    found = proposed(small, group("tạm trú nhà chị hỏi sđt 0912345678"), taken(files), FRIDAY)
    assert found.sentences == ("tạm trú nhà chị hỏi sđt",)


def test_examples_cases_and_single_words_are_not_proposed_again(small: Brain, files: Files) -> None:
    again = group(ASKED[0].upper(), "em bi lua", "[số định danh]", "alo", "x" * 300)
    found = proposed(small, again, taken(files), FRIDAY)
    assert found.sentences == ()
    assert patch(files, found) is None
    assert "Không có câu nào mới để học." in lines(small, files, again, found)


def test_a_warning_is_never_proposed(small: Brain, files: Files) -> None:
    found = proposed(small, group("lên phường cập nhật ngay kẻo bị khóa nhé"), taken(files), FRIDAY)
    assert "gia_cong_an" not in (found.target, *found.others)


def test_what_is_understood_by_now_is_said(small: Brain, files: Files) -> None:
    asked = group("chủ nhà làm tạm trú cho người thuê trọ")
    found = proposed(small, asked, taken(files), FRIDAY)
    assert "Nay đã hiểu là «Đăng ký tạm trú»." in lines(small, files, asked, found)


def test_the_json_of_a_group_has_everything_that_an_editor_sees(small: Brain, files: Files) -> None:
    asked = group("sinh viên trọ khai báo tạm trú")
    told = as_dict(small, files, asked, proposed(small, asked, taken(files), FRIDAY))
    assert (told["count"], told["first"], told["target"], told["file"]) == (
        1,
        "2026-11-20",
        "dang_ky_tam_tru",
        RESIDENCE,
    )
    assert told["messages"] == [{"text": "sinh viên trọ khai báo tạm trú", "count": 1}]
    assert told["patch"].startswith(f"--- a/{RESIDENCE}\n")


def test_a_target_is_found_by_its_name_without_marks(small: Brain) -> None:
    assert matching(small.content, small.model, "TAM TRU")[0] == "dang_ky_tam_tru"
    assert matching(small.content, small.model, "ly hôn") == ["ly_hon"]
    assert matching(small.content, small.model, "không có đâu") == []


def test_the_small_content_is_whole(files: Files) -> None:
    assert files.problems == ()
    assert Path(files.root, RESIDENCE).is_file()

"""What only the model can tell: examples that lead elsewhere, words that answer a question by accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.build import build
from bot.content.files import Files, read_files
from bot.content.problem import Problem
from bot.understanding.overlap import overlaps
from bot.understanding.train import fit
from tests.content_files import changed, line, write

GUIDE = "service_guides/dang_ky_tam_tru.yaml"
RESIDENCE = "intents/dang_ky_tam_tru.yaml"
FRAUD = "intents/lua_dao.yaml"
ASKED = [
    "tôi mới thuê trọ thì đăng ký tạm trú",
    "đăng ký tạm trú ở đâu",
    "làm tạm trú cho người thuê nhà",
    "khai tạm trú trên mạng",
    "chủ nhà làm tạm trú cho em",
    "tạm trú cho sinh viên ở trọ",
]
RENTING = [  # what a stray sentence is most like, so that no fit gives it to another guide
    "đăng ký tạm trú cho người thuê trọ",
    "đăng ký tạm trú người thuê nhà trọ",
    "người thuê nhà trọ đăng ký tạm trú",
    "cho người thuê nhà đăng ký tạm trú",
    "đăng ký tạm trú nhà trọ",
    "thuê nhà trọ đăng ký tạm trú",
    "người thuê đăng ký tạm trú",
]
STRAY = "đăng ký tạm trú cho người thuê nhà trọ"
HARMED = [
    "tôi bị lừa chuyển tiền rồi",
    "bị lừa mất tiền trong tài khoản",
    "lỡ chuyển tiền cho kẻ gian",
    "bị lừa qua mạng thì báo ai",
    "họ gọi điện lừa tôi chuyển khoản",
]


def examples(guide: str, *sentences: str) -> str:
    return f"guide: {guide}\nexamples:\n" + "".join(f"  - {sentence}\n" for sentence in sentences)


def found(files: Files) -> list[Problem]:
    return overlaps(files, fit(build(files)))


def read(root: Path, texts: dict[str, str]) -> Files:
    files = read_files(write(root, {RESIDENCE: examples("dang_ky_tam_tru", *ASKED), **texts}))
    assert files.problems == ()
    return files


def test_an_example_that_another_guide_wins_is_named(tmp_path: Path) -> None:
    texts = {
        RESIDENCE: examples("dang_ky_tam_tru", *ASKED, *RENTING),
        FRAUD: examples("lua_dao", *HARMED, STRAY),
    }
    problems = found(read(tmp_path, texts))
    assert [(problem.path, problem.line, problem.code) for problem in problems] == [(FRAUD, len(HARMED) + 3, "lan_y")]
    assert problems[0].text.startswith(f"«{STRAY}» giống «Đăng ký tạm trú» hơn")


def test_examples_that_lead_home_are_left_alone(tmp_path: Path) -> None:
    assert found(read(tmp_path, {FRAUD: examples("lua_dao", *HARMED)})) == []


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("tiền", []),  # one syllable, in «hết bao nhiêu tiền»
        ("còn nhớ", ["con nhỏ ở trọ đăng ký tạm trú"]),  # the same without marks
    ],
)
def test_words_that_answer_by_accident_are_named(tmp_path: Path, words: str, sentences: list[str]) -> None:
    texts = changed((GUIDE, "words: [thuê nhà]", f"words: [{words}]"))
    texts |= {RESIDENCE: examples("dang_ky_tam_tru", *ASKED, *sentences), FRAUD: examples("lua_dao", *HARMED)}
    problems = found(read(tmp_path, texts))
    ambiguous = {(problem.path, problem.line) for problem in problems if problem.code == "tu_mo_ho"}
    assert ambiguous == {(GUIDE, line(GUIDE, "nha_thue:"))}

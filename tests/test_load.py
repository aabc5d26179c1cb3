"""A content directory → content, and when it changes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.load import default_dir, load, stamp
from bot.content.problem import ContentError
from tests.content_files import write

GUIDE = "service_guides/dang_ky_tam_tru.yaml"
Change = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "content")


def edit(root: Path, words: str, instead: str) -> None:
    path = root / GUIDE
    path.write_text(path.read_text("utf-8").replace(words, instead), "utf-8")


def test_the_content_beside_the_program_is_the_default() -> None:
    assert (default_dir() / "service_guides").is_dir()


def test_every_problem_is_said_at_once_and_nothing_is_half_loaded(root: Path) -> None:
    edit(root, "agency: cong_an_xa", "agency: cong_an_huyen")
    edit(root, "sources: [luat_68_2020]", "sources: [luat_1]")
    with pytest.raises(ContentError) as raised:
        load(root)
    assert [(problem.path, problem.code) for problem in raised.value.problems] == [(GUIDE, "khong_co")] * 2


def test_an_empty_directory_is_no_content(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        load(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / GUIDE).write_text("title: a", "utf-8"),
        lambda root: os.utime(root / GUIDE, ns=(1, 1)),
        lambda root: (root / GUIDE).unlink(),
        lambda root: (root / GUIDE).rename(root / "service_guides/khac.yaml"),
        lambda root: (root / "faq_vi/moi.yaml").write_text("", "utf-8"),
        lambda root: (root / "notices.yaml").unlink(),
    ],
    ids=["saved", "touched", "removed", "renamed", "added", "no notices"],
)
def test_the_stamp_changes_with_every_content_file(root: Path, change: Change) -> None:
    before = stamp(root)
    change(root)
    assert stamp(root) != before


def test_the_stamp_does_not_change_with_anything_else(root: Path) -> None:
    before = stamp(root)
    (root / "README.md").write_text("a")
    (root / "service_guides/notes.txt").write_text("a")
    assert stamp(root) == before

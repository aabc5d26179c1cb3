"""A content directory → content, from a cache while nothing changed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content import load as loading
from bot.content.load import default_dir, load, stamp
from bot.content.problem import ContentError
from tests.content_files import changed, write

GUIDE = "service_guides/dang_ky_tam_tru.yaml"
Change = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "content")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def edit(root: Path, words: str, instead: str) -> None:
    path = root / GUIDE
    path.write_text(path.read_text("utf-8").replace(words, instead), "utf-8")


def kept(cache: Path) -> list[Path]:
    return sorted(cache.glob("*"))


def test_the_content_beside_the_program_is_the_default() -> None:
    assert (default_dir() / "service_guides").is_dir()


def test_what_was_built_once_is_found_again(root: Path, cache: Path) -> None:
    first = load(root, cache)
    assert len(kept(cache)) == 1
    assert load(root, cache) == first == load(root)


def test_a_saved_file_is_seen(root: Path, cache: Path) -> None:
    load(root, cache)
    edit(root, "TT04", "TT05")
    assert load(root, cache).guides["dang_ky_tam_tru"].code == "TT05"
    assert len(kept(cache)) == 1


def test_only_who_may_write_leaves_something_behind(root: Path, cache: Path) -> None:
    load(root, cache, keep=False)
    assert not cache.exists()


@pytest.mark.parametrize("broken", [b"", b"junk", pickle.dumps(["no content"]), b"\x80\x05cbot.gone\nThing\n."])
def test_a_broken_cache_is_built_anew(root: Path, cache: Path, broken: bytes) -> None:
    load(root, cache)
    (path,) = kept(cache)
    path.write_bytes(broken)
    assert load(root, cache) == load(root)
    assert path.read_bytes() != broken


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    assert load(root, file / "cache") == load(root)


def test_two_directories_do_not_share_what_was_built(root: Path, cache: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", changed((GUIDE, "TT04", "TT05")))
    codes = [load(each, cache).guides["dang_ky_tam_tru"].code for each in (root, other, root)]
    assert codes == ["TT04", "TT05", "TT04"]


def test_every_problem_is_said_at_once_and_nothing_is_half_loaded(root: Path, cache: Path) -> None:
    edit(root, "agency: cong_an_xa", "agency: cong_an_huyen")
    edit(root, "sources: [luat_68_2020]", "sources: [luat_1]")
    with pytest.raises(ContentError) as raised:
        load(root, cache)
    assert [(problem.path, problem.code) for problem in raised.value.problems] == [(GUIDE, "khong_co")] * 2
    assert not cache.exists()


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


def test_a_start_from_the_cache_needs_neither_pydantic_nor_yaml(root: Path, cache: Path) -> None:
    load(root, cache)
    code = (
        "import sys; from pathlib import Path; from bot.content.load import load; "
        f"load(Path({str(root)!r}), Path({str(cache)!r})); print({{'pydantic', 'yaml'}} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=default_dir())
    assert found.stdout.strip() == "set()"


def test_other_code_builds_anew(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    load(root, cache)
    (before,) = kept(cache)
    (tmp_path / "code.py").write_text("changed")
    monkeypatch.setattr(loading, "HERE", tmp_path)
    load(root, cache)
    assert kept(cache) != [before]

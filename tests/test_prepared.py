"""What is worked out of a content directory comes from a cache while nothing changed."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import bot.prepared
from bot.content.load import default_dir, load
from bot.content.problem import ContentError
from bot.content.types import Content
from bot.prepared import prepare
from bot.understanding import train
from tests.content_files import changed, write
from tests.test_load import GUIDE, edit


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "content")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def kept(cache: Path) -> list[Path]:
    return sorted(cache.glob("*"))


def content(root: Path, cache: Path) -> Content:
    return prepare(root, cache).content


def test_what_was_built_once_is_found_again(root: Path, cache: Path) -> None:
    first = content(root, cache)
    assert len(kept(cache)) == 1
    assert content(root, cache) == first == load(root)


def test_its_model_is_known_without_reading_the_sentences_again(root: Path, cache: Path) -> None:
    built, found = prepare(root, cache), prepare(root, cache)
    assert built.model == found.model == train.key(found.content)
    said = root / "intents/dang_ky_tam_tru.yaml"
    said.write_text(said.read_text("utf-8").replace("thuê trọ", "mướn phòng"), "utf-8")
    assert prepare(root, cache).model != built.model


def test_a_saved_file_is_seen(root: Path, cache: Path) -> None:
    prepare(root, cache)
    edit(root, "TT04", "TT05")
    assert content(root, cache).guides["dang_ky_tam_tru"].code == "TT05"
    assert len(kept(cache)) == 1


def test_only_who_may_write_leaves_something_behind(root: Path, cache: Path) -> None:
    prepare(root, cache, keep=False)
    assert not cache.exists()


@pytest.mark.parametrize("broken", [b"", b"junk", pickle.dumps(["no content"]), b"\x80\x05cbot.gone\nThing\n."])
def test_a_broken_cache_is_built_anew(root: Path, cache: Path, broken: bytes) -> None:
    prepare(root, cache)
    (path,) = kept(cache)
    path.write_bytes(broken)
    assert content(root, cache) == load(root)
    assert path.read_bytes() != broken


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    assert content(root, file / "cache") == load(root)


def test_two_directories_do_not_share_what_was_built(root: Path, cache: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", changed((GUIDE, "TT04", "TT05")))
    codes = [content(each, cache).guides["dang_ky_tam_tru"].code for each in (root, other, root)]
    assert codes == ["TT04", "TT05", "TT04"]


def test_a_start_from_the_cache_needs_neither_pydantic_nor_yaml(root: Path, cache: Path) -> None:
    prepare(root, cache)
    code = (
        "import sys; from pathlib import Path; from bot.prepared import prepare; "
        f"prepare(Path({str(root)!r}), Path({str(cache)!r})); print({{'pydantic', 'yaml'}} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=default_dir())
    assert found.stdout.strip() == "set()"


def test_other_code_builds_anew(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(root, cache)
    (before,) = kept(cache)
    (tmp_path / "safety").mkdir()
    (tmp_path / "safety/code.py").write_text("changed")
    monkeypatch.setattr(bot.prepared, "HERE", tmp_path)
    prepare(root, cache)
    assert kept(cache) != [before]


def test_unusable_content_leaves_nothing_behind(root: Path, cache: Path) -> None:
    edit(root, "agency: cong_an_xa", "agency: cong_an_huyen")
    with pytest.raises(ContentError):
        prepare(root, cache)
    assert not cache.exists()


def test_what_comes_from_the_cache_judges_and_looks_as_what_was_worked_out(root: Path, cache: Path) -> None:
    texts = ("công an phường gọi, vneid lỗi, kết bạn zalo rồi chuyển 2 triệu", "đăng ký tạm trú cần giấy tờ gì")
    fresh, again = prepare(root, cache), prepare(root, cache)
    assert again is not fresh
    for text in texts:
        assert again.shield.judge(text) == fresh.shield.judge(text)
        assert again.focus.look("dang_ky_tam_tru", text.split()) == fresh.focus.look("dang_ky_tam_tru", text.split())

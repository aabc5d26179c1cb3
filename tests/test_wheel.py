"""The wheel carries the content, the pages and the migrations, and answers from them anywhere."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_content_pages_and_migrations_are_inside(unpacked: Path) -> None:
    for part in ("_content/service_guides", "_content/intents", "_content/faq_vi/canh_bao"):
        assert list((unpacked / "bot" / part).glob("*.yaml")), part
    assert (unpacked / "bot" / "_content" / "notices.yaml").is_file()
    assert (unpacked / "bot" / "py.typed").is_file()
    assert list((unpacked / "bot" / "channels" / "static").glob("*.js"))
    assert list((unpacked / "bot" / "store" / "migrations").glob("*.sql"))


def test_it_shows_a_guide_without_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    code = "from bot.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "show", "dang_ky_tam_tru", "--on", "2026-11-25"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": ""},
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "TT04" in run.stdout

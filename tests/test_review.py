"""An editor at a terminal: keys in, files and store out."""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store.open import open_store
from tests.content_files import write
from tests.test_overlap import ASKED, FRAUD, HARMED, RENTING, RESIDENCE, STRAY, examples

pty = pytest.importorskip("pty", reason="no pseudo-terminal on this system")

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime.now(UTC)
PATIENCE = 60  # seconds without a word from the program
STUDENT = "sinh viên trọ khai báo tạm trú"
LIGHTER = "bật lửa zippo chính hãng"


@dataclass
class Place:
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"sqlite:{self.folder / 'var' / 'motcua.db'}"

    def command(self, *args: str) -> list[str]:
        return [sys.executable, str(ROOT / "bot.py"), "unknown", "--content", str(self.folder), *args]

    def run(self, *args: str) -> tuple[int, str]:
        done = subprocess.run(
            self.command(*args),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def kept(self) -> set[str]:
        async def texts() -> set[str]:
            async with open_store(self.url) as store:
                return {text for _, text, _ in await store.unknown()}

        return asyncio.run(texts())

    def missed(self, texts: Iterable[str]) -> None:
        """The first text most often, so that its group comes first."""

        async def record() -> None:
            async with open_store(self.url) as store:
                ordered = list(texts)
                for at, text in enumerate(ordered):
                    for day in range(len(ordered) - at):
                        await store.record_unknown(text, NOW - timedelta(days=day))

        asyncio.run(record())


@pytest.fixture
def place(tmp_path: Path) -> Place:
    texts = {RESIDENCE: examples("dang_ky_tam_tru", *ASKED, *RENTING), FRAUD: examples("lua_dao", *HARMED)}
    write(tmp_path, texts)
    found = Place(tmp_path)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    found.environment = {**clean, "MOTCUA_STORE": found.url, "MOTCUA_CACHE": str(tmp_path / "cache"), "TERM": "dumb"}
    return found


class Screen:
    """A program at a pseudo-terminal: what it writes, and keys for it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._rest = b""  # what came after the words last waited for
        self._ours, theirs = pty.openpty()
        self._program = subprocess.Popen(
            command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)

    def until(self, words: str) -> str:
        """What is written up to these words."""
        text, end = self._rest, words.encode()
        while end not in text:
            ready, _, _ = select.select([self._ours], [], [], PATIENCE)
            assert ready, f"«{words}» never came: {text.decode(errors='replace')}"
            text += self._read(text)
        found, end, self._rest = text.partition(end)
        return (found + end).decode(errors="replace")

    def _read(self, text: bytes) -> bytes:
        try:
            got = os.read(self._ours, 4096)
        except OSError:
            got = b""  # the other end is closed
        assert got, f"the program ended: {text.decode(errors='replace')}"
        return got

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def interrupt(self) -> None:
        """Ctrl+C."""
        self._program.send_signal(signal.SIGINT)

    def ended(self) -> int:
        return self._program.wait(PATIENCE)

    def close(self) -> None:
        self._program.kill()
        self._program.wait()
        os.close(self._ours)


@pytest.fixture
def at_terminal(place: Place) -> Iterator[Callable[[], Screen]]:
    # what a shell starts in the background is deaf to Ctrl+C, and so are its children; an editor's terminal is not
    deaf = signal.signal(signal.SIGINT, signal.default_int_handler)
    opened: list[Screen] = []

    def start() -> Screen:
        opened.append(Screen(place.command(), place.environment))
        return opened[-1]

    yield start
    signal.signal(signal.SIGINT, deaf)
    for screen in opened:
        screen.close()


def test_accepted_is_written_and_tried_refused_is_gone_skipped_stays(
    place: Place, at_terminal: Callable[[], Screen]
) -> None:
    place.missed([STUDENT, LIGHTER, "thời tiết ngày mai"])
    before = place.read(RESIDENCE)
    screen = at_terminal()
    assert f"+  - {STUDENT}" in screen.until("q thoát")
    screen.press("n")
    assert "[2/3]" in screen.until("q thoát").split("Ổn: không câu nào bị bài khác giành mất.")[1]
    screen.press("x")
    screen.until("[3/3]")
    screen.until("q thoát")
    screen.press("s")
    screen.until("phím khác: xong")
    screen.press("\r")
    assert screen.ended() == 0
    assert place.read(RESIDENCE) == f"{before}  - {STUDENT}\n"
    assert place.kept() == {"thời tiết ngày mai"}


def test_what_another_topic_wins_is_said_and_undone(place: Place, at_terminal: Callable[[], Screen]) -> None:
    place.missed([STRAY])
    before = place.read(FRAUD)
    screen = at_terminal()
    assert "Đề nghị: Đăng ký tạm trú" in screen.until("q thoát")
    screen.press("kt")  # typed fast
    screen.until("Tên: ")
    screen.press("bi lua dao\n")
    assert "1 Bị lừa đảo (lua_dao)" in screen.until("phím khác: thôi")
    screen.press("1")
    assert "Đề nghị: Bị lừa đảo (lua_dao), anh/chị chọn" in screen.until("q thoát")
    screen.press("n")
    told = screen.until("g giữ · u hoàn tác")
    assert f"lan_y: «{STRAY}» giống «Đăng ký tạm trú» hơn" in told
    assert place.read(FRAUD) == f"{before}  - {STRAY}\n"
    screen.press("u")
    screen.until("q thoát")
    screen.press("q")
    assert screen.ended() == 0
    assert place.read(FRAUD) == before
    assert place.kept() == {STRAY}


def test_the_last_decision_is_undone_also_at_the_end_and_arrows_do_nothing(
    place: Place, at_terminal: Callable[[], Screen]
) -> None:
    place.missed([LIGHTER])
    screen = at_terminal()
    screen.until("q thoát")
    screen.press("\x1b[Ax")  # an arrow, then a key, as one read
    screen.until("phím khác: xong")
    assert place.kept() == {LIGHTER}
    screen.press("u")
    screen.until("q thoát")
    screen.press("q")
    assert screen.ended() == 0
    assert place.kept() == {LIGHTER}


def test_ctrl_c_keeps_what_was_decided(place: Place, at_terminal: Callable[[], Screen]) -> None:
    place.missed([LIGHTER, STUDENT])
    screen = at_terminal()
    screen.until("q thoát")
    screen.press("x")
    screen.until("q thoát")
    screen.interrupt()
    assert screen.ended() == 0
    assert place.kept() == {STUDENT}


def test_listing_changes_nothing_and_json_is_a_line_for_each_group(place: Place) -> None:
    place.missed([STUDENT, LIGHTER])
    code, text = place.run("--json")
    groups = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert (code, [each["count"] for each in groups]) == (0, [2, 1])
    assert groups[0]["target"] == "dang_ky_tam_tru"
    for args in ((), ("--list",)):  # without a terminal it is a list, too
        code, text = place.run(*args)
        assert code == 0
        assert text.index(STUDENT) < text.index(LIGHTER)
    assert place.kept() == {STUDENT, LIGHTER}


def test_nothing_kept_and_no_store_are_said(place: Place) -> None:
    assert place.run() == (1, place.run()[1])
    assert "Chưa có tệp" in place.run()[1]
    place.missed([])
    assert place.run() == (0, "Không có câu nào chưa hiểu.\n")

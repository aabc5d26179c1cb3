from __future__ import annotations

import asyncio
import multiprocessing
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.content.load import FOLDERS, default_dir
from bot.engine import Bot, Brain
from bot.message import Incoming, User
from bot.reload import open_brain, watch
from bot.settings import read
from bot.store.memory import MemoryStore

EVERY = 0.02
HANGS = 120  # seconds, however busy the machine is


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for folder in FOLDERS:
        shutil.copytree(default_dir() / folder, tmp_path / folder)
    return tmp_path


@asynccontextmanager
async def watching(content: Path) -> AsyncIterator[tuple[Bot, list[str]]]:
    said: list[str] = []
    bot = Bot(open_brain(content, read({}).cache, keep=False), MemoryStore())
    task = asyncio.create_task(watch(bot, content, content / "cache", said.append, EVERY))
    yield bot, said
    task.cancel()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(HANGS):
        while not holds():  # noqa: ASYNC110 - what it waits for is a file being read
            await asyncio.sleep(EVERY)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def test_a_figure_is_live_while_it_talks(content: Path, brain: Brain) -> None:
    fee = Incoming(User("web", "a"), "thuê trọ nộp trên mạng đăng ký tạm trú lệ phí bao nhiêu")
    async with watching(content) as (bot, said):
        assert "7.000 đồng" in (await bot.handle(fee)).text
        edit(content / "service_guides" / "dang_ky_tam_tru.yaml", "dong: 7.000, source", "dong: 8.000, source")
        await until(lambda: bool(said))
        assert "8.000 đồng" in (await bot.handle(fee)).text
        assert bot.brain.model is not None


async def test_a_broken_edit_keeps_the_last_good_content(content: Path, brain: Brain) -> None:
    async with watching(content) as (bot, said):
        before = bot.brain
        guide = content / "service_guides" / "dang_ky_tam_tru.yaml"
        good = guide.read_text(encoding="utf-8")
        edit(guide, "checked: 2026-11-20", "checked: hôm qua")
        await until(lambda: bool(said))
        assert "service_guides/dang_ky_tam_tru.yaml:" in said[0]
        assert "ngay_sai" in said[0]
        assert bot.brain is before
        guide.write_text(good, encoding="utf-8")
        await until(lambda: len(said) > 1)
        assert bot.brain.content == before.content


async def test_a_new_sentence_is_understood_after_the_refit(content: Path, brain: Brain) -> None:
    async with watching(content) as (bot, said):
        with (content / "intents" / "dang_ky_tam_tru.yaml").open("a", encoding="utf-8") as file:
            file.writelines(f"    - quờ quạng bảy sắc số {n}\n" for n in range(9))
        await until(lambda: len(said) == 2)
        reply = await bot.handle(Incoming(User("web", "b"), "quờ quạng bảy sắc"))
        assert "tạm trú" in reply.text


@pytest.mark.skipif(not hasattr(os, "setpgrp"), reason="process groups are POSIX's")
async def test_a_refit_ends_with_the_server(content: Path, brain: Brain) -> None:
    async with watching(content) as (_, said):
        with (content / "intents" / "dang_ky_tam_tru.yaml").open("a", encoding="utf-8") as file:
            file.writelines(f"    - quờ quạng bảy sắc số {n}\n" for n in range(9))
        await until(lambda: bool(multiprocessing.active_children()))
        assert said == ["Câu mẫu thay đổi, đang học lại…"]
        [refit] = multiprocessing.active_children()
        pid = refit.pid or 0
    await until(lambda: not multiprocessing.active_children())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

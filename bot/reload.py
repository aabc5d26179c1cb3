"""From a content directory to a brain, and a new brain whenever a file is saved; a broken edit keeps the last good one."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Coroutine
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.content.load import stamp
from bot.content.problem import ContentError
from bot.content.types import Content
from bot.engine import Bot, Brain
from bot.prepared import prepare, renewed
from bot.understanding import train
from bot.understanding.model import NO_TOPIC, Model

EVERY = 0.3  # seconds between looks at the files

Tell = Callable[[str], None]


def open_brain(root: Path, cache_dir: Path, progress: train.Progress | None = None, *, keep: bool = True) -> Brain:
    """`keep`: whether what had to be built or fitted is written to the cache. Raises ContentError."""
    ready = prepare(root, cache_dir, keep=keep)
    model = train.cached(ready.content, cache_dir, progress, keep=keep, known=ready.model)
    return Brain.with_model(ready, model)


def watch(bot: Bot, root: Path, cache_dir: Path, tell: Tell, every: float = EVERY) -> Coroutine[None, None, None]:
    """Until cancelled: texts and figures are live at the next look, sentences when the refit in another process ends.

    Whatever is saved from the call on counts, even before the coroutine first runs.
    """
    return _watch(bot, root, cache_dir, tell, every, stamp(root))


async def _watch(bot: Bot, root: Path, cache_dir: Path, tell: Tell, every: float, seen: str) -> None:
    learnt = await asyncio.to_thread(train.key, bot.brain.content)
    while True:
        await asyncio.sleep(every)
        now = await asyncio.to_thread(stamp, root)
        if now != seen:
            seen = now
            try:
                learnt = await _renew(bot, root, cache_dir, tell, learnt)
            except Exception as error:
                tell(f"Không nạp lại được nội dung, vẫn trả lời theo bản trước: {error!r}")


async def _renew(bot: Bot, root: Path, cache_dir: Path, tell: Tell, learnt: str) -> str:
    """`learnt`: what the model was fitted on; returns what it is fitted on then."""
    old = bot.brain
    try:
        ready = await asyncio.to_thread(renewed, root, old.ready)
    except (ContentError, OSError) as error:
        tell(f"Nội dung vừa sửa chưa dùng được, vẫn trả lời theo bản trước:\n{error}")
        return learnt
    content = ready.content
    asked = await asyncio.to_thread(train.key, content)
    if asked == learnt:
        bot.brain = Brain.with_model(ready, old.model)
        tell("Đã dùng nội dung mới.")
        return learnt
    if _fits(old.model, content):
        bot.brain = Brain.with_model(ready, old.model)
    tell("Câu mẫu thay đổi, đang học lại…")
    bot.brain = Brain.with_model(ready, await _refit(content, cache_dir))
    tell("Đã học xong, dùng nội dung mới.")
    return asked


def _fits(model: Model, content: Content) -> bool:
    """Whether everything that the model may answer is still there."""
    known = {*content.guides, *content.entries, *content.warnings, *content.neighbours, *content.small_talk, NO_TOPIC}
    return known.issuperset(model.targets.names)


async def _refit(content: Content, cache_dir: Path) -> Model:
    """In another process, so that nobody waits for an answer meanwhile; it ends when it is no longer waited for."""
    fitting = multiprocessing.get_context("spawn").Process(target=_fit, args=(content, cache_dir))
    fitting.start()
    try:
        while fitting.is_alive():  # noqa: ASYNC110 - what it waits for is another process
            await asyncio.sleep(EVERY)
    finally:
        _end(fitting)
    return await asyncio.to_thread(train.cached, content, cache_dir)


def _fit(content: Content, cache_dir: Path) -> None:
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # with the process that it starts beside it, so that both can be ended
    train.cached(content, cache_dir)


def _end(fitting: BaseProcess) -> None:
    if fitting.is_alive():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(fitting.pid or 0, signal.SIGKILL)
        fitting.kill()
    fitting.join()
    fitting.close()

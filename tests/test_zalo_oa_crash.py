"""`kill -9` after the 200: what Zalo was told is taken is answered by the next process, once; nothing is left of it then."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.zalo_oa_wire import PATH
from bot.channels.zalo_tokens import Pair, Safe
from bot.store.open import open_store
from tests.fake_zalo_oa import LAN, MINH, OA, FakeZaloOa, fake_zalo_oa
from tests.zalo_oa_channel import KEY

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)  # TestBot's
WORDS = ("một", "hai")


@asynccontextmanager
async def child(url: str, fake: FakeZaloOa, how: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A server that listens; killed at the end, whatever it is doing."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.zalo_oa_child", url, fake.url, how, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout
        found = re.search(r"http://[\d.:]+", (await process.stdout.readline()).decode())
        assert found
        fake.webhook = found[0] + PATH
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_what_was_acknowledged_is_answered_after_kills(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'motcua.db'}"
    async with fake_zalo_oa(now=lambda: NOW) as fake:
        async with open_store(url) as store:
            await Safe(store, KEY).write(Pair(fake.access, fake.refresh, fake.ends, OA), None)
        events = []
        for word in WORDS:
            async with child(url, fake, "hang"):
                events += [
                    await fake.say(f"câu {word} {text}", who) for who in (LAN, MINH) for text in ("079123456789", "b")
                ]
        assert fake.sent == []
        assert "câu một [số định danh]".encode() in bytes_of(tmp_path)
        assert b"079123456789" not in bytes_of(tmp_path)
        async with child(url, fake, "answer") as process:
            await fake.replies(len(events))
            assert [await fake.deliver(event) for event in events] == [200] * len(events)
            process.terminate()
            await process.wait()
        async with open_store(url) as store:
            assert await store.pending("zalo_oa") == []
            await store.purge(NOW)
        left = bytes_of(tmp_path).replace("nghe: câu".encode(), b"")  # a reply of TestBot quotes what it heard
        assert "câu một".encode() not in left
        for who in (LAN, MINH):
            said = [each.text for each in fake.sent if each.user == who]
            heard = [re.search(r"Tôi nghe: (.*)", text) for text in said]
            words = [f"câu {word} {text}" for word in WORDS for text in ("[số định danh]", "b")]
            assert [found and found[1] for found in heard] == words

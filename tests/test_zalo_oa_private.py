"""Nothing personal that anybody sends to a Zalo OA, in words or beside them, is found in a file, a log or a status: the raw
bytes are searched while messages wait, after they are answered, and after «forget»."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.message import User
from bot.store.memory import MemoryStore
from tests.fake_zalo_oa import LAN, FakeZaloOa, fake_zalo_oa
from tests.personal import EVERYTHING, Sent
from tests.test_private import AROUND, _heard, leaks, opened
from tests.zalo_oa_channel import KeptBot, Time, World

__all__ = ["_heard"]  # instead of a model

QUOTA = -211  # nothing goes out: everything waits
ROUNDS = settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])


def events(fake: FakeZaloOa, texts: Iterator[str]) -> Iterator[dict[str, Any]]:
    """In words, as a button, under a picture, and in every place where nobody looks for words."""
    for around in (*AROUND, "hỏng {}", "ask/dang_ky_tam_tru/ho_so?cho_o={}"):
        yield fake.event(text=around.format(next(texts)))
    for name in ("image", "audio", "video", "gif", "sticker", "location", "file", "business_card", "link", "newest"):
        text = next(texts)
        payload = {"url": f"https://zdn.vn/?q={text}", "description": text, "name": text, "thumbnail": text}
        yield fake.event(f"user_send_{name}", text=text, attachments=[{"type": name, "payload": payload}])
    yield fake.event("user_submit_info") | {"info": {"phone": next(texts), "name": next(texts)}}
    yield fake.event("anonymous_send_text", text=next(texts))
    yield fake.event("oa_send_text", text=next(texts))
    yield fake.event("user_reacted_message", text=next(texts)) | {"sender": {"id": LAN, "name": next(texts)}}
    yield fake.followed() | {"source": next(texts), "user_id_by_app": next(texts)}
    for place in ("sender", "recipient", "message", "event_name"):
        text = next(texts)
        for instead in (text, [text], {"text": [text]}, {text: text}):
            yield fake.event(text=text) | {place: instead}


async def talk(sents: tuple[Sent, ...], first: int, logged: Callable[[], bytes]) -> None:
    time, texts = Time(), (each.text for each in cycle((*sents[first:], *sents[:first])))
    async with opened() as (bot, store, held), fake_zalo_oa(clock=time.clock, now=bot.clock) as fake:
        world = World(time, fake, MemoryStore(), KeptBot())
        fake.codes = {LAN: QUOTA}
        async with world.running(bot, store):
            for event in events(fake, texts):
                time.move(seconds=11)  # nobody is too fast, and every picture counts
                assert await fake.deliver(event) == 200
            assert await fake.post(next(texts).encode(), {"X-ZEvent-Signature": "mac=0"}) == 403
            assert len(await store.pending("zalo_oa")) >= len(AROUND) + 12
            assert b"blabla" in held()
            assert leaks(sents, held(), logged()) == []
        fake.codes = {}
        async with world.running(bot, store):
            await world.idle(store)
        assert len(fake.sent) >= len(AROUND) + 12
        assert leaks(sents, held(), logged(), *(each.text.encode() for each in fake.sent)) == []
        assert LAN.encode() in held()
        await store.forget(User("zalo_oa", LAN))
        assert LAN.encode() not in held()


@ROUNDS
@given(sents=EVERYTHING, first=st.integers(0, 12))
def test_a_zalo_oa_leaves_no_secret_anywhere(
    caplog: pytest.LogCaptureFixture, sents: tuple[Sent, ...], first: int
) -> None:
    def logged() -> bytes:
        return "".join(f"{each.getMessage()}{each.exc_text}" for each in caplog.records).encode()

    caplog.clear()
    caplog.set_level(logging.DEBUG)
    asyncio.run(talk(sents, first, logged))

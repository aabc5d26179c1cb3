"""Nothing personal that anybody sends by Telegram or Zalo Bot, however broken the update, is found in the raw bytes of the
database, in the log, in a reply, in an error or in /health: while it waits, once it is answered, and after «forget»."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings

from bot.engine import Bot
from bot.message import User
from bot.store.sqlite import SqliteStore
from tests import telegram_channel, zalo_bot_channel
from tests.fake_telegram import fake_telegram
from tests.fake_zalo_bot import fake_zalo_bot
from tests.personal import EVERYTHING, Sent
from tests.telegram_channel import Time
from tests.test_private import AROUND, NOW, _heard, leaks, opened

__all__ = ["_heard"]  # instead of a model

MARKER = "chỉ từng bước tạm trú"  # is understood: its words are kept while they wait and nowhere later
SAYINGS = (*AROUND, "hỏng {}", f"{MARKER} {{}}")
ROUNDS = settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
SECRETS = {"telegram": "X-Telegram-Bot-Api-Secret-Token", "zalo_bot": "X-Bot-Api-Secret-Token"}


@asynccontextmanager
async def wired(channel: str, bot: Bot, store: SqliteStore, time: Time) -> AsyncIterator[Any]:
    """The channel by webhook, beside its platform, which is given."""
    if channel == "telegram":
        async with fake_telegram(clock=time.clock) as fake, telegram_channel.running("webhook", fake, time, bot):
            yield fake
    else:
        async with fake_zalo_bot(clock=time.clock) as fake, zalo_bot_channel.running("webhook", fake, time, bot, store):
            yield fake


def broken(text: str) -> Iterator[bytes]:
    """What no platform should send: no JSON, another shape, words where ids belong."""
    yield f'{{"text": "{text}'.encode()
    yield b"\xff" + text.encode()
    for body in ([text], text, {text: text}, {"message": text}, {"message": {"text": text}}, {"result": [text]}):
        yield json.dumps(body).encode()
    for name in ("from", "chat", "date", "message_id", "text"):
        whole = {"from": {"id": 1}, "chat": {"id": 1, "type": "private"}, "date": 1, "message_id": 1, "text": text}
        message = whole | {name: {text: [text]}}
        yield json.dumps({"update_id": 1, "event_name": "message.text.received", "message": message}).encode()


async def send_all(fake: Any, people: list[Any], sents: tuple[Sent, ...], name: str) -> int:
    """Every secret in every sentence, each from somebody else, whose name is secret too; how many replies that makes."""
    for person, sent in zip(people, sents, strict=True):
        who = {"id": person, "is_bot": False, "first_name": name, "display_name": name}
        for saying in SAYINGS:
            await fake.say(saying.format(sent.text), person, person, **{"from": who})
    return len(people) * len(SAYINGS)


async def post_broken(channel: str, fake: Any, text: str) -> bytes:
    """What the webhook says to what cannot be read, and /health."""
    headers = {SECRETS[channel]: fake.webhook["secret_token"]}
    said = b""
    async with httpx.AsyncClient() as http:
        for body in broken(text):
            said += (await http.post(fake.webhook["url"], content=body, headers=headers)).content
        said += (await http.post(fake.webhook["url"], content=text.encode(), headers={SECRETS[channel]: "x"})).content
        said += (await http.get(httpx.URL(fake.webhook["url"]).join("/health"))).content
    return said


async def wait_unanswered(fake: Any, held: Callable[[], bytes], check: Callable[[], None], time: Time) -> None:
    """Zalo refuses the first reply of everybody for a while: everything is kept by then."""
    await fake.taken()
    assert MARKER.encode() in held()
    check()
    time.gate.set()


async def talk(channel: str, sents: tuple[Sent, ...], logged: Callable[[], bytes]) -> None:
    time, text, is_zalo = Time(), "; ".join(sent.text for sent in sents), channel == "zalo_bot"
    people = [f"6ede9afa66b88fe6{n:04x}" if is_zalo else 7_000_000_001 + n for n in range(len(sents))]
    async with opened() as (bot, store, held):

        def check(*places: bytes) -> None:
            assert leaks(sents, held(), logged(), *places) == []

        async with wired(channel, bot, store, time) as fake:
            await fake.until(lambda: fake.webhook)
            fake.chats.update(people)
            if is_zalo:
                fake.failing, fake.wait = [("sendMessage", 429)] * len(people), 30
            else:
                time.gate.set()
            expected = await send_all(fake, people, sents, text)
            if is_zalo:
                await wait_unanswered(fake, held, check, time)
            replies = "".join(await fake.replies(expected)).encode()
            said = await post_broken(channel, fake, text)
        assert all(str(person).encode() in held() for person in people)
        assert b"blabla" in held()
        assert b"RuntimeError" in logged()
        check(replies, said)
        for person in people:
            await store.forget(User(channel, str(person)))
        await store.purge(NOW)
        assert [person for person in people if str(person).encode() in held()] == []
        assert MARKER.encode() not in held()
        check()


@pytest.mark.parametrize("channel", ["telegram", "zalo_bot"])
@ROUNDS
@given(sents=EVERYTHING)
def test_a_messenger_leaves_no_secret_anywhere(
    caplog: pytest.LogCaptureFixture, channel: str, sents: tuple[Sent, ...]
) -> None:
    def logged() -> bytes:
        return "".join(f"{each.getMessage()}{each.exc_text}" for each in caplog.records).encode()

    caplog.clear()
    caplog.set_level(logging.DEBUG)
    asyncio.run(talk(channel, sents, logged))

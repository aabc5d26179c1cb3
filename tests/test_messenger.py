"""The worked example of docs/them_kenh.md: what it refuses, what it tries again, how it is switched on."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from bot import serving
from bot.message import Choice, Incoming, Reply, User
from bot.store.memory import MemoryStore
from tests.conformance.doors_messenger import GUIDE, messenger, running
from tests.fake_messenger import SECRET, TOKEN, VERIFY, FakeMessenger, fake_messenger
from tests.telegram_channel import Time, engine
from tests.web_bot import TestBot

LAN = "6712345678901234"


@pytest.fixture
async def fake() -> AsyncIterator[FakeMessenger]:
    async with fake_messenger() as found:
        yield found


@pytest.fixture
def time() -> Time:
    found = Time()
    found.gate.set()
    return found


async def test_the_address_is_verified_by_its_word(fake: FakeMessenger, time: Time) -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    async with running(fake, time, TestBot()), httpx.AsyncClient(trust_env=False) as http:
        right = await http.get(fake.webhook, params=query | {"hub.verify_token": VERIFY})
        wrong = await http.get(fake.webhook, params=query | {"hub.verify_token": "x"})
    assert (right.status_code, right.text) == (200, "1158201444")
    assert wrong.status_code == 403


async def test_what_is_not_signed_is_refused(fake: FakeMessenger, time: Time) -> None:
    bot = TestBot()
    async with running(fake, time, bot):
        event = fake.event(LAN, message={"text": "xin chào"})
        assert await fake.deliver(event, secret=SECRET[::-1]) == 403
        assert await fake.post(b"{}", "") == 403
    assert bot.heard == []


@pytest.mark.parametrize("body", ["{", "[]", '{"entry": 1}', '{"entry": [{"messaging": [{"sender": {}}]}]}'])
async def test_what_cannot_be_read_is_taken_and_dropped(fake: FakeMessenger, time: Time, body: str) -> None:
    bot = TestBot()
    module = messenger()
    mac = module.hmac.new(SECRET.encode(), body.encode(), "sha256").hexdigest()
    async with running(fake, time, bot):
        assert await fake.post(body.encode(), f"sha256={mac}") == 200
    assert bot.heard == []


async def test_several_messages_in_one_delivery_are_all_answered_and_echoes_are_not(
    fake: FakeMessenger, time: Time
) -> None:
    bot = TestBot()
    async with running(fake, time, bot):
        events = [fake.event(LAN, message={"text": text}) for text in ("một", "hai")]
        echo = fake.event(LAN, message={"text": "tôi là bot", "is_echo": True})
        read = fake.event(LAN) | {"read": {"watermark": 1}}
        assert await fake.deliver(*events, echo, read) == 200
    assert [each.text for each in bot.heard] == ["một", "hai"]
    assert [each.text.split("\n")[0] for each in fake.sent] == ["Tôi nghe: một", "Tôi nghe: hai"]


async def test_what_passes_is_tried_again_and_what_cannot_arrive_is_given_up(
    fake: FakeMessenger, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with running(fake, time, TestBot()):
        fake.failing = [500, 429]
        assert await fake.deliver(fake.event(LAN, message={"text": "bí mật"})) == 200
        assert len(fake.sent) == 1
        fake.failing = [400]
        assert await fake.deliver(fake.event(LAN, message={"text": "bí mật"})) == 200
    assert len(fake.sent) == 1
    assert "given up: 400" in caplog.text
    assert "bí mật" not in caplog.text
    assert TOKEN not in caplog.text


def test_choices_beyond_the_quick_replies_keep_their_numbers() -> None:
    choices = tuple(Choice(f"in/{n}", f"Việc số {n} có tên rất dài") for n in range(1, 16))
    [part] = messenger().show(Reply("Chọn một việc.", choices))
    assert len(part.buttons) == 13
    assert all(len(title) <= 20 for title, _ in part.buttons)
    assert "15 · Việc số 15 có tên rất dài" in part.text


def test_an_event_is_what_was_said() -> None:
    event = {"sender": {"id": 67}, "message": {"mid": "m_1", "text": "1", "quick_reply": {"payload": "cmd/menu"}}}
    body = json.dumps({"entry": [{"messaging": [event]}]}).encode()
    [heard] = messenger().read(body)
    assert heard.incoming == Incoming(User("messenger", "67"), "", "cmd/menu", "m_1")


def test_the_entry_of_the_guide_switches_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    [line] = re.findall(r"```text\n( *Listed\(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    [listed] = eval(f"[{line.strip()}]", {"Listed": serving.Listed})  # noqa: S307 - our own guide
    monkeypatch.setattr(serving, "CHANNELS", (listed,))
    found: Any = SimpleNamespace(messenger_token=TOKEN, messenger_secret=SECRET, messenger_verify=VERIFY)
    messenger()
    [channel] = serving._channels(engine(), MemoryStore(), found, print)
    assert type(channel).__name__ == "Messenger"
    assert TOKEN not in repr(channel._settings)
    assert list(serving._channels(engine(), MemoryStore(), SimpleNamespace(messenger_token=""), print)) == []

"""Zalo Bot's limits, its errors, its webhook's own rules, and what must never be seen."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.channels import zalo_bot_wire as wire
from bot.channels.clerk import PERSON
from bot.channels.guard import HOOK_LIMIT
from bot.channels.server import create_app
from bot.channels.zalo_bot_api import UNHEARD, ZaloBotApi, ZaloBotError
from bot.channels.zalo_bot_out import TRIES
from bot.channels.zalo_bot_wire import PATH, QUIET, SECRET_HEADER, ZaloBot, ZaloBotSettings
from bot.store.memory import MemoryStore
from tests.fake_zalo_bot import GROUP, LAN, MINH, TOKEN, FakeZaloBot
from tests.guides import SENTENCES
from tests.telegram_channel import FREE, Time, eventually
from tests.test_zalo_bot import PAYLOADS
from tests.web_bot import TestBot
from tests.zalo_bot_channel import Wired, running


class TestTrouble(Wired):
    async def test_a_reply_goes_out_again_after_errors_that_pass(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        fake.failing = [("sendMessage", code) for code in (408, 429, 500)]
        fake.broken = ["sendMessage"]
        async with running("webhook", fake, time, TestBot(), store):
            await fake.say("một")
            assert [text.split("\n")[0] for text in await fake.replies(1)] == ["Tôi nghe: một"]
        assert (fake.failing, fake.broken) == ([], [])

    async def test_a_message_that_never_arrives_is_given_up_for_the_next(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        fake.failing = [("sendMessage", 500)] * TRIES
        async with running("webhook", fake, time, TestBot(), store):
            await fake.say("một")
            await fake.say("hai")
            assert [text.split("\n")[0] for text in await fake.replies(1)] == ["Tôi nghe: hai"]
            await eventually(lambda: not store._pending)

    async def test_who_cannot_be_reached_holds_up_nobody(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        fake.chats.remove(LAN)
        async with running("webhook", fake, time, TestBot(), store):
            await fake.say("một")
            await fake.say("hai", MINH)
            assert (await fake.replies(1))[0].startswith("Tôi nghe: hai")
            await eventually(lambda: not store._pending)
        assert fake.refusals.count(400) == 1

    async def test_an_error_of_the_engine_is_answered_too(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        async with running("webhook", fake, time, TestBot(), store):
            await fake.say("hỏng")
            assert await fake.replies(1) == [SENTENCES["web_loi"]]

    async def test_whoever_writes_too_fast_is_told_once(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        bot = TestBot()
        time.gate.clear()
        fake.failing, fake.wait = [("sendMessage", 429)], 30  # so that no time passes for who writes
        async with running("webhook", fake, time, bot, store):
            for n in range(PERSON.burst + 5):
                await fake.say(f"câu {n}")
            await fake.say("xin chào", MINH)
            await fake.replies(1)  # everything before has been heard
            time.gate.set()
            texts = await fake.replies(PERSON.burst + 2)
        assert texts[-1] == SENTENCES["web_qua_nhanh"]
        assert (len(bot.heard), len(fake.sent)) == (PERSON.burst + 1, PERSON.burst + 2)

    async def test_zalo_may_be_away_at_the_start(
        self, mode: str, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        fake.failing = [("getMe", 500), ("getMe", 429), ("setWebhook" if mode == "webhook" else "deleteWebhook", 503)]
        async with running(mode, fake, time, TestBot(), store) as news:
            await eventually(lambda: len(news) == 2)
            await fake.say("một")
            await fake.replies(1)
        assert news == ["unreachable", mode]

    async def test_a_refused_token_stops_zalo_and_nothing_else_and_loses_nothing(
        self, mode: str, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        async with running(mode, fake, time, TestBot(), store) as news:
            await eventually(lambda: news == [mode])
            fake.token = "2:another"  # noqa: S105
            await fake.say("một")
            await eventually(lambda: "token" in news)
        fake.token = TOKEN
        async with running(mode, fake, time, TestBot(), store):
            if mode == "polling" or not fake.delivered:
                await fake.say("hai")
            await fake.replies(1)
        async with running(mode, fake, time, TestBot(), store, token="3:wrong") as news:  # noqa: S106
            await eventually(lambda: news == ["token"])

    async def test_a_token_that_is_refused_while_answering_keeps_what_was_taken(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        async with running("webhook", fake, time, TestBot(), store) as news:
            await eventually(lambda: news)
            fake.token = "2:another"  # noqa: S105
            await fake.say("một")
            await eventually(lambda: news == ["webhook", "token"])
            assert [each.incoming.text for each in await store.pending("zalo_bot")] == ["một"]
        fake.token = TOKEN
        async with running("webhook", fake, time, TestBot(), store):
            assert (await fake.replies(1))[0].startswith("Tôi nghe: một")
            await eventually(lambda: not store._pending)

    async def test_a_quota_that_is_used_up_is_reported_once_an_hour(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        async with running("webhook", fake, time, TestBot(), store) as news:
            await eventually(lambda: news)
            for n, later in enumerate((0.0, 60.0, QUIET)):
                time.now += later
                fake.failing = [("sendMessage", 429)]
                await fake.say(f"câu {n}")
                await fake.replies(n + 1)
        assert news == ["webhook", "quota", "quota"]

    async def test_a_webhook_that_zalo_does_not_take_is_reported(self, fake: FakeZaloBot, store: MemoryStore) -> None:
        news: list[wire.News] = []
        channel = ZaloBot(TestBot(), store, ZaloBotSettings(TOKEN, "ftp://a.vn", api=fake.url), news.append)
        task = asyncio.create_task(channel.run())
        await eventually(lambda: news == ["address"])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def test_polling_takes_over_from_a_webhook_and_says_when_one_comes_back(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        fake.webhook = {"url": "https://old.example", "secret_token": "x" * 8}
        async with running("polling", fake, time, TestBot(), store) as news:
            await eventually(lambda: news == ["polling"])
            await fake.say("một")
            await fake.replies(1)
            fake.failing = [("getUpdates", 409)]
            await fake.say("hai")
            await eventually(lambda: news[-1] == "taken")

    async def test_a_poll_without_news_is_no_trouble(self, fake: FakeZaloBot, time: Time, store: MemoryStore) -> None:
        fake.failing = [("getUpdates", 408)] * 3
        async with running("polling", fake, time, TestBot(), store) as news:
            await fake.until(lambda: fake.refusals.count(408) == 3)
            await fake.say("một")
            await fake.replies(1)
        assert news == ["polling"]


class TestTheApi(Wired):
    async def test_success_is_what_zalo_calls_so(self, fake: FakeZaloBot) -> None:
        api = ZaloBotApi(TOKEN, fake.url)
        assert (await api.call("getMe"))["account_name"] == "bot.VDKyGxQvc"
        fake.failing, fake.wait = [("getMe", 429)], 7
        with pytest.raises(ZaloBotError) as refused:
            await api.call("getMe")
        assert (refused.value.code, refused.value.wait, refused.value.passes) == (429, 7.0, True)
        fake.broken = ["getMe"]
        with pytest.raises(ZaloBotError) as refused:
            await api.call("getMe")
        assert (refused.value.code, refused.value.passes) == (502, True)
        await api.close()

    async def test_an_error_names_neither_address_nor_token(self) -> None:
        api = ZaloBotApi(TOKEN, "http://127.0.0.1:9")
        with pytest.raises(ZaloBotError) as refused:
            await api.call("getMe")
        assert (refused.value.code, str(refused.value)) == (UNHEARD, "0")
        assert refused.value.__suppress_context__
        await api.close()

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (b"", UNHEARD),
            (b"[]", UNHEARD),
            (b'{"result": 1}', UNHEARD),
            (b'{"ok": "true"}', UNHEARD),
            (b'{"ok": false, "error_code": "x"}', UNHEARD),
            (b'{"ok": false, "error_code": 403}', 403),
        ],
    )
    async def test_what_is_no_success_is_an_error(self, body: bytes, code: int) -> None:
        api = ZaloBotApi(TOKEN, "http://zalo.test")
        transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
        api._http = httpx.AsyncClient(base_url="http://zalo.test", transport=transport)
        with pytest.raises(ZaloBotError) as refused:
            await api.call("getMe")
        assert refused.value.code == code


class TestTheWebhook(Wired):
    @pytest.fixture
    async def post(self, fake: FakeZaloBot, time: Time, store: MemoryStore) -> AsyncIterator[Any]:
        """Posts to the webhook: `secret=None` sends the right one."""
        bot = TestBot()
        right = ZaloBotSettings(TOKEN).secret
        async with running("webhook", fake, time, bot, store), httpx.AsyncClient() as http:
            await fake.until(lambda: fake.webhook)

            async def post(body: bytes, secret: str | bytes | None = None) -> tuple[int, int]:
                headers = {SECRET_HEADER: right if secret is None else secret}
                response = await http.post(fake.webhook["url"], content=body, headers=headers)
                return response.status_code, len(store._pending) + len(bot.heard)

            yield post

    async def test_only_zalo_is_listened_to(self, post: Any, fake: FakeZaloBot) -> None:
        body = (PAYLOADS / "text.json").read_bytes()
        right = ZaloBotSettings(TOKEN).secret
        for secret in ("", "x", right[:-1], right.upper(), "bí mật".encode()):
            assert await post(body, secret) == (403, 0)
        assert (await post(body))[0] == 200
        await fake.replies(1)

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"[]", b"null", b'{"event_name": 1}', b"\xff", b'{"message": 1}', b'{"ok":true,"result":{}}'],
    )
    async def test_what_cannot_be_read_is_taken_and_dropped(self, post: Any, body: bytes) -> None:
        assert await post(body) == (200, 0)

    async def test_it_is_taken_once_it_is_kept_and_not_once_it_is_answered(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        time.gate.clear()
        fake.failing, fake.wait = [("sendMessage", 429)], 60
        async with running("webhook", fake, time, TestBot(), store) as news:
            await eventually(lambda: news)
            await fake.say("một")
            await fake.taken()
            assert (fake.statuses, fake.sent, len(store._pending)) == ([200], [], 1)
            time.gate.set()
            await fake.replies(1)

    async def test_what_comes_twice_at_once_is_heard_once(self, post: Any, fake: FakeZaloBot) -> None:
        body = (PAYLOADS / "text.json").read_bytes()
        (one, _), (other, _) = await asyncio.gather(post(body), post(body))
        assert (one, other) == (200, 200)
        await fake.say("hai", MINH)
        assert len(await fake.replies(2)) == 2

    async def test_a_long_message_fits(self, post: Any, fake: FakeZaloBot) -> None:
        body = json.loads((PAYLOADS / "text.json").read_text("utf-8"))
        body["result"]["message"]["text"] = "ệ" * 10_000
        assert (await post(json.dumps(body).encode()))[0] == 200
        await fake.replies(1)

    async def test_a_body_without_end_is_refused(self, post: Any) -> None:
        assert (await post(b" " * (HOOK_LIMIT + 1)))[0] == 413

    async def test_zalo_is_given_the_address_and_a_secret(self, fake: FakeZaloBot, time: Time, store: Any) -> None:
        async with running("webhook", fake, time, TestBot(), store):
            await fake.until(lambda: fake.webhook)
        assert fake.webhook["url"].endswith(PATH)
        assert fake.webhook["secret_token"] == ZaloBotSettings(TOKEN).secret

    async def test_without_a_token_there_is_no_such_path(self) -> None:
        transport = httpx.ASGITransport(create_app(TestBot(), FREE))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
            assert (await http.post(PATH)).status_code == 404


class TestSecrets(Wired):
    async def test_neither_words_nor_token_are_logged_or_printed(
        self,
        mode: str,
        fake: FakeZaloBot,
        time: Time,
        store: MemoryStore,
        caplog: pytest.LogCaptureFixture,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            async with running(mode, fake, time, TestBot(), store):
                await fake.say("mật khẩu của tôi là hoa-mai-79")
                await fake.replies(1)
                await fake.say("@Bot Một Cửa hoa-mai-79", LAN, GROUP, date={"hoa-mai-79": 1})
                fake.chats.remove(LAN)
                await fake.say("hoa-mai-79")
                await fake.until(lambda: 400 in fake.refusals)
            async with running(mode, fake, time, TestBot(), store, token="1:hoa-mai-80") as news:  # noqa: S106
                await eventually(lambda: news)
        out = capsys.readouterr()
        for secret in ("hoa-mai", TOKEN, TOKEN.split(":")[1], ZaloBotSettings(TOKEN).secret):
            assert secret not in caplog.text + out.out + out.err
        assert "given up: 400" in caplog.text
        assert "ValidationError" in caplog.text
        assert TOKEN not in repr(ZaloBotSettings(TOKEN))

"""The webhook's own rules: who is listened to, what fits, when Telegram is told that it came."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.channels import telegram_wire as wire
from bot.channels.guard import HOOK_LIMIT
from bot.channels.server import create_app
from bot.channels.telegram_wire import PATH, SECRET_HEADER, Telegram, TelegramSettings
from bot.message import Incoming
from tests.fake_telegram import LAN, TOKEN, FakeTelegram
from tests.telegram_channel import FREE, PAYLOADS, Time, Wired, running
from tests.web_bot import TestBot


class TestTheWebhook(Wired):
    @pytest.fixture
    async def post(self, fake: FakeTelegram, time: Time) -> AsyncIterator[Any]:
        """Posts to a webhook that is not Telegram's turn: `secret=None` sends the right one."""
        bot = TestBot()
        right = TelegramSettings(TOKEN).secret
        async with running("webhook", fake, time, bot), httpx.AsyncClient() as http:
            await fake.until(lambda: fake.webhook)

            async def post(body: bytes, secret: str | bytes | None = None) -> tuple[int, list[Incoming]]:
                headers = {SECRET_HEADER: right if secret is None else secret}
                response = await http.post(fake.webhook["url"], content=body, headers=headers)
                return response.status_code, bot.heard

            yield post

    async def test_only_telegram_is_listened_to(self, post: Any) -> None:
        body = (PAYLOADS / "text.json").read_bytes()
        right = TelegramSettings(TOKEN).secret
        for secret in ("", "x", right[:-1], right.upper(), "bí mật".encode()):
            assert await post(body, secret) == (403, [])
        status, heard = await post(body)
        assert (status, len(heard)) == (200, 1)

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"update_id": "x"}', b"\xff", b'{"message": 1}'])
    async def test_what_cannot_be_read_is_taken_and_dropped(self, post: Any, body: bytes) -> None:
        assert await post(body) == (200, [])

    async def test_an_update_that_quotes_a_long_message_fits(self, post: Any) -> None:
        update = json.loads((PAYLOADS / "text.json").read_text("utf-8"))
        update["message"] |= {"text": "ệ" * 4096, "reply_to_message": update["message"] | {"text": "ệ" * 4096}}
        body = json.dumps(update).encode()
        assert len(body) > 48_000
        status, heard = await post(body)
        assert (status, len(heard)) == (200, 1)

    async def test_what_comes_twice_at_once_is_heard_once(self, post: Any) -> None:
        body = (PAYLOADS / "text.json").read_bytes()
        (one, heard), (other, _) = await asyncio.gather(post(body), post(body))
        assert (one, other, len(heard)) == (200, 200, 1)

    async def test_telegram_does_not_wait_for_a_reply_that_takes_long(
        self, fake: FakeTelegram, time: Time, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wire, "PATIENCE", 0.05)
        time.gate.clear()
        async with running("webhook", fake, time, TestBot()):
            fake.flood(LAN, 300)
            await fake.say("một")
            await fake.idle()
            assert fake.sent == []
            time.gate.set()
            await fake.replies(1)

    async def test_below_the_path_of_a_proxy(self, fake: FakeTelegram) -> None:
        channel = Telegram(TestBot(), TelegramSettings(TOKEN, "https://a.vn/hoi", fake.url), lambda _: None)
        app = create_app(TestBot(), FREE, [channel])
        await channel._connect()
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app, root_path="/hoi"), base_url="http://test"
        ) as http:
            for path in (PATH, f"/hoi{PATH}"):
                headers = {SECRET_HEADER: TelegramSettings(TOKEN).secret}
                assert (await http.post(path, content=b" " * 40_000, headers=headers)).status_code == 200
        await channel._api.shutdown()

    async def test_a_body_without_end_is_refused(self, post: Any) -> None:
        assert (await post(b" " * (HOOK_LIMIT + 1)))[0] == 413

    async def test_other_paths_keep_their_limit(self, fake: FakeTelegram, time: Time) -> None:
        async with running("webhook", fake, time, TestBot()), httpx.AsyncClient() as http:
            await fake.until(lambda: fake.webhook)
            url = fake.webhook["url"].removesuffix(PATH) + "/api/messages"
            assert (await http.post(url, content=b" " * 40_000)).status_code == 413

    async def test_before_telegram_is_known_it_is_asked_to_come_again(self, fake: FakeTelegram) -> None:
        channel = Telegram(TestBot(), TelegramSettings(TOKEN, "https://a.vn", fake.url), lambda _: None)
        transport = httpx.ASGITransport(create_app(TestBot(), FREE, [channel]))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
            response = await http.post(PATH, content=b"{}", headers={SECRET_HEADER: TelegramSettings(TOKEN).secret})
        assert response.status_code == 503

    async def test_without_a_token_there_is_no_such_path(self) -> None:
        transport = httpx.ASGITransport(create_app(TestBot(), FREE))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
            assert (await http.post(PATH)).status_code == 404

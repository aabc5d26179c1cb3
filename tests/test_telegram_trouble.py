"""Telegram's limits, its errors, and what must never be seen: by polling and by webhook, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import logging
import sys
from itertools import pairwise

import httpx
import pytest

from bot import serving, settings, telegram
from bot.channels import telegram_wire as wire
from bot.channels.server import create_app, listen
from bot.channels.telegram_out import TRIES
from bot.channels.telegram_wire import Telegram, TelegramSettings
from bot.store.memory import MemoryStore
from tests.fake_telegram import GROUP, LAN, TOKEN, FakeTelegram
from tests.guides import SENTENCES
from tests.served import address, served
from tests.telegram_channel import FREE, MINH, Time, Wired, engine, eventually, running
from tests.web_bot import TestBot


class TestLimits(Wired):
    async def test_one_chat_that_telegram_silences_holds_up_no_other(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        fake.chats.add(MINH)
        time.gate.clear()
        async with running(mode, fake, time, TestBot()):
            fake.flood(LAN, 7)
            silent_until = time.now + 7
            await fake.say("một")
            await fake.until(lambda: fake.refusals)
            await fake.say("hai", MINH, MINH)
            assert (await fake.replies(1))[0].startswith("Tôi nghe: hai")
            time.gate.set()
            await fake.until(lambda: any(each.chat == LAN for each in fake.sent))
        assert fake.refusals == ["Too Many Requests: retry after 7"]
        assert next(each.at for each in fake.sent if each.chat == LAN) >= silent_until

    async def test_a_pressed_button_is_answered_though_its_chat_has_to_wait(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        async with running(mode, fake, time, TestBot()):
            await fake.say("/start")
            await fake.replies(1)
            time.gate.clear()
            fake.flood(LAN, 30)
            await fake.press(fake.sent[0], "cmd/menu")
            await fake.until(lambda: fake.answered)
            assert len(fake.sent) == 1
            time.gate.set()
            await fake.replies(2)

    async def test_a_group_hears_twenty_messages_a_minute_at_most(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        async with running(mode, fake, time, TestBot()):
            for n in range(5):
                await fake.say(f"@MotCuaBot {n}", GROUP)
            await fake.replies(5)
        assert all(later.at - one.at >= 3 for one, later in pairwise(fake.sent))

    async def test_whoever_writes_too_fast_is_told_once(self, fake: FakeTelegram, time: Time) -> None:
        bot = TestBot()
        for n in range(60):
            await fake.say(f"câu {n}")
        async with running("polling", fake, time, bot):
            texts = await fake.replies(21)
            await fake.idle()
        assert texts[:20] == [text for text in texts if text.startswith("Tôi nghe")]
        assert texts[20] == SENTENCES["web_qua_nhanh"]
        assert (len(fake.sent), len(bot.heard)) == (21, 20)


class TestTrouble(Wired):
    async def test_a_reply_goes_out_again_after_errors_of_the_network(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        fake.failing = ["sendMessage", "sendMessage", "answerCallbackQuery"]
        async with running(mode, fake, time, TestBot()):
            await fake.say("một")
            assert [text.split("\n")[0] for text in await fake.replies(1)] == ["Tôi nghe: một"]
            query = await fake.press(fake.sent[0], "cmd/menu")
            await fake.until(lambda: fake.answered == [query])
        assert fake.failing == []

    async def test_a_message_that_never_arrives_is_given_up_for_the_next(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        fake.failing = ["sendMessage"] * TRIES
        async with running(mode, fake, time, TestBot()):
            await fake.say("một")
            await fake.say("hai")
            assert [text.split("\n")[0] for text in await fake.replies(1)] == ["Tôi nghe: hai"]

    async def test_who_has_blocked_the_bot_holds_up_nobody(self, mode: str, fake: FakeTelegram, time: Time) -> None:
        fake.chats.add(MINH)
        fake.blocked.add(LAN)
        async with running(mode, fake, time, TestBot()):
            await fake.say("một")
            await fake.say("hai", MINH, MINH)
            assert (await fake.replies(1))[0].startswith("Tôi nghe: hai")
            await fake.idle()
        assert fake.refusals == ["Forbidden: bot was blocked by the user"]

    async def test_a_group_that_grew_is_answered_where_it_is_now(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        fake.moved[-77] = GROUP
        async with running(mode, fake, time, TestBot()):
            await fake.say("/menu@MotCuaBot", -77)
            await fake.replies(1)
        assert fake.sent[0].chat == GROUP

    async def test_an_error_of_the_engine_is_answered_too(self, mode: str, fake: FakeTelegram, time: Time) -> None:
        async with running(mode, fake, time, TestBot()):
            await fake.say("hỏng")
            assert await fake.replies(1) == [SENTENCES["web_loi"]]

    async def test_telegram_may_be_away_at_the_start(self, mode: str, fake: FakeTelegram, time: Time) -> None:
        fake.failing = ["getMe", "getMe", "setWebhook" if mode == "webhook" else "deleteWebhook"]
        async with running(mode, fake, time, TestBot()) as news:
            await fake.say("một")
            await fake.replies(1)
        assert news == ["unreachable", mode]

    async def test_a_refused_token_stops_telegram_and_nothing_else(self, mode: str, fake: FakeTelegram) -> None:
        bot = TestBot()
        with listen("127.0.0.1", 0) as listener:
            news: list[wire.News] = []
            given = TelegramSettings("1:wrong", address(listener) if mode == "webhook" else "", fake.url)
            channel = Telegram(bot, given, news.append)
            async with served(create_app(bot, FREE, [channel]), listener) as url, httpx.AsyncClient() as http:
                await eventually(lambda: news)
                assert (await http.get(f"{url}/health")).json()["status"] == "ok"
        assert news == ["token"]

    async def test_a_webhook_that_telegram_does_not_take_is_reported(self, fake: FakeTelegram) -> None:
        news: list[wire.News] = []
        channel = Telegram(TestBot(), TelegramSettings(TOKEN, "ftp://a.vn", fake.url), news.append)
        await asyncio.wait_for(channel.run(), 120)
        assert news == ["address"]

    async def test_a_second_program_with_the_same_bot_is_reported(self, fake: FakeTelegram, time: Time) -> None:
        async with (
            running("polling", fake, time, TestBot()) as first,
            running("polling", fake, time, TestBot()) as second,
        ):
            await eventually(lambda: "taken" in first + second)

    async def test_polling_takes_over_from_a_webhook(self, fake: FakeTelegram, time: Time) -> None:
        fake.webhook = {"url": "https://old.example", "secret_token": "x"}
        async with running("polling", fake, time, TestBot()):
            await fake.until(lambda: not fake.webhook)
            await fake.say("một")
            await fake.replies(1)


class TestSecrets(Wired):
    async def test_neither_words_nor_token_are_logged_or_printed(
        self,
        mode: str,
        fake: FakeTelegram,
        time: Time,
        caplog: pytest.LogCaptureFixture,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            async with running(mode, fake, time, TestBot()):
                await fake.say("mật khẩu của tôi là hoa-mai-79")
                await fake.replies(1)
                fake.blocked.add(LAN)
                await fake.say("hoa-mai-79")
                await fake.until(lambda: fake.refusals)
                await fake.idle()
            async with running(mode, fake, time, TestBot(), token="1:hoa-mai-80") as news:  # noqa: S106
                await eventually(lambda: news)
        out = capsys.readouterr()
        for secret in ("hoa-mai", TOKEN, TOKEN.split(":")[1], TelegramSettings(TOKEN).secret):
            assert secret not in caplog.text + out.out + out.err
        assert "Forbidden" in caplog.text

    def test_the_secret_is_what_telegram_allows_and_does_not_show_the_token(self) -> None:
        one, other = TelegramSettings("1:a"), TelegramSettings("1:b")
        assert one.secret != other.secret
        assert one.secret.isalnum()
        assert len(one.secret) <= 256
        assert "1:a" not in repr(one) + one.secret


class TestSwitchingOn:
    def test_the_token_switches_it_on(self) -> None:
        given = {"MOTCUA_TELEGRAM_TOKEN": TOKEN, "MOTCUA_TELEGRAM_WEBHOOK": "https://hoi.xa.gov.vn/"}
        told: list[str] = []
        [channel] = serving._channels(engine(), MemoryStore(), settings.read(given), told.append)
        assert isinstance(channel, Telegram)
        assert channel._settings == TelegramSettings(TOKEN, "https://hoi.xa.gov.vn")
        for news in ("polling", "webhook", "token", "address", "unreachable", "taken"):
            channel._tell(news)
        assert told == list(telegram.NEWS.values())
        assert all(TOKEN not in each for each in told)

    def test_without_a_token_it_is_off(self) -> None:
        assert list(serving._channels(engine(), MemoryStore(), settings.read({}), print)) == []

    def test_a_missing_extra_is_said_with_the_way_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "bot.telegram", None)
        with pytest.raises(SystemExit, match=r"motcua\[telegram\]"):
            list(serving._channels(engine(), MemoryStore(), settings.read({"MOTCUA_TELEGRAM_TOKEN": TOKEN}), print))

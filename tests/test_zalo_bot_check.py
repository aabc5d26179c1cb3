"""What who runs a Zalo Bot is told, and how it is switched on."""

from __future__ import annotations

import sys
from typing import get_args

import pytest

from bot import serving, settings, zalo_bot
from bot.channels.server import create_app, listen
from bot.channels.zalo_bot_wire import News, ZaloBot, ZaloBotSettings
from bot.store.memory import MemoryStore
from tests.fake_zalo_bot import TOKEN, FakeZaloBot
from tests.served import address, served
from tests.telegram_channel import FREE, engine
from tests.web_bot import TestBot
from tests.zalo_bot_channel import NAME, Wired


def found(fake: FakeZaloBot, **more: str) -> settings.Settings:
    given = {"token": TOKEN, "api": fake.url, "name": NAME} | more
    return settings.read({f"MOTCUA_ZALO_BOT_{name.upper()}": value for name, value in given.items()})


class TestTheCheck(Wired):
    async def test_nothing_is_wrong_while_polling(self, fake: FakeZaloBot) -> None:
        assert await zalo_bot.check(found(fake)) == []

    async def test_nothing_is_wrong_with_a_webhook_that_leads_here(
        self, fake: FakeZaloBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zalo_bot, "_is_inside", lambda _: False)
        with listen("127.0.0.1", 0) as listener:
            given = found(fake, webhook=address(listener))
            channel = ZaloBot(TestBot(), MemoryStore(), zalo_bot.wired(given), lambda _: None)
            async with served(create_app(TestBot(), FREE, [channel]), listener):
                await fake.until(lambda: fake.webhook)
                assert await zalo_bot.check(given) == []

    async def test_a_webhook_that_leads_to_a_server_without_zalo(
        self, fake: FakeZaloBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(zalo_bot, "_is_inside", lambda _: False)
        with listen("127.0.0.1", 0) as listener:
            async with served(create_app(TestBot(), FREE), listener):
                given = found(fake, webhook=address(listener))
                fake.webhook = {"url": f"{address(listener)}/zalo-bot"}
                [problem] = await zalo_bot.check(given)
        assert "404" in problem

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"token": ""}, "Chưa đặt MOTCUA_ZALO_BOT_TOKEN"),
            ({"token": "2:wrong"}, "không nhận token"),
            ({"api": "http://127.0.0.1:9"}, "Không nối được"),
            ({"name": ""}, "MOTCUA_ZALO_BOT_NAME"),
        ],
    )
    async def test_one_thing_is_wrong(self, fake: FakeZaloBot, more: dict[str, str], said: str) -> None:
        [problem] = await zalo_bot.check(found(fake, **more))
        assert said in problem
        assert TOKEN not in problem

    @pytest.mark.parametrize("groups", ["none", "delivered"])
    async def test_who_needs_no_name_is_not_asked_for_it(self, fake: FakeZaloBot, groups: str) -> None:
        assert await zalo_bot.check(found(fake, name="", groups=groups)) == []

    async def test_a_quota_is_named(self, fake: FakeZaloBot) -> None:
        fake.failing = [("getMe", 429)]
        [problem] = await zalo_bot.check(found(fake))
        assert "429" in problem

    async def test_a_webhook_that_zalo_cannot_reach_or_does_not_know(self, fake: FakeZaloBot) -> None:
        unknown, inside = await zalo_bot.check(found(fake, webhook="https://10.0.0.7"))
        assert "chưa có địa chỉ webhook nào" in unknown
        assert "trong mạng" in inside

    async def test_a_webhook_where_nobody_listens(self, fake: FakeZaloBot, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zalo_bot, "_is_inside", lambda _: False)
        fake.webhook = {"url": "http://127.0.0.1:9/zalo-bot"}
        [problem] = await zalo_bot.check(found(fake, webhook="http://127.0.0.1:9"))
        assert "Không mở được http://127.0.0.1:9/zalo-bot" in problem

    async def test_a_webhook_of_somebody_else(self, fake: FakeZaloBot) -> None:
        fake.webhook = {"url": "https://khac.vn/zalo"}
        [problem] = await zalo_bot.check(found(fake))
        assert "https://khac.vn/zalo" in problem

    async def test_an_api_that_does_not_tell_of_webhooks(self, fake: FakeZaloBot) -> None:
        fake.failing = [("getWebhookInfo", 404)]
        assert await zalo_bot.check(found(fake)) == []


class TestSwitchingOn:
    def test_the_token_switches_it_on(self) -> None:
        given = {
            "MOTCUA_ZALO_BOT_TOKEN": TOKEN,
            "MOTCUA_ZALO_BOT_WEBHOOK": "https://hoi.xa.gov.vn/",
            "MOTCUA_ZALO_BOT_NAME": "@Bot Một Cửa",
            "MOTCUA_ZALO_BOT_GROUPS": "Delivered",
        }
        told: list[str] = []
        [channel] = serving._channels(engine(), MemoryStore(), settings.read(given), told.append)
        assert isinstance(channel, ZaloBot)
        assert channel._settings == ZaloBotSettings(TOKEN, "https://hoi.xa.gov.vn", "Bot Một Cửa", "delivered")
        for news in get_args(News):
            channel._tell(news)
        assert told == [zalo_bot.NEWS[news] for news in get_args(News)]
        assert all(TOKEN not in each for each in told)

    def test_a_missing_extra_is_said_with_the_way_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "bot.zalo_bot", None)
        monkeypatch.delattr("bot.zalo_bot")
        given = settings.read({"MOTCUA_ZALO_BOT_TOKEN": TOKEN})
        with pytest.raises(SystemExit, match=r"motcua\[zalo\]"):
            list(serving._channels(engine(), MemoryStore(), given, print))

    def test_the_token_is_neither_shown_nor_quoted(self) -> None:
        assert "AbC_fake" not in repr(settings.read({"MOTCUA_ZALO_BOT_TOKEN": TOKEN}))
        [setting] = [each for each in settings.SETTINGS if each.name == "zalo_bot_token"]
        assert "AbC" not in settings.shown(setting, {"MOTCUA_ZALO_BOT_TOKEN": TOKEN})
        with pytest.raises(settings.SettingError, match="MOTCUA_ZALO_BOT_TOKEN") as refused:
            settings.read({"MOTCUA_ZALO_BOT_TOKEN": TOKEN + " x"})
        assert "AbC" not in str(refused.value)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("MOTCUA_ZALO_BOT_WEBHOOK", "http://hoi.xa.gov.vn"),
            ("MOTCUA_ZALO_BOT_GROUPS", "all"),
            ("MOTCUA_ZALO_BOT_API", "x"),
        ],
    )
    def test_what_cannot_be_used_is_said_with_its_name(self, name: str, value: str) -> None:
        with pytest.raises(settings.SettingError, match=name):
            settings.read({name: value})

    def test_its_defaults_are_those_of_the_channel(self) -> None:
        given = zalo_bot.wired(settings.read({"MOTCUA_ZALO_BOT_TOKEN": TOKEN}))
        assert given == ZaloBotSettings(TOKEN)

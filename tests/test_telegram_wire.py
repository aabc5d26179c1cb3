"""Telegram end to end, by polling and by webhook: real HTTP on loopback, a Bot API that refuses what Telegram refuses."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import serving, settings
from bot.channels import telegram_wire as wire
from bot.channels.guard import HOOK_LIMIT
from bot.channels.limits import Rate
from bot.channels.pace import Pace
from bot.channels.server import ServerSettings, create_app, listen
from bot.channels.telegram_wire import EVERYBODY, PATH, SECRET_HEADER, Telegram, TelegramSettings
from bot.engine import Bot, Brain
from bot.message import Incoming, Reply
from bot.store.memory import MemoryStore
from tests.fake_telegram import BOT, GROUP, LAN, TOKEN, FakeTelegram, Json, address, fake_telegram, served
from tests.guides import CONTENT, NO_MODEL, SENTENCES
from tests.web_bot import ASK, GREETING, TestBot

FREE = ServerSettings(session_rate=Rate(0, 1), address_rate=Rate(0, 1))
MINH = 5002
PAYLOADS = Path(__file__).parent / "payloads" / "telegram"


@dataclass
class Time:
    """Whoever sleeps moves the clock and goes on; longer than five seconds only once the gate is open."""

    now: float = 1000.0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        if seconds > 5:
            await self.gate.wait()
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def time() -> Time:
    found = Time()
    found.gate.set()
    return found


@pytest.fixture
async def fake(time: Time) -> AsyncIterator[FakeTelegram]:
    async with fake_telegram(clock=time.clock) as found:
        yield found


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@asynccontextmanager
async def running(
    mode: str, fake: FakeTelegram, time: Time, bot: Any, token: str = TOKEN
) -> AsyncIterator[list[wire.News]]:
    """The channel in the one app, as the server runs it; what it reports to who runs it."""
    news: list[wire.News] = []
    with listen("127.0.0.1", 0) as listener:
        given = TelegramSettings(token, address(listener) if mode == "webhook" else "", fake.url)
        channel = Telegram(bot, given, news.append, Pace(EVERYBODY, time.clock, time.sleep))
        async with served(create_app(bot, FREE, [channel]), listener):
            yield news


def engine() -> Bot:
    return Bot(Brain.of(CONTENT, NO_MODEL), MemoryStore(), clock=lambda: datetime(2026, 11, 25, 3, tzinfo=UTC))


class TestAConversation:
    async def test_from_the_greeting_to_a_step(self, mode: str, fake: FakeTelegram, time: Time) -> None:
        bot = TestBot()
        async with running(mode, fake, time, bot):
            await fake.say("/start")
            [greeting] = await fake.replies(1)
            assert greeting.startswith(GREETING.text)
            assert "1 · Đăng ký tạm trú" in greeting
            query = await fake.press(fake.sent[0], fake.sent[0].buttons["1 · Đăng ký tạm trú"])
            guide = (await fake.replies(2))[1]
            assert "lệ phí 7.000 đồng" in guide
            assert "https://dichvucong.gov.vn" in guide
            assert "javascript" not in guide
            await fake.until(lambda: fake.answered == [query])
            await fake.press(fake.sent[1], fake.sent[1].buttons["1 · Từng bước"])
            await fake.replies(3)
            await fake.until(lambda: fake.edited == [(LAN, fake.sent[1].id)])
            await fake.say("xin chào")
            assert (await fake.replies(4))[3].startswith("Tôi nghe: xin chào")
            await fake.idle()
        assert [each.choice or each.text for each in bot.heard] == [
            "cmd/menu",
            ASK,
            "at/next/dang_ky_tam_tru/0",
            "xin chào",
        ]
        assert {each.user.id for each in bot.heard} == {str(LAN)}
        assert fake.refusals == []
        assert all(each.given["link_preview_options"]["is_disabled"] for each in fake.sent)

    async def test_the_menu_of_commands_is_vietnamese(self, mode: str, fake: FakeTelegram, time: Time) -> None:
        async with running(mode, fake, time, TestBot()):
            await fake.until(lambda: fake.commands)
        assert {"command": "xoadulieu", "description": SENTENCES["lenh_xoa_du_lieu"]} in fake.commands

    async def test_a_poster_opens_its_guide_and_says_that_a_machine_speaks(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        async with running(mode, fake, time, TestBot()):
            await fake.say("/start tt04")
            [text] = await fake.replies(1)
        assert text.startswith(SENTENCES["kenh_la_may"].strip())
        assert "lệ phí 7.000 đồng" in text

    async def test_numbers_codes_and_old_buttons_with_the_real_engine(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        """The second channel is what there is after a restart: it knows nothing of the first one's messages."""
        bot = engine()
        async with running(mode, fake, time, bot):
            for text in ("TT04", "1", "1", "1", "1"):
                await fake.say(text)
            assert "Bước 1/4" in (await fake.replies(5))[4]
            await fake.press(fake.sent[4], "at/next/dang_ky_tam_tru/1")
            assert (await fake.replies(6))[5].startswith("Bước 2/4")
            await fake.idle()
        async with running(mode, fake, time, bot):
            await fake.press(fake.sent[4], "at/next/dang_ky_tam_tru/1")
            await fake.press(fake.sent[0], "ask/dang_ky_tam_tru/le_phi")
            await fake.press(fake.sent[0], "ans/../..")
            *_, step, fee, forged = await fake.replies(9)
            await fake.until(lambda: len(fake.answered) == 4)
        assert step.startswith(SENTENCES["nut_cu"])
        assert "Bước 2/4" in step
        assert "7.000 đồng" in fee
        assert "Làm tiếp: Đăng ký tạm trú" in forged

    async def test_what_cannot_be_read_is_answered_and_never_fetched(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        bot = TestBot()
        async with running(mode, fake, time, bot):
            for name in ("voice", "sticker", "location", "contact", "document"):
                await fake.deliver("message", payload(name) | {"chat": fake.chat(LAN)})
            texts = await fake.replies(5)
            await fake.deliver("message", payload("photo_caption"))
            caption = (await fake.replies(6))[5]
            await fake.idle()
        assert texts == [
            SENTENCES[id] for id in ("kenh_tieng", "kenh_hinh_dan", "kenh_vi_tri", "kenh_danh_ba", "kenh_tep")
        ]
        assert caption.startswith(SENTENCES["kenh_anh"] + "\n\nTôi nghe: cái này")
        assert [each.text for each in bot.heard] == ["cái này là lừa đảo phải không"]
        assert "getFile" not in fake.called

    async def test_an_album_is_answered_once(self, mode: str, fake: FakeTelegram, time: Time) -> None:
        async with running(mode, fake, time, TestBot()):
            await fake.deliver("message", payload("album_1"))
            await fake.deliver("message", payload("album_2"))
            await fake.say("xin chào")
            assert [text.split(":")[0] for text in await fake.replies(2)] == [SENTENCES["kenh_anh"], "Tôi nghe"]

    async def test_a_group_is_answered_only_when_it_calls(self, mode: str, fake: FakeTelegram, time: Time) -> None:
        bot = TestBot()
        async with running(mode, fake, time, bot):
            await fake.say("tối nay họp nhé", GROUP)
            await fake.deliver("edited_message", fake.message("@MotCuaBot sửa", GROUP))
            update = await fake.say("@MotCuaBot xin chào", GROUP)
            await fake.replies(1)
            reply = {"message_id": fake.sent[0].id, "from": BOT, "chat": fake.chat(GROUP), "date": 1, "text": "…"}
            await fake.say("còn gì nữa", GROUP, MINH, reply_to_message=reply)
            await fake.replies(2)
            await fake.idle()
        assert [(each.user.id, each.text) for each in bot.heard] == [
            (f"{GROUP}/{LAN}", "xin chào"),
            (f"{GROUP}/{MINH}", "còn gì nữa"),
        ]
        assert fake.sent[0].given["reply_parameters"]["message_id"] == update["message"]["message_id"]

    async def test_a_long_reply_comes_in_pieces_with_the_buttons_under_the_last(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        paragraph = "Giấy tờ 😀 " * 150

        class Long(TestBot):
            async def handle(self, _: Incoming) -> Reply:
                return Reply("\n\n".join([paragraph.strip()] * 5), GREETING.choices)

        async with running(mode, fake, time, Long()):
            await fake.say("dài")
            texts = await fake.replies(3)
            await fake.idle()
        assert [text.count(paragraph.strip()) for text in texts] == [2, 2, 1]
        assert [bool(each.keyboard) for each in fake.sent] == [False, False, True]
        assert fake.refusals == []


def payload(name: str) -> Json:
    found: Json = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))["message"]
    return found


class TestOrder:
    async def test_everybody_gets_their_replies_in_order(self, mode: str, fake: FakeTelegram, time: Time) -> None:
        bot = TestBot()
        people = [6000 + n for n in range(12)]
        fake.chats.update(people)
        async with running(mode, fake, time, bot):
            for n in range(4):
                for person in people:
                    await fake.say(f"câu {n}", person, person)
            await fake.replies(48)
            await fake.idle()
        for person in people:
            said = [each.text.split("\n")[0] for each in fake.sent if each.chat == person]
            assert said == [f"Tôi nghe: câu {n}" for n in range(4)]
        assert fake.refusals == []  # neither 1 a second in a chat nor 30 altogether

    async def test_an_update_that_comes_again_is_answered_once(self, mode: str, fake: FakeTelegram, time: Time) -> None:
        bot = TestBot()
        async with running(mode, fake, time, bot):
            update = await fake.say("một")
            await fake.replies(1)
            await fake.idle()
            await fake.again(update)
            await fake.say("hai")
            assert len(await fake.replies(2)) == 2
            await fake.idle()
        assert [each.text for each in bot.heard] == ["một", "hai"]
        assert [each.text.split("\n")[0] for each in fake.sent] == ["Tôi nghe: một", "Tôi nghe: hai"]

    async def test_what_a_stop_interrupts_is_answered_after_the_next_start(
        self, mode: str, fake: FakeTelegram, time: Time, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wire, "GRACE", 0.05)

        class Stuck(TestBot):
            async def handle(self, incoming: Incoming) -> Reply:
                self.heard.append(incoming)
                await asyncio.Event().wait()
                raise AssertionError

        stuck = Stuck()
        async with running(mode, fake, time, stuck):
            update = await fake.say("một")
            await fake.until(lambda: update["update_id"] in fake.delivered)
            await eventually(lambda: stuck.heard)
        assert fake.confirmed == []
        bot = TestBot()
        async with running(mode, fake, time, bot):
            assert (await fake.replies(1))[0].startswith("Tôi nghe: một")
            await fake.idle()
        assert fake.confirmed == [update["update_id"]]

    async def test_what_is_being_answered_at_a_stop_is_finished_and_not_sent_again(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        begun, go = asyncio.Event(), asyncio.Event()

        class Slow(TestBot):
            async def handle(self, incoming: Incoming) -> Reply:
                begun.set()
                await go.wait()
                return await TestBot.handle(self, incoming)

        async with running(mode, fake, time, Slow()):
            await fake.say("một")
            await begun.wait()
            asyncio.get_running_loop().call_later(0.05, go.set)
        await fake.replies(1)
        async with running(mode, fake, time, TestBot()):
            await fake.say("hai")
            assert [text.split("\n")[0] for text in await fake.replies(2)] == ["Tôi nghe: một", "Tôi nghe: hai"]
            await fake.idle()
        assert len(fake.sent) == 2


async def eventually(true: Any) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - what it waits for has no event
            await asyncio.sleep(0.001)


class TestLimits:
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


class TestTrouble:
    async def test_a_reply_goes_out_again_after_errors_of_the_network(
        self, mode: str, fake: FakeTelegram, time: Time
    ) -> None:
        bot = TestBot()
        async with running(mode, fake, time, bot):
            await fake.until(lambda: fake.commands)

            async def handle(incoming: Incoming) -> Reply:
                fake.down = 2
                return Reply(f"Tôi nghe: {incoming.text}")

            bot.handle = handle  # type: ignore[method-assign] # Telegram fails while the reply is sent
            await fake.say("một")
            assert await fake.replies(1) == ["Tôi nghe: một"]

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
        fake.down = 3
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
        await asyncio.wait_for(channel.run(), 10)
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


class TestTheWebhook:
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


class TestSecrets:
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
        [channel] = serving._channels(engine(), settings.read(given), told.append)
        assert isinstance(channel, Telegram)
        assert channel._settings == TelegramSettings(TOKEN, "https://hoi.xa.gov.vn")
        for news in ("polling", "webhook", "token", "address", "unreachable", "taken"):
            channel._tell(news)
        assert told == list(serving.TELEGRAM.values())
        assert all(TOKEN not in each for each in told)

    def test_without_a_token_it_is_off(self) -> None:
        assert list(serving._channels(engine(), settings.read({}), print)) == []

    def test_a_missing_extra_is_said_with_the_way_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "bot.channels.telegram_wire", None)
        with pytest.raises(SystemExit, match=r"motcua\[telegram\]"):
            list(serving._channels(engine(), settings.read({"MOTCUA_TELEGRAM_TOKEN": TOKEN}), print))

"""Zalo Bot end to end, by polling and by webhook: real HTTP on loopback, a Bot API that refuses what Zalo refuses."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from bot.channels import zalo_bot_wire as wire
from bot.channels.pace import Pace
from bot.channels.zalo_bot_wire import ZaloBot, ZaloBotSettings
from bot.message import Incoming, Reply, User
from bot.store import Pending
from bot.store.memory import MemoryStore
from bot.understanding import reading
from bot.understanding.meaning import Unknown
from tests.fake_zalo_bot import GROUP, LAN, MINH, TOKEN, FakeZaloBot
from tests.guides import SENTENCES
from tests.telegram_channel import Time, engine, eventually
from tests.web_bot import GREETING, TestBot
from tests.zalo_bot_channel import Wired, running


class TestAConversation(Wired):
    async def test_numbers_and_codes_lead_to_a_step_with_the_real_engine(
        self, mode: str, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        bot = engine(store)
        async with running(mode, fake, time, bot, store):
            for text in ("TT04", "1", "1", "1", "1"):
                await fake.say(text)
            assert "Bước 1/4" in (await fake.replies(5))[4]
            assert "1 · " in fake.sent[4].text
        async with running(mode, fake, time, bot, store) as news:
            await eventually(lambda: news)
            await fake.say("1")
            assert "Bước 2/4" in (await fake.replies(6))[5]
        assert {each.chat for each in fake.sent} == {LAN}
        assert [code for code in fake.refusals if code != 408] == []

    async def test_a_bare_event_is_understood_as_well(self, fake: FakeZaloBot, time: Time, store: MemoryStore) -> None:
        fake.wrapped = False
        async with running("webhook", fake, time, TestBot(), store):
            await fake.say("một")
            assert [text.split("\n")[0] for text in await fake.replies(1)] == ["Tôi nghe: một"]

    async def test_what_is_no_text_is_answered_and_never_fetched(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        bot = TestBot()
        async with running("webhook", fake, time, bot, store):
            for name in ("image", "voice", "sticker", "unsupported"):
                await fake.deliver(
                    f"message.{name}.received", photo=f"{fake.url}/botx/photo", voice_url=f"{fake.url}/botx/v"
                )
            texts = await fake.replies(4)
            await fake.deliver("message.image.received", photo="https://zdn.vn/x.jpg", caption="cái này là gì")
            caption = (await fake.replies(5))[4]
        assert texts == [SENTENCES[id] for id in ("kenh_anh", "kenh_tieng", "kenh_hinh_dan", "kenh_khac")]
        assert caption.startswith(SENTENCES["kenh_anh"] + "\n\nTôi nghe: cái này là gì")
        assert [each.text for each in bot.heard] == ["cái này là gì"]
        assert set(fake.methods()) <= {"getMe", "setWebhook", "deleteWebhook", "getUpdates", "sendMessage"}
        assert await store.pending("zalo_bot") == []

    async def test_pictures_sent_together_are_answered_once(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        async with running("webhook", fake, time, TestBot(), store):
            for _ in range(4):
                await fake.deliver("message.image.received", photo="https://zdn.vn/x.jpg")
            await fake.deliver("message.image.received", MINH, photo="https://zdn.vn/x.jpg")
            await fake.say("xin chào", MINH)
            await fake.replies(3)
            time.now += 11
            await fake.deliver("message.image.received", photo="https://zdn.vn/x.jpg")
            await fake.replies(4)
        assert [each.chat for each in fake.sent if each.text == SENTENCES["kenh_anh"]].count(LAN) == 2

    async def test_while_the_bot_is_off_everything_gets_its_words(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reading, "interpret", lambda *_, **__: Unknown())
        bot = engine(store)
        bot.closed = lambda: "đang sửa mức phí"
        async with running("webhook", fake, time, bot, store):
            await fake.say("lệ phí tạm trú")
            await fake.deliver("message.image.received", photo="https://zdn.vn/x.jpg")
            texts = await fake.replies(2)
        assert all(text.startswith(SENTENCES["tam_dung"]) for text in texts)
        assert all("đang sửa mức phí" in text for text in texts)

    async def test_a_group_is_answered_only_when_it_names_the_bot(
        self, mode: str, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        bot = TestBot()
        async with running(mode, fake, time, bot, store):
            await fake.say("tối nay họp nhé", LAN, GROUP)
            await fake.deliver("message.sticker.received", LAN, GROUP, sticker="x")
            await fake.say("@Bot Một Cửa xin chào", LAN, GROUP)
            await fake.say("@bot.VDKyGxQvc còn gì nữa", MINH, GROUP)
            await fake.replies(2)
            await fake.say("@Bot Một Cửa", LAN, GROUP)
            assert (await fake.replies(3))[2].startswith(GREETING.text)
        assert [(each.user.id, each.text) for each in bot.heard] == [
            (f"{GROUP}/{LAN}", "xin chào"),
            (f"{GROUP}/{MINH}", "còn gì nữa"),
            (f"{GROUP}/{LAN}", ""),
        ]
        assert {each.chat for each in fake.sent} == {GROUP}

    async def test_a_long_reply_comes_in_pieces_in_order(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        paragraph = "Giấy tờ 😀 " * 80

        class Long(TestBot):
            async def handle(self, _: Incoming) -> Reply:
                return Reply("\n\n".join([paragraph.strip()] * 5), GREETING.choices)

        async with running("webhook", fake, time, Long(), store):
            await fake.say("dài")
            texts = await fake.replies(3)
        assert [text.count(paragraph.strip()) for text in texts] == [2, 2, 1]
        assert "0 · " in texts[2] or "1 · " in texts[2]
        assert all(later.at - one.at >= 1 for one, later in pairwise(fake.sent))


class TestOrder(Wired):
    async def test_everybody_gets_their_replies_in_order(
        self, mode: str, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        people = [f"person{n:02}" for n in range(12)]
        fake.chats.update(people)
        async with running(mode, fake, time, TestBot(), store):
            for n in range(4):
                for person in people:
                    await fake.say(f"câu {n}", person)
            await fake.replies(48)
        for person in people:
            said = [each.text.split("\n")[0] for each in fake.sent if each.chat == person]
            assert said == [f"Tôi nghe: câu {n}" for n in range(4)]

    async def test_an_event_that_comes_again_is_answered_once(
        self, mode: str, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        bot = TestBot()
        async with running(mode, fake, time, bot, store):
            words, picture = await fake.say("một"), await fake.deliver("message.image.received", photo="x")
            await fake.replies(2)
            time.now += 60
            for event in (words, picture):
                await fake.again(event)
            await fake.say("hai")
            assert len(await fake.replies(3)) == 3
            await fake.taken()
        assert [each.text for each in bot.heard] == ["một", "hai"]
        assert await store.pending("zalo_bot") == []

    async def test_what_was_answered_is_known_after_a_restart_as_well(
        self, mode: str, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        bot = engine(store)
        async with running(mode, fake, time, bot, store):
            event = await fake.say("TT04")
            await fake.replies(1)
        async with running(mode, fake, time, bot, store) as news:
            await eventually(lambda: news)
            await fake.again(event)
            await fake.say("1")
            assert len(await fake.replies(2)) == 2
            await fake.taken()
        assert len(fake.sent) == 2

    async def test_one_chat_that_zalo_refuses_holds_up_no_other(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        fake.failing, fake.wait = [("sendMessage", 429)], 30
        time.gate.clear()
        async with running("webhook", fake, time, TestBot(), store):
            await fake.say("một")
            await fake.until(lambda: 429 in fake.refusals)
            held = time.now
            await fake.say("hai", MINH)
            assert (await fake.replies(1))[0].startswith("Tôi nghe: hai")
            time.gate.set()
            await fake.replies(2)
        assert (fake.sent[1].chat, fake.sent[1].at >= held + 30) == (LAN, True)


class TestACrash(Wired):
    async def test_what_was_taken_is_answered_after_the_next_start_from_masked_words(
        self, mode: str, fake: FakeZaloBot, time: Time, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wire, "GRACE", 0.05)

        class Stuck(TestBot):
            async def handle(self, incoming: Incoming) -> Reply:
                self.heard.append(incoming)
                await asyncio.Event().wait()
                raise AssertionError

        stuck = Stuck()
        async with running(mode, fake, time, stuck, store):
            await fake.say("số em là 079123456789 đúng không")
            await fake.say("câu thứ hai")
            await fake.deliver("message.voice.received", MINH, voice_url="x")
            await fake.replies(1)
            await fake.taken()
            await eventually(lambda: stuck.heard and len(store._pending) == 2)
        kept = await store.pending("zalo_bot")
        assert [each.incoming.text for each in kept] == ["số em là [số định danh] đúng không", "câu thứ hai"]
        bot = TestBot()
        async with running(mode, fake, time, bot, store):
            await fake.replies(3)
            await eventually(lambda: not store._pending)
        assert stuck.heard[0].text == "số em là 079123456789 đúng không"
        assert [each.text for each in bot.heard] == [each.incoming.text for each in kept]
        assert len(fake.delivered) == 3

    async def test_what_is_left_comes_before_what_is_new(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        bot, user = TestBot(), User("zalo_bot", LAN)
        for n, (text, note) in enumerate((("một", ""), ("", "voice"), ("", "none of ours"))):
            await store.accept(Pending(Incoming(user, text, id=f"m{n}"), bot.clock(), note))
        await fake.say("hai")
        async with running("webhook", fake, time, bot, store):
            texts = await fake.replies(3)
            await eventually(lambda: not store._pending)
        assert [text.split("\n")[0] for text in texts] == ["Tôi nghe: một", SENTENCES["kenh_tieng"], "Tôi nghe: hai"]

    async def test_a_store_that_fails_does_not_silence_the_bot(
        self, mode: str, fake: FakeZaloBot, time: Time, caplog: pytest.LogCaptureFixture
    ) -> None:
        class Broken(MemoryStore):
            async def accept(self, pending: Pending) -> bool:
                raise OSError(pending.incoming.text)

            async def pending(self, channel: str) -> list[Pending]:
                raise OSError(channel)

        async with running(mode, fake, time, TestBot(), Broken()):
            await fake.say("hoa mai")
            assert (await fake.replies(1))[0].startswith("Tôi nghe: hoa mai")
        assert [each.getMessage().partition("\n")[0] for each in caplog.records] == ["OSError", "OSError"]
        assert "hoa mai" not in caplog.text

    async def test_what_comes_before_zalo_can_be_reached_is_kept_until_it_can(
        self, fake: FakeZaloBot, time: Time, store: MemoryStore
    ) -> None:
        fake.failing = [("getMe", 503)]
        time.gate.clear()
        channel = ZaloBot(TestBot(), store, ZaloBotSettings(TOKEN, api=fake.url), lambda _: None, slow(time))
        task = asyncio.create_task(channel.run())
        await fake.until(lambda: 503 in fake.refusals)
        await channel.accept({"event_name": "message.text.received", "message": MESSAGE})
        assert ([each.incoming.text for each in await store.pending("zalo_bot")], fake.sent) == (["một"], [])
        time.gate.set()
        await fake.replies(1)
        await eventually(lambda: not store._pending)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


MESSAGE = {"from": {"id": LAN}, "chat": {"id": LAN, "chat_type": "PRIVATE"}, "message_id": "m1", "text": "một"}


def slow(time: Time) -> Pace:
    """Whoever rests waits for the gate."""

    async def sleep(seconds: float) -> None:
        await time.sleep(max(seconds, 6))

    return Pace(20, time.clock, sleep)

"""Telegram end to end, by polling and by webhook: real HTTP on loopback, a Bot API that refuses what Telegram refuses."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels import telegram_wire as wire
from bot.message import Incoming, Reply
from tests.fake_telegram import BOT, GROUP, LAN, FakeTelegram
from tests.guides import SENTENCES
from tests.telegram_channel import MINH, Time, Wired, engine, eventually, payload, running
from tests.web_bot import ASK, GREETING, TestBot


class TestAConversation(Wired):
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


class TestOrder(Wired):
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

    async def test_what_is_not_answered_yet_is_not_confirmed(self, mode: str, fake: FakeTelegram, time: Time) -> None:
        fake.chats.add(MINH)
        go = asyncio.Event()

        class Slow(TestBot):
            async def handle(self, incoming: Incoming) -> Reply:
                if incoming.user.id == str(LAN):
                    await go.wait()
                return await TestBot.handle(self, incoming)

        async with running(mode, fake, time, Slow()):
            first = (await fake.say("một"))["update_id"]
            for n in range(3):
                await fake.say(f"câu {n}", MINH, MINH)
                await fake.replies(n + 1)
            confirmed = list(fake.confirmed)
            go.set()
            await fake.replies(4)
            await fake.idle()
        assert first not in confirmed
        assert first in fake.confirmed

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

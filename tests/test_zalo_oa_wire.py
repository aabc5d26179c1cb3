"""A Zalo OA over real HTTP on loopback: kept before it is acknowledged, answered once and in order, silent for a person."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import timedelta

import pytest

from bot.channels.clerk import PERSON
from bot.channels.guard import HOOK_LIMIT
from bot.content.types import FIRST_AID
from bot.message import Alarm, Incoming, Reply, User
from bot.session import Session
from bot.store import Pending
from tests.fake_zalo_oa import LAN, MINH, OA
from tests.guides import SENTENCES
from tests.zalo_oa_channel import KeptBot, Wired, World

MACHINE = SENTENCES["kenh_la_may"].strip()
PERSON_ANSWERS = SENTENCES["kenh_can_bo"].strip()


def heads(texts: list[str]) -> list[str]:
    """The first lines, without what somebody new is told before."""
    return [text.removeprefix(MACHINE).strip().split("\n")[0] for text in texts]


class TestTheWebhook(Wired):
    async def test_a_question_is_answered_with_a_numbered_menu(self, world: World) -> None:
        async with world.running():
            await world.fake.say("lệ phí tạm trú")
            [text] = await world.fake.replies(1)
        assert text == f"{MACHINE}\n\nTôi nghe: lệ phí tạm trú\n\n1 · Đăng ký tạm trú\n0 · Mục khác"
        assert world.news == ["ready"]

    async def test_without_a_signature_only_an_empty_object_is_taken(self, world: World) -> None:
        body = json.dumps(world.fake.event(text="alo")).encode()
        async with world.running():
            assert await world.fake.post(b"{}") == 200
            for unsigned in (b"", b"[]", b"null", b'{"a":1}', body):
                assert await world.fake.post(unsigned) == 403
            signed = world.fake.signed(body, "1795575600000")
            assert await world.fake.post(body.replace(b"alo", b"ola"), signed) == 403
            assert await world.fake.post(b" " * (HOOK_LIMIT + 1)) == 413
        assert world.bot.heard == []

    async def test_it_is_kept_masked_and_acknowledged_before_it_is_answered(self, world: World) -> None:
        """Zalo is told within a few milliseconds, however long the answer takes: it may hang for ever."""
        world.bot.gate.clear()
        async with world.running():
            event = await world.fake.say("cccd 079123456789 mất rồi")
            said = Incoming(User("zalo_oa", LAN), "cccd [số định danh] mất rồi", id=event["message"]["msg_id"])
            assert await world.store.pending("zalo_oa") == [Pending(said, world.time.moment())]
            assert world.fake.sent == []
            world.bot.gate.set()
            assert heads(await world.fake.replies(1)) == ["Tôi nghe: cccd 079123456789 mất rồi"]
            await world.idle()

    async def test_what_is_delivered_again_is_answered_once(self, world: World) -> None:
        world.bot.gate.clear()
        async with world.running():
            event = await world.fake.say("một")
            assert await asyncio.gather(*(world.fake.deliver(event) for _ in range(5))) == [200] * 5
            world.bot.gate.set()
            await world.idle()
            assert await world.fake.deliver(event) == 200
        async with world.running():
            assert await world.fake.deliver(event) == 200
            await world.fake.say("hai")
            assert heads(await world.fake.replies(2)) == ["Tôi nghe: một", "Tôi nghe: hai"]
            await world.idle()
        assert len(world.fake.sent) == 2

    async def test_everybody_is_answered_in_their_order(self, world: World) -> None:
        async with world.running():
            for n in range(8):
                await world.fake.say(f"câu {n}", (LAN, MINH)[n % 2])
            await world.fake.replies(8)
        for user, first in ((LAN, 0), (MINH, 1)):
            said = heads([each.text for each in world.fake.sent if each.user == user])
            assert said == [f"Tôi nghe: câu {n}" for n in range(first, 8, 2)]

    async def test_a_store_that_fails_is_not_acknowledged_and_the_citizen_is_answered(
        self, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        async def full(pending: Pending) -> bool:
            raise OSError(pending.incoming.text)

        async def broken(user: User, *_: object) -> None:
            raise OSError(user.id)

        async with world.running():
            await world.fake.say("một")
            await world.fake.replies(1)
            await world.idle()
            monkeypatch.setattr(world.store, "accept", full)
            for name in ("load", "handed_over", "answered"):
                monkeypatch.setattr(world.store, name, broken)
            event = world.fake.event(text="hoa mai")
            assert [await world.fake.deliver(event) for _ in range(2)] == [503, 200]
            assert heads(await world.fake.replies(2)) == ["Tôi nghe: một", SENTENCES["web_loi"]]
        assert "OSError" in caplog.text
        assert event["message"]["text"] not in caplog.text
        assert LAN not in caplog.text

    async def test_an_error_of_the_engine_is_answered_too(self, world: World) -> None:
        async with world.running():
            await world.fake.say("hỏng")
            assert heads(await world.fake.replies(1)) == [SENTENCES["web_loi"]]
            await world.idle()

    async def test_events_of_another_account_are_left_alone(self, world: World) -> None:
        async with world.running() as channel:
            await channel._tokens.keep()
            other = world.fake.event(text="alo") | {"recipient": {"id": "111111111111111111"}}
            assert await world.fake.deliver(other) == 200
            await world.fake.say("một")
            await world.fake.replies(1)
        assert [each.text for each in world.bot.heard] == ["một"]


class TestAfterTheEnd(Wired):
    async def test_what_was_acknowledged_is_answered_by_the_next_process_in_its_masked_words(
        self, world: World, caplog: pytest.LogCaptureFixture
    ) -> None:
        world.bot.gate.clear()
        async with world.running() as channel:
            await world.fake.say("số 0912345678 gọi em")
            assert await world.fake.deliver(world.fake.event("user_send_image")) == 200
            await channel._desk.close(0)
        assert world.fake.sent == []
        world.bot.gate.set()
        async with world.running():
            await world.fake.say("ba")
            said = heads(await world.fake.replies(3))
            await world.idle()
        assert said == ["Tôi nghe: số [số điện thoại] gọi em", SENTENCES["kenh_anh"], "Tôi nghe: ba"]
        assert "0912345678" not in caplog.text

    @pytest.mark.parametrize(
        ("hours", "paid", "answered"),
        [(47, False, True), (49, False, False), (49, True, True), (167, True, True), (169, True, False)],
    )
    async def test_what_waited_too_long_is_dropped(self, world: World, hours: int, paid: bool, answered: bool) -> None:
        """48 hours are free; seven days cost money and are the operator's choice; later Zalo refuses."""
        said = Incoming(User("zalo_oa", LAN), "một", id="m1")
        await world.store.accept(Pending(said, world.time.moment() - timedelta(hours=hours)))
        async with world.running(paid=paid):
            await world.idle()
        assert len(world.fake.sent) == answered


class TestPersons(Wired):
    async def test_somebody_new_is_told_once_that_a_machine_answers(self, world: World) -> None:
        async with world.running():
            await world.fake.say("một")
            await world.fake.replies(1)
            await world.fake.say("hai")
            first, second = await world.fake.replies(2)
        assert first.startswith(MACHINE)
        assert MACHINE not in second

    async def test_who_begins_to_follow_is_greeted_and_who_leaves_is_forgotten(self, world: World) -> None:
        async with world.running():
            event = world.fake.followed()
            assert [await world.fake.deliver(event) for _ in range(2)] == [200, 200]
            [greeting] = await world.fake.replies(1)
            assert greeting.startswith("Xin chào anh/chị. Tôi là trợ lý tự động")
            await world.idle()
            assert (await world.store.load(User("zalo_oa", LAN), "", world.time.moment())).saved
            await world.fake.deliver(world.fake.followed("unfollow"))
            await world.fake.say("một", MINH)
            await world.fake.replies(2)
        assert (await world.store.load(User("zalo_oa", LAN), "", world.time.moment())).saved is None

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("image", "kenh_anh"),
            ("audio", "kenh_tieng"),
            ("sticker", "kenh_hinh_dan"),
            ("location", "kenh_vi_tri"),
            ("business_card", "kenh_danh_ba"),
            ("file", "kenh_tep"),
        ],
    )
    async def test_media_are_answered_once_for_several_and_never_fetched(
        self, world: World, name: str, sentence: str
    ) -> None:
        payload = {"url": f"{world.fake.url}/secret.jpg", "description": '{"phone":"84912345678"}'}
        async with world.running():
            for _ in range(3):
                event = world.fake.event(f"user_send_{name}", attachments=[{"type": name, "payload": payload}])
                assert await world.fake.deliver(event) == 200
            await world.fake.say("xong")
            said = heads(await world.fake.replies(2))
        assert said == [SENTENCES[sentence], "Tôi nghe: xong"]

    async def test_who_writes_too_fast_is_told_once_and_nothing_of_the_rest_is_kept(self, world: World) -> None:
        world.bot.gate.clear()
        async with world.running():
            for n in range(PERSON.burst + 10):
                await world.fake.say(f"câu {n}")
            assert len(await world.store.pending("zalo_oa")) == PERSON.burst
            world.bot.gate.set()
            texts = await world.fake.replies(PERSON.burst + 1)
            await world.idle()
        assert texts[-1] == SENTENCES["web_qua_nhanh"]
        assert len(world.fake.sent) == PERSON.burst + 1

    async def test_while_the_bot_is_off_only_that_is_said(self, world: World) -> None:
        async with world.running(bot=KeptBot(clock=world.time.moment, store=world.store, closed=lambda: "bảo trì")):
            await world.fake.deliver(world.fake.event("user_send_image"))
            [text] = await world.fake.replies(1)
        assert SENTENCES["kenh_anh"] not in text


class TestHandover(Wired):
    async def test_a_person_who_writes_silences_the_bot_for_a_while_and_it_says_so_once(self, world: World) -> None:
        async with world.running(handover=timedelta(minutes=30)):
            await world.fake.officer()
            for text in ("một", "hai"):
                await world.fake.say(text)
            await world.fake.say("của Minh", MINH)
            await world.fake.replies(2)
            await world.idle()
            assert sorted(heads([each.text for each in world.fake.sent])) == [PERSON_ANSWERS, "Tôi nghe: của Minh"]
            world.time.move(minutes=29)
            await world.fake.officer()
            world.time.move(minutes=29)
            await world.fake.say("ba")
            await world.idle()
            assert len(world.fake.sent) == 2
            world.time.move(minutes=2)
            await world.fake.say("bốn")
            await world.fake.replies(3)
            assert heads([world.fake.sent[-1].text]) == ["Tôi nghe: bốn"]
            await world.fake.officer()
            await world.fake.say("năm")
            assert (await world.fake.replies(4))[-1] == PERSON_ANSWERS

    async def test_it_lasts_over_a_restart(self, world: World) -> None:
        async with world.running():
            await world.fake.officer()
        async with world.running():
            await world.fake.say("một")
            assert await world.fake.replies(1) == [PERSON_ANSWERS]

    async def test_first_aid_waits_for_nobody(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        panic = Alarm("gia_cong_an", "panic")
        judge = {"em lỡ chuyển tiền cho họ rồi": panic}.get  # as the shield would
        monkeypatch.setattr(world.bot.brain.shield, "judge", judge)
        async with world.running():
            await world.fake.officer()
            await world.fake.say("em lỡ chuyển tiền cho họ rồi")
            [text] = heads(await world.fake.replies(1))
        assert text == "Làm ngay:"

    async def test_more_harm_is_heard_in_bare_words_where_first_aid_is_open(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def judge(_: str, aid: str | None = None) -> Alarm | None:  # as the shield would «cả mật khẩu nữa»
            return None if aid is None else Alarm("gia_cong_an", "panic")

        monkeypatch.setattr(world.bot.brain.shield, "judge", judge)
        said = "em lỡ chuyển tiền cho họ rồi"
        async with world.running():
            await world.fake.officer()
            await world.fake.say(said)
            await world.fake.replies(1)
            await world.store.save(User("zalo_oa", LAN), Session(about=FIRST_AID), "", Reply(""), world.time.moment())
            await world.fake.say(said)
            assert heads(await world.fake.replies(2)) == [PERSON_ANSWERS, "Làm ngay:"]

    async def test_where_it_is_switched_off_the_bot_goes_on(self, world: World) -> None:
        async with world.running(handover=timedelta(0)):
            await world.fake.officer()
            await world.fake.say("một")
            assert heads(await world.fake.replies(1)) == ["Tôi nghe: một"]

    @pytest.mark.parametrize("sender", [{}, {"admin_id": OA}])
    async def test_what_the_bot_sends_silences_nobody_when_it_comes_back(
        self, world: World, sender: dict[str, str]
    ) -> None:
        world.fake.echoes, world.fake.echo_sender = True, sender
        async with world.running():
            for n in range(3):
                await world.fake.say(f"câu {n}")
                await world.fake.replies(n + 1)
        assert heads([each.text for each in world.fake.sent]) == [f"Tôi nghe: câu {n}" for n in range(3)]


class TestSecrets(Wired):
    async def test_neither_words_nor_tokens_nor_secrets_are_logged(
        self, world: World, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            async with world.running():
                world.fake.failing = ["down", -216, -999]
                await world.fake.say("mật khẩu của tôi là hoa-mai-79")
                await world.fake.replies(1)
                world.fake.codes[LAN] = -230
                await world.fake.say("hoa-mai-79")
                await world.idle()
                await world.fake.post(b'{"hoa-mai-79": 1}', {"X-ZEvent-Signature": "mac=hoa-mai-79"})
        out = capsys.readouterr()
        for secret in ("hoa-mai", "access-", "refresh-", "app-secret", "oa-secret"):
            assert secret not in caplog.text + out.out + out.err
        assert "a message was refused: -230" in caplog.text

    async def test_the_settings_do_not_show_them(self, world: World) -> None:
        async with world.running() as channel:
            shown = repr(channel._settings) + repr(channel._settings.app)
        assert not [each for each in ("app-secret", "oa-secret", "7u0rfF") if each in shown]

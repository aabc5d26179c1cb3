"""What Zalo's error codes mean for a message and for who runs the bot; its pace; what waits and what is dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.channels.zalo_oa_out import EVERYBODY, TRIES
from bot.channels.zalo_oa_wire import RETRY, ZaloOa
from bot.channels.zalo_tokens import Pair, Safe
from bot.message import Choice, Reply, User
from tests.fake_zalo_oa import LAN, MINH, OA, PER_MINUTE
from tests.zalo_oa_channel import KEY, Wired, World, eventually_


def open_in(channel: ZaloOa) -> Callable[[], Awaitable[set[str]]]:
    """What is being answered, a question for `eventually_`."""

    async def found() -> set[str]:
        return set(channel._open)

    return found


def told(world: World) -> Callable[[], Awaitable[list[str]]]:
    """What it has reported, a question for `eventually_`."""

    async def news() -> list[str]:
        return list(world.news)

    return news


class TestCodes(Wired):
    @pytest.mark.parametrize("code", [-213, -218, -227, -230, -232, -234, -244])
    async def test_who_cannot_be_reached_holds_up_nobody_and_is_not_tried_again(self, world: World, code: int) -> None:
        world.fake.codes[LAN] = code
        async with world.running():
            await world.fake.say("một")
            await world.fake.say("hai", MINH)
            await world.fake.replies(1)
            await world.idle()
        assert (world.fake.sent[0].user, world.fake.refusals, world.news) == (MINH, [code], ["ready"])

    @pytest.mark.parametrize(
        ("code", "news"),
        [
            (-211, "quota"),
            (-221, "package"),
            (-224, "package"),
            (-242, "proof"),
            (-248, "policy"),
            (-320, "billing"),
            (-321, "billing"),
        ],
    )
    async def test_what_the_operator_has_to_mend_is_said_once_and_the_message_waits_for_it(
        self, world: World, code: int, news: str
    ) -> None:
        world.fake.codes = {LAN: code, MINH: code}
        async with world.running() as channel:
            await world.fake.say("một")
            await world.fake.say("hai", MINH)
            await world.fake.until(lambda: len(world.fake.refusals) == 2)
            await eventually_(open_in(channel), set())
            assert world.news == ["ready", news]
            assert len(await world.store.pending("zalo_oa")) == 2
            world.fake.codes = {}
            world.time.look(RETRY)
            await world.fake.replies(2)
            await world.idle()
        assert world.news == ["ready", news]  # told again that it is ready within the hour: nobody needs that

    async def test_a_shape_that_is_refused_is_given_up_and_said(self, world: World) -> None:
        world.fake.codes[LAN] = -201
        async with world.running():
            await world.fake.say("một")
            await world.idle()
        assert (world.fake.sent, world.news) == ([], ["ready", "shape"])

    async def test_a_code_that_nobody_knows_is_tried_and_given_up(self, world: World) -> None:
        world.fake.codes[LAN] = -9999
        async with world.running():
            await world.fake.say("một")
            await world.idle()
        assert (world.fake.refusals, world.news) == ([-9999] * TRIES, ["ready", "unknown"])

    async def test_errors_of_the_network_pass(self, world: World) -> None:
        world.fake.failing = ["down", "unreadable", -200]
        async with world.running():
            await world.fake.say("một")
            await world.fake.replies(1)
            await world.idle()
        assert world.fake.failing == []

    async def test_while_zalo_cannot_be_reached_messages_wait_for_a_later_attempt(self, world: World) -> None:
        world.fake.failing = ["down"] * TRIES
        async with world.running() as channel:
            await world.fake.say("một")
            await eventually_(told(world), ["ready", "unreachable"])
            await eventually_(open_in(channel), set())
            world.time.look(RETRY)
            await world.fake.replies(1)
            await world.idle()

    async def test_too_many_at_once_makes_everybody_wait(self, world: World) -> None:
        world.fake.failing = [-32, -32]
        async with world.running():
            begun = world.time.now
            await world.fake.say("một")
            await world.fake.say("hai", MINH)
            await world.fake.replies(2)
        assert {each.user for each in world.fake.sent} == {LAN, MINH}
        assert all(each.at >= begun + 1 for each in world.fake.sent)

    async def test_four_thousand_a_minute_are_never_passed(self, world: World) -> None:
        people = [str(246845883529200000 + n) for n in range(50)]
        async with world.running() as channel:
            begun = world.time.now
            world.fake.failing = [-200] * 10
            await asyncio.gather(*(world.fake.say("alo", person) for person in people))
            await world.fake.replies(len(people))
            taken = channel._pace._next - begun  # seconds of slots, also for what was sent again
        assert taken >= (len(people) + 10) / EVERYBODY
        assert EVERYBODY * 60 < PER_MINUTE

    async def test_a_long_reply_arrives_in_its_order(self, world: World) -> None:
        long = "\n\n".join(f"{n} " + "chữ " * 300 for n in range(5))
        world.bot.answer = lambda *_: Reply(long)  # type: ignore[method-assign]
        async with world.running():
            await world.fake.say("một")
            texts = await world.fake.replies(5)
            assert [text.split()[-301] for text in texts] == ["0", "1", "2", "3", "4"]


class TestTokensOnTheWire(Wired):
    async def test_a_token_that_died_is_renewed_and_the_message_arrives(self, world: World) -> None:
        async with world.running():
            world.fake.access = "another"
            await world.fake.say("một")
            await world.fake.replies(1)
        assert (world.fake.refusals, world.fake.renewals) == ([-216], 1)

    async def test_a_token_that_zalo_will_not_renew_stops_the_channel_until_somebody_logs_in(
        self, world: World
    ) -> None:
        async with world.running() as channel:
            world.fake.access = world.fake.refresh = "another"
            for text in ("một", "hai"):
                await world.fake.say(text)
            await world.fake.until(lambda: world.fake.renewals == 1)
            await eventually_(told(world), ["ready", "refused"])
            await eventually_(open_in(channel), set())
            assert len(await world.store.pending("zalo_oa")) == 2
            pair = Pair("another", "another", world.fake.ends, OA)
            assert await Safe(world.store, KEY).write(pair, await world.store.sealed("zalo_oa.tokens"))
            world.time.look(RETRY)
            await world.fake.replies(2)
            await world.idle()
        assert world.fake.renewals == 1

    async def test_without_a_login_it_says_so_and_keeps_what_comes(self, world: World) -> None:
        async with world.running(login=False) as channel:
            await world.fake.say("một")
            await eventually_(told(world), ["absent"])
            await eventually_(open_in(channel), set())
            await world.login(world.store)
            world.time.look(RETRY)
            await world.fake.replies(1)
            await world.idle()
        assert world.news == ["absent", "ready"]

    async def test_they_are_renewed_two_hours_before_their_end(self, world: World) -> None:
        async with world.running() as channel:
            await world.fake.say("một")
            await world.fake.replies(1)
            world.time.move(hours=23, minutes=1)
            world.time.look(2)
            await world.fake.until(lambda: world.fake.renewals)
            await channel._tokens.close()
            await world.fake.say("hai")
            await world.fake.replies(2)
        assert (world.fake.renewals, world.fake.refusals) == (1, [])


class TestButtons(Wired):
    async def test_a_pressed_button_says_its_choice(self, world: World) -> None:
        async with world.running(buttons=True):
            await world.fake.say("một")
            await world.fake.replies(1)
            payloads = [each["payload"] for each in world.fake.sent[0].buttons]
            assert payloads == ["ask/dang_ky_tam_tru/tong_quan", "cmd/menu"]
            await world.fake.say(payloads[1])
            await world.fake.replies(2)
        assert [(each.text, each.choice) for each in world.bot.heard] == [("một", ""), ("", "cmd/menu")]
        assert world.fake.sent[1].buttons == ()  # seven choices

    async def test_where_zalo_refuses_them_the_numbers_arrive(self, world: World) -> None:
        world.fake.buttons = False
        async with world.running(buttons=True):
            await world.fake.say("một")
            [text] = await world.fake.replies(1)
        assert "1 · Đăng ký tạm trú" in text
        assert (world.fake.refusals, world.news) == ([-210], ["ready"])

    async def test_they_are_off_unless_wanted(self, world: World) -> None:
        world.bot.answer = lambda *_: Reply("Chọn.", (Choice("cmd/menu", "Mục khác"),))  # type: ignore[method-assign]
        async with world.running():
            await world.fake.say("một")
            await world.fake.replies(1)
        assert world.fake.sent[0].buttons == ()
        assert (await world.store.load(User("zalo_oa", LAN), "", world.time.moment())).saved

"""One class of tests over every store: what holds for one holds for its twins."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.message import Reply, User
from bot.session import Session
from bot.store import StaleSession
from bot.store.memory import MemoryStore
from bot.store.open import open_store
from bot.store.sqlite import SqliteStore
from tests.stored import LAN, NOW, REPLY, WALKING, waiting

AnyStore = MemoryStore | SqliteStore


@pytest.fixture(params=["memory:", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AnyStore]:
    url = request.param if request.param == "memory:" else f"sqlite:{tmp_path / 'a' / 'b.db'}"
    async with open_store(url) as opened:
        assert isinstance(opened, AnyStore)
        yield opened


class TestStore:
    async def test_somebody_new_has_an_empty_session(self, store: AnyStore) -> None:
        loaded = await store.load(LAN, "m1", NOW)
        assert loaded.session == Session()
        assert (loaded.saved, loaded.reply) == (None, None)

    async def test_what_was_saved_is_loaded_with_the_next_version(self, store: AnyStore) -> None:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
        loaded = await store.load(LAN, "m2", NOW + timedelta(minutes=1))
        assert loaded.session == replace(WALKING, version=1)
        assert (loaded.saved, loaded.reply) == (NOW, None)

    async def test_people_and_channels_do_not_mix(self, store: AnyStore) -> None:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
        for other in (User("zalo", "lan"), User("web", "minh")):
            loaded = await store.load(other, "m1", NOW)
            assert (loaded.session, loaded.reply) == (Session(), None)

    async def test_a_message_seen_before_has_its_reply_for_48_hours(self, store: AnyStore) -> None:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
        assert (await store.load(LAN, "m1", NOW + timedelta(hours=47, minutes=59))).reply == REPLY
        assert (await store.load(LAN, "m1", NOW + timedelta(hours=48))).reply is None

    async def test_messages_without_an_id_are_never_taken_for_each_other(self, store: AnyStore) -> None:
        await store.save(LAN, WALKING, "", REPLY, NOW)
        assert (await store.load(LAN, "", NOW)).reply is None

    async def test_a_stale_save_writes_nothing(self, store: AnyStore) -> None:
        await store.save(LAN, Session(), "m1", REPLY, NOW)
        for stale in (Session(), Session(version=2)):
            with pytest.raises(StaleSession):
                await store.save(LAN, replace(stale, about="x"), "m2", REPLY, NOW)
        loaded = await store.load(LAN, "m2", NOW)
        assert (loaded.session, loaded.reply) == (Session(version=1), None)

    async def test_of_saves_at_the_same_moment_exactly_one_wins(self, store: AnyStore) -> None:
        async def save(n: int) -> int | None:
            try:
                await store.save(LAN, Session(about=f"s{n}"), f"m{n}", Reply(f"r{n}"), NOW)
            except StaleSession:
                return None
            return n

        [winner] = [n for n in await asyncio.gather(*map(save, range(20))) if n is not None]
        for n in range(20):
            loaded = await store.load(LAN, f"m{n}", NOW)
            assert loaded.session == Session(about=f"s{winner}", version=1)
            assert loaded.reply == (Reply(f"r{winner}") if n == winner else None)

    async def test_a_walk_expires_after_30_days_and_a_new_one_begins(self, store: AnyStore) -> None:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
        later = NOW + timedelta(days=30)
        assert (await store.load(LAN, "m2", later - timedelta(seconds=1))).session.version == 1
        expired = await store.load(LAN, "m2", later)
        assert (expired.session, expired.saved) == (Session(), None)
        await store.save(LAN, expired.session, "m2", REPLY, later)
        with pytest.raises(StaleSession):
            await store.save(LAN, expired.session, "m3", REPLY, later)

    async def test_forgetting_deletes_everything_about_one_person(self, store: AnyStore) -> None:
        minh = User("web", "minh")
        for user in (LAN, minh):
            await store.save(user, WALKING, "m1", REPLY, NOW)
        await store.forget(LAN)
        forgotten, kept = await store.load(LAN, "m1", NOW), await store.load(minh, "m1", NOW)
        assert (forgotten.session, forgotten.saved, forgotten.reply) == (Session(), None, None)
        assert (kept.session.version, kept.reply) == (1, REPLY)

    async def test_forgetting_somebody_forgets_them_in_groups_too_and_nobody_else_there(self, store: AnyStore) -> None:
        gone = [User("telegram", id) for id in ("77", "-100/77", "-200/77")]
        kept = [User("telegram", id) for id in ("-100/78", "-100/177", "177", "-100", "77/5", "7_")] + [
            User("zalo", "77")
        ]
        for user in (*gone, *kept):
            await store.save(user, WALKING, "m1", REPLY, NOW)
        await store.forget(gone[0])
        for user in (*gone, *kept):
            loaded = await store.load(user, "m1", NOW)
            assert (loaded.saved, loaded.reply) == ((None, None) if user in gone else (NOW, REPLY)), user

    async def test_unknown_messages_are_counted_by_day_and_kept_for_90_days(self, store: AnyStore) -> None:
        tomorrow = NOW + timedelta(days=1)
        for text, moment in (("a", NOW), ("b", NOW), ("b", NOW), ("a", tomorrow)):
            await store.record_unknown(text, moment)
        rows = [(tomorrow.date(), "a", 1), (NOW.date(), "b", 2), (NOW.date(), "a", 1)]
        assert await store.unknown() == rows
        await store.purge(NOW + timedelta(days=89))
        assert await store.unknown() == rows
        await store.purge(NOW + timedelta(days=90))
        assert await store.unknown() == rows[:1]

    async def test_unknown_messages_that_were_decided_about_are_gone_of_every_day(self, store: AnyStore) -> None:
        for days, text in ((0, "mua vé số"), (3, "mua vé số"), (3, "mua vé tàu")):
            await store.record_unknown(text, NOW - timedelta(days=days))
        await store.settle_unknown(["mua vé số", "chưa ai hỏi"])
        assert await store.unknown() == [((NOW - timedelta(days=3)).date(), "mua vé tàu", 1)]

    async def test_purging_keeps_what_is_young(self, store: AnyStore) -> None:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
        await store.save(User("web", "minh"), WALKING, "m1", REPLY, NOW + timedelta(days=29))
        await store.purge(NOW + timedelta(days=30))
        assert (await store.load(LAN, "m1", NOW)).session == Session()
        young = await store.load(User("web", "minh"), "m1", NOW + timedelta(days=30))
        assert (young.session.version, young.reply) == (1, REPLY)

    async def test_any_text_can_be_recorded(self, store: AnyStore) -> None:
        await store.record_unknown("\ud800 nửa ký tự \x00", NOW)
        assert await store.accept(waiting("m1", text="\ud800 nửa ký tự \x00"))
        assert (len(await store.unknown()), len(await store.pending("web"))) == (1, 1)

    async def test_what_is_accepted_waits_in_its_order_until_it_is_answered(self, store: AnyStore) -> None:
        first, second = waiting("m2", text="một", note="photo"), waiting("m1", choice="cmd/menu")
        elsewhere = waiting("m1", User("zalo", "lan"), text="ba")
        for each in (first, second, elsewhere):
            assert await store.accept(each)
        assert await store.pending("web") == [first, second]
        await store.answered(LAN, "m2")
        await store.answered(LAN, "never accepted")
        assert (await store.pending("web"), await store.pending("zalo")) == ([second], [elsewhere])

    async def test_a_message_is_accepted_once_also_after_its_answer(self, store: AnyStore) -> None:
        assert await store.accept(waiting("m1", text="một"))
        assert not await store.accept(waiting("m1", text="một"))
        await store.save(LAN, Session(), "m1", REPLY, NOW)
        await store.answered(LAN, "m1")
        assert not await store.accept(waiting("m1", at=NOW + timedelta(hours=47)))
        assert await store.accept(waiting("m1", User("web", "minh")))
        assert await store.accept(waiting("m1", at=NOW + timedelta(hours=48)))

    async def test_of_deliveries_at_the_same_moment_one_is_accepted(self, store: AnyStore) -> None:
        accepted = await asyncio.gather(*(store.accept(waiting("m1", text=str(n))) for n in range(20)))
        assert (sum(accepted), len(await store.pending("web"))) == (1, 1)

    async def test_many_at_the_same_moment_are_accepted_once_each_and_keep_their_order(self, store: AnyStore) -> None:
        people = (LAN, User("web", "minh"))
        await store.save(LAN, Session(), "m8", REPLY, NOW)
        given = [waiting(f"m{n % 250}", people[n % 2], text=f"\ud800 \x00 {n}") for n in range(400)]
        accepted = await asyncio.gather(*map(store.accept, given))
        assert accepted == [n < 250 and n != 8 for n in range(400)]
        kept = [each.incoming.id for each in await store.pending("web")]
        assert kept == [f"m{n}" for n in range(250) if n != 8]

    async def test_what_was_never_answered_is_purged_after_7_days(self, store: AnyStore) -> None:
        await store.accept(waiting("m1"))
        await store.purge(NOW + timedelta(days=7) - timedelta(seconds=1))
        assert len(await store.pending("web")) == 1
        await store.purge(NOW + timedelta(days=7))
        assert await store.pending("web") == []

    async def test_a_conversation_is_handed_over_for_a_while(self, store: AnyStore) -> None:
        assert not await store.handed_over(LAN, NOW)
        for minutes in (5, 30):
            await store.hand_over(LAN, NOW + timedelta(minutes=minutes))
        assert await store.handed_over(LAN, NOW + timedelta(minutes=29))
        assert not await store.handed_over(LAN, NOW + timedelta(minutes=30))
        assert not await store.handed_over(User("zalo", "lan"), NOW)
        await store.purge(NOW + timedelta(minutes=30))
        assert not await store.handed_over(LAN, NOW)

    async def test_forgetting_deletes_what_waits_and_the_handover_in_groups_too(self, store: AnyStore) -> None:
        group, other = User("web", "-1/lan"), User("web", "-1/mai-lan")
        for user in (LAN, group, other):
            await store.accept(waiting("m1", user))
            await store.hand_over(user, NOW + timedelta(minutes=5))
        await store.forget(LAN)
        assert [each.incoming.user for each in await store.pending("web")] == [other]
        assert [await store.handed_over(user, NOW) for user in (LAN, group, other)] == [False, False, True]

    async def test_what_is_sealed_is_replaced_only_by_who_has_read_it(self, store: AnyStore) -> None:
        assert await store.sealed("tokens") is None
        assert not await store.seal("tokens", "x", "y")
        assert await store.seal("tokens", "one", None)
        assert not await store.seal("tokens", "two", None)
        assert await store.seal("tokens", "two", "one")
        assert not await store.seal("tokens", "three", "one")
        assert (await store.sealed("tokens"), await store.sealed("others")) == ("two", None)

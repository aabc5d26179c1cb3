"""One class of tests over every store: what holds for one holds for its twins."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.message import Alarm, Choice, Incoming, Link, Reply, User
from bot.session import Session, Walk
from bot.store import Pending, StaleSession, StoreError
from bot.store.memory import MemoryStore
from bot.store.migrate import migrations
from bot.store.open import open_store
from bot.store.sqlite import SqliteStore

AnyStore = MemoryStore | SqliteStore

NOW = datetime(2026, 11, 25, 8, 30, 0, 123456, tzinfo=UTC)
LAN = User("web", "lan")
REPLY = Reply(
    "Bước 1/8 · Mở VNeID",
    (Choice("cmd/next", "Xong"),),
    (Link("Cổng", "https://dichvucong.gov.vn"),),
    Alarm("gia_cong_an", "scam", ("xưng công an",)),
)
WALKING = Session(
    walk=Walk("dang_ky_tam_tru", ({"o_dau": "thue"}, {"noi_nop": "tren_mang"}), "Mở VNeID"),
    under=Walk("lua_dao"),
    about="dang_ky_tam_tru",
    offered=("cmd/next", "cmd/menu"),
    kept={"tinh": "ho_chi_minh"},
    misses=1,
    seen=("tet",),
)


def waiting(message: str, user: User = LAN, at: datetime = NOW, **said: str) -> Pending:
    return Pending(Incoming(user, said.get("text", ""), said.get("choice", ""), message), at, said.get("note", ""))


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


def tables(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    database.close()
    return sorted(names)


async def damage(path: Path, sql: str, *values: str) -> None:
    with sqlite3.connect(path) as database:
        database.execute(sql, values)
    database.close()


async def test_reopening_keeps_everything(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'motcua.db'}"
    async with open_store(url) as store:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
    async with open_store(url) as store:
        loaded = await store.load(LAN, "m1", NOW)
    assert (loaded.session, loaded.reply) == (replace(WALKING, version=1), REPLY)


async def test_processes_that_open_a_new_file_at_once_agree(tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    stores = await asyncio.gather(*(SqliteStore.open(path) for _ in range(8)))
    results = await asyncio.gather(
        *(store.save(LAN, Session(), "m", Reply(str(n)), NOW) for n, store in enumerate(stores)), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", *["StaleSession"] * 7]
    await asyncio.gather(*(store.close() for store in stores))


async def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    path = tmp_path / "var" / "motcua.db"
    async with open_store(f"sqlite:{path}") as store:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {"motcua.db": 0o600, "motcua.db-wal": 0o600, "motcua.db-shm": 0o600}
    path.chmod(0o644)
    async with open_store(f"sqlite:{path}"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_forgetting_leaves_no_trace_in_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    user = User("telegram", "người-này-7391")
    async with open_store(f"sqlite:{path}") as store:
        for n in range(50):
            await store.save(user, Session(version=n), f"m{n}", REPLY, NOW)
            await store.accept(waiting(f"p{n}", user, text="chờ-trả-lời"))
        await store.hand_over(user, NOW)
        assert user.id.encode() in _bytes(path)
        assert "chờ-trả-lời".encode() in _bytes(path)
        await store.forget(user)
        assert user.id.encode() not in _bytes(path)
        assert "chờ-trả-lời".encode() not in _bytes(path)


async def test_a_database_of_the_first_version_is_brought_up_and_keeps_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    number, sql = migrations()[0]
    database = sqlite3.connect(path)
    database.executescript(f"{sql}; PRAGMA user_version = {number};")
    database.execute("INSERT INTO unknown VALUES ('2026-11-25', 'cũ', 2)")
    database.commit()
    database.close()
    async with open_store(f"sqlite:{path}") as store:
        assert isinstance(store, SqliteStore)
        assert await store.accept(waiting("m1"))
        assert [text for _, text, _ in await store.unknown()] == ["cũ"]


def _bytes(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", "null", '{"walk": 3}', '{"walk": [1], "under": null}', "[" * 9999]
)
async def test_a_row_that_cannot_be_read_is_an_empty_session_and_the_next_save_mends_it(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "motcua.db"
    async with open_store(f"sqlite:{path}") as store:
        await store.save(LAN, WALKING, "m1", REPLY, NOW)
        await damage(path, "UPDATE sessions SET session = ?", text)
        await damage(path, "UPDATE replies SET reply = ?", text)
        loaded = await store.load(LAN, "m1", NOW)
        assert (loaded.session, loaded.saved, loaded.reply) == (Session(version=1), None, None)
        assert caplog.messages
        await store.save(LAN, replace(WALKING, version=1), "m1", REPLY, NOW)
        mended = await store.load(LAN, "m1", NOW)
        assert (mended.session, mended.reply) == (replace(WALKING, version=2), REPLY)


async def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    newer = migrations()[-1][0] + 1
    await damage(path, f"PRAGMA user_version = {newer}")
    with pytest.raises(StoreError, match=f"cấu trúc số {newer}, mới hơn bản Một Cửa này.*cập nhật Một Cửa"):
        await SqliteStore.open(path)
    assert tables(path) == []


async def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "motcua.db"
    await damage(path, "CREATE TABLE replies (mine TEXT)")
    with pytest.raises(StoreError, match="replies already exists"):
        await SqliteStore.open(path)
    assert tables(path) == ["replies"]


def test_migrations_are_numbered_without_gaps() -> None:
    assert [number for number, _ in migrations()] == list(range(1, len(migrations()) + 1))


def _file(path: Path) -> str:
    path.write_bytes(b"x" * 4096)
    return f"sqlite:{path / 'b.db'}"


def _junk(path: Path) -> str:
    path.write_bytes(b"x" * 4096)
    return f"sqlite:{path}"


def _folder(path: Path) -> str:
    path.mkdir()
    return f"sqlite:{path}"


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (_file, "phần thư mục của đường dẫn là một tệp"),
        (_junk, "không phải cơ sở dữ liệu"),
        (_folder, "đó là một thư mục"),
        (lambda _: "sqlite:", "viết «sqlite:"),
        (lambda _: "mysql://x", "viết «sqlite:"),
        (lambda _: "sqlite:/proc/motcua/a.db", "Không mở được nơi lưu"),
    ],
)
async def test_what_cannot_be_opened_is_explained(tmp_path: Path, place: Callable[[Path], str], says: str) -> None:
    opening: Awaitable[object] = open_store(place(tmp_path / "a")).__aenter__()
    with pytest.raises(StoreError, match=says):
        await opening

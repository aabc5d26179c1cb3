"""One message: load → understand → respond → save.

One room: one class, over one store, clock and shield that its tests set.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.content.types import Content, Domain
from bot.engine import MOST_TEXT, TRIES, Bot, Brain, converse, day_of
from bot.message import Alarm, Incoming, Reply, User
from bot.safety.scam import Shield
from bot.session import Session, Walk
from bot.store import Loaded, StaleSession, Store
from bot.store.memory import MemoryStore
from bot.store.open import open_store
from bot.understanding import reading
from bot.understanding.focus import Focus
from bot.understanding.meaning import Ask, Meaning, Unknown, Unsure
from tests.guides import CONTENT, NO_MODEL, RESIDENCE, TODAY, USER, ask

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
OTHER = User("zalo", "minh")
ID, PHONE, ACCOUNT = "079203001234", "0912345678", "19031234567890"
PERSONAL = f"cccd {ID} sđt {PHONE} stk {ACCOUNT} otp 918273"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class FakeShield:
    """Calls «giả» a scam and «lỡ chuyển» panic; remembers what it was shown."""

    seen: list[str] = field(default_factory=list)

    def look(self, text: str, _aid: str | None = None) -> tuple[Alarm | None, bool]:
        self.seen.append(text)
        if "lỡ chuyển" in text:
            return Alarm("gia_cong_an", "panic", ("Đã chuyển tiền",), "chuyen_tien"), False
        return (Alarm("gia_cong_an", "scam", ("Xưng là công an.",)) if "giả" in text else None), False

    def denied(self, text: str) -> frozenset[str] | None:
        return frozenset(("chuyen_tien",)) if text == "chưa chuyển" else None


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Instead of a model: «phí» and «bước» are asked of the guide, «không chắc» is unsure, the rest is not understood."""
    texts: list[str] = []

    def interpret(model: Any, content: Content, text: str, about: str, today: date, **more: Any) -> Meaning:
        texts.append(text)
        if "phí" in text:
            return ask(RESIDENCE.id, "le_phi")
        if "bước" in text:
            return ask(RESIDENCE.id, "cac_buoc", noi_nop="tai_quay")
        return Unsure((RESIDENCE.id, "gia_han")) if "không chắc" in text else Unknown()

    monkeypatch.setattr(reading, "interpret", interpret)
    return texts


@pytest.fixture
def shield() -> FakeShield:
    return FakeShield()


@pytest.fixture
def brain(shield: FakeShield) -> Brain:
    return Brain(CONTENT, NO_MODEL, cast(Shield, shield), Focus(CONTENT))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def bot(brain: Brain, store: MemoryStore, clock: Clock) -> Bot:
    return Bot(brain, store, clock)


async def session(store: Store, user: User = USER, now: datetime = NOW) -> Session:
    return (await store.load(user, "", now)).session


def said(text: str, id: str = "", user: User = USER) -> Incoming:
    return Incoming(user, text, id=id)


def pressed(choice: str, id: str = "") -> Incoming:
    return Incoming(USER, "", choice, id)


async def test_a_message_is_answered_and_the_session_saved(bot: Bot, store: MemoryStore) -> None:
    reply = await bot.handle(said("phí bao nhiêu", "m1"))
    assert reply.text.startswith("Số tiền · Đăng ký tạm trú:")
    after = await session(store)
    assert (after.walk, after.about, after.version) == (Walk(RESIDENCE.id, ({},)), RESIDENCE.id, 1)
    assert after.offered == tuple(each.id for each in reply.choices)


async def test_people_do_not_mix(bot: Bot, store: MemoryStore) -> None:
    await bot.handle(said("chỉ từng bước"))
    await bot.handle(said("xin chào ạ", user=OTHER))
    assert (await session(store)).walk
    assert (await session(store, OTHER)).walk is None


class TestSameMessage:
    async def test_a_message_id_seen_before_gets_the_same_reply_and_changes_nothing(
        self, bot: Bot, store: MemoryStore, heard: list[str]
    ) -> None:
        await bot.handle(said("chỉ từng bước", "m1"))
        first = await bot.handle(pressed("at/next/dang_ky_tam_tru/1", "m2"))
        before = await session(store)
        assert await bot.handle(pressed("at/next/dang_ky_tam_tru/1", "m2")) == first
        assert await bot.handle(said("something else", "m2")) == first
        assert await session(store) == before
        assert heard == ["chỉ từng bước"]

    async def test_messages_without_an_id_are_all_new(self, bot: Bot, store: MemoryStore) -> None:
        await bot.handle(said("chỉ từng bước"))
        for _ in range(2):
            await bot.handle(said("xong"))
        assert (await session(store)).walk == Walk(RESIDENCE.id, ({"noi_nop": "tai_quay"},), "*")

    async def test_after_two_days_it_is_a_new_message(self, bot: Bot, store: MemoryStore, clock: Clock) -> None:
        await bot.handle(said("chỉ từng bước", "m1"))
        clock.now += timedelta(hours=48)
        await bot.handle(said("phí", "m1"))
        assert (await session(store, now=clock.now)).version == 2


@dataclass
class Slow(MemoryStore):
    """Lets others run between load and save, and counts who is inside."""

    inside: int = 0
    most: int = 0

    def __post_init__(self) -> None:
        MemoryStore.__init__(self)

    async def load(self, user: User, message_id: str, now: datetime) -> Loaded:
        found = await super().load(user, message_id, now)
        self.inside += 1
        self.most = max(self.most, self.inside)
        await asyncio.sleep(0)
        return found

    async def save(self, user: User, session: Session, message_id: str, reply: Reply, now: datetime) -> None:
        await asyncio.sleep(0)
        self.inside -= 1
        await super().save(user, session, message_id, reply, now)


class Contested(MemoryStore):
    """Another process saves first, a given number of times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    async def save(self, user: User, session: Session, message_id: str, reply: Reply, now: datetime) -> None:
        if self.times:
            self.times -= 1
            await super().save(user, replace(session, misses=7), "", Reply("other"), now)
        await super().save(user, session, message_id, reply, now)


class TestAtOnce:
    async def test_messages_of_one_person_are_answered_one_after_the_other(self, brain: Brain) -> None:
        store = Slow()
        bot = Bot(brain, store, lambda: NOW)
        await bot.handle(said("chỉ từng bước"))
        await asyncio.gather(*(bot.handle(said("xong")) for _ in range(2)))
        assert (await session(store)).walk == Walk(RESIDENCE.id, ({"noi_nop": "tai_quay"},), "*")
        assert store.most == 1

    async def test_messages_of_different_persons_do_not_wait_for_each_other(self, brain: Brain) -> None:
        store = Slow()
        bot = Bot(brain, store, lambda: NOW)
        await asyncio.gather(*(bot.handle(said("phí", user=User("web", str(n)))) for n in range(5)))
        assert store.most == 5

    async def test_the_same_message_twice_at_once_is_answered_once(self, brain: Brain, heard: list[str]) -> None:
        bot = Bot(brain, MemoryStore(), lambda: NOW)
        one, other = await asyncio.gather(*(bot.handle(said("phí", "m1")) for _ in range(2)))
        assert one == other
        assert len(heard) == 1

    async def test_a_session_saved_by_another_process_is_loaded_again_and_the_message_redone(
        self, brain: Brain
    ) -> None:
        store = Contested(3)
        reply = await Bot(brain, store, lambda: NOW).handle(said("phí", "m1"))
        assert (await session(store)).version == 4
        assert (await store.load(USER, "m1", NOW)).reply == reply

    async def test_a_message_that_always_loses_is_given_up(self, brain: Brain) -> None:
        with pytest.raises(StaleSession):
            await Bot(brain, Contested(TRIES), lambda: NOW).handle(said("phí"))

    async def test_nobody_waits_for_ever_after_a_failure(self, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "interpret", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await bot.handle(said("hỏng"))
        assert (await bot.handle(said("0"))).choices
        assert not bot._locks


class TestForgetting:
    async def test_everything_about_a_person_is_deleted_and_nothing_of_others(
        self, bot: Bot, store: MemoryStore
    ) -> None:
        await bot.handle(said("chỉ từng bước", "m1"))
        await bot.handle(said("phí", "m1", OTHER))
        reply = await bot.handle(said("xóa dữ liệu", "m2"))
        assert reply.text.startswith("Đã xóa hết những gì tôi nhớ")
        for id in ("", "m1", "m2"):
            assert await store.load(USER, id, NOW) == Loaded(Session(), None, None)
        assert (await store.load(OTHER, "m1", NOW)).reply

    async def test_the_next_message_begins_anew(self, bot: Bot, store: MemoryStore) -> None:
        await bot.handle(said("chỉ từng bước"))
        await bot.handle(pressed("cmd/forget"))
        await bot.handle(said("phí"))
        assert (await session(store)).version == 1


class TestNotUnderstood:
    async def test_only_what_was_not_understood_is_kept_without_what_is_personal(
        self, bot: Bot, store: MemoryStore
    ) -> None:
        for text in ("blabla " + ID, "không chắc lắm", "phí", "0", "7", "tin giả " + ID, "xong", " "):
            await bot.handle(said(text))
        await bot.handle(pressed("hack"))
        kept = {text for _, text, _ in await store.unknown()}
        assert kept == {"blabla [số định danh]", "không chắc lắm"}

    async def test_it_can_be_switched_off(self, brain: Brain, store: MemoryStore) -> None:
        await Bot(brain, store, lambda: NOW, keep_unknown=False).handle(said("blabla"))
        assert await store.unknown() == []

    async def test_a_message_sent_again_is_kept_once(self, bot: Bot, store: MemoryStore) -> None:
        for _ in range(3):
            await bot.handle(said("blabla", "m1"))
        assert [n for _, _, n in await store.unknown()] == [1]

    async def test_of_a_very_long_message_only_the_beginning_is_read_and_kept(
        self, bot: Bot, store: MemoryStore, heard: list[str]
    ) -> None:
        await bot.handle(said("bla " * MOST_TEXT))
        assert [len(text) for _, text, _ in await store.unknown()] == [MOST_TEXT]
        assert [len(text) for text in heard] == [MOST_TEXT]


class TestSilence:
    async def test_until_twelve_hours_later_the_walk_goes_on(self, bot: Bot, clock: Clock) -> None:
        await bot.handle(said("chỉ từng bước"))
        clock.now += timedelta(hours=11, minutes=59)
        assert (await bot.handle(said("xong"))).text.startswith("Bước 2/2")

    async def test_after_twelve_hours_it_waits_below_and_is_offered(
        self, bot: Bot, store: MemoryStore, clock: Clock
    ) -> None:
        await bot.handle(said("chỉ từng bước"))
        walk = (await session(store)).walk
        clock.now += timedelta(hours=12)
        reply = await bot.handle(said("không chắc"))
        assert "bước" not in reply.text
        after = await session(store, now=clock.now)
        assert (after.walk, after.under) == (None, walk)
        reply = await bot.handle(said("0"))
        assert [each.label for each in reply.choices][-1] == "Làm tiếp: Đăng ký tạm trú"
        assert "Bước 1/2" in (await bot.handle(pressed("cmd/resume"))).text

    async def test_old_numbers_mean_nothing_then_but_a_button_of_the_step_goes_on(self, bot: Bot, clock: Clock) -> None:
        await bot.handle(said("chỉ từng bước"))
        clock.now += timedelta(days=2)
        assert (await bot.handle(said("1"))).text.startswith("Chưa có mục nào để chọn bằng số.")
        assert (await bot.handle(pressed("at/next/dang_ky_tam_tru/1"))).text.startswith("Bước 2/2")

    async def test_after_thirty_days_nothing_is_left(self, bot: Bot, clock: Clock) -> None:
        await bot.handle(said("chỉ từng bước"))
        clock.now += timedelta(days=30)
        reply = await bot.handle(said("0"))
        assert "Làm tiếp: Đăng ký tạm trú" not in [each.label for each in reply.choices]


class TestAlarms:
    async def test_a_message_is_judged_as_it_was_written(self, bot: Bot, shield: FakeShield) -> None:
        reply = await bot.handle(said("công an giả xin " + PERSONAL))
        assert shield.seen == ["công an giả xin " + PERSONAL]
        assert reply.alarm == Alarm("gia_cong_an", "scam", ("Xưng là công an.",))

    async def test_a_pressed_choice_is_not_judged(self, bot: Bot, shield: FakeShield) -> None:
        await bot.handle(Incoming(USER, "công an giả", "cmd/menu"))
        assert shield.seen == []

    async def test_panic_says_what_harm_was_done_and_keeps_the_walk_below(self, bot: Bot, store: MemoryStore) -> None:
        await bot.handle(said("chỉ từng bước"))
        walk = (await session(store)).walk
        reply = await bot.handle(said("em lỡ chuyển 20tr rồi"))
        assert reply.text.startswith("Làm ngay:")
        after = await session(store)
        assert (after.walk, after.under) == (Walk("lua_dao", ({"chuyen_gi": "chuyen_tien"},)), walk)

    @pytest.fixture(params=["memory:", "sqlite"])
    async def any_store(self, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
        async with open_store(request.param if request.param == "memory:" else f"sqlite:{tmp_path / 'b.db'}") as opened:
            yield opened

    async def test_nothing_personal_that_was_written_is_stored(
        self, any_store: Store, clock: Clock, tmp_path: Path
    ) -> None:
        """With the real shield: its reasons are shown and kept with the reply."""
        watched = {"vneid.gov.vn": Domain("vneid.gov.vn", "Bộ Công an", TODAY)}
        bot = Bot(Brain.of(replace(CONTENT, domains=watched, watch=("vneid",)), NO_MODEL), any_store, clock)
        link = f"http://vneid-{ID}.example.com/{PHONE}?stk={ACCOUNT}"
        texts = ("", "công an giả bảo ", "em lỡ chuyển tiền rồi ", "không chắc ", "phí ", "chỉ từng bước ", f"{link} ")
        for n, text in enumerate(texts):
            await bot.handle(said(text + PERSONAL, f"m{n}"))
            await bot.handle(said(text + link, f"n{n}"))
        stored = _bytes(any_store, tmp_path)
        assert b"m1" in stored
        assert b"vneid" in stored
        for secret in (ID, PHONE, ACCOUNT, "918273"):
            assert secret.encode() not in stored


def _bytes(store: Store, folder: Path) -> bytes:
    held = repr(vars(store)).encode() if isinstance(store, MemoryStore) else b""
    return held + b"".join(path.read_bytes() for path in sorted(folder.glob("*")))


class TestConverse:
    def test_the_day_is_that_of_viet_nam(self) -> None:
        assert day_of(datetime(2026, 11, 24, 17, 0, tzinfo=UTC)) == TODAY
        assert day_of(datetime(2026, 11, 24, 16, 59, tzinfo=UTC)) == date(2026, 11, 24)

    def test_a_conversation_needs_neither_clock_nor_store(self, brain: Brain) -> None:
        turn = converse(brain, Session(), said("phí"), TODAY)
        assert isinstance(turn.meaning, Ask)
        assert turn.session.about == RESIDENCE.id
        assert converse(brain, Session(), said("phí"), TODAY) == turn

    def test_content_that_changes_meanwhile_is_used_from_the_next_message_on(self, bot: Bot, brain: Brain) -> None:
        bot.brain = replace(brain, content=replace(CONTENT, guides={"gia_han": CONTENT.guides["gia_han"]}))
        assert asyncio.run(bot.handle(said("phí"))).text.startswith("Xin chào anh/chị.")

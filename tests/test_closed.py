"""While an operator has switched the bot off: what every channel says, what goes on, and what comes back with «on»."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels.limits import Rate
from bot.channels.server import ServerSettings, create_app
from bot.content.types import Content, SmallTalk
from bot.dialogue.closed import gets_through, text
from bot.dialogue.say import Say
from bot.engine import Bot, Brain
from bot.message import Alarm, Incoming, Reply
from bot.safety.scam import Shield
from bot.session import Session, Walk
from bot.store.memory import MemoryStore
from bot.store.switch import MOST, Switch
from bot.understanding import reading
from bot.understanding.focus import Focus
from bot.understanding.meaning import Answer, Ask, Command, Meaning, Unknown
from tests.fake_telegram import LAN, FakeTelegram
from tests.guides import CONTENT, NO_MODEL, RESIDENCE, TODAY, USER, ask
from tests.telegram_channel import Time, Wired, payload, running

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
FREE = ServerSettings(session_rate=Rate(0, 1), address_rate=Rate(0, 1))
OFF = "Trợ lý đang tạm nghỉ"
WHY = "Đang sửa mức phí"
COMFORT = SmallTalk("tu_hai", ("tôi muốn chết",), "Tôi rất tiếc. Gọi ngay một người thân.")
TALK = replace(
    CONTENT, small_talk={**CONTENT.small_talk, COMFORT.id: COMFORT}, panic={"chuyen_tien": ("lỡ chuyển tiền",)}
)


@pytest.fixture(autouse=True)
def _heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of a model: «phí» and «bước» are asked of a guide, the rest is not understood."""

    def interpret(model: Any, content: Content, said: str, *_: Any, **more: Any) -> Meaning:
        if "phí" in said:
            return ask(RESIDENCE.id, "le_phi")
        return ask(RESIDENCE.id, "cac_buoc", noi_nop="tai_quay") if "bước" in said else Unknown()

    monkeypatch.setattr(reading, "interpret", interpret)


@pytest.fixture
def switch(tmp_path: Path) -> Switch:
    return Switch(tmp_path / "var" / "tam_dung.txt")


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def bot(switch: Switch, store: MemoryStore) -> Bot:
    brain = Brain(TALK, NO_MODEL, Shield(TALK), Focus(TALK))
    return Bot(brain, store, lambda: NOW, closed=switch.reason)


@pytest.fixture
async def http(bot: Bot) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(bot, FREE), client=("198.51.100.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def said(bot: Bot, words: str = "", choice: str = "", id: str = "") -> Reply:
    return await bot.handle(Incoming(USER, words, choice, id))


class TestSwitch:
    def test_it_is_on_until_it_is_off_and_says_why(self, switch: Switch) -> None:
        assert switch.reason() is None
        switch.turn_off("  Đang sửa\n mức phí ")
        assert switch.reason() == "Đang sửa mức phí"
        assert Switch(switch.path).reason() == "Đang sửa mức phí"
        switch.turn_off("lý do khác")
        assert switch.reason() == "lý do khác"
        assert [path.name for path in switch.path.parent.iterdir()] == ["tam_dung.txt"]
        assert switch.turn_on()
        assert switch.reason() is None
        assert not switch.turn_on()

    def test_a_file_made_by_hand_counts_whatever_is_in_it(self, switch: Switch) -> None:
        switch.path.parent.mkdir()
        switch.path.touch()
        assert switch.reason() == ""
        switch.path.write_bytes(b"\xff" + b"a" * 9999)
        assert len(switch.reason() or "") == MOST

    def test_what_cannot_be_read_is_off(self, switch: Switch) -> None:
        switch.path.mkdir(parents=True)
        assert switch.reason() == ""


class TestConversation:
    async def test_every_message_gets_the_reason_and_the_hotlines_at_once(self, bot: Bot, switch: Switch) -> None:
        assert "Số tiền" in (await said(bot, "phí bao nhiêu")).text
        switch.turn_off(f"{WHY}.")
        for words, choice in (
            ("phí bao nhiêu", ""),
            ("0", ""),
            ("", "cmd/menu"),
            ("TT04", ""),
            ("alo", ""),
            ("help", ""),
        ):
            reply = await said(bot, words, choice)
            assert reply.text.startswith(OFF)
            assert f"Lý do: {WHY}.\n" in reply.text
            assert "Cảnh sát 113: Gọi 113" in reply.text
            assert [each.label for each in reply.choices] == ["Nghi bị lừa đảo"]
        switch.turn_on()
        assert "Số tiền" in (await said(bot, "phí bao nhiêu")).text

    async def test_the_walk_is_where_it_was_when_it_is_on_again(
        self, bot: Bot, switch: Switch, store: MemoryStore
    ) -> None:
        await said(bot, "chỉ từng bước")
        before = (await store.load(USER, "", NOW)).session
        switch.turn_off(WHY)
        assert (await said(bot, "xong")).text.startswith(OFF)
        after = (await store.load(USER, "", NOW)).session
        assert (after.walk, after.about) == (before.walk, before.about)
        switch.turn_on()
        assert (await said(bot, "xong")).text.startswith("Bước 2/2")

    async def test_first_aid_goes_on_to_its_end(self, bot: Bot, switch: Switch) -> None:
        switch.turn_off(WHY)
        reply = await said(bot, "em lỡ chuyển tiền cho nó rồi")
        assert reply.text.startswith("Làm ngay:")
        assert reply.alarm is not None
        assert "Bước" in (await said(bot, "xong")).text
        assert OFF in (await said(bot, "phí bao nhiêu")).text
        assert "Bước" in (await said(bot, "xong")).text
        assert OFF in (await said(bot, "0")).text

    async def test_its_number_and_its_button_open_first_aid(self, bot: Bot, switch: Switch) -> None:
        switch.turn_off(WHY)
        reply = await said(bot, "phí")
        assert "Đã xảy ra chuyện gì?" in (await said(bot, choice=reply.choices[0].id)).text
        await said(bot, "phí")
        assert "Đã xảy ra chuyện gì?" in (await said(bot, "1")).text

    async def test_data_can_be_deleted(self, bot: Bot, switch: Switch, store: MemoryStore) -> None:
        await said(bot, "chỉ từng bước", id="m1")
        switch.turn_off(WHY)
        assert (await said(bot, "xóa dữ liệu")).text.startswith("Đã xóa hết")
        assert (await store.load(USER, "m1", NOW)).saved is None

    @pytest.mark.parametrize(
        ("meaning", "through"),
        [
            (Alarm("x", "panic"), True),
            (Alarm("x", "scam"), False),
            (Alarm("x", "suspicious", despair=True), True),
            (Ask("tu_hai"), True),
            (Ask("lua_dao", ("noi_nop",)), True),
            (Ask("gia_cong_an"), False),
            (Answer("lua_dao", "chuyen_gi", "dua_otp"), True),
            (Answer("dang_ky_tam_tru", "cho_o", "thue"), False),
            (Command("forget"), True),
            (Command("menu"), False),
            (Command("next"), False),
        ],
    )
    def test_what_gets_through(self, meaning: Meaning, through: bool) -> None:
        assert gets_through(meaning, Session()) is through

    def test_steps_get_through_in_first_aid_alone(self) -> None:
        assert gets_through(Command("next"), Session(walk=Walk("lua_dao")))
        assert not gets_through(Command("next"), Session(walk=Walk("dang_ky_tam_tru")))
        assert not gets_through(Command("menu"), Session(walk=Walk("lua_dao")))

    def test_without_a_reason_none_is_said(self) -> None:
        assert "Lý do" not in text(Say(TALK, TODAY), "")
        assert "Lý do: {x}" in text(Say(TALK, TODAY), "{x}")


class TestWeb:
    async def test_the_page_greets_with_the_reason_at_once_and_with_the_menu_when_it_is_on_again(
        self, http: httpx.AsyncClient, switch: Switch
    ) -> None:
        assert OFF not in (await http.get("/")).text
        switch.turn_off(WHY)
        for path in ("/", "/g/TT04"):
            page = await http.get(path)
            assert page.status_code == 200
            assert OFF in page.text
            assert WHY in page.text
        switch.turn_off("lý do khác")
        assert "lý do khác" in (await http.get("/")).text
        switch.turn_on()
        assert OFF not in (await http.get("/")).text

    async def test_messages_and_the_plain_form_are_answered_with_it(
        self, http: httpx.AsyncClient, switch: Switch
    ) -> None:
        switch.turn_off("<b>sửa</b>")
        answer = (await http.post("/api/messages", json={"id": "m1", "text": "phí bao nhiêu"})).json()
        assert answer["reply"]["text"].startswith(OFF)
        assert [each["n"] for each in answer["reply"]["choices"]] == ["1"]
        form = {"session": "", "id": "m1", "text": "phí bao nhiêu", "opened": "cmd/menu"}
        page = await http.post("/", data=form)
        assert OFF in page.text
        assert "<b>sửa</b>" not in page.text
        assert "&lt;b&gt;sửa" in page.text

    async def test_first_aid_is_still_there(self, http: httpx.AsyncClient, switch: Switch) -> None:
        switch.turn_off(WHY)
        answer = (await http.post("/api/messages", json={"id": "m1", "text": "em lỡ chuyển tiền rồi"})).json()
        assert answer["reply"]["text"].startswith("Làm ngay:")
        assert answer["alarm"]["level"] == "panic"
        assert OFF not in (await http.get("/g/LD01")).text

    @pytest.mark.parametrize("path", ["/api/guides", "/api/guides/dang_ky_tam_tru", "/api/check"])
    async def test_data_is_refused_with_the_reason(self, http: httpx.AsyncClient, switch: Switch, path: str) -> None:
        async def ask() -> httpx.Response:
            return await (http.post(path, json={"text": "alo"}) if path == "/api/check" else http.get(path))

        assert (await ask()).status_code == 200
        switch.turn_off(WHY)
        response = await ask()
        assert (response.status_code, response.json()["type"]) == (503, "/docs#closed")
        assert WHY in response.json()["detail"]
        assert response.headers["cache-control"] == "no-store"

    async def test_a_pasted_message_is_judged_only_when_harm_was_done(
        self, http: httpx.AsyncClient, switch: Switch
    ) -> None:
        switch.turn_off(WHY)
        assert OFF in (await http.get("/kiem-tra")).text
        refused = await http.post("/kiem-tra", data={"text": "alo"})
        assert (refused.status_code, OFF in refused.text) == (503, True)
        panic = "em lỡ chuyển tiền rồi"
        assert (await http.post("/api/check", json={"text": panic})).json()["level"] == "panic"
        helped = await http.post("/kiem-tra", data={"text": panic})
        assert (helped.status_code, OFF in helped.text) == (200, False)

    async def test_health_says_so_and_stays_200(self, http: httpx.AsyncClient, switch: Switch) -> None:
        assert "reason" not in (await http.get("/health")).json()
        switch.turn_off(WHY)
        health = await http.get("/health")
        assert (health.status_code, health.json()["status"], health.json()["reason"]) == (200, "off", WHY)


class TestTelegram(Wired):
    async def test_words_pictures_and_buttons_are_answered_with_it_and_first_aid_goes_on(
        self, mode: str, fake: FakeTelegram, time: Time, bot: Bot, switch: Switch
    ) -> None:
        async with running(mode, fake, time, bot):
            await fake.say("phí bao nhiêu")
            assert "Số tiền" in (await fake.replies(1))[0]
            switch.turn_off(WHY)
            await fake.say("phí bao nhiêu")
            await fake.deliver("message", payload("voice") | {"chat": fake.chat(LAN)})
            await fake.press(fake.sent[0], "cmd/menu")
            await fake.say("em lỡ chuyển tiền rồi")
            *closed, aid = (await fake.replies(5))[1:]
            switch.turn_on()
            await fake.say("phí bao nhiêu")
            again = (await fake.replies(6))[5]
            await fake.idle()
        assert [each.startswith(OFF) and WHY in each for each in closed] == [True] * 3
        assert aid.startswith("Làm ngay:")
        assert "Số tiền" in again

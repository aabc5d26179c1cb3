"""The actions for Rasa: read from recorded calls, run in process, silent about what was sent when they fail."""

from __future__ import annotations

import pickle
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.message import Choice, Incoming, Link, Reply, User
from bot.rasa_names import ANSWER, CHOICE, JUDGE, PRESSED
from tests.checked_content import CALM, PAID, SCAM, checking_bot
from tests.conformance.world import World, understood
from tests.guides import CONTENT, SENTENCES
from tests.rasa_calls import PERSONAL, SKIPPED, WHY, Json, call, recorded

if SKIPPED:
    pytest.skip(WHY, allow_module_level=True)

from rasa_sdk import Tracker
from rasa_sdk.endpoint import create_app_for_serve
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.channels import rasa, rasa_server
from bot.channels.ports import listen
from bot.channels.rasa import ActionMotCua, ActionMotCuaKiemTra, Engine, read, show


def tracker(text: str, **more: Any) -> Tracker:
    return Tracker.from_dict(call(text, **more)["tracker"])


def engine(bot: Any) -> Engine:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Any]:
        yield bot

    return Engine(opened)


async def said(action: Any, text: str, **more: Any) -> Json:
    """The one response of an action that is run in process."""
    dispatcher = CollectingDispatcher()
    assert await action.run(dispatcher, tracker(text, **more), {}) == []
    [response] = dispatcher.messages
    return dict(response)


# what was said


@pytest.mark.parametrize(
    ("name", "text", "choice"),
    [("text", "thue tro dk tam tru het bao nhieu", ""), ("button", "", "ask/dang_ky_tam_tru/cac_buoc")],
)
def test_a_recorded_call_is_read(name: str, text: str, choice: str) -> None:
    found = recorded(name)["tracker"]
    id = found["latest_message"]["message_id"]
    assert read(Tracker.from_dict(found), CONTENT) == Incoming(User("rasa", "lan"), text, choice, id)


@pytest.mark.parametrize(
    ("said", "text", "choice"),
    [
        ("lệ phí bao nhiêu", "lệ phí bao nhiêu", ""),
        ("2", "2", ""),
        ("", "", "cmd/menu"),
        ("/mot_cua_dang_ky_tam_tru", "", "ask/dang_ky_tam_tru/tong_quan"),
        ("/TT04", "", "ask/dang_ky_tam_tru/tong_quan"),
        ("/greet", "", "cmd/menu"),
        ('/greet@0.9{"name": "Lan"}', "", "cmd/menu"),
        (f'/{PRESSED}@1.0{{"{CHOICE}": "cmd/back"}}', "", "cmd/back"),
        (f"/{PRESSED}{{không phải JSON}}", "", "cmd/menu"),
        (f"/{PRESSED}{{}}", "", "cmd/menu"),
        ("/ tạm trú hết bao nhiêu", "/ tạm trú hết bao nhiêu", ""),
        ("/tạm trú", "/tạm trú", ""),
    ],
)
def test_what_is_meant(said: str, text: str, choice: str) -> None:
    found = read(tracker(said), CONTENT)
    assert (found.text, found.choice) == (text, choice)


def test_a_message_without_an_id_is_answered_each_time() -> None:
    found = tracker("1")
    del found.latest_message["message_id"]
    assert read(found, CONTENT).id == ""


# what is shown


def test_a_reply_is_one_text_with_its_links_and_numbers_and_buttons_that_come_back_as_they_are() -> None:
    offered = (Choice("ask/ho_chieu/le_phi?cho_ai=tre", "Cho trẻ"), Choice("cmd/menu", "Mục khác"))
    shown = show(Reply("200.000 đồng", offered, (Link("Cổng", "https://dichvucong.gov.vn"),)))
    assert shown["text"] == "200.000 đồng\n\nCổng: https://dichvucong.gov.vn\n\n1 · Cho trẻ\n0 · Mục khác"
    assert [each["title"] for each in shown["buttons"]] == ["1 · Cho trẻ", "0 · Mục khác"]
    assert [read(tracker(each["payload"]), CONTENT).choice for each in shown["buttons"]] == [
        each.id for each in offered
    ]


# in process


async def test_a_walk_is_kept_for_each_sender() -> None:
    action = ActionMotCua(engine(World().engine()))
    with understood():
        opened = await said(action, "/mot_cua_xay_nha", id="1")
        steps = next(each["payload"] for each in opened["buttons"] if SENTENCES["nut_cac_buoc"] in each["title"])
        assert "Xây ở đâu?" in (await said(action, steps, id="2"))["text"]
        assert "Vẽ nhà" not in (await said(action, "1", who="huệ", id="3"))["text"]
        assert "Vẽ nhà" in (await said(action, "1", id="4"))["text"]


async def test_an_action_run_twice_for_a_message_answers_the_same_and_moves_nothing() -> None:
    bot = checking_bot()
    action = ActionMotCua(engine(bot))
    assert await said(action, "1", id="x") == await said(action, "1", id="x")
    assert len(bot.heard) == 1


async def test_a_scam_is_judged_with_its_links_and_leads_to_first_aid() -> None:
    response = await said(ActionMotCuaKiemTra(engine(checking_bot())), SCAM)
    assert response["text"].startswith(f"{SENTENCES['dau_lua_dao']}\nGần giống thủ đoạn: Giả công an.\n\nVì sao\n• ")
    assert "• Giả mạo: vneid-capnhat.top. " in response["text"]
    assert f"\n\n{SENTENCES['xet_lam_gi']}\n" in response["text"]
    assert [read(tracker(each["payload"]), CONTENT).choice for each in response["buttons"]] == ["ask/lua_dao/tong_quan"]


async def test_who_lost_money_is_told_what_to_do_now_and_need_not_tell_it_again() -> None:
    response = await said(ActionMotCuaKiemTra(engine(checking_bot())), PAID)
    assert "Gọi ngân hàng" in response["text"]
    assert "chuyen_gi=chuyen_tien" in response["buttons"][0]["payload"]


async def test_what_is_judged_is_not_kept_and_silence_is_asked_for_words() -> None:
    bot = checking_bot()
    action = ActionMotCuaKiemTra(engine(bot))
    assert SENTENCES["xet_khong_thay"] in (await said(action, CALM))["text"]
    assert (await said(action, "/mot_cua_kiem_tra"))["text"].startswith(SENTENCES["xet_dan_tin"])
    assert bot.heard == []


async def test_while_the_bot_is_off_only_the_urgent_is_judged() -> None:
    bot = checking_bot()
    bot.closed = lambda: "đang sửa"
    action = ActionMotCuaKiemTra(engine(bot))
    assert "đang sửa" in (await said(action, CALM))["text"]
    assert "đang sửa" in (await said(action, "/mot_cua_kiem_tra"))["text"]
    assert "Gọi ngân hàng" in (await said(action, PAID))["text"]


async def test_an_error_is_said_in_a_sentence_and_logged_without_a_word_of_the_citizen(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(incoming: Incoming) -> Reply:
        raise RuntimeError(incoming.text)

    bot = checking_bot()
    bot.handle = broken  # type: ignore[method-assign]
    response = await said(ActionMotCua(engine(bot)), PERSONAL)
    assert response["text"] == SENTENCES["web_loi"]
    assert "RuntimeError" in caplog.text
    assert "Bưởi" not in caplog.text


async def test_without_content_or_store_the_action_is_rejected_by_its_name_only(
    caplog: pytest.LogCaptureFixture,
) -> None:
    @asynccontextmanager
    async def broken() -> AsyncIterator[Any]:
        raise OSError("/nơi/lưu")
        yield

    with pytest.raises(ActionExecutionRejection) as rejected:
        await said(ActionMotCua(Engine(broken)), PERSONAL)
    assert rejected.value.__cause__ is None
    assert ANSWER in str(rejected.value)
    assert "OSError" in caplog.text
    assert "Bưởi" not in caplog.text + str(rejected.value)


@pytest.mark.usefixtures("brain")
async def test_another_action_server_takes_both_in_and_the_environment_says_where_they_keep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MOTCUA_STORE", "memory:")
    monkeypatch.setattr(rasa, "ENGINE_OF_PROCESS", Engine())
    executor = ActionExecutor()
    executor.register_package("bot.channels.rasa")
    assert {ANSWER, JUDGE} <= set(executor.actions)
    try:
        found = await executor.run(call("đăng ký tạm trú hết bao nhiêu tiền"))
        assert found is not None
        assert "7.000 đồng" in found.responses[0]["text"]
        assert found.events == []
        copied = pickle.loads(pickle.dumps(executor))  # noqa: S301 - as rasa-sdk sends it to its workers
        assert (await copied.run(call("menu"))).responses
    finally:
        await rasa.ENGINE_OF_PROCESS.close()


async def test_another_action_server_closes_the_store_when_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []

    @asynccontextmanager
    async def opened() -> AsyncIterator[Any]:
        yield checking_bot()
        closed.append(True)

    monkeypatch.setattr(rasa, "ENGINE_OF_PROCESS", Engine(opened))
    rasa_server.Sanic._app_registry.clear()
    app = create_app_for_serve(ActionExecutor())
    app.config.TOUCHUP = False
    with listen("127.0.0.1", 0) as listener:
        server = await app.create_server(sock=listener, return_asyncio_server=True)
        await server.startup()
        await said(ActionMotCua(), "xin chào")
        await server.after_stop()
    assert closed == [True]

"""/kiem-tra and POST /api/check: the same verdict for people and programs; nothing pasted is kept, logged or shown unmasked."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.assets import Assets
from bot.channels.check import pasted_text
from bot.channels.guard import PROBLEMS
from bot.channels.limits import Rate
from bot.channels.server import ServerSettings, create_app
from bot.dialogue.checking import check
from tests.checked_content import CALM, CHECKED, PAID, SCAM, checking_bot
from tests.guides import SENTENCES
from tests.test_server import FREE, client
from tests.web_bot import TestBot

BROWSER = {"Accept": "text/html,*/*"}
SECRETS = ("0912345678", "001099012345", "lan.nguyen@gmail.com", "482913", "4111 1111 1111 1111")
PERSONAL = (
    "Bên công an gọi 0912345678, cccd 001099012345, thư lan.nguyen@gmail.com, mã OTP là 482913, "
    "thẻ 4111 1111 1111 1111, vào zalo.me/0912345678 hoặc 0912345678.vneid-capnhat.top"
)


@pytest.fixture
def bot() -> TestBot:
    return checking_bot()


@pytest.fixture
async def http(bot: TestBot) -> AsyncIterator[httpx.AsyncClient]:
    async with client(bot) as found:
        yield found


async def paste(http: httpx.AsyncClient, text: str) -> str:
    response = await http.post("/kiem-tra", data={"text": text}, headers=BROWSER)
    assert response.status_code == 200
    return response.text


def words(page: str) -> str:
    """What a reader sees."""
    return unescape(re.sub(r"<[^>]*>", " ", page))


# ---- POST /api/check


async def test_a_program_gets_the_verdict_the_reasons_the_links_and_what_next(http: httpx.AsyncClient) -> None:
    response = await http.post("/api/check", json={"text": SCAM})
    body = response.json()
    assert list(body) == ["level", "warning", "title", "reasons", "links", "next"]
    assert (body["level"], body["warning"], body["title"]) == ("scam", "gia_cong_an", "Giả công an")
    assert [list(link) for link in body["links"]] == [["text", "verdict", "agency", "reason"]]
    assert body["links"][0]["verdict"] == "lookalike"
    assert body["next"]["guide"] == "lua_dao"
    assert body["next"]["text"].startswith(SENTENCES["dau_lua_dao"])
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("text", "level"), [(PAID, "panic"), (CALM, "none"), ("kết bạn zalo, đọc mã otp", "scam")])
async def test_the_levels(http: httpx.AsyncClient, text: str, level: str) -> None:
    assert (await http.post("/api/check", json={"text": text})).json()["level"] == level


@pytest.mark.parametrize(
    ("body", "type"),
    [
        ({"text": "a" * 2001}, "text-too-long"),
        ({"text": " \n"}, "text-empty"),
        ({}, "invalid-request"),
        ({"text": "a", "session": "x"}, "invalid-request"),
        ({"text": ["a"]}, "invalid-request"),
        ({"text": "a" * 40_000}, "body-too-large"),
    ],
)
async def test_what_is_wrong_is_a_problem_that_quotes_nobody(
    http: httpx.AsyncClient, body: dict[str, Any], type: str
) -> None:
    response = await http.post("/api/check", json=body)
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.status_code, response.json()["type"]) == (PROBLEMS[type][0], f"/docs#{type}")
    assert "aaa" not in response.text


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/check"), ("GET", "/kiem-tra"), ("POST", "/kiem-tra")])
async def test_one_address_has_a_limit(bot: TestBot, method: str, path: str) -> None:
    body = {"json": {"text": CALM}} if path.startswith("/api") else {"data": {"text": CALM}}
    async with client(bot, ServerSettings(address_rate=Rate(2, 0.1))) as http:
        found = [await http.request(method, path, **(body if method == "POST" else {})) for _ in range(3)]
    assert [response.status_code for response in found] == [200, 200, 429]
    assert found[-1].headers["retry-after"]
    assert found[-1].json()["type"] == "/docs#too-many-requests"


async def test_the_reference_documents_it(http: httpx.AsyncClient) -> None:
    found = (await http.get("/openapi.json")).json()
    assert "/kiem-tra" not in found["paths"]
    operation = found["paths"]["/api/check"]["post"]
    assert {"200", "413", "422", "429"} <= set(operation["responses"])
    schema = found["components"]["schemas"]["CheckOut"]
    assert set(schema["properties"]) == {"level", "warning", "title", "reasons", "links", "next"}
    assert schema["properties"]["level"]["enum"] == ["none", "suspicious", "scam", "panic"]
    assert "/api/check" in (await http.get("/docs")).text


# ---- the page


async def test_the_empty_page_asks_for_a_message(http: httpx.AsyncClient) -> None:
    page = (await http.get("/kiem-tra")).text
    assert "<title>Kiểm tra tin nhắn lừa đảo – Một Cửa</title>" in page
    assert '<form method="post" action="/kiem-tra"' in page
    assert 'class="bot' not in page
    assert "$" not in page


async def test_the_page_says_what_the_message_is_why_and_what_to_do(http: httpx.AsyncClient, bot: TestBot) -> None:
    page = await paste(http, f"{SCAM}\nhoặc dichvucong.gov.vn")
    read = words(page)
    assert f"<title>{SENTENCES['dau_lua_dao']} – " in page
    assert f"<h2>{SENTENCES['dau_lua_dao']}</h2>" in page
    for said in ("Gần giống thủ đoạn: Giả công an.", "Vì sao bam_link.", "Công an không làm qua điện thoại."):
        assert said in read
    assert '<b class="lookalike">Giả mạo</b> <code>vneid-capnhat.top</code>' in page
    assert '<b class="official">Chính thức</b> <code>dichvucong.gov.vn</code>' in page
    assert "Kết quả ngày 22/11/2026" in read
    assert 'href="/g/LD01"' in page
    assert not bot.heard


async def test_no_link_of_the_message_can_be_pressed(http: httpx.AsyncClient) -> None:
    page = await paste(http, "xem https://vneid-capnhat.top/a và https://dichvucong.gov.vn, bit.ly/x")
    assert not [link for link in re.findall('(?:href|src|action)="([^"]*)"', page) if not link.startswith("/")]


async def test_the_first_aid_guide_opens_with_what_was_told(http: httpx.AsyncClient, bot: TestBot) -> None:
    page = await paste(http, PAID)
    assert 'href="/g/LD01?chuyen_gi=chuyen_tien"' in page
    assert "Bấm «Cắt liên lạc»." in words(page)
    await http.get("/g/LD01?chuyen_gi=chuyen_tien")
    assert bot.heard[-1].choice == "ask/lua_dao/tong_quan?chuyen_gi=chuyen_tien"


@pytest.mark.parametrize("query", ["?utm_source=zalo", "?chuyen_gi=lau_dai", "?chuyen_gi="])
async def test_what_no_guide_asks_is_left_out_of_its_address(http: httpx.AsyncClient, bot: TestBot, query: str) -> None:
    assert (await http.get(f"/g/LD01{query}")).status_code == 200
    assert bot.heard[-1].choice == "ask/lua_dao/tong_quan"


async def test_despair_is_answered_before_anything_else(http: httpx.AsyncClient) -> None:
    read = words(await paste(http, "tôi muốn chết"))
    assert read.index("Xin đừng ở một mình.") < read.index(SENTENCES["xet_khong_thay"])


@pytest.mark.parametrize(("text", "type"), [("a" * 2001, "text-too-long"), (" ", "text-empty")])
async def test_what_does_not_fit_is_said_above_the_form(http: httpx.AsyncClient, text: str, type: str) -> None:
    status, sentence = PROBLEMS[type]
    page = await http.post("/kiem-tra", data={"text": text}, headers=BROWSER)
    assert page.status_code == status
    assert f'role="alert" id="wrong">{SENTENCES[sentence]}</p>' in page.text
    assert "<textarea" in page.text
    assert "aaa" not in page.text
    program = await http.post("/kiem-tra", data={"text": text})
    assert program.json()["type"] == f"/docs#{type}"


def test_line_ends_of_the_form_count_once() -> None:
    lines = "\r\n".join(["a"] * 1000)
    assert pasted_text(httpx.Request("POST", "http://x", data={"text": lines}).content) == "\n".join(["a"] * 1000)


@pytest.mark.parametrize("letter", ["ữ", "😀"])
async def test_the_longest_message_fits(http: httpx.AsyncClient, letter: str) -> None:
    page = await paste(http, letter * 2000)
    assert letter * 2000 in page
    assert (await http.post("/api/check", json={"text": letter * 2000})).status_code == 200


async def test_below_a_path_every_address_has_it(bot: TestBot) -> None:
    transport = httpx.ASGITransport(create_app(bot, FREE), root_path="/hoi")
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        page = await paste(http, PAID)
        chat = (await http.get("/")).text
    assert set(re.findall('(?:href|src|action)="(/[^"]*)"', page)) >= {
        "/hoi/",
        "/hoi/kiem-tra",
        "/hoi/g/LD01?chuyen_gi=chuyen_tien",
    }
    assert all(link.startswith("/hoi/") for link in re.findall('(?:href|src|action)="([^"]*)"', page + chat))


async def test_the_chat_leads_to_it(http: httpx.AsyncClient) -> None:
    assert '<a href="/kiem-tra">Kiểm tra tin nhắn lừa đảo</a>' in (await http.get("/")).text


# ---- privacy


async def test_the_message_is_shown_again_with_everything_personal_masked(http: httpx.AsyncClient) -> None:
    page = await paste(http, PERSONAL)
    api = (await http.post("/api/check", json={"text": PERSONAL})).text
    for secret in SECRETS:
        assert secret not in page + api
    assert "Bên công an gọi [số điện thoại], cccd [số định danh]" in words(page)


async def test_nothing_pasted_is_logged_or_kept(
    http: httpx.AsyncClient, bot: TestBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = await http.post("/kiem-tra", data={"text": PERSONAL}, headers=BROWSER)
    await http.post("/api/check", json={"text": PERSONAL})
    assert page.headers["cache-control"] == "no-store"
    assert "set-cookie" not in page.headers
    assert not any(secret in caplog.text for secret in (*SECRETS, "Bên công an"))
    assert not bot.heard
    assert not bot.replies


@pytest.mark.parametrize("path", ["/kiem-tra", "/api/check"])
async def test_a_failure_quotes_nobody(
    bot: TestBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def fail(text: str) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(bot.brain.shield, "look", fail)
    async with client(bot) as http:
        body = {"json": {"text": PERSONAL}} if path.startswith("/api") else {"data": {"text": PERSONAL}}
        response = await http.post(path, **body)
    assert response.status_code == 500
    assert "RuntimeError" in caplog.text
    assert not any(secret in caplog.text + response.text for secret in (*SECRETS, "Bên công an"))


@given(st.text(min_size=1, max_size=200))
async def test_no_message_is_markup_and_none_breaks_it(text: str) -> None:
    async with client(checking_bot()) as http:
        response = await http.post("/kiem-tra", data={"text": f"<img src=x>&\"'{text}"}, headers=BROWSER)
    assert response.status_code in {200, 422}
    assert "<img src=x" not in response.text
    assert response.text.count("</main>") == 1


@given(st.binary(max_size=300))
async def test_no_form_breaks_it(body: bytes) -> None:
    async with client(checking_bot()) as http:
        assert (await http.post("/kiem-tra", content=body)).status_code in {200, 422}


async def test_people_and_programs_read_the_same(http: httpx.AsyncClient, bot: TestBot) -> None:
    found = check(CHECKED, bot.brain.shield, SCAM, bot.clock().date())
    assert (await http.post("/api/check", json={"text": SCAM})).json() == found.to_json()
    read = words(await paste(http, SCAM))
    assert all(reason in read for reason in found.reasons)


async def test_the_page_is_light_and_runs_no_script(http: httpx.AsyncClient) -> None:
    page = (await http.get("/kiem-tra")).text
    assert "<script" not in page
    assert " style=" not in page
    whole = sum(len(file.body) for file in Assets().files.values()) + len(page.encode())
    assert whole + len((await http.get("/")).content) <= 50_000

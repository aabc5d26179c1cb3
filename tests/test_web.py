"""The page without JavaScript, the REST interface and the files of the page."""

from __future__ import annotations

import gzip
import hashlib
import html
import re
from base64 import b64decode
from collections.abc import AsyncIterator
from datetime import date
from html.parser import HTMLParser

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import choice
from bot.channels.api import Message
from bot.channels.assets import Assets
from bot.channels.web import answer_html, blocks
from bot.engine import Brain, converse
from bot.message import Incoming, Link, Reply, User
from bot.session import Session
from tests.test_server import ask, client
from tests.web_bot import ASK, GREETING, TestBot

BUDGET = 50_000  # bytes of page, sheet, script and icon, unpacked


@pytest.fixture
async def http(bot: TestBot) -> AsyncIterator[httpx.AsyncClient]:
    async with client(bot) as found:
        yield found


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def buttons(page: str) -> dict[str, str]:
    """Label → value of the choice buttons."""
    found = re.findall(r'name="choice" value="([^"]*)"><b>\d+</b><span>([^<]*)</span>', page)
    return {html.unescape(label): html.unescape(value) for value, label in found}


# ---- POST /api/messages


async def test_a_message_gets_its_session_and_its_reply(http: httpx.AsyncClient) -> None:
    body = (await http.post("/api/messages", json={"id": "m1", "choice": ASK})).json()
    assert re.fullmatch("[0-9a-f]{32}", body["session"])
    assert body["reply"]["text"].startswith("Nộp trên VNeID")
    assert body["reply"]["choices"] == [
        {"n": "1", "id": "at/next/dang_ky_tam_tru/0", "label": "Từng bước"},
        {"n": "2", "id": "cmd/back", "label": "Quay lại"},
        {"n": "0", "id": "cmd/menu", "label": "Mục khác"},
    ]
    assert body["reply"]["links"][0] == {"label": "Cổng Dịch vụ công quốc gia", "url": "https://dichvucong.gov.vn"}
    assert body["alarm"] is None


async def test_an_alarm_says_which_and_why(http: httpx.AsyncClient) -> None:
    body = (await http.post("/api/messages", json=ask(text="em vừa chuyển tiền"))).json()
    assert body["alarm"] == {"warning": "gia_cong_an", "level": "panic", "reasons": ["chuyển tiền"]}


async def test_sending_again_gets_the_same_reply_and_changes_nothing(bot: TestBot, http: httpx.AsyncClient) -> None:
    session = (await http.post("/api/messages", json={"id": "m1", "choice": ASK})).json()["session"]
    step = {"id": "m2", "session": session, "choice": "at/next/dang_ky_tam_tru/0"}
    first = await http.post("/api/messages", json=step)
    told = len(bot.heard)
    again = await http.post("/api/messages", json=step)
    assert again.json() == first.json()
    assert len(bot.heard) == told


async def test_a_first_message_begins_with_the_greeting_that_was_shown(bot: TestBot, http: httpx.AsyncClient) -> None:
    body = (await http.post("/api/messages", json=ask(text="1"))).json()
    assert body["reply"]["text"].startswith("Nộp trên VNeID")
    assert [(heard.choice, heard.text) for heard in bot.heard] == [("cmd/menu", ""), ("", "1")]
    assert {heard.user.id for heard in bot.heard} == {body["session"]}


def test_whatever_the_bot_offers_can_be_sent_back(brain: Brain) -> None:
    """Every choice that can be reached from the menu by pressing, each pressed once."""
    pressed: set[str] = set()
    offered = [(Session(), "cmd/menu")]
    while offered:
        session, id = offered.pop()
        if id in pressed:
            continue
        pressed.add(id)
        assert Message(id="m1", choice=id).choice == id
        assert choice.read(id), id
        turn = converse(brain, session, Incoming(User("web", ""), "", id), date(2026, 11, 25))
        assert turn.reply.choices, id
        offered += [(turn.session, each.id) for each in turn.reply.choices]
    assert {id.partition("/")[0] for id in pressed} == {"ask", "ans", "at", "cmd", "in"}


async def test_two_visitors_never_share_a_session(http: httpx.AsyncClient) -> None:
    found = {(await http.post("/api/messages", json=ask())).json()["session"] for _ in range(20)}
    assert len(found) == 20


async def test_the_longest_message_fits(http: httpx.AsyncClient) -> None:
    assert (await http.post("/api/messages", json=ask(text="ữ" * 2000))).status_code == 200


@given(text=st.text(min_size=1, max_size=300), session=st.text(max_size=40), id=st.text(max_size=70))
async def test_no_message_breaks_it(text: str, session: str, id: str) -> None:
    async with client(TestBot()) as http:
        response = await http.post("/api/messages", json=ask(id, text, session=session))
    assert response.status_code in {200, 422} or text.strip() == "hỏng"


# ---- GET /api/guides


async def test_the_guides_are_listed(http: httpx.AsyncClient) -> None:
    (guide,) = (await http.get("/api/guides")).json()
    assert (guide["id"], guide["code"], guide["review_by"]) == ("dang_ky_tam_tru", "TT04", "2027-02-20")


async def test_a_guide_shows_what_applies_that_day_for_these_answers(http: httpx.AsyncClient) -> None:
    today = (await http.get("/api/guides/dang_ky_tam_tru")).json()
    later = (await http.get("/api/guides/dang_ky_tam_tru?on=2027-03-01&cho_o=thue")).json()
    assert (today["on"], today["overdue"]) == ("2026-11-22", False)
    assert [item["text"] for item in today["parts"]["ho_so"]] == ["Tờ khai CT01", "Miễn nộp bản giấy"]
    assert today["parts"]["le_phi"][0]["amount"] == {"dong": 7000, "since": "2024-01-01", "unconfirmed": ""}
    assert today["parts"]["le_phi"][0]["sources"][0]["title"] == "Thông tư 75/2022/TT-BTC"
    assert (later["answers"], later["overdue"]) == ({"cho_o": "thue"}, True)
    assert [item["text"] for item in later["parts"]["ho_so"]] == ["Tờ khai CT01", "Hợp đồng thuê"]
    assert later["parts"]["le_phi"][0]["amount"]["dong"] == 10000
    assert later["parts"]["le_phi"][0]["sources"][0]["id"] == "tt_1_2027"


async def test_before_any_amount_holds_there_is_none(http: httpx.AsyncClient) -> None:
    guide = (await http.get("/api/guides/dang_ky_tam_tru?on=2020-01-01")).json()
    assert guide["parts"]["le_phi"][0]["amount"] == {"dong": None}


async def test_a_guide_that_did_not_change_is_not_sent_twice(http: httpx.AsyncClient) -> None:
    first = await http.get("/api/guides/dang_ky_tam_tru")
    again = await http.get("/api/guides/dang_ky_tam_tru", headers={"If-None-Match": first.headers["etag"]})
    other = await http.get(
        "/api/guides/dang_ky_tam_tru?on=2027-03-01", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


# ---- the plain form


async def test_without_javascript_a_guide_is_walked_to_its_end(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    label, seen = "Đăng ký tạm trú", []
    while label in buttons(page):
        page = (await http.post("/", data=hidden(page) | {"choice": buttons(page)[label]})).text
        seen.append(page)
        label = "Xong" if "Xong" in buttons(page) else "Từng bước"
    assert "Bước 3/3" in seen[-2]
    assert "Theo dõi kết quả trong VNeID" in page
    assert '<div class="said me"><p>Xong</p></div>' in page
    assert len({hidden(each)["session"] for each in seen}) == 1


async def test_opening_pages_begins_no_session_and_costs_one_greeting(bot: TestBot, http: httpx.AsyncClient) -> None:
    pages = [(await http.get("/")).text for _ in range(5)]
    assert "session" not in hidden(pages[0])
    assert len({hidden(page)["id"] for page in pages}) == 5
    assert len(bot.heard) == 1


async def test_new_content_is_greeted_with_at_once(bot: TestBot, http: httpx.AsyncClient) -> None:
    await http.get("/")
    bot.brain = TestBot().brain
    await http.get("/")
    assert len(bot.heard) == 2


async def test_reloading_the_posted_page_repeats_and_going_back_does_not(bot: TestBot, http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    page = (await http.post("/", data=hidden(page) | {"text": "1"})).text
    form = hidden(page)
    first = (await http.post("/", data=form | {"choice": buttons(page)["Từng bước"]})).text
    told = len(bot.heard)
    again = (await http.post("/", data=form | {"choice": buttons(page)["Từng bước"]})).text
    assert len(bot.heard) == told
    assert buttons(first) == buttons(again)
    other = (await http.post("/", data=form | {"text": "hỏi khác"})).text
    assert "Tôi nghe: hỏi khác" in other


@pytest.mark.parametrize(
    ("change", "type"),
    [
        ({"text": "a" * 2001}, "text-too-long"),
        ({"text": " "}, "text-empty"),
        ({"text": "a", "session": "1"}, "invalid-request"),
        ({"text": "a", "id": ""}, "invalid-request"),
        ({"text": "a", "opened": "rm -rf"}, "invalid-request"),
        ({"choice": "c" * 65}, "invalid-request"),
    ],
)
async def test_a_bad_form_is_refused(http: httpx.AsyncClient, change: dict[str, str], type: str) -> None:
    response = await http.post("/", data={"id": "m1"} | change)
    assert response.json()["type"] == f"/docs#{type}"


@given(st.binary(max_size=300))
async def test_no_form_breaks_it(body: bytes) -> None:
    async with client(TestBot()) as http:
        assert (await http.post("/", content=body)).status_code in {200, 422}


async def test_what_a_citizen_wrote_is_never_markup(http: httpx.AsyncClient) -> None:
    evil = '<img src=x onerror="alert(1)">\' </mot-cua>'
    page = (await http.post("/", data={"id": "m1", "text": evil})).text
    assert "<img src=x" not in page
    assert page.count("</mot-cua>") == 1


@pytest.mark.parametrize("name", ["dang_ky_tam_tru", "TT04", "tt04"])
async def test_a_guide_has_an_address(bot: TestBot, http: httpx.AsyncClient, name: str) -> None:
    page = (await http.get(f"/g/{name}")).text
    assert "<title>Đăng ký tạm trú – " in page
    assert "<p>Nộp trên VNeID, xong trong 3 ngày làm việc" in page
    page = (await http.post("/", data=hidden(page) | {"text": "1"})).text
    assert [heard.choice for heard in bot.heard if heard.user.id == hidden(page)["session"]] == [ASK, ""]


async def test_an_unknown_guide_is_not_found(http: httpx.AsyncClient) -> None:
    assert (await http.get("/g/XX99")).status_code == 404


def test_replies_keep_their_lines_and_lists() -> None:
    text = "Cần có:\n• Một <tờ>\n• Hai\nXong.\n\nNguồn: TT 1\nhết"
    assert blocks(text) == (
        "<p>Cần có:</p><ul><li>Một &lt;tờ&gt;</li><li>Hai</li></ul><p>Xong.</p><p class=source>Nguồn: TT 1</p><p>hết</p>"
    )


def test_a_step_is_a_heading_below_a_bar() -> None:
    assert blocks("Bước 3/8 · Mở «VNeID»\nBấm.") == (
        '<progress value="3" max="8" aria-hidden="true"></progress>'
        '<p class="step"><b>Bước 3/8</b> · Mở «VNeID»</p><p>Bấm.</p>'
    )


@given(st.text(alphabet=" •\nab<&\"'", max_size=40))
def test_every_word_of_a_reply_is_shown_and_tags_are_closed(text: str) -> None:
    class Reader(HTMLParser):
        depth, seen = 0, ""

        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
            self.depth += tag != "br"

        def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
            self.depth -= 1

        def handle_data(self, data: str) -> None:
            self.seen += data

    reader = Reader()
    reader.feed(blocks(text))
    reader.close()
    assert reader.depth == 0
    assert re.sub(r"[\s•]", "", reader.seen) == re.sub(r"[\s•]", "", text)


def test_only_web_and_phone_links_are_shown() -> None:
    links = (Link("a", "https://a.vn"), Link("b", "javascript:alert(1)"), Link("c", "tel:113"), Link("d", "data:x"))
    assert re.findall('href="([^"]*)"', answer_html(Reply("", links=links))) == ["https://a.vn", "tel:113"]


# ---- the files


async def test_the_page_weighs_little_and_vouches_for_its_files(http: httpx.AsyncClient) -> None:
    page = await http.get("/")
    weight = len(page.content)
    for address, integrity in re.findall(r'(?:href|src)="(/static/[^"]+)"(?: integrity="([^"]+)")?', page.text):
        file = await http.get(address, headers={"Accept-Encoding": "identity"})
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
        if integrity:
            assert hashlib.sha384(file.content).digest() == b64decode(integrity.removeprefix("sha384-"))
            weight += len(file.content)
    weight += len(Assets().files["icon.svg"].body)
    assert weight <= BUDGET, weight


async def test_files_are_packed_for_those_who_can_and_asked_for_again_when_old(http: httpx.AsyncClient) -> None:
    plain = await http.get("/static/mot-cua.js?v=old", headers={"Accept-Encoding": "identity"})
    assert plain.headers["cache-control"] == "no-cache"
    assert "content-encoding" not in plain.headers
    assert (await http.get("/static/mot-cua.js")).content == plain.content
    assert gzip.decompress(Assets().files["mot-cua.js"].packed) == plain.content
    held = await http.get("/static/mot-cua.js", headers={"If-None-Match": plain.headers["etag"]})
    assert held.status_code == 304


async def test_the_page_names_nobody_else(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)
    assert "<style" not in page
    assert " style=" not in page
    assert re.search(r" on\w+=", page) is None
    assert GREETING.text.split("\n")[0] in page

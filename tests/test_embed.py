"""The chat on another site: the sample pages of docs/nhung in Chromium, from one port, the chat from another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot import channels
from tests.browser import MESSAGES, NARROW, PHONE, QUESTION, Open, answers, options, press, said, violations, write
from tests.host_site import SAMPLE, WRITTEN, HostSite, host_site
from tests.web_bot import ASK, TestBot

pytestmark = pytest.mark.browser

WIDE = {"width": 1200, "height": 900}
OPEN = "Hỏi Một Cửa"
ABOUT = "Hỏi về nội dung trang này"
GUIDE = Path(__file__).parent.parent / "docs" / "nhung_trang_web.md"
HOSTILE = """
* { color: #f0f !important; font: 40px fantasy !important; letter-spacing: 9px !important; text-transform: uppercase !important;
    direction: rtl !important; visibility: visible; text-align: right !important; line-height: 3 !important; }
div, section, button, form, textarea, header { display: none !important; background: #000 !important; transform: rotate(9deg); }
:root { --bg: #0f0; --accent: #0f0; --card: #0f0; --ink: #0f0; --size: 3; }
"""


@pytest.fixture
def host() -> Iterator[HostSite]:
    with host_site() as found:
        yield found


@pytest.fixture
def site(host: HostSite) -> str:
    return host.origin


@pytest.fixture
def visit(open_page: Open, host: HostSite, server: str) -> Open:
    """Opens a page of the other site."""
    host.chat = server

    def visit(path: str = "/", **options: object) -> Page:
        return open_page(path, **{"at": host.origin, "viewport": PHONE, "reduced_motion": "reduce"} | options)

    return visit


def look(page: Page, selector: str, *properties: str) -> list[str]:
    found: list[str] = page.locator(selector).first.evaluate(
        "(node, names) => names.map((name) => getComputedStyle(node)[name])", list(properties)
    )
    return found


# ---- in its place


def test_a_page_begins_with_its_topic_and_is_walked(visit: Open, bot: TestBot) -> None:
    page = visit("/index.html")
    expect(answers(page)).to_have_count(1)
    expect(answers(page)).to_contain_text("Nộp trên VNeID")
    expect(said(page)).to_have_count(0)
    press(page, "Từng bước")
    expect(answers(page).last).to_contain_text("Bước 1/3")
    write(page, "hỏi thêm")
    expect(answers(page).last).to_contain_text("Tôi nghe: hỏi thêm")
    assert page.context.cookies() == []
    assert [heard.choice or heard.text for heard in bot.heard if heard.choice != "cmd/menu"] == [
        ASK,
        "at/next/dang_ky_tam_tru/0",
        "hỏi thêm",
    ]


def test_a_code_is_a_topic_too(visit: Open, host: HostSite, bot: TestBot) -> None:
    host.pages["ma.html"] = (
        f'<script src="{host.chat}/static/mot-cua.js" defer></script><mot-cua topic="TT04"></mot-cua>'
    )
    expect(answers(visit("/ma.html"))).to_contain_text("Tôi nghe: TT04")


def test_what_is_said_does_not_move_the_page_around_it(visit: Open) -> None:
    page = visit("/index.html", viewport={"width": 1200, "height": 1100})
    expect(answers(page)).to_have_count(1)
    before = page.locator("mot-cua").bounding_box()
    for n in range(6):
        write(page, f"câu thứ {n}")
        expect(answers(page)).to_have_count(n + 2)
    expect(said(page).last).to_be_in_viewport()
    assert page.locator("mot-cua").bounding_box() == before
    page.reload()
    expect(answers(page)).to_have_count(7)
    assert page.evaluate("scrollY") == 0


def test_clearing_leaves_the_page_as_it_is(visit: Open) -> None:
    page = visit("/index.html")
    press(page, "Từng bước")
    expect(answers(page)).to_have_count(2)
    page.evaluate("window.form = 'half written'")
    page.once("dialog", lambda dialog: dialog.accept())
    options(page).click()
    press(page, "Xóa cuộc trò chuyện")
    expect(answers(page)).to_have_count(1)
    expect(answers(page)).to_contain_text("Nộp trên VNeID")
    assert page.evaluate("window.form") == "half written"


def test_without_the_script_there_is_a_link(visit: Open) -> None:
    page = visit("/index.html", java_script_enabled=False)
    expect(page.get_by_role("link", name="Hỏi về đăng ký tạm trú")).to_be_visible()


# ---- behind a button


@pytest.mark.parametrize("size", [WIDE, PHONE, NARROW])
def test_a_button_opens_it_and_escape_closes_it(visit: Open, bot: TestBot, size: dict[str, int]) -> None:
    page = visit("/lien_he.html", viewport=size)
    launch = page.get_by_role("button", name="Hỏi thủ tục")
    expect(launch).to_be_visible()
    assert bot.heard == []  # who does not open it is not counted as a visitor
    launch.click()
    panel = page.get_by_role("dialog", name="Một Cửa")
    expect(panel).to_be_visible()
    expect(launch).to_be_hidden()
    expect(answers(page)).to_contain_text("trợ lý tự động")
    box = panel.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    options(page).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Chữ to hơn")).to_be_hidden()
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(launch).to_be_focused()


def test_by_keyboard_alone(visit: Open) -> None:
    page = visit("/lien_he.html", viewport=WIDE)
    launch = page.get_by_role("button", name="Hỏi thủ tục")
    launch.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name=QUESTION)).to_be_focused()
    expect(answers(page)).to_have_count(1)
    page.keyboard.type("xin chào")
    page.keyboard.press("Enter")
    expect(answers(page).last).to_contain_text("Tôi nghe: xin chào")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Mục khác")).to_be_focused()
    close = page.get_by_role("button", name="Đóng")
    while not close.evaluate("node => node.matches(':focus')"):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(launch).to_be_focused()


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "label"), [("/index.html", ""), ("/ho_chieu.html", OPEN), ("/lien_he.html", "Hỏi thủ tục")]
)
def test_axe_finds_nothing(visit: Open, path: str, label: str, scheme: str, size: dict[str, int]) -> None:
    page = visit(path, viewport=size, color_scheme=scheme, bypass_csp=True)  # axe writes style attributes
    if label:
        expect(page.get_by_role("button", name=label)).to_be_visible()
        assert violations(page) == []
        press(page, label)
    expect(answers(page)).to_have_count(1)
    write(page, "chuyển tiền mất rồi")
    expect(page.get_by_role("alert").filter(has_text="Làm ngay")).to_be_visible()
    options(page).click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


# ---- from page to page


def test_the_conversation_goes_along_and_the_new_pages_topic_is_offered(visit: Open, bot: TestBot) -> None:
    page = visit("/index.html", viewport=WIDE)
    press(page, "Từng bước")
    expect(answers(page).last).to_contain_text("Bước 1/3")
    transcript = answers(page).all_inner_texts()
    page.get_by_role("link", name="Hộ chiếu").click()
    press(page, OPEN)
    assert answers(page).all_inner_texts() == transcript
    expect(page.get_by_role("button", name=ABOUT)).to_be_visible()
    press(page, "Xong")
    expect(answers(page).last).to_contain_text("Bước 2/3")
    expect(page.get_by_role("button", name=ABOUT)).to_have_count(0)
    page.reload()
    press(page, ABOUT)
    expect(said(page).last).to_contain_text(ABOUT)
    expect(answers(page)).to_have_count(len(transcript) + 2)
    assert bot.heard[-1].choice == "ask/ho_chieu_pho_thong/tong_quan"
    page.reload()
    expect(answers(page)).to_have_count(len(transcript) + 2)
    expect(page.get_by_role("button", name=ABOUT)).to_have_count(0)
    assert len({heard.user.id for heard in bot.heard if heard.choice != "cmd/menu"}) == 1


def test_who_has_said_nothing_meets_each_pages_own_topic(visit: Open) -> None:
    page = visit("/ho_chieu.html")
    press(page, OPEN)
    expect(answers(page)).to_have_count(1)
    page.goto(page.url.replace("ho_chieu", "index"))
    expect(answers(page)).to_have_count(1)
    expect(answers(page)).to_contain_text("Nộp trên VNeID")


def test_a_page_that_changes_without_loading_says_so_by_the_attribute(visit: Open) -> None:
    page = visit("/index.html")
    press(page, "Từng bước")
    expect(answers(page)).to_have_count(2)
    page.evaluate("document.querySelector('mot-cua').setAttribute('topic', 'ho_chieu_pho_thong')")
    expect(page.get_by_role("button", name=ABOUT)).to_be_visible()
    expect(answers(page)).to_have_count(2)


def test_an_open_panel_stays_open_on_a_wide_screen_and_takes_no_focus(visit: Open) -> None:
    page = visit("/ho_chieu.html", viewport=WIDE)
    press(page, OPEN)
    expect(answers(page)).to_have_count(1)
    page.get_by_role("link", name="Liên hệ").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")
    press(page, "Đóng")
    page.reload()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_on_a_phone_a_new_page_is_not_hidden_at_once(visit: Open) -> None:
    page = visit("/ho_chieu.html")
    press(page, OPEN)
    expect(answers(page)).to_have_count(1)
    page.reload()
    expect(page.get_by_role("button", name=OPEN)).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_what_is_kept_in_the_browser(visit: Open) -> None:
    page = visit("/index.html")
    press(page, "Từng bước")
    expect(answers(page)).to_have_count(2)
    options(page).click()
    press(page, "Chữ to hơn")
    assert set(page.evaluate("Object.keys(sessionStorage)")) == {"mot-cua"}
    assert set(page.evaluate("Object.keys(localStorage)")) == {"mot-cua-size"}
    assert page.context.cookies() == []


# ---- the other site's own


def test_nothing_of_the_sites_sheet_reaches_the_chat(visit: Open, host: HostSite) -> None:
    properties = ("color", "backgroundColor", "fontSize", "fontFamily", "letterSpacing", "textTransform", "direction")
    looked = []
    for sheet in ("", HOSTILE):
        host.sheet = sheet
        page = visit("/index.html", viewport=WIDE, color_scheme="light")
        expect(answers(page)).to_have_count(1)
        expect(answers(page)).to_be_visible()
        looked.append([look(page, each, *properties) for each in (".bot", ".choice", ".top", ".send", "textarea")])
    assert looked[0] == looked[1]
    assert looked[0][0][2] == "17px"  # though the site makes 1rem ten pixels


def test_nothing_of_the_chats_sheet_reaches_the_site(visit: Open) -> None:
    page = visit("/index.html")
    expect(answers(page)).to_have_count(1)
    assert look(page, "h1", "fontFamily") == ['Georgia, "Liberation Serif", serif']
    assert look(page, "main", "display") == ["block"]


def test_colours_are_the_sites_on_a_light_page(visit: Open) -> None:
    page = visit("/lien_he.html", color_scheme="dark")  # the page says theme="light"
    press(page, "Hỏi thủ tục")
    expect(answers(page)).to_have_count(1)
    assert look(page, ".send", "backgroundColor") == ["rgb(122, 27, 27)"]
    assert look(page, ".top", "backgroundColor") == ["rgb(122, 27, 27)"]
    assert look(page, ".shell", "colorScheme") == ["light"]


def test_every_property_of_the_sheet_is_documented_and_none_other() -> None:
    sheet = (Path(channels.__file__).parent / "static" / "mot-cua.css").read_text("utf-8")
    assert set(re.findall(r"`(--mot-cua-[a-z-]+)`", GUIDE.read_text("utf-8"))) == set(
        re.findall(r"var\((--mot-cua-[a-z-]+),", sheet)
    )


def test_the_documented_policy_is_the_sample_pages() -> None:
    policies = re.findall(r"```\n(default-src [^\n]+)\n```", GUIDE.read_text("utf-8"))
    assert len(policies) == 1
    for path in SAMPLE.glob("*.html"):
        assert policies[0].replace("https://hoi.xa.gov.vn", WRITTEN) in path.read_text("utf-8"), path.name


def test_a_site_that_is_not_allowed_says_so_and_shows_the_way(browser: Browser, server: str, bot: TestBot) -> None:
    heard: list[str] = []
    with host_site() as stranger, browser.new_context(locale="vi-VN") as context:
        stranger.chat = server
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.goto(stranger.origin)
        note = page.get_by_role("status").filter(has_text="chưa được phép")
        expect(note).to_contain_text(stranger.origin.removeprefix("http://"))
        expect(page.get_by_role("link", name="Mở thẳng Một Cửa")).to_have_attribute("href", f"{server}/")
        asked = len(heard)
        press(page, "Thử lại")
        expect(note).to_be_visible()
        assert [text for text in heard if "MOTCUA_ORIGINS" in text and stranger.origin in text]
        assert len(heard) <= 2 * asked  # it does not knock by itself
    assert bot.heard == []


def test_a_bad_line_is_not_taken_for_a_refusal(visit: Open) -> None:
    page = visit("/index.html")
    expect(answers(page)).to_have_count(1)
    page.route(MESSAGES, lambda route: route.abort())
    write(page, "có mạng không")
    expect(page.get_by_text("Chưa gửi được")).to_be_visible()
    expect(page.get_by_text("chưa được phép")).to_have_count(0)

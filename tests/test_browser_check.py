"""The page that checks a message, in Chromium: on a phone, by keyboard, on paper, with and without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import NARROW, PHONE, Open, answers, press, violations
from tests.checked_content import CALM, PAID, SCAM, checking_bot
from tests.guides import SENTENCES
from tests.web_bot import TestBot

pytestmark = pytest.mark.browser

LINK = "Kiểm tra tin nhắn lừa đảo"
BOX = "Dán tin nhắn, đường link, hoặc kể lại cuộc gọi"
LONG = f"{SCAM} https://vneid-capnhat.top/{'x' * 300} 0912345678"


@pytest.fixture
def bot() -> TestBot:
    return checking_bot()


def paste(page: Page, text: str) -> None:
    page.get_by_label(BOX).fill(text)
    press(page, "Kiểm tra")
    expect(page.locator("h2").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("size", [PHONE, NARROW])
def test_from_the_chat_to_a_verdict_and_on_to_first_aid(
    open_page: Open, bot: TestBot, script: bool, size: dict[str, int]
) -> None:
    page = open_page(java_script_enabled=script, viewport=size)
    link = page.get_by_role("link", name=LINK)
    expect(link).to_be_in_viewport()
    link.click()
    expect(page).to_have_title(re.compile(LINK))
    paste(page, PAID)
    expect(page.get_by_role("alert")).to_contain_text(SENTENCES["xet_da_bi"])
    expect(page.get_by_role("alert")).to_contain_text("Gọi ngân hàng")
    page.get_by_role("link", name="Mở hướng dẫn: Bị lừa đảo").click()
    expect(page).to_have_url(re.compile(r"/g/LD01\?chuyen_gi=chuyen_tien$"))
    expect(page.locator(".said").last).to_contain_text("Bị lừa đảo")
    expect(answers(page).last).to_contain_text("Tôi nghe")
    assert bot.heard[-1].choice == "ask/lua_dao/tong_quan?chuyen_gi=chuyen_tien"


def test_the_conversation_is_still_there_afterwards(open_page: Open) -> None:
    page = open_page()
    press(page, "Đăng ký tạm trú")
    expect(answers(page)).to_have_count(2)
    page.get_by_role("link", name=LINK).click()
    paste(page, CALM)
    page.get_by_role("link", name="Một Cửa").click()
    expect(answers(page)).to_have_count(2)


def test_another_message_can_be_checked_at_once(open_page: Open) -> None:
    page = open_page("/kiem-tra")
    paste(page, SCAM)
    expect(page).to_have_title(re.compile("^Đây rất giống lừa đảo"))
    expect(page.get_by_label(BOX)).to_have_value("")
    paste(page, CALM)
    expect(page.get_by_role("heading", name=SENTENCES["xet_khong_thay"])).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_nothing_of_a_message_stays_in_the_browser(open_page: Open) -> None:
    page = open_page("/kiem-tra")
    paste(page, LONG)
    assert "0912345678" not in page.content()
    assert page.url.endswith("/kiem-tra")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/kiem-tra")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Một Cửa")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label(BOX)).to_be_focused()
    page.keyboard.type(PAID)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Kiểm tra")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", ["", LONG, PAID, f"{CALM} bit.ly/x vnexpress.net dichvucong.gov.vn", "a" * 2001])
def test_axe_finds_nothing(open_page: Open, text: str, scheme: str) -> None:
    page = open_page("/kiem-tra", color_scheme=scheme, bypass_csp=True)
    if text:
        page.get_by_label(BOX).fill(text)
        press(page, "Kiểm tra")
        expect(page.locator(".bot, .wrong").first).to_be_visible()
    assert violations(page) == []


def test_dark_is_dark(open_page: Open) -> None:
    def lightness(**options: Any) -> int:
        page = open_page("/kiem-tra", **options)
        return sum(map(int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))))

    assert lightness(color_scheme="dark") < 120
    assert lightness(color_scheme="light") > 600


@pytest.mark.parametrize("text", ["", LONG, PAID])
def test_at_320_pixels_nothing_sticks_out(open_page: Open, text: str) -> None:
    page = open_page("/kiem-tra", viewport=NARROW)
    if text:
        paste(page, text)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("path", ["/", "/kiem-tra"])
def test_whatever_can_be_pressed_is_large_enough_for_a_thumb(open_page: Open, path: str) -> None:
    page = open_page(path)
    if path != "/":
        paste(page, SCAM)
    pressed = page.locator("button:visible, a:not(.skip):visible").all()
    assert len(pressed) >= 3
    for each in pressed:
        size = each.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 44, each.inner_text()


def test_on_paper_only_the_verdict_is_left(open_page: Open) -> None:
    page = open_page("/kiem-tra")
    paste(page, LONG)
    page.emulate_media(media="print")
    for said in (SENTENCES["dau_lua_dao"], "Vì sao bam_link.", "Giả mạo", "Công an không làm", "[số điện thoại]"):
        expect(page.get_by_text(said).first).to_be_visible()
    assert page.locator("button:visible, textarea:visible, .choice:visible").count() == 0
    black = page.locator(".bot h2").evaluate("node => getComputedStyle(node).color")
    assert black == "rgb(0, 0, 0)"


def test_on_paper_a_dark_screen_is_white(open_page: Open) -> None:
    page = open_page("/kiem-tra", color_scheme="dark")
    paste(page, SCAM)
    page.emulate_media(media="print", color_scheme="dark")
    ink, paper = page.locator(".bot").evaluate(
        "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")

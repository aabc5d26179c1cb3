"""The page as people use it: in Chromium, by hand, on a bad line, without JavaScript, on another site."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import (
    MESSAGES,
    PHONE,
    QUESTION,
    UNSENT,
    Open,
    answers,
    box,
    options,
    press,
    said,
    write,
)
from tests.web_bot import TestBot

pytestmark = pytest.mark.browser


def to_first_step(page: Page) -> None:
    press(page, "Đăng ký tạm trú")
    press(page, "Từng bước")
    expect(answers(page).last).to_contain_text("Bước 1/3")


# ---- a conversation


def test_ask_and_be_answered(open_page: Open) -> None:
    page = open_page()
    expect(answers(page)).to_have_count(1)
    expect(answers(page)).to_contain_text("trợ lý tự động")
    box(page).fill("<b>phí</b> bao nhiêu")
    box(page).press("Enter")
    expect(answers(page).last).to_contain_text("Tôi nghe: <b>phí</b> bao nhiêu")
    expect(said(page)).to_have_text(["Anh/chị: <b>phí</b> bao nhiêu"])
    expect(box(page)).to_be_focused()


def test_walk_a_guide_to_its_end_and_back(open_page: Open, bot: TestBot) -> None:
    page = open_page()
    to_first_step(page)
    press(page, "Xong")
    expect(answers(page).last).to_contain_text("Bước 2/3")
    press(page, "Quay lại")
    expect(answers(page).last).to_contain_text("Bước 1/3")
    for step in ("Bước 2/3", "Bước 3/3", "Theo dõi kết quả"):
        press(page, "Xong")
        expect(answers(page).last).to_contain_text(step)
    expect(page.locator(".choice:visible")).to_have_text(["0Mục khác"])
    assert len({heard.user.id for heard in bot.heard if heard.choice != "cmd/menu"}) == 1


def test_reload_in_the_middle_and_go_on(open_page: Open, bot: TestBot) -> None:
    page = open_page()
    to_first_step(page)
    transcript = answers(page).all_inner_texts()
    told = len(bot.heard)
    page.reload()
    expect(answers(page)).to_have_count(3)
    assert answers(page).all_inner_texts() == transcript
    press(page, "Xong")
    expect(answers(page).last).to_contain_text("Bước 2/3")
    assert len(bot.heard) == told + 1


def test_a_number_chooses(open_page: Open) -> None:
    page = open_page()
    write(page, "1")
    expect(answers(page).last).to_contain_text("Nộp trên VNeID")


def test_the_transcript_is_gone_with_the_tab_and_there_is_no_cookie(open_page: Open) -> None:
    page = open_page()
    to_first_step(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect(answers(other)).to_have_count(1)
    assert page.context.cookies() == []
    assert "Đăng ký" not in page.evaluate("JSON.stringify({...localStorage})")


def test_clearing_forgets_the_conversation(open_page: Open, bot: TestBot) -> None:
    page = open_page()
    to_first_step(page)
    page.once("dialog", lambda dialog: dialog.accept())
    options(page).click()
    press(page, "Xóa cuộc trò chuyện")
    expect(answers(page)).to_have_count(1)
    write(page, "mới")
    expect(answers(page)).to_have_count(2)
    assert len({heard.user.id for heard in bot.heard}) == 3  # the page's greeting, the old session, the new one


def test_a_guide_has_an_address_and_begins_once(open_page: Open, bot: TestBot) -> None:
    page = open_page("/g/TT04")
    expect(answers(page)).to_have_count(1)
    expect(answers(page)).to_contain_text("Nộp trên VNeID")
    press(page, "Từng bước")
    expect(answers(page).last).to_contain_text("Bước 1/3")
    page.reload()
    expect(answers(page)).to_have_count(2)
    expect(said(page)).to_have_count(2)


def test_links_lead_away_safely(open_page: Open) -> None:
    page = open_page("/g/TT04")
    link = page.get_by_role("link", name="Cổng Dịch vụ công quốc gia")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(page.get_by_role("link", name="Xấu")).to_have_count(0)
    expect(page.get_by_role("link", name="1900 0368")).to_have_attribute("href", "tel:19000368")


def test_an_alarm_cannot_be_missed(open_page: Open) -> None:
    page = open_page()
    write(page, "em vừa chuyển tiền cho công an giả")
    alarm = page.get_by_role("alert").filter(has_text="Làm ngay")
    expect(alarm).to_contain_text("Gọi ngân hàng")
    weight, sign = alarm.get_by_text("Làm ngay").evaluate(
        "node => [getComputedStyle(node).fontWeight, getComputedStyle(node, '::before').content]"
    )
    assert int(weight) >= 700
    assert "⚠" in sign
    assert alarm.evaluate("node => parseFloat(getComputedStyle(node).borderLeftWidth)") >= 4


# ---- a bad line


def test_a_lost_connection_loses_nothing_and_doubles_nothing(open_page: Open, bot: TestBot) -> None:
    page = open_page()
    expect(answers(page)).to_have_count(1)
    page.route(MESSAGES, lambda route: route.abort())
    write(page, "có mạng không")
    expect(page.get_by_text(UNSENT)).to_be_visible()
    page.unroute(MESSAGES)
    press(page, "Thử lại")
    expect(answers(page).last).to_contain_text("Tôi nghe: có mạng không")
    expect(page.get_by_text(UNSENT)).to_have_count(0)
    expect(said(page)).to_have_count(1)
    expect(answers(page)).to_have_count(2)
    assert [heard.text for heard in bot.heard if heard.text] == ["có mạng không"]


def test_a_lost_answer_is_asked_for_again_under_the_same_id(open_page: Open, bot: TestBot) -> None:
    page = open_page()
    to_first_step(page)
    lost: list[str] = []

    def swallow(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().json()["reply"]["text"])
        route.abort()

    page.route(MESSAGES, swallow)
    press(page, "Xong")
    expect(answers(page).last).to_contain_text("Bước 2/3")  # by itself, after a moment
    assert lost[0].startswith("Bước 2/3")
    assert [heard.choice for heard in bot.heard].count("at/next/dang_ky_tam_tru/1") == 1


def test_what_waits_to_be_sent_outlives_a_reload_and_keeps_its_order(open_page: Open, bot: TestBot) -> None:
    page = open_page()
    page.route(MESSAGES, lambda route: route.abort())
    write(page, "một")
    expect(page.get_by_text(UNSENT)).to_be_visible()
    write(page, "hai")
    page.unroute(MESSAGES)
    page.reload()
    expect(answers(page)).to_have_text([re.compile("Xin chào"), re.compile("nghe: một"), re.compile("nghe: hai")])
    assert [heard.text for heard in bot.heard if heard.text] == ["một", "hai"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_tried_again(open_page: Open, status: int) -> None:
    page = open_page()
    tries: list[int] = []

    def busy_once(route: Route) -> None:
        tries.append(status)
        if len(tries) == 1:
            route.fulfill(status=status, headers={"Retry-After": "1"})
        else:
            route.continue_()

    page.route(MESSAGES, busy_once)
    write(page, "đông quá")
    expect(answers(page).last).to_contain_text("Tôi nghe: đông quá")
    assert len(tries) == 2


def test_what_is_refused_says_why_and_the_next_message_goes_through(open_page: Open, bot: TestBot) -> None:
    page = open_page()
    refusal = '{"detail": "Không nhận tin này."}'
    page.route(MESSAGES, lambda route: route.fulfill(status=422, content_type="application/problem+json", body=refusal))
    write(page, "sai")
    expect(page.get_by_text("Không nhận tin này.")).to_be_visible()
    page.unroute(MESSAGES)
    write(page, "đúng")
    expect(answers(page).last).to_contain_text("Tôi nghe: đúng")


def test_too_long_a_message_is_not_sent_nor_lost(open_page: Open, bot: TestBot) -> None:
    page = open_page()
    write(page, "a" * 2001)
    expect(page.get_by_role("alert")).to_contain_text("2.001")
    expect(box(page)).to_have_value("a" * 2001)
    assert not [heard for heard in bot.heard if heard.text]


def test_it_says_that_it_is_answering(open_page: Open) -> None:
    page = open_page()
    waiting: list[Route] = []
    page.route(MESSAGES, lambda route: waiting.append(route))  # noqa: PLW0108 - it cannot hold a builtin
    write(page, "chờ")
    expect(page.get_by_role("status").filter(has_text="Đang trả lời")).to_be_visible()
    waiting[0].continue_()
    expect(page.get_by_text("Đang trả lời")).to_have_count(0)


# ---- elsewhere


def test_without_javascript(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    press(page, "Đăng ký tạm trú")
    expect(page.get_by_text("Nộp trên VNeID")).to_be_visible()
    press(page, "Từng bước")
    expect(page.get_by_text("Bước 1/3")).to_be_visible()
    page.get_by_label(QUESTION).fill("em hỏi thêm")
    press(page, "Gửi")
    expect(page.get_by_text("Tôi nghe: em hỏi thêm")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_was_typed_before_the_script_came_is_kept(open_page: Open, server: str) -> None:
    page = open_page("/health")
    waiting: list[Route] = []
    page.route("**/mot-cua.js*", lambda route: waiting.append(route))  # noqa: PLW0108 - it cannot hold a builtin
    page.goto(server, wait_until="commit")
    page.get_by_label(QUESTION).fill("gõ sớm")
    waiting[0].continue_()
    expect(page.get_by_role("button", name="Chữ to hơn")).to_be_visible()
    expect(box(page)).to_have_value("gõ sớm")

"""The page with the real content, the fitted model and a database: what a citizen meets."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot.engine import Bot, Brain
from bot.store.open import open_store
from tests.browser import MESSAGES, NARROW, QUESTION, Open, answers, box, press, serving, violations, write

pytestmark = pytest.mark.browser

GUIDE = "/g/TT04"
STEP = re.compile(r"Bước (\d+)/(\d+)")
SCAM = "có người tự xưng công an gọi bảo tôi bấm vào link để cài ứng dụng vneid mới"
TODAY = datetime(2026, 11, 25, 3, tzinfo=UTC)


@pytest.fixture
def server(brain: Brain, tmp_path: Path) -> Iterator[str]:
    @asynccontextmanager
    async def bot() -> AsyncIterator[Bot]:
        async with open_store(f"sqlite:{tmp_path}/motcua.db") as store:
            yield Bot(brain, store, clock=lambda: TODAY)

    with serving(bot()) as address:
        yield address


def choose(page: Page, n: int = 1) -> None:
    """Press the nth choice and wait for the answer."""
    told = answers(page).count()
    page.locator(".choices .choice").nth(n - 1).click()
    expect(answers(page)).to_have_count(told + 1)


def into_the_steps(page: Page) -> int:
    """Through the guide's questions, first option each, to its first step; gives the number of steps."""
    expect(answers(page).first).to_be_visible()  # the guide's own words, before anything is counted
    told = answers(page).count()
    press(page, "Từng bước")
    expect(answers(page)).to_have_count(told + 1)
    while not STEP.search(answers(page).last.inner_text()):
        choose(page)
    return number(page)[1]


def number(page: Page) -> tuple[int, int]:
    """(step, of how many) that the last answer shows."""
    found = STEP.search(answers(page).last.inner_text())
    assert found
    return int(found[1]), int(found[2])


def test_a_question_without_marks_is_answered_with_figures_and_their_source(open_page: Open) -> None:
    page = open_page()
    write(page, "lam ho chieu het bao nhieu tien")
    expect(answers(page).last).to_contain_text(re.compile(r"\d00\.000 đồng"))
    expect(answers(page).last.locator(".source")).to_contain_text(re.compile(r"Nguồn: .* kiểm tra ngày \d"))


def test_a_guide_is_walked_to_its_very_end(open_page: Open, brain: Brain) -> None:
    page = open_page(GUIDE)
    total = into_the_steps(page)
    assert total > 4
    for n in range(1, total + 1):
        assert number(page) == (n, total)
        expect(answers(page).last.locator("progress")).to_have_attribute("value", str(n))
        choose(page)
    expect(answers(page).last).to_contain_text(brain.content.bot["xong_het"].split("{")[0].strip())
    expect(page.get_by_role("button", name="Mục khác")).to_be_visible()


def test_back_and_an_aside_keep_the_place(open_page: Open) -> None:
    page = open_page(GUIDE)
    into_the_steps(page)
    choose(page)
    choose(page)
    press(page, "Quay lại")
    expect(answers(page).last).to_contain_text(re.compile("Bước 2/"))
    write(page, "làm hộ chiếu mất bao lâu")
    expect(answers(page).last).to_contain_text(re.compile("[Hh]ộ chiếu"))
    press(page, "Xong")
    expect(answers(page).last).to_contain_text(re.compile("Bước 3/"))


def test_reloading_in_the_middle_goes_on(open_page: Open) -> None:
    page = open_page(GUIDE)
    into_the_steps(page)
    choose(page)
    transcript = answers(page).all_inner_texts()
    page.reload()
    expect(answers(page)).to_have_count(len(transcript))
    assert answers(page).all_inner_texts() == transcript
    press(page, "Xong")
    expect(answers(page).last).to_contain_text(re.compile("Bước 3/"))


def test_a_lost_answer_moves_one_step_not_two(open_page: Open) -> None:
    page = open_page(GUIDE)
    into_the_steps(page)
    lost: list[str] = []

    def swallow(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().json()["reply"]["text"])
        route.abort()

    page.route(MESSAGES, swallow)
    press(page, "Xong")
    expect(answers(page).last).to_contain_text(re.compile("Bước 2/"))
    assert "Bước 2/" in lost[0]
    press(page, "Xong")
    expect(answers(page).last).to_contain_text(re.compile("Bước 3/"))


def test_a_scam_message_raises_an_alarm(open_page: Open) -> None:
    page = open_page()
    write(page, SCAM)
    alarm = page.get_by_role("alert").filter(has_text="lừa đảo")
    expect(alarm).to_have_class(re.compile(r"\balarm\b"))
    expect(alarm.locator("li").first).to_be_visible()


def test_who_has_just_paid_is_told_what_to_do_first(open_page: Open, brain: Brain) -> None:
    page = open_page()
    write(page, "em vừa chuyển tiền cho lừa đảo rồi")
    expect(page.get_by_role("alert").last).to_contain_text(brain.content.bot["lam_ngay"])


@pytest.mark.parametrize("bigger", [0, 3])
def test_at_320_pixels_nothing_sticks_out(open_page: Open, bigger: int) -> None:
    page = open_page(viewport=NARROW)
    for _ in range(bigger):
        press(page, "Chữ to hơn")
    for do in (
        lambda: choose(page, 2),
        lambda: choose(page, 1),
        lambda: into_the_steps(page),
        lambda: write(page, SCAM),
    ):
        do()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_narrow_screen(open_page: Open, scheme: str) -> None:
    page = open_page(viewport=NARROW, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    choose(page, 2)  # a group with many guides
    assert violations(page) == []
    choose(page, 1)
    into_the_steps(page)
    write(page, SCAM)
    expect(page.get_by_role("alert").filter(has_text="lừa đảo")).to_be_visible()
    assert violations(page) == []


def test_by_keyboard_alone_to_the_end(open_page: Open, brain: Brain) -> None:
    page = open_page()
    expect(answers(page)).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.type("dang ky tam tru tung buoc")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(2)
    for _ in range(page.locator(".choices .choice").count()):
        page.keyboard.press("Shift+Tab")
    end = brain.content.bot["xong_het"].split("{")[0].strip()
    for told in range(2, 30):
        expect(page.locator(".choices .choice").first).to_be_focused()
        page.keyboard.press("Enter")
        expect(answers(page)).to_have_count(told + 1)
        if answers(page).last.inner_text().find(end) >= 0:
            return
    pytest.fail("the end was not reached")


def test_without_javascript_to_the_end(open_page: Open, brain: Brain) -> None:
    page = open_page(GUIDE, viewport=NARROW, java_script_enabled=False)
    press(page, "Từng bước")
    seen: list[str] = []
    for _ in range(30):
        seen.append(page.locator(".bot").inner_text())
        if brain.content.bot["xong_het"].split("{")[0].strip() in seen[-1]:
            break
        page.locator(".choice").first.click()
    steps = [int(found[1]) for text in seen if (found := STEP.search(text))]
    assert steps == list(range(1, len(steps) + 1))
    assert len(steps) > 4
    page.get_by_label(QUESTION).fill(SCAM)
    press(page, "Gửi")
    expect(page.get_by_role("alert")).to_contain_text("lừa đảo")


def test_the_whole_page_weighs_at_most_50_kilobytes(browser: Browser, server: str) -> None:
    """What a first visit reads, unpacked: page, sheet, script, icon."""
    page = browser.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    page.goto(server)
    expect(answers(page)).to_have_count(1)
    page.wait_for_load_state("networkidle")
    page.close()
    assert len(sizes) == 4
    assert sum(sizes.values()) <= 50_000, sizes

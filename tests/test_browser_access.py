"""The page for everybody: by keyboard, with a screen reader, in large letters, on paper, read aloud."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import MESSAGES, NARROW, UNSENT, Open, answers, box, options, press, violations, write
from tests.web_bot import TestBot

pytestmark = pytest.mark.browser


def to_first_step(page: Page) -> None:
    press(page, "Đăng ký tạm trú")
    press(page, "Từng bước")
    expect(answers(page).last).to_contain_text("Bước 1/3")


def test_by_keyboard_alone(open_page: Open) -> None:
    page = open_page()
    expect(answers(page)).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến ô nhập câu hỏi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")  # the last of the six suggestions
    for _ in range(5):
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Đăng ký tạm trú")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Từng bước")).to_be_focused()
    page.keyboard.press("Enter")
    for step in ("Bước 1/3", "Bước 2/3", "Bước 3/3"):
        expect(answers(page).last).to_contain_text(step)
        expect(page.get_by_role("button", name="Xong")).to_be_focused()
        page.keyboard.press("Enter")
    expect(answers(page).last).to_contain_text("Theo dõi kết quả")
    expect(page.get_by_role("button", name="Mục khác")).to_be_focused()


def test_the_options_close_with_escape(open_page: Open) -> None:
    page = open_page()
    options(page).click()
    expect(page.get_by_role("button", name="Nền tối")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Nền tối")).to_be_hidden()
    expect(options(page)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_whole_conversation(open_page: Open, scheme: str) -> None:
    page = open_page(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)  # axe writes style attributes
    expect(answers(page)).to_have_count(1)
    assert violations(page) == []
    to_first_step(page)
    write(page, "chuyển tiền mất rồi")
    expect(page.get_by_role("alert").filter(has_text="Làm ngay")).to_be_visible()
    options(page).click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.route(MESSAGES, lambda route: route.abort())
    write(page, "mất mạng")
    expect(page.get_by_text(UNSENT)).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/g/TT04", "/docs", "/g/khong_co"])
def test_axe_finds_nothing_in_the_plain_pages(
    browser: Browser, server: str, open_page: Open, path: str, scheme: str
) -> None:
    page = open_page("/docs", color_scheme=scheme)  # axe needs a script: the pages' own are kept away
    page.route("**/*.js*", lambda route: route.abort())
    page.goto(server + path)
    assert violations(page) == []


def test_dark_is_dark_and_the_choice_is_kept(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    expect(answers(page)).to_have_count(1)

    def lightness() -> int:
        return sum(map(int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))))

    assert lightness() < 120
    options(page).click()
    press(page, "Nền sáng")
    assert lightness() > 600
    page.reload()
    expect(answers(page)).to_have_count(1)
    assert lightness() > 600


def test_the_text_grows_and_stays_grown(open_page: Open) -> None:
    page = open_page()
    size = "parseFloat(getComputedStyle(document.querySelector('mot-cua').shadowRoot.querySelector('.shell')).fontSize)"
    before = page.evaluate(size)
    for _ in range(9):
        press(page, "Chữ to hơn")
    assert page.evaluate(size) == pytest.approx(before * 1.5)
    page.reload()
    assert page.evaluate(size) == pytest.approx(before * 1.5)
    press(page, "Cỡ chữ thường")
    press(page, "Chữ nhỏ hơn")
    assert page.evaluate(size) == pytest.approx(before * 0.9)


@pytest.mark.parametrize("bigger", [0, 3])
def test_at_320_pixels_nothing_sticks_out(open_page: Open, bigger: int) -> None:
    page = open_page(viewport=NARROW)
    for _ in range(bigger):
        press(page, "Chữ to hơn")
    to_first_step(page)
    write(page, "https://www.dichvucong.gov.vn/p/home/dvc-trang-chu.html?" + "x" * 200)
    expect(answers(page)).to_have_count(4)
    options(page).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    panel = page.locator(".more > div").bounding_box()
    assert panel
    assert panel["x"] >= 0


def test_whatever_can_be_pressed_is_large_enough_for_a_thumb(open_page: Open) -> None:
    page = open_page()
    to_first_step(page)
    options(page).click()
    for button in page.locator("button:visible, summary:visible, .links a:visible").all():
        size = button.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 44, button.inner_text()


def test_on_paper_only_the_conversation_is_left(open_page: Open) -> None:
    page = open_page()
    to_first_step(page)
    page.emulate_media(media="print")
    expect(answers(page).last).to_be_visible()
    assert page.locator("button:visible, textarea:visible").count() == 0


def test_on_paper_a_dark_screen_is_black_on_white(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    expect(answers(page)).to_have_count(1)
    options(page).click()
    press(page, "Nền sáng")
    press(page, "Nền tối")
    page.emulate_media(media="print")
    look = "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    assert answers(page).evaluate(look) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


VOICES = """
window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => VOICES, addEventListener() {}, cancel() { window.spoken.push(null); },
  speak(speech) { window.spoken.push([speech.lang, speech.text]); },
}});
"""


def test_a_reply_is_read_aloud_by_a_vietnamese_voice(open_page: Open) -> None:
    page = open_page("/g/TT04", script=VOICES.replace("VOICES,", '[{lang: "en-US"}, {lang: "vi-VN"}],'))
    press(page, "Đọc to")
    spoken = page.evaluate("window.spoken")
    assert spoken[0] is None
    assert spoken[1] == ["vi-VN", "Nộp trên VNeID, xong trong 3 ngày làm việc, lệ phí 7.000 đồng."]
    assert {lang for lang, _ in spoken[1:]} == {"vi-VN"}
    press(page, "Dừng đọc")
    assert page.evaluate("window.spoken").count(None) == 2


def test_without_a_vietnamese_voice_there_is_nothing_to_press(open_page: Open) -> None:
    page = open_page("/g/TT04", script=VOICES.replace("VOICES,", '[{lang: "en-US"}],'))
    expect(answers(page)).to_have_count(1)
    expect(page.get_by_role("button", name="Đọc to")).to_have_count(0)


EAR = """
window.SpeechRecognition = class {
  start() { this.onresult({ results: [[{ transcript: "làm hộ chiếu" }]] }); }
  stop() { this.onend(); }
};
"""


def test_dictation_is_off_until_asked_for_and_says_who_hears_it(open_page: Open, bot: TestBot) -> None:
    page = open_page(script=EAR)
    mic = page.get_by_role("button", name=re.compile("^(Nói|Đang nghe)$"))
    expect(mic).to_have_count(0)
    options(page).click()
    expect(page.get_by_text("hãng làm trình duyệt")).to_be_visible()
    page.get_by_role("checkbox", name="Nói thay cho gõ").check()
    page.keyboard.press("Escape")
    mic.click()
    expect(mic).to_have_attribute("aria-pressed", "true")
    mic.click()
    expect(box(page)).to_have_value("làm hộ chiếu")
    assert not [heard for heard in bot.heard if heard.text]
    page.reload()
    expect(mic).to_have_count(0)

"""The pictures of the README: real conversations, in Chromium, with a server and a memory of their own.

python docs/screenshot.py      → docs/images/chat-phone.png, docs/images/chat-wide.png
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, sync_playwright

from bot import settings
from bot.content.load import default_dir
from bot.engine import Bot
from bot.reload import open_brain
from bot.store.memory import MemoryStore
from tests.browser import CHROMIUM, FLAGS, QUESTION, answers, serving

IMAGES = Path(__file__).parent / "images"
DAY = datetime(2026, 11, 25, 3, tzinfo=UTC)
MOST = 200_000  # bytes of a picture

# name → width, height, scale, what is typed or («…») pressed
PICTURES: dict[str, tuple[int, int, float, list[str]]] = {
    "chat-phone": (390, 844, 1.5, ["em thue tro, dang ky tam tru het bao nhieu tien"]),
    "chat-wide": (1280, 800, 1, ["làm sao đăng ký tạm trú cho người ở trọ", "«Trên mạng»", "«Xong»"]),
}


def take(browser: Browser, address: str, name: str) -> Path:
    width, height, scale, acts = PICTURES[name]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="vi-VN",
        color_scheme="light",
        reduced_motion="reduce",
    )
    page.goto(address)
    page.locator("mot-cua .skip").wait_for(state="attached")
    for told, act in enumerate(acts, start=1):
        answers(page).nth(told - 1).wait_for()
        if act.startswith("«"):
            page.get_by_role("button", name=act.strip("«»")).click()
        else:
            page.get_by_role("textbox", name=QUESTION).fill(act)
            page.get_by_role("button", name="Gửi").click()
    answers(page).nth(len(acts)).wait_for()
    page.mouse.move(0, 0)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    page.close()
    return path


def main() -> None:
    if not CHROMIUM.exists():
        sys.exit(f"No Chromium at {CHROMIUM}: apt install chromium, or say where with CHROMIUM=path.")
    brain = open_brain(default_dir(), settings.read().cache)
    IMAGES.mkdir(exist_ok=True)
    bot = Bot(brain, MemoryStore(), clock=lambda: DAY)
    with serving(nullcontext(bot)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        for name in PICTURES:
            path = take(browser, address, name)
            size = path.stat().st_size
            print(f"{path}: {size:,} bytes")
            if size > MOST:
                sys.exit(f"{path} is larger than {MOST:,} bytes.")
        browser.close()


if __name__ == "__main__":
    main()

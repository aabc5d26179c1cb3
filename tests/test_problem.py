"""A problem is one line that fits on a screen, with the way out at its end."""

from __future__ import annotations

import pytest

from bot.content.problem import Problem

WAY_OUT = "ngày viết như 2026-11-20"


def test_a_quoted_value_is_shortened() -> None:
    assert Problem("a.yaml", 1, "ngay_sai", f"«{'x' * 500}» – {WAY_OUT}").text == f"«{'x' * 79}…» – {WAY_OUT}"


@pytest.mark.parametrize("value", ["a «b» c " * 90, "một «ngoặc không đóng " * 40, "dòng\nkhác\n" * 80])
def test_whatever_is_quoted_the_line_stays_short_and_says_what_to_do(value: str) -> None:
    text = Problem("a.yaml", 1, "ngay_sai", f"«{value}» – {WAY_OUT}").text
    assert len(text) <= 302
    assert "\n" not in text
    assert text.endswith(WAY_OUT)

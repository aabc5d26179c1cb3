"""docs/kenh.md says of each channel what the suite holds it to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conformance.door import AGAIN, CAPTION, ERRORS, GROUP, INTRODUCED, OLD, PEOPLE, Channel
from tests.conformance.doors import CHANNELS
from tests.conformance.talk import TALKS

TABLE = Path(__file__).parent.parent / "docs" / "kenh.md"
ROWS = {  # how a row begins → what a channel needs to have for a «có»
    "nút của tin cũ": OLD,
    "nhiều người cùng lúc": PEOPLE,
    "tin đến hai lần": AGAIN,
    "người mới được báo": INTRODUCED,
    "ảnh": "photo",
    "chữ kèm ảnh": CAPTION,
    "tiếng nói": "voice",
    "nhãn dán": "sticker",
    "vị trí": "place",
    "danh bạ": "contact",
    "tệp": "file",
    "nhóm": GROUP,
    "lỗi bên trong": ERRORS,
}
EVERYWHERE = ("trả lời, link", "gõ số", "đến ngược", "bot tắt")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


LINES = [cells(line) for line in TABLE.read_text("utf-8").splitlines() if line.startswith("|")]


def number(given: int) -> str:
    return f"{given:,}".replace(",", ".") if given else "–"


def row(start: str) -> list[str]:
    [found] = [cells[1:] for cells in LINES if re.match(rf"{start}\b", cells[0])]
    return found


def test_every_channel_has_a_column_and_every_row_is_known() -> None:
    assert LINES[0][1:] == [channel.title for channel in CHANNELS]
    assert len(LINES) == 2 + len(ROWS) + len(EVERYWHERE) + 2
    assert set(ROWS.values()) == frozenset[str]().union(*(channel.can for channel in CHANNELS))


@pytest.mark.parametrize(("start", "needed"), ROWS.items())
def test_a_channel_has_what_its_conversations_need(start: str, needed: str) -> None:
    assert row(start) == ["có" if needed in channel.can else "–" for channel in CHANNELS]


@pytest.mark.parametrize("start", EVERYWHERE)
def test_some_things_are_on_every_channel(start: str) -> None:
    assert row(start) == ["có"] * len(CHANNELS)


def test_limits_are_those_of_the_channels() -> None:
    assert row("nút bấm") == [number(channel.most_buttons) for channel in CHANNELS]
    assert row("một tin dài nhất") == [number(channel.limit) for channel in CHANNELS]


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
def test_whatever_a_channel_says_it_has_is_tried(channel: Channel) -> None:
    """A conversation needs it; what nobody needs has to be said otherwise."""
    tried = frozenset[str]().union(*(talk.needs for talk in TALKS if talk.needs <= channel.can))
    assert channel.can - tried <= {INTRODUCED}

"""What channels know of a conversation."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.message import Alarm, Choice, Link, Reply, numbered, numbers

text = st.text(max_size=12)
alarms = st.builds(
    Alarm, text, st.sampled_from(("suspicious", "scam", "panic")), st.lists(text, max_size=3).map(tuple), text
)
replies = st.builds(
    Reply,
    text,
    st.lists(st.builds(Choice, text, text), max_size=3).map(tuple),
    st.lists(st.builds(Link, text, text), max_size=3).map(tuple),
    st.none() | alarms,
)

MENU = Choice("cmd/menu", "Mục khác")


@given(replies)
def test_a_reply_goes_through_json_and_back(reply: Reply) -> None:
    assert Reply.from_json(json.loads(json.dumps(reply.to_json()))) == reply


def test_choices_are_numbered_and_the_menu_is_always_zero() -> None:
    found = numbers((Choice("ask/a/le_phi", "Lệ phí"), MENU, Choice("cmd/back", "Quay lại")))
    assert [(n, each.label) for n, each in found] == [("1", "Lệ phí"), ("0", "Mục khác"), ("2", "Quay lại")]


def test_without_buttons_a_reply_is_one_text_with_links_and_numbers() -> None:
    reply = Reply("Nộp trên mạng.", (Choice("cmd/next", "Xong"), MENU), (Link("Mở Cổng", "https://dichvucong.gov.vn"),))
    assert numbered(reply) == "Nộp trên mạng.\n\nMở Cổng: https://dichvucong.gov.vn\n\n1 Xong · 0 Mục khác"


def test_a_reply_with_nothing_to_press_is_its_text() -> None:
    assert numbered(Reply("Chào anh/chị.")) == "Chào anh/chị."

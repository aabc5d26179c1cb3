"""Zalo Bot's events and texts, from recorded payloads; no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.chunks import utf16
from bot.channels.manners import Kind
from bot.channels.zalo_bot import LIMIT, Group, Heard, chat_of, read, show
from bot.message import Choice, Incoming, Link, Reply, User

PAYLOADS = Path(__file__).parent / "payloads" / "zalo_bot"
LAN = "6ede9afa66b88fe6d6a9"
GROUP = "9f2b7c41d0e85a3366c1"
NAMED = Group("named", ("Bot Một Cửa", "bot.VDKyGxQvc"))
DELIVERED = Group("delivered", NAMED.names)


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))


def heard(name: str, group: Group = NAMED) -> tuple[str, str, str, Kind | None] | None:
    """Who, their words, what they press, what they sent besides words."""
    found = read(payload(name), group)
    return found and (found.incoming.user.id, found.incoming.text, found.incoming.choice, found.media)


@pytest.mark.parametrize(
    ("name", "text", "media"),
    [
        ("text", "thue tro dk tam tru het bao nhieu", None),
        ("text_flat", "thue tro dk tam tru het bao nhieu", None),
        ("link", "https://vneid-gov.vn-xacthuc.top/a", None),
        ("image", "", "photo"),
        ("image_caption", "cái này là lừa đảo phải không", "photo"),
        ("sticker", "", "sticker"),
        ("voice", "", "voice"),
        ("unsupported", "", "other"),
    ],
)
def test_what_a_person_sends_is_read_in_either_envelope(name: str, text: str, media: Kind | None) -> None:
    assert heard(name) == (LAN, text, "", media)


def test_a_message_is_known_by_its_id_or_else_by_its_moment() -> None:
    body = payload("text")
    message = body["result"]["message"]
    assert read(body, NAMED) == Heard(Incoming(User("zalo_bot", LAN), message["text"], id=message["message_id"]))
    del message["message_id"]
    found = read(body, NAMED)
    assert found
    assert found.incoming.id == "t1795600000123"
    del message["date"]
    assert read(body, NAMED) is None


@pytest.mark.parametrize("name", ["other_bot", "reaction", "unsupported_bare"])
def test_what_nobody_asked_is_not_answered(name: str) -> None:
    assert heard(name) is None


class TestGroups:
    @pytest.mark.parametrize(
        ("name", "text", "choice"),
        [
            ("group_named", "lệ phí tạm trú", ""),
            ("group_account", "ơ ở đâu", ""),
            ("group_named_alone", "", "cmd/menu"),
        ],
    )
    def test_a_group_is_answered_when_it_names_the_bot(self, name: str, text: str, choice: str) -> None:
        assert heard(name) == (f"{GROUP}/{LAN}", text, choice, None)
        assert heard(name, DELIVERED) == heard(name)
        assert heard(name, Group("none", NAMED.names)) is None

    @pytest.mark.parametrize("name", ["group_quote", "group_sticker"])
    def test_what_does_not_name_it_is_answered_only_where_all_that_zalo_delivers_is(self, name: str) -> None:
        assert heard(name) is None
        assert heard(name, DELIVERED) is not None
        assert heard(name, Group("none")) is None

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_a_name_is_known_however_its_marks_are_typed(self, form: Literal["NFC", "NFD"]) -> None:
        body = payload("group_named")
        message = body["result"]["message"]
        message["text"] = normalize(form, message["text"])
        found = read(body, Group("named", (normalize("NFD", "Bot Một Cửa"),)))
        assert found
        assert found.incoming.text == "lệ phí tạm trú"

    def test_a_bot_whose_name_nobody_knows_is_silent(self) -> None:
        assert heard("group_named", Group()) is None

    @pytest.mark.parametrize(("chat", "id"), [(LAN, LAN), (GROUP, f"{GROUP}/{LAN}")])
    def test_a_chat_of_unknown_kind_is_private_when_it_is_the_person(self, chat: str, id: str) -> None:
        body = payload("text_flat")
        body["message"]["chat"] = {"id": chat}
        found = read(body, DELIVERED)
        assert found
        assert found.incoming.user.id == id

    def test_the_reply_goes_where_the_message_was(self) -> None:
        assert chat_of(User("zalo_bot", LAN)) == LAN
        assert chat_of(User("zalo_bot", f"{GROUP}/{LAN}")) == GROUP


class TestBrokenEvents:
    @pytest.mark.parametrize(
        "change",
        [
            {"from": None},
            {"from": {"id": ""}},
            {"from": {"id": "a/b"}},
            {"chat": {"id": ["x"]}},
            {"text": {"x": 1}},
        ],
    )
    def test_they_are_refused_as_a_whole(self, change: dict[str, Any]) -> None:
        body = payload("text_flat")
        body["message"] |= change
        with pytest.raises(ValueError, match="validation error"):
            read(body, NAMED)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["ok", "result", "event_name", "message", "from", "chat", "id", "text", "date"]),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=12,
        )
    )
    def test_whatever_comes_is_read_or_refused(self, body: Any) -> None:
        try:
            found = read(body, DELIVERED)
        except ValueError:
            return
        assert found is None or (found.incoming.id and chat_of(found.incoming.user))

    def test_numbers_for_ids_are_taken(self) -> None:
        body = payload("text_flat")
        body["message"]["from"]["id"] = body["message"]["chat"]["id"] = 77
        found = read(body, NAMED)
        assert found
        assert found.incoming.user.id == "77"


class TestTexts:
    def test_choices_are_numbers_to_type_and_links_stand_written_out(self) -> None:
        choices = (Choice("ask/a", "Lệ phí"), Choice("ask/b", "Giấy tờ"), Choice("cmd/menu", "Mục khác"))
        reply = Reply("Nộp trên mạng.", choices, (Link("Cổng", "https://dichvucong.gov.vn"), Link("x", "javascript:1")))
        assert show(reply) == [
            "Nộp trên mạng.\n\nCổng: https://dichvucong.gov.vn\n\n1 · Lệ phí\n2 · Giấy tờ\n0 · Mục khác"
        ]

    def test_a_long_reply_is_cut_between_paragraphs(self) -> None:
        paragraph = "Giấy tờ 😀 " * 80
        pieces = show(Reply("\n\n".join([paragraph.strip()] * 5), (Choice("ask/a", "Lệ phí"),)))
        assert [piece.count(paragraph.strip()) for piece in pieces] == [2, 2, 1]
        assert pieces[-1].endswith("1 · Lệ phí")

    @given(st.text(st.sampled_from("aệ😀 \n."), max_size=6000))
    def test_no_piece_is_longer_than_zalo_takes_and_nothing_is_lost(self, text: str) -> None:
        pieces = show(Reply(text))
        assert all(1 <= len(piece) <= utf16(piece) <= LIMIT for piece in pieces)
        assert "".join("".join(pieces).split()) == "".join(text.split())

    def test_nothing_to_say_is_no_message(self) -> None:
        assert show(Reply(" ")) == []

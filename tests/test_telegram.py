"""Recorded updates → what was said; replies → messages with buttons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot import choice as choices
from bot.channels import telegram
from bot.channels.chunks import utf16
from bot.channels.manners import Kind
from bot.channels.telegram import COMMANDS, DESCRIPTIONS, Heard, Me, Place, read, show
from bot.message import Choice, Incoming, Link, Reply, User
from bot.safety.scam import Shield
from tests.guides import CONTENT, SENTENCES
from tests.safe_content import SAFE

PAYLOADS = Path(__file__).parent / "payloads" / "telegram"
ME = Me(123456789, "MotCuaBot")
LAN = User("telegram", "5001")
GROUP = -1001987654321
LAN_IN_GROUP = User("telegram", f"{GROUP}/5001")


def update(name: str) -> Update:
    found = Update.de_json(json.loads((PAYLOADS / f"{name}.json").read_text("utf-8")), None)
    assert isinstance(found, Update)
    return found


def heard(name: str) -> Heard:
    found = read(update(name), ME, CONTENT)
    assert found is not None
    return found


def incoming(name: str) -> Incoming:
    found = heard(name).incoming
    assert found is not None
    return found


def test_a_message_in_private() -> None:
    assert heard("text") == Heard(Place(5001), Incoming(LAN, "thue tro dk tam tru het bao nhieu", id="m5001.101"))


@pytest.mark.parametrize(
    ("name", "text", "choice"),
    [
        ("start", "", "cmd/menu"),
        ("start_code", "", "ask/dang_ky_tam_tru/tong_quan"),
        ("start_id", "", "ask/dang_ky_tam_tru/tong_quan"),
        ("start_unknown", "", "cmd/menu"),
        ("command_menu", "", "cmd/menu"),
        ("command_ask", "lệ phí đăng ký tạm trú", ""),
        ("command_code", "tt04", ""),
        ("button", "", "ask/dang_ky_tam_tru/cac_buoc"),
        ("button_step", "", "at/next/dang_ky_tam_tru/2"),
        ("button_old", "", "cmd/menu"),
        ("group_mention", "lệ phí tạm trú bao nhiêu", ""),
        ("group_mention_end", "làm căn cước ở đâu ?", ""),
        ("group_mention_alone", "", "cmd/menu"),
        ("group_reply", "2", ""),
        ("group_command", "", "cmd/menu"),
        ("group_command_plain", "mất căn cước làm lại thế nào", ""),
        ("topic", "", "cmd/menu"),
    ],
)
def test_what_is_meant(name: str, text: str, choice: str) -> None:
    said = incoming(name)
    assert (said.text, said.choice) == (text, choice)


@pytest.mark.parametrize(
    "name",
    [
        "edited",
        "channel_post",
        "joined_bot",
        "group_talk",
        "group_mention_other",
        "group_reply_other",
        "group_command_other",
        "group_command_unknown",
        "group_photo",
        "group_joined",
        "group_anonymous",
    ],
)
def test_what_is_not_for_the_bot(name: str) -> None:
    assert read(update(name), ME, CONTENT) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("photo", "photo"),
        ("album_1", "photo"),
        ("voice", "voice"),
        ("sticker", "sticker"),
        ("animation", "sticker"),
        ("location", "place"),
        ("venue", "place"),
        ("contact", "contact"),
        ("document", "file"),
    ],
)
def test_media_are_known_by_their_kind_and_nothing_of_them_goes_on(name: str, kind: Kind) -> None:
    found = heard(name)
    said = found.incoming
    assert found.media == kind
    assert said == Incoming(LAN, "", id=said.id if said else "")


def test_the_words_under_a_photo_are_a_message() -> None:
    found = heard("photo_caption")
    assert (found.media, incoming("photo_caption").text) == ("photo", "cái này là lừa đảo phải không")


def test_photos_sent_together_are_known_as_such() -> None:
    assert heard("album_1").album == heard("album_2").album != ""


def test_a_forwarded_message_is_read_as_its_words() -> None:
    assert "vneid-gov.xyz" in incoming("forwarded").text


def test_a_link_or_a_poster_begins_a_guide_and_a_menu_does_not() -> None:
    assert [heard(name).begins for name in ("start_code", "start_id", "start", "start_unknown", "text")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_a_group_has_conversations_of_its_own_and_answers_are_attached() -> None:
    assert incoming("group_mention").user == incoming("button_group").user == LAN_IN_GROUP
    assert heard("group_mention").place == Place(GROUP, None, 502)
    assert heard("topic").place == Place(GROUP, 77, 515)
    assert heard("text").place == Place(5001)


def test_message_ids_differ_between_chats_and_buttons() -> None:
    assert incoming("text").id == "m5001.101"
    assert incoming("group_mention").id == f"m{GROUP}.502"
    assert incoming("button").id == "c21479955321479955"


def test_every_pressed_button_is_to_be_answered_even_where_nothing_can_be_said() -> None:
    names = ("button", "button_step", "button_old", "button_inline", "button_forged", "button_group")
    assert {heard(name).query for name in names} == {"21479955321479955"}
    assert heard("button_inline").incoming is None


def test_buttons_of_a_step_are_spent_once_pressed_and_questions_stay() -> None:
    assert [heard(name).spent for name in ("button_step", "button", "button_old", "button_group")] == [
        130,
        None,
        None,
        None,
    ]


def test_a_forged_button_is_handed_on_as_it_is_and_read_as_nothing() -> None:
    assert choices.read(incoming("button_forged").choice) is None


def test_commands_are_as_telegram_wants_them_and_every_choice_is_known() -> None:
    assert set(DESCRIPTIONS) <= set(COMMANDS)
    for name, choice in COMMANDS.items():
        assert name.isascii()
        assert name.isalnum()
        assert name == name.lower()
        assert choices.read(choice) is not None
    assert all(1 <= len(SENTENCES[id]) <= 256 for id in DESCRIPTIONS.values())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(path.stem for path in PAYLOADS.glob("*.json"))), st.text(max_size=200))
def test_whatever_is_written_is_read(name: str, text: str) -> None:
    data: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    for body in data.values():
        if isinstance(body, dict) and "text" in body:
            body["text"] = text
        if isinstance(body, dict) and "data" in body:
            body["data"] = text
    found = Update.de_json(data, None)
    assert isinstance(found, Update)
    read(found, ME, CONTENT)


# out


def test_a_reply_has_its_numbers_in_the_text_and_on_its_buttons() -> None:
    reply = Reply(
        "Lệ phí 7.000 đồng.",
        (Choice("ask/dang_ky_tam_tru/ho_so", "Xem hồ sơ"), Choice("ask/dang_ky_tam_tru/cac_buoc", "Từng bước, có chỉ chỗ bấm"),
         Choice("cmd/back", "Quay lại"), Choice("cmd/menu", "Mục khác")),
        (Link("Mở dichvucong.gov.vn", "https://dichvucong.gov.vn"),),
    )  # fmt: skip
    [part] = show(reply)
    assert part.text.split("\n\n") == [
        "Lệ phí 7.000 đồng.",
        "Mở dichvucong.gov.vn: https://dichvucong.gov.vn",
        "1 · Xem hồ sơ\n2 · Từng bước, có chỉ chỗ bấm\n3 · Quay lại\n0 · Mục khác",
    ]
    assert part.keyboard == (
        (("1 · Xem hồ sơ", "ask/dang_ky_tam_tru/ho_so"),),
        (("2 · Từng bước, có chỉ chỗ bấm", "ask/dang_ky_tam_tru/cac_buoc"),),
        (("3 · Quay lại", "cmd/back"), ("0 · Mục khác", "cmd/menu")),
    )


def test_an_id_that_no_button_carries_keeps_its_number() -> None:
    [part] = show(Reply("Chọn.", (Choice("a" * 65, "Dài"), Choice("cmd/menu", "Mục khác"))))
    assert "1 · Dài" in part.text
    assert part.keyboard == ((("0 · Mục khác", "cmd/menu"),),)


LABELS = st.text(st.characters(codec="utf-8", categories=["L", "N", "So"]), min_size=1, max_size=40)
REPLIES = st.builds(
    Reply,
    st.text("aệ😀. \n", min_size=1, max_size=9000).filter(str.strip),
    st.lists(st.builds(Choice, st.sampled_from(["cmd/menu", "cmd/back", "in/cu_tru"]), LABELS), max_size=8).map(tuple),
)


@given(REPLIES)
def test_whatever_is_said_fits_into_messages_and_the_last_one_has_all_buttons(reply: Reply) -> None:
    parts = show(reply)
    assert all(0 < utf16(part.text) <= 4096 for part in parts)
    assert not any(part.keyboard for part in parts[:-1])
    assert [data for row in parts[-1].keyboard for _, data in row] == [choice.id for choice in reply.choices]


def test_a_false_address_in_a_warning_is_nothing_to_press() -> None:
    """Telegram makes a link of whatever looks like one; the shield writes false hosts so that nothing does."""
    found = Shield(SAFE).judge("Tài khoản VNeID bị khóa, vào https://vneid-gov.xyz/dang-nhap để mở")
    assert found
    [part] = show(Reply("\n".join(found.reasons), alarm=found))
    assert "vneid-gov" in part.text
    assert "vneid-gov.xyz" not in part.text


def test_a_button_of_telegram_carries_every_id_that_there_is() -> None:
    assert choices.LIMIT <= telegram.BUTTON

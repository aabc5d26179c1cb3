"""Recorded events → what was said; signatures; replies → texts with numbers and, where wanted, buttons."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import choice as choices
from bot.channels.chunks import utf16
from bot.channels.manners import Kind
from bot.channels.zalo_oa import Heard, Left, Takeover, read, show, signed
from bot.channels.zalo_oa_out import message
from bot.message import Choice, Incoming, Link, Reply, User

PAYLOADS = Path(__file__).parent / "payloads" / "zalo_oa"
APP, OA, SECRET = "360846524940903967", "388613280878808645", "oa-secret-of-the-webhook"
LAN = User("zalo_oa", "246845883529197922")
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp() * 1000))


def event(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return found


def heard(name: str) -> Heard:
    found = read(event(name), OA)
    assert isinstance(found, Heard)
    return found


@pytest.mark.parametrize(
    ("name", "text", "choice"),
    [
        ("text", "thue tro dk tam tru het bao nhieu", ""),
        ("text_quote", "2", ""),
        ("number", "0", ""),
        ("code", "TT04", ""),
        ("button", "", "ask/dang_ky_tam_tru/ho_so"),
        ("button_step", "", "at/next/dang_ky_tam_tru/2"),
        ("link", "https://vneid-gov.xyz/dang-nhap", ""),
        ("link_in_text", "cái này thật không https://vneid-gov.xyz/dang-nhap", ""),
        ("image_caption", "cái này là lừa đảo phải không", ""),
        ("follow", "", "cmd/menu"),
    ],
)
def test_what_is_meant(name: str, text: str, choice: str) -> None:
    said = heard(name).incoming
    assert (said.user, said.text, said.choice) == (LAN, text, choice)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("image", "photo"),
        ("audio", "voice"),
        ("video", "file"),
        ("gif", "sticker"),
        ("sticker", "sticker"),
        ("location", "place"),
        ("file", "file"),
        ("business_card", "contact"),
    ],
)
def test_media_are_known_by_their_kind_and_nothing_of_them_goes_on(name: str, kind: Kind) -> None:
    found = heard(name)
    assert found == Heard(Incoming(LAN, "", id=event(name)["message"]["msg_id"]), kind)


@pytest.mark.parametrize(
    "name",
    [
        "echo_text",
        "echo_template",
        "seen",
        "received",
        "reacted",
        "submit_info",
        "click_chatnow",
        "anonymous",
        "call",
        "other_account",
    ],
)
def test_what_is_not_for_the_bot(name: str) -> None:
    assert read(event(name), OA) is None


def test_a_person_who_writes_takes_over() -> None:
    assert read(event("person_text"), OA) == Takeover(LAN, "a1c2cdf3af150460003")
    assert read(event("person_image"), OA) == Takeover(LAN, "a1c2cdf3af150460004")
    assert read(event("person_text"), "111111111111111111") is None


def test_who_follows_no_more_has_left() -> None:
    assert read(event("unfollow"), OA) == Left(LAN)
    assert read(event("unfollow"), "111111111111111111") is None


def test_before_the_account_is_known_all_of_the_app_are_heard() -> None:
    assert isinstance(read(event("other_account"), ""), Heard)


def test_ids_are_zalos_own_or_the_same_for_the_same_event() -> None:
    assert heard("text").incoming.id == "96d3cdf3af150460909"
    assert heard("follow").incoming.id == "follow.1795575600001"
    nameless = event("text")
    del nameless["message"]["msg_id"]
    one, other = (read(each, OA) for each in (nameless, json.loads(json.dumps(nameless))))
    assert isinstance(one, Heard)
    assert one == other
    assert one.incoming.id


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from(sorted(path.stem for path in PAYLOADS.glob("*.json"))),
    st.dictionaries(st.sampled_from(["sender", "recipient", "message", "follower", "oa_id", "timestamp"]), JSON),
)
def test_whatever_an_event_holds_it_is_read(name: str, broken: dict[str, Any]) -> None:
    found = read(event(name) | broken, OA)
    if isinstance(found, Heard):
        assert found.incoming.user.id
        assert found.incoming.id


# signatures


def sign(body: bytes, stamp: str, secret: str = SECRET) -> str:
    """As Zalo documents it: SHA-256, no HMAC, of app id, body, timestamp and secret."""
    return hashlib.sha256(APP.encode() + body + stamp.encode() + secret.encode()).hexdigest()


def check(body: bytes, signature: str, header: str = "", now: datetime = NOW) -> dict[str, Any] | None:
    return signed(body, signature, header, APP, SECRET, now)


BODY = json.dumps({"event_name": "user_send_text", "timestamp": STAMP, "x": "ệ"}, ensure_ascii=False).encode()


@pytest.mark.parametrize("shape", ["mac={}", "{}", " MAC={} "])
@pytest.mark.parametrize("upper", [False, True])
@pytest.mark.parametrize("header", [STAMP, "", str(int(NOW.timestamp()))])
def test_zalos_signature_is_known_in_all_its_shapes(shape: str, upper: bool, header: str) -> None:
    digest = sign(BODY, header or STAMP)
    assert check(BODY, shape.format(digest.upper() if upper else digest), header) == json.loads(BODY)


def test_the_bodys_time_is_tried_where_the_headers_does_not_fit() -> None:
    other = str(int(STAMP) + 5)
    assert check(BODY, sign(BODY, STAMP), other)
    assert check(BODY, sign(BODY, other), other)


def test_what_is_not_signed_by_zalo_is_nothing() -> None:
    right = sign(BODY, STAMP)
    for signature in ("", "mac=", right[:-1], f"{right}0", "0" * 64, "ệ" * 64, sign(BODY, STAMP, "another secret")):
        assert check(BODY, signature, STAMP) is None
    assert check(BODY.replace(b"user", b"oa"), right, STAMP) is None
    assert check(json.dumps(json.loads(BODY)).encode(), right, STAMP) is None
    for body in (b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b'{"a": 1}'):
        assert check(body, sign(body, ""), "") is None


@pytest.mark.parametrize(("age", "heard"), [(2, True), (23, True), (25, False), (-23, True), (-25, False)])
def test_an_event_is_believed_for_a_day(age: int, heard: bool) -> None:
    """Zalo's own deliveries end after two hours; a recorded one that somebody sends again has its reply for 48."""
    assert (check(BODY, sign(BODY, STAMP), STAMP, NOW + timedelta(hours=age)) is not None) is heard


@pytest.mark.parametrize("stamp", ["", "-1", "soon", "1e9", "９９９", "9" * 40, "0"])
def test_a_time_that_is_none_is_not_believed(stamp: str) -> None:
    body = json.dumps({"timestamp": stamp}).encode()
    assert check(body, sign(body, stamp), stamp) is None


# out

CHOICES = (
    Choice("ask/dang_ky_tam_tru/ho_so", "Xem hồ sơ"),
    Choice("cmd/back", "Quay lại"),
    Choice("cmd/menu", "Mục khác"),
)


def test_a_reply_is_one_text_with_numbers() -> None:
    reply = Reply("Lệ phí 7.000 đồng.", CHOICES, (Link("Mở cổng", "https://dichvucong.gov.vn"),))
    [part] = show(reply)
    assert message("1", part) == {
        "recipient": {"user_id": "1"},
        "message": {
            "text": "Lệ phí 7.000 đồng.\n\nMở cổng: https://dichvucong.gov.vn\n\n"
            "1 · Xem hồ sơ\n2 · Quay lại\n0 · Mục khác"
        },
    }


def test_buttons_stand_beside_the_numbers_and_say_what_they_choose() -> None:
    [part] = show(Reply("Chọn.", CHOICES), buttons=True)
    assert "1 · Xem hồ sơ" in part.text
    attachment = message("1", part)["message"]["attachment"]
    assert attachment["type"] == "template"
    assert attachment["payload"]["buttons"][0] == {
        "title": "1 · Xem hồ sơ",
        "type": "oa.query.show",
        "payload": "ask/dang_ky_tam_tru/ho_so",
    }
    assert len(attachment["payload"]["buttons"]) == 3


@pytest.mark.parametrize(
    "offered",
    [
        (*CHOICES, *CHOICES),
        (*CHOICES, Choice("cmd/next", "dài" * 40)),
        (*CHOICES, Choice("ask/quá dài/", "Hỏng")),
        (),
    ],
)
def test_buttons_are_all_or_none(offered: tuple[Choice, ...]) -> None:
    [part] = show(Reply("Chọn.", offered), buttons=True)
    assert part.buttons == ()
    assert all(choice.label in part.text for choice in offered)


LABELS = st.text(st.characters(codec="utf-8", categories=["L", "N", "So"]), min_size=1, max_size=90)
REPLIES = st.builds(
    Reply,
    st.text("aệ😀. \n", min_size=1, max_size=7000).filter(str.strip),
    st.lists(st.builds(Choice, st.sampled_from(["cmd/menu", "cmd/back", "in/cu_tru"]), LABELS), max_size=8).map(tuple),
)


@given(REPLIES, st.booleans())
def test_whatever_is_said_fits_and_only_the_last_message_has_buttons(reply: Reply, buttons: bool) -> None:
    parts = show(reply, buttons)
    assert all(0 < utf16(part.text) <= 2000 for part in parts)
    assert not any(part.buttons for part in parts[:-1])
    assert len(parts[-1].buttons) in (0, len(reply.choices))
    assert len(parts[-1].buttons) <= 5
    assert all(len(title) <= 100 and choices.read(payload) for title, payload in parts[-1].buttons)


def test_a_long_text_is_cut_between_paragraphs() -> None:
    paragraphs = [f"{n}. " + "chữ " * 150 for n in range(6)]
    texts = [part.text for part in show(Reply("\n\n".join(paragraphs)))]
    assert [text[0] for text in texts] == ["0", "3"]

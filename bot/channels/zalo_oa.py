"""Zalo Official Account: an event → what was said; a reply → texts to send. Pure; the wire is in zalo_oa_wire.py."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot import choice as choices
from bot.channels.chunks import split, utf16, written
from bot.channels.manners import Kind
from bot.message import Incoming, Reply, User, numbers

CHANNEL = "zalo_oa"
LIMIT = 2_000  # UTF-16 code units of a message: Zalo says «characters», and refuses what is longer
MOST_BUTTONS = 5
BUTTON_TITLE = 100  # characters
FRESH = timedelta(
    hours=24
)  # age of an event that is believed: Zalo delivers again for two hours, replies are kept for 48
MENU = choices.command("menu")

_MEDIA: Mapping[str, Kind] = {
    "user_send_image": "photo",
    "user_send_audio": "voice",
    "user_send_video": "file",
    "user_send_file": "file",
    "user_send_gif": "sticker",
    "user_send_sticker": "sticker",
    "user_send_location": "place",
    "user_send_business_card": "contact",
}
_WORDS = ("user_send_text", "user_send_link")
_CAPTIONED = ("user_send_image", "user_send_video", "user_send_file", "user_send_gif")  # the others' text is data
_ID = re.compile(r"[\w.:=+/-]{1,128}", re.ASCII)
_MILLISECONDS = 100_000_000_000  # a timestamp below this one counts seconds
_MAC = re.compile(r"(?:mac=)?([0-9a-f]{64})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message for the bot, or somebody who begins to follow the account: greeted as if asking for the menu."""

    incoming: Incoming
    media: Kind | None = None


@dataclass(frozen=True, slots=True)
class Takeover:
    """A person of the agency has written to this citizen. `message` is what they wrote, by its id."""

    user: User
    message: str


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody follows the account no more."""

    user: User


@dataclass(frozen=True, slots=True)
class Part:
    """One message to send; of each button its title and what it says when it is pressed."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()


def mac(app_id: str, body: bytes, timestamp: str, secret: str) -> str:
    """What Zalo signs an event with; the secret is the «OA Secret Key» of the webhook, not the app's."""
    return hashlib.sha256(b"".join((app_id.encode(), body, timestamp.encode(), secret.encode()))).hexdigest()


def signed(
    body: bytes, signature: str, timestamp: str, app_id: str, secret: str, now: datetime
) -> dict[str, Any] | None:
    """The event, when Zalo has signed these very bytes within a day; None for everything else.

    `timestamp` is the header's. Accounts of Zalo's differ: where it does not fit, that of the event itself is tried.
    """
    given, event = _MAC.fullmatch(signature.strip()), _event(body)
    if given is None or event is None:
        return None
    for stamp in (timestamp.strip(), _string(event.get("timestamp"))):
        right = mac(app_id, body, stamp, secret)
        if stamp and hmac.compare_digest(given[1].lower(), right) and _is_fresh(stamp, now):
            return event
    return None


def _event(body: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) else None


def _is_fresh(stamp: str, now: datetime) -> bool:
    if not re.fullmatch(r"[0-9]{1,15}", stamp):
        return False
    number = int(stamp)
    seconds = number / 1000 if number >= _MILLISECONDS else number
    return abs(now - datetime.fromtimestamp(seconds, UTC)) <= FRESH


def read(event: Mapping[str, Any], oa: str = "") -> Heard | Takeover | Left | None:
    """None for what is not for the bot: what it sent itself, receipts, calls, other accounts than `oa` ("": any)."""
    name = _string(event.get("event_name"))
    sender, recipient = _id(event, "sender"), _id(event, "recipient")
    if name in ("follow", "unfollow"):
        return _followed(event, name, oa)
    if name.startswith("oa_send_"):
        if not _at(event, "sender", "admin_id") or not recipient or oa not in ("", sender):
            return None
        return Takeover(User(CHANNEL, recipient), _message_id(event))
    if not name.startswith("user_send_") or not sender or oa not in ("", recipient):
        return None
    media = None if name in _WORDS else _MEDIA.get(name, "file")
    text, choice = _meant(_said(event, name))
    if not (text or choice or media):
        return None
    return Heard(Incoming(User(CHANNEL, sender), text, choice, _message_id(event)), media)


def _followed(event: Mapping[str, Any], name: str, oa: str) -> Heard | Left | None:
    follower = _id(event, "follower")
    if not follower or oa not in ("", _string(event.get("oa_id"))):
        return None
    user = User(CHANNEL, follower)
    if name == "unfollow":
        return Left(user)
    return Heard(Incoming(user, "", MENU, f"follow.{_string(event.get('timestamp'))[:20]}"))


def _said(event: Mapping[str, Any], name: str) -> str:
    """The words; of a shared link also its address, which is judged and never opened."""
    if name not in _WORDS and name not in _CAPTIONED:
        return ""
    text = _string(_at(event, "message", "text")).strip()
    if name != "user_send_link":
        return text
    attachments = _at(event, "message", "attachments")
    found = [_string(_at(each, "payload", "url")) for each in attachments] if isinstance(attachments, list) else []
    return "\n".join(dict.fromkeys(filter(None, (text, *(url for url in found if url not in text)))))


def _meant(text: str) -> tuple[str, str]:
    """Text and choice: a pressed button comes back as a text that is its choice id."""
    return ("", text) if choices.read(text) else (text, "")


def _message_id(event: Mapping[str, Any]) -> str:
    """Zalo's, or one that the same event has again."""
    given = _string(_at(event, "message", "msg_id"))
    return given if _ID.fullmatch(given) else hashlib.sha256(repr(sorted(event.items())).encode()).hexdigest()[:32]


def _id(event: Mapping[str, Any], role: str) -> str:
    found = _string(_at(event, role, "id"))
    return found if _ID.fullmatch(found) else ""


def _at(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _string(value: Any) -> str:
    """Numbers, too, are sent as either."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def show(reply: Reply, buttons: bool = False) -> list[Part]:
    """The messages of a reply, every choice with its number; where `buttons` are wanted, all choices or none have one."""
    parts = [Part(text) for text in split(written(reply), LIMIT, utf16)]
    if parts and buttons:
        parts[-1] = replace(parts[-1], buttons=_buttons(reply))
    return parts


def _buttons(reply: Reply) -> tuple[tuple[str, str], ...]:
    found = tuple((f"{n} · {choice.label}", choice.id) for n, choice in numbers(reply.choices))
    fit = len(found) <= MOST_BUTTONS and all(utf16(title) <= BUTTON_TITLE and choices.read(id) for title, id in found)
    return found if fit else ()

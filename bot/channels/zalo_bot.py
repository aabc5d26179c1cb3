"""Zalo Bot Platform: an event → what was said and where; a reply → texts. Pure; the wire is in zalo_bot_wire.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict, Field

from bot import choice as choices
from bot.channels.chunks import split, utf16, written
from bot.channels.manners import Kind, called
from bot.message import Incoming, Reply, User

CHANNEL = "zalo_bot"
LIMIT = 2_000  # of a message; counted in UTF-16 code units, which is never less than characters

# which messages of a group are answered: those that name the bot, all that Zalo delivers, none
Groups = Literal["named", "delivered", "none"]

TEXTS = ("message.text.received", "message.link.received", "")  # older builds sent no name with it
MEDIA: Mapping[str, Kind] = {
    "message.image.received": "photo",
    "message.voice.received": "voice",
    "message.sticker.received": "sticker",
    "message.unsupported.received": "other",  # also whatever people write whose content Zalo passes to nobody
}

Id = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[^/\s]+$")]


class _Part(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True, frozen=True)


class _Sender(_Part):
    is_bot: bool = False
    id: Id


class _Chat(_Part):
    id: Id
    chat_type: str = ""


class _Message(_Part):
    sender: _Sender = Field(alias="from")
    chat: _Chat
    text: str | None = None
    caption: str | None = None
    url: str | None = None  # of a link; of a sticker it is the picture, which nobody fetches
    message_id: str | None = None
    date: int | None = None  # milliseconds since 1970

    @property
    def is_private(self) -> bool:
        kind = self.chat.chat_type.upper()
        return kind == "PRIVATE" if kind else self.chat.id == self.sender.id

    @property
    def id(self) -> str:
        """ "" when there is nothing to know it by, should it come again."""
        return self.message_id or (f"t{self.date}" if self.date else "")

    @property
    def user(self) -> User:
        """A private chat is the person; a group has conversations of its own: nothing private is taken up there."""
        return User(CHANNEL, self.chat.id if self.is_private else f"{self.chat.id}/{self.sender.id}")


class _Event(_Part):
    event_name: str = ""
    message: _Message | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """How a group is answered, and the names that it may call the bot by."""

    answered: Groups = "named"
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """One message that is for the bot."""

    incoming: Incoming
    media: Kind | None = None


def read(body: Any, group: Group) -> Heard | None:
    """None for what is not for the bot: other bots, what a group says among itself, events that are no messages.

    `body` is the event, or the envelope `{ok, result}` around it. Raises pydantic.ValidationError for what is neither.
    """
    event = _Event.model_validate(body.get("result", body) if isinstance(body, dict) else body)
    message, media = event.message, MEDIA.get(event.event_name)
    if message is None or message.sender.is_bot or not (media or event.event_name in TEXTS):
        return None
    text = message.text or message.caption or ("" if media else message.url) or ""
    if not message.is_private:
        spoken = _to_me(text, group)
        if spoken is None:
            return None
        text = spoken
    choice = "" if text.strip() or media else choices.command("menu")
    return Heard(Incoming(message.user, text, choice, message.id), media) if message.id else None


def chat_of(user: User) -> str:
    """Where this person is answered: their private chat, or the group."""
    return user.id.partition("/")[0]


def _to_me(text: str, group: Group) -> str | None:
    """What a message of a group says to the bot; None when it does not."""
    if group.answered == "none":
        return None
    text = normalize("NFC", text)  # some keyboards type marks as letters of their own
    names = (normalize("NFC", name) for name in group.names)
    said = next((said for name in names if (said := called(text, name)) is not None), None)
    return text if said is None and group.answered == "delivered" else said


def show(reply: Reply) -> Sequence[str]:
    """The messages of a reply: Zalo Bot has no buttons, choices are numbers to type."""
    return split(written(reply), LIMIT, utf16)

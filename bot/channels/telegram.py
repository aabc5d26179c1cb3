"""Telegram: an update → what was said and where; a reply → messages with buttons. Pure; the wire is in telegram_wire.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType, InlineKeyboardButtonLimit, MessageLimit

from bot import choice as choices
from bot.channels.chunks import split, utf16, written
from bot.channels.guides import find_guide
from bot.channels.manners import Kind, called
from bot.content.types import FIRST_AID, Content
from bot.message import Choice, Incoming, Reply, User, numbers

CHANNEL = "telegram"
LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)  # UTF-16 code units of a message
BUTTON = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)  # bytes that a button carries
SHORT = 18  # letters of a button that leaves room for another beside it
MENU = choices.command("menu")
HELP = choices.command("help")

# commands → what they press; those with a sentence stand in Telegram's menu of commands
COMMANDS: Mapping[str, str] = {
    "hoi": HELP,
    "menu": MENU,
    "quaylai": choices.command("back"),
    "lamlai": choices.command("restart"),
    "dung": choices.command("stop"),
    "luadao": choices.ask(FIRST_AID),
    "nguoithat": choices.command("person"),
    "trogiup": HELP,
    "xoadulieu": choices.command("forget"),
    "start": MENU,
    "help": HELP,
    "stop": choices.command("stop"),
}
DESCRIPTIONS: Mapping[str, str] = {
    "menu": "lenh_menu",
    "hoi": "lenh_hoi",
    "luadao": "lenh_lua_dao",
    "quaylai": "lenh_quay_lai",
    "lamlai": "lenh_lam_lai",
    "dung": "lenh_dung",
    "nguoithat": "lenh_nguoi_that",
    "trogiup": "lenh_tro_giup",
    "xoadulieu": "lenh_xoa_du_lieu",
}
_WITH_WORDS = ("hoi", "luadao")  # what stands behind these is the message
_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?:\s+(.*))?\Z", re.DOTALL | re.ASCII)
_MEDIA: Mapping[str, Kind] = {  # an animation is a document, too, and a venue a location: the narrower one first
    "photo": "photo",
    "voice": "voice",
    "audio": "voice",
    "video_note": "voice",
    "sticker": "sticker",
    "animation": "sticker",
    "dice": "sticker",
    "location": "place",
    "contact": "contact",
    "video": "file",
    "document": "file",
    "poll": "file",
    "story": "file",
}
_SPENT = ("at/", "ans/")  # kinds of buttons that mean nothing any more once they are pressed


@dataclass(frozen=True, slots=True)
class Me:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes: a chat, its topic, and in a group the message that it answers."""

    chat: int
    thread: int | None = None
    answers: int | None = None

    @property
    def is_group(self) -> bool:
        return self.chat < 0


@dataclass(frozen=True, slots=True)
class Heard:
    """One update that is for the bot. Without `incoming` there is nothing to answer but the pressed button itself."""

    place: Place
    incoming: Incoming | None
    media: Kind | None = None
    album: str = ""  # photos sent together have one
    begins: bool = False  # a guide opened by a link or a poster: perhaps the first that somebody sees of the bot
    query: str = ""  # the pressed button's, which has to be answered
    spent: int | None = None  # the message whose buttons have done their work


@dataclass(frozen=True, slots=True)
class Part:
    """One message to send; of each button its words and what it carries."""

    text: str
    keyboard: tuple[tuple[tuple[str, str], ...], ...] = ()


def read(update: Update, me: Me, content: Content) -> Heard | None:
    """None for what is not for the bot: edited messages, other bots, what a group says among itself."""
    if update.callback_query:
        return _pressed(update.callback_query)
    return _said(update.message, me, content) if update.message else None


def _pressed(query: CallbackQuery) -> Heard:
    message = query.message
    if message is None or not query.data:
        return Heard(Place(query.from_user.id), None, query=query.id)
    chat, thread = message.chat.id, message.message_thread_id if isinstance(message, Message) else None
    place = Place(chat, thread, message.message_id if chat < 0 else None)
    incoming = Incoming(_user(chat, query.from_user.id), "", query.data, f"c{query.id}")
    spent = query.data.startswith(_SPENT) and not place.is_group
    return Heard(place, incoming, query=query.id, spent=message.message_id if spent else None)


def _said(message: Message, me: Me, content: Content) -> Heard | None:
    author, text, media = message.from_user, message.text or message.caption or "", _media(message)
    if author is None or author.is_bot or message.is_automatic_forward or not (text or media):
        return None
    is_group = message.chat.type != ChatType.PRIVATE
    if is_group:
        spoken = _to_me(message, text, me)
        if spoken is None:
            return None
        text = spoken
    text, choice = _meant(text, content)
    if not (text or choice or media):
        choice = MENU
    incoming = Incoming(_user(message.chat.id, author.id), text, choice, f"m{message.chat.id}.{message.message_id}")
    thread = message.message_thread_id if message.is_topic_message else None
    place = Place(message.chat.id, thread, message.message_id if is_group else None)
    begins = choice.startswith("ask/") and message.text is not None and message.text.startswith("/start")
    return Heard(place, incoming, media, message.media_group_id or "", begins)


def _user(chat: int, user: int) -> User:
    """A group has conversations of its own: what somebody asked in private is not taken up before everybody."""
    return User(CHANNEL, str(user) if chat == user else f"{chat}/{user}")


def _media(message: Message) -> Kind | None:
    return next((kind for name, kind in _MEDIA.items() if getattr(message, name)), None)


def _to_me(message: Message, text: str, me: Me) -> str | None:
    """What a message of a group says to the bot: by @name, by a command, as a reply to it; None when it does not."""
    spoken = called(text, me.name)
    said = text if spoken is None else spoken
    command = _COMMAND.match(said)
    if command and command[2]:
        return said if command[2].lower() == me.name.lower() else None
    replied = message.reply_to_message.from_user if message.reply_to_message else None
    ours = command is not None and command[1].lower() in COMMANDS
    return said if ours or spoken is not None or (replied and replied.id == me.id) else None


def _meant(text: str, content: Content) -> tuple[str, str]:
    """Text and choice. A code behind /start opens its guide; a command that is none of ours is read as its words."""
    command = _COMMAND.match(text)
    if not command:
        return text, ""
    name, words = command[1].lower(), (command[3] or "").strip()
    if name == "start" and (guide := find_guide(content, words)):
        return "", choices.ask(guide.id)
    if name in COMMANDS and not (words and name in _WITH_WORDS):
        return "", COMMANDS[name]
    return words if name in _WITH_WORDS else f"{name} {words}".strip(), ""


def show(reply: Reply) -> list[Part]:
    """The messages of a reply; the last one has the buttons."""
    parts = [Part(text) for text in split(written(reply), LIMIT, utf16)]
    if parts:
        parts[-1] = replace(parts[-1], keyboard=_keyboard(reply.choices))
    return parts


def _keyboard(offered: tuple[Choice, ...]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Buttons, two short ones side by side. An id that no button can carry has its number only."""
    rows: list[tuple[tuple[str, str], ...]] = []
    for n, choice in numbers(offered):
        if not 1 <= len(choice.id.encode()) <= BUTTON:
            continue
        button = (f"{n} · {choice.label}", choice.id)
        room = rows and len(rows[-1]) == 1 and len(rows[-1][0][0]) <= SHORT
        if room and len(button[0]) <= SHORT:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
    return tuple(rows)

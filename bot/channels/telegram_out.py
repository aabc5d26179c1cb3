"""What goes out to Telegram: at the pace it allows, again after what passes, dropped where it can never arrive."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.pace import Pace
from bot.channels.telegram import Part, Place

EVERY = 1.0  # seconds between messages to one person
EVERY_GROUP = 3.0  # to a group: 20 a minute
TRIES = 6  # of one message

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_log = logging.getLogger(__name__)


def seconds(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


class Sender:
    """One message after the other in each chat: who calls keeps their order."""

    def __init__(self, api: telegram.Bot, pace: Pace) -> None:
        self._api = api
        self._pace = pace

    async def say(self, place: Place, parts: Sequence[Part]) -> None:
        """In a group the first message answers the citizen's. What cannot be sent ends the reply."""
        for n, part in enumerate(parts):
            moved = await self._send(place if n == 0 else replace(place, answers=None), part)
            if moved is None:
                return
            place = moved

    async def _send(self, place: Place, part: Part) -> Place | None:
        """Where it has arrived: a group's chat id changes when it grows."""
        for attempt in range(TRIES):
            line, every = str(place.chat), EVERY_GROUP if place.is_group else EVERY
            await self._pace.turn(line, every)
            try:
                await self._api.send_message(**_message(place, part))
                self._pace.hold(line, every)  # Telegram counts from when it came, which is before now
                return place
            except RetryAfter as error:
                self._pace.hold(line, seconds(error))
            except ChatMigrated as error:
                place = replace(place, chat=error.new_chat_id, answers=None)
            except (BadRequest, Forbidden, InvalidToken) as error:
                _log.warning("a message was refused: %s", type(error).__name__)
                return None
            except TelegramError:
                self._pace.hold(line, 2.0**attempt)
        _log.warning("a message was given up after %d attempts", TRIES)
        return None

    async def acknowledge(self, query: str) -> None:
        """A pressed button turns until this is sent. One pressed long ago cannot be answered any more."""
        await self._small(lambda: self._api.answer_callback_query(query))

    async def clear(self, chat: int, message: int) -> None:
        """Take a message's buttons away; it may be too old for that, or have none."""
        await self._small(lambda: self._api.edit_message_reply_markup(chat_id=chat, message_id=message))

    async def _small(self, call: Callable[[], Awaitable[Any]]) -> None:
        """Nobody misses it when it fails; once more when Telegram was only busy."""
        try:
            await call()
        except BadRequest:
            return
        except RetryAfter as error:
            await self._pace.rest(seconds(error))
        except TelegramError:
            await self._pace.rest(1.0)
        else:
            return
        try:
            await call()
        except TelegramError as error:
            _log.warning("a button was not answered or removed: %s", type(error).__name__)


def _message(place: Place, part: Part) -> dict[str, Any]:
    rows = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in part.keyboard]
    answers = ReplyParameters(place.answers, allow_sending_without_reply=True) if place.answers else None
    return {
        "chat_id": place.chat,
        "text": part.text,
        "message_thread_id": place.thread,
        "reply_parameters": answers,
        "reply_markup": InlineKeyboardMarkup(rows) if rows else None,
        "link_preview_options": _NO_PREVIEW,
    }

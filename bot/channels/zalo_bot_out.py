"""What goes out to Zalo Bot: at a modest pace, again after what passes, dropped where it can never arrive."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from bot.channels.pace import Pace
from bot.channels.zalo_bot_api import ZaloBotApi, ZaloBotError

EVERY = 1.0  # seconds between messages to one chat: Zalo publishes no limit, this is nobody's flood
TRIES = 10  # of one message: some four minutes
LONGEST = 60.0  # seconds that a message waits for its next attempt, whatever Zalo asks

_log = logging.getLogger(__name__)


class Sender:
    """One message after the other in each chat: who calls keeps their order."""

    def __init__(self, api: ZaloBotApi, pace: Pace, trouble: Callable[[ZaloBotError], None]) -> None:
        self._api, self._pace, self._trouble = api, pace, trouble

    async def say(self, chat: str, texts: Sequence[str]) -> bool:
        """Whether that is over: False only when the token was refused, and another one may bring it.

        What cannot be sent ends the reply.
        """
        for text in texts:
            try:
                await self._send(chat, text)
            except ZaloBotError as error:
                _log.warning("a message was given up: %d", error.code)
                return not error.is_token
        return True

    async def _send(self, chat: str, text: str) -> None:
        """Raises ZaloBotError after the last attempt, or after what no attempt can change."""
        for attempt in range(TRIES):
            await self._pace.turn(chat, EVERY)
            try:
                await self._api.call("sendMessage", chat_id=chat, text=text)
                return
            except ZaloBotError as error:
                self._trouble(error)
                if not error.passes or attempt == TRIES - 1:
                    raise
                self._pace.hold(chat, min(max(error.wait, 2.0**attempt), LONGEST))

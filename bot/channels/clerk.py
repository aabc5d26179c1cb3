"""Who answers on a messenger: words of the engine, a sentence for what is no words, a request to who writes too fast."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from bot.channels import Bot
from bot.channels.desk import log_error
from bot.channels.limits import Buckets, Rate
from bot.channels.manners import Kind, media_answer
from bot.message import Incoming, Reply

PERSON = Rate(20, 1.0)  # how much one person may write; what is over is not answered

Admission = Literal["answer", "slow down", "silence"]

_log = logging.getLogger(__name__)


class Clerk:
    def __init__(self, bot: Bot, clock: Callable[[], float]) -> None:
        self._bot = bot
        self._rate = Buckets(PERSON, clock)
        self._told: set[str] = set()  # who was told to be slower, and has not been since

    def admit(self, user: str) -> Admission:
        """Whether one more message of this person is answered; who is too fast is told once."""
        if not self._rate.take(user):
            self._told.discard(user)
            return "answer"
        if user in self._told:
            return "silence"
        self._told.add(user)
        return "slow down"

    def slow_down(self) -> Reply:
        return Reply(self._bot.brain.content.bot["web_qua_nhanh"])

    async def answer(self, said: Incoming, media: Kind | None = None, before: Sequence[str] = ()) -> Reply:
        """`before` and a sentence for the media, then the engine's reply where there is anything to reply to.

        While the bot is off only that is said. Somebody who wrote is always answered.
        """
        sentences, off = self._bot.brain.content.bot, self._bot.closed() is not None
        first = [media_answer(sentences, media)] if media and not off else []
        reply = await self._reply(said) if said.text or said.choice or off else Reply("")
        return replace(reply, text="\n\n".join(filter(None, (*first, *before, reply.text))))

    async def _reply(self, said: Incoming) -> Reply:
        try:
            return await self._bot.handle(said)
        except Exception as error:
            log_error(_log, error)
            return Reply(self._bot.brain.content.bot["web_loi"])

"""Channels carry words in and out; they know messages and nothing of what they mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.content.types import Content
from bot.message import Incoming, Reply
from bot.safety.scam import Shield


class Brain(Protocol):
    @property
    def content(self) -> Content: ...

    @property
    def shield(self) -> Shield: ...


class Bot(Protocol):
    """What a channel asks of the engine."""

    @property
    def brain(self) -> Brain: ...

    @property
    def clock(self) -> Callable[[], datetime]: ...

    @property
    def closed(self) -> Callable[[], str | None]:
        """Why an operator has switched it off; None while it is on."""

    async def handle(self, incoming: Incoming) -> Reply: ...

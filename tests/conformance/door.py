"""What the suite asks of a channel: one adapter each, in the doors_….py beside this file."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from bot.channels.manners import Kind
from bot.message import Choice
from tests.conformance.world import World

# what a channel may have besides words and numbers to type; media by their Kind
PEOPLE = "people"  # more than one person
AGAIN = "again"  # its platform may deliver a message twice
GROUP = "group"
OLD = "old"  # buttons of earlier messages can still be pressed
CAPTION = "caption"  # words under a photo
INTRODUCED = "introduced"  # who is new is told that a machine answers, whatever they write first
ERRORS = "errors"  # an error inside is answered


@dataclass(frozen=True)
class Shown:
    """One message as a person sees it. `buttons`: ids of its choices; `ref`: what the adapter knows it by."""

    text: str
    buttons: tuple[str, ...] = ()
    ref: Any = None

    @property
    def words(self) -> list[str]:
        return words(self.text)


@dataclass(frozen=True)
class Button:
    choice: Choice
    under: Shown


class Door:
    """A channel with a person before it. Events are made first and delivered later: twice, late, together.

    `who` is any name: the adapter makes an id of its platform of it. In a group everybody sees the same messages.
    What a channel does not have (`Channel.can`) need not be written.
    """

    def begin(self, who: str) -> Any:
        """Whatever opens the conversation with the menu."""
        raise NotImplementedError

    def say(self, who: str, text: str) -> Any:
        raise NotImplementedError

    def say_in(self, group: str, who: str, text: str, called: bool) -> Any:
        """To the bot, or not."""
        raise NotImplementedError

    def press(self, who: str, button: Button) -> Any:
        raise NotImplementedError

    def media(self, who: str, kind: Kind, text: str) -> Any:
        """A photo, a voice message …, with words under it."""
        raise NotImplementedError

    async def deliver(self, event: Any) -> None:
        """As the platform does: returns before or after it is answered."""
        raise NotImplementedError

    def shown(self, place: str) -> list[Shown]:
        """All that a person, or a group, has been shown since it began."""
        raise NotImplementedError


Open = Callable[[World], AbstractAsyncContextManager[Door]]


@dataclass(frozen=True)
class Channel:
    """`title` as people call it, `most_buttons` under a message (0: choices are typed as numbers), `limit` of one message
    (0: none)."""

    name: str
    title: str
    open: Open
    can: frozenset[str]
    most_buttons: int = 0
    limit: int = 0


def words(text: str) -> list[str]:
    """Letters and digits only: marks and line breaks are each channel's own."""
    return re.findall(r"\w+", text)

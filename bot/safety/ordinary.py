"""What citizens ask in content, as words without marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.content.types import FIRST_AID, Content
from bot.safety.fold import plain

_TOKEN = re.compile(r"[^\W_]+")


def questions(content: Content) -> Iterable[str]:
    """Of everything but fraud."""
    for guide in content.guides.values():
        if guide.topic != FIRST_AID:
            yield from (*guide.examples, *guide.aliases)
    for entry in content.entries.values():
        if entry.topic != FIRST_AID:
            yield from entry.questions
    for neighbour in content.neighbours.values():
        yield from neighbour.examples
    for talk in content.small_talk.values():  # emergencies among it
        yield from talk.examples


def asked(content: Content) -> Iterator[list[str]]:
    """The words of each; read at once, for thousands of lines one by one take a while."""
    yield from map(_TOKEN.findall, plain("\n".join(questions(content))).splitlines())

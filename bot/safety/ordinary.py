"""What citizens ask in content, as words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.content.types import FIRST_AID, Content
from bot.safety.fold import Word, written


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


def asked(content: Content) -> Iterator[list[Word]]:
    """The words of each."""
    yield from map(written, questions(content))

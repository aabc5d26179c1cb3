"""A reply as plain text, and where to cut a text that is longer than a platform takes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from bot.message import Reply, numbers

Size = Callable[[str], int]

_BORDERS = (("\n\n", 0), ("\n", 0), (". ", 1), (" ", 0))  # the best first; how much of it stays before the cut


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts: «😀» is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def written(reply: Reply) -> str:
    """The whole reply, for channels that show plain text: links as «label: address», a numbered choice on each line.

    The label of a telephone link has its number; other schemes than these are not shown.
    """
    links = [
        link.label if link.url.startswith("tel:") else f"{link.label}: {link.url}"
        for link in reply.links
        if link.url.startswith(("https://", "http://", "tel:"))
    ]
    choices = [f"{n} · {choice.label}" for n, choice in numbers(reply.choices)]
    return "\n\n".join(filter(None, (reply.text.strip(), "\n".join(links), "\n".join(choices))))


def split(text: str, limit: int, size: Size = len) -> list[str]:
    """Pieces of at most `limit` units each, cut between paragraphs, else lines, sentences, words, at last anywhere.

    Nothing but white space is lost; a text of white space has no pieces.
    """
    pieces, rest = [], text.strip()
    while size(rest) > limit:
        at = _cut(rest, _most(rest, limit, size))
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*pieces, rest] if rest else pieces


def _most(text: str, limit: int, size: Size) -> int:
    """How many characters fit, at least one."""
    return max(1, bisect_right(range(len(text) + 1), limit, key=lambda n: size(text[:n])) - 1)


def _cut(text: str, most: int) -> int:
    for border, kept in _BORDERS:
        at = text.rfind(border, 0, most + len(border) - kept)
        if at > 0:
            return at + kept
    return most

"""The conversation in a terminal: numbered choices, no account, nothing kept."""

from __future__ import annotations

import asyncio
import sys

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from bot.channels import Bot
from bot.message import Incoming, Reply, User, numbers

USER = User("console", "me")
QUIT = frozenset(["thoát", "thoat", "exit", "quit"])


async def run(bot: Bot, out: Console) -> None:
    """Until end of input, Ctrl+C or «thoát»."""
    sentences = bot.brain.content.bot
    show(out, await bot.handle(Incoming(USER, "", "cmd/menu")))
    out.print(f"[dim]{escape(sentences['console_dung'])}[/dim]")
    while (text := await _line(out, sentences["console_hoi"])) is not None:
        if text.lower() in QUIT:
            break
        if text:
            show(out, await bot.handle(Incoming(USER, text)))
    out.print(f"\n{escape(sentences['console_chao'])}")


def show(out: Console, reply: Reply) -> None:
    style = "red" if reply.alarm else "cyan"
    out.print()
    out.print(Padding(escape(reply.text), (0, 0, 0, 2)), style=style if reply.alarm else None)
    for link in reply.links:
        out.print(Padding(f"{escape(link.label)}: [link={link.url}]{escape(link.url)}[/link]", (0, 0, 0, 2)))
    for n, choice in numbers(reply.choices):
        out.print(Padding(f"[bold {style}]{n}[/] {escape(choice.label)}", (0, 0, 0, 2)))
    out.print()


async def _line(out: Console, prompt: str) -> str | None:
    """None at the end of input. Read in a thread: content reloads meanwhile."""
    out.print(f"[bold]{escape(prompt)}[/] ", end="")
    line = await asyncio.to_thread(sys.stdin.readline)
    return line.strip() if line else None

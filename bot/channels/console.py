"""The conversation in a terminal: numbered choices, no account, nothing kept."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from bot.channels import Bot
from bot.dialogue.checking import NAMES, Check
from bot.dialogue.say import Say
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
    _inset(out, escape(reply.text), style if reply.alarm else None)
    for link in reply.links:
        _inset(out, f"{escape(link.label)}: [link={link.url}]{escape(link.url)}[/link]")
    for n, choice in numbers(reply.choices):
        _inset(out, f"[bold {style}]{n}[/] {escape(choice.label)}")
    out.print()


def show_check(out: Console, say: Say, check: Check) -> None:
    """The verdict on one message: why, its links, what to do now."""
    style = "green" if check.level == "none" else "red"
    out.print(f"\n{escape(check.comfort)}\n" if check.comfort else "")
    out.print(f"[bold {style}]{escape(check.head)}[/]")
    if check.title:
        out.print(escape(say("xet_giong", title=check.title)))
    why = say("xet_da_xay_ra" if check.level == "panic" else "xet_vi_sao")
    links = (
        f"[bold]{escape(say(NAMES[link.verdict]))}[/] {escape(link.text)}\n{escape(link.reason)}"
        for link in check.links
    )
    _section(out, why, [f"• {escape(reason)}" for reason in check.other_reasons])
    _section(out, say("xet_link"), links)
    _section(out, say("xet_lam_gi"), [escape(check.advice)])


def _section(out: Console, head: str, marked: Iterable[str]) -> None:
    lines = list(marked)
    if lines:
        out.print(f"\n[bold]{escape(head)}[/]")
    for line in lines:
        _inset(out, line)


def _inset(out: Console, marked: str, style: str | None = None) -> None:
    """Wrapped: what is padded would be cut off at the edge of a console that leaves wrapping to the terminal."""
    out.print(Padding(marked, (0, 0, 0, 2)), style=style, soft_wrap=False)


async def _line(out: Console, prompt: str) -> str | None:
    """None at the end of input. Read in a thread: content reloads meanwhile."""
    out.print(f"[bold]{escape(prompt)}[/] ", end="")
    line = await asyncio.to_thread(sys.stdin.readline)
    return line.strip() if line else None

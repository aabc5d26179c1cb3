"""One key at a time from a plain terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import typer

try:
    import termios
except ModuleNotFoundError:  # Windows: a key is read without a mode of the terminal
    POSIX = False
else:
    POSIX = True

_SEQUENCE = re.compile(r"\x1b(?:\[[\d;]*[ -/]*[@-~]|O.|.?)", re.DOTALL)  # what arrows and the like send
_MOST = 64  # bytes that are read at once


@dataclass(frozen=True, slots=True)
class Terminal:
    """How somebody is spoken to. `key` waits for one key, `line` for a line after a prompt. Both raise EOFError when nobody
    is there any more, and KeyboardInterrupt."""

    key: Callable[[], str]
    line: Callable[[str], str]
    tell: Callable[[str], None]


class Keys:
    """One key after another of what a terminal gives, which is several when they are typed fast; no arrows and the like."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._waiting = ""

    def __call__(self) -> str:
        while not self._waiting:
            self._waiting = _SEQUENCE.sub("", self._read())
        key, self._waiting = self._waiting[0], self._waiting[1:]
        return key


@contextmanager
def terminal() -> Iterator[Terminal]:
    """Standard input, which gives every key at once and without an echo until the end."""
    if not POSIX:
        yield Terminal(Keys(typer.getchar), input, typer.echo)
        return
    file = sys.stdin.fileno()
    before = termios.tcgetattr(file)
    keys = termios.tcgetattr(file)
    keys[3] &= ~(termios.ICANON | termios.ECHO)

    def line(prompt: str) -> str:
        termios.tcsetattr(file, termios.TCSADRAIN, before)
        try:
            return input(prompt)
        finally:
            termios.tcsetattr(file, termios.TCSADRAIN, keys)

    termios.tcsetattr(file, termios.TCSADRAIN, keys)
    try:
        yield Terminal(Keys(lambda: _typed(file)), line, typer.echo)
    finally:
        termios.tcsetattr(file, termios.TCSADRAIN, before)


def _typed(file: int) -> str:
    found = os.read(file, _MOST)
    if not found:
        raise EOFError
    return found.decode(errors="replace")

"""The off switch: one small text file. While it is there the bot is off; its words are the reason."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MOST = 300  # characters of a reason


@dataclass(frozen=True, slots=True)
class Switch:
    path: Path

    def reason(self) -> str | None:
        """Why it is off ("" when the file does not say); None while it is on. Looked up anew for every message."""
        try:
            return tidy(self.path.read_text("utf-8", errors="replace"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            return ""  # it is there and cannot be read: off is the safe reading

    def turn_off(self, reason: str) -> None:
        """At once, and whole: nobody reads half a reason. Raises OSError."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.path.with_suffix(f".{os.getpid()}")
        part.write_text(f"{tidy(reason)}\n", encoding="utf-8")
        part.replace(self.path)

    def turn_on(self) -> bool:
        """Whether it was off. Raises OSError."""
        was_off = self.path.exists()
        self.path.unlink(missing_ok=True)
        return was_off


def tidy(reason: str) -> str:
    """One line, not longer than a citizen reads."""
    return " ".join(reason.split())[:MOST]

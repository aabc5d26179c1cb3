"""Run by test_operating.py: the real server, as the environment sets it, with the small content of the tests."""

from __future__ import annotations

import sys
from pathlib import Path

from bot import serving, settings
from bot.engine import Brain
from bot.safety.scam import Shield
from bot.understanding import reading
from bot.understanding.focus import Focus
from bot.understanding.meaning import Meaning, Unknown
from tests.guides import CONTENT, NO_MODEL


def understand_nothing(*_: object, **more: object) -> Meaning:
    """Instead of a model."""
    return Unknown()


if __name__ == "__main__":
    reading.interpret = understand_nothing
    brain = Brain(CONTENT, NO_MODEL, Shield(CONTENT), Focus(CONTENT))
    serving.run(brain, Path(sys.argv[1]), settings.read(), lambda _: None)

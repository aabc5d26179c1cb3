"""Where Rasa lives, and how a script of the bench goes on inside."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
PYTHON = ENVIRONMENT / "bin/python"
MISSING = 3  # the exit status where Rasa is not set up, of setup.sh too

QUIET = {  # it reports nothing to anybody and says only what it must
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "PYTHONHASHSEED": "0",
    "PYTHONWARNINGS": "ignore",
}


def check() -> None:
    """Exits with MISSING and a line that says so where Rasa is not set up."""
    if not PYTHON.exists():
        print("Rasa is skipped: it is not set up (sh bench/peers/rasa/setup.sh).", file=sys.stderr)
        raise SystemExit(MISSING)


def enter() -> None:
    """The script begins anew with Rasa's Python, unless it has done so already."""
    check()
    if Path(sys.prefix).resolve() != ENVIRONMENT:
        os.execve(PYTHON, [str(PYTHON), *sys.argv], os.environ | QUIET)  # noqa: S606 - this very script, in the environment that setup.sh made

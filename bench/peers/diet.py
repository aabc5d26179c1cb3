"""Rasa 3.6 DIET, in the environment of its own that bench/peers/rasa/setup.sh makes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.intents import Method, Score, Split

SCRIPT = Path(__file__).parent / "rasa/score.py"


def measured(split: Split) -> Method | None:
    """None, and a line that says why, where Rasa cannot be asked."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rasa.json"
        files = [str(path.resolve()) for path in (split.train, *split.tests.values())]
        command = [sys.executable, str(SCRIPT), *files, "--out", str(out)]
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        if done.returncode or not out.exists():
            said = done.stderr.strip().splitlines()
            print(said[-1] if said else f"Rasa is skipped: it ended with {done.returncode}.", file=sys.stderr)
            return None
        return method(json.loads(out.read_text(encoding="utf-8")), split)


def method(told: dict[str, Any], split: Split) -> Method:
    """What score.py has written."""
    tests = {register: told["tests"][path.name] for register, path in split.tests.items()}
    scores = {register: Score(test["accuracy"], test["p50_ms"], test["p99_ms"]) for register, test in tests.items()}
    return Method(told["peer"], told["train_seconds"], told["model_mb"], scores)

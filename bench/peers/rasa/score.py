"""Rasa DIET on an intent set: its default pipeline and 100 epochs; every message is parsed as `rasa run` would.

python bench/peers/rasa/score.py TRAIN TEST… --out FILE.json

TRAIN and TEST are `text<TAB>label` with a head line. FILE gets

    {"peer": "Rasa 3.6.21 DIET", "epochs": 100, "seed": 2026, "rows": 638, "labels": 211, "train_seconds": 213.3,
     "model_mb": 28.1, "tests": {"test_marks.tsv": {"path": "…", "rows": 229, "accuracy": 0.71, "p50_ms": 10.2, "p99_ms": 43}}}

The fallback classifier of the default pipeline is left out, so that the best label counts however unsure it is; so are entities
and response selection, of which these sets have none. Training may use every core, parsing is timed on one. Tests of one file
name from several folders are told apart by their path. Exits 3 where Rasa is not set up.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import logging
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from environment import enter

SEED = 2026
WARM = 20  # messages parsed before the clock starts: the first ones build the graph

PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]


def rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def train(sample: list[tuple[str, str]], epochs: int, folder: Path) -> str:
    """The path of the model."""
    from rasa.model_training import train_nlu

    texts = defaultdict(list)
    for text, label in sample:
        texts[label].append(text)
    nlu = [
        {"intent": label, "examples": "".join(f"- {plain(text)}\n" for text in said)} for label, said in texts.items()
    ]
    diet = {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "random_seed": SEED}
    config = {"recipe": "default.v1", "assistant_id": "peer", "language": "vi", "pipeline": [*PIPELINE, diet]}
    _write(folder / "nlu.yml", {"version": "3.1", "nlu": nlu})
    _write(folder / "config.yml", config)
    found = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder / "models"))
    if found is None:
        raise SystemExit("Rasa did not train.")
    return str(found)


def plain(text: str) -> str:
    """An example without the brackets that would mark an entity, in one line."""
    return " ".join(text.translate(str.maketrans("[]{}", "()()")).split())


def _write(path: Path, value: dict[str, Any]) -> None:
    """As YAML, of which JSON is a part; Rasa looks for keys at the beginnings of lines."""
    lines = [f"{key}: {json.dumps(inner, ensure_ascii=False)}\n" for key, inner in value.items()]
    path.write_text("".join(lines), encoding="utf-8")


async def score(agent: Any, tests: list[tuple[str, str]]) -> dict[str, float]:
    waits, right = [], 0
    for text, _ in tests[:WARM]:
        await agent.parse_message(text)
    for text, label in tests:
        began = time.perf_counter()
        found = await agent.parse_message(text)
        waits.append(1000 * (time.perf_counter() - began))
        right += found["intent"]["name"] == label
    waits.sort()
    return {
        "rows": len(tests),
        "accuracy": round(right / len(tests), 4),
        "p50_ms": round(waits[len(waits) // 2], 3),
        "p99_ms": round(waits[len(waits) * 99 // 100], 3),
    }


def measure(training: Path, tests: list[Path], epochs: int) -> dict[str, Any]:
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog
    from rasa.version import __version__

    configure_structlog(logging.WARNING)  # else every message is printed, which would be timed
    sample = rows(training)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RASA_CACHE_DIRECTORY"] = str(Path(folder) / "cache")  # nothing is taken from an earlier training
        began = time.perf_counter()
        model = train(sample, epochs, Path(folder))
        seconds = time.perf_counter() - began
        size = Path(model).stat().st_size / 1e6
        agent = Agent.load(model)
    if hasattr(os, "sched_setaffinity"):
        for thread in Path("/proc/self/task").iterdir():
            os.sched_setaffinity(int(thread.name), {max(os.sched_getaffinity(0))})
    names = [path.name for path in tests]
    scores = {
        path.name if names.count(path.name) == 1 else str(path): {
            "path": str(path),
            **asyncio.run(score(agent, rows(path))),
        }
        for path in tests
    }
    return {
        "peer": f"Rasa {__version__} DIET",
        "epochs": epochs,
        "seed": SEED,
        "rows": len(sample),
        "labels": len({label for _, label in sample}),
        "train_seconds": round(seconds, 1),
        "model_mb": round(size, 1),
        "tests": scores,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("tests", type=Path, nargs="+")
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    enter()
    found = json.dumps(measure(args.train, args.tests, args.epochs), ensure_ascii=False, indent=2)
    if args.out:
        args.out.write_text(found + "\n", encoding="utf-8")
    sys.stdout.write(found + "\n")


if __name__ == "__main__":
    main()

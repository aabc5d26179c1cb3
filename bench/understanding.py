"""How well sentences are understood: held-out cases and question sets, one table each.

python bench/understanding.py                 tests/cases/understand of the project's own content
python bench/understanding.py --tsv FILE      a question set (columns message, services, aspect, register)
python bench/understanding.py --wrong 20      lists misses
"""

from __future__ import annotations

import argparse
import csv
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.content.load import default_dir, load
from bot.content.types import OUT_OF_SCOPE, Content
from bot.understanding import model as models
from bot.understanding import train
from bot.understanding.focus import Focus
from bot.understanding.measure import Case, cases, figures, hit, outcome
from bot.understanding.model import Model

ROOT = Path(__file__).resolve().parents[1]

LABELS = {  # aspects of question sets → ours; what is not here is not scored
    "overview/how": {"tong_quan", "cac_buoc"},
    "documents": {"ho_so"},
    "fee": {"le_phi"},
    "time": {"thoi_han"},
    "where": {"noi_nop"},
    "track-status": {"tra_cuu"},
    "problem/error": {"loi"},
    "deadline/penalty": {"muc_phat", "han_chot"},
}


def questions(path: Path, content: Content) -> Iterator[Case]:
    """Rows about topics that the content has, and those out of scope."""
    known = {guide.topic for guide in content.guides.values()} | {OUT_OF_SCOPE}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            topics = frozenset(row["services"].replace("-", "_").split("|"))
            if topics <= known:
                yield Case(row["message"], topics, "", frozenset(LABELS.get(row["aspect"], ())), row["register"])


def machine(model: Model, seconds: float) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        model.save(path)
        start = time.perf_counter()
        models.load(path)
        loaded = (time.perf_counter() - start) * 1000
        size = path.stat().st_size / 1e6
    return {
        "fit": f"{seconds:.1f} s",
        "model size / load": f"{size:.1f} MB / {loaded:.0f} ms",
        "targets / features": f"{len(model.targets.names)} / {len(model.vocabulary)}",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
    }


def table(title: str, rows: dict[str, str]) -> str:
    return "\n".join(
        [f"## {title}", "", "| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows.items()), ""]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tsv", type=Path, action="append", default=[])
    parser.add_argument("--wrong", type=int, default=0)
    args = parser.parse_args()
    content = load(default_dir())
    focus = Focus(content)
    start = time.perf_counter()
    model = train.fit(content)
    tables = [table("Model", machine(model, time.perf_counter() - start))]
    sets = [(path.name, list(questions(path, content))) for path in args.tsv] or [
        ("Held-out cases", list(cases(content, ROOT / "tests/cases/understand")))
    ]
    for title, rows in sets:
        if not rows:
            print(f"{title}: no cases")
            continue
        outcomes = [outcome(model, content, focus, case) for case in rows]
        tables.append(table(title, figures(outcomes)))
        misses = [one for one in outcomes if one.verdict != "right" or (one.case.target and not hit(one))]
        for one in misses[: args.wrong]:
            print(one.verdict, one.case.text, "|", *sorted(one.case.topics), one.case.target, "|", one.meant)
    print("\n".join(tables))
    if not args.tsv:
        path = ROOT / "bench/results/understanding.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Understanding, by `python bench/understanding.py`\n\n" + "\n".join(tables), encoding="utf-8")


if __name__ == "__main__":
    main()

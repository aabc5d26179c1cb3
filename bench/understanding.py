"""How well sentences are understood, how sure the bot is of it, and what that costs.

python bench/understanding.py                     the held-out cases of the project's own content
python bench/understanding.py --tsv FILE          a question set (columns message, services, aspect, register)
python bench/understanding.py --data [NAME=]DIR   any intent set, fitted and scored with the same matcher; DIR has train*.tsv
                                                  and test_<register>.tsv of text<TAB>label; one of its train files may be named
python bench/understanding.py --data DIR --peers  … beside rapidfuzz, TF-IDF with an SVM, and Rasa DIET on the same split

The first is written into bench/results/, with a reliability plot; the others into bench/results/local/, unless --write names
a file. Everything else on the machine should be quiet.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import compared, cost, intents, second_hand
from bench.reliability import draw
from bench.speed import machine
from bench.tables import bars, table, understood
from bot.content.load import default_dir, load
from bot.content.types import OUT_OF_SCOPE, Content
from bot.engine import Brain
from bot.understanding.measure import Case, Outcome, cases, figures, hit, outcome, reliability

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench/results"

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


def ours(sets: Sequence[Path], wrong: int, plot: Path) -> Iterator[str]:
    """Tables of the question sets, or of the project's own cases and what understanding them costs."""
    content = load(default_dir())
    model, fit = cost.fitted(content)
    brain = Brain.of(content, model)
    own = {} if sets else {"Held-out cases": list(cases(content, ROOT / "tests/cases/understand"))}
    for title, rows in (own or {path.name: list(questions(path, content)) for path in sets}).items():
        outcomes = [outcome(model, content, brain.focus, case) for case in rows]
        if not outcomes:
            yield f"{title}: no cases\n"
            continue
        yield from understood(title, outcomes)
        tell_misses(outcomes, wrong)
        if own and draw(reliability(outcomes), title, plot):
            yield f"![Reliability]({plot.name})\n"
    if own:
        rare = [outcome(model, content, brain.focus, case) for case in cases(content, ROOT / "tests/cases/rare")]
        yield table("Rare situations, told without the service's name; no bars", ("", ""), figures(rare).items())
        yield bars("Pairs, half questions, registers", second_hand.figures(brain))
        texts = [case.text for rows in own.values() for case in rows]
        yield bars("Cost", [*fit, *cost.figures(content, model, texts)])


def tell_misses(outcomes: Sequence[Outcome], wrong: int) -> None:
    misses = [one for one in outcomes if one.verdict != "right" or (one.case.target and not hit(one))]
    for one in misses[:wrong]:
        print(
            one.verdict, one.case.text, "|", *sorted(one.case.topics), one.case.target, "|", one.meant, file=sys.stderr
        )


def others(given: Sequence[str], *, peers: bool) -> Iterator[str]:
    """Tables of intent sets. Raises IntentSetError."""
    splits = [split for each in given for split in intents.splits(each)]
    yield from compared.tables(splits, compared.compare(splits, load(default_dir()).words, peers=peers))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tsv", type=Path, action="append", default=[])
    parser.add_argument("--data", metavar="[NAME=]DIR", action="append", default=[])
    parser.add_argument(
        "--peers", action="store_true", help="with --data: rapidfuzz, TF-IDF + SVM, Rasa on the same split"
    )
    parser.add_argument("--wrong", type=int, default=0, help="list so many misses")
    parser.add_argument("--write", type=Path, help="into this file instead")
    found = parser.parse_args()
    if found.peers and not found.data:
        parser.error("--peers needs a set to compare on: --data DIR")
    if found.data and found.tsv:
        parser.error("--data and --tsv are measured one at a time")
    return found


def main() -> None:
    args = arguments()
    name = "local/intents.md" if args.data else "local/questions.md" if args.tsv else "understanding.md"
    path = args.write or RESULTS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    found = others(args.data, peers=args.peers) if args.data else ours(args.tsv, args.wrong, path.with_suffix(".png"))
    given = " --data DIR" * bool(args.data) + " --tsv FILE" * bool(args.tsv) + " --peers" * args.peers
    lines = [
        f"# Understanding, by `python bench/understanding.py{given}`\n",
        table("", ("", ""), (_pair(row) for row in machine())),
    ]
    print("\n".join(lines))
    try:
        for each in found:
            print(each, flush=True)
            lines.append(each)
    except intents.IntentSetError as error:
        raise SystemExit(str(error)) from None
    path.write_text("\n".join(lines), encoding="utf-8")


def _pair(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip("| ").split("|"))


if __name__ == "__main__":
    main()

"""How well the scam shield tells scams, harm done and ordinary messages apart, and fake pages from others.

python bench/scam.py [--evidence FILE] [--tsv FILE] [--wrong 20] [--write FILE]

The messages are those of tests/cases/scam.yaml and tests/cases/scam/, the pages those of tests/cases/links/. An evidence file
has lines «family<TAB>address» of fake pages; they are judged with all of content, and each family once more with the domains
and names that it borrows left out, as if nobody had heard of it. A TSV has the columns message and label (scam, suspicious,
benign) and type (panic among them). Times are of the processor, one message after another.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.speed import machine
from bot.content.load import default_dir, load
from bot.content.types import Content
from bot.safety.brands import Brands
from bot.safety.links import Verdict, Watch
from bot.safety.scam import Shield
from bot.safety.urls import find
from tests.cases_files import CASES, read

Case = Mapping[str, str]
LEVELS = ("panic", "scam", "suspicious", "none")
FAMILIES, ORDINARY = CASES / "links/families.yaml", CASES / "links/ordinary.yaml"
ROUNDS = 3


def cases() -> Iterator[tuple[str, list[Case]]]:
    """Name and messages of every set of the project."""
    for path in (CASES / "scam.yaml", *sorted((CASES / "scam").glob("*.yaml"))):
        yield path.stem, [{"level": case["level"], "text": case["text"]} for case in read(path)]


def rows(path: Path) -> list[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {
                "level": "panic" if row["type"] == "panic" else row["label"].replace("benign", "none"),
                "text": row["message"],
            }
            for row in csv.DictReader(file, delimiter="\t")
        ]


def level(shield: Shield, text: str) -> str:
    alarm = shield.judge(text)
    return alarm.level if alarm else "none"


def confusion(shield: Shield, found: Iterable[Case]) -> Counter[tuple[str, str]]:
    return Counter((case["level"], level(shield, case["text"])) for case in found)


def messages(title: str, count: Counter[tuple[str, str]]) -> Iterator[str]:
    """A line for every level that was wanted."""
    for wanted in LEVELS:
        told = {each: count[wanted, each] for each in LEVELS}
        if total := sum(told.values()):
            right = told["panic"] if wanted == "panic" else told["none"] if wanted == "none" else total - told["none"]
            yield f"| {title} | {wanted} | {total} | {' | '.join(map(str, told.values()))} | {100 * right / total:.1f} % |"


def times(shield: Shield, found: list[Case]) -> Iterator[str]:
    spent = list[float]()
    for _ in range(ROUNDS):
        for case in found:
            began = time.thread_time()
            shield.judge(case["text"])
            spent.append(1000 * (time.thread_time() - began))
    spent.sort()
    for part, bar in ((50, 0.5), (99, 2)):
        yield f"| shield, p{part} of {len(found)} messages | {spent[len(spent) * part // 100]:.2f} ms | ≤ {bar:g} ms |"


# --- pages ----------------------------------------------------------------------------------------------------------


def verdict(watch: Watch, typed: str) -> Verdict | None:
    """Of an address; one that is no link in a sentence is taken as a browser would take it."""
    found = find(typed) or find(f"http://{typed}")
    return watch.judge(found[0]) if found else None


def flagged(watch: Watch, typed: str) -> bool:
    found = verdict(watch, typed)
    return found is not None and (found.kind in ("lookalike", "shortener") or found.risky)


def listed(path: Path) -> dict[str, list[str]]:
    """Pages of a cases file or of evidence, by family."""
    if path.suffix == ".yaml":
        return {case["family"]: list(case["pages"]) for case in read(path)}
    families: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        family, _, page = line.partition("\t")
        families[family].append(page)
    return families


def without(content: Content, pages: Iterable[str]) -> Content:
    """Content that has never heard of the names that these pages borrow, nor of whose they are."""
    brands = Brands(content, {host.lower(): domain for host, domain in content.domains.items() if "/" not in host})
    labels = [label for page in pages for found in find(page) for label in (*found.host.split("."), found.rest)]
    names = {name for label in labels for name in (brands.named(label), brands.near(label)) if name}
    owners = {domain.agency for name in names if (domain := brands.whose[name])}
    return replace(
        content,
        domains={host: domain for host, domain in content.domains.items() if domain.agency not in owners},
        watch=tuple(word for word in content.watch if word not in names),
    )


def pages(content: Content, title: str, families: Mapping[str, list[str]], wrong: int) -> Iterator[str]:
    """Of fake pages: flagged with all of content, and with what the family borrows left out."""
    watch, every = Watch(content), [page for each in families.values() for page in each]
    missed = [page for page in every if not flagged(watch, page)]
    unheard = [page for each in families.values() for page in each if not flagged(Watch(without(content, each)), page)]
    yield f"| {title}: flagged | {_share(missed, every)} | ≥ 95 % |"
    yield f"| … each family's own names left out, {len(families)} families | {_share(unheard, every)} | |"
    for page in missed[:wrong]:
        print("not flagged:", page, file=sys.stderr)


def others(content: Content, wrong: int) -> Iterator[str]:
    watch = Watch(content)
    official = [host for host, domain in content.domains.items() if domain.confirmed]
    kinds = [
        host for host in official if (found := verdict(watch, f"https://{host}/a?b=1")) and found.kind != "official"
    ]
    yield f"| official pages recognised | {_share(kinds, official)} | 100 % |"
    ordinary = [page for each in listed(ORDINARY).values() for page in each]
    alarmed = [page for page in ordinary if flagged(watch, f"https://{page}/tin-tuc.html")]
    yield f"| well-known pages left alone | {_share(alarmed, ordinary)} | ≥ 99 % |"
    for page in alarmed[:wrong]:
        print("flagged:", page, file=sys.stderr)


def _share(wrong: list[str], every: list[str]) -> str:
    return f"{len(every) - len(wrong)} of {len(every)}, {100 * (1 - len(wrong) / len(every)):.1f} %"


def tables(content: Content, args: argparse.Namespace) -> Iterator[str]:
    shield, sets = Shield(content), [*cases(), *((path.stem, rows(path)) for path in args.tsv)]
    yield from ("# The scam shield, by `python bench/scam.py`", "", "| | |", "|---|---|", *machine(), "")
    yield from (
        "| messages | wanted | | panic | scam | suspicious | none | right |",
        "|---|---|---|---|---|---|---|---|",
    )
    for title, found in sets:
        yield from messages(title, confusion(shield, found))
        for case in found:
            if args.wrong and (told := level(shield, case["text"])) != case["level"]:
                print(case["level"], "→", told, case["text"], sep="\t", file=sys.stderr)
    yield from ("", "| | | bar |", "|---|---|---|", *times(shield, [case for _, found in sets for case in found]))
    yield from others(content, args.wrong)
    yield from pages(content, "fake pages of our own", listed(FAMILIES), args.wrong)
    for path in args.evidence:
        yield from pages(content, "fake pages that were reported", listed(path), args.wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evidence", type=Path, action="append", default=[])
    parser.add_argument("--tsv", type=Path, action="append", default=[])
    parser.add_argument("--wrong", type=int, default=0, help="list messages and so many pages that are judged wrong")
    parser.add_argument("--write", type=Path, help="also into this file")
    args = parser.parse_args()
    lines = list(tables(load(default_dir()), args))
    print("\n".join(lines))
    if args.write:
        args.write.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

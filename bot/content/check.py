"""Everything that is wrong with the content, at once. No clock, no network: the same files give the same lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.content.files import Files
from bot.content.problem import Problem
from bot.content.references import unknown
from bot.content.rules import coverage, figures, hosts, paths, sources, twice, wording
from bot.content.scope import Scope, scope

Rule = Callable[[Scope], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    paths.never_shown,
    paths.empty_part,
    sources.without_source,
    sources.ended_law,
    hosts.untrusted_host,
    figures.loose_figure,
    twice.sentence_twice,
    twice.name_twice,
    wording.strange_letter,
    wording.file_name,
    wording.long_sentence,
    wording.old_name,
    wording.too_long,
    coverage.too_little,
    coverage.shared_twice,
    coverage.untested,
    coverage.lost_case,
    coverage.unused,
)


def check(files: Files, tests: Path | None) -> list[Problem]:
    """Sorted by path and line. `tests`: the directory that holds `cases/`; None: nothing is said about cases."""
    found = scope(files, tests)
    problems = {*files.problems, *unknown(files, found.ids)}
    for rule in RULES:
        problems.update(rule(found))
    return sorted(problems)

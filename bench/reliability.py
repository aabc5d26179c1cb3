"""The reliability plot: how often answers are right, by how sure they are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.understanding.measure import Bin

MISSING = "No reliability plot: matplotlib is not installed (pip install 'motcua[bench]')."


def draw(bins: Sequence[Bin], title: str, path: Path) -> bool:
    """A PNG; False, and a line that says why, where matplotlib is missing."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        print(MISSING, file=sys.stderr)
        return False
    figure = Figure(figsize=(5, 5), dpi=100, layout="tight")
    axes = figure.add_subplot(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.plot((0, 1), (0, 1), color="0.7", linestyle="--", label="as sure as right")
    sure, right = [each.confidence for each in bins], [each.right for each in bins]
    axes.plot(sure, right, color="0.2", linewidth=1)
    axes.scatter(sure, right, s=[10 + 3 * each.answers**0.5 for each in bins], color="#005a9c", label="answers")
    for each in bins:
        axes.annotate(
            str(each.answers), (each.confidence, each.right), (4, -12), textcoords="offset points", fontsize=8
        )
    axes.set(title=title, xlabel="mean confidence", ylabel="share that is right")
    axes.legend(loc="upper left", frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Software": None})
    return True

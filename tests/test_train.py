import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.understanding import heads, train
from bot.understanding.train import cached, fit, key
from tests.small_content import CONTENT, PASSPORT, small_model


def test_fitting_twice_gives_the_same_model() -> None:
    one, two = small_model(), fit(CONTENT)
    np.testing.assert_array_equal(one.levels.dense(), two.levels.dense())
    np.testing.assert_array_equal(one.step, two.step)
    assert [head.sharpness for head in (one.targets, one.topics, one.aspects)] == [
        head.sharpness for head in (two.targets, two.topics, two.aspects)
    ]


def test_more_sentences_than_features_are_fitted_as_well() -> None:
    """The solver has two forms, and one of them ends too early at the tolerance that serves the other."""
    rng, of = np.random.default_rng(1), np.arange(1000) % 30
    rows = np.zeros((1000, 200))
    for row, label in zip(rows, of, strict=True):  # some features of its label, and some of any
        row[7 * label % 200 + rng.choice(7, 3) - 7] = 0.5
        row[rng.choice(200, 4)] += 0.3
    weights, bias = heads._solve(csr_matrix(rows), of, np.ones(1000), np.arange(1000), train.TOPICS, 30)
    assert ((rows @ weights.T + bias).argmax(axis=1) == of).mean() > 0.98


def test_a_label_is_set_against_the_sentences_most_like_its_own_and_a_share_of_the_others() -> None:
    mine, likeness = np.arange(100) < 10, np.arange(100) / 100  # the last ones are most like the first ten
    at, stands_for = heads._against(likeness, mine, heads.OTHERS * np.arange(100), heads.Way(1, 0, near=20, share=5))
    assert set(range(10)) <= set(at.tolist())
    assert set(range(70, 100)) <= set(at.tolist())  # twenty, and as many as its own
    far = at[(at >= 10) & (at < 70)]
    assert len(far) == 12
    assert stands_for.sum() == 100
    assert set(stands_for[np.isin(at, far)]) == {5}


def test_which_of_the_others_count_does_not_depend_on_where_they_stand() -> None:
    rng = np.random.default_rng(3)
    mine, likeness, chance = np.arange(300) < 20, rng.random(300), rng.integers(0, 2**32, 300)
    way = heads.Way(1, 0, near=30, share=4)
    chosen = dict(zip(*heads._against(likeness, mine, chance, way), strict=True))
    moved = rng.permutation(300)
    at, stands_for = heads._against(likeness[moved], mine[moved], chance[moved], way)
    assert dict(zip(moved[at], stands_for, strict=True)) == chosen


def test_sentences_of_no_label_are_only_set_against() -> None:
    rows = np.eye(3)[[0, 0, 1, 1, 2, 2]]
    weights, bias = heads._solve(
        csr_matrix(rows), np.array([0, 0, 1, 1, 2, 2]), np.ones(6), np.arange(6), train.TOPICS, 2
    )
    assert weights.shape == (2, 3)
    assert (rows @ weights.T + bias)[4:].max() < 0


@pytest.mark.parametrize("guard", ["", 'if __name__ == "__main__":\n    '])
def test_a_program_that_cannot_be_started_again_fits_alone(tmp_path: Path, guard: str) -> None:
    program = tmp_path / "program.py"
    told = "print(len(train.fit(CONTENT).topics.names))"
    imports = "from bot.understanding import train\nfrom tests.small_content import CONTENT\ntrain.MANY = 0\n"
    program.write_text(f"{imports}{guard}{told}\n")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split()[-1] == str(len(small_model().topics.names))


def test_progress_goes_up() -> None:
    heard: list[float] = []
    fit(CONTENT, heard.append)
    assert heard == sorted(heard)
    assert 0 < heard[0] < heard[-1] <= 1


def test_figures_and_answers_do_not_change_the_key() -> None:
    entry = CONTENT.entries["ho_chieu_chung_voi_con"]
    edited = dataclasses.replace(CONTENT, entries={entry.id: dataclasses.replace(entry, answer="Khác.")})
    assert key(edited) == key(CONTENT)


@pytest.mark.parametrize(
    "edited",
    [
        dataclasses.replace(
            CONTENT, guides={**CONTENT.guides, PASSPORT.id: dataclasses.replace(PASSPORT, aliases=("hộ chiếu",))}
        ),
        dataclasses.replace(CONTENT, words={}),
        dataclasses.replace(CONTENT, aspects={**CONTENT.aspects, "le_phi": ("bao nhiêu",)}),
    ],
)
def test_sentences_words_and_aspects_change_the_key(edited: object) -> None:
    assert key(edited) != key(CONTENT)  # type: ignore[arg-type]


def test_a_model_is_fitted_once_and_old_ones_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fits: list[object] = []
    monkeypatch.setattr(train, "fit", lambda content, _progress: fits.append(content) or small_model())
    (tmp_path / "model-old.npz").write_bytes(b"")
    cached(CONTENT, tmp_path)
    cached(CONTENT, tmp_path)
    assert len(fits) == 1
    assert [path.name for path in tmp_path.iterdir()] == [f"model-{key(CONTENT)}.npz"]


def test_a_broken_cache_is_fitted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "fit", lambda _content, _progress: small_model())
    for junk in (b"", b"PK\x03\x04junk"):
        (tmp_path / f"model-{key(CONTENT)}.npz").write_bytes(junk)
        assert cached(CONTENT, tmp_path).targets.names == small_model().targets.names


def test_understanding_imports_no_scikit_learn() -> None:
    modules = "sys, bot.understanding.interpret, bot.understanding.train"
    code = f"import {modules}; print({{'sklearn', 'scipy'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

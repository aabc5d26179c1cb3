from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.features import Numbers, families
from bot.understanding.model import Model, load
from bot.understanding.sums import Sums
from tests.small_content import small_model


@settings(deadline=None)  # the first call fits the model
@given(st.text(max_size=120))
def test_probabilities_sum_to_one_whatever_is_typed(text: str) -> None:
    scores = small_model().score(text)
    for ranked in (scores.targets, scores.topics, scores.aspects):
        values = [value for _, value in ranked]
        assert sum(values) == pytest.approx(1, abs=1e-3)
        assert values == sorted(values, reverse=True)


def test_sums_kept_per_word_give_what_the_vector_gives() -> None:
    model = small_model()
    for text in ("làm hộ chiếu ở đâu", "lam ho chieu o dau", "zzz"):
        words = model.speller.read(text).words
        rows, values, _ = model.vocabulary.vectors(Numbers().taken([words]))
        weights = model.levels.rows(rows.tolist()) * model.step[rows, None]
        sums = Sums(model.vocabulary, model.levels, model.step)
        for _ in range(2):  # first summed, then kept
            np.testing.assert_allclose(sums.margins(words, 99), [values @ weights], atol=1e-4)
        assert families(words)


def test_words_beyond_what_is_kept_are_summed_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    model, words = small_model(), ("làm", "hộ", "chiếu", "ở", "đâu")
    kept = Sums(model.vocabulary, model.levels, model.step).margins(words, 3)
    monkeypatch.setattr("bot.understanding.sums.MOST", 4)
    np.testing.assert_allclose(Sums(model.vocabulary, model.levels, model.step).margins(words, 3), kept, atol=1e-5)
    assert kept.shape == (2, model.levels.width)


@pytest.fixture
def again(tmp_path: Path) -> Model:
    small_model().save(tmp_path / "model.npz")
    return load(tmp_path / "model.npz")


@pytest.mark.parametrize(
    "text", ["lam ho chieu het bao nhieu", "đăng ký tạm trú cần giấy gì", "ddăng ký tạm trú", "alo"]
)
def test_a_saved_model_scores_as_before(again: Model, text: str) -> None:
    before, after = small_model().score(text), again.score(text)
    assert (before.words, before.repairs) == (after.words, after.repairs)
    np.testing.assert_allclose(before.by_target, after.by_target, atol=0.02)
    assert before.aspect[0] == after.aspect[0]


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(b"junk")
    with pytest.raises(ValueError, match="pickle"):
        load(path)


def test_what_is_none_of_our_matters_says_so_whatever_it_resembles() -> None:
    scores = {text: small_model().score(text).outside for text in ("làm hộ chiếu ở đâu", "ly hôn thì làm thế nào")}
    assert 0 <= scores["làm hộ chiếu ở đâu"] < 0.5 < scores["ly hôn thì làm thế nào"] <= 1


def test_a_model_that_knows_nothing_outside_calls_nothing_so() -> None:
    topics = small_model().topics
    ours = replace(small_model(), topics=replace(topics, names=tuple(f"topic_{name}" for name in topics.names)))
    assert ours.score("ly hôn thì làm thế nào").outside == 0

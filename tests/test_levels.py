import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bot.understanding.levels import Levels
from bot.understanding.sums import Sums
from tests.small_content import small_model

few = st.one_of(st.just(0), st.integers(-127, 127))
dense = arrays.arrays(np.int8, arrays.array_shapes(min_dims=2, max_dims=2, max_side=12), elements=few)


@given(dense)
def test_what_is_kept_by_row_is_the_whole_table(table: np.ndarray) -> None:
    levels = Levels.of(table)
    assert levels.shape == table.shape
    np.testing.assert_array_equal(levels.dense(), table)
    assert len(levels.values) == np.count_nonzero(table)


@given(dense)
def test_what_is_packed_is_unpacked_the_same(table: np.ndarray) -> None:
    np.testing.assert_array_equal(Levels.unpacked(Levels.of(table).packed()).dense(), table)


def test_far_columns_and_empty_rows_survive_packing() -> None:
    table = np.zeros((5, 60_000), np.int8)
    table[[0, 0, 3, 3], [0, 59_999, 1, 30_000]] = (1, -2, 3, 127)
    np.testing.assert_array_equal(Levels.unpacked(Levels.of(table).packed()).dense(), table)


def test_a_row_that_is_asked_for_twice_is_there_twice() -> None:
    table = np.array([[1, 0, 2], [0, 0, 0], [0, 5, 0]], np.int8)
    np.testing.assert_array_equal(Levels.of(table).rows([2, 0, 2, 1]), table[[2, 0, 2, 1]])
    assert Levels.of(table).rows([]).shape == (0, 3)


def test_rows_met_lately_give_the_same_after_there_was_no_more_room(monkeypatch: pytest.MonkeyPatch) -> None:
    model = small_model()
    said = [("làm", "hộ", "chiếu"), ("hộ", "chiếu", "ở", "đâu"), ("ly", "hôn", "ở", "đâu"), ("làm", "hộ", "chiếu")]
    plenty = Sums(model.vocabulary, model.levels, model.step)
    wanted = [plenty.margins(words, 99) for words in said]
    for most in range(1, 7):
        monkeypatch.setattr("bot.understanding.sums.MOST", most)
        tight = Sums(model.vocabulary, model.levels, model.step)
        for words, margins in zip(said, wanted, strict=True):
            np.testing.assert_allclose(tight.margins(words, 99), margins, atol=1e-5)

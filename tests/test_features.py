import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.features import Numbers, families, names, vocabulary

SENTENCES = [("làm", "hộ", "chiếu"), ("lam", "ho", "chieu"), ("hộ", "chiếu", "mới"), ("đăng", "ký", "tạm", "trú")]
VOCABULARY = vocabulary(Numbers().taken(SENTENCES), least=1)


def test_a_message_without_marks_has_the_unmarked_family_alone() -> None:
    assert [prefix for prefix, _ in families(("lam", "ho", "chieu"))] == ["u"]
    assert [prefix for prefix, _ in families(("làm", "hộ", "chiếu"))] == ["m", "u"]


def test_both_ways_of_typing_share_the_unmarked_features() -> None:
    marked, unmarked = dict(families(("hộ", "chiếu"))), dict(families(("ho", "chieu")))
    assert names("u", marked["u"]) == names("u", unmarked["u"])


def test_long_numbers_are_no_words() -> None:
    assert families(("079201001234",)) == families(("012345678901",))
    assert families(("113",)) != families(("115",))


@given(st.lists(st.sampled_from(["làm", "lam", "hộ", "chiếu", "zzz", "2026"]), max_size=8))
def test_a_vector_has_length_one_or_zero(words: list[str]) -> None:
    rows, values, [size] = VOCABULARY.vectors(Numbers().taken([words]))
    assert len(rows) == len(values) == size
    length = float(np.sqrt(values @ values))
    assert length < 1.001
    assert length > 0.5 or not len(rows) or "zzz" in words or "2026" in words


def test_a_family_that_comes_again_has_the_same_numbers() -> None:
    taken = Numbers().taken([("hộ", "chiếu"), ("ho", "chieu"), ("hộ", "chiếu")])
    assert taken.families == [2, 1, 2]
    marked, unmarked, alone, *again = np.split(taken.numbers, np.cumsum(taken.lengths))[:-1]
    assert unmarked.tolist() == alone.tolist()
    assert [each.tolist() for each in again] == [marked.tolist(), unmarked.tolist()]
    assert sorted(taken.names[nth] for nth in unmarked) == sorted(names("u", ["ho", "chieu"]))


def test_counting_features_leaves_the_sentences_as_they_are() -> None:
    taken = Numbers().taken(SENTENCES)
    before = taken.numbers.copy()
    vocabulary(taken)
    np.testing.assert_array_equal(taken.numbers, before)

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.features import families, names, vocabulary

SENTENCES = [("làm", "hộ", "chiếu"), ("lam", "ho", "chieu"), ("hộ", "chiếu", "mới"), ("đăng", "ký", "tạm", "trú")]
VOCABULARY = vocabulary(SENTENCES, least=1)


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
    rows, values, [size] = VOCABULARY.vectors([words])
    assert len(rows) == len(values) == size
    length = float(np.sqrt(values @ values))
    assert length < 1.001
    assert length > 0.5 or not len(rows) or "zzz" in words or "2026" in words

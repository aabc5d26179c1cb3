"""No made-up message breaks the shield: what `bench/fuzz_links.py` does for long, shortly."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.fuzz_links import FRAGMENTS, LENGTH, fuzz, messages, seconds
from bot.safety.links import Verdict
from bot.safety.scam import Shield
from tests.safe_content import SAFE

SHIELD = Shield(SAFE)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join), st.integers(1, 60), st.text(max_size=5))
def test_no_repeated_fragment_raises(unit: str, times: int, end: str) -> None:
    seconds(SHIELD, unit * times + end)


def test_messages_are_long_and_the_same_for_the_same_seed() -> None:
    made = list(islice(messages(7), len(FRAGMENTS) + 20))
    assert all(len(text) == LENGTH for text in made[: len(FRAGMENTS)])
    assert made == list(islice(messages(7), len(made)))
    assert made[len(FRAGMENTS) :] != list(islice(messages(8), len(made)))[len(FRAGMENTS) :]


def test_what_raises_and_what_is_slow_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    class Broken(Shield):
        def links(self, text: str) -> list[Verdict]:
            raise ValueError(text[0])

    worst = fuzz(Broken(SAFE), 3, 1, 2)
    assert [error for error, _ in worst.raised] == [repr(ValueError(each[0])) for each in FRAGMENTS[:3]]
    fine = fuzz(SHIELD, 5, 1, 2)
    assert (len(fine.slow), fine.raised) == (2, [])
    assert "5/5" in capsys.readouterr().err

import random

import pytest

from bot.understanding.noise import Noise, telex, vni
from bot.understanding.text import tokens


@pytest.mark.parametrize(
    ("word", "at_end", "within"),
    [("đăng", "ddawng", "ddawng"), ("tiền", "tieenf", "tieefn"), ("hộ", "hooj", "hooj"), ("trú", "trus", "trus")],
)
def test_telex_keys(word: str, at_end: str, within: str) -> None:
    assert (telex(word), telex(word, at_end=False)) == (at_end, within)


def test_vni_keys() -> None:
    assert (vni("đăng"), vni("tiền"), vni("tiền", at_end=False)) == ("d9a8ng", "tie6n2", "tie62n")


def test_noise_is_the_same_for_the_same_seed_and_touches_some_words() -> None:
    words = tokens("tôi muốn đăng ký tạm trú cho con ở nhà trọ")

    def copies(seed: int) -> list[list[str]]:
        noise = Noise({"không": ["ko"]}, random.Random(seed))
        return [noise.noisy(words) for _ in range(20)]

    assert copies(1) == copies(1)
    assert any(copy != words for copy in copies(1))

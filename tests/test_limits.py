"""Token buckets and whose address counts."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.limits import Buckets, Rate, address

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_one_a_second() -> None:
    clock = Clock()
    buckets = Buckets(Rate(3, 1.0), clock)
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 0]
    assert buckets.take("a") == 1.0
    assert buckets.take("b") == 0
    clock.now = 0.5
    assert buckets.take("a") == 0.5
    clock.now = 1.0
    assert buckets.take("a") == 0


def test_a_burst_of_nothing_is_no_limit() -> None:
    buckets = Buckets(Rate(0, 1.0), Clock())
    assert not any(buckets.take("a") for _ in range(1000))
    assert len(buckets) == 0


def test_memory_is_bounded_and_the_one_unused_longest_goes_first() -> None:
    buckets = Buckets(Rate(1, 0.001), Clock(), most=2)
    for key in ("a", "b", "a", "c"):
        buckets.take(key)
    assert len(buckets) == 2
    assert buckets.take("a") > 0
    assert buckets.take("b") == 0


@given(st.lists(st.floats(0, 5), max_size=60), st.integers(1, 5), st.floats(0.1, 5))
def test_never_more_than_the_burst_and_what_flowed_in(pauses: list[float], burst: int, rate: float) -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst, rate), clock)
    taken = 0
    for pause in pauses:
        clock.now += pause
        taken += buckets.take("a") == 0
        assert taken <= burst + clock.now * rate + 1e-6


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # not a proxy of ours: anyone can write that header
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),  # what stands left of it is hearsay
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "nonsense", ""),
        ("fd00::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "", "198.51.100.7"),
        ("", "203.0.113.9", ""),
    ],
)
def test_whose_address_counts(peer: str, forwarded: str, counted: str) -> None:
    assert address(peer, forwarded, PROXIES) == counted


@given(st.text(max_size=80))
def test_any_header_is_read(forwarded: str) -> None:
    assert isinstance(address("10.0.0.1", forwarded, PROXIES), str)

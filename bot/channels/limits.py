"""How much one conversation and one address may ask: token buckets in memory, bounded."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network

MOST = 50_000  # buckets held; the one unused longest goes first


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_second`. A burst of 0 is no limit."""

    burst: int
    per_second: float


class Buckets:
    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic, most: int = MOST) -> None:
        self._rate = rate
        self._clock = clock
        self._most = most
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key → tokens, when they were counted

    def __len__(self) -> int:
        return len(self._held)

    def take(self, key: str) -> float:
        """Take one token: 0 when there was one, else the seconds until there is."""
        if not self._rate.burst:
            return 0.0
        now = self._clock()
        tokens, counted = self._held.pop(key, (float(self._rate.burst), now))
        tokens = min(float(self._rate.burst), tokens + (now - counted) * self._rate.per_second)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / self._rate.per_second
        self._held[key] = (tokens if wait else tokens - 1, now)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        return wait


def address(peer: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """Whom to count: the peer, or, behind trusted proxies, the last address of X-Forwarded-For that is not one of them.

    IPv6 counts by /64, the network of one household.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    found = _parse(peer)
    while found and hops and any(found in network for network in trusted):
        found = _parse(hops.pop())
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, 64), strict=False))
    return str(found or "")


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found

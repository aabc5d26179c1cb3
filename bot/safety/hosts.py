"""What a host is: a page at all, under which public suffix, which number, which letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from ipaddress import IPv4Address, IPv6Address

import idna
from publicsuffixlist import PublicSuffixList

from bot.safety.fold import plain

_LONGEST = 253
_NUMBERED = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}", re.ASCII)
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.IGNORECASE
)
_FILE = re.compile(r"zip|mov|sh|py|md|rs|ps")  # endings that are files more often than pages
_SURE = re.compile(  # endings after which one need not ask whether «a.b» is two words
    r"vn|com|net|org|top|vip|xyz|cc|icu|cfd|sbs|club|click|live|life|shop|online|site|biz|info|win|bond|app|store|asia"
)


def is_host(host: str, scheme: bool = False, rest: bool = False) -> bool:
    """Whether a run of letters and dots is a page, not «xong rồi.có» or «7.000.000»."""
    labels = host.split(".")
    if scheme or not 0 < len(host) <= _LONGEST:
        return 0 < len(host) <= _LONGEST
    if all(map(str.isdecimal, labels)):
        return len(labels) == 4 and all(map(_is_octet, labels))
    suffix = suffix_of(host)
    if not suffix or (suffix == host and "." not in suffix):
        return False
    if rest or labels[0] == "www" or "." in suffix or _SURE.fullmatch(suffix):
        return True
    return not _FILE.fullmatch(suffix) and not all(_SYLLABLE.fullmatch(plain(label)) for label in labels)


def suffix_of(host: str) -> str:
    """The public suffix; "" when the ending is no known one. «tор» in Cyrillic letters is the «top» that it looks like."""
    if not host.isascii() and _foreign(host.rpartition(".")[2]):
        host = plain(host)
    return _suffixes().publicsuffix(host, accept_unknown=False) or ""


def is_number(host: str) -> bool:
    """Whether a host is no name but an address, in any of the ways that browsers read."""
    return host.startswith("[") or bool(_NUMBERED.fullmatch(host))


def address(host: str) -> str:
    """The IP address that a number stands for («2130706433» and «0x7f.1» are 127.0.0.1); the host itself when it is none."""
    try:
        if host.startswith("["):
            return str(IPv6Address(host.strip("[]")))
        *firsts, last = (_number(part) for part in host.split("."))
        if max(firsts, default=0) > 255 or last >= 256 ** (4 - len(firsts)):
            return host
        return str(IPv4Address(sum(first << (24 - 8 * n) for n, first in enumerate(firsts)) + last))
    except ValueError:
        return host


def shown(host: str) -> str:
    """The host as it is shown: «xn--…» decoded where it can be."""
    if "xn--" not in host:
        return host
    try:
        return str(idna.decode(host))
    except (idna.IDNAError, UnicodeError):
        return host


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _foreign(label: str) -> bool:
    """Whether there are letters of another alphabet in it, not only Vietnamese ones."""
    bare = unicodedata.normalize("NFD", label.replace("đ", "d"))
    return not all(each.isascii() or unicodedata.combining(each) for each in bare)


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part, 16)
    return int(part, 8) if len(part) > 1 and part.startswith("0") else int(part)


def _is_octet(digits: str) -> bool:
    return len(digits) <= 3 and int(digits) < 256 and str(int(digits)) == digits

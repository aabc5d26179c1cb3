"""Every link in a text, however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from publicsuffixlist import PublicSuffixList

from bot.safety.fold import plain, visible

_SCHEME = re.compile(r"\bh(?:tt|xx)p(s?)\s?:\s?[/\\]\s?[/\\]\s?", re.IGNORECASE)
_TYPED_DOT = re.compile(r"\s?[\[({<]\s?(?:\.|dot|chấm|cham)\s?[\])}>]\s?|%2e", re.IGNORECASE)
_SPACED_DOT = re.compile(r"(?<=[\w-]) \.(?: (?=[\w-])|(?=[a-zA-Z]{2}))")
_SAID_DOT = re.compile(
    r"(?<=\w) (?:dot|chấm|cham) (?=(?:gov|com|net|org|edu|vn|top|vip|xyz|cc|info|online|site|club|shop|icu|cfd)(?!\w))",
    re.IGNORECASE,
)
_RUN = re.compile(r"(?<=://)[^\s/?#@:\\<>\"'(),;“”«»]++|(?<![\w.-])[^\W_][\w-]*+(?:\.[\w-]++)+")
_REST = re.compile(r"(?::(\d{1,5})(?!\d))?((?:[/?#][^\s<>\"“”«»]*+)?)")
_USER = re.compile(r"(?::[^\s/@]{0,60}+)?@")
_BREAK = re.compile(r"[\s<>\"'(),;“”«»]")
_TAIL = ".,;:!?)]}'…"
_INSTALLS = re.compile(r"\.(?:apk|xapk|apks|aab|ipa|mobileconfig|exe|msi)(?![a-z0-9])", re.IGNORECASE)
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.IGNORECASE
)
_FILE = re.compile(r"zip|mov|sh|py|md|rs|ps")  # endings that are files more often than pages
_SURE = re.compile(  # endings after which one need not ask whether «a.b» is two words
    r"vn|com|net|org|top|vip|xyz|cc|icu|cfd|sbs|club|click|live|life|shop|online|site|biz|info|win|bond|app|store|asia"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A link of a text; `start` and `end` in its readable form. `host` is lower case."""

    host: str
    typed: str
    start: int
    end: int
    scheme: bool = False
    user: str = ""  # what stands before «@» in the link
    port: str = ""
    rest: str = ""  # path and query

    @property
    def installs(self) -> bool:
        """Whether it is a file that installs something."""
        return bool(_INSTALLS.search(self.rest))


def find(text: str) -> list[Found]:
    """The links of a text in order, however they are written. Linear in the length of the text; never raises."""
    return list(scan(readable(text)))


def readable(text: str) -> str:
    """The text with its links put together again: «hxxps», «[.]», « . », «(chấm)», letters that nobody sees."""
    text = visible(text)
    if ":" in text:
        text = _SCHEME.sub(r"http\1://", text)
    if any(map(text.__contains__, "[({<%")):
        text = _TYPED_DOT.sub(".", text)
    if " ." in text:
        text = _SPACED_DOT.sub(".", text)
    return _SAID_DOT.sub(".", text)


def suffix_of(host: str) -> str:
    """The public suffix; "" when the ending is no known one."""
    return _suffixes().publicsuffix(host, accept_unknown=False) or ""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def scan(text: str) -> Iterator[Found]:
    """The links of a readable text."""
    done = 0
    for run in _RUN.finditer(text) if "." in text or "://" in text else ():
        if run.start() < done or _USER.match(text, run.end()):
            continue
        lead = _lead(text, done, run.start())
        scheme, _, user = lead.rpartition("://")
        rest = _REST.match(text, run.end())
        assert rest  # noqa: S101  it also matches nothing
        host = run[0].rstrip(".-_").lower()
        if "/" in user or not is_host(host, bool(scheme), bool(rest[2])):
            continue
        done = rest.end()
        if scheme or not user or is_host(user[:-1].lower()):  # else it is an e-mail
            start = run.start() - len(lead)
            typed = text[start:done].rstrip(_TAIL)
            yield Found(host, typed, start, done, bool(scheme), user[:-1], rest[1] or "", rest[2].rstrip(_TAIL))


def _lead(text: str, after: int, start: int) -> str:
    """«https://», «https://user@» or «user@» right before `start`; "" when there is none."""
    if text[start - 1 : start] not in ("@", "/"):
        return ""
    lead = _BREAK.split(text[max(after, start - 200) : start])[-1]
    return lead if lead.endswith(("@", "://")) else ""


def is_host(host: str, scheme: bool = False, rest: bool = False) -> bool:
    """Whether a run of letters and dots is a page, not «xong rồi.có» or «7.000.000»."""
    labels = host.split(".")
    if scheme or not 0 < len(host) <= 253:
        return 0 < len(host) <= 253
    if all(map(str.isdecimal, labels)):
        return len(labels) == 4 and all(map(_is_octet, labels))
    suffix = suffix_of(host)
    if not suffix or (suffix == host and "." not in suffix):
        return False
    if rest or labels[0] == "www" or "." in suffix or _SURE.fullmatch(suffix):
        return True
    return not _FILE.fullmatch(suffix) and not all(_SYLLABLE.fullmatch(plain(label)) for label in labels)


def _is_octet(digits: str) -> bool:
    return len(digits) <= 3 and int(digits) < 256 and str(int(digits)) == digits

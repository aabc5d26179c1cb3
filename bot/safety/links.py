"""What the links of a message are, offline: an official page, an imitation of one, a shortener, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import idna
from rapidfuzz.distance import OSA

from bot.content.types import Content, Domain
from bot.safety.fold import plain
from bot.safety.urls import Found, find, suffix_of

__all__ = ["Found", "Verdict", "Watch", "find", "judge"]

Kind = Literal["official", "lookalike", "unknown", "shortener"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STATE = "gov.vn"  # only state agencies can register under it; «.vn» alone proves nothing
_FOREIGN_STATES = _set("gov govt gob gouv gub go")
_SHORTENERS = _set(
    "bit.ly t.ly goo.gl tinyurl.com sourl.cn cutt.ly is.gd s.id ow.ly rb.gy shorturl.at shorturl.asia t.co v.gd bom.so"
    " rebrand.ly lnkd.in tiny.cc urlvn.net vn.ht"
)
_CHATS = _set("zalo.me t.me telegram.me telegram.org m.me wa.me line.me discord.gg")
_HOSTING = _set(
    "vercel.app netlify.app web.app firebaseapp.com pages.dev workers.dev github.io glitch.me weebly.com weeblysite.com"
    " wixsite.com blogspot.com wordpress.com 000webhostapp.com sites.google.com forms.gle"
)
_MIRRORS = _set("aptoide softonic apkpure apkmirror apkcombo uptodown apkmonk")
_ODD = _set(
    "top vip xyz cc icu cfd sbs club click live life shop online site biz info win bond cyou fun ink work tk ml ga cf"
    " gq pw ws buzz rest monster quest one store pro asia link"
)
_GOV = re.compile(r"gov(?:t|v*n)?(?=[-\d]|$)")  # «gplxgov», «gov-vn», «xgovvn»; not «govap»
_FAKE_SUFFIX = re.compile(r"(?:vn|com|net|org|gov)-")
_LEADS_ON = re.compile(r"://|%3a(?:%2f){2}", re.IGNORECASE)
_DIGITS = str.maketrans("013458i|", "oleasbll")
_DOUBLE = re.compile(r"(.)\1+")
_LONG_NAME = 5  # letters; a shorter name counts only at the start or end of a part
_TYPO_NAME = 7  # letters; a shorter name is too near to other words
_WEAK = _set("link_vi_ghep link_vi_gan link_vi_tro_chuyen")  # forms that an honest page may have too
_SENTENCE = {"official": "link_chinh_thuc", "lookalike": "link_gia", "shortener": "link_rut_gon", "unknown": "link_la"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a link is. `agency`: whose page it is, or whose it imitates. `risky`: its very form is a warning."""

    host: str
    url_as_typed: str
    kind: Kind
    agency: str
    reason: str
    risky: bool = False


def judge(content: Content, text: str) -> list[Verdict]:
    """A verdict on every link of a message, in order."""
    found = find(text)
    return list(map(Watch(content).judge, found)) if found else []


class Watch:
    """The official pages, and the names that imitators use, ready to be compared with."""

    def __init__(self, content: Content) -> None:
        self._bot = content.bot
        self._domains = {host.lower(): domain for host, domain in content.domains.items()}
        self._names = {_skeleton(word).replace("-", ""): self._owner(word.lower()) for word in content.watch}
        for host, domain in self._domains.items():
            label = host.removesuffix(suffix_of(host)).rstrip(".").rpartition(".")[2]
            if len(label) >= _TYPO_NAME:
                self._names.setdefault(_skeleton(label), domain)
        self._names.pop("", None)

    def judge(self, link: Found) -> Verdict:
        host = _unicode(link.host)
        domain = self._listed(host)
        if (domain and domain.confirmed) or (host.isascii() and f".{host}".endswith(f".{_STATE}")):
            return self._verdict(link, "official", domain, "link_vi_tiep" if _LEADS_ON.search(link.rest) else "")
        if domain:
            return self._verdict(link, "unknown", domain)
        for clue, imitated in self._imitations(link, host):
            return self._verdict(link, "lookalike", imitated, clue)
        ends = {".".join(host.split(".")[n:]) for n in range(host.count("."))}
        if ends & _SHORTENERS:
            return self._verdict(link, "shortener", None)
        return self._verdict(link, "unknown", None, next(_risks(link, host, ends), ""))

    def _listed(self, host: str) -> Domain | None:
        """The domain of content that this host is, or is under."""
        labels = host.split(".")
        ends = (".".join(labels[n:]) for n in range(len(labels)))
        return next((self._domains[end] for end in ends if end in self._domains), None)

    def _owner(self, word: str) -> Domain | None:
        """Whose name a watched word is: the shortest official host that has it."""
        hosts = [host for host in self._domains if word in host]
        return self._domains[min(hosts, key=len)] if hosts else None

    def _imitations(self, link: Found, host: str) -> Iterator[tuple[str, Domain | None]]:
        """The clues that give an imitation away, the plainest first, and what it imitates."""
        user = link.user.lower()
        if user and (self._named(user) or self._listed(user) or user.endswith(_STATE)):
            yield "link_vi_a_cong", self._listed(user) or self._names.get(self._named(user))
        suffix = suffix_of(host) or host.rpartition(".")[2]
        labels = host.removeprefix("www.").removesuffix(suffix).rstrip(".").split(".")
        name = next(filter(None, map(self._named, reversed(labels))), "")
        whose = self._names.get(name)
        shown = [plain(label) for label in labels]
        if _FAKE_SUFFIX.match(shown[-1]) and (name or len(labels) > 1):
            yield "link_vi_duoi", whose
        if any(map(_GOV.search, shown)) and not _FOREIGN_STATES & set(suffix.split(".")):
            yield "link_vi_gov", whose
        if not host.isascii() and (name or self._listed(plain(host))):
            yield "link_vi_chu_la", whose or self._listed(plain(host))
        if name:
            yield "link_vi_ghep" if self._named(labels[-1]) else "link_vi_ten_con", whose
        if near := next(filter(None, map(self._near, labels)), ""):
            yield "link_vi_gan", self._names[near]
        if suffix in _ODD and link.rest.count("/") == 1 and (name := self._named(link.rest)):
            yield "link_vi_duong_dan", self._names[name]

    def _named(self, label: str) -> str:
        """The longest watched name in a label; "" when there is none."""
        parts = _skeleton(label).split("-")
        whole = "".join(parts)
        ends = tuple(parts)
        found = (
            name
            for name in self._names
            if (len(name) >= _LONG_NAME and name in whole)
            or any(part.startswith(name) or part.endswith(name) for part in ends)
        )
        return max(found, key=len, default="")

    def _near(self, label: str) -> str:
        """A watched name that a label misspells; "" when there is none."""
        whole = _skeleton(label)
        for name in self._names:
            most = 2 if len(name) >= 10 else 1
            if len(name) >= _TYPO_NAME and any(
                OSA.distance(part, name, score_cutoff=most) <= most for part in (whole, *whole.split("-"))
            ):
                return name
        return ""

    def _verdict(self, link: Found, kind: Kind, domain: Domain | None, clue: str = "") -> Verdict:
        agency = domain.agency if domain else ""
        if not agency and kind in ("official", "lookalike"):
            agency = self._bot.get("link_co_quan", "")
        reason = self._bot.get("link_nghi" if clue and kind == "unknown" else _SENTENCE[kind], "")
        host = link.host if kind == "official" else link.host.replace(".", " . ")  # nothing to press by mistake
        for name, value in (("{host}", host), ("{agency}", agency), ("{vi}", self._bot.get(clue, ""))):
            reason = reason.replace(name, value)
        if kind == "official" and clue:
            reason = f"{reason} {self._bot.get(clue, '')}".strip()
        return Verdict(link.host, link.typed, kind, agency, reason, bool(clue) and clue not in _WEAK)


def _risks(link: Found, host: str, ends: set[str]) -> Iterator[str]:
    """What makes the form of an unknown link a warning, the gravest first."""
    labels = host.split(".")
    if link.installs:
        yield "link_vi_tep"
    if link.user and link.scheme:
        yield "link_vi_a_cong"
    if all(map(str.isdecimal, labels)):
        yield "link_vi_so"
    if not host.isascii() or "xn--" in host:
        yield "link_vi_chu_la"
    if not _MIRRORS.isdisjoint(labels):
        yield "link_vi_kho"
    if ends & _HOSTING:
        yield "link_vi_mien_phi"
    if ends & _CHATS:
        yield "link_vi_tro_chuyen"
    if link.port not in ("", "80", "443"):
        yield "link_vi_cong"
    if labels[-1] in _ODD:
        yield "link_vi_duoi_la"


def _skeleton(label: str) -> str:
    """What a label looks like at a glance: no marks, digits as letters, «i» as «l», no doubled letters."""
    text = plain(label).translate(_DIGITS).replace("rn", "m").replace("vv", "w")
    return _DOUBLE.sub(r"\1", text)


def _unicode(host: str) -> str:
    """The host as it is shown: «xn--…» decoded where it can be."""
    if "xn--" not in host:
        return host
    try:
        return str(idna.decode(host))
    except (idna.IDNAError, UnicodeError):
        return host

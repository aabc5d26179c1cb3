"""What the links of a message are, offline: an official page, an imitation of one, a shortener, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import unquote

from bot.content.types import Content, Domain
from bot.safety.brands import Brands
from bot.safety.fold import plain
from bot.safety.hosts import address, is_number, shown, suffix_of
from bot.safety.urls import Found, find, spoken

__all__ = ["Found", "Verdict", "Watch", "find", "judge"]

Kind = Literal["official", "lookalike", "unknown", "shortener"]

_STATE = "gov.vn"  # only state agencies can register under it; «.vn» alone proves nothing
_HOME = frozenset(("vn", "com.vn"))  # endings under which honest pages of a name are many
_TELLING = 4  # letters of a bait word that tells where it overlaps the name
_FOREIGN_STATES = frozenset(("gov", "govt", "gob", "gouv", "gub", "go"))
_GOV = re.compile(r"gov(?:t|v*n)?(?=[-\d]|$)")  # «gplxgov», «gov-vn», «xgovvn»; not «govap»
_FAKE_SUFFIX = re.compile(r"(?:vn|com|net|org|gov)-")
_LEADS_ON = re.compile(r"(?::|%(?:25)*3a)(?:/|%(?:25)*2f){2}|=(?://|www\.)", re.IGNORECASE)
_MORE = re.compile(r"(?:[/?&#](?!.*(?:\.\.|%2e|id=)).*)?")  # after a page, what leads to no other one
_AT_RANDOM = re.compile(
    r"(?=.{5,6}$)(?:[a-z]+\d+[a-z]+|[a-z]*(?:(?!ng|nh|th|ch|tr|kh|ph|gh)[bcdfghjklmnpqrstvwxz]){4}[a-z]*)"
)
_WEAK = frozenset(("link_vi_ghep", "link_vi_gan"))  # forms that an honest page may have too
_SENTENCE = {"official": "link_nha_nuoc", "lookalike": "link_gia", "shortener": "link_rut_gon", "unknown": "link_la"}


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
    """The official pages, and the names and forms that imitators use, ready to be compared with."""

    def __init__(self, content: Content) -> None:
        self._bot = content.bot
        known = {place.lower(): domain for place, domain in content.domains.items()}
        self._domains = {place: domain for place, domain in known.items() if "/" not in place}
        self._pages = {place: domain for place, domain in known.items() if "/" in place}
        self._brands = Brands(content, self._domains)
        self._forms = {form: frozenset(each) for form, each in content.forms.items()}
        self._bait = re.compile(f"(?:{'|'.join([*map(re.escape, content.forms.get('di_kem', ())), '[0-9]'])})+")

    def judge(self, link: Found) -> Verdict:
        link = self._whole(link)
        verdict = self._of(link)
        if verdict.kind == "unknown" and _LEADS_ON.search(link.rest) and (leads := self._led(link)):
            return leads
        return verdict

    def _whole(self, link: Found) -> Found:
        """With the words before it, where they are the name's beginning: «dich vu cong . gov . vn»."""
        words, (label, _, rest) = link.before.split(), link.host.partition(".")
        for n in range(len(words)):
            name = "".join(words[n:]) + spoken(label)
            if name in self._brands.whose or f"{name}.{rest}" in self._domains:
                return replace(link, host=f"{name}.{rest}")
        return link

    def _led(self, link: Found) -> Verdict | None:
        """The page that a link leads on to, when that one is worse."""
        found = find(f"http://{unquote(link.rest).rpartition('://')[2]}")
        verdict = self._of(found[0]) if found else None
        return verdict if verdict and (verdict.kind in ("lookalike", "shortener") or verdict.risky) else None

    def _of(self, link: Found) -> Verdict:
        host = shown(link.host)
        domain = self._page(host, link.rest) or self._listed(host)
        if (domain and domain.confirmed) or (host.isascii() and host.endswith(f".{_STATE}")):
            return self._official(link, domain)
        if domain:
            return self._verdict(link, "unknown", domain, sentence="link_chua_chac")
        for clue, imitated in self._imitations(link, host):
            return self._imitating(link, host, clue, imitated)
        ends = {".".join(host.split(".")[n:]) for n in range(host.count("."))}
        if self._has("rut_gon", ends):
            return self._verdict(link, "shortener", None)
        clue = next(self._risks(link, host, ends), "")
        if not clue and self._has("tro_chuyen", ends):
            return self._verdict(link, "unknown", None, sentence="link_nhan_tin")
        return self._verdict(link, "unknown", None, clue, "link_nghi" if clue else "")

    def _imitating(self, link: Found, host: str, clue: str, imitated: Domain | None) -> Verdict:
        if clue != "link_vi_ghep" or link.installs or not self._may_be_own(host, imitated):
            return self._verdict(link, "lookalike", imitated, clue)
        return self._verdict(link, "unknown", imitated, clue, "link_nghi" if _of_state(imitated) else "link_chua_chac")

    def _has(self, form: str, what: set[str]) -> bool:
        return not what.isdisjoint(self._forms.get(form, ()))

    def _listed(self, host: str) -> Domain | None:
        """The domain of content that this host is, or is under."""
        labels = host.split(".")
        ends = (".".join(labels[n:]) for n in range(len(labels)))
        return next((self._domains[end] for end in ends if end in self._domains), None)

    def _page(self, host: str, rest: str) -> Domain | None:
        """The page of content, where others under the same host are not its owner's."""
        place = f"{host.removeprefix('www.')}{rest.lower()}"
        return next((self._pages[page] for page in self._pages if _is_or_under(place, page)), None)

    def _imitations(self, link: Found, host: str) -> Iterator[tuple[str, Domain | None]]:
        """The clues that give an imitation away, the plainest first, and what it imitates."""
        whose, named = self._brands.whose, self._brands.named
        user = link.user.lower().partition(":")[0]
        if user and (named(user) or self._listed(user) or user.endswith(_STATE)):
            yield "link_vi_a_cong", self._listed(user) or whose.get(named(user))
        if is_number(host):
            return
        suffix = suffix_of(host) or host.rpartition(".")[2]
        labels = host.removeprefix("www.")[: -len(suffix)].rstrip(".").split(".")
        name = next(filter(None, map(named, reversed(labels))), "")
        seen = [plain(label) for label in labels]
        foreign = not host.isascii()
        if foreign and (real := self._listed(plain(host))):
            yield "link_vi_chu_la", real
        if _FAKE_SUFFIX.match(seen[-1]) and (name or len(labels) > 1):
            yield "link_vi_duoi", whose.get(name)
        if any(map(_GOV.search, seen)) and not _FOREIGN_STATES & set(suffix.split(".")):
            yield "link_vi_gov", whose.get(name)
        if foreign and name:
            yield "link_vi_chu_la", whose[name]
        if name:
            yield "link_vi_ghep" if named(labels[-1]) else "link_vi_ten_con", whose[name]
        if near := next(filter(None, map(self._brands.near, labels)), ""):
            yield "link_vi_gan", whose[near]
        if self._has("duoi_la", {suffix}) and link.rest.count("/") == 1 and (name := named(link.rest)):
            yield "link_vi_duong_dan", whose[name]

    def _may_be_own(self, host: str, owner: Domain | None) -> bool:
        """Whether a page with a name may well be its owner's: «baochinhphu.vn», «giaohangtietkiem.vn». No bait, no slip."""
        named, suffix = self._brands.named, suffix_of(host)
        *subs, label = host.removeprefix("www.").removesuffix(f".{suffix}").split(".")
        name = named(label)
        if any(map(named, subs)):
            return False
        if label == name:
            return suffix in {*_HOME, "com"} and not _of_state(owner)
        before, _, after = label.partition(name)
        if suffix not in _HOME or not label.isalnum() or name not in label or self._brands.near(label):
            return False
        return not self._is_bait(label, name) and not any(map(named, filter(None, (before, after))))

    def _is_bait(self, label: str, name: str) -> bool:
        """«vcbdigi», and the overlapping «agribanking»."""
        before, _, after = label.partition(name)
        return any(map(self._bait.fullmatch, (before, after))) or any(
            (label.startswith(word) or label.endswith(word)) and word not in name
            for word in self._forms.get("di_kem", ())
            if len(word) >= _TELLING
        )

    def _risks(self, link: Found, host: str, ends: set[str]) -> Iterator[str]:
        """What makes the form of an unknown link a warning, the gravest first."""
        labels = host.split(".")
        label = host.removesuffix(suffix_of(host)).rstrip(".").rpartition(".")[2]
        words = plain(label).split("-")
        if link.installs:
            yield "link_vi_tep"
        if link.user and link.scheme:
            yield "link_vi_a_cong"
        if is_number(host):
            yield "link_vi_so"
        if not host.isascii() or "xn--" in host:
            yield "link_vi_chu_la"
        if self._has("kho", set(labels)):
            yield "link_vi_kho"
        if self._has("mien_phi", ends):
            yield "link_vi_mien_phi"
        if link.port not in ("", "80", "443"):
            yield "link_vi_cong"
        if self._has("duoi_la", {labels[-1]}):
            yield "link_vi_duoi_la"
        if any(word.startswith(each) or word.endswith(each) for word in words for each in self._forms.get("nganh", ())):
            yield "link_vi_nganh"
        if labels[-1] != "vn" and _AT_RANDOM.fullmatch(label):
            yield "link_vi_ngau_nhien"

    def _official(self, link: Found, domain: Domain | None) -> Verdict:
        clue = "link_vi_tiep" if _LEADS_ON.search(link.rest) else ""
        known = domain and domain.confirmed
        return self._verdict(link, "official", domain, clue, "link_chinh_thuc" if known else "")

    def _verdict(self, link: Found, kind: Kind, domain: Domain | None, clue: str = "", sentence: str = "") -> Verdict:
        agency = domain.agency if domain else ""
        if not agency and kind in ("official", "lookalike"):
            agency = self._bot.get("link_co_quan", "")
        words = {
            "host": link.host if kind == "official" else _unpressable(link.host),
            "agency": agency,
            "day": f"{domain.confirmed:%d/%m/%Y}" if domain and domain.confirmed else "",
            "why": self._bot.get(clue, "") or (domain.unconfirmed if domain else ""),
            "vi": self._bot.get(clue, ""),
        }
        reason = self._bot.get(sentence or _SENTENCE[kind], "")
        for word, value in words.items():
            reason = reason.replace(f"{{{word}}}", value)
        if kind == "official" and clue:
            reason = f"{reason} {words['vi']}".strip()
        risky = bool(clue) and (kind == "unknown" or clue not in _WEAK)
        return Verdict(link.host, link.typed, kind, agency, reason, risky)


def _is_or_under(place: str, page: str) -> bool:
    return place.startswith(page) and bool(_MORE.fullmatch(place, len(page)))


def _of_state(domain: Domain | None) -> bool:
    return domain is None or domain.host.endswith(_STATE)


def _unpressable(host: str) -> str:
    """Nothing to press by mistake; the dots of an IP address in brackets, so that it is not masked as a private number."""
    return address(host).replace(".", "[.]") if is_number(host) else host.replace(".", " . ")

"""The names that imitators borrow, found in what a host looks like: letter for letter, digits for letters, typing slips."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.content.types import Content, Domain
from bot.safety.fold import plain
from bot.safety.hosts import suffix_of

_DIGITS = str.maketrans("013458", "oleasb")
_DOUBLE = re.compile(r"(.)\1+")
_APART = re.compile(r"[^a-z0-9]+")
_SPOKEN = re.compile(r"(?:[^aeiouy]*[aeiouy]+[^aeiouy]?)+")  # may begin another word: «vib», «momo»; not «vcb»
_LONG = 5  # letters; a shorter name counts only where nothing else can be meant
_SURE = 4  # letters of a name without vowels that may stand at either end
_TYPO, _TYPO_TWICE = 7, 10  # letters of a name that one slip, or two, leave recognisable
_MOST = 200  # letters that are looked at


class Brands:
    """`whose`: name → the domain that it belongs to, None for a name that many agencies share."""

    def __init__(self, content: Content, domains: Mapping[str, Domain]) -> None:
        """`domains`: of content, in lower case, those whose names are borrowed."""
        self.whose = dict(_names(content, domains))
        beside = rf"(?:{'|'.join([*map(_flat, content.forms.get('di_kem', ())), '[0-9]+'])})+"
        self._after, self._before = re.compile(beside), re.compile(f"{beside}$")
        self._others = re.compile("|".join(map(_flat, content.forms.get("khong_phai", ()))) or "(?!)")
        self._long = re.compile("|".join(_stretched(name) for name in self.whose if len(name) >= _LONG) or "(?!)")
        self._short = {_flat(name): name for name in self.whose if len(name) < _LONG}
        self._by_look = {_single(name): name for name in self.whose}
        typed = [name for name in self.whose if len(name) >= _TYPO]
        self._slips = {
            most: {_single(name): name for name in typed if (len(name) >= _TYPO_TWICE) == (most > 1)} for most in (1, 2)
        }

    def named(self, text: str) -> str:
        """The longest name in a label or path; "" when there is none."""
        flat = self._others.sub("-", _flat(_APART.sub("-", plain(text[:_MOST])).strip("-")))
        looks = dict.fromkeys((flat, flat.translate(_DIGITS)))
        found = [name for look in looks for each in (look, look.replace("-", "")) for name in self._whole(each)]
        found += (name for part in flat.split("-") for look, name in self._short.items() if self._is_short(part, look))
        return max(found, key=len, default="")

    def near(self, label: str) -> str:
        """A name that a label misspells; "" when there is none."""
        whole = _single(label)
        for most, names in self._slips.items():
            for part in dict.fromkeys((whole, *whole.split("-"))):
                if found := process.extractOne(part, names.keys(), scorer=OSA.distance, score_cutoff=most):
                    return names[found[0]]
        return ""

    def _whole(self, look: str) -> Iterator[str]:
        """The long names; one that nobody owns has to begin or end a word."""
        for found in self._long.finditer(look):
            name = self._by_look.get(_DOUBLE.sub(r"\1", found[0]), "")
            if name and (self.whose[name] or self._begins(look, found.start()) or self._ends(look, found.end())):
                yield name

    def _begins(self, look: str, at: int) -> bool:
        return at == 0 or look[at - 1] == "-" or bool(self._before.search(look[:at]))

    def _ends(self, look: str, at: int) -> bool:
        return at == len(look) or look[at] == "-" or bool(self._after.match(look, at))

    def _is_short(self, part: str, name: str) -> bool:
        """«vcb» in «vcbdigi», «vib» in «vib-vay24h», «gplx» in «capdoigplx24h»; not in «vibrant»."""
        if not (part.startswith(name) or part.endswith(name)):
            before, found, after = part.partition(name)
            return bool(found and self._after.fullmatch(before) and self._after.fullmatch(after))
        spoken = bool(_SPOKEN.fullmatch(name))
        if not spoken and (part.startswith(name) or len(name) >= _SURE):
            return True
        rest = part.removeprefix(name) if part.startswith(name) else part.removesuffix(name)
        return not rest or bool(self._after.fullmatch(rest)) or rest in self._by_look


def _names(content: Content, domains: Mapping[str, Domain]) -> Iterator[tuple[str, Domain | None]]:
    """Every name once: those of the domains, long labels of the domains, then what stands in `watch`."""
    for word in filter(None, map(_bare, content.watch)):
        hosts = [host for host in domains if word in _bare(host)]
        yield word, domains[min(hosts, key=len)] if hosts else None
    for host, domain in domains.items():
        label = _bare(host.removesuffix(suffix_of(host)).rstrip(".").rpartition(".")[2])
        if len(label) >= _TYPO:
            yield label, domain
    for domain in domains.values():
        yield from ((_bare(name), domain) for name in domain.names)


def _bare(name: str) -> str:
    return _APART.sub("", plain(name))


def _flat(text: str) -> str:
    """What letters look like at a glance: «i» as «l», «rn» as «m», «vv» as «w»."""
    return plain(text).replace("i", "l").replace("|", "l").replace("rn", "m").replace("vv", "w")


def _single(text: str) -> str:
    return _DOUBLE.sub(r"\1", _flat(text).translate(_DIGITS))


def _stretched(name: str) -> str:
    """A pattern for the name with any of its letters repeated."""
    runs: Iterable[tuple[str, list[str]]] = (
        (letter, list(run)) for letter, run in groupby(_flat(name).translate(_DIGITS))
    )
    return "".join(f"{letter}{{{len(run)},}}" for letter, run in runs)

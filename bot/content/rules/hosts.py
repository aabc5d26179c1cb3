"""Who vouches for what citizens are sent to: links, named domains, and the pages that facts were read on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from bot.content import schema as s
from bot.content.problem import Problem
from bot.content.said import said
from bot.content.scope import Scope, places
from bot.content.source import Document, Loc
from bot.content.uses import Use, uses

_DOMAIN = re.compile(r"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:vn|com|net|org|gov|info|me|io|app|top|xyz)\b", re.IGNORECASE)


def untrusted_host(scope: Scope) -> Iterator[Problem]:
    """Code `nguon_la`: `hosts` and the official domains are trusted."""
    for document, loc, host in (*_links(scope), *_spoken(scope)):
        if not _trusted(scope, host):
            text = (
                f"trang «{host}» không nằm trong danh sách tin cậy. Xem lại, hoặc thêm vào «hosts» của _agencies.yaml"
            )
            yield document.problem(loc, "nguon_la", text)
    yield from _strange_sources(scope)


def _strange_sources(scope: Scope) -> Iterator[Problem]:
    """A newspaper may be the source of what is marked as not certain, and of what scammers do; of nothing else."""
    strange = {
        id for id, source in scope.content.sources.items() if source.url and not _trusted(scope, _host(source.url))
    }
    used: dict[str, list[Use]] = {id: [] for id in strange}
    for use in uses(scope.files, scope.ids):
        if use.kinds == ("source",) and use.id in strange:
            used[use.id].append(use)
    for id, found in used.items():
        certain = [use for use in found if not _doubted(scope, use, strange)]
        if certain or not (found or scope.broken()):
            where = (
                f", mà {certain[0].document.path}:{certain[0].document.line(certain[0].loc)} coi là chắc"
                if certain
                else ""
            )
            host = _host(scope.content.sources[id].url)
            text = f"trang «{host}» không nằm trong danh sách tin cậy{where}. Ghi «unconfirmed» ở đó, hoặc thêm vào «hosts»"
            place = scope.ids.by_kind["source"][id]
            yield place.document.problem((id, "url"), "nguon_la", text)


def _doubted(scope: Scope, use: Use, strange: Collection[str]) -> bool:
    """What uses the source says that it is not certain, has a better source beside it, or tells of a scam."""
    if isinstance(scope.files.by_path[use.document.path].shape, s.WarningFile):
        return True
    around = [use.document.at(use.loc[:depth]) for depth in range(1, len(use.loc))]
    if any(isinstance(each, dict) and "unconfirmed" in each for each in around):
        return True
    return isinstance(around[-1], list) and any(id not in strange for id in around[-1])


def _links(scope: Scope) -> Iterator[tuple[Document, Loc, str]]:
    """Where a citizen is sent by a link."""
    found: list[tuple[Document, Loc, str]] = []
    for document, guide in scope.guides():
        found += [(document, (*loc, "link"), item.link) for _, loc, item in places(guide)]
    for document, faq in scope.files.of(s.FaqFile):
        found += [(document, (id, "link"), entry.link or "") for id, entry in faq.root.items()]
    for document, agencies in scope.files.of(s.AgenciesFile):
        extra = agencies.__pydantic_extra__ or {}
        found += [(document, (id, "url"), agency.url or "") for id, agency in extra.items()]
    return ((document, loc, host) for document, loc, url in found if (host := _host(url)))


def _spoken(scope: Scope) -> Iterator[tuple[Document, Loc, str]]:
    """Domains named in a sentence."""
    for each in said(scope.files):
        if each.role not in ("sign", "screen"):
            yield from ((each.document, each.loc, found[0].lower()) for found in _DOMAIN.finditer(each.text))


def _trusted(scope: Scope, host: str) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in (*scope.content.hosts, *scope.content.domains))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()

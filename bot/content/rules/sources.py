"""What facts rest on: a figure without a source, a law that has ended, a host that nobody vouches for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from bot.content import schema as s
from bot.content.problem import Problem
from bot.content.said import said
from bot.content.scope import Scope, day, places
from bot.content.source import Document, Loc
from bot.content.types import Content, Item

CITED = ("thoi_han", "han_chot", "muc_phat")  # every item of these parts cites a source
_DOMAIN = re.compile(r"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:vn|com|net|org|gov|info|me|io|app|top|xyz)\b", re.IGNORECASE)


def without_source(scope: Scope) -> Iterator[Problem]:
    """Code `khong_nguon`. A reason why it is not certain stands for a source: citizens read it."""
    for document, guide in scope.guides():
        for aspect, loc, item in places(guide):
            if aspect in CITED and not (item.sources or item.unconfirmed):
                text = "thiếu nguồn: thời hạn, hạn chót và mức phạt nào cũng cần «source» (hoặc «unconfirmed: vì sao»)"
                yield document.problem(loc, "khong_nguon", text)
            for amount in item.amounts:
                rests = amount.sources or item.sources or amount.unconfirmed or item.unconfirmed
                if amount.dong is not None and not rests:
                    yield document.problem((*loc, "amount", amount.since.isoformat()), "khong_nguon", _AMOUNT)
    yield from _local_fees(scope)
    yield from _bare(scope)


_AMOUNT = "số tiền thiếu nguồn. Thêm «source: …» sau «dong»"


def _local_fees(scope: Scope) -> Iterator[Problem]:
    for document, local in scope.files.of(s.LocalFile):
        for guide, fees in local.fees.items():
            for text, amounts in fees.items():
                for since, amount in amounts.items():
                    if amount.dong is not None and not (amount.source or amount.unconfirmed):
                        loc = ("fees", guide, text, since.isoformat())
                        yield document.problem(loc, "khong_nguon", _AMOUNT)


def _bare(scope: Scope) -> Iterator[Problem]:
    """Sources, phones and domains that themselves rest on nothing."""
    for document, sources in scope.files.of(s.SourcesFile):
        for id, source in sources.root.items():
            if not (source.number or source.url):
                text = f"nguồn «{id}» chưa có số hiệu, cũng chưa có trang. Thêm «number» hoặc «url» của trang đã xem"
                yield document.problem((id,), "khong_nguon", text)
    for document, agencies in scope.files.of(s.AgenciesFile):
        for id, agency in (agencies.__pydantic_extra__ or {}).items():
            for key, phone in agency.phones.items():
                if not (phone.confirmed or phone.unconfirmed or phone.source):
                    text = f"số «{phone.number}» chưa rõ lấy ở đâu. Thêm «confirmed: ngày», «source» hoặc «unconfirmed»"
                    yield document.problem((id, "phones", key), "khong_nguon", text)
    for document, domains in scope.files.of(s.DomainsFile):
        for host, domain in domains.domains.items():
            if not (domain.confirmed or domain.unconfirmed):
                text = f"chưa rõ ai xác nhận «{host}». Thêm «confirmed: ngày» hoặc «unconfirmed: vì sao»"
                yield document.problem(("domains", host), "khong_nguon", text)


def ended_law(scope: Scope) -> Iterator[Problem]:
    """Code `het_hieu_luc`. No clock: a law must hold on the day of the check, and as long as its guide calls itself fresh."""
    for document, guide in scope.guides():
        for _, loc, item in places(guide):
            for where, ids, first, last in _spans(loc, item):
                fresh = min(last, guide.review_by - timedelta(1))
                yield from _ended(scope.content, document, where, ids, max(first, guide.checked), fresh)
        past = guide.checked
        yield from _ended(scope.content, document, ("sources",), guide.sources, past, past)
    for document, faq in scope.files.of(s.FaqFile):
        for id, entry in faq.root.items():
            fresh = entry.review_by - timedelta(1) if entry.review_by else entry.checked
            yield from _ended(scope.content, document, (id, "source"), entry.source, entry.checked, fresh)
    for document, warning in scope.files.of(s.WarningFile):
        past = warning.checked
        yield from _ended(scope.content, document, ("sources",), warning.sources, past, past)


def _spans(loc: Loc, item: Item) -> Iterator[tuple[Loc, Iterable[str], date, date]]:
    """What an item rests on from a day to a day."""
    start, end = item.since or date.min, item.until or date.max
    yield (*loc, "source"), item.sources, start, end
    for at, amount in enumerate(item.amounts):
        following = item.amounts[at + 1].since if at + 1 < len(item.amounts) else date.max
        where = (*loc, "amount", amount.since.isoformat())
        yield where, amount.sources, max(start, amount.since), min(end, following - timedelta(1))


def _ended(
    content: Content, document: Document, loc: Loc, ids: Iterable[str], first: date, last: date
) -> Iterator[Problem]:
    for id in ids:
        source = content.sources.get(id)
        if source and source.until and first <= last and source.until < last:
            text = f"«{id}» hết hiệu lực {day(source.until)}. Thay nguồn; hoặc ghi «until», hay «review_by» không sau ngày đó"
            yield document.problem(loc, "het_hieu_luc", text)


def untrusted_host(scope: Scope) -> Iterator[Problem]:
    """Code `nguon_la`: links, and domains named in what citizens read, are on the list of hosts or official domains."""
    trusted = (*scope.content.hosts, *scope.content.domains)
    for document, loc, url in _links(scope):
        yield from _stranger(trusted, document, loc, urlsplit(url).hostname or "")
    for each in said(scope.files):
        if each.role not in ("sign", "screen"):
            for found in _DOMAIN.finditer(each.text):
                yield from _stranger(trusted, each.document, each.loc, found[0])


def _stranger(trusted: Iterable[str], document: Document, loc: Loc, host: str) -> Iterator[Problem]:
    host = host.lower()
    if not any(host == one or host.endswith(f".{one}") for one in trusted):
        text = f"trang «{host}» không nằm trong danh sách tin cậy. Xem lại, hoặc thêm vào «hosts» của _agencies.yaml"
        yield document.problem(loc, "nguon_la", text)


def _links(scope: Scope) -> Iterator[tuple[Document, Loc, str]]:
    found: list[tuple[Document, Loc, str | None]] = []
    for document, guide in scope.guides():
        found += [(document, (*loc, "link"), item.link) for _, loc, item in places(guide)]
    for document, faq in scope.files.of(s.FaqFile):
        found += [(document, (id, "link"), entry.link) for id, entry in faq.root.items()]
    for document, sources in scope.files.of(s.SourcesFile):
        found += [(document, (id, "url"), source.url) for id, source in sources.root.items()]
    for document, agencies in scope.files.of(s.AgenciesFile):
        extra = agencies.__pydantic_extra__ or {}
        found += [(document, (id, "url"), agency.url) for id, agency in extra.items()]
    return ((document, loc, url) for document, loc, url in found if url)

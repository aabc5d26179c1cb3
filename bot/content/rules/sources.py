"""What facts rest on: a figure without a source, a law that has ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.content import schema as s
from bot.content.problem import Problem
from bot.content.scope import Scope, day, places, shifted
from bot.content.source import Document, Loc
from bot.content.types import Item

CITED = ("thoi_han", "han_chot", "muc_phat")  # every item of these parts cites a source


def without_source(scope: Scope) -> Iterator[Problem]:
    """Code `khong_nguon`. A reason why it is not certain stands for a source: citizens read it."""
    for document, guide in scope.guides():
        for aspect, loc, item in places(guide):
            if aspect in CITED and not (item.sources or item.unconfirmed):
                text = "thiếu nguồn: thời hạn, hạn chót và mức phạt nào cũng cần «source» (hoặc «unconfirmed: vì sao»)"
                yield document.problem(loc, "khong_nguon", text)
            home, at_home = scope.home(document, loc, "amount")
            for amount in item.amounts:
                rests = amount.sources or item.sources or amount.unconfirmed or item.unconfirmed
                if amount.dong is not None and not rests:
                    yield home.problem((*at_home, "amount", amount.since.isoformat()), "khong_nguon", _AMOUNT)
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


def _phones(home: Document, loc: Loc, phones: Mapping[str, s.PhoneFile]) -> Iterator[Problem]:
    for key, phone in phones.items():
        if not (phone.confirmed or phone.unconfirmed or phone.source):
            text = f"số «{phone.number}» chưa rõ lấy ở đâu. Thêm «confirmed: ngày», «source» hoặc «unconfirmed»"
            yield home.problem((*loc, key), "khong_nguon", text)


def _bare(scope: Scope) -> Iterator[Problem]:
    """Sources, phones and domains that themselves rest on nothing."""
    for document, sources in scope.files.of(s.SourcesFile):
        for id, source in sources.root.items():
            if not (source.number or source.url):
                text = f"nguồn «{id}» chưa có số hiệu, cũng chưa có trang. Thêm «number» hoặc «url» của trang đã xem"
                yield document.problem((id,), "khong_nguon", text)
    for document, agencies in scope.files.of(s.AgenciesFile):
        for id, agency in (agencies.__pydantic_extra__ or {}).items():
            yield from _phones(document, (id, "phones"), agency.phones)
    for document, local in scope.files.of(s.LocalFile):
        yield from _phones(document, ("phones",), local.phones)
    for document, domains in scope.files.of(s.DomainsFile):
        for host, domain in domains.domains.items():
            if not (domain.confirmed or domain.unconfirmed):
                text = f"chưa rõ ai xác nhận «{host}». Thêm «confirmed: ngày» hoặc «unconfirmed: vì sao»"
                yield document.problem(("domains", host), "khong_nguon", text)


def ended_law(scope: Scope) -> Iterator[Problem]:
    """Code `het_hieu_luc`. No clock: a law has to hold on the day of the check, and as long as the text counts as fresh."""
    for document, loc, ids, first, last in _rests(scope):
        for id in ids:
            ended = scope.content.sources[id].until if id in scope.content.sources else None
            if ended and ended < last and first <= last:
                text = (
                    f"«{id}» hết hiệu lực {day(ended)}. Thay nguồn, hoặc cho «until» hay «review_by» không sau ngày đó"
                )
                yield document.problem(loc, "het_hieu_luc", text)


def _rests(scope: Scope) -> Iterator[tuple[Document, Loc, Iterable[str], date, date]]:
    """What rests on which sources, from the day on which it was checked to the day on which it stops being fresh."""
    for document, guide in scope.guides():
        yield document, ("sources",), guide.sources, guide.checked, guide.checked
        for _, loc, item in places(guide):
            for key, ids, first, last in _spans(item):
                home, at_home = scope.home(document, loc, str(key[0]))
                yield home, (*at_home, *key), ids, max(first, guide.checked), min(last, shifted(guide.review_by, -1))
    for document, faq in scope.files.of(s.FaqFile):
        for id, entry in faq.root.items():
            last = shifted(entry.review_by, -1) if entry.review_by else entry.checked
            yield document, (id, "source"), entry.source, entry.checked, last
    for document, warning in scope.files.of(s.WarningFile):
        yield document, ("sources",), warning.sources, warning.checked, warning.checked


def _spans(item: Item) -> Iterator[tuple[Loc, Iterable[str], date, date]]:
    """What an item rests on from a day to a day."""
    start, end = item.since or date.min, item.until or date.max
    yield ("source",), item.sources, start, end
    for at, amount in enumerate(item.amounts):
        following = item.amounts[at + 1].since if at + 1 < len(item.amounts) else date.max
        key = ("amount", amount.since.isoformat())
        yield key, amount.sources, max(start, amount.since), min(end, shifted(following, -1))

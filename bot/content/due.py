"""What a person has to read again, by a day; and what rests on one law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.content import schema as s
from bot.content.files import Files
from bot.content.ids import index
from bot.content.scope import Scope, day, places, shifted
from bot.content.source import Document, Loc
from bot.content.types import Content, Item
from bot.content.uses import uses
from bot.content.where import Found, describe

NEVER = date.max
FRESH = 183  # days: what has no review date of its own is read again half a year after it was checked


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """`by`: the day; NEVER for what has none, a fact that nobody has confirmed yet."""

    by: date
    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def due(content: Content, files: Files, today: date, days: int) -> list[Due]:
    """Up to `days` after today, the oldest first; then what is not confirmed."""
    return sorted(set(_Due(Scope(files, index(files), content, None), today, shifted(today, days)).all()))


class _Due:
    def __init__(self, scope: Scope, today: date, last: date) -> None:
        self.scope, self.today, self.last = scope, today, last

    def all(self) -> Iterator[Due]:
        yield from self._reviews()
        yield from self._sources()
        for document, guide in self.scope.guides():
            for _, loc, item in places(guide):
                yield from self._item(document, loc, item)
        yield from self._notices()
        yield from self._unconfirmed()

    def _reviews(self) -> Iterator[Due]:
        files = self.scope.files
        for document, guide in files.of(s.GuideFile):
            yield from self._by(
                document, ("review_by",), guide.review_by, f"đọc lại bài «{guide.title}» ({guide.owner})"
            )
        for document, faq in files.of(s.FaqFile):
            for id, entry in faq.root.items():
                by = entry.review_by or shifted(entry.checked, FRESH)
                key = "review_by" if entry.review_by else "checked"
                yield from self._by(document, (id, key), by, f"đọc lại «{entry.questions[0]}»")
        for document, warning in files.of(s.WarningFile):
            yield from self._by(
                document, ("checked",), shifted(warning.checked, FRESH), f"đọc lại cảnh báo «{warning.title}»"
            )
        for document, agencies in files.of(s.AgenciesFile):
            for id, agency in (agencies.__pydantic_extra__ or {}).items():
                for key, phone in agency.phones.items():
                    if phone.confirmed:
                        text = f"gọi thử số {phone.number} của {agency.name}"
                        yield from self._by(document, (id, "phones", key), shifted(phone.confirmed, FRESH), text)

    def _sources(self) -> Iterator[Due]:
        """Laws that end, while something rests on them."""
        count: dict[str, int] = {}
        for use in uses(self.scope.files, self.scope.ids):
            if use.kinds == ("source",):
                count[use.id] = count.get(use.id, 0) + 1
        for id, place in self.scope.ids.by_kind.get("source", {}).items():
            source = self.scope.content.sources.get(id)
            if source and source.until and id in count:
                text = f"«{id}» hết hiệu lực, còn {count[id]} chỗ dựa vào (xem: due --source {id})"
                yield from self._by(place.document, (id, "until"), source.until, text)

    def _item(self, document: Document, loc: Loc, item: Item) -> Iterator[Due]:
        """What begins or ends in a guide; what did so long ago is history."""
        since = shifted(self.today, -(self.last - self.today).days)
        if item.until and item.until >= since:
            home, at_home = self.scope.home(document, loc, "until")
            yield from self._by(home, (*at_home, "until"), item.until, f"hết: {describe(home, at_home)}")
        if item.since and item.since > self.today:
            home, at_home = self.scope.home(document, loc, "since")
            yield from self._by(home, (*at_home, "since"), item.since, f"bắt đầu: {describe(home, at_home)}")
        home, at_home = self.scope.home(document, loc, "amount")
        for amount in item.amounts:
            if amount.since > self.today:
                text = f"đổi mức tiền: {describe(home, at_home)}"
                yield from self._by(home, (*at_home, "amount", amount.since.isoformat()), amount.since, text)

    def _notices(self) -> Iterator[Due]:
        for document, notices in self.scope.files.of(s.NoticesFile):
            for id, notice in notices.root.items():
                yield from self._by(document, (id, "until"), notice.until, f"thông báo «{id}» hết, xóa hoặc viết tiếp")

    def _by(self, document: Document, loc: Loc, by: date, text: str) -> Iterator[Due]:
        if by <= self.last:
            when = f"{'đã qua' if by < self.today else 'đến'} {day(by)}"
            yield Due(by, document.path, document.line(loc), f"{when} – {text}")

    def _unconfirmed(self) -> Iterator[Due]:
        for file in self.scope.files.by_path.values():
            for loc in file.document.lines:
                if loc and loc[-1] == "unconfirmed":
                    yield self._doubt(file.document, loc)

    def _doubt(self, document: Document, loc: Loc) -> Due:
        text = f"chưa chắc – {describe(document, loc[:-1])} ({document.at(loc)})"
        return Due(NEVER, document.path, document.line(loc), text)


def resting_on(files: Files, source_id: str) -> list[Found]:
    """Every text that cites a source, also through a shared item."""
    found, shared = [], set()
    known = list(uses(files, index(files)))
    for use in known:
        if use.kinds == ("source",) and use.id == source_id:
            found.append(Found(use.document.path, use.document.line(use.loc), describe(use.document, use.loc)))
            if isinstance(files.by_path[use.document.path].shape, s.SharedFile):
                shared.add(str(use.loc[1]))
    for use in known:
        if use.kinds in (("shared_item",), ("shared_problem",)) and use.id in shared:
            text = f"{describe(use.document, use.loc)} (qua mục dùng chung «{use.id}»)"
            found.append(Found(use.document.path, use.document.line(use.loc), text))
    return sorted(set(found))

"""The bot's sentences filled in: money, dates, items, sources. Every word comes from content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bot.choice import DONT_KNOW
from bot.content.types import PLACE, Content, Guide, Item
from bot.dialogue.guide import amount
from bot.message import Link

MOST_SOURCES = 3
MOST_NAMED = 3  # options that are named one by one; of more, the one left out is


@dataclass(frozen=True, slots=True)
class Say:
    content: Content
    today: date

    def __call__(self, id: str, **fields: object) -> str:
        """A sentence of `_bot.yaml` with its fields."""
        return self.content.bot[id].rstrip("\n").format(**fields)

    def item(self, item: Item, guide: Guide | None = None, answers: Mapping[str, str] | None = None) -> str:
        """One line that a citizen reads: its figure of today, what is not confirmed, for whom when that is open."""
        text = self._with_figure(item)
        if item.error:
            text = self("loi_hien", error=item.error, text=text)
        if why := self.doubt(item):
            text = self("chua_chac", text=text.rstrip("."), why=why.rstrip("."))
        open_ = [question for question in item.when if (answers or {}).get(question) == DONT_KNOW]
        if guide and open_:
            labels = self.labels(guide, {question: item.when[question] for question in open_})
            text = self("neu", labels=labels, text=text)
        return text

    def figure(self, item: Item) -> str:
        """The amount of today alone; "" when there is none."""
        current = amount(item, self.today)
        if current is None or current.dong is None:
            return ""
        figure = self("mien_phi") if current.dong == 0 else self.money(current.dong)
        return self("phi_kem", amount=figure, note=current.note) if current.note else figure

    def doubt(self, item: Item) -> str:
        """Why an item of today is not confirmed; "" when it is."""
        current = amount(item, self.today)
        return (current.unconfirmed if current else "") or item.unconfirmed

    def _with_figure(self, item: Item) -> str:
        bare = item.text.rstrip(".")
        if item.local:
            return self("phi_dia_phuong", text=bare)
        if not item.amounts:
            return item.text
        figure = self.figure(item)
        return self("phi", text=bare, amount=figure) if figure else self("phi_chua_co", text=bare)

    def money(self, dong: int) -> str:
        return self("dong", amount=f"{dong:,}".replace(",", "."))

    def day(self, day: date) -> str:
        return f"{day.day:02}/{day.month:02}/{day.year}"

    def bullets(self, lines: Iterable[str]) -> str:
        return "\n".join(f"• {line}" for line in lines)

    def labels(self, guide: Guide, answers: Mapping[str, str | tuple[str, ...]], rest: str = "tru") -> str:
        """What was answered, in the words of the options, for the middle of a sentence: «thuê trọ, trên mạng». `rest`:
        the sentence for all options but one."""
        said = []
        for question, chosen in answers.items():
            options = guide.questions[question].options
            ids = (chosen,) if isinstance(chosen, str) else chosen
            left = [option.label for id, option in options.items() if id not in ids]
            if len(left) == 1 and len(options) > MOST_NAMED:
                said.append(self(rest, label=self.title(left[0])))
                continue
            names = [options[id].label for id in ids if id in options]
            said.append(f" {self('hoac')} ".join(names if question == PLACE else map(self.title, names)))
        return ", ".join(filter(None, said))

    def label(self, guide: Guide, answers: Mapping[str, str | tuple[str, ...]]) -> str:
        """The same for the beginning of a line or a button: «Thuê trọ, trên mạng»."""
        said = self.labels(guide, answers, "con_lai")
        return said[:1].upper() + said[1:]

    def title(self, title: str) -> str:
        """A title inside a sentence: «đăng ký tạm trú», but «VNeID …»."""
        return title[0].lower() + title[1:] if title[1:2].islower() or title[1:2] == " " else title

    def sources(self, ids: Iterable[str], checked: date, review_by: date | None = None) -> str:
        """What an answer rests on, when it was checked, and whether it may be out of date by today."""
        found = [self.content.sources[id] for id in dict.fromkeys(ids) if id in self.content.sources]
        titles = "; ".join(source.title for source in found[:MOST_SOURCES])
        day = self.day(checked)
        lines = [self("nguon", sources=titles, day=day) if titles else self("kiem_tra", day=day)]
        ended = [source.until for source in found[:MOST_SOURCES] if source.until and source.until < self.today]
        due = [day for day in (review_by, *ended) if day and day <= self.today]
        if due:
            lines.append(self("qua_han", day=self.day(min(due))))
        return "\n".join(lines)

    def link(self, url: str) -> Link:
        return Link(self("mo_trang", host=urlsplit(url).hostname or url), url)

    def links(self, items: Iterable[Item]) -> tuple[Link, ...]:
        return tuple(self.link(url) for url in dict.fromkeys(item.link for item in items if item.link))

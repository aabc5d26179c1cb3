"""The trust page: what is covered, how old and how sure the facts are, how well questions are understood, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import yaml

from bot.content.due import FRESH
from bot.content.scope import shifted
from bot.content.types import FIRST_AID, PARTS, TOPICS, Content, Guide, Item
from bot.dialogue.guide import amount, holds
from bot.dialogue.say import Say
from bot.engine import Brain
from bot.understanding.measure import cases, figures, outcome

ESSENTIAL = 25  # services of the government's list
PROBLEMS = 3  # usual reasons why files come back, at least
TALKS = 3  # conversations of a guide, at least
CASES = 15  # held-out questions of a topic, at least
AGES = (30, 90, FRESH)  # days since a fact was checked
NEEDED = tuple(part for part in PARTS if part not in ("han_chot", "muc_phat"))  # a job may have no deadline and no fine
ACCURACY = {
    "topic right": "Hiểu đúng việc",
    "topic right or offered": "… hoặc đưa ra đúng việc để chọn",
    "right guide or entry": "Đúng bài hoặc mục hỏi đáp",
    "aspect (where the topic is right)": "Đúng phần được hỏi",
    "wrong and confident (all)": "Trả lời nhầm mà không biết",
    "out-of-scope recall": "Nhận ra việc không hướng dẫn",
}


@dataclass(frozen=True, slots=True)
class Table:
    """`rows`: as wide as `head`. `note`: what to read before."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the content that holds today."""

    where: str
    text: str
    checked: date
    unconfirmed: str
    sources: tuple[str, ...]


def report(brain: Brain, root: Path, today: date) -> list[Table]:
    """`root`: the content directory; what its tests/ tell is left out where there are none."""
    content = brain.content
    facts = list(_facts(content, today))
    return [
        _coverage(content, root / "tests" / "cases"),
        _amounts(content),
        _age(facts, today),
        _sure(content, facts),
        *_accuracy(brain, root / "tests" / "cases" / "understand"),
        *_missing(content, facts, today),
    ]


def _coverage(content: Content, folder: Path) -> Table:
    say = Say(content, date.min)
    rows, whole, essential = [], 0, 0
    for topic in TOPICS:
        guides = list(content.guides_of(topic))
        main = content.guides.get(topic)
        lacks = _lacking(say, main, guides, folder) if main else ["chưa có bài"]
        essential += bool(main and main.essential)
        whole += bool(main and main.essential and not lacks)
        mark = "✓" if not lacks else "thiếu"
        rows.append((main.title if main else topic, str(len(guides)), mark, ", ".join(lacks)))
    note = f"{essential}/{ESSENTIAL} dịch vụ thiết yếu có bài, {whole}/{ESSENTIAL} đủ mọi phần."
    return Table("Phạm vi", ("Việc", "Số bài", "Đủ phần", "Còn thiếu"), rows, note)


def _lacking(say: Say, main: Guide, guides: Iterable[Guide], folder: Path) -> list[str]:
    """Parts, legal basis, usual problems, talks and cases that are not there."""
    needed = ("cac_buoc", "loi") if main.id == FIRST_AID else NEEDED
    lacks = [say(f"ten_{part}") for part in needed if not main.parts.get(part)]
    if not main.sources:
        lacks.append(say("ten_can_cu"))
    if len(main.parts.get("loi", ())) < PROBLEMS:
        lacks.append(f"dưới {PROBLEMS} lỗi hay gặp")
    if folder.is_dir():
        few = [guide.id for guide in guides if _count(folder / "talks" / f"{guide.id}.yaml") < TALKS]
        lacks += [f"dưới {TALKS} cuộc trò chuyện mẫu: {id}" for id in few]
        held = sum(_count(folder / "understand" / f"{guide.id}.yaml") for guide in guides)
        if held < CASES:
            lacks.append(f"dưới {CASES} câu hỏi thử")
    return lacks


def _count(path: Path) -> int:
    found = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader) if path.is_file() else None  # noqa: S506 - texts
    return len(found) if isinstance(found, list) else 0


def _amounts(content: Content) -> Table:
    problems = [item for guide in content.guides.values() for item in guide.parts.get("loi", ())]
    texts = {item.error for item in (*problems, *content.shared_problems.values()) if item.error}
    texts |= {entry.error for entry in content.entries.values() if entry.error}
    placed = sum(bool(local.fees) for local in content.locals.values())
    rows = [
        ("Bài hướng dẫn", len(content.guides)),
        ("Mục hỏi đáp", len(content.entries)),
        ("Lỗi có cách xử lý", len(problems)),
        ("Dòng báo lỗi nguyên văn", len(texts)),
        ("Cảnh báo lừa đảo", len(content.warnings)),
        ("Tỉnh, thành phố nhận ra được", len(content.locals)),
        ("… trong đó có mức phí riêng đã có nguồn", placed),
        ("Văn bản, trang làm nguồn", len(content.sources)),
        ("Việc gần giống, chỉ sang nơi khác", len(content.neighbours)),
    ]
    return Table("Nội dung", ("Loại", "Số lượng"), [(name, str(count)) for name, count in rows])


def _facts(content: Content, today: date) -> Iterator[Fact]:
    for guide in content.guides.values():
        for part, items in guide.parts.items():
            for item in items:
                if holds(item, today):
                    yield _fact(guide, part, item, today)
    for entry in content.entries.values():
        yield Fact(entry.id, entry.questions[0], entry.checked, entry.unconfirmed, entry.sources)
    for warning in content.warnings.values():
        yield Fact(warning.id, warning.title, warning.checked, "", warning.sources)


def _fact(guide: Guide, part: str, item: Item, today: date) -> Fact:
    current = amount(item, today)
    sources = (current.sources if current else ()) or item.sources or guide.sources
    unconfirmed = (current.unconfirmed if current else "") or item.unconfirmed
    return Fact(f"{guide.id} · {part}", item.title or item.text, guide.checked, unconfirmed, sources)


def _age(facts: Sequence[Fact], today: date) -> Table:
    names = [f"đến {days} ngày" for days in AGES] + [f"trên {AGES[-1]} ngày"]
    count = Counter(sum((today - fact.checked).days > days for days in AGES) for fact in facts)
    rows = [(name, str(count[at]), _share(count[at], len(facts))) for at, name in enumerate(names)]
    return Table("Kiểm tra cách đây bao lâu", ("Tuổi", "Số mục", "Tỷ lệ"), rows, f"{len(facts)} mục đang dùng.")


def _sure(content: Content, facts: Sequence[Fact]) -> Table:
    def basis(fact: Fact) -> str:
        if fact.unconfirmed:
            return "chưa chắc, có ghi rõ lý do"
        numbers = [source for id in fact.sources if (source := content.sources.get(id)) and source.number]
        return (
            "theo văn bản có số hiệu" if numbers else "theo trang của cơ quan" if fact.sources else "hướng dẫn thao tác"
        )

    count = Counter(map(basis, facts))
    rows = [(name, str(n), _share(n, len(facts))) for name, n in count.most_common()]
    return Table("Chắc đến đâu", ("Dựa vào", "Số mục", "Tỷ lệ"), rows)


def _accuracy(brain: Brain, folder: Path) -> Iterator[Table]:
    """On questions written by people who had not seen the examples."""
    found = list(cases(brain.content, folder))
    if found:
        told = figures([outcome(brain.model, brain.content, brain.focus, case) for case in found])
        rows = [(name, told[key]) for key, name in ACCURACY.items()]
        note = f"{len(found)} câu hỏi do người chưa xem câu mẫu viết."
        yield Table("Hiểu câu hỏi", ("Đo", "Kết quả"), rows, note)


def _missing(content: Content, facts: Sequence[Fact], today: date) -> Iterator[Table]:
    unsure = [(fact.where, fact.text, fact.unconfirmed) for fact in facts if fact.unconfirmed]
    yield Table("Điều chưa chắc", ("Ở đâu", "Nội dung", "Vì sao"), unsure, f"{len(unsure)} mục.")
    bare = [local.name for local in content.locals.values() if not local.fees]
    if bare:
        yield Table("Tỉnh chưa có mức phí riêng", ("Tỉnh, thành phố",), [(name,) for name in bare])
    soon = shifted(today, AGES[0])
    late = [
        (guide.title, Say(content, today).day(guide.review_by))
        for guide in content.guides.values()
        if guide.review_by <= soon
    ]
    if late:
        yield Table(f"Phải đọc lại trong {AGES[0]} ngày tới", ("Bài", "Hạn"), late)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def markdown(tables: Iterable[Table], today: date) -> str:
    lines = [f"# Một Cửa: nội dung đáng tin đến đâu, ngày {today:%d/%m/%Y}", ""]
    for table in tables:
        lines += [f"## {table.title}", "", *([table.note, ""] if table.note else [])]
        lines += [_line(table.head), _line(["---"] * len(table.head)), *map(_line, table.rows), ""]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def html(tables: Iterable[Table], today: date) -> str:
    """One page without scripts or anything from elsewhere."""
    title = f"Một Cửa: nội dung đáng tin đến đâu, ngày {today:%d/%m/%Y}"
    body = "\n".join(map(_section, tables))
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""


STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 }
main { max-width: 60rem; margin: 0 auto; padding: 1rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #8886 }
""".strip()


def _section(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    note = f"<p>{escape(table.note)}</p>\n" if table.note else ""
    grid = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    return f'<section>\n<h2>{escape(table.title)}</h2>\n{note}<div class="wide" tabindex="0">{grid}</div>\n</section>'

"""The trust page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.content.types import TOPICS
from bot.engine import Brain
from bot.report import Table, html, markdown, report

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 25)


def by_title(tables: list[Table]) -> dict[str, Table]:
    return {table.title: table for table in tables}


def test_all_essential_services_are_there_with_every_part(brain: Brain) -> None:
    found = by_title(report(brain, ROOT, TODAY))["Phạm vi"]
    assert found.note == "25/25 dịch vụ thiết yếu có bài, 25/25 đủ mọi phần."
    assert [row for row in found.rows if row[2] != "✓"] == []
    assert len(found.rows) == len(TOPICS)


def test_what_is_missing_is_named(brain: Brain, tmp_path: Path) -> None:
    guide = brain.content.guides["dang_ky_tam_tru"]
    parts = {part: items for part, items in guide.parts.items() if part not in ("le_phi", "loi")}
    guides = {**brain.content.guides, guide.id: replace(guide, parts=parts, sources=())}
    del guides["dang_ky_ket_hon"]
    poorer = replace(brain, content=replace(brain.content, guides=guides))
    found = by_title(report(poorer, tmp_path, date(2027, 12, 1)))
    rows = {row[0]: row[3] for row in found["Phạm vi"].rows}
    assert rows[guide.title] == "phần lệ phí, phần lỗi hay gặp, phần căn cứ, dưới 3 lỗi hay gặp"
    assert rows["dang_ky_ket_hon"] == "chưa có bài"
    assert found["Phạm vi"].note == "24/25 dịch vụ thiết yếu có bài, 23/25 đủ mọi phần."
    assert "Hiểu câu hỏi" not in found, "there are no cases there"
    assert [row[1] for row in found["Kiểm tra cách đây bao lâu"].rows][:3] == ["0", "0", "0"]
    assert (guide.title, f"{guide.review_by:%d/%m/%Y}") in found["Phải đọc lại trong 30 ngày tới"].rows


def test_every_unconfirmed_line_says_why(brain: Brain) -> None:
    found = by_title(report(brain, ROOT, TODAY))["Điều chưa chắc"]
    assert found.rows
    assert all(all(cell.strip() for cell in row) for row in found.rows)


def test_markdown_and_html_hold_what_cells_contain() -> None:
    tables = [Table("Bảng", ("a", "b"), [("x | y", "<b>&"), ("dòng\nhai", "")], "ghi chú")]
    text = markdown(tables, TODAY)
    assert "| x \\| y | <b>& |\n| dòng hai |  |" in text
    page = html(tables, TODAY)
    assert "<td>x | y</td><td>&lt;b&gt;&amp;</td>" in page
    assert '<html lang="vi">' in page
    assert "<script" not in page

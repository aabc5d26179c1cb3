"""What has to be read again, by when; and what rests on one law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.content.build import build
from bot.content.due import NEVER, Due, due, resting_on
from bot.content.files import read_files
from tests.content_files import GOOD, Change, changed, line, write

GUIDE = "service_guides/dang_ky_tam_tru.yaml"
SHARED = "service_guides/_shared.yaml"
SOURCES = "service_guides/_sources.yaml"
FAQ = "faq_vi/cu_tru.yaml"
WINTER = date(2026, 12, 1)


def found(root: Path, *changes: Change, today: date = WINTER, days: int = 0) -> list[Due]:
    files = read_files(write(root, changed(*changes)))
    return due(build(files), files, today, days)


def test_nothing_is_due_before_its_day(tmp_path: Path) -> None:
    notice = ("notices.yaml", "until: 2026-11-30", "until: 2027-11-30")
    assert found(tmp_path, notice, days=30) == []


def test_a_guide_is_due_on_its_review_date_and_after_it(tmp_path: Path) -> None:
    files = read_files(write(tmp_path, {"notices.yaml": None}))
    at = line(GUIDE, "review_by")

    def said(today: date, days: int) -> list[str]:
        return [str(each) for each in due(build(files), files, today, days) if each.path == GUIDE]

    assert said(date(2027, 1, 20), 30) == []
    assert said(date(2027, 1, 21), 30) == [
        f"{GUIDE}:{at}: đến 20/2/2027 – đọc lại bài «Đăng ký tạm trú» (ban_bien_tap)"
    ]
    assert said(date(2027, 2, 20), 0) == said(date(2027, 1, 21), 30)
    assert said(date(2027, 3, 1), 0) == [
        f"{GUIDE}:{at}: đã qua 20/2/2027 – đọc lại bài «Đăng ký tạm trú» (ban_bien_tap)"
    ]


def test_the_oldest_comes_first(tmp_path: Path) -> None:
    days = [each.by for each in found(tmp_path, today=date(2027, 3, 1), days=300)]
    assert days == sorted(days)
    assert date(2027, 2, 20) in days


def test_an_entry_without_a_review_date_is_due_half_a_year_after_its_check(tmp_path: Path) -> None:
    again = [each for each in found(tmp_path, today=date(2027, 5, 22)) if each.path == FAQ]
    assert [(each.by, each.line) for each in again] == [(date(2027, 5, 22), line(FAQ, "checked"))]
    soon = found(tmp_path, (FAQ, "checked: 2026-11-20", "checked: 2026-11-20\n  review_by: 2026-12-01"))
    assert [(each.by, each.line) for each in soon if each.path == FAQ] == [(WINTER, line(FAQ, "checked") + 1)]


def test_a_law_that_ends_is_due_while_something_rests_on_it(tmp_path: Path) -> None:
    ends = (SOURCES, "since: 2023-02-05", "since: 2023-02-05, until: 2026-12-31")
    unused = (SOURCES, "luat_68", "luat_1: {title: Luật 1, number: 1/2001/QH10, until: 2026-12-01}\nluat_68")
    laws = [each for each in found(tmp_path, ends, unused, days=30) if each.path == SOURCES]
    assert [each.text for each in laws] == [
        "đến 31/12/2026 – «tt_75_2022» hết hiệu lực, còn 2 chỗ dựa vào (xem: due --source tt_75_2022)"
    ]


def test_amounts_and_items_are_due_when_they_begin_or_end(tmp_path: Path) -> None:
    first = "      2025-07-01: {dong: 7.000, source: tt_75_2022}\n"
    later = (GUIDE, first, f"{first}      2027-01-01: {{dong: 9.000, source: tt_75_2022}}\n")
    said = [str(each) for each in found(tmp_path, later, days=90) if "service_guides" in each.path]
    assert f"{GUIDE}:29: đến 1/1/2027 – đổi mức tiền: Đăng ký tạm trú – lệ phí: Nộp trên mạng" in said
    assert f"{SHARED}:10: đến 28/2/2027 – hết: Được 0 đồng nếu đủ giấy tờ." in said
    assert len([each for each in said if "hết:" in each]) == 1
    starts = (GUIDE, "  - text: 3 ngày", "  - since: 2026-12-15\n    text: 3 ngày")
    assert any("bắt đầu: Đăng ký tạm trú – thời hạn" in str(each) for each in found(tmp_path, starts, days=14))


def test_what_ended_long_ago_is_history(tmp_path: Path) -> None:
    old = (GUIDE, "duration:", "duration:\n  - text: 5 ngày.\n    source: luat_68_2020\n    until: 2025-06-30")
    assert [each for each in found(tmp_path, old, days=30) if each.path == GUIDE] == []


def test_facts_that_nobody_confirmed_come_last(tmp_path: Path) -> None:
    doubt = (GUIDE, "source: tt_75_2022}", "source: tt_75_2022, unconfirmed: báo nói}")
    last = found(tmp_path, doubt)[-1]
    assert (last.by, last.line) == (NEVER, line(GUIDE, "2025-07-01"))
    assert last.text == "chưa chắc – Đăng ký tạm trú – lệ phí: Nộp trên mạng (báo nói)"


def test_any_number_of_days_may_be_asked_for(tmp_path: Path) -> None:
    assert len(found(tmp_path, days=10**9)) >= len(found(tmp_path, days=3650)) > len(found(tmp_path, days=-(10**9)))


def test_a_notice_that_is_over_is_due(tmp_path: Path) -> None:
    assert [each.text for each in found(tmp_path)] == [
        "đã qua 30/11/2026 – thông báo «bao_tri» hết, xóa hoặc viết tiếp"
    ]


def test_what_rests_on_a_law_is_found_also_through_a_shared_item(tmp_path: Path) -> None:
    files = read_files(write(tmp_path))
    assert [str(each) for each in resting_on(files, "tt_75_2022")] == [
        f"{SHARED}:11: Được 0 đồng nếu đủ giấy tờ.",
        f"{GUIDE}:28: Đăng ký tạm trú – lệ phí: Nộp trên mạng",
        f"{GUIDE}:29: Đăng ký tạm trú – lệ phí: «mien_phi» (qua mục dùng chung «mien_phi»)",
    ]
    assert resting_on(files, "luat_la") == []
    assert all(
        each.line == GOOD[each.path][: GOOD[each.path].index("luat_68")].count("\n") + 1
        for each in resting_on(files, "luat_68_2020")
        if each.path != GUIDE
    )

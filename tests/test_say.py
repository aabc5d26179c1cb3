"""The bot's sentences filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.choice import DONT_KNOW
from bot.content.types import Amount, Item, Question, Source
from bot.dialogue.say import Say
from bot.message import Link
from tests.guides import CHECKED, CONTENT, RESIDENCE, TODAY, fee, options

say = Say(CONTENT, TODAY)


def test_a_sentence_of_the_bot_has_its_fields_and_no_line_end() -> None:
    assert say("buoc", n=1, total=8, title="Mở VNeID") == "Bước 1/8 · Mở VNeID"
    assert not say("chao").endswith("\n")


def test_words_of_content_are_never_taken_for_fields() -> None:
    assert say("buoc", n=1, total=8, title="Bấm {n}") == "Bước 1/8 · Bấm {n}"


@pytest.mark.parametrize(("dong", "said"), [(7_000, "7.000 đồng"), (1_500_000, "1.500.000 đồng"), (500, "500 đồng")])
def test_money_has_its_thousands_apart(dong: int, said: str) -> None:
    assert say.money(dong) == said


def test_a_day_is_written_as_on_paper() -> None:
    assert say.day(date(2026, 2, 5)) == "05/02/2026"


def test_a_fee_says_the_amount_of_the_day() -> None:
    item = fee("Nộp tại quầy.", (date(2025, 1, 1), 15_000), (date(2027, 1, 1), 20_000))
    assert say.item(item) == "Nộp tại quầy: 15.000 đồng"
    assert Say(CONTENT, date(2027, 1, 1)).item(item) == "Nộp tại quầy: 20.000 đồng"


def test_nothing_to_pay_is_free() -> None:
    assert say.item(fee("Trẻ em", (date(2025, 1, 1), 0))) == "Trẻ em: miễn phí"


@pytest.mark.parametrize(
    "amounts", [[(date(2027, 1, 1), 20_000)], [(date(2025, 1, 1), 15_000), (date(2026, 1, 1), None)]]
)
def test_without_a_figure_of_the_day_it_says_so_and_names_no_older_one(amounts: list[tuple[date, int | None]]) -> None:
    assert say.item(fee("Phí", *amounts)) == "Phí: tôi chưa có con số chắc chắn, xem số hệ thống báo lúc nộp"


def test_what_provinces_set_is_theirs_to_say() -> None:
    assert say.item(Item("Phí cấp bản sao.", local=True)) == "Phí cấp bản sao: theo nghị quyết của từng tỉnh, thành phố"


def test_what_is_not_confirmed_says_why() -> None:
    item = Item("3 ngày.", unconfirmed="báo viết vậy.")
    assert say.item(item) == "3 ngày (chưa chắc: báo viết vậy)."
    item = replace(item, amounts=(Amount(date(2026, 4, 1), 200_000, unconfirmed="có thể giảm một nửa"),))
    assert say.item(item) == "3 ngày: 200.000 đồng (chưa chắc: có thể giảm một nửa)."


def test_an_error_is_quoted_as_it_stands_on_the_screen() -> None:
    assert say.item(Item("Chụp lại.", error="Ảnh không hợp lệ")) == "Máy báo «Ảnh không hợp lệ»: Chụp lại."


def test_whoever_does_not_know_is_told_for_whom_an_item_is() -> None:
    item = Item("Hợp đồng thuê.", {"cho_o": ("thue", "nguoi_than"), "noi_nop": ("tai_quay",)})
    answers = {"cho_o": DONT_KNOW, "noi_nop": "tai_quay"}
    assert say.item(item, RESIDENCE, answers) == "Nếu thuê trọ hoặc nhà người thân: Hợp đồng thuê."
    assert say.item(item, RESIDENCE, {"cho_o": "thue", "noi_nop": "tai_quay"}) == "Hợp đồng thuê."


def test_options_are_said_in_their_own_words_in_the_middle_and_at_the_beginning() -> None:
    chosen = {"cho_o": ("thue", "nha_minh"), "noi_nop": "tren_mang"}
    assert say.labels(RESIDENCE, chosen) == "thuê trọ hoặc nhà mình, trên mạng"
    assert say.label(RESIDENCE, chosen) == "Thuê trọ hoặc nhà mình, trên mạng"
    assert say.label(RESIDENCE, {}) == ""
    assert say.labels(RESIDENCE, {"cho_o": ("da_bo",), "noi_nop": DONT_KNOW}) == ""


def test_of_many_options_the_one_left_out_is_named() -> None:
    four = Question("noi", "Nơi nào?", options("a: Trường học", "b: Hội", "c: Quỹ", "d: Công ty"))
    guide = replace(RESIDENCE, questions={"noi": four})
    assert say.labels(guide, {"noi": ("a", "b", "c")}) == "không phải công ty"
    assert say.label(guide, {"noi": ("a", "b", "c")}) == "Trường hợp khác"
    assert say.label(guide, {"noi": ("a", "b")}) == "Trường học hoặc hội"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Đăng ký tạm trú", "đăng ký tạm trú"),
        ("VNeID cho trẻ em", "VNeID cho trẻ em"),
        ("Ở trọ", "ở trọ"),
        ("A b", "a b"),
    ],
)
def test_a_title_inside_a_sentence_begins_small_unless_it_is_a_name(title: str, said: str) -> None:
    assert say.title(title) == said


def test_an_answer_names_its_sources_once_and_the_day_of_the_check() -> None:
    said = say.sources(["tt_75", "luat_68", "tt_75", "la"], CHECKED)
    assert said == "Nguồn: Thông tư 75/2022/TT-BTC; Luật Cư trú · kiểm tra ngày 20/11/2026"
    assert say.sources([], CHECKED) == "Kiểm tra ngày 20/11/2026"


def test_at_most_three_sources_are_named() -> None:
    assert say.sources(CONTENT.sources, CHECKED).count(";") == 2


def test_from_its_review_day_on_an_answer_says_that_it_may_be_out_of_date() -> None:
    late = "Nội dung này quá hạn rà soát từ 25/11/2026, có thể đã đổi."
    assert late in say.sources([], CHECKED, TODAY)
    assert "quá hạn" not in say.sources([], CHECKED, date(2026, 11, 26))


def test_a_law_that_has_ended_makes_the_answer_out_of_date() -> None:
    ended = Source("cu", "Thông tư cũ", until=date(2026, 11, 1))
    content = replace(CONTENT, sources={**CONTENT.sources, "cu": ended})
    assert "quá hạn rà soát từ 01/11/2026" in Say(content, TODAY).sources(["cu"], CHECKED, date(2027, 1, 1))
    assert "quá hạn" not in Say(content, date(2026, 11, 1)).sources(["cu"], CHECKED)


def test_a_link_is_called_by_its_host_and_given_once() -> None:
    items = [Item("a", link="https://dichvucong.gov.vn/x"), Item("b"), Item("c", link="https://dichvucong.gov.vn/x")]
    assert say.links(items) == (Link("Mở dichvucong.gov.vn", "https://dichvucong.gov.vn/x"),)

"""One part of a guide as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.choice import DONT_KNOW
from bot.content.types import Guide, Item
from bot.dialogue import answers, parts
from bot.dialogue.parts import Told
from bot.dialogue.say import Say
from tests.guides import CONTENT, NO_PASSCODE, PASSPORT, RESIDENCE, TODAY, fee, guide

SOURCE = "\n\nNguồn: Thông tư 116/2026/TT-BCA · kiểm tra ngày 20/11/2026"
say = Say(CONTENT, TODAY)


def part(aspect: str, found: Guide = RESIDENCE, problem: str = "", near: tuple[int, ...] = (), **answers: str) -> Told:
    return parts.part(say, found, aspect, answers, problem, near=near)


def choices(told: Told) -> dict[str, str]:
    return {each.label: each.id for each in told.choices}


def test_one_line_follows_its_head_and_more_become_bullets() -> None:
    assert part("thoi_han").text.startswith("Thời gian · Đăng ký tạm trú: 3 ngày làm việc.\n\nNguồn: Luật Cư trú")
    assert part("ho_so", cho_o="nguoi_than").text == (
        "Giấy tờ · Đăng ký tạm trú (nhà người thân):\n• Tờ khai CT01.\n• Giấy đồng ý của chủ nhà." + SOURCE
    )


def test_an_answer_that_was_used_is_said_again_and_no_other() -> None:
    assert part("le_phi", noi_nop="tai_quay", cho_o="thue").text.startswith("Số tiền · Đăng ký tạm trú (tại quầy):")


def test_up_to_three_answers_stand_side_by_side_with_what_they_share_once() -> None:
    told = part("ho_so")
    assert told.text == (
        "Giấy tờ · Đăng ký tạm trú:\n"
        "• Thuê trọ: Hợp đồng thuê. Giấy đồng ý của chủ nhà.\n"
        "• Nhà người thân: Giấy đồng ý của chủ nhà.\n"
        "• Nhà mình: không cần thêm gì.\n"
        "• Tờ khai CT01." + SOURCE
    )
    assert choices(told)["Thuê trọ"] == "ask/dang_ky_tam_tru/ho_so?cho_o=thue"
    assert not told.asks


def test_side_by_side_only_papers_say_that_nothing_more_is_needed() -> None:
    late = (Item("Trễ thì bị phạt.", {"cho_o": ("thue",)}), Item("Khai trong 30 ngày."))
    told = part("han_chot", replace(RESIDENCE, parts={**RESIDENCE.parts, "han_chot": late}))
    assert told.text.startswith("Hạn phải làm · Đăng ký tạm trú:\n• Khai trong 30 ngày.\n• Thuê trọ: Trễ thì bị phạt.")


def test_where_the_editor_puts_the_rule_first_it_stands_before_every_case() -> None:
    rule, rented, owned = (
        Item("Khai trong 30 ngày."),
        Item("Nhờ chủ nhà.", {"cho_o": ("thue",)}),
        Item("Tự khai.", {"cho_o": ("nha_minh",)}),
    )
    kin = Item("Hỏi người thân.", {"cho_o": ("nguoi_than",)})
    for items, first in (((rule, rented, owned, kin), rule), ((rented, owned, kin, rule), rented)):
        told = part("han_chot", replace(RESIDENCE, parts={**RESIDENCE.parts, "han_chot": items})).text
        assert first.text in told.splitlines()[1]


def test_a_lone_amount_side_by_side_does_without_its_words() -> None:
    assert "• Trên mạng: 7.000 đồng.\n• Tại quầy: 15.000 đồng.\n• Trẻ em được miễn lệ phí." in part("le_phi").text


def test_options_that_lead_to_the_same_are_named_together() -> None:
    told = part("le_phi", PASSPORT)
    assert "• Chưa có bao giờ hoặc hết hạn: 200.000 đồng.\n• Bị mất: 400.000 đồng." in told.text
    assert choices(told)["Chưa có bao giờ hoặc hết hạn"] == "ask/ho_chieu/le_phi?ly_do=lan_dau"


def test_a_doubt_that_variants_share_is_said_once() -> None:
    amounts = [replace(each, unconfirmed="báo viết vậy") for each in PASSPORT.parts["le_phi"][0].amounts]
    doubted = tuple(replace(item, amounts=tuple(amounts)) for item in PASSPORT.parts["le_phi"])
    told = part("le_phi", replace(PASSPORT, parts={"le_phi": doubted}))
    assert told.text.count("báo viết vậy") == 1
    assert "• Chưa chắc: báo viết vậy." in told.text


def test_more_than_three_answers_are_asked_apart_for_the_same_part() -> None:
    told = part("ho_so", PASSPORT)
    assert told.text.startswith("Giấy tờ · Cấp hộ chiếu:\n• Ảnh 4×6.\n\nCòn tùy trường hợp. Làm cho ai?\n\nNguồn: ")
    assert told.asks
    assert choices(told) == {
        "Người lớn": "ask/ho_chieu/ho_so?cho_ai=lon",
        "Trẻ em": "ask/ho_chieu/ho_so?cho_ai=tre",
        "Không biết": "ask/ho_chieu/ho_so?cho_ai=_",
    }
    assert "• Bị mất: Đơn báo mất." in part("ho_so", PASSPORT, cho_ai="lon").text


def test_where_nothing_is_common_to_all_only_the_question_is_asked() -> None:
    apart = tuple(item for item in PASSPORT.parts["ho_so"] if item.when)
    told = part("ho_so", replace(PASSPORT, parts={"ho_so": apart}))
    assert told.text == "Để trả lời phần giấy tờ của «Cấp hộ chiếu», cho tôi hỏi một câu: Làm cho ai?"


def test_whoever_does_not_know_sees_each_item_with_its_answers() -> None:
    told = part("ho_so", PASSPORT, cho_ai=DONT_KNOW, ly_do="het_han")
    assert "• Nếu người lớn: Tờ khai TK01.\n• Nếu trẻ em: Tờ khai TK01a.\n• Hộ chiếu cũ." in told.text


def test_in_the_middle_of_something_else_nothing_is_asked() -> None:
    told = parts.part(say, PASSPORT, "ho_so", {}, whole=True)
    assert "• Nếu trẻ em: Tờ khai TK01a.\n• Nếu hết hạn: Hộ chiếu cũ." in told.text
    assert not told.asks


def test_other_parts_are_offered_with_what_is_known() -> None:
    assert choices(part("thoi_han", cho_o="thue")) == {
        "Xem hồ sơ": "ask/dang_ky_tam_tru/ho_so?cho_o=thue",
        "Từng bước": "ask/dang_ky_tam_tru/cac_buoc?cho_o=thue",
        "Lệ phí": "ask/dang_ky_tam_tru/le_phi?cho_o=thue",
    }


def test_a_part_that_is_not_written_is_said_to_be_missing_and_the_summary_stands_in() -> None:
    told = part("muc_phat")
    assert told.text.startswith("Tôi chưa có phần mức phạt đã kiểm tra của «Đăng ký tạm trú». Tóm tắt:\nĐăng ký")
    assert "kiểm tra ngày 20/11/2026" in told.text


def test_a_part_of_which_nothing_holds_today_is_missing_too() -> None:
    past = replace(RESIDENCE, parts={"han_chot": (Item("Trước 1/11.", until=date(2026, 11, 1)),)})
    assert part("han_chot", past).text.startswith("Tôi chưa có phần hạn phải làm")


def test_the_summary_adds_the_papers_that_the_answers_call_for() -> None:
    told = part("tong_quan", cho_o="thue")
    assert told.text.startswith(
        "Đăng ký tạm trú thì nộp trên VNeID.\nVới trường hợp thuê trọ, cần:\n• Hợp đồng thuê.\n• Giấy đồng ý"
    )
    assert part("tong_quan").text.startswith("Đăng ký tạm trú thì nộp trên VNeID.\n\nNguồn: ")


def test_problems_are_listed_with_the_words_of_the_screen_or_the_one_that_was_told() -> None:
    listed = part("loi").text
    assert "• Máy báo «Không thể kết nối máy chủ»: Cập nhật VNeID rồi mở lại." in listed
    assert "• Chụp lại đủ bốn góc" in listed
    assert part("loi", problem="anh_mo").text == "Chụp lại đủ bốn góc, chậm nhất 5 ngày." + SOURCE
    assert part("loi", problem="da_bo").text == listed


def test_problems_that_resemble_the_message_are_listed_first() -> None:
    lines = [line for line in part("loi").text.splitlines() if line.startswith("• ")]
    last = len(lines) - 1
    assert part("loi", near=(last, 0)).text.index(lines[last]) < part("loi", near=(last, 0)).text.index(lines[0])
    assert sorted(line for line in part("loi", near=(last,)).text.splitlines() if line.startswith("• ")) == sorted(
        lines
    )


def test_the_legal_basis_is_a_list_with_links_where_pages_were_seen() -> None:
    told = part("can_cu")
    assert told.text == "Căn cứ · Đăng ký tạm trú:\n• Luật Cư trú\n\nKiểm tra ngày 20/11/2026"


def test_the_pages_of_the_items_are_linked() -> None:
    assert [link.url for link in part("noi_nop").links] == ["https://dichvucong.gov.vn/tam-tru"]


def test_where_a_figure_is_missing_the_official_page_is_given() -> None:
    unknown = fee("Phí", (date(2026, 1, 1), None))
    found = replace(RESIDENCE, parts={**RESIDENCE.parts, "le_phi": (unknown,)})
    assert [link.url for link in part("le_phi", found).links] == ["https://dichvucong.gov.vn/tam-tru"]
    assert part("le_phi", noi_nop="tai_quay").links == ()


def test_the_item_that_a_message_is_about_is_said_first_and_not_twice() -> None:
    told = part("ho_so", cho_o="thue")
    first = parts.pointed(say, RESIDENCE, ("ho_so", 1), {"cho_o": "thue"}, told)
    assert first.text.startswith("Hợp đồng thuê.\n\nGiấy tờ · Đăng ký tạm trú (thuê trọ):\n• Tờ khai CT01.\n• Giấy")
    assert first.text.count("Hợp đồng thuê.") == 1


def test_an_item_for_some_only_says_for_whom_and_one_for_others_is_left_out() -> None:
    told = part("thoi_han")
    assert parts.pointed(say, RESIDENCE, ("ho_so", 1), {}, told).text.startswith("Nếu thuê trọ: Hợp đồng thuê.\n\n")
    assert parts.pointed(say, RESIDENCE, ("ho_so", 1), {"cho_o": "nha_minh"}, told) == told
    assert parts.pointed(say, RESIDENCE, ("ho_so", 9), {}, told) == told
    assert parts.pointed(say, RESIDENCE, None, {}, told) == told


def test_a_guide_with_next_to_nothing_still_answers() -> None:
    bare = guide("trong", "Việc trống", sources=())
    for aspect in ("tong_quan", "ho_so", "loi", "can_cu"):
        assert "Kiểm tra ngày 20/11/2026" in part(aspect, bare).text


def test_the_doubt_about_an_entry_is_a_sentence_of_its_own() -> None:
    told = answers.entry(Say(CONTENT, TODAY), replace(NO_PASSCODE, unconfirmed="báo viết vậy"))
    assert told.text.startswith("Bấm «Quên passcode», đợi 5 ngày.\nChưa chắc: báo viết vậy.\n\nNguồn: ")

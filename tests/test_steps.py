"""From question to question and step to step, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue import steps
from bot.dialogue.guide import DONE
from bot.session import Session, Walk
from bot.understanding.meaning import Alarm, Command
from tests.guides import CONTENT, EXTENSION, RESIDENCE, TODAY, Talk, ask, guide, step, with_guides

NEXT, BACK, PROBLEM = Command("next"), Command("back"), Command("problem")


def at(step: str, **answers: str) -> Session:
    return Session(walk=Walk(RESIDENCE.id, (answers,), step), about=RESIDENCE.id)


@pytest.fixture
def online() -> Talk:
    """At the first step of registering a rented room online."""
    talk = Talk()
    talk.hear(ask(RESIDENCE.id, "cac_buoc"))
    talk.press("Trên mạng")
    talk.press("Thuê trọ")
    return talk


def test_only_the_questions_that_the_steps_need_are_asked() -> None:
    talk = Talk()
    assert "Nộp ở đâu?" in talk.hear(ask(RESIDENCE.id, "cac_buoc"))
    assert talk.press("Tại quầy").startswith("Đăng ký tạm trú, từng bước (tại quầy).\nBước 1/2 · Ra công an xã")


def test_the_first_question_says_why_it_is_asked_and_the_next_ones_do_not() -> None:
    talk = Talk()
    assert talk.hear(ask(RESIDENCE.id, "cac_buoc")).startswith(
        "Đăng ký tạm trú thì nộp trên VNeID.\n\nĐể chỉ đúng từng bước, cho tôi hỏi một câu."
    )
    assert talk.press("Trên mạng") == "Chỗ ở là của ai?"


def test_the_first_question_of_a_guide_just_read_does_without_the_summary() -> None:
    talk = Talk()
    talk.hear(ask(RESIDENCE.id, "thoi_han"))
    assert talk.press("Từng bước").startswith("Để chỉ đúng các bước «Đăng ký tạm trú», cho tôi hỏi một câu.")


def test_done_at_an_open_question_asks_it_again_and_is_no_turn_to_take_back() -> None:
    talk = Talk()
    talk.hear(ask(RESIDENCE.id, "cac_buoc"))
    talk.press("Trên mạng")
    walk = talk.session.walk
    for _ in range(2):
        assert talk.say("xong").endswith("Chưa rõ thì bấm «Không biết».\n\nChỗ ở là của ai?")
        assert talk.session.walk == walk
    assert talk.say("quay lại") == "Nộp ở đâu?"


def test_a_step_says_where_it_stands_what_one_will_see_and_only_the_first_its_source(online: Talk) -> None:
    assert online.reply.text.split("\n")[1:4] == [
        "Bước 1/4 · Mở VNeID",
        "Bấm «Mở VNeID».",
        "Anh/chị sẽ thấy: Màn hình chính.",
    ]
    assert "Nguồn: " in online.reply.text
    assert online.press("Xong") == "Bước 2/4 · Tải hợp đồng\nBấm «Tải hợp đồng»."
    assert online.labels == ["Xong", "Không thấy như vậy", "Quay lại", "Mục khác"]


def test_after_the_last_step_comes_the_result_and_what_helps_then(online: Talk) -> None:
    for _ in range(4):
        online.press("Xong")
    assert online.reply.text.startswith("Xong các bước «Đăng ký tạm trú» rồi.\nCó thông báo trong 3 ngày.")
    assert online.labels == ["Tra cứu hồ sơ", "Nộp ở đâu", "Mất bao lâu", "Quay lại", "Mục khác"]
    assert online.press("Quay lại").startswith("Bước 4/4")


def test_done_again_stays_at_the_end(online: Talk) -> None:
    for _ in range(4):
        online.say("xong")
    end = online.reply
    online.say("xong")
    assert (online.reply, online.step) == (end, DONE)


def test_not_seeing_what_was_said_leads_to_the_problem_of_the_step(online: Talk) -> None:
    assert online.press("Không thấy như vậy") == (
        "Bước 1, Mở VNeID, gặp trục trặc:\nMáy báo «Không thể kết nối máy chủ»: Cập nhật VNeID rồi mở lại."
        "\n\nKiểm tra ngày 20/11/2026"
    )
    assert online.labels == ["Được rồi, sang bước sau", "Gặp người thật", "Các lỗi hay gặp", "Mục khác"]
    assert online.press("Được rồi, sang bước sau").startswith("Bước 2/4")


def test_help_that_names_a_figure_names_its_source(online: Talk) -> None:
    online.press("Xong")
    assert "chậm nhất 5 ngày.\n\nNguồn: Thông tư 116/2026/TT-BCA" in online.press("Không thấy như vậy")


def test_help_from_an_entry_says_when_it_was_checked() -> None:
    talk = Talk(session=at("Ra công an xã", noi_nop="tai_quay"))
    assert talk.hear(PROBLEM).endswith("Xin lại trong 3 ngày.\n\nNguồn: Luật Cư trú · kiểm tra ngày 20/11/2026")


def test_a_step_without_a_known_problem_has_help_that_always_fits(online: Talk) -> None:
    online.session = at("Nhận kết quả", noi_nop="tai_quay")
    assert "thoát ra vào lại ứng dụng" in online.hear(PROBLEM)


def test_back_goes_to_the_step_before_then_to_the_question_before(online: Talk) -> None:
    online.press("Xong")
    assert online.press("Quay lại").startswith("Đăng ký tạm trú, từng bước (trên mạng, thuê trọ).\nBước 1/4")
    assert online.hear(BACK) == "Chỗ ở là của ai?"
    assert online.hear(BACK) == "Nộp ở đâu?"
    assert online.hear(BACK).startswith("Đã quay lại đầu.")


def test_an_answer_taken_back_is_asked_again_though_other_guides_share_it(online: Talk) -> None:
    online.hear(BACK)
    assert dict(online.session.kept) == {"noi_nop": "tren_mang"}
    online.hear(BACK)
    assert (online.reply.text, dict(online.session.kept)) == ("Nộp ở đâu?", {})


def test_a_changed_answer_starts_the_steps_anew_and_back_returns_to_the_step(online: Talk) -> None:
    online.press("Xong")
    online.press("Xong")
    assert online.say("tại quầy").startswith("Đăng ký tạm trú, từng bước (tại quầy, thuê trọ).\nBước 1/2")
    assert dict(online.session.kept) == {"noi_nop": "tai_quay"}
    assert online.hear(BACK).startswith("Bước 3/4 · Gửi hồ sơ")
    assert dict(online.session.kept) == {"noi_nop": "tren_mang"}


def test_a_walk_keeps_its_answers_whatever_is_answered_elsewhere(online: Talk) -> None:
    before = online.reply
    online.hear(ask(EXTENSION.id, noi_nop="tai_quay"))
    assert dict(online.session.kept) == {"noi_nop": "tai_quay"}
    online.hear(BACK)
    assert online.reply == before


def test_a_shared_answer_is_not_asked_again_in_another_guide(online: Talk) -> None:
    assert "Bước 1/1 · Mở mục gia hạn" in online.hear(ask(EXTENSION.id, "cac_buoc"))
    assert online.session.under == Walk(RESIDENCE.id, ({}, {"noi_nop": "tren_mang"}, {"cho_o": "thue"}), "Mở VNeID")


def test_not_knowing_shows_the_steps_of_every_answer() -> None:
    talk = Talk()
    talk.hear(ask(RESIDENCE.id, "cac_buoc"))
    talk.press("Không biết")
    talk.press("Không biết")
    assert "Bước 1/5 · Mở VNeID\nNếu trên mạng: Bấm «Mở VNeID»." in talk.reply.text


def test_done_before_the_first_step_begins_the_walk() -> None:
    talk = Talk()
    talk.hear(ask(EXTENSION.id, "le_phi", noi_nop="tai_quay"))
    assert talk.say("xong").startswith("Gia hạn tạm trú, từng bước (tại quầy).\nBước 1/1")


def test_a_guide_without_steps_stays_at_its_summary() -> None:
    bare = guide("tra_cuu", "Tra cứu")
    talk = Talk(with_guides(bare))
    talk.hear(ask(bare.id, "cac_buoc"))
    assert talk.reply.text.startswith("Tra cứu thì nộp trên VNeID.")
    assert talk.hear(NEXT).startswith("Tra cứu thì nộp trên VNeID.")


def test_first_aid_says_the_first_acts_at_once_then_leads_step_by_step() -> None:
    talk = Talk()
    talk.hear(Alarm("", "panic", (), "chuyen_tien"))
    assert talk.reply.text.startswith("Làm ngay:\n• Bấm «Gọi ngân hàng».\n• Bấm «Gọi 113».\n• Bấm «Giữ biên lai».")
    assert talk.labels == ["Từng bước", "Đã cài ứng dụng lạ", "Đã đưa mã OTP", "Mục khác"]
    assert "Bước 1/4 · Gọi ngân hàng" in talk.press("Từng bước")


@pytest.mark.parametrize(
    ("harm", "also"),
    [("dua_otp", ["Đã chuyển tiền", "Đã cài ứng dụng lạ"]), ("cai_ung_dung", ["Đã chuyển tiền", "Đã đưa mã OTP"])],
)
def test_whether_they_paid_is_asked_in_first_aid_for_anything_else(harm: str, also: list[str]) -> None:
    talk = Talk()
    talk.hear(Alarm("", "panic", (), harm))
    assert talk.labels == ["Từng bước", *also, "Mục khác"]
    talk.press("Từng bước")
    talk.press("Không thấy như vậy")
    assert talk.labels[3:-1] == also


def test_more_harm_changes_the_first_acts() -> None:
    talk = Talk()
    talk.hear(Alarm("", "panic", (), "chuyen_tien"))
    assert talk.press("Đã cài ứng dụng lạ").startswith("Làm ngay:\n• Bấm «Tắt máy».")
    assert "Đã cài ứng dụng lạ" not in talk.labels


def test_the_place_of_a_step_counts_from_one_and_is_zero_outside() -> None:
    assert steps.place(RESIDENCE, at("Nhận kết quả", noi_nop="tai_quay"), TODAY) == "2"
    assert steps.place(RESIDENCE, at("", noi_nop="tai_quay"), TODAY) == "0"
    assert steps.place(RESIDENCE, at(DONE, noi_nop="tai_quay"), TODAY) == "0"


def test_a_step_that_no_longer_applies_becomes_the_first_one_not_yet_behind() -> None:
    talk = Talk(session=at("Tải hợp đồng", noi_nop="tren_mang", cho_o="nha_minh"))
    assert talk.hear(Command("again")).startswith("Bước 2/3 · Gửi hồ sơ")
    talk = Talk(session=at("Gửi hồ sơ", noi_nop="tai_quay"))
    assert talk.hear(Command("again")).startswith("Đăng ký tạm trú, từng bước (tại quầy).\nBước 1/2 · Ra công an xã")


def test_a_step_keeps_its_place_by_its_title_and_without_it_the_steps_begin_anew() -> None:
    for titles, where in ((("Mở", "Gửi hồ sơ", "Nhận"), "Bước 2/3 · Gửi hồ sơ"), (("Mở", "Nhận"), "Bước 1/2 · Mở")):
        content = with_guides(replace(RESIDENCE, parts={"cac_buoc": tuple(map(step, titles))}))
        talk = Talk(content, session=at("Gửi hồ sơ", noi_nop="tren_mang"))
        assert where in talk.hear(Command("again"))


def test_a_walk_whose_steps_are_all_gone_is_asked_anew() -> None:
    parts = {"cac_buoc": (step("Hỏi trường", when={"truong": ("a",)}),)}
    question = replace(RESIDENCE.questions["cho_o"], id="truong", ask="Trường nào?")
    question = replace(question, options={"a": replace(question.options["thue"], id="a", label="Trường A")})
    content = with_guides(replace(RESIDENCE, questions={"truong": question}, parts=parts))
    talk = Talk(content, session=at("Gửi hồ sơ", noi_nop="tren_mang"))
    assert "Trường nào?" in talk.hear(Command("again"))
    assert "Bước 1/1 · Hỏi trường" in talk.press("Trường A")


def test_a_problem_or_entry_of_a_step_that_is_gone_is_no_dead_end() -> None:
    content = replace(with_guides(replace(RESIDENCE, parts={**RESIDENCE.parts, "loi": ()})), entries={})
    for title, answers in (("Mở VNeID", {"noi_nop": "tren_mang"}), ("Ra công an xã", {"noi_nop": "tai_quay"})):
        talk = Talk(content, session=at(title, **answers))
        assert "thoát ra vào lại ứng dụng" in talk.hear(PROBLEM)


def test_what_is_known_of_a_guide_leaves_out_other_questions_and_gone_options() -> None:
    session = replace(at("", cho_o="khach_san", tinh="hue"), kept={"noi_nop": "tai_quay", "cho_ai": "tre"})
    assert steps.answers(RESIDENCE, session, {"cho_o": "thue"}) == {"noi_nop": "tai_quay", "cho_o": "thue"}
    assert CONTENT.guides[RESIDENCE.id] is RESIDENCE

"""What a meaning comes to: questions, answers, asides, misses, alarms.

One room: one function, one case for each meaning, on one small content.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.content.types import Notice, Question, SmallTalk
from bot.message import Alarm
from bot.session import Session, Walk
from bot.understanding.meaning import Answer, Ask, Command, Unknown, Unsure
from tests.guides import (
    CONTENT,
    EXTENSION,
    FIRST_AID,
    PASSPORT,
    RESIDENCE,
    TODAY,
    Talk,
    ask,
    guide,
    options,
    with_guides,
)

STEP = "Mình đang ở bước 1/2 của «Đăng ký tạm trú»: Ra công an xã."
STEP_CHOICES = ["Xong", "Không thấy như vậy"]
BOTH = ["Làm tiếp: Bị lừa đảo", "Làm tiếp: Đăng ký tạm trú"]
COMFORT = SmallTalk("tu_hai", ("tôi muốn chết",), "Tôi rất tiếc. Gọi ngay một người thân.")


@pytest.fixture
def walking() -> Talk:
    """At the first of two steps at the counter."""
    talk = Talk()
    talk.hear(ask(RESIDENCE.id, "cac_buoc", noi_nop="tai_quay"))
    assert talk.labels == [*STEP_CHOICES, "Mục khác"]
    return talk


class TestAsking:
    def test_a_part_is_answered_and_the_guide_is_open_from_then_on(self) -> None:
        talk = Talk()
        assert talk.hear(ask(RESIDENCE.id, "le_phi", noi_nop="tai_quay")).startswith(
            "Số tiền · Đăng ký tạm trú (tại quầy)"
        )
        assert talk.session.walk == Walk(RESIDENCE.id, ({"noi_nop": "tai_quay"},))
        assert talk.session.about == RESIDENCE.id
        assert talk.labels == ["Xem hồ sơ", "Từng bước", "Nộp ở đâu", "Mục khác"]

    def test_a_part_of_another_guide_opens_that_one_when_the_first_was_only_read(self) -> None:
        talk = Talk()
        talk.hear(ask(EXTENSION.id, "le_phi"))
        talk.hear(ask(PASSPORT.id, "ho_so"))
        talk.press("Trẻ em")
        assert talk.session.walk == Walk(PASSPORT.id, ({}, {"cho_ai": "tre"}))
        assert talk.say("gặp người thật").startswith("Về «Cấp hộ chiếu», anh/chị gặp Phòng Quản lý xuất nhập cảnh.")

    def test_what_is_only_read_does_not_take_the_place_of_a_walk_that_waits(self) -> None:
        below = Walk(RESIDENCE.id, ({"noi_nop": "tai_quay"},), "Nhận kết quả")
        talk = Talk(session=Session(under=below))
        for target in (EXTENSION.id, PASSPORT.id, EXTENSION.id):
            talk.hear(ask(target, "le_phi"))
            assert talk.session.under == below
        talk.say("dừng")
        assert talk.session.under == below

    def test_what_was_said_before_is_not_asked_again(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "le_phi", noi_nop="tai_quay"))
        assert "Bước 1/2 · Ra công an xã" in talk.press("Từng bước")

    def test_details_that_are_no_answers_of_the_guide_are_let_go(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "le_phi", noi_nop="tren_may", cho_ai="tre"))
        assert talk.session.walk == Walk(RESIDENCE.id, ({},))

    def test_several_parts_are_answered_in_turn_each_with_its_source(self) -> None:
        text = Talk().hear(ask(RESIDENCE.id, "thoi_han", "le_phi", noi_nop="tai_quay"))
        assert text.startswith("Thời gian · Đăng ký tạm trú: 3 ngày làm việc.\n\nNguồn: ")
        assert "Số tiền · Đăng ký tạm trú (tại quầy):" in text

    def test_steps_and_a_part_give_both(self) -> None:
        talk = Talk()
        for aspects in (("cac_buoc", "thoi_han"), ("thoi_han", "cac_buoc")):
            text = talk.hear(ask(RESIDENCE.id, *aspects, noi_nop="tai_quay"))
            assert text.startswith("Thời gian · Đăng ký tạm trú: 3 ngày làm việc.")
            assert "Bước 1/2 · Ra công an xã" in text

    def test_steps_are_shown_though_the_message_speaks_of_one_of_them(self) -> None:
        talk = Talk()
        one = Ask(RESIDENCE.id, ("cac_buoc",), {"noi_nop": "tai_quay"}, steps=True, point=("cac_buoc", 4))
        assert "Bước 1/2 · Ra công an xã" in talk.hear(one)

    def test_what_a_message_is_about_is_said_instead_of_the_steps(self) -> None:
        one = Ask(RESIDENCE.id, ("cac_buoc",), steps=True, point=("ho_so", 1))
        assert Talk().hear(one).startswith("Nếu thuê trọ: Hợp đồng thuê.\n\n")

    def test_another_matter_in_the_same_message_can_be_pressed(self) -> None:
        talk = Talk()
        talk.hear(Ask(RESIDENCE.id, ("thoi_han",), also="ho_chieu"))
        assert "Còn việc kia: Cấp hộ chiếu" in talk.labels
        assert talk.press("Còn việc kia: Cấp hộ chiếu").startswith("Cấp hộ chiếu thì nộp trên VNeID.")

    def test_words_of_an_error_lead_to_its_help(self) -> None:
        assert "chậm nhất 5 ngày" in Talk().hear(Ask(RESIDENCE.id, ("loi",), problem="anh_mo"))

    def test_an_entry_is_answered_with_its_source_and_what_is_related(self) -> None:
        talk = Talk()
        assert talk.hear(Ask("quen_passcode")) == (
            "Bấm «Quên passcode», đợi 5 ngày.\n\nNguồn: Luật Cư trú · kiểm tra ngày 20/11/2026"
        )
        assert talk.labels == ["Gia hạn tạm trú", "Đăng ký tạm trú", "Mục khác"]
        assert (talk.session.walk, talk.session.about) == (None, "quen_passcode")

    def test_a_matter_that_is_not_ours_says_who_does_it_and_what_is_near(self) -> None:
        talk = Talk()
        text = talk.hear(Ask("ly_hon"))
        assert text == "Ly hôn do Tòa án giải quyết.\n\nTôi giúp được các việc gần với việc này:"
        assert talk.labels == ["Gia hạn tạm trú", "Mục khác"]

    def test_a_warning_leads_to_first_aid(self) -> None:
        talk = Talk()
        assert talk.hear(Ask("gia_cong_an")).startswith("Cảnh báo: Giả công an gọi điện. Dấu hiệu:\n• Xưng công an")
        assert talk.labels == ["Đã chuyển tiền", "Bị lừa đảo", "Mục khác"]

    def test_small_talk_is_answered_and_changes_nothing(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "le_phi"))
        assert talk.hear(Ask("chao")) == "Chào anh/chị."
        assert talk.session.about == RESIDENCE.id

    def test_what_is_no_longer_published_leads_to_the_menu(self) -> None:
        assert Talk().hear(Ask("da_bo")).startswith("Xin chào anh/chị.")

    def test_first_aid_is_asked_what_happened_before_anything(self) -> None:
        talk = Talk()
        assert talk.hear(ask("lua_dao")) == "Bị lừa đảo thì nộp trên VNeID.\n\nĐã xảy ra chuyện gì?"
        assert talk.press("Đã cài ứng dụng lạ").startswith("Làm ngay:\n• Bấm «Tắt máy».")


class TestAsides:
    @pytest.mark.parametrize("target", ["quen_passcode", "chao", "ly_hon", "gia_cong_an"])
    def test_something_else_is_answered_and_the_step_comes_again(self, walking: Talk, target: str) -> None:
        walk = walking.session.walk
        text = walking.hear(Ask(target))
        assert text.endswith(STEP)
        assert walking.labels[:2] == STEP_CHOICES
        assert walking.session.walk == walk
        assert walking.press("Xong").startswith("Bước 2/2")

    def test_a_part_of_another_guide_comes_with_the_way_there(self, walking: Talk) -> None:
        text = walking.hear(ask(EXTENSION.id, "le_phi"))
        assert text.startswith("Số tiền · Gia hạn tạm trú: Không mất phí.")
        assert walking.labels == [*STEP_CHOICES, "Chuyển sang: gia hạn tạm trú", "Mục khác"]
        assert walking.press("Chuyển sang: gia hạn tạm trú").startswith("Gia hạn tạm trú thì nộp trên VNeID.")
        assert walking.labels[-2:] == ["Làm tiếp: Đăng ký tạm trú", "Mục khác"]

    def test_a_part_that_would_need_a_question_is_told_whole(self, walking: Talk) -> None:
        text = walking.hear(ask(PASSPORT.id, "ho_so"))
        assert "• Nếu trẻ em: Tờ khai TK01a." in text
        assert "cho tôi hỏi" not in text

    def test_a_part_of_the_same_guide_keeps_the_step(self, walking: Talk) -> None:
        assert walking.hear(ask(RESIDENCE.id, "ho_so")).startswith("Giấy tờ · Đăng ký tạm trú:\n• Thuê trọ")
        assert walking.reply.text.endswith(STEP)
        assert walking.labels == [*STEP_CHOICES, "Mục khác"]

    def test_an_open_question_is_asked_again_too(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "cac_buoc"))
        assert talk.hear(Ask("quen_passcode")).endswith("Nộp ở đâu?")
        assert talk.labels == ["Trên mạng", "Tại quầy", "Không biết", "Mục khác"]

    def test_after_something_of_another_matter_the_open_question_says_what_it_is_about(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "cac_buoc"))
        assert talk.hear(ask(PASSPORT.id, "le_phi")).endswith("Còn việc «Đăng ký tạm trú»: Nộp ở đâu?")
        assert talk.hear(ask(RESIDENCE.id, "thoi_han")).endswith("\n\nNộp ở đâu?")

    def test_what_is_near_a_neighbour_is_not_announced_above_an_open_question(self) -> None:
        talk = Talk()
        assert "Tôi giúp được các việc gần với việc này:" in talk.hear(Ask("ly_hon"))
        talk.hear(ask(RESIDENCE.id, "cac_buoc"))
        assert talk.hear(Ask("ly_hon")) == "Ly hôn do Tòa án giải quyết.\n\nCòn việc «Đăng ký tạm trú»: Nộp ở đâu?"
        assert "Gia hạn tạm trú" in talk.labels

    def test_first_aid_stays_at_hand(self) -> None:
        talk = Talk()
        talk.hear(Alarm("", "panic", (), "chuyen_tien"))
        asked = talk.labels
        assert talk.hear(Ask("quen_passcode")).endswith("Anh/chị còn làm gì khác theo lời họ không?")
        assert talk.labels == asked

    def test_what_belongs_to_the_aside_can_be_pressed_below_the_step(self, walking: Talk) -> None:
        walking.hear(Ask("ly_hon"))
        assert walking.labels == [*STEP_CHOICES, "Gia hạn tạm trú", "Mục khác"]
        walking.hear(Ask("gia_cong_an"))
        assert walking.labels == [*STEP_CHOICES, "Đã chuyển tiền", "Bị lừa đảo", "Mục khác"]

    def test_asking_for_another_guide_as_a_whole_moves_there(self, walking: Talk) -> None:
        old = walking.session.walk
        walking.hear(ask(EXTENSION.id))
        assert walking.session.under == old
        assert walking.session.walk == Walk(EXTENSION.id, ({"noi_nop": "tai_quay"},))
        assert walking.say("quay lại").startswith("Đăng ký tạm trú, từng bước (tại quầy).\nBước 1/2")


class TestAnswering:
    def test_an_answer_to_an_open_question_leads_on(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "cac_buoc"))
        assert "Bước 1/2" in talk.hear(Answer(RESIDENCE.id, "noi_nop", "tai_quay"))

    def test_a_message_that_answers_the_open_question_and_asks_gets_both(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "cac_buoc"))
        text = talk.hear(ask(RESIDENCE.id, "le_phi", noi_nop="tai_quay"))
        assert text.startswith("Số tiền · Đăng ký tạm trú (tại quầy):")
        assert "Bước 1/2 · Ra công an xã" in text

    @pytest.mark.parametrize("answer", [("da_bo", "x", "y"), (RESIDENCE.id, "x", "y"), (RESIDENCE.id, "cho_o", "y")])
    def test_a_button_of_something_gone_shows_where_one_stands(
        self, walking: Talk, answer: tuple[str, str, str]
    ) -> None:
        walk = walking.session.walk
        text = walking.hear(Answer(*answer))
        assert text.startswith("Nút vừa bấm là của tin nhắn cũ. Đây là chỗ đang làm.\n\nĐăng ký tạm trú, từng bước")
        assert walking.session.walk == walk
        assert "Anh/chị cần việc gì khác?" in Talk().hear(Answer(*answer))

    def test_an_old_answer_to_another_guide_does_not_leave_the_step(self, walking: Talk) -> None:
        walk = walking.session.walk
        assert walking.push("ans/ho_chieu/cho_ai/tre").startswith("Nút vừa bấm là của tin nhắn cũ.")
        assert walking.session.walk == walk
        assert walking.push("ans/lua_dao/chuyen_gi/dua_otp").startswith("Làm ngay:")

    def test_an_answer_goes_on_with_a_walk_that_waits(self) -> None:
        talk = Talk(session=Session(under=Walk(RESIDENCE.id, ({"noi_nop": "tren_mang"},))))
        assert "(trên mạng, thuê trọ)" in talk.push("ans/dang_ky_tam_tru/cho_o/thue")


class TestNotUnderstood:
    def test_not_sure_asks_back_and_keeps_the_part_and_the_details(self) -> None:
        talk = Talk()
        text = talk.hear(Unsure((RESIDENCE.id, "quen_passcode"), ("le_phi",), {"noi_nop": "tai_quay", "cho_ai": "tre"}))
        assert text == "Anh/chị đang hỏi việc nào?"
        assert [each.id for each in talk.reply.choices[:2]] == [
            "ask/dang_ky_tam_tru/le_phi?noi_nop=tai_quay",
            "ask/quen_passcode/tong_quan",
        ]
        assert talk.press("Đăng ký tạm trú").startswith("Số tiền · Đăng ký tạm trú (tại quầy):")

    def test_what_may_be_outside_is_asked_back_with_a_word_of_doubt(self) -> None:
        talk = Talk()
        assert talk.hear(Unsure((EXTENSION.id,), foreign=True)).startswith("Việc này có thể ngoài các thủ tục")
        assert talk.labels == ["Gia hạn tạm trú", "Mục khác"]

    def test_a_guide_without_the_part_is_offered_as_a_whole(self) -> None:
        talk = Talk()
        talk.hear(Unsure((EXTENSION.id,), ("muc_phat",)))
        assert talk.reply.choices[0].id == "ask/gia_han/tong_quan"

    def test_first_rephrase_then_the_nearest_then_people_and_around_again(self) -> None:
        talk = Talk()
        near = Unknown(("ho_chieu", "gia_han"))
        assert talk.hear(near).startswith("Tôi chưa hiểu ý anh/chị.")
        assert talk.hear(near).startswith("Tôi vẫn chưa hiểu.")
        assert talk.labels == ["Cấp hộ chiếu", "Gia hạn tạm trú", "Mục khác"]
        assert talk.hear(near).startswith("Việc này tôi chưa giúp được.")
        assert talk.labels == ["Gặp người thật", "Mục khác"]
        assert talk.hear(near).startswith("Tôi chưa hiểu ý anh/chị.")

    def test_with_nothing_near_the_second_miss_offers_the_menu(self) -> None:
        talk = Talk()
        talk.hear(Unknown())
        talk.hear(Unknown())
        assert talk.labels == ["Nghi bị lừa đảo", "Tạm trú, thường trú, lưu trú", "Hộ chiếu", "Mục khác"]

    def test_the_same_question_back_is_not_asked_twice(self) -> None:
        talk = Talk()
        unsure = Unsure((RESIDENCE.id, EXTENSION.id))
        said = [talk.hear(unsure).split(".")[0].split("?")[0] for _ in range(4)]
        assert said == ["Anh/chị đang hỏi việc nào", "Tôi vẫn chưa hiểu", "Việc này tôi chưa giúp được", said[0]]

    def test_an_answer_forgets_the_misses(self) -> None:
        talk = Talk()
        talk.hear(Unknown())
        talk.hear(Ask("chao"))
        assert talk.hear(Unknown()).startswith("Tôi chưa hiểu ý anh/chị.")

    def test_the_step_stays_at_hand(self, walking: Talk) -> None:
        assert walking.hear(Unsure((EXTENSION.id,))).endswith(STEP)
        assert walking.labels == ["Gia hạn tạm trú", *STEP_CHOICES, "Mục khác"]


class TestAlarms:
    def test_a_scam_is_called_one_with_reasons_the_truth_and_the_way_out(self) -> None:
        talk = Talk()
        alarm = Alarm("gia_cong_an", "scam", ("Xưng là công an.", "Đòi mã OTP."))
        text = talk.hear(alarm)
        assert text.startswith("Đây rất giống lừa đảo. Đừng làm theo, đừng chuyển tiền.\n• Xưng là công an.\n• Đòi mã")
        assert "Công an không làm định danh qua điện thoại." in text
        assert talk.labels == ["Đã chuyển tiền", "Bị lừa đảo", "Mục khác"]
        assert talk.reply.alarm == alarm

    def test_a_suspicion_without_a_known_warning_says_what_to_do_all_the_same(self) -> None:
        text = Talk().hear(Alarm("", "suspicious"))
        assert text.startswith("Tin này đáng nghi. Khoan làm theo.\nCắt liên lạc.")

    def test_a_suspicion_that_is_rather_a_question_is_answered_first(self) -> None:
        talk = Talk()
        text = talk.hear(Alarm("gia_cong_an", "suspicious", ("Đòi mã OTP.",), entry="quen_passcode"))
        answer = CONTENT.entries["quen_passcode"].answer.strip()
        assert text.startswith(f"{answer}\n\nĐang có ai nhắn, gọi như vậy thì khoan làm theo.\n\nNguồn:")
        assert talk.labels == ["Đã chuyển tiền", "Bị lừa đảo", "Mục khác"]

    def test_in_the_middle_of_a_step_the_way_out_is_there_and_the_step_stays(self, walking: Talk) -> None:
        walk = walking.session.walk
        assert walking.hear(Alarm("gia_cong_an", "scam")).endswith(STEP)
        assert walking.labels == [*STEP_CHOICES, "Đã chuyển tiền", "Bị lừa đảo", "Mục khác"]
        assert walking.session.walk == walk

    def test_panic_opens_first_aid_and_the_walk_waits_below(self, walking: Talk) -> None:
        old = walking.session.walk
        assert walking.hear(Alarm("", "panic", (), "dua_otp")).startswith("Làm ngay:\n• Bấm «Gọi ngân hàng».")
        assert walking.session.under == old
        walking.press("Từng bước")
        for _ in range(4):
            walking.press("Xong")
        assert walking.press("Làm tiếp: Đăng ký tạm trú").startswith("Đăng ký tạm trú, từng bước (tại quầy).\nBước 1/2")

    def test_a_walk_still_asking_its_questions_waits_below_first_aid_until_it_is_gone_on_with(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "cac_buoc"))
        talk.press("Trên mạng")
        talk.hear(Alarm("", "panic", (), "chuyen_tien"))
        talk.say("dừng")
        assert talk.labels == [*BOTH, "Mục khác"]
        talk.say("0")
        assert talk.labels[-2:] == BOTH
        assert talk.press("Làm tiếp: Đăng ký tạm trú") == "Chỗ ở là của ai?"
        assert talk.press("Thuê trọ").startswith("Đăng ký tạm trú, từng bước (trên mạng, thuê trọ).")

    def test_first_aid_that_was_stopped_goes_on_at_its_step(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "cac_buoc"))
        talk.hear(Alarm("", "panic", (), "chuyen_tien"))
        talk.press("Từng bước")
        talk.press("Xong")
        talk.say("dừng")
        assert talk.press("Làm tiếp: Bị lừa đảo").startswith("Bước 2/4")
        talk.say("dừng")
        assert talk.press("Làm tiếp: Đăng ký tạm trú") == "Nộp ở đâu?"

    @pytest.mark.parametrize("more", ["Từng bước", "Đã cài ứng dụng lạ"])
    def test_both_can_be_gone_on_with_in_the_midst_of_first_aid(self, more: str) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "cac_buoc"))
        talk.hear(Alarm("", "panic", (), "chuyen_tien"))
        talk.press(more)
        talk.say("0")
        assert talk.labels[-2:] == BOTH
        assert talk.press("Làm tiếp: Đăng ký tạm trú") == "Nộp ở đâu?"
        assert talk.session.under
        assert talk.session.under.guide == FIRST_AID.id

    def test_asking_for_the_walk_that_first_aid_came_upon_goes_on_with_it(self, walking: Talk) -> None:
        walking.press("Xong")
        walking.hear(Alarm("", "panic", (), "chuyen_tien"))
        assert "Bước 2/2 · Nhận kết quả" in walking.hear(ask(RESIDENCE.id, "cac_buoc"))

    def test_first_aid_that_was_stopped_twice_is_left(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "cac_buoc", noi_nop="tai_quay"))
        talk.hear(Alarm("", "panic", (), "chuyen_tien"))
        talk.say("dừng")
        talk.say("dừng")
        assert talk.session.walk is None
        assert talk.labels == ["Làm tiếp: Đăng ký tạm trú", "Mục khác"]

    def test_panic_of_an_unknown_kind_asks_what_happened(self) -> None:
        talk = Talk()
        assert talk.hear(Alarm("", "panic")).endswith("Đã xảy ra chuyện gì?")
        assert talk.labels[:2] == ["Đã chuyển tiền", "Đã cài ứng dụng lạ"]

    def test_without_a_first_aid_guide_or_its_question_an_alarm_still_answers(self) -> None:
        without = replace(CONTENT, guides={RESIDENCE.id: RESIDENCE})
        assert Talk(without).hear(Alarm("gia_cong_an", "panic")).startswith("Tin này đáng nghi.")
        bare = guide("lua_dao", "Bị lừa đảo", group="an_toan")
        talk = Talk(with_guides(bare))
        assert "Bị lừa đảo" in talk.hear(Alarm("gia_cong_an", "scam")) + str(talk.labels)
        assert talk.hear(Alarm("", "panic", (), "dua_otp"))


class TestReplies:
    def test_a_walk_that_waits_is_offered_until_something_is_asked(self) -> None:
        talk = Talk(session=Session(under=Walk(RESIDENCE.id, ({"noi_nop": "tai_quay"},), "Nhận kết quả")))
        talk.hear(Ask("quen_passcode"))
        assert "Làm tiếp: Đăng ký tạm trú" in talk.labels
        talk.hear(ask(PASSPORT.id, "ho_so"))
        assert "Làm tiếp: Đăng ký tạm trú" not in talk.labels

    def test_a_finished_walk_does_not_wait(self) -> None:
        talk = Talk(session=Session(under=Walk(RESIDENCE.id, ({},), "*")))
        talk.hear(Ask("chao"))
        assert talk.labels == ["Mục khác"]

    def test_a_step_that_is_open_can_be_gone_on_with_from_the_menu(self, walking: Talk) -> None:
        walking.say("0")
        assert walking.labels[-1] == "Làm tiếp: Đăng ký tạm trú"
        assert walking.press("Làm tiếp: Đăng ký tạm trú").startswith("Đăng ký tạm trú, từng bước (tại quầy).\nBước 1/2")

    def test_every_option_can_be_chosen_and_the_menu_is_the_last(self) -> None:
        many = Question("tinh", "Tỉnh nào?", options(*(f"t{n}: Tỉnh {n}" for n in range(40))))
        steps = tuple(
            replace(EXTENSION.parts["cac_buoc"][0], title=f"B{n}", when={"tinh": (f"t{n}",)}) for n in range(40)
        )
        talk = Talk(with_guides(guide("nhieu", "Nhiều", questions={"tinh": many}, parts={"cac_buoc": steps})))
        talk.hear(ask("nhieu", "cac_buoc"))
        assert talk.labels == [*(f"Tỉnh {n}" for n in range(40)), "Không biết", "Mục khác"]

    def test_a_notice_is_said_once_to_each_person_before_its_topic(self) -> None:
        notice = Notice("bao_tri", "Cổng bảo trì.", date(2026, 11, 20), TODAY, ("dang_ky_tam_tru",))
        talk = Talk(replace(CONTENT, notices=(notice,)))
        assert not talk.hear(ask(PASSPORT.id, "le_phi")).startswith("Cổng")
        assert talk.hear(ask(EXTENSION.id)).startswith("Cổng bảo trì.\n\nGia hạn tạm trú thì nộp")
        assert not talk.hear(ask(RESIDENCE.id)).startswith("Cổng")
        late = Talk(replace(CONTENT, notices=(notice,)), today=date(2026, 11, 26))
        assert not late.hear(ask(RESIDENCE.id)).startswith("Cổng")

    def test_a_guide_past_its_review_date_says_so(self) -> None:
        assert "quá hạn rà soát từ 01/11/2026" in Talk().hear(ask(PASSPORT.id, "le_phi"))

    def test_a_walk_of_a_guide_that_is_gone_is_let_go(self) -> None:
        walk = Walk("da_bo", ({"a": "b"},), "Bước 3")
        talk = Talk(session=Session(walk=walk, under=walk, about="da_bo", offered=("at/next/da_bo/3",)))
        talk.push("at/next/da_bo/3")
        assert (talk.session.walk, talk.session.under) == (None, None)
        assert Talk(session=Session(walk=walk)).hear(Command("next"))


def test_despair_is_answered_before_anything_else() -> None:
    comfort, talk = COMFORT, Talk(replace(CONTENT, small_talk={COMFORT.id: COMFORT}))
    text = talk.hear(Alarm("gia_cong_an", "panic", harm="chuyen_tien", despair=True))
    assert text.startswith(comfort.answer)
    assert "Gọi ngân hàng" in text
    assert not talk.hear(Alarm("gia_cong_an", "panic", harm="chuyen_tien")).startswith(comfort.answer)


class TestComfort:
    """Whatever is open, nothing follows."""

    NOTICE = Notice("bao_tri", "Cổng bảo trì.", date(2026, 11, 20), TODAY)

    @pytest.fixture(params=["asking", "walking", "stopped"])
    def talk(self, request: pytest.FixtureRequest) -> Talk:
        talk = Talk(replace(CONTENT, small_talk={COMFORT.id: COMFORT}))
        talk.hear(ask(RESIDENCE.id, "cac_buoc", **({} if request.param == "asking" else {"noi_nop": "tai_quay"})))
        if request.param == "stopped":
            talk.say("dừng")
        talk.content = replace(talk.content, notices=(self.NOTICE,))
        return talk

    def test_it_stands_alone(self, talk: Talk) -> None:
        walk = talk.session.walk
        assert talk.hear(Ask(COMFORT.id)) == COMFORT.answer
        assert talk.labels == ["Mục khác"]
        assert talk.session.walk == walk

    def test_no_question_follows_a_warning_below_it(self, talk: Talk) -> None:
        text = talk.hear(Alarm("gia_cong_an", "suspicious", despair=True))
        assert text.startswith(COMFORT.answer)
        assert not any(words in text for words in (STEP, "Nộp ở đâu?", "Cổng bảo trì."))
        assert talk.labels == ["Đã chuyển tiền", "Bị lừa đảo", "Mục khác"]

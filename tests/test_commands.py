"""Where commands and pressed step buttons lead, wherever one stands."""

from __future__ import annotations

import pytest

from bot.session import Session, Walk
from bot.understanding.meaning import Ask, Command
from tests.guides import EXTENSION, PASSPORT, RESIDENCE, Talk, ask

AT_ONE = "Đăng ký tạm trú, từng bước (tại quầy).\nBước 1/2 · Ra công an xã"
WAITING = Walk(RESIDENCE.id, ({"noi_nop": "tai_quay"},), "Nhận kết quả")


@pytest.fixture
def walking() -> Talk:
    """At the first of two steps at the counter."""
    talk = Talk()
    talk.hear(ask(RESIDENCE.id, "cac_buoc", noi_nop="tai_quay"))
    return talk


@pytest.fixture
def stopped() -> Talk:
    """After twelve hours of silence at the second step, or after «dừng»."""
    return Talk(session=Session(under=WAITING, about=RESIDENCE.id))


class TestAlong:
    def test_done_goes_on_from_the_guide_just_read(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "le_phi", noi_nop="tai_quay"))
        assert talk.say("xong rồi ạ").startswith(AT_ONE)

    def test_an_old_button_of_a_step_shows_the_current_one(self, walking: Talk) -> None:
        walking.press("Xong")
        assert walking.push("at/next/dang_ky_tam_tru/1").startswith("Nút vừa bấm là của tin nhắn cũ.")
        assert walking.step == "Nhận kết quả"
        assert walking.push("at/back/dang_ky_tam_tru/1").startswith("Nút vừa bấm là của tin nhắn cũ.")
        assert "Bước 2/2" in walking.push("at/next/gia_han/1")

    def test_pressing_twice_does_not_skip_a_step(self, walking: Talk) -> None:
        walking.push("at/next/dang_ky_tam_tru/1")
        walking.push("at/next/dang_ky_tam_tru/1")
        assert walking.step == "Nhận kết quả"

    def test_a_button_of_a_step_opens_its_guide_where_nothing_is_open(self) -> None:
        assert "Nộp ở đâu?" in Talk().push("at/next/dang_ky_tam_tru/3")
        assert Talk().push("at/next/da_bo/3").startswith("Mình chưa bắt đầu việc nào.")

    def test_a_button_of_the_walk_that_waits_goes_on_with_it(self, stopped: Talk) -> None:
        assert stopped.push("at/next/dang_ky_tam_tru/2").startswith("Xong các bước «Đăng ký tạm trú» rồi.")
        assert stopped.session.under is None

    def test_going_on_by_word_shows_where_the_waiting_walk_stands(self, stopped: Talk) -> None:
        assert stopped.say("xong").startswith("Bước 2/2 · Nhận kết quả")

    def test_back_returns_to_the_walk_that_waits(self, stopped: Talk) -> None:
        assert stopped.say("quay lại").startswith("Bước 2/2 · Nhận kết quả")

    def test_back_where_nothing_was_begun_says_so(self) -> None:
        assert Talk().say("quay lại").startswith("Mình chưa bắt đầu việc nào.\n\nAnh/chị cần việc gì khác?")

    def test_a_problem_before_the_first_step_asks_the_open_question_again(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "cac_buoc"))
        assert talk.hear(Command("problem")) == "Nộp ở đâu?"


class TestAnywhere:
    def test_the_menu_greets_and_lists_first_aid_and_the_groups_in_the_order_of_the_sentences(self) -> None:
        talk = Talk()
        text = talk.say("menu")
        assert "trợ lý tự động" in text
        assert "không bao giờ hỏi số căn cước, mã OTP hay mật khẩu" in text
        assert talk.labels == ["Nghi bị lừa đảo", "Tạm trú, thường trú, lưu trú", "Hộ chiếu"]

    def test_a_group_lists_its_guides_the_essential_ones_first(self) -> None:
        talk = Talk()
        talk.say("0")
        talk.press("Tạm trú, thường trú, lưu trú")
        assert talk.labels == ["Đăng ký tạm trú", "Gia hạn tạm trú", "Mục khác"]
        assert talk.push("in/da_bo").startswith("Xin chào anh/chị.")

    def test_again_says_the_step_or_the_answer_again(self, walking: Talk) -> None:
        walking.press("Xong")
        said = walking.reply
        walking.hear(Command("again"))
        assert walking.reply == said
        talk = Talk()
        answer = talk.hear(Ask("quen_passcode"))
        assert talk.say("nhắc lại") == answer
        assert Talk().say("nhắc lại").startswith("Xin chào anh/chị.")

    def test_again_without_a_walk_summarises_the_guide(self) -> None:
        talk = Talk(session=Session(about=EXTENSION.id))
        assert talk.hear(Command("again")).startswith("Gia hạn tạm trú thì nộp trên VNeID.")

    def test_restart_asks_everything_of_the_guide_anew(self, walking: Talk) -> None:
        walking.session = Session(walking.session.walk, kept={"noi_nop": "tai_quay", "cho_ai": "tre"})
        assert "Nộp ở đâu?" in walking.say("làm lại từ đầu")
        assert dict(walking.session.kept) == {"cho_ai": "tre"}
        assert walking.say("quay lại").startswith(AT_ONE)
        assert Talk().say("làm lại từ đầu").startswith("Xin chào anh/chị.")

    def test_stop_leaves_the_walk_to_be_gone_on_with(self, walking: Talk) -> None:
        assert walking.say("dừng").startswith("Đã dừng.")
        assert walking.labels == ["Làm tiếp: Đăng ký tạm trú", "Mục khác"]
        assert walking.press("Làm tiếp: Đăng ký tạm trú").startswith(AT_ONE)

    def test_a_guide_that_was_only_read_is_nothing_to_go_on_with(self) -> None:
        talk = Talk()
        talk.hear(ask(RESIDENCE.id, "le_phi", noi_nop="tai_quay"))
        talk.hear(ask(PASSPORT.id, "le_phi"))
        assert "Làm tiếp: Đăng ký tạm trú" not in talk.labels
        talk.say("dừng")
        assert talk.labels == ["Mục khác"]
        talk.hear(ask(RESIDENCE.id, "le_phi"))
        talk.hear(ask(PASSPORT.id, "le_phi"))
        assert talk.say("quay lại").startswith("Đăng ký tạm trú")

    def test_the_greeting_is_for_the_first_time(self, walking: Talk) -> None:
        assert Talk().say("menu").startswith("Xin chào anh/chị.")
        assert walking.say("menu").startswith("Anh/chị cần việc gì khác?")

    def test_stop_where_nothing_is_open_keeps_what_waits(self, stopped: Talk) -> None:
        stopped.say("dừng")
        assert stopped.session.under == WAITING

    def test_resume_changes_places_with_what_is_open(self, walking: Talk) -> None:
        walking.hear(ask(PASSPORT.id))
        assert walking.hear(Command("resume")).startswith(AT_ONE)
        assert walking.session.under == Walk(PASSPORT.id, ({},))
        assert Talk().hear(Command("resume")).startswith("Xin chào anh/chị.")

    def test_going_on_is_with_what_is_open_then_with_what_waits(self, walking: Talk, stopped: Talk) -> None:
        assert walking.say("làm tiếp").startswith(AT_ONE)
        walking.hear(ask(EXTENSION.id, "le_phi"))
        assert walking.say("lam tiep").startswith(AT_ONE)
        assert stopped.say("làm tiếp đi").startswith("Bước 2/2 · Nhận kết quả")

    def test_help_says_what_can_be_typed_and_keeps_the_step(self, walking: Talk) -> None:
        text = walking.say("giúp với")
        assert "gõ 0 để về danh mục" in text
        assert text.endswith("Mình đang ở bước 1/2 của «Đăng ký tạm trú»: Ra công an xã.")

    def test_a_person_is_the_agency_of_the_guide_its_phone_and_the_nearest_counter(self) -> None:
        talk = Talk()
        talk.hear(ask(PASSPORT.id, "le_phi"))
        assert talk.say("gặp người thật").split("\n")[:3] == [
            "Về «Cấp hộ chiếu», anh/chị gặp Phòng Quản lý xuất nhập cảnh.",
            "• Gọi 024 1 (chưa chắc: cũ)",
            "Cần người giúp tại chỗ thì đến Trung tâm Phục vụ hành chính công xã/phường nơi anh/chị ở. "
            "Mang theo thẻ căn cước và điện thoại.",
        ]

    def test_a_confirmed_phone_is_given_as_it_is(self) -> None:
        assert Talk(session=Session(about="lua_dao")).say("gặp người thật").endswith("\n• Gọi 113")

    def test_after_an_entry_a_person_is_that_of_its_topic(self) -> None:
        talk = Talk()
        talk.hear(Ask("quen_passcode"))
        assert talk.say("gặp người thật").startswith("Về «Đăng ký tạm trú», anh/chị gặp công an xã/phường.")

    def test_a_person_without_a_matter_is_the_nearest_counter(self) -> None:
        assert Talk().say("gặp người thật").startswith("Anh/chị đến Trung tâm Phục vụ hành chính công")

    def test_forget_leaves_nothing(self, walking: Talk) -> None:
        assert walking.say("xóa dữ liệu").startswith("Đã xóa hết những gì tôi nhớ")
        assert (walking.session.walk, walking.session.under, dict(walking.session.kept)) == (None, None, {})

    @pytest.mark.parametrize("name", ["bay_len", "group", "", "yes"])
    def test_a_command_that_is_none_leads_to_the_menu(self, name: str) -> None:
        assert Talk().push(f"cmd/{name}" if name else "cmd/").startswith("Xin chào anh/chị.")


class TestNumbers:
    def test_a_number_that_nothing_stands_under_says_which_do(self, walking: Talk) -> None:
        text = walking.say("7")
        assert text.startswith("Không có mục số 7. Các mục đánh số từ 1 đến 2.\n\n" + AT_ONE)

    def test_the_numbers_named_are_those_of_the_choices_shown(self) -> None:
        talk = Talk()
        talk.hear(Ask("chao"))
        assert talk.say("5").startswith("Không có mục số 5. Các mục đánh số từ 1 đến 3.\n\nAnh/chị cần việc gì khác?")
        assert len(talk.labels) == 3

    def test_before_anything_was_offered_there_is_no_number(self) -> None:
        assert Talk().say("2").startswith("Chưa có mục nào để chọn bằng số.")

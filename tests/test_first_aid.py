"""First aid goes on as the harm goes on: what was done besides, what was not done, and what is only asked meanwhile.

One room: every talk begins with one of the same cries, and what is tried is the next message.
"""

from __future__ import annotations

import pytest

from bot import choice
from bot.content.types import FIRST_AID
from bot.engine import Brain, Turn
from bot.understanding.meaning import Ask
from tests.conversed import said

CALL = "công an gọi bảo VNeID lỗi, kết bạn Zalo để hướng dẫn, đọc mã OTP cho họ nghe"
PAID, TOLD, INSTALLED = "em lỡ chuyển tiền cho nó rồi", "em lỡ đọc otp cho nó rồi", "em lỡ cài app lạ rồi"
STEPS = choice.at_step("next", FIRST_AID, 0)


def harm(turn: Turn) -> str:
    """What first aid is open for."""
    walk = turn.session.walk
    return walk.answers.get("chuyen_gi", "") if walk and walk.guide == FIRST_AID else "none"


@pytest.mark.parametrize(
    ("messages", "further", "first"),
    [
        ((PAID, "em cai app cua no nua"), "cai_ung_dung", "tắt hẳn điện thoại"),
        ((PAID, STEPS, "may em con cai app la"), "cai_ung_dung", "tắt hẳn điện thoại"),
        ((PAID, "em cũng cài ứng dụng nó gửi"), "cai_ung_dung", "tắt hẳn điện thoại"),
        ((PAID, "em co doc otp nua"), "dua_otp", "khóa thẻ"),
        ((PAID, "mẹ em còn đọc mã xác nhận cho họ"), "dua_otp", "khóa thẻ"),
        ((PAID, STEPS, "em có quét mặt luôn"), "dua_otp", "khóa thẻ"),
        ((PAID, "nó chụp cccd em rồi"), "gui_giay_to", "Không gửi thêm"),
        ((PAID, "em gui anh can cuoc nua"), "gui_giay_to", "Không gửi thêm"),
        ((TOLD, "em chuyen 5tr nua"), "chuyen_tien", "Không chuyển thêm"),
        ((INSTALLED, "bị trừ 2 triệu luôn rồi"), "chuyen_tien", "Không chuyển thêm"),
        ((TOLD, "em co doc otp, chuyen tien, cai app la nua"), "cai_ung_dung", "tắt hẳn điện thoại"),
        ((CALL, "em cài rồi"), "cai_ung_dung", "tắt hẳn điện thoại"),
        ((CALL, "em cài app rồi có sao không"), "cai_ung_dung", "tắt hẳn điện thoại"),
        ((CALL, "em bam vao roi"), "bam_link", "Đóng trang"),
        (("bị lừa rồi", "em co cai app"), "cai_ung_dung", "tắt hẳn điện thoại"),
    ],
)
def test_a_further_harm_gets_its_own_first_acts(
    brain: Brain, messages: tuple[str, ...], further: str, first: str
) -> None:
    turn = said(brain, *messages)
    assert turn.reply.alarm
    assert (turn.reply.alarm.level, turn.reply.alarm.harm, harm(turn)) == ("panic", further, further)
    assert first in turn.reply.text.split("\n")[1]


def test_what_was_told_before_can_be_gone_back_to(brain: Brain) -> None:
    labels = [each.label for each in said(brain, PAID, "em gui anh can cuoc nua").reply.choices]
    assert "Đã chuyển tiền" in labels


@pytest.mark.parametrize("text", ["em có bấm link", "em bị lừa", "bi lua roi"])
def test_what_adds_nothing_keeps_the_graver_acts(brain: Brain, text: str) -> None:
    turn = said(brain, TOLD, text)
    assert harm(turn) == "dua_otp"
    assert "khóa thẻ" in turn.reply.text


@pytest.mark.parametrize(
    "text",
    [
        "em có đọc otp",
        "em cài rồi",
        "em bam vao roi",
        "no bat cai app",
    ],
)
def test_the_same_words_are_no_alarm_where_no_first_aid_is_open(brain: Brain, text: str) -> None:
    alarm = said(brain, "đăng ký tạm trú cần giấy tờ gì", text).reply.alarm
    assert alarm is None or alarm.level != "panic"


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (PAID, "gửi căn cước ở đâu"),
        (PAID, "chuyển tiền rồi có lấy lại được không"),
        (PAID, "em nhập mật khẩu mới rồi"),
        (PAID, "em gọi ngân hàng báo số thẻ rồi"),
        (PAID, "làm hộ chiếu cần gì"),
        (CALL, "cài app này được không"),
        (CALL, "nếu đọc otp rồi thì sao"),
        (CALL, "em nhập số căn cước lên cổng dịch vụ công rồi mà báo lỗi"),
        (CALL, "cảm ơn"),
    ],
)
def test_questions_and_what_helps_are_no_further_harm(brain: Brain, first: str, text: str) -> None:
    assert said(brain, first, text).reply.alarm is None


@pytest.mark.parametrize(
    "messages",
    [
        (CALL, "chua bam"),
        (CALL, "chua doc"),
        (CALL, "toi chua mat tien"),
        (CALL, "chưa chuyển"),
        (CALL, "dạ em chưa bấm link đó ạ"),
        (CALL, "em ko đọc mã"),
        (CALL, "em chưa làm gì"),
        ("bị lừa rồi", "chưa mất gì"),
        (PAID, "em chưa chuyển"),
    ],
)
def test_who_has_done_nothing_yet_is_told_that_they_stopped_in_time(brain: Brain, messages: tuple[str, ...]) -> None:
    turn = said(brain, *messages)
    assert harm(turn) == "nghi_ngo"
    assert turn.reply.text.startswith("Yên tâm, anh/chị đã dừng đúng lúc.")
    assert turn.reply.alarm is None


@pytest.mark.parametrize(
    ("messages", "still"),
    [
        ((PAID, "chua cai app"), "chuyen_tien"),
        ((TOLD, "toi chua mat tien"), "dua_otp"),
        ((TOLD, STEPS, "em chưa chuyển tiền"), "dua_otp"),
        ((INSTALLED, "chưa mất gì"), "cai_ung_dung"),
    ],
)
def test_what_was_not_done_besides_leaves_first_aid_open(brain: Brain, messages: tuple[str, ...], still: str) -> None:
    before, turn = said(brain, *messages[:-1]), said(brain, *messages)
    assert harm(turn) == still
    assert turn.session.walk == before.session.walk
    assert turn.reply.text.startswith("Vậy là tốt.")


@pytest.mark.parametrize(
    ("first", "text"), [(PAID, "chua chuyen het"), (CALL, "mã otp chưa gửi về"), (CALL, "số thẻ chưa gửi về")]
)
def test_more_than_a_denial_is_none(brain: Brain, first: str, text: str) -> None:
    assert harm(said(brain, first, text)) != "nghi_ngo"


def test_a_question_with_a_denial_is_answered(brain: Brain) -> None:
    assert isinstance(said(brain, CALL, "chua chuyen tien thi bao ai").meaning, Ask)


def test_without_first_aid_a_denial_means_nothing(brain: Brain) -> None:
    assert harm(said(brain, "đăng ký tạm trú cần giấy tờ gì", "chua bam")) == "none"


@pytest.mark.parametrize("first", [CALL, PAID])
def test_what_they_want_installed_is_warned_of(brain: Brain, first: str) -> None:
    turn = said(brain, first, "no bat cai app")
    assert turn.reply.alarm
    assert (turn.reply.alarm.level, turn.reply.alarm.warning) == ("suspicious", "app_gia_chua_ma_doc")


@pytest.mark.parametrize("text", ["bi doa tung anh", "con gai toi bi doa tung anh", "em bị nó dọa tung clip"])
def test_who_is_blackmailed_with_pictures_is_not_told_to_leave_the_room(brain: Brain, text: str) -> None:
    turn = said(brain, text)
    assert harm(turn) == "bi_tong_tien"
    assert all(words in turn.reply.text for words in ("Không chuyển tiền", "113", "111", "Giữ nguyên tin nhắn"))
    assert "ra khỏi phòng" not in turn.reply.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("em bị lừa", "chua_ro"),
        ("em bi lua", "chua_ro"),
        ("mẹ em bị lừa", "chua_ro"),
        ("bị lừa rồi", "chua_ro"),
        ("lừa đảo chuyển tiền rồi", "chuyen_tien"),
        ("em lỡ chuyển rồi", "chuyen_tien"),
        ("lo ck mat roi", "chuyen_tien"),
    ],
)
def test_bare_words_of_harm_are_heard(brain: Brain, text: str, told: str) -> None:
    turn = said(brain, text)
    assert turn.reply.alarm
    assert (turn.reply.alarm.level, harm(turn)) == ("panic", told)


@pytest.mark.parametrize(
    "text",
    [
        "máy bị điều khiển chậm khi quét nfc",
        "bị lừa thì báo ở đâu",
        "không muốn bị lừa",
        "lỡ chuyển hồ sơ rồi",
        "em cài rồi",
    ],
)
def test_what_only_sounds_like_it_is_not(brain: Brain, text: str) -> None:
    assert said(brain, text).reply.alarm is None


def test_nothing_else_done_leads_to_the_steps(brain: Brain) -> None:
    assert "Bước 1/7" in said(brain, PAID, "không").reply.text


class TestAtAStep:
    def test_dung_without_marks_is_asked_back(self, brain: Brain) -> None:
        before, turn = said(brain, PAID, STEPS), said(brain, PAID, STEPS, "dung")
        assert turn.session.walk == before.session.walk
        assert "xong bước này chưa?" in turn.reply.text
        assert "bước 1/7" in turn.reply.text

    def test_with_marks_it_is_what_it_says(self, brain: Brain) -> None:
        assert "Bước 2/7" in said(brain, PAID, STEPS, "đúng").reply.text
        assert said(brain, PAID, STEPS, "dừng").session.walk is None

    def test_fear_is_answered_and_the_step_stays(self, brain: Brain) -> None:
        before, turn = said(brain, PAID, STEPS), said(brain, PAID, STEPS, "em so qua")
        assert isinstance(turn.meaning, Ask)
        assert turn.meaning.target == "lo_so"
        assert turn.session.walk == before.session.walk


@pytest.mark.parametrize("text", ["co ai khong", "có ai không"])
def test_the_words_of_small_talk_are_small_talk(brain: Brain, text: str) -> None:
    assert said(brain, text).meaning == Ask("chao")


@pytest.mark.parametrize("text", ["toi o xa qua", "nha xa qua", "cho lau qua"])
def test_too_much_of_anything_is_no_small_talk(brain: Brain, text: str) -> None:
    meaning = said(brain, text).meaning
    assert not (isinstance(meaning, Ask) and meaning.target in brain.content.small_talk)


class TestAnAnswerInWords:
    """What is hardly more than the name of a choice just offered is that choice."""

    @pytest.mark.parametrize(
        ("text", "harm_told"),
        [
            ("cài app", "cai_ung_dung"),
            ("tải ứng dụng", "cai_ung_dung"),
            ("em chuyển tiền", "chuyen_tien"),
            ("em chuyen tien", "chuyen_tien"),
            ("nó lấy 50tr", "chuyen_tien"),
            ("nó lấy của em 50 triệu", "chuyen_tien"),
            ("mất 30tr", "chuyen_tien"),
            ("mất zalo", "mat_tai_khoan"),
            ("mat facebook", "mat_tai_khoan"),
            ("đọc mã", "dua_otp"),
            ("em nhập số thẻ", "dua_otp"),
            ("gửi cccd", "gui_giay_to"),
            ("gửi ảnh giấy tờ", "gui_giay_to"),
            ("bấm link", "bam_link"),
            ("bị dọa", "bi_de_doa"),
        ],
    )
    def test_it_is_that_choice(self, brain: Brain, text: str, harm_told: str) -> None:
        turn = said(brain, "e bị lừa rồi", text)
        assert harm(turn) == harm_told
        assert turn.reply.text.startswith("Làm ngay:")

    @pytest.mark.parametrize(
        "text",
        [
            "cài app nào để báo công an",
            "có nên tải ứng dụng ngân hàng lại không",
            "làm sao để chuyển tiền về",
            "sợ nó chuyển tiền đi",
            "nó bảo em chuyển tiền",
            "ngân hàng nói chặn được khoản chuyển tiền",
            "mất tiền thì báo ai",
            "làm hộ chiếu cho con mất 200 nghìn phải không",
            "đăng ký tạm trú có mất tiền không",
            "không cài gì hết",
        ],
    )
    def test_what_is_asked_feared_or_denied_is_none(self, brain: Brain, text: str) -> None:
        turn = said(brain, "e bị lừa rồi", text)
        assert turn.reply.alarm is None
        assert harm(turn) == "chua_ro"

    @pytest.mark.parametrize("text", ["cài app", "em chuyển tiền", "đọc mã", "gửi cccd"])
    def test_where_no_first_aid_is_open_it_is_no_panic(self, brain: Brain, text: str) -> None:
        alarm = said(brain, "đăng ký tạm trú cần giấy tờ gì", text).reply.alarm
        assert alarm is None or alarm.level != "panic"

    def test_what_was_done_and_what_to_do_now_is_still_harm(self, brain: Brain) -> None:
        assert harm(said(brain, CALL, "em cài app rồi giờ phải làm sao")) == "cai_ung_dung"


class TestSwitchingOff:
    STUCK = ("không tắt được nguồn", "không tắt được", "ko tat duoc", "tắt nguồn không được", "máy không tắt được")

    @pytest.mark.parametrize("text", STUCK)
    @pytest.mark.parametrize("before", [(INSTALLED,), (INSTALLED, STEPS)])
    def test_a_phone_that_stays_on_is_helped(self, brain: Brain, before: tuple[str, ...], text: str) -> None:
        turn = said(brain, *before, text)
        assert "chế độ máy bay" in turn.reply.text
        assert "Đã chuyển tiền" in [each.label for each in turn.reply.choices]

    @pytest.mark.parametrize("text", ["tắt rồi", "tat may roi"])
    def test_one_that_is_off_leads_on(self, brain: Brain, text: str) -> None:
        assert "Bước 2/8" in said(brain, INSTALLED, STEPS, text).reply.text


HARMS = (
    "chuyen_tien",
    "cai_ung_dung",
    "dua_otp",
    "bi_de_doa",
    "bi_tong_tien",
    "bam_link",
    "gui_giay_to",
    "mat_tai_khoan",
    "chua_ro",
    "nghi_ngo",
)


def walked(brain: Brain, which: str) -> list[str]:
    """All that is said on the way through first aid for a harm, its end last."""
    pressed, told = [choice.answer(FIRST_AID, "chuyen_gi", which), STEPS], list[str]()
    while "Xong các bước" not in (text := said(brain, *pressed).reply.text):
        told.append(text)
        pressed.append("xong")
    return [*told, text]


class TestTheWholeWay:
    @pytest.mark.parametrize("which", HARMS)
    def test_its_end_says_of_nobody_that_they_know_who_was_not_to_be_told(self, brain: Brain, which: str) -> None:
        *way, end = walked(brain, which)
        said_before = " ".join(way)
        assert len(end.split("\n")) > 3
        assert "Ngân hàng và công an đã biết" not in end or ("ngân hàng" in said_before and "ông an" in said_before)
        assert ("Ngân hàng và công an đã biết" in end) == (
            which in ("chuyen_tien", "cai_ung_dung", "dua_otp", "gui_giay_to", "chua_ro")
        )

    @pytest.mark.parametrize("which", [each for each in HARMS if each not in ("bam_link", "nghi_ngo", "mat_tai_khoan")])
    def test_who_reports_it_gets_the_words_to_copy(self, brain: Brain, which: str) -> None:
        way = walked(brain, which)
        at = next(at for at, text in enumerate(way) if "Tôi xin tố giác" in text)
        assert any("ông an" in text for text in way[:at])
        assert "«Xem hồ sơ»" in way[-1]

    def test_the_papers_are_offered_at_the_end(self, brain: Brain) -> None:
        pressed = [PAID, STEPS, *["xong"] * 7, "1"]
        assert "Chép vào đơn trình báo" in said(brain, *pressed).reply.text

    def test_who_lost_a_bank_account_a_sim_or_vneid_is_told_whom_to_call_at_once(self, brain: Brain) -> None:
        text = said(brain, "zalo bị hack").reply.text
        assert all(words in text for words in ("số in sau thẻ", "nhà mạng", "1900 0368"))

    def test_at_each_step_of_who_did_not_say_what_happened_it_can_be_said(self, brain: Brain) -> None:
        labels = [each.label for each in said(brain, "bị lừa rồi", STEPS, "xong", "xong").reply.choices]
        assert {"Xong", "Đã chuyển tiền", "Mất Zalo, Facebook"} <= set(labels)


def test_a_walk_that_panic_broke_into_is_offered_again(brain: Brain) -> None:
    for more in (["dừng", "0"], [STEPS, "0"], ["2", "0"]):
        turn = said(brain, "làm hộ chiếu", PAID, *more)
        labels = [each.label for each in turn.reply.choices]
        assert any("hộ chiếu" in label for label in labels if label.startswith("Làm tiếp"))
        assert any("lừa đảo" in label for label in labels if label.startswith("Làm tiếp"))


def test_nothing_follows_the_comfort(brain: Brain) -> None:
    turn = said(brain, "làm hộ chiếu", "tôi muốn chết")
    assert turn.reply.text == brain.content.small_talk["tu_hai"].answer.strip()

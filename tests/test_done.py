"""A step that was done, and what only sounds like it."""

import pytest

from bot.engine import Brain
from bot.understanding.done import is_done, is_stuck
from bot.understanding.meaning import Alarm, Ask, Command, Unknown
from tests.conversed import said


@pytest.mark.parametrize(
    "text",
    [
        "em bấm vào rồi ạ",
        "quét mặt xong rồi",
        "quet mat xong roi",
        "tôi nhập mã otp rồi",
        "đã chụp hai mặt căn cước gửi lên rồi",
        "nộp tiền xong rồi",
        "điền xong hết rồi",
        "đăng nhập r",
        "cài app xong",
    ],
)
def test_a_deed_is_reported_as_done(text: str) -> None:
    assert is_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "em bấm vào link rồi",
        "chuyển tiền cho nó rồi",
        "em gửi căn cước cho họ rồi",
        "lỡ nhập mã rồi",
        "nhập mật khẩu sai rồi",
        "bấm rồi mà không được",
        "tải app lạ xong",
        "mất rồi",
        "hết hạn rồi",
        "rồi",
        "",
        "bấm vào đâu",
        "em vào trang đó điền hết họ tên số căn cước số thẻ rồi",
    ],
)
def test_what_may_be_harm_or_trouble_is_no_such_report(text: str) -> None:
    assert not is_done(text)


@pytest.mark.parametrize("text", ["tôi nhập mã otp rồi", "quét mặt xong rồi", "em gửi ảnh căn cước lên rồi"])
def test_at_a_step_it_goes_on_and_frightens_nobody(brain: Brain, text: str) -> None:
    assert said(brain, "kích hoạt vneid mức 2 từng bước", text).meaning == Command("next")


@pytest.mark.parametrize("text", ["đọc mã otp cho nó rồi", "em lỡ bấm link rồi", "chuyển tiền cho nó rồi"])
def test_harm_is_heard_at_a_step(brain: Brain, text: str) -> None:
    found = said(brain, "kích hoạt vneid mức 2 từng bước", text).meaning
    assert isinstance(found, Alarm)
    assert found.level == "panic"


@pytest.mark.parametrize(
    "text",
    [
        "không thấy mục đó đâu",
        "bấm không được",
        "ko bam dc",
        "nó không hiện gì hết",
        "vào không được",
        "không có nút đó",
        "tim hoai khong thay",
    ],
)
def test_what_cannot_be_done_is_a_problem_of_the_step(brain: Brain, text: str) -> None:
    assert said(brain, "kích hoạt vneid mức 2 từng bước", text).meaning == Command("problem")


@pytest.mark.parametrize(
    "text", ["có thấy không", "chủ nhà không có vneid thì sao", "không có căn cước có làm được không", "được không"]
)
def test_a_question_at_a_step_is_no_problem_of_it(text: str) -> None:
    assert not is_stuck(text)


@pytest.mark.parametrize("text", ["con màu xanh", "2 người"])
def test_what_names_no_matter_and_asks_for_nothing_is_not_guessed(brain: Brain, text: str) -> None:
    assert isinstance(said(brain, "đăng ký tạm trú cần gì", text).meaning, Unknown)


@pytest.mark.parametrize(
    "text", ["không thấy còn gì để sống nữa, tôi muốn chết", "em không làm được nữa, em muốn chết"]
)
def test_who_speaks_of_dying_at_a_step_is_comforted(brain: Brain, text: str) -> None:
    found = said(brain, "kích hoạt vneid mức 2 từng bước", text).meaning
    assert found == Ask("tu_hai") or (isinstance(found, Alarm) and found.despair)


def test_asked_for_whom_or_where_what_people_say_is_an_answer(brain: Brain) -> None:
    whom = said(brain, "em làm căn cước", "cho bác").session.walk
    assert whom
    assert whom.answers["nguoi_lam"] == "tu_14"
    where = said(brain, "em muốn đăng ký tạm trú", "thuê trọ", "làm trên điện thoại").session.walk
    assert where
    assert where.answers["noi_nop"] == "tren_mang"

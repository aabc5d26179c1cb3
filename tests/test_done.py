"""A step that was done, and what only sounds like it."""

import pytest

from bot.engine import Brain, converse
from bot.message import Incoming, User
from bot.session import Session
from bot.understanding.done import is_done, is_stuck
from bot.understanding.meaning import Alarm, Command, Unknown
from tests.guides import TODAY


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


def talk(brain: Brain, *texts: str) -> object:
    session, meaning = Session(), None
    for text in texts:
        turn = converse(brain, session, Incoming(User("test", "1"), text), TODAY)
        session, meaning = turn.session, turn.meaning
    return meaning


@pytest.mark.parametrize("text", ["tôi nhập mã otp rồi", "quét mặt xong rồi", "em gửi ảnh căn cước lên rồi"])
def test_at_a_step_it_goes_on_and_frightens_nobody(brain: Brain, text: str) -> None:
    assert talk(brain, "kích hoạt vneid mức 2 từng bước", text) == Command("next")


@pytest.mark.parametrize("text", ["đọc mã otp cho nó rồi", "em lỡ bấm link rồi", "chuyển tiền cho nó rồi"])
def test_harm_is_heard_at_a_step(brain: Brain, text: str) -> None:
    found = talk(brain, "kích hoạt vneid mức 2 từng bước", text)
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
    assert talk(brain, "kích hoạt vneid mức 2 từng bước", text) == Command("problem")


@pytest.mark.parametrize(
    "text", ["có thấy không", "chủ nhà không có vneid thì sao", "không có căn cước có làm được không", "được không"]
)
def test_a_question_at_a_step_is_no_problem_of_it(text: str) -> None:
    assert not is_stuck(text)


@pytest.mark.parametrize("text", ["máy em samsung", "2 người", "có rồi nè"])
def test_what_names_no_matter_and_asks_for_nothing_is_not_guessed(brain: Brain, text: str) -> None:
    assert isinstance(talk(brain, "đăng ký tạm trú cần gì", text), Unknown)

"""What scammers say is told from what citizens ask, and which scam it is."""

from __future__ import annotations

from dataclasses import replace

from bot.content.types import Content
from bot.safety.likeness import Like, Likeness
from bot.safety.phrases import Reader
from tests.safe_content import POLICE, SAFE
from tests.small_content import CONTENT as SMALL

READER = Reader({})
OTHER = replace(
    POLICE, id="trung_thuong", says=("bạn trúng thưởng xe máy, đóng phí để nhận giải",), signs=("Báo trúng",)
)
BOTH = replace(SMALL, warnings={warning.id: warning for warning in (POLICE, OTHER)})
LIKENESS = Likeness(READER, BOTH)


def of(text: str, likeness: Likeness = LIKENESS) -> Like:
    return likeness.of(READER.words(text))


def test_a_script_is_recognised_word_by_word() -> None:
    like = of("chị ơi em bên công an phường, vneid của chị bị lỗi, kết bạn zalo em hướng dẫn cập nhật")
    assert (like.warning, like.script) == ("gia_cong_an", True)


def test_what_scammers_say_is_above_zero_and_what_citizens_ask_is_not() -> None:
    assert of("vneid bị lỗi, kết bạn zalo em hướng dẫn").wording > 2
    assert of("tôi muốn làm hộ chiếu").wording < 0
    assert of("giải nhất xe máy trúng thưởng nhé").warning == "trung_thuong"


def test_few_words_and_no_content_say_nothing() -> None:
    assert of("kết bạn zalo") == Like()
    assert of("một hai ba bốn năm sáu", Likeness(READER, Content())) == Like()
    assert Likeness(READER, SAFE).of(READER.words("zzz yyy xxx www vvv")).warning == ""

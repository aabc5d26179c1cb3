"""What scammers say is told from what citizens ask, and which scam it is."""

from __future__ import annotations

from dataclasses import replace

from bot.content.types import Content
from bot.safety.likeness import Likeness
from bot.safety.reader import Reader
from tests.safe_content import POLICE, SAFE
from tests.small_content import CONTENT as SMALL

READER = Reader({})
OTHER = replace(
    POLICE, id="trung_thuong", says=("bạn trúng thưởng xe máy, đóng phí để nhận giải",), signs=("Báo trúng",)
)
BOTH = replace(SMALL, warnings={warning.id: warning for warning in (POLICE, OTHER)})
LIKENESS = Likeness(READER, BOTH)


def script(text: str, likeness: Likeness = LIKENESS) -> str:
    return likeness.script(READER.words(text))


def of(text: str, likeness: Likeness = LIKENESS) -> str:
    return likeness.of(READER.words(text))


def test_a_script_is_recognised_word_by_word() -> None:
    text = "chị ơi em bên công an phường, vneid của chị bị lỗi, kết bạn zalo em hướng dẫn cập nhật"
    assert script(text) == of(text) == "gia_cong_an"
    assert not script("tôi muốn làm hộ chiếu ở công an tỉnh")


def test_the_nearest_warning_is_told() -> None:
    assert of("giải nhất xe máy trúng thưởng nhé") == "trung_thuong"


def test_few_words_and_no_content_say_nothing() -> None:
    assert script("kết bạn zalo") == script("một hai ba bốn năm sáu bảy tám chín", Likeness(READER, Content())) == ""
    assert of("kết bạn zalo") == of("zzz yyy xxx www vvv", Likeness(READER, SAFE)) == ""

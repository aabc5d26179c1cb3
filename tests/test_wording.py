"""Sentences of content teach how scams, harm and ordinary messages are worded."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.types import Content
from bot.safety.reader import Reader
from bot.safety.wording import BUCKETS, Worded, Wording, places
from tests.safe_content import POLICE
from tests.small_content import CONTENT as SMALL

READER = Reader({"ck": ("chuyển khoản",)})
CONTENT = replace(
    SMALL,
    warnings={POLICE.id: POLICE},
    scams=(
        "chị ơi tài khoản của chị bị khóa, bấm link này xác minh ngay",
        "em bên ngân hàng, chị đọc giúp em mã vừa gửi về máy",
        "có người gọi bảo tài khoản bị khóa, kêu bấm link xác minh",
        "việc nhẹ lương cao, bấm link vào nhóm nhận nhiệm vụ",
    ),
    harmed={
        "chuyen_tien": (
            "em lỡ chuyển tiền cho nó mất rồi",
            "mẹ tôi chuyển khoản cho nó hết sạch rồi",
            "chuyển xong nó chặn em rồi",
        ),
        "dua_otp": ("trót đọc mã cho nó rồi, mất sạch tiền", "em vừa đọc mã cho nó xong"),
    },
    ordinary=("em nhận được mã xác nhận của cổng dịch vụ công", "tiền lệ phí chuyển khoản ở đâu"),
)
WORDING = Wording(READER, CONTENT)


def worded(text: str, wording: Wording = WORDING) -> Worded:
    found = wording.of(READER.words(text))
    assert found
    return found


@pytest.mark.parametrize("text", ["con lỡ chuyển cho nó hết rồi", "ba đọc mã cho nó mất rồi", "ck cho no het sach roi"])
def test_harm_is_worded_like_harm(text: str) -> None:
    assert worded(text).harm > max(0, worded(text).scam)


@pytest.mark.parametrize("text", ["ngân hàng gọi bảo bấm link xác minh", "tai khoan bi khoa bam link nay ngay"])
def test_scams_are_worded_like_scams(text: str) -> None:
    assert worded(text).scam > max(0, worded(text).harm)


@pytest.mark.parametrize("text", ["tôi muốn làm hộ chiếu", "lệ phí hộ chiếu chuyển khoản ở đâu"])
def test_questions_are_worded_like_neither(text: str) -> None:
    assert max(worded(text).scam, worded(text).harm) < 0


def test_the_same_content_gives_the_same_figures() -> None:
    assert worded("lỡ bấm link rồi") == worded("lỡ bấm link rồi", Wording(READER, CONTENT))


@pytest.mark.parametrize("content", [Content(), replace(CONTENT, harmed={}), replace(CONTENT, scams=(), warnings={})])
def test_content_that_does_not_teach_all_says_nothing(content: Content) -> None:
    assert Wording(READER, content).of(READER.words("lỡ bấm link rồi")) is None


@given(st.text(max_size=300))
def test_any_text_has_figures_or_none(text: str) -> None:
    found = WORDING.of(READER.words(text))
    assert found is None or np.isfinite([found.scam, found.harm]).all()


def test_words_near_one_another_count_in_whichever_order_and_words_far_apart_do_not() -> None:
    def has(text: str) -> set[int]:
        return set(places(READER.words(text), BUCKETS))

    together = has("mat het tien") - has("mat") - has("tien")
    assert has("tien dau mat") & together
    assert not has("tien nay la cua nha bac hai toi mat") & together

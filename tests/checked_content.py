"""Content for the tests of a checked message: the small safe one, with first acts, a word of comfort and the real sentences."""

from __future__ import annotations

from dataclasses import replace

from bot.content.types import COMFORT, FIRST_AID, SmallTalk
from tests.guides import SENTENCES, step
from tests.safe_content import AID, SAFE
from tests.web_bot import TestBot, TestBrain

SCAM = "Bên công an thông báo: bấm vào link vneid-capnhat.top trước 17h để tránh bị khóa"
PAID = "em lỡ chuyển tiền cho nó rồi"
CALM = "ra phường lấy căn cước hôm nào"
OF = {"chuyen_gi": ("chuyen_tien",)}

CHECKED = replace(
    SAFE,
    guides={
        FIRST_AID: replace(
            AID,
            code="LD01",
            parts={
                "cac_buoc": (
                    step("Gọi ngân hàng", when=OF),
                    step("Cắt liên lạc", when=OF),
                    step("Gọi 113", when=OF),
                    step("Kể người nhà", when=OF),
                    step("Khóa thẻ", when={"chuyen_gi": ("dua_otp",)}),
                )
            },
        )
    },
    small_talk={COMFORT: SmallTalk(COMFORT, (), "Xin đừng ở một mình.")},
    bot=SENTENCES,
)


def checking_bot() -> TestBot:
    return TestBot(brain=TestBrain(CHECKED))

"""A scam is recognised however it is spelled, and what citizens ordinarily ask stays calm."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import thread_time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.content.types import FIRST_AID, Content
from bot.message import Alarm
from bot.safety.evidence import MOST_REASONS
from bot.safety.links import judge
from bot.safety.scam import Shield
from tests.safe_content import SAFE
from tests.shields import PAID, SHIELD, level, real

HERE = Path(__file__).parent
BARE = Shield(Content())
CALL = "công an phường gọi bảo VNeID lỗi, kết bạn Zalo để hướng dẫn, đọc mã OTP cho họ nghe"
SMS = "Bên công an thông báo: bấm vào link vneid-capnhat.top trước 17h để tránh bị khóa"


def unmarked(text: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return plain.replace("đ", "d").replace("Đ", "D")


# --- scams ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [CALL, SMS, f"{CALL}. Có thật không?", f"{SMS} – có phải lừa đảo không ạ"])
def test_a_described_call_and_a_pasted_message_are_scams(text: str) -> None:
    assert level(text) == "scam"


def test_a_scam_is_told_with_its_reasons_the_link_first() -> None:
    alarm = SHIELD.judge(SMS)
    assert alarm == Alarm(
        "gia_cong_an",
        "scam",
        ("vneid-capnhat . top không phải VNeID: .", "Vì sao xung_danh.", "Vì sao bam_link."),
    )


def test_the_warning_that_a_message_resembles_is_named() -> None:
    alarm = SHIELD.judge("chị ơi em bên công an phường, vneid bị lỗi, chị kết bạn zalo em hướng dẫn cập nhật nhé")
    assert alarm
    assert alarm.warning == "gia_cong_an"


def test_a_known_script_is_suspicious_without_any_other_sign() -> None:
    shield = Shield(replace(SAFE, signals={}))
    alarm = shield.judge("tài khoản định danh sắp bị khóa, cô cài lại ứng dụng theo đường dẫn này nhé")
    assert alarm == Alarm("gia_cong_an", "suspicious", ("Giống «Giả công an».",))
    assert level("tài khoản định danh của tôi bị khóa thì ra đâu làm lại", shield) == "none"


def test_one_sign_alone_is_suspicious_at_most() -> None:
    assert level("bảo chuyển vào tài khoản tạm giữ") == "suspicious"
    assert level("kết bạn zalo") == "none"
    assert level("công an phường gọi") == "none"


def test_a_link_alone_says_what_it_is() -> None:
    assert level("vneid-capnhat.top có phải trang thật không") == "suspicious"
    assert level("https://dichvucong.gov.vn@evil.top vào được không") == "scam"
    assert level("vào https://dichvucong.gov.vn nộp hồ sơ ở mục nào") == "none"
    assert level("đọc trên vnexpress.net thấy bỏ sổ hộ khẩu") == "none"


SPELLINGS: Mapping[str, Any] = {
    "without marks": unmarked,
    "in capitals": str.upper,
    "without marks, in capitals": lambda text: unmarked(text.upper()),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "with wide gaps": lambda text: text.replace(" ", "   "),
    "with line ends": lambda text: text.replace(" ", "\n"),
    "with invisible letters": "\u200b".join,
    "with soft hyphens": lambda text: text.replace("o", "o\u00ad"),
    "with digits for letters": lambda text: text.replace("khóa", "kh0a").replace("bấm", "b4m"),
    "with look-alike letters": lambda text: text.replace("c", "с").replace("o", "о"),
    "with stretched letters": lambda text: text.replace("kết", "kếttt").replace("link", "linkkk"),
    "in full width": lambda text: "".join(chr(ord(x) + 0xFEE0) if "a" <= x <= "z" else x for x in text),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("text", [CALL, SMS, PAID])
def test_a_spelling_changes_no_verdict(text: str, spelling: str) -> None:
    assert level(SPELLINGS[spelling](text)) == level(text)


@given(st.sampled_from([CALL, SMS, PAID]), st.data())
def test_no_mixture_of_invisible_letters_gaps_and_capitals_hides_a_scam(text: str, data: st.DataObject) -> None:
    letters = []
    for letter in text:
        spelled = data.draw(
            st.sampled_from([letter, letter, letter, letter.upper(), letter + "\u200d", letter + "\ufeff"])
        )
        letters.append(spelled + data.draw(st.sampled_from(["", " ", "\t"])) if letter == " " else spelled)
    assert level("".join(letters)) == level(text)


@pytest.mark.parametrize(
    "text",
    [
        "đọc mã o.t.p cho họ, k.ế.t bạn zalo",
        "doc ma 0TP, ketbanzalo",
        "đ-ọc mã OTP, k-ết bạn zalo",
        "ĐỌC_MÃ_OTP KẾT_BẠN_ZALO",
    ],
)
def test_torn_and_joined_words_are_read(text: str) -> None:
    assert level(text) == "scam"


# --- what stays calm ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "vneid không gửi mã otp thì làm sao",
        "nộp phạt nguội ở đâu, lệ phí bao nhiêu",
        "link chính thức nộp phạt nguội là trang nào vậy ad",
        "thanh toán lệ phí qua mã qr được không",
        "em làm mất sim, làm lại thì có nhận được otp không",
        "làm căn cước trong hôm nay có lấy liền không",
        "",
        "   \n",
    ],
)
def test_ordinary_questions_raise_no_alarm(text: str) -> None:
    assert level(text) == "none"


def test_a_genuine_phrase_takes_points_away_and_hides_no_harm() -> None:
    shield = Shield(replace(SAFE, genuine=("tại quầy", "không có đường dẫn")))
    notice = "tài khoản tạm giữ, trong hôm nay ra làm việc tại quầy, tin này không có đường dẫn"
    assert (level(notice), level(notice, shield)) == ("scam", "suspicious")
    assert level(f"{PAID} tại quầy", shield) == "panic"


def test_to_send_an_official_link_is_no_sign() -> None:
    text = "họ gửi tin, bấm vào link {} trước 17 giờ"
    assert level(text.format("vneid-capnhat.top")) == "scam"
    assert level(text.format("dichvucong.gov.vn")) == "none"
    assert level(text.format("https://dichvucong.gov.vn/x?to=https://evil.top")) != "none"


def test_a_calm_phrase_takes_points_away() -> None:
    text = "tài khoản tạm giữ, đọc mã otp"
    assert level(text) == "scam"
    assert level(text, Shield(replace(SAFE, calm=("tạm giữ", "mã otp", "đọc mã")))) == "suspicious"


@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    alarm = SHIELD.judge(text)
    assert alarm is None or len(alarm.reasons) <= MOST_REASONS
    assert SHIELD.harm(text) in ("", *SAFE.guides[FIRST_AID].questions["chuyen_gi"].options)
    BARE.judge(text)


WORDS = st.sampled_from(
    ["nó", "bảo", "em", "chuyển", "tiền", "cho", "rồi", "lỡ", "đã", "bị", "lừa", "otp", "mã", "zalo"]
)
BITS = st.one_of(WORDS, st.sampled_from(["link", "5tr", ".", ",", "vneid.top", "\u200b", "apk"]))


@given(st.lists(BITS, max_size=60).map(" ".join))
def test_reasons_are_sentences_and_none_comes_twice(text: str) -> None:
    alarm = SHIELD.judge(text)
    if alarm:
        assert len(set(alarm.reasons)) == len(alarm.reasons) <= MOST_REASONS
        assert all(alarm.reasons)
        assert (alarm.level == "panic") == bool(alarm.harm)


# --- the real content -----------------------------------------------------------------------------------------------


def test_what_citizens_ask_of_the_guides_raises_no_alarm() -> None:
    content, shield = real()
    asked = [text for guide in content.guides.values() if guide.topic != FIRST_AID for text in guide.examples]
    telling = [
        entry
        for entry in content.entries.values()
        if FIRST_AID in (entry.topic, *entry.related) or "lừa" in entry.answer
    ]
    asked += [text for entry in content.entries.values() if entry not in telling for text in entry.questions]
    asked += [text for words in content.aspects.values() for text in words]
    alarmed = [text for text in asked if level(text, shield) != "none"]
    assert len(alarmed) <= len(asked) / 200, alarmed  # some of them do tell of a scam


def test_what_citizens_ask_frightens_nobody() -> None:
    """Of questions about procedures, next to none is taken for somebody who was harmed."""
    content, shield = real()
    asked = [text for guide in content.guides.values() if guide.topic != FIRST_AID for text in guide.examples]
    entries = (entry for entry in content.entries.values() if FIRST_AID not in (entry.topic, *entry.related))
    asked += [text for entry in entries for text in entry.questions]
    panics = [text for text in asked if level(text, shield) == "panic"]
    assert len(panics) <= len(asked) / 2000, panics


def test_what_scammers_say_raises_an_alarm() -> None:
    content, shield = real()
    says = [text for warning in content.warnings.values() for text in warning.says]
    missed = [text for text in says if level(text, shield) == "none"]
    assert len(missed) <= len(says) / 50, missed


CASES = HERE / "cases" / "scam.yaml"


def test_the_cases_of_a_second_reader_hold() -> None:
    count: Counter[tuple[str, str]] = Counter()
    for case in yaml.load(CASES.read_text("utf-8"), yaml.CBaseLoader):  # noqa: S506 - texts only
        count[case["level"], level(case["text"], real()[1])] += 1
    total = Counter({wanted: sum(n for (each, _), n in count.items() if each == wanted) for wanted, _ in count})
    assert count["panic", "panic"] == total["panic"]
    assert count["scam", "none"] <= 0.03 * total["scam"]
    assert count["none", "scam"] + count["none", "panic"] == 0
    assert count["none", "suspicious"] <= 0.05 * total["none"]


def test_a_message_is_judged_in_time() -> None:
    """Ten times the aim of 0.3 ms and 2 ms, on the processor: a slow or busy machine passes, a blow-up does not."""
    shield = real()[1]
    for text, seconds in (
        (CALL, 0.003),
        ("chuyển tiền rồi " * 125, 0.05),
        ("https://a.b@" * 166, 0.05),
        (".[(" * 666, 0.05),
    ):
        shield.judge(text)
        started = thread_time()
        shield.judge(text)
        assert thread_time() - started < seconds


def test_the_links_of_a_message_are_judged_like_the_message() -> None:
    text = "vào vneid-capnhat.top, dichvucong.gov.vn"
    assert SHIELD.links(text) == judge(SAFE, text)
    assert [link.kind for link in SHIELD.links(text)] == ["lookalike", "official"]

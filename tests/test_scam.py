"""A scam is recognised however it is spelled, harm done comes first, and what citizens ordinarily ask stays calm."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import thread_time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.content.load import load
from bot.content.types import FIRST_AID, Content
from bot.message import Alarm
from bot.safety.evidence import MOST_REASONS
from bot.safety.links import judge
from bot.safety.scam import Shield
from tests.safe_content import SAFE

HERE = Path(__file__).parent
SHIELD = Shield(SAFE)
BARE = Shield(Content())
CALL = "công an phường gọi bảo VNeID lỗi, kết bạn Zalo để hướng dẫn, đọc mã OTP cho họ nghe"
SMS = "Bên công an thông báo: bấm vào link vneid-capnhat.top trước 17h để tránh bị khóa"
PAID = "em lỡ chuyển tiền cho nó rồi, 15 triệu"


def level(text: str, shield: Shield = SHIELD) -> str:
    alarm = shield.judge(text)
    return alarm.level if alarm else "none"


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


# --- harm done ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        (PAID, "chuyen_tien"),
        ("mẹ em ra ngân hàng chuyển hết 200 triệu cho bọn nó rồi", "chuyen_tien"),
        ("mới ck cho người ta 5tr tiền cọc xong nó block em luôn", "chuyen_tien"),
        ("vừa quét mã qr xong bị trừ 2 triệu", "chuyen_tien"),
        ("nó bảo chuyển vào tài khoản lạ, em chuyển rồi, biết bị lừa rồi", "chuyen_tien"),
        ("troi doc ma otp cho no roi gio lam sao", "dua_otp"),
        ("mẹ mình vừa đọc cho họ cái mã gửi về điện thoại", "dua_otp"),
        ("lỡ tải file apk về máy rồi", "cai_ung_dung"),
        ("em vừa chia sẻ màn hình cho nó xong", "cai_ung_dung"),
        ("em lỡ chụp căn cước hai mặt gửi cho người lạ", "gui_giay_to"),
        ("facebook của em bị hack rồi, nó nhắn mượn tiền bạn bè", "mat_tai_khoan"),
        ("em lỡ bấm vào đường link lạ", "bam_link"),
        ("con em bị tụi nó bắt ở khách sạn, bị nó nhốt", "bi_de_doa"),
        ("nó dọa tung ảnh của em nếu không chuyển tiền", "bi_tong_tien"),
        ("em bị nó dọa tung clip", "bi_tong_tien"),
        ("nó bắt cóc con em, dọa tung ảnh", "bi_de_doa"),
        ("em bị lừa", "chua_ro"),
        ("lừa đảo chuyển tiền rồi", "chuyen_tien"),
        ("tôi bị lừa rồi, giờ làm sao", "chua_ro"),
        ("tài khoản tự nhiên bị trừ sạch tiền", "chua_ro"),
        ("bi lưa roi", "chua_ro"),
        ("cu chuyen 5tr r h k rút đc, nó còn đòi nạp thêm, sàn k cho rút", "chuyen_tien"),
    ],
)
def test_harm_done_comes_first_and_says_which(text: str, harm: str) -> None:
    alarm = SHIELD.judge(text)
    assert alarm
    assert (alarm.level, SHIELD.harm(text), alarm.harm) == ("panic", harm, harm)
    question = SAFE.guides[FIRST_AID].questions["chuyen_gi"]
    assert alarm.reasons == (question.options[harm].label,)


def test_the_gravest_of_several_harms_counts() -> None:
    assert SHIELD.harm("em lỡ đọc otp rồi mất trắng 20 triệu, bị lừa mất hết") == "chuyen_tien"


def test_the_words_of_the_guide_count_too() -> None:
    assert SHIELD.harm("em đọc otp cho họ rồi") == "dua_otp"


@pytest.mark.parametrize(
    "text",
    [
        "em chưa chuyển tiền cho nó",
        "bị lừa thì báo ở đâu",
        "máy bị điều khiển chậm khi quét nfc",
        "đừng chuyển tiền cho bọn lừa đảo",
        "nó bảo em chuyển tiền cho nó",
        "nếu lỡ chuyển tiền thì làm sao",
        "em lỡ chuyển nhầm tiền nộp phạt",
        "nhập otp rồi mà vẫn báo sai mã",
        "quét mặt rồi mà vneid vẫn báo không khớp",
        "lỡ gửi nhầm giấy khai sinh bản photo lên cổng",
        "vừa chuyển khoản lệ phí hộ chiếu xong chưa thấy biên lai",
        "bấm vào link kích hoạt rồi mà trang trắng",
        "vneid bắt nhập mã 6 số mà em quên rồi",
        "con ga qua cau di bo mat trang uong nuoc mia",
        "trả tiền cho người ta rồi mà không sang tên xe",
        "nho nguoi la nop ho qua zalo co bi mat tien ko",
        "bấm link này có bị mất tiền không",
    ],
)
def test_what_was_not_done_or_is_no_harm_is_no_panic(text: str) -> None:
    assert level(text) != "panic"
    assert SHIELD.harm(text) == ""


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


@cache
def real() -> tuple[Content, Shield]:
    content = load(HERE.parent)
    return content, Shield(content)


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


@pytest.mark.parametrize(
    ("text", "despair"),
    [
        ("lỡ chuyển tiền hết rồi tôi muốn chết", True),
        ("toi bi lua 200 trieu, khong muon song nua", True),
        ("lỡ chuyển tiền cho nó rồi, lo muốn chết mất", True),
        ("lỡ chuyển tiền cho nó rồi, giờ sao", False),
    ],
)
def test_despair_is_heard_beside_the_harm(text: str, despair: bool) -> None:
    alarm = SHIELD.judge(text)
    assert alarm
    assert alarm.despair == despair
    assert SHIELD.despair(text) == despair


@pytest.mark.parametrize(
    ("text", "despair"),
    [
        ("mẹ em hay uống thuốc ngủ, đi khám có bảo hiểm không", False),
        ("bac si ke don uong thuoc ngu, bhyt tra khong", False),
        ("tôi vừa uống cả vỉ thuốc ngủ", True),
        ("chac uong thuoc ngu cho xong", True),
        ("em định uống thuốc ngủ", True),
    ],
)
def test_who_takes_sleeping_pills_by_prescription_does_not_despair(text: str, despair: bool) -> None:
    assert real()[1].despair(text) == despair


@pytest.mark.parametrize(
    "text",
    [
        "Tui mất sạch rồi, sống không nổi nữa",
        "nợ mấy trăm triệu, tôi không thiết sống nữa",
        "bi gat het von lieng, em muon tu tu",
    ],
)
def test_to_despair_of_a_loss_is_harm(text: str) -> None:
    alarm = real()[1].judge(text)
    assert alarm
    assert (alarm.level, alarm.despair) == ("panic", True)


@pytest.mark.parametrize(
    "text",
    [
        "ông anh tui góp vốn đào coin, giờ bên đó dẹp luôn rồi, trắng tay",
        "chuyển xong mới thấy sai sai, họ thu hồi tin nhắn hết rồi",
        "má tui nghe lời con nhỏ đó đọc mấy số trong thẻ, giờ mất hết tiền hưu",
        "em chyển tiền cho người ta rồi giờ nhắn hoài không trả lời",
    ],
)
def test_harm_is_heard_in_words_that_no_phrase_has(text: str) -> None:
    assert level(text, real()[1]) == "panic"


@pytest.mark.parametrize(
    "text",
    [
        "nộp lệ phí xong nó báo lỗi, giờ làm sao",
        "mất điện từ sáng tới giờ, gọi ai",
        "nếu lỡ đưa mã cho người ta rồi thì làm gì",
        "em chưa chuyển tiền cho nó, nó hối quá",
        "đưa hết giấy tờ cho cán bộ một cửa rồi, giờ chờ mấy ngày",
    ],
)
def test_what_only_sounds_like_harm_is_no_panic(text: str) -> None:
    assert level(text, real()[1]) != "panic"


def test_despair_is_heard_without_an_alarm_too() -> None:
    assert SHIELD.judge("tôi muốn chết") is None
    assert SHIELD.despair("tôi muốn chết")
    assert not SHIELD.despair("tôi muốn làm hộ chiếu")


def test_the_links_of_a_message_are_judged_like_the_message() -> None:
    text = "vào vneid-capnhat.top, dichvucong.gov.vn"
    assert SHIELD.links(text) == judge(SAFE, text)
    assert [link.kind for link in SHIELD.links(text)] == ["lookalike", "official"]

"""Harm done comes first and says which harm it is; despair is heard beside it and without it."""

from __future__ import annotations

import pytest

from bot.content.types import FIRST_AID
from bot.safety.fold import fold
from bot.safety.harm import _is_undone
from tests.safe_content import SAFE
from tests.shields import PAID, SHIELD, level, real


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
    ("text", "despair"),
    [
        ("chờ lâu muốn chết luôn", False),
        ("buồn ngủ muốn chết", False),
        ("chờ lâu quá, tôi muốn chết", True),
        ("mệt mỏi quá, muốn chết cho xong", True),
    ],
)
def test_dying_may_be_a_way_of_speaking(text: str, despair: bool) -> None:
    assert real()[1].despair(text) == despair


@pytest.mark.parametrize(
    ("text", "undone"),
    [
        ("em chưa chuyển tiền", True),
        ("em chưa chuyển nhưng đã đọc mã", False),
        ("chưa bấm gì mà lỡ gửi ảnh", False),
    ],
)
def test_what_was_not_done_does_not_hide_what_was(text: str, undone: bool) -> None:
    assert _is_undone(fold(text)) == undone


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("lừa rồi", "chua_ro"),
        ("tài khoản ngân hàng của tôi bị người lạ đăng nhập", "chua_ro"),
        ("vneid của tôi bị người khác đăng nhập", "chua_ro"),
        ("facebook của em bị hack rồi, nó nhắn mượn tiền bạn bè", "mat_tai_khoan"),
    ],
)
def test_a_bank_is_called_before_friends_are(text: str, harm: str) -> None:
    alarm = real()[1].judge(text)
    assert alarm
    assert (alarm.level, alarm.harm) == ("panic", harm)


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
        "em không bị lừa đâu ạ",
        "bà tôi suýt bị lừa",
        "tôi chưa bị lừa, chỉ hỏi cho biết",
        "em mất cccd",
        "vợ tôi bị mất căn cước",
        "me toi mat roi",
        "em ở nhà thuê",
        "ck e đang ở nhật",
        "họ bắt em chờ 2 tháng",
        "tôi đã đóng tiền rồi",
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

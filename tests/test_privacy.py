"""No secret survives masking, in any spacing; what a citizen asks about stays readable."""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.privacy import ACCOUNT, ADDRESS, ID, NAME, OTP, PHONE, has_personal, mask, personal
from bot.store.sqlite import SqliteStore
from tests.personal import CARDS, CODE_ASKS, IDENTITY, KINDS, PASS_ASKS, PHONES, Sent, number

WORDS = ["", "em tên Lan ", "cccd ", "sđt: ", "số của tôi là ", "gọi (", "stk ", "bước 2, ", "xem ở https://a.vn/"]
AFTER = ["", " tra giúp em", ", cảm ơn", ")", ".", "\nngày 20/11/2026", " rồi nhận 200.000 đồng"]


def digits_of(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@given(st.sampled_from(WORDS), st.one_of(IDENTITY, PHONES, CARDS), st.sampled_from(AFTER))
def test_no_number_of_a_person_survives_in_any_spacing(before: str, secret: str, after: str) -> None:
    masked = mask(before + secret + after)
    assert digits_of(masked) == digits_of(before) + digits_of(after)
    assert has_personal(before + secret + after)


@given(
    st.from_regex(r"[a-z0-9](?:[a-z0-9._%+-]{0,20}[a-z0-9])?@[a-z0-9]{1,10}(?:\.[a-z]{2,5}){1,2}", fullmatch=True),
    st.sampled_from(["", "thư em là ", "mail:", "<"]),
    st.sampled_from(["", " nhé", ">", ", sđt sau"]),
)
def test_no_address_survives(address: str, before: str, after: str) -> None:
    assert mask(before + address + after) == f"{before}[thư điện tử]{after}"


@given(st.sampled_from(CODE_ASKS + PASS_ASKS), st.from_regex("[0-9]{4,8}", fullmatch=True).filter(str.isascii))
def test_no_code_in_context_survives(before: str, code: str) -> None:
    for written in (code, f"{code[:3]} {code[3:]}", "-".join(code)):
        assert not digits_of(mask(f"{before}{written} em đọc cho họ rồi"))


@given(
    st.sampled_from(PASS_ASKS),
    st.from_regex("[A-Za-z0-9@#!$%_.]{2,10}[0-9][A-Za-z]{1,3}", fullmatch=True).filter(str.isascii),
)
def test_no_password_in_context_survives(before: str, password: str) -> None:
    assert password not in mask(f"{before}{password} có an toàn không")


@given(st.sampled_from(["stk ", "số tài khoản: ", "tk vcb của em ", "so tai khoan "]), number("[0-9]{6,16}"))
def test_no_account_in_context_survives(before: str, account: str) -> None:
    assert not digits_of(mask(before + account + " nhé")) or re.search(r"\d{2}[.-]\d{2}[.-]\d{4}", account)


@pytest.mark.parametrize("kind", KINDS)
@given(
    st.data(), st.sampled_from(["", "cho em hỏi ạ, "]), st.sampled_from(["", ", tra giúp em", " thì phải làm gì ạ?"])
)
def test_no_secret_of_any_kind_survives_in_a_sentence(kind: str, data: st.DataObject, before: str, after: str) -> None:
    sent: Sent = data.draw(KINDS[kind])
    masked = mask(before + sent.text + after).encode()
    assert [form for form in sent.forms if form in masked] == []
    assert masked.decode().startswith(before)
    assert masked.decode().endswith(after.lstrip(","))


CARD_ASKS = [
    *(
        "cvv ",
        "CVC: ",
        "cvv là số ",
        "cvv2 của tôi ",
        "mã cvv là ",
        "ba số sau thẻ ",
        "3 so mat sau the la ",
        "mã bảo mật thẻ visa ",
    ),
    *("ba số sau lưng thẻ: ", "mã pin thẻ ", "pin thẻ atm của tôi là ", "pin: "),
]
KIN = ["con gái em ", "con trai ", "vợ tôi ", "em ", "ông ngoại ", "dì ", "bé "]
SURNAMES = ["Phạm", "Nguyễn", "Lê", "Đỗ", "Pham", "Mai", "Hồ"]
GIVEN = ["Duyên", "Mỹ", "Trâm", "Khuê", "Thoa", "Gia", "Hân", "Quyen"]
SPOKEN = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
PHRASES = st.lists(st.sampled_from(["mèo", "mun", "hoa", "sen", "xanh", "trăng"]), min_size=2, max_size=4)


@given(st.sampled_from(CARD_ASKS), st.from_regex("[0-9]{4}|[0-9]{6}", fullmatch=True).filter(str.isascii))
def test_no_code_of_a_card_survives(before: str, code: str) -> None:
    short = code[:3] if "pin" not in before else code
    assert mask(f"{before}{short} nè, sao bị trừ tiền") == f"{before}[mã thẻ] nè, sao bị trừ tiền"


@given(CARDS, st.integers(1, 12), st.integers(25, 39), st.sampled_from([" hết hạn ", ", ", " exp ", "|", " "]))
def test_when_a_card_expires_is_masked_beside_it_with_the_code_that_follows(
    card: str, month: int, year: int, between: str
) -> None:
    assert mask(f"{card}{between}{month:02}/{year}, 123 nhé") == f"[số thẻ]{between}[hạn thẻ], [mã thẻ] nhé"


@given(
    st.sampled_from(PASS_ASKS[:3]), PHRASES, st.sampled_from(["", " 99", " mun7"]), st.sampled_from(["", " nhé", ", ạ"])
)
def test_a_password_of_several_words_is_masked_to_its_end(
    before: str, phrase: list[str], last: str, after: str
) -> None:
    assert mask(f"{before}{' '.join(phrase)}{last}{after}") == f"{before}[mật khẩu]{after}"


@given(st.sampled_from(KIN), st.sampled_from(SURNAMES), st.lists(st.sampled_from(GIVEN), min_size=1, max_size=3))
def test_a_name_after_a_kin_word_is_masked(kin: str, surname: str, given_names: list[str]) -> None:
    assert mask(f"{kin}{' '.join([surname, *given_names])} muốn hỏi") == f"{kin}[họ tên] muốn hỏi"


@given(st.from_regex("0[35789][0-9]{8}", fullmatch=True).filter(str.isascii), st.data())
def test_a_telephone_number_told_in_words_and_digits_is_masked(phone: str, data: st.DataObject) -> None:
    spoken = data.draw(st.sets(st.integers(0, 9), min_size=1), label="told in words")
    told = " ".join(SPOKEN[int(digit)] if n in spoken else digit for n, digit in enumerate(phone))
    assert re.fullmatch(r"gọi (\w+ )?\[số [^\]]+\]( \w+)? nhé", mask(f"gọi {told} nhé")), told


@given(st.dates(date(1940, 1, 1), date(2026, 11, 25)), st.sampled_from("/-."))
def test_a_birthday_is_masked_beside_a_name_and_the_year_stays(born: date, mark: str) -> None:
    day = f"{born.day:02}{mark}{born.month:02}"
    for text in ("em là Trần Thị Lan, sinh ngày {}", "sinh ngày {}, họ tên: Trần Thị Lan"):
        masked = mask(text.format(f"{day}{mark}{born.year}"))
        assert f"sinh ngày [ngày sinh]{mark}{born.year}" in masked
    assert mask(f"con sinh ngày {day}{mark}{born.year}") == f"con sinh ngày {day}{mark}{born.year}"


KEPT = ["1900 0368", "20/11/2026", "200.000", " đồng", "1.001456", "[mật khẩu]", "[mã OTP]"]
NAMED = [
    "tên em là ",
    "là ",
    "Nguyễn Văn An ",
    "lê",
    "ở ",
    "số ",
    "12/3",
    " ngõ ",
    " đường ",
    "Lê Lợi",
    "29A-",
    "123.45",
]
LOOSE = [
    "cvv",
    "09/28",
    "không chín ",
    "con gái ",
    "sinh ngày 14/02/1987",
    "mk",
    "là",
    ":",
    "otp",
    "mật khẩu",
    "stk",
    "123456",
    "0912345678",
    "a@b.vn",
    "x1y2z3",
    "đ",
    "k",
    *" .-[@+\n()",
]
PIECES = st.sampled_from([*KEPT, *NAMED, *LOOSE])


@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text()))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)
    assert not has_personal(mask(text))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("cccd em 079123456789 tra giúp", "cccd em [số định danh] tra giúp"),
        ("(024) 3825 1234", "([số điện thoại]"),
        ("thẻ 4111 1111 1111 1111", "thẻ [số thẻ]"),
        ("chuyển vào stk 12345678 vcb", "chuyển vào stk [số tài khoản] vcb"),
        ("mst 0101243150-001", "mst [mã số thuế]"),
        ("số bhxh 7912345678", "số bhxh [số bảo hiểm]"),
        ("BHYT DN4010123456789", "BHYT DN[số bảo hiểm]"),
        ("123456 là mã otp", "[mã OTP] là mã otp"),
        ("mk: AI0A nhé", "mk: [mật khẩu] nhé"),
        ("trả ngày 20/11/2026 0912345678", "trả ngày 20/11/2026 [số điện thoại]"),
        ("cmnd 123.456.789 dong thap", "cmnd [số định danh] dong thap"),
        ("xe 59-X1 234.56 bị phạt", "xe [biển số] bị phạt"),
        ("biển số 30k12345 với 29A-1234", "biển số [biển số] với [biển số]"),
        ("hộ chiếu C1234567 hết hạn", "hộ chiếu [số hộ chiếu] hết hạn"),
        ("em tên là Lan muốn hỏi phí", "em tên là [họ tên] muốn hỏi phí"),
        ("TÊN TÔI LÀ TRẦN VĂN A, HỎI TẠM TRÚ", "TÊN TÔI LÀ [họ tên], HỎI TẠM TRÚ"),
        ("em la nguyen thi lan can lam ho chieu", "em la [họ tên] can lam ho chieu"),
        ("chủ hộ là Lê Thị Bưởi, vợ tên Hoa", "chủ hộ là [họ tên], vợ tên [họ tên]"),
        ("ở số 12 đường 3/2 phường 10", "ở [địa chỉ] phường 10"),
        ("nhà số 12 ngõ 5 đường Lê Lợi, xã Tân An", "[địa chỉ], xã Tân An"),
        ("em ở 12/3 le loi phuong 3", "em ở [địa chỉ] phuong 3"),
        ("căn hộ A12.05 chung cư Xanh", "[địa chỉ]"),
        ("45 phố Huế thì nộp ở đâu", "[địa chỉ] thì nộp ở đâu"),
        ("thẻ 4111 1111 1111 1111 hết hạn 09/28 cvv 123", "thẻ [số thẻ] hết hạn [hạn thẻ] cvv [mã thẻ]"),
        ("774 là mã cvv, pin thẻ atm của tôi là 112233", "[mã thẻ] là mã cvv, pin thẻ atm của tôi là [mã thẻ]"),
        ("mã xác thực của tôi 552 817", "mã xác thực của tôi [mã OTP]"),
        ("mật khẩu là con mèo mun 99 em quên", "mật khẩu là [mật khẩu] em quên"),
        ('mật khẩu là "con của em" nhé', "mật khẩu là [mật khẩu] nhé"),
        ("con gái em Phạm Mỹ Duyên học ở Hà Nội", "con gái em [họ tên] học ở Hà Nội"),
        ("vợ nguyễn thị hoa, bé Lê Gia Hân K67", "vợ [họ tên], bé [họ tên] K67"),
        ("0 chín không ba 123 456 là số em", "[số điện thoại] là số em"),
        ("gọi không chín không ba một hai ba bốn năm sáu", "gọi [số điện thoại]"),
        ("0 chín không ba 123 456 " * 7, "[số điện thoại] " * 7),
        ("sđt o9o3123457, ba em 0912 345 678 năm 2026", "sđt [số điện thoại], ba em [số điện thoại] năm 2026"),
        ("em là Lê Văn An sinh 14 tháng 2 năm 1987", "em là [họ tên] sinh [ngày sinh] năm 1987"),
        ("số ０７９１２３４５６７８９", "số [số định danh]"),
    ],
)
def test_a_placeholder_says_what_was_there(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "gọi 1900 0368 hay 113, 114",
        "gọi 1900545413, 1800 1096, 1900 54 54 13 hoặc 113/114/115",
        "lệ phí 200.000 - 400.000 đồng, đất 1.500.000.000 đồng, 200000000 đ",
        "Thông tư 116/2026/TT-BCA, Nghị định 154/2024/NĐ-CP ngày 20/11/2026",
        "từ 20-11-2026 10:30 đến 01.12.2026, giai đoạn 2021-2025",
        "thủ tục 1.001456, mã 1.001456.000.00.00.H01, tờ khai CT01",
        "mật khẩu là gì, quên mật khẩu thì sao, passcode có 6 số",
        "mật khẩu phải có 8-12 ký tự",
        "không nhận được otp thì gọi 1900 0368, otp hết hạn sau 5 phút",
        "tài khoản bị trừ 500.000 đồng",
        "con 5 tuổi sinh năm 2021 ở phường 10, đường 3/2",
        "không thu vào tài khoản cá nhân.\nHà Nội 1900 1288, miền Bắc 1900 6769",
        "nghị định 168 phạt bao nhiêu, nghị định số 168/2024/NĐ-CP của Chính Phủ, luật 26/2023",
        "vneid mức 2 khác mức 1, bước 3, mẫu số 01, số 1 hay số 2",
        "ngày 12/3 Lê Lợi thi bằng A1, hạn 30/6 nộp 2 đường bưu điện",
        "tên con là gì, con tên nước ngoài, sai tên đệm, tên công ty là chủ hộ",
        "tôi là vợ, tôi là hồ sơ viên, tôi là mai mới đi, người làm là công an xã",
        "đóng 50k 2000 tờ, lớp 12A1 2026, quốc lộ 1A 2026, 24h 30000 đồng",
        "xe 50 phân khối, xe 110 phân khối, 2 bản pho to, ở 3 tháng, tại 63 tỉnh",
        "vào https://dichvucong.gov.vn?a=1",
        "đọc cvv mất 500 nghìn, nhập cvv xong trừ 300k, hỏi cvv 3 lần, ba số sau thẻ là gì",
        "pin là 4000mAh, pin: 5000 mah, thẻ visa hết hạn 09/28 thì sao",
        "quên mật khẩu vneid thì làm sao, quen mk lay lai sao, mk làm cccd 2 tuần rồi",
        "xin mật khẩu là lừa đảo, hỏi passcode là theo quy định nào",
        "chồng Thái Lan, em Hà Nội, bố Hồ Sơ Cấp, cho em Cao Đẳng, anh công an xã",
        "con sinh ngày 14/02/2026, vợ sinh 1987, không có năm 2025, ba hai một con",
        "có không 2 3 người, ba năm 2024 2025, lương 100.000.000 đồng năm 2026",
    ],
)
def test_what_a_citizen_asks_about_stays_readable(text: str) -> None:
    assert mask(text) == text
    assert not has_personal(text)


def test_the_kinds_of_what_is_masked_are_named() -> None:
    assert personal(f"cccd 079123456789, sđt 0912345678, {ACCOUNT}, phí 200.000 đồng") == {ID, PHONE}
    assert personal("em tên là Lan ở số 12 ngõ 5, otp 123456") == {NAME, ADDRESS, OTP}
    assert personal("[số thẻ] phí bao nhiêu") == frozenset()


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "cvv của ",
            "mật khẩu là mèo ",
            "mk la ",
            "pin thẻ ",
            "ba số sau ",
            "mã bảo mật của thẻ ",
            "không ",
            "0 chín ",
        ),
        *("09/28 ", "4111 ", "con gái em Phạm ", "sinh ngày ", "là ", '"', "[số thẻ]", "1-", "a@", "o", " "),
    ],
)
def test_the_longest_message_is_masked_at_once(piece: str) -> None:
    for text in ((piece * 2000)[:2000], ("cvv mk là " + piece * 2000)[:2000]):
        start = process_time()
        mask(text)
        assert process_time() - start < 0.5  # a tenth of it is usual; what blows up takes far more


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


async def test_neither_the_database_nor_the_log_holds_a_secret(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = ["079123456789", "0912345678", "lan.nguyen@gmail.com", "4111111111111111", "482913", "Hoa@2020"]
    text = (
        "cccd {} sđt {} thư {} thẻ {} mã otp là {} mk: {} tra giúp em hồ sơ".format(*secrets)
        + " cccd 0791 2345 6789 gọi 0912.345.678"
    )
    path = tmp_path / "motcua.db"
    caplog.set_level(logging.DEBUG)
    store = await SqliteStore.open(path)
    await store.record_unknown(mask(text), datetime(2026, 11, 25, tzinfo=UTC))
    files = contents(tmp_path)
    await store.close()
    files["closed"] = contents(tmp_path)[path.name]
    assert set(files) == {"motcua.db", "motcua.db-wal", "motcua.db-shm", "closed"}
    for content in (*files.values(), caplog.text.encode()):
        for secret in (*secrets, "0791 2345 6789", "0912.345.678"):
            assert secret.encode() not in content
    assert "tra giúp em hồ sơ".encode() in files["closed"]

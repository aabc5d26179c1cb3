"""No secret survives masking, in any spacing; what a citizen asks about stays readable."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.privacy import has_personal, mask
from bot.store.sqlite import SqliteStore

WORDS = ["", "em tên Lan ", "cccd ", "sđt: ", "số của tôi là ", "gọi (", "stk ", "bước 2, ", "xem ở https://a.vn/"]
AFTER = ["", " tra giúp em", ", cảm ơn", ")", ".", "\nngày 20/11/2026", " rồi nhận 200.000 đồng"]
SEPARATORS = ["", " ", ".", "-", " - ", "  ", "\u00a0", "\u200b", "–", "_"]


def digits_of(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@st.composite
def spaced(draw: st.DrawFn, number: str) -> str:
    """The number in groups, with one separator throughout, or with a separator of its own at every gap."""
    cuts = sorted(draw(st.sets(st.integers(1, len(number) - 1), max_size=5)))
    groups = [number[a:b] for a, b in zip([0, *cuts], [*cuts, len(number)], strict=True)]
    one = draw(st.sampled_from(SEPARATORS))
    return one.join(groups)


def number(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True).filter(str.isascii).flatmap(spaced)


def luhn(digits: str) -> str:
    """The digits and their check digit."""
    total = sum(sum(divmod(int(d) * (2 - n % 2), 10)) for n, d in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


IDENTITY = number("[0-9]{9}|0[0-9]{11}")
PHONES = number(r"0[35789][0-9]{8}|02[0-9]{9}|\+84[0-9]{9}|84[0-9]{9}")
CARDS = st.from_regex("[4-6][0-9]{14}", fullmatch=True).filter(str.isascii).map(luhn).flatmap(spaced)
MONEYLIKE = re.compile(r"\d{1,3}(\.\d{3})+ - \d{1,3}(\.\d{3})+")


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


CODE_ASKS = ["mã otp là ", "OTP: ", "otp ", "Ma xac thuc la ", "mã xác nhận ", "otp nó gửi về là ", "mã pin = ", "cvv "]
PASS_ASKS = ["mk: ", "mật khẩu là ", "mat khau vneid cua em la ", "Mật khẩu ", "pass: ", "passcode ", "password = "]


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


KEPT = ["1900 0368", "20/11/2026", "200.000", " đồng", "1.001456", "[mật khẩu]", "[mã OTP]"]
LOOSE = ["mk", "là", ":", "otp", "mật khẩu", "stk", "123456", "0912345678", "a@b.vn", "x1y2z3", "đ", "k", *" .-[@+\n()"]
PIECES = st.sampled_from([*KEPT, *LOOSE])


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
        "con 5 tuổi sinh năm 2021 ở số 12 đường 3/2 phường 10",
        "vào https://dichvucong.gov.vn?a=1",
    ],
)
def test_what_a_citizen_asks_about_stays_readable(text: str) -> None:
    assert mask(text) == text
    assert not has_personal(text)


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

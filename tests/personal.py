"""Made-up personal data of every kind, in the sentences in which citizens send it: for property tests and raw searches."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

SEPARATORS = ["", " ", ".", "-", " - ", "  ", "\u00a0", "\u200b", "–", "_"]
CODE_ASKS = ["mã otp là ", "OTP: ", "otp ", "Ma xac thuc la ", "mã xác nhận ", "otp nó gửi về là ", "mã pin = ", "cvv "]
PASS_ASKS = ["mk: ", "mật khẩu là ", "mat khau vneid cua em la ", "Mật khẩu ", "pass: ", "passcode ", "password = "]
SAYS_NAME = ["tôi tên là ", "Tên em là ", "em tên: ", "họ và tên: ", "ten toi la ", "chủ hộ là ", "em là "]
LIVES = ["", "nhà em ", "em ở ", "địa chỉ: ", "thuê trọ tại "]
SURNAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Hồ",
    "Ngô",
    "Dương",
    "Nguyen",
]
GIVEN = ["Bưởi", "Quỳnh", "Thắm", "Khuê", "Trâm", "Xuyến", "Ngoan", "Hoạch", "Thoa", "Quyên", "Tuyet"]
STREETS = ["Lê Lợi", "Nguyễn Thị Minh Khai", "Trần Phú", "Quang Trung", "Bà Triệu", "Ngo Quyen"]


@dataclass(frozen=True)
class Sent:
    """A message, and the secrets in it as they are written."""

    text: str
    secrets: tuple[str, ...]

    @property
    def forms(self) -> list[bytes]:
        """What must be found nowhere: as written, and of a number the digits without what separates them."""
        numbers = (secret for secret in self.secrets if not any(map(str.isalpha, secret)))
        bare = ("".join(filter(str.isdigit, secret)) for secret in numbers)
        return [form.encode() for form in {*self.secrets, *bare}]


def digits(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True).filter(str.isascii)


@st.composite
def spaced(draw: st.DrawFn, number: str) -> str:
    """The number in groups, with one separator throughout."""
    cuts = sorted(draw(st.sets(st.integers(1, len(number) - 1), max_size=5)))
    groups = [number[a:b] for a, b in zip([0, *cuts], [*cuts, len(number)], strict=True)]
    return draw(st.sampled_from(SEPARATORS)).join(groups)


def number(pattern: str) -> st.SearchStrategy[str]:
    return digits(pattern).flatmap(spaced)


def luhn(digits: str) -> str:
    """The digits and their check digit."""
    total = sum(sum(divmod(int(d) * (2 - n % 2), 10)) for n, d in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


IDENTITY = number("[0-9]{9}|0[0-9]{11}")
PHONES = number(r"0[35789][0-9]{8}|02[0-9]{9}|\+84[0-9]{9}|84[0-9]{9}")
CARDS = digits("[4-6][0-9]{14}").map(luhn).flatmap(spaced)
TAXES = number("0[0-9]{9}") | digits("0[0-9]{9}").flatmap(lambda ten: digits("[0-9]{3}").map(lambda n: f"{ten}-{n}"))
INSURANCE = number("[0-9]{10}")
CODES = digits("[1-9][0-9]{5}")
PASSWORDS = digits("[A-Z][a-z]{3,6}[@#!$%_.][0-9]{2,4}")
PASSPORTS = digits("[BCNP][0-9]{7}")
EMAILS = digits(r"[a-z][a-z0-9._]{3,12}[a-z0-9]@[a-z]{2,8}\.(?:com|vn|com\.vn)")


@st.composite
def plates(draw: st.DrawFn) -> str:
    """«59-X1 234.56», «29A-123.45», «30k12345», «80-NG-1234»."""
    head = draw(digits("(?:1[1-9]|[2-9][0-9])(?:-?[A-HKLMNPSTUVXYZ][1-9]|[A-HKLMNPSTUVXYZ]|LD|AA|-NG)"))
    tail = draw(digits(r"[0-9]{3}\.[0-9]{2}|[0-9]{5}|[0-9]{4}"))
    return head + draw(st.sampled_from(["-", " "])) + tail


@st.composite
def names(draw: st.DrawFn) -> str:
    middle = draw(st.sampled_from(["Văn", "Thị", "Ngọc", "Van", "Thi"]))
    name = f"{draw(st.sampled_from(SURNAMES))} {middle} {draw(st.sampled_from(GIVEN))}"
    return draw(st.sampled_from([name, name.upper(), name.lower() if middle in ("Văn", "Thị", "Van", "Thi") else name]))


@st.composite
def homes(draw: st.DrawFn) -> tuple[str, str]:
    """The words with a house number, and the part that names the door."""
    one, two, street = draw(st.integers(1, 999)), draw(st.integers(1, 99)), draw(st.sampled_from(STREETS))
    home = draw(
        st.sampled_from(
            [
                f"số {one} ngõ {two} đường {street}",
                f"{one}/{two} {street}",
                f"số nhà {one} đường {street.lower()}",
                f"hẻm {one}/{two} {street}",
                f"so {one} ngach {two} ngo 5",
                f"{one}A/{two} đường {street}",
                f"{one} phố {street}",
            ]
        )
    )
    return home, home


def _sent(asks: list[str], secrets: st.SearchStrategy[str]) -> st.SearchStrategy[Sent]:
    return st.builds(lambda ask, secret: Sent(f"{ask}{secret}", (secret,)), st.sampled_from(asks), secrets)


KINDS: dict[str, st.SearchStrategy[Sent]] = {
    "id": _sent(["cccd ", "số định danh của em là ", "cmnd: ", ""], IDENTITY),
    "phone": _sent(["sđt: ", "gọi em ", "zalo ", ""], PHONES),
    "card": _sent(["thẻ ", "số thẻ visa ", ""], CARDS),
    "account": _sent(["stk ", "số tài khoản: ", "tk vcb của em "], number("[1-9][0-9]{8,13}")),
    "tax": _sent(["mst ", "mã số thuế cá nhân ", ""], TAXES),
    "insurance": _sent(["số bhxh ", "mã số bảo hiểm xã hội của em là ", "sổ bhxh "], INSURANCE),
    "code": _sent(CODE_ASKS, CODES),
    "password": _sent(PASS_ASKS, PASSWORDS),
    "email": _sent(["thư em là ", "mail:", ""], EMAILS),
    "passport": _sent(["hộ chiếu số ", "passport ", ""], PASSPORTS),
    "plate": _sent(["biển số ", "xe em ", ""], plates()),
    "name": _sent(SAYS_NAME, names()),
    "home": st.builds(lambda live, home: Sent(live + home[0], (home[1],)), st.sampled_from(LIVES), homes()),
}
ANY = st.one_of(*KINDS.values())
EVERYTHING = st.tuples(*KINDS.values())

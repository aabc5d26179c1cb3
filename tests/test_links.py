"""Every link is found however it is written; official ones are never called imitations, imitations are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.types import Content
from bot.safety.links import Verdict, find, judge
from tests.safe_content import SAFE


def one(text: str, content: Content = SAFE) -> Verdict:
    (verdict,) = judge(content, text)
    return verdict


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("vào vneid-capnhat.top nhé", "vneid-capnhat.top"),
        ("https://VNEID.Top/a?b=1", "vneid.top"),
        ("hxxps://vneid[.]top/x", "vneid.top"),
        ("vneid(.)top", "vneid.top"),
        ("vneid . top", "vneid.top"),
        ("vneid .top", "vneid.top"),
        ("vneid (chấm) top", "vneid.top"),
        ("dichvucong chấm gov chấm vn", "dichvucong.gov.vn"),
        ("http : // vneid.top", "vneid.top"),
        ("vne\u200bid.t\u200dop", "vneid.top"),
        ("ｄｉｃｈｖｕｃｏｎｇ．ｇｏｖ．ｖｎ", "dichvucong.gov.vn"),
        ("dichvucong。gov。vn", "dichvucong.gov.vn"),
        ("DICHVUCONG.GOV.VN.", "dichvucong.gov.vn"),
        ("(dichvucong.gov.vn)", "dichvucong.gov.vn"),
        ("link:vneid.top,nhanh", "vneid.top"),
        ("vneid%2Etop", "vneid.top"),
        ("http://45.76.234.141/vn.apk", "45.76.234.141"),
        ("45.76.234.141", "45.76.234.141"),
        ("http://2130706433/", "2130706433"),
        ("https://dichvucong.gov.vn@evil.top/a", "evil.top"),
        ("dichvucong.gov.vn@evil.top", "evil.top"),
        ("https://dichvucong.gov.vn:443@evil.top", "evil.top"),
        ("https://dichvucong.gov.vn/a@evil.top", "dichvucong.gov.vn"),
        ("http://evil.com:8080/x", "evil.com"),
        ("nộp bhxh.co nhé", "bhxh.co"),
        ("zalo.me/84912345678", "zalo.me"),
    ],
)
def test_a_link_is_found_however_it_is_written(text: str, host: str) -> None:
    assert [link.host for link in find(text)] == [host]


@pytest.mark.parametrize(
    "text",
    [
        "nộp xong rồi.có cần gì không",
        "xong roi.co can gi ko",
        "lệ phí 7.000.000 đồng, ngày 20.11.2026, mã 1.001456.000.00.00.H01",
        "Nghị định 154/2024/NĐ-CP, mẫu CT01.docx, ảnh.zip",
        "thư lan.nguyen@gmail.com, cskh@hcmpc.com.vn",
        "dạ... em cảm ơn. Top 5 việc. VNeID. Top đầu",
        "v1.2.3 và a.b.c.d",
    ],
)
def test_ordinary_dots_are_no_links(text: str) -> None:
    assert find(text) == []


OFFICIAL = ["dichvucong.gov.vn", "csgt.bocongan.gov.vn", "congan.laichau.gov.vn", "vneid.gov.vn", "vr.org.vn"]
OFFICIAL += ["vietcombank.com.vn", "portal.vietcombank.com.vn", "vietnamairlines.com"]


@given(
    st.sampled_from(OFFICIAL),
    st.sampled_from(["", "https://", "http://www.", "HXXPS://", "("]),
    st.sampled_from(["", "/", "/vneid/acb?x=bocongan", ".", ":443/a", " nhé", ")"]),
    st.booleans(),
)
def test_an_official_page_is_official_in_every_form(host: str, before: str, after: str, upper: bool) -> None:
    text = f"vào {before}{host.upper() if upper else host}{after}"
    assert [(verdict.kind, verdict.risky) for verdict in judge(SAFE, text)] == [("official", False)]


def test_the_agency_of_an_official_page_is_named() -> None:
    assert one("dichvucong.gov.vn").reason == "dichvucong.gov.vn là trang của Cổng Dịch vụ công."
    assert one("congan.laichau.gov.vn").agency == "cơ quan nhà nước"


def test_an_official_page_that_leads_on_says_so() -> None:
    verdict = one("http://dichvucong.gov.vn/redirect?url=http://evil.top")
    assert (verdict.kind, verdict.risky) == ("official", True)
    assert verdict.reason.endswith("Dẫn tiếp.")


@pytest.mark.parametrize(
    "text",
    [
        "https://dichvucong.gov.vn@evil.top",
        "dichvucong.gov.vn.evil.top",
        "evil.gov.vn.co",
        "dichvucong-gov.vn",
        "dichvucong.gov-vn.com",
        "gplxgov.vn",
        "xgovvn.net",
        "govvvn.com",
        "visa.govt.vn",
        "acb.vn-ul.top",
        "acb.com.vn-inc.life",
        "vneid.top",
        "vneid-capnhat.top",
        "capnhat24hvneid.com",
        "vne1d.top",
        "vnеid.top",  # a Cyrillic е
        "vnéid.top",
        "xn--vnid-cpa.top",
        "dichvucông.gov.vn",
        "vietcommbank.top",
        "vietcombamk.com",
        "vietnamairslines.com",
        "bhxh.co",
        "phatnguoi-csgt.cc",
        "j8sk.vip/doidiemVCB",
        "cskh-evnspc.vn.aptoide.com",
    ],
)
def test_an_imitation_is_called_one(text: str) -> None:
    assert one(text).kind == "lookalike"


@pytest.mark.parametrize(
    "text",
    [
        "benhviengovap.vn",
        "teqsa.gov.au",
        "vnexpress.net/gia-cong-an-cai-vneid-4697990.html",
        "https://acb.com.vn/x",
        "thuvienphapluat.vn",
        "event.vn",
        "longan.vn",
        "facebook.com/congan",
        "https://play.google.com/store/apps/details?id=com.vnid",
    ],
)
def test_an_honest_page_is_unknown_at_most(text: str) -> None:
    assert one(text).kind == "unknown"


def test_a_shortener_is_named() -> None:
    assert one("https://bit.ly/3xyz").kind == "shortener"


@pytest.mark.parametrize(
    "text",
    [
        "http://45.76.234.141/",
        "https://abc.com/vneid.apk",
        "https://a:b@abc.com",
        "http://abc.com:8080",
        "state-bank.vercel.app",
        "apkpure.com",
        "xn--dmin-4q5a.vn",
    ],
)
def test_a_form_that_scammers_use_is_risky(text: str) -> None:
    assert (one(text).kind, one(text).risky) == ("unknown", True)


def test_a_reason_shows_no_link_that_can_be_pressed() -> None:
    assert one("vneid.top").reason.startswith("vneid . top không phải VNeID")
    assert find(one("evil.top").reason.replace(" . ", "-")) == []


def test_without_content_nothing_is_official_but_the_state() -> None:
    kinds = [verdict.kind for verdict in judge(Content(), "dichvucong.gov.vn vietcombank.com.vn evil.gov.vn.co")]
    assert kinds == ["official", "unknown", "lookalike"]
    assert judge(Content(), "a.com")[0].reason == ""


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    for link in find(text):
        assert link.host
        assert link.typed
    assert len(judge(SAFE, text)) == len(find(text))


MARKS = st.sampled_from(
    ["https://", "hxxp:", "@", ":", "/", ".", "[.]", " . ", "%2e", "?", "(chấm)", "。", "\u200b", "\n", "-"]
)
PIECES = st.one_of(
    MARKS, st.sampled_from(["vneid", "gov", "vn", "top", "xn--", "é", "а", "dichvucong.gov.vn", "1", "255", " "])
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_odd_link_raises_and_no_odd_form_turns_official(text: str) -> None:
    for verdict in judge(replace(SAFE, watch=(*SAFE.watch, "")), text):
        assert (verdict.kind == "official") <= f".{verdict.host}".endswith(
            (".gov.vn", ".vr.org.vn", ".vietcombank.com.vn")
        )

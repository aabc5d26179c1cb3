"""Every link is found however it is written; official ones are never called imitations, imitations are.

One room: one function over one list of known pages; every case is a way to write a link and what it is called.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.types import Content, Domain
from bot.safety.links import Verdict, find, judge
from tests.safe_content import DAY, FORMS, LINKS, SAFE


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
        ("dịchvụcông chấm gov chấm vn", "dichvucong.gov.vn"),  # said aloud
        ("dichvucоng chấm gov chấm vn", "dichvucоng.gov.vn"),  # о is Cyrillic
        ("www . vneid - gov . vn", "www.vneid-gov.vn"),
        ("vneid - gov . vn", "vneid-gov.vn"),
        ("vay- vietcombank . com . vn", "vay-vietcombank.com.vn"),
        ("dichvucong . gov . vn - hoso . top", "dichvucong.gov.vn-hoso.top"),
        ("VNeID - vneid.gov.vn", "vneid.gov.vn"),
        ("bit . ly / nhanqua-vneid", "bit.ly"),
        ("bit dot ly / abc", "bit.ly"),
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
        ("h**ps://vneid.top", "vneid.top"),
        ("https//vneid.top", "vneid.top"),
        ("https:vneid.top", "vneid.top"),
        ("http:\\\\vneid.top", "vneid.top"),
        ("vneid[dot]top", "vneid.top"),
        ("vneid{chấm}top", "vneid.top"),
        ("vneid·top", "vneid.top"),
        ("v n e i d . t o p", "vneid.top"),
        ("vào vneid-capnhat. top ngay", "vneid-capnhat.top"),
        ("vào vneid-capnhat,top ngay", "vneid-capnhat.top"),
        ("ⓥⓝⓔⓘⓓ.ⓣⓞⓟ", "vneid.top"),
        ("𝐯𝐧𝐞𝐢𝐝.𝐭𝐨𝐩", "vneid.top"),
        ("vneid.tор", "vneid.tор"),  # о and р are Cyrillic
        ("https://%76neid.top/a", "vneid.top"),
        ("https://vn%C3%A9id.top", "vnéid.top"),
        ("https://dichvucong.gov.vn%40evil.top", "evil.top"),
        (f"https://dichvucong.gov.vn:{'a' * 300}@evil.top", "evil.top"),
        ("https://evil.top\\@dichvucong.gov.vn", "evil.top"),
        ("http://0x2d4cea8d/", "0x2d4cea8d"),
        ("http://0x2d.0x4c.0xea.0x8d/", "0x2d.0x4c.0xea.0x8d"),
        ("http://[2001:db8::1]/x", "[2001:db8::1]"),
        ("nhóm t.me/+AbCd", "t.me"),
        ("tg://join?invite=AbCd", "t.me"),
        ("zalo://qr/g/abc", "zalo.me"),
        ("MEBKM:TITLE:a;URL:http\\://vneid.top/a;;", "vneid.top"),  # what a QR code says
        ("URL:HTTPS://VNEID.TOP/A", "vneid.top"),
        ("SMSTO:8088:vneid.top", "vneid.top"),
        ("itms-services://?action=download-manifest&url=https://a.top/manifest.plist", "a.top"),
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
        "trang đuôi gov.vn, gov . vn mới là thật",
        "bit . ly, pháp . lý / hành chính, 5 - 7 ngày",
        "xong rồi. top 5 việc, đẹp,vip, số 12-34. vn",
        "giảm 50%, còn 20%40 ngày",
        "00020101021138540010A00000072701240006970436011012345678900208QRIBFTTA53037045802VN6304A1B2",
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
    assert one("dichvucong.gov.vn").reason == "dichvucong.gov.vn là trang của Cổng Dịch vụ công, ngày 04/06/2025."
    assert one("congan.laichau.gov.vn").agency == "cơ quan nhà nước"
    assert one("congan.laichau.gov.vn").reason == "congan.laichau.gov.vn có đuôi .gov.vn."


def test_a_page_that_nobody_confirmed_is_not_called_official() -> None:
    verdict = one("online.acb.com.vn")
    assert (verdict.kind, verdict.agency) == ("unknown", "ACB")
    assert verdict.reason == "online . acb . com . vn có thể của ACB: chưa có nguồn."


def test_vn_alone_proves_nothing() -> None:
    assert [verdict.kind for verdict in judge(SAFE, "hoidap.vn a.org.vn b.edu.vn c.com.vn")] == ["unknown"] * 4


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
        "lambhxhdigi.com",
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
        "lamhochieu24h.com",
        "hochieu-online.vn",
        "viet-com-bank.com",
        "viiietcombank.com",
        "acbvnx.com",
        "https://dichvucong.gov.vn%40evil.top",
        "dichvucong.gоv.vn",  # a Cyrillic о
        "vneid.tор",
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
        "hochieuqua.vn",
        "topdevn.com",
        "zalo.me/0912345678",
        "t.me/abc",
        "facebook.com/congan",
        "https://play.google.com/store/apps/details?id=com.vnid",
    ],
)
def test_an_honest_page_is_unknown_at_most(text: str) -> None:
    assert one(text).kind == "unknown"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("dich vu cong . gov . vn", "dichvucong.gov.vn"),
        ("vào trang dich vu cong.gov.vn", "dichvucong.gov.vn"),
        ("vào dịch vụ công chấm gov chấm vn gạch chéo hồ sơ", "dichvucong.gov.vn"),
        ("bo cong an . hanoi . gov . vn", "bocongan.hanoi.gov.vn"),
        ("vào trang moc.gov.vn", "moc.gov.vn"),
    ],
)
def test_a_page_of_the_state_has_the_name_that_was_written(text: str, host: str) -> None:
    assert [(verdict.host, verdict.kind, verdict.risky) for verdict in judge(SAFE, text)] == [(host, "official", False)]


@pytest.mark.parametrize("text", ["dich vu cоng.gov.vn", "https://gov.vn", "dich vu cong.com.vn", "vr . org - x . vn"])
def test_pieces_make_no_official_page(text: str) -> None:
    assert all(verdict.kind != "official" for verdict in judge(SAFE, text))


def test_a_name_without_bait_may_be_its_owners() -> None:
    """Honest pages have such names too: it is unknown and a warning, not an imitation."""
    for text in ("acbthanglong.vn", "online.acbthanglong.com.vn", "acb.vn", "vietcombank.com"):
        assert (one(text).kind, one(text).risky) == ("unknown", True)
    assert one("acb.vn").reason.startswith("acb . vn có thể của ACB")
    assert one("bhxhtunguyen.vn").reason.startswith("bhxhtunguyen . vn đáng nghi")


@pytest.mark.parametrize(
    "text",
    [
        "vneid.com",  # the state has its pages under gov.vn
        "bocongan.vn",
        "acbthanglong.com",
        "acb-thanglong.vn",
        "vietcombank.net.vn",
        "acbbank.vn",
        "vietcombanking.vn",
        "vietcombanks.vn",
        "vietc0mbank.vn",
        "acbvietcombank.vn",
        "vneid.acbthanglong.vn",
        "acbthanglong.vn/a.apk",
    ],
)
def test_a_name_with_bait_a_slip_or_another_name_is_an_imitation(text: str) -> None:
    forms = FORMS | {"di_kem": (*FORMS["di_kem"], "banking")}
    assert one(text, replace(SAFE, forms=forms)).kind == "lookalike"


def test_a_page_where_anybody_has_pages_is_only_that_page() -> None:
    page = Domain("store.com/app?id=vn.id", "VNeID trong kho", DAY)
    content = replace(SAFE, domains=SAFE.domains | {page.host: page})
    for text in ("https://store.com/app?id=vn.id", "www.store.com/app?id=vn.id&hl=vi"):
        assert (one(text, content).kind, one(text, content).agency) == ("official", "VNeID trong kho")
    for end in ("?id=vn.id.evil", "?id=vn.id&id=evil", "?id=vn.id/../evil", "?id=evil", ""):
        assert one(f"https://store.com/app{end}", content).kind == "unknown"


def test_a_link_that_leads_on_to_a_worse_page_is_judged_by_that_one() -> None:
    assert one("https://a.com/url?q=http://vneid.top/x").kind == "lookalike"
    assert one("https://a.com/url?q=http%3A%2F%2Fbit.ly/x").kind == "shortener"
    assert one("https://a.com/url?q=https://dichvucong.gov.vn").host == "a.com"


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
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[2001:db8::1]/",
        "tienbank.com",
        "nganhangviet.org",
        "d82yy.com",
        "itms-services://?action=download-manifest&url=https://abc.com/manifest.plist",
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


CLUES = {
    "https://dichvucong.gov.vn@evil.top": ("link_vi_a_cong", "Cổng Dịch vụ công"),
    "dichvucong.gоv.vn": ("link_vi_chu_la", "Cổng Dịch vụ công"),
    "vnéid.top": ("link_vi_chu_la", "VNeID"),
    "acb.vn-ul.top": ("link_vi_duoi", "ACB"),
    "gplxgov.vn": ("link_vi_gov", "cơ quan nhà nước"),
    "vneid-capnhat.top": ("link_vi_ghep", "VNeID"),
    "vne1d.top": ("link_vi_ghep", "VNeID"),
    "dichvucong.abc.com": ("link_vi_ten_con", "Cổng Dịch vụ công"),
    "vietnamairslines.com": ("link_vi_gan", "Vietnam Airlines"),
    "j8sk.vip/doidiemVietcombank": ("link_vi_duong_dan", "Vietcombank"),
}


@pytest.mark.parametrize("text", CLUES)
def test_it_says_what_is_imitated_and_what_gives_it_away(text: str) -> None:
    clue, agency = CLUES[text]
    verdict = one(text, replace(SAFE, bot=LINKS | {clue: "chính nó"}))
    assert (verdict.kind, verdict.agency) == ("lookalike", agency)
    assert verdict.reason.endswith(f"không phải {agency}: chính nó.")


def test_a_borrowed_name_is_its_domains_own() -> None:
    bank = Domain("acb.com.vn", "ACB", DAY, names=("achaubank",))
    verdict = one("achaubank24h.com", replace(SAFE, domains={bank.host: bank}))
    assert (verdict.kind, verdict.agency) == ("lookalike", "ACB")


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

"""A pasted message: the verdict, why, what its links are, what to do; nothing personal comes out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.types import FIRST_AID, Content
from bot.dialogue.checking import Check, CheckedLink, check
from bot.safety.privacy import has_personal
from bot.safety.scam import Shield
from tests.checked_content import CALM, CHECKED, PAID, SCAM
from tests.guides import SENTENCES, TODAY
from tests.safe_content import POLICE
from tests.shields import real

SHIELD = Shield(CHECKED)


def of(text: str, content: Content = CHECKED) -> Check:
    return check(content, SHIELD if content is CHECKED else Shield(content), text, TODAY)


def test_a_scam_is_told_with_its_reasons_its_likeness_and_what_is_true() -> None:
    found = of(SCAM)
    assert (found.level, found.warning, found.title) == ("scam", "gia_cong_an", "Giả công an")
    assert found.head == SENTENCES["dau_lua_dao"]
    assert found.reasons[1:] == ("Vì sao xung_danh.", "Vì sao bam_link.")
    assert found.advice.startswith(f"{POLICE.truth}\nLỡ làm theo rồi thì mở hướng dẫn «Bị lừa đảo».")
    assert found.guide == FIRST_AID
    assert found.answers == ()


def test_without_a_known_script_it_says_what_always_holds() -> None:
    found = of("https://dichvucong.gov.vn@evil.top vào được không")
    assert (found.level, found.warning, found.title) == ("scam", "", "")
    assert found.advice.startswith(SENTENCES["khong_lam_theo"])


def test_who_lost_money_is_told_the_first_acts_and_where_they_go_on() -> None:
    found = of(PAID)
    assert (found.level, found.head) == ("panic", SENTENCES["xet_da_bi"])
    assert found.reasons == ("Đã chuyển tiền",)
    assert found.advice.split("\n")[:4] == ["• Bấm «Gọi ngân hàng».", "• Bấm «Cắt liên lạc».", "• Bấm «Gọi 113».", ""]
    assert (found.guide, found.answers) == (FIRST_AID, (("chuyen_gi", "chuyen_tien"),))


def test_an_ordinary_message_is_not_called_safe() -> None:
    found = of(CALM)
    assert (found.level, found.reasons, found.links) == ("none", (), ())
    assert (found.head, found.advice) == (SENTENCES["xet_khong_thay"], SENTENCES["xet_can_than"])


@pytest.mark.parametrize(
    ("text", "verdict", "agency"),
    [
        ("dichvucong.gov.vn", "official", "Cổng Dịch vụ công"),
        ("xa.gov.vn", "official", SENTENCES["link_co_quan"]),
        ("vneid-capnhat.top", "lookalike", "VNeID"),
        ("bit.ly/abc", "risky", ""),
        ("vnexpress.net", "unknown", ""),
        ("vneid.gov.vn", "official", "VNeID"),
    ],
)
def test_a_link_is_named_for_what_it_is(text: str, verdict: str, agency: str) -> None:
    (link,) = of(text).links
    assert (link.text, link.verdict, link.agency) == (text, verdict, agency)
    assert link.reason


def test_an_ip_address_is_shown_though_it_looks_like_a_private_number() -> None:
    (link,) = of("tải ở http://145.176.234.141/vn.apk").links
    assert (link.text, link.verdict) == ("http://145[.]176[.]234[.]141/vn.apk", "risky")
    assert "145[.]176[.]234[.]141" in link.reason
    (hidden,) = of("http://2130706433/a").links
    assert "127[.]0[.]0[.]1" in hidden.reason


def test_an_invitation_to_chat_is_named_for_what_it_is() -> None:
    (link,) = of("vào nhóm zalo.me/g/abcxyz").links
    assert link.verdict == "unknown"
    assert link.reason.startswith("Địa chỉ zalo . me là link nhắn tin hay mời vào nhóm")


def test_an_official_page_that_leads_on_is_risky() -> None:
    (link,) = of("https://dichvucong.gov.vn/x?to=https://evil.top").links
    assert (link.verdict, link.agency) == ("risky", "Cổng Dịch vụ công")


def test_a_link_comes_once_and_in_order() -> None:
    assert [link.text for link in of("b.com a.com b.com").links] == ["b.com", "a.com"]


def test_a_bad_link_among_calm_words_is_pointed_at() -> None:
    text = "lỡ chuyển nhầm, nếu lỡ thì xem vneid-capnhat.top"
    found = of(text)
    assert (found.level, found.links[0].verdict) == ("none", "lookalike")
    assert found.head == SENTENCES["xet_link_la"]
    assert of("lỡ chuyển nhầm, nếu lỡ thì xem vnexpress.net").head == SENTENCES["xet_khong_thay"]


def test_a_reason_about_a_link_is_told_with_the_link_only() -> None:
    found = of(SCAM)
    assert found.reasons[0] == found.links[0].reason
    assert found.other_reasons == list(found.reasons[1:])


@pytest.mark.parametrize("text", ["tôi muốn chết", f"{PAID}, không muốn sống nữa"])
def test_despair_is_answered_first(text: str) -> None:
    found = of(text)
    assert found.comfort == "Xin đừng ở một mình."
    assert found.to_json()["next"]["text"].startswith("Xin đừng ở một mình.\n\n")
    assert of(CALM).comfort == ""


def test_what_is_personal_is_masked_in_links_and_reasons() -> None:
    found = of("xem 0912345678.top hoặc zalo.me/0912345678, mail lan@gmail.com, pass: vit.com/?otp=482913")
    assert "0912345678" not in str(found)
    assert "482913" not in str(found)
    assert found.links[0].text == "[số điện thoại].top"


def test_it_is_written_as_the_contract_says() -> None:
    link = CheckedLink("a.top", "lookalike", "VNeID", "Vì sao.")
    found = Check("scam", "Đừng.", "Cúp máy.", "gia", "Giả", ("Một.",), (link,), "lua_dao", (("q", "a"),))
    assert found.to_json() == {
        "level": "scam",
        "warning": "gia",
        "title": "Giả",
        "reasons": ["Một."],
        "links": [{"text": "a.top", "verdict": "lookalike", "agency": "VNeID", "reason": "Vì sao."}],
        "next": {"text": "Đừng.\nCúp máy.", "guide": "lua_dao"},
    }


@pytest.mark.parametrize("text", [SCAM, PAID, CALM])
def test_without_a_first_aid_guide_it_still_says_what_to_do(text: str) -> None:
    found = of(text, replace(CHECKED, guides={}))
    assert (found.guide, found.answers) == ("", ())
    assert found.advice


BITS = st.sampled_from(
    [SCAM, PAID, "otp", "zalo.me/0912345678", "xem", "mã OTP là 482913", "a@b.vn", "001099012345", "."]
)


@given(st.lists(st.one_of(BITS, st.text(max_size=20)), max_size=12).map(" ".join))
def test_no_text_raises_and_nothing_personal_comes_out(text: str) -> None:
    found = of(text)
    shown = [*found.reasons, *(link.text for link in found.links), *(link.reason for link in found.links)]
    assert not any(map(has_personal, shown))
    assert (found.level == "none") == (found.reasons == ())
    assert found == of(text)


def test_who_was_harmed_is_not_told_which_trick_it_may_have_been() -> None:
    content, shield = real()
    found = check(content, shield, "em lỡ chuyển tiền cho nó rồi", TODAY)
    assert (found.level, found.warning, found.title) == ("panic", "", "")
    assert found.reasons == ("Đã chuyển tiền",)

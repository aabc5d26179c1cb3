"""Official pages are recognised, invented fake ones are flagged, and the pages that everybody knows are left alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bench.scam import FAMILIES, ORDINARY, flagged, listed, verdict, without
from bot.content.load import load
from bot.content.types import Content
from bot.safety.links import Watch


@cache
def content() -> Content:
    return load(Path(__file__).parents[1])


def pages(path: Path) -> list[str]:
    return [page for each in listed(path).values() for page in each]


def test_every_confirmed_page_is_official_and_says_whose_and_since_when() -> None:
    watch = Watch(content())
    for host, domain in content().domains.items():
        found = verdict(watch, f"https://www.{host}/a?b=1")
        assert found
        assert found.agency == domain.agency
        if domain.confirmed:
            assert found.kind == "official"
            assert f"{domain.confirmed:%d/%m/%Y}" in found.reason
        else:
            assert found.kind == ("official" if host.endswith(".gov.vn") else "unknown")


def test_a_plain_name_is_not_said_to_be_false() -> None:
    watch = Watch(content())
    for page in ("evnfc.vn", "vcbneo.com.vn", "vnpayqr.vn", "zalopay.com.vn", "khachhang.giaohangtietkiem.vn"):
        found = verdict(watch, page)
        assert found
        assert found.kind == "unknown"
        assert "không phải" not in found.reason


def test_in_the_app_stores_only_vneid_is_known() -> None:
    watch = Watch(content())
    known = verdict(watch, "https://play.google.com/store/apps/details?id=com.vnid&hl=vi")
    other = verdict(watch, "https://play.google.com/store/apps/details?id=com.vneid.capnhat")
    assert known
    assert other
    assert (known.kind, other.kind) == ("official", "unknown")
    assert "nhà phát hành" in known.reason
    assert "nhà phát hành" in other.reason


def test_95_fake_pages_in_a_hundred_are_flagged() -> None:
    watch, fakes = Watch(content()), pages(FAMILIES)
    missed = [page for page in fakes if not flagged(watch, page)]
    assert len(missed) <= 0.05 * len(fakes), missed


def test_one_well_known_page_in_a_hundred_is_flagged_at_most() -> None:
    watch, known = Watch(content()), pages(ORDINARY)
    alarmed = [page for page in known if flagged(watch, f"https://{page}/tin-tuc.html")]
    assert len(alarmed) <= 0.01 * len(known), alarmed


def test_a_family_left_out_is_known_by_its_form_only() -> None:
    left = without(content(), ["vcb-doidiem.com"])
    assert not any(domain.agency == "Vietcombank" for domain in left.domains.values())
    assert not flagged(Watch(left), "vcb-doidiem.com")
    assert flagged(Watch(left), "vcb.vn-doidiem.com")

"""What follows from the signs of one message: a level, and at most three reasons."""

from __future__ import annotations

from bot.content.types import Signal
from bot.safety.evidence import Evidence
from bot.safety.links import Verdict


def sign(weight: float, kind: str = "money", id: str = "a") -> Signal:
    return Signal(id, kind, weight, f"Vì {id}.", ())


def link(kind: str, risky: bool = False) -> Verdict:
    return Verdict("a.top", "a.top", kind, "", f"Link {kind}.", risky)  # type: ignore[arg-type]


CLAIM = sign(1, "claim", "b")


def test_no_sign_is_no_alarm() -> None:
    assert Evidence().level is None


def test_two_signs_make_an_alarm_by_their_sum() -> None:
    assert Evidence((sign(1), CLAIM)).level == "suspicious"
    assert Evidence((sign(2), CLAIM)).level == "scam"
    assert Evidence((sign(0.5), CLAIM)).level is None


def test_a_page_that_imitates_is_a_warning_whatever_the_words_around_it() -> None:
    assert Evidence(links=(link("lookalike"),), wording=-0.9).level == "suspicious"
    assert Evidence(links=(link("lookalike"),), wording=-0.9, calm=1).level is None


def test_a_second_sign_of_a_kind_counts_for_half() -> None:
    assert Evidence((sign(2), sign(2, id="c"))).points == 3


def test_one_sign_is_suspicious_only_when_it_is_grave() -> None:
    assert Evidence((sign(3),)).level == "suspicious"
    assert Evidence((sign(1.9),), wording=-1.2).level is None


def test_somebody_who_only_got_in_touch_is_no_alarm() -> None:
    assert Evidence((CLAIM, sign(1.5, "channel", "c"))).level is None
    assert Evidence((CLAIM, sign(1.5, "pressure", "c"))).level == "suspicious"


def test_a_link_is_a_sign_and_a_risky_imitation_is_enough() -> None:
    assert Evidence((), (link("lookalike"),)).level == "suspicious"
    assert Evidence((), (link("lookalike", risky=True),)).level == "scam"
    assert Evidence((), (link("unknown"),)).level is None
    assert Evidence((), (link("official"),)).level is None
    assert Evidence((CLAIM,), (link("shortener"),)).level == "suspicious"


def test_doubt_adds_half_a_point() -> None:
    assert Evidence((sign(1.5),)).level is None
    assert Evidence((sign(1.5),), doubt=True).level == "suspicious"


def test_words_about_a_procedure_take_a_point_away_unless_somebody_claims_to_be_an_agency() -> None:
    signs = (sign(1.5), sign(1, "otp", "c"))
    assert Evidence(signs).level == "suspicious"
    assert Evidence(signs, everyday=True).level is None
    assert Evidence((*signs, CLAIM), everyday=True).level == "scam"


def test_a_calm_phrase_takes_a_point_away() -> None:
    assert Evidence((sign(1.5), CLAIM), calm=1).level is None


def test_wording_counts_on_both_sides() -> None:
    assert Evidence((sign(1), CLAIM), wording=0.5).level == "scam"
    assert Evidence((sign(1), CLAIM), wording=-0.3).level == "suspicious"
    assert Evidence((sign(1), CLAIM), wording=-1.4).level is None


def test_what_is_worded_as_citizens_write_is_no_scam_but_for_a_link() -> None:
    signs = (sign(3), sign(2, "otp", "c"), CLAIM)
    assert Evidence(signs).level == "scam"
    assert Evidence(signs, wording=0.1).level == "suspicious"
    assert Evidence(signs, wording=-1.5).level is None
    assert Evidence(signs, (link("lookalike"),), wording=-1.5).level == "scam"


def test_the_words_of_a_scam_are_suspicious_without_any_sign() -> None:
    like = Evidence(wording=0.2, script="Giống một thủ đoạn.")
    assert (like.level, like.reasons) == ("suspicious", ("Giống một thủ đoạn.",))
    assert Evidence(wording=-0.5, script="Giống.").level is None
    assert Evidence(wording=0.2, script="Giống.", everyday=True).level == "suspicious"
    assert Evidence(script="Giống.", verbatim=True, everyday=True).level == "suspicious"


def test_reasons_are_three_at_most_links_first_none_twice() -> None:
    signs = (sign(1), sign(2, id="c"), sign(2, id="c"), sign(3, id="d"))
    assert Evidence(signs, (link("unknown"), link("official"))).reasons == ("Link unknown.", "Vì d.", "Vì c.")

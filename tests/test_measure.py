"""What is counted as understood, and the bars that the real content has to hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.types import OUT_OF_SCOPE
from bot.engine import Brain
from bot.understanding.interpret import FINES
from bot.understanding.meaning import Ask, Unknown, Unsure
from bot.understanding.measure import Case, Outcome, cases, ece, figures, hit, outcome, part_right, reliability

CASES = Path(__file__).parent / "cases" / "understand"
RARE = CASES.parent / "rare"
CONDOLENCE = "viec_can_lam_khi_nguoi_than_mat"


def case(target: str = "a", *aspects: str, text: str = "câu", register: str = "marks") -> Case:
    topic = target or OUT_OF_SCOPE
    return Case(text, frozenset([topic]), target, frozenset(aspects), register)


def told(case: Case, meant: Ask | Unsure | Unknown, verdict: str) -> Outcome:
    return Outcome(case, meant, "", verdict, 0.1)


def test_the_right_part_among_two_counts_and_among_three_does_not() -> None:
    assert part_right(told(case("a", "ho_so"), Ask("a", ("le_phi", "ho_so")), "right"))
    assert not part_right(told(case("a", "ho_so"), Ask("a", ("le_phi", "loi", "ho_so")), "right"))
    assert not part_right(told(case("a", "tong_quan"), Ask("a", ("cac_buoc",)), "right"))
    assert part_right(
        told(case("a", "tong_quan"), Ask("a", ("cac_buoc",)), "right"), frozenset(["tong_quan", "cac_buoc"])
    )
    assert not part_right(told(case("a", "ho_so"), Unknown(), "unknown"))


def test_only_the_wanted_target_is_a_hit() -> None:
    assert hit(told(case("a"), Ask("a"), "right"))
    assert not hit(told(case("a"), Ask("b"), "right"))
    assert hit(told(case("a|b"), Ask("b"), "right"))
    assert not hit(told(case("a"), Unsure(("a",)), "offered"))


def test_sure_and_wrong_is_a_gap_sure_and_right_is_none() -> None:
    assert ece([told(case(), Ask("a", confidence=1.0), "right")]) == pytest.approx(0)
    assert ece([told(case(), Ask("b", confidence=1.0), "wrong")]) == pytest.approx(1)
    assert ece([]) == 0


def test_answers_of_like_confidence_are_counted_together_and_only_answers() -> None:
    found = reliability(
        [
            told(case(), Ask("a", confidence=0.92), "right"),
            told(case(), Ask("b", confidence=0.98), "wrong"),
            told(case(), Ask("a", confidence=0.5), "right"),
            told(case(), Unsure(("a",), confidence=0.4), "offered"),
        ]
    )
    assert [(each.answers, each.right) for each in found] == [(1, 1.0), (2, 0.5)]
    assert [each.confidence for each in found] == pytest.approx([0.5, 0.95])


def test_each_topic_counts_the_same_in_the_mean_over_topics() -> None:
    outcomes = [*[told(case("a"), Ask("a"), "right")] * 3, told(case("b"), Unknown(), "unknown")]
    assert figures(outcomes)["topic right"] == "75.0 %"
    assert figures(outcomes)["mean over topics of topic right"] == "50.0 %"


def test_shares_are_of_what_they_are_named_after() -> None:
    outcomes = [
        told(case("a", "ho_so"), Ask("a", ("ho_so",)), "right"),
        told(case("a", text="cau"), Ask("b"), "wrong"),
        told(case("a"), Unsure(("a",)), "offered"),
        told(case("a"), Unknown(), "unknown"),
        told(case(""), Unknown(), "right"),
        told(case(""), Ask("a"), "wrong"),
    ]
    found = figures(outcomes)
    assert found["cases (in scope / out)"] == "4 / 2"
    assert found["topic right"] == "25.0 %"
    assert found["topic right or offered"] == "50.0 %"
    assert found["right guide or entry"] == "25.0 %"
    assert found["aspect (where the topic is right)"] == "100.0 %"
    assert found["not understood"] == "25.0 %"
    assert found["wrong and confident (all)"] == "33.3 %"
    assert found["out-of-scope recall"] == "50.0 %"


BARS = {
    "topic right": 93,
    "right guide or entry": 85,
    "aspect (where the topic is right)": 84,
    "out-of-scope recall": 85,
}
CALIBRATED = 3  # percent; how sharp the heads are is a constant that a later content may outgrow


def test_the_real_content_holds_the_bars_on_questions_of_second_readers(brain: Brain) -> None:
    found = figures([outcome(brain.model, brain.content, brain.focus, each) for each in cases(brain.content, CASES)])
    share = {name: float(value.split()[0]) for name, value in found.items() if value.endswith("%")}
    assert {name: share[name] for name, bar in BARS.items() if share[name] < bar} == {}
    assert share["calibration error (ECE)"] <= CALIBRATED
    assert abs(share["topic right, with marks"] - share["topic right, without marks"]) <= 2


def test_nobody_is_condoled_who_tells_of_no_death(brain: Brain) -> None:
    found = [outcome(brain.model, brain.content, brain.focus, case) for case in cases(brain.content, RARE)]
    told = [
        one for one in found if one.case.topics.isdisjoint({"dang_ky_khai_tu", "lien_thong_khai_tu", "out_of_scope"})
    ]
    condoled = [one.case.text for one in told if isinstance(one.meant, Ask) and one.meant.target == CONDOLENCE]
    assert len(told) > 500
    assert not condoled


def test_a_fine_is_told_first_only_to_who_asks_for_it(brain: Brain) -> None:
    found = [outcome(brain.model, brain.content, brain.focus, case).meant for case in cases(brain.content, RARE)]
    pointed = [each for each in found if isinstance(each, Ask) and each.point]
    assert len(pointed) > 100
    assert [each for each in pointed if each.point and each.point[0] == FINES and FINES not in each.aspects] == []


def test_rare_situations_are_mostly_understood_and_strange_matters_refused(brain: Brain) -> None:
    """Written by people who had not read a sentence of the content; what is kept here was not learned from."""
    rows = list(cases(brain.content, RARE))
    found = [outcome(brain.model, brain.content, brain.focus, row) for row in rows]
    inside = [one.verdict for one in found if one.case.target]
    outside = [one.verdict for one in found if not one.case.target]
    assert len(inside) >= 100
    assert len(outside) >= 300
    assert sum(verdict in ("right", "offered") for verdict in inside) >= 0.65 * len(inside)
    assert outside.count("right") >= 0.82 * len(outside)

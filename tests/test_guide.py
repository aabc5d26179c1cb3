"""A guide on a day: what applies, what is still to be asked, which answers remain, which amount holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.choice import DONT_KNOW
from bot.content.types import Amount, Guide, Item
from bot.dialogue import guide as walks
from bot.session import Walk
from tests.guides import FIRST_AID, PASSPORT, RESIDENCE, TODAY, guide
from tests.talks import DAYS, MANY, TOLD, Luck, details, guides


def texts(items: list[Item] | tuple[Item, ...]) -> list[str]:
    return [item.text for item in items]


def labels(aspect: str, found: Guide = RESIDENCE, **answers: str) -> list[dict[str, tuple[str, ...]]] | None:
    variants = walks.variants(found, aspect, answers, TODAY)
    return variants and [dict(each.options) for each in variants]


def test_an_item_holds_from_its_first_day_to_its_last() -> None:
    item = Item("Được 0 đồng.", since=date(2026, 8, 15), until=date(2027, 2, 28))
    held = [
        walks.holds(item, day) for day in (date(2026, 8, 14), date(2026, 8, 15), date(2027, 2, 28), date(2027, 3, 1))
    ]
    assert held == [False, True, True, False]


def test_every_condition_has_to_hold_and_an_open_question_holds_nothing() -> None:
    item = Item("Hợp đồng.", {"noi_nop": ("tren_mang",), "cho_o": ("thue", "nguoi_than")})
    assert walks.applies(item, {"noi_nop": "tren_mang", "cho_o": "nguoi_than"})
    assert not walks.applies(item, {"noi_nop": "tren_mang", "cho_o": "nha_minh"})
    assert not walks.applies(item, {"noi_nop": "tren_mang"})


def test_not_knowing_leaves_all_options_open() -> None:
    shown = walks.visible(RESIDENCE, "ho_so", {"cho_o": DONT_KNOW}, TODAY)
    assert texts(shown) == ["Tờ khai CT01.", "Hợp đồng thuê.", "Giấy đồng ý của chủ nhà."]


def test_an_amount_holds_until_the_next_one_begins_and_none_before_the_first() -> None:
    item = Item("Phí", amounts=(Amount(date(2026, 4, 1), 200_000), Amount(date(2027, 1, 1), 300_000)))
    days = (date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31), date(2027, 1, 1), date(2040, 1, 1))
    assert [found and found.dong for found in (walks.amount(item, day) for day in days)] == [
        None,
        200_000,
        200_000,
        300_000,
        300_000,
    ]


def test_an_amount_that_nobody_confirmed_is_never_the_one_before() -> None:
    item = Item("Phí", amounts=(Amount(date(2026, 4, 1), 200_000), Amount(date(2027, 1, 1), None)))
    assert walks.amount(item, date(2027, 1, 1)) == Amount(date(2027, 1, 1), None)


def test_only_answers_to_questions_of_the_guide_are_known_and_the_later_wins() -> None:
    found = walks.known(RESIDENCE, {"noi_nop": "tren_mang", "tinh": "hue"}, {"noi_nop": "tai_quay", "cho_o": "lau_dai"})
    assert found == {"noi_nop": "tai_quay"}
    assert walks.known(RESIDENCE, {"cho_o": DONT_KNOW}) == {"cho_o": DONT_KNOW}


def test_answers_come_in_the_order_of_the_guide_whenever_they_were_given() -> None:
    assert list(walks.known(RESIDENCE, {"cho_o": "thue"}, {"noi_nop": "tren_mang"})) == ["noi_nop", "cho_o"]


def test_a_part_asks_only_what_it_depends_on_and_what_still_matters() -> None:
    def asked(**answers: str) -> list[str]:
        return [question.id for question in walks.open_questions(RESIDENCE, "cac_buoc", answers, TODAY)]

    assert [question.id for question in walks.open_questions(RESIDENCE, "le_phi", {}, TODAY)] == ["noi_nop"]
    assert asked() == ["noi_nop", "cho_o"]
    assert asked(noi_nop="tren_mang") == ["cho_o"]
    assert asked(noi_nop="tai_quay") == []
    assert asked(noi_nop=DONT_KNOW) == ["cho_o"]


def test_a_condition_that_is_past_asks_nothing() -> None:
    past = Item("Cũ.", {"noi_nop": ("tai_quay",)}, until=date(2026, 11, 24))
    found = replace(RESIDENCE, parts={"ho_so": (past, Item("Tờ khai."))})
    assert walks.open_questions(found, "ho_so", {}, TODAY) == []


def test_the_different_answers_that_remain_are_named_by_their_options() -> None:
    assert labels("le_phi") == [{"noi_nop": ("tren_mang",)}, {"noi_nop": ("tai_quay",)}]
    assert labels("le_phi", noi_nop="tai_quay") == [{}]
    assert labels("ho_so") == [{"cho_o": ("thue",)}, {"cho_o": ("nguoi_than",)}, {"cho_o": ("nha_minh",)}]
    assert labels("le_phi", PASSPORT) == [{"ly_do": ("lan_dau", "het_han")}, {"ly_do": ("mat",)}]


def test_answers_that_no_options_name_are_not_told_apart() -> None:
    """Lost by a child, or anything else: no option of one question says which."""
    lost = Item("Cha mẹ ký.", {"cho_ai": ("tre",), "ly_do": ("mat",)})
    assert labels("ho_so", replace(PASSPORT, parts={"ho_so": (lost,)})) is None
    assert labels("ho_so", replace(PASSPORT, parts={"ho_so": (lost,)}), cho_ai="lon") == [{}]


def test_a_part_with_very_many_paths_is_not_spelled_out() -> None:
    many = {id: replace(PASSPORT.questions["ly_do"], id=id) for id in "abcdef"}
    items = tuple(Item(id, {id: ("mat",)}) for id in many)
    assert labels("ho_so", guide("nhieu", "Nhiều", questions=many, parts={"ho_so": items})) is None


def test_steps_are_those_of_the_answers() -> None:
    shown = walks.steps(RESIDENCE, {"noi_nop": "tren_mang", "cho_o": "nha_minh"}, TODAY)
    assert [item.title for item in shown] == ["Mở VNeID", "Gửi hồ sơ", "Nhận kết quả"]


def test_a_step_stands_where_its_title_stands_else_at_the_first_not_yet_behind() -> None:
    shown = walks.steps(RESIDENCE, {"noi_nop": "tai_quay"}, TODAY)

    def at(step: str) -> int:
        return walks.position(RESIDENCE, Walk(RESIDENCE.id, (), step), shown)

    assert [at("Ra công an xã"), at("Nhận kết quả"), at("Gửi hồ sơ"), at("Bước đã bỏ")] == [0, 1, 0, 0]
    assert walks.position(RESIDENCE, Walk(RESIDENCE.id, (), "Nhận kết quả"), ()) == 0


def test_only_answers_that_a_part_depends_on_are_relevant() -> None:
    assert walks.relevant(RESIDENCE, "le_phi", {"noi_nop": "tai_quay", "cho_o": "thue"}) == {"noi_nop": "tai_quay"}


def test_an_amount_rests_on_its_own_sources() -> None:
    early = Item("Phí", amounts=(Amount(date(2027, 1, 1), 1, ("tt_moi",)),), sources=("tt_cu",))
    assert list(walks.sources([early], TODAY)) == ["tt_cu"]
    assert list(walks.sources([early], date(2027, 1, 1))) == ["tt_moi"]


def test_first_aid_needs_to_know_what_happened_first() -> None:
    assert [question.id for question in walks.open_questions(FIRST_AID, "cac_buoc", {}, TODAY)] == ["chuyen_gi"]


@given(guides("g"), st.integers(0, MANY), st.sampled_from(DAYS))
def test_variants_say_for_every_path_what_is_shown_there(found: Guide, drawn: int, today: date) -> None:
    luck = Luck(drawn)
    aspect, answers = luck.of(TOLD), details(luck, found)
    variants = walks.variants(found, aspect, answers, today)
    rest = [q for q in found.questions.values() if answers.get(q.id, DONT_KNOW) == DONT_KNOW]
    for path in product(*(question.options for question in rest)) if variants else ():
        chosen = answers | dict(zip((question.id for question in rest), path, strict=True))
        fits = [each for each in variants or () if all(chosen[id] in options for id, options in each.options.items())]
        assert [list(each.items) for each in fits] == [walks.visible(found, aspect, chosen, today)]


@given(guides("g"), st.integers(0, MANY), st.sampled_from(DAYS))
def test_nothing_that_is_left_out_of_the_questions_changes_a_part(found: Guide, drawn: int, today: date) -> None:
    luck = Luck(drawn)
    aspect, answers = luck.of(TOLD), {id: each for id, each in details(luck, found).items() if each != DONT_KNOW}
    if not walks.open_questions(found, aspect, answers, today):
        rest = [question for question in found.questions.values() if question.id not in answers]
        for path in product(*(question.options for question in rest)):
            more = answers | dict(zip((question.id for question in rest), path, strict=True))
            assert walks.visible(found, aspect, more, today) == walks.visible(found, aspect, answers, today)

"""What depends on the province: asked only there, understood from free text, kept, and changed when another is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.content.build import with_places
from bot.content.types import PLACE, Amount, Entry, Item, Local, Phone
from tests.guides import CHECKED, Talk, ask, guide, with_guides

FEES = (Item("Khai sinh muộn", local=True), Item("Bản sao", amounts=(Amount(date(2017, 1, 1), 8_000, ("tt_75",)),)))
BIRTH = guide("khai_sinh", "Đăng ký khai sinh", parts={"le_phi": FEES, "thoi_han": (Item("Trong ngày."),)})
DEATH = guide("khai_tu", "Đăng ký khai tử", parts={"le_phi": (Item("Khai tử muộn", local=True),)})
CITY = Local(
    "ho_chi_minh",
    "Thành phố Hồ Chí Minh",
    ("Bình Dương", "Bà Rịa - Vũng Tàu"),
    ("sài gòn", "sg", "hcm"),
    {"mot_cua": Phone("1022", CHECKED)},
    {
        "khai_sinh": {
            "Khai sinh muộn": (Amount(date(2025, 10, 1), 0, ("tt_116",)), Amount(date(2027, 1, 1), 5_000, ("tt_116",)))
        },
        "khai_tu": {"Khai tử muộn": (Amount(date(2025, 10, 1), 3_000, ("tt_116",)),)},
    },
)
HIGHLANDS = Local("lam_dong", "Lâm Đồng", ("Bình Thuận", "Đắk Nông"), ("đà lạt",))
LOCALS = {each.id: each for each in (CITY, HIGHLANDS)}
PLACED = replace(
    with_guides(*(with_places(each, LOCALS, "Anh/chị ở tỉnh nào?") for each in (BIRTH, DEATH))), locals=LOCALS
)


@pytest.fixture
def talk() -> Talk:
    return Talk(PLACED)


def test_a_fee_that_a_province_sets_asks_for_it_after_the_answer(talk: Talk) -> None:
    reply = talk.hear(ask("khai_sinh", "le_phi"))
    assert "Khai sinh muộn: theo nghị quyết của từng tỉnh" in reply
    assert "Anh/chị ở tỉnh nào?\n\nNguồn:" in reply
    assert talk.labels[:1] == ["Thành phố Hồ Chí Minh"], "only one that has set something can be pressed"
    assert "tỉnh" not in talk.hear(ask("khai_sinh", "thoi_han"))


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("bình dương", "ho_chi_minh"),
        ("em o binh duong cu", "ho_chi_minh"),
        ("tp hcm", "ho_chi_minh"),
        ("còn đà lạt thì sao", "lam_dong"),
        ("Lâm Đồng", "lam_dong"),
    ],
)
def test_old_and_new_names_and_short_ones_are_understood(talk: Talk, said: str, place: str) -> None:
    talk.hear(ask("khai_sinh", "le_phi"))
    reply = talk.say(said)
    assert talk.session.kept[PLACE] == place
    assert ("Khai sinh muộn: miễn phí" in reply) == (place == "ho_chi_minh")
    assert LOCALS[place].name in reply


def test_a_province_is_kept_for_other_guides_and_can_be_changed(talk: Talk) -> None:
    talk.hear(ask("khai_sinh", "le_phi", tinh="ho_chi_minh"))
    reply = talk.hear(ask("khai_tu", "le_phi"))
    assert "Khai tử muộn: 3.000 đồng" in reply
    assert "Anh/chị ở tỉnh nào?" not in reply
    assert "Tỉnh khác" in talk.labels
    assert "Anh/chị ở tỉnh nào?" in talk.say("tỉnh khác")
    assert "theo nghị quyết" in talk.say("đà lạt")
    assert talk.session.kept == {PLACE: "lam_dong"}
    assert "3.000 đồng" in talk.say("sg")


def test_the_amount_is_that_of_the_day() -> None:
    later = Talk(PLACED, date(2027, 3, 1))
    assert "Khai sinh muộn: 5.000 đồng" in later.hear(ask("khai_sinh", "le_phi", tinh="ho_chi_minh"))


def test_after_an_entry_a_province_asks_for_the_fees_of_its_guide() -> None:
    late = Entry(
        "muon", "khai_sinh", ("khai sinh muộn",), "Phải đóng lệ phí của tỉnh.", (), CHECKED, related=("khai_sinh",)
    )
    talk = Talk(replace(PLACED, entries={late.id: late}))
    talk.hear(ask("muon"))
    assert "Khai sinh muộn: miễn phí" in talk.say("bình dương")


def test_two_provinces_are_not_one(talk: Talk) -> None:
    talk.hear(ask("khai_sinh", "le_phi"))
    with pytest.raises(AttributeError):  # left to the model, and there is none here
        talk.say("quê đà lạt ở sg")


def test_people_of_the_province_can_be_called(talk: Talk) -> None:
    talk.hear(ask("khai_sinh", "le_phi", tinh="ho_chi_minh"))
    assert "Thành phố Hồ Chí Minh: Gọi 1022" in talk.say("gặp người thật")


def test_without_a_figure_nobody_is_asked() -> None:
    assert with_places(BIRTH, {"lam_dong": HIGHLANDS}, "Ở đâu?") == BIRTH


def test_a_part_is_told_when_an_editor_has_taken_the_question_for_the_province_away() -> None:
    birth = PLACED.guides["khai_sinh"]
    talk = Talk(replace(PLACED, guides={**PLACED.guides, birth.id: replace(birth, questions={})}))
    assert "Bản sao: 8.000 đồng" in talk.hear(ask("khai_sinh", "le_phi"))

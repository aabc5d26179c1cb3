"""Files → content: what is shared is resolved, every text is typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.content.load import default_dir, load
from bot.content.types import OUT_OF_SCOPE, Amount, Content, Domain, Guide, Item, Notice, Option, Question
from tests.content_files import FAQ, GOOD, changed, write

GUIDE = "service_guides/dang_ky_tam_tru.yaml"
SHARED = "service_guides/_shared.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return load(write(tmp_path))


def built(root: Path, texts: Mapping[str, str]) -> Guide:
    return load(write(root, texts)).guides["dang_ky_tam_tru"]


def test_a_guide_is_called_after_its_file_and_is_its_own_topic_unless_it_says_otherwise(tmp_path: Path) -> None:
    found = built(tmp_path, {})
    assert (found.id, found.topic) == ("dang_ky_tam_tru", "dang_ky_tam_tru")
    found = built(tmp_path, changed((GUIDE, "title: Đ", "topic: lua_dao\ntitle: Đ")))
    assert found.topic == "lua_dao"


def test_parts_bear_the_names_of_aspects_and_only_those_that_are_written(content: Content) -> None:
    found = content.guides["dang_ky_tam_tru"]
    assert list(found.parts) == ["ho_so", "le_phi", "thoi_han", "noi_nop", "cac_buoc"]
    assert found.parts["ho_so"][0] == Item("Hợp đồng thuê nhà.", {"cho_o": ("nha_thue",)})


def test_days_money_and_lists_are_typed(content: Content) -> None:
    found = content.guides["dang_ky_tam_tru"]
    assert (found.checked, found.review_by) == (date(2026, 11, 20), date(2027, 2, 20))
    assert found.parts["le_phi"][0].amounts == (Amount(date(2025, 7, 1), 7_000, ("tt_75_2022",)),)
    assert found.parts["thoi_han"][0].sources == ("luat_68_2020",)


def test_amounts_stand_in_the_order_of_their_days(tmp_path: Path) -> None:
    old = "      2025-07-01: {dong: 7.000, source: tt_75_2022}"
    new = f"      2027-01-01: {{dong: unknown, source: tt_75_2022}}\n{old}"
    found = built(tmp_path, changed((GUIDE, old, new)))
    assert [(each.since.year, each.dong) for each in found.parts["le_phi"][0].amounts] == [(2025, 7_000), (2027, None)]


def test_neighbours_may_stand_in_several_files(tmp_path: Path) -> None:
    more = "toa_an:\n  title: Tòa án\n  examples:\n    - kiện ở đâu\n  answer: Tòa án giải quyết.\n"
    content = load(write(tmp_path, {**GOOD, "intents/_out_of_scope_phap_luat.yaml": more}))
    assert list(content.neighbours) == ["ly_hon", "toa_an"]
    assert content.topic_of("toa_an") == OUT_OF_SCOPE


def test_sentences_that_teach_the_shield_may_stand_in_several_files(tmp_path: Path) -> None:
    more = "harmed:\n  chuyen_tien:\n    - tôi nạp hết rồi\nordinary:\n  - mã này của ai\n"
    content = load(write(tmp_path, {**GOOD, "faq_vi/canh_bao/_cau_mau_khac.yaml": more}))
    assert content.harmed["chuyen_tien"] == ("tôi chuyển cho nó hết rồi", "tôi nạp hết rồi")
    assert content.scams == ("chị đọc mã cho em",)
    assert content.ordinary == ("mã gửi về máy dùng làm gì", "mã này của ai")


def test_an_entry_is_asked_for_by_its_questions_and_by_examples_of_parts(tmp_path: Path) -> None:
    more = FAQ.replace("  answer:", "  examples:\n    le_phi:\n      - trẻ em đóng bao nhiêu\n  answer:", 1)
    entry = next(iter(load(write(tmp_path, {**GOOD, "faq_vi/cu_tru.yaml": more})).entries.values()))
    assert entry.questions[-1] == "trẻ em đóng bao nhiêu"
    assert entry.asked == {"trẻ em đóng bao nhiêu": "le_phi"}


def test_a_shared_question_is_taken_over_and_known_to_be_shared(content: Content) -> None:
    asked = content.guides["dang_ky_tam_tru"].questions
    assert (asked["cho_ai"].ask, asked["cho_ai"].shared) == ("Làm cho ai?", True)
    assert asked["cho_ai"].options["duoi_14"] == Option("duoi_14", "Trẻ dưới 14 tuổi", ages=(0, 13))
    assert (asked["cho_o"].ask, asked["cho_o"].shared) == ("Anh/chị ở đâu?", False)


def test_a_shared_item_brings_its_text_day_and_source(content: Content) -> None:
    assert content.guides["dang_ky_tam_tru"].parts["le_phi"][1] == Item(
        "Được 0 đồng nếu đủ giấy tờ.", until=date(2027, 2, 28), sources=("tt_75_2022",)
    )


def test_what_a_guide_adds_to_a_shared_item_is_said_after_it_and_its_own_words_count(tmp_path: Path) -> None:
    more = "  - shared: mien_phi\n    text: Riêng việc này ít khi được.\n"
    more += "    source: luat_68_2020\n    when: {cho_ai: duoi_14}\n"
    found = built(tmp_path, changed((GUIDE, "  - shared: mien_phi\n", more))).parts["le_phi"][1]
    assert found.text == "Được 0 đồng nếu đủ giấy tờ. Riêng việc này ít khi được."
    assert (found.sources, dict(found.when)) == (("luat_68_2020",), {"cho_ai": ("duoi_14",)})
    assert found.until == date(2027, 2, 28)


def test_a_shared_amount_is_the_guides_own(tmp_path: Path) -> None:
    shared = changed(
        (SHARED, "    until: 2027-02-28\n", "    amount:\n      2025-01-01: {dong: 0, source: tt_75_2022}\n")
    )
    assert built(tmp_path, shared).parts["le_phi"][1].amounts == (Amount(date(2025, 1, 1), 0, ("tt_75_2022",)),)


def test_a_fee_that_provinces_set_has_no_amount(tmp_path: Path) -> None:
    local = changed(
        (GUIDE, "    amount:\n      2025-07-01: {dong: 7.000, source: tt_75_2022}\n", "    amount: local\n")
    )
    item = built(tmp_path, local).parts["le_phi"][0]
    assert (item.local, item.amounts) == (True, ())


def test_a_step_has_what_one_sees_and_where_to_go_when_not(content: Content) -> None:
    (step,) = content.guides["dang_ky_tam_tru"].parts["cac_buoc"]
    assert (step.title, step.see, step.if_not) == ("Mở thủ tục", "Màn hình «Tạo yêu cầu mới»", "he_thong_ban")


def test_problems_keep_their_names_and_the_words_of_the_screen(tmp_path: Path) -> None:
    text = GOOD[GUIDE] + "problems:\n  ban:\n    shared: he_thong_ban\n    text: Tránh buổi tối.\n"
    (item,) = built(tmp_path, {GUIDE: text}).parts["loi"]
    assert (item.id, item.error, item.text) == ("ban", "Hệ thống đang bảo trì", "Thử lại sau. Tránh buổi tối.")


def test_shared_problems_are_at_hand_for_every_guide(content: Content) -> None:
    assert content.shared_problems["he_thong_ban"].text == "Thử lại sau."
    found = content.problem(content.guides["dang_ky_tam_tru"], "he_thong_ban")
    assert found is content.shared_problems["he_thong_ban"]


def test_sentences_that_ask_for_a_part_say_so(tmp_path: Path) -> None:
    found = built(tmp_path, {})
    assert found.examples == ("tôi mới thuê trọ", "lam tam tru")


def test_entries_warnings_neighbours_and_small_talk_are_found_by_their_names(content: Content) -> None:
    assert content.entries["chu_tro_khong_cho"].answer == "Anh/chị vẫn nên nộp."
    assert content.warnings["gia_cong_an"].then == "chuyen_tien"
    assert content.neighbours["ly_hon"].answer == "Tòa án giải quyết."
    assert content.small_talk["chao"].examples == ("xin chào",)


def test_domains_signals_and_notices_are_typed(content: Content) -> None:
    assert content.domains["vneid.gov.vn"] == Domain("vneid.gov.vn", "Bộ Công an", date(2026, 11, 20))
    assert content.signals["xung_cong_an"].weight == 1.5
    assert content.panic == {"chuyen_tien": ("lỡ chuyển tiền",)}
    assert content.notices == (
        Notice("bao_tri", "Cổng bảo trì.", date(2026, 11, 20), date(2026, 11, 30), ("lua_dao",)),
    )


def test_what_differs_in_a_province_is_found_by_its_file(tmp_path: Path) -> None:
    local = "name: Huế\nwas: [Thừa Thiên Huế]\nwords: [hue]\nfees: {}\n"
    found = load(write(tmp_path, {"service_guides/_local/hue.yaml": local})).locals["hue"]
    assert (found.name, found.was, found.words) == ("Huế", ("Thừa Thiên Huế",), ("hue",))


def test_every_target_has_a_topic_and_a_title(content: Content) -> None:
    topics = {
        "dang_ky_tam_tru": ("dang_ky_tam_tru", "Đăng ký tạm trú"),
        "chu_tro_khong_cho": ("dang_ky_tam_tru", "chủ trọ không cho đăng ký tạm trú"),
        "gia_cong_an": ("lua_dao", "Giả công an gọi điện"),
        "ly_hon": (OUT_OF_SCOPE, "Ly hôn"),
        "da_bo": (None, "da_bo"),
    }
    assert {id: (content.topic_of(id), content.title(id)) for id in topics} == topics


def test_the_guide_that_bears_the_topics_name_comes_first(tmp_path: Path) -> None:
    other = GOOD[GUIDE].replace("title: Đ", "topic: dang_ky_tam_tru\ntitle: A").replace("TT04", "AA01")
    content = load(write(tmp_path, {"service_guides/aaa.yaml": other}))
    assert [guide.id for guide in content.guides_of("dang_ky_tam_tru")] == ["dang_ky_tam_tru", "aaa"]


def test_equal_questions_are_one_object() -> None:
    guides = load(default_dir()).guides.values()
    kept: dict[Question, Question] = {}
    assert all(kept.setdefault(each, each) is each for guide in guides for each in guide.questions.values())
    assert len(kept) < sum(len(guide.questions) for guide in guides)

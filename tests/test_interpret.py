import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.focus import Focus
from bot.understanding.interpret import Meant, explain, interpret
from bot.understanding.meaning import Ask, Unknown, Unsure
from tests.small_content import CONTENT, TODAY, small_model


def read(text: str, about: str = "") -> Meant:
    return interpret(small_model(), CONTENT, text, about, TODAY)


def asked(text: str, about: str = "") -> Ask:
    meant = read(text, about)
    assert isinstance(meant, Ask), meant
    return meant


@pytest.mark.parametrize(
    ("text", "target", "aspect"),
    [
        ("làm hộ chiếu hết bao nhiêu tiền vậy ad", "ho_chieu_pho_thong", "le_phi"),
        ("lam ho chieu het bao nhieu tien vay ad", "ho_chieu_pho_thong", "le_phi"),
        ("dk tạm trú cần giấy tờ gì", "dang_ky_tam_tru", "ho_so"),
        ("gia hạn tạm trú mất bao lâu", "gia_han_tam_tru", "thoi_han"),
    ],
)
def test_target_and_aspect(text: str, target: str, aspect: str) -> None:
    meant = asked(text)
    assert (meant.target, meant.aspects, meant.steps) == (target, (aspect,), False)


def test_an_entry_answers_what_no_guide_does() -> None:
    assert asked("cho con đi chung một quyển hộ chiếu với mẹ được không").target == "ho_chieu_chung_voi_con"


@pytest.mark.parametrize(("beside", "parts"), [(0.0, 2), (1.1, 1)])
def test_an_entry_answers_the_part_nearly_as_likely_too(
    beside: float, parts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.understanding.interpret.BESIDE", beside)
    text = "cho con đi chung một quyển hộ chiếu với mẹ được không"
    likely = explain(small_model(), CONTENT, text, "", TODAY).aspects
    assert asked(text).aspects == tuple(part for part, _ in likely[:parts])


def test_a_bare_name_asks_for_the_guide_as_a_whole() -> None:
    meant = asked("hộ chiếu")
    assert (meant.target, meant.steps) == ("ho_chieu_pho_thong", True)


def test_asking_how_asks_for_the_steps() -> None:
    assert asked("hướng dẫn từng bước làm hộ chiếu").steps


def test_details_come_with_the_question() -> None:
    assert asked("từng bước làm hộ chiếu cho cháu 5 tuổi").details == {"cho_ai": "duoi_14"}


@pytest.mark.parametrize("about", ["ho_chieu_pho_thong", "ho_chieu_chung_voi_con"])
def test_a_question_without_a_matter_means_the_one_talked_about(about: str) -> None:
    meant = asked("thế lệ phí bao nhiêu?", about)
    assert (meant.target, meant.aspects) == ("ho_chieu_pho_thong", ("le_phi",))


def test_a_question_without_a_matter_and_without_context_is_not_guessed() -> None:
    assert isinstance(read("lệ phí bao nhiêu"), Unknown)


def test_a_new_matter_wins_over_the_context() -> None:
    assert asked("đăng ký tạm trú cần giấy tờ gì", "ho_chieu_pho_thong").target == "dang_ky_tam_tru"


def test_a_neighbour_is_named_and_stays_in_context() -> None:
    assert asked("thủ tục ly hôn đơn phương cần giấy gì").target == "ly_hon"
    assert asked("nộp ở đâu", "ly_hon").target == "ly_hon"


def test_small_talk() -> None:
    assert asked("chào bạn nha").target == "chao"


def test_several_questions_in_one_message() -> None:
    meant = asked("làm hộ chiếu cần giấy tờ gì, lệ phí bao nhiêu, mấy ngày có hộ chiếu")
    assert set(meant.aspects) == {"ho_so", "le_phi", "thoi_han"}


def test_one_question_gives_one_aspect() -> None:
    assert len(asked("em mới thuê trọ, cho em hỏi đăng ký tạm trú ở đâu ạ").aspects) == 1


@pytest.mark.parametrize("text", ["", "?!…", "qwertz uiop", "giá vàng thế giới tuần trước"])
def test_what_is_not_understood_is_not_answered(text: str) -> None:
    assert isinstance(read(text), (Unknown, Unsure))


@settings(deadline=None)  # the first call fits the model
@given(st.text(max_size=200), st.sampled_from(["", "ho_chieu_pho_thong", "ly_hon", "chao", "khong_con_nua"]))
def test_every_message_has_a_meaning_that_content_knows(text: str, about: str) -> None:
    meant = read(text, about)
    if isinstance(meant, Ask):
        assert CONTENT.topic_of(meant.target) or meant.target in CONTENT.small_talk
        assert 1 <= len(meant.aspects) <= 3
    elif isinstance(meant, Unsure):
        assert 1 <= len(meant.targets) <= 3
        assert len(set(meant.targets)) == len(meant.targets)
        known = {*CONTENT.guides, *CONTENT.neighbours} if meant.foreign else CONTENT.guides
        assert all(target in known for target in meant.targets)
    else:
        assert len(meant.near) <= 3


def test_an_explanation_shows_what_was_seen_and_why() -> None:
    told = explain(small_model(), CONTENT, "con em 5t lam passpport bn tien", "", TODAY)
    assert told.meaning == read("con em 5t lam passpport bn tien")
    assert ("passpport", "passport") in told.repairs
    assert told.topics[0][0] == "ho_chieu_pho_thong"
    assert told.details == {"cho_ai": "duoi_14"}
    assert told.why.endswith(".")


def test_a_bare_question_after_a_neighbouring_matter_goes_back_to_what_is_open() -> None:
    focus = Focus(CONTENT)
    found = interpret(
        small_model(), CONTENT, "cần giấy tờ gì", "ly_hon", TODAY, open_="ho_chieu_pho_thong", focus=focus
    )
    assert isinstance(found, Ask)
    assert found.target == "ho_chieu_pho_thong"
    alone = interpret(small_model(), CONTENT, "cần giấy tờ gì", "ly_hon", TODAY, focus=focus)
    assert isinstance(alone, Ask)
    assert alone.target == "ly_hon"


def test_what_is_foreign_is_not_answered_however_well_it_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "làm hộ chiếu hết bao nhiêu tiền vậy ad"
    monkeypatch.setattr("bot.understanding.interpret.FOREIGN", 0.0)
    monkeypatch.setattr("bot.understanding.interpret.REFUSED", 0.0)
    meant = read(text)
    assert not isinstance(meant, Unsure)
    assert isinstance(meant, Unknown) or meant.target in CONTENT.neighbours


def test_what_may_be_foreign_is_asked_back(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "cho hỏi hộ chiếu với ly hôn"
    monkeypatch.setattr("bot.understanding.interpret.FOREIGN", 0.0)
    monkeypatch.setattr("bot.understanding.interpret.REFUSED", 1.0)
    meant = read(text)
    assert isinstance(meant, Unsure)
    assert meant.foreign
    assert "ho_chieu_pho_thong" in meant.targets
    assert not isinstance(interpret(small_model(), CONTENT, text, "ly_hon", TODAY), Unsure)  # it goes on about that
    monkeypatch.setattr("bot.understanding.interpret.REFUSED", 0.0)
    assert not isinstance(read(text), Unsure)


def test_clauses_are_read_however_they_are_typed() -> None:
    text = "làm hộ chiếu cần giấy tờ gì? hết bao nhiêu tiền?"
    wanted = asked(text)
    assert len(wanted.aspects) == 2
    for typed in (text.upper(), unicodedata.normalize("NFD", text), text.replace("? ", "?\n").title()):
        found = asked(typed)
        assert (found.target, found.aspects) == (wanted.target, wanted.aspects), typed

"""A message in its conversation: alarm, choice, number, code, command, answer, question in turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.types import Content, Question
from bot.message import Alarm, Incoming
from bot.session import Session, Walk
from bot.understanding import reading
from bot.understanding.meaning import Answer, Ask, Command, Meaning, Unknown
from bot.understanding.reading import understand
from tests.guides import CONTENT, NO_MODEL, PASSPORT, RESIDENCE, TODAY, USER, Talk, ask, options, with_guides

QUESTION = Unknown(("asked",))  # what the model's part is taken to say of a question


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Instead of a model: what it was asked, with what was talked about."""
    heard: list[tuple[str, str]] = []

    def interpret(model: Any, content: Content, text: str, about: str, today: Any, **more: Any) -> Meaning:
        heard.append((text, about))
        return QUESTION

    monkeypatch.setattr(reading, "interpret", interpret)
    monkeypatch.setattr(reading, "entry_of", lambda *_: "")
    return heard


def read(
    text: str, session: Session | None = None, choice: str = "", content: Content = CONTENT, **more: Any
) -> Meaning:
    return understand(NO_MODEL, content, session or Session(), Incoming(USER, text, choice), TODAY, **more)


@pytest.fixture
def asking() -> Session:
    """Asked where to file; also «không biết» is offered."""
    talk = Talk()
    talk.hear(ask(RESIDENCE.id, "cac_buoc"))
    return talk.session


@pytest.fixture
def walking() -> Session:
    talk = Talk()
    talk.hear(ask(RESIDENCE.id, "cac_buoc", noi_nop="tai_quay"))
    return talk.session


class TestPressed:
    @pytest.mark.parametrize(
        ("id", "meaning"),
        [
            ("ask/ho_chieu/le_phi?ly_do=mat", Ask("ho_chieu", ("le_phi",), {"ly_do": "mat"})),
            ("ask/ho_chieu/tong_quan", Ask("ho_chieu", ("tong_quan",), steps=True)),
            ("ask/ho_chieu/cac_buoc", Ask("ho_chieu", ("cac_buoc",), steps=True)),
            ("ask/quen_passcode/tong_quan", Ask("quen_passcode", ("tong_quan",))),
            ("ans/dang_ky_tam_tru/cho_o/thue", Answer("dang_ky_tam_tru", "cho_o", "thue")),
            ("ans/dang_ky_tam_tru/cho_o/_", Answer("dang_ky_tam_tru", "cho_o", "")),
            ("at/back/ho_chieu/2", Command("back", "ho_chieu/2")),
            ("in/cu_tru", Command("group", "cu_tru")),
            ("cmd/person", Command("person")),
        ],
    )
    def test_a_choice_says_what_it_means(self, id: str, meaning: Meaning) -> None:
        assert read("", choice=id) == meaning

    @pytest.mark.parametrize("id", ["hack", "ask/ho_chieu/mat_khau", "at/run/ho_chieu/1", "ask/a/b/c", "cmd/", "ans/x"])
    def test_anything_else_is_the_menu(self, id: str) -> None:
        assert read("", choice=id) == Command("menu")

    def test_a_pressed_choice_goes_before_its_own_text(self) -> None:
        assert read("quay lại", choice="cmd/person") == Command("person")


class TestAlarms:
    @pytest.mark.parametrize(
        ("found", "gives_way"),
        [
            (Ask(RESIDENCE.id, confidence=0.95), True),
            (Ask(RESIDENCE.id, confidence=0.8), False),
            (Ask("ly_hon", confidence=0.95), False),
            (Unknown(), False),
        ],
    )
    def test_a_faint_alarm_gives_way_to_a_question_that_is_plainly_ours(
        self, monkeypatch: pytest.MonkeyPatch, found: Meaning, gives_way: bool
    ) -> None:
        monkeypatch.setattr(reading, "interpret", lambda *_, **__: found)
        faint, clear = Alarm("gia_cong_an", "suspicious", faint=True), Alarm("gia_cong_an", "suspicious")
        assert read("nộp qua mạng", alarm=faint) is (found if gives_way else faint)
        assert read("nộp qua mạng", alarm=clear) is clear
        despair = replace(faint, despair=True)
        assert read("nộp qua mạng", alarm=despair) is despair

    def test_a_suspicion_that_is_rather_a_question_has_its_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "entry_of", lambda *_: "xin_otp")
        suspicion, scam = Alarm("gia_cong_an", "suspicious"), Alarm("gia_cong_an", "scam")
        assert read("cơ quan có xin mã otp không", alarm=suspicion) == replace(suspicion, entry="xin_otp")
        assert read("cơ quan có xin mã otp không", alarm=scam) is scam
        assert read("vneid-capnhat.top là thật hay giả", alarm=suspicion) is suspicion  # what the link is comes first

    def test_an_alarm_goes_before_everything_that_is_written(self, walking: Session) -> None:
        alarm = Alarm("gia_cong_an", "panic", harm="chuyen_tien")
        for text in ("xong", "1", "TT04", "chết rồi em chuyển tiền rồi"):
            assert read(text, walking, alarm=alarm) is alarm

    def test_a_pressed_choice_raises_none(self) -> None:
        assert read("", choice="cmd/menu", alarm=Alarm("", "scam")) == Command("menu")


class TestNumbers:
    @pytest.mark.parametrize("text", ["2", " 2. ", "(2)", "02", "２", "2️⃣"])
    def test_a_number_is_the_choice_shown_under_it(self, asking: Session, text: str) -> None:
        assert read(text, asking) == Answer(RESIDENCE.id, "noi_nop", "tai_quay")

    def test_zero_is_the_menu_always(self, asking: Session) -> None:
        assert [read(text, session) for text in ("0", "0.", "00") for session in (asking, Session())] == [
            Command("menu")
        ] * 6

    def test_the_menu_itself_has_no_other_number(self) -> None:
        session = Session(offered=("cmd/menu", "cmd/back"))
        assert read("1", session) == Command("back")

    def test_a_number_that_nothing_stands_under_is_no_question(self, asking: Session) -> None:
        assert read("9", asking) == Command("number", "9")
        assert read("1") == Command("number", "1")

    @pytest.mark.parametrize("text", ["2026", "2 ngày", "bước 2", "1 2"])
    def test_more_than_a_number_is_read_as_words(self, asking: Session, text: str) -> None:
        assert read(text, asking) is QUESTION


class TestCodes:
    @pytest.mark.parametrize("text", ["TT04", "tt04", " tt 04.", "Tt04 "])
    def test_a_short_code_opens_its_guide_anywhere(self, walking: Session, text: str) -> None:
        for session in (walking, Session()):
            assert read(text, session) == Ask(RESIDENCE.id, steps=True)

    def test_an_unknown_code_is_a_question(self) -> None:
        assert read("zz99") is QUESTION

    def test_a_guide_without_a_code_is_not_opened_by_everything(self) -> None:
        assert read("tôi muốn hỏi", content=with_guides(replace(PASSPORT, code=""))) is QUESTION


class TestCommands:
    @pytest.mark.parametrize(
        ("text", "name"),
        [("quay lại", "back"), ("Dạ quay lại ạ", "back"), ("QUAY LAI", "back"), ("danh mục", "menu"), ("giúp", "help")],
    )
    def test_a_command_is_the_whole_message_fillers_apart(self, text: str, name: str) -> None:
        assert read(text) == Command(name)

    @pytest.mark.parametrize("text", ["quay lại trường lấy giấy khai sinh", "làm sao xóa dữ liệu cũ trên vneid"])
    def test_a_command_inside_a_sentence_is_none(self, text: str) -> None:
        assert read(text) is QUESTION

    def test_done_and_not_seeing_mean_something_only_on_the_way(self, walking: Session) -> None:
        assert read("xong rồi", walking) == Command("next")
        assert read("không thấy", walking) == Command("problem")
        assert read("xong rồi") is QUESTION
        assert read("không thấy") is QUESTION

    def test_done_after_reading_a_guide_begins_it(self) -> None:
        assert read("tiếp", Session(about=RESIDENCE.id)) == Command("next")
        assert read("tiếp", Session(about="quen_passcode")) is QUESTION

    def test_at_a_step_yes_is_done_and_no_is_not_seeing_it(self, walking: Session) -> None:
        assert read("ok", walking) == Command("next")
        assert read("chưa", walking) == Command("problem")
        assert read("ok") is QUESTION


class TestAnswers:
    @pytest.mark.parametrize("text", ["Tại quầy", "tai quay", "dạ tại quầy ạ"])
    def test_a_label_answers_the_open_question(self, asking: Session, text: str) -> None:
        assert read(text, asking) == Answer(RESIDENCE.id, "noi_nop", "tai_quay")

    def test_a_word_of_an_option_answers_a_question_of_the_open_guide(self, asking: Session) -> None:
        assert read("ở trọ", asking) == Answer(RESIDENCE.id, "cho_o", "thue")
        assert read("o tro", asking) == Answer(RESIDENCE.id, "cho_o", "thue")

    def test_marks_that_were_typed_count(self, asking: Session) -> None:
        assert read("tài quáy", asking) is QUESTION

    @pytest.mark.parametrize("text", ["không biết", "ko biết", "không rõ ạ", "Không biết"])
    def test_not_knowing_is_an_answer(self, asking: Session, text: str) -> None:
        assert read(text, asking) == Answer(RESIDENCE.id, "noi_nop", "")

    def test_not_knowing_where_nothing_is_asked_is_a_question(self) -> None:
        assert read("không biết") is QUESTION

    def test_a_longer_message_is_a_question(self, asking: Session) -> None:
        assert read("tại quầy thì mất bao nhiêu tiền", asking) is QUESTION

    def test_a_label_answers_for_the_part_that_was_asked(self) -> None:
        talk = Talk()
        talk.hear(ask(PASSPORT.id, "le_phi"))
        assert read("bị mất", talk.session) == Ask(PASSPORT.id, ("le_phi",), {"ly_do": "mat"})

    def test_yes_and_no_answer_an_option_of_that_meaning(self) -> None:
        question = Question("da_co", "Đã có VNeID chưa?", options("co: Có rồi", "chua: Chưa có"))
        content = with_guides(replace(RESIDENCE, questions={"da_co": question}))
        session = Session(offered=("ans/dang_ky_tam_tru/da_co/co", "ans/dang_ky_tam_tru/da_co/chua"))
        assert read("dạ", session, content=content) == Answer(RESIDENCE.id, "da_co", "co")
        assert read("chưa", session, content=content) == Answer(RESIDENCE.id, "da_co", "chua")

    def test_choices_that_content_no_longer_has_are_no_answers(self) -> None:
        stale = (
            "ans/da_bo/x/y",
            "ans/dang_ky_tam_tru/x/y",
            "ans/dang_ky_tam_tru/cho_o/y",
            "ask/da_bo/le_phi?a=b",
            "??",
        )
        session = Session(Walk("da_bo"), offered=stale)
        for text in ("y", "không biết", "tại quầy", "có"):
            assert read(text, session) is QUESTION


class TestQuestions:
    def test_everything_else_is_a_question_about_what_was_last_answered(self, asked: list[tuple[str, str]]) -> None:
        read("Thế lệ phí bao nhiêu?", Session(Walk(PASSPORT.id), about="quen_passcode"))
        read("Thế lệ phí bao nhiêu?", Session(Walk(PASSPORT.id)))
        assert asked == [("Thế lệ phí bao nhiêu?", "quen_passcode"), ("Thế lệ phí bao nhiêu?", PASSPORT.id)]

    @pytest.mark.parametrize(
        "text",
        [
            "vneid báo Không thể kết nối máy chủ",
            "may bao khong the ket noi may chu la sao",
            "nó hiện không thế kết nối máy chử hoài",
        ],
    )
    def test_the_words_of_an_error_on_the_screen_are_its_problem(
        self, monkeypatch: pytest.MonkeyPatch, text: str
    ) -> None:
        monkeypatch.setattr(reading, "interpret", lambda *_, **__: ask(RESIDENCE.id, "cac_buoc"))
        assert read(text) == Ask(RESIDENCE.id, ("loi",), problem="khong_mo")

    def test_a_few_of_its_words_are_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "interpret", lambda *_, **__: ask(RESIDENCE.id, "noi_nop"))
        for text in ("không", "máy chủ", "nộp ở đâu vậy ạ"):
            assert read(text) == ask(RESIDENCE.id, "noi_nop")

    def test_an_error_of_another_matter_is_none_of_an_entry(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "interpret", lambda *_, **__: Ask("quen_passcode"))
        assert read("báo không thể kết nối máy chủ") == Ask("quen_passcode")


@given(st.text(max_size=60), st.text(max_size=30))
def test_reading_never_fails(text: str, choice: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "interpret", lambda *_, **__: ask(RESIDENCE.id))
        session = Session(Walk(RESIDENCE.id), offered=("ans/dang_ky_tam_tru/cho_o/thue", "cmd/menu", text[:64]))
        read(text, session)
        read("", session, choice=choice)

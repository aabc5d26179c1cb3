"""What a second and a third reader wrote: scams are noticed, who was harmed is helped, ordinary life raises no alarm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from bot import choice
from bot.content.types import COMFORT, FIRST_AID
from bot.engine import Brain, Turn, converse
from bot.message import Incoming, User
from bot.session import Session
from bot.understanding.meaning import Ask
from tests.cases_files import CASES, read

TODAY = date(2026, 11, 25)
USER = User("test", "")
WALK = "dang_ky_tam_tru"
Case = Mapping[str, str]
FIRST: Mapping[str, tuple[str, ...]] = {  # words that the first act says, by what happened
    "chuyen_tien": ("Không chuyển thêm", "ngân hàng"),
    "cai_ung_dung": ("tắt hẳn điện thoại",),
    "dua_otp": ("khóa thẻ",),
    "bi_de_doa": ("Không chuyển tiền", "113"),
    "gui_giay_to": ("Không gửi thêm",),
    "mat_tai_khoan": ("đừng chuyển tiền",),
    "chua_ro": ("chuyển", "ngân hàng", "khác"),
}
BULLET = "•"
HANDS = ("second_hand", "third_hand")  # each wrote without having seen the rules, nor what others wrote
MOST_LINES = 4


@pytest.fixture(params=HANDS)
def hand(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def cases(hand: str, name: str) -> list[Case]:
    return read(CASES / "scam" / f"{hand}_{name}.yaml")


def told(brain: Brain, text: str, session: Session | None = None) -> Turn:
    return converse(brain, session or Session(), Incoming(USER, text), TODAY)


def level(turn: Turn, brain: Brain) -> str:
    """A warning without a level counts as suspicious."""
    if turn.reply.alarm:
        return turn.reply.alarm.level
    return "suspicious" if isinstance(turn.meaning, Ask) and turn.meaning.target in brain.content.warnings else "none"


def levels(brain: Brain, hand: str, name: str) -> list[tuple[str, str]]:
    return [(level(told(brain, case["text"]), brain), case["text"]) for case in cases(hand, name)]


def walking(brain: Brain) -> Session:
    pressed = Incoming(USER, "", choice=choice.at_step("next", WALK, 0))
    return converse(brain, Session(), pressed, TODAY).session


def test_97_scams_in_a_hundred_are_noticed(brain: Brain, hand: str) -> None:
    found = levels(brain, hand, "scams")
    missed = [text for each, text in found if each == "none"]
    assert len(missed) <= 0.03 * len(found), missed


def test_no_ordinary_message_is_called_a_scam_and_2_in_a_hundred_suspicious(brain: Brain, hand: str) -> None:
    found = levels(brain, hand, "benign")
    called = [text for each, text in found if each in ("scam", "panic")]
    assert not called
    doubted = [text for each, text in found if each == "suspicious"]
    assert len(doubted) <= 0.02 * len(found), doubted


def test_the_name_of_a_matter_raises_no_alarm(brain: Brain) -> None:
    guides = [guide for guide in brain.content.guides.values() if guide.topic != FIRST_AID]
    names = {name for guide in guides for name in (guide.title, *guide.aliases)}
    asked = {f"{name} {how}" for name in names for how in ("qua mạng", "ở đâu", "hết bao nhiêu tiền", "cần gì")}
    alarmed = {text for text in names | asked if level(told(brain, text), brain) != "none"}
    assert alarmed <= {"thông báo phạt nguội qua mạng"}  # nobody is fined by message


@pytest.mark.parametrize("open_walk", [False, True])
def test_harm_is_heard_before_anything_else(brain: Brain, hand: str, open_walk: bool) -> None:
    session = walking(brain) if open_walk else Session()
    missed = []
    for case in cases(hand, "panic"):
        turn = told(brain, case["text"], session)
        walk, under = turn.session.walk, turn.session.under
        opened = walk is not None and walk.guide == FIRST_AID
        waits = under is not None and under.guide == WALK
        if level(turn, brain) != "panic" or not opened or waits != open_walk:
            missed.append(case["text"])
    assert not missed


def test_the_first_message_is_short_and_its_first_act_fits_what_happened(brain: Brain, hand: str) -> None:
    comfort = brain.content.small_talk[COMFORT].answer.strip()
    wrong = []
    for case in cases(hand, "panic"):
        text = told(brain, case["text"]).reply.text
        if case["harm"] == "tuyet_vong":
            fits = text.startswith(comfort)
        else:
            lines = text.split("\n\n")[0].splitlines()  # the question and the sources follow
            act = next((line for line in lines if line.startswith(BULLET)), "")
            fits = len(lines) <= MOST_LINES and all(words in act for words in FIRST[case["harm"]])
        if not fits:
            wrong.append((case["text"], text))
    assert not wrong


@pytest.mark.parametrize("text", ["khó quá", "kho qua", "kho qua toi khong biet bam vao dau ca"])
def test_to_find_it_hard_is_no_praise(brain: Brain, text: str) -> None:
    assert brain.content.small_talk["khen"].answer.strip() not in told(brain, text).reply.text


def test_of_a_strangers_messages_most_are_noticed_and_none_is_wrongly_called_a_scam(brain: Brain) -> None:
    """The sixth hand is not learned from, and no pattern was mended for it: what to expect of messages yet to come."""
    found: dict[str, list[str]] = {}
    for case in read(CASES / "scam/sixth_hand.yaml"):
        found.setdefault(case["level"], []).append(level(told(brain, case["text"]), brain))
    assert sum(each != "none" for each in found["scam"]) >= 0.90 * len(found["scam"])
    assert sum(each == "panic" for each in found["panic"]) >= 0.75 * len(found["panic"])
    assert not {"scam", "panic"} & set(found["none"])

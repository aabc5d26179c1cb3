"""Several things at once: one reply with every part that was asked for; of two matters one is answered and one is offered."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.engine import Brain, Turn, converse
from bot.message import Incoming, User
from bot.session import Session
from bot.understanding.meaning import Ask

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "several.yaml").read_text(encoding="utf-8"))
RIGHT = 0.9  # share of the cases of each kind that have to be right


def told(brain: Brain, text: str) -> Turn:
    return converse(brain, Session(), Incoming(User("web", "lan"), text), date(2026, 11, 25))


def topics(brain: Brain, case: dict[str, Any], key: str) -> list[str]:
    named = [case[key]] if isinstance(case[key], str) else case[key]
    return [brain.content.topic_of(target) or "" for target in named]


def answered(brain: Brain, aspect: str, text: str) -> bool:
    """The part under its head, or the one question that it still needs."""
    head = brain.content.bot[f"dau_{aspect}"].split(" · ")[0]
    return f"{head} · " in text or f"{brain.content.bot[f'ten_{aspect}']} của «" in text


def test_the_parts_that_are_asked_for_stand_in_one_reply(brain: Brain) -> None:
    cases = [case for case in CASES if "aspects" in case]
    right = 0
    for case in cases:
        turn = told(brain, case["text"])
        found = isinstance(turn.meaning, Ask) and turn.meaning.target == case["target"]
        right += found and all(answered(brain, aspect, turn.reply.text) for aspect in case["aspects"])
    assert len(cases) == 20
    assert right >= RIGHT * len(cases)


def test_of_two_matters_both_are_within_reach_and_mostly_one_is_answered(brain: Brain) -> None:
    cases = [case for case in CASES if "also" in case]
    told_one = reached = 0
    for case in cases:
        turn = told(brain, case["text"])
        meaning = turn.meaning
        offered = {
            brain.content.topic_of(each.id.removeprefix("ask/").split("/")[0]) or "" for each in turn.reply.choices
        }
        mine = brain.content.topic_of(meaning.target) if isinstance(meaning, Ask) else ""
        both = {*topics(brain, case, "target"), *topics(brain, case, "also")}
        reached += both <= {*offered, mine}
        told_one += mine in both and both <= {*offered, mine}
    assert len(cases) == 10
    assert reached >= RIGHT * len(cases)
    assert told_one >= 0.8 * len(cases)


def test_what_is_asked_back_stands_last_above_its_choices(brain: Brain) -> None:
    text = told(brain, "làm hộ chiếu cho con cần giấy gì, hết bao nhiêu, bao lâu có").reply.text
    assert text.index("Số tiền · ") < text.index("Thời gian · ") < text.index("Giấy tờ · ") < text.index("làm cho ai?")


def test_one_question_is_asked_and_its_choices_stand_once(brain: Brain) -> None:
    reply = told(brain, "nhap ho khau can giay gi, o dau, may ngay").reply
    assert reply.text.count("Anh/chị nhập hộ khẩu vào đâu?") == 1
    labels = [each.label for each in reply.choices]
    assert len(labels) == len(set(labels))

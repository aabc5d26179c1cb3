"""Lines in, answers out: no store, no web. The JSON contract of `ask` and the tables of `explain`."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.content.types import FIRST_AID, OUT_OF_SCOPE, Content
from bot.dialogue.checking import Check, check
from bot.engine import Brain, Turn, converse
from bot.message import Alarm, Incoming, User, numbered
from bot.safety.scam import Shield
from bot.session import Session
from bot.understanding.interpret import explain
from bot.understanding.meaning import Answer, Ask, Command, Meaning, Unsure

if TYPE_CHECKING:
    from rich.table import Table

USER = User("ask", "")
CERTAIN = 1.0  # a pressed choice, a command


def answers(brain: Brain, lines: Iterable[str], today: date, *, talk: bool, as_json: bool) -> Iterator[str]:
    """One answer per line, as soon as the line is there; each line a fresh conversation unless `talk`."""
    session = Session()
    for line in lines:
        text = line.rstrip("\r\n").removeprefix("\ufeff")
        begun = time.perf_counter()
        turn = converse(brain, session, Incoming(USER, text), today)
        ms = (time.perf_counter() - begun) * 1000
        if talk:
            session = turn.session
        yield (
            json.dumps(as_dict(brain.content, text, turn, ms), ensure_ascii=False) if as_json else numbered(turn.reply)
        )


def checks(content: Content, shield: Shield, lines: Iterable[str], today: date) -> Iterator[Check]:
    """The verdict on each line, a message by itself; no model is needed."""
    for line in lines:
        yield check(content, shield, line.rstrip("\r\n").removeprefix("\ufeff"), today)


def as_dict(content: Content, text: str, turn: Turn, ms: float) -> dict[str, Any]:
    """The contract of `ask --json`."""
    meaning, alarm = turn.meaning, turn.reply.alarm
    target = _target(meaning)
    topic = FIRST_AID if alarm else content.topic_of(target)
    walk = turn.session.walk
    return {
        "text": text,
        "topic": topic,
        "entry": target if topic not in (None, OUT_OF_SCOPE) or target in content.entries else None,
        "aspects": list(meaning.aspects[:3]) if isinstance(meaning, Ask | Unsure) else [],
        "kind": _kind(content, meaning),
        "confidence": round(float(_confidence(meaning)), 4),
        "choices": _topics(content, meaning.targets) if isinstance(meaning, Unsure) else [],
        "answers": dict(meaning.details) if isinstance(meaning, Ask | Unsure) else walk.answers if walk else {},
        "reply": numbered(turn.reply),
        "alarm": {"warning": alarm.warning, "level": alarm.level, "reasons": list(alarm.reasons)} if alarm else None,
        "ms": round(ms, 3),
    }


def _target(meaning: Meaning) -> str:
    match meaning:
        case Ask():
            return meaning.target
        case Answer():
            return meaning.guide
        case Alarm():
            return meaning.entry or meaning.warning or FIRST_AID
    return ""


def _kind(content: Content, meaning: Meaning) -> str:
    match meaning:
        case Alarm():
            return "warning"
        case Command():
            return "command"
        case Answer():
            return "guide"
        case Unsure():
            return "unsure"
        case Ask(target=target):
            kinds = {"guide": content.guides, "warning": content.warnings, "small_talk": content.small_talk}
            return next((kind for kind, found in kinds.items() if target in found), "faq")
    return "unknown"


def _confidence(meaning: Meaning) -> float:
    return CERTAIN if isinstance(meaning, Command | Answer | Alarm) else meaning.confidence


def _topics(content: Content, targets: Iterable[str]) -> list[str]:
    """Of ours; a neighbouring matter is offered to citizens, but is no topic."""
    found = (content.topic_of(target) for target in targets)
    return list(dict.fromkeys(topic for topic in found if topic and topic != OUT_OF_SCOPE))[:3]


def explained(brain: Brain, text: str, about: str, today: date) -> Iterator[Table]:
    """What was read, what it was compared with, what was decided and why."""
    from rich.table import Table  # noqa: PLC0415

    turn = converse(brain, Session(about=about), Incoming(USER, text), today)
    found = explain(brain.model, brain.content, text, about, today, focus=brain.focus)
    yield _rows(
        Table(title="Câu", show_header=False),
        ("đọc là", found.text),
        ("đã sửa", ", ".join(f"{each}" for each in found.repairs) or "–"),
        ("chi tiết", ", ".join(f"{question} = {option}" for question, option in found.details.items()) or "–"),
    )
    for title, ranked in (("Chủ đề", found.topics), ("Bài, mục", found.targets), ("Phần hỏi", found.aspects)):
        yield _rows(Table("tên", "xác suất", title=title), *((name or "–", f"{value:.3f}") for name, value in ranked))
    decided = turn.meaning if type(turn.meaning) is not type(found.meaning) else found.meaning
    why = found.why if decided is found.meaning else "Lệnh, số, mã bài hoặc cảnh báo đi trước câu hỏi."
    yield _rows(Table(title="Kết luận", show_header=False), ("hiểu là", str(decided)), ("vì", why))


def _rows(table: Table, *rows: tuple[str, str]) -> Table:
    for row in rows:
        table.add_row(*row)
    return table

"""Conversations at random: numbers that hypothesis draws → what a citizen does next, with any content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from bot import choice
from bot.content.types import ASPECTS, FIRST_AID, Amount, Content, Guide, Item, Option, Question
from bot.dialogue.guide import DONE, open_questions
from bot.dialogue.steps import STEPS, answers, shown, walked
from bot.message import Alarm
from bot.understanding.meaning import Answer, Ask, Command, Meaning, Unknown, Unsure
from tests.guides import CONTENT, Talk, guide

One = TypeVar("One")

COMMANDS = ("back", "next", "again", "restart", "stop", "help", "menu", "person", "forget", "problem", "resume")
DAYS = tuple(date(2026, month, day) for month in (1, 6, 11, 12) for day in (1, 25, 26))
TOLD = tuple(aspect for aspect in ASPECTS if aspect != STEPS)  # parts that are told, not walked
SUMS = (None, 0, 7_000, 20_000, 1_500_000)  # đồng
MANY = 10**12


@dataclass
class Luck:
    """One drawn number, used up choice by choice."""

    number: int

    def of(self, things: Sequence[One]) -> One:
        self.number, at = divmod(self.number, len(things))
        return things[at]

    def some(self, things: Sequence[One], most: int) -> tuple[One, ...]:
        found: list[One] = []
        for _ in range(self.of(range(most)) + 1):
            found += [each for each in [self.of(things)] if each not in found]
        return tuple(found)


@dataclass
class Citizen:
    """Somebody who presses, types and asks at random."""

    talk: Talk
    pressed: list[str] = field(default_factory=list)

    def does(self, number: int) -> Meaning | None:
        """What the number stands for: a meaning, or None when a button was pressed or a short message was typed."""
        luck = Luck(number)
        kind = luck.of(("press", "press", "press", "press", "number", "old", "command", "ask", "ask", "other"))
        if kind == "press":
            self._press(luck.of(self.talk.reply.choices).id if self.talk.reply.choices else "cmd/menu")
        elif kind == "old":
            self._press(luck.of(self.pressed or ["cmd/menu"]))
        elif kind == "number":
            self.talk.say(str(luck.of(range(12))))
        else:
            meaning = self._meaning(luck, kind)
            self.talk.hear(meaning)
            return meaning
        return None

    def _press(self, id: str) -> None:
        self.pressed.append(id)
        self.talk.push(id)

    def _meaning(self, luck: Luck, kind: str) -> Meaning:
        if kind == "command":
            return Command(luck.of(COMMANDS))
        return question(luck, self.talk.content) if kind == "ask" else other(luck, self.talk.content)


def details(luck: Luck, guide: Guide) -> dict[str, str]:
    chosen = luck.some([*guide.questions.values(), None], 3)
    return {each.id: luck.of([*each.options, choice.DONT_KNOW]) for each in chosen if each}


def question(luck: Luck, content: Content) -> Ask:
    target = luck.of(targets(content))
    if target not in content.guides:
        return Ask(target)
    aspects = luck.some(ASPECTS, 2)
    found, part = details(luck, content.guides[target]), luck.of(aspects)
    size = len(content.guides[target].parts.get(part, ()))
    return Ask(
        target,
        aspects,
        found,
        steps=aspects[0] in ("tong_quan", STEPS),
        also=luck.of([*content.guides, "", ""]),
        problem=luck.of(["", *(item.id for item in content.guides[target].parts.get("loi", ()))]),
        point=luck.of([None, (part, luck.of(range(size + 1)))]),
    )


def other(luck: Luck, content: Content) -> Meaning:
    kind, guide = luck.of(("answer", "unsure", "unknown", "alarm")), luck.of(list(content.guides.values()))
    if kind == "answer" and guide.questions:
        asked = luck.of(list(guide.questions.values()))
        return Answer(guide.id, asked.id, luck.of([*asked.options, ""]))
    if kind == "unsure":
        return Unsure(luck.some(targets(content), 3), luck.some(ASPECTS, 2), details(luck, guide))
    if kind == "alarm":
        return alarm(luck, content)
    return Unknown(luck.some(list(content.guides), 3) if luck.of((True, False)) else ())


def alarm(luck: Luck, content: Content) -> Alarm:
    first = content.guides.get(FIRST_AID)
    harms = [option for each in (first.questions.values() if first else ()) for option in each.options]
    warning, level = luck.of(["", *content.warnings]), luck.of(("suspicious", "scam", "panic"))
    return Alarm(warning, level, luck.some(("Xưng công an.", "Đòi mã OTP."), 2), luck.of(["", *harms]))


def targets(content: Content) -> list[str]:
    kinds = (content.guides, content.guides, content.entries, content.warnings, content.neighbours, content.small_talk)
    return [luck for kind in kinds for luck in kind]


def ended(talk: Talk) -> bool:
    """At the end of a guide, or at the summary of one that has no steps here."""
    found = walked(talk.content, talk.session)
    if found is None or talk.session.walk is None:
        return False
    known = answers(found, talk.session)
    bare = not open_questions(found, STEPS, known, talk.today) and not shown(found, talk.session, talk.today)
    return talk.session.walk.step == DONE or bare


def to_the_end(talk: Talk) -> list[str]:
    """Presses what leads on until a guide is done; the labels pressed."""
    wishes = ("at/next/", "ans/", "cmd/resume", "ask/", "in/", "cmd/menu")
    path: list[str] = []
    if not talk.reply.choices:
        talk.push("cmd/menu")
    while not ended(talk):
        ids = [each.id for each in talk.reply.choices if each.id not in path or each.id == "cmd/menu"]
        steps = [id for id in ids if id.startswith("ask/") and id.partition("?")[0].endswith(STEPS)]
        best = steps if not any(id.startswith(("at/next/", "ans/")) for id in ids) else []
        best = best or next(found for wish in wishes if (found := [id for id in ids if id.startswith(wish)]))
        path.append(best[0])
        assert len(path) < 60, path
        talk.push(best[0])
    return path


# random guides


OPTIONS = ("a", "b", "c")
ASKED = tuple(
    Question(f"q{n}", f"Câu {n}?", {id: Option(id, f"Điều {id}{n}") for id in OPTIONS[: 2 + n % 2]}, shared=n == 0)
    for n in range(3)
)
days = st.none() | st.sampled_from(DAYS)


@st.composite
def items(draw: st.DrawFn, title: str = "", asked: Sequence[Question] = ASKED) -> Item:
    when = {
        each.id: tuple(draw(st.lists(st.sampled_from(list(each.options)), min_size=1, max_size=2, unique=True)))
        for each in (
            draw(st.lists(st.sampled_from(list(asked)), max_size=2, unique_by=lambda q: q.id)) if asked else ()
        )
    }
    dated = [] if title else sorted(draw(st.lists(st.sampled_from(DAYS), max_size=2, unique=True)))
    amounts = tuple(Amount(day, draw(st.sampled_from(SUMS)), ("tt_75",)) for day in dated)
    text = draw(st.sampled_from(("Tờ khai.", "Trong 3 ngày.", "Ảnh 4×6")))
    found = Item(title or text, when, amounts=amounts, title=title, since=draw(days), until=draw(days))
    return replace(
        found, sources=draw(st.sampled_from(((), ("tt_75",)))), if_not=draw(st.sampled_from(("", "p0", "mat_giay")))
    )


@st.composite
def fees(draw: st.DrawFn) -> Item:
    since = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True)))
    return Item("Lệ phí", amounts=tuple(Amount(day, draw(st.sampled_from(SUMS))) for day in since))


@st.composite
def guides(draw: st.DrawFn, id: str) -> Guide:
    asked = draw(st.lists(st.sampled_from(ASKED), max_size=3, unique_by=lambda question: question.id))
    found = {
        aspect: tuple(draw(st.lists(items(asked=asked), max_size=3)))
        for aspect in draw(
            st.lists(st.sampled_from(("ho_so", "le_phi", "thoi_han", "ket_qua", "tra_cuu")), unique=True)
        )
    }
    steps = tuple(draw(items(title=f"Bước {n} của {id}", asked=asked)) for n in range(draw(st.integers(0, 4))))
    problems = tuple(replace(draw(items(asked=())), id=f"p{n}", amounts=()) for n in range(draw(st.integers(0, 1))))
    parts = {aspect: each for aspect, each in {**found, STEPS: steps, "loi": problems}.items() if each}
    return guide(id, f"Việc {id}", questions={each.id: each for each in asked}, parts=parts)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    found = [draw(guides(id)) for id in ("dang_ky_tam_tru", "gia_han", FIRST_AID)[: draw(st.integers(1, 3))]]
    return replace(CONTENT, guides={each.id: each for each in found})


numbers = st.lists(st.integers(0, MANY), max_size=10)

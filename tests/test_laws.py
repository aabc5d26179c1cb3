"""What holds in every conversation, whatever the content and whatever a citizen does.

One room: every law is tried on the same random conversations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import choice
from bot.content.load import load
from bot.content.types import FIRST_AID, PARTS, Content, Guide, Item
from bot.dialogue import answers, moves, parts, steps
from bot.dialogue.guide import DONE
from bot.dialogue.say import Say
from bot.message import Reply
from bot.session import Session
from bot.understanding.meaning import Answer, Ask, Command, Meaning, Unknown, Unsure
from tests.guides import CONTENT, ROOT, TODAY, Talk
from tests.talks import (
    DAYS,
    MANY,
    TOLD,
    Citizen,
    Luck,
    alarm,
    contents,
    details,
    fees,
    numbers,
    targets,
    to_the_end,
)

MISSES = ("chua_hieu", "chua_hieu_gan", "chua_hieu_nguoi")
FIGURE = re.compile(r"\d (?:đồng|ngày|tháng)|\d ?%")
BASIS = re.compile(r"\n\n(?:Nguồn: .+ · k|K)iểm tra ngày \d\d/\d\d/\d{4}(?:\nNội dung này quá hạn .+)?\Z")
MONEY = re.compile(r"[\d.]+ đồng|miễn phí")
GUIDES = sorted(path.stem for path in (ROOT / "service_guides").glob("[!_]*.yaml"))
NO_FIGURE = "tôi chưa có con số chắc chắn"

settings.register_profile("laws", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("laws")


class World:
    """Some content, with a name that is short to print."""

    def __init__(self, name: str, content: Content) -> None:
        self.name, self.content = name, content

    def __repr__(self) -> str:
        return self.name


@cache
def checkout() -> World:
    return World("checkout", load(ROOT))


def _random(content: Content) -> World:
    return World("; ".join(map(str, content.guides.values())), content)


SMALL = World("small", CONTENT)
forged = st.text(st.sampled_from("acdiklns/?=&_0.<đ "), min_size=1, max_size=12) | st.text(min_size=1, max_size=80)
worlds = st.one_of(st.deferred(lambda: st.just(checkout())), st.just(SMALL), contents().map(_random))


def walked(world: World, does: list[int]) -> Talk:
    """A conversation in which all this was done."""
    citizen = Citizen(Talk(world.content))
    for each in does:
        citizen.does(each)
    return citizen.talk


def copy(talk: Talk) -> Talk:
    return replace(talk)


class TestAsides:
    @given(worlds, numbers, st.integers(0, MANY))
    def test_an_aside_leaves_the_walk_as_it_is_and_asks_the_same_again(
        self, world: World, does: list[int], drawn: int
    ) -> None:
        talk = walked(world, does)
        if talk.session.walk is None:
            talk.hear(Command("next"))
        before = talk.session
        talk.hear(aside(Luck(drawn), world.content, before))
        open_ = moves.again(Say(world.content, TODAY), before, talk.session.about)
        assert (talk.session.walk, talk.session.under, talk.session.kept) == (before.walk, before.under, before.kept)
        if open_:
            assert talk.reply.choices[: len(open_.choices)] == open_.choices
            assert open_.text in talk.reply.text

    @given(worlds, numbers, st.integers(0, MANY))
    def test_after_an_aside_the_walk_goes_on_as_without_it(self, world: World, does: list[int], drawn: int) -> None:
        talk = walked(world, does)
        if talk.session.walk and talk.session.walk.step:
            other = copy(talk)
            other.hear(aside(Luck(drawn), world.content, talk.session))
            assert other.hear(Command("next")) == talk.hear(Command("next"))


def aside(luck: Luck, content: Content, session: Session) -> Meaning:
    """Something that is answered without moving: asked of something else, or for help, or a suspicion."""
    kind = luck.of(("help", "person", "alarm", "ask", "ask", "ask"))
    if kind == "alarm":
        found = alarm(luck, content)
        return replace(found, level="scam") if found.level == "panic" else found
    walk = session.walk
    asides = [id for id in targets(content) if walk is None or id != walk.guide]
    if kind != "ask" or not asides:
        return Command("help" if kind == "ask" else kind)
    target = luck.of(asides)
    if target not in content.guides or moves.again(Say(content, TODAY), session) is None:
        return Ask(target) if target not in content.guides else Command("help")
    aspects = luck.some([aspect for aspect in (*PARTS, "can_cu") if aspect != steps.STEPS], 2)
    return Ask(target, aspects, details(luck, content.guides[target]))


class TestBack:
    @given(worlds, numbers, st.integers(0, MANY))
    def test_back_restores_the_walk_that_a_message_changed(self, world: World, does: list[int], drawn: int) -> None:
        talk = walked(world, does)
        before = copy(talk)
        talk.hear(move(Luck(drawn), talk))
        if talk.session.walk == before.session.walk:
            return
        talk.hear(Command("back"))
        only_read = moves.again(Say(world.content, TODAY), before.session) is None
        if before.session.under and only_read:
            assert talk.session.walk in (before.session.walk, before.session.under, None)
        elif before.session.walk:
            assert talk.session.walk == before.session.walk
            assert talk.hear(Command("again")) == before.hear(Command("again"))
        else:
            assert talk.session.walk is None

    @pytest.mark.parametrize("id", GUIDES)
    def test_walking_back_shows_what_was_shown(self, id: str) -> None:
        """Every guide that is published, with the first, the last and no option chosen each time."""
        for option in (0, -2, -1):
            talk = Talk(checkout().content)
            talk.hear(Ask(id, (steps.STEPS,), steps=True))
            shown = [talk.reply]
            while any(each.id.startswith(f"ans/{id}/") for each in talk.reply.choices):
                talk.push([each.id for each in talk.reply.choices if each.id.startswith(f"ans/{id}/")][option])
                shown.append(talk.reply)
                if id == FIRST_AID:
                    break
            while talk.session.walk and talk.session.walk.step != DONE:
                talk.hear(Command("next"))
                shown.append(talk.reply)
            for each in reversed(shown[1:-1]):
                talk.hear(Command("back"))
                assert talk.reply.choices == each.choices
                assert each.text.endswith(talk.reply.text)

    @given(worlds, numbers)
    def test_back_leads_out_of_everything_in_the_end(self, world: World, does: list[int]) -> None:
        talk = walked(world, does)
        for _ in range(80):
            talk.hear(Command("back"))
        assert (talk.session.walk, talk.session.under) == (None, None)


def move(luck: Luck, talk: Talk) -> Meaning:
    """Something that changes the walk: on, an answer, another guide, panic, stop, from the start."""
    content, session = talk.content, talk.session
    guide = steps.walked(content, session)
    kind = luck.of(("next", "answer", "guide", "panic", "stop", "restart"))
    if kind == "answer" and guide and guide.questions:
        asked = luck.of(list(guide.questions.values()))
        return Answer(guide.id, asked.id, luck.of([*asked.options, ""]))
    if kind == "guide":
        other = luck.of(list(content.guides.values()))
        aspects = (luck.of(("tong_quan", "cac_buoc")),)
        return Ask(other.id, aspects, details(luck, other), steps=True)
    if kind == "panic":
        return replace(alarm(luck, content), level="panic")
    return Command(kind if kind in ("next", "stop", "restart") else "next")


class TestWaysOut:
    @given(worlds, numbers)
    def test_every_reply_offers_something_and_something_leads_to_the_end(self, world: World, does: list[int]) -> None:
        citizen = Citizen(Talk(world.content))
        for each in does:
            citizen.does(each)
            assert any(each.id == "cmd/menu" or each.id.startswith("in/") for each in citizen.talk.reply.choices)
        to_the_end(citizen.talk)

    @given(worlds, numbers)
    def test_the_menu_always_works(self, world: World, does: list[int]) -> None:
        talk = walked(world, does)
        before = talk.session
        talk.say("0")
        groups = {each.id for each in talk.reply.choices if each.id.startswith("in/")}
        assert groups == {f"in/{guide.group}" for guide in world.content.guides.values() if guide.id != FIRST_AID}
        assert any(each.id.startswith(f"ask/{FIRST_AID}/") for each in talk.reply.choices) is (
            FIRST_AID in world.content.guides
        )
        assert talk.session.walk == before.walk

    @given(worlds, numbers)
    def test_every_choice_can_be_pressed_and_is_understood(self, world: World, does: list[int]) -> None:
        talk = walked(world, does)
        wrong = (*MISSES, "nut_cu", "chua_mo_bai")
        for n, each in enumerate(talk.reply.choices):
            pressed, typed = copy(talk), copy(talk)
            pressed.push(each.id)
            assert not [id for id in wrong if pressed.reply.text.startswith(world.content.bot[id].strip())], each
            if each.id != "cmd/menu":
                typed.say(str(n + 1))
                assert (typed.reply, typed.session) == (pressed.reply, pressed.session)

    @given(worlds, numbers)
    def test_ids_of_choices_are_short_ascii_and_read_back(self, world: World, does: list[int]) -> None:
        for each in walked(world, does).reply.choices:
            assert each.id.isascii()
            assert len(each.id) <= choice.LIMIT
            assert choice.read(each.id)
            assert each.label.strip()

    @given(worlds, numbers, forged)
    def test_a_forged_choice_is_answered(self, world: World, does: list[int], forged: str) -> None:
        for kind in ("", "ask/dang_ky_tam_tru/", "ans/dang_ky_tam_tru/", "at/next/lua_dao/", "cmd/", "in/", "ask/"):
            talk = walked(world, does)
            talk.push(kind + forged)
            assert talk.reply.choices

    @given(worlds, numbers, st.lists(st.integers(0, MANY), min_size=2, max_size=6))
    def test_never_the_same_fallback_twice_in_a_row(self, world: World, does: list[int], drawn: list[int]) -> None:
        talk = walked(world, does)
        last = Reply("")
        for luck in map(Luck, drawn):
            near = luck.some(list(world.content.guides), 2)
            talk.hear(luck.of((Unknown(), Unknown(near), Unsure(near), Unsure((*near, FIRST_AID)))))
            assert (talk.reply.text, talk.reply.choices) != (last.text, last.choices)
            last = talk.reply


class TestSessions:
    @given(worlds, numbers, st.integers(0, MANY))
    def test_the_same_input_on_the_same_day_has_the_same_reply(self, world: World, does: list[int], next_: int) -> None:
        one, other = Citizen(walked(world, does)), Citizen(walked(world, does))
        other.talk.session = Session.from_json(json.loads(json.dumps(other.talk.session.to_json())), 0)
        assert one.talk.session == other.talk.session
        one.does(next_)
        other.does(next_)
        assert (one.talk.reply, one.talk.session) == (other.talk.reply, other.talk.session)

    @given(worlds, worlds, numbers, numbers)
    def test_a_session_of_other_content_goes_on(self, old: World, new: World, does: list[int], then: list[int]) -> None:
        talk = walked(old, does)
        talk.content = new.content
        citizen = Citizen(talk, [each.id for each in talk.reply.choices])
        citizen.talk.hear(Command("again"))
        for each in then:
            citizen.does(each)
        to_the_end(citizen.talk)

    @given(st.integers(0, MANY), numbers, numbers)
    def test_a_session_goes_on_while_editors_change_the_guides(
        self, drawn: int, does: list[int], then: list[int]
    ) -> None:
        talk = walked(checkout(), does)
        pressed = [each.id for each in talk.reply.choices]
        talk.content = edited(checkout().content, Luck(drawn))
        citizen = Citizen(talk, pressed)
        for each in then:
            citizen.does(each)
        to_the_end(citizen.talk)

    @given(worlds, numbers)
    def test_forgetting_leaves_nothing(self, world: World, does: list[int]) -> None:
        talk = walked(world, does)
        talk.hear(Command("forget"))
        assert replace(talk.session, offered=()) == Session()

    @given(worlds, numbers)
    def test_only_ids_and_titles_of_content_are_remembered(self, world: World, does: list[int]) -> None:
        session = walked(world, does).session
        for walk in filter(None, (session.walk, session.under)):
            guide = world.content.guides[walk.guide]
            assert walk.step in {"", DONE, *(item.title for item in guide.parts.get(steps.STEPS, ()))}
            for asked, option in walk.answers.items():
                assert option == choice.DONT_KNOW or option in guide.questions[asked].options


def edited(content: Content, luck: Luck) -> Content:
    """Some guides gone, some questions, options and steps gone or renamed, every entry gone."""
    guides: dict[str, Guide] = {}
    for guide in content.guides.values():
        match luck.of(("gone", "same", "questions", "options", "steps", "renamed")):
            case "gone":
                continue
            case "questions":
                guides[guide.id] = replace(guide, questions={})
            case "options":
                fewer = {
                    id: replace(each, options=dict(list(each.options.items())[1:]))
                    for id, each in guide.questions.items()
                }
                guides[guide.id] = replace(guide, questions=fewer)
            case "steps":
                kept = guide.parts.get(steps.STEPS, ())[1::2]
                guides[guide.id] = replace(guide, parts={**guide.parts, steps.STEPS: kept} if kept else {})
            case "renamed":
                new = tuple(replace(item, title=f"{item.title} mới") for item in guide.parts.get(steps.STEPS, ()))
                guides[guide.id] = replace(guide, parts={**guide.parts, steps.STEPS: new})
            case _:
                guides[guide.id] = guide
    one = next(iter(content.guides.values()))
    return replace(content, guides=guides or {one.id: one}, entries={}, shared_problems={})


class TestFigures:
    def test_parts_and_entries_with_a_figure_end_with_what_they_rest_on_and_when_that_was_checked(self) -> None:
        say = Say(checkout().content, TODAY)
        wrong = [text for text in told(say) if FIGURE.search(text) and not BASIS.search(text)]
        assert wrong == []

    def test_every_answer_past_its_review_date_says_so(self) -> None:
        late = Say(checkout().content, date(2036, 1, 1))
        for guide in late.content.guides.values():
            for aspect in (aspect for aspect in TOLD if aspect in guide.parts):
                found = parts.part(late, guide, aspect, {}, whole=True)
                assert "quá hạn rà soát" in found.text, (guide.id, aspect)

    @given(worlds, numbers)
    def test_of_steps_only_the_first_names_the_source(self, world: World, does: list[int]) -> None:
        talk = walked(world, does)
        while steps.stepping(talk.session):
            first = steps.place(world.content.guides[talk.session.walk.guide], talk.session, TODAY) == "1"
            assert bool(BASIS.search(talk.hear(Command("again")))) is first
            talk.hear(Command("next"))

    @given(fees(), st.sampled_from(DAYS))
    def test_an_amount_is_that_of_the_day_or_none(self, item: Item, today: date) -> None:
        said, figure = Say(CONTENT, today).item(item), figure_of(item, today)
        assert MONEY.findall(said) == ([figure] if figure else [])
        assert (NO_FIGURE in said) is not bool(figure)

    @given(contents(), st.integers(0, MANY), st.sampled_from(DAYS), st.booleans())
    def test_no_answer_names_an_amount_of_another_day(
        self, content: Content, drawn: int, today: date, whole: bool
    ) -> None:
        luck = Luck(drawn)
        guide = luck.of(list(content.guides.values()))
        found = parts.part(Say(content, today), guide, luck.of(TOLD), details(luck, guide), whole=whole)
        valid = {figure_of(item, today) for part in guide.parts.values() for item in part}
        assert set(MONEY.findall(found.text)) <= valid


def figure_of(item: Item, today: date) -> str:
    """What the last amount begun by today comes to in words; "" when there is none or it is not known."""
    dong = next((each.dong for each in reversed(item.amounts) if each.since <= today), None)
    return "" if dong is None else f"{dong:,} đồng".replace(",", ".") if dong else "miễn phí"


def told(say: Say) -> Iterator[str]:
    """Everything that is told of parts, under each single answer, and of entries, warnings and problems."""
    for guide in say.content.guides.values():
        known = [
            {},
            *({id: option} for id, each in guide.questions.items() for option in (*each.options, choice.DONT_KNOW)),
        ]
        for answer in known:
            for aspect in TOLD:
                yield from (parts.part(say, guide, aspect, answer, whole=whole).text for whole in (False, True))
        for item in guide.parts.get("loi", ()):
            yield parts.part(say, guide, "loi", {}, item.id).text
    yield from (answers.entry(say, each).text for each in say.content.entries.values())
    yield from (answers.warning(say, each).text for each in say.content.warnings.values())

"""A conversation through a door, compared with what the engine says to the same words when nothing is between them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.channels.manners import Kind, media_answer
from bot.engine import Bot
from bot.message import Incoming, Reply, User, numbers
from tests.conformance.door import GROUP, INTRODUCED, Button, Channel, Door, words
from tests.conformance.talk import GROUP_PLACE, Act, Talk
from tests.conformance.world import BrokenError, World
from tests.guides import SENTENCES

PATIENCE = 10  # seconds
MENU = "cmd/menu"
INTRODUCTION = words(SENTENCES["kenh_la_may"])


@dataclass(frozen=True)
class Heard:
    """Something said, as the engine should hear it."""

    place: str
    who: str
    text: str = ""
    choice: str = ""
    media: Kind | None = None


@dataclass
class Twin:
    """The engine without a channel; `flipped`: of what comes together it hears the second first."""

    engine: Bot
    flipped: bool
    told: dict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))  # place → what it is told

    async def hear(self, said: Sequence[Heard]) -> None:
        for heard in reversed(said) if self.flipped else said:
            self.told[heard.place].append(await self._reply(heard))

    async def _reply(self, heard: Heard) -> Reply:
        user = User("conformance", f"{heard.place}/{heard.who}")
        first = media_answer(SENTENCES, heard.media) if heard.media and self.engine.closed() is None else ""
        try:
            only = first and not heard.text
            reply = Reply("") if only else await self.engine.handle(Incoming(user, heard.text, heard.choice))
        except BrokenError:
            reply = Reply(SENTENCES["web_loi"])
        return replace(reply, text=f"{first}\n\n{reply.text}")


@dataclass
class Run:
    """`name` sets its people apart from those of other conversations on the same door."""

    door: Door
    channel: Channel
    talk: Talk
    world: World
    name: str
    told: Mapping[str, list[Reply]] = field(default_factory=dict)
    last: Any = None  # the event delivered last
    ends: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # place → messages after each reply

    def __post_init__(self) -> None:
        orders = (False, True) if self.talk.is_racing else (False,)
        self.twins = [Twin(self.world.engine(), flipped) for flipped in orders]

    async def whole(self) -> None:
        for who in self.talk.people:
            await self._hear(Heard(self._id(who), self._id(who), choice=MENU))
            await self.door.deliver(self.door.begin(self._id(who)))
            await self._settle()
        for act in self.talk.acts:
            await self._do(act)
            await self._settle()
            self._check(act)
        for who in self.talk.people:  # what came too often would have come before this
            await self._do(Act(say="0", by=who))
        if GROUP in self.talk.needs:
            await self._do(Act(group="0", by=self.talk.people[0]))
        await self._settle()

    def _id(self, who: str) -> str:
        return f"{self.name}.{who}"

    def _place(self, act: Act) -> str:
        return self._id(GROUP_PLACE if act.group or act.chatter else act.by)

    # what happens

    async def _do(self, act: Act) -> None:
        if act.closed is not None or act.opened:
            self.world.off = act.closed
        elif act.again:
            await self.door.deliver(self.last)
        elif act.together:
            pairs = [self._event(each) for each in act.together]
            await self._hear(*(heard for heard, _ in pairs))
            await asyncio.gather(*(self.door.deliver(event) for _, event in pairs))
        elif act.late:
            pairs = [self._event(each) for each in act.late]
            for heard, event in reversed(pairs):
                await self._hear(heard)
                await self.door.deliver(event)
        else:
            heard, self.last = self._event(act)
            if not act.chatter:
                await self._hear(heard)
            await self.door.deliver(self.last)

    async def _hear(self, *said: Heard) -> None:
        for twin in self.twins:
            await twin.hear(said)

    def _event(self, act: Act) -> tuple[Heard, Any]:
        who, place = self._id(act.by), self._place(act)
        if act.press:
            return self._pressed(act, who)
        if act.media:
            return Heard(place, who, act.say, media=act.media), self.door.media(who, act.media, act.say)
        text = act.say or act.group or act.chatter
        if place == who:
            return Heard(place, who, text), self.door.say(who, text)
        return Heard(place, who, text), self.door.say_in(place, who, text, called=not act.chatter)

    def _pressed(self, act: Act, who: str) -> tuple[Heard, Any]:
        """A button, or where there are none its number."""
        at = (act.of or len(self.told[who])) - 1
        offered = self.told[who][at].choices
        found = [pair for pair in numbers(offered) if pair[1].label == act.press]
        assert found, f"«{act.press}» is not offered: {[choice.label for choice in offered]}"
        [(number, choice), *_] = found
        if not self.channel.most_buttons:
            return Heard(who, who, number), self.door.say(who, number)
        shown = self.door.shown(who)[self.ends[who][at] - 1]
        return Heard(who, who, choice=choice.id), self.door.press(who, Button(choice, shown))

    # what has to be seen

    async def _settle(self) -> None:
        """Wait until every place has been shown what it is told. Raises AssertionError."""
        until = asyncio.get_running_loop().time() + PATIENCE
        while not (fitting := [twin.told for twin in self.twins if self._fits(twin.told)]):
            assert asyncio.get_running_loop().time() < until, "\n".join(self._differences(self.twins[0].told))
            await asyncio.sleep(0.001)
        self.told = fitting[0]
        for place, replies in self.told.items():
            ends = self.ends[place]
            ends += [len(self.door.shown(place))] * (len(replies) - len(ends))

    def _fits(self, told: Mapping[str, list[Reply]]) -> bool:
        places = {*told, *map(self._id, (*self.talk.people, GROUP_PLACE))}
        return all(self._seen(place) == _said(told.get(place, [])) for place in places)

    def _seen(self, place: str) -> list[str]:
        found = [word for message in self.door.shown(place) for word in message.words]
        return _without(INTRODUCTION, found) if INTRODUCED in self.channel.can else found

    def _differences(self, told: Mapping[str, list[Reply]]) -> Iterator[str]:
        for place, replies in told.items():
            seen, said = self._seen(place), _said(replies)
            if seen != said:
                same = next((n for n, pair in enumerate(zip(seen, said, strict=False)) if pair[0] != pair[1]), None)
                at = min(len(seen), len(said)) if same is None else same
                yield f"{place}: after «{' '.join(said[max(0, at - 8) : at])}»"
                yield f"   told  «{' '.join(said[at : at + 20])}»"
                yield f"   shown «{' '.join(seen[at : at + 20])}»"

    def _check(self, act: Act) -> None:
        """What the conversation itself says of the reply, and the buttons below it."""
        place = self._place(act)
        if place not in self.told:
            return
        reply, messages = self.told[place][-1], self.door.shown(place)
        for each in act.sees:
            said = words(SENTENCES.get(each, each).partition("{")[0])
            assert _is_within(said, _said([reply])), f"{' '.join(said)}\n   not in: {reply.text}"
        if self.channel.most_buttons and not place.endswith(GROUP_PLACE):
            ids = tuple(choice.id for choice in reply.choices)[: self.channel.most_buttons]
            assert messages[-1].buttons == ids


def _said(replies: Sequence[Reply]) -> list[str]:
    found: list[str] = []
    for reply in replies:
        found += words(reply.text)
        for link in reply.links:
            found += words(link.label) + ([] if link.url.startswith("tel:") else words(link.url))
        for number, choice in numbers(reply.choices):
            found += [number, *words(choice.label)]
    return found


def _is_within(part: list[str], whole: list[str]) -> bool:
    return any(whole[n : n + len(part)] == part for n in range(len(whole)))


def _without(part: list[str], whole: list[str]) -> list[str]:
    at = next((n for n in range(len(whole)) if whole[n : n + len(part)] == part), None)
    return whole if at is None else whole[:at] + _without(part, whole[at + len(part) :])

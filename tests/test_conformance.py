"""The same forty conversations through every channel: its real reading, showing and wire, beside a server of its platform."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.conformance.door import Channel, Door
from tests.conformance.doors import CHANNELS
from tests.conformance.suite import Run
from tests.conformance.talk import TALKS, Talk
from tests.conformance.world import World, understood

PAIRS = [(channel, talk) for channel in CHANNELS for talk in TALKS if talk.needs <= channel.can]


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def door(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Door]:
    channel: Channel = request.param
    with understood():
        async with channel.open(world) as found:
            yield found


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("door", "talk"),
    PAIRS,
    ids=[f"{channel.name}: {talk.title}" for channel, talk in PAIRS],
    indirect=["door"],
    scope="module",
)
async def test_a_conversation_is_the_same_on_every_channel(
    request: pytest.FixtureRequest, door: Door, talk: Talk, world: World
) -> None:
    world.off = None
    channel = request.node.callspec.params["door"]
    await Run(door, channel, talk, world, f"t{TALKS.index(talk)}").whole()


def test_there_are_forty() -> None:
    assert len({talk.title for talk in TALKS}) == len(TALKS) == 40

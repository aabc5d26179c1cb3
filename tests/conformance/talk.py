"""The forty conversations: talks/*.yaml → Talk. What each of them needs of a channel follows from what happens in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, get_args

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.channels.manners import Kind
from tests.conformance.door import AGAIN, CAPTION, GROUP, OLD, PEOPLE

FOLDER = Path(__file__).parent / "talks"
GROUP_PLACE = "group"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Act(BaseModel):
    """One thing that happens; `sees`: words, or ids of the bot's sentences, that the reply has."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    say: str = ""
    press: str = ""  # the label of a choice
    of: int = 0  # of which reply, the greeting being 1; 0: the last
    media: Kind | None = None
    group: str = ""  # said to the bot in the group
    chatter: str = ""  # said in the group to others
    again: bool = False  # the platform delivers the last message once more
    together: tuple[Act, ...] = ()  # at the same moment
    late: tuple[Act, ...] = ()  # written in this order, delivered in the other
    closed: str | None = None  # the operator switches the bot off: why
    opened: bool = False
    by: str = "lan"
    sees: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()


class Talk(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    needs_too: Annotated[tuple[str, ...], Field(alias="needs")] = ()  # what does not follow from the acts
    acts: tuple[Act, ...]

    def _all(self) -> Iterator[Act]:
        for act in self.acts:
            yield from act.together or act.late or (act,)

    @cached_property
    def people(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(act.by for act in self._all()))

    @property
    def is_racing(self) -> bool:
        return any(act.together for act in self.acts)

    @cached_property
    def needs(self) -> frozenset[str]:
        found = {*self.needs_too, *([PEOPLE] if len(self.people) > 1 else [])}
        for act in self._all():
            found |= {AGAIN} if act.again else set()
            found |= {GROUP} if act.group or act.chatter else set()
            found |= {OLD} if act.of else set()
            found |= {act.media} if act.media else set()
            found |= {CAPTION} if act.media and act.say else set()
        return frozenset(found)


KINDS: tuple[Kind, ...] = get_args(Kind)
TALKS: tuple[Talk, ...] = tuple(
    Talk.model_validate(each)
    for path in sorted(FOLDER.glob("*.yaml"))
    for each in yaml.safe_load(path.read_text("utf-8"))
)

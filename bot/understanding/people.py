"""Who is named in a clause: the persons, whom something is made for, and whether a child is among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.understanding.text import plain
from bot.understanding.words import each_of, one_of

CHILD = "con"  # stands for every word for a child

CHILDREN = each_of("con bé cháu nhóc trẻ cu baby")
ADULTS = each_of("bố ba cha mẹ má ông bà cụ vợ chồng cô chú bác dì cậu tôi tui mình anh chị em e")
PERSONS = CHILDREN | ADULTS
OF = each_of("của nhà gái trai út đầu lớn nhỏ nội ngoại ruột dâu rể")  # between a person and whose it is
_SIBLING = frozenset(["gái", "trai", "ruột"])
_NOBODY = each_of("dấu số chip xe đường người nít")  # «con dấu» is no child
_BESIDE = each_of("thăm với nhờ cùng theo gặp")  # who comes after only stands beside
_ONE_OF_THEM = each_of("thằng đứa các hai")  # «cho thằng cu»
_ASKS = each_of("hỏi xin biết")  # «cho em hỏi» is said of nobody


def subject(words: Sequence[str]) -> str:
    """Who is named last: CHILD, the word itself without marks, or "" for nobody."""
    found = _heads(words)
    return _class(words, found[-1]) if found else ""


def made_for(words: Sequence[str]) -> Iterator[str]:
    """Whom «cho …» names."""
    for at in _heads(words):
        start = at - 1 if at and one_of(words[at - 1], _ONE_OF_THEM) else at
        asks = any(one_of(word, _ASKS) for word in words[at + 1 : at + 3])
        if start and words[start - 1] == "cho" and not asks:
            yield _class(words, at)


def names_child(words: Sequence[str]) -> bool:
    """Whether a child is named that does not only stand beside: «thăm con»."""
    return any(_class(words, at) == CHILD and not (at and one_of(words[at - 1], _BESIDE)) for at in _heads(words))


def _heads(words: Sequence[str]) -> list[int]:
    """Where somebody is named; whose relation it is («em» in «con em») does not count."""
    found: list[int] = []
    near = False
    for at, word in enumerate(words):
        person = one_of(word, PERSONS) and not (at + 1 < len(words) and one_of(words[at + 1], _NOBODY))
        if person and near and plain(word) == "be" and words[at - 1] == "em":
            found[-1] = at
        elif person and not near:
            found.append(at)
        near = person or (near and one_of(word, OF))
    return found


def _class(words: Sequence[str], at: int) -> str:
    """«em gái» is a sister, «em» is who speaks."""
    if one_of(words[at], CHILDREN):
        return CHILD
    sibling = at + 1 < len(words) and one_of(words[at + 1], _SIBLING)
    return f"{plain(words[at])} {plain(words[at + 1])}" if sibling else plain(words[at])

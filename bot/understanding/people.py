"""Who is named in a clause: the persons, whom something is made for, and whether a child is among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.understanding.text import plain
from bot.understanding.words import each_of, one_of

CHILD = "con"  # stands for every word for a child

CHILDREN = each_of("con bé cháu nhóc trẻ cu baby")
GROWN = each_of("bố cha mẹ má ông bà cụ vợ chồng cô chú bác dì cậu tôi tui mình")  # whoever says so is no child
ADULTS = GROWN | each_of("ba anh chị em e")
PERSONS = CHILDREN | ADULTS
_CLEAR = each_of(
    "bo cha me ong vo chong bac toi tui"
)  # of the grown ones, those that look like no other word without marks
_OTHERS = each_of("đứa thằng nhóc nó trò học lớp nhỏ trẻ nhi nhà cả")  # somebody else may be meant as well
OF = each_of("của nhà gái trai út đầu lớn nhỏ nội ngoại ruột dâu rể")  # between a person and whose it is
_SIBLING = frozenset(["gái", "trai", "ruột"])
_NOBODY = each_of("dấu số chip xe đường người nít")  # «con dấu» is no child
_BESIDE = each_of("thăm với nhờ cùng theo gặp")  # who comes after only stands beside
_ONE_OF_THEM = each_of("thằng đứa các hai")  # «cho thằng cu»
_ASKS = each_of("hỏi xin biết")  # «cho em hỏi» is said of nobody
_CALLED = each_of("ơi à")  # nor is «chị ơi»
_NO = each_of("không ko k chưa chẳng")


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


_BEFELL = each_of("bị mất hỏng hư gãy rách hết rơi rớt")  # «em bị mất» tells what happened, not for whom


def grown_up(clauses: Sequence[Sequence[str]], *, answer: bool = False) -> bool:
    """Whether somebody grown up, and nobody else, is named: for whom something is made, or who speaks. `answer`: asked for
    whom, «em» says so as well."""
    words = [word for clause in clauses for word in clause]
    if answer and [plain(word) for word in words[-2:]] == ["nguoi", "lon"]:
        return not any(one_of(word, _NO) for word in words)
    if any(one_of(word, CHILDREN | _OTHERS) for word in words) or (
        answer and any(one_of(word, _BEFELL) for word in words)
    ):
        return False
    named = [clause[at] for clause in clauses for at in _heads(clause) if not _calls(clause, at)]
    rest = [word for clause in clauses for word in _receivers(clause) if word not in named and not one_of(word, _ASKS)]
    return bool(named) and not rest and all(_is_grown(word, answer=answer) for word in named)


def _is_grown(word: str, *, answer: bool) -> bool:
    return one_of(word, ADULTS) if answer else word in GROWN or word in _CLEAR


def _calls(words: Sequence[str], at: int) -> bool:
    """«chị ơi», «cho em hỏi»."""
    after = words[at + 1 : at + 3]
    return (bool(after) and one_of(after[0], _CALLED)) or (
        at > 0 and words[at - 1] == "cho" and any(one_of(word, _ASKS) for word in after)
    )


def _receivers(words: Sequence[str]) -> Iterator[str]:
    """What stands after each «cho»."""
    yield from (after for word, after in pairwise(words) if word == "cho")


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

"""An editor goes through groups of messages that were not understood, one key a decision; what is accepted is in the files,
learned and tried at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot import learning
from bot.content.check import check
from bot.content.edit import Edit, EditError
from bot.content.files import Files, read_files
from bot.content.problem import ContentError, Problem
from bot.engine import Brain
from bot.keys import Terminal
from bot.learning import Group, Proposal
from bot.reload import open_brain
from bot.understanding.overlap import elsewhere

KEYS = "n nhận · x xóa, không học · s để sau · k bài khác · u hoàn tác · q thoát"
KEYS_AT_END = "Hết. u hoàn tác việc vừa rồi · phím khác: xong"
KEYS_OF_PROBLEMS = "g giữ · u hoàn tác"
KEYS_OF_OTHERS = "1–9 chọn · t gõ tên · phím khác: thôi"

_NUMBERS = re.compile(r"\d+")


class Trial:
    """What `check` and the fitted model find wrong now that was not before."""

    def __init__(self, root: Path, cache_dir: Path, brain: Brain, files: Files) -> None:
        self._root, self._cache_dir = root, cache_dir
        self.brain, self.files = brain, files
        self._known: Counter[str] | None = None

    def new(self) -> list[Problem]:
        """After an edit: reads the files and fits the model anew, which takes half a minute. Raises ContentError."""
        before = self._known if self._known is not None else Counter(map(_form, self._problems()))
        self.renew()
        found = self._problems()
        self._known = Counter(map(_form, found))
        left = self._known - before
        return [problem for problem in found if left[_form(problem)]]

    def renew(self) -> None:
        """The content as the files are. Raises ContentError."""
        self.brain = open_brain(self._root, self._cache_dir)
        self.files = read_files(self._root)

    def forget(self) -> None:
        """What was found counts no more: the edit is undone."""
        self._known = None
        self.renew()

    def _problems(self) -> list[Problem]:
        tests = self._root / "tests"
        found = check(self.files, tests if tests.is_dir() else None)
        return [*found, *elsewhere(self.files, self.brain.content, self.brain.model)]


def _form(problem: Problem) -> str:
    """The problem wherever it has moved to, with figures that a fit may have changed left out."""
    return _NUMBERS.sub("", f"{problem.path} {problem.code} {problem.text}")


@dataclass(frozen=True, slots=True)
class _Done:
    """The last decision: it can be undone, so its group is still in the store."""

    at: int
    edit: Edit | None


class Review:
    def __init__(
        self,
        trial: Trial,
        groups: Sequence[Group],
        today: date,
        terminal: Terminal,
        settle: Callable[[Iterable[str]], None],
    ) -> None:
        """`settle` deletes messages from the store."""
        self._trial, self._groups, self._today = trial, groups, today
        self._terminal, self._settle = terminal, settle
        self._taken = learning.taken(trial.files)
        self._other: dict[int, str] = {}  # targets that the editor chose
        self._done: _Done | None = None

    def run(self) -> None:
        """Until the editor leaves or the groups end; whatever was decided is settled then."""
        at = 0
        try:
            while at < len(self._groups) or self._done:
                key = self._key(at)
                if key == "q" or (at == len(self._groups) and key != "u"):
                    break
                at = self._act(at, key)
        finally:
            self._settled()

    def _key(self, at: int) -> str:
        if at == len(self._groups):
            return self._ask(KEYS_AT_END)
        group = self._groups[at]
        said = learning.lines(self._trial.brain, self._trial.files, group, self._proposal(at))
        self._terminal.tell("\n".join([f"\n[{at + 1}/{len(self._groups)}]", *said]))
        return self._ask(KEYS)

    def _ask(self, keys: str) -> str:
        self._terminal.tell(keys)
        return self._terminal.key().lower()

    def _act(self, at: int, key: str) -> int:
        """Which group comes next; the same one for a key that means nothing."""
        match key:
            case "n":
                return self._accept(at)
            case "x":
                return self._decided(_Done(at, None))
            case "s":
                return at + 1
            case "k":
                self._choose(at)
            case "u":
                return self._undo(at)
        return at

    def _proposal(self, at: int) -> Proposal:
        found = learning.proposed(self._trial.brain, self._groups[at], self._taken, self._today)
        target = self._other.get(at, found.target)
        if target == found.target:
            return found
        return replace(found, target=target, share=1.0)

    # decisions

    def _accept(self, at: int) -> int:
        try:
            change = learning.patch(self._trial.files, self._proposal(at))
            if change is None:
                self._terminal.tell("Không có câu nào mới để học: x để xóa nhóm, s để đó.")
                return at
            change.apply()
        except (EditError, OSError) as error:
            self._terminal.tell(f"Chưa ghi được: {error}")
            return at
        after = self._decided(_Done(at, change))
        self._terminal.tell(f"Đã ghi {change.path}. Đang học lại và tìm câu bị giành mất, chừng nửa phút …")
        return after if self._holds() else self._undo(at)

    def _holds(self) -> bool:
        """Whether the last edit may stay."""
        try:
            problems = self._trial.new()
        except ContentError as error:
            problems = error.problems
        if not problems:
            self._terminal.tell("Ổn: không câu nào bị bài khác giành mất.")
            return True
        self._terminal.tell("\n".join(map(str, problems)))
        while (key := self._ask(KEYS_OF_PROBLEMS)) not in ("g", "u"):
            pass
        return key == "g"

    def _decided(self, done: _Done) -> int:
        self._settled()
        self._done = done
        return done.at + 1

    def _settled(self) -> None:
        """The last decision stands."""
        if self._done:
            self._settle(self._groups[self._done.at].messages)
        self._done = None

    def _undo(self, at: int) -> int:
        if self._done is None:
            self._terminal.tell("Không có gì để hoàn tác.")
            return at
        done = self._done
        try:
            if done.edit:
                done.edit.undo()
                self._trial.forget()
        except (EditError, OSError) as error:
            self._terminal.tell(f"Không hoàn tác được: {error}")
            return at if at != done.at else at + 1
        self._done = None
        self._terminal.tell("Đã hoàn tác.")
        return done.at

    # another target

    def _choose(self, at: int) -> None:
        content = self._trial.brain.content
        found: Sequence[str] = self._proposal(at).others
        while True:
            shown = (f"{n} {learning.title(content, each)} ({each})" for n, each in enumerate(found, 1))
            self._terminal.tell("\n".join(shown) or "Không có tên nào như vậy.")
            key = self._ask(KEYS_OF_OTHERS)
            if key != "t":
                break
            found = learning.matching(content, self._trial.brain.model, self._terminal.line("Tên: "))
        if key.isdecimal() and 0 < int(key) <= len(found):
            self._other[at] = found[int(key) - 1]

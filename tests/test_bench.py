"""The benches' own parts: tables, calibration, reading intent sets, fitting a small one to the end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench import compared, cost, intents, reliability, second_hand, tables, understanding
from bench.intents import IntentSetError, Method, Score, Split
from bench.peers import diet, nearest, svm
from bench.tables import Figure
from bot.content.types import OUT_OF_SCOPE, Content
from bot.engine import Brain
from bot.prepared import Prepared
from bot.understanding.focus import Focus
from bot.understanding.interpret import interpret
from bot.understanding.meaning import Ask, Unknown
from bot.understanding.measure import TODAY, Bin, Case, Outcome
from bot.understanding.train import key
from tests.small_content import CONTENT, small_model

SAID = {
    "dat_ban": ["đặt bàn cho bốn người tối nay", "em muốn đặt bàn gần cửa sổ", "còn bàn trống không để em đặt"],
    "gia_ve": ["vé xem phim bao nhiêu tiền", "giá vé trẻ em thế nào", "cho hỏi giá vé cuối tuần"],
    "thoi_tiet": ["hôm nay trời có mưa không", "thời tiết ngày mai ra sao", "cuối tuần trời nắng hay mưa"],
}
ASKED = {
    "marks": ["đặt bàn tối mai", "giá vé bao nhiêu", "trời có mưa không"],
    "nomarks": ["dat ban toi mai", "gia ve bao nhieu", "troi co mua khong"],
}


def case(topic: str, text: str = "câu") -> Case:
    return Case(text, frozenset([topic]), topic, frozenset(), "marks")


def told(topic: str, meant: Ask | Unknown, verdict: str, text: str = "câu") -> Outcome:
    return Outcome(case(topic, text), meant, topic, verdict, 0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small intent set."""
    rows = [f"{text}\t{label}" for label, texts in SAID.items() for text in texts]
    (tmp_path / "train.tsv").write_text("\n".join(["text\tlabel", *rows, ""]), "utf-8")
    for register, texts in ASKED.items():
        rows = [f"{text}\t{label}" for label, text in zip(SAID, texts, strict=True)]
        (tmp_path / f"test_{register}.tsv").write_text("\n".join(["text\tlabel", *rows, ""]), "utf-8")
    return tmp_path


def test_a_bar_is_a_least_or_a_most() -> None:
    assert Figure("right", 95.0, "%", 95).cells() == ("right", "95.0 %", "≥ 95 %", "yes")
    assert Figure("right", 94.9, "%", 95).cells()[3] == "NO"
    assert Figure("fit", 15.2, "s", -15).cells() == ("fit", "15.2 s", "≤ 15 s", "NO")
    assert Figure("behind", -1.5, "points", -3).kept
    assert Figure("features", 46766, "").cells() == ("features", "46766", "", "")


def test_every_figure_with_a_bar_is_one_that_is_measured() -> None:
    found = tables.figures([told("a", Ask("a"), "right")])
    assert set(tables.BARS) <= set(found)
    assert set(tables.COLUMNS) <= set(found)


def test_the_summary_tells_which_bars_are_kept() -> None:
    shown = tables.summary("Set", [told("a", Ask("a"), "right"), told(OUT_OF_SCOPE, Ask("a"), "wrong")])
    assert "| topic right | 100.0 % | ≥ 95 % | yes |" in shown
    assert "| wrong and confident (all) | 50.0 % | ≤ 2.5 % | NO |" in shown
    assert "| out-of-scope recall | 0.0 % | ≥ 85 % | NO |" in shown
    assert "register" not in shown


def test_what_was_not_asked_has_no_bar() -> None:
    assert "| out-of-scope recall | – |  |  |" in tables.summary("Set", [told("a", Ask("a"), "right")])


def test_messages_are_grouped_by_their_words() -> None:
    texts = ["một " * count for count in (1, 10, 11, 20, 21)]
    groups = tables.lengths([told("a", Ask("a"), "right", text) for text in texts])
    assert [len(group) for group in groups.values()] == [2, 2, 1]


def test_the_weakest_topics_come_first_and_rare_ones_are_left_out() -> None:
    right, wrong = Ask("a"), Unknown()
    outcomes = [
        *(told("good", right, "right") for _ in range(3)),
        *(told("bad", wrong, "unknown") for _ in range(3)),
        told("rare", wrong, "unknown"),
    ]
    rows = tables.weakest(outcomes).splitlines()[4:]
    assert [row.split(" | ")[0] for row in rows] == ["| bad", "| good"]


def test_the_plot_is_a_picture(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "new/plot.png"
    assert reliability.draw([Bin(10, 0.55, 0.5), Bin(90, 0.97, 0.99)], "Set", path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_without_matplotlib_a_line_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    assert not reliability.draw([Bin(10, 0.55, 0.5)], "Set", tmp_path / "plot.png")
    assert "motcua[bench]" in capsys.readouterr().err


def test_a_directory_is_one_split_for_each_train_file(folder: Path) -> None:
    (one,) = intents.splits(str(folder))
    assert (one.name, list(one.tests)) == (folder.name, ["marks", "nomarks"])
    (folder / "train_20.tsv").write_text((folder / "train.tsv").read_text("utf-8"), "utf-8")
    assert [split.name for split in intents.splits(f"Tên=1={folder}")] == ["Tên=1, train", "Tên=1, train_20"]
    (named,) = intents.splits(f"Tên={folder / 'train_20.tsv'}")
    assert (named.name, named.train.name) == ("Tên", "train_20.tsv")


def test_quotes_are_text_and_rows_without_label_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text('text\tlabel\n"bàn" à\ta\nthừa\n', "utf-8")
    assert intents.read(path) == [('"bàn" à', "a")]


@pytest.mark.parametrize("text", ["", "câu\tnhãn\nmột\ta\n", "text\tlabel\n"])
def test_what_is_no_intent_set_is_said_with_its_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "train.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(IntentSetError, match=r"train\.tsv"):
        intents.read(path)


def test_a_directory_without_tests_is_no_intent_set(folder: Path) -> None:
    for path in folder.glob("test_*"):
        path.unlink()
    with pytest.raises(IntentSetError, match="test_"):
        intents.splits(str(folder))


def test_a_label_is_as_likely_as_the_head_of_topics_says(folder: Path) -> None:
    model = intents.fitted(intents.read(folder / "train.tsv"), {})
    scores = model.score("giá vé người lớn")
    assert scores.topic[0] == "gia_ve"
    np.testing.assert_allclose(sum(share for _, share in scores.topics), 1, rtol=1e-5)
    assert scores.topics == scores.targets


def test_the_matcher_is_fitted_and_scored_in_every_register(folder: Path) -> None:
    heard: list[int] = []
    (split,) = intents.splits(str(folder))
    found = intents.measured("ours", intents.matcher({}), split, lambda: heard.append(1))
    assert {register: score.right for register, score in found.scores.items()} == {"marks": 1.0, "nomarks": 1.0}
    assert found.megabytes is not None
    assert found.megabytes > 0
    assert len(heard) == 6


@pytest.mark.parametrize("fit", [nearest.fit, *svm.METHODS.values()])
def test_a_peer_labels_with_what_it_was_shown(fit: intents.Fit, folder: Path) -> None:
    label, _ = fit(intents.read(folder / "train.tsv"))
    assert label("đặt bàn cho bốn người tối nay") == "dat_ban"
    assert label("") in SAID


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system does not pin processes")
def test_one_core_is_given_back() -> None:
    before = os.sched_getaffinity(0)
    with intents.one_core():
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before


def method(name: str, marks: float, nomarks: float, p50: float = 1.0) -> Method:
    return Method(name, 1.0, None, {"marks": Score(marks, p50, 2.0), "nomarks": Score(nomarks, p50, 2.0)})


def test_the_bars_are_the_points_before_rasa_and_the_times_faster(folder: Path) -> None:
    (split,) = intents.splits(f"Một={folder}")
    found = {"Một": [method(compared.OURS, 0.8, 0.75, 0.5), method("Rasa 3.6.21 DIET", 0.75, 0.4, 5.0)]}
    shown = "\n".join(compared.tables([split], found))
    assert "## Một: 9 examples, 3 labels, 3 questions" in shown
    assert "| Một: nomarks behind marks | 5 points | ≤ 3 points | NO |" in shown
    assert "| marked text: ahead of Rasa, mean of sets | 5 points | ≥ 4 points | yes |" in shown
    assert "| Một, unmarked text: ahead of Rasa | 35 points | ≥ 40 points | NO |" in shown
    assert "| Một: faster than Rasa (p50) | 10 times | ≥ 20 times | NO |" in shown


def test_without_rasa_nothing_is_said_of_it(folder: Path) -> None:
    (split,) = intents.splits(str(folder))
    shown = "\n".join(compared.tables([split], {split.name: [method(compared.OURS, 0.8, 0.75)]}))
    assert compared.RASA not in shown


def test_what_rasa_tells_is_read_by_register() -> None:
    split = Split("set", Path("train.tsv"), {"marks": Path("test_marks.tsv")})
    test = {"path": "test_marks.tsv", "rows": 3, "accuracy": 0.5, "p50_ms": 8.0, "p99_ms": 12.0}
    told = {"peer": "Rasa 3.6.21 DIET", "train_seconds": 58.1, "model_mb": 18.9, "tests": {"test_marks.tsv": test}}
    found = diet.method(told, split)
    assert found == Method("Rasa 3.6.21 DIET", 58.1, 18.9, {"marks": Score(0.5, 8.0, 12.0)})


def test_rasa_that_is_not_set_up_is_skipped_with_a_line(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "score.py"
    script.write_text("raise SystemExit('Rasa is skipped: it is not set up.')", "utf-8")
    monkeypatch.setattr(diet, "SCRIPT", script)
    assert diet.measured(intents.splits(str(folder))[0]) is None
    assert capsys.readouterr().err == "Rasa is skipped: it is not set up.\n"


def test_ten_times_the_topics_leave_the_answers_as_they_are() -> None:
    model = small_model()
    content, grown = cost.grown(CONTENT, model)
    own = [name for name in model.topics.names if name and name in {guide.topic for guide in CONTENT.guides.values()}]
    assert len(grown.topics.names) == len(model.topics.names) + (cost.TIMES - 1) * len(own)
    assert grown.levels.shape == (
        model.levels.shape[0],
        len(grown.targets.names) + len(grown.topics.names) + len(grown.aspects.names),
    )
    assert all(
        content.topic_of(name) == grown.topics.names[at]
        for name, at in zip(grown.targets.names, grown.topic_of, strict=True)
        if "~" in name
    )
    meant = interpret(grown, content, "làm hộ chiếu lần đầu", "", TODAY, focus=Focus(content))
    assert isinstance(meant, Ask)
    assert meant.target == "ho_chieu_pho_thong"


def test_an_intent_set_is_measured_and_written_where_it_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "found/figures.md"
    monkeypatch.setattr(sys, "argv", ["understanding.py", "--data", f"Một={folder}", "--write", str(path)])
    understanding.main()
    written = path.read_text("utf-8")
    assert written.startswith("# Understanding, by `python bench/understanding.py --data DIR`\n")
    assert "## Một: 9 examples, 3 labels, 3 questions" in written
    assert "| Một Cửa | 100.0 | 100.0 |" in written
    assert written.strip() == capsys.readouterr().out.strip()


@pytest.mark.parametrize("given", [["--peers"], ["--data", "a", "--tsv", "b"]])
def test_options_that_do_not_go_together_are_refused(given: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["understanding.py", *given])
    with pytest.raises(SystemExit) as ended:
        understanding.main()
    assert ended.value.code == 2


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Callable[[Content], dict[str, float]]:
    """What is told of starts when the content has become another one."""

    def tell(later: Content) -> dict[str, float]:
        took = iter([cost.Used(float(nth), nth / 2, 90.0) for nth in (3, 1, 2)] + [cost.Used(9.0, 9.0, 100.0)])
        ready = replace(Prepared.of(later), model=key(later))
        monkeypatch.setattr(cost, "prepare", lambda _root, _cache: ready)
        monkeypatch.setattr(cost, "_ask", lambda _cache, _texts: next(took))
        monkeypatch.setattr(cost, "STARTS", 3)
        monkeypatch.setattr(cost, "ROUNDS", 1)
        found = list(cost.figures(CONTENT, small_model(), ["làm hộ chiếu"]))
        at = next(nth for nth, each in enumerate(found) if "times as many" in each.what)
        return {each.what: each.value for each in found[at + 1 :]}

    return tell


def test_a_start_is_the_median_of_several(started: Callable[[Content], dict[str, float]]) -> None:
    assert started(CONTENT) == {
        "start to the first answer, whole process (median)": 2.0,
        cost.PROCESSOR: 1.0,
        "memory of a process that answers 1 messages, at most": 100.0,
    }


def test_a_start_that_would_fit_anew_is_no_start(
    started: Callable[[Content], dict[str, float]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert started(replace(CONTENT, words={})) == {}
    assert "not measured" in capsys.readouterr().err


WRITTEN = {
    "pairs": """
- {flips: topic, texts: [hộ chiếu, tạm trú], first: ho_chieu, second: lua_dao}
- {flips: entry, texts: [hộ chiếu, tạm trú], first: bai_ho_chieu, second: bai_tam_tru}
- {flips: aspect, texts: [hộ chiếu, tạm trú], first: le_phi|ho_so, second: ho_so}
- {flips: none, texts: [hộ chiếu, hộ chiếu], first: ho_chieu}
""",
    "contexts": """
- {before: [hộ chiếu], text: tạm trú, topic: tam_tru|ho_chieu, aspect: le_phi}
- {before: [hộ chiếu], text: hộ chiếu, topic: tam_tru, aspect: ho_so}
""",
    "paired": """
- {topic: ho_chieu, marks: hộ chiếu, nomarks: hộ chiếu, chat: tạm trú, typo: hộ chiếu}
""",
}


def test_what_a_second_hand_wrote_is_counted_against_its_bars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(_brain: Brain, text: str, _before: object = ()) -> dict[str, object]:
        topic = "ho_chieu" if text == "hộ chiếu" else "tam_tru"
        return {"alarm": None, "kind": "guide", "topic": topic, "entry": f"bai_{topic}", "aspects": ["ho_so"]}

    for name, text in WRITTEN.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    monkeypatch.setattr(second_hand, "CASES", tmp_path)
    monkeypatch.setattr(second_hand, "told", told)
    found = {figure.what: figure for figure in second_hand.figures(Brain.of(CONTENT, small_model()))}
    assert {what: round(figure.value, 1) for what, figure in found.items()} == {
        "minimal pairs that differ in meaning (3)": 66.7,
        "minimal pairs that mean the same (1)": 100.0,
        "half questions: topic (2)": 50.0,
        "half questions: aspect (where the topic is right) (1)": 0.0,
        "one question in four registers: marks (1)": 100.0,
        "… nomarks (1)": 100.0,
        "… chat (1)": 0.0,
        "… typo (1)": 100.0,
    }
    assert not found["… chat (1)"].kept
    assert found["… typo (1)"].kept


def test_cases_that_are_not_there_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_hand, "CASES", tmp_path)
    assert list(second_hand.figures(Brain.of(CONTENT, small_model()))) == []


def test_the_memory_of_a_process_is_its_own_and_not_that_of_whoever_started_it() -> None:
    held = bytearray(os.urandom(1)) * 300_000_000
    small = cost.used([sys.executable, "-c", "print(input())"], "x\n")
    large = cost.used([sys.executable, "-c", "held = bytearray(b'x') * 150_000_000"])
    assert len(held) / 1e6 > large.megabytes > 140 > small.megabytes > 0
    assert small.seconds > 0


def test_a_process_that_fails_is_no_figure() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        cost.used([sys.executable, "-c", "raise SystemExit(1)"])

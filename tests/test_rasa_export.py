"""The exported project: YAML of Rasa's shapes, the same each time, over nothing that it has not written itself."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.guides import find_guide
from bot.content.load import default_dir, load
from bot.content.types import TOPICS, Content
from bot.rasa_export import CHECK, COMMAND, FolderError, files, intents, write
from bot.rasa_names import ANSWER, CHOICE, JUDGE, PREFIX, PRESSED
from tests.guides import CONTENT


@pytest.fixture(scope="module")
def content() -> Content:
    return load(default_dir())


@pytest.fixture(scope="module")
def project(content: Content) -> dict[str, Any]:
    return {path: yaml.safe_load(text) for path, text in files(content).items()}


def examples(project: dict[str, Any]) -> dict[str, list[str]]:
    """As Rasa reads them: one a line, behind its dash."""
    found = {each["intent"]: each["examples"].splitlines() for each in project["data/nlu.yml"]["nlu"]}
    assert all(line.startswith("- ") for lines in found.values() for line in lines)
    return {intent: [line.removeprefix("- ") for line in lines] for intent, lines in found.items()}


def names(project: dict[str, Any]) -> list[str]:
    return [next(iter(each)) if isinstance(each, dict) else each for each in project["domain.yml"]["intents"]]


def test_every_intent_has_examples_that_no_other_has_and_rasa_reads_as_plain_text(project: dict[str, Any]) -> None:
    found = examples(project)
    assert list(found) == names(project)
    assert all(re.fullmatch(rf"{PREFIX}[a-z0-9_]+", intent) for intent in found)
    assert min(map(len, found.values())) >= 2
    every = [text.casefold() for texts in found.values() for text in texts]
    assert len(every) == len(set(every))
    assert not any(re.search(r"[\[\]{}]|^\s|\s$|^$", text) for text in every)


def test_what_citizens_say_is_there_under_its_topic(project: dict[str, Any], content: Content) -> None:
    found = examples(project)
    for topic in TOPICS:
        assert find_guide(content, topic) is not None, topic  # what the payload /mot_cua_<topic> opens
        assert set(next(content.guides_of(topic)).examples[:3]) & set(found[PREFIX + topic]), topic
    entry = next(iter(content.entries.values()))
    assert entry.questions[0] in found[PREFIX + entry.topic]
    assert next(iter(content.warnings.values())).says[0] in found[CHECK]
    assert "quay lại" in found[COMMAND]
    assert {"1", "chọn 2"} <= set(found[PRESSED])


def test_every_intent_and_what_rasa_is_unsure_of_leads_to_an_action_of_the_domain(project: dict[str, Any]) -> None:
    rules = project["data/rules.yml"]["rules"]
    found = {each["steps"][0]["intent"]: each["steps"][1]["action"] for each in rules}
    assert set(found) == {*names(project), "nlu_fallback"}
    assert len(rules) == len(found)
    assert {intent for intent, action in found.items() if action == JUDGE} == {CHECK}
    assert set(found.values()) == set(project["domain.yml"]["actions"]) == {ANSWER, JUDGE}


def test_the_rest_is_what_rasa_needs_to_run(project: dict[str, Any]) -> None:
    assert {each["version"] for path, each in project.items() if path.startswith(("data/", "domain"))} == {"3.1"}
    assert project["domain.yml"]["entities"] == [CHOICE]
    assert {PRESSED: {"use_entities": []}} in project["domain.yml"]["intents"]
    assert project["endpoints.yml"]["action_endpoint"]["url"] == "http://127.0.0.1:5055/webhook"
    assert "rest" in project["credentials.yml"]
    assert [each["name"] for each in project["config.yml"]["policies"]] == ["RulePolicy"]
    assert "FallbackClassifier" in [each["name"] for each in project["config.yml"]["pipeline"]]


def test_brackets_and_lines_of_an_example_do_not_mark_entities() -> None:
    guide = replace(CONTENT.guides["ho_chieu"], examples=("làm [hộ chiếu](giấy) cho {con}\n- mới",))
    said = intents(replace(CONTENT, guides={**CONTENT.guides, "ho_chieu": guide}))
    assert any("làm (hộ chiếu)(giấy) cho (con) - mới" in texts for texts in said.values())


def test_the_same_content_writes_the_same_and_over_itself(tmp_path: Path) -> None:
    first = {path: path.read_bytes() for path in write(CONTENT, tmp_path / "a" / "b")}
    (tmp_path / "a" / "b" / "models").mkdir()
    second = {path: path.read_bytes() for path in write(CONTENT, tmp_path / "a" / "b")}
    assert first == second


def test_a_folder_of_somebody_else_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "actions.py").write_text("x")
    with pytest.raises(FolderError, match="thư mục mới"):
        write(CONTENT, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["actions.py"]


def test_a_file_of_the_project_that_was_replaced_is_not_written_over(tmp_path: Path) -> None:
    write(CONTENT, tmp_path)
    (tmp_path / "config.yml").write_text("language: vi\n")
    (tmp_path / "domain.yml").unlink()
    with pytest.raises(FolderError, match=r"config\.yml"):
        write(CONTENT, tmp_path)
    assert (tmp_path / "config.yml").read_text() == "language: vi\n"
    assert not (tmp_path / "domain.yml").exists()


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderError, match="Không ghi được"):
        write(CONTENT, tmp_path / "file" / "project")

"""YAML becomes text values with the line of every key; what cannot be read is said at the first line that broke."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.source import MAX_BYTES, MAX_DEPTH, parse, read


def said(text: str | bytes) -> list[tuple[int, str]]:
    found = parse("tep.yaml", text if isinstance(text, bytes) else text.encode())
    return [(problem.line, problem.code) for problem in found.problems]


def test_every_scalar_is_text() -> None:
    document = parse("tep.yaml", b"a: 100.000\nb: 8:30\nc: 00025\nd: true\ne: 2026-11-20\nf: null\ng: ~\nh: 1e3\n")
    assert document.value == {
        "a": "100.000",
        "b": "8:30",
        "c": "00025",
        "d": "true",
        "e": "2026-11-20",
        "f": "null",
        "g": "~",
        "h": "1e3",
    }


def test_every_key_and_item_has_its_line() -> None:
    document = parse("tep.yaml", b"a: 1\nb:\n  - x\n  - c: 2\n    d: [3, 4]\n")
    lines = {(): 1, ("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 4, ("b", 1, "c"): 4, ("b", 1, "d"): 5}
    assert lines.items() <= document.lines.items()
    assert document.line(("b", 1, "d", 1)) == 5
    assert document.line(("b", 1, "khong_co", "sau")) == 4  # the deepest part that is there
    assert document.line(("khong_co",)) == 1


def test_an_empty_value_is_none_and_an_empty_text_is_a_text() -> None:
    assert parse("tep.yaml", b"a:\nb: ''\nc: \"\"\n").value == {"a": None, "b": "", "c": ""}
    assert parse("tep.yaml", b"").value is None
    assert parse("tep.yaml", b"# chi co chu thich\n").value is None


def test_block_texts_keep_their_lines_and_folded_ones_do_not() -> None:
    document = parse("tep.yaml", "a: |\n  một\n  hai\nb: >-\n  một\n  hai\n".encode())
    assert document.value == {"a": "một\nhai\n", "b": "một hai"}


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a: b\nc: Lưu ý: mang theo thẻ\n", 2, "yaml"),  # a colon within a sentence
        ("a:\n  b: c\n d: e\n", 3, "yaml"),  # out of line
        ("a:\n\t- b\n", 2, "yaml"),  # Tab
        ("a: b\nmột câu xuống dòng\nc: d\n", 2, "yaml"),  # no colon
        ('a: b\nc: "quên đóng\nd: e\n', 2, "yaml"),  # open quote
        ("a: b\nc: {d: e\nf: g\n", 2, "yaml"),  # open brace
        ("a: b\nc: [d, e\nf: g\n", 2, "yaml"),  # open bracket
        ("- a\nb: c\n", 2, "yaml"),  # a list and keys
        ("a: @b\n", 1, "yaml"),
        ("a: &ten b\n", 1, "yaml"),
        ("a: b\nc: *a\n", 2, "yaml"),
        ("a: !lenh b\n", 1, "yaml"),
        ("a: b\n---\nc: d\n", 2, "yaml"),
        ("[a]: b\n", 1, "yaml"),
        ("a: b\x07c\n", 1, "yaml"),
        (b"a: b\nc: \xff\xfe\n", 2, "yaml"),
        ("a: 1\nb: 2\na: 3\n", 3, "trung_khoa"),
        ("x:\n  a: 1\n  a: 2\n", 3, "trung_khoa"),
        ("a: {b: Mang thẻ, giấy tờ}\n", 1, "dau_phay"),
        ("a: {b: c,\n  d e: f, g h}\n", 2, "dau_phay"),
    ],
)
def test_what_is_wrong_is_said_at_the_line_that_broke(text: str | bytes, line: int, code: str) -> None:
    assert said(text) == [(line, code)]


def test_messages_tell_the_way_out_in_vietnamese() -> None:
    for text in (
        b"a: b: c\n",
        b"a:\n\t- b\n",
        b'a: "b\n',
        b"a: {b\n",
        b"- a\nb: c\n",
        b"a: @b\n",
        b"a: *b\n",
        b"a\nb: c\n",
    ):
        (problem,) = parse("tep.yaml", text).problems
        assert "không hiểu được" not in problem.text, text
        assert str(problem).startswith("tep.yaml:1: yaml: ") or str(problem).startswith("tep.yaml:2: yaml: ")


def test_a_windows_file_is_read_as_any_other() -> None:
    document = parse("tep.yaml", "\ufeffa: một\r\nb: hai\r\n".encode())
    assert document.value == {"a": "một", "b": "hai"}
    assert document.line(("b",)) == 2


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "lon.yaml").open("wb") as file:
        file.truncate(10_000_000_000)  # takes no room on the disk
    (problem,) = read(tmp_path, tmp_path / "lon.yaml").problems
    assert (problem.line, problem.code) == (1, "yaml")
    assert f"{MAX_BYTES:,}" in problem.text


def test_a_file_without_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "kin.yaml").write_text("a: b\n")
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [problem.code for problem in read(tmp_path, tmp_path / "kin.yaml").problems] == ["yaml"]


def test_a_file_that_vanished_is_said(tmp_path: Path) -> None:
    assert [problem.code for problem in read(tmp_path, tmp_path / "mat.yaml").problems] == ["yaml"]


@pytest.mark.parametrize("open_", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_and_bombs_end_at_once(open_: str) -> None:
    start = process_time()
    document = parse("tep.yaml", (open_ * 100_000).encode()[:MAX_BYTES])
    assert document.value is None
    assert document.problems
    assert process_time() - start < 2
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert said(bomb) == [(1, "yaml")]


def test_depth_that_guides_need_is_allowed() -> None:
    assert said("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert said("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [(1, "yaml")]


@given(st.binary(max_size=300))
def test_any_bytes_give_a_document(data: bytes) -> None:
    document = parse("tep.yaml", data)
    assert all(1 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 2 for problem in document.problems)


@given(st.text(alphabet="ab:-[]{},\"'#&*!|>%@ \n\t?é\u2028", max_size=60))
def test_any_scribble_gives_a_document(text: str) -> None:
    document = parse("tep.yaml", text.encode())
    assert document.value is None or not any(problem.code == "yaml" for problem in document.problems)

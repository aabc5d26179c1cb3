"""Sentences come into a file as lines of their own; comments, order, quoting and line ends stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import source
from bot.content.edit import Edit, EditError, added, edit
from bot.content.files import read_files
from bot.content.load import default_dir
from bot.content.schema import FaqFile, IntentFile, OutOfScopeFile
from tests.content_files import write

BY_PART = """\
# giữ lời này
guide: dang_ky_tam_tru
examples:
  le_phi:   # phí
    - "tạm trú: hết nhiêu"
    - câu dài
      xuống dòng
  # hỏi giấy tờ
  ho_so:
    - cần giấy gì
"""


def lines_added(before: str, after: str) -> list[tuple[int, str]]:
    """The new lines with their numbers; every other line is as it was and in its order."""
    old, found = before.split("\n"), []
    for number, line in enumerate(after.split("\n"), 1):
        if old and line == old[0]:
            old.pop(0)
        else:
            found.append((number, line))
    assert old == []
    return found


def put(text: str, loc: tuple[str, ...], aspect: str, *sentences: str) -> list[tuple[int, str]]:
    return lines_added(text, added("intents/x.yaml", text.encode(), loc, aspect, sentences).decode())


def test_a_sentence_stands_last_in_its_part() -> None:
    assert put(BY_PART, ("examples",), "le_phi", "mất tiền không") == [(8, "    - mất tiền không")]


def test_a_part_that_is_not_there_comes_last() -> None:
    new = [(11, "  noi_nop:"), (12, "    - làm ở đâu"), (13, "    - ra đâu")]
    assert put(BY_PART, ("examples",), "noi_nop", "làm ở đâu", "ra đâu") == new


def test_a_list_without_parts_grows_at_its_end_and_line_ends_stay() -> None:
    text = "guide: x\r\nexamples:\r\n- một câu\r\n\r\n# hết\r\n"
    assert put(text, ("examples",), "le_phi", "câu nữa") == [(4, "- câu nữa\r")]
    assert put("guide: x\nexamples:\n  - một câu", ("examples",), "", "câu nữa") == [(4, "  - câu nữa")]


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("lỗi: không vào được", "'lỗi: không vào được'"),
        ("mã #12 là gì # hả", "'mã #12 là gì # hả'"),
        ("- gạch đầu", "'- gạch đầu'"),
        ("[a, b]", "'[a, b]'"),
        ("'nháy'", "'''nháy'''"),
        ("phí 50%, bao lâu?", "phí 50%, bao lâu?"),
    ],
)
def test_what_yaml_would_read_otherwise_is_quoted(sentence: str, written: str) -> None:
    assert put(BY_PART, ("examples",), "ho_so", sentence) == [(11, f"    - {written}")]


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_whatever_is_written_is_read_again_or_refused(sentence: str) -> None:
    try:
        after = added("x.yaml", BY_PART.encode(), ("examples",), "ho_so", [sentence])
    except EditError:
        return
    assert source.parse("x.yaml", after).value["examples"]["ho_so"] == ["cần giấy gì", sentence]


def test_a_list_in_brackets_is_refused_with_the_way_out() -> None:
    with pytest.raises(EditError, match=r"x\.yaml:2: danh sách viết trong \[\]"):
        added("x.yaml", b"guide: x\nexamples: [a]\n", ("examples",), "", ["b"])


def test_every_list_of_the_real_content_can_grow() -> None:
    files = read_files(default_dir())
    targets = [intent.guide for _, intent in files.of(IntentFile)]
    targets += [id for kind in (FaqFile, OutOfScopeFile) for _, file in files.of(kind) for id in file.root]
    assert len(targets) > 300
    for target in targets[::7]:
        change = edit(files, target, "can_cu", ["một câu chưa ai hỏi"])
        assert lines_added(change.before.decode(), change.after.decode())[-1][1].endswith("- một câu chưa ai hỏi")


def test_an_edit_is_applied_and_undone_to_the_byte_and_never_over_somebody_elses(tmp_path: Path) -> None:
    write(tmp_path)
    change: Edit = edit(read_files(tmp_path), "ly_hon", "", ["bỏ nhau"])
    file = tmp_path / change.path
    before = file.read_bytes()
    change.apply()
    assert b"    - b\xe1\xbb\x8f nhau\n" in file.read_bytes()
    assert "+    - bỏ nhau\n" in change.patch()
    change.undo()
    assert file.read_bytes() == before
    change.apply()
    file.write_bytes(file.read_bytes() + "# lời của người khác\n".encode())
    with pytest.raises(EditError, match="vừa được sửa ở nơi khác"):
        change.undo()
    assert file.read_text(encoding="utf-8").endswith("# lời của người khác\n")
    assert [each.name for each in file.parent.iterdir() if each.name.startswith(".")] == []

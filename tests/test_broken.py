"""Whatever an editor does to a real file, the answer is a list of problems: never a traceback, never a hang."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from bot.content.build import build
from bot.content.check import check
from bot.content.due import due
from bot.content.files import File, Files, read_files, shaped
from bot.content.references import unknown
from bot.content.source import MAX_BYTES, parse, read

ROOT = Path(__file__).parents[1]
VARIANTS = 1000
REAL = read_files(ROOT)
TEXTS: Mapping[str, str] = {path: (ROOT / path).read_text("utf-8") for path in REAL.by_path}
COMMON = {path: file for path, file in REAL.by_path.items() if Path(path).name.startswith("_")}
Mutation = Callable[[random.Random, list[str]], list[str]]


def dropped_key(rng: random.Random, lines: list[str]) -> list[str]:
    at = rng.choice([n for n, line in enumerate(lines) if ":" in line] or [0])
    return lines[:at] + lines[at + 1 :]


def wrong_indent(rng: random.Random, lines: list[str]) -> list[str]:
    at = rng.randrange(len(lines))
    return [*lines[:at], " " * rng.randrange(1, 5) + lines[at].lstrip(), *lines[at + 1 :]]


def tab(rng: random.Random, lines: list[str]) -> list[str]:
    at = rng.randrange(len(lines))
    return [*lines[:at], "\t" + lines[at].lstrip(), *lines[at + 1 :]]


def duplicate_key(rng: random.Random, lines: list[str]) -> list[str]:
    at = rng.choice([n for n, line in enumerate(lines) if re.match(r" *\w+:", line)] or [0])
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def replaced(pattern: str, *instead: str) -> Mutation:
    def mutate(rng: random.Random, lines: list[str]) -> list[str]:
        found = list(re.finditer(pattern, text := "\n".join(lines)))
        if not found:
            return wrong_indent(rng, lines)
        where = rng.choice(found)
        return (text[: where.start()] + rng.choice(instead) + text[where.end() :]).split("\n")

    return mutate


def junk(rng: random.Random, lines: list[str]) -> list[str]:
    at = rng.randrange(len(lines))
    noise = "".join(chr(rng.choice([0, 7, 0x7F, 0x85, 0x200B, 0x2028, 0x0430, 0x1F600, 0xFFFD])) for _ in range(5))
    return [*lines[:at], lines[at] + noise, *lines[at + 1 :]]


def nested(rng: random.Random, lines: list[str]) -> list[str]:
    at = rng.randrange(len(lines))
    depth = rng.choice([5, 15, 50_000])
    return [*lines[:at], "sau: " + rng.choice(["[", "{a: "]) * depth, *lines[at:]]


def bomb(rng: random.Random, lines: list[str]) -> list[str]:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return [*lines, "a0: &a0 [x]", *levels]


def cut(rng: random.Random, lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    return text[: rng.randrange(len(text) + 1)].split("\n")


def shuffled(rng: random.Random, lines: list[str]) -> list[str]:
    a, b = sorted((rng.randrange(len(lines)), rng.randrange(len(lines))))
    return [*lines[:a], *lines[b : b + 5], *lines[a:b], *lines[b + 5 :]]


def scribbled(rng: random.Random, lines: list[str]) -> list[str]:
    text = list("\n".join(lines))
    for _ in range(rng.randrange(1, 4)):
        text[rng.randrange(len(text))] = rng.choice("{}[]:,-#&*!|>'\"%@` \n\t?0a")
    return "".join(text).split("\n")


MUTATIONS: tuple[Mutation, ...] = (
    dropped_key,
    wrong_indent,
    tab,
    duplicate_key,
    replaced(r"\d{4}-\d{2}-\d{2}", "2026-13-40", "hôm qua", "20/11/2026", "9999-12-31", "0001-01-01", ""),
    replaced(
        r"dong: [\d.]+", "dong: 7k", "dong: -1", "dong: 1.00", "dong: 999.999.999.999.999.999", "dong:", "dong: [1]"
    ),
    replaced(r"(?<=[ \[])[a-z]+(?:_[a-z0-9]+)+(?=[,\]}\n])", "khong_co_ten_nay", "Tên", "", "null", "{}"),
    replaced(r"(?<=when: ){[^}]*}", "{}", "{a: b}", "[]", "{cho_ai: []}", "{cho_ai: [a, [b]]}", "x", "{? [a] : b}"),
    replaced(r"(?<=amount:)(?= |\n)", " local", " 5", " {}", " []", " {2026-01-01: 5}"),
    replaced(r"(?m)^\w+:", "Khóa lạ:", "'':", "? :", "123:", '"a":', "- a:", "until:"),
    replaced(r": \S[^\n]*", ": |\n", ": >", ": null", ": ''", ": {}", ": []", ": 0", ": true"),
    replaced(r"(?<={label: )", "Có, không, "),
    junk,
    nested,
    bomb,
    cut,
    shuffled,
    scribbled,
)


def broken(path: str, data: bytes, others: Mapping[str, File]) -> Files:
    file, problems = shaped(parse(path, data))
    return Files(ROOT, {**others, path: file}, tuple(problems))


def checked(path: str, data: bytes, others: Mapping[str, File]) -> list[str]:
    files = broken(path, data, others)
    list(unknown(files))
    problems = check(files, None)
    due(build(files), files, date(2026, 11, 25), 30)
    lines = data.count(b"\n") + data.count(b"\r") + data.count(b"\x85") + data.count("\u2028".encode()) + 2
    assert all(1 <= problem.line <= lines for problem in problems if problem.path == path)
    assert all("\n" not in str(problem) and len(str(problem)) < 400 for problem in problems)
    return [problem.code for problem in problems if problem.path == path]


def test_a_thousand_broken_files_give_problems_and_nothing_else() -> None:
    rng = random.Random(20261125)
    paths = sorted(path for path in TEXTS if TEXTS[path].strip())
    codes: Counter[str] = Counter()
    for number in range(VARIANTS):
        path = rng.choice(paths)
        text = "\n".join(MUTATIONS[number % len(MUTATIONS)](rng, TEXTS[path].split("\n")))
        codes.update(checked(path, text.encode(), COMMON))
    assert {"yaml", "trung_khoa", "dau_phay", "thieu", "thua", "ngay_sai", "tien_sai", "khong_co", "kieu_sai"} <= set(
        codes
    )


@pytest.mark.parametrize("number", range(len(MUTATIONS)))
def test_a_broken_file_among_all_the_others(number: int) -> None:
    rng = random.Random(number)
    path = rng.choice(sorted(path for path in TEXTS if "service_guides" in path))
    checked(path, "\n".join(MUTATIONS[number](rng, TEXTS[path].split("\n"))).encode(), REAL.by_path)


@pytest.mark.parametrize("path", sorted(COMMON))
def test_a_shared_file_that_is_gone_breaks_nothing_else(path: str) -> None:
    for data in (b"", b"- a", b"a: {}"):
        checked(path, data, REAL.by_path)
    left = {other: file for other, file in REAL.by_path.items() if other != path}
    files = Files(ROOT, left, ())
    assert check(files, None) == sorted(check(files, None))


def test_a_file_of_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "faq_vi").mkdir()
    (tmp_path / "faq_vi/lon.yaml").write_bytes(b"a: b\n" * 2_000_000)
    files = read_files(tmp_path)
    assert [problem.code for problem in files.problems] == ["yaml"]
    assert [problem.code for problem in check(files, None)] == ["yaml"]


def test_the_largest_file_that_is_read_is_checked_in_time(tmp_path: Path) -> None:
    text = "\n".join(f"  - text: Bước {n} nói một câu dài vừa phải cho đủ chữ." for n in range(MAX_BYTES // 64))
    start = process_time()
    checked("service_guides/dai.yaml", f"title: A\ndocuments:\n{text}\n".encode()[:MAX_BYTES], COMMON)
    assert process_time() - start < 10


def test_a_directory_of_junk_is_answered(tmp_path: Path) -> None:
    (tmp_path / "service_guides").mkdir()
    (tmp_path / "service_guides/a.yaml").write_bytes(bytes(range(256)))
    (tmp_path / "service_guides/thu_muc.yaml").mkdir()
    (tmp_path / "service_guides/vong.yaml").symlink_to("vong.yaml")
    files = read_files(tmp_path)
    assert {problem.code for problem in check(files, tmp_path)} == {"yaml"}
    assert read(tmp_path, tmp_path / "service_guides/khong_co.yaml").value is None

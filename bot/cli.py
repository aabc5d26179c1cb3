"""The commands; no logic. Modules are imported by the command that needs them, so that each starts fast."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot import operating, settings

if TYPE_CHECKING:
    from rich.console import Console

    from bot.content.problem import Problem
    from bot.engine import Brain

app = typer.Typer(
    help="Một Cửa: trợ lý dịch vụ công. Bắt đầu: «bot.py chat» (trong cửa sổ này) hoặc «bot.py serve» (trang web).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(operating.app)

ContentDir = Annotated[
    Path | None, typer.Option("--content", metavar="DIR", help="Thư mục nội dung (mặc định: MOTCUA_CONTENT)")
]
OnDay = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Trả lời như vào ngày này")
]


def main() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


@app.command(help="Trò chuyện ngay trong cửa sổ này")
def chat(content: ContentDir = None) -> None:
    import asyncio

    from bot.channels import console
    from bot.engine import Bot
    from bot.reload import watch
    from bot.store.memory import MemoryStore

    out, root = _console(), _root(content)
    bot = Bot(_brain(root), MemoryStore())

    async def talk() -> None:
        watching = asyncio.create_task(watch(bot, root, _settings().cache, lambda text: out.print(text, style="dim")))
        await console.run(bot, out)
        watching.cancel()

    try:
        asyncio.run(talk())
    except KeyboardInterrupt:
        out.print()


@app.command(help="Trả lời từng dòng: «python bot.py ask câu hỏi», hoặc đọc từ đầu vào")
def ask(
    text: Annotated[list[str] | None, typer.Argument(metavar="[CÂU HỎI]", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Mỗi câu trả lời là một dòng JSON")] = False,
    talk: Annotated[bool, typer.Option("--talk", help="Các dòng là một cuộc trò chuyện")] = False,
    on: OnDay = None,
    content: ContentDir = None,
) -> None:
    from bot.asking import answers

    lines: Iterable[str] = [" ".join(text)] if text else sys.stdin
    brain = _brain(_root(content), keep=False)
    for answer in answers(brain, lines, _day(on), talk=talk, as_json=as_json):
        print(answer, flush=True)


@app.command(help="Vì sao trả lời như vậy: chữ đã sửa, chủ đề, phần hỏi, chi tiết, kết luận")
def explain(
    text: Annotated[str, typer.Argument(metavar="CÂU")],
    about: Annotated[str, typer.Option("--about", metavar="ID", help="Bài hoặc mục vừa nói đến")] = "",
    on: OnDay = None,
    content: ContentDir = None,
) -> None:
    from bot.asking import explained

    for table in explained(_brain(_root(content)), text, about, _day(on)):
        _console().print(table)


@app.command(help="Một tin nhắn có phải lừa đảo không: «python bot.py scam tin nhắn», hoặc đọc từng dòng từ đầu vào")
def scam(
    text: Annotated[list[str] | None, typer.Argument(metavar="[TIN NHẮN]", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Mỗi tin một dòng JSON")] = False,
    on: OnDay = None,
    content: ContentDir = None,
) -> None:
    from bot.asking import checks
    from bot.channels import console
    from bot.dialogue.say import Say
    from bot.prepared import prepare

    lines: Iterable[str] = [" ".join(text)] if text else sys.stdin
    with _content_errors():
        ready = prepare(_root(content), _settings().cache, keep=False)
    for check in checks(ready.content, ready.shield, lines, _day(on)):
        if as_json:
            print(json.dumps(check.to_json(), ensure_ascii=False), flush=True)
        else:
            console.show_check(_console(), Say(ready.content, _day(on)), check)


@app.command(help="In trọn một bài, mọi trường hợp, như người dân đọc")
def show(
    topic: Annotated[str, typer.Argument(metavar="BÀI", help="Tên bài, thí dụ dang_ky_tam_tru")],
    on: OnDay = None,
    content: ContentDir = None,
) -> None:
    from bot.dialogue.say import Say
    from bot.dialogue.whole import whole
    from bot.prepared import prepare

    with _content_errors():
        found = prepare(_root(content), _settings().cache).content
    if topic not in found.guides:
        _fail(f"Không có bài «{topic}». Các bài: {', '.join(sorted(found.guides))}")
    guide = found.guides[topic]
    print(whole(Say(found, _day(on)), guide))
    for other in found.guides_of(guide.topic):
        if other is not guide:
            print(f"Cùng chủ đề: python bot.py show {other.id} ({other.title})")


@app.command(help="Tìm mọi chỗ sai trong nội dung")
def check(
    content: ContentDir = None,
    output: Annotated[str, typer.Option("--format", metavar="text|github", help="Cách in")] = "text",
    everything: Annotated[bool, typer.Option("--all", help="Cả những lỗi cần mô hình, lâu hơn")] = False,
) -> None:
    from bot.content.check import check as problems_of
    from bot.content.files import read_files

    root = _root(content)
    with _content_errors():
        files = read_files(root)
        problems = list(problems_of(files, root / "tests" if (root / "tests").is_dir() else None))
    if everything and not problems:
        from bot.understanding.overlap import overlaps

        problems = list(overlaps(files, _brain(root).model))
    _print_problems(problems, output)
    if problems:
        raise typer.Exit(1)
    print(f"Nội dung ổn: {len(files.by_path)} tệp.")


@app.command(help="Những gì phải đọc lại, và những gì dựa vào một văn bản")
def due(
    days: Annotated[int, typer.Option("--days", help="Cả những gì đến hạn trong ngần này ngày tới")] = 30,
    source: Annotated[str, typer.Option("--source", metavar="ID", help="Chỉ những gì dựa vào nguồn này")] = "",
    on: OnDay = None,
    content: ContentDir = None,
) -> None:
    from bot.content.due import due as due_of
    from bot.content.due import resting_on
    from bot.content.files import read_files
    from bot.content.load import from_files

    with _content_errors():
        files = read_files(_root(content))
        found = from_files(files)
        lines = resting_on(files, source) if source else due_of(found, files, _day(on), days)
    _print_lines(lines, "Không có gì đến hạn." if not source else f"Không có gì dựa vào «{source}».")


@app.command(help="Một tên (nguồn, cơ quan, bài, câu hỏi …) được dùng ở đâu")
def where(id: Annotated[str, typer.Argument(metavar="TÊN")], content: ContentDir = None) -> None:
    from bot.content.files import read_files
    from bot.content.where import where as places_of

    with _content_errors():
        places = places_of(read_files(_root(content)), id)
    _print_lines(places, f"Không thấy «{id}» ở đâu cả.")


@app.command(
    help="Nội dung đáng tin đến đâu: phạm vi, tuổi và độ chắc của từng điều, hiểu đúng bao nhiêu, còn thiếu gì"
)
def report(
    output: Annotated[str, typer.Option("--format", metavar="md|html", help="Cách in")] = "md",
    on: OnDay = None,
    content: ContentDir = None,
) -> None:
    from bot import report as trust

    write = {"md": trust.markdown, "html": trust.html}.get(output)
    if write is None:
        _fail(f"Không có cách in «{output}». Chọn md hoặc html.")
    root = _root(content)
    print(write(trust.report(_brain(root), root, _day(on)), _day(on)))


@app.command(help="Mở trang web và giao diện lập trình")
def serve(
    host: Annotated[str, typer.Option(help="Địa chỉ nghe (mặc định: MOTCUA_HOST)")] = "",
    port: Annotated[int | None, typer.Option(help="Cổng (mặc định: MOTCUA_PORT)")] = None,
    content: ContentDir = None,
) -> None:
    from bot import serving

    found, root = _settings(), _root(content)
    found = replace(found, host=host or found.host, port=found.port if port is None else port)
    _fit_apart(root)
    serving.run(_brain(root), root, found, lambda text: print(text, file=sys.stderr, flush=True))


@app.command("settings", help="Các cài đặt (biến môi trường), giá trị và ý nghĩa")
def settings_() -> None:
    from rich.table import Table

    table = Table("Biến", "Giá trị", "Ý nghĩa")
    for each in settings.SETTINGS:
        table.add_row(each.variable, settings.shown(each), each.help)
    _console().print(table)
    _settings()


@app.command(help="Học câu mẫu ngay bây giờ", hidden=True)
def fit(content: ContentDir = None) -> None:
    _brain(_root(content))


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def _settings() -> settings.Settings:
    try:
        return settings.read()
    except settings.SettingError as error:
        _fail(str(error))


def _root(content: Path | None) -> Path:
    from bot.content.load import default_dir

    return content or _settings().content or default_dir()


def _day(on: datetime | None) -> date:
    from bot.engine import day_of, utc_now

    return on.date() if on else day_of(utc_now())


def _brain(root: Path, *, keep: bool = True) -> Brain:
    """With a progress bar on the terminal while the model has to be fitted."""
    from bot.reload import open_brain

    bar = _Bar()
    with _content_errors(), bar:
        return open_brain(root, _settings().cache, bar.show, keep=keep)


def _fit_apart(root: Path) -> None:
    from bot.running import fit_apart

    with _content_errors():
        status = fit_apart(root, _settings().cache)
    if status:
        raise typer.Exit(status)


class _Bar:
    """A progress bar on stderr that appears with the first progress."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> None: ...

    def show(self, done: float) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("Đang học câu mẫu (một lần)", total=1.0)
        self._bar.update(self._task, completed=done)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


@contextmanager
def _content_errors() -> Iterator[None]:
    """Every problem of the content, one line each."""
    from bot.content.problem import ContentError

    try:
        yield
    except ContentError as error:
        _fail(str(error))


def _print_problems(problems: Iterable[Problem], output: str) -> None:
    for problem in problems:
        print(problem.github() if output == "github" else problem)


def _print_lines(lines: Iterable[object], nothing: str) -> None:
    found = list(map(str, lines))
    print("\n".join(found) if found else nothing)


def _fail(text: str) -> NoReturn:
    print(text, file=sys.stderr)
    raise typer.Exit(1)

"""The commands of who runs it: off, on, forget, unknown, zalo, rasa. Their words are for operators."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot import settings
from bot.rasa_names import PORT

if TYPE_CHECKING:
    from datetime import date

    from bot.learning import Row
    from bot.message import User

app = typer.Typer()

ContentDir = Annotated[
    Path | None, typer.Option("--content", metavar="DIR", help="Thư mục nội dung (mặc định: MOTCUA_CONTENT)")
]


@app.command(help="Tạm tắt bot ở mọi kênh, ngay lập tức; khởi động lại vẫn tắt")
def off(
    reason: Annotated[list[str], typer.Argument(metavar="LÝ DO", help="Người dân đọc thấy", show_default=False)],
) -> None:
    from bot.store.switch import Switch, tidy

    found, said = _settings(), tidy(" ".join(reason))
    switch = Switch(found.switch)
    if not said:
        _fail('Viết lý do, người dân sẽ đọc thấy. Thí dụ: python bot.py off "đang sửa mức phí căn cước"')
    try:
        switch.turn_off(said)
    except OSError as error:
        _fail(f"Không ghi được {switch.path.resolve()}: {error.strerror}.")
    typer.echo(f"Đã tắt. Mọi kênh báo: {said}\nBật lại: python bot.py on\nCông tắc: {switch.path.resolve()}")
    if (database := _database(found)) and not database.is_file():
        typer.echo(f"Chưa có tệp {database.resolve()}: máy chủ có chạy với MOTCUA_STORE khác, ở thư mục khác không?")


@app.command(help="Bật bot lại sau lệnh off")
def on() -> None:
    from bot.store.switch import Switch

    switch = Switch(_settings().switch)
    try:
        was_off = switch.turn_on()
    except OSError as error:
        _fail(f"Không xóa được {switch.path.resolve()}: {error.strerror}.")
    typer.echo(f"{'Đã bật lại.' if was_off else 'Bot đang bật sẵn.'}\nCông tắc: {switch.path.resolve()}")


@app.command(help="Xóa ngay mọi thứ đang giữ về một người, kể cả trong nhóm: «python bot.py forget telegram 123456»")
def forget(
    channel: Annotated[str, typer.Argument(metavar="KÊNH", help="web, telegram …", show_default=False)],
    user: Annotated[str, typer.Argument(metavar="MÃ", help="Mã của người đó ở kênh ấy", show_default=False)],
) -> None:
    import asyncio

    from bot.message import User
    from bot.store import StoreError

    found = _settings()
    _database_there(found)
    try:
        known = asyncio.run(_forget(found.store, User(channel, user)))
    except StoreError as error:
        _fail(str(error))
    typer.echo(f"Đã xóa mọi thứ về «{user}» ở kênh «{channel}».")
    if not known:
        typer.echo("Trước đó không thấy cuộc trò chuyện nào của người này: xem lại kênh và mã.")


@app.command(help="Câu bot chưa hiểu, gom nhóm; mỗi nhóm một phím: học câu mẫu mới, hay xóa")
def unknown(
    listed: Annotated[bool, typer.Option("--list", help="Chỉ in ra")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Chỉ in ra, mỗi nhóm một dòng JSON")] = False,
    content: ContentDir = None,
) -> None:
    import asyncio

    from bot.content.problem import ContentError
    from bot.store import StoreError

    found = _settings()
    _database_there(found)
    try:
        rows = asyncio.run(_unknown(found.store))
        if not rows:
            typer.echo("Không có câu nào chưa hiểu.", err=as_json)
        else:
            only_read = listed or as_json or not sys.stdin.isatty()
            _go_through(_root(content), found, rows, only_read=only_read, as_json=as_json)
    except (ContentError, StoreError) as error:
        _fail(str(error))


def _go_through(root: Path, found: settings.Settings, rows: list[Row], *, only_read: bool, as_json: bool) -> None:
    import asyncio

    from bot import keys, learning
    from bot.content.files import read_files
    from bot.reload import open_brain
    from bot.review import Review, Trial

    brain, files = open_brain(root, found.cache), read_files(root)
    if only_read:
        for line in learning.listed(brain, files, rows, _today(), as_json=as_json):
            typer.echo(line)
        return
    trial, groups = Trial(root, found.cache, brain, files), learning.grouped(brain.model, rows)
    with contextlib.suppress(KeyboardInterrupt, EOFError), keys.terminal() as terminal:
        Review(trial, groups, _today(), terminal, lambda texts: asyncio.run(_settle(found.store, texts))).run()


zalo = typer.Typer(help="Zalo OA, Zalo Bot: xin quyền gửi tin, tìm chỗ sai", no_args_is_help=True)
app.add_typer(zalo, name="zalo")


@zalo.command(help="Xin OA cho phép gửi tin: chạy một lần, và khi Zalo không nhận token nữa")
def login() -> None:
    import asyncio

    from bot.store import StoreError

    oa = _zalo()
    try:
        asyncio.run(oa.login(_settings(), typer.prompt, typer.echo))
    except (oa.ZaloError, StoreError) as error:
        _fail(str(error))


@zalo.command(help="Xem cài đặt, token, OA, bot và máy chủ có ổn không; sai thì nói cách sửa")
def doctor() -> None:
    import asyncio

    from bot.store import StoreError

    oa, found = _zalo(), _settings()
    try:
        problems = asyncio.run(_problems(oa, found))
    except StoreError as error:
        _fail(str(error))
    typer.echo("\n".join(f"✗ {each}" for each in problems) or "Không thấy gì sai.")
    if _wants_oa(found):
        typer.echo("\n".join(("", *oa.REMINDERS)))
    if problems:
        raise typer.Exit(1)


async def _problems(oa: ModuleType, found: settings.Settings) -> list[str]:
    from bot import zalo_bot

    said = await oa.problems(found) if _wants_oa(found) else []
    return [*said, *(await zalo_bot.check(found) if found.zalo_bot_token else [])]


def _wants_oa(found: settings.Settings) -> bool:
    """An account is looked at unless there is a bot and nothing else."""
    return bool(found.zalo_oa_app_id or not found.zalo_bot_token)


def _zalo() -> ModuleType:
    try:
        from bot import zalo_oa as oa
    except ModuleNotFoundError as error:
        _fail(f"Để dùng Zalo, cài thêm: pip install 'motcua[zalo]' (thiếu {error.name}).")
    return oa


rasa = typer.Typer(help="Rasa: action server trả lời thay cho bot Rasa, và dự án mẫu để Rasa học", no_args_is_help=True)
app.add_typer(rasa, name="rasa")


@rasa.command(help="Mở action server cho Rasa gọi; chỉ để Rasa tới được, đừng mở ra Internet")
def serve(
    host: Annotated[str, typer.Option(help="Địa chỉ nghe (mặc định: MOTCUA_HOST)")] = "",
    port: Annotated[int, typer.Option(help="Cổng; đổi thì đổi cả endpoints.yml của Rasa", min=0, max=65535)] = PORT,
    content: ContentDir = None,
) -> None:
    from bot.content.problem import ContentError
    from bot.store import StoreError

    try:
        from bot import rasa as action_server
    except ModuleNotFoundError as error:
        _fail(f"Để dùng Rasa, cài thêm: pip install 'motcua[rasa]' (thiếu {error.name}).")
    found = _settings()
    try:
        action_server.serve(_root(content), replace(found, host=host or found.host), port, typer.echo)
    except (ContentError, StoreError) as error:
        _fail(str(error))


@rasa.command(help="Viết một dự án Rasa 3.6 vào thư mục DIR: câu mẫu, domain, luật; câu trả lời vẫn do action server")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục mới, trống, hoặc của lần xuất trước")],
    content: ContentDir = None,
) -> None:
    from bot.content.load import load
    from bot.content.problem import ContentError
    from bot.rasa_export import FolderError, write

    try:
        paths = write(load(_root(content)), folder)
    except (ContentError, FolderError) as error:
        _fail(str(error))
    typer.echo("\n".join(f"Đã viết {path}" for path in paths))
    typer.echo("Tiếp theo: python bot.py rasa serve (ở đây), rồi rasa train và rasa run (ở môi trường của Rasa).")


def _root(content: Path | None) -> Path:
    from bot.content.load import default_dir

    return content or _settings().content or default_dir()


async def _forget(url: str, user: User) -> bool:
    """Whether there was a conversation."""
    from datetime import UTC, datetime

    from bot.store.open import open_store

    async with open_store(url) as store:
        known = (await store.load(user, "", datetime.now(UTC))).saved is not None
        await store.forget(user)
    return known


async def _unknown(url: str) -> list[Row]:
    from bot.store.open import open_store

    async with open_store(url) as store:
        return await store.unknown()


async def _settle(url: str, masked: Iterable[str]) -> None:
    from bot.store.open import open_store

    async with open_store(url) as store:
        await store.settle_unknown(masked)


def _today() -> date:
    from bot.engine import day_of, utc_now

    return day_of(utc_now())


def _database_there(found: settings.Settings) -> None:
    """Ends the command when nothing is kept in a file."""
    if found.store.startswith("memory:"):
        _fail("Nơi lưu là memory: mọi thứ chỉ ở trong chương trình đang chạy. Khởi động lại nó là mất hết.")
    if (database := _database(found)) and not database.is_file():
        _fail(f"Chưa có tệp {database.resolve()}. Xem lại MOTCUA_STORE, hoặc chạy lệnh ở thư mục của máy chủ.")


def _database(found: settings.Settings) -> Path | None:
    """The file of the store, when it is one."""
    kind, _, path = found.store.partition(":")
    return Path(path) if kind == "sqlite" and path else None


def _settings() -> settings.Settings:
    try:
        return settings.read()
    except settings.SettingError as error:
        _fail(str(error))


def _fail(text: str) -> NoReturn:
    typer.echo(text, file=sys.stderr)
    raise typer.Exit(1)

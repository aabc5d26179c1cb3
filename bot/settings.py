"""Settings from the environment, each with its default and one sentence of help. Secrets never print."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
PREFIX = "MOTCUA_"


class SettingError(Exception):
    """A setting cannot be used; the text is for the operator, in Vietnamese, with the way out."""


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    help: str
    secret: bool = False

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


SETTINGS = (
    Setting("content", "", "Thư mục nội dung; để trống: nội dung đi kèm chương trình"),
    Setting("cache", "", "Nơi giữ mô hình đã học; để trống: .cache trong bản sao mã nguồn, hoặc ~/.cache/motcua"),
    Setting("store", "sqlite:var/motcua.db", "Nơi lưu cuộc trò chuyện: sqlite:đường/dẫn.db hoặc memory:"),
    Setting("host", "127.0.0.1", "Địa chỉ nghe của trang web; 0.0.0.0 để máy khác vào được"),
    Setting("port", "8000", "Cổng của trang web"),
    Setting("proxies", "", "Mạng của proxy đứng trước, thí dụ 127.0.0.1/32; chỉ khi đó mới tin X-Forwarded-For"),
    Setting("origins", "", "Trang khác được nhúng khung chat, cách nhau bằng dấu phẩy, thí dụ https://xa.gov.vn"),
    Setting("root_path", "", "Đường dẫn gốc khi proxy đặt trang dưới một thư mục, thí dụ /hoi-dap"),
    Setting("keep_unknown", "yes", "yes: giữ câu chưa hiểu (đã che số) 90 ngày để cải thiện; no: không giữ"),
    Setting(
        "telegram_token", "", "Token của bot Telegram, do @BotFather cấp; để trống: không dùng Telegram", secret=True
    ),
    Setting(
        "telegram_webhook",
        "",
        "Địa chỉ https của máy chủ này để Telegram gửi tin tới, thí dụ https://hoi.xa.gov.vn; để trống: tự hỏi Telegram",
    ),
    Setting("telegram_api", "https://api.telegram.org", "Máy chủ Bot API; đổi khi dùng máy chủ Bot API của riêng mình"),
    Setting("zalo_bot_token", "", "Token do Zalo Bot Manager gửi; để trống: không dùng Zalo Bot", secret=True),
    Setting(
        "zalo_bot_webhook",
        "",
        "Địa chỉ https của máy chủ này để Zalo Bot gửi tin tới, thí dụ https://hoi.xa.gov.vn; để trống: tự hỏi Zalo",
    ),
    Setting("zalo_bot_name", "", "Tên của Zalo Bot như trong Zalo, để nhóm gọi bằng @, thí dụ Bot Một Cửa"),
    Setting(
        "zalo_bot_groups",
        "named",
        "Trong nhóm Zalo Bot trả lời: named (tin có @tên bot), delivered (mọi tin Zalo chuyển tới), none (không)",
    ),
    Setting("zalo_bot_api", "https://bot-api.zaloplatforms.com", "Máy chủ Zalo Bot; chỉ đổi khi Zalo đổi địa chỉ"),
    Setting("zalo_oa_app_id", "", "Mã ứng dụng ở developers.zalo.me; để trống: không dùng Zalo OA"),
    Setting("zalo_oa_app_secret", "", "Khóa bí mật của ứng dụng Zalo (App Secret), để xin token", secret=True),
    Setting("zalo_oa_secret", "", "OA Secret Key ở trang Webhook của ứng dụng Zalo, để kiểm chữ ký", secret=True),
    Setting("zalo_oa_key", "", "Khóa mã hóa token đã lưu; «python bot.py zalo login» tạo cho một khóa", secret=True),
    Setting("zalo_oa_callback", "", "Callback URL đã đăng ký ở ứng dụng Zalo, cần khi chạy «zalo login»"),
    Setting("zalo_oa_buttons", "no", "yes: gửi kèm nút bấm; no: chỉ danh sách đánh số, chắc chắn chạy được"),
    Setting("zalo_oa_handover", "30", "Cán bộ nhắn trong OA thì bot im bao nhiêu phút; 0: không im"),
    Setting("zalo_oa_paid", "no", "yes: tin đã 48 giờ đến 7 ngày vẫn trả lời, Zalo tính tiền; no: không"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    content: Path | None
    cache: Path
    store: str
    host: str
    port: int
    proxies: tuple[str, ...]
    origins: tuple[str, ...]
    root_path: str
    keep_unknown: bool
    telegram_token: str = field(repr=False)
    telegram_webhook: str
    telegram_api: str
    zalo_bot_token: str = field(repr=False)
    zalo_bot_webhook: str
    zalo_bot_name: str
    zalo_bot_groups: str
    zalo_bot_api: str
    zalo_oa_app_id: str
    zalo_oa_app_secret: str = field(repr=False)
    zalo_oa_secret: str = field(repr=False)
    zalo_oa_key: str = field(repr=False)
    zalo_oa_callback: str
    zalo_oa_buttons: bool
    zalo_oa_handover: int  # minutes
    zalo_oa_paid: bool

    @property
    def zalo_oa_missing(self) -> tuple[str, ...]:
        """Variables without which the Zalo OA channel cannot run, and that are not set."""
        needed = ("zalo_oa_app_id", "zalo_oa_app_secret", "zalo_oa_secret", "zalo_oa_key")
        return tuple(each.variable for each in SETTINGS if each.name in needed and not getattr(self, each.name))

    @property
    def switch(self) -> Path:
        """The file that switches the bot off: beside the database, else in the cache."""
        kind, _, path = self.store.partition(":")
        return Path(path).with_suffix(".off") if kind == "sqlite" and path else self.cache / "motcua.off"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Raises SettingError."""
    unknown = sorted(set(filter(lambda name: name.startswith(PREFIX), environment)) - {s.variable for s in SETTINGS})
    if unknown:
        raise SettingError(f"Không có cài đặt {', '.join(unknown)}. Xem danh sách: python bot.py settings")
    found = {each.name: value(each, environment) for each in SETTINGS}
    return Settings(
        content=Path(found["content"]) if found["content"] else None,
        cache=Path(found["cache"]) if found["cache"] else _cache(environment),
        store=found["store"],
        host=found["host"],
        port=_port(found["port"]),
        proxies=_list(found["proxies"]),
        origins=_origins(found["origins"]),
        root_path=found["root_path"].rstrip("/"),
        keep_unknown=_yes("keep_unknown", found["keep_unknown"]),
        telegram_token=_token("telegram_token", found["telegram_token"], r"\d+:[\w-]+"),
        telegram_webhook=_address("telegram_webhook", found["telegram_webhook"]),
        telegram_api=_address("telegram_api", found["telegram_api"]),
        zalo_bot_token=_token("zalo_bot_token", found["zalo_bot_token"], r"\d+:[\w-]+"),
        zalo_bot_webhook=_address("zalo_bot_webhook", found["zalo_bot_webhook"]),
        zalo_bot_name=found["zalo_bot_name"].removeprefix("@"),
        zalo_bot_groups=_one_of("zalo_bot_groups", found["zalo_bot_groups"], ("named", "delivered", "none")),
        zalo_bot_api=_address("zalo_bot_api", found["zalo_bot_api"]),
        zalo_oa_app_id=_token("zalo_oa_app_id", found["zalo_oa_app_id"], r"\d{5,30}"),
        zalo_oa_app_secret=_token("zalo_oa_app_secret", found["zalo_oa_app_secret"], r"[\w-]{8,200}"),
        zalo_oa_secret=_token("zalo_oa_secret", found["zalo_oa_secret"], r"[\w-]{8,200}"),
        zalo_oa_key=_token("zalo_oa_key", found["zalo_oa_key"], r"[\w-]{43}="),
        zalo_oa_callback=_callback("zalo_oa_callback", found["zalo_oa_callback"]),
        zalo_oa_buttons=_yes("zalo_oa_buttons", found["zalo_oa_buttons"]),
        zalo_oa_handover=_minutes("zalo_oa_handover", found["zalo_oa_handover"]),
        zalo_oa_paid=_yes("zalo_oa_paid", found["zalo_oa_paid"]),
    )


def value(setting: Setting, environment: Mapping[str, str] = os.environ) -> str:
    return environment.get(setting.variable, "").strip() or setting.default


def shown(setting: Setting, environment: Mapping[str, str] = os.environ) -> str:
    """The value as it may be printed."""
    found = value(setting, environment)
    return "(đã đặt)" if setting.secret and found else found


def _cache(environment: Mapping[str, str]) -> Path:
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / ".cache"
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "motcua"


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= 65535:
        raise SettingError(f"{PREFIX}PORT: «{text}» không phải số cổng. Viết một số từ 1 đến 65535, thí dụ 8000.")
    return int(text)


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _origins(text: str) -> tuple[str, ...]:
    """As browsers write them: scheme, host and port in small letters, no slash at the end."""
    found = tuple(part.rstrip("/").lower() for part in _list(text))
    for origin in found:
        if not re.fullmatch(r"https?://([a-z0-9-]+\.)*[a-z0-9-]+(:\d+)?", origin):
            raise SettingError(
                f"{PREFIX}ORIGINS: «{origin}» không dùng được. Viết từng trang được nhúng, như thanh địa chỉ cho thấy, không "
                "có đường dẫn, thí dụ https://xa.gov.vn. Không có dấu * cho mọi trang; tên miền có dấu viết dạng xn--."
            )
    return found


def _yes(name: str, text: str) -> bool:
    return _one_of(name, text, ("yes", "no")) == "yes"


def _one_of(name: str, text: str, words: tuple[str, ...]) -> str:
    if text.lower() not in words:
        raise SettingError(f"{PREFIX}{name.upper()}: «{text}» không dùng được. Viết {' hoặc '.join(words)}.")
    return text.lower()


def _token(name: str, text: str, shape: str) -> str:
    """What is wrong is said without the secret itself."""
    if text and not re.fullmatch(shape, text, re.ASCII):
        raise SettingError(f"{PREFIX}{name.upper()}: không đúng dạng. Chép lại nguyên vẹn, không dấu cách.")
    return text


def _minutes(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 1440:
        raise SettingError(f"{PREFIX}{name.upper()}: «{text}» không dùng được. Viết số phút, từ 0 đến 1440.")
    return int(text)


def _callback(name: str, text: str) -> str:
    """As it was registered, to the letter."""
    _address(name, text)
    return text


def _address(name: str, text: str) -> str:
    """Without a slash at the end. Plain http only within this machine."""
    if text and not re.fullmatch(
        r"https://[^\s/?#]+(/[^\s?#]*)?|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?/?", text
    ):
        raise SettingError(f"{PREFIX}{name.upper()}: «{text}» không dùng được. Viết địa chỉ bắt đầu bằng https://")
    return text.rstrip("/")

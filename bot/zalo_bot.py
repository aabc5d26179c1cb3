"""What who runs a Zalo Bot has to know: how it goes, and what is wrong with its settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any, get_args
from urllib.parse import urlsplit

import httpx

from bot.channels import Bot
from bot.channels.zalo_bot import Groups
from bot.channels.zalo_bot_api import ZaloBotApi, ZaloBotError
from bot.channels.zalo_bot_wire import News, ZaloBot, ZaloBotSettings
from bot.settings import Settings
from bot.store import Store

TIMEOUT = 10.0  # seconds for our own server

NEWS: Mapping[News, str] = {
    "polling": "Zalo Bot: đang hỏi tin mới (polling). Chạy thật thì đặt MOTCUA_ZALO_BOT_WEBHOOK.",
    "webhook": "Zalo Bot: đang nhận tin qua webhook.",
    "token": "Zalo Bot: token bị từ chối. Xem lại MOTCUA_ZALO_BOT_TOKEN rồi khởi động lại. Tin chưa trả lời vẫn giữ.",
    "address": "Zalo Bot: không nhận địa chỉ webhook. Xem lại MOTCUA_ZALO_BOT_WEBHOOK (https, ra được từ Internet).",
    "unreachable": "Zalo Bot: chưa nối được máy chủ Zalo, sẽ thử lại. Các kênh khác vẫn chạy.",
    "taken": "Zalo Bot: nơi khác đang nhận tin của bot này (webhook, hoặc chương trình khác). Dừng nó rồi khởi động lại.",
    "quota": "Zalo Bot: hết hạn mức gửi tin (mã 429). Có tin không gửi được; xem gói của bot ở Zalo Bot Creator.",
}


def channel(bot: Bot, store: Store, found: Settings, tell: Callable[[str], None]) -> ZaloBot:
    return ZaloBot(bot, store, wired(found), lambda news: tell(NEWS[news]))


def wired(found: Settings) -> ZaloBotSettings:
    groups = next(each for each in get_args(Groups) if each == found.zalo_bot_groups)
    return ZaloBotSettings(
        found.zalo_bot_token, found.zalo_bot_webhook, found.zalo_bot_name, groups, found.zalo_bot_api
    )


async def check(found: Settings) -> list[str]:
    """What is wrong and how to mend it, one sentence each; [] when it all works. No secret is in it."""
    given = wired(found)
    if not given.token:
        return ["Chưa đặt MOTCUA_ZALO_BOT_TOKEN: token do Zalo Bot Manager gửi trong Zalo khi tạo bot."]
    api = ZaloBotApi(given.token, given.api)
    try:
        me, hook = await api.call("getMe"), await _hook(api)
    except ZaloBotError as error:
        return [_why(error)]
    finally:
        await api.close()
    return [*_group_problems(given, me), *_hook_problems(given, hook), *await _server_problems(given)]


async def _hook(api: ZaloBotApi) -> str:
    """The webhook that Zalo knows; "" for none."""
    try:
        hook = await api.call("getWebhookInfo")
    except ZaloBotError as error:
        if error.passes or error.is_token:
            raise
        return ""
    return str(hook.get("url") or "") if isinstance(hook, dict) else ""


def _why(error: ZaloBotError) -> str:
    if error.is_quota:
        return "Zalo báo hết hạn mức (mã 429). Đợi một lát rồi chạy lại; xem gói của bot ở Zalo Bot Creator."
    if error.passes:
        return "Không nối được máy chủ Zalo Bot. Xem lại mạng của máy này (biến HTTPS_PROXY có tác dụng)."
    return (
        "Zalo không nhận token. Chép lại MOTCUA_ZALO_BOT_TOKEN; đã đặt lại token ở Zalo Bot Creator thì lấy token mới."
    )


def _group_problems(given: ZaloBotSettings, me: Any) -> list[str]:
    joins = isinstance(me, dict) and me.get("can_join_groups") is True
    if given.groups == "named" and not given.name and joins:
        return [
            "Bot vào được nhóm mà chưa đặt MOTCUA_ZALO_BOT_NAME: trong nhóm bot sẽ im lặng. "
            "Đặt tên như Zalo hiện, thí dụ «Bot Một Cửa», hoặc MOTCUA_ZALO_BOT_GROUPS=none."
        ]
    return []


def _hook_problems(given: ZaloBotSettings, url: str) -> list[str]:
    if given.address and url != given.address:
        now = f"đang gửi tin tới {url}" if url else "chưa có địa chỉ webhook nào"
        return [f"Zalo {now}, không phải {given.address}. Khởi động máy chủ để nó đăng ký lại."]
    if url and not given.address:
        return [f"Zalo đang gửi tin tới {url}. Chạy polling thì máy chủ sẽ bỏ địa chỉ đó: có nơi khác dùng không?"]
    return []


async def _server_problems(given: ZaloBotSettings) -> list[str]:
    """Whether the webhook's address leads to this program, which refuses who has no secret."""
    if not given.address:
        return []
    if _is_inside(given.address):
        return [f"{given.address} là địa chỉ trong mạng: Zalo chỉ gửi tới địa chỉ https ra được từ Internet."]
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as http:
            status = (await http.post(given.address, json={})).status_code
    except httpx.HTTPError:
        return [f"Không mở được {given.address}. Máy chủ có chạy không, proxy và chứng chỉ https có đúng không?"]
    return [] if status == 403 else [f"{given.address} trả mã {status}, không phải Một Cửa. Xem lại proxy."]


def _is_inside(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost"

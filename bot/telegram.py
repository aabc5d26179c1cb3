"""What who runs a Telegram bot has to know: how it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.channels import Bot
from bot.channels.telegram_wire import News, Telegram, TelegramSettings
from bot.settings import Settings
from bot.store import Store

NEWS: Mapping[News, str] = {
    "polling": "Telegram: đang hỏi tin mới (polling).",
    "webhook": "Telegram: đang nhận tin qua webhook.",
    "token": "Telegram: token bị từ chối. Xem lại MOTCUA_TELEGRAM_TOKEN, và MOTCUA_TELEGRAM_API nếu có đặt.",
    "address": "Telegram: không nhận địa chỉ webhook. Xem lại MOTCUA_TELEGRAM_WEBHOOK (https, cổng 443, 80, 88 hoặc 8443).",
    "unreachable": "Telegram: chưa nối được, sẽ thử lại. Các kênh khác vẫn chạy.",
    "taken": "Telegram: có chương trình khác đang nhận tin của bot này. Dừng chương trình đó; ở đây sẽ thử lại.",
}


def channel(bot: Bot, _: Store, found: Settings, tell: Callable[[str], None]) -> Telegram:
    """Telegram holds what is not answered yet: nothing of it is kept here."""
    given = TelegramSettings(found.telegram_token, found.telegram_webhook, found.telegram_api)
    return Telegram(bot, given, lambda news: tell(NEWS[news]))

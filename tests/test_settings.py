from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.settings import Setting, SettingError


def test_everything_has_a_default() -> None:
    found = settings.read({})
    assert (found.host, found.port, found.content, found.keep_unknown) == ("127.0.0.1", 8000, None, True)
    assert found.store == "sqlite:var/motcua.db"


def test_the_environment_wins() -> None:
    found = settings.read(
        {"MOTCUA_PORT": "9000", "MOTCUA_CONTENT": "/srv/noi_dung", "MOTCUA_ORIGINS": "https://a.vn, https://b.vn"}
    )
    assert (found.port, found.content) == (9000, Path("/srv/noi_dung"))
    assert found.origins == ("https://a.vn", "https://b.vn")


def test_other_sites_are_named_as_browsers_name_them() -> None:
    given = "https://Xa.gov.vn/, http://127.0.0.1:8080,https://xn--phng-tra-8ya.vn"
    found = settings.read({"MOTCUA_ORIGINS": given}).origins
    assert found == ("https://xa.gov.vn", "http://127.0.0.1:8080", "https://xn--phng-tra-8ya.vn")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MOTCUA_ORIGINS", "*"),
        ("MOTCUA_ORIGINS", "null"),
        ("MOTCUA_ORIGINS", "xa.gov.vn"),
        ("MOTCUA_ORIGINS", "https://*.gov.vn"),
        ("MOTCUA_ORIGINS", "https://xa.gov.vn/thu-tuc"),
        ("MOTCUA_ORIGINS", "https://phường.vn"),
        ("MOTCUA_PORT", "tám"),
        ("MOTCUA_PORT", "70000"),
        ("MOTCUA_PORT", "²"),
        ("MOTCUA_KEEP_UNKNOWN", "maybe"),
        ("MOTCUA_PROT", "1"),
        ("MOTCUA_TELEGRAM_TOKEN", "không phải token"),
        ("MOTCUA_TELEGRAM_WEBHOOK", "http://hoi.xa.gov.vn"),
        ("MOTCUA_TELEGRAM_WEBHOOK", "hoi.xa.gov.vn"),
        ("MOTCUA_TELEGRAM_API", "http://127.0.0.1.evil.vn"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_name(variable: str, value: str) -> None:
    with pytest.raises(SettingError, match=variable):
        settings.read({variable: value})


def test_a_secret_never_prints() -> None:
    secret = Setting("token", "", "", secret=True)
    assert "abc" not in settings.shown(secret, {"MOTCUA_TOKEN": "abc"})
    assert settings.shown(secret, {}) == ""


def test_telegram_is_off_without_a_token() -> None:
    found = settings.read({})
    assert (found.telegram_token, found.telegram_webhook) == ("", "")
    assert found.telegram_api == "https://api.telegram.org"


def test_a_token_is_neither_shown_nor_quoted_in_an_error() -> None:
    found = settings.read({"MOTCUA_TELEGRAM_TOKEN": "123:AAF-token", "MOTCUA_TELEGRAM_WEBHOOK": "https://a.vn/hoi/"})
    assert (found.telegram_token, found.telegram_webhook) == ("123:AAF-token", "https://a.vn/hoi")
    assert "AAF-token" not in repr(found)
    [setting] = [each for each in settings.SETTINGS if each.name == "telegram_token"]
    assert "AAF" not in settings.shown(setting, {"MOTCUA_TELEGRAM_TOKEN": "123:AAF-token"})
    with pytest.raises(SettingError) as refused:
        settings.read({"MOTCUA_TELEGRAM_TOKEN": "123 :AAF-token"})
    assert "AAF" not in str(refused.value)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8081", "http://localhost:8081/", "https://bot.xa.gov.vn"])
def test_a_bot_api_server_of_ones_own(address: str) -> None:
    assert settings.read({"MOTCUA_TELEGRAM_API": address}).telegram_api == address.rstrip("/")


def test_every_setting_stands_in_the_operators_guide() -> None:
    guide = (settings.CHECKOUT / "docs" / "van_hanh.md").read_text("utf-8")
    assert [each.variable for each in settings.SETTINGS if f"`{each.variable}`" not in guide] == []

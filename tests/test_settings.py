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


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MOTCUA_PORT", "tám"),
        ("MOTCUA_PORT", "70000"),
        ("MOTCUA_PORT", "²"),
        ("MOTCUA_KEEP_UNKNOWN", "maybe"),
        ("MOTCUA_PROT", "1"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_name(variable: str, value: str) -> None:
    with pytest.raises(SettingError, match=variable):
        settings.read({variable: value})


def test_a_secret_never_prints() -> None:
    secret = Setting("token", "", "", secret=True)
    assert "abc" not in settings.shown(secret, {"MOTCUA_TOKEN": "abc"})
    assert settings.shown(secret, {}) == ""

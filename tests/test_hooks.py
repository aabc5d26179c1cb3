"""The secret of a webhook."""

from __future__ import annotations

import pytest

from bot.channels.hooks import is_secret, secret_of


def test_it_is_made_from_the_token_and_does_not_show_it() -> None:
    secret = secret_of("1:abc")
    assert secret != secret_of("1:abd")
    assert "abc" not in secret
    assert secret.isascii()
    assert secret.isalnum()
    assert len(secret) == 64  # Telegram takes 1 to 256 of these letters, Zalo 8 to 256


@pytest.mark.parametrize("given", ["", "x", secret_of("1:abc")[:-1], secret_of("1:abc").upper(), "bí mật", "\xff"])
def test_nothing_but_the_secret_is_the_secret(given: str) -> None:
    assert not is_secret(given, secret_of("1:abc"))
    assert is_secret(secret_of("1:abc"), secret_of("1:abc"))

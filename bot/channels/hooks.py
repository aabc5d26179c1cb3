"""The secret that a platform sends with every webhook: made from the bot's token, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac


def secret_of(token: str) -> str:
    """64 letters and digits. Nobody can make it without the token, nor the token from it; a new token makes a new one."""
    return hmac.new(token.encode(), b"motcua webhook", hashlib.sha256).hexdigest()


def is_secret(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode(), secret.encode())

"""What several tests need: the real content with its fitted model, made once."""

from __future__ import annotations

import pytest
from hypothesis import settings as hypothesis_settings

from bot import settings
from bot.content.load import default_dir
from bot.engine import Brain
from bot.reload import open_brain
from tests.browser import bot, browser, open_page, server, site

hypothesis_settings.register_profile("motcua", deadline=None)  # how busy the machine is says nothing of a law
hypothesis_settings.load_profile("motcua")

__all__ = ["bot", "brain", "browser", "open_page", "server", "site"]


@pytest.fixture(scope="session")
def brain() -> Brain:
    """The checkout's own content; the model comes from the cache that `make setup` fills."""
    return open_brain(default_dir(), settings.read({}).cache)

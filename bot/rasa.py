"""The action server for Rasa put together: the engine at work behind rasa-sdk's routes, from start to Ctrl+C."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.channels import rasa_server
from bot.reload import open_brain
from bot.running import Tell, fit_apart, running
from bot.settings import Settings


def serve(root: Path, settings: Settings, port: int, tell: Tell) -> None:
    """Until Ctrl+C. Raises ContentError and StoreError; exits with a sentence when the port is taken."""
    if status := fit_apart(root, settings.cache):
        raise SystemExit(status)
    asyncio.run(_serve(root, settings, port, tell))


async def _serve(root: Path, settings: Settings, port: int, tell: Tell) -> None:
    brain = open_brain(root, settings.cache)
    async with running(brain, root, settings, tell) as (bot, _):
        said = "Action server cho Rasa đang chạy tại {} – bấm Ctrl+C để dừng."
        await rasa_server.serve(bot, settings.host, port, lambda address: tell(said.format(address)))

"""Run by test_zalo_oa_crash.py: the real server with a Zalo OA, over a database of its own, until it is killed.

Arguments: the store, Zalo's address, and «hang» when no message is to be answered.
"""

from __future__ import annotations

import asyncio
import sys

from bot.channels import server
from bot.channels.server import ServerSettings
from bot.channels.zalo_oa_wire import ZaloOa, ZaloOaSettings
from bot.store.open import open_store
from tests.fake_zalo_oa import APP, APP_SECRET, OA_SECRET
from tests.zalo_oa_channel import KEY, KeptBot


async def main(url: str, zalo: str, how: str) -> None:
    async with open_store(url) as store:
        bot = KeptBot(store=store)
        if how == "hang":
            bot.gate.clear()
        given = ZaloOaSettings(APP, APP_SECRET, OA_SECRET, KEY, api=zalo, oauth=zalo)
        channel = ZaloOa(bot, store, given, lambda _: None)
        await server.serve(bot, ServerSettings(port=0), [channel])


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

"""Every channel that the suite runs through, in the order of docs/kenh.md."""

from __future__ import annotations

from tests.conformance.door import Channel
from tests.conformance.doors_messenger import MESSENGER
from tests.conformance.doors_own import TERMINAL, WEB
from tests.conformance.doors_rasa import RASA
from tests.conformance.doors_telegram import TELEGRAM
from tests.conformance.doors_zalo_bot import ZALO_BOT
from tests.conformance.doors_zalo_oa import ZALO_OA

CHANNELS: tuple[Channel, ...] = (WEB, ZALO_OA, ZALO_BOT, TELEGRAM, MESSENGER, RASA, TERMINAL)

"""What goes out to a Zalo Official Account: at the pace it allows, and what each of its error codes means for a message."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import httpx

from bot.channels.pace import Pace
from bot.channels.zalo_oa import Part
from bot.channels.zalo_tokens import TokenError, Tokens, Trouble

API = "https://openapi.zalo.me"
EVERYBODY = 60.0  # messages per second: 4,000 a minute for the app, less what else it asks
TRIES = 6  # of one message
TIMEOUT = 15.0  # seconds for Zalo to reply
REMEMBERED = 1_000  # messages known as the bot's own when they come back as events

Outcome = Literal["sent", "gone", "later"]
Refusal = Literal["quota", "package", "billing", "proof", "policy", "shape", "unknown"]
News = Literal["ready"] | Trouble | Refusal

_BUSY, _UNHEARD = -32, 1  # our own: no answer, or none that can be read
_TOKEN = (-216, -220, -124)
_SHAPE = (-201, -210)  # an argument that Zalo does not take; buttons may be one
# not following, banned or idle, cannot receive, the windows of 48 hours and 7 days, the night, does not want it
_GONE = (-213, -227, -218, -230, -232, -234, -244)
_STOP: Mapping[int, Refusal] = {  # nothing goes out until the operator has done something
    -211: "quota",
    -221: "package",
    -224: "package",
    -242: "proof",
    -248: "policy",
    -320: "billing",
    -321: "billing",
}

_log = logging.getLogger(__name__)


class Sender:
    """One message after the other to each person: who calls keeps their order."""

    def __init__(
        self, http: httpx.AsyncClient, api: str, tokens: Tokens, pace: Pace, report: Callable[[News], None]
    ) -> None:
        self._http, self._address, self._tokens, self._pace = http, f"{api}/v3.0/oa/message/cs", tokens, pace
        self._report = report
        self._own: deque[str] = deque(maxlen=REMEMBERED)

    def is_own(self, message: str) -> bool:
        """Whether the bot has sent the message of this id."""
        return message in self._own

    async def say(self, user: str, parts: Sequence[Part]) -> Outcome:
        """«gone»: it will never arrive. «later»: not before something changes; all of it has to be sent again."""
        for part in parts:
            try:
                outcome = await self._send(user, part)
            except TokenError as error:
                self._report(error.trouble)
                return "later"
            if outcome != "sent":
                return outcome
        return "sent"

    async def _send(self, user: str, part: Part) -> Outcome:
        """Raises TokenError."""
        refused, code = "", _UNHEARD
        for attempt in range(TRIES):
            token = await self._tokens.access(refused)
            await self._pace.turn(user, 0.0)
            code = await self._post(token, message(user, part))
            if code == 0:
                self._report("ready")
                return "sent"
            if code in _TOKEN:
                if refused:
                    raise TokenError("refused")
                refused = token
            elif code in _SHAPE and part.buttons:
                part = replace(part, buttons=())
            elif code in _GONE or code in _SHAPE or code in _STOP:
                return self._refused(code)
            elif code == _BUSY:
                self._pace.hold_all(2.0**attempt)
            else:
                self._pace.hold(user, 2.0**attempt)
        return self._given_up(code)

    async def _post(self, token: str, body: dict[str, Any]) -> int:
        """Zalo's error code: its HTTP status says nothing."""
        try:
            response = await self._http.post(self._address, json=body, headers={"access_token": token}, timeout=TIMEOUT)
            answer = response.json()
            code = answer["error"]
            data = answer.get("data")
        except (httpx.HTTPError, ValueError, TypeError, KeyError):
            return _UNHEARD
        if code == 0 and isinstance(data, dict):
            self._own.append(str(data.get("message_id", "")))
        return code if isinstance(code, int) else _UNHEARD

    def _refused(self, code: int) -> Outcome:
        _log.warning("a message was refused: %d", code)
        if code in _GONE:
            return "gone"
        self._report(_STOP.get(code, "shape"))
        return "later" if code in _STOP else "gone"

    def _given_up(self, code: int) -> Outcome:
        _log.warning("a message was given up after %d attempts: %d", TRIES, code)
        passes = code in (_UNHEARD, _BUSY)
        self._report("unreachable" if passes else "unknown")
        return "later" if passes else "gone"


def message(user: str, part: Part) -> dict[str, Any]:
    said: dict[str, Any] = {"text": part.text}
    if part.buttons:
        buttons = [{"title": title, "type": "oa.query.show", "payload": payload} for title, payload in part.buttons]
        said["attachment"] = {"type": "template", "payload": {"buttons": buttons}}
    return {"recipient": {"user_id": user}, "message": said}

"""Zalo's Bot API over HTTP: one method, and errors that quote nothing: the token stands in every address."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import httpx

for _name in ("httpx", "httpcore"):  # they log addresses with the token
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

API = "https://bot-api.zaloplatforms.com"
TIMEOUT = 15.0  # seconds for Zalo to reply
LISTEN = 30  # seconds that Zalo holds a poll open

UNHEARD = 0  # nothing came back, or nothing that can be read


class ZaloBotError(Exception):
    """`code`: Zalo's `error_code`, else the HTTP status, or UNHEARD. `wait`: seconds that Zalo asks for, 0.0 if none."""

    def __init__(self, code: int, wait: float = 0.0) -> None:
        super().__init__(code)
        self.code, self.wait = code, wait

    @property
    def is_token(self) -> bool:
        return self.code == HTTPStatus.UNAUTHORIZED

    @property
    def is_quota(self) -> bool:
        return self.code == HTTPStatus.TOO_MANY_REQUESTS

    @property
    def passes(self) -> bool:
        """Whether the same call may be answered later: any other answer is the same again."""
        late = (UNHEARD, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)
        return self.code in late or self.code >= HTTPStatus.INTERNAL_SERVER_ERROR


class ZaloBotApi:
    def __init__(self, token: str, api: str = API) -> None:
        self._http = httpx.AsyncClient(base_url=f"{api}/bot{token}/", timeout=TIMEOUT)

    async def close(self) -> None:
        await self._http.aclose()

    async def call(self, method: str, **arguments: Any) -> Any:
        """The `result`. Raises ZaloBotError: a status of 200 alone is no success."""
        patience = TIMEOUT + arguments.get("timeout", 0)
        try:
            response = await self._http.post(method, json=arguments, timeout=patience)
        except httpx.HTTPError:
            raise ZaloBotError(UNHEARD) from None
        body = _json(response)
        if body.get("ok") is True:
            return body.get("result")
        code = body.get("error_code")
        status = UNHEARD if response.is_success else response.status_code
        raise ZaloBotError(code if isinstance(code, int) and code else status, _wait(response, body))

    async def update(self) -> Any:
        """The next event, as a webhook would bring it; None when nothing came. Zalo does not give it again."""
        try:
            return await self.call("getUpdates", timeout=LISTEN)
        except ZaloBotError as error:
            if error.code == HTTPStatus.REQUEST_TIMEOUT:
                return None
            raise


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _wait(response: httpx.Response, body: dict[str, Any]) -> float:
    """Where a wait would stand; Zalo's documents name none."""
    parameters = body.get("parameters")
    given = parameters.get("retry_after") if isinstance(parameters, dict) else None
    text = str(given if given is not None else response.headers.get("retry-after", ""))
    return float(text) if text.isascii() and text.isdigit() else 0.0

"""The tokens of a Zalo Official Account: asked for once by a person, renewed by one at a time, encrypted in the store.

A refresh token works once, and the old access token dies when a new one is made: the new pair is stored before it is used.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import secrets
import string
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode

import httpx
from cryptography.fernet import Fernet, InvalidToken

from bot.store import Store

OAUTH = "https://oauth.zaloapp.com"
NAME = "zalo_oa.tokens"  # of the pair in the store
TURN = "zalo_oa.renewing"  # of whose turn it is to renew them, over all processes
RENEW = timedelta(hours=2)  # left of the access token's 25 hours when it is renewed
CLOSE = timedelta(minutes=1)  # left of it when it is not used any more
TURN_ENDS = timedelta(minutes=1)  # after which who took the turn must have died
BUSY = -32
TIMEOUT = 15.0  # seconds

Trouble = Literal["absent", "unreadable", "refused", "unsaved", "unreachable"]
Clock = Callable[[], datetime]


class TokenError(Exception):
    """`trouble`: nobody has logged in; the key does not fit; Zalo gives no new pair; it cannot be stored; no connection."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class App:
    """The app of the console that the account has given its permission to."""

    id: str
    secret: str = field(repr=False)
    oauth: str = OAUTH


@dataclass(frozen=True, slots=True)
class Pair:
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    until: datetime  # when the access token ends
    oa: str = ""  # whose it is

    def works(self, now: datetime, refused: str) -> bool:
        return self.access != refused and now < self.until - CLOSE


class Safe:
    """The pair in the store, encrypted with the operator's key."""

    def __init__(self, store: Store, key: str) -> None:
        self._store, self._key = store, Fernet(key)

    async def read(self) -> tuple[Pair | None, str | None]:
        """The pair, and the sealed text that it stood in. Raises TokenError."""
        sealed = await self._store.sealed(NAME)
        if sealed is None:
            return None, None
        try:
            held = json.loads(self._key.decrypt(sealed))
            return Pair(held["access"], held["refresh"], datetime.fromisoformat(held["until"]), held["oa"]), sealed
        except (InvalidToken, ValueError, KeyError, TypeError) as error:
            raise TokenError("unreadable") from error

    async def write(self, pair: Pair, before: str | None) -> bool:
        """False when another pair has been stored since `before` was read."""
        held = {"access": pair.access, "refresh": pair.refresh, "until": pair.until.isoformat(), "oa": pair.oa}
        return await self._store.seal(NAME, self._key.encrypt(json.dumps(held).encode()).decode(), before)


class Tokens:
    """`access()` for a token that works. Safe to call from many tasks, and beside other processes of the same store."""

    def __init__(
        self,
        store: Store,
        safe: Safe,
        app: App,
        http: httpx.AsyncClient,
        clock: Clock,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store, self._safe, self._app, self._http, self._clock, self._rest = store, safe, app, http, clock, rest
        self._lock = asyncio.Lock()
        self._pair: Pair | None = None
        self._unsaved: tuple[Pair, str | None] | None = None  # made, and not stored yet: must not be used nor lost
        self._dead = ""  # a refresh token that Zalo refused: it is not asked again with the same
        self._work: set[asyncio.Task[Pair]] = set()

    @property
    def oa(self) -> str:
        """The account's id, once it is known."""
        return self._pair.oa if self._pair else ""

    async def access(self, refused: str = "") -> str:
        """A token other than the one that was `refused`. Raises TokenError."""
        pair = self._pair
        if pair is None or not pair.works(self._clock(), refused):
            pair = await self._renewed(refused, timedelta(0))
        return pair.access

    async def keep(self) -> None:
        """Renew the pair when it ends soon: to be called every now and then. Raises TokenError."""
        if self._pair is None or self._pair.until - self._clock() < RENEW:
            await self._renewed("", RENEW)

    async def close(self) -> None:
        """Wait for a renewal: a new pair that is not stored is lost."""
        await asyncio.gather(*self._work, return_exceptions=True)

    async def _renewed(self, refused: str, ahead: timedelta) -> Pair:
        """Not given up by who waits for it."""
        task = asyncio.create_task(self._renew(refused, ahead))
        self._work.add(task)
        task.add_done_callback(self._work.discard)
        return await asyncio.shield(task)

    async def _renew(self, refused: str, ahead: timedelta) -> Pair:
        async with self._lock:
            if self._unsaved:
                await self._save(*self._unsaved)
            pair, _ = await self._stored()
            if pair.works(self._clock() + ahead, refused):
                return pair
            mine = await self._turn()
            try:
                pair, sealed = await self._stored()
                if pair.works(self._clock() + ahead, refused):
                    return pair
                return await self._save(await self._ask(pair), sealed)
            finally:
                await self._store.seal(TURN, "", mine)

    async def _stored(self) -> tuple[Pair, str | None]:
        """What is in the store is what counts: a login or another process may have replaced it."""
        pair, sealed = await self._safe.read()
        if pair is None:
            raise TokenError("absent")
        self._pair = pair
        return pair, sealed

    async def _ask(self, pair: Pair) -> Pair:
        if pair.refresh == self._dead:
            raise TokenError("refused")
        try:
            return await renew(self._http, self._app, pair, self._clock)
        except TokenError as error:
            if error.trouble == "refused":
                self._dead = pair.refresh
            raise

    async def _save(self, pair: Pair, before: str | None) -> Pair:
        self._unsaved = (pair, before)
        try:
            await self._safe.write(pair, before)
        except Exception as error:
            raise TokenError("unsaved") from error
        self._unsaved = None
        return (await self._stored())[0]

    async def _turn(self) -> str:
        while True:
            now, held = self._clock(), await self._store.sealed(TURN)
            mine = f"{now.isoformat()} {secrets.token_hex(8)}"
            is_taken = held and datetime.fromisoformat(held.split()[0]) > now - TURN_ENDS
            if not is_taken and await self._store.seal(TURN, mine, held):
                return mine
            await self._rest(1.0)


def verifier() -> str:
    """A secret for one login, 43 letters and digits. Its challenge is the same in both alphabets of base64:
    which of the two Zalo compares with is not said."""
    letters = string.ascii_letters + string.digits
    while True:
        found = "".join(secrets.choice(letters) for _ in range(43))
        if not set(challenge(found)) & set("-_"):
            return found


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def consent_url(app: App, callback: str, verifier: str, state: str) -> str:
    """Where the account's administrator allows the app to write in its name."""
    query = {"app_id": app.id, "redirect_uri": callback, "code_challenge": challenge(verifier), "state": state}
    return f"{app.oauth}/v4/oa/permission?{urlencode(query)}"


async def login(http: httpx.AsyncClient, app: App, code: str, verifier: str, oa: str, clock: Clock) -> Pair:
    """The first pair. Raises TokenError."""
    form = {"grant_type": "authorization_code", "code": code, "app_id": app.id, "code_verifier": verifier}
    return await _request(http, app, form, oa, clock)


async def renew(http: httpx.AsyncClient, app: App, pair: Pair, clock: Clock) -> Pair:
    """The next pair; this one is dead then. Raises TokenError."""
    form = {"grant_type": "refresh_token", "refresh_token": pair.refresh, "app_id": app.id}
    return await _request(http, app, form, pair.oa, clock)


async def _request(http: httpx.AsyncClient, app: App, form: Mapping[str, str], oa: str, clock: Clock) -> Pair:
    """Which errors pass is not documented: all but «too busy» are taken as final."""
    asked = clock()
    try:
        response = await http.post(
            f"{app.oauth}/v4/oa/access_token", data=dict(form), headers={"secret_key": app.secret}, timeout=TIMEOUT
        )
        body: Any = response.json()
    except (httpx.HTTPError, ValueError):
        raise TokenError("unreachable") from None
    if not isinstance(body, dict) or response.is_server_error or body.get("error") == BUSY:
        raise TokenError("unreachable")
    access, refresh, seconds = (str(body.get(name, "")) for name in ("access_token", "refresh_token", "expires_in"))
    if not (access and refresh and seconds.isascii() and seconds.isdigit()):
        raise TokenError("refused")
    return Pair(access, refresh, asked + timedelta(seconds=int(seconds)), oa)

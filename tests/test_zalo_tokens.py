"""One renewal at a time, over tasks and processes; a new pair is stored before it is used and never lost while we live."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.channels.zalo_tokens import App, Pair, Safe, TokenError, Tokens, challenge, consent_url, login, verifier
from bot.store import Store
from bot.store.memory import MemoryStore
from bot.store.open import open_store
from tests.fake_zalo_oa import APP, APP_SECRET, OA, FakeZaloOa, fake_zalo_oa
from tests.zalo_oa_channel import KEY, Time

OTHER_KEY = "7u0rfFPVCdmBq0GgPwLrNOuPqGuBzUHyXVYQFqSRQMA="


@dataclass
class Place:
    time: Time
    fake: FakeZaloOa
    http: httpx.AsyncClient

    @property
    def app(self) -> App:
        return App(APP, APP_SECRET, self.fake.url)

    def tokens(self, store: Store, key: str = KEY, rest: Callable[[float], Awaitable[None]] | None = None) -> Tokens:
        return Tokens(store, Safe(store, key), self.app, self.http, self.time.moment, rest or self.time.sleep)

    async def hold(self, store: Store, **left: float) -> None:
        """The store has the pair that Zalo knows, with this much time left."""
        self.fake.ends = self.time.moment() + timedelta(**left)
        pair = Pair(self.fake.access, self.fake.refresh, self.fake.ends, OA)
        assert await Safe(store, KEY).write(pair, await store.sealed("zalo_oa.tokens"))


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    time = Time()
    async with fake_zalo_oa(clock=time.clock, now=time.moment) as fake, httpx.AsyncClient(trust_env=False) as http:
        await served_once(http, fake)
        yield Place(time, fake, http)


async def served_once(http: httpx.AsyncClient, fake: FakeZaloOa) -> None:
    async with asyncio.timeout(120):
        while True:
            try:
                await http.get(f"{fake.url}/v2.0/oa/getoa")
                return
            except httpx.ConnectError:
                await asyncio.sleep(0.001)


async def trouble(work: Any) -> str:
    with pytest.raises(TokenError) as raised:
        await work
    return raised.value.trouble


async def test_a_token_that_works_is_used_without_asking(place: Place) -> None:
    store = MemoryStore()
    await place.hold(store, hours=5)
    tokens = place.tokens(store)
    assert [await tokens.access() for _ in range(3)] == ["access-0"] * 3
    await tokens.keep()
    assert (place.fake.renewals, tokens.oa) == (0, OA)


@pytest.mark.parametrize("left", [{"hours": 1}, {"seconds": 30}, {"hours": -5}])
async def test_one_that_ends_is_renewed_and_kept(place: Place, left: dict[str, float]) -> None:
    store = MemoryStore()
    await place.hold(store, **left)
    tokens = place.tokens(store)
    await tokens.keep()
    assert await tokens.access() == place.fake.access != "access-0"
    assert (place.fake.renewals, await place.tokens(store).access()) == (1, place.fake.access)


async def test_many_who_are_refused_at_once_renew_once(place: Place) -> None:
    store = MemoryStore()
    await place.hold(store, hours=5)
    tokens = place.tokens(store)
    await tokens.access()
    found = await asyncio.gather(*(tokens.access("access-0") for _ in range(30)))
    assert (set(found), place.fake.renewals) == ({place.fake.access}, 1)


async def test_processes_over_one_store_renew_once(place: Place, tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'motcua.db'}"
    async with open_store(url) as one, open_store(url) as two, open_store(url) as three:
        await place.hold(one, hours=-1)
        processes = [place.tokens(store, rest=lambda _: asyncio.sleep(0.01)) for store in (one, two, three)]
        found = await asyncio.gather(*(tokens.access() for tokens in processes))
    assert (set(found), place.fake.renewals) == ({place.fake.access}, 1)


async def test_the_turn_of_a_process_that_died_ends_after_a_minute(place: Place) -> None:
    store = MemoryStore()
    await place.hold(store, hours=-1)
    await store.seal("zalo_oa.renewing", f"{place.time.moment().isoformat()} dead", None)
    assert await place.tokens(store).access() == place.fake.access
    assert place.time.now >= 1000 + 60


async def test_a_login_beside_the_server_is_taken_up(place: Place) -> None:
    store = MemoryStore()
    await place.hold(store, hours=5)
    tokens = place.tokens(store)
    await tokens.access()
    place.fake.access, place.fake.refresh = "access-new", "refresh-new"
    await place.hold(store, hours=25)
    assert (await tokens.access("access-0"), place.fake.renewals) == ("access-new", 0)


class Full(MemoryStore):
    """Cannot store tokens while it is full."""

    full = False

    async def seal(self, name: str, value: str, before: str | None) -> bool:
        if self.full and name == "zalo_oa.tokens":
            raise OSError
        return await super().seal(name, value, before)


async def test_a_pair_that_cannot_be_stored_is_not_used_and_not_lost(place: Place) -> None:
    store = Full()
    await place.hold(store, hours=-1)
    tokens = place.tokens(store)
    store.full = True
    assert [await trouble(tokens.access()) for _ in range(2)] == ["unsaved", "unsaved"]
    store.full = False
    assert await tokens.access() == place.fake.access
    assert place.fake.renewals == 1
    assert await place.tokens(store).access() == place.fake.access


async def test_a_renewal_goes_on_when_who_waits_for_it_is_gone(place: Place) -> None:
    store = MemoryStore()
    await place.hold(store, hours=-1)
    tokens = place.tokens(store)
    waiting = asyncio.create_task(tokens.access())
    while not tokens._work:  # noqa: ASYNC110 - what it waits for has no event
        await asyncio.sleep(0)
    waiting.cancel()
    await tokens.close()
    assert (await place.tokens(store).access(), place.fake.renewals) == (place.fake.access, 1)


@pytest.mark.parametrize("how", ["down", "unreadable", -32])
async def test_what_passes_is_asked_again_with_the_same_refresh_token(place: Place, how: int | str) -> None:
    store = MemoryStore()
    await place.hold(store, hours=-1)
    place.fake.renewing = [how]
    tokens = place.tokens(store)
    assert await trouble(tokens.access()) == "unreachable"
    assert await tokens.access() == place.fake.access


async def test_a_renewal_that_fails_ahead_of_time_leaves_the_token_in_use(place: Place) -> None:
    store = MemoryStore()
    await place.hold(store, hours=1)
    place.fake.renewing = ["down"]
    tokens = place.tokens(store)
    assert await trouble(tokens.keep()) == "unreachable"
    assert await tokens.access() == "access-0"


async def test_a_refresh_token_that_is_refused_is_not_shown_to_zalo_again(place: Place) -> None:
    store = MemoryStore()
    await place.hold(store, hours=-1)
    place.fake.refresh = "refresh-used-by-another"
    tokens = place.tokens(store)
    assert [await trouble(tokens.access()) for _ in range(3)] == ["refused"] * 3
    assert place.fake.renewals == 1


async def test_what_is_missing_or_locked_with_another_key_is_told_apart(place: Place) -> None:
    store = MemoryStore()
    assert await trouble(place.tokens(store).access()) == "absent"
    await place.hold(store, hours=5)
    assert await trouble(place.tokens(store, OTHER_KEY).access()) == "unreadable"
    await store.seal("zalo_oa.tokens", "no token at all", await store.sealed("zalo_oa.tokens"))
    assert await trouble(place.tokens(store).access()) == "unreadable"


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_no_token_stands_in_the_files_or_in_what_is_printed(place: Place, tmp_path: Path) -> None:
    place.fake.access, place.fake.refresh = "qHgT-access-bytes", "zWcX-refresh-bytes"
    async with open_store(f"sqlite:{tmp_path / 'motcua.db'}") as store:
        await place.hold(store, hours=-1)
        tokens = place.tokens(store)
        assert await tokens.access()
        held = bytes_of(tmp_path)
        pair = repr(tokens._pair)
    for secret in ("qHgT-access-bytes", "zWcX-refresh-bytes", place.fake.access, place.fake.refresh):
        assert secret.encode() not in held
        assert secret not in pair
    assert b"zalo_oa.tokens" in held


class TestLogin:
    def test_the_challenge_is_the_same_in_both_alphabets(self) -> None:
        """Whether Zalo compares base64 or base64url is not said; this verifier suits both."""
        for _ in range(50):
            secret = verifier()
            digest = hashlib.sha256(secret.encode()).digest()
            assert len(secret) == 43
            assert secret.isascii()
            assert secret.isalnum()
            assert challenge(secret) == base64.b64encode(digest).decode().rstrip("=")
            assert challenge(secret) == base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def test_the_address_of_the_consent(self) -> None:
        url = urlsplit(consent_url(App(APP, APP_SECRET), "https://hoi.xa.gov.vn/zalo", "v" * 43, "s&t"))
        assert (url.netloc, url.path) == ("oauth.zaloapp.com", "/v4/oa/permission")
        assert parse_qs(url.query) == {
            "app_id": [APP],
            "redirect_uri": ["https://hoi.xa.gov.vn/zalo"],
            "code_challenge": [challenge("v" * 43)],
            "state": ["s&t"],
        }

    async def test_a_code_becomes_a_pair_once(self, place: Place) -> None:
        secret = verifier()
        code = place.fake.grant(challenge(secret))
        pair = await login(place.http, place.app, code, secret, OA, place.time.moment)
        assert (pair.access, pair.refresh, pair.oa) == (place.fake.access, place.fake.refresh, OA)
        assert pair.until == place.time.moment() + timedelta(hours=25)
        assert await trouble(login(place.http, place.app, code, secret, OA, place.time.moment)) == "refused"

    async def test_another_verifier_or_secret_is_refused(self, place: Place) -> None:
        code = place.fake.grant(challenge(verifier()))
        assert await trouble(login(place.http, place.app, code, verifier(), OA, place.time.moment)) == "refused"
        wrong = App(APP, "another", place.fake.url)
        assert await trouble(login(place.http, wrong, code, verifier(), OA, place.time.moment)) == "refused"

    async def test_an_answer_without_tokens_is_no_pair(self, place: Place) -> None:
        app = App(APP, APP_SECRET, f"{place.fake.url}/nowhere")
        assert await trouble(login(place.http, app, "c", "v", OA, place.time.moment)) == "unreachable"

"""`bot.py zalo login` and `zalo doctor`: each mistake is named with the way out, no secret is printed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner

from bot import serving, settings, zalo_oa
from bot.channels.zalo_oa_out import News
from bot.channels.zalo_oa_wire import PATH, ZaloOa, ZaloOaSettings
from bot.channels.zalo_tokens import Pair, Safe
from bot.cli import app
from bot.settings import SettingError
from bot.store.memory import MemoryStore
from bot.store.open import open_store
from bot.zalo_oa import ZaloError
from tests.fake_zalo_oa import APP, APP_SECRET, OA, OA_SECRET, FakeZaloOa, fake_zalo_oa
from tests.telegram_channel import engine
from tests.zalo_oa_channel import KEY, KeptBot, Time, World

CALLBACK = "https://hoi.xa.gov.vn/zalo"
OTHER_KEY = "7u0rfFPVCdmBq0GgPwLrNOuPqGuBzUHyXVYQFqSRQMA="
FULL = {
    "MOTCUA_ZALO_OA_APP_ID": APP,
    "MOTCUA_ZALO_OA_APP_SECRET": APP_SECRET,
    "MOTCUA_ZALO_OA_SECRET": OA_SECRET,
    "MOTCUA_ZALO_OA_KEY": KEY,
    "MOTCUA_ZALO_OA_CALLBACK": CALLBACK,
}


@dataclass
class Desk:
    """A terminal with an administrator's browser beside it: reads what is told, answers with the pasted address."""

    fake: FakeZaloOa
    folder: Path
    told: list[str] = field(default_factory=list)
    returns_state: bool = True
    pasted: str = ""

    def settings(self, **instead: str) -> settings.Settings:
        given = FULL | {"MOTCUA_STORE": f"sqlite:{self.folder / 'motcua.db'}"} | instead
        return settings.read({name: value for name, value in given.items() if value})

    def ask(self, question: str) -> str:
        self.told.append(question)
        if self.pasted:
            return self.pasted
        [url] = [each.strip() for each in self.told if each.startswith("http")]
        query = parse_qs(urlsplit(url).query)
        code = self.fake.grant(query["code_challenge"][0])
        state = f"&state={query['state'][0]}" if self.returns_state else ""
        return f" {query['redirect_uri'][0]}?code={code}&oa_id={OA}{state} \n"

    async def login(self, **instead: str) -> None:
        await zalo_oa.login(self.settings(**instead), self.ask, self.told.append, self.fake.url)

    async def pair(self) -> Pair | None:
        async with open_store(f"sqlite:{self.folder / 'motcua.db'}") as store:
            return (await Safe(store, KEY).read())[0]

    async def hold(self, **more: Any) -> None:
        """Tokens that Zalo knows, unless `more` says otherwise."""
        given = {"access": self.fake.access, "refresh": self.fake.refresh, "until": self.fake.ends, "oa": OA} | more
        async with open_store(f"sqlite:{self.folder / 'motcua.db'}") as store:
            assert await Safe(store, KEY).write(Pair(**given), await store.sealed("zalo_oa.tokens"))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with fake_zalo_oa() as fake:
        fake.webhook = f"{fake.url}/v4/oa/access_token"
        await fake.post(b"")  # it listens
        yield Desk(fake, tmp_path)


class TestLogin:
    @pytest.mark.parametrize("returned", [True, False])
    async def test_the_tokens_are_stored_and_no_secret_is_told(self, desk: Desk, returned: bool) -> None:
        """Zalo does not always return the state."""
        desk.returns_state = returned
        await desk.login()
        pair = await desk.pair()
        assert pair
        assert (pair.access, pair.refresh, pair.oa) == (desk.fake.access, desk.fake.refresh, OA)
        text = "\n".join(desk.told)
        assert "Xong." in text
        for secret in (APP_SECRET, OA_SECRET, KEY, pair.access, pair.refresh):
            assert secret not in text

    async def test_again_it_replaces_tokens_even_of_another_key(self, desk: Desk) -> None:
        async with open_store(f"sqlite:{desk.folder / 'motcua.db'}") as store:
            await Safe(store, OTHER_KEY).write(Pair("a", "r", datetime.now(UTC), OA), None)
        await desk.login()
        assert await desk.pair()

    @pytest.mark.parametrize(
        ("pasted", "says"),
        [
            (f"{CALLBACK}?oa_id={OA}", "code="),
            ("xong rồi", "code="),
            (f"{CALLBACK}?code=abc&oa_id={OA}&state=of-another-run", "lần chạy khác"),
            (f"{CALLBACK}?code=used-before&oa_id={OA}", "chỉ dùng một lần"),
        ],
    )
    async def test_a_wrong_address_is_explained(self, desk: Desk, pasted: str, says: str) -> None:
        desk.pasted = pasted
        with pytest.raises(ZaloError, match=says):
            await desk.login()
        assert not (desk.folder / "motcua.db").exists()

    async def test_a_network_that_is_away_is_explained(self, desk: Desk) -> None:
        desk.fake.renewing = ["down"]
        with pytest.raises(ZaloError, match="Không nối được"):
            await desk.login()

    async def test_what_is_not_set_is_named_with_its_place(self, desk: Desk) -> None:
        with pytest.raises(ZaloError, match=r"MOTCUA_ZALO_OA_APP_SECRET: .*Khóa bí mật") as raised:
            await desk.login(MOTCUA_ZALO_OA_APP_SECRET="", MOTCUA_ZALO_OA_CALLBACK="")
        assert "MOTCUA_ZALO_OA_CALLBACK" in str(raised.value)
        with pytest.raises(ZaloError, match="memory:"):
            await desk.login(MOTCUA_STORE="memory:")

    async def test_a_key_is_made_for_who_has_none(self, desk: Desk) -> None:
        with pytest.raises(ZaloError) as raised:
            await desk.login(MOTCUA_ZALO_OA_KEY="")
        key = str(raised.value).split("MOTCUA_ZALO_OA_KEY=")[1]
        assert desk.settings(MOTCUA_ZALO_OA_KEY=key).zalo_oa_key == key
        assert Safe(MemoryStore(), key)


async def said(desk: Desk, **instead: str) -> list[str]:
    found = await zalo_oa.problems(desk.settings(**instead), desk.fake.url)
    text = "\n".join(found)
    for secret in (APP_SECRET, OA_SECRET, KEY, OTHER_KEY, desk.fake.access, desk.fake.refresh):
        assert secret not in text
    return found


class TestDoctor:
    async def test_where_all_is_well_there_is_nothing_to_say(self, desk: Desk) -> None:
        await desk.hold()
        world = World(Time(), desk.fake, MemoryStore(), KeptBot())
        async with world.running():
            assert await desk.fake.post(b"{}") == 200
            port = str(urlsplit(desk.fake.webhook).port)
            assert await said(desk, MOTCUA_PORT=port) == []

    @pytest.mark.parametrize(
        ("instead", "says"),
        [
            ({"MOTCUA_ZALO_OA_APP_ID": ""}, "ID ứng dụng"),
            ({"MOTCUA_ZALO_OA_SECRET": ""}, "OA Secret Key"),
            ({"MOTCUA_ZALO_OA_SECRET": APP_SECRET}, "Hai khóa khác nhau"),
            ({"MOTCUA_ZALO_OA_KEY": ""}, "zalo login"),
            ({"MOTCUA_ZALO_OA_KEY": OTHER_KEY}, "không mở được token"),
            ({"MOTCUA_STORE": "memory:"}, "memory"),
            ({"MOTCUA_STORE": "sqlite:/nowhere/motcua.db"}, "Chưa có tệp /nowhere/motcua.db"),
        ],
    )
    async def test_each_setting_that_is_wrong_is_named(self, desk: Desk, instead: dict[str, str], says: str) -> None:
        await desk.hold()
        assert says in (await said(desk, **instead))[0]

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"access": "dead"}, "không nhận token đã lưu"),
            ({"until": datetime.now(UTC) - timedelta(hours=1)}, "đã hết hạn"),
            ({"until": datetime.now(UTC) - timedelta(days=90)}, "quá 3 tháng"),
            ({"oa": "111111111111111111"}, "OA khác"),
        ],
    )
    async def test_each_way_that_tokens_are_wrong(self, desk: Desk, more: dict[str, Any], says: str) -> None:
        await desk.hold(**more)
        assert says in (await said(desk))[0]

    async def test_without_tokens_it_sends_to_the_login(self, desk: Desk) -> None:
        async with open_store(f"sqlite:{desk.folder / 'motcua.db'}"):
            pass
        assert (await said(desk))[0] == "Chưa có token. Chạy: python bot.py zalo login"

    @pytest.mark.parametrize("code", [-32, -221, -224, -242, -9999])
    def test_each_code_of_zalo_has_its_sentence(self, code: int) -> None:
        [line] = zalo_oa._account_problems({"error": code, "message": "access-0"}, Pair("a", "r", datetime.now(UTC)))
        assert "access-0" not in line
        assert (str(code) in line) is (code == -9999)

    async def test_an_account_that_is_not_verified(self, desk: Desk) -> None:
        await desk.hold()
        desk.fake.account["is_verified"] = False
        assert "chưa được xác thực" in (await said(desk))[0]

    async def test_a_network_that_is_away(self, desk: Desk) -> None:
        await desk.hold()
        found = await zalo_oa.problems(desk.settings(), f"{desk.fake.url}/nowhere")
        assert "Không nối được openapi.zalo.me" in found[0]

    async def test_a_server_that_does_not_run_or_has_no_such_channel(self, desk: Desk) -> None:
        await desk.hold()
        assert "Máy chủ chưa chạy" in (await said(desk, MOTCUA_PORT="1"))[0]
        port = str(urlsplit(desk.fake.url).port)
        assert f"{PATH} trả mã 404" in (await said(desk, MOTCUA_PORT=port))[0]


@pytest.mark.parametrize(
    ("host", "asked"),
    [("::", "[::1]"), ("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("may-chu", "may-chu")],
)
def test_where_the_server_is_asked(host: str, asked: str) -> None:
    assert zalo_oa._reachable(host) == asked


class TestCommands:
    def command(self, monkeypatch: pytest.MonkeyPatch, folder: Path, *args: str, **given: str) -> tuple[int, str]:
        for name, value in ({"MOTCUA_STORE": f"sqlite:{folder / 'motcua.db'}"} | given).items():
            monkeypatch.setenv(name, value)
        result = CliRunner().invoke(app, ["zalo", *args])
        return result.exit_code, result.output

    def test_doctor_lists_what_is_wrong_and_what_it_cannot_see(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        code, printed = self.command(monkeypatch, tmp_path, "doctor", MOTCUA_ZALO_OA_APP_ID=APP)
        assert code == 1
        assert "✗ Chưa đặt MOTCUA_ZALO_OA_APP_SECRET" in printed
        assert "Lọc cú pháp" in printed

    def test_doctor_looks_at_the_bot_where_there_is_one_and_no_account(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        async def check(_: settings.Settings) -> list[str]:
            return ["Zalo không nhận token."]

        monkeypatch.setattr("bot.zalo_bot.check", check)
        code, printed = self.command(monkeypatch, tmp_path, "doctor", MOTCUA_ZALO_BOT_TOKEN="1:a")  # noqa: S106
        assert (code, printed) == (1, "✗ Zalo không nhận token.\n")

    def test_login_says_what_it_needs(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        code, printed = self.command(monkeypatch, tmp_path, "login")
        assert (code, "MOTCUA_ZALO_OA_KEY=" in printed) == (1, True)

    def test_without_the_extra_it_says_how_to_get_it(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setitem(__import__("sys").modules, "bot.zalo_oa", None)
        monkeypatch.delattr("bot.zalo_oa")
        code, printed = self.command(monkeypatch, tmp_path, "doctor")
        assert (code, "motcua[zalo]" in printed) == (1, True)


class TestSwitchingOn:
    def channels(self, given: dict[str, str], tell: Callable[[str], None] = print) -> list[Any]:
        return list(serving._channels(engine(), MemoryStore(), settings.read(given), tell))

    async def test_the_apps_id_switches_it_on(self) -> None:
        told: list[str] = []
        more = {"MOTCUA_ZALO_OA_HANDOVER": "5", "MOTCUA_ZALO_OA_BUTTONS": "yes", "MOTCUA_ZALO_OA_PAID": "yes"}
        [channel] = self.channels(FULL | more, told.append)
        assert isinstance(channel, ZaloOa)
        assert channel._settings == ZaloOaSettings(
            APP, APP_SECRET, OA_SECRET, KEY, buttons=True, handover=timedelta(minutes=5), paid=True
        )
        news: tuple[News, ...] = tuple(zalo_oa.NEWS)
        for each in news:
            channel._tell(each)
        assert told == list(zalo_oa.NEWS.values())
        await channel._http.aclose()

    def test_without_it_it_is_off(self) -> None:
        assert self.channels({}) == []

    @pytest.mark.parametrize("missing", ["APP_SECRET", "SECRET", "KEY"])
    def test_half_a_configuration_does_not_start(self, missing: str) -> None:
        name = f"MOTCUA_ZALO_OA_{missing}"
        with pytest.raises(SystemExit, match=f"{name}.*zalo doctor"):
            self.channels({key: value for key, value in FULL.items() if key != name})

    def test_a_missing_extra_is_said_with_the_way_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "bot.zalo_oa", None)
        monkeypatch.delattr("bot.zalo_oa")
        with pytest.raises(SystemExit, match=r"motcua\[zalo\]"):
            self.channels(FULL)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("APP_ID", "my app"),
            ("APP_SECRET", "a b"),
            ("KEY", "short"),
            ("CALLBACK", "http://hoi.xa.gov.vn"),
            ("HANDOVER", "nửa giờ"),
            ("HANDOVER", "1441"),
            ("PAID", "maybe"),
        ],
    )
    def test_what_cannot_be_used_is_said_without_the_secret(self, name: str, value: str) -> None:
        with pytest.raises(SettingError, match=f"MOTCUA_ZALO_OA_{name}") as raised:
            settings.read({f"MOTCUA_ZALO_OA_{name}": value})
        assert ("SECRET" in name or "KEY" in name) <= (value not in str(raised.value))

    def test_secrets_are_not_shown(self) -> None:
        shown = repr(settings.read(FULL)) + "".join(settings.shown(each, FULL) for each in settings.SETTINGS)
        assert not [secret for secret in (APP_SECRET, OA_SECRET, KEY) if secret in shown]

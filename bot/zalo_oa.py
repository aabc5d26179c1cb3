"""What who runs a Zalo Official Account does and has to know: the permission, how it goes, what is wrong."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from cryptography.fernet import Fernet

from bot.channels import Bot
from bot.channels.zalo_oa_out import API, News
from bot.channels.zalo_oa_wire import PATH, ZaloOa, ZaloOaSettings
from bot.channels.zalo_tokens import NAME, OAUTH, App, Pair, Safe, TokenError, consent_url, verifier
from bot.channels.zalo_tokens import login as first_pair
from bot.settings import Settings
from bot.store import Store
from bot.store.open import open_store

LASTS = timedelta(days=90)  # a refresh token
LIVES = timedelta(hours=25)  # an access token
TIMEOUT = 10.0  # seconds

WHERE = {
    "MOTCUA_ZALO_OA_APP_ID": "Ứng dụng của tôi › Cài đặt › ID ứng dụng",
    "MOTCUA_ZALO_OA_APP_SECRET": "Ứng dụng của tôi › Cài đặt › Khóa bí mật của ứng dụng",
    "MOTCUA_ZALO_OA_SECRET": "Official Account › Webhook › OA Secret Key",
    "MOTCUA_ZALO_OA_KEY": "không lấy ở Zalo: chạy «python bot.py zalo login», lệnh tạo cho một khóa",
    "MOTCUA_ZALO_OA_CALLBACK": "Official Account › Thiết lập chung › Official Account Callback Url",
}
REFUSED = {
    -216: "Zalo không nhận token đã lưu. Chạy lại: python bot.py zalo login",
    -220: "Zalo báo token đã hết hạn. Để máy chủ chạy để nó tự xin token mới, hoặc chạy: python bot.py zalo login",
    -221: "OA chưa được xác thực. Xác thực ở oa.zalo.me.",
    -224: "Gói của OA không có quyền dùng API. Nâng gói ở oa.zalo.me.",
    -242: "Ứng dụng đang bắt buộc appsecret_proof. Tắt mục đó ở developers.zalo.me.",
    -32: "Ứng dụng đang gọi Zalo quá nhiều. Đợi một phút rồi chạy lại.",
}

NEWS: Mapping[News, str] = {
    "ready": "Zalo OA: có quyền gửi tin, đang nhận tin qua webhook.",
    "absent": "Zalo OA: chưa được OA cho phép gửi tin. Chạy: python bot.py zalo login",
    "unreadable": "Zalo OA: MOTCUA_ZALO_OA_KEY không mở được token đã lưu. Đặt lại khóa cũ, hoặc: python bot.py zalo login",
    "refused": "Zalo OA: Zalo không nhận token, không cấp token mới. Chạy: python bot.py zalo login. Tin chưa trả lời vẫn giữ.",
    "unsaved": "Zalo OA: có token mới mà không ghi được vào nơi lưu. Sửa nơi lưu ngay, đừng dừng máy chủ: dừng là mất token.",
    "unreachable": "Zalo OA: chưa nối được máy chủ Zalo, sẽ thử lại. Các kênh khác vẫn chạy.",
    "quota": "Zalo OA: hết hạn mức gửi tin (mã -211). Xem gói của OA ở oa.zalo.me.",
    "package": "Zalo OA: OA chưa xác thực hoặc gói không có quyền gửi tin qua API (mã -221, -224). Xem oa.zalo.me.",
    "billing": "Zalo OA: Zalo báo lỗi thanh toán (mã -320, -321). Xem tài khoản trả phí của ứng dụng.",
    "proof": "Zalo OA: ứng dụng đang bắt buộc appsecret_proof (mã -242). Tắt mục đó ở developers.zalo.me.",
    "policy": "Zalo OA: Zalo từ chối vì chính sách (mã -248). Xem thông báo ở oa.zalo.me.",
    "shape": "Zalo OA: Zalo không nhận một tin vì dạng của nó (mã -201, -210). Tin đó không gửi được.",
    "unknown": "Zalo OA: Zalo trả một mã lỗi lạ, tin đó không gửi được. Mã nằm trong nhật ký.",
}
REMINDERS = (
    "Lệnh này không thấy được các mục ở developers.zalo.me. Anh/chị tự xem ở trang Webhook của ứng dụng:",
    "• URL Webhook: https://<tên miền>/zalo-oa, https có chứng chỉ hợp lệ.",
    "• «Lọc cú pháp» tắt: bật thì chỉ tin bắt đầu bằng # được gửi tới.",
    "• Đã chọn các sự kiện: người dùng gửi (chữ, link, ảnh, tiếng …), quan tâm, bỏ quan tâm, OA gửi tin.",
    "• Gửi lại khi lỗi (Webhook Retry) bật.",
)


class ZaloError(Exception):
    """What the operator did or has cannot go on; the text is for them."""


def channel(bot: Bot, store: Store, found: Settings, tell: Callable[[str], None]) -> ZaloOa:
    """Exits with a sentence when a setting is missing."""
    if missing := found.zalo_oa_missing:
        raise SystemExit(f"Zalo OA: chưa đặt {', '.join(missing)}. Xem từng chỗ: python bot.py zalo doctor")
    given = ZaloOaSettings(
        found.zalo_oa_app_id,
        found.zalo_oa_app_secret,
        found.zalo_oa_secret,
        found.zalo_oa_key,
        found.zalo_oa_buttons,
        timedelta(minutes=found.zalo_oa_handover),
        found.zalo_oa_paid,
    )
    return ZaloOa(bot, store, given, lambda news: tell(NEWS[news]))


async def login(found: Settings, ask: Callable[[str], str], tell: Callable[[str], None], oauth: str = OAUTH) -> None:
    """Ask Zalo for the first tokens and store them. Raises ZaloError and StoreError; no secret is told."""
    _check_ready(found)
    app = App(found.zalo_oa_app_id, found.zalo_oa_app_secret, oauth)
    mine, state = verifier(), secrets.token_urlsafe(16)
    tell("1. Mở địa chỉ này trong trình duyệt, đăng nhập bằng Zalo của quản trị viên OA, chọn OA, bấm cho phép:\n")
    tell(f"{consent_url(app, found.zalo_oa_callback, mine, state)}\n")
    tell(
        "2. Trình duyệt sẽ chuyển sang Callback URL. Trang báo lỗi cũng không sao, chỉ cần địa chỉ trên thanh địa chỉ."
    )
    code, oa = _granted(ask("3. Dán toàn bộ địa chỉ đó vào đây (mã trong đó chỉ dùng được 10 phút)"), state)
    async with httpx.AsyncClient() as http:
        try:
            pair = await first_pair(http, app, code, mine, oa, lambda: datetime.now(UTC))
        except TokenError as error:
            raise ZaloError(_why(error)) from error
    await _keep(found, pair)
    tell(f"Xong. Đã lưu token (mã hóa){f' của OA {oa}' if oa else ''}. Máy chủ đang chạy sẽ tự nhận trong một phút.")


def _check_ready(found: Settings) -> None:
    if found.store.startswith("memory:"):
        raise ZaloError("Nơi lưu là memory: token sẽ mất ngay. Đặt MOTCUA_STORE=sqlite:đường/dẫn.db rồi chạy lại.")
    if not found.zalo_oa_key:
        raise ZaloError(
            "Chưa có khóa mã hóa token. Đặt biến này, giữ như mật khẩu, cho cả lệnh này và máy chủ, rồi chạy lại:\n"
            f"MOTCUA_ZALO_OA_KEY={Fernet.generate_key().decode()}"
        )
    missing = [*found.zalo_oa_missing, *([] if found.zalo_oa_callback else ["MOTCUA_ZALO_OA_CALLBACK"])]
    if missing:
        lines = "\n".join(f"{name}: {WHERE[name]}" for name in missing)
        raise ZaloError(f"Chưa đặt đủ. Ở developers.zalo.me, lấy:\n{lines}")


def _granted(pasted: str, state: str) -> tuple[str, str]:
    """Code and account of the address that Zalo sent the browser to. Zalo does not always return the state."""
    given = {name: values[0] for name, values in parse_qs(urlsplit(pasted.strip()).query).items()}
    if given.get("state", state) != state:
        raise ZaloError("Địa chỉ này thuộc lần chạy khác. Chạy lại lệnh và dùng địa chỉ mới.")
    if not given.get("code"):
        raise ZaloError("Không thấy «code=» trong địa chỉ. Chép cả dòng trên thanh địa chỉ sau khi bấm cho phép.")
    return given["code"], given.get("oa_id", "")


def _why(error: TokenError) -> str:
    if error.trouble == "unreachable":
        return "Không nối được oauth.zaloapp.com. Xem lại mạng của máy này (biến HTTPS_PROXY có tác dụng)."
    return (
        "Zalo không đổi mã lấy token. Mã chỉ dùng một lần, trong 10 phút: chạy lại lệnh. Vẫn vậy thì xem lại "
        "MOTCUA_ZALO_OA_APP_ID, MOTCUA_ZALO_OA_APP_SECRET (Khóa bí mật của ứng dụng, không phải OA Secret Key)."
    )


async def _keep(found: Settings, pair: Pair) -> None:
    async with open_store(found.store) as store:
        safe = Safe(store, found.zalo_oa_key)
        while not await safe.write(pair, await store.sealed(NAME)):
            pass


async def problems(found: Settings, api: str = API) -> list[str]:
    """What is wrong and how to mend it, one sentence each; [] when it all works. No secret is in it."""
    said = [f"Chưa đặt {name}. Ở developers.zalo.me: {WHERE[name]}." for name in found.zalo_oa_missing]
    said += _settings_problems(found)
    if not said:
        said += await _token_problems(found, api)
        said += await _server_problems(found)
    return said


def _settings_problems(found: Settings) -> Iterator[str]:
    if found.zalo_oa_secret and found.zalo_oa_secret == found.zalo_oa_app_secret:
        yield (
            "MOTCUA_ZALO_OA_SECRET giống MOTCUA_ZALO_OA_APP_SECRET. Hai khóa khác nhau: "
            f"cái trước ở {WHERE['MOTCUA_ZALO_OA_SECRET']}. Để nhầm thì mọi tin tới đều bị từ chối."
        )
    kind, _, path = found.store.partition(":")
    if kind == "memory":
        yield "MOTCUA_STORE là memory: token và tin chưa trả lời mất khi dừng máy. Đặt sqlite:đường/dẫn.db."
    elif kind == "sqlite" and not Path(path).is_file():
        yield f"Chưa có tệp {Path(path).resolve()}. Chạy lệnh ở thư mục của máy chủ, hoặc chạy: python bot.py zalo login"


async def _token_problems(found: Settings, api: str) -> list[str]:
    async with open_store(found.store) as store:
        try:
            pair, _ = await Safe(store, found.zalo_oa_key).read()
        except TokenError:
            return [
                "MOTCUA_ZALO_OA_KEY không mở được token đã lưu. Đặt lại khóa cũ, hoặc chạy: python bot.py zalo login"
            ]
    now = datetime.now(UTC)
    if pair is None:
        return ["Chưa có token. Chạy: python bot.py zalo login"]
    if now > pair.until - LIVES + LASTS:
        return ["Token làm mới đã quá 3 tháng. Chạy lại: python bot.py zalo login"]
    if now > pair.until:
        return ["Token đã hết hạn. Bật máy chủ, nó tự xin token mới: python bot.py serve. Vẫn báo thì chạy zalo login."]
    return _account_problems(await _account(api, pair), pair)


async def _account(api: str, pair: Pair) -> dict[str, Any]:
    """What Zalo says of the account; {} when it says nothing that can be read."""
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as http:
            answer = (await http.get(f"{api}/v2.0/oa/getoa", headers={"access_token": pair.access})).json()
    except (httpx.HTTPError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _account_problems(answer: dict[str, Any], pair: Pair) -> list[str]:
    code, data = answer.get("error"), answer.get("data")
    if code is None:
        return ["Không nối được openapi.zalo.me. Xem lại mạng của máy này (biến HTTPS_PROXY có tác dụng)."]
    if code != 0 or not isinstance(data, dict):
        return [REFUSED.get(code, f"Zalo trả mã lỗi {code} khi hỏi về OA. Tra mã này ở developers.zalo.me.")]
    said = []
    if pair.oa and str(data.get("oa_id", pair.oa)) != pair.oa:
        said.append("Token là của một OA khác OA đã cho phép. Chạy lại: python bot.py zalo login, chọn đúng OA.")
    if data.get("is_verified") is False:
        said.append(REFUSED[-221])
    return said


async def _server_problems(found: Settings) -> list[str]:
    """Whether the server beside takes what Zalo posts to try an address."""
    address = f"http://{_reachable(found.host)}:{found.port}{PATH}"
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as http:
            status = (await http.post(address, content=b"{}")).status_code
    except httpx.HTTPError:
        return [f"Máy chủ chưa chạy ở {address}. Chạy: python bot.py serve, cùng các biến MOTCUA_ như lệnh này."]
    if status != 200:
        return [f"{address} trả mã {status}: máy chủ đang chạy mà chưa bật Zalo OA. Đặt đủ biến rồi khởi động lại."]
    return []


def _reachable(host: str) -> str:
    """Where a server that listens on every address is asked, and as an address of the web is written."""
    try:
        found = ip_address(host)
    except ValueError:
        return host
    if found.is_unspecified:
        return "127.0.0.1" if found.version == 4 else "[::1]"
    return host if found.version == 4 else f"[{host}]"

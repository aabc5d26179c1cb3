"""What the tests of the stores keep."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.message import Alarm, Choice, Incoming, Link, Reply, User
from bot.session import Session, Walk
from bot.store import Pending

NOW = datetime(2026, 11, 25, 8, 30, 0, 123456, tzinfo=UTC)
LAN = User("web", "lan")
REPLY = Reply(
    "Bước 1/8 · Mở VNeID",
    (Choice("cmd/next", "Xong"),),
    (Link("Cổng", "https://dichvucong.gov.vn"),),
    Alarm("gia_cong_an", "scam", ("xưng công an",)),
)
WALKING = Session(
    walk=Walk("dang_ky_tam_tru", ({"o_dau": "thue"}, {"noi_nop": "tren_mang"}), "Mở VNeID"),
    under=Walk("lua_dao"),
    about="dang_ky_tam_tru",
    offered=("cmd/next", "cmd/menu"),
    kept={"tinh": "ho_chi_minh"},
    misses=1,
    seen=("tet",),
)


def waiting(message: str, user: User = LAN, at: datetime = NOW, **said: str) -> Pending:
    return Pending(Incoming(user, said.get("text", ""), said.get("choice", ""), message), at, said.get("note", ""))

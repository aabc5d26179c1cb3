"""Notices from the file to the reply: when, about what, once to each person, live while the server runs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.content.check import check
from bot.content.files import read_files
from bot.content.load import NOTICES, default_dir, load
from bot.content.types import Content, Notice
from bot.engine import Bot, Brain
from bot.message import Alarm, Incoming, User
from bot.reload import watch
from bot.safety.scam import Shield
from bot.store.memory import MemoryStore
from bot.understanding.focus import Focus
from bot.understanding.meaning import Command, Unknown
from tests.content_files import write
from tests.guides import CONTENT, NO_MODEL, PASSPORT, RESIDENCE, SENTENCES, TODAY, Talk, ask

EVERYWHERE = Notice("nghi_tet", "Các nơi nghỉ Tết từ 5/2.", TODAY, TODAY)
RESIDENCES = Notice("bao_tri", "VNeID bảo trì đêm nay.", TODAY, TODAY, (RESIDENCE.topic, "vneid_muc_2"))
NEW_SCAM = Notice("thu_doan_moi", "Đang có người giả điện lực.", TODAY, TODAY, ("lua_dao",))


def talk(*notices: Notice, today: date = TODAY) -> Talk:
    return Talk(replace(CONTENT, notices=notices), today)


class TestReply:
    def test_one_about_a_topic_stands_on_top_of_its_answers_alone(self) -> None:
        one = talk(RESIDENCES)
        assert "bảo trì" not in one.hear(ask(PASSPORT.id, "le_phi"))
        assert "bảo trì" not in one.hear(Command("menu"))
        assert one.hear(ask(RESIDENCE.id, "le_phi")).startswith("VNeID bảo trì đêm nay.\n\nSố tiền")
        assert "bảo trì" not in one.hear(ask(RESIDENCE.id, "le_phi"))

    def test_it_is_not_told_with_what_is_no_answer_about_it(self) -> None:
        one = talk()
        one.hear(ask(RESIDENCE.id, "le_phi"))
        one.content = replace(one.content, notices=(RESIDENCES,))
        assert "bảo trì" not in one.hear(Unknown())
        assert "bảo trì" not in one.hear(Command("menu"))
        assert one.hear(ask(RESIDENCE.id, "ho_so")).startswith("VNeID bảo trì")

    def test_one_without_topics_stands_on_top_of_whatever_is_said_first(self) -> None:
        for first in (Command("menu"), Unknown(), ask(PASSPORT.id)):
            one = talk(EVERYWHERE)
            assert one.hear(first).startswith(f"{EVERYWHERE.text}\n\n")
            assert EVERYWHERE.text not in one.hear(ask(RESIDENCE.id))

    def test_several_are_told_together(self) -> None:
        assert (
            talk(EVERYWHERE, RESIDENCES).hear(ask(RESIDENCE.id)).startswith(f"{EVERYWHERE.text}\n{RESIDENCES.text}\n\n")
        )

    @pytest.mark.parametrize("alarm", [Alarm("", "panic", harm="chuyen_tien"), Alarm("gia_cong_an", "scam")])
    def test_a_warning_and_first_aid_come_first(self, alarm: Alarm) -> None:
        one = talk(EVERYWHERE, NEW_SCAM)
        assert "giả điện lực" not in one.hear(alarm)
        assert one.hear(ask("gia_cong_an")).startswith(f"{EVERYWHERE.text}\n{NEW_SCAM.text}")

    @pytest.mark.parametrize(
        ("today", "told"),
        [
            (date(2026, 11, 24), False),
            (date(2026, 11, 25), True),
            (date(2026, 11, 27), True),
            (date(2026, 11, 28), False),
        ],
    )
    def test_its_first_and_its_last_day_count(self, today: date, told: bool) -> None:
        one = talk(replace(EVERYWHERE, until=date(2026, 11, 27)), today=today)
        assert one.hear(Command("menu")).startswith(EVERYWHERE.text) is told


class TestFile:
    def test_one_of_comments_alone_is_fine(self, tmp_path: Path) -> None:
        root = write(tmp_path, {NOTICES: "# không có gì\n"})
        assert list(check(read_files(root), root / "tests")) == []
        assert load(root).notices == ()

    def test_the_example_in_the_projects_own_file_works_once_it_is_uncommented(self, tmp_path: Path) -> None:
        lines = (default_dir() / NOTICES).read_text("utf-8").split("\n")
        example = "\n".join(line[2:] for line in lines[lines.index("#") + 1 :] if line.startswith("# "))
        assert list(yaml.safe_load(example))
        root = write(tmp_path, {NOTICES: example})
        assert list(check(read_files(root), root / "tests")) == []
        [notice] = load(root).notices
        assert notice.topics
        assert notice.since < notice.until


def _bot(content: Content) -> Bot:
    return Bot(Brain(content, NO_MODEL, Shield(content), Focus(content)), MemoryStore())


async def test_saved_while_the_bot_runs_it_is_told_and_removed_it_is_not(tmp_path: Path) -> None:
    sentences = yaml.safe_dump(dict(SENTENCES), allow_unicode=True)
    root = write(tmp_path, {NOTICES: None, "faq_vi/_bot.yaml": sentences})
    bot, news = _bot(load(root)), asyncio.Queue[str]()
    watching = asyncio.create_task(watch(bot, root, root / "cache", news.put_nowait, every=0.01))

    async def greeted(user: str) -> str:
        return (await bot.handle(Incoming(User("web", user), "", "cmd/menu"))).text

    try:
        assert (await greeted("a")).startswith("Xin chào")
        (root / NOTICES).write_text("x:\n  text: Cổng bảo trì.\n  since: 2000-01-01\n  until: 2999-01-01\n", "utf-8")
        assert await asyncio.wait_for(news.get(), 120) == "Đã dùng nội dung mới."
        assert (await greeted("a")).startswith("Cổng bảo trì.\n\nAnh/chị cần việc gì khác?")
        assert (await greeted("a")).startswith("Anh/chị cần việc gì khác?")
        (root / NOTICES).unlink()
        await asyncio.wait_for(news.get(), 120)
        assert (await greeted("b")).startswith("Xin chào")
    finally:
        watching.cancel()

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import settings
from bot.cli import app
from bot.content.load import FOLDERS, default_dir
from bot.engine import Brain

ROOT = Path(__file__).parent.parent
COMMANDS = (
    "chat",
    "ask",
    "explain",
    "show",
    "check",
    "due",
    "where",
    "serve",
    "settings",
    "scam",
    "off",
    "on",
    "forget",
    "rasa",
    "unknown",
)


def run(*args: str, input: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, args, input=input)
    return result.exit_code, result.stdout, result.stderr


def test_every_command_has_help_in_vietnamese() -> None:
    _, text, _ = run("--help")
    for command in COMMANDS:
        assert command in text
        code, help_, _ = run(command, "--help")
        assert code == 0
        assert re.search(r"[ăâđêôơưàáạảãèéẹẻẽìíịỉĩòóọỏõùúụủũỳýỵỷỹ]", help_), command


def test_every_setting_and_command_is_documented() -> None:
    docs = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    missing = [each.variable for each in settings.SETTINGS if each.variable not in docs]
    missing += [command for command in COMMANDS if f"bot.py {command}" not in docs]
    assert missing == []


@pytest.mark.usefixtures("brain")
def test_ask_answers_its_arguments_and_its_input() -> None:
    assert "7.000 đồng" in run("ask", "lệ phí đăng ký tạm trú", "--on", "2026-11-25")[1]
    assert "Trợ lý" in run("ask", input="menu\n")[1] or "trợ lý" in run("ask", input="menu\n")[1]


@pytest.mark.usefixtures("brain")
def test_chat_shows_numbered_choices_and_ends() -> None:
    code, text, _ = run("chat", input="đăng ký tạm trú\n2\nthoát\n")
    assert code == 0
    assert "không bao giờ hỏi số căn cước" in text
    assert "Anh/chị ở chỗ nào?" in text
    assert "Chào anh/chị" in text


def test_scam_judges_its_arguments_and_every_line_of_its_input() -> None:
    code, text, _ = run("scam", "em", "lỡ", "chuyển", "tiền", "cho", "nó", "rồi", "--on", "2026-11-25")
    assert code == 0
    assert "Đã chuyển tiền" in text
    lines = "\ufeffem lỡ chuyển tiền cho nó rồi\r\nvào vneid-capnhat.top nhé\nlàm hộ chiếu ở đâu\n"
    _, found, _ = run("scam", "--json", input=lines)
    verdicts = [json.loads(line) for line in found.splitlines()]
    assert (verdicts[0]["level"], verdicts[2]["level"]) == ("panic", "none")
    assert verdicts[1]["level"] in ("suspicious", "scam")
    assert [each["links"][0]["verdict"] for each in verdicts if each["links"]] == ["lookalike"]
    assert all(list(each) == ["level", "warning", "title", "reasons", "links", "next"] for each in verdicts)


def test_show_prints_every_path_and_the_day_counts() -> None:
    _, now, _ = run("show", "dang_ky_tam_tru", "--on", "2026-11-25")
    _, later, _ = run("show", "dang_ky_tam_tru", "--on", "2027-03-02")
    assert "Bước 1/5" in now
    assert "TT04" in now
    assert "Được 0 đồng" in now
    assert "Được 0 đồng" not in later
    assert "quá hạn rà soát" in later


def test_show_names_the_other_guides_of_the_topic() -> None:
    assert "bot.py show vneid_quen_passcode" in run("show", "vneid_muc_2")[1]


def test_an_unknown_guide_is_said_with_those_there_are() -> None:
    code, _, error = run("show", "khong_co")
    assert code == 1
    assert "dang_ky_tam_tru" in error


def test_check_lists_problems_with_their_lines(tmp_path: Path) -> None:
    for folder in FOLDERS:
        shutil.copytree(default_dir() / folder, tmp_path / folder)
    guide = tmp_path / "service_guides" / "dang_ky_tam_tru.yaml"
    guide.write_text(guide.read_text(encoding="utf-8").replace("2026-11-20", "20/11/2026"), encoding="utf-8")
    code, text, _ = run("check", "--content", str(tmp_path))
    assert code == 1
    assert re.search(r"^service_guides/dang_ky_tam_tru\.yaml:\d+: ngay_sai: ", text, re.MULTILINE)
    _, github, _ = run("check", "--content", str(tmp_path), "--format", "github")
    assert "::error file=service_guides/dang_ky_tam_tru.yaml,line=" in github


def test_a_directory_without_content_is_said_plainly(tmp_path: Path) -> None:
    code, _, error = run("ask", "--content", str(tmp_path), "x")
    assert code == 1
    assert "không phải thư mục nội dung" in error


def test_where_and_due_find_what_rests_on_a_law() -> None:
    assert "service_guides/dang_ky_tam_tru.yaml:" in run("where", "tt_75_2022_btc")[1]
    assert "dang_ky_tam_tru" in run("due", "--source", "tt_75_2022_btc")[1]
    assert "ho_chieu_pho_thong" in run("due", "--on", "2027-01-02")[1]


def test_settings_print_with_their_meaning() -> None:
    code, text, _ = run("settings")
    assert code == 0
    assert "MOTCUA_STORE" in text


def test_a_wrong_setting_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_PORT", "abc")
    code, _, error = run("settings")
    assert code == 1
    assert "MOTCUA_PORT" in error


def test_the_brain_of_the_checkout_knows_the_nine_topics(brain: Brain) -> None:
    nine = {
        *("vneid_muc_2", "dich_vu_cong_quoc_gia", "cap_doi_can_cuoc", "dang_ky_tam_tru", "dang_ky_thuong_tru"),
        *("thong_bao_luu_tru", "ho_chieu_pho_thong", "dang_ky_khai_sinh", "gia_han_bhyt_ho_gia_dinh", "lua_dao"),
    }
    assert nine <= {guide.topic for guide in brain.content.guides.values()}

"""The exported project with real Rasa: it validates, trains, and answers conversations through our action server, over HTTP.

python bench/peers/rasa/prove.py [--keep DIR]

Runs in the project's own environment; Rasa in the one that setup.sh makes. Exits 3 where Rasa is not set up, 1 where an answer
is wrong. --keep: the project and its model stay in DIR, and a model that is there already is not trained again.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from environment import ENVIRONMENT, QUIET, check

ROOT = Path(__file__).resolve().parents[3]
RASA = ENVIRONMENT / "bin/rasa"
PATIENCE = 180  # seconds until a server answers

# who says what → words of the reply; «>» presses the button that begins so
TALKS = (
    ("lan", "đăng ký tạm trú cần giấy tờ gì", "tạm trú"),
    ("lan", "het bao nhieu tien", "đồng"),
    ("huệ", "làm hộ chiếu cho con 5 tuổi mất bao lâu", "hộ chiếu"),
    ("lan", "0", "việc gì"),
    ("minh", "/mot_cua_dang_ky_khai_sinh", "ngày sinh"),
    ("minh", ">1", ""),
    ("an", "thủ tục ly hôn đơn phương cần gì", "Tòa án"),
    ("bình", "chị vào cài đặt bật quyền trợ năng cho ứng dụng, bấm cho phép hết các mục", "lừa đảo"),
    ("bình", ">1", "113"),
)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def fetch(url: str, body: Any = None) -> bytes:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data), timeout=60) as response:  # noqa: S310 - loopback
        return bytes(response.read())


@contextmanager
def server(command: list[str], url: str, **more: Any) -> Iterator[None]:
    """Runs until the block ends, once `url` answers."""
    process = subprocess.Popen(command, **more)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                fetch(url)
                break
            except (urllib.error.URLError, ConnectionError):
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"{Path(command[0]).name} did not start.") from None
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(30)


def train(project: Path, rasa: dict[str, Any]) -> None:
    subprocess.run([RASA, "data", "validate", "--fail-on-warnings"], check=True, **rasa)
    began = time.perf_counter()
    subprocess.run([RASA, "train", "--fixed-model-name", "mot_cua"], check=True, **rasa)
    print(f"trained in {time.perf_counter() - began:.0f} s, {_model(project).stat().st_size / 1e6:.0f} MB")


def _model(project: Path) -> Path:
    return project / "models/mot_cua.tar.gz"


def converse(url: str) -> int:
    """How many replies were wrong."""
    wrong, buttons = 0, dict[str, list[dict[str, str]]]()
    for who, words, expected in TALKS:
        number = words.removeprefix(">")
        pressed = (each["payload"] for each in buttons.get(who, []) if each["title"].startswith(number))
        said = next(pressed) if words != number else words
        began = time.perf_counter()
        replies = json.loads(fetch(url, {"sender": who, "message": said}))
        took = 1000 * (time.perf_counter() - began)
        text = "\n".join(each.get("text", "") for each in replies)
        buttons[who] = [button for each in replies for button in each.get("buttons", [])]
        good = len(replies) == 1 and bool(text) and expected in text
        wrong += not good
        first = text.partition("\n")[0]
        print(f"{'right' if good else 'WRONG'} {took:5.0f} ms  {who}: {said}\n          {first}")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    check()
    with tempfile.TemporaryDirectory() as folder:
        project = (args.keep or Path(folder) / "project").resolve()
        actions, port = free_port(), free_port()
        ours = [sys.executable, str(ROOT / "bot.py"), "rasa"]
        subprocess.run([*ours, "export", str(project)], check=True)
        rasa: dict[str, Any] = {"cwd": project, "env": os.environ | QUIET}
        if not _model(project).exists():
            train(project, rasa)
        endpoints = Path(folder) / "endpoints.yml"
        endpoints.write_text(f'action_endpoint:\n  url: "http://127.0.0.1:{actions}/webhook"\n', encoding="utf-8")
        ours += ["serve", "--host", "127.0.0.1", "--port", str(actions)]
        theirs = [str(RASA), "run", "--interface", "127.0.0.1", "--port", str(port), "--endpoints", str(endpoints)]
        with (
            server(ours, f"http://127.0.0.1:{actions}/health", env=os.environ | {"MOTCUA_STORE": "memory:"}),
            server(theirs, f"http://127.0.0.1:{port}/", **rasa),
        ):
            wrong = converse(f"http://127.0.0.1:{port}/webhooks/rest/webhook")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()

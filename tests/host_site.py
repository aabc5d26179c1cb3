"""Another site of the test's own: the sample pages of docs/nhung, which embed the chat from the test's server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "docs" / "nhung"
WRITTEN = "http://127.0.0.1:8000"  # where the sample pages look for the chat
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css"}


@dataclass
class HostSite:
    """`chat` is the address of the server; `sheet` is added to trang.css, `pages` are pages of the test's own."""

    origin: str = ""
    chat: str = WRITTEN
    sheet: str = ""
    pages: dict[str, str] = field(default_factory=dict)

    def file(self, name: str) -> tuple[str, str] | None:
        """Its type and text; None when there is none."""
        if name in self.pages:
            return TYPES[".html"], self.pages[name]
        path = SAMPLE / (name or "index.html")
        if path.parent != SAMPLE or not path.is_file():
            return None
        text = path.read_text("utf-8").replace(WRITTEN, self.chat)
        return TYPES[path.suffix], text + (self.sheet if name == "trang.css" else "")


@contextmanager
def host_site() -> Iterator[HostSite]:
    found = HostSite()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            file = found.file(self.path.partition("?")[0].removeprefix("/"))
            self.send_response(200 if file else 404)
            self.send_header("Content-Type", file[0] if file else "text/plain")
            self.end_headers()
            self.wfile.write(file[1].encode() if file else b"")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.origin = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join(10)

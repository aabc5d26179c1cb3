"""The files of the page: read once, packed once, and the two templates that are filled here."""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.guard import Problem

TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class File:
    body: bytes
    packed: bytes
    type: str
    integrity: str


class Assets:
    def __init__(self) -> None:
        folder = files("bot.channels") / "static"
        found = sorted((entry.name, entry.read_bytes()) for entry in folder.iterdir() if entry.is_file())
        self.files = {name: _file(name, body) for name, body in found if name.rpartition(".")[2] in TYPES}
        self.version = hashlib.sha256(b"".join(body for _, body in found)).hexdigest()[:12]
        self._templates = {name: Template(body.decode()) for name, body in found if name.endswith(".html")}

    def page(self, name: str, root: str, status: int = 200, **html: str) -> Response:
        """Fill a template. The values of `html` are markup already."""
        text = self._templates[name].substitute(
            root=escape(root),
            version=self.version,
            css=self.files["mot-cua.css"].integrity,
            js=self.files["mot-cua.js"].integrity,
            **html,
        )
        return Response(text, status, {"Cache-Control": "no-store"}, "text/html")

    def serve(self, name: str, request: Request) -> Response:
        """A year for the address that a page of this version names, else ask each time."""
        if name not in self.files:
            raise Problem("not-found")
        file = self.files[name]
        current = request.query_params.get("v") == self.version
        headers = {
            "Cache-Control": f"public, max-age={YEAR}, immutable" if current else "no-cache",
            "ETag": f'"{self.version}"',
            "Vary": "Accept-Encoding",
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if f'"{self.version}"' in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(file.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=file.type)
        return Response(file.body, headers=headers, media_type=file.type)


def _file(name: str, body: bytes) -> File:
    digest = base64.b64encode(hashlib.sha384(body).digest()).decode()
    return File(body, gzip.compress(body, 9, mtime=0), TYPES[name.rpartition(".")[2]], f"sha384-{digest}")

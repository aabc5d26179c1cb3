"""The page: the conversation for a browser, and without JavaScript one question and its reply at a time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response

from bot import choice as choices
from bot.channels import Bot
from bot.channels.api import ID, TEXT_LIMIT, alarm_json, reply_json
from bot.channels.assets import Assets
from bot.channels.guard import Problem
from bot.channels.guides import find_guide
from bot.channels.sessions import MENU, SESSION, Conversations, Limits, new_id
from bot.dialogue.guide import known
from bot.message import Reply, numbers

_BULLET = re.compile(r"\s*•\s*")
_STEP = re.compile(r"(Bước (\d+)/(\d+))( · .*)")
_SOURCE = re.compile(r"Nguồn:|Kiểm tra ngày ")
_SAFE_LINK = re.compile(r"(https?|tel):")
_KINDS = (("menu", "cmd/menu"), ("back", "cmd/back"), ("back", "at/back/"), ("next", "at/next/"))


def blocks(text: str) -> str:
    """Lines and bullet lists of a reply's plain text, as the script draws them."""
    lines = filter(str.strip, text.split("\n"))
    return "".join(
        _block(bullets, list(run)) for bullets, run in groupby(lines, lambda line: bool(_BULLET.match(line)))
    )


def _block(bullets: bool, lines: list[str]) -> str:
    if bullets:
        items = (f"<li>{escape(_BULLET.sub('', line, count=1))}</li>" for line in lines)
        return f"<ul>{''.join(items)}</ul>"
    return "".join(map(_paragraph, lines))


def _paragraph(line: str) -> str:
    """«Bước 3/8 · …» is set off and drawn as a bar; the source is muted."""
    if step := _STEP.match(line):
        head, now, all_, title = step.groups()
        bar = f'<progress value="{now}" max="{all_}" aria-hidden="true"></progress>'
        return f'{bar}<p class="step"><b>{head}</b>{escape(title)}</p>'
    return f"<p{' class=source' if _SOURCE.match(line) else ''}>{escape(line)}</p>"


def asked_html(text: str) -> str:
    return f'<div class="said me"><p>{escape(text)}</p></div>' if text else ""


def answer_html(reply: Reply) -> str:
    safe = [link for link in reply.links if _SAFE_LINK.match(link.url)]
    links = "".join(
        f'<li><a href="{escape(link.url)}" rel="noopener noreferrer">{escape(link.label)}</a></li>' for link in safe
    )
    kind = 'class="bot alarm" role="alert"' if reply.alarm else 'class="bot"'
    return f"<div {kind}>{blocks(reply.text)}{f'<ul class=links>{links}</ul>' if links else ''}</div>"


def choices_html(reply: Reply) -> str:
    """Buttons that send both the choice and, for the page to repeat it, its words."""
    return "".join(
        f'<button class="choice{_kind(choice.id)}" name="choice" value="{escape(f"{choice.id} {choice.label}")}">'
        f"<b>{n}</b><span>{escape(choice.label)}</span></button>"
        for n, choice in numbers(reply.choices)
    )


def _kind(id: str) -> str:
    return next((f" {kind}" for kind, start in _KINDS if id.startswith(start)), "")


def fields_html(fields: Mapping[str, str]) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())


class Form:
    """What the plain form sends; what does not fit is a Problem."""

    def __init__(self, body: bytes) -> None:
        try:
            fields = parse_qs(body.decode(), max_num_fields=10)
        except ValueError as error:
            raise Problem("invalid-request") from error
        value = {name: values[0] for name, values in fields.items()}
        self.session, self.id = value.get("session", ""), value.get("id", "")
        self.opened = value.get("opened", MENU)
        self.text = value.get("text", "").strip()
        self.choice, _, self.label = value.get("choice", "").partition(" ")
        self._check()

    @property
    def message_id(self) -> str:
        """Of this page and what was sent: reloading repeats, going back and pressing another button does not."""
        return hashlib.sha256("\n".join((self.id, self.choice, self.text)).encode()).hexdigest()[:32]

    def _check(self) -> None:
        if self.session and not SESSION.match(self.session):
            raise Problem("invalid-request")
        if not re.match(ID, self.id) or not choices.read(self.opened) or len(self.choice) > choices.LIMIT:
            raise Problem("invalid-request")
        if len(self.text) > TEXT_LIMIT or len(self.label) > TEXT_LIMIT:
            raise Problem("text-too-long")
        if not self.text and not self.choice:
            raise Problem("text-empty")


def routes(bot: Bot, conversations: Conversations, limits: Limits, assets: Assets) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    def page(request: Request, reply: Reply, page: dict[str, Any], fields: dict[str, str], title: str = "") -> Response:
        data = page | {"reply": reply_json(reply), "alarm": alarm_json(reply.alarm)}
        name = bot.brain.content.bot["web_ten_trang"]
        return assets.page(
            "index.html",
            request.scope.get("root_path", ""),
            title=escape(f"{title} – {name}" if title else name),
            page=escape(json.dumps(data, ensure_ascii=False, separators=(",", ":"))),
            asked=asked_html(page.get("text", "")),
            answer=answer_html(reply),
            choices=choices_html(reply),
            hidden=fields_html({"id": new_id()} | fields),
        )

    @router.get("/")
    async def home(request: Request) -> Response:
        limits.check(request)
        return page(request, await conversations.opening(), {}, {})

    @router.get("/g/{name}")
    async def begun(name: str, request: Request) -> Response:
        """The page with a guide started: what a poster's QR code opens. Answers may be in the query."""
        limits.check(request)
        guide = find_guide(bot.brain.content, name)
        if not guide:
            raise Problem("not-found")
        start = choices.ask(guide.id, details=known(guide, request.query_params))
        return page(
            request,
            await conversations.opening(start),
            {"start": start, "title": guide.title, "text": guide.title},
            {"opened": start},
            guide.title,
        )

    @router.post("/")
    async def form(request: Request) -> Response:
        """Without JavaScript. Sending the same page again gets the same reply: its id is in the form."""
        sent = Form(await request.body())
        limits.check(request, sent.session)
        session, reply = await conversations.say(sent.session, sent.message_id, sent.text, sent.choice, sent.opened)
        return page(request, reply, {"session": session, "text": sent.label or sent.text}, {"session": session})

    @router.get("/static/{name}")
    async def static(name: str, request: Request) -> Response:
        return assets.serve(name, request)

    return router

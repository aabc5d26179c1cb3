"""/kiem-tra: paste a message, read what it is. Nothing pasted is kept, logged or shown unmasked."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request, Response

from bot.channels import Bot
from bot.channels.api import TEXT_LIMIT
from bot.channels.assets import Assets
from bot.channels.guard import PROBLEMS, Problem
from bot.channels.sessions import Limits, closed_text
from bot.channels.web import blocks
from bot.dialogue.checking import NAMES, Check, CheckedLink, check
from bot.dialogue.say import Say
from bot.engine import day_of
from bot.safety.privacy import mask

PATH = "/kiem-tra"


def routes(bot: Bot, limits: Limits, assets: Assets) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    def say() -> Say:
        return Say(bot.brain.content, day_of(bot.clock()))

    def page(request: Request, *, status: int = 200, title: str = "", result: str = "", wrong: str = "") -> Response:
        root = request.scope.get("root_path", "")
        start = f"{title} – " if title else ""
        return assets.page("check.html", root, status, start=escape(start), result=result, wrong=wrong)

    @router.get(PATH)
    async def empty(request: Request) -> Response:
        limits.check(request)
        said = closed_text(bot)
        return page(request, wrong=closed_html(said) if said else "")

    @router.post(PATH)
    async def form(request: Request) -> Response:
        limits.check(request)
        try:
            text = pasted_text(await request.body())
        except Problem as problem:
            if problem.type == "body-too-large" or "text/html" not in request.headers.get("accept", ""):
                raise
            sentence = bot.brain.content.bot[PROBLEMS[problem.type][1]]
            return page(request, status=problem.status_code, title=sentence, wrong=wrong_html(sentence))
        found = check(bot.brain.content, bot.brain.shield, text, say().today)
        said = closed_text(bot)
        if said and not found.urgent:
            return page(request, status=503, title=say()("web_tam_dung"), wrong=closed_html(said))
        root = escape(request.scope.get("root_path", ""))
        return page(request, title="" if found.comfort else found.head, result=result_html(say(), found, text, root))

    return router


def pasted_text(body: bytes) -> str:
    """The text of the form, its line ends as they were typed; what does not fit is a Problem."""
    try:
        fields = parse_qs(body.decode(), max_num_fields=10)
    except ValueError as error:
        raise Problem("invalid-request") from error
    text = fields.get("text", [""])[0].replace("\r\n", "\n").strip()
    if len(text) > TEXT_LIMIT:
        raise Problem("text-too-long")
    if not text:
        raise Problem("text-empty")
    return text


def wrong_html(sentence: str) -> str:
    return f'<p class="wrong" role="alert" id="wrong">{escape(sentence)}</p>'


def closed_html(said: str) -> str:
    return f'<div class="wrong" role="alert" id="wrong">{blocks(said)}</div>'


def result_html(say: Say, found: Check, text: str, root: str) -> str:
    """The verdict with its reasons, its links, what to do, and the message with everything personal masked."""
    kind = 'class="bot"' if found.level == "none" else 'class="bot alarm" role="alert"'
    parts = [
        f'<div class="bot">{blocks(found.comfort)}</div>' if found.comfort else "",
        f"<div {kind}><h2>{escape(found.head)}</h2><div>",
        f"<p>{escape(say('xet_giong', title=found.title))}</p>" if found.title else "",
        _reasons(say, found),
        _links(say, found.links),
        f"<h3>{escape(say('xet_lam_gi'))}</h3>{blocks(found.advice)}</div></div>",
        _guide(say, found, root),
        f'<h2>{escape(say("xet_tin"))}</h2><p class="pasted">{escape(mask(text))}</p>',
        f'<p class="source">{escape(say("xet_ngay", day=say.day(say.today)))}</p>',
    ]
    return "".join(parts)


def _reasons(say: Say, found: Check) -> str:
    if not found.other_reasons:
        return ""
    head = say("xet_da_xay_ra" if found.level == "panic" else "xet_vi_sao")
    items = "".join(f"<li>{escape(reason)}</li>" for reason in found.other_reasons)
    return f"<h3>{escape(head)}</h3><ul>{items}</ul>"


def _links(say: Say, links: tuple[CheckedLink, ...]) -> str:
    """Text, never something to press."""
    if not links:
        return ""
    items = "".join(
        f'<li><b class="{link.verdict}">{escape(say(NAMES[link.verdict]))}</b> <code>{escape(link.text)}</code>'
        f"<p>{escape(link.reason)}</p></li>"
        for link in links
    )
    return f"<h3>{escape(say('xet_link'))}</h3><ul class=judged>{items}</ul>"


def _guide(say: Say, found: Check, root: str) -> str:
    guide = say.content.guides.get(found.guide)
    if guide is None:
        return ""
    query = f"?{urlencode(found.answers)}" if found.answers else ""
    label = escape(say("xet_nut_bai", title=guide.title))
    kind = "choice" if found.level == "none" else "choice next"
    return (
        f'<p class="choices"><a class="{kind}" href="{root}/g/{guide.code or guide.id}{escape(query)}">{label}</a></p>'
    )

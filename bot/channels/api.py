"""The REST interface: one message in, one reply out; a pasted message judged; guides as JSON."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.channels import Bot
from bot.channels.guard import PROBLEMS, Problem
from bot.channels.guides import guide_json, summary_json
from bot.channels.sessions import Conversations, Limits, check_open
from bot.dialogue.checking import check
from bot.engine import day_of
from bot.message import Alarm, Reply, numbers
from bot.safety.privacy import mask

TEXT_LIMIT = 2_000  # characters
ID = r"^[A-Za-z0-9_.:-]{1,64}$"


class Message(BaseModel):
    """`text` or `choice`, not both. The same `id` in the same session gets the same reply: sending again is safe."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    id: str = Field(pattern=ID, description="Mã do bên gọi đặt cho tin nhắn, mỗi tin một mã")
    session: str | None = Field(None, pattern="^[0-9a-f]{32}$", description="Từ trả lời trước; bỏ trống để bắt đầu")
    text: str | None = Field(None, min_length=1, max_length=TEXT_LIMIT)
    choice: str | None = Field(None, min_length=1, max_length=64, pattern=r"^[!-~]+$")

    @model_validator(mode="after")
    def one_of_both(self) -> Message:
        if (self.text is None) == (self.choice is None):
            raise ValueError("text or choice, exactly one")
        return self


class ChoiceOut(BaseModel):
    n: str
    id: str
    label: str


class LinkOut(BaseModel):
    label: str
    url: str


class ReplyOut(BaseModel):
    text: str
    choices: list[ChoiceOut]
    links: list[LinkOut]


class AlarmOut(BaseModel):
    warning: str
    level: str
    reasons: list[str]


class Answer(BaseModel):
    session: str
    reply: ReplyOut
    alarm: AlarmOut | None


class ProblemOut(BaseModel):
    """RFC 9457; `detail` is for people, in Vietnamese."""

    type: str
    title: str
    status: int
    detail: str


class Pasted(BaseModel):
    """Một tin nhắn, hoặc lời kể về một cuộc gọi."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    text: str = Field(min_length=1, max_length=TEXT_LIMIT)


class CheckedLinkOut(BaseModel):
    text: str = Field(description="Link như đã gõ, số riêng tư đã che")
    verdict: Literal["official", "lookalike", "risky", "unknown"]
    agency: str = Field(description="official: trang của ai; lookalike: giả trang của ai; trống khi không biết")
    reason: str


class NextOut(BaseModel):
    text: str = Field(description="Làm gì bây giờ")
    guide: str = Field(description="Bài hướng dẫn để đi tiếp: /g/{guide}, /api/guides/{guide}")


class CheckOut(BaseModel):
    level: Literal["none", "suspicious", "scam", "panic"] = Field(description="panic: đã lỡ làm theo, cần cứu ngay")
    warning: str = Field(description="Thủ đoạn gần giống nhất; trống khi không có")
    title: str = Field(description="Tên của thủ đoạn đó")
    reasons: list[str]
    links: list[CheckedLinkOut]
    next: NextOut


def reply_json(reply: Reply) -> dict[str, Any]:
    return {
        "text": reply.text,
        "choices": [{"n": n, "id": choice.id, "label": choice.label} for n, choice in numbers(reply.choices)],
        "links": [{"label": link.label, "url": link.url} for link in reply.links],
    }


def alarm_json(alarm: Alarm | None) -> dict[str, Any] | None:
    return {"warning": alarm.warning, "level": alarm.level, "reasons": list(alarm.reasons)} if alarm else None


def to_json(body: Any, headers: dict[str, str] | None = None) -> Response:
    """Compact; what `responses` document is not validated again on the way out."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, headers=headers, media_type="application/json")


def errors(*types: str) -> dict[int | str, dict[str, Any]]:
    content = {"application/problem+json": {"schema": ProblemOut.model_json_schema()}}
    return {int(PROBLEMS[type][0]): {"description": type, "content": content} for type in types}


def routes(bot: Bot, conversations: Conversations, limits: Limits) -> APIRouter:
    router = APIRouter(prefix="/api", tags=["api"])

    @router.post(
        "/messages",
        summary="Gửi một tin nhắn, nhận một trả lời",
        responses={200: {"model": Answer}, **errors("text-too-long", "body-too-large", "too-many-requests")},
    )
    async def messages(message: Message, request: Request) -> Response:
        session = message.session or ""
        limits.check(request, session)
        session, reply = await conversations.say(session, message.id, message.text or "", message.choice or "")
        body = {"session": session, "reply": reply_json(reply), "alarm": alarm_json(reply.alarm)}
        return to_json(body, {"Cache-Control": "no-store"})

    @router.post(
        "/check",
        summary="Xét một tin nhắn có phải lừa đảo không",
        description="Không giữ, không ghi lại tin nhắn; không thuộc cuộc trò chuyện nào.",
        responses={
            200: {"model": CheckOut},
            **errors("text-too-long", "body-too-large", "too-many-requests", "closed"),
        },
    )
    async def judged(pasted: Pasted, request: Request) -> Response:
        limits.check(request)
        found = check(bot.brain.content, bot.brain.shield, pasted.text, day_of(bot.clock()))
        if not found.urgent:
            check_open(bot)
        return to_json(found.to_json(), {"Cache-Control": "no-store"})

    @router.get("/guides", summary="Các hướng dẫn đang có", responses=errors("too-many-requests", "closed"))
    async def guides(request: Request) -> Response:
        limits.check(request)
        check_open(bot)
        return tagged(request, [summary_json(guide) for guide in bot.brain.content.guides.values()])

    @router.get(
        "/guides/{id}",
        summary="Một hướng dẫn: những gì áp dụng vào một ngày, cho các câu trả lời đã chọn",
        description="Mỗi câu hỏi là một tham số, thí dụ /api/guides/ho_chieu_pho_thong?on=2026-11-22&cho_ai=duoi_14",
        responses=errors("not-found", "invalid-answer", "too-many-requests", "closed"),
    )
    async def guide(
        id: str,
        request: Request,
        on: Annotated[date | None, Query(description="YYYY-MM-DD; mặc định hôm nay")] = None,
    ) -> Response:
        limits.check(request)
        check_open(bot)
        content = bot.brain.content
        if id not in content.guides:
            raise Problem("not-found")
        answers = {key: value for key, value in request.query_params.multi_items() if key != "on"}
        check_answers(content.guides[id].questions, answers)
        return tagged(request, guide_json(content, content.guides[id], answers, on or bot.clock().date()))

    return router


def check_answers(questions: Any, answers: dict[str, str]) -> None:
    for question, option in answers.items():
        if question not in questions:
            raise Problem("invalid-answer", parameter=mask(question), allowed=sorted(questions))
        if option not in questions[question].options:
            raise Problem("invalid-answer", parameter=question, allowed=list(questions[question].options))


def tagged(request: Request, body: Any) -> Response:
    """The body with its ETag, or 304 when the caller holds it already."""
    response = to_json(body, {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"})
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:24]}"'
    held = [held.strip().removeprefix("W/") for held in request.headers.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(status_code=304, headers={"ETag": tag, "Cache-Control": "no-cache"})
    response.headers["ETag"] = tag
    return response

"""A pasted message looked at by itself: the verdict, why, what its links are, what to do now. Pure, without a session.

Nothing personal is in what comes out: reasons and links are masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.content.types import COMFORT, FIRST_AID, Content, Guide
from bot.dialogue import guide as walks
from bot.dialogue.aid import FIRST_ACTS
from bot.dialogue.say import Say
from bot.message import Alarm, Level
from bot.safety.hosts import is_number
from bot.safety.links import Verdict
from bot.safety.privacy import mask
from bot.safety.scam import Shield

Kind = Literal["official", "lookalike", "risky", "unknown"]

NAMES: Mapping[Kind, str] = {  # what a link is → the sentence that names it
    "official": "xet_chinh_thuc",
    "lookalike": "xet_gia_mao",
    "risky": "xet_dang_ngo",
    "unknown": "xet_chua_ro",
}
_BAD: tuple[Kind, ...] = ("lookalike", "risky")
_HEADS: Mapping[Level, str] = {"panic": "xet_da_bi", "scam": "dau_lua_dao", "suspicious": "dau_nghi_ngo"}


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """A link as it was typed, masked. `agency`: whose page it is, or whose it imitates."""

    text: str
    verdict: Kind
    agency: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """`head` is the verdict in a sentence, `advice` what to do now; `warning` and `title` are of the scam it resembles."""

    level: Level | Literal["none"]
    head: str
    advice: str
    warning: str = ""
    title: str = ""
    reasons: tuple[str, ...] = ()
    links: tuple[CheckedLink, ...] = ()
    guide: str = ""  # where to go on
    answers: tuple[tuple[str, str], ...] = ()  # what is known of that guide's questions already
    comfort: str = ""  # said first to one who speaks of dying

    @property
    def urgent(self) -> bool:
        """Answered even while the bot is switched off."""
        return self.level == "panic" or bool(self.comfort)

    @property
    def other_reasons(self) -> list[str]:
        """The reasons that are not told with the links already."""
        told = {link.reason for link in self.links}
        return [reason for reason in self.reasons if reason not in told]

    def to_json(self) -> dict[str, Any]:
        """The contract of `POST /api/check` and of `scam --json`."""
        return {
            "level": self.level,
            "warning": self.warning,
            "title": self.title,
            "reasons": list(self.reasons),
            "links": [
                {"text": link.text, "verdict": link.verdict, "agency": link.agency, "reason": link.reason}
                for link in self.links
            ],
            "next": {
                "text": "\n\n".join(filter(None, (self.comfort, f"{self.head}\n{self.advice}"))),
                "guide": self.guide,
            },
        }


def check(content: Content, shield: Shield, text: str, today: date) -> Check:
    """Never raises; the same text on the same day gives the same verdict."""
    say, (alarm, despair) = Say(content, today), shield.look(text)
    links = tuple(dict.fromkeys(map(_link, shield.links(text))))
    guide = content.guides.get(FIRST_AID)
    comfort = content.small_talk.get(COMFORT) if despair else None
    asked = alarm if alarm and alarm.level != "panic" else None  # where harm was done, by which trick is only a guess
    known = content.warnings.get(asked.warning) if asked else None
    answers = _answers(guide, alarm)
    return Check(
        level=alarm.level if alarm else "none",
        head=_head(say, alarm, links),
        advice=_advice(say, alarm, guide, answers),
        warning=known.id if known else "",
        title=known.title if known else "",
        reasons=tuple(map(mask, alarm.reasons)) if alarm else (),
        links=links,
        guide=guide.id if guide else "",
        answers=tuple(answers.items()),
        comfort=comfort.answer.strip() if comfort else "",
    )


def _link(found: Verdict) -> CheckedLink:
    """A page that is official but leads on to another one is risky too."""
    risky = found.risky and found.kind != "lookalike"
    kind: Kind = "risky" if risky or found.kind == "shortener" else found.kind
    return CheckedLink(mask(_typed(found)), kind, found.agency, mask(found.reason))


def _typed(found: Verdict) -> str:
    """As it was typed; the dots of an IP address in brackets, so that it is not masked as a private number."""
    host = found.host
    return found.url_as_typed.replace(host, host.replace(".", "[.]")) if is_number(host) else found.url_as_typed


def _answers(guide: Guide | None, alarm: Alarm | None) -> dict[str, str]:
    """The harm that was told answers the first question of the first-aid guide."""
    if guide is None or alarm is None or not alarm.harm:
        return {}
    return walks.known(guide, {next(iter(guide.questions), ""): alarm.harm})


def _head(say: Say, alarm: Alarm | None, links: tuple[CheckedLink, ...]) -> str:
    if alarm:
        return say(_HEADS[alarm.level])
    return say("xet_link_la" if any(link.verdict in _BAD for link in links) else "xet_khong_thay")


def _advice(say: Say, alarm: Alarm | None, guide: Guide | None, answers: Mapping[str, str]) -> str:
    if alarm is None:
        return say("xet_can_than")
    if alarm.level == "panic" and guide and (acts := walks.steps(guide, answers, say.today)[:FIRST_ACTS]):
        basis = say.sources(walks.sources(acts, say.today), guide.checked, guide.review_by)
        return f"{say.bullets(say.item(act) for act in acts)}\n\n{basis}"
    known = say.content.warnings.get(alarm.warning)
    lines = [known.truth.strip() if known else say("khong_lam_theo")]
    if guide:
        lines.append(say("xet_mo_bai", title=guide.title))
    if known:
        lines += ["", say.sources(known.sources, known.checked)]
    return "\n".join(lines)

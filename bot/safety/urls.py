"""Every link in a text, however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from bot.safety.fold import visible, written
from bot.safety.hosts import is_host

_ENDINGS = "gov|com|net|org|edu|vn|top|vip|xyz|cc|icu|cfd|sbs|club|click|live|life|shop|online|site|store|info|biz|win|app|link"
_SCHEME = re.compile(r"\bh(?:tt|xx|\*\*)p(s?)\s?\\?:\s?[/\\]\s?[/\\]\s?", re.IGNORECASE)
_LETTERED = re.compile(r"(?<!\S)[a-z0-9](?: [a-z0-9.-]){4,}+(?!\S)", re.IGNORECASE)  # «v n e i d . t o p»
_TYPED_DOT = re.compile(r"\s?[\[({<]\s?(?:\.|dot|chấm|cham)\s?[\])}>]\s?|%2e", re.IGNORECASE)
_SPACED_DOT = re.compile(r"(?<=[\w-]) \.(?: (?=[\w-])|(?=[a-zA-Z]{2}))")
_SPACED_DASH = re.compile(  # «vneid - gov . vn»; not «VNeID - vneid.gov.vn», where the dots show where the name begins
    r"(?<=[a-z0-9])(?: - ?|- )"
    rf"(?=[a-z0-9-]++(?: ?\. ?(?!(?:{_ENDINGS})(?!\w))[a-z0-9-]++)*+(?: \. ?|\. )(?:{_ENDINGS})(?!\w))",
    re.IGNORECASE,
)
_SAID_DOT = re.compile(rf"(?<![^\W_])([^\W_]++) (?:dot|chấm|cham) (?=(?:{_ENDINGS})(?!\w))", re.IGNORECASE)
_SPACED_PATH = re.compile(  # «bit.ly / qua», «bit dot ly / qua», which could be words; not «bit.ly / vneid.top»
    r"(?<![\w.-])([a-z0-9-]++)(?:\.| dot | chấm | cham )(ly|gd|gl|gy)(?: / ?|/ )(?=\w)(?![\w-]++\.\w)", re.IGNORECASE
)
_LATE_DOT = re.compile(  # «vneid-capnhat. top», «vneid-capnhat,top»: what stands before is no word of a sentence
    rf"(?<![\w.-])(?=[0-9-]*[a-z])([a-z0-9]+-[a-z0-9-]+|(?=[a-z0-9]{{8}})[a-z0-9]+)(?:\. |, ?)(?=(?:{_ENDINGS})(?![\w-]))"
)
_BULLET_DOT = re.compile(rf"(?<=[a-z0-9])[·•⋅](?=(?:{_ENDINGS})(?!\w))", re.IGNORECASE)
_RUN = re.compile(
    r"(?<=://)\[[0-9a-fA-F:.]{2,45}\]|(?<=://)[^\s/?#@:\\<>\"'(),;“”«»]++|(?<![\w.-])[^\W_][\w-]*+(?:\.[\w-]++)+"
)
_REST = re.compile(r"(?::(\d{1,5})(?!\d))?((?:[/?#][^\s<>\"“”«»]*+)?)")
_USER = re.compile(r"(?::[^\s/@]*+)?@")
_LONGEST_USER = 2000  # letters before «@»
_BREAK = re.compile(r"[\s<>\"'(),;“”«»]")
_AFTER_HOST = re.compile(r"[\s/?#\\]")
_TAIL = ".,;:!?)]}'…"
_INSTALLS = re.compile(r"\.(?:apk|xapk|apks|aab|ipa|mobileconfig|exe|msi)(?![a-z0-9])|manifest\.plist", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:(?<![^ ])[^\W\d_]{1,7} ){1,3}$"
)  # syllables that may begin the name, in «dich vu cong . gov . vn»
_FARTHEST = 24  # letters of them
_STATE = "gov.vn"  # nobody's page itself
_APPS = {"tg": "t.me", "zalo": "zalo.me"}  # a link that opens an application stands for that page


@dataclass(frozen=True, slots=True)
class Found:
    """A link of a text; `start` and `end` in its readable form. `host` is lower case."""

    host: str
    typed: str
    start: int
    end: int
    scheme: bool = False
    user: str = ""  # what stands before «@» in the link
    port: str = ""
    rest: str = ""  # path and query
    before: str = ""  # the words right before a page of the state, without marks: its name may have begun there

    @property
    def installs(self) -> bool:
        """Whether it is a file that installs something."""
        return bool(_INSTALLS.search(self.rest))


def find(text: str) -> list[Found]:
    """The links of a text in order, however they are written. Linear in the length of the text; never raises."""
    return list(scan(readable(text)))


def readable(text: str) -> str:
    """The text with its links put together again: «hxxps», «[.]», « . », «(chấm)», letters that nobody sees."""
    text = visible(text)
    if ":" in text:
        text = _SCHEME.sub(r"http\1://", text)
    if any(map(text.__contains__, "[({<%")):
        text = _TYPED_DOT.sub(".", text)
    if "- " in text:
        text = _SPACED_DASH.sub("-", text)
    if " ." in text:
        text = _SPACED_DOT.sub(".", _LETTERED.sub(_joined, text))
    if any(map(text.__contains__, "·•⋅")):
        text = _BULLET_DOT.sub(".", text)
    text = _LATE_DOT.sub(r"\1.", _SAID_DOT.sub(_said, text))
    return _SPACED_PATH.sub(r"\1.\2/", text) if "/ " in text else text


def scan(text: str) -> Iterator[Found]:
    """The links of a readable text."""
    done = 0
    for run in _RUN.finditer(text) if "." in text or "://" in text else ():
        if run.start() < done or _USER.match(text, run.end()):
            continue
        scheme, user = _lead(text, done, run.start())
        rest = _REST.match(text, run.end())
        assert rest  # noqa: S101  it also matches nothing
        hidden, host = _decoded(run[0])
        lead, user, host = len(scheme + user), hidden or user[:-1], _APPS.get(scheme[:-3].lower(), host)
        if "/" in user or (host == _STATE and not scheme) or not is_host(host, bool(scheme), bool(rest[2])):
            continue
        done = rest.end()
        if scheme or not user or is_host(user.lower()):  # else it is an e-mail
            start = run.start() - lead
            typed = text[start:done].rstrip(_TAIL)
            before = _before(text, start) if not lead and host.endswith(f".{_STATE}") else ""
            yield Found(host, typed, start, done, bool(scheme), user, rest[1] or "", rest[2].rstrip(_TAIL), before)


def spoken(text: str) -> str:
    """The words without Vietnamese marks. Letters of other alphabets stay what they are."""
    return " ".join(word.plain for word in written(text))


def _joined(found: re.Match[str]) -> str:
    return found[0].replace(" ", "") if " ." in found[0] else found[0]


def _said(found: re.Match[str]) -> str:
    return f"{spoken(found[1])}."


def _decoded(run: str) -> tuple[str, str]:
    """What stands before a hidden «%40», and the host as browsers read it, in lower case."""
    if "%" in run:
        run = _AFTER_HOST.split(unquote(run), maxsplit=1)[0]
    user, _, host = run.rpartition("@")
    return user, host.rstrip(".-_").lower()


def _lead(text: str, after: int, start: int) -> tuple[str, str]:
    """«https://» and «user@» right before `start`; "" for what is not there."""
    if text[start - 1 : start] not in ("@", "/"):
        return "", ""
    lead = _BREAK.split(text[max(after, start - _LONGEST_USER) : start])[-1]
    scheme, slashes, user = lead.rpartition("://")
    return scheme.rpartition(":")[2] + slashes, user if user.endswith("@") else ""


def _before(text: str, start: int) -> str:
    found = _BEFORE.search(text, max(0, start - _FARTHEST), start)
    return spoken(found[0]) if found else ""

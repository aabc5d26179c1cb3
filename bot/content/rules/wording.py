"""How sentences are written: letters, length, today's names; and what a channel can carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from bot import choice
from bot.content import schema as s
from bot.content.ids import stem
from bot.content.problem import Problem
from bot.content.rules.paths import MOST_PATHS, paths
from bot.content.said import said
from bot.content.scope import Scope
from bot.content.source import Document, Loc
from bot.content.types import PARTS

_NAME = re.compile(r"_?[a-z][a-z0-9_]*\Z")
MOST_WORDS = 30  # in a sentence
MOST_LABEL = 100  # characters on a button: Zalo's limit, the smallest that cuts
MOST_PARAGRAPH = 2000  # characters of a message on Zalo; replies are split between paragraphs

_UNSEEN = ("Cf", "Cc", "Co", "Cn", "Mn", "Zl", "Zp", "Zs")
# Letters of Vietnamese and the signs in use, all of them NFC: nearly every text passes here
_SOUND = re.compile("[\n !-~\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff–—‘’“”„…•→←↑↓≥≤×₫✓]*\\Z")
_SENTENCE = re.compile(r"(?<=[.!?…])[\s»”\"]+|\n+|(?<=:)\s+(?=«)")
_WORD = re.compile(r"\w[\w.,/×-]*")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_AS_PAST = re.compile(r"không còn|đã bỏ|bãi bỏ|trước đây|trước kia|tên cũ|hết giá trị|(?<!\w)cũ(?!\w)", re.IGNORECASE)

_DISTRICT = r"(?:cấp )?(?:quận|huyện|thị xã)(?!\w)"
_WORDS = (
    (r"cccd(?!\w)", "căn cước"),
    (rf"công an {_DISTRICT}", "công an xã/phường hoặc công an tỉnh"),
    (rf"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân) {_DISTRICT}", "UBND xã/phường"),
    (rf"(?:bhxh|bảo hiểm xã hội) {_DISTRICT}", "BHXH cơ sở"),
    (rf"t(?:òa|oà) án (?:nhân dân )?{_DISTRICT}", "Tòa án nhân dân khu vực"),
    (rf"(?:phòng tư pháp|tư pháp {_DISTRICT}|chi cục thuế)(?!\w)", "UBND xã/phường; Thuế cơ sở"),
    (r"cấp huyện(?!\w)", "cấp xã hoặc cấp tỉnh"),
    (r"(?:sở|bộ) (?:gtvt|giao thông vận tải)(?!\w)", "Phòng CSGT hoặc Sở Xây dựng; Bộ Xây dựng"),
    (r"(?:sở|bộ) (?:lđtbxh|lđ-tbxh|lao động)(?!\w)", "Sở Nội vụ; Bộ Nội vụ"),
    (r"(?:sở|bộ) (?:tnmt|tài nguyên và môi trường)(?!\w)", "Sở, Bộ Nông nghiệp và Môi trường"),
    (r"(?:sở|bộ) (?:khđt|kế hoạch và đầu tư)(?!\w)", "Sở, Bộ Tài chính"),
    (r"(?:sở|bộ) (?:tttt|thông tin và truyền thông)(?!\w)", "Sở, Bộ Khoa học và Công nghệ"),
    (r"tổng cục thuế(?!\w)", "Cục Thuế"),
    (r"bộ phận một cửa(?!\w)", "Trung tâm Phục vụ hành chính công"),
)
_OLD_NAMES = tuple((re.compile(rf"(?<!\w)(?:{old})", re.IGNORECASE), new) for old, new in _WORDS)
_ANY_OLD_NAME = re.compile("|".join(old.pattern for old, _ in _OLD_NAMES), re.IGNORECASE)


def strange_letter(scope: Scope) -> Iterator[Problem]:
    """Code `ky_tu_la`, in keys and texts of every file, also of those with other problems."""
    for file in scope.files.by_path.values():
        for loc, text in _texts((), file.document.value):
            if not _SOUND.match(text) and (found := _strange(text)):
                yield file.document.problem(loc, "ky_tu_la", found)


def _texts(loc: Loc, value: Any) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (*loc, key), key
            yield from _texts((*loc, key), inner)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _texts((*loc, at), inner)


def _strange(text: str) -> str:
    if not unicodedata.is_normalized("NFC", text):
        return "dấu tách rời khỏi chữ (không phải NFC). Gõ lại dòng này bằng bộ gõ Unicode dựng sẵn"
    for char in text:
        name = unicodedata.name(char, "không tên")
        kind = unicodedata.category(char)
        if kind.startswith("L") and not name.startswith("LATIN"):
            return f"«{char}» trông như chữ Latinh mà không phải ({name}). Xóa đi và gõ lại chữ đó"
        if char not in " \n" and kind in _UNSEEN:
            return f"có ký tự không nhìn thấy (U+{ord(char):04X}). Xóa đi và gõ lại chỗ đó"
    return ""


def file_name(scope: Scope) -> Iterator[Problem]:
    """Code `ten_sai`: the name of a file is an id, and that of examples the id of their guide."""
    for path, file in scope.files.by_path.items():
        if not _NAME.match(stem(path)):
            text = f"tên tệp «{stem(path)}» – viết chữ thường không dấu, nối bằng _"
            yield file.document.problem((), "ten_sai", text)
    for document, intent in scope.files.of(s.IntentFile):
        if intent.guide != stem(document.path):
            text = f"tên tệp khác tên bài. Đổi tên tệp thành {intent.guide}.yaml"
            yield document.problem(("guide",), "ten_sai", text)


def long_sentence(scope: Scope) -> Iterator[Problem]:
    """Code `cau_dai`."""
    for each in said(scope.files):
        if each.role not in ("sign", "screen"):
            longest = max((len(_WORD.findall(part)) for part in _SENTENCE.split(each.text)), default=0)
            if longest > MOST_WORDS:
                text = f"câu dài {longest} chữ, tối đa {MOST_WORDS}. Tách thành hai câu, hoặc hai bước"
                yield each.document.problem(each.loc, "cau_dai", text)


def old_name(scope: Scope) -> Iterator[Problem]:
    """Code `ten_cu`. Words on a screen are quoted as they are; what is called past may be named."""
    for each in said(scope.files):
        if each.role not in ("sign", "screen") and _ANY_OLD_NAME.search(each.text):
            for sentence in _SENTENCE.split(_QUOTED.sub("", each.text)):
                for old, new in _OLD_NAMES if not _AS_PAST.search(sentence) else ():
                    if found := old.search(sentence):
                        text = f"«{found[0]}» là tên cũ. Dùng tên hiện nay: {new}"
                        yield each.document.problem(each.loc, "ten_cu", text)


def too_long(scope: Scope) -> Iterator[Problem]:
    """Code `dai_qua`."""
    for each in said(scope.files):
        most = MOST_LABEL if each.role == "choice" else MOST_PARAGRAPH
        longest = max(map(len, each.text.split("\n")))
        if longest > most:
            what = "nút bấm" if each.role == "choice" else "một đoạn"
            text = f"{longest} ký tự, mà {what} chỉ chứa được {most}. Rút gọn, hoặc tách đoạn"
            yield each.document.problem(each.loc, "dai_qua", text)
    yield from _long_ids(scope)
    for document, guide in scope.guides():
        for aspect, items in guide.parts.items():
            if (count := paths(guide.questions, items)) > MOST_PATHS:
                text = f"«{PARTS[aspect]}» rẽ thành {count:,} ngả. Bớt câu hỏi, hoặc tách thành bài khác"
                yield document.problem((PARTS[aspect],), "dai_qua", text)


def _long_ids(scope: Scope) -> Iterator[Problem]:
    """A choice id has to fit into a button of Telegram."""
    for kind in ("guide", "entry", "warning", "neighbour", "small_talk"):
        for place in scope.ids.by_kind.get(kind, {}).values():
            yield from _long_id(place.document, place.loc, choice.ask(place.id))
    for document, guide in scope.guides():
        for question, asked in guide.questions.items():
            loc = ("questions", question, "options")
            for option in asked.options:
                yield from _long_id(document, (*loc, option), choice.answer(guide.id, question, option))


def _long_id(document: Document, loc: Loc, id: str) -> Iterator[Problem]:
    if (size := len(id.encode())) > choice.LIMIT:
        text = f"tên dài quá: nút «{id}» dài {size} byte, tối đa {choice.LIMIT}. Đặt tên ngắn hơn"
        yield document.problem(loc, "dai_qua", text)

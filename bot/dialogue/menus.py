"""What is said when nothing particular is asked or nothing was understood: menu, help, a person, asking back."""

from __future__ import annotations

from collections.abc import Iterator

from bot import choice
from bot.content.types import FIRST_AID, Guide, Phone
from bot.dialogue.answers import guides
from bot.dialogue.parts import Told
from bot.dialogue.say import Say
from bot.message import Choice, Link
from bot.understanding.meaning import Unknown, Unsure

HOTLINES = (FIRST_AID, "dich_vu_cong_quoc_gia", "vneid_muc_2")  # topics whose agencies are named


def menu(say: Say, before: str = "", *, again: bool = False) -> Told:
    """The greeting and the groups of services; first aid is always there. `again`: without the greeting."""
    found = dict.fromkeys(guide.group for guide in say.content.guides.values() if guide.id != FIRST_AID)
    names = [id for id in say.content.bot if id.startswith("nhom_")]
    groups = sorted(found, key=lambda group: names.index(f"nhom_{group}"))
    choices = [Choice(choice.group(group), say(f"nhom_{group}")) for group in groups]
    if FIRST_AID in say.content.guides:
        choices.insert(0, Choice(choice.ask(FIRST_AID), say("nut_lua_dao")))
    text = say("moi_hoi") if before or again else say("chao")
    return Told(f"{before}\n\n{text}" if before else text, tuple(choices), home=True)


def group(say: Say, name: str) -> Told:
    found = [guide for guide in say.content.guides.values() if guide.group == name and guide.id != FIRST_AID]
    if not found:
        return menu(say)
    found.sort(key=lambda guide: (not guide.essential, guide.code))
    choices = tuple(Choice(choice.ask(guide.id), guide.title) for guide in found)
    return Told(say("chon_viec"), choices)


def help_(say: Say) -> Told:
    return Told(say("huong_dan_dung"))


def guide_of(say: Say, target: str) -> Guide | None:
    """The guide that stands nearest to what was talked about."""
    topic = say.content.topic_of(target)
    return say.content.guides.get(target) or (next(say.content.guides_of(topic), None) if topic else None)


def person(say: Say, guide: Guide | None, place: str = "") -> Told:
    """Who does it, their phone when confirmed, and the nearest counter by rule. `place`: the province, where known."""
    local = say.content.locals.get(place)
    hotlines = (
        [say("so_cua_tinh", place=local.name, said=_phone(say, each)) for each in local.phones.values()]
        if local
        else []
    )
    if guide is None or guide.agency not in say.content.agencies:
        return Told("\n".join([say("nguoi_that_chung"), *(f"• {line}" for line in hotlines)]))
    agency = say.content.agencies[guide.agency]
    lines = [say("nguoi_that", agency=agency.name, title=guide.title)]
    lines += [f"• {line}" for line in (*(_phone(say, each) for each in agency.phones.values()), *hotlines)]
    if guide.id != FIRST_AID:
        lines.append(say("quay_gan"))
    links = (Link(agency.name, agency.url),) if agency.url else ()
    return Told("\n".join(lines), links=links)


def _phone(say: Say, phone: Phone) -> str:
    return say("so_goi" if phone.confirmed else "so_goi_chua_chac", number=phone.number, why=phone.unconfirmed)


def unsure(say: Say, meaning: Unsure) -> Told:
    aspect = next(iter(meaning.aspects), "tong_quan")
    choices = []
    for target in meaning.targets:
        guide = say.content.guides.get(target)
        if guide:
            part = aspect if aspect in guide.parts else "tong_quan"
            details = {q: o for q, o in meaning.details.items() if q in guide.questions}
            choices.append(Choice(choice.ask(target, part, details), guide.title))
        else:
            choices.append(Choice(choice.ask(target), say.content.title(target)))
    groups = {say.content.guides[target].group for target in meaning.targets if target in say.content.guides}
    if len(groups) == 1 and len(choices) > 1:
        choices.append(Choice(choice.group(groups.pop()), say("nut_xem_het")))
    return Told(say("hoi_lai_ngoai" if meaning.foreign else "hoi_lai"), tuple(choices), asks=True)


def unknown(say: Say, meaning: Unknown, misses: int) -> Told:
    """Never the same twice in a row: rephrase, then the nearest topics, then people."""
    match misses % 3:
        case 0:
            return _rephrase(say, meaning)
        case 1:
            return Told(say("chua_hieu_gan"), guides(say, meaning.near) or menu(say).choices)
    lines = [say("chua_hieu_nguoi"), *(f"• {line}" for line in hotlines(say))]
    return Told("\n".join(lines), (Choice(choice.command("person"), say("nut_nguoi_that")),))


def _rephrase(say: Say, meaning: Unknown) -> Told:
    """Say it otherwise; a neighbouring matter that it may be is named."""
    neighbour = say.content.neighbours.get(meaning.near[0]) if meaning.near else None
    if neighbour is None:
        return Told(say("chua_hieu"))
    text = say("chua_hieu_ngoai", title=say.title(neighbour.title))
    return Told(text, (Choice(choice.ask(neighbour.id), neighbour.title),))


def hotlines(say: Say) -> Iterator[str]:
    """Whom to call, whatever it is about; one line a number."""
    topics = (guide.agency for topic in HOTLINES for guide in say.content.guides_of(topic))
    for agency in dict.fromkeys(topics):
        found = say.content.agencies.get(agency)
        for phone in found.phones.values() if found else ():
            yield say("tam_dung_so", agency=found.name if found else "", said=_phone(say, phone))

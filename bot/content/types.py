"""Content as the program sees it: shared things resolved, every text typed, nothing left to look up in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

When = Mapping[str, tuple[str, ...]]

# aspect id → key in the guide's file; the order in which parts are shown
PARTS: Mapping[str, str] = {
    "doi_tuong": "who",
    "ho_so": "documents",
    "le_phi": "fees",
    "thoi_han": "duration",
    "han_chot": "deadlines",
    "noi_nop": "where",
    "cac_buoc": "steps",
    "ket_qua": "result",
    "loi": "problems",
    "tra_cuu": "tracking",
    "muc_phat": "penalties",
}
ASPECTS: tuple[str, ...] = ("tong_quan", *PARTS, "can_cu")

OUT_OF_SCOPE = "out_of_scope"
PLACE = "tinh"  # the question that asks for the province
FIRST_AID = "lua_dao"
COMFORT = "tu_hai"  # the small talk that answers somebody in despair
RESCUE = ("uong_thuoc_cat_tay", "tu_hai_nguoi_khac")  # … or who did it already, or fears for another one
URGENT = frozenset((COMFORT, *RESCUE, "cap_cuu", "tre_em_bi_hai", "nguoi_mat_tich"))  # small talk that cannot wait

TOPICS: tuple[str, ...] = (
    "xac_nhan_so_cmnd",
    "cap_doi_can_cuoc",
    "dang_ky_thuong_tru",
    "dang_ky_tam_tru",
    "khai_bao_tam_vang",
    "thong_bao_luu_tru",
    "dang_ky_xe_mo_to",
    "nop_phat_nguoi",
    "ho_chieu_pho_thong",
    "phieu_ly_lich_tu_phap",
    "con_dau_moi",
    "con_dau_thu_nho_noi_xi",
    "doi_cap_lai_gplx",
    "dang_ky_khai_sinh",
    "dang_ky_khai_tu",
    "dang_ky_ket_hon",
    "lien_thong_khai_sinh",
    "lien_thong_khai_tu",
    "gia_han_bhyt_ho_gia_dinh",
    "dang_ky_thue",
    "bien_dong_dat_dai",
    "cap_dien_moi_ha_ap",
    "doi_chu_the_hop_dong_dien",
    "du_thi_thpt_xet_tuyen",
    "tro_cap_that_nghiep",
    "vneid_muc_2",
    "dich_vu_cong_quoc_gia",
    FIRST_AID,
)


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: str
    number: str = ""
    since: date | None = None
    until: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Phone:
    number: str
    confirmed: date | None = None
    unconfirmed: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    id: str
    name: str
    phones: Mapping[str, Phone] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    label: str
    words: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None  # years, both ends included
    overdue: tuple[int, int] | None = None  # days since the end, both included; 0 while it still holds

    def __hash__(self) -> int:
        return hash((self.id, self.label))  # what is kept about options is looked up with every message


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    ask: str
    options: Mapping[str, Option]
    shared: bool = False  # its answer outlives the guide

    def __hash__(self) -> int:
        return hash((self.id, self.ask))  # what is kept about questions is looked up with every message


@dataclass(frozen=True, slots=True)
class Amount:
    """What holds from `since` until the next amount. `dong` is in đồng; None: nobody has confirmed a figure."""

    since: date
    dong: int | None
    sources: tuple[str, ...] = ()
    unconfirmed: str = ""
    note: str = ""  # for whom or when it is so much


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a guide. Steps have `title see if_not`, problems `id error`, fees `amounts` or `local`."""

    text: str
    when: When = field(default_factory=dict)
    since: date | None = None
    until: date | None = None  # the last day on which it holds
    sources: tuple[str, ...] = ()
    article: str = ""
    unconfirmed: str = ""
    link: str = ""
    amounts: tuple[Amount, ...] = ()
    local: bool = False  # the amount is set by each province
    places: Mapping[str, tuple[Amount, ...]] = field(default_factory=dict)  # province → what it has set, where known
    title: str = ""
    see: str = ""
    if_not: str = ""
    id: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    id: str
    topic: str
    title: str
    aliases: tuple[str, ...]
    group: str
    essential: bool
    procedure: str
    agency: str
    code: str
    owner: str
    summary: str
    checked: date
    review_by: date
    questions: Mapping[str, Question]
    parts: Mapping[str, tuple[Item, ...]]  # aspect id → items
    sources: tuple[str, ...]  # the legal basis
    related: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(
        default_factory=dict
    )  # example → the part that it asks for, where an editor said it

    def problem(self, id: str) -> Item | None:
        return next((item for item in self.parts.get("loi", ()) if item.id == id), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A single question and its answer."""

    id: str
    topic: str
    questions: tuple[str, ...]
    answer: str
    sources: tuple[str, ...]
    checked: date
    review_by: date | None = None
    unconfirmed: str = ""
    link: str = ""
    error: str = ""
    related: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)  # question → the part that it asks for, as of a guide


@dataclass(frozen=True, slots=True)
class Warning:
    """A scam: how to know it, what they say, what is true; first aid goes on at `then`, an option of `lua_dao`."""

    id: str
    title: str
    signs: tuple[str, ...]
    says: tuple[str, ...]
    truth: str
    then: str
    sources: tuple[str, ...]
    checked: date


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A matter that is not ours: what it is called, who does it, and which of our topics lie near."""

    id: str
    title: str
    examples: tuple[str, ...]
    answer: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SmallTalk:
    id: str
    examples: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Local:
    """What differs in a province. `was`: the provinces that it was made of in 2025."""

    id: str
    name: str
    was: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    phones: Mapping[str, Phone] = field(default_factory=dict)
    fees: Mapping[str, Mapping[str, tuple[Amount, ...]]] = field(default_factory=dict)  # guide → fee text → amounts


@dataclass(frozen=True, slots=True)
class Domain:
    """A page and whose it is. `names`: what imitators call it, besides its host."""

    host: str
    agency: str
    confirmed: date | None = None
    unconfirmed: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """Words that scammers use: how much they weigh and the reason that a citizen reads."""

    id: str
    kind: str
    weight: float
    reason: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    text: str
    since: date
    until: date
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    guides: Mapping[str, Guide] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    warnings: Mapping[str, Warning] = field(default_factory=dict)
    neighbours: Mapping[str, Neighbour] = field(default_factory=dict)
    small_talk: Mapping[str, SmallTalk] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    shared_problems: Mapping[str, Item] = field(default_factory=dict)
    locals: Mapping[str, Local] = field(default_factory=dict)
    domains: Mapping[str, Domain] = field(default_factory=dict)
    watch: tuple[str, ...] = ()
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # form of a link → hosts, endings or words
    signals: Mapping[str, Signal] = field(default_factory=dict)
    panic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # option of lua_dao.chuyen_gi → phrases
    despair: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()
    genuine: tuple[str, ...] = ()  # said in true notices, and by whoever was harmed as well
    harmed: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # option of lua_dao.chuyen_gi → what people write
    scams: tuple[str, ...] = ()  # … what scammers say, and what is told of them, besides that of the warnings
    ordinary: tuple[str, ...] = ()  # true notices and questions that look like either
    aspects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # spelling → readings
    bot: Mapping[str, str] = field(default_factory=dict)  # sentence id → sentence of the bot itself
    notices: tuple[Notice, ...] = ()

    def topic_of(self, target: str) -> str | None:
        """The topic of a guide, entry, warning or neighbour; None when the id is none of them."""
        if target in self.guides:
            return self.guides[target].topic
        if target in self.entries:
            return self.entries[target].topic
        if target in self.warnings:
            return FIRST_AID
        return OUT_OF_SCOPE if target in self.neighbours else None

    def guides_of(self, topic: str) -> Iterator[Guide]:
        """The guides of a topic, the one that bears its name first."""
        found = [guide for guide in self.guides.values() if guide.topic == topic]
        yield from sorted(found, key=lambda guide: guide.id != topic)

    def problem(self, guide: Guide, id: str) -> Item | None:
        return guide.problem(id) or self.shared_problems.get(id)

    def title(self, target: str) -> str:
        """What to call a target or topic in a choice."""
        if target in self.guides:
            return self.guides[target].title
        if target in self.warnings:
            return self.warnings[target].title
        if target in self.neighbours:
            return self.neighbours[target].title
        if target in self.entries:
            return self.entries[target].questions[0]
        return next((guide.title for guide in self.guides_of(target)), target)

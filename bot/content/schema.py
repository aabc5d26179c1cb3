"""The shapes of the content files, as editors write them. Docstrings and descriptions become hover help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, WithJsonSchema

from bot.content.fields import Ages, Day, Id, Ids, Late, Money, Text, Texts, Url, Weight, Yes
from bot.content.types import ASPECTS

Group = Literal[
    "dinh_danh",
    "vneid",
    "cu_tru",
    "ho_tich",
    "xuat_nhap_canh",
    "giao_thong",
    "bao_hiem",
    "dat_dai",
    "dien",
    "thue",
    "viec_lam",
    "giao_duc",
    "con_dau",
    "cong_dvc",
    "an_toan",
]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemFile(Shape):
    """Một mục: một dòng mà người dân đọc."""

    text: Text | None = Field(None, description="Câu người dân đọc")
    when: dict[Id, Ids] = Field({}, description="Chỉ hiện khi các câu hỏi được trả lời như vậy")
    since: Day | None = Field(None, description="Ngày đầu còn đúng")
    until: Day | None = Field(None, description="Ngày cuối còn đúng")
    source: Ids = Field((), description="Nguồn trong _sources.yaml")
    article: Text | None = Field(None, description="Điều, khoản")
    unconfirmed: Text | None = Field(None, description="Vì sao chưa chắc")
    link: Url | None = None
    shared: Id | None = Field(None, description="Mục dùng chung trong _shared.yaml")


class AmountFile(Shape):
    """Một mức tiền, có giá trị từ ngày ghi trước nó đến mốc sau."""

    dong: Money
    note: Text | None = None
    source: Ids = ()
    unconfirmed: Text | None = None


class FeeFile(ItemFile):
    amount: dict[Day, AmountFile] | Literal["local"] | None = Field(
        None, description="Mức tiền theo ngày bắt đầu; local: theo nghị quyết của tỉnh"
    )


class StepFile(ItemFile):
    title: Text = Field(description="Tên bước, ngắn")
    see: Text | None = Field(None, description="Người dân thấy gì khi làm đúng")
    if_not: Id | None = Field(None, description="Lỗi hoặc mục hỏi đáp khi không thấy như vậy")


class ProblemFile(ItemFile):
    error: Text | None = Field(None, description="Đúng chữ hiện trên màn hình")


class OptionFile(Shape):
    label: Text
    words: list[Text] = Field([], description="Cụm từ chỉ có nghĩa này")
    ages: Ages | None = None
    overdue: Late | None = None


class QuestionFile(Shape):
    ask: Text | None = None
    options: dict[Id, OptionFile] = {}
    shared: Id | None = None


class GuideFile(Shape):
    """Một bài hướng dẫn: một việc."""

    title: Text
    topic: Id | None = None
    aliases: list[Text] = []
    group: Group
    essential: Yes = False
    procedure: Text | None = None
    agency: Id
    code: Annotated[Text, Field(pattern=r"^[A-Z]{2}\d{2}$")]
    owner: Id
    summary: Text
    checked: Day
    review_by: Day
    questions: dict[Id, QuestionFile] = {}
    who: list[ItemFile] = []
    documents: list[ItemFile] = []
    fees: list[FeeFile] = []
    duration: list[ItemFile] = []
    deadlines: list[ItemFile] = []
    where: list[ItemFile] = []
    steps: list[StepFile] = []
    result: list[ItemFile] = []
    problems: dict[Id, ProblemFile] = {}
    tracking: list[ItemFile] = []
    penalties: list[ItemFile] = []
    sources: list[Id] = Field([], description="Căn cứ pháp lý")
    related: list[Id] = []
    warnings: list[Id] = []


class SharedFile(Shape):
    questions: dict[Id, QuestionFile] = {}
    items: dict[Id, FeeFile] = {}
    problems: dict[Id, ProblemFile] = {}


class SourceFile(Shape):
    title: Text
    number: Text | None = None
    since: Day | None = None
    until: Day | None = None
    url: Url | None = None


class SourcesFile(RootModel[dict[Id, SourceFile]]):
    pass


class PhoneFile(Shape):
    number: Text
    confirmed: Day | None = None
    unconfirmed: Text | None = None
    source: Id | None = None


class AgencyFile(Shape):
    name: Text
    phones: dict[Id, PhoneFile] = {}
    url: Url | None = None


class AgenciesFile(BaseModel):
    """Cơ quan theo tên; «hosts» là danh sách trang tin cậy."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, AgencyFile]
    hosts: list[Text] = []


class LocalFile(Shape):
    """Điểm riêng của một tỉnh."""

    name: Text
    was: list[Text] = []
    words: list[Text] = []
    phones: dict[Id, PhoneFile] = {}
    fees: dict[Id, dict[Text, dict[Day, AmountFile]]] = {}


def _by_part(value: Any) -> Any:
    return {"": value} if isinstance(value, list) else value


_SENTENCES = {"type": "array", "items": {"type": "string"}}
_BY_PART = {"type": "object", "properties": dict.fromkeys(ASPECTS, _SENTENCES), "additionalProperties": False}


class IntentFile(Shape):
    """Câu người dân hay nói về một bài."""

    guide: Id
    examples: Annotated[
        dict[Literal["", *ASPECTS], list[Text]],  # type: ignore[valid-type]
        BeforeValidator(_by_part),
        WithJsonSchema({"anyOf": [_BY_PART, _SENTENCES]}),
    ] = Field(description="Câu mẫu theo phần được hỏi (ho_so, le_phi …), hoặc một danh sách chưa chia phần")

    def sentences(self) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        """Where each sentence stands in the file, the part that it asks for ("" when not said), the sentence."""
        for aspect, sentences in self.examples.items():
            at = ("examples", aspect) if aspect else ("examples",)
            yield from (((*at, n), aspect, sentence) for n, sentence in enumerate(sentences))


class PhrasesFile(RootModel[dict[Id, list[Text]]]):
    pass


class WordsFile(RootModel[dict[Text, Texts]]):
    pass


class SmallTalkItem(Shape):
    examples: list[Text]
    answer: Text


class SmallTalkFile(RootModel[dict[Id, SmallTalkItem]]):
    pass


class NeighbourItem(Shape):
    title: Text
    examples: list[Text]
    answer: Text
    related: list[Id] = []


class OutOfScopeFile(RootModel[dict[Id, NeighbourItem]]):
    pass


class EntryItem(Shape):
    """Một câu hỏi và câu trả lời."""

    topic: Id
    questions: list[Text] = Field(min_length=1)
    examples: dict[Literal[*ASPECTS], list[Text]] = {}  # type: ignore[valid-type] # mypy reads no starred literal
    answer: Text
    source: Ids = ()
    checked: Day
    review_by: Day | None = None
    unconfirmed: Text | None = None
    link: Url | None = None
    error: Text | None = None
    related: list[Id] = []

    def sentences(self) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        """As those of an intent file."""
        yield from ((("questions", n), "", sentence) for n, sentence in enumerate(self.questions))
        for aspect, sentences in self.examples.items():
            yield from ((("examples", aspect, n), aspect, sentence) for n, sentence in enumerate(sentences))


class FaqFile(RootModel[dict[Id, EntryItem]]):
    pass


class WarningFile(Shape):
    """Một thủ đoạn lừa đảo."""

    title: Text
    signs: list[Text] = Field(min_length=1)
    says: list[Text] = Field(min_length=1)
    truth: Text
    then: Id
    sources: list[Id] = Field(min_length=1)
    checked: Day


class DomainItem(Shape):
    agency: Text
    confirmed: Day | None = None
    unconfirmed: Text | None = None
    names: list[Text] = []


class FormsItem(Shape):
    rut_gon: list[Text] = []
    tro_chuyen: list[Text] = []
    mien_phi: list[Text] = []
    kho: list[Text] = []
    duoi_la: list[Text] = []
    nganh: list[Text] = []
    di_kem: list[Text] = []
    khong_phai: list[Text] = []


class DomainsFile(Shape):
    domains: dict[Text, DomainItem] = {}
    watch: list[Text] = []
    forms: FormsItem = FormsItem()


class SignalItem(Shape):
    kind: Literal["claim", "want", "pressure", "channel", "money", "secrecy", "remote", "otp", "app"]
    weight: Weight
    reason: Text
    phrases: list[Text]


class SignalsFile(Shape):
    signals: dict[Id, SignalItem] = {}
    panic: dict[Id, list[Text]] = {}
    calm: list[Text] = []
    genuine: list[Text] = []
    despair: list[Text] = []


class StoriesFile(Shape):
    harmed: dict[Id, list[Text]] = {}
    scams: list[Text] = []
    ordinary: list[Text] = []


class BotFile(RootModel[dict[Id, Text]]):
    pass


class NoticeItem(Shape):
    text: Text
    since: Day
    until: Day
    topics: list[Id] = []


class NoticesFile(RootModel[dict[Id, NoticeItem]]):
    pass


# glob in the content directory → shape; the first that matches counts
FILES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("service_guides/_sources.yaml", SourcesFile),
    ("service_guides/_agencies.yaml", AgenciesFile),
    ("service_guides/_shared.yaml", SharedFile),
    ("service_guides/_local/*.yaml", LocalFile),
    ("service_guides/*.yaml", GuideFile),
    ("intents/_aspects.yaml", PhrasesFile),
    ("intents/_commands.yaml", PhrasesFile),
    ("intents/_small_talk.yaml", SmallTalkFile),
    ("intents/_out_of_scope*.yaml", OutOfScopeFile),
    ("intents/_words.yaml", WordsFile),
    ("intents/*.yaml", IntentFile),
    ("faq_vi/canh_bao/_ten_mien.yaml", DomainsFile),
    ("faq_vi/canh_bao/_dau_hieu.yaml", SignalsFile),
    ("faq_vi/canh_bao/_cau_mau*.yaml", StoriesFile),
    ("faq_vi/canh_bao/*.yaml", WarningFile),
    ("faq_vi/_bot.yaml", BotFile),
    ("faq_vi/*.yaml", FaqFile),
    ("notices.yaml", NoticesFile),
)

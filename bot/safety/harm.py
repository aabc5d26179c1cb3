"""Whether someone tells of harm already done to them or theirs, and which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.content.types import FIRST_AID, Content, Question
from bot.safety.distress import CRIES, DEEDS, LOSS, SAID
from bot.safety.first_aid import BANK, CARE, FURTHER, NO_HARM, QUESTION, UNCLEAR
from bot.safety.fold import Word, fold
from bot.safety.grammar import ACTS, ALONE, BUSINESS, DOUBT, FOES, HARM, TRICK
from bot.safety.pattern import SMALL_WORDS
from bot.safety.phrases import Hit, Phrases
from bot.safety.reader import Reader, Words
from bot.safety.wording import Worded

THREATENED, BLACKMAILED = "bi_de_doa", "bi_tong_tien"  # with force, with pictures
_OPEN = ("", UNCLEAR, NO_HARM)  # first aid that has not been told of a harm
PAID, LINK = "chuyen_tien", "bam_link"  # the latter: opened one, and nothing more that is told
ACCOUNT = "mat_tai_khoan"  # one of a network; of a bank, a number or VNeID there is more to save
_VAGUE = (UNCLEAR, LINK)  # harms that add nothing to one told before


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


class _Words:
    """Some words; without marks only those that look like no others count."""

    def __init__(self, marked: str, clear: str) -> None:
        self._words = {word.full or word.plain for word in fold(marked)} | _set(clear)

    def __contains__(self, word: Word) -> bool:
        return (word.full or word.plain) in self._words

    def among(self, words: Sequence[Word]) -> bool:
        return any(word in self for word in words)


_BEFORE = 3  # words before a phrase that can turn it into its opposite
_NOT = _Words("chưa không đừng nếu nên sắp định tránh khỏi tính sợ nhỡ giả", "chua khong neu nen tranh")
_TOLD = _Words(  # … to do it: not done yet
    "bảo kêu biểu đòi bắt cầu xin nhờ giục dẫn muốn phải cần", "keu bieu doi bat xin giuc muon phai bao dan"
)
PERSON = _Words(
    "em tôi tui mình anh chị cháu con mẹ bố ba má ông bác cô chú vợ chồng", "toi minh chi chau me bo ma ong"
)
_FACT = _Words(
    "đã vừa lỡ trót mất bị trừ dại nãy", "da vua lo trot mat bi tru"
)  # it was done, whatever was said before
_DONE = _Words("mới rồi xong", "moi roi")  # … unless right after what was said: «kêu em cài rồi quét mặt» is not done
_WHETHER = _Words("có liệu", "co lieu")  # … «có bị mất tiền không» only asks
_OR_NOT = _Words("không ko k hông hok", "khong ko k hong hok")
_FORCE = _Words("cóc nhốt trói giữ giam chuộc giết chém", "coc nhot troi giam chuoc giet chem")
_WELL = _Words("sao", "sao")  # «có sao không» asks what follows, not whether it was done
_OR_NOT_YET = _Words("không ko k hông hok chưa", "khong ko k hong hok chua")
_NOT_YET = _Words("chưa", "chua")
_HAVE = _Words("đã lỡ trót", "da lo trot")
_ACTS = _set(
    "chuyen ck bam an nhan cai tai doc gui dua nap dong nop tra quet nhap khai cho lam tin dam"
)  # «chưa chuyển» …
_NEVER = -1.1  # by wording: so surely it is no harm that no phrase counts
_LIKE = -0.3  # … from here on it is like harm
_RETOLD = 1.5  # … and where it is so much more like a scam told
_LIKE_SOME = 0.2  # … even where it is not clear which one; and more so than like a scam
_RATHER = 0.1  # … although it is so much more like a scam told
_DOUBTED = 0.7  # how much surer it has to be for one who doubts
_ASKED = 0.5  # … in a question
_AMONG = 0.6  # … and in a notice, or among words about a procedure
_FEWEST = 4  # words that a wording can be told from
_FEW_CLEARLY = 1.5  # … fewer only where it is so much like harm, and not like a scam: «lừa rồi», not «đọc mã»
_POLITE = _set("a ah ad vay z nhi ha hen nhe nha em anh chi")  # at the end of a question
MOST_FURTHER = 16  # words; who tells more says what it is about
_TOPIC = _set("tien trieu tr ty ck khoan otp ma link app apk zalo fb facebook nick cccd cuoc")  # what harm is about


@dataclass(frozen=True, slots=True)
class Besides:
    """What is known of the words otherwise: how they are worded, and which harm they would be; whether a phrase of those to
    whom nothing happened is among them, and one of genuine notices, or an official link; whether they only say what was not
    done."""

    worded: Worded | None
    which: Callable[[], str]
    calm: bool
    genuine: bool
    denied: bool


class Everyday:
    """Whether words are about a procedure, and nobody else has a hand in it."""

    def __init__(self, reader: Reader) -> None:
        self._business, self._foes = (
            Phrases(reader, ((phrase, phrase) for phrase in each)) for each in (BUSINESS, FOES)
        )

    def has(self, words: Words) -> bool:
        return self._business.has(words) and not self._foes.has(words)

    def business(self, words: Words) -> bool:
        """Whether words are about a procedure, whoever has a hand in it."""
        return self._business.has(words)


class Harms:
    def __init__(self, reader: Reader, content: Content, everyday: Everyday) -> None:
        question = first_question(content)
        options = question.options.values() if question else ()
        words = {option.id: option.words for option in options if option.id != NO_HARM}
        self._order = list({**content.panic, **words})
        self._harms = Phrases(reader, (pair for each in (content.panic, words, HARM, SAID) for pair in _pairs(each)))
        self._acts = Phrases(reader, _pairs(ACTS))
        self._alone = Phrases(reader, _pairs(ALONE))
        self._deeds = Phrases(reader, _pairs(DEEDS))
        self._cries, self._loss = (Phrases(reader, ((phrase, phrase) for phrase in each)) for each in (CRIES, LOSS))
        self._further = Phrases(reader, (pair for each in (ACTS, FURTHER) for pair in _pairs(each)))
        self._bank = Phrases(reader, ((phrase, phrase) for phrase in BANK))
        self._care = Phrases(reader, ((phrase, phrase) for phrase in CARE))
        self._trick = Phrases(reader, ((phrase, phrase) for phrase in TRICK))
        self.doubt = Phrases(reader, ((phrase, phrase) for phrase in DOUBT))
        self._everyday = everyday

    def of(self, words: Words, besides: Besides, aid: str | None = None) -> str | None:
        """The gravest harm that the words tell of; None when they tell of none, or a calm phrase is among them. `aid`:
        the harm that first aid is open for, "" for none yet, None when it is not open; a further one needs no trick."""
        worded = besides.worded
        if besides.calm or (aid is None and besides.denied):
            return None
        may_be = aid is not None or worded is None or worded.harm > max(_NEVER, worded.scam - _RETOLD)
        told = self._told(words) if may_be else None
        if aid is None and worded and told in (None, LINK):
            if told is None and not self._resembles(words, worded, genuine=besides.genuine):
                return None
            named = besides.which() if len(words) >= _FEWEST else ""
            harm = named or told or self._resembling(words)
            harm = PAID if harm == LINK and self._loss.has(words) else harm
            harm = UNCLEAR if harm == ACCOUNT and self._bank.has(words) else harm
            return harm if harm != UNCLEAR or worded.harm > max(_LIKE_SOME, worded.scam) else None
        if aid is None or told not in (None, *_VAGUE):
            return told
        further = self._worst(hit for hit in self._also(words) if hit.value != aid) or told
        return aid if further in _VAGUE and aid not in _OPEN else further

    def despaired(self, words: Words) -> str | None:
        """The harm of somebody who speaks of dying: of what was lost, or none."""
        return UNCLEAR if self._loss.has(words) else None

    def _told(self, words: Words) -> str | None:
        """The harm of a message that says by itself that it is one."""
        trick = any(not _NOT.among(_before(words, hit)) for hit in self._trick.find(words))
        hits = [hit for hit in self._harms.find(words) if _is_fact(words, hit) and (trick or _is_told(words, hit))]
        if trick:
            hits += [hit for hit in self._acts.find(words) if _is_fact(words, hit)]
        elif hits and self._everyday.has(words):
            return None
        elif self._cries.has(words) and not self._everyday.has(words):
            hits += [hit for hit in self._deeds.find(words) if _is_fact(words, hit)]
        hits += [hit for hit in self._alone.find(words) if _is_all(words, hit)]
        unclear = [hit for hit in hits if hit.value == UNCLEAR]
        pictures = [hit for hit in hits if hit.value == BLACKMAILED]
        return self._worst(hit for hit in hits if not _within(hit, unclear) and not _is_of(words, hit, pictures))

    def _resembles(self, words: Words, worded: Worded, *, genuine: bool) -> bool:
        """Whether the words are like those of people who were harmed, and not only asked about."""
        if len(words) < _FEWEST and (worded.harm < _FEW_CLEARLY or worded.scam > 0):
            return False
        if _is_undone(words) or (_WHETHER.among(words) and _asks(words)):
            return False
        least = _LIKE + _ASKED * _asks(words) + _AMONG * (genuine or self._everyday.business(words))
        return worded.harm > least and worded.harm > worded.scam - _RATHER + _DOUBTED * self.doubt.has(words)

    def _resembling(self, words: Words) -> str:
        """What was done, as far as the words say."""
        acts = (*self._acts.find(words), *self._deeds.find(words))
        return self._worst(hit for hit in acts if _is_fact(words, hit)) or UNCLEAR

    def _also(self, words: Words) -> Iterator[Hit[str]]:
        """What was done besides, by someone who is being helped; not what a question or a procedure is about."""
        if len(words) <= MOST_FURTHER and not (self._everyday.has(words) or self._care.has(words) or _asks(words)):
            yield from (hit for hit in self._further.find(words) if _is_fact(words, hit))

    def _worst(self, hits: Iterable[Hit[str]]) -> str | None:
        return min((hit.value for hit in hits), key=self._rank, default=None)

    def _rank(self, harm: str) -> int:
        return self._order.index(harm) if harm in self._order else len(self._order)


def first_question(content: Content) -> Question | None:
    guide = content.guides.get(FIRST_AID)
    return guide.questions.get(QUESTION) if guide else None


def _before(words: Sequence[Word], hit: Hit[str]) -> Sequence[Word]:
    return words[max(0, hit.start - _BEFORE) : hit.start]


def _is_fact(words: Sequence[Word], hit: Hit[str]) -> bool:
    """Not «chưa chuyển», not «có mất tiền không», not «nó bảo em chuyển»; «nó bảo chuyển, em chuyển rồi» is one."""
    before, inside = _before(words, hit), words[hit.start : hit.end]
    asked = _WHETHER.among(before[-2:]) and _OR_NOT.among(words[hit.end : hit.end + 2])
    if asked or _NOT.among(before):
        return False
    if not _TOLD.among(before) or _FACT.among(inside):
        return True
    told = before[-1] in _TOLD or (before[-1] in PERSON and _TOLD.among(before[-2:]))
    return not told and _DONE.among(inside)


def _is_undone(words: Sequence[Word]) -> bool:
    """Whether a deed is said not to have been done yet: «em chưa chuyển», not «chưa thấy trừ tiền» nor «chưa chuyển nhưng đã
    đọc mã»."""
    return _acted(words, _NOT_YET) and not _acted(words, _HAVE)


def _acted(words: Sequence[Word], after: _Words) -> bool:
    """Whether a deed is told within two words of one of these."""
    return any(
        word in after and not _ACTS.isdisjoint(each.plain for each in words[at + 1 : at + 3])
        for at, word in enumerate(words)
    )


def _within(hit: Hit[str], others: Sequence[Hit[str]]) -> bool:
    """Whether a hit is but a part of another one: «bị trừ sạch» in «tài khoản tự nhiên bị trừ sạch»."""
    return any(other.start <= hit.start and hit.end <= other.end and other.value != hit.value for other in others)


def _is_of(words: Sequence[Word], hit: Hit[str], pictures: Sequence[Hit[str]]) -> bool:
    """Whether a threat is the one of a blackmail: «bị nó dọa» in «bị nó dọa tung ảnh»."""
    if hit.value != THREATENED or _FORCE.among(words[hit.start : hit.end]):
        return False
    return any(hit.start < each.end and each.start < hit.end for each in pictures)


def _is_all(words: Sequence[Word], hit: Hit[str]) -> bool:
    """Whether a message has no words but those of a phrase and small ones."""
    return all(word.plain in SMALL_WORDS or word in PERSON for word in (*words[: hit.start], *words[hit.end :]))


def _asks(words: Sequence[Word]) -> bool:
    """Whether a message ends as a question: «cài app này được không»; «cài app rồi có sao không» tells, too."""
    last = next((at for at in range(len(words) - 1, -1, -1) if words[at].plain not in _POLITE), 0)
    return bool(words) and words[last] in _OR_NOT_YET and not _WELL.among(words[max(0, last - 1) : last])


def _is_told(words: Sequence[Word], hit: Hit[str]) -> bool:
    """Not two words that only look alike without marks: «mặt trăng» is no «mất trắng»."""
    said = words[hit.start : hit.end]
    return len(said) > 2 or any(word.full for word in said) or not _TOPIC.isdisjoint(word.plain for word in words)


def _pairs(phrases: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, str]]:
    return ((phrase, id) for id, each in phrases.items() for phrase in each)

"""Whether someone tells of harm already done to them or theirs, and which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.content.types import FIRST_AID, Content, Question
from bot.safety.fold import Word, fold
from bot.safety.grammar import ACTS, BUSINESS, FOES, HARM, TRICK
from bot.safety.phrases import Hit, Phrases, Reader

QUESTION = "chuyen_gi"  # the question of the first-aid guide that asks what harm was done
UNCLEAR = "chua_ro"  # its option for those who were harmed and do not say how
NO_HARM = "nghi_ngo"  # its option for those who did nothing yet


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
_PERSON = _Words(
    "em tôi tui mình anh chị cháu con mẹ bố ba má ông bác cô chú vợ chồng", "toi minh chi chau me bo ma ong"
)
_FACT = _Words(
    "đã vừa lỡ trót mất bị trừ dại nãy", "da vua lo trot mat bi tru"
)  # it was done, whatever was said before
_DONE = _Words("mới rồi xong", "moi roi")  # … unless right after what was said: «kêu em cài rồi quét mặt» is not done
_WHETHER = _Words("có liệu", "co lieu")  # … «có bị mất tiền không» only asks
_OR_NOT = _Words("không ko k hông hok", "khong ko k hong hok")
_TOPIC = _set("tien trieu tr ty ck khoan otp ma link app apk zalo fb facebook nick cccd cuoc")  # what harm is about


class Everyday:
    """Whether words are about a procedure, and nobody else has a hand in it."""

    def __init__(self, reader: Reader) -> None:
        self._business, self._foes = (
            Phrases(reader, ((phrase, phrase) for phrase in each)) for each in (BUSINESS, FOES)
        )

    def has(self, words: Sequence[Word]) -> bool:
        return self._business.has(words) and not self._foes.has(words)


class Harms:
    def __init__(self, reader: Reader, content: Content, everyday: Everyday) -> None:
        question = first_question(content)
        options = question.options.values() if question else ()
        words = {option.id: option.words for option in options if option.id != NO_HARM}
        self._order = list({**content.panic, **words})
        self._harms = Phrases(reader, (pair for each in (content.panic, words, HARM) for pair in _pairs(each)))
        self._acts = Phrases(reader, _pairs(ACTS))
        self._trick = Phrases(reader, ((phrase, phrase) for phrase in TRICK))
        self._everyday = everyday

    def of(self, words: Sequence[Word], calm: bool) -> str | None:
        """The gravest harm that the words tell of; None when they tell of none, or a calm phrase is among them."""
        if calm:
            return None
        trick = any(not _NOT.among(_before(words, hit)) for hit in self._trick.find(words))
        hits = [hit for hit in self._harms.find(words) if _is_fact(words, hit) and (trick or _is_told(words, hit))]
        if trick:
            hits += [hit for hit in self._acts.find(words) if _is_fact(words, hit)]
        elif hits and self._everyday.has(words):
            return None
        unclear = [hit for hit in hits if hit.value == UNCLEAR]
        return min((hit.value for hit in hits if not _within(hit, unclear)), key=self._rank, default=None)

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
    told = before[-1] in _TOLD or (before[-1] in _PERSON and _TOLD.among(before[-2:]))
    return not told and _DONE.among(inside)


def _within(hit: Hit[str], others: Sequence[Hit[str]]) -> bool:
    """Whether a hit is but a part of another one: «bị trừ sạch» in «tài khoản tự nhiên bị trừ sạch»."""
    return any(other.start <= hit.start and hit.end <= other.end and other.value != hit.value for other in others)


def _is_told(words: Sequence[Word], hit: Hit[str]) -> bool:
    """Not two words that only look alike without marks: «mặt trăng» is no «mất trắng»."""
    said = words[hit.start : hit.end]
    return len(said) > 2 or any(word.full for word in said) or not _TOPIC.isdisjoint(word.plain for word in words)


def _pairs(phrases: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, str]]:
    return ((phrase, id) for id, each in phrases.items() for phrase in each)

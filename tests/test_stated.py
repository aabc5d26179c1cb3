import pytest

from bot.understanding.stated import Clause, things
from bot.understanding.text import has_marks, normalise, tokens

OWN = frozenset(things(tokens("hộ chiếu")))


def states(text: str, phrase: str) -> bool:
    words, said = tokens(normalise(text)), tokens(normalise(phrase))
    start = next(at for at in range(len(words)) if words[at : at + len(said)] == said)
    return Clause(words, has_marks(words)).states(start, start + len(said), OWN)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("hộ chiếu của em bị mất rồi", "bị mất"),
        ("em làm mất cuốn hộ chiếu", "làm mất"),
        ("lan dau bi mat ho chieu", "bi mat"),  # «đầu» is no denial
        ("cha bị mất hộ chiếu", "bị mất"),  # nor is a father
        ("hộ chiếu hết hạn làm lại được không", "hết hạn"),
        ("cho mẹ em đi làm", "cho mẹ"),
    ],
)
def test_what_is_said_of_the_thing_counts(text: str, phrase: str) -> None:
    assert states(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("hộ chiếu chưa bị mất", "bị mất"),
        ("sợ bị mất", "bị mất"),
        ("hộ chiếu hết hạn chưa vậy ad", "hết hạn"),
        ("bao giờ thì hết hạn", "hết hạn"),
        ("hộ chiếu hết hạn hay bị hỏng", "hết hạn"),
        ("bị mất căn cước", "bị mất"),
        ("cccd het han", "het han"),
        ("có bị mất tiền không", "bị mất"),
        ("bố mất hộ chiếu", "bố mất"),
        ("quá hạn nộp hồ sơ", "quá hạn"),
        ("cho mẹ hỏi", "cho mẹ"),
        ("đặt tên con là hà giang", "hà giang"),
    ],
)
def test_what_is_denied_feared_asked_or_said_of_another_does_not(text: str, phrase: str) -> None:
    assert not states(text, phrase)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.spelling import names, sound, speller
from bot.understanding.text import plain

SPELLER = speller(
    [
        "tôi muốn đăng ký tạm trú cho người nhà",
        "sửa thông tin trên thẻ căn cước",
        "dang ky tam tru o dau",
        "địa chỉ mới ở phường",
        "làm được không",
        "đặt hộ chiếu qua passport",
    ],
    {"ko": ("không",), "đc": ("được", "địa chỉ"), "bn": ("bao nhiêu",)},
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ddawng ký tạm trú", "đăng ký tạm trú"),  # Telex left on the screen
        ("d9a8ng ký tạm trú", "đăng ký tạm trú"),  # VNI
        ("ngừoi nhà", "người nhà"),  # the tone on the wrong vowel
        ("sữa thông tin", "sửa thông tin"),  # hỏi and ngã confused
        ("đăng ký tạmtrú", "đăng ký tạm trú"),
        ("lam passpport", "lam passport"),
        ("dang ky tamtru", "dang ky tam tru"),
    ],
)
def test_unknown_syllables_are_repaired(typed: str, read: str) -> None:
    reading = SPELLER.read(typed)
    assert reading.text == read
    assert reading.repairs


@pytest.mark.parametrize("typed", ["079201001234", "Nguyễn Văn Tũng làm được", "gặp bà Thỏ", "02/2026", "x y z"])
def test_numbers_names_and_scraps_are_left_alone(typed: str) -> None:
    assert SPELLER.read(typed).repairs == ()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("làm đc ko", "làm được không"),
        ("đc mới ở phường", "địa chỉ mới ở phường"),  # the reading that fits its neighbours
        ("bn tiền", "bao nhiêu tiền"),
        ("dang ky bn", "dang ky bao nhieu"),  # a message without marks stays without
    ],
)
def test_chat_spellings_are_written_in_full(typed: str, read: str) -> None:
    assert SPELLER.read(typed).text == read


def test_capitals_inside_a_sentence_are_names_but_shouting_is_not() -> None:
    assert names("tôi ở Gò Vấp") == {"gò", "vấp"}
    assert names("Tôi Muốn Làm Hộ Chiếu") == frozenset()


@given(st.text(max_size=80))
def test_reading_never_raises_and_keeps_unmarked_text_unmarked(text: str) -> None:
    words = SPELLER.read(text).words
    if text.isascii():
        assert all(plain(word) == word for word in words)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("tôi muốn đăng ký tạm chú cho người nhà", "tôi muốn đăng ký tạm trú cho người nhà"),
        ("sửa thông tin chên thẻ căn cước", "sửa thông tin trên thẻ căn cước"),
        ("dang ky tam chu o dau", "dang ky tam tru o dau"),
        ("nàm được không", "làm được không"),
        ("địa chỉ mới ở phườn", "địa chỉ mới ở phường"),
    ],
)
def test_a_slip_of_a_region_is_heard_where_its_neighbours_are_known(typed: str, read: str) -> None:
    assert SPELLER.read(typed).text == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("tôi muốn đăg ký tạm trú", "tôi muốn đăng ký tạm trú"),
        ("sửa thngo tin trên thẻ", "sửa thngo tin trên thẻ"),  # two slips in one word
        ("sửa thôg ti trên thẻ", "sửa thông tin trên thẻ"),  # two beside one another
        ("đăng ký tạm r", "đăng ký tạm r"),
        ("địa chỉ ới ở phường", "địa chỉ mới ở phường"),  # a scrap, where both neighbours say so
        ("dang ky tm tru", "dang ky tam tru"),
        ("căn hộ ký tạm", "căn hộ ký tạm"),  # known words stay what they are
    ],
)
def test_a_slip_is_read_as_what_is_seen_between_its_neighbours(typed: str, read: str) -> None:
    assert SPELLER.read(typed).text == read


def test_what_is_known_or_stands_elsewhere_or_is_a_name_is_not_heard_as_something_else() -> None:
    for typed in ("chú ở đâu", "tạm Chú cho người nhà", "tôi muốn đăng ký tạm trú cho người nhà"):
        assert SPELLER.read(typed).text == typed.lower()


@pytest.mark.parametrize(
    ("one", "other"),
    [("sac", "xac"), ("chu", "tru"), ("giay", "day"), ("nien", "lien"), ("tan", "tang"), ("chiu", "chieu")],
)
def test_regions_that_mix_two_sounds_hear_the_same(one: str, other: str) -> None:
    assert sound(one) == sound(other) != sound("ho")


def test_of_many_words_as_near_the_commonest_is_read() -> None:
    near = ["trbng", "trcng", "trdng", "trfng", "trgng", "trhng", "trkng", "trlng", "trmng", "trxng"]
    lines = [*(f"{word} gì" for word in near), "tràng hạt", *["trong nhà"] * 9]
    assert speller(lines, {}).read("trng").words == ("trong",)


@pytest.mark.parametrize("typed", ["đănhg ký", "đăngg ký", "khhai sinh", "khaii sinh"])
def test_a_letter_more_is_no_other_word(typed: str) -> None:
    known = ["đăng ký", "khai sinh"]
    assert speller(known, {}).read(typed).text in known

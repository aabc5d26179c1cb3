from dataclasses import replace

from bot.content.types import Item
from bot.understanding.focus import Focus
from tests.small_content import CONTENT, PASSPORT

GUIDE = replace(
    PASSPORT,
    parts={
        "ho_so": (Item("Ảnh 4×6 phông trắng."), Item("Bản sao khai sinh, nếu trẻ chưa có số định danh.")),
        "noi_nop": (Item("Nộp trên VNeID hoặc ở công an tỉnh."),),
    },
)
FOCUS = Focus(replace(CONTENT, guides={**CONTENT.guides, GUIDE.id: GUIDE}))


def look(text: str) -> dict[str, int]:
    return {aspect: point.index for aspect, point in FOCUS.look(GUIDE.id, text.split()).items()}


def test_the_item_with_the_rare_words_is_found_with_or_without_marks() -> None:
    assert look("trẻ chưa có số định danh thì sao") == {"ho_so": 1}
    assert look("tre chua co so dinh danh thi sao") == {"ho_so": 1}


def test_what_the_guide_is_called_counts_for_nothing() -> None:
    assert look("hộ chiếu") == {}


def test_every_part_has_its_own_best_item() -> None:
    assert look("ảnh phông trắng nộp công an tỉnh") == {"ho_so": 0, "noi_nop": 0}


def test_problems_that_share_most_stand_first_and_what_an_editor_calls_them_counts() -> None:
    problems = (Item("Chụp lại đủ bốn góc.", id="anh_mo"), Item("Nhờ công an kiểm tra chỗ ở.", id="chu_tro_khong_chiu"))
    guide = replace(PASSPORT, parts={"loi": problems})
    focus = Focus(replace(CONTENT, guides={guide.id: guide}))
    assert focus.near(guide.id, ["chủ", "trọ", "không", "chịu", "cho", "đăng", "ký"], "loi") == (1,)
    assert focus.near(guide.id, ["chủ", "trọ", "bảo", "chụp", "ảnh", "mờ", "quá"], "loi") == (0, 1)
    assert focus.near(guide.id, ["chủ", "trọ", "không", "chịu"], "ho_so") == ()


def test_an_unknown_guide_has_no_items() -> None:
    assert FOCUS.look("khong_co", ["ảnh"]) == {}


WAYS = Focus(
    replace(
        CONTENT, aspects={"le_phi": ("lệ phí bao nhiêu", "mất mấy ngày"), "tra_cuu": ("tra bằng hộ chiếu được không",)}
    )
)


def test_a_message_of_nothing_but_ways_to_ask_names_no_matter() -> None:
    assert WAYS.elliptic(["thế", "lệ", "phí", "thì", "sao"])
    assert WAYS.elliptic(["vay", "mat", "may", "ngay"])


def test_a_message_that_names_a_guide_or_says_more_names_a_matter() -> None:
    assert not WAYS.elliptic(["hộ", "chiếu", "mất", "mấy", "ngày"])
    assert not WAYS.elliptic(["lệ", "phí", "ly", "hôn"])
    assert not WAYS.elliptic(["thế", "thì"])


def test_parts_asked_for_one_after_the_other_are_told_apart() -> None:
    ways = Focus(
        replace(
            CONTENT,
            aspects={"le_phi": ("mất bao nhiêu tiền", "lệ phí"), "noi_nop": ("nộp ở đâu",), "ho_so": ("cần giấy gì",)},
        )
    )
    both = ["hộ", "chiếu", "nộp", "ở", "đâu", "mất", "bao", "nhiêu", "tiền"]
    assert ways.asked_together(both) == ("noi_nop", "le_phi")
    assert ways.asked_together(["nộp", "lệ", "phí", "ở", "đâu"]) == ()
    assert ways.asked_together(["cần", "giấy", "gì"]) == ("ho_so",)

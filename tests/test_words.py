from bot.understanding.words import Phrases

PHRASES = Phrases(
    {("le", "phi"): "le_phi", ("le", "phi", "bao", "nhieu"): "le_phi", ("o", "dau"): "noi_nop", ("phi",): "le_phi"}
)


def test_phrases_are_found_where_they_stand_and_none_is_cut_off_at_the_end() -> None:
    assert list(PHRASES.found(["nop", "o", "dau", "le", "phi", "bao"])) == [(1, 2, "noi_nop"), (3, 2, "le_phi")]
    assert list(PHRASES.found(["phi"])) == []


def test_a_sentence_begins_with_the_longest_phrase_or_with_none() -> None:
    assert PHRASES.leading(["le", "phi", "bao", "nhieu", "o", "dau"]) == "le_phi"
    assert PHRASES.leading(["nop", "o", "dau"]) == ""

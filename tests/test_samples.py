from dataclasses import replace

from bot.understanding.model import NO_TOPIC
from bot.understanding.samples import SAID, PhraseFinder, Sample, TrainingText, aspect_samples, target_samples
from tests.small_content import CONTENT, PASSPORT, SHARED_PASSPORT


def test_titles_aliases_and_questions_are_training_text() -> None:
    samples = target_samples(CONTENT)
    assert Sample("passport", "ho_chieu_pho_thong") in samples
    assert Sample("ghép con vào hộ chiếu của bố", "ho_chieu_chung_voi_con") in samples
    assert Sample("tách thửa đất", "mua_ban_dat") in samples


def test_a_way_to_ask_names_no_matter() -> None:
    assert Sample("lệ phí bao nhiêu", NO_TOPIC) in target_samples(CONTENT)


def test_answers_are_no_training_text() -> None:
    assert not any("Tòa án giải quyết." in sample.text for sample in target_samples(CONTENT))


def test_ways_to_ask_are_joined_with_names_of_matters() -> None:
    joined = [sample.text for sample in aspect_samples(CONTENT) if "lệ phí bao nhiêu" in sample.text]
    assert "lệ phí bao nhiêu" in joined
    assert len(joined) > 1


def test_only_a_sentence_with_one_way_to_ask_has_a_label() -> None:
    finder = PhraseFinder({"le_phi": ("bao nhiêu tiền",), "noi_nop": ("nộp ở đâu",)})
    assert finder.only("đổi thẻ bao nhiêu tiền") == "le_phi"
    assert finder.only("doi the bao nhieu tien") == "le_phi"
    assert finder.only("nộp ở đâu, bao nhiêu tiền") == ""
    assert finder.only("đổi thẻ") == ""


def test_every_sample_also_comes_without_marks() -> None:
    text = TrainingText(CONTENT)
    at = text.targets.index(Sample("tôi muốn làm hộ chiếu", "ho_chieu_pho_thong"))
    assert ("toi", "muon", "lam", "ho", "chieu") in text.target_copies[at]


def test_one_sentence_more_changes_nothing_of_the_others() -> None:
    """What chance does to a sentence depends on that sentence alone, so that an edit moves no border elsewhere."""
    more = replace(PASSPORT, examples=("cháu cần passport đi du học gấp", *PASSPORT.examples))
    before = TrainingText(CONTENT)
    after = TrainingText(replace(CONTENT, guides={**CONTENT.guides, more.id: more}))
    kept = dict(zip(after.targets, after.target_copies, strict=True))
    assert all(kept[sample] == copies for sample, copies in zip(before.targets, before.target_copies, strict=True))


def test_an_example_counts_for_the_part_that_its_editor_says() -> None:
    guide = replace(PASSPORT, asked={"hộ chiếu bị ướt rách trang": "loi"})
    content = replace(CONTENT, guides={**CONTENT.guides, guide.id: guide})
    assert Sample("hộ chiếu bị ướt rách trang", "loi", SAID) in aspect_samples(content)
    entry = replace(SHARED_PASSPORT, asked={SHARED_PASSPORT.questions[0]: "doi_tuong"})
    content = replace(CONTENT, entries={**CONTENT.entries, entry.id: entry})
    assert Sample(entry.questions[0], "doi_tuong", SAID) in aspect_samples(content)

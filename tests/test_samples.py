from dataclasses import replace

from bot.understanding.features import Taken
from bot.understanding.model import NO_TOPIC
from bot.understanding.samples import SAID, PhraseFinder, Sample, TrainingText, aspect_samples, halves, target_samples
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
    sample = Sample("tôi muốn làm hộ chiếu", "ho_chieu_pho_thong")
    text = TrainingText(CONTENT)
    assert sample in text.targets
    assert ("toi", "muon", "lam", "ho", "chieu") in text.reader.copies(sample)


def test_one_sentence_more_changes_nothing_of_the_others() -> None:
    """What chance does to a sentence depends on that sentence alone, so that an edit moves no border elsewhere."""
    more = replace(PASSPORT, examples=("cháu cần passport đi du học gấp", *PASSPORT.examples))
    before = TrainingText(CONTENT)
    after = TrainingText(replace(CONTENT, guides={**CONTENT.guides, more.id: more}))
    assert set(before.targets) < set(after.targets)
    for sample in before.targets:
        assert after.reader.copies(sample, hurried=True) == before.reader.copies(sample, hurried=True)


def test_samples_read_in_two_parts_are_as_if_read_in_one() -> None:
    text = TrainingText(CONTENT)
    (one, other), (ways, more) = halves(text.targets), halves(text.aspects)
    assert min(map(len, (one, other, ways, more))) > 0
    assert {sample.text for sample in [*one, *ways]}.isdisjoint(sample.text for sample in [*other, *more])
    parts = zip(text.reader.read(one, ways), text.reader.read(other, more), strict=True)
    whole = TrainingText(CONTENT).reader.read([*one, *other], [*ways, *more])
    for (first, second), copies in zip(parts, whole, strict=True):
        together = first.followed_by(second)
        assert together.sizes == copies.sizes
        assert (together.taken.lengths, together.taken.families) == (copies.taken.lengths, copies.taken.families)
        assert named(together.taken) == named(copies.taken)


def named(taken: Taken) -> list[str]:
    return [taken.names[number] for number in taken.numbers]


def test_an_example_counts_for_the_part_that_its_editor_says() -> None:
    guide = replace(PASSPORT, asked={"hộ chiếu bị ướt rách trang": "loi"})
    content = replace(CONTENT, guides={**CONTENT.guides, guide.id: guide})
    assert Sample("hộ chiếu bị ướt rách trang", "loi", SAID) in aspect_samples(content)
    entry = replace(SHARED_PASSPORT, asked={SHARED_PASSPORT.questions[0]: "doi_tuong"})
    content = replace(CONTENT, entries={**CONTENT.entries, entry.id: entry})
    assert Sample(entry.questions[0], "doi_tuong", SAID) in aspect_samples(content)

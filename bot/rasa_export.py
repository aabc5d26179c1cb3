"""A project for Rasa 3.6 out of the content: what citizens say, an intent for each topic, and rules that lead to our actions.

Rasa only has to know that a message is for us: what it means exactly, our action server finds out. So single questions stand
under their topic, and no answer is in the project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.content.types import OUT_OF_SCOPE, TOPICS, Content
from bot.rasa_names import ANSWER, CHOICE, JUDGE, PORT, PREFIX, PRESSED
from bot.understanding.model import NO_TOPIC, SMALL_TALK
from bot.understanding.samples import target_samples, topics_of

CHECK = f"{PREFIX}kiem_tra"  # the words of scammers
COMMAND = f"{PREFIX}lenh"

_NAMES = {NO_TOPIC: "hoi_tiep", SMALL_TALK: "tro_chuyen", OUT_OF_SCOPE: "ngoai_pham_vi"}
_NUMBERS = range(10)
_EPOCHS = 10  # over some 18,000 examples: enough to tell what is ours, and more would take hours
_HEAD = "# Do «python bot.py rasa export» viết từ nội dung. Lần xuất sau sẽ viết đè: đừng sửa ở đây.\n"


class FolderError(Exception):
    """The project cannot be written there; the text is for the operator, in Vietnamese, with the way out."""


def intents(content: Content) -> dict[str, list[str]]:
    """Intent → its examples. A sentence belongs to the first that has it, whatever its capitals."""
    said: dict[str, list[str]] = {PREFIX + topic: [] for topic in TOPICS if any(content.guides_of(topic))}
    topic = topics_of(content)
    for sample in target_samples(content):
        name = (
            CHECK if sample.label in content.warnings else PREFIX + _NAMES.get(topic(sample.label), topic(sample.label))
        )
        said.setdefault(name, []).append(sample.text)
    said[COMMAND] = [phrase for phrases in content.commands.values() for phrase in phrases]
    said[PRESSED] = [form.format(n) for n in _NUMBERS for form in ("{}", "chọn {}", "số {}")]
    return dict(_once(said))


def _once(said: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, list[str]]]:
    seen: set[str] = set()
    for intent, texts in said.items():
        examples = []
        for text in map(_example, texts):
            if text and text.casefold() not in seen:
                seen.add(text.casefold())
                examples.append(text)
        if examples:
            yield intent, examples


def _example(text: str) -> str:
    """One line, without the brackets that mark entities."""
    return " ".join(text.translate(str.maketrans("[]{}", "()()")).split())


def files(content: Content) -> dict[str, str]:
    """Path → text; the same content gives the same text."""
    said = intents(content)
    found = {
        "config.yml": _CONFIG,
        "credentials.yml": "rest:\n",
        "endpoints.yml": f'action_endpoint:\n  url: "http://127.0.0.1:{PORT}/webhook"\n',
        "domain.yml": "".join(_domain(list(said))),
        "data/nlu.yml": "".join(_nlu(said)),
        "data/rules.yml": "".join(_rules(list(said))),
    }
    return {path: _HEAD + text for path, text in found.items()}


_CONFIG = f"""recipe: default.v1
assistant_id: mot_cua
language: vi

pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
    strip_accents: unicode
  - name: DIETClassifier
    epochs: {_EPOCHS}
    entity_recognition: false
    constrain_similarities: true
    random_seed: 2026
  - name: FallbackClassifier
    threshold: 0.3

policies:
  - name: RulePolicy
    enable_fallback_prediction: false
"""


def _domain(names: Sequence[str]) -> Iterator[str]:
    yield 'version: "3.1"\n\nintents:\n'
    for name in names:
        yield f"  - {name}:\n      use_entities: []\n" if name == PRESSED else f"  - {name}\n"
    yield f"\nentities:\n  - {CHOICE}\n\nactions:\n  - {ANSWER}\n  - {JUDGE}\n"
    yield "\nsession_config:\n  session_expiration_time: 60\n  carry_over_slots_to_new_session: false\n"


def _nlu(said: Mapping[str, Iterable[str]]) -> Iterator[str]:
    yield 'version: "3.1"\n\nnlu:\n'
    for intent, examples in said.items():
        yield f"  - intent: {intent}\n    examples: |\n"
        yield from (f"      - {example}\n" for example in examples)


def _rules(names: Iterable[str]) -> Iterator[str]:
    """What Rasa is unsure of is ours as well: we ask back."""
    yield 'version: "3.1"\n\nrules:\n'
    for intent in (*names, "nlu_fallback"):
        action = JUDGE if intent == CHECK else ANSWER
        yield f"  - rule: {intent}\n    steps:\n      - intent: {intent}\n      - action: {action}\n"


def write(content: Content, folder: Path) -> list[Path]:
    """Over what an earlier export has written, and over nothing else. Raises FolderError."""
    wanted = {folder / path: text for path, text in files(content).items()}
    known = any(path.is_file() for path in wanted)
    foreign = [path for path in wanted if path.is_file() and not path.read_text("utf-8", "replace").startswith(_HEAD)]
    try:
        if foreign or (not known and folder.exists() and any(folder.iterdir())):
            names = ", ".join(path.name for path in foreign) or "tệp khác"
            raise FolderError(
                f"{folder} đã có {names}, không phải do lệnh này viết. Chọn một thư mục mới hoặc trống; "
                "muốn ghép vào bot đang có thì xuất ra chỗ khác rồi chép sang (docs/rasa.md)."
            )
        for path, text in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise FolderError(f"Không ghi được vào {folder}: {error.strerror}.") from error
    return list(wanted)

"""What only the fitted model can tell about the content: examples that lead elsewhere, words that answer by accident."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.content import schema as s
from bot.content.build import build
from bot.content.files import Files
from bot.content.ids import stem
from bot.content.problem import Problem
from bot.content.source import Document, Loc
from bot.content.types import Content, Guide, Option
from bot.understanding.details import details
from bot.understanding.model import Model
from bot.understanding.text import normalise, plain, tokens

SOME_DAY = date(2026, 1, 1)  # ages do not matter here, so the day does not either


def overlaps(files: Files, model: Model) -> list[Problem]:
    """Codes `lan_y` and `tu_mo_ho`, sorted. `model`: the one fitted on these files. Takes some seconds."""
    content = build(files)
    return sorted({*elsewhere(files, content, model), *_by_accident(files, content)})


def elsewhere(files: Files, content: Content, model: Model) -> Iterator[Problem]:
    """Code `lan_y`: an example that another target wins, although the model has seen it: the two say the same thing. An
    entry that wins a question about its own topic is no harm: it answers just that."""
    for target, text, document, loc in _examples(files):
        scores = model.score(text)
        best, sure = scores.targets[0]
        answered = best in content.entries and content.topic_of(best) == content.topic_of(target)
        if target in model.at and best != target and not answered:
            said = f"«{text}» giống «{content.title(best) if best else 'một câu hỏi không nêu việc gì'}» hơn"
            shares = f"{sure:.0%} so với {scores.of(target):.0%}"
            yield document.problem(loc, "lan_y", f"{said} ({shares}). Chuyển câu sang đó, hoặc viết rõ ý hơn")


def _examples(files: Files) -> Iterator[tuple[str, str, Document, Loc]]:
    for document, intent in files.of(s.IntentFile):
        yield from ((intent.guide, text, document, loc) for loc, _, text in intent.sentences())
    for document, faq in files.of(s.FaqFile):
        for id, entry in faq.root.items():
            yield from ((id, text, document, (id, *loc)) for loc, _, text in entry.sentences())
    for document, warning in files.of(s.WarningFile):
        yield from ((stem(document.path), text, document, ("says", at)) for at, text in enumerate(warning.says))
    for document, neighbours in files.of(s.OutOfScopeFile):
        for id, each in neighbours.root.items():
            yield from ((id, text, document, (id, "examples", at)) for at, text in enumerate(each.examples))


def _by_accident(files: Files, content: Content) -> Iterator[Problem]:
    """Words of an option that stand in what does not mean it."""
    phrases = [phrase for texts in content.aspects.values() for phrase in texts]
    asking = {word: phrase for phrase in reversed(phrases) for word in tokens(normalise(phrase))}
    for document, _ in files.of(s.GuideFile):
        guide = content.guides[stem(document.path)]
        for question in guide.questions.values():
            for option in question.options.values():
                for word, phrase in _alone(option, asking):
                    text = (
                        f"«{word}» đứng một mình có cả trong câu hỏi chung «{phrase}». Viết thành cụm chỉ có nghĩa này"
                    )
                    yield document.problem(("questions", question.id, "options", option.id, "words"), "tu_mo_ho", text)
        for sentence in (*guide.examples, guide.title, *guide.aliases, *phrases):
            yield from _without_marks(document, guide, sentence)


def _alone(option: Option, asking: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Words of one syllable that ways to ask for a part have too: «mất» in «mất bao lâu»."""
    for word in option.words:
        syllables = tokens(normalise(word))
        if len(syllables) == 1 and syllables[0] in asking:
            yield word, asking[syllables[0]]


def _without_marks(document: Document, guide: Guide, sentence: str) -> Iterator[Problem]:
    """A sentence that answers a question only once its marks are gone, as people type it."""
    said = details(guide.questions, sentence, SOME_DAY)
    for question, option in details(guide.questions, plain(normalise(sentence)), SOME_DAY).items():
        if said.get(question) != option:
            text = f"«{sentence}» viết không dấu thì bị hiểu là trả lời «{option}». Viết từ của lựa chọn dài hơn"
            yield document.problem(("questions", question, "options", option, "words"), "tu_mo_ho", text)

"""A message in its conversation → its meaning: alarm, choice, number, code, command, answer, question in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from bot import choice
from bot.choice import DONT_KNOW, Pressed
from bot.content.types import ASPECTS, FIRST_AID, OUT_OF_SCOPE, PLACE, Content, Guide, Option
from bot.message import MENU, Alarm, Incoming
from bot.safety.first_aid import UNCLEAR
from bot.safety.urls import find
from bot.session import Session
from bot.understanding.ages import ages_answered
from bot.understanding.details import details
from bot.understanding.done import is_done, is_stuck
from bot.understanding.focus import LINKS, Focus
from bot.understanding.interpret import entry_of, interpret
from bot.understanding.meaning import Answer, Ask, Command, Meaning
from bot.understanding.model import Model
from bot.understanding.text import bare, normalise, plain, tokens
from bot.understanding.told import told
from bot.understanding.view import home

_NUMBER = re.compile(r"\W*(\d{1,2})\W*\Z")
_CODE = re.compile(r"\W*([a-z]{2}) ?(\d{2})\W*\Z")
_ANSWERS = ("yes", "no", "dont_know")  # commands only where something is asked
_AT_STEP = ("next", "problem")  # words that mean nothing outside a walk
_PLAIN = 0.9  # how surely a question is understood that a faint alarm gives way to
_SAME_PROBLEM = 85  # of 100: how much of an error's words a message has to repeat
_SHORTEST = 15  # letters; less repeats nothing
_MOST_WORDS = 8  # a command or an answer is not longer
_A_FEW = 4  # words; so short a report may be of anything: «em bấm vào rồi»
_AGE_WORDS = 5  # nor is «cháu mới 15 tuổi»

_AROUND_A_PLACE = frozenset(["tinh", "thanh", "pho", "tp", "tai", "song", "que", "ben", "cu"])

_YES = ("co", "dung", "roi", "da_co")
_NO = ("khong", "chua", "sai")


def understand(
    model: Model,
    content: Content,
    session: Session,
    incoming: Incoming,
    today: date,
    *,
    alarm: Alarm | None = None,
    focus: Focus | None = None,
) -> Meaning:
    """`alarm`: what the shield says of this message, judged before anything else; a faint one gives way to a question that is
    plainly about a matter of ours, harm that nobody can name to an answer («bị mất rồi»), any to what is said of the step
    that was shown last, unless its writer speaks of dying. Never raises."""
    despairs = alarm is not None and alarm.despair
    if not incoming.choice and not despairs and not _in_first_aid(content, session):
        if step := _at_step(session) and _of_a_step(incoming.text):
            return step
        if is_done(incoming.text) and len(incoming.text.split()) <= _A_FEW:
            alarm = None
    if alarm and not incoming.choice and alarm.harm == UNCLEAR and not despairs and not _in_first_aid(content, session):
        ordinary = _typed(model, content, session, incoming.text, today, focus)
        if isinstance(ordinary, Answer):
            return ordinary
    if alarm and not incoming.choice:
        gives_way = alarm.faint and not despairs
        plainly = _plainly(model, content, incoming.text, today, focus) if gives_way else None
        return plainly or _answered(model, content, incoming.text, alarm, focus)
    if incoming.choice:
        return _pressed(content, incoming.choice)
    return _typed(model, content, session, incoming.text, today, focus)


def _typed(model: Model, content: Content, session: Session, said: str, today: date, focus: Focus | None) -> Meaning:
    text = normalise(said)
    words = bare(text)
    return (
        _number(content, session, text)
        or _code(content, text)
        or _command(content, session, words)
        or _place(content, session, text, words)
        or _answer(content, session, text, words, today)
        or _question(model, content, session, said, text, today, focus)
    )


def _plainly(model: Model, content: Content, text: str, today: date, focus: Focus | None) -> Ask | None:
    """A question about a guide or an entry, fraud apart, that is as good as surely understood, whatever was talked about."""
    found = interpret(model, content, text, "", today, focus=focus)
    if not isinstance(found, Ask) or found.confidence < _PLAIN:
        return None
    topic = content.topic_of(found.target)
    return found if topic and topic not in (FIRST_AID, OUT_OF_SCOPE) else None


def _answered(model: Model, content: Content, text: str, alarm: Alarm, focus: Focus | None) -> Alarm:
    """A suspicion with what answers it, where it is rather a question about such scams: «ngân hàng có gửi link không». A
    message with a link is none: what that link is comes first."""
    asks = alarm.level == "suspicious" and not find(text)
    entry = entry_of(model, content, text, FIRST_AID, focus) if asks else ""
    return replace(alarm, entry=entry) if entry else alarm


def _pressed(content: Content, id: str) -> Meaning:
    pressed = choice.read(id)
    match pressed:
        case Pressed("ask", (target, aspect)) if aspect in ASPECTS:
            steps = target in content.guides and aspect in ("tong_quan", "cac_buoc")
            return Ask(target, (aspect,), pressed.details, steps=steps)
        case Pressed("ans", (guide, question, option)):
            return Answer(guide, question, "" if option == DONT_KNOW else option)
        case Pressed("at", (name, guide, number)) if name in ("next", "problem", "back"):
            return Command(name, f"{guide}/{number}")
        case Pressed("in", (group,)):
            return Command("group", group)
        case Pressed("cmd", (name,)):
            return Command(name)
    return Command("menu")


def _number(content: Content, session: Session, text: str) -> Meaning | None:
    """A bare number is always one of the choices last shown; 0 is the menu."""
    found = _NUMBER.match(text)
    if not found:
        return None
    number = str(int(found[1]))
    if number == MENU:
        return Command("menu")
    offered = [id for id in session.offered if id != "cmd/menu"]
    return _pressed(content, offered[int(number) - 1]) if int(number) <= len(offered) else Command("number", number)


def _code(content: Content, text: str) -> Meaning | None:
    found = _CODE.match(plain(text))
    wanted = "".join(found.groups()).upper() if found else None
    guide = next((guide for guide in content.guides.values() if guide.code == wanted), None)
    return Ask(guide.id, steps=True) if guide else None


def _command(content: Content, session: Session, words: str) -> Meaning | None:
    if len(words.split()) > _MOST_WORDS:
        return None
    said = commands(content).get(words)
    if said == "yes" and _at_step(session) and words in _halts(tuple(content.commands.get("stop", ()))):
        return Command("whether_done")
    if said == "no" and choice.at_step("next", FIRST_AID, 0) in session.offered:
        return Command("next")  # nothing else was done
    if said in _ANSWERS or said is None:
        return Command({"yes": "next", "no": "problem"}[said]) if said in ("yes", "no") and _at_step(session) else None
    if said in _AT_STEP and session.walk is None:
        return Command(said) if said == "next" and session.about in content.guides else None
    return Command(said)


def _of_a_step(text: str) -> Command | None:
    """What is said of the step that was shown last, in other words than a command."""
    return Command("next") if is_done(text) else Command("problem") if is_stuck(text) else None


def _in_first_aid(content: Content, session: Session) -> bool:
    """Or after a warning, when more harm may be told."""
    return FIRST_AID in (session.about, session.walk and session.walk.guide) or session.about in content.warnings


def _at_step(session: Session) -> bool:
    return any(id.startswith("at/next/") for id in session.offered)


def commands(content: Content) -> Mapping[str, str]:
    """Phrase, as normalised, → command."""
    return _commands(tuple(content.commands.items()))


@lru_cache(maxsize=4)
def _commands(commands: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return {bare(phrase): name for name, phrases in commands for phrase in phrases}


@lru_cache(maxsize=4)
def _halts(phrases: tuple[str, ...]) -> frozenset[str]:
    """What «dừng» looks like without marks."""
    return frozenset(bare(plain(phrase)) for phrase in phrases)


def _answer(content: Content, session: Session, text: str, words: str, today: date) -> Meaning | None:
    """The whole message, fillers apart, is a label, a word, an age, yes, no or «không biết» for an open question."""
    if len(words.split()) > _MOST_WORDS:
        return None
    offered = list(_offered(content, session))
    said = commands(content).get(words)
    ages = ages_answered(text, today) if len(words.split()) <= _AGE_WORDS else set()
    for id, option in offered:
        if option is None:
            if said == "dont_know":
                return _pressed(content, id)
        elif _says(option, words) or _agrees(option, said) or _of_age(option, ages):
            return _pressed(content, id)
    return _other_answer(content, session, words)


def _place(content: Content, session: Session, text: str, words: str) -> Meaning | None:
    """A message that names nothing but a province, or wants another one, where what was shown depends on it."""
    guide, aspect, known = _placed(content, session)
    if guide is None:
        return None
    question = guide.questions[PLACE]
    another = words == bare(content.bot.get("nut_tinh_khac", ""))
    place = DONT_KNOW if another else details({PLACE: question}, text, date.min).get(PLACE)
    if place is None or (place in question.options and not _only(question.options[place], text)):
        return None
    return Ask(guide.id, (aspect,), {**known, PLACE: place})


def _placed(content: Content, session: Session) -> tuple[Guide | None, str, Mapping[str, str]]:
    """The guide and its part that a province would change, with what is answered: as asked just now, else the fees of what
    was talked about; None when no province changes anything."""
    asked = [
        each for id in session.offered if (each := choice.read(id)) and each.kind == "ask" and PLACE in each.details
    ]
    known = session.kept.get(PLACE, DONT_KNOW) != DONT_KNOW
    pressed = next((each for each in asked if not known or each.details[PLACE] == DONT_KNOW), None)
    if pressed:
        id, aspect, details = pressed.parts[0], pressed.parts[1], pressed.details
    else:
        id, aspect, details = home(content, session.about), "le_phi", {}
    guide = content.guides.get(id)
    return (guide if guide and PLACE in guide.questions else None), aspect, details


def _only(option: Option, text: str) -> bool:
    """Whether a message has no words but those of an option and small ones."""
    named = {word for phrases in _phrases(option) for phrase in phrases for word in plain(phrase).split()}
    return named | LINKS | _AROUND_A_PLACE >= {plain(word) for word in tokens(text)}


def _other_answer(content: Content, session: Session, words: str) -> Meaning | None:
    """An answer to a question of the open guide that has not been asked just now."""
    guide = content.guides.get(session.walk.guide) if session.walk else None
    for question in guide.questions.values() if guide else ():
        for option in question.options.values():
            if guide and _says(option, words):
                return Answer(guide.id, question.id, option.id)
    return None


def _offered(content: Content, session: Session) -> Iterator[tuple[str, Option | None]]:
    """The choices last shown that answer a question, with their option; None for «không biết»."""
    for id in session.offered:
        pressed = choice.read(id)
        if pressed is None:
            continue
        if pressed.kind == "ans":
            guide, question, option = pressed.parts
        elif pressed.kind == "ask" and pressed.details:
            guide, (question, option) = pressed.parts[0], next(iter(pressed.details.items()))
        else:
            continue
        asked = content.guides[guide].questions.get(question) if guide in content.guides else None
        if asked and (option == DONT_KNOW or option in asked.options):
            yield id, asked.options.get(option)


def _says(option: Option, words: str) -> bool:
    """As written, or without marks when the message has none."""
    marked, unmarked = _phrases(option)
    return words in marked or (plain(words) == words and words in unmarked)


@lru_cache(maxsize=2048)
def _phrases(option: Option) -> tuple[frozenset[str], frozenset[str]]:
    """Fillers apart, as messages are read: «o tro» loses what looks like «ờ», typed or written."""
    phrases = (option.label, *option.words)
    return frozenset(map(bare, phrases)), frozenset(bare(plain(phrase)) for phrase in phrases)


def _of_age(option: Option, ages: Set[int]) -> bool:
    return option.ages is not None and any(option.ages[0] <= age <= option.ages[1] for age in ages)


def _agrees(option: Option, said: str | None) -> bool:
    return (said == "yes" and option.id in _YES) or (said == "no" and option.id in _NO)


def _question(
    model: Model, content: Content, session: Session, said: str, text: str, today: date, focus: Focus | None
) -> Meaning:
    open_ = session.walk.guide if session.walk else ""
    meaning = interpret(model, content, said, session.about or open_, today, open_=open_, focus=focus, typed=text)
    if session.walk or session.about:  # else nothing is at hand, and the words need not be read again
        read = model.speller.read(said, text).words
        if answer := told(content, session, meaning, text, read, today):
            return answer
    if isinstance(meaning, Ask) and meaning.target in content.guides:
        problem = _problem(content.guides[meaning.target], content, text)
        if problem:
            return replace(meaning, aspects=("loi",), steps=False, problem=problem)
    return meaning


def _problem(guide: Guide, content: Content, text: str) -> str:
    """The problem whose words on the screen the message repeats, typos allowed; "" when it repeats none."""
    words = tokens(text)
    said = plain(" ".join(content.words.get(word, (word,))[0] for word in words))
    found = [item for item in (*guide.parts.get("loi", ()), *content.shared_problems.values()) if item.error]
    scored = [(fuzz.partial_ratio(_screen(item.error), said), item.id) for item in found]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= _SAME_PROBLEM and len(said) >= _SHORTEST else ""


@lru_cache(maxsize=512)
def _screen(error: str) -> str:
    return " ".join(tokens(plain(normalise(error))))

"""The questions of the HR desk, and the search over them in HR's own words (PRODUCT "HR questions")."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from navigator.hr.ideas import ideas, told_by_ideas
from provider_directory.cleaning import clean, without_marks
from provider_directory.errors import BadInput, Choice

FACTS = {
    "procedure": "Procedure",
    "place": "Site, ZIP or city",
    "option": "Plan option",
    "hospital": "Hospital, name or id",
    "people": "File of zip,count",
    "miles": "Miles",
    "language": "Language",
    "premium_single": "Our premium, single",
    "premium_family": "Our premium, family",
    "worker_single": "Worker pays, single",
    "worker_family": "Worker pays, family",
}
"""Every fact that a question may need, with its label in the form: none is about a person."""
LIKE_ENOUGH = 62
"""Of 100: with words that tell little, a way to ask that is less like them finds nothing."""
AS_WRITTEN = 78
"""Of 100: so much like a way to ask words may be that tell nothing by themselves."""
TELLING = 0.45
"""A word that one question alone knows tells 1, one that two know a half: so much must be told at least."""
IDEAS_COUNT = 1.5
"""What an idea tells beside a word that one question alone knows."""
SAME_WORD = 86
"""Of 100: words that are less like each other are not one word misspelled."""
SHORT = 3
"""Letters of a word that must be spelled as it is: one letter makes another word of it."""
_FOLD = str.maketrans(dict.fromkeys("?¿!¡,.;:-/'’()", " "))


class HrQuestion(NamedTuple):
    """One question of the desk and the facts that its answer hangs on."""

    id: str
    group: str
    """What it is about, for headings."""
    ask: str
    words: tuple[str, ...]
    needs: tuple[str, ...]
    may: tuple[str, ...]
    procedure: str | None
    """The procedure, or service line, that it is usually about, filled into the form."""
    heard: tuple[str, ...] = ()
    """More ways to ask, by which it is found."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Give what the form asks: what is needed first."""
        return (*self.needs, *self.may)


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(files("navigator.hr").joinpath("questions.toml").read_text(encoding="utf-8"))


@cache
def questions() -> tuple[HrQuestion, ...]:
    """Give every question, in the order of the list."""
    return tuple(
        HrQuestion(
            each["id"],
            each["group"],
            each["ask"],
            tuple(each["words"]),
            tuple(each["needs"]),
            tuple(each.get("may", ())),
            each.get("procedure"),
            tuple(each.get("heard", ())),
        )
        for each in _content()["question"]
    )


def question_of(question_id: str) -> HrQuestion:
    """Give the question of this id; raises BadInput with all of them."""
    for question in questions():
        if question.id == question_id:
            return question
    raise _unknown(question_id)


def search(words: str) -> tuple[HrQuestion, ...]:
    """Give the questions that are like the words, the most like first; all of them for no words."""
    asked = _folded(words)
    if not asked:
        return questions()
    spelled = [_spelled(word) for word in asked.split()]
    told = [_told(*each) for each in dict.fromkeys(spelled) if each[0] not in _small_words()]
    spoken_of = told_by_ideas(" ".join(word for word, _sure in spelled))
    scored = [
        (_likeness(asked, told, spoken_of.get(question.id, 0), question.id), at, question)
        for at, question in enumerate(questions())
    ]
    return tuple(question for score, _at, question in sorted(scored, key=lambda each: (-each[0], each[1])) if score)


def settled(words: str) -> HrQuestion:
    """Give the question that the words, or an id, mean; raises BadInput with the likeliest where none is like them."""
    if any(question.id == words.strip() for question in questions()):
        return question_of(words.strip())
    found = search(words)
    if not found or not _folded(words):
        raise _unknown(words)
    return found[0]


def _unknown(words: str) -> BadInput:
    choices = tuple(Choice(question.id, question.ask) for question in questions())
    return BadInput(f'No question of the HR desk is like "{clean(words, 60)}".', "Ask one of these.", choices)


class Told(NamedTuple):
    """What one word tells: how sure its spelling is, 0 to 1, and the questions that know it."""

    sure: float
    by: frozenset[str]


def _likeness(asked: str, words: Iterable[Told], spoken_of: float, question_id: str) -> float:
    """Give how like the words a question is, 0 where it is not: what words and ideas tell counts first."""
    from rapidfuzz import fuzz  # deferred: 14 ms that the list alone never pays

    whole = max(fuzz.token_sort_ratio(asked, way) for way in _ways(question_id))
    told = sum(word.sure / len(word.by) for word in words if question_id in word.by)
    found = max(told, spoken_of) >= TELLING or whole >= (LIKE_ENOUGH if told else AS_WRITTEN)
    return 100 * (told + IDEAS_COUNT * spoken_of) + whole if found else 0


def _spelled(word: str) -> tuple[str, float]:
    """Give a word as it is spelled, a misspelled one as the known word that is most like it, and how sure that is."""
    from rapidfuzz import fuzz, process

    known = _every_word()
    if word not in known and word not in _small_words() and len(word) > SHORT:
        found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=SAME_WORD)
        if found is not None:
            return found[0], found[1] / 100
    return word, 1


def _told(word: str, sure: float) -> Told:
    return Told(sure, _known_words().get(word, frozenset()))


@cache
def _every_word() -> tuple[str, ...]:
    """Give every longer word that a way to ask or an idea is told by: a short one must be spelled as it is."""
    of_ideas = (word for idea in ideas() for word in idea.words)
    return tuple(dict.fromkeys(word for word in (*_known_words(), *of_ideas) if len(word) > SHORT))


@cache
def _ways(question_id: str) -> tuple[str, ...]:
    question = question_of(question_id)
    return tuple(_folded(way) for way in (question.ask, *question.words, *question.heard))


@cache
def _known_words() -> dict[str, frozenset[str]]:
    """Give every word of every way to ask that says something, with the questions that know it."""
    found: dict[str, set[str]] = {}
    for question in questions():
        for word in " ".join(_ways(question.id)).split():
            if word not in _small_words():
                found.setdefault(word, set()).add(question.id)
    return {word: frozenset(ids) for word, ids in found.items()}


@cache
def _small_words() -> frozenset[str]:
    return frozenset(_content()["small_words"].split())


def _folded(text: str) -> str:
    """Give lower-case words without accents and signs."""
    return " ".join(without_marks(clean(text, 200).casefold()).translate(_FOLD).split())

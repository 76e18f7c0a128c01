"""The questions of the HR desk, and the search over them in HR's own words (PRODUCT "HR questions")."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from provider_directory.cleaning import clean
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
LIKE_ENOUGH = 55
"""Of 100: less like words find nothing."""
HALF_KNOWN = 50
"""Of 100: so many of the words that count are known ones, however the rest is spelled."""
_FOLD = str.maketrans({"?": " ", ",": " ", ":": " ", "-": " ", "'": " "})


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
    """The procedure that it is usually about, filled into the form."""

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
    scored = [(_likeness(asked, question), at, question) for at, question in enumerate(questions())]
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


def _likeness(asked: str, question: HrQuestion) -> float:
    """Give 0 to 100: how like the words one of the ways to ask is; 0 where none is like enough."""
    from rapidfuzz import fuzz  # deferred: 14 ms that the list alone never pays

    ways = [_folded(way) for way in (question.ask, *question.words)]
    whole = max(fuzz.token_set_ratio(asked, way) for way in ways)
    spelled = max(fuzz.token_sort_ratio(asked, way) for way in ways)
    every = " ".join(ways).split()
    shared = [max(fuzz.ratio(word, known) for known in every) for word in asked.split() if word not in _small_words()]
    known = sum(score for score in shared if score >= 80) / max(len(shared), 1)
    found = 0.4 * known + 0.3 * whole + 0.3 * spelled
    return found if found >= LIKE_ENOUGH or known >= HALF_KNOWN else 0


@cache
def _small_words() -> frozenset[str]:
    return frozenset(_content()["small_words"].split())


def _folded(text: str) -> str:
    return " ".join(clean(text, 200).casefold().translate(_FOLD).split())

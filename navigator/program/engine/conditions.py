"""Conditions judged in three values: they hold, they do not, or it is not known (never assumed)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from navigator.program.engine.errors import FactsContradict
from navigator.program.engine.facts import ABOUT_MILES, NEAR_SHARE, Fact, Facts, label_of, value_words
from navigator.program.known_questions import TEST_WORDS, asked_for, known_questions
from navigator.program.rule_answer import UsedFact
from navigator.program.rules import Condition, FactValue, Operator, ProgramRules

T = TypeVar("T")
_COMPARED: dict[Operator, Callable[[Decimal, Decimal], bool]] = {
    "at_least": lambda found, limit: found >= limit,
    "at_most": lambda found, limit: found <= limit,
    "below": lambda found, limit: found < limit,
    "above": lambda found, limit: found > limit,
}


_MILES_WORDS: dict[Operator, str] = {
    "at_least": "at least",
    "at_most": "at most",
    "below": "less than",
    "above": "more than",
}


@dataclass(frozen=True)
class Verdict:
    """Whether conditions hold (None = not known), the facts that it rests on, and the names of those to ask for."""

    holds: bool | None
    used: tuple[UsedFact, ...] = ()
    missing: tuple[str, ...] = ()


def judge(conditions: Sequence[Condition], facts: Facts) -> Verdict:
    """Judge that all conditions hold: one that fails decides, one unknown leaves it open.

    Raises FactsContradict for an answer that cannot be compared.
    """
    found = [(condition, facts.get(condition.fact)) for condition in conditions]
    judged = [(one(condition, fact), fact) for condition, fact in found]
    failed = [fact.used for holds, fact in judged if holds is False]
    if failed:
        return Verdict(False, tuple(failed))
    missing = tuple(fact.name for holds, fact in judged if holds is None)
    return Verdict(None if missing else True, tuple(fact.used for _holds, fact in judged), missing)


def one(condition: Condition, fact: Fact) -> bool | None:
    """Judge one condition by one fact; straight miles near a threshold or across water decide nothing (CONTRACT 7)."""
    if fact.value is None:
        return None
    operator, wanted = condition.operator, condition.value
    if operator in _COMPARED:
        found, limit = _number(fact.name, fact.value), _number(fact.name, wanted)
        if fact.name in ABOUT_MILES and not fact.road and undecided(found, limit, fact.across_water):
            return None
        return _COMPARED[operator](found, limit)
    if operator in ("one_of", "none_of"):
        among = wanted if isinstance(wanted, tuple) else (wanted,)
        return (_plain(fact.value) in [_plain(each) for each in among]) is (operator == "one_of")
    return (_plain(fact.value) == _plain(wanted)) is (operator == "is")


def undecided(straight: Decimal, threshold: Decimal, across_water: bool) -> bool:
    """Say whether the road must be asked for: within 20% of the threshold, or across open water (CONTRACT 7).

    From twice the threshold on it need not be: no road is shorter than the straight line.
    """
    near = abs(straight - threshold) <= threshold * NEAR_SHARE
    return near or (across_water and straight < threshold * 2)


def first_that_holds(items: Sequence[T], conditions: Callable[[T], Sequence[Condition]], facts: Facts) -> list[T]:
    """Give the items of which one counts: the first that holds, and those before it of which that is not known.

    A list without an item that surely holds ends in none: the caller adds what counts then.
    """
    possible: list[T] = []
    for item in items:
        verdict = judge(conditions(item), facts)
        if verdict.holds is not False:
            possible.append(item)
        if verdict.holds:
            break
    return possible


def condition_words(rules: ProgramRules, condition: Condition) -> str:
    """Give what a condition asks for, in words, e.g. "a BMI below 40", or a yes to the program's own question."""
    if condition.fact in known_questions():
        return asked_for(condition)
    label = label_of(condition.fact)
    if isinstance(condition.value, bool):
        said = "yes" if condition.value is (condition.operator == "is") else "no"
        own = next((question.ask for question in rules.questions if question.fact == condition.fact), None)
        return f"a {said} to “{own}”" if own else f"{label}: {said}"
    if condition.fact in ABOUT_MILES and condition.operator in _MILES_WORDS:
        return f"{_MILES_WORDS[condition.operator]} {value_words(condition.value)} {label}"
    return " ".join(filter(None, (label, TEST_WORDS[condition.operator], value_words(condition.value))))


def _number(name: str, value: FactValue) -> Decimal:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    raise FactsContradict(
        f"{label_of(name)} is compared with a number; found {value_words(value)}.",
        f"Give a number for {name}.",
    )


def _plain(value: FactValue) -> object:
    """Make values comparable: text without case, numbers as numbers, yes and no apart from 1 and 0."""
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, Decimal | int):
        return Decimal(value)
    return value.strip().casefold() if isinstance(value, str) else value

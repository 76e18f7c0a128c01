"""The facts that benefit programs ask about, with the question of each and what a gate on it says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from navigator.program.rules import Condition, Question

_COUNTED = re.compile(r"(\{value\} (?:week|month|joint))s\b")
_FILE = Path(__file__).with_name("questions.toml")
TEST_WORDS = {
    "is": "",
    "is_not": "other than",
    "at_least": "at least",
    "at_most": "at most",
    "below": "below",
    "above": "above",
    "one_of": "one of",
    "none_of": "none of",
}
"""The tests of a condition and how each is said."""


@dataclass(frozen=True)
class KnownQuestion:
    """A fact with its question, and the sentences of a gate on it; "" = left to whoever answers."""

    question: Question
    asks: dict[str, str] = field(default_factory=dict)
    """Test -> what the plan asks for, with {value}."""
    change: str = ""


@cache
def known_questions() -> dict[str, KnownQuestion]:
    """Give the questions that a rule file may use by the fact's name alone."""
    return {
        fact: KnownQuestion(
            Question(fact, row["ask"], row["form"], tuple(row.get("choices", ())), row.get("unit")),
            row.get("asks", {}),
            row.get("change", ""),
        )
        for fact, row in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()
    }


def for_one(pattern: str, values: tuple[str, ...]) -> str:
    """Give a gate's sentence for these values: of one week, month or joint in the singular."""
    return _COUNTED.sub(r"\1", pattern) if values == ("1",) else pattern


def asked_for(condition: Condition) -> str:
    """Say what a condition asks for, e.g. "a BMI below 40"."""
    known = known_questions().get(condition.fact)
    pattern = known.asks.get(condition.operator) if known else None
    if pattern and condition.value is not False:
        return for_one(pattern, values_of(condition)).replace("{value}", value_words(condition))
    name = condition.fact.replace("_", " ")
    if isinstance(condition.value, bool):
        return f"{name}: {value_words(condition)}"
    unit = known.question.unit if known else None
    return " ".join(filter(None, (f"{name}:", TEST_WORDS[condition.operator], value_words(condition), unit)))


def would_change(condition: Condition) -> str | None:
    """Say what would meet a condition; None where no sentence is ready."""
    known = known_questions().get(condition.fact)
    if known is None or not known.change:
        return None
    return for_one(known.change, values_of(condition)).replace("{value}", value_words(condition))


def value_words(condition: Condition) -> str:
    """Give a condition's value as words."""
    words = values_of(condition)
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def values_of(condition: Condition) -> tuple[str, ...]:
    """Give each of a condition's values as words."""
    value = condition.value
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, tuple):
        return tuple(item.replace("_", " ") for item in value)
    if isinstance(value, str):
        return (value.replace("_", " "),)
    return (str(value) if isinstance(value, int) else f"{value:f}",)

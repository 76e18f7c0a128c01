"""Conditions of a program file: one test of one fact each, or a word that stands for one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, get_args

from navigator.program.known_questions import known_questions
from navigator.program.reading_table import LONG_TEXT, Place, Table, as_number, likeliest, listed, shown
from navigator.program.rules import CARE_FACTS, MEMBER_FACTS, Condition, FactValue, Operator, PlanType, Question
from provider_directory.cleaning import clean

OPERATORS: tuple[Operator, ...] = get_args(Operator)
_NUMBER_TESTS = ("at_least", "at_most", "below", "above")
_LIST_TESTS = ("one_of", "none_of")
_PLAN_TYPES: tuple[str, ...] = get_args(PlanType)
WORDS: dict[str, Condition] = {
    **{plan: Condition("plan_type", "is", plan) for plan in _PLAN_TYPES},
    "hsa": Condition("hsa_qualified", "is", True),
    "not_hsa": Condition("hsa_qualified", "is", False),
    "medicare_primary": Condition("medicare_primary", "is", True),
    **{work: Condition("employment", "is", work) for work in ("active", "cobra", "retiree", "leave")},
    **{who: Condition("relationship", "is", who) for who in ("subscriber", "spouse", "child")},
    "minor": Condition("age_years", "below", 18),
    "adult": Condition("age_years", "at_least", 18),
}
"""Words that may stand for a condition, in ``when``, ``members`` and ``not_for``."""
FIXED_VALUES: dict[str, tuple[str, ...]] = {
    "plan_type": _PLAN_TYPES,
    "coverage_tier": ("self", "self_spouse", "self_children", "family"),
    "relationship": ("subscriber", "spouse", "child", "other"),
    "employment": ("active", "cobra", "retiree", "leave"),
    "setting": ("inpatient", "outpatient"),
}
NUMBERS = frozenset({"age_years", "miles", "nearest_contract_miles"})
YES_NO = frozenset({"hsa_qualified", "medicare_primary"})


class Named(NamedTuple):
    """What conditions may name beside the facts: the ids of the plan options, the catalog's lines and procedures."""

    plan_options: tuple[str, ...]
    service_lines: tuple[str, ...]
    procedures: tuple[str, ...]
    questions: dict[str, Question]
    """The file's own questions by fact."""
    used: list[tuple[str, Place]]
    """Every fact that a condition names, with its place; filled while conditions are read."""


def conditions(table: Table, key: str, named: Named) -> tuple[Condition, ...]:
    """Read the conditions of a key: a table, a word, or a list of them, all of which hold."""

    def read(inner: Table) -> Condition | None:
        return condition(inner, named)

    return tuple(filter(None, table.tables(key, read, word_condition)))


def word_condition(table: Table, word: str) -> Condition | None:
    """Give the condition that a word stands for; an unknown word is noted."""
    if found := WORDS.get(word.lower().replace(" ", "_").replace("-", "_")):
        return found
    nearest = likeliest(word, tuple(WORDS))
    step = f'Write "{nearest}" if that is meant' if nearest else 'Write {fact = "...", is = "..."}'
    table.note("", "unknown_word", f'"{word}"', f"one of {listed(tuple(WORDS))}", f"{step}.")
    return None


def condition(table: Table, named: Named) -> Condition | None:
    """Read a test of a fact: ``fact`` and one of the operators; None with a finding where it is none."""
    fact = table.needed_text("fact", 'the name of a fact, e.g. "bmi"')
    tests = [operator for operator in OPERATORS if table.value(operator) is not None]
    if len(tests) != 1:
        found = f"{len(tests)} tests" if tests else "no test"
        step = "Keep one; write a second condition for the other." if tests else "Add a test, e.g. below = 40."
        table.note(tests[-1] if tests else "", "one_test", found, f"one of {listed(OPERATORS)}", step)
        return None
    value = _value(table, tests[0])
    if not fact or value is None:
        return None
    read = Condition(fact, tests[0], value)
    named.used.append((fact, table.place))
    _check_value(table, read, named)
    return read


def _value(table: Table, operator: Operator) -> FactValue | None:
    found = table.value(operator)
    if operator in _LIST_TESTS:
        return table.texts(operator) or None
    number = as_number(found)
    if number is not None:
        return int(number) if number == int(number) else number
    if operator in _NUMBER_TESTS:
        table.wrong(operator, "a number without quotes")
        return None
    if isinstance(found, bool):
        return found
    if isinstance(found, str) and (text := clean(found, LONG_TEXT)):
        return text
    step = f"Write {'one_of' if operator == 'is' else 'none_of'} = [...]." if isinstance(found, list) else ""
    table.wrong(operator, "a word in quotes, a number, true or false", step)
    return None


def _check_value(table: Table, read: Condition, named: Named) -> None:
    """Note a value that the fact can never have, so that the condition would silently never hold."""
    fact, form = read.fact, form_of(read.fact, named)
    if form == "number" and (isinstance(read.value, bool) or not isinstance(read.value, int | Decimal)):
        table.wrong(read.operator, f"a number, as {fact} is one")
    elif form == "yes_no" and not (isinstance(read.value, bool) and read.operator in ("is", "is_not")):
        table.wrong(read.operator, f"is = true or is = false, as {fact} is a question of yes or no")
    elif form == "word" and not isinstance(read.value, str | tuple):
        table.wrong(read.operator, f"a word in quotes, as {fact} is one")
    elif allowed := allowed_values(fact, named):
        _check_words(table, read, allowed)


def _check_words(table: Table, read: Condition, allowed: Sequence[str]) -> None:
    words = read.value if isinstance(read.value, tuple) else (str(read.value),)
    for word in words:
        if word not in allowed:
            nearest = likeliest(word, allowed)
            step = f'Write "{nearest}" if that is meant.' if nearest else ""
            known = listed(allowed) if len(allowed) <= 12 else "an id of the catalog"
            table.note(read.operator, "unknown_value", shown(word), known, step or f"Write a value of {read.fact}.")


def form_of(fact: str, named: Named) -> str | None:
    """Say whether a fact is a number, a yes_no or a word; None where nothing says so."""
    if fact in NUMBERS:
        return "number"
    if fact in YES_NO:
        return "yes_no"
    if fact in MEMBER_FACTS or fact in CARE_FACTS:
        return "word"
    if own := named.questions.get(fact):
        return own.form
    known = known_questions().get(fact)
    return known.question.form if known else None


def allowed_values(fact: str, named: Named) -> tuple[str, ...]:
    """Give the values that a fact may have; () = any."""
    if own := named.questions.get(fact):
        return own.choices
    if fact in FIXED_VALUES:
        return FIXED_VALUES[fact]
    return {
        "plan_option": named.plan_options,
        "service_line": named.service_lines,
        "procedure": named.procedures,
    }.get(fact, ())

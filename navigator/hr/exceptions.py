"""The ways around that a mandatory rule needs before it can be offered as a plan, held against a program file."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from navigator.hr.card import CardTable
from navigator.program.rule_words import EXCEPTION_GIVES

if TYPE_CHECKING:
    from navigator.program.rules import Condition, ProgramRules, Rule

MISSING = "not in the file"
MINOR_AGE = 18


class NeededException(NamedTuple):
    """One way around: when it opens, what it gives, and by which facts or words of a file it is known."""

    when: str
    then: str
    facts: tuple[str, ...]
    words: tuple[str, ...]


NEEDED = (
    NeededException(
        "emergency, trauma, cancer",
        "the rule does not count; the normal benefit is paid",
        ("emergency", "trauma"),
        ("emergency", "trauma"),
    ),
    NeededException(
        "no center in reach",
        "beyond a distance that you set, any network hospital",
        ("nearest_contract_miles",),
        ("miles away", "in reach", "distance"),
    ),
    NeededException(
        "a doctor says the member cannot travel",
        "a person decides within five working days",
        ("cannot_travel",),
        ("cannot travel",),
    ),
    NeededException(
        "the operation is planned elsewhere already",
        "continuity of care: a person decides",
        ("in_treatment",),
        ("planned already", "in treatment", "continuity"),
    ),
    NeededException(
        "the center declines, or cannot see the member in time",
        "any network hospital",
        ("center_declines", "wait_days"),
        ("declines", "in time", "too long"),
    ),
    NeededException(
        "Medicare or another plan pays first", "the rule does not count", ("medicare_primary",), ("pays first",)
    ),
    NeededException(
        "a member under 18",
        "a children's hospital of the network, where no center takes minors",
        ("age_years",),
        ("minor", "child", "under 18"),
    ),
)
APPEAL = ("every decision", "a written decision, and an appeal in time")


def exceptions_table(rule: Rule | None, rules: ProgramRules) -> CardTable:
    """Give every way around that is needed with the clause that has it, then what the file has beside them."""
    known = {each.when: where_in_file(each, rule) for each in NEEDED}
    rows = [(each.when, each.then, known[each.when] or MISSING) for each in NEEDED]
    rows.append((*APPEAL, _appeal(rule, rules) or MISSING))
    named = {clause for clause in known.values() if clause}
    others = [each for each in (rule.exceptions if rule else ()) if f"clause {each.cited.clause}" not in named]
    rows += [(each.title, EXCEPTION_GIVES[each.gives], f"clause {each.cited.clause}") for each in others]
    title = "Exceptions: without all of these it is no plan to offer"
    return CardTable(title=title, head=("when", "then", "program file"), rows=tuple(rows))


def lacking(rule: Rule | None, rules: ProgramRules) -> tuple[str, ...]:
    """Give in words the ways around that the file does not have."""
    found = [each.when for each in NEEDED if where_in_file(each, rule) is None]
    return (*found, *(() if _appeal(rule, rules) else ("an appeal",)))


def where_in_file(needed: NeededException, rule: Rule | None) -> str | None:
    """Say which clause of a rule has this way around, by the facts of its conditions, else by its title."""
    if rule is None:
        return None
    for exception in rule.exceptions:
        facts = {each.fact for each in exception.when}
        titled = any(word in exception.title.casefold() for word in needed.words)
        if facts & set(needed.facts) or titled:
            return f"clause {exception.cited.clause}"
    for left_out in rule.not_for:
        if any(each.fact in needed.facts and _leaves_out(each) for each in left_out.conditions):
            return f"clause {left_out.cited.clause}"
    if any(each.fact in needed.facts and _is_only_for_others(each) for each in rule.members):
        return f"clause {rule.cited.clause}"
    if "nearest_contract_miles" in needed.facts:
        exempt = [each for each in rule.outside if each.exempt_beyond_miles is not None]
        return f"clause {exempt[0].cited.clause}" if exempt else None
    return None


def _leaves_out(condition: Condition) -> bool:
    """Say whether a condition of those who are left out opens the way: of the age, only one that minors meet."""
    return condition.fact != "age_years" or condition.operator in ("below", "at_most")


def _is_only_for_others(condition: Condition) -> bool:
    """Say whether a rule is for adults alone, or for those alone whom our plan pays first."""
    if condition.fact == "age_years":
        at_least = condition.value if isinstance(condition.value, int | Decimal) else 0
        return condition.operator in ("at_least", "above") and at_least >= MINOR_AGE - 1
    return condition.fact == "medicare_primary" and condition.operator == "is" and condition.value is False


def _appeal(rule: Rule | None, rules: ProgramRules) -> str | None:
    appeal = (rule.appeal if rule else None) or rules.appeal
    return f"clause {appeal.cited.clause}" if appeal else None

"""Which rule counts: the most specific scope, valid on the day, for this member (PRODUCT "Program rules")."""

from __future__ import annotations

from datetime import date

from navigator.program.care import Care
from navigator.program.engine.asked import Asked
from navigator.program.engine.conditions import Verdict, first_that_holds, judge
from navigator.program.engine.facts import QUESTIONS, TAKEN_AS_USUAL, USUAL, Facts, label_of
from navigator.program.rule_answer import UsedFact
from navigator.program.rules import Condition, NotFor, ProgramRules, Rule, Scope


def possible_rules(rules: ProgramRules, care: Care, facts: Facts) -> list[Rule]:
    """Give the rules of which one counts, the most specific first; of several only the last surely holds.

    Among equals a rule for some members comes before one for all, then the one that began last.
    """
    fitting = [
        (specificity, rule)
        for rule in rules.rules
        if (specificity := _specificity(rule.scope, care)) is not None and _valid(rule, facts.asked.day)
    ]
    fitting.sort(key=lambda pair: (-pair[0], not pair[1].members, -(pair[1].valid_from or date.min).toordinal()))
    return first_that_holds([rule for _specificity, rule in fitting], lambda rule: rule.members, facts)


def chosen_rule(possible: list[Rule], facts: Facts) -> Rule | None:
    """Give the rule that is answered by: the one that surely holds, else the first that may."""
    sure = [rule for rule in possible if judge(rule.members, facts).holds]
    ranked = sure or possible
    return ranked[0] if ranked else None


def left_out(rule: Rule, facts: Facts) -> tuple[NotFor | None, Verdict]:
    """Say which provision leaves the member out of the rule; an open verdict = it may, None = none does."""
    open_one: tuple[NotFor | None, Verdict] = (None, Verdict(False))
    for provision in rule.not_for:
        verdict = judge(provision.conditions, facts)
        if verdict.holds:
            return provision, verdict
        if verdict.holds is None and open_one[0] is None:
            open_one = (provision, verdict)
    return open_one


def as_usual(asked: Asked) -> tuple[UsedFact, ...]:
    """Give the facts that nobody has said and that the rules for this care ask for, as they are taken."""
    facts = Facts(asked, None)
    conditions: list[Condition] = []
    for rule in asked.rules.rules:
        if _specificity(rule.scope, asked.care) is None:
            continue
        conditions += rule.members
        for provision in rule.not_for:
            conditions += provision.conditions
        conditions += [condition for share in rule.inside for condition in share.when]
        conditions += [condition for outside in rule.outside for condition in outside.when]
    names = dict.fromkeys(condition.fact for condition in conditions if condition.fact in USUAL)
    found = [facts.get(name) for name in names]
    return tuple(fact.used for fact in found if fact.source == TAKEN_AS_USUAL)


def asks_of_usual(asked: Asked) -> tuple[str, ...]:
    """Give the questions behind ``as_usual``."""
    taken = {used.fact for used in as_usual(asked)}
    return tuple(QUESTIONS[name] for name in USUAL if label_of(name) in taken)


def _valid(rule: Rule, day: date) -> bool:
    return (rule.valid_from or day) <= day <= (rule.valid_to or day)


def _specificity(scope: Scope, care: Care) -> int | None:
    return specificity(scope, care.procedure, care.criteria_set, care.service_line)


def specificity(scope: Scope, procedure: str, criteria_set: str, service_line: str) -> int | None:
    """Give 3 for the procedure, 2 for its criteria set, 1 for its service line, 0 for all; None = not in scope."""
    if procedure in scope.except_procedures:
        return None
    if procedure in scope.procedures:
        return 3
    if criteria_set in scope.criteria_sets:
        return 2
    if service_line in scope.service_lines:
        return 1
    return None if scope.procedures or scope.criteria_sets or scope.service_lines else 0

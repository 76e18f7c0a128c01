"""Says a program's rules in plain sentences, each with its clause, for whoever wrote the file to read over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from navigator.program.known_questions import TEST_WORDS, asked_for, value_words
from navigator.program.rule_alerts import may_hold, waived_with_account
from navigator.program.rules import (
    Cited,
    Condition,
    CostShare,
    OutsidePay,
    PlanOption,
    ProgramRules,
    Reward,
    Rule,
    Scope,
    Tier,
    Travel,
)
from provider_directory.spoken import dollars

Line = tuple[int, str]
"""How far a sentence stands in, and the sentence; "" = a blank line."""
_NOT_SAID = "not said"
_CENTERS = {
    "contract": "centers under contract",
    "public_check": "hospitals that meet the public check",
    "listed": "the hospitals listed",
    "all": "every other network hospital",
}
EXCEPTION_GIVES = {
    "normal_benefit": "the normal benefit is paid elsewhere",
    "inside_benefit": "elsewhere counts as a center under contract",
    "review": "a person decides",
}


def program_words(rules: ProgramRules) -> Iterator[Line]:
    """Give the sentences of a program."""
    version = f", version {rules.version}" if rules.version else ""
    yield 0, f"{rules.employer}: the rules of plan year {rules.plan_year}{version}"
    yield 0, f"{_days(rules.valid_from, rules.valid_to)}. Ask: {rules.ask or _NOT_SAID}."
    if rules.appeal:
        yield 0, f"Appeal: {rules.appeal.says}{_within(rules.appeal.within_days)}{_clause(rules.appeal.cited)}"
    if rules.plan_options:
        yield 0, ""
        yield 0, "Plan options"
        for option in rules.plan_options:
            yield 1, _option(option)
    for rule in rules.rules:
        yield 0, ""
        yield from _rule(rule, rules)
    if not rules.rules:
        yield 0, "The file holds no rules."


def _days(first: date, last: date) -> str:
    return f"Valid {first.isoformat()} to {last.isoformat()}"


def _within(days: int | None) -> str:
    return f" Within {days} days." if days else ""


def _clause(cited: Cited) -> str:
    return f" [clause {cited.clause}]"


def _money(cents: int | None) -> str:
    return _NOT_SAID if cents is None else dollars(cents)


_EMBEDDED_MAXIMUM = {True: " (embedded)", False: " (not embedded)", None: ""}


def _tiers(spouse: int | None, children: int | None) -> str:
    """Say the amounts of smaller families, where the plan has such."""
    with_spouse = f", {dollars(spouse)} with a spouse" if spouse is not None else ""
    return with_spouse + (f", {dollars(children)} with children" if children is not None else "")


def _option(option: PlanOption) -> str:
    account = "with a health savings account" if option.hsa_qualified else "without a health savings account"
    embedded = {True: "embedded", False: "not embedded", None: "embedded or not is not said"}[
        option.embedded_deductible
    ]
    share = f"then {option.coinsurance_percent:f}%" if option.coinsurance_percent is not None else ""
    copay = f"copay {dollars(option.copay_cents)}" if option.copay_cents is not None else ""
    parts = (
        f"deductible {_money(option.deductible_self_cents)} self, {_money(option.deductible_family_cents)} family"
        f"{_tiers(option.deductible_self_spouse_cents, option.deductible_self_children_cents)} ({embedded})",
        share,
        copay,
        f"at most {_money(option.out_of_pocket_self_cents)} self, {_money(option.out_of_pocket_family_cents)} family"
        f"{_tiers(option.out_of_pocket_self_spouse_cents, option.out_of_pocket_self_children_cents)}"
        f"{_EMBEDDED_MAXIMUM[option.embedded_out_of_pocket]}",
    )
    return f"{option.name} ({option.id}), {option.type}, {account}: {'; '.join(filter(None, parts))}."


def _rule(rule: Rule, rules: ProgramRules) -> Iterator[Line]:
    yield 0, f"Clause {rule.cited.clause}: {rule.title}"
    if rule.cited.words:
        yield 1, f"“{rule.cited.words}”"
    yield 1, f"{rule.mode.capitalize()}; for {_scope(rule.scope)}{_if(rule.members)}."
    if (rule.valid_from, rule.valid_to) != (rules.valid_from, rules.valid_to) and rule.valid_from and rule.valid_to:
        yield 1, f"{_days(rule.valid_from, rule.valid_to)}."
    for left_out in rule.not_for:
        instead = f" {left_out.instead}" if left_out.instead else ""
        yield 1, f"Not for members where {_all(left_out.conditions)}.{instead}{_clause(left_out.cited)}"
    for cost in rule.inside:
        yield 1, f"At a center under contract{_if(cost.when)}: the member pays {_cost(cost)}.{_clause(cost.cited)}"
    for tier in rule.tiers:
        yield from _tier(tier)
    theirs = tuple(option for option in rules.plan_options if may_hold(rule.members, option))
    if any(waived_with_account(costs, theirs) for costs in (rule.inside, *(one.cost for one in rule.tiers))):
        yield 1, "On a plan with a health savings account the law's deductible comes first all the same."
    for outside in rule.outside:
        yield 1, f"Elsewhere{_if(outside.when)}: {_outside(outside)}.{_clause(outside.cited)}"
    yield from _asked(rule)
    for reward in rule.rewards:
        yield 1, _reward(reward)
    for travel in rule.travel:
        yield 1, _travel(travel)
    yield from _ways(rule)


def _tier(tier: Tier) -> Iterator[Line]:
    listed = f" ({', '.join(tier.facilities)})" if tier.facilities else ""
    yield 1, f"{tier.name}: {_CENTERS[tier.centers]}{listed}.{_clause(tier.cited)}"
    for cost in tier.cost:
        yield 2, f"The member{_if(cost.when)} pays {_cost(cost)}."


def _asked(rule: Rule) -> Iterator[Line]:
    for gate in rule.gates:
        other = f", or {_all(gate.or_when)}" if gate.or_when else ""
        yield 1, f"Asked: {gate.ask} Needed: {asked_for(gate.condition)}{other}{_if(gate.when)}.{_clause(gate.cited)}"
    for duty in rule.duties:
        covered = " The expenses are covered." if duty.expenses_covered else ""
        yield 1, f"Duty: {duty.says}{covered}{_clause(duty.cited)}"
    if opinion := rule.second_opinion:
        by = f" ({opinion.by})" if opinion.by else ""
        yield 1, f"A second opinion is {'required' if opinion.required else 'offered'}{by}.{_clause(opinion.cited)}"


def _ways(rule: Rule) -> Iterator[Line]:
    for exception in rule.exceptions:
        how = f" How: {exception.how}" if exception.how else ""
        given = EXCEPTION_GIVES[exception.gives]
        open_when = f" ({_all(exception.when)})" if exception.when else ""
        yield 1, f"Exception: {exception.title}{open_when}: {given}.{how}{_clause(exception.cited)}"
    if rule.appeal:
        to = f" To: {rule.appeal.to}." if rule.appeal.to else ""
        yield 1, f"Appeal: {rule.appeal.says}{_within(rule.appeal.within_days)}{to}{_clause(rule.appeal.cited)}"
    if rule.follow_up_days:
        yield 1, f"Follow-up after {', '.join(map(str, rule.follow_up_days))} days."


def _scope(scope: Scope) -> str:
    named = [*scope.procedures, *(f"all of {one}" for one in (*scope.criteria_sets, *scope.service_lines))]
    without = f", but not {', '.join(scope.except_procedures)}" if scope.except_procedures else ""
    return (", ".join(named) or "every procedure") + without


def _if(conditions: tuple[Condition, ...]) -> str:
    return f" if {_all(conditions)}" if conditions else ""


def _all(conditions: tuple[Condition, ...]) -> str:
    return " and ".join(_test(one) for one in conditions)


def _test(one: Condition) -> str:
    name = one.fact.replace("_", " ")
    verb = {"is": "is", "is_not": "is not", "none_of": "is none of"}.get(one.operator, f"is {TEST_WORDS[one.operator]}")
    return f"{name} {verb} {value_words(one)}"


def _cost(cost: CostShare) -> str:
    first = {True: " after the deductible", False: " without deductible", None: ""}[cost.deductible_first]
    most = f", at most {dollars(cost.at_most_cents)} a case" if cost.at_most_cents is not None else ""
    amount = {
        "waived": "nothing",
        "after_deductible": "what is left of the deductible, then nothing",
        "coinsurance": f"{cost.percent or 0:f}%{first}",
        "copay": f"{_money(cost.copay_cents)}{first}",
        "normal": "as for any network hospital",
    }[cost.kind]
    return amount + most


def _outside(outside: OutsidePay) -> str:
    pays = {
        "normal": "the normal benefit is paid",
        "percent": f"the plan pays {outside.percent or 0:f}%",
        "nothing": "the plan pays nothing",
        "up_to": f"the normal benefit is paid on {_money(outside.up_to_cents)} at most, and nothing above",
    }[outside.plan_pays]
    if outside.penalty_cents is not None:
        pays += f", less a penalty of {dollars(outside.penalty_cents)}"
    if outside.penalty_percent is not None:
        pays += f", less a penalty of {outside.penalty_percent:f}%"
    if outside.exempt_beyond_miles is not None:
        pays += f"; the normal benefit beyond {outside.exempt_beyond_miles:f} miles from every center under contract"
    return pays


def _reward(reward: Reward) -> str:
    cap = f", at most {dollars(reward.annual_cap_cents)} a year" if reward.annual_cap_cents is not None else ""
    given = f"Reward: {dollars(reward.amount_cents)} ({reward.account}){cap}"
    return f"{given}{_if(reward.when)}.{_clause(reward.cited)}"


def _travel(travel: Travel) -> str:
    minors = f", {travel.companions_if_minor} with a minor" if travel.companions_if_minor is not None else ""
    parts = [
        f"from {travel.min_miles:f} miles" if travel.min_miles is not None else "from the first mile",
        f"companions: {travel.companions}{minors}",
        f"at most {dollars(travel.cap_case_cents)} a case" if travel.cap_case_cents is not None else "",
        f"at most {dollars(travel.cap_year_cents)} a year" if travel.cap_year_cents is not None else "",
        f"{dollars(travel.per_diem_cents)} a person and day" if travel.per_diem_cents is not None else "",
        f"{travel.meals_per_person_day} meals a person and day" if travel.meals_per_person_day is not None else "",
        f"lodging to {dollars(travel.lodging_night_cents)} a night" if travel.lodging_night_cents is not None else "",
        f"{travel.nights} nights" if travel.nights is not None else "",
        f"class: {travel.travel_class}" if travel.travel_class else "",
        "mileage at the tax rate" if travel.mileage == "irs" else "",
        f"{(travel.mileage_tenth_cents or 0) / 10:g} cents a mile" if travel.mileage == "cents" else "",
        "approved beforehand" if travel.preapproval else "",
        f"arranged by {travel.arranged_by}" if travel.arranged_by else "",
    ]
    return f"Travel is paid {'; '.join(filter(None, parts))}{_if(travel.when)}.{_clause(travel.cited)}"

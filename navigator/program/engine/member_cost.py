"""What the member pays here and elsewhere: one case for each thing that may be true, and the range over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from navigator.program.engine.asked import Asked
from navigator.program.engine.choosing_rule import left_out, possible_rules
from navigator.program.engine.conditions import first_that_holds, judge, one
from navigator.program.engine.errors import FactsContradict
from navigator.program.engine.facts import Facts, nearest_fact
from navigator.program.engine.sharing import Left, Span, Terms, left_of, normal_terms, of_tiers, pays
from navigator.program.rule_answer import UsedFact
from navigator.program.rules import Cited, Condition, CostShare, OutsidePay, PlanOption, Rule, RuleException, Tier
from provider_directory.spoken import dollars

Where = Literal["here", "elsewhere"]
USABLE_PRICES = frozenset(
    {
        "contract_bundle",
        "paid_by_plan",
        "posted_negotiated",
        "posted_typical",
        "posted_average",
        "posted_few_cases",
        "list_share",
        "other_insurers",
    }
)
"""Kinds that say what a plan allows; cash and guesses do not."""


@dataclass(frozen=True)
class Allowed:
    """The allowed amount as far as it is known; ``whole`` False = the hospital's fee alone, the bill is higher."""

    span: Span
    known: bool
    whole: bool


@dataclass(frozen=True)
class Case:
    """One thing that may be true: plan option, family or not, and the terms that count then."""

    option: PlanOption | None
    family: bool
    terms: Terms
    cited: Cited | None
    reason: str
    span: Span | None
    """None where nothing can be estimated."""
    left: Left
    unsettled: tuple[str, ...] = ()
    """Facts that would say which terms count."""
    chosen_by: tuple[UsedFact, ...] = ()
    """Facts by which these terms count."""


@dataclass(frozen=True)
class Estimate:
    """All cases of one place, with the allowed amount that they share in."""

    allowed: Allowed
    cases: tuple[Case, ...]

    @cached_property
    def span(self) -> Span | None:
        """From the least of any case to the most; None where a case cannot be estimated."""
        spans = [case.span for case in self.cases]
        known = [span for span in spans if span is not None]
        if len(known) < len(spans):
            return None
        highs = [span.high for span in known]
        return Span(min(span.low for span in known), None if None in highs else max(high or 0 for high in highs))


@dataclass(frozen=True)
class _Way:
    """Terms that may count, and why."""

    terms: Terms
    cited: Cited | None
    reason: str
    missing: tuple[str, ...] = ()
    chosen_by: tuple[UsedFact, ...] = ()


def estimate(asked: Asked, where: Where) -> Estimate:
    """Estimate what the member pays; raises FactsContradict."""
    allowed = _allowed_here(asked) if where == "here" else _allowed_elsewhere(asked)
    cases: list[Case] = []
    for option in possible_options(asked):
        for way in _ways(asked, Facts(asked, option), where):
            for family in possible_tiers(asked):
                for left in _possible_left(asked, option, family):
                    case = _case(option, family, way, allowed, left)
                    if case not in cases:
                        cases.append(case)
    return Estimate(allowed, tuple(cases))


def possible_options(asked: Asked) -> tuple[PlanOption | None, ...]:
    """Give the plan options that the member may have; raises FactsContradict for one that the program has not."""
    options, named = asked.rules.plan_options, asked.member.plan_option
    if not options:
        return (None,)
    if named is None:
        return options
    found = tuple(option for option in options if option.id == named)
    if not found:
        listed = ", ".join(option.id for option in options)
        raise FactsContradict(
            f'{asked.rules.employer} has no plan option "{named}" in {asked.rules.plan_year}.',
            f"Give plan_option one of: {listed}.",
        )
    return found


def option_of(asked: Asked) -> PlanOption | None:
    """Give the member's plan option; None where it is not known."""
    options = possible_options(asked)
    return options[0] if len(options) == 1 else None


def possible_tiers(asked: Asked) -> tuple[bool, ...]:
    """Say whether the plan covers the member alone (False) or a family (True), or that both may be."""
    tier = asked.member.coverage_tier
    return (False, True) if tier is None else (tier != "self",)


def tier_here(asked: Asked, rule: Rule) -> Tier | None:
    """Give the first tier that the center of the question fits."""
    return next((tier for tier in rule.tiers if _fits(asked, tier)), None)


def _fits(asked: Asked, tier: Tier) -> bool:
    center = asked.center
    match tier.centers:
        case "contract":
            return center.under_contract
        case "public_check":
            return center.public_state == "MEETS_PUBLIC"
        case "listed":
            return center.facility in tier.facilities or (center.ccn or "") in tier.facilities
        case "all":
            return True


def _possible_left(asked: Asked, option: PlanOption | None, family: bool) -> list[Left]:
    """Give what may be left of the limits; several where an unknown coverage tier has amounts of its own.

    Raises FactsContradict where the figures fit none of them.
    """
    law = asked.limits if option and option.hsa_qualified else None
    sized = of_tiers(option, asked.member.coverage_tier) if family else (option,)
    found: list[Left] = []
    for number, each in enumerate(sized, 1):
        try:
            left = left_of(each, family, asked.accumulators, law)
        except FactsContradict:
            if not found and number == len(sized):
                raise
            continue
        found += [left] if left not in found else []
    return found


def _case(option: PlanOption | None, family: bool, way: _Way, allowed: Allowed, left: Left) -> Case:
    span = None if way.terms.kind == "not_said" else pays(way.terms, option, allowed.span, left)
    if span is not None and span.high is None and way.terms.kind != "whole_bill":
        # Without a limit nothing holds it from above; "from $0 on" would say nothing either.
        span = span if allowed.known and span.low else None
    return Case(option, family, way.terms, way.cited, way.reason, span, left, way.missing, way.chosen_by)


def _allowed_here(asked: Asked) -> Allowed:
    price = asked.center.price
    if price is None or price.kind not in USABLE_PRICES:
        return Allowed(Span(0, None), known=False, whole=True)
    high = price.high_cents if price.whole else None
    return Allowed(Span(price.low_cents, high), known=True, whole=price.whole)


def _allowed_elsewhere(asked: Asked) -> Allowed:
    market = asked.care.market
    if market is None:
        return Allowed(Span(0, None), known=False, whole=True)
    return Allowed(Span(market.p25_cents, market.p75_cents if market.whole else None), known=True, whole=market.whole)


def _ways(asked: Asked, facts: Facts, where: Where) -> list[_Way]:
    rules = possible_rules(asked.rules, asked.care, facts)
    if not rules or not judge(rules[-1].members, facts).holds:
        outside_program = _Way(normal_terms(facts.option), None, "not in the program: the plan's normal benefit")
    else:
        outside_program = None
    ways: list[_Way] = []
    for rule in rules:
        missing = judge(rule.members, facts).missing
        ways += [replace(way, missing=(*missing, *way.missing)) for way in _ways_of(asked, rule, facts, where)]
    if outside_program:
        ways.append(outside_program)
    return ways


def _ways_of(asked: Asked, rule: Rule, facts: Facts, where: Where) -> list[_Way]:
    provision, verdict = left_out(rule, facts)
    without = _left_out_way(provision.cited, facts) if provision else None
    if without and verdict.holds:
        return [without]
    ways = _inside_or_outside(asked, rule, facts, where)
    if without:
        ways.append(replace(without, missing=verdict.missing))
    return ways


def _left_out_way(cited: Cited, facts: Facts) -> _Way:
    if facts.get("medicare_primary").value is True:
        return _Way(Terms("not_said"), cited, "Medicare pays first and this plan after it")
    return _Way(normal_terms(facts.option), cited, "the rule is not for this member: the plan's normal benefit")


def _inside_or_outside(asked: Asked, rule: Rule, facts: Facts, where: Where) -> list[_Way]:
    tier = tier_here(asked, rule)
    if where == "here":
        if not asked.center.under_contract and asked.member.answers.get("in_network") is False:
            return [_Way(Terms("not_said"), None, "out of network: nothing is estimated there")]
        if tier is not None:
            return _ways_of_shares(tier.cost, tier.cited, facts, f"tier “{tier.name}”")
        if asked.center.under_contract:
            return _ways_of_shares(rule.inside, rule.cited, facts, "under contract")
        return _outside(asked, rule, facts)
    below = _tiers_below(rule, tier)
    ways = [way for each in below for way in _ways_of_shares(each.cost, each.cited, facts, f"tier “{each.name}”")]
    # Only a tier of all others leaves no hospital outside the tiers.
    return ways if any(each.centers == "all" for each in below) else [*ways, *_outside(asked, rule, facts)]


def _tiers_below(rule: Rule, tier: Tier | None) -> tuple[Tier, ...]:
    """Give the tiers after the center's; for the last one itself, since others of it are elsewhere too."""
    if tier is None:
        return rule.tiers[-1:]
    place = rule.tiers.index(tier)
    return rule.tiers[place + 1 :] or rule.tiers[place:]


def _ways_of_shares(shares: Sequence[CostShare], cited: Cited, facts: Facts, place: str) -> list[_Way]:
    if not shares:
        return [_Way(Terms("not_said"), cited, f"{place}: the program file does not say what the member pays")]
    possible = first_that_holds(shares, lambda each: each.when, facts)
    judged = [(each, judge(each.when, facts)) for each in possible]
    ways = [
        _Way(_share_terms(each, facts.option), each.cited, place, verdict.missing, verdict.used)
        for each, verdict in judged
    ]
    if not possible or ways[-1].missing:
        ways.append(_Way(normal_terms(facts.option), cited, f"{place}; no other cost share is named"))
    return ways


def _share_terms(named: CostShare, option: PlanOption | None) -> Terms:
    first = named.deductible_first is not False
    match named.kind:
        case "waived":
            return Terms("waived")
        case "after_deductible":
            return Terms("shared", at_most_cents=named.at_most_cents)
        case "coinsurance":
            return Terms("shared", first, named.copay_cents or 0, named.percent, at_most_cents=named.at_most_cents)
        case "copay":
            percent = named.percent or Decimal(0)
            return Terms("shared", first, named.copay_cents or 0, percent, at_most_cents=named.at_most_cents)
        case "normal":
            return replace(normal_terms(option), at_most_cents=named.at_most_cents)


def _outside(asked: Asked, rule: Rule, facts: Facts) -> list[_Way]:
    for exception in rule.exceptions:
        if exception.gives != "review" and is_granted(asked, exception):
            words = f"the exception “{exception.title}” is confirmed"
            if exception.gives == "inside_benefit":
                return _ways_of_shares(rule.inside, exception.cited, facts, words)
            return [_Way(normal_terms(facts.option), exception.cited, f"{words}: the plan's normal benefit")]
    possible = first_that_holds(rule.outside, lambda each: each.when, facts)
    ways = [way for each in possible for way in _outside_ways(asked, each, facts)]
    if not possible or not judge(possible[-1].when, facts).holds:
        ways.append(_unsaid_outside(rule, facts))
    return ways


def is_granted(asked: Asked, exception: RuleException) -> bool:
    """Say whether the plan has confirmed an exception: the member's answer "exception_ID" is true.

    That its conditions hold is not enough: it is asked for, and the plan answers.
    """
    return asked.granted == exception.id or asked.member.answers.get(f"exception_{exception.id}") is True


def _unsaid_outside(rule: Rule, facts: Facts) -> _Way:
    if rule.mode == "mandatory":
        return _Way(Terms("not_said"), rule.cited, "the program file does not say what the plan pays elsewhere")
    return _Way(normal_terms(facts.option), rule.cited, "the plan's normal benefit")


def _outside_ways(asked: Asked, outside: OutsidePay, facts: Facts) -> list[_Way]:
    verdict = judge(outside.when, facts)
    missing, used = verdict.missing, verdict.used
    stated = _Way(_outside_terms(outside, facts.option), outside.cited, _outside_words(outside), missing, used)
    if outside.exempt_beyond_miles is None:
        return [stated]
    far = Condition("nearest_contract_miles", "above", outside.exempt_beyond_miles)
    nearest = nearest_fact(asked)
    exempt = one(far, nearest)
    stated = replace(stated, chosen_by=(*used, nearest.used))
    beyond = f"beyond {outside.exempt_beyond_miles} miles from every center under contract: the normal benefit"
    normal = _Way(normal_terms(facts.option), outside.cited, beyond, missing, stated.chosen_by)
    if exempt is None:
        open_miles = (*missing, "nearest_contract_miles")
        return [replace(stated, missing=open_miles), replace(normal, missing=open_miles)]
    return [normal] if exempt else [stated]


def _outside_terms(outside: OutsidePay, option: PlanOption | None) -> Terms:
    match outside.plan_pays:
        case "nothing":
            return Terms("whole_bill")
        case "percent":
            member = Decimal(100) - (outside.percent or Decimal(0))
            limited = outside.counts_toward_out_of_pocket
            terms = Terms("shared", outside.deductible_first, 0, member, limited, normal_share=False)
        case "up_to":
            limited = outside.counts_toward_out_of_pocket
            terms = replace(normal_terms(option), up_to_cents=outside.up_to_cents, limited=limited)
        case "normal":
            terms = normal_terms(option)
            if outside.penalty_cents or outside.penalty_percent:
                terms = replace(terms, limited=outside.counts_toward_out_of_pocket)
    return replace(
        terms,
        penalty_cents=outside.penalty_cents or 0,
        penalty_percent=outside.penalty_percent or Decimal(0),
    )


def _outside_words(outside: OutsidePay) -> str:
    match outside.plan_pays:
        case "nothing":
            return "the plan pays nothing there"
        case "percent":
            return f"the plan pays {outside.percent}% there"
        case "up_to":
            return f"the plan counts {dollars(outside.up_to_cents or 0)} there and no more"
        case "normal":
            penalty = " with a penalty" if outside.penalty_cents or outside.penalty_percent else ""
            return f"the plan's normal benefit{penalty}"

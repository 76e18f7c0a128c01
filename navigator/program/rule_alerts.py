"""What a program file says that can be read but is likely not meant, or that the law does not let stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from navigator.program.reading_table import Finding, Place
from navigator.program.rules import Condition, CostShare, OutsidePay, PlanOption, ProgramRules, Rule, TaxLimits, Travel
from provider_directory.errors import BadInput
from provider_directory.spoken import dollars

Limits = Callable[[int], TaxLimits]
_LAW_FIRST = "The law's deductible comes first there (METHOD 3.5), and the answer will say so; leave it, or say \
after_deductible for that option."


def alerts_of(rules: ProgramRules, content: Mapping[str, object], limits_of: Limits) -> list[Finding]:
    """Give the alerts of a program's rules; ``content`` is what they were read from."""
    found = [*_program_alerts(rules), *_year_alerts(rules, limits_of)]
    options = content.get("plan_option")
    for number, option in enumerate(rules.plan_options):
        said = options[number] if isinstance(options, list) and number < len(options) else {}
        found += _option_alerts(("plan_option", number), option, said if isinstance(said, Mapping) else {})
    for number, rule in enumerate(rules.rules):
        found += _rule_alerts(("rule", number), rule, rules)
    return found + list(_twins(rules))


def _alert(place: Place, code: str, found: str, expected: str, step: str) -> Finding:
    return Finding(place, "alert", code, found, expected, step)


def _program_alerts(rules: ProgramRules) -> Iterator[Finding]:
    year = rules.plan_year
    if not rules.valid_from.year <= year <= rules.valid_to.year:
        days = f"{rules.valid_from} to {rules.valid_to}"
        step = "Correct plan_year, valid_from or valid_to."
        yield _alert(("valid_from",), "outside_plan_year", days, f"days of the plan year {year}", step)
    if rules.rules and not rules.plan_options:
        step = "Add a [[plan_option]] for each plan; without it what a member pays is not computed."
        yield _alert((), "no_plan_options", "no plan option", "deductible, maximum and coinsurance of each plan", step)
    if not rules.ask:
        yield _alert((), "nobody_to_ask", "no ask", "whom a member asks", 'Add ask = "name and telephone".')


def _year_alerts(rules: ProgramRules, limits_of: Limits) -> Iterator[Finding]:
    """Hold the plan options to the law of each year in which the program's days lie."""
    for year in range(rules.valid_from.year, rules.valid_to.year + 1):
        try:
            limits = limits_of(year)
        except BadInput as refused:
            step = f"What hangs on them is not answered. {refused.next_step}"
            yield _alert(("plan_year",), "tax_year_not_loaded", f"tax limits of {year}", "a loaded year", step)
            continue
        for number, option in enumerate(rules.plan_options):
            yield from _limit_alerts(("plan_option", number), option, limits)


def _limit_alerts(place: Place, option: PlanOption, limits: TaxLimits) -> Iterator[Finding]:
    if option.hsa_qualified:
        least = (limits.hdhp_minimum_deductible_self_cents, limits.hdhp_minimum_deductible_family_cents)
        for key, amount, limit in (
            ("deductible_self", option.deductible_self_cents, least[0]),
            ("deductible_family", option.deductible_family_cents, least[1]),
            ("deductible_self_spouse", option.deductible_self_spouse_cents, least[1]),
            ("deductible_self_children", option.deductible_self_children_cents, least[1]),
        ):
            if amount is not None and amount < limit:
                expected = (
                    f"{dollars(limit)} or more: the least of a plan with a health savings account in {limits.year}"
                )
                step = "Correct the amount, or hsa_qualified."
                yield _alert((*place, key), "deductible_below_law", dollars(amount), expected, step)
        if option.embedded_deductible and (option.deductible_self_cents or least[1]) < least[1]:
            expected = f"{dollars(least[1])} or more for one member of a family, or embedded_deductible = false"
            found = f"embedded at {dollars(option.deductible_self_cents or 0)}"
            yield _alert((*place, "embedded_deductible"), "embedded_below_law", found, expected, "Correct one of them.")
    most = (
        (limits.hdhp_out_of_pocket_self_cents, limits.hdhp_out_of_pocket_family_cents)
        if option.hsa_qualified
        else (limits.aca_out_of_pocket_self_cents, limits.aca_out_of_pocket_family_cents)
    )
    for key, amount, limit in (
        ("out_of_pocket_self", option.out_of_pocket_self_cents, most[0]),
        ("out_of_pocket_family", option.out_of_pocket_family_cents, most[1]),
        ("out_of_pocket_self_spouse", option.out_of_pocket_self_spouse_cents, most[1]),
        ("out_of_pocket_self_children", option.out_of_pocket_self_children_cents, most[1]),
    ):
        if amount is not None and amount > limit:
            expected = f"{dollars(limit)} or less, the law's maximum in {limits.year}"
            yield _alert((*place, key), "out_of_pocket_above_law", dollars(amount), expected, "Correct the amount.")


def _option_alerts(place: Place, option: PlanOption, said: Mapping[str, object]) -> Iterator[Finding]:
    if option.type == "hdhp" and "hsa_qualified" not in said:
        step = "Add hsa_qualified = true or false: a waiver is another thing where an account goes with the plan."
        yield _alert(place, "hsa_not_said", "an hdhp without hsa_qualified", "true or false", step)
    if option.hsa_qualified and option.type not in ("hdhp", "ppo", "epo", "pos", "hmo"):
        yield _alert(place, "hsa_type", f"hsa_qualified beside type {option.type}", "type hdhp", "Correct one of them.")
    for key, amount in (
        ("deductible_self", option.deductible_self_cents),
        ("out_of_pocket_self", option.out_of_pocket_self_cents),
    ):
        if amount is None:
            step = f"Add {key}, 0 where there is none; until then what a member pays is not known."
            yield _alert(place, "amount_not_said", f"no {key}", "dollars", step)
    if option.coinsurance_percent is None and option.copay_cents is None:
        step = "Add coinsurance, 0 where the plan pays all after the deductible."
        yield _alert(place, "amount_not_said", "neither coinsurance nor copay", "the member's share, percent", step)
    if option.deductible_family_cents and option.embedded_deductible is None:
        step = "Add embedded_deductible: true where one member of a family has the single deductible."
        yield _alert(place, "embedded_not_said", "no embedded_deductible", "true or false", step)


def _rule_alerts(place: Place, rule: Rule, rules: ProgramRules) -> Iterator[Finding]:
    first, last = rule.valid_from or rules.valid_from, rule.valid_to or rules.valid_to
    if first < rules.valid_from or last > rules.valid_to:
        expected = f"days of {rules.valid_from} to {rules.valid_to}"
        step = "Correct the dates; the rule of another plan year goes into that year's file."
        yield _alert(place, "outside_plan_year", f"valid {first} to {last}", expected, step)
    if rule.mode == "mandatory":
        if not rule.exceptions:
            step = "Add [[rule.exception]], e.g. emergency, or no center in reach."
            yield _alert(place, "no_exception", "a mandatory rule without exceptions", "a way around it", step)
        if not (rule.appeal or rules.appeal):
            step = "Add [appeal] with says, within_days and to."
            yield _alert(place, "no_appeal", "a mandatory rule without an appeal", "how a decision is appealed", step)
        if not rule.outside:
            step = 'Add outside, e.g. outside = "nothing".'
            yield _alert(place, "outside_not_said", "a mandatory rule without outside", "what is paid elsewhere", step)
    if rule.mode == "tiered" and not rule.tiers:
        yield _alert(
            place, "no_tiers", "a tiered rule without tiers", "tiers", "Add [[rule.tier]], the first tier first."
        )
    if not rule.inside and not any(tier.cost for tier in rule.tiers):
        step = 'Add inside, e.g. inside = "waived"; until then what a member pays here is not known.'
        yield _alert(place, "inside_not_said", "no inside", "what the member pays at a center under contract", step)
    shares = [((*place, "inside"), rule.inside)]
    shares += [((*place, "tier", number, "cost"), tier.cost) for number, tier in enumerate(rule.tiers)]
    for where, costs in shares:
        theirs = tuple(option for option in rules.plan_options if may_hold(rule.members, option))
        yield from _cost_alerts(where, costs, theirs)
    if any(_own_share(one) and one.counts_toward_out_of_pocket is None for one in rule.outside):
        step = "Add counts_toward_out_of_pocket; until then both amounts are shown."
        found = "a percentage, a reference price or a penalty outside"
        yield _alert((*place, "outside"), "cap_not_said", found, "whether the maximum limits it", step)
    for number, travel in enumerate(rule.travel):
        yield from _travel_alerts((*place, "travel", number), travel)


def _own_share(outside: OutsidePay) -> bool:
    """Say whether a member pays outside what the plan option alone does not say."""
    penalty = outside.penalty_cents is not None or outside.penalty_percent is not None
    return penalty or outside.plan_pays in ("percent", "up_to")


def _cost_alerts(place: Place, costs: tuple[CostShare, ...], options: tuple[PlanOption, ...]) -> Iterator[Finding]:
    for option in waived_with_account(costs, options):
        found = f"waived for {option.id}, which goes with a health savings account"
        yield _alert(place, "waiver_with_hsa", found, "after_deductible for that option", _LAW_FIRST)
    for number, cost in enumerate(costs[:-1]):
        if not cost.when:
            step = "Put it last: of several the first whose conditions hold counts."
            yield _alert((*place, number), "never_reached", "no conditions, and more below it", "conditions", step)


def waived_with_account(costs: tuple[CostShare, ...], options: tuple[PlanOption, ...]) -> list[PlanOption]:
    """Give the plan options with a health savings account for which a waiver counts: the law's deductible is first."""
    counting = ((option, next((cost for cost in costs if may_hold(cost.when, option)), None)) for option in options)
    return [option for option, cost in counting if option.hsa_qualified and cost is not None and cost.kind == "waived"]


def may_hold(conditions: tuple[Condition, ...], option: PlanOption) -> bool:
    """Say whether conditions may hold with a plan option; only what the option settles is held against them."""
    own = {"plan_option": option.id, "plan_type": option.type, "hsa_qualified": option.hsa_qualified}
    for test in conditions:
        if test.fact in own:
            value = own[test.fact]
            words = test.value if isinstance(test.value, tuple) else (test.value,)
            if (value in words) is not (test.operator in ("is", "one_of")):
                return False
    return True


def _travel_alerts(place: Place, travel: Travel) -> Iterator[Finding]:
    if travel.min_miles is None and not any(test.fact == "miles" for test in travel.when):
        step = "Add min_miles; without it travel is paid from the first mile."
        yield _alert(place, "no_min_miles", "travel without min_miles", "miles, e.g. 50", step)
    if travel.cap_case_cents is None and travel.cap_year_cents is None:
        step = "Add cap_case or cap_year, if the plan has one."
        yield _alert(place, "no_travel_cap", "travel without a cap", "dollars a case or a year", step)


def _twins(rules: ProgramRules) -> Iterator[Finding]:
    """Tell of two rules for the same procedures, members and days: only one of them is ever answered by."""
    for (_, one), (number, other) in combinations(enumerate(rules.rules), 2):
        days = max(one.valid_from or rules.valid_from, other.valid_from or rules.valid_from) <= min(
            one.valid_to or rules.valid_to, other.valid_to or rules.valid_to
        )
        if days and one.members == other.members and (shared := _shared(one, other)):
            found = f"the scope of clause {one.cited.clause} again ({shared})"
            step = "Give the two rules other procedures, members or days; of two the one that began last counts."
            yield _alert(("rule", number), "same_scope", found, "one rule for one question", step)


def _shared(one: Rule, other: Rule) -> str:
    for ours, theirs in (
        (one.scope.procedures, other.scope.procedures),
        (one.scope.criteria_sets, other.scope.criteria_sets),
        (one.scope.service_lines, other.scope.service_lines),
    ):
        if both := sorted(set(ours) & set(theirs)):
            return ", ".join(both)
    empty = [
        not (rule.scope.procedures or rule.scope.criteria_sets or rule.scope.service_lines) for rule in (one, other)
    ]
    return "all procedures" if all(empty) else ""

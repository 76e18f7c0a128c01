"""A program, a member and a question of benefits in few words, for the tests of the rule engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from navigator.program.care import Care, CenterFacts, KnownPrice, MarketPrice
from navigator.program.engine import answer_rule
from navigator.program.member import Accumulated, Accumulators, MemberFacts
from navigator.program.rule_answer import RuleAnswer
from navigator.program.rules import Cited, Condition, CostShare, PlanOption, ProgramRules, Rule, Scope, TaxLimits
from provider_directory.errors import BadInput

ON, CARE_DAY = date(2026, 5, 8), date(2026, 8, 6)
CITED = Cited("6.1", "2026-1")
PPO = PlanOption("ppo", "PPO", "ppo", False, 150_000, 300_000, True, 450_000, 900_000, Decimal(20))
HSA = PlanOption("hsa", "HSA plan", "hdhp", True, 300_000, 600_000, False, 600_000, 1_200_000, Decimal(20))
WAIVED = CostShare(CITED, "waived")
LIMITS = TaxLimits(
    2026, 170_000, 340_000, 850_000, 1_700_000, 1_060_000, 2_120_000, 205, 5_000, "Rev. Proc. 2025-19", date(2026, 1, 2)
)
BUNDLE = KnownPrice(3_000_000, 3_000_000, "contract_bundle", True, date(2026, 1, 1), "roster.csv, row 2")


def limits(year: int) -> TaxLimits:
    if year != 2026:
        raise BadInput(f"The tax limits of {year} are not loaded.")
    return LIMITS


def rule(**changes: Any) -> Rule:
    return replace(
        Rule(CITED, "Joint replacement", "voluntary", Scope(service_lines=("joint",)), inside=(WAIVED,)), **changes
    )


def program(*rules: Rule, **changes: Any) -> ProgramRules:
    given = ProgramRules(
        "brewline-foods",
        "Brewline Foods",
        2026,
        "2026-1",
        date(2026, 1, 1),
        date(2026, 12, 31),
        None,
        (PPO, HSA),
        rules,
    )
    return replace(given, **changes)


def care(
    price: KnownPrice | None = BUNDLE, market: tuple[int, int] | None = (3_000_000, 3_000_000), **changes: Any
) -> Care:
    center = CenterFacts("90Z001", "Marquette Lakes", True, "under contract to Jun 2027", "roster.csv", "MEETS_PUBLIC")
    own = {name: changes.pop(name) for name in list(changes) if name in CenterFacts.__dataclass_fields__}
    around = (
        MarketPrice(market[0], sum(market) // 2, market[1], 20, "paid_by_plan", True, "claims.csv", ON)
        if market
        else None
    )
    given = Care(
        "total-knee-replacement",
        "Total knee replacement",
        "joint",
        "hip-knee",
        ON,
        CARE_DAY,
        False,
        replace(center, price=price, **own),
        around,
    )
    return replace(given, **changes)


def met(deductible: int | None = None, out_of_pocket: int | None = None, **changes: Any) -> Accumulators:
    """Accumulators of one person, in what is met, cents."""
    own = Accumulated(deductible_met_cents=deductible, out_of_pocket_met_cents=out_of_pocket)
    return Accumulators(as_of=ON, source="administrator's portal", individual=own).model_copy(update=changes)


def left(deductible: int, out_of_pocket: int) -> Accumulators:
    """Accumulators of one person, in what is left, cents."""
    own = Accumulated(deductible_left_cents=deductible, out_of_pocket_left_cents=out_of_pocket)
    return Accumulators(as_of=ON, source="administrator's portal", individual=own)


def member(plan: str | None = "ppo", tier: str | None = "self", **facts: Any) -> MemberFacts:
    return MemberFacts.model_validate({"plan_option": plan, "coverage_tier": tier, **facts})


def answer(rules: ProgramRules, who: MemberFacts, question: Care | None = None) -> RuleAnswer:
    return answer_rule(rules, who, question or care(), limits)


def is_(fact: str, value: Any) -> tuple[Condition, ...]:
    return (Condition(fact, "is", value),)

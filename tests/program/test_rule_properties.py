"""What holds for every program, member and price: money never runs the wrong way, ranges hold what may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rule_cases import BUNDLE, CARE_DAY, CITED, HSA, ON, PPO, WAIVED, answer, care, is_, member, program, rule

from navigator.program.member import Accumulated, Accumulators, MemberFacts
from navigator.program.rule_answer import MemberCost, RuleAnswer
from navigator.program.rules import (
    Appeal,
    Condition,
    CostShare,
    Duty,
    Gate,
    NotFor,
    OutsidePay,
    PlanOption,
    ProgramRules,
    Reward,
    RuleException,
    SecondOpinion,
    Travel,
)

FEW = settings(max_examples=60, deadline=None)
CENTS = st.integers(0, 6_000_000)
PERCENT = st.integers(0, 100).map(Decimal)
TIERS = ("self", "self_spouse", "self_children", "family")


@st.composite
def options(draw: st.DrawFn) -> PlanOption:
    hsa = draw(st.booleans())
    deductible = draw(st.integers(340_000 if hsa else 0, 600_000))
    out_of_pocket = draw(st.integers(deductible, 900_000))
    return PlanOption(
        "hsa" if hsa else "ppo",
        "HSA plan" if hsa else "PPO",
        "hdhp" if hsa else "ppo",
        hsa,
        deductible,
        deductible * 2,
        draw(st.sampled_from([True, False, None])),
        out_of_pocket,
        out_of_pocket * 2,
        draw(PERCENT | st.none()),
        draw(st.integers(0, 50_000) | st.none()),
    )


@st.composite
def shares(draw: st.DrawFn) -> CostShare:
    return CostShare(
        CITED,
        draw(st.sampled_from(["waived", "after_deductible", "coinsurance", "copay", "normal"])),
        percent=draw(PERCENT),
        copay_cents=draw(st.integers(0, 100_000)),
        deductible_first=draw(st.sampled_from([True, False, None])),
        at_most_cents=draw(st.none() | st.integers(0, 500_000)),
    )


@st.composite
def outsides(draw: st.DrawFn) -> OutsidePay:
    return OutsidePay(
        CITED,
        draw(st.sampled_from(["normal", "percent", "up_to", "nothing"])),
        draw(PERCENT),
        draw(st.integers(0, 3_000_000)),
        draw(st.sampled_from([True, False, None])),
        draw(st.none() | st.integers(0, 200_000)),
        draw(st.none() | PERCENT),
        draw(st.sampled_from([True, False, None])),
    )


@st.composite
def accumulators(draw: st.DrawFn, option: PlanOption) -> Accumulators:
    """Figures that agree with the option's limits and with each other."""
    own = draw(st.integers(0, option.deductible_self_cents or 0))
    paid = draw(st.integers(0, option.out_of_pocket_self_cents or 0))
    return Accumulators(
        as_of=ON,
        individual=Accumulated(deductible_met_cents=own, out_of_pocket_met_cents=paid),
        family=Accumulated(
            deductible_met_cents=draw(st.integers(own, option.deductible_family_cents or 0)),
            out_of_pocket_met_cents=draw(st.integers(paid, option.out_of_pocket_family_cents or 0)),
        ),
    )


@st.composite
def questions(draw: st.DrawFn) -> tuple[ProgramRules, MemberFacts, int]:
    """A program of one rule, a member of whom all is known, and an allowed amount."""
    option = draw(options())
    rules = program(rule(inside=(draw(shares()),), outside=(draw(outsides()),)), plan_options=(option,))
    who = member(option.id, draw(st.sampled_from(TIERS)), accumulators=draw(accumulators(option)))
    return rules, who, draw(CENTS)


def asked(rules: ProgramRules, who: MemberFacts, allowed: int) -> RuleAnswer:
    price = replace(BUNDLE, low_cents=allowed, high_cents=allowed)
    return answer(rules, who, care(price, (allowed, allowed)))


def ends(cost: MemberCost) -> tuple[float, float]:
    low, high = cost.low_cents, cost.high_cents
    return (0 if low is None else low, float("inf") if high is None else high)


def more_met(who: MemberFacts, limit: str, option: PlanOption, more: int) -> MemberFacts:
    """The member with more of a limit met, as far as there is more."""
    known = who.accumulators
    assert known is not None
    assert known.family is not None
    parts: dict[str, Any] = {}
    for name, part, form in (("individual", known.individual, "self"), ("family", known.family, "family")):
        full = getattr(option, f"{limit}_{form}_cents")
        met = min(full, getattr(part, f"{limit}_met_cents") + more)
        parts[name] = part.model_copy(update={f"{limit}_met_cents": met})
    return who.model_copy(update={"accumulators": known.model_copy(update=parts)})


@FEW
@given(questions(), st.integers(0, 900_000), st.sampled_from(["deductible", "out_of_pocket"]))
def test_more_that_is_met_never_costs_more(
    question: tuple[ProgramRules, MemberFacts, int], more: int, limit: str
) -> None:
    rules, who, allowed = question
    before = asked(rules, who, allowed)
    after = asked(rules, more_met(who, limit, rules.plan_options[0], more), allowed)
    for old, new in ((before.here, after.here), (before.elsewhere, after.elsewhere)):
        assert ends(new)[0] <= ends(old)[0]
        assert ends(new)[1] <= ends(old)[1]


@FEW
@given(questions(), CENTS)
def test_a_dearer_operation_never_costs_less(question: tuple[ProgramRules, MemberFacts, int], more: int) -> None:
    rules, who, allowed = question
    cheap, dear = asked(rules, who, allowed), asked(rules, who, allowed + more)
    for less, much in ((cheap.here, dear.here), (cheap.elsewhere, dear.elsewhere)):
        assert ends(less)[0] <= ends(much)[0]
        assert ends(less)[1] <= ends(much)[1]


@FEW
@given(questions())
def test_no_cap_is_exceeded(question: tuple[ProgramRules, MemberFacts, int]) -> None:
    rules, who, allowed = question
    found, option, share = asked(rules, who, allowed), rules.plan_options[0], rules.rules[0].inside[0]
    limit = option.out_of_pocket_family_cents if who.coverage_tier != "self" else option.out_of_pocket_self_cents
    assert limit is not None
    assert ends(found.here)[1] <= min(allowed, limit)
    assert ends(found.elsewhere)[1] <= allowed
    if share.at_most_cents is not None and share.kind != "waived" and not option.hsa_qualified:
        assert ends(found.here)[1] <= share.at_most_cents
    if rules.rules[0].outside[0].plan_pays != "nothing" and rules.rules[0].outside[0].counts_toward_out_of_pocket:
        assert ends(found.elsewhere)[1] <= limit


@FEW
@given(questions())
def test_waived_inside_never_costs_more_than_outside(question: tuple[ProgramRules, MemberFacts, int]) -> None:
    rules, who, allowed = question
    waived = replace(rules, rules=(replace(rules.rules[0], inside=(WAIVED,)),))
    found = asked(waived, who, allowed)
    assert ends(found.here)[0] <= ends(found.elsewhere)[0]
    assert ends(found.here)[1] <= ends(found.elsewhere)[1]


FORGOTTEN = ("plan_option", "coverage_tier", "accumulators", "family", "individual", "out_of_pocket")


def forget(who: MemberFacts, names: set[str]) -> MemberFacts:
    """The member with some facts not known."""
    known, update = who.accumulators, {name: None for name in names if name in ("plan_option", "coverage_tier")}
    if "accumulators" in names or known is None:
        return who.model_copy(update={**update, "accumulators": None})
    parts: dict[str, Any] = {"family": None} if "family" in names else {}
    if "individual" in names:
        parts["individual"] = Accumulated()
    if "out_of_pocket" in names:
        parts["individual"] = known.individual.model_copy(update={"out_of_pocket_met_cents": None})
    return who.model_copy(update={**update, "accumulators": known.model_copy(update=parts)})


@FEW
@given(questions(), st.sets(st.sampled_from(FORGOTTEN)), st.sets(st.sampled_from(FORGOTTEN)))
def test_a_known_fact_never_widens_the_range_and_the_range_holds_what_is_true(
    question: tuple[ProgramRules, MemberFacts, int], some: set[str], others: set[str]
) -> None:
    rules, who, allowed = question
    other = PPO if rules.plan_options[0].id == "hsa" else HSA
    rules = replace(rules, plan_options=(*rules.plan_options, other))
    exact = asked(rules, who, allowed)
    # Figures of one plan option may contradict another's limits: only what agrees with both can be asked.
    assume("plan_option" not in some | others or "accumulators" in some)
    less, least = (asked(rules, forget(who, names), allowed) for names in (some, some | others))
    for costs in ((exact.here, less.here, least.here), (exact.elsewhere, less.elsewhere, least.elsewhere)):
        lows, highs = [ends(cost)[0] for cost in costs], [ends(cost)[1] for cost in costs]
        assert lows == sorted(lows, reverse=True)
        assert highs == sorted(highs)


@FEW
@given(questions(), st.dictionaries(st.sampled_from(["shoe_size", "left_handed", "town"]), st.integers(0, 60)))
def test_answers_that_no_rule_asks_for_change_nothing_nor_does_their_order(
    question: tuple[ProgramRules, MemberFacts, int], answers: dict[str, int]
) -> None:
    rules, who, allowed = question
    gated = replace(rules, rules=(replace(rules.rules[0], gates=(Gate(CITED, "bmi", BMI, "BMI?"),)),))
    plain = asked(gated, who.model_copy(update={"answers": {"bmi": 31}}), allowed)
    one = asked(gated, who.model_copy(update={"answers": {"bmi": 31, **answers}}), allowed)
    back = asked(gated, who.model_copy(update={"answers": {**dict(reversed(answers.items())), "bmi": 31}}), allowed)
    assert plain == one == back


BMI = Condition("bmi", "below", Decimal(40))
RICH = program(
    rule(
        mode="mandatory",
        inside=(CostShare(CITED, "waived", is_("hsa_qualified", False)), CostShare(CITED, "after_deductible")),
        outside=(OutsidePay(CITED, "percent", Decimal(50), exempt_beyond_miles=Decimal(100)),),
        gates=(Gate(CITED, "bmi", BMI, "What is the BMI?"),),
        not_for=(NotFor(CITED, is_("medicare_primary", True)),),
        rewards=(Reward(CITED, 25_000, "hsa", is_("hsa_qualified", True), 100_000),),
        travel=(
            Travel(
                CITED,
                (),
                Decimal(50),
                500_000,
                1_000_000,
                1,
                2,
                10_000,
                lodging_night_cents=20_000,
                nights=5,
                mileage="irs",
            ),
        ),
        duties=(Duty(CITED, "caregiver", "An adult goes along.", True),),
        second_opinion=SecondOpinion(CITED, True, "video"),
        exceptions=(
            RuleException(CITED, "far", "Far away", (Condition("nearest_contract_miles", "above", Decimal(100)),)),
        ),
        appeal=Appeal(CITED, "Ask for a written decision."),
    )
)


@st.composite
def members(draw: st.DrawFn) -> MemberFacts:
    """Anything may be known of a member or not."""
    known = st.none() | st.booleans()
    return MemberFacts(
        birth_date=draw(st.none() | st.dates(date(1940, 1, 1), date(2020, 1, 1))),
        coverage_tier=draw(st.none() | st.sampled_from(["self", "family"])),
        plan_option=draw(st.none() | st.sampled_from(["ppo", "hsa"])),
        employment=draw(st.none() | st.sampled_from(["active", "cobra", "retiree", "leave"])),
        medicare_primary=draw(known),
        covered_from=draw(st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31))),
        covered_to=draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))),
        accumulators=draw(
            st.none()
            | st.builds(
                Accumulators,
                as_of=st.just(ON),
                individual=st.builds(Accumulated, deductible_met_cents=st.none() | st.integers(0, 150_000)),
                reward_cents=st.none() | st.integers(0, 200_000),
                travel_paid_cents=st.none() | st.integers(0, 1_200_000),
            )
        ),
        answers=draw(st.fixed_dictionaries({}, optional={"bmi": st.integers(15, 60)})),
        travel_nights=draw(st.none() | st.integers(0, 9)),
        lodging_night_cents=draw(st.none() | st.integers(0, 40_000)),
        companion_available=draw(known),
    )


@FEW
@given(members(), st.none() | st.integers(0, 300), st.booleans(), st.booleans())
def test_every_part_of_every_answer_is_explained_capped_and_said_as_it_must_be(
    who: MemberFacts, miles: int | None, under_contract: bool, priced: bool
) -> None:
    question = care(
        BUNDLE if priced else None,
        under_contract=under_contract,
        straight_miles=float(miles) if miles is not None else None,
        road_miles=Decimal(miles) if miles is not None and miles % 2 else None,
        nearest_contract_known=miles is not None,
        nearest_contract_miles=float(miles) if miles is not None else None,
        care_day=CARE_DAY,
    )
    found = answer(RICH, who, question)
    assert found == answer(RICH, who, question)
    parts = [
        found.coverage,
        found.here,
        found.elsewhere,
        found.reward,
        found.travel,
        found.second_opinion,
        found.appeal,
    ]
    for part in (*parts, *found.gates, *found.duties, *found.exceptions):
        if part is not None:
            assert part.explanation.clause == "6.1"
            assert part.words.strip()
    assert found.eligibility.explanation.words
    assert found.hsa is None or "IRC 223" in (found.hsa.words or "")
    if found.reward is not None and found.reward.amount_cents is not None:
        assert 0 <= found.reward.amount_cents <= 25_000
    if found.travel is not None:
        paid = sum(line.paid_cents for line in found.travel.lines)
        assert paid <= (found.travel.cap_left_cents or 0) <= 500_000
        for line in found.travel.lines:
            assert line.paid_cents == line.tax_free_cents + line.may_be_taxable_cents
    assert 0 < len(found.headline) <= 78
    assert all(0 < len(cost.short) <= 12 for cost in (found.here, found.elsewhere))
    text = found.model_dump_json().lower()
    assert "denied" not in text
    assert "you pay nothing" not in text
    assert "for everything" not in text

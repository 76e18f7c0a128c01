"""What the member pays: METHOD 3.5 to the letter, and ranges where facts are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from rule_cases import BUNDLE, CITED, HSA, ON, PPO, answer, care, is_, left, limits, member, met, program, rule

from navigator.program.engine.errors import FactsContradict
from navigator.program.engine.sharing import Span
from navigator.program.engine.wording import about_words, short_words
from navigator.program.member import Accumulated
from navigator.program.rule_answer import MemberCost
from navigator.program.rules import CostShare, CostShareKind, OutsidePay, PlanOption, Tier
from navigator.program.you_pay import you_pay

JOINTS = program(rule())
FAR = (2_800_000, 4_000_000)


def span(cost: MemberCost) -> tuple[int | None, int | None]:
    return cost.low_cents, cost.high_cents


def test_the_example_of_the_method_comes_out_to_the_cent() -> None:
    """METHOD 3.5: $30,000, deductible left 1,200, 20%, out-of-pocket left 4,000."""
    ppo = answer(JOINTS, member(accumulators=left(120_000, 400_000)))
    hsa = answer(JOINTS, member("hsa", accumulators=met(50_000, 50_000)))
    assert span(ppo.elsewhere) == (400_000, 400_000)
    assert [(step.text, step.result) for step in ppo.elsewhere.steps] == [
        ("Allowed amount", "$30,000"),
        ("Deductible left, at most the allowed amount", "$1,200"),
        ("20% of $28,800", "$5,760"),
        ("Together", "$6,960"),
        ("Out-of-pocket left", "$4,000"),
        ("You pay the smallest of these", "$4,000"),
    ]
    assert (span(ppo.here), ppo.here.short) == ((0, 0), "$0")
    assert (span(hsa.here), hsa.here.short) == ((120_000, 120_000), "$1,200")
    assert hsa.hsa is not None
    assert "$1,700 for one person in 2026 (IRC 223(c)(2))" in (hsa.hsa.words or "")
    assert ppo.hsa is None


def test_with_nothing_known_of_the_member_the_answer_is_still_of_use() -> None:
    found = answer(JOINTS, member(None, None))
    assert found.here.words == "PPO: $0; HSA plan: up to $3,400 here."
    assert (span(found.here), found.here.short) == ((0, 340_000), "$0-3,400")
    assert found.here.ask[0] == "Which plan option does the member have?"
    assert found.headline == "you pay PPO: $0; HSA plan: up to $3,400 here, up to $10,800 elsewhere"
    assert "the plan shows $0 with PPO and up to $3,400 with HSA plan" in found.spoken


@pytest.mark.parametrize(
    ("embedded", "expected"),
    [
        (True, (720_000, 720_000)),  # the member's own $1,500, then 20% of $28,500
        (False, (800_000, 800_000)),  # the family's $2,500 left, then 20% of $27,500
        (None, (720_000, 800_000)),
    ],
)
def test_a_family_has_the_members_own_deductible_only_where_it_is_embedded(
    embedded: bool | None, expected: tuple[int, int]
) -> None:
    option = replace(PPO, embedded_deductible=embedded, out_of_pocket_self_cents=900_000)
    accumulators = met(0, 0, family=Accumulated(deductible_met_cents=50_000, out_of_pocket_met_cents=0))
    found = answer(program(rule(), plan_options=(option,)), member("ppo", "family", accumulators=accumulators))
    assert span(found.elsewhere) == expected


def test_a_family_may_have_the_members_own_maximum_without_the_own_deductible() -> None:
    option = replace(HSA, embedded_out_of_pocket=True)
    whole = Accumulated(deductible_met_cents=0, out_of_pocket_met_cents=0)
    found = answer(
        program(rule(), plan_options=(option,)), member("hsa", "family", accumulators=met(0, 0, family=whole))
    )
    assert span(found.elsewhere) == (600_000, 600_000)


def test_what_an_administrator_says_is_left_for_the_member_limits_in_a_family_too() -> None:
    own = Accumulated(deductible_met_cents=0, out_of_pocket_left_cents=200_000)
    whole = Accumulated(deductible_met_cents=0, out_of_pocket_met_cents=0)
    found = answer(JOINTS, member("hsa", "family", accumulators=met(individual=own, family=whole)))
    assert span(found.elsewhere) == (200_000, 200_000)


def test_the_laws_minimum_of_a_family_is_counted_by_what_the_family_has_met() -> None:
    accumulators = met(
        100_000, 100_000, family=Accumulated(deductible_met_cents=250_000, out_of_pocket_met_cents=250_000)
    )
    known = answer(JOINTS, member("hsa", "family", accumulators=accumulators))
    only_own = answer(JOINTS, member("hsa", "family", accumulators=met(100_000, 100_000)))
    assert span(known.here) == (90_000, 90_000)
    assert span(only_own.here) == (0, 240_000)  # the family has met at least what the member has


@pytest.mark.parametrize(
    ("kind", "terms", "expected"),
    [
        ("after_deductible", {}, 150_000),
        ("coinsurance", {"percent": Decimal(10)}, 150_000 + 285_000),
        ("coinsurance", {"percent": Decimal(10), "deductible_first": False}, 300_000),
        ("copay", {"copay_cents": 50_000, "deductible_first": False}, 50_000),
        ("normal", {}, 450_000),
        ("coinsurance", {"percent": Decimal(10), "at_most_cents": 200_000}, 200_000),
    ],
)
def test_each_way_of_sharing_the_cost_inside(kind: CostShareKind, terms: dict[str, object], expected: int) -> None:
    shared = rule(inside=(CostShare(CITED, kind, **terms),))  # type: ignore[arg-type]
    found = answer(program(shared), member(accumulators=met(0, 0)))
    assert span(found.here) == (expected, expected)


def test_a_deductible_that_is_set_aside_leaves_the_laws_minimum_with_a_health_savings_account() -> None:
    shared = rule(inside=(CostShare(CITED, "coinsurance", percent=Decimal(10), deductible_first=False),))
    found = answer(program(shared), member("hsa", accumulators=met(0, 0)))
    assert span(found.here) == (170_000 + 283_000, 170_000 + 283_000)
    capped = rule(inside=(replace(shared.inside[0], at_most_cents=100_000),))
    assert span(answer(program(capped), member("hsa", accumulators=met(0, 0))).here) == (170_000, 170_000)


@pytest.mark.parametrize(
    ("outside", "expected", "state"),
    [
        (OutsidePay(CITED), (450_000, 450_000), "known"),
        (OutsidePay(CITED, "nothing"), FAR, "whole_bill"),
        (OutsidePay(CITED, "percent", Decimal(50), deductible_first=False), (450_000, 2_000_000), "range"),
        (
            OutsidePay(CITED, "percent", Decimal(50), deductible_first=False, counts_toward_out_of_pocket=True),
            (450_000, 450_000),
            "known",
        ),
        (OutsidePay(CITED, penalty_cents=100_000, counts_toward_out_of_pocket=False), (550_000, 550_000), "known"),
        (
            OutsidePay(CITED, penalty_percent=Decimal(50), counts_toward_out_of_pocket=None),
            (450_000, 2_450_000),
            "range",
        ),
        (
            OutsidePay(CITED, "up_to", up_to_cents=2_500_000, counts_toward_out_of_pocket=False),
            (750_000, 1_950_000),
            "range",
        ),
        (OutsidePay(CITED, "nothing", exempt_beyond_miles=Decimal(100)), FAR, "whole_bill"),
        (OutsidePay(CITED, "nothing", exempt_beyond_miles=Decimal(30)), (450_000, 450_000), "known"),
        (OutsidePay(CITED, "nothing", exempt_beyond_miles=Decimal(45)), (450_000, 4_000_000), "range"),
    ],
)
def test_each_way_of_paying_elsewhere(outside: OutsidePay, expected: tuple[int, int], state: str) -> None:
    rules = program(rule(mode="mandatory", outside=(outside,)))
    question = care(market=FAR, nearest_contract_miles=46.0, nearest_contract_known=True)
    found = answer(rules, member(accumulators=met(0, 0)), question)
    assert (span(found.elsewhere), found.elsewhere.state) == (expected, state)


def test_what_a_mandatory_file_does_not_say_of_other_hospitals_is_not_guessed() -> None:
    found = answer(program(rule(mode="mandatory")), member())
    assert (found.elsewhere.state, found.elsewhere.short) == ("not_estimated", "ask")
    assert "does not say what the plan pays elsewhere" in found.elsewhere.words


def test_a_fee_of_the_hospital_alone_is_a_least_and_the_rest_of_the_limit_a_most() -> None:
    fee = replace(BUNDLE, low_cents=500_000, high_cents=600_000, kind="posted_negotiated", whole=False)
    found = answer(JOINTS, member(accumulators=met(0, 0)), care(fee, under_contract=False))
    assert (found.here.state, span(found.here)) == ("range", (150_000 + 70_000, 450_000))
    assert "the most counts surgeon, anesthesia and implant too" in found.here.words


def test_fees_of_other_hospitals_alone_are_a_least_as_well() -> None:
    question = care(market=(200_000, 300_000))
    assert question.market is not None
    fees = replace(question, market=replace(question.market, whole=False))
    found = answer(JOINTS, member(accumulators=met(0, 0)), fees)
    assert span(found.elsewhere) == (160_000, 450_000)


def test_without_a_price_the_most_is_what_is_left_of_the_out_of_pocket_limit() -> None:
    found = answer(JOINTS, member(accumulators=left(0, 210_000)), care(None, None, under_contract=False))
    assert (found.here.state, found.here.high_cents, found.here.short) == ("at_most", 210_000, "≤$2,100")
    assert found.elsewhere.words == "At most $2,100 at other hospitals of the network."
    unlimited = PlanOption("ppo", "PPO", "ppo", deductible_self_cents=100_000, coinsurance_percent=Decimal(20))
    open_ended = answer(program(rule(), plan_options=(unlimited,)), member(), care(None, None, under_contract=False))
    assert (open_ended.here.state, open_ended.here.low_cents) == ("not_estimated", None)


def test_out_of_network_is_never_estimated() -> None:
    found = answer(JOINTS, member(answers={"in_network": False}), care(under_contract=False))
    assert found.here.state == "not_estimated"
    assert any("Out of network nothing is estimated" in note for note in found.notes)


def test_a_tier_has_its_own_cost_and_elsewhere_is_the_next_tier() -> None:
    tiers = (
        Tier(
            CITED, "1", "contract", cost=(CostShare(CITED, "coinsurance", percent=Decimal(10), deductible_first=False),)
        ),
        Tier(CITED, "2", "all", cost=(CostShare(CITED, "coinsurance", percent=Decimal(30), deductible_first=False),)),
    )
    rules = program(rule(mode="tiered", tiers=tiers), plan_options=(replace(PPO, out_of_pocket_self_cents=5_000_000),))
    first = answer(rules, member(accumulators=met(0, 0)))
    second = answer(rules, member(accumulators=met(0, 0)), care(under_contract=False))
    assert (first.coverage.tier, span(first.here), span(first.elsewhere)) == ("1", (300_000,) * 2, (900_000,) * 2)
    assert (second.coverage.tier, span(second.here), span(second.elsewhere)) == ("2", (900_000,) * 2, (900_000,) * 2)


def test_a_share_that_hangs_on_an_unknown_answer_is_a_range_with_its_question() -> None:
    shares = (CostShare(CITED, "waived", is_("second_opinion_done", True)), CostShare(CITED, "after_deductible"))
    rules = program(rule(inside=shares))
    unknown, known = (
        answer(rules, member(accumulators=met(0, 0), answers=each)) for each in ({}, {"second_opinion_done": True})
    )
    assert (span(unknown.here), span(known.here)) == ((0, 150_000), (0, 0))
    assert any("second opinion done" in ask for ask in unknown.here.ask)


def test_contradicting_facts_are_refused_and_say_which() -> None:
    both = Accumulated(deductible_met_cents=50_000, deductible_left_cents=20_000)
    cases = (
        member(accumulators=met(0, 0, individual=both)),
        member(accumulators=met(200_000, 200_000)),
        member("hsa", "family", accumulators=met(300_000, 0, family=Accumulated(deductible_met_cents=100_000))),
        member("gold"),
    )
    for who in cases:
        with pytest.raises(FactsContradict) as refused:
            answer(program(rule(inside=(CostShare(CITED, "normal"),))), who)
        assert refused.value.next_step


def test_figures_of_another_plan_year_are_not_used_and_old_ones_are_said() -> None:
    last_year = met(150_000, 450_000, as_of=date(2025, 12, 30))
    found = answer(JOINTS, member(accumulators=last_year))
    assert span(found.elsewhere) == (0, 450_000)
    assert any("outside the plan year" in warning for warning in found.warnings)
    old = answer(JOINTS, member(accumulators=met(150_000, 450_000, as_of=date(2026, 1, 31))))
    assert span(old.elsewhere) == (0, 0)
    assert any("97 days old" in warning for warning in old.warnings)


def test_the_explanation_names_clause_facts_with_source_and_date_and_what_would_change_it() -> None:
    found = answer(JOINTS, member("hsa", accumulators=met(50_000, 50_000))).here.explanation
    assert (found.clause, found.version) == ("6.1", "2026-1")
    assert ("deductible left", "$2,500", "administrator's portal", ON) in [
        (used.fact, used.value, used.source, used.as_of) for used in found.used
    ]
    assert found.counterfactual == (
        "With the deductible met it would be $0 here. With PPO it would be $0 here. "
        "At a hospital that is not under contract it would be $5,500."
    )


def test_the_offers_column_says_the_same_as_the_answer() -> None:
    for who in (member(None, None), member("hsa"), member(accumulators=met(0, 0))):
        whole, short = answer(JOINTS, who).here, you_pay(JOINTS, who, care(), limits)
        assert (short.short, short.words, span(short)) == (whole.short, whole.words, span(whole))


@pytest.mark.parametrize(
    ("low", "high", "at_most", "words"),
    [
        (0, 0, False, "$0"),
        (2_410_000, 2_410_000, False, "$24,100"),
        (1_234_567, 1_234_567, False, "$12,346"),
        (0, 170_000, False, "$0-1,700"),
        (170_000, 2_120_000, False, "$1.7k-21.2k"),
        (0, 2_120_000, True, "≤$21,200"),
        (500_000, None, False, "$5,000+"),
        (0, None, False, "ask"),
    ],
)
def test_short_words_fit_the_column(low: int, high: int | None, at_most: bool, words: str) -> None:
    assert short_words(Span(low, high), at_most) == words
    assert len(words) <= 12


def test_an_estimate_is_said_to_the_hundred() -> None:
    assert about_words(Span(281_234, 319_900)) == "about $2,800-3,200"
    assert about_words(Span(296_000, 304_000)) == "about $3,000"


def test_once_the_deductible_is_met_the_law_asks_for_no_more() -> None:
    found = answer(JOINTS, member("hsa", accumulators=met(300_000, 590_000)))
    assert span(found.here) == (0, 0)
    assert span(found.elsewhere) == (10_000, 10_000)


def test_a_share_that_the_maximum_does_not_limit_is_not_limited_below_a_penalty_either() -> None:
    outside = OutsidePay(
        CITED, "percent", Decimal(50), deductible_first=True, penalty_cents=50_000, counts_toward_out_of_pocket=False
    )
    found = answer(program(rule(outside=(outside,))), member(accumulators=met(150_000, 450_000)))
    assert span(found.elsewhere) == (1_550_000, 1_550_000)  # 50% of $30,000 and $500, with nothing left of the maximum


def test_a_share_and_a_penalty_are_rounded_once() -> None:
    outside = OutsidePay(CITED, "percent", Decimal(60), deductible_first=False, penalty_percent=Decimal(25))
    found = answer(program(rule(outside=(outside,))), member(accumulators=met(0, 0)), care(market=(99_999, 99_999)))
    assert span(found.elsewhere) == (64_999, 64_999)  # 40% and 25% of $999.99: 64,999.35 cents


def test_a_deductible_that_is_set_aside_never_costs_more_than_the_deductible() -> None:
    small = replace(HSA, deductible_self_cents=50_000)
    shared = rule(inside=(CostShare(CITED, "copay", copay_cents=25_000, deductible_first=False),))
    found = answer(program(shared, plan_options=(small,)), member("hsa", accumulators=met(20_000, 20_000)))
    assert span(found.here) == (55_000, 55_000)


def test_hospitals_outside_every_tier_are_elsewhere_too() -> None:
    tiers = (
        Tier(CITED, "first", "contract", cost=(CostShare(CITED, "waived"),)),
        Tier(CITED, "checked", "public_check", cost=(CostShare(CITED, "after_deductible"),)),
    )
    tiered = rule(mode="tiered", tiers=tiers, inside=(), outside=(OutsidePay(CITED),))
    found = answer(program(tiered), member(accumulators=met(0, 0)))
    assert span(found.elsewhere) == (150_000, 450_000)


IN_FOUR = PlanOption(
    "premier",
    "Premier",
    "ppo",
    False,
    50_000,
    125_000,
    False,
    360_000,
    900_000,
    Decimal(20),
    deductible_self_spouse_cents=100_000,
    deductible_self_children_cents=75_000,
    out_of_pocket_self_spouse_cents=720_000,
    out_of_pocket_self_children_cents=540_000,
)
FOUR_TIERS = program(rule(inside=(CostShare(CITED, "after_deductible"),)), plan_options=(IN_FOUR,))


@pytest.mark.parametrize(
    ("tier", "here", "elsewhere"),
    [
        ("self", (50_000, 50_000), (360_000, 360_000)),
        ("self_spouse", (100_000, 100_000), (680_000, 680_000)),  # 1,000 and 20% of 29,000
        ("self_children", (75_000, 75_000), (540_000, 540_000)),  # 750 and 20% of 29,250, at most 5,400
        ("family", (125_000, 125_000), (700_000, 700_000)),  # 1,250 and 20% of 28,750
        (None, (50_000, 125_000), (360_000, 700_000)),
    ],
)
def test_a_plan_may_have_amounts_of_its_own_for_each_coverage_tier(
    tier: str | None, here: tuple[int, int], elsewhere: tuple[int, int]
) -> None:
    family = Accumulated(deductible_met_cents=0, out_of_pocket_met_cents=0)
    found = answer(FOUR_TIERS, member("premier", tier, accumulators=met(0, 0, family=family)))
    assert (span(found.here), span(found.elsewhere)) == (here, elsewhere)


def test_a_tier_that_the_figures_do_not_fit_is_not_the_members() -> None:
    family = Accumulated(deductible_met_cents=110_000, out_of_pocket_met_cents=110_000)
    known = met(0, 0, family=family)
    assert span(answer(FOUR_TIERS, member("premier", None, accumulators=known)).here) == (15_000, 50_000)
    with pytest.raises(FactsContradict):
        answer(FOUR_TIERS, member("premier", "self_spouse", accumulators=known))


def test_what_a_rule_does_not_say_of_the_cost_inside_is_not_known_and_not_the_normal_benefit() -> None:
    untold = program(rule(inside=()), rule(title="Tiers", mode="tiered", inside=(), tiers=(Tier(CITED, "one", "all"),)))
    for rules in (untold, replace(untold, rules=untold.rules[1:])):
        found = answer(rules, member(accumulators=met(0, 0)))
        assert (found.here.state, found.here.low_cents) == ("not_estimated", None)
        assert "the program file does not say what the member pays" in found.here.words
    others = rule(inside=(CostShare(CITED, "waived", is_("employment", "retiree")),))
    assert span(answer(program(others), member(accumulators=met(0, 0))).here) == (450_000, 450_000)

"""Which rule answers, for which day, and what each part says of coverage, gates, duties, exceptions and savings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from rule_cases import BUNDLE, CARE_DAY, CITED, answer, care, is_, left, member, met, program, rule

from navigator.program.engine.errors import PlanYearNotLoaded
from navigator.program.rule_answer import RuleAnswer
from navigator.program.rules import (
    Appeal,
    Cited,
    Condition,
    CostShare,
    Duty,
    Gate,
    NotFor,
    OutsidePay,
    Reward,
    RuleException,
    Scope,
    SecondOpinion,
    Travel,
)

JOINTS = program(rule(), ask="Lakeshore Benefits, 414-555-0143")
FAR = Condition("nearest_contract_miles", "above", Decimal(100))


def titled(title: str, **changes: Any) -> Any:
    return rule(title=title, cited=Cited(title), **changes)


def test_the_most_specific_rule_that_is_valid_and_for_the_member_counts() -> None:
    rules = program(
        titled("all", scope=Scope()),
        titled("line", scope=Scope(service_lines=("joint",))),
        titled("set", scope=Scope(criteria_sets=("hip-knee",))),
        titled("old", scope=Scope(procedures=("total-knee-replacement",)), valid_to=date(2026, 6, 30)),
        titled("retired", scope=Scope(procedures=("total-knee-replacement",)), members=is_("employment", "retiree")),
        titled("knee", scope=Scope(procedures=("total-knee-replacement",), except_procedures=("revision-knee",))),
    )
    clauses = [
        answer(
            rules, member(), care(procedure=procedure, criteria_set=criteria, service_line=line)
        ).coverage.explanation.clause
        for procedure, criteria, line in (
            ("total-knee-replacement", "hip-knee", "joint"),
            ("total-hip-replacement", "hip-knee", "joint"),
            ("shoulder-replacement", "none", "joint"),
            ("lumbar-fusion", "none", "spine"),
        )
    ]
    assert clauses == ["knee", "set", "line", "all"]
    assert answer(rules, member(employment="retiree")).coverage.explanation.clause == "retired"


def test_a_rule_that_begins_within_the_year_counts_from_its_day() -> None:
    rules = program(rule(mode="voluntary"), rule(mode="mandatory", valid_from=date(2026, 8, 1)))
    before = answer(rules, member(), care(care_day=date(2026, 7, 31), care_day_given=True))
    after = answer(rules, member(), care(care_day=date(2026, 8, 1), care_day_given=True))
    assert (before.coverage.mode, after.coverage.mode) == ("voluntary", "mandatory")


def test_a_procedure_without_a_rule_has_the_normal_benefit_and_says_whom_to_ask() -> None:
    found = answer(JOINTS, member(accumulators=met(0, 0)), care(service_line="heart"))
    assert (found.coverage.state, found.coverage.mode) == ("not_in_program", None)
    assert found.coverage.words.endswith("Ask Lakeshore Benefits, 414-555-0143.")
    assert (found.here.low_cents, found.here.high_cents) == (450_000, 450_000)
    assert found.headline == "not in the program: $4,500 here"


def test_members_whom_a_rule_leaves_out_have_the_normal_benefit() -> None:
    rules = program(rule(not_for=(NotFor(CITED, is_("plan_option", "hsa")), NotFor(CITED, is_("employment", "cobra")))))
    left_out = answer(rules, member("hsa", accumulators=met(300_000, 300_000)))
    assert (left_out.coverage.state, left_out.here.low_cents, left_out.gates) == ("left_out", 300_000, ())
    unknown = answer(rules, member(None))
    assert unknown.coverage.state == "ask"
    assert unknown.here.words.startswith("PPO: $0; HSA plan: up to")
    assert unknown.here.ask[0] == "Which plan option does the member have?"
    usual = answer(rules, member())
    assert usual.coverage.state == "covered"
    assert ("employment", "active", "taken as usual; nobody has said") in [
        (used.fact, used.value, used.source) for used in usual.coverage.explanation.used
    ]
    assert any("on COBRA" in ask for ask in usual.here.ask)


def test_where_medicare_pays_first_nothing_is_estimated_and_it_is_said() -> None:
    found = answer(
        program(rule(not_for=(NotFor(CITED, is_("medicare_primary", True)),))), member(medicare_primary=True)
    )
    assert (found.coverage.state, found.here.state) == ("left_out", "not_estimated")
    assert any("Medicare pays first" in warning for warning in found.warnings)


def test_outside_a_mandatory_program_is_not_covered_and_the_way_in_is_said() -> None:
    rules = program(rule(mode="mandatory", outside=(OutsidePay(CITED, "nothing"),)))
    found = answer(rules, member(), care(under_contract=False))
    assert (found.coverage.state, found.here.state, found.here.short) == ("not_covered", "whole_bill", "whole bill")
    assert found.headline == "not covered: the whole bill here, $0 at a center under contract"


@pytest.mark.parametrize(
    ("dates", "state", "payable"),
    [
        ({"covered_from": date(2020, 1, 1)}, "eligible", True),
        ({}, "not_known", True),
        ({"covered_from": date(2026, 7, 1), "covered_to": date(2026, 9, 30)}, "eligible", True),
        ({"covered_from": date(2020, 1, 1), "covered_to": date(2026, 7, 31)}, "ended", True),
        ({"covered_from": date(2020, 1, 1), "covered_to": date(2026, 4, 30)}, "ended", False),
        ({"covered_from": date(2026, 9, 1)}, "not_yet", True),
        ({"covered_from": date(2027, 2, 1)}, "not_yet", False),
    ],
)
def test_who_joins_leaves_or_ends_retroactively_is_judged_by_date(
    dates: dict[str, Any], state: str, payable: bool
) -> None:
    found = answer(JOINTS, member(**dates))
    assert found.eligibility.state == state
    assert (found.here.state == "known") is payable
    if state == "ended":
        assert "An open case stays open" in found.eligibility.words
    if not payable:
        assert "nothing is estimated" in found.headline


def test_a_likely_day_in_the_next_plan_year_is_answered_for_this_one_and_said() -> None:
    later = care(on=date(2026, 11, 22), care_day=date(2027, 2, 20))
    found = answer(JOINTS, member("hsa", accumulators=met(50_000, 50_000)), later)
    assert found.here.low_cents == 120_000
    assert found.warnings[0].startswith("Care after Dec 31, 2026 falls under the next plan year")
    with pytest.raises(PlanYearNotLoaded) as refused:
        answer(JOINTS, member(), replace(later, care_day_given=True))
    assert refused.value.code == "plan_year_not_loaded"
    assert "Feb 20, 2027" in refused.value.message


def test_the_months_in_the_plan_are_counted_from_the_first_day_of_coverage_unless_they_are_said() -> None:
    since = Gate(CITED, "since", Condition("covered_months", "at_least", 24), "For how many months?")
    rules = program(rule(gates=(since,)))

    def state(**facts: Any) -> str:
        return answer(rules, member(**facts)).gates[0].state

    assert date(2026, 8, 6) == CARE_DAY
    assert state(covered_from="2024-08-06") == "met"
    late = answer(rules, member(covered_from="2024-08-07")).gates[0]
    assert (late.state, late.explanation.used[0].source) == (
        "not_yet",
        "covered from Aug 7, 2024, to the day of care",
    )
    assert (state(covered_from="2024-08-07", answers={"covered_months": 30}), state()) == ("met", "ask")


def test_nothing_is_promised_to_whom_the_rule_may_not_be_for() -> None:
    gift = Reward(CITED, 50_000, "gift card")
    rules = program(rule(rewards=(gift,), travel=(Travel(CITED),), members=is_("relationship", "subscriber")))
    unknown, known = answer(rules, member()), answer(rules, member(relationship="subscriber"))
    assert unknown.coverage.state == "ask"
    assert unknown.reward
    assert (unknown.reward.state, unknown.reward.amount_cents) == ("ask", None)
    assert unknown.reward.words == "If the rule is for this member: The plan gives $500 as a gift card."
    assert unknown.travel
    assert (unknown.travel.state, unknown.travel.lines) == ("ask", ())
    assert known.reward
    assert known.travel
    assert (known.reward.state, known.travel.state) == ("given", "paid")


@pytest.mark.parametrize(("account", "said"), [("HRA", "a health reimbursement account"), ("voucher", "as voucher")])
def test_a_reward_says_where_it_goes_however_the_file_writes_it(account: str, said: str) -> None:
    given = answer(program(rule(rewards=(Reward(CITED, 50_000, account),))), member()).reward
    assert given
    assert said in given.words


def test_duties_say_what_is_to_do_and_what_is_not_known() -> None:
    duties = (
        Duty(CITED, "caregiver", "An adult goes along.", True),
        Duty(CITED, "home_doctor", "A doctor at home takes over."),
        Duty(CITED, "call_first", "Call before seeing a surgeon."),
    )
    rules = program(rule(duties=duties, second_opinion=SecondOpinion(CITED, True, "video, at no cost")))
    unknown = answer(rules, member())
    known = answer(rules, member(companion_available=False, answers={"home_doctor": True, "call_first": True}))
    assert [duty.state for duty in unknown.duties] == ["ask", "ask", "to_do"]
    assert [duty.state for duty in known.duties] == ["to_do", "met", "met"]
    assert unknown.duties[0].words.startswith("An adult goes along. Their costs are covered.")
    assert unknown.second_opinion is not None
    assert unknown.second_opinion.words == "A second opinion is asked for first (video, at no cost)."


@pytest.mark.parametrize(("miles", "state"), [(130.0, "applies"), (46.0, "does_not_apply"), (95.0, "may_apply")])
def test_an_exception_changes_what_is_paid_elsewhere_once_it_is_confirmed(miles: float, state: str) -> None:
    exception = RuleException(CITED, "far", "No center near", (FAR,), "normal_benefit", "The desk asks for it.")
    rules = program(rule(mode="mandatory", outside=(OutsidePay(CITED, "nothing"),), exceptions=(exception,)))
    question = care(nearest_contract_known=True, nearest_contract_miles=miles)
    found = answer(rules, member(accumulators=left(120_000, 400_000)), question)
    assert found.exceptions[0].state == state
    assert found.elsewhere.state == "whole_bill"
    said = f"Once the exception “No center near”, which {state.replace('_', ' ')}, is confirmed: $4,000."
    assert (said in found.elsewhere.words) == (state != "does_not_apply")
    other = replace(exception, id="near", title="A center declines", when=())
    several = program(replace(rules.rules[0], exceptions=(other, replace(other, id="wait", title="No date in time"))))
    both = answer(several, member(accumulators=left(120_000, 400_000)), question).elsewhere.words
    assert "Once one of the exceptions “A center declines” or “No date in time”, which may apply, is confirmed" in both
    confirmed = member(accumulators=left(120_000, 400_000), answers={"exception_far": True})
    assert answer(rules, confirmed, question).elsewhere.low_cents == 400_000


def test_an_exception_that_a_person_judges_may_apply_and_the_rules_appeal_comes_first() -> None:
    judged = RuleException(CITED, "surgeon", "Keeps a surgeon", how="The desk writes to the plan.")
    own = Appeal(CITED, "Ask for a written decision.", 180, "the review board")
    rules = program(rule(exceptions=(judged,), appeal=own), appeal=Appeal(Cited("12"), "Ask the plan."))
    found = answer(rules, member())
    assert (found.exceptions[0].state, found.exceptions[0].explanation.counterfactual) == ("may_apply", None)
    assert found.appeal is not None
    assert found.appeal.words == "Ask for a written decision. Appeal within 180 days to the review board."


@pytest.mark.parametrize(
    ("given", "amount", "state"), [(None, 25_000, "given"), (90_000, 10_000, "given"), (100_000, 0, "used_up")]
)
def test_a_reward_stops_at_the_years_cap(given: int | None, amount: int, state: str) -> None:
    rules = program(rule(rewards=(Reward(CITED, 25_000, "hsa", is_("hsa_qualified", True), 100_000),)))
    found = answer(rules, member("hsa", accumulators=met(0, 0, reward_cents=given))).reward
    assert found is not None
    assert (found.amount_cents, found.state) == (amount, state)
    asked = answer(rules, member(None)).reward
    assert asked is not None
    assert (asked.amount_cents, asked.state) == (None, "ask")
    assert answer(rules, member()).reward is None


@pytest.mark.parametrize(
    ("market", "low", "high", "state"),
    [
        ((3_800_000, 4_600_000), 350_000, 1_150_000, "range"),  # less the bundle and the $4,500 share taken over
        ((3_200_000, 4_600_000), -250_000, 1_150_000, "no_clear_saving"),
        ((2_800_000, 2_900_000), -650_000, -550_000, "range"),
    ],
)
def test_savings_are_a_range_after_the_share_that_only_changes_hands(
    market: tuple[int, int], low: int, high: int, state: str
) -> None:
    found = answer(program(rule()), member(accumulators=met(0, 0)), care(market=market)).savings
    assert found is not None
    assert (found.state, found.low_cents, found.high_cents) == (state, low, high)
    assert ("No clear saving" in found.words) == (state == "no_clear_saving")
    with_fee = answer(
        program(rule(), administration_fee_cents=50_000), member(accumulators=met(0, 0)), care(market=market)
    )
    assert with_fee.savings is not None
    assert with_fee.savings.low_cents == low - 50_000


def test_prices_of_another_scope_are_never_compared() -> None:
    question = care()
    assert question.market is not None
    fee_alone = replace(question, market=replace(question.market, whole=False))
    for asked in (fee_alone, care(market=None), care(replace(BUNDLE, kind="posted_negotiated"))):
        found = answer(program(rule()), member(), asked).savings
        assert found is not None
        assert (found.state, found.low_cents) == ("not_said", None)


def test_it_is_said_aloud_as_an_estimate_with_what_is_extra() -> None:
    bundle = replace(BUNDLE, scope="hospital, surgeon, anesthesia, implant and 90 days", extra="rehabilitation")
    assert answer(JOINTS, member(), care(bundle)).spoken == (
        "If you qualify and the plan approves it first, the plan shows $0 for hospital, surgeon, anesthesia, implant "
        "and 90 days. Rehabilitation is extra. This is an estimate, not a promise of payment."
    )


def test_the_coverage_of_a_day_ends_with_the_plan_year() -> None:
    found = answer(program(rule(inside=(CostShare(CITED, "normal"),))), member(), care(care_day=CARE_DAY))
    assert (found.coverage.explanation.counterfactual or "").startswith("After Dec 31, 2026 the rules and limits")


def far(miles: float | None, **changes: Any) -> RuleAnswer:
    """Answer under a mandatory rule that pays the normal benefit beyond 100 miles, at a hospital without a contract."""
    outside = OutsidePay(CITED, "nothing", exempt_beyond_miles=Decimal(100))
    asked = care(
        nearest_contract_miles=miles, nearest_contract_known=miles is not None, under_contract=False, **changes
    )
    return answer(program(rule(mode="mandatory", outside=(outside,))), member(accumulators=met(0, 0)), asked)


def test_where_only_the_miles_decide_about_the_whole_bill_both_are_said_with_their_reasons() -> None:
    found = far(None)
    assert (found.here.short, found.coverage.state) == ("$4.5k-30k", "ask")
    assert found.here.words == (
        "The whole bill here, $30,000 by what plans allow (the plan pays nothing there); or $4,500 "
        "(beyond 100 miles from every center under contract: the normal benefit)."
    )
    unpriced = far(None, price=None, market=None)
    assert unpriced.here.short == unpriced.elsewhere.short == "whole bill?"
    assert unpriced.headline == "you may pay the whole bill here, $0 at a center under contract"
    assert unpriced.spoken.startswith("Your plan may pay nothing at this hospital")
    assert (far(99.0).here.state, far(20.0).here.state, far(400.0).here.low_cents) == ("range", "whole_bill", 450_000)


def test_the_miles_that_decide_are_named_and_the_other_side_of_them_is_reckoned() -> None:
    near, away = far(20.0), far(400.0)
    assert "miles to the nearest center under contract" in {used.fact for used in near.here.explanation.used}
    said = "With the nearest center under contract more than 100 miles away it would be $4,500 here."
    assert said in (near.here.explanation.counterfactual or "")
    said = "With the nearest center under contract at most 100 miles away it would be the whole bill here."
    assert said in (away.here.explanation.counterfactual or "")
    assert away.coverage.words.endswith("Beyond 100 miles from every center under contract: the normal benefit.")
    assert near.elsewhere.ask == ()


def test_only_facts_that_play_a_part_stand_behind_an_answer() -> None:
    waived = answer(JOINTS, member(accumulators=met(0, 0)))
    assert [used.fact for used in waived.here.explanation.used] == ["contract", "plan option"]
    facts = ["plan option", "coverage tier", "deductible left", "out-of-pocket left", "allowed amount elsewhere"]
    assert [used.fact for used in waived.elsewhere.explanation.used] == facts
    gives = answer(program(rule(rewards=(Reward(CITED, 50_000, "paycheck"),))), member()).reward
    assert gives is not None
    assert [used.fact for used in gives.explanation.used] == ["contract"]
    assert gives.explanation.counterfactual == "At a hospital that is not under contract there is no reward."


def test_a_coverage_that_is_over_is_said_to_have_ended() -> None:
    over = answer(JOINTS, member(covered_from=date(2020, 1, 1), covered_to=date(2026, 4, 30)))
    assert over.headline.startswith("coverage ended on Apr 30, 2026, before the day of care")


def test_a_reward_that_is_used_up_is_not_promised_at_another_center_either() -> None:
    rules = program(rule(rewards=(Reward(CITED, 50_000, "paycheck", (), 100_000),)))
    used_up = member(accumulators=met(0, 0, reward_cents=100_000))
    found = answer(rules, used_up, care(under_contract=False)).reward
    assert found is not None
    assert (found.state, found.explanation.counterfactual) == ("not_given", None)


def test_another_plan_option_that_pays_nothing_there_is_the_whole_bill() -> None:
    outside = (OutsidePay(CITED, "nothing", when=is_("plan_option", "ppo")), OutsidePay(CITED))
    found = answer(program(rule(outside=outside)), member("hsa"), care(under_contract=False))
    assert "With PPO it would be the whole bill here." in (found.here.explanation.counterfactual or "")


def test_an_end_without_a_beginning_does_not_say_what_lies_within_the_coverage() -> None:
    found = answer(JOINTS, member(covered_to=date(2026, 5, 31))).eligibility
    assert found.explanation.counterfactual == "Care up to May 31, 2026 comes before the coverage ends."

"""One answer of one program: every part with its clause, its facts and what would change it (CONTRACT 4, 7, 8)."""

from __future__ import annotations

from collections.abc import Callable

from navigator.days import day_words
from navigator.program.care import Care
from navigator.program.engine.asked import Asked, asked
from navigator.program.engine.choosing_rule import chosen_rule, left_out, possible_rules
from navigator.program.engine.cost_answer import as_of_note, by_option, told
from navigator.program.engine.counterfactuals import (
    elsewhere_otherwise,
    here_otherwise,
    span_words,
    under_contract_words,
    with_exceptions,
)
from navigator.program.engine.coverage import coverage
from navigator.program.engine.duties import duties, second_opinion
from navigator.program.engine.eligibility import eligibility, eligibility_warnings
from navigator.program.engine.exceptions import appeal, exceptions
from navigator.program.engine.facts import Facts
from navigator.program.engine.gates import judged_gates, not_yet, told_gates
from navigator.program.engine.law import hsa_law
from navigator.program.engine.member_cost import Estimate, estimate, option_of
from navigator.program.engine.rewards import reward
from navigator.program.engine.savings import savings
from navigator.program.engine.saying import Said, headline, spoken
from navigator.program.engine.travel import travel, travel_phrase
from navigator.program.engine.wording import listed
from navigator.program.member import MemberFacts
from navigator.program.rule_answer import (
    ESTIMATE,
    NOT_A_GUARANTEE,
    Coverage,
    MemberCost,
    PlanWords,
    ProgramCited,
    RewardAnswer,
    RuleAnswer,
    TravelAnswer,
)
from navigator.program.rules import ProgramRules, Rule, TaxLimits

_Both = tuple[Estimate, Estimate]
"""What the member pays here, and elsewhere."""
_IF_IN = "If the rule is for this member:"
OUT_OF_NETWORK = "Out of network nothing is estimated: the plan may pay less or not at all, and bills have no limit."


def answer_rule(rules: ProgramRules, member: MemberFacts, care: Care, limits: Callable[[int], TaxLimits]) -> RuleAnswer:
    """Answer member x procedure x center x day; pure and deterministic, nothing is read or kept.

    Raises PlanYearNotLoaded for a day outside the rules' dates, FactsContradict for facts that cannot all be
    true, and whatever ``limits`` raises for a tax year that is not loaded.
    """
    question = asked(rules, member, care, limits)
    facts = Facts(question, option_of(question))
    rule = chosen_rule(possible_rules(rules, care, facts), facts)
    # A rule's other parts are for the members that it is for: not for who is surely left out, or not covered then.
    own = None if rule is None or not question.payable or left_out(rule, facts)[1].holds else rule
    both = estimate(question, "here"), estimate(question, "elsewhere")
    judged = judged_gates(question, own, facts) if own else ()
    waits_for = not_yet(judged) if care.center.under_contract else ()
    here, elsewhere = _told_costs(question, own, facts, both, waits_for)
    covered = coverage(question, rule, both[0])
    answer = RuleAnswer(
        program=_cited(rules),
        on=care.on,
        care_day=care.care_day,
        procedure=care.procedure,
        facility=care.center.facility,
        facility_name=care.center.name,
        under_contract=care.center.under_contract,
        eligibility=eligibility(question),
        coverage=covered,
        here=here,
        elsewhere=elsewhere,
        hsa=hsa_law(question, both[0]),
        reward=_reward_if_in(covered, reward(question, own, facts) if own else None),
        travel=_travel_if_in(covered, travel(question, own, facts) if own else None),
        duties=duties(question, own, facts) if own else (),
        second_opinion=second_opinion(question, own) if own else None,
        gates=told_gates(question, judged, span_words(both[0])),
        exceptions=exceptions(question, own, facts) if own else (),
        appeal=appeal(question, rule),
        savings=None,
        follow_up_days=own.follow_up_days if own else (),
        warnings=(*question.warnings, *eligibility_warnings(question)),
        headline="",
        spoken="",
        notes=_notes(question),
    )
    return _with_words(question, own, answer, both, waits_for)


def _told_costs(
    question: Asked, own: Rule | None, facts: Facts, both: _Both, waits_for: tuple[str, ...]
) -> tuple[MemberCost, MemberCost]:
    """Tell what the member pays here and elsewhere, each with what would change it."""
    here, elsewhere = both
    waits = [f"Not yet: the plan asks for {listed(waits_for)}."] if waits_for else []
    adds = (*waits, *with_exceptions(question, own, here, "here", facts))
    exempt = with_exceptions(question, own, elsewhere, "elsewhere", facts)
    return (
        told(question, here, "here", adds, here_otherwise(question, here, elsewhere)),
        told(question, elsewhere, "elsewhere", exempt, elsewhere_otherwise(question, elsewhere)),
    )


def _with_words(
    question: Asked, own: Rule | None, answer: RuleAnswer, both: _Both, waits_for: tuple[str, ...]
) -> RuleAnswer:
    """Add what is reckoned and said from the parts of an answer."""
    by_plan, inside = by_option(both[0]), under_contract_words(question, both[0])
    on_the_way = travel_phrase(own, answer.travel)
    return answer.model_copy(
        update={
            "spanish": _own_spanish(question.rules, answer),
            "savings": savings(question, own, answer, both),
            "headline": headline(question, answer, Said(by_plan, inside, waits_for, on_the_way)),
            "spoken": spoken(question, answer, by_plan),
        }
    )


def _own_spanish(rules: ProgramRules, answer: RuleAnswer) -> tuple[PlanWords, ...]:
    """Give the Spanish that the file has of the sentences in an answer."""
    if not rules.spanish:
        return ()
    duties = [part for duty in answer.duties for part in (duty.says, *duty.questions, duty.explanation.words)]
    gates = [part for gate in answer.gates for part in (*gate.questions, gate.change, gate.explanation.words)]
    ways = [part for each in answer.exceptions for part in (each.title, each.how, each.explanation.words)]
    asked = [question for each in answer.exceptions for question in each.questions]
    parts = (answer.coverage, answer.here, answer.elsewhere, answer.reward, answer.travel, answer.second_opinion)
    cited = [part.explanation.words for part in (*parts, answer.appeal) if part]
    beside = [answer.second_opinion and answer.second_opinion.by, answer.appeal and answer.appeal.says]
    plans = [each.option for cost in (answer.here, answer.elsewhere) for each in cost.by_option]
    used = {*duties, *gates, *ways, *asked, *cited, *beside, *plans}
    return tuple(PlanWords(en=english, es=spanish) for english, spanish in rules.spanish if english in used)


def _reward_if_in(covered: Coverage, given: RewardAnswer | None) -> RewardAnswer | None:
    """Promise no reward to a member of whom it is not known whether the rule is for them."""
    if covered.state != "ask" or given is None or given.state != "given":
        return given
    return given.model_copy(update={"state": "ask", "amount_cents": None, "words": f"{_IF_IN} {given.words}"})


def _travel_if_in(covered: Coverage, paid: TravelAnswer | None) -> TravelAnswer | None:
    if covered.state != "ask" or paid is None or paid.state not in ("paid", "check_miles"):
        return paid
    return paid.model_copy(update={"state": "ask", "lines": (), "words": f"{_IF_IN} {paid.words}"})


def _cited(rules: ProgramRules) -> ProgramCited:
    return ProgramCited(
        id=rules.program_id,
        employer=rules.employer,
        plan_year=rules.plan_year,
        version=rules.version,
        sha256=rules.sha256,
    )


def _notes(question: Asked) -> tuple[str, ...]:
    notes = [f"{ESTIMATE}.", OUT_OF_NETWORK]
    price, market = question.center.price, question.care.market
    if price is not None and price.as_of:
        notes.append(f"Price here as of {day_words(price.as_of)}.")
    if market is not None and market.as_of:
        notes.append(f"Prices elsewhere as of {day_words(market.as_of)}, {market.source}.")
    notes += [note for note in (as_of_note(question),) if note]
    if question.member.covered_from:
        notes.append(NOT_A_GUARANTEE)
    return tuple(notes)

"""Cards about the way: what travel is paid, for whom, what of it may be taxed, and what if nobody can go along."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from navigator.hr.card import AnswerCard, CardTable
from navigator.hr.desk import Facts, HrDesk, answer_for, at_center, card, cited, place_of, procedure_of, rule_about
from navigator.hr.plan_cards import reach_words
from navigator.hr.questions import HrQuestion
from navigator.program import in_call
from navigator.program.rule_answer import ESTIMATE
from navigator.program.tax_limits import limits_of
from provider_directory.saying import lower_first
from provider_directory.spoken import dollars

if TYPE_CHECKING:
    from navigator.program.rule_answer import RuleAnswer
    from navigator.program.rules import ProgramRules, TaxLimits, Travel
    from provider_directory.models import Procedure

NO_TAX_ADVICE = "What may be taxable is no tax advice: payroll or a tax adviser decides."


async def travel(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say what travel is paid, for how many people, and which part of it may be taxable."""
    program, rules = desk.ruled()
    at = await at_center(desk, facts)
    answer = answer_for(at, rules)
    limits = limits_of(program.plan_year)
    given = travel_rule(rules, at.procedure)
    if given is None:
        return card(
            desk,
            question,
            f"No: the program pays no travel for {lower_first(at.procedure.name)}.",
            more=(_if_paid_anyway(limits),),
            sources=(_law(limits),),
            caveats=(NO_TAX_ADVICE,),
            about=at.about,
        )
    along = _companions(given)
    here = answer.travel.words if answer.travel else ""
    return card(
        desk,
        question,
        f"{_lead(given, answer)}: the program pays the way of the member{along}"
        f"{_from_miles(given)}; what goes beyond the law's limits may be taxable wage.",
        more=(f"From here: {lower_first(here)}",) if here and at.center else (),
        tables=(
            CardTable(head=("what", "the plan pays", "tax-free up to", "beyond it"), rows=tuple(_lines(given, limits))),
        ),
        clauses=cited(answer.travel.explanation if answer.travel else None)
        or (f"{given.cited.clause}: {given.cited.words or ''}".rstrip(": "),),
        sources=(_law(limits),),
        caveats=(*reach_words(at), *answer.warnings, NO_TAX_ADVICE, f"{ESTIMATE}."),
        about=at.about,
    )


async def nobody_along(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say what can be done where nobody can go along."""
    _program, rules = desk.ruled()
    procedure = await procedure_of(desk, facts)
    answer = await _answered(desk, facts, procedure, rules)
    needed = next((duty for duty in answer.duties if duty.id == "caregiver"), None)
    given = travel_rule(rules, procedure)
    if needed is None:
        sentence = (
            "The plan's file asks for nobody to go along; the center may, so ask its intake before a date is set."
        )
    else:
        sentence = f"The plan asks for an adult who goes along, so it is “not yet”, not a no. Ask {desk.ask}."
    ways = [("ask the desk", f"{desk.ask}: it asks the center what help it has, and whether an exception fits.")]
    if given is not None and given.companions:
        ways.append(("anybody may be it", f"The plan pays the way of {_people(given.companions)}: need not be family."))
    ways.append(("a nearer center", "Less travel, and neighbors can help: see “Which centers are near our site?”."))
    ways.append(("after the operation", "Ask the center for a stay or help at home, and what of it the plan covers."))
    ways += [("exception", each.words) for each in answer.exceptions]
    if not answer.exceptions:
        ways.append(("exception", f"The file names none; a written decision can be asked for: {desk.ask}."))
    return card(
        desk,
        question,
        sentence,
        more=(needed.words,) if needed else (),
        tables=(CardTable(head=("way", "how"), rows=tuple(ways)),),
        clauses=cited(needed.explanation if needed else None, *(each.explanation for each in answer.exceptions)),
        caveats=(
            "Going home alone on the day of an operation is for the center to judge, not for the plan or for HR.",
        ),
        about=procedure.name,
    )


async def _answered(desk: HrDesk, facts: Facts, procedure: Procedure, rules: ProgramRules) -> RuleAnswer:
    if await place_of(desk, facts) is None:
        return in_call.answer_before_center(procedure, desk.on, rules, None)
    return answer_for(await at_center(desk, facts), rules)


def travel_rule(rules: ProgramRules, procedure: Procedure) -> Travel | None:
    """Give the first travel provision of the rule about a procedure; None where no way is paid."""
    rule = rule_about(rules, procedure)
    return next(iter(rule.travel), None) if rule else None


def _lead(travel: Travel, answer: RuleAnswer) -> str:
    """Answer first: from a site beside a center the way is not paid, whatever the rule pays from farther away."""
    if answer.travel is not None and answer.travel.state == "not_paid":
        return "Not from here"
    return "Yes" if travel.companions else "The member alone"


def _companions(travel: Travel) -> str:
    if not travel.companions:
        return ", nobody else"
    minor = travel.companions_if_minor
    more = f" ({_people(minor)} for a minor)" if minor and minor != travel.companions else ""
    return f" and {_people(travel.companions)}{more}"


def _people(count: int) -> str:
    return "one companion" if count == 1 else f"{count} companions"


def _from_miles(travel: Travel) -> str:
    return f" from {travel.min_miles:f} miles one way" if travel.min_miles is not None else " from the first mile"


def _lines(travel: Travel, limits: TaxLimits) -> list[tuple[str, str, str, str]]:
    rate = _cents_a_mile(Decimal(limits.mileage_tenth_cents) / 10)
    both = 2 * limits.lodging_person_night_cents
    paid = {"irs": rate, "cents": _cents_a_mile(Decimal(travel.mileage_tenth_cents or 0) / 10), "none": "no mileage"}
    night = "not said" if travel.lodging_night_cents is None else f"{dollars(travel.lodging_night_cents)} a night"
    nights = f", {travel.nights} nights at most" if travel.nights is not None else ""
    lines = [
        ("car", paid[travel.mileage], rate, "may be taxable"),
        (
            "lodging",
            f"{night}{nights}",
            f"{dollars(limits.lodging_person_night_cents)} a person and night, {dollars(both)} for two",
            "may be taxable",
        ),
    ]
    if travel.per_diem_cents is not None:
        daily = f"{dollars(travel.per_diem_cents)} a person and day"
        lines.append(("meals, per diem", daily, "meals: nothing, but in the hospital", "may be taxable"))
    caps = [
        f"{dollars(cents)} {each}"
        for each, cents in (("a case", travel.cap_case_cents), ("a year", travel.cap_year_cents))
        if cents is not None
    ]
    lines.append(("in all", ", ".join(caps) or "no cap is said", "", ""))
    return lines


def _cents_a_mile(cents: Decimal) -> str:
    return f"{cents.normalize():f} cents a mile"


def _if_paid_anyway(limits: TaxLimits) -> str:
    rate = _cents_a_mile(Decimal(limits.mileage_tenth_cents) / 10)
    night = dollars(limits.lodging_person_night_cents)
    return f"If it were paid: in {limits.year} {rate} and {night} a person and night, for two people, are tax-free."


def _law(limits: TaxLimits) -> str:
    return f"{limits.source}; limits of {limits.year}, checked {limits.checked.isoformat()}"

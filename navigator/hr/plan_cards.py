"""Cards about the plan: is it in the program, what does it cost, the deductible, who else is covered, a bill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.hr.card import AnswerCard, CardTable
from navigator.hr.desk import (
    AtCenter,
    Facts,
    HrDesk,
    answer_for,
    at_center,
    card,
    cited,
    law_of,
    place_of,
    procedure_of,
)
from navigator.hr.questions import HrQuestion
from navigator.languages.translating import translator
from navigator.program import in_call
from navigator.program.cost_in_words import cost_in_words
from navigator.program.engine.cost_answer import DEDUCTIBLE_LEFT, SHORT_MAYBE_WHOLE_BILL
from navigator.program.rule_answer import ESTIMATE
from navigator.program.tax_limits import limits_of
from provider_directory.spoken import dollars, listed

if TYPE_CHECKING:
    from navigator.program.member import MemberFacts
    from navigator.program.rule_answer import MemberCost, RuleAnswer
    from navigator.program.rules import PlanOption

NOT_ONE_MEMBER = (
    "A range over the plan options and what may be met already; one member's own figure is the desk's to say."
)
_IN = {
    "covered": "Yes, it is in the program",
    "not_covered": "Yes, it is in the program",
    "not_in_program": "No, it is not in the program",
    "left_out": "It is in the program, but not for everybody",
    "ask": "It depends",
}
_FEE_ALONE = "; the price known"
_PLACES = (" here", " at other hospitals of the network")
_MUST = {
    "mandatory": "and only a center under contract counts",
    "voluntary": "and nobody has to use it",
    "tiered": "and nobody has to use it, but what the plan pays depends on the tier",
}


async def in_program(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say whether a procedure is in the program, and whether a member must use a center."""
    _program, rules = desk.ruled()
    procedure = await procedure_of(desk, facts)
    if await place_of(desk, facts) is None:
        answer, about = in_call.answer_before_center(procedure, desk.on, rules, None), procedure.name
        near: tuple[str, ...] = ()
    else:
        at = await at_center(desk, facts)
        answer, about, near = answer_for(at, rules), at.about, reach_words(at)
    covered = answer.coverage
    must = f", {_MUST[covered.mode]}" if covered.mode and covered.state in ("covered", "not_covered") else ""
    rows = [("at a center under contract", answer.here.words), ("elsewhere in the network", answer.elsewhere.words)]
    rows += [("exception", each.words) for each in answer.exceptions]
    if covered.mode == "mandatory" and not answer.exceptions:
        rows.append(("exception", f"the file names none; ask {desk.ask}"))
    if answer.appeal:
        rows.append(("appeal", answer.appeal.words))
    return card(
        desk,
        question,
        f"{_IN[covered.state]}{must}.",
        more=(covered.words,) if covered.state != "covered" else (),
        tables=(CardTable(head=("where", "what the member pays"), rows=tuple(rows)),),
        clauses=cited(covered.explanation, answer.elsewhere.explanation, *(e.explanation for e in answer.exceptions)),
        caveats=(*near, *answer.warnings, NOT_ONE_MEMBER, f"{ESTIMATE}."),
        about=about,
    )


async def cost(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say what a member pays at the center of the place and elsewhere, for every plan option."""
    _program, rules = desk.ruled()
    at = await at_center(desk, facts)
    whole = answer_for(at, rules)
    named = facts.text("option").casefold()
    options = [each for each in desk.options if named in (each.id.casefold(), each.name.casefold(), "")]
    answers = [(option, answer_for(at, rules, _with_option(option))) for option in options or desk.options]
    rows = [(option.name, _amounts(answer.here), _amounts(answer.elsewhere)) for option, answer in answers]
    only = answers[0] if len(answers) == 1 and len(desk.options) > 1 else None
    told, with_it = (only[1], f", with {only[0].name},") if only else (whole, "")
    price = at.center.price if at.center else None
    return card(
        desk,
        question,
        f"{_paid(f'At {whole.facility_name}{with_it}', told.here)} {_paid('Elsewhere in the network', told.elsewhere)}",
        tables=(CardTable(head=("plan option", "at the center", "elsewhere in the network"), rows=tuple(rows)),)
        if rows
        else (),
        clauses=cited(whole.here.explanation, whole.elsewhere.explanation),
        sources=(
            f"price here: {price.label}, {price.source}" if price and price.source else "price here: not known",
            *law_of(*(answer.hsa for _option, answer in answers)),
        ),
        caveats=(*reach_words(at), *whole.warnings, _fee_words(whole.elsewhere), NOT_ONE_MEMBER, *whole.notes),
        about=at.about,
    )


async def hdhp(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say whether the deductible applies in a plan that goes with a health savings account."""
    program, rules = desk.ruled()
    at = await at_center(desk, facts)
    ours = [option for option in desk.options if option.hsa_qualified or option.type == "hdhp"]
    if not ours:
        return card(
            desk,
            question,
            f"{program.employer} has no plan option with a health savings account, so the law's deductible plays no"
            " part.",
            about=at.about,
        )
    limits = limits_of(program.plan_year)
    answers = [(option, answer_for(at, rules, _with_option(option))) for option in ours]
    first = answers[0][1]
    single, family = limits.hdhp_minimum_deductible_self_cents, limits.hdhp_minimum_deductible_family_cents
    least = f"{dollars(single)} for one person, {dollars(family)} for a family"
    applies = first.hsa is not None
    sentence = (
        f"Yes, as far as the law asks: at a center under contract the program pays all but the law's minimum"
        f" deductible, {least} in {limits.year}."
        if applies
        else f"{_own_deductible(first.here)} {_paid(f'At a center under contract, with {ours[0].name},', first.here)}"
    )
    rows = tuple(
        (option.name, deductibles(option), _amounts(answer.here), _amounts(answer.elsewhere))
        for option, answer in answers
    )
    return card(
        desk,
        question,
        sentence,
        tables=(CardTable(head=("plan option", "its deductible", "at the center", "elsewhere"), rows=rows),),
        clauses=cited(first.here.explanation),
        sources=(*law_of(first.hsa), f"{limits.source}; checked {limits.checked.isoformat()}"),
        caveats=(*reach_words(at), *first.warnings, NOT_ONE_MEMBER, f"{ESTIMATE}."),
        about=at.about,
    )


async def coverage(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say for whom the program is: COBRA, retirees, people on leave, a spouse on Medicare."""
    from navigator.program.member import MemberFacts

    _program, rules = desk.ruled()
    at = await at_center(desk, facts)
    kinds: tuple[tuple[str, MemberFacts], ...] = (
        ("employee", MemberFacts(employment="active", medicare_primary=False)),
        ("somebody on COBRA", MemberFacts(employment="cobra", medicare_primary=False)),
        ("retiree before Medicare", MemberFacts(employment="retiree", medicare_primary=False)),
        ("retiree with Medicare first", MemberFacts(employment="retiree", medicare_primary=True)),
        ("somebody on leave", MemberFacts(employment="leave", medicare_primary=False)),
        ("spouse with Medicare first", MemberFacts(relationship="spouse", medicare_primary=True)),
        ("spouse with our plan first", MemberFacts(relationship="spouse", medicare_primary=False)),
    )
    answers = [(who, answer_for(at, rules, member)) for who, member in kinds]
    inside = [who for who, answer in answers if answer.coverage.state == "covered"]
    outside = [who for who, answer in answers if answer.coverage.state != "covered"]
    sentence = f"By the rule it is for: {listed(tuple(inside)) or 'nobody of these'}."
    if outside:
        sentence += f" Not, or only after asking: {listed(tuple(outside))}."
    rows = tuple((who, _verdict(answer), answer.here.short) for who, answer in answers)
    return card(
        desk,
        question,
        sentence,
        tables=(CardTable(head=("who", "in the program", "pays at the center"), rows=rows),),
        clauses=cited(*(answer.coverage.explanation for _who, answer in answers)),
        caveats=(
            "Whether somebody is covered on the day of care stands in the eligibility file; the rule alone promises"
            " no coverage.",
            "A plan of an employer with 20 people or more usually pays before Medicare for somebody who still works,"
            " and for the spouse of somebody who does: ask who pays first.",
            *answers[0][1].warnings,
        ),
        sources=("Medicare as a secondary payer: 42 USC 1395y(b)",),
        about=at.about,
    )


async def bill(desk: HrDesk, question: HrQuestion, facts: Facts) -> AnswerCard:
    """Say what to do with a bill; HR needs neither the bill nor the diagnosis for it."""
    covered: list[tuple[str, str]] = []
    clauses: tuple[str, ...] = ()
    about = ""
    if facts.text("procedure") and facts.text("place"):
        at = await at_center(desk, facts)
        about = at.about
        if at.center and at.center.price.kind == "contract_bundle":
            price = at.center.price
            covered = [
                ("in the contract price", listed(price.included) or price.scope or "not listed"),
                ("billed on top of it", listed(price.extra) or "nothing is listed"),
            ]
        if desk.rules:
            answer = answer_for(at, desk.rules)
            clauses = cited(answer.here.explanation, answer.appeal.explanation if answer.appeal else None)
    steps = (
        ("1", f"She calls {desk.ask} with the bill in hand; HR needs neither bill nor diagnosis."),
        ("2", "She does not pay before the desk has looked, and asks for an itemized bill."),
        ("3", "The desk looks: contract on the day of care? approved first? is the item in the contract price?"),
        ("4", "In the contract price: the center takes the bill back. On top of it: her normal share is due."),
        ("5", "Out of network, emergency, or a doctor whom she did not choose: the No Surprises Act may limit it."),
        ("6", "If it stands and she disagrees: a written decision, and an appeal in time."),
    )
    tables = [CardTable(head=("", "what to do"), rows=steps)]
    if covered:
        tables.insert(0, CardTable(head=("", "at the center"), rows=tuple(covered)))
    return card(
        desk,
        question,
        f"Nothing is to be paid before the desk has looked at it ({desk.ask}): what the contract price covers is not"
        " billed to her again.",
        tables=tables,
        clauses=clauses,
        sources=("No Surprises Act, Public Law 116-260; cms.gov/nosurprises",),
        caveats=("The bill says what she was treated for: it belongs with the desk, not with HR.",),
        about=about,
    )


def _with_option(option: PlanOption) -> MemberFacts:
    from navigator.program.member import MemberFacts

    return MemberFacts(plan_option=option.id)


def deductibles(option: PlanOption) -> str:
    """Say an option's deductible: "$1,500 single, $3,000 family"."""
    amounts = (option.deductible_self_cents, option.deductible_family_cents)
    single, family = ("not said" if each is None else dollars(each) for each in amounts)
    return f"{single} single, {family} family"


def _verdict(answer: RuleAnswer) -> str:
    return "yes" if answer.coverage.state == "covered" else answer.coverage.words


def reach_words(at: AtCenter) -> tuple[str, ...]:
    """Say how far the center lies where none is near."""
    if at.center is None:
        return (f"No center under contract stands in this edition for {at.procedure.name}.",)
    if at.offer.no_contract_in_reach is not None:
        return (f"No center under contract lies within 50 miles; the nearest is about {at.center.miles:,.0f} miles.",)
    return ()


def _own_deductible(cost: MemberCost) -> str:
    """Say whether the plan's own deductible is in a cost; no more than that where nothing is reckoned."""
    if any(step.text == DEDUCTIBLE_LEFT for step in cost.steps):
        return "Yes: the plan's own deductible comes first."
    return "The plan's own deductible is in no part of it." if cost.steps else "The plan's rule decides."


def _paid(where: str, cost: MemberCost) -> str:
    """Say what a member pays in a place as a sentence, or why that is not known."""
    told = cost.state == "whole_bill" or cost.high_cents is not None
    if not told or cost.short == SHORT_MAYBE_WHOLE_BILL:
        return f"{where.removesuffix(',')}: {_amounts(cost)}."
    return f"{where} a member pays {cost_in_words(translator('en'), cost)}."


def _amounts(cost: MemberCost) -> str:
    """Give a cost without the words for the place, which the card says itself."""
    words = cost.words.partition(_FEE_ALONE)[0].removesuffix(".")
    for place in _PLACES:
        words = words.removesuffix(place)
    return words


def _fee_words(cost: MemberCost) -> str:
    """Say that a price elsewhere is the hospital's fee alone, where it is."""
    _amount, known, rest = cost.words.partition(_FEE_ALONE)
    return f"Elsewhere {known.removeprefix('; ')}{rest}" if known else ""

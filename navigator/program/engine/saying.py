"""The answer in one line for the card, and as it is said aloud (CONTRACT 8)."""

from __future__ import annotations

from typing import NamedTuple

from navigator.days import day_words
from navigator.program.engine.asked import Asked
from navigator.program.engine.cost_answer import SHORT_MAYBE_WHOLE_BILL
from navigator.program.engine.sharing import Span
from navigator.program.engine.wording import about_words, amount_words, listed
from navigator.program.rule_answer import MemberCost, RuleAnswer
from provider_directory.spoken import ESTIMATE

HEADLINE_CELLS = 78
_MAYBE = "maybe "


class Said(NamedTuple):
    """What the line is made of beside the answer."""

    by_option: str | None
    """Each plan option's amount here, where they differ."""
    under_contract: tuple[str, ...]
    """The amount at a center under contract, where this one is not and it differs: by option, and over all."""
    waits_for: tuple[str, ...]
    """What gates that are not met ask for."""
    travel: str | None


def headline(asked: Asked, answer: RuleAnswer, said: Said) -> str:
    """Say the answer in at most 78 cells: the fullest way that fits, with travel where there is room."""
    if not asked.payable:
        return _fitting([_uncovered(answer, asked), "nothing is estimated"])
    lines = [_opened(answer, said, amounts) for amounts in _amounts(answer, said)]
    line = next((each for each in lines if len(each) <= HEADLINE_CELLS), lines[-1])
    return _fitting([line, *([said.travel] if said.travel else [])])


def _opened(answer: RuleAnswer, said: Said, amounts: str) -> str:
    match answer.coverage.state:
        case "not_in_program":
            return f"not in the program: {amounts}"
        case "left_out":
            unknown = answer.here.state == "not_estimated"
            reason = answer.here.words.split(";")[0].rstrip(".")
            return f"the rule is not for this member: {reason if unknown else amounts}"
        case "not_covered":
            return f"not covered: {amounts}"
        case _ if said.waits_for:
            return f"{_waiting(said.waits_for, f'; then {amounts}')}; then {amounts}"
        case _:
            if amounts.startswith(_MAYBE):
                return f"you may pay {amounts.removeprefix(_MAYBE)}"
            return f"what you pay: {amounts}" if amounts.startswith("not known") else f"you pay {amounts}"


def _amounts(answer: RuleAnswer, said: Said) -> list[str]:
    """Give the costs here and beside here, the fullest way first."""
    here = list(dict.fromkeys((said.by_option or _cost(answer.here), _cost(answer.here))))
    beside = [f"{each} at a center under contract" for each in said.under_contract]
    if not beside and _differ(answer):
        beside = [f"{_cost(answer.elsewhere)} elsewhere"]
    return [*(f"{one} here, {other}" for one in here for other in beside), *(f"{one} here" for one in here)]


def _waiting(waits_for: tuple[str, ...], then: str) -> str:
    """Name what is waited for where the cost has room beside it, else count it."""
    named = f"not yet: {listed(waits_for)}"
    if len(named) + len(then) <= HEADLINE_CELLS:
        return named
    return "not yet: one condition" if len(waits_for) == 1 else f"not yet: {len(waits_for)} conditions"


def _fitting(parts: list[str]) -> str:
    while len(parts) > 1 and len("; ".join(parts)) > HEADLINE_CELLS:
        parts = parts[:-1]
    line = "; ".join(parts)
    return line if len(line) <= HEADLINE_CELLS else f"{line[: HEADLINE_CELLS - 1].rstrip()}…"


def _uncovered(answer: RuleAnswer, asked: Asked) -> str:
    member = asked.member
    if answer.eligibility.state == "ended" and member.covered_to:
        ends = "ended" if member.covered_to < answer.on else "ends"
        return f"coverage {ends} on {day_words(member.covered_to)}, before the day of care"
    start = f" on {day_words(member.covered_from)}" if member.covered_from else ""
    return f"coverage begins{start}, after the day of care"


def _differ(answer: RuleAnswer) -> bool:
    """Say whether the cost elsewhere is another than here."""
    costs = (answer.here, answer.elsewhere)
    here, elsewhere = ((cost.state, cost.low_cents, cost.high_cents) for cost in costs)
    return here != elsewhere


def _cost(cost: MemberCost) -> str:
    if cost.state == "whole_bill":
        return "the whole bill"
    if cost.short == SHORT_MAYBE_WHOLE_BILL:
        return f"{_MAYBE}the whole bill"
    if _is_unknown(cost):
        return "not known"
    span = Span(cost.low_cents or 0, cost.high_cents)
    return about_words(span) if cost.state == "range" else amount_words(span, cost.state == "at_most")


def _is_unknown(cost: MemberCost) -> bool:
    """Say whether nothing is known of a cost: "from $0 on" says nothing either."""
    return cost.state == "not_estimated" or cost.low_cents is None or (not cost.low_cents and cost.high_cents is None)


def spoken(asked: Asked, answer: RuleAnswer, here: str | None) -> str:
    """Say the cost aloud: what the plan shows if the member qualifies, for what, and that it is an estimate."""
    cost, price = answer.here, asked.center.price
    if cost.short == SHORT_MAYBE_WHOLE_BILL:
        return f"Your plan may pay nothing at this hospital: the whole bill may be yours. {ESTIMATE}"
    if cost.state == "whole_bill":
        return f"Your plan pays nothing at this hospital: the whole bill would be yours. {ESTIMATE}"
    if _is_unknown(cost):
        return f"What you would pay there is not known. {cost.words}"
    amount = listed([_with_option(each) for each in here.split("; ")]) if here else _cost(cost)
    if not answer.under_contract or answer.coverage.state not in ("covered", "ask"):
        return f"By the plan's rules you would pay {amount} there. {ESTIMATE}"
    whole = price is not None and price.whole
    scope = f" for {price.scope}" if price is not None and whole and price.scope else ""
    extra = f" {price.extra[:1].upper()}{price.extra[1:]} {_is(price.extra)} extra." if price and price.extra else ""
    return f"If you qualify and the plan approves it first, the plan shows {amount}{scope}.{extra} {ESTIMATE}"


def _with_option(words: str) -> str:
    """Turn "HSA plan: up to $3,400" into "up to $3,400 with HSA plan"."""
    option, _colon, amount = words.partition(": ")
    return f"{amount} with {option}"


def _is(words: str) -> str:
    return "are" if " and " in words or "," in words else "is"

"""Why a plan that goes with a health savings account cannot waive everything (IRC 223; METHOD 3.5)."""

from __future__ import annotations

from navigator.program.engine.asked import Asked
from navigator.program.engine.member_cost import Case, Estimate
from navigator.program.rule_answer import Explanation, UsedFact
from provider_directory.spoken import dollars


def hsa_law(asked: Asked, here: Estimate) -> Explanation | None:
    """Explain the law's minimum deductible where it decides the cost here; None where it plays no part."""
    touched = [case for case in here.cases if _set_aside(case)]
    if not touched or not asked.payable:
        return None
    limits = asked.limits
    family = {case.family for case in touched}
    sums = {
        False: f"{dollars(limits.hdhp_minimum_deductible_self_cents)} for one person",
        True: f"{dollars(limits.hdhp_minimum_deductible_family_cents)} for a family",
    }
    minimum = ", ".join(sums[each] for each in sorted(family))
    options = ", ".join(dict.fromkeys(case.option.name for case in touched if case.option))
    words = (
        f"A plan that goes with a health savings account ({options}) may not pay before the law's minimum deductible "
        f"is met: {minimum} in {limits.year} (IRC 223(c)(2)). The program pays the rest."
    )
    left = "; ".join(dict.fromkeys(_left_words(case) for case in touched))
    return Explanation(
        clause=None,
        version=None,
        words=words,
        used=(UsedFact(fact="left of the law's minimum", value=left, source=limits.source, as_of=limits.checked),),
        counterfactual="With the law's minimum met this year it would be $0 here."
        if all(case.terms.kind == "waived" for case in touched)
        else None,
    )


def _set_aside(case: Case) -> bool:
    """Say whether the terms set the deductible aside and the law does not let them do so in full."""
    aside = case.terms.kind == "waived" or (case.terms.kind == "shared" and not case.terms.deductible_first)
    return aside and bool(case.left.law.high)


def _left_words(case: Case) -> str:
    low, high = case.left.law
    return dollars(low) if low == high else f"{dollars(low)} to {dollars(high or 0)}"

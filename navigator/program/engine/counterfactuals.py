"""What would make the cost another: the same question with one thing changed, computed and compared."""

from __future__ import annotations

from dataclasses import replace

from navigator.program.engine.asked import Asked
from navigator.program.engine.member_cost import Estimate, estimate, option_of
from navigator.program.engine.sharing import Span
from navigator.program.engine.wording import amount_words
from navigator.program.member import Accumulated, Accumulators
from navigator.program.rules import PlanOption, Rule

MOST_SAID = 3


def here_otherwise(asked: Asked, here: Estimate) -> str | None:
    """Say what the cost here would be with the deductible met, at the plan's other options, or the other way round."""
    if not asked.payable:
        return None
    said = [*_with_deductible_met(asked, here), *_at_other_options(asked, here), *_with_contract(asked, here)]
    return " ".join(said[:MOST_SAID]) or None


def elsewhere_otherwise(asked: Asked, rule: Rule | None, elsewhere: Estimate) -> str | None:
    """Say what the normal benefit elsewhere would be where an exception of the rule may give it."""
    if rule is None or not asked.payable:
        return None
    if not any(each.gives == "normal_benefit" for each in rule.exceptions):
        return None
    normal = estimate(_without_rules(asked), "elsewhere")
    if normal.span is None or normal.span == elsewhere.span:
        return None
    return f"With an exception that gives the normal benefit it would be {_words(normal)}."


def _with_deductible_met(asked: Asked, here: Estimate) -> list[str]:
    option = option_of(asked)
    if option is None or here.span is None or not here.span.high:
        return []
    met = asked.as_if(member=asked.member.model_copy(update={"accumulators": _all_met(asked, option)}))
    changed = estimate(met, "here")
    return [f"With the deductible met it would be {_words(changed)} here."] if changed.span != here.span else []


def _all_met(asked: Asked, option: PlanOption) -> Accumulators:
    """Give the accumulators with the deductible met and everything else as it is."""
    known = asked.accumulators
    base = known or Accumulators(as_of=asked.day)

    def met(part: Accumulated | None, full: int | None) -> Accumulated:
        update = {"deductible_met_cents": full, "deductible_left_cents": 0}
        return (part or Accumulated()).model_copy(update=update)

    return base.model_copy(
        update={
            "individual": met(base.individual, option.deductible_self_cents),
            "family": met(base.family, option.deductible_family_cents),
        }
    )


def _at_other_options(asked: Asked, here: Estimate) -> list[str]:
    option = option_of(asked)
    if option is None or here.span is None:
        return []
    said = []
    for other in asked.rules.plan_options:
        if other.id == option.id:
            continue
        # What is met in one option is not met in another.
        member = asked.member.model_copy(update={"plan_option": other.id, "accumulators": None})
        changed = estimate(asked.as_if(member=member), "here")
        if changed.span is not None and changed.span != here.span:
            said.append(f"With {other.name} it would be {_words(changed)} here.")
    return said


def _with_contract(asked: Asked, here: Estimate) -> list[str]:
    center = asked.center
    if center.under_contract:
        return []
    # Another center's price is not this one's: only terms that need no price say an amount.
    inside = estimate(asked.as_if(center=replace(center, under_contract=True, price=None)), "here")
    if inside.span is None or inside.span == here.span:
        return []
    return [f"At a center under contract it would be {_words(inside)}."]


def _without_rules(asked: Asked) -> Asked:
    return replace(asked, rules=replace(asked.rules, rules=()))


def _words(found: Estimate) -> str:
    return amount_words(found.span or Span(0, None), open_price=not found.allowed.known)

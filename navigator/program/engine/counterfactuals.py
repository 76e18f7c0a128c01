"""What would make the cost another: the same question with one thing changed, computed and compared."""

from __future__ import annotations

from dataclasses import replace

from navigator.program.engine.asked import Asked
from navigator.program.engine.choosing_rule import possible_rules
from navigator.program.engine.conditions import judge
from navigator.program.engine.cost_answer import by_option, is_maybe_whole_bill, is_whole_bill
from navigator.program.engine.facts import Facts
from navigator.program.engine.member_cost import Estimate, Where, estimate, is_granted, option_of
from navigator.program.engine.sharing import Span
from navigator.program.engine.wording import amount_words, listed
from navigator.program.member import Accumulated, Accumulators
from navigator.program.rules import Rule

MOST_SAID = 3


def here_otherwise(asked: Asked, here: Estimate, elsewhere: Estimate) -> str | None:
    """Say what the cost here would be with the deductible met, with other plan options, with or without a contract."""
    if not asked.payable:
        return None
    said = [
        *_at_another_distance(asked, here, "here"),
        *_with_deductible_met(asked, here, "here"),
        *_at_other_options(asked, here),
        *(_without_contract(here, elsewhere) if asked.center.under_contract else _with_contract(asked, here)),
    ]
    return " ".join(said[:MOST_SAID]) or None


def elsewhere_otherwise(asked: Asked, elsewhere: Estimate) -> str | None:
    """Say what it would be elsewhere with the centers under contract farther or nearer, or with the deductible met."""
    if not asked.payable:
        return None
    ways = (_at_another_distance, _with_deductible_met)
    return " ".join(said for way in ways for said in way(asked, elsewhere, "elsewhere")) or None


def with_exceptions(asked: Asked, rule: Rule | None, found: Estimate, where: Where, facts: Facts) -> tuple[str, ...]:
    """Say what it would be once an exception is confirmed that applies, or may; it is asked for, never assumed."""
    if rule is None or not asked.payable or (where == "here" and asked.center.under_contract):
        return ()
    alike: dict[tuple[str, str], list[str]] = {}
    strict = Facts(asked, facts.option, usual=False)
    for exception in rule.exceptions:
        holds = judge(exception.when, strict).holds
        if exception.gives == "review" or holds is False or is_granted(asked, exception):
            continue
        granted = estimate(replace(asked, granted=exception.id), where)
        if granted.span is not None and granted.span != found.span:
            applies = "applies" if holds and exception.when else "may apply"
            alike.setdefault((applies, span_words(granted)), []).append(f"“{exception.title}”")
    return tuple(
        f"Once {'one of the exceptions' if len(titles) > 1 else 'the exception'} {listed(titles, 'or')}, which"
        f" {applies}, is confirmed: {amount}."
        for (applies, amount), titles in alike.items()
    )


def _with_deductible_met(asked: Asked, found: Estimate, where: Where) -> list[str]:
    if found.span is None or not found.span.high:
        return []
    met = asked.as_if(member=asked.member.model_copy(update={"accumulators": _all_met(asked)}))
    changed = estimate(met, where)
    if changed.span is None or changed.span == found.span:
        return []
    return [f"With the deductible met it would be {span_words(changed)} {where}."]


def _at_another_distance(asked: Asked, found: Estimate, where: Where) -> list[str]:
    """Say what it would be on the other side of the miles beyond which the plan pays the normal benefit outside."""
    if where == "here" and asked.center.under_contract:
        return []
    facts = Facts(asked, option_of(asked))
    rules = possible_rules(asked.rules, asked.care, facts)
    limits = [each.exempt_beyond_miles for rule in rules for each in rule.outside if each.exempt_beyond_miles]
    if not limits:
        return []
    said, limit = [], limits[0]
    for words, miles in ((f"more than {limit}", float(limit) * 2), (f"at most {limit}", 0.0)):
        care = replace(asked.care, nearest_contract_known=True, nearest_contract_miles=miles)
        changed = estimate(replace(asked, care=care), where)
        if changed.span is not None and changed.span != found.span:
            amount = span_words(changed)
            said.append(f"With the nearest center under contract {words} miles away it would be {amount} {where}.")
    return said


def _all_met(asked: Asked) -> Accumulators:
    """Give the accumulators with no deductible left and everything else as it is."""
    base = asked.accumulators or Accumulators(as_of=asked.day)
    none_left = {"deductible_met_cents": None, "deductible_left_cents": 0}
    family = base.family or Accumulated()
    return base.model_copy(
        update={
            "individual": base.individual.model_copy(update=none_left),
            "family": family.model_copy(update=none_left),
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
        if (
            changed.span is not None
            and changed.span != here.span
            and (is_whole_bill(changed) or not _is_open(changed.span))
        ):
            said.append(f"With {other.name} it would be {span_words(changed)} here.")
    return said


def _is_open(span: Span) -> bool:
    """Say whether a range says nothing: from $0 on."""
    return not span.low and span.high is None


def _without_contract(here: Estimate, elsewhere: Estimate) -> list[str]:
    span = elsewhere.span
    if span == here.span:
        return []
    if is_maybe_whole_bill(elsewhere):
        return ["At a hospital that is not under contract it may be the whole bill."]
    if span is None or (_is_open(span) and not is_whole_bill(elsewhere)):
        return []
    return [f"At a hospital that is not under contract it would be {span_words(elsewhere)}."]


def _with_contract(asked: Asked, here: Estimate) -> list[str]:
    words = under_contract_words(asked, here)
    return [f"At a center under contract it would be {words[0]}."] if words else []


def under_contract_words(asked: Asked, here: Estimate) -> tuple[str, ...]:
    """Give the cost at a center under contract, for one that is not, each option's and over all; empty = no less."""
    if asked.center.under_contract or not asked.payable:
        return ()
    # The price of this hospital is not that of one under contract: only what needs no price is an amount.
    inside = estimate(asked.as_if(center=replace(asked.center, under_contract=True, price=None)), "here")
    if inside.span is None or inside.span.high is None:
        return ()
    if here.span is not None and here.span.high is not None and inside.span.high >= here.span.high:
        return ()
    over_all = amount_words(inside.span, open_price=not inside.allowed.known)
    return tuple(dict.fromkeys((span_words(inside), over_all)))


def span_words(found: Estimate) -> str:
    """Give an estimate's range in words, each plan option's where they differ."""
    if is_whole_bill(found):
        return "the whole bill"
    return by_option(found) or amount_words(found.span or Span(0, None), open_price=not found.allowed.known)

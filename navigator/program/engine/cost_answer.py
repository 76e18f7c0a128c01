"""The member's cost as it is told: state, words, short words, the arithmetic and what to ask (METHOD 3.5)."""

from __future__ import annotations

from navigator.days import day_words
from navigator.program.engine.asked import Asked
from navigator.program.engine.choosing_rule import asks_of_usual
from navigator.program.engine.facts import QUESTIONS, contract_fact, number_words, question_of
from navigator.program.engine.member_cost import Case, Estimate, Where, possible_options, possible_tiers
from navigator.program.engine.sharing import Span, Terms, rounded, share
from navigator.program.engine.wording import amount_words, listed, once, sentence, short_words
from navigator.program.rule_answer import Amount, CostState, Explanation, MemberCost, OptionCost, UsedFact
from navigator.program.rules import PlanOption
from provider_directory.models import Step
from provider_directory.spoken import dollars

ASK_LIMITED = "Does the out-of-pocket maximum limit what the member pays there?"
ASK_FIRST = "Does the deductible come first there?"
ASK_PRICE = "What does the plan allow for this procedure at this hospital?"
ASK_MET = "How much of the deductible and of the out-of-pocket maximum is met, and as of when?"
FEE_ALONE = "the price known is the hospital's fee alone: surgeon, anesthesia and implant come on top"
FEE_COUNTED = "the price known is the hospital's fee alone; the most counts surgeon, anesthesia and implant too"
SHORT_MAYBE_WHOLE_BILL = "whole bill?"
DEDUCTIBLE_LEFT = "Deductible left, at most the allowed amount"
"""Of a step: the plan's own deductible is in what the member pays."""
_NETWORK = QUESTIONS["in_network"]
_PLACES: dict[Where, str] = {"here": "here", "elsewhere": "at other hospitals of the network"}


def told(
    asked: Asked,
    found: Estimate,
    where: Where,
    adds: tuple[str, ...] = (),
    counterfactual: str | None = None,
) -> MemberCost:
    """Tell an estimate; ``adds``: sentences about what it waits for, or what an exception would make of it."""
    amount = _amount(asked, found)
    words, short, steps = _words_of(asked, found, where, amount)
    return MemberCost(
        **dict(amount),
        words=" ".join((words, *(adds if asked.payable else ()))),
        short=short,
        steps=steps,
        ask=_asks(asked, found, where) if asked.payable else (),
        explanation=explanation(asked, found, where, counterfactual),
        by_option=_each_option(asked, found),
    )


def _amount(asked: Asked, found: Estimate) -> Amount:
    """Give what is paid by all cases together, without words."""
    span = found.span
    if asked.payable and is_whole_bill(found):
        low, high = found.allowed.span if found.allowed.known else (None, None)
        return Amount(state="whole_bill", low_cents=low, high_cents=high)
    maybe_whole = is_maybe_whole_bill(found)
    if not asked.payable or span is None or (maybe_whole and not (span.low or span.high)):
        return Amount(state="not_estimated", low_cents=None, high_cents=None)
    if maybe_whole:
        return Amount(state="range", low_cents=span.low, high_cents=span.high)
    at_most = not found.allowed.known and not span.low
    state: CostState = "known" if span.low == span.high else "at_most" if at_most else "range"
    return Amount(state=state, low_cents=span.low, high_cents=span.high)


def _each_option(asked: Asked, found: Estimate) -> tuple[OptionCost, ...]:
    """Give the amount of each plan option that plays a part; empty where they do not differ."""
    costs: dict[PlanOption, Amount] = {}
    for case in found.cases:
        if case.option is None:
            return ()
        own = tuple(each for each in found.cases if each.option == case.option)
        costs[case.option] = costs.get(case.option) or _amount(asked, Estimate(found.allowed, own))
    if len(set(costs.values())) < 2:
        return ()
    return tuple(OptionCost(option=option.name, **dict(amount)) for option, amount in costs.items())


def _words_of(asked: Asked, found: Estimate, where: Where, amount: Amount) -> tuple[str, str, tuple[Step, ...]]:
    """Give the sentence, the short words and the arithmetic of an amount."""
    span = found.span
    if not asked.payable:
        return "Not covered on the day of care: nothing is estimated.", "ask", ()
    if is_whole_bill(found):
        return _whole_bill(found), "whole bill", ()
    if is_maybe_whole_bill(found):
        short = SHORT_MAYBE_WHOLE_BILL if span is None or amount.high_cents is None else short_words(span)
        return _maybe_whole_bill(found, where), short, ()
    if span is None:
        reasons = listed(once(case.reason for case in found.cases if case.span is None), "or")
        return sentence(f"{reasons or 'neither a price nor a limit is known'}; nothing is estimated"), "ask", ()
    short = short_words(span, at_most=amount.state == "at_most" and span.high is not None)
    return _sentence(found, span, where), short, _steps(found)


def _whole_bill(found: Estimate) -> str:
    allowed = found.allowed
    if not allowed.known:
        return "The whole bill: the plan pays nothing there."
    size = amount_words(allowed.span)
    fee = "" if allowed.whole else f"; {FEE_ALONE}"
    return f"The whole bill: the plan pays nothing there, and nothing limits it. Plans allow {size} there{fee}."


def is_whole_bill(found: Estimate) -> bool:
    """Say whether the plan surely pays nothing there."""
    return all(case.terms.kind == "whole_bill" for case in found.cases)


def is_maybe_whole_bill(found: Estimate) -> bool:
    """Say whether it hangs on what is not known that the plan pays nothing there."""
    return len({case.terms.kind == "whole_bill" for case in found.cases}) > 1


def _maybe_whole_bill(found: Estimate, where: Where) -> str:
    """Say both: the whole bill, and what it is otherwise, each with its reason."""
    whole = [case for case in found.cases if case.terms.kind == "whole_bill"]
    others = Estimate(found.allowed, tuple(case for case in found.cases if case.terms.kind != "whole_bill"))
    size = f", {amount_words(found.allowed.span)} by what plans allow" if found.allowed.known else ""
    amount = by_option(others) or amount_words(others.span or Span(0, None), not found.allowed.known)
    reasons, otherwise = (listed(once(case.reason for case in cases), "or") for cases in (whole, others.cases))
    return sentence(f"The whole bill {_PLACES[where]}{size} ({reasons}); or {amount} ({otherwise})")


def _sentence(found: Estimate, span: Span, where: Where) -> str:
    words = by_option(found) or amount_words(span, not found.allowed.known)
    fee = "" if found.allowed.whole or span.low == span.high else f"; {FEE_ALONE if span.high is None else FEE_COUNTED}"
    return sentence(f"{words} {_PLACES[where]}{fee}")


def by_option(found: Estimate) -> str | None:
    """Say each plan option's amount, e.g. "PPO: $0; HSA plan: up to $3,400"; None where they do not differ."""
    spans: dict[PlanOption, Span] = {}
    for case in found.cases:
        if case.option is None or case.span is None:
            return None
        spans[case.option] = _joined(spans.get(case.option), case.span)
    if len(set(spans.values())) < 2:
        return None
    open_price = not found.allowed.known
    return "; ".join(f"{option.name}: {amount_words(each, open_price)}" for option, each in spans.items())


def _joined(one: Span | None, other: Span) -> Span:
    if one is None:
        return other
    high = None if one.high is None or other.high is None else max(one.high, other.high)
    return Span(min(one.low, other.low), high)


def _asks(asked: Asked, found: Estimate, where: Where) -> tuple[str, ...]:
    """Name what would narrow the answer, and whom to ask."""
    asks: list[str] = []
    span = found.span
    open_amount = span is None or span.low != span.high
    # Who the member is changes only what is shared; of the whole bill and of Medicare's part nothing is.
    shared = any(case.terms.kind in ("shared", "waived") for case in found.cases)
    if open_amount and shared and len(possible_options(asked)) > 1:
        asks.append(QUESTIONS["plan_option"])
    if open_amount and shared and len(possible_tiers(asked)) > 1:
        asks.append(QUESTIONS["coverage_tier"])
    asks += [question_of(asked.rules, name) for case in found.cases for name in case.unsettled]
    if any(case.terms.limited is None for case in found.cases):
        asks.append(ASK_LIMITED)
    if any(case.terms.deductible_first is None for case in found.cases):
        asks.append(ASK_FIRST)
    if open_amount and any(_open_left(case) for case in found.cases):
        asks.append(ASK_MET)
    priced = any(case.terms.kind != "not_said" for case in found.cases)
    if open_amount and priced and not (found.allowed.known and found.allowed.whole):
        asks.append(ASK_PRICE)
    if where == "here" and not asked.center.under_contract and "in_network" not in asked.member.answers:
        asks.append(_NETWORK)
    asks += asks_of_usual(asked) if where == "here" else ()
    if asks and asked.rules.ask:
        asks.append(f"Ask {asked.rules.ask}")
    return once(asks)


def _open_left(case: Case) -> bool:
    return case.terms.kind in ("shared", "waived") and any(span.low != span.high for span in case.left)


def explanation(asked: Asked, found: Estimate, where: Where, counterfactual: str | None = None) -> Explanation:
    """Give the clause and the facts behind an estimate."""
    cited = next((case.cited for case in found.cases if case.cited), None)
    reasons = once(f"{case.reason}: {terms_words(case.terms)}".rstrip(": ") for case in found.cases)
    return Explanation(
        clause=cited.clause if cited else None,
        version=(cited.version if cited else None) or asked.rules.version,
        words=(cited.words if cited else None) or sentence(listed(reasons, "or")),
        used=_used(asked, found, where),
        counterfactual=counterfactual,
    )


def terms_words(terms: Terms) -> str:
    """Give in words what the member pays under these terms; "" where the reason says it."""
    if terms.kind == "waived":
        return "the plan waives the member's share"
    if terms.kind != "shared":
        return ""
    parts = ["the deductible"] if terms.deductible_first else []
    parts += [dollars(terms.copay_cents)] if terms.copay_cents else []
    parts += ["a share that the file does not say"] if terms.percent is None else []
    parts += [f"{number_words(terms.percent)}%"] if terms.percent else []
    words = f"the member pays {listed(parts)}" if parts else "the plan pays the member's share"
    if terms.at_most_cents is not None:
        words += f", at most {dollars(terms.at_most_cents)} a case"
    if terms.penalty_cents or terms.penalty_percent:
        percent = f"{number_words(terms.penalty_percent)}% of the allowed amount" if terms.penalty_percent else ""
        penalty = listed(
            [each for each in (dollars(terms.penalty_cents) if terms.penalty_cents else "", percent) if each]
        )
        words += f", and a penalty of {penalty}"
    if terms.limited is None:
        words += "; the file does not say whether the out-of-pocket maximum limits it"
    return words if terms.limited is not False else f"{words}; the out-of-pocket maximum does not limit it"


def _used(asked: Asked, found: Estimate, where: Where) -> tuple[UsedFact, ...]:
    """Give the facts by which these terms count, then those that the amount hangs on."""
    used = [contract_fact(asked)] if where == "here" and any(case.cited for case in found.cases) else []
    used += [fact for case in found.cases for fact in case.chosen_by]
    options = once(case.option.name for case in found.cases if case.option)
    if options and _hangs_on_option(found):
        source = "member's file" if asked.member.plan_option else "the program's options; not known which"
        used.append(UsedFact(fact="plan option", value=listed(options, "or"), source=source, as_of=None))
    if any(case.terms.kind == "shared" or _leaves_law(case) for case in found.cases):
        used += [_used_tier(asked), *_used_left(asked, found)]
    if found.allowed.known and any(case.terms.kind != "waived" or _leaves_law(case) for case in found.cases):
        used.append(_used_price(asked, found, where))
    return tuple(dict.fromkeys(used))


def _hangs_on_option(found: Estimate) -> bool:
    """Say whether the plan option plays a part: in what is shared, or in that an option's share can be waived."""
    return any(case.terms.kind in ("shared", "waived") for case in found.cases)


def _leaves_law(case: Case) -> bool:
    return case.terms.kind == "waived" and case.option is not None and case.option.hsa_qualified


def _used_tier(asked: Asked) -> UsedFact:
    tier = asked.member.coverage_tier
    return UsedFact(
        fact="coverage tier",
        value=tier.replace("_", " and ") if tier else "not known",
        source="member's file" if tier else None,
        as_of=asked.member.eligibility_as_of if tier else None,
    )


def _used_price(asked: Asked, found: Estimate, where: Where) -> UsedFact:
    price, market = asked.center.price, asked.care.market
    amount = amount_words(found.allowed.span)
    if where == "here" and price is not None:
        said = f"{amount}, {price.kind.replace('_', ' ')}"
        return UsedFact(fact="allowed amount here", value=said, source=price.source, as_of=price.as_of)
    source, as_of = (market.source, market.as_of) if market else (None, None)
    return UsedFact(fact="allowed amount elsewhere", value=amount, source=source, as_of=as_of)


def _used_left(asked: Asked, found: Estimate) -> list[UsedFact]:
    if len(found.cases) != 1:
        return []
    known = asked.accumulators
    source = (known.source or "member's file") if known else None
    as_of = known.as_of if known else None
    left = found.cases[0].left
    rows = [("deductible left", left.deductible), ("out-of-pocket left", left.out_of_pocket)]
    return [
        UsedFact(
            fact=name,
            value=amount_words(span) if span.low == span.high else f"not known, {amount_words(span, True)}",
            source=source if span.low == span.high else None,
            as_of=as_of if span.low == span.high else None,
        )
        for name, span in rows
    ]


def _steps(found: Estimate) -> tuple[Step, ...]:
    """Give the arithmetic of the case that may cost most, at its most."""
    case = max(found.cases, key=lambda each: (each.span.high or 0) if each.span else 0)
    if case.span is None or case.terms.kind not in ("shared", "waived"):
        return ()
    if case.terms.kind == "waived" and not case.left.law.high:
        return (Step(text="The plan waives the member's share", result=dollars(0)),)
    steps: list[Step] = []
    if len(found.cases) > 1 or case.span.low != case.span.high:
        of_option = f" with {case.option.name}" if case.option else ""
        steps.append(Step(text=f"At most{of_option}, {'family' if case.family else 'one person'}", result=""))
    allowed, deductible = found.allowed.span.high, case.left.deductible.high
    if found.allowed.known:
        steps.append(Step(text="Allowed amount", result=amount_words(Span(allowed or found.allowed.span.low, allowed))))
    if case.terms.kind == "waived":
        steps.append(Step(text="Left of the law's minimum deductible", result=dollars(case.left.law.high or 0)))
    elif allowed is not None and deductible is not None:
        steps += _shared_steps(case, allowed, deductible)
    if case.left.out_of_pocket.high is not None and case.terms.limited is not False and case.terms.kind == "shared":
        steps.append(Step(text="Out-of-pocket left", result=dollars(case.left.out_of_pocket.high)))
    if case.span.high is not None:
        steps.append(Step(text="You pay the smallest of these", result=dollars(case.span.high)))
    return tuple(steps)


def _shared_steps(case: Case, allowed: int, deductible: int) -> list[Step]:
    terms = case.terms
    first = min(allowed, deductible if terms.deductible_first else case.left.law.high or 0)
    steps = [Step(text=DEDUCTIBLE_LEFT, result=dollars(first))]
    total = first + terms.copay_cents
    if terms.copay_cents:
        steps.append(Step(text="Copay", result=dollars(terms.copay_cents)))
    if terms.percent:
        part = rounded(share(terms.percent, allowed - first))
        steps.append(Step(text=f"{number_words(terms.percent)}% of {dollars(allowed - first)}", result=dollars(part)))
        total += part
    if terms.penalty_cents or terms.penalty_percent:
        penalty = terms.penalty_cents + rounded(share(terms.penalty_percent, allowed))
        steps.append(Step(text="Penalty", result=dollars(penalty)))
        total += penalty
    return [*steps, Step(text="Together", result=dollars(total))]


def as_of_note(asked: Asked) -> str | None:
    """Say of when the accumulators are; None where none are used."""
    known = asked.accumulators
    if known is None:
        return None
    source = f", {known.source}" if known.source else ""
    return f"Deductible and out-of-pocket are as of {day_words(known.as_of)}{source}."

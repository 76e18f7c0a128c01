"""What the plan may save, as a range, or why nothing is said (METHOD 3.4)."""

from __future__ import annotations

from typing import NamedTuple

from navigator.program.care import KnownPrice, MarketPrice
from navigator.program.engine.asked import Asked
from navigator.program.engine.member_cost import Estimate
from navigator.program.engine.sharing import Span
from navigator.program.engine.wording import amount_words
from navigator.program.rule_answer import RuleAnswer, Savings
from navigator.program.rules import Rule
from provider_directory.models import Step
from provider_directory.spoken import dollars

_NO_FEE = Step(text="An administration fee is not in the program file", result="not taken off")


class _Part(NamedTuple):
    """One thing that is taken off, between its least and its most, cents."""

    words: str
    low: int
    high: int


def savings(asked: Asked, rule: Rule | None, answer: RuleAnswer, costs: tuple[Estimate, Estimate]) -> Savings | None:
    """Compare the bundle with what other hospitals near the member are paid; None where nothing could be saved.

    ``costs``: what the member pays here and elsewhere.
    """
    if rule is None or not asked.center.under_contract or not asked.payable:
        return None
    price, market = asked.center.price, asked.care.market
    why_not = _why_not(price, market)
    if why_not or price is None or market is None:
        return _not_said(why_not or "no price is known")
    off = [_travel(answer), _transfer(*costs)]
    if None in off:
        return _not_said("what the plan pays of travel, or the member's share, is not known well enough")
    parts = [part for part in off if part is not None]
    fee = asked.rules.administration_fee_cents
    parts += [_Part("Less the program's administration fee", fee, fee)] if fee is not None else []
    low = market.p25_cents - price.high_cents - sum(part.high for part in parts)
    high = market.p75_cents - price.low_cents - sum(part.low for part in parts)
    steps = (
        Step(
            text=f"Others near the member: {_counted(market)}, {market.source}",
            result=_span(market.p25_cents, market.p75_cents),
        ),
        Step(text="Less the bundle here", result=_span(price.low_cents, price.high_cents)),
        *(Step(text=part.words, result=_span(part.low, part.high)) for part in parts),
        *(() if fee is not None else (_NO_FEE,)),
    )
    if low <= 0 <= high:
        words = f"No clear saving: between {dollars(-low)} more and {dollars(high)} less for the plan."
        return Savings(state="no_clear_saving", low_cents=low, high_cents=high, words=words, steps=steps)
    return Savings(state="range", low_cents=low, high_cents=high, words=_words(low, high, fee), steps=steps)


def _why_not(price: KnownPrice | None, market: MarketPrice | None) -> str | None:
    if price is None or price.kind != "contract_bundle":
        return "no bundle price is known here"
    if market is None:
        return "too few prices of other hospitals near the member are known"
    if not (price.whole and market.whole):
        return "the bundle covers surgeon and anesthesia, the other prices the hospital's fee alone"
    return None


def _not_said(why: str) -> Savings:
    return Savings(state="not_said", low_cents=None, high_cents=None, words=f"No figure: {why}.", steps=())


def _travel(answer: RuleAnswer) -> _Part | None:
    travel, words = answer.travel, "Less travel that the plan pays"
    if travel is None or travel.state == "not_paid":
        return _Part("Less travel: none is paid", 0, 0)
    known = sum(line.paid_cents for line in travel.lines)
    if travel.state == "paid" and travel.lines and not travel.ask:
        return _Part(words, known, known)
    return None if travel.cap_left_cents is None else _Part(words, 0, travel.cap_left_cents)


def _transfer(here: Estimate, elsewhere: Estimate) -> _Part | None:
    """The member's share that is waived moves from member to plan: no saving."""
    if here.span is None or elsewhere.span is None or here.span.high is None or elsewhere.span.high is None:
        return None
    low = max(0, elsewhere.span.low - here.span.high)
    high = max(0, elsewhere.span.high - here.span.low)
    return _Part("Less the member's share that the plan takes over (a transfer)", low, high)


def _counted(market: MarketPrice) -> str:
    counted = "paid cases" if market.kind == "paid_by_plan" else "hospitals"
    return f"{market.count} {counted}, middle half"


def _words(low: int, high: int, fee: int | None) -> str:
    if high < 0:
        return f"No saving: the plan may pay {_span(-high, -low)} more than elsewhere."
    before = "" if fee is not None else ", before any administration fee"
    return f"The plan may save {_span(low, high)} on this case{before}."


def _span(low: int, high: int) -> str:
    return dollars(low) if low == high else amount_words(Span(low, high)) if low else f"{dollars(0)} to {dollars(high)}"

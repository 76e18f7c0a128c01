"""Whether two prices may stand beside each other, and by how much they differ; pure functions.

Two prices are compared only when kind, codes, setting and scope are the same (METHOD 3.2); else the words name the
difference that forbids it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import get_args

from provider_directory.models import Center, Price, PriceKind, PriceVerdict
from provider_directory.pricing.offered import ON_REQUEST
from provider_directory.pricing.wording import PLURALS
from provider_directory.spoken import dollars

KIND_WORDS: dict[PriceKind, str] = {
    "contract_bundle": "a contract bundle",
    "paid_by_plan": "what the plan paid",
    "posted_negotiated": "a posted negotiated rate",
    "posted_typical": "a posted typical payment",
    "posted_average": "a posted average",
    "list_share": "a share of the list price",
    "other_insurers": "what other insurers pay",
    "posted_few_cases": "a posted payment of fewer than 11 cases",
    "cash": "a cash price",
    "rough_guess": "a rough guess",
    "none": "no price",
}

_KINDS: tuple[PriceKind, ...] = get_args(PriceKind)


def price_verdict(first: Center, second: Center, on: date) -> PriceVerdict:
    """Compare two prices on a date, or name the difference that forbids it (METHOD 3.2 last paragraph, 5.16)."""
    forbidden = _forbidden(first, second, on)
    one, two = first.price.amount_cents, second.price.amount_cents
    if forbidden or one is None or two is None:
        return _verdict(first, second, None, f"Prices not comparable: {forbidden}.")
    if one == two:
        both = f"{first.facility.name} and {second.facility.name}"
        return _verdict(first, second, 0, f"Like with like, {_kind(first.price)}: {both} have the same amount.")
    lower, higher = (first, second) if one < two else (second, first)
    difference = f"{lower.facility.name} is {dollars(abs(one - two))} lower than {higher.facility.name}"
    words = f"Like with like, {_kind(first.price)}: {difference}"
    overlap = ", but their ranges overlap" if _ranges_overlap(first.price, second.price) else ""
    return _verdict(first, second, one - two, f"{words}{overlap}.")


def ranking_group(price: Price) -> tuple[int, int, int, str]:
    """Give what a price is of beside its kind: only prices of one group may be ranked (METHOD 3.2, 3.7, 5.3).

    In the order in which the groups stand: the plan's own before other plans of its payer, medians by the kind of
    their rates, stays before lines of a bill, and these by code; what a plan paid by what its amounts count.
    """
    of_family = price.match == "family"
    of_kind = _KINDS.index(price.median_of) if price.median_of else 0
    counted = (price.scope or "") if price.kind == "paid_by_plan" else ""
    return (of_family, of_kind, price.setting == "outpatient", price.code or counted)


def may_be_ranked(first: Price, second: Price) -> bool:
    """Say whether one of two prices may be called the lower: known, fit to rank, of one kind and one thing."""
    known = first.amount_cents is not None and second.amount_cents is not None
    same = first.kind == second.kind and ranking_group(first) == ranking_group(second)
    return known and same and first.comparable and second.comparable and first.included == second.included


def _verdict(first: Center, second: Center, difference: int | None, words: str) -> PriceVerdict:
    one, two = first.facility.id, second.facility.id
    return PriceVerdict(
        first=one,
        second=two,
        comparable=difference is not None,
        lower=None if not difference else one if difference < 0 else two,
        difference_cents=None if difference is None else abs(difference),
        words=words,
    )


def _forbidden(first: Center, second: Center, on: date) -> str:
    """Give the first difference that forbids a comparison; "" where there is none."""
    return (
        _unknown([first, second])
        or _other_kind(first, second)
        or _shown_only([first, second], on)
        or _other_payer(first, second)
        or (_other_bundle(first, second) if first.price.kind == "contract_bundle" else _other_service(first, second))
    )


def _unknown(centers: Sequence[Center]) -> str:
    hidden = [center.facility.name for center in centers if center.price.label == ON_REQUEST.label]
    without = [center.facility.name for center in centers if center.price.amount_cents is None]
    if hidden:
        return f"the CoE desk knows the contract price of {' and '.join(hidden)}"
    if len(without) == len(centers):
        return "no price is known for either"
    return f"no price is known for {without[0]}" if without else ""


def _other_kind(first: Center, second: Center) -> str:
    one, two = first.price, second.price
    if one.kind != two.kind:
        return _side_by_side((first, f"{_kind(one)}{_scope_words(one)}"), (second, f"{_kind(two)}{_scope_words(two)}"))
    # Medians over payers are of one kind of figure each (METHOD 5.3).
    if one.median_of and two.median_of and one.median_of != two.median_of:
        words = [f"a median of {PLURALS[kind]}" for kind in (one.median_of, two.median_of)]
        return _side_by_side((first, words[0]), (second, words[1]))
    return "a rough guess is a range only" if one.kind == "rough_guess" else ""


def _shown_only(centers: Sequence[Center], on: date) -> str:
    """A bundle holds as long as its contract; any other price needs a sound date, and rules that allow to rank it."""
    for center in centers:
        price = center.price
        if price.kind != "contract_bundle" and (price.as_of is None or price.as_of > on):
            return f"the date of {center.facility.name}'s price is not known"
        if not price.comparable:
            return f"the price of {center.facility.name} is too doubtful to rank"
    return ""


def _other_payer(first: Center, second: Center) -> str:
    for center, other in ((first, second), (second, first)):
        if center.price.match == "family" and other.price.match != "family":
            return f"the price of {center.facility.name} is that of other plans of the payer"
    return ""


def _other_service(first: Center, second: Center) -> str:
    one, two = first.price, second.price
    if (one.setting, one.code) != (two.setting, two.code) or one.scope != two.scope:
        return _side_by_side((first, one.scope or "scope not stated"), (second, two.scope or "scope not stated"))
    return ""


def _other_bundle(first: Center, second: Center) -> str:
    for center in (first, second):
        if not center.price.included:
            return f"what {center.facility.name}'s bundle includes is not stated"
    only = [_only(first, second), _only(second, first)]
    return "; ".join(words for words in only if words)


def _only(center: Center, other: Center) -> str:
    known = {part.casefold() for part in other.price.included}
    more = [part for part in center.price.included if part.casefold() not in known]
    return f"only {center.facility.name} includes {', '.join(more)}" if more else ""


def _side_by_side(*said: tuple[Center, str]) -> str:
    return "; ".join(f"{center.facility.name} has {words}" for center, words in said)


def _kind(price: Price) -> str:
    return KIND_WORDS[price.kind]


def _scope_words(price: Price) -> str:
    scope = ", ".join(price.included) or price.scope
    return f" ({scope})" if scope else ""


def _ranges_overlap(one: Price, two: Price) -> bool:
    if one.low_cents is None or one.high_cents is None or two.low_cents is None or two.high_cents is None:
        return False
    return one.low_cents <= two.high_cents and two.low_cents <= one.high_cents

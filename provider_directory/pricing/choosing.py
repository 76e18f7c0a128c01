"""Which posted price answers a question: the first kind by METHOD 3.2 with 5 that has a plausible value.

Pure functions over the kept rates of one code in one file of one location; files are never pooled (METHOD 5.18).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from provider_directory.models import PayerMatch, PriceKind
from provider_directory.pricing.amounts import middle

FEWEST_PAYERS = 3
NOT_RANKED = frozenset({"band_not_tested", "medicare_not_known"})
"""Flags of amounts that nothing could be held against: shown, never ranked (METHOD 5.10)."""

_OWN: tuple[PriceKind, ...] = ("posted_negotiated", "posted_typical", "posted_average", "list_share")
_OF_OTHERS: tuple[PriceKind, ...] = ("posted_negotiated", "posted_typical", "posted_average")
OWN_PAYER_ONLY = frozenset({"list_share", "posted_few_cases"})
"""Kinds that say nothing to anybody but their own payer (METHOD 5.2, 5.7)."""
_TRAILING_NUMBER = re.compile(r"\s*\[\d+\]\s*$", re.ASCII)
_NO_LETTER = re.compile(r"[\W_]+")


class AskedPlan(NamedTuple):
    """The caller's own payer and plan as hospitals write them; None = not known."""

    payer: str | None
    plan: str | None


class KeptRate(NamedTuple):
    """What the choice needs of one kept rate; cents."""

    file: int
    row: int
    code: str
    setting: str
    kind: PriceKind
    payer: str
    plan: str
    amount: int
    low: int | None
    high: int | None
    cases: int | None
    flags: str
    """Blank-separated, as stored: most are never looked at."""


class Chosen(NamedTuple):
    """The price that answers, with the rates that it was made of."""

    kind: PriceKind
    amount: int
    low: int | None
    high: int | None
    match: PayerMatch | None
    payers: int | None
    cases: int | None
    flags: tuple[str, ...]
    of_kind: PriceKind
    """The kind of the rates: for other_insurers the one of which there were enough payers, else the same."""
    rows: int
    """How many rates it was made of."""
    first_row: int
    rates: tuple[KeptRate, ...] = ()
    """Those rates; empty where the answer was stored by the build."""

    @property
    def comparable(self) -> bool:
        """Whether it may be ranked among prices of its kind."""
        return not NOT_RANKED.intersection(self.flags)

    @property
    def rank(self) -> tuple[int, int]:
        """Where it stands in METHOD 3.2: the smaller, the better; exact before family in every kind."""
        if self.kind in _OWN:
            return (0 if self.match == "exact" else 1, _OWN.index(self.kind))
        return (2, ("other_insurers", "posted_few_cases", "cash").index(self.kind))


@lru_cache(maxsize=65_536)
def fold_payer(name: str) -> str:
    """Fold a payer or plan for comparing: no case, punctuation, blanks or trailing "[123]" (METHOD 5.4)."""
    return _NO_LETTER.sub("", _TRAILING_NUMBER.sub("", name).casefold())


def match_of(payer: str, plan: str, asked: AskedPlan) -> PayerMatch:
    """Say how well a rate's payer and plan are the caller's own (METHOD 5.5).

    A plan that is empty or repeats the payer names no plan: it matches on the same text only.
    """
    if not asked.payer or fold_payer(payer) != fold_payer(asked.payer):
        return "other"
    if asked.plan is None:
        return "family"
    folded = fold_payer(plan)
    if folded in ("", fold_payer(payer)):
        return "exact" if plan.strip() == asked.plan.strip() else "family"
    return "exact" if folded == fold_payer(asked.plan) else "family"


NOBODY = AskedPlan(None, None)
"""A question that names no payer."""


def choose(rates: Sequence[KeptRate], asked: AskedPlan) -> Chosen | None:
    """Choose the price of one code in one file; None where nothing of any kind was kept."""
    by_match: dict[PayerMatch, list[KeptRate]] = defaultdict(list)
    for rate in rates:
        if rate.kind != "cash":
            by_match[match_of(rate.payer, rate.plan, asked)].append(rate)
    exact, cash = by_match["exact"], [rate for rate in rates if rate.kind == "cash"]
    few = [rate for rate in exact if rate.kind == "posted_few_cases"]
    return (
        _first_kind(exact, "exact")
        or _first_kind(by_match["family"], "family")
        or _other_insurers(by_match["other"])
        or (_of_one_plan("posted_few_cases", few, "exact") if few else None)
        or (_cash(cash) if cash else None)
    )


def with_own_payer(own: Chosen | None, anybody: Chosen | None) -> Chosen | None:
    """Give what ``choose`` gives for all rates, from the choice among the caller's own payer's and that for nobody.

    Other insurers are asked only where the own payer has no rate of a kind that counts for them, so that leaving it
    out changes nothing: what the build worked out for a question without a payer holds.
    """
    if own is not None and own.kind in _OWN:
        return own
    if anybody is not None and anybody.kind == "other_insurers":
        return anybody
    return own or anybody


def _first_kind(rates: Iterable[KeptRate], match: PayerMatch) -> Chosen | None:
    by_kind: dict[PriceKind, list[KeptRate]] = defaultdict(list)
    for rate in rates:
        by_kind[rate.kind].append(rate)
    kind = next((kind for kind in _OWN if by_kind[kind]), None)
    if kind is None:
        return None
    values = _plan_values(by_kind[kind])
    if len(values) == 1:
        return _of_one_plan(kind, by_kind[kind], match)
    ends = (min(values), max(values))
    return _median_of(kind, by_kind[kind], middle(values), ends)._replace(match=match)


def _plan_values(rates: Iterable[KeptRate]) -> list[int]:
    """Give the value of each plan: where its rates differ, the highest counts (METHOD 5.4)."""
    plans: dict[str, int] = {}
    for rate in rates:
        plan = fold_payer(rate.plan)
        plans[plan] = max(rate.amount, plans.get(plan, rate.amount))
    return list(plans.values())


def _of_one_plan(kind: PriceKind, rates: Sequence[KeptRate], match: PayerMatch) -> Chosen:
    """Give one plan's price: equal rates are one; different ones show as a range and count as the higher (5.4)."""
    lowest, highest = min(rate.amount for rate in rates), max(rate.amount for rate in rates)
    low: int | None = lowest
    high: int | None = highest
    if lowest == highest:
        low = min((rate.low for rate in rates if rate.low is not None), default=None)
        high = max((rate.high for rate in rates if rate.high is not None), default=None)
    cases = max((rate.cases for rate in rates if rate.cases is not None), default=None)
    flags = tuple(sorted({flag for rate in rates for flag in rate.flags.split()}))
    first = min(rate.row for rate in rates)
    return Chosen(kind, highest, low, high, match, None, cases, flags, kind, len(rates), first, tuple(rates))


def _other_insurers(rates: Iterable[KeptRate]) -> Chosen | None:
    """Give the median over the other payers, of the first kind that at least three of them post (METHOD 5.3, 5.4)."""
    by_kind: dict[PriceKind, dict[str, list[KeptRate]]] = defaultdict(lambda: defaultdict(list))
    for rate in rates:
        by_kind[rate.kind][fold_payer(rate.payer)].append(rate)
    for kind in _OF_OTHERS:
        payers = by_kind[kind]
        if len(payers) >= FEWEST_PAYERS:
            plans = [_plan_values(own) for own in payers.values()]
            used = [rate for own in payers.values() for rate in own]
            ends = (min(map(min, plans)), max(map(max, plans)))
            found = _median_of(kind, used, middle([middle(own) for own in plans]), ends)
            return found._replace(kind="other_insurers", match="other", payers=len(payers))
    return None


def _cash(rates: Sequence[KeptRate]) -> Chosen:
    """Give the one cash price, or the median of different ones with their range (METHOD 5.8)."""
    amounts = {rate.amount for rate in rates}
    ends = (min(amounts), max(amounts)) if len(amounts) > 1 else (None, None)
    return _median_of("cash", rates, middle(list(amounts)), ends)


def _median_of(kind: PriceKind, rates: Sequence[KeptRate], median: int, ends: tuple[int | None, int | None]) -> Chosen:
    """Give a median of several rates; of their flags it bears those that hold for every one."""
    flags = set(rates[0].flags.split()).intersection(*(rate.flags.split() for rate in rates))
    low, high = ends
    flagged, first = tuple(sorted(flags)), min(rate.row for rate in rates)
    return Chosen(kind, median, low, high, None, None, None, flagged, kind, len(rates), first, tuple(rates))

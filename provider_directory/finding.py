"""One question answered: candidates in, the order of CONTRACT 2 out, with ranks and rank ranges; pure functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, NamedTuple, get_args

from provider_directory.models import CredentialState, EvidenceClass, PriceKind, Sort, Tier

MILE_STEP = 5.0

# The order in which kinds of price stand when sorted by price; kinds are never mixed (CONTRACT 2, 6).
_PRICE_KINDS: tuple[PriceKind, ...] = get_args(PriceKind)


class Candidate(NamedTuple):
    """What the order needs to know of one facility for one question."""

    facility_id: str
    miles: float
    state: CredentialState
    public_state: CredentialState
    covers_care_day: bool
    z: float | None
    """None = no score is shown."""
    tier: Tier | None
    cases_per_year: int | None
    price_kind: PriceKind
    price_cents: int | None
    """None = no price, or one that is shown and never ranked."""
    price_group: tuple[int, int, int, str] = (0, 0, 0, "")
    """Inside a kind, prices of different groups are of different things (``like_with_like.ranking_group``)."""


class Ranked(NamedTuple):
    """A candidate with its place; both None where nothing in the data ranks it."""

    candidate: Candidate
    rank: int | None
    rank_range: tuple[int, int] | None


def recommended(candidates: Sequence[Candidate], evidence_class: EvidenceClass) -> list[Ranked]:
    """Order the candidates by the bands of CONTRACT 2, never crossed, and number the ranked ones from 1.

    Inside a band: steps of 5 miles, then Z (unscored last), then id. For evidence classes general and none the
    centers under contract come first, then the nearest, unranked.
    """
    rates = evidence_class in ("specific", "related")
    banded = sorted(
        ((_band(candidate, rates), candidate) for candidate in candidates),
        key=lambda pair: (pair[0], *_within(pair[0], pair[1])),
    )
    ranked: list[Ranked] = []
    for band, members in groupby(banded, key=lambda pair: pair[0]):
        group = [candidate for _, candidate in members]
        if band >= _UNRANKED:
            ranked.extend(Ranked(candidate, None, None) for candidate in group)
            continue
        first, last = len(ranked) + 1, len(ranked) + len(group)
        ranked.extend(Ranked(candidate, first + i, (first, last)) for i, candidate in enumerate(group))
    return ranked


def sorted_by(ranked: Sequence[Ranked], order: Sort) -> list[Ranked]:
    """Put ranked centers into another order; each keeps its recommended rank. Unknown values come last."""
    key = _SORT_KEYS.get(order)
    return list(ranked) if key is None else sorted(ranked, key=lambda entry: key(entry.candidate))


_UNRANKED = 6
_NO_EVIDENCE = 6
_NOT_MET = 7


def _band(candidate: Candidate, rates: bool) -> int:
    """Give the band: -2, -1, 0 = contract a, b, c; 2 to 5 as numbered in CONTRACT 2; 6, 7 unranked."""
    if candidate.state == "CONTRACT":
        if candidate.public_state == "NOT_MET":
            return 0
        return -2 if candidate.covers_care_day else -1
    # Suspended and expired contracts stand where the public data puts them (CONTRACT 2).
    good = candidate.tier in ("A", "B")
    match candidate.public_state:
        case _ if not rates:
            return _NO_EVIDENCE
        case "MEETS_PUBLIC":
            return 2 if good else 3
        case "PROVISIONAL":
            return 4 if good else 5
        case "NOT_MET":
            return _NOT_MET
        case _:
            return _NO_EVIDENCE


def _within(band: int, candidate: Candidate) -> tuple[float, float, str]:
    if band >= _UNRANKED:
        return (candidate.miles, 0.0, candidate.facility_id)
    return (candidate.miles // MILE_STEP, _best_first(candidate.z), candidate.facility_id)


def _best_first(figure: float | None) -> float:
    return float("inf") if figure is None else -figure


def _by_price(candidate: Candidate) -> tuple[object, ...]:
    """Group by kind, inside a kind by what the price is of; a price that no rule lets rank stands last in its kind."""
    cents = candidate.price_cents
    return (
        _PRICE_KINDS.index(candidate.price_kind),
        cents is None,
        candidate.price_group,
        cents or 0,
        candidate.miles,
    )


_SORT_KEYS: dict[Sort, Callable[[Candidate], tuple[Any, ...]]] = {
    "distance": lambda candidate: (candidate.miles,),
    "quality": lambda candidate: (_best_first(candidate.z), candidate.miles),
    "volume": lambda candidate: (_best_first(candidate.cases_per_year), candidate.miles),
    "price": _by_price,
}

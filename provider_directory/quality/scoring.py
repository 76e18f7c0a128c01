"""The score: 0-100, 50 = average, always with its range, its coverage and its tier (METHOD 2.4 steps 7-10, 4.8)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from provider_directory.facts import MeasureFact
from provider_directory.models import Tier
from provider_directory.quality.parts import Part, Reference, score_parts
from provider_directory.quality.profiles import Profile

__all__ = ["FacilityScore", "Part", "score_all", "score_facility", "score_from", "score_parts", "shown_score"]

NOT_ENOUGH_DATA = "not enough public data"
FEDERAL_HOSPITAL = "Veterans Affairs or Defense hospital: not offered and not scored"
_LEAST_COVERAGE = 60
_WIDTH = 1.645


class FacilityScore(NamedTuple):
    """The score of a facility for a profile, unrounded.

    ``z``, ``sd`` and ``sigma`` are in standard deviations; ``score``, ``low`` and ``high`` (90% range) 0-100; ``p`` is
    the probability of being better than the national mean; ``coverage`` the reported share of the weights, 0-1.
    ``shown`` is False below the coverage gate and for federal hospitals, and ``reason`` says which.
    """

    ccn: str
    profile: str
    z: float
    sd: float
    sigma: float
    score: float
    low: float
    high: float
    p: float
    coverage: float
    tier: Tier
    shown: bool
    reason: str | None


def normal_share(z: float) -> float:
    """Give the standard normal distribution function."""
    return 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))


def shown_score(score: float) -> int:
    """Round a score for display: floor(x + 0.5) (METHOD 4.8)."""
    return math.floor(score + 0.5)


def is_federal(ccn: str) -> bool:
    """Say whether a CCN is that of a Veterans Affairs or Defense hospital: it ends in F (METHOD 4.6)."""
    return ccn.upper().endswith("F")


def tier_of(p: float, score: float) -> Tier:
    """Give the tier from unrounded probability and score, in the order A, B, E, D, else C (METHOD 2.4 step 10, 4.8)."""
    if p >= 0.90 and score >= 75:
        return "A"
    if p >= 0.80 and score >= 60:
        return "B"
    if p <= 0.10 and score <= 25:
        return "E"
    if p <= 0.20 and score <= 40:
        return "D"
    return "C"


def score_facility(
    ccn: str,
    profile: Profile,
    facts_of_facility: Mapping[str, MeasureFact],
    annual_volume: float | None,
    reference: Reference,
) -> FacilityScore | None:
    """Score one facility; None when it reports no core measure of the profile.

    ``facts_of_facility`` holds the current row of each measure, ``annual_volume`` cases a year (None = unknown).
    """
    if not any(core in facts_of_facility and facts_of_facility[core].value is not None for core in profile.core):
        return None
    return score_from(ccn, profile, score_parts(profile, facts_of_facility, annual_volume, reference), reference)


def score_from(ccn: str, profile: Profile, parts: Sequence[Part], reference: Reference) -> FacilityScore | None:
    """Combine the parts of a score; None when no core measure is reported or the reference has no sigma for it."""
    spread = reference.items.get(f"SIGMA:{profile.name}")
    if spread is None or not any(part.reported for part in parts if part.measure in profile.core):
        return None
    z = math.fsum(part.weight * part.z for part in parts) / 100
    sd = math.sqrt(math.fsum((part.weight * part.sz) ** 2 for part in parts)) / 100
    sigma = spread.tau
    covered = sum(part.weight for part in parts if part.reported)
    score = 100 * normal_share(z / sigma)
    p = normal_share(z / sd) if sd else 0.5 + 0.5 * ((z > 0) - (z < 0))
    reason = None
    if covered < _LEAST_COVERAGE:
        reason = NOT_ENOUGH_DATA
    if is_federal(ccn):
        reason = FEDERAL_HOSPITAL
    return FacilityScore(
        ccn=ccn,
        profile=profile.name,
        z=z,
        sd=sd,
        sigma=sigma,
        score=score,
        low=100 * normal_share((z - _WIDTH * sd) / sigma),
        high=100 * normal_share((z + _WIDTH * sd) / sigma),
        p=p,
        coverage=covered / 100,
        tier=tier_of(p, score),
        shown=reason is None,
        reason=reason,
    )


def score_all(
    profile: Profile,
    facts_by_ccn: Mapping[str, Mapping[str, MeasureFact]],
    volumes: Mapping[str, float],
    reference: Reference,
) -> list[FacilityScore]:
    """Score every facility with a core measure, in the order of CCNs; ``volumes`` is cases a year by CCN."""
    scores = (score_facility(ccn, profile, facts, volumes.get(ccn), reference) for ccn, facts in facts_by_ccn.items())
    return sorted(score for score in scores if score is not None)

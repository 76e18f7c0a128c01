"""One measure of one facility in standard deviations from the national mean, with its noise (METHOD 2.4 steps 2-6)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from provider_directory.facts import MeasureFact
from provider_directory.quality.infections import Infections, recovered_infections
from provider_directory.quality.profiles import VOLUME, Measure, MeasureClass, Profile, measures

_SD_PER_INTERVAL = 3.92
_LEAST_VARIANCE_OF_A_SHARE = 0.02


class ReferenceItem(NamedTuple):
    """Frozen national figures of one measure, volume or sigma.

    ``mu`` and ``tau`` are in the measure's unit (HCAHPS: percent; volume: log2 of cases a year + 1); a sigma stands in
    ``tau`` with ``mu`` 0, the Z of an average facility; ``a`` and ``b`` are the prior of an infection measure.
    """

    kind: str
    n: int
    mu: float
    tau: float
    a: float | None
    b: float | None


@dataclass(frozen=True)
class Reference:
    """The frozen national reference, by measure id, "VOLUME:profile" and "SIGMA:profile" (METHOD 2.4 step 11)."""

    origin: str
    """Where the figures come from, for the answer and the manifest (CONTRACT 5)."""
    items: Mapping[str, ReferenceItem]


class Part(NamedTuple):
    """What one weighed item brings to a score; z and sz are in standard deviations, ``weight`` in percent."""

    measure: str
    weight: int
    reported: bool
    z: float
    sz: float
    value: float | None
    low: float | None
    high: float | None
    cases: float | None
    mu: float | None
    tau: float | None
    reason: str | None
    """Why it is not reported; None when it is."""


def infections_of(fact: MeasureFact) -> Infections | None:
    """Give infections observed and predicted: as published, else recovered from the ratio; None = not reported."""
    if fact.value is None:
        return None
    if fact.observed is not None and fact.predicted is not None:
        return Infections(fact.observed, fact.predicted) if fact.predicted > 0 else None
    return recovered_infections(fact.value, fact.high) if fact.high is not None else None


def value_and_error(fact: MeasureFact) -> tuple[float, float] | None:
    """Give a published-shrunk value and the standard error behind its 95% interval, in the measure's unit.

    None = not reported: value and both bounds must be numbers (METHOD 4.5).
    """
    if fact.value is None or fact.low is None or fact.high is None:
        return None
    return fact.value, (fact.high - fact.low) / _SD_PER_INTERVAL


def share_and_noise(fact: MeasureFact) -> tuple[float, float] | None:
    """Give a survey share (0-1) and its sampling variance (METHOD 2.4 step 4).

    None = not reported: a value and at least one completed survey are needed (METHOD 4.3).
    """
    if fact.value is None or not fact.cases:
        return None
    share = fact.value / 100
    return share, max(share * (1 - share), _LEAST_VARIANCE_OF_A_SHARE) / fact.cases


def standing(measure: Measure, fact: MeasureFact, item: ReferenceItem) -> tuple[float, float] | None:
    """Give (z, sz) of a measure, positive z = better than the mean; None when the value is not reported."""
    return _STANDINGS[measure.kind](fact, item, -1.0 if measure.lower_is_better else 1.0)


def _shrunk(fact: MeasureFact, item: ReferenceItem, direction: float) -> tuple[float, float] | None:
    published = value_and_error(fact)
    if published is None:
        return None
    value, error = published
    return direction * (value - item.mu) / item.tau, min(error / item.tau, 1.0)


def _infections(fact: MeasureFact, item: ReferenceItem, direction: float) -> tuple[float, float] | None:
    counted = infections_of(fact)
    if counted is None or item.a is None or item.b is None:
        return None
    shape, rate = counted.observed + item.a, counted.predicted + item.b
    return direction * (shape / rate - item.mu) / item.tau, min(math.sqrt(shape) / rate / item.tau, 1.0)


def _survey(fact: MeasureFact, item: ReferenceItem, direction: float) -> tuple[float, float] | None:
    answered = share_and_noise(fact)
    if answered is None:
        return None
    share, noise = answered
    mu, tau = item.mu / 100, item.tau / 100
    reliability = tau**2 / (tau**2 + noise)
    return direction * reliability * (share - mu) / tau, math.sqrt(reliability * noise) / tau


def _never(fact: MeasureFact, item: ReferenceItem, direction: float) -> None:
    return None


_STANDINGS = {"shrunk": _shrunk, "hai": _infections, "hcahps": _survey, "context": _never}


def volume_standing(annual_cases: float, item: ReferenceItem) -> float:
    """Give the z of a case volume, clipped to -2..2; it carries no noise (METHOD 2.4 step 5)."""
    return max(-2.0, min(2.0, (math.log2(annual_cases + 1) - item.mu) / item.tau))


def score_parts(
    profile: Profile, facts_of_facility: Mapping[str, MeasureFact], annual_volume: float | None, reference: Reference
) -> tuple[Part, ...]:
    """Give every weighed item of a profile, in the profile's order, reported or not.

    A missing item stands at the mean with full uncertainty and keeps its weight (METHOD 2.4 step 6).
    ``annual_volume`` is cases a year, None = not reported.
    """
    known = measures()
    return tuple(
        _volume_part(profile, weight, annual_volume, reference)
        if name == VOLUME
        else _measure_part(known[name], weight, facts_of_facility.get(name), reference)
        for name, weight in profile.weights.items()
    )


def _volume_part(profile: Profile, weight: int, annual_volume: float | None, reference: Reference) -> Part:
    item = reference.items.get(f"{VOLUME}:{profile.name}")
    if annual_volume is None or item is None:
        mean, sd = (item.mu, item.tau) if item else (None, None)
        reason = "cases a year are not known" if item else "no national volume file stands behind this profile"
        return Part(VOLUME, weight, False, 0.0, 1.0, annual_volume, None, None, annual_volume, mean, sd, reason)
    z = volume_standing(annual_volume, item)
    return Part(VOLUME, weight, True, z, 0.0, annual_volume, None, None, annual_volume, item.mu, item.tau, None)


def _measure_part(measure: Measure, weight: int, fact: MeasureFact | None, reference: Reference) -> Part:
    item = reference.items.get(measure.id)
    mu, tau = (item.mu, item.tau) if item else (None, None)
    if fact is None:
        return Part(measure.id, weight, False, 0.0, 1.0, None, None, None, None, mu, tau, "not in the files")
    placed = standing(measure, fact, item) if item else None
    if placed is None:
        reason = _why_unreported(measure.kind, fact) if item else "no national reference for this measure"
        z, noise = 0.0, 1.0
    else:
        reason = None
        z, noise = placed
    return Part(
        measure.id, weight, placed is not None, z, noise, fact.value, fact.low, fact.high, fact.cases, mu, tau, reason
    )


def _why_unreported(kind: MeasureClass, fact: MeasureFact) -> str:
    if fact.value is None:
        said = fact.compared or fact.raw  # "Number of Cases Too Small" says more than the score's "Not Available"
        return f"published as “{said}”" if said else "published without a value"
    if kind == "hcahps":
        return "published without the number of surveys"
    return "published without the bounds of its interval"

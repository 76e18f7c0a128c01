"""National means and spreads: the packaged ones, and how they are computed from a release (METHOD 2.4, 4.1-4.7)."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from provider_directory.facts import MeasureFact
from provider_directory.quality.parts import (
    Reference,
    ReferenceItem,
    infections_of,
    score_parts,
    share_and_noise,
    value_and_error,
)
from provider_directory.quality.profiles import VOLUME, Profile, measures, packaged_text, profiles
from provider_directory.quality.volume import annual_volumes

__all__ = [
    "CurrentRows",
    "Reference",
    "ReferenceItem",
    "choose_reference",
    "current_rows",
    "packaged_reference",
    "reference_from",
]

NATIONAL_FILE_FACILITIES = 4000
PACKAGED_ORIGIN = "packaged national reference (Care Compare, January 2026)"
COMPUTED_ORIGIN = "computed from this release"
_LEAST_VARIANCE = 1e-4
_LEAST_SURVEY_VARIANCE = 1e-5


class CurrentRows(NamedTuple):
    """The rows of the newest common period of each measure: what is scored and judged."""

    by_ccn: Mapping[str, Mapping[str, MeasureFact]]
    """CCN -> measure -> row."""
    periods: Mapping[str, tuple[str, str]]
    """Measure -> (start, end), ISO."""
    facilities: Mapping[str, int]
    """Dataset of measures.csv -> facilities that its file names, in whatever period."""


def current_rows(facts: Iterable[MeasureFact]) -> CurrentRows:
    """Keep, per measure, the rows of the most frequent period among numeric rows, ties to the latest end (METHOD 4.1).

    Where a measure has no numeric row, its most frequent period is kept, so that the reason can still be shown.
    """
    rows = facts if isinstance(facts, Sequence) else list(facts)
    periods = _modal_periods(rows)
    by_ccn: dict[str, dict[str, MeasureFact]] = {}
    ccns: dict[str, set[str]] = {}
    for fact in rows:
        ccns.setdefault(fact.measure, set()).add(fact.ccn)
        if periods[fact.measure] == (fact.start, fact.end):
            by_ccn.setdefault(fact.ccn, {})[fact.measure] = fact
    return CurrentRows(by_ccn, periods, _facilities_by_file(ccns))


def _modal_periods(rows: Sequence[MeasureFact]) -> dict[str, tuple[str, str]]:
    counts: dict[str, Counter[tuple[str, str]]] = {}
    silent: dict[str, Counter[tuple[str, str]]] = {}
    for fact in rows:
        counter = counts if fact.value is not None else silent
        counter.setdefault(fact.measure, Counter())[fact.start, fact.end] += 1
    return {
        measure: max(periods.items(), key=lambda counted: (counted[1], counted[0][1], counted[0][0]))[0]
        for measure, periods in (silent | counts).items()
    }


def _facilities_by_file(ccns: Mapping[str, set[str]]) -> dict[str, int]:
    known = measures()
    by_dataset: dict[str, set[str]] = {}
    for measure, members in ccns.items():
        if measure in known:
            by_dataset.setdefault(known[measure].dataset, set()).update(members)
    return {dataset: len(members) for dataset, members in by_dataset.items()}


@cache
def packaged_reference() -> Reference:
    """Give the reference of the 2026 release that ships with the product (reference_params.csv)."""
    items = {
        row["item"]: ReferenceItem(
            kind=row["kind"],
            n=int(row["n_hospitals"]),
            mu=float(row["mu"] or 0.0),
            tau=float(row["tau_or_sigma"]),
            a=float(row["a"]) if row["a"] else None,
            b=float(row["b"]) if row["b"] else None,
        )
        for row in csv.DictReader(packaged_text("reference_params.csv").splitlines())
    }
    return Reference(PACKAGED_ORIGIN, MappingProxyType(items))


def choose_reference(current: CurrentRows, stays: Mapping[str, Mapping[str, int]] | None = None) -> Reference:
    """Take the packaged reference unless each quality file that is scored has at least 4,000 facilities (CONTRACT 5).

    ``stays`` (CCN -> DRG -> stays a year) lets a full inpatient file add the volumes of METHOD 4.2.
    """
    scored = {measure.dataset for measure in measures().values() if measure.kind != "context"}
    if all(current.facilities.get(dataset, 0) >= NATIONAL_FILE_FACILITIES for dataset in scored):
        return reference_from(current.by_ccn, stays)
    return packaged_reference()


def reference_from(
    facts_by_ccn: Mapping[str, Mapping[str, MeasureFact]],
    stays: Mapping[str, Mapping[str, int]] | None = None,
    origin: str = COMPUTED_ORIGIN,
) -> Reference:
    """Compute mu, tau, priors, volumes and sigma over all facilities of a release (METHOD 2.4 steps 2-7, 4.6).

    ``facts_by_ccn`` holds current rows only. An item with fewer than two facilities, or the same figure in all, has no
    spread and is left out; what stands on it is then not reported.
    """
    items: dict[str, ReferenceItem] = {}
    for measure in measures().values():
        if measure.kind == "context":
            continue
        rows = [facts[measure.id] for facts in facts_by_ccn.values() if measure.id in facts]
        item = _ITEMS[measure.kind](rows)
        if item:
            items[measure.id] = item
    for profile in profiles().values():
        volumes = annual_volumes(profile, facts_by_ccn, stays)
        spread_of_cases = _volume_item(list(volumes.values()))
        if spread_of_cases:
            items[f"{VOLUME}:{profile.name}"] = spread_of_cases
        sigma = _sigma_item(profile, facts_by_ccn, volumes, Reference(origin, items))
        if sigma:
            items[f"SIGMA:{profile.name}"] = sigma
    return Reference(origin, MappingProxyType(items))


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _variance(values: Sequence[float]) -> float:
    mean = _mean(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


def _shrunk_item(rows: Sequence[MeasureFact]) -> ReferenceItem | None:
    used = [published for fact in rows if (published := value_and_error(fact))]
    if len(set(used)) < 2:
        return None
    values = [value for value, _ in used]
    spread = math.sqrt(_variance(values) + _mean([error**2 for _, error in used]))
    return ReferenceItem("shrunk", len(used), _mean(values), spread, None, None)


def _infection_item(rows: Sequence[MeasureFact]) -> ReferenceItem | None:
    counted = [found for fact in rows if (found := infections_of(fact))]
    if len(counted) < 2:
        return None
    predicted = math.fsum(found.predicted for found in counted)
    mu = math.fsum(found.observed for found in counted) / predicted
    if not mu:
        return None
    between = math.fsum(found.predicted * (found.observed / found.predicted - mu) ** 2 for found in counted)
    scale = predicted - math.fsum(found.predicted**2 for found in counted) / predicted
    variance = max(_LEAST_VARIANCE, (between - mu * (len(counted) - 1)) / scale)
    return ReferenceItem("hai", len(counted), mu, math.sqrt(variance), mu**2 / variance, mu / variance)


def _survey_item(rows: Sequence[MeasureFact]) -> ReferenceItem | None:
    used = [answered for fact in rows if (answered := share_and_noise(fact))]
    if len(used) < 2:
        return None
    shares = [share for share, _ in used]
    noise = _mean([variance for _, variance in used])
    spread = math.sqrt(max(_variance(shares) - noise, _LEAST_SURVEY_VARIANCE))
    return ReferenceItem("hcahps", len(used), 100 * _mean(shares), 100 * spread, None, None)


_ITEMS: dict[str, Callable[[Sequence[MeasureFact]], ReferenceItem | None]] = {
    "shrunk": _shrunk_item,
    "hai": _infection_item,
    "hcahps": _survey_item,
}


def _volume_item(volumes: Sequence[float]) -> ReferenceItem | None:
    if len(set(volumes)) < 2:
        return None
    logs = [math.log2(cases + 1) for cases in volumes]
    return ReferenceItem("volume", len(logs), _mean(logs), math.sqrt(_variance(logs)), None, None)


def _sigma_item(
    profile: Profile,
    facts_by_ccn: Mapping[str, Mapping[str, MeasureFact]],
    volumes: Mapping[str, float],
    reference: Reference,
) -> ReferenceItem | None:
    """Compute the spread of Z over every facility with a core measure, the coverage gate not applied (METHOD 4.7)."""
    totals, noises = [], []
    for ccn, facts in facts_by_ccn.items():
        if not any(core in facts and facts[core].value is not None for core in profile.core):
            continue
        parts = score_parts(profile, facts, volumes.get(ccn), reference)
        if any(part.reported for part in parts if part.measure in profile.core):
            totals.append(math.fsum(part.weight * part.z for part in parts) / 100)
            noises.append(math.fsum((part.weight * part.sz) ** 2 for part in parts) / 10_000)
    spread = math.sqrt(_variance(totals) + _mean(noises)) if len(totals) > 1 else 0.0
    return ReferenceItem("sigma", len(totals), 0.0, spread, None, None) if spread else None

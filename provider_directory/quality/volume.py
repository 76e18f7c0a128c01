"""Cases a year, each profile from its one source (METHOD 4.2)."""

from __future__ import annotations

from collections.abc import Mapping

from provider_directory.facts import InpatientFact, MeasureFact
from provider_directory.quality.periods import window_months
from provider_directory.quality.profiles import Profile, profiles

FULL_FILE_FACILITIES = 2000
"""Medicare's full file names about 3,000 hospitals; fewer than 2,000 are a cut that cannot give a national mean."""


def yearly_cases(fact: MeasureFact | None) -> float | None:
    """Give a measure's denominator a year: denominator / (window months / 12); None = not reported."""
    if fact is None or fact.cases is None:
        return None
    months = window_months(fact.start, fact.end)
    return fact.cases * 12 / months if months else None


def yearly_stays(drgs: frozenset[str], drg_cases: Mapping[str, int] | None) -> int | None:
    """Add up a facility's Medicare stays a year in ``drgs``.

    None without a row: fewer than 11 stays of a DRG are not published, so absence is never 0 (METHOD 4).
    """
    found = [cases for drg, cases in (drg_cases or {}).items() if drg in drgs]
    return sum(found) if found else None


def stays_by_facility(facts: list[InpatientFact]) -> dict[str, dict[str, int]]:
    """Give Medicare stays a year by facility (CCN) and DRG; the file covers one calendar year."""
    stays: dict[str, dict[str, int]] = {}
    for fact in facts:
        of_facility = stays.setdefault(fact.ccn, {})
        of_facility[fact.drg] = of_facility.get(fact.drg, 0) + fact.discharges
    return stays


def is_full_file(stays: Mapping[str, Mapping[str, int]]) -> bool:
    """Say whether a Medicare inpatient file is the whole one, so that volumes may be read from it (METHOD 4.2).

    Whole means: at least 2,000 facilities, and rows for DRGs of every profile whose volume is counted in stays. A
    file of a few DRGs would call every hospital without a row in it unknown or small by its own choice of rows.
    """
    if len(stays) < FULL_FILE_FACILITIES:
        return False
    present = {drg for of_facility in stays.values() for drg in of_facility}
    return all(profile.volume_drgs & present for profile in profiles().values() if profile.volume_drgs)


def annual_volumes(
    profile: Profile,
    facts_by_ccn: Mapping[str, Mapping[str, MeasureFact]],
    stays: Mapping[str, Mapping[str, int]] | None = None,
) -> dict[str, float]:
    """Give cases a year by facility (CCN) for the score of a profile; a facility that is absent is not reported.

    ``stays`` (CCN -> DRG -> stays a year) counts only for profiles that name DRGs, and only when it is the full file.
    """
    if profile.volume_measure:
        measure = profile.volume_measure
        found = {ccn: yearly_cases(facts.get(measure)) for ccn, facts in facts_by_ccn.items()}
        return {ccn: cases for ccn, cases in found.items() if cases is not None}
    if profile.volume_drgs and stays and is_full_file(stays):
        counted = {ccn: yearly_stays(profile.volume_drgs, of_facility) for ccn, of_facility in stays.items()}
        return {ccn: float(cases) for ccn, cases in counted.items() if cases is not None}
    return {}

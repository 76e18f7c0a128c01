"""Judge gathered facts: the reference, every score, every public check; what a build stores beside the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from provider_directory import catalog
from provider_directory.edition.gather import Gathered, facility_id
from provider_directory.edition.reader import CheckRow, FacilityRow, ScoreRow
from provider_directory.facts import MeasureFact
from provider_directory.quality.credentials import CriterionResult, criteria_sets, judge
from provider_directory.quality.profiles import profiles
from provider_directory.quality.reference import Reference, choose_reference, current_rows
from provider_directory.quality.scoring import FacilityScore, score_all
from provider_directory.quality.volume import annual_volumes, stays_by_facility


@dataclass
class Assessed:
    """What the rules make of the facts."""

    reference: Reference
    current: frozenset[tuple[str, str, str, str]]
    """(facility id, measure, start, end) of the rows that are scored (METHOD 4.1)."""
    scores: list[ScoreRow]
    checks: list[CheckRow]


def assess(gathered: Gathered) -> Assessed:
    """Score and check every facility by METHOD 2.4, 2.8 and 4."""
    rows = current_rows([fact for fact, _ in gathered.measures.values()])
    by_ccn = rows.by_ccn
    stays = stays_by_facility([fact for fact, _ in gathered.inpatient.values()])
    reference = choose_reference(rows, stays)
    scores: dict[str, list[FacilityScore]] = {}
    for profile in profiles().values():
        volumes = annual_volumes(profile, by_ccn, stays)
        scores[profile.name] = score_all(profile, by_ccn, volumes, reference)
    return Assessed(
        reference=reference,
        current=frozenset(
            (facility_id(ccn), fact.measure, fact.start, fact.end)
            for ccn, facts in by_ccn.items()
            for fact in facts.values()
        ),
        scores=[_row(score) for name in scores for score in scores[name]],
        checks=_checks(gathered, by_ccn, scores, stays),
    )


def _row(score: FacilityScore) -> ScoreRow:
    return ScoreRow(
        *(score.profile, facility_id(score.ccn), score.z, score.sd, score.sigma, score.score, score.low, score.high),
        *(score.p, score.coverage, score.tier, int(score.shown), score.reason),
    )


def _checks(
    gathered: Gathered,
    by_ccn: Mapping[str, Mapping[str, MeasureFact]],
    scores: dict[str, list[FacilityScore]],
    stays: dict[str, dict[str, int]],
) -> list[CheckRow]:
    by_profile = {name: {score.ccn: score for score in of_profile} for name, of_profile in scores.items()}
    rows = []
    for criteria_set in criteria_sets().values():
        if not criteria_set.public:
            continue
        for facility in pool(gathered.facilities.values(), criteria_set.name):
            ccn = facility.ccn or ""
            results = judge(
                criteria_set,
                by_ccn.get(ccn, {}),
                by_profile[criteria_set.profile].get(ccn),
                stays.get(ccn),
                None,  # attestations age with the question's date, so they are judged when it is asked
            )
            rows.append(check_row(criteria_set.name, facility.id, results))
    return rows


def pool(facilities: Iterable[FacilityRow], criteria_set: str) -> list[FacilityRow]:
    """Give the facilities that may be offered for a criteria set (CONTRACT 1)."""
    kinds = {"acute", "critical_access", "surgery_center", "cancer"}
    for procedure in catalog.load().procedures:
        if procedure.criteria_set == criteria_set:
            kinds.update(procedure.pools)
    return [facility for facility in facilities if facility.listed and facility.kind in kinds]


def check_row(criteria_set: str, facility: str, results: Iterable[CriterionResult]) -> CheckRow:
    """Pack judged criteria into one stored row."""
    found = {result.id: result for result in results}
    outcomes = [found[number].outcome[0] if number in found else None for number in ("R1", "R2", "R3", "R4", "R5")]
    datum = int(any(result.datum for result in found.values() if result.specific))
    return CheckRow(criteria_set, facility, datum, *outcomes)

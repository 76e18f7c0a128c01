"""The public state of facilities on a date: stored checks where they hold, judged anew where the date matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple, cast, get_args

from provider_directory.edition.reader import Attestation, CheckRow, EditionReader, ScoreRow, StoredMeasure
from provider_directory.facts import InpatientFact, MeasureFact
from provider_directory.models import CredentialState, CriterionOutcome, Tier
from provider_directory.quality.credentials import (
    ATTESTED,
    INPATIENT,
    CriteriaSet,
    CriterionResult,
    apply_staleness,
    attestation_is_stale,
    criteria_sets,
    is_stale,
    judge,
    public_state,
)
from provider_directory.quality.profiles import VOLUME, measures, profiles
from provider_directory.quality.scoring import FacilityScore

CRITERIA = ("R1", "R2", "R3", "R4", "R5")
_OUTCOMES = {outcome[0]: outcome for outcome in get_args(CriterionOutcome)}


def stale_measures(reader: EditionReader, on: date) -> frozenset[str]:
    """Give the measures whose newest release is stale on this date, INPATIENT among them (METHOD 4.10)."""
    newest: dict[str, str | None] = {}
    for source in reader.sources.values():
        newest[source.dataset] = max(newest.get(source.dataset) or "", source.release or "") or None
    stale = {dataset for dataset, release in newest.items() if is_stale(release, on)}
    found = {measure.id for measure in measures().values() if measure.dataset in stale}
    return frozenset(found | ({INPATIENT} if "inpatient" in stale else set()))


def stored_outcomes(row: CheckRow | None) -> dict[str, str]:
    """Give the outcome of each criterion that the set has, as stored, staleness left out."""
    if row is None:
        return {}
    return {number: _OUTCOMES[letter] for number, letter in zip(CRITERIA, row[3:], strict=True) if letter is not None}


def stored_state(criteria_set: CriteriaSet, row: CheckRow | None) -> CredentialState:
    """Give the public state that a stored check amounts to, staleness left out."""
    if row is None:
        return "NO_EVIDENCE"
    return _state(criteria_set.name, bool(row.datum), row[3:])


@cache
def _state(criteria_set: str, datum: bool, outcomes: tuple[str | None, ...]) -> CredentialState:
    stored = dict(zip(CRITERIA, outcomes, strict=True))
    rules = criteria_sets()[criteria_set]
    results = [
        CriterionResult(
            criterion.id,
            cast(CriterionOutcome, _OUTCOMES[stored[criterion.id] or "u"]),
            datum and criterion.specific,
            criterion.specific,
            "",
            (),
        )
        for criterion in rules.criteria
    ]
    return public_state(rules, results)


class FacilityFigures(NamedTuple):
    """What the edition holds of one facility: measures by id, Medicare stays by MS-DRG, each with its source."""

    measures: Mapping[str, StoredMeasure]
    inpatient: Mapping[str, tuple[InpatientFact, int]]


def figures_of(
    reader: EditionReader, criteria_set: CriteriaSet, profile: str, drgs: Iterable[str], facility_ids: Sequence[str]
) -> dict[str, FacilityFigures]:
    """Look up everything that criteria, score and answer need of these facilities, by id."""
    wanted = {criterion.measure for criterion in criteria_set.criteria if criterion.measure}
    for name in (criteria_set.profile, profile):
        wanted |= set(profiles()[name].weights) - {VOLUME}
    counted = set(drgs).union(*(criterion.drgs for criterion in criteria_set.criteria))
    measured = reader.measures(facility_ids, wanted)
    stays = reader.inpatient(facility_ids, counted)
    return {key: FacilityFigures(measured.get(key, {}), stays.get(key, {})) for key in facility_ids}


def judged(
    reader: EditionReader,
    criteria_set: CriteriaSet,
    figures: Mapping[str, FacilityFigures],
    scores: Mapping[str, ScoreRow],
    stale: frozenset[str],
    on: date,
) -> dict[str, tuple[CriterionResult, ...]]:
    """Judge the criteria of a set for these facilities as of a date, with reasons.

    ``scores`` are those of the set's profile, by facility id; ``stale`` as ``stale_measures`` gives it.
    """
    if not criteria_set.public:
        return dict.fromkeys(figures, ())
    attested = reader.attestations(criteria_set.name)
    results = {}
    for key, held in figures.items():
        score = scores.get(key)
        found = judge(
            criteria_set,
            current_facts(held.measures),
            facility_score(score) if score else None,
            {drg: fact.discharges for drg, (fact, _) in held.inpatient.items()},
            attested[key].cases if key in attested else None,
        )
        results[key] = apply_staleness(found, stale | _stale_attestation(attested.get(key), on))
    return results


def states_on(
    reader: EditionReader, criteria_set: CriteriaSet, facilities: Sequence[str], stale: frozenset[str], on: date
) -> dict[str, tuple[CredentialState, dict[str, str]]]:
    """Give state and outcome of each criterion of these facilities on a date, for a whole nation in a blink.

    As stored, but judged anew where the date bears on it: that takes a hundred times as long.
    """
    attested = reader.attestations(criteria_set.name)
    anew = list(facilities) if stale else [key for key in facilities if key in attested]
    marks = reader.scores(criteria_set.profile, anew)
    figures = figures_of(reader, criteria_set, criteria_set.profile, (), anew)
    found: dict[str, tuple[CredentialState, dict[str, str]]] = {
        key: (public_state(criteria_set, results), {result.id: result.outcome for result in results})
        for key, results in judged(reader, criteria_set, figures, marks, stale, on).items()
    }
    checks = reader.checks(criteria_set.name, facilities)
    for key in facilities:
        if key not in found:
            found[key] = (stored_state(criteria_set, checks.get(key)), stored_outcomes(checks.get(key)))
    return found


def current_facts(stored: Mapping[str, StoredMeasure]) -> dict[str, MeasureFact]:
    """Give the facts of stored rows that are scored, by measure."""
    return {name: row.fact for name, row in stored.items() if row.current}


def facility_score(row: ScoreRow) -> FacilityScore:
    """Give a stored score as the rules take it."""
    return FacilityScore(
        ccn=row.facility_id.removeprefix("ccn-").upper(),
        profile=row.profile,
        z=row.z,
        sd=row.sd,
        sigma=row.sigma,
        score=row.score,
        low=row.low,
        high=row.high,
        p=row.p,
        coverage=row.coverage,
        tier=cast(Tier, row.tier),
        shown=bool(row.shown),
        reason=row.reason,
    )


def _stale_attestation(attestation: Attestation | None, on: date) -> frozenset[str]:
    if attestation is None or not attestation_is_stale(attestation.attested_on, on):
        return frozenset()
    return frozenset({ATTESTED})

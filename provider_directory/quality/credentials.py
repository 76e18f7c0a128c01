"""Public criteria judged: pass, fail or unknown, each with its reason, and the state they make (METHOD 2.8, 4.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from provider_directory.facts import MeasureFact
from provider_directory.models import CredentialState, CriterionOutcome
from provider_directory.quality.criteria import CriteriaSet, Criterion, criteria_sets
from provider_directory.quality.periods import attestation_is_stale, is_grey, is_stale
from provider_directory.quality.profiles import Profile, profiles
from provider_directory.quality.scoring import FacilityScore
from provider_directory.quality.volume import yearly_cases, yearly_stays
from provider_directory.quality.words import compared_class, footnotes

__all__ = [
    "ATTESTED",
    "BELOW_AVERAGE",
    "INPATIENT",
    "STALE",
    "CriteriaSet",
    "Criterion",
    "CriterionResult",
    "apply_staleness",
    "attestation_is_stale",
    "compared_class",
    "criteria_sets",
    "footnotes",
    "is_grey",
    "is_stale",
    "judge",
    "public_state",
    "state_flags",
    "state_label",
]

INPATIENT = "INPATIENT"
"""Stands among a result's measures for the Medicare inpatient file."""
ATTESTED = "ATTESTED"
"""Stands among a result's measures for a facility's own statement in a roster."""

BELOW_AVERAGE = "below average, not certain"
STALE = "stale: published more than 12 months before this date"
_CERTAINLY_BELOW = 0.05


class CriterionResult(NamedTuple):
    """One criterion judged.

    ``datum``: the public files hold a figure for it, whatever it says; ``specific``: it is about the procedure;
    ``measures``: what the outcome rests on (measure ids, INPATIENT, ATTESTED).
    """

    id: str
    outcome: CriterionOutcome
    datum: bool
    specific: bool
    reason: str
    measures: tuple[str, ...]


class _Known(NamedTuple):
    facts: Mapping[str, MeasureFact]
    score: FacilityScore | None
    stays: Mapping[str, int] | None
    attested: int | None


def judge(
    criteria_set: CriteriaSet,
    facts_of_facility: Mapping[str, MeasureFact],
    score: FacilityScore | None,
    drg_cases: Mapping[str, int] | None,
    attested_cases: int | None,
) -> tuple[CriterionResult, ...]:
    """Judge every criterion of a set for one facility, in the order R1, R2 ...

    ``facts_of_facility`` holds current rows; ``score`` is that of the set's profile; ``drg_cases`` Medicare stays a
    year by DRG, ``attested_cases`` all-payer cases a year by the facility's own statement; None = not known.
    """
    known = _Known(facts_of_facility, score, drg_cases, attested_cases)
    return tuple(_JUDGES[criterion.kind](criterion, criteria_set, known) for criterion in criteria_set.criteria)


def _result(
    criterion: Criterion, outcome: CriterionOutcome, datum: bool, reason: str, measures: tuple[str, ...]
) -> CriterionResult:
    return CriterionResult(criterion.id, outcome, datum, criterion.specific, reason, measures)


def _compared(criterion: Criterion, criteria_set: CriteriaSet, known: _Known) -> CriterionResult:
    measures = (criterion.measure,)
    fact = known.facts.get(criterion.measure)
    if fact is None:
        return _result(criterion, "unknown", False, "not in the files", measures)
    datum = fact.value is not None
    verdict = compared_class(fact.compared)
    if verdict is None:
        said = fact.compared or fact.raw
        return _result(criterion, "unknown", datum, f"published as “{said}”" if said else "not published", measures)
    if fact.cases is not None and fact.cases < criterion.least_cases:
        reason = f"{fact.cases:g} cases, fewer than {criterion.least_cases}"
        return _result(criterion, "unknown", datum, reason, measures)
    return _result(criterion, "fail" if verdict == "worse" else "pass", datum, f"CMS says “{fact.compared}”", measures)


def _medicare(criterion: Criterion, criteria_set: CriteriaSet, known: _Known) -> CriterionResult:
    cases = yearly_cases(known.facts.get(criterion.measure))
    stays = yearly_stays(criterion.drgs, known.stays)
    found = [
        (amount, words, source)
        for amount, words, source in (
            (cases, "Medicare cases a year", criterion.measure),
            (stays, "Medicare stays a year", INPATIENT),
        )
        if amount is not None
    ]
    # Leapfrog asks for 50 hips and 50 knees; a roster's one total cannot show both, so it decides nothing (METHOD 4.9).
    stated = (
        "" if known.attested is None else f"; the facility states {known.attested:,} a year for hip and knee together"
    )
    if not found:
        return _result(criterion, "unknown", False, "no Medicare case count is published" + stated, ())
    passing = [entry for entry in found if entry[0] >= criterion.least]
    said = "; ".join(f"{_count(amount, criterion.least)} {words}" for amount, words, _ in passing or found)
    sources = tuple(source for _, _, source in passing or found)
    if passing:
        return _result(criterion, "pass", True, said, sources)
    # Medicare counts only part of a hospital's patients, so a small count never fails (METHOD 2.8).
    reason = f"{said}, fewer than {criterion.least}; other patients are not counted{stated}"
    return _result(criterion, "unknown", True, reason, sources)


def _count(amount: float, least: int) -> str:
    # 49.7 must not be said as 50 beside a threshold of 50.
    return f"{amount:,.1f}" if amount < least <= round(amount) else f"{round(amount):,}"


def _attested(criterion: Criterion, criteria_set: CriteriaSet, known: _Known) -> CriterionResult:
    if known.attested is None:
        return _result(criterion, "unknown", False, "the facility has not stated its cases a year", ())
    reason = f"the facility states {known.attested:,} a year, not checked"
    # All payers are in this count: below the threshold is a fact and not a gap, unlike Medicare's part.
    outcome: CriterionOutcome = "pass" if known.attested >= criterion.least else "fail"
    return _result(criterion, outcome, True, reason, (ATTESTED,))


def _tier(criterion: Criterion, criteria_set: CriteriaSet, known: _Known) -> CriterionResult:
    score = known.score
    measures = _behind_the_tier(profiles()[criteria_set.profile], known)
    if score is None:
        return _result(criterion, "unknown", False, "no score: its main measures are not published", measures)
    if not score.shown:
        return _result(criterion, "unknown", True, f"no score: {score.reason}", measures)
    if score.tier not in ("D", "E"):
        return _result(criterion, "pass", True, f"tier {score.tier}", measures)
    if score.p <= _CERTAINLY_BELOW:
        return _result(criterion, "fail", True, f"tier {score.tier}: below average", measures)
    return _result(criterion, "unknown", True, BELOW_AVERAGE, measures)


def _behind_the_tier(profile: Profile, known: _Known) -> tuple[str, ...]:
    reported = [name for name in profile.weights if name in known.facts and known.facts[name].value is not None]
    if yearly_stays(profile.volume_drgs, known.stays) is not None:
        reported.append(INPATIENT)
    return tuple(reported)


_JUDGES = {"compared": _compared, "medicare": _medicare, "attested": _attested, "tier": _tier}


def apply_staleness(results: Sequence[CriterionResult], stale_measures: frozenset[str]) -> tuple[CriterionResult, ...]:
    """Make every criterion unknown that rests on a stale measure (METHOD 4.10).

    The tier rests on all of its measures, so one stale measure is enough; a case count that two sources confirm
    stands as long as one of them is fresh. ``stale_measures`` may name INPATIENT and ATTESTED.
    """
    if not stale_measures:
        return tuple(results)
    return tuple(
        result._replace(outcome="unknown", reason=STALE) if _rests_on(result, stale_measures) else result
        for result in results
    )


def _rests_on(result: CriterionResult, stale_measures: frozenset[str]) -> bool:
    if not result.measures:
        return False
    stale = [measure in stale_measures for measure in result.measures]
    return all(stale) if result.id == "R4" else any(stale)


def public_state(criteria_set: CriteriaSet, results: Sequence[CriterionResult]) -> CredentialState:
    """Give the state that public data alone supports, in the order of METHOD 4.9."""
    if not criteria_set.public or not any(result.datum for result in results if result.specific):
        return "NO_EVIDENCE"
    outcomes = {result.outcome for result in results}
    if "fail" in outcomes:
        return "NOT_MET"
    if "unknown" not in outcomes:
        return "MEETS_PUBLIC" if criteria_set.has_volume else "PROVISIONAL"
    if any(result.outcome == "pass" for result in results if result.specific):
        return "PROVISIONAL"
    return "NO_EVIDENCE"


def state_label(state: CredentialState, criteria_set: CriteriaSet, results: Sequence[CriterionResult]) -> str:
    """Give the words for the screen of a public state (CONTRACT 3); NOT_MET names the criteria that fail.

    Raises ValueError for the states of a contract, whose words need its dates.
    """
    if state == "MEETS_PUBLIC":
        return "passes public check"
    if state == "PROVISIONAL":
        return "partly checked" if criteria_set.has_volume else "no warning in public data"
    if state == "NOT_MET":
        failed = {result.id for result in results if result.outcome == "fail"}
        names = [criterion.name for criterion in criteria_set.criteria if criterion.id in failed]
        return f"below public check: {', '.join(names)}"
    if state == "NO_EVIDENCE":
        return "no public check for this procedure" if criteria_set.name == "none" else "no public data"
    raise ValueError(f"{state} is the state of a contract, not of public data")


def state_flags(results: Sequence[CriterionResult]) -> tuple[str, ...]:
    """Give what stands beside a state: a doubtful low tier, and criteria whose figures are stale (CONTRACT 3)."""
    flags = []
    if any(result.reason == BELOW_AVERAGE for result in results):
        flags.append(BELOW_AVERAGE)
    if any(result.reason == STALE for result in results):
        flags.append("public data is stale")
    return tuple(flags)

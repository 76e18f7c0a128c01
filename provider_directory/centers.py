"""A facility made into the answer to one question: credential, score, cases, price, benchmark, and what is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from provider_directory.contracts import ContractStanding, intake_phone
from provider_directory.crediting import CANCER_HOSPITAL, credential
from provider_directory.edition.reader import EditionReader, FacilityRow, ScoreRow, StoredMeasure
from provider_directory.facts import InpatientFact
from provider_directory.finding import Ranked
from provider_directory.models import (
    Benchmark,
    Cases,
    Center,
    CredentialState,
    Facility,
    Kind,
    MilesPrecision,
    Price,
    Procedure,
    Question,
    SaidFigure,
    Score,
    Surgeon,
    Tier,
)
from provider_directory.pricing.offered import medicare_benchmark
from provider_directory.public_check import FacilityFigures
from provider_directory.quality.credentials import (
    CriteriaSet,
    CriterionResult,
    criteria_sets,
    public_state,
    state_flags,
    state_label,
)
from provider_directory.quality.profiles import Profile, measures, profiles
from provider_directory.quality.scoring import shown_score
from provider_directory.quality.volume import yearly_cases
from provider_directory.quality.words import spoken_figure
from provider_directory.spoken import spoken

NO_SCORE = "no public data"
GENERAL = "general hospital safety"
FEDERAL_KINDS = frozenset({"va", "dod"})
FEDERAL_HOSPITAL = "Veterans Affairs or Defense hospital: not offered, no public state"
CANCER_LINES = frozenset({"cancer", "cellular-therapy"})


@dataclass(frozen=True)
class CenterContext:
    """What the edition holds of one facility for one procedure."""

    facility: FacilityRow
    score: ScoreRow | None
    results: tuple[CriterionResult, ...]
    """The judged criteria of the procedure's set."""
    measures: Mapping[str, StoredMeasure]
    inpatient: Mapping[str, tuple[InpatientFact, int]]
    cases: Cases | None


def center_context(
    procedure: Procedure,
    facility: FacilityRow,
    score: ScoreRow | None,
    results: tuple[CriterionResult, ...],
    figures: FacilityFigures,
) -> CenterContext:
    """Put together what is known of one facility for one procedure."""
    profile = profiles()[procedure.profile]
    cases = _cases(procedure, profile, figures.measures, figures.inpatient)
    return CenterContext(facility, score, results, figures.measures, figures.inpatient, cases)


def _cases(
    procedure: Procedure,
    profile: Profile,
    stored: Mapping[str, StoredMeasure],
    stays: Mapping[str, tuple[InpatientFact, int]],
) -> Cases | None:
    """Give the count with what is counted: the profile's own measure, else Medicare stays in the DRG family."""
    row = stored.get(profile.volume_measure or "")
    if row is not None and row.current and (yearly := yearly_cases(row.fact)) is not None:
        return Cases(per_year=round(yearly), label=profile.volume_label)
    counted = [fact.discharges for drg, (fact, _) in stays.items() if drg in procedure.drgs]
    if not counted:
        return None
    # A DRG family holds other procedures too, so the label never names this one (METHOD 1, pitfall 3).
    return Cases(per_year=sum(counted), label="Medicare stays a year in this DRG family")


def score_of(procedure: Procedure, row: ScoreRow | None, stored: Mapping[str, StoredMeasure]) -> Score | None:
    """Give the score as it is shown and said; None when there is none or it is gated (METHOD 2.4 steps 8, 9)."""
    if row is None or not row.shown or row.tier is None:
        return None
    value, low, high = (shown_score(figure) for figure in (row.score, row.low, row.high))
    patients = _patients(procedure, stored)
    label = f"{value} of 100, likely {low} to {high}, 50 is average{patients}"
    if procedure.evidence_class == "general":
        label = f"{GENERAL}: {label}"
    return Score(
        value=value,
        low=low,
        high=high,
        tier=cast(Tier, row.tier),
        coverage=row.coverage,
        profile=row.profile,
        evidence_class=procedure.evidence_class,
        label=label,
    )


def _patients(procedure: Procedure, stored: Mapping[str, StoredMeasure]) -> str:
    said = _said_figure(procedure, _first_figure(procedure, stored))
    return "" if said is None or said.patients is None else f", from {said.patients:,} Medicare patients"


def _said_figure(procedure: Procedure, row: StoredMeasure | None) -> SaidFigure | None:
    if row is None or row.fact.value is None:
        return None
    counted = row.fact.cases is not None and measures()[row.fact.measure].about.startswith("Medicare")
    patients = round(row.fact.cases) if counted and row.fact.cases is not None else None
    rated = procedure.evidence_class in ("specific", "related")
    return SaidFigure(measure=row.fact.measure, value=row.fact.value, patients=patients, is_of_procedure=rated)


def _first_figure(procedure: Procedure, stored: Mapping[str, StoredMeasure]) -> StoredMeasure | None:
    """Give the first core measure of the profile that has a value: what is said first."""
    for name in profiles()[procedure.profile].core:
        row = stored.get(name)
        if row is not None and row.current and row.fact.value is not None:
            return row
    return None


def center_of(
    reader: EditionReader,
    question: Question,
    procedure: Procedure,
    entry: Ranked,
    context: CenterContext,
    standing: ContractStanding,
    care_day: date,
    price: Price,
) -> Center:
    """Make one center of an offer."""
    criteria_set = _criteria_set(procedure)
    public, label = public_words(criteria_set, procedure, context)
    credited = credential(standing, public, label, state_flags(context.results), criteria_set.name, care_day)
    score = score_of(procedure, context.score, context.measures)
    figure = _first_figure(procedure, context.measures)
    first = _said_figure(procedure, figure)
    said = spoken_figure(measures()[first.measure], first.value) if first and first.is_of_procedure else None
    return Center(
        rank=entry.rank,
        rank_range=entry.rank_range,
        facility=facility_of(context.facility, intake_phone(standing)),
        miles=entry.candidate.miles,
        miles_precision=cast(MilesPrecision, context.facility.point_precision or "zip"),
        credential=credited,
        score=score,
        score_reason=None if score else _no_score_reason(procedure, context),
        cases=context.cases,
        price=price,
        benchmark=_benchmark(reader, procedure, context),
        you_pay=None,
        surgeons=surgeons_under_contract(reader, procedure, standing),
        spoken=spoken(credited, question.program is not None, said, score, price),
        figure=first,
        as_of=date.fromisoformat(figure.fact.end) if figure and figure.fact.end else None,
    )


def _criteria_set(procedure: Procedure) -> CriteriaSet:
    return criteria_sets()[procedure.criteria_set]


def public_words(
    criteria_set: CriteriaSet, procedure: Procedure, context: CenterContext
) -> tuple[CredentialState, str]:
    """Give the public state and its words; cancer hospitals have words of their own (CONTRACT 1, 3)."""
    if context.facility.kind == "cancer" and procedure.service_line in CANCER_LINES:
        return "NO_EVIDENCE", CANCER_HOSPITAL
    if context.facility.kind in FEDERAL_KINDS:
        return "NO_EVIDENCE", FEDERAL_HOSPITAL
    state = public_state(criteria_set, context.results)
    return state, state_label(state, criteria_set, context.results)


def facility_of(row: FacilityRow, intake_phone: str | None) -> Facility:
    """Give a facility as an answer shows it."""
    place = ", ".join(part for part in (row.city, " ".join(part for part in (row.state, row.zip) if part)) if part)
    return Facility(
        id=row.id,
        kind=cast(Kind, row.kind),
        ccn=row.ccn,
        npi=row.npi,
        name=row.name,
        address=", ".join(part for part in (row.address, place) if part) or None,
        phone=row.phone,
        intake_phone=intake_phone,
    )


def _no_score_reason(procedure: Procedure, context: CenterContext) -> str:
    if context.facility.kind == "cancer" and procedure.service_line in CANCER_LINES:
        return CANCER_HOSPITAL
    if procedure.evidence_class == "none":
        return "no public data rates hospitals for this procedure"
    return (context.score.reason if context.score else None) or NO_SCORE


def _benchmark(reader: EditionReader, procedure: Procedure, context: CenterContext) -> Benchmark | None:
    found = context.inpatient.get(procedure.price_drg or "")
    if found is None:
        return None
    fact, source_id = found
    source = reader.sources[source_id]
    return medicare_benchmark(fact, f"{source.file}, row {fact.row}", None)


def surgeons_under_contract(
    reader: EditionReader, procedure: Procedure, standing: ContractStanding
) -> tuple[Surgeon, ...]:
    """Give the surgeons whom the running contracts name for this procedure."""
    named = reader.surgeons_of([terms.id for terms in standing.running])
    return tuple(surgeon for surgeon in named if not surgeon.procedures or procedure.id in surgeon.procedures)

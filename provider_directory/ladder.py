"""The evidence ladder: label, criteria, measures, source rows, steps; every figure down to its row (PRODUCT 1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from provider_directory.centers import CenterContext, public_words
from provider_directory.comparing import NO_RATING, RELATED_CARE
from provider_directory.contracts import ContractTerms, by_alliance, holding
from provider_directory.edition.reader import EditionReader, StoredMeasure
from provider_directory.models import (
    Center,
    ContractEvidence,
    CriterionEvidence,
    Evidence,
    Footnote,
    MeasureEvidence,
    Procedure,
    SourceRow,
    StaysEvidence,
    Step,
)
from provider_directory.public_check import current_facts, stale_measures
from provider_directory.quality.credentials import criteria_sets, footnotes, is_grey
from provider_directory.quality.parts import Part, Reference, ReferenceItem, score_parts
from provider_directory.quality.profiles import VOLUME, Measure, measures, profiles
from provider_directory.quality.volume import annual_volumes, stays_by_facility
from provider_directory.spoken import short_month

INDEPENDENCE = (
    "The range treats the measures as independent; patient-survey items go together, so it is somewhat too narrow."
)
MEDICARE_ONLY = "The figures are about Medicare patients, mostly 65 and over; yours may differ."


def evidence_of(
    reader: EditionReader,
    procedure: Procedure,
    center: Center,
    terms: Sequence[ContractTerms],
    context: CenterContext,
    on: date,
    alliances: tuple[str, ...],
) -> Evidence:
    """Open the ladder under one center's label."""
    criteria_set = criteria_sets()[procedure.criteria_set]
    parts = _parts(reader, procedure, context)
    stale = stale_measures(reader, on)
    wanted = [*(name for name in profiles()[procedure.profile].weights if name != VOLUME)]
    wanted += [c.measure for c in criteria_set.criteria if c.measure and c.measure not in wanted]
    return Evidence(
        edition=reader.name,
        demonstration=reader.demonstration,
        on=on,
        procedure=procedure.id,
        facility=center.facility,
        credential=center.credential,
        public_state=public_words(criteria_set, procedure, context)[0],
        score=center.score,
        score_reason=center.score_reason,
        criteria=_criteria(procedure, context),
        contracts=_contracts(reader, terms, on, alliances),
        measures=tuple(_measure(reader, name, context, parts.get(name), on, stale) for name in wanted),
        stays=_stays(reader, context),
        steps=_steps(parts, context),
        notes=_notes(reader, procedure, center),
        price=center.price,
        benchmark=center.benchmark,
    )


def _criteria(procedure: Procedure, context: CenterContext) -> tuple[CriterionEvidence, ...]:
    judged = {result.id: result for result in context.results}
    return tuple(
        CriterionEvidence(
            id=criterion.id,
            text=criterion.text,
            outcome=judged[criterion.id].outcome,
            threshold=criterion.threshold,
            reason=judged[criterion.id].reason,
            measures=judged[criterion.id].measures,
        )
        for criterion in criteria_sets()[procedure.criteria_set].criteria
        if criterion.id in judged
    )


def _stays(reader: EditionReader, context: CenterContext) -> tuple[StaysEvidence, ...]:
    found = []
    for drg, (fact, source_id) in sorted(context.inpatient.items()):
        source = reader.sources[source_id]
        row = SourceRow(
            file=source.file, release=source.release, row=fact.row, key=f"CCN {context.facility.ccn}, DRG {drg}"
        )
        found.append(StaysEvidence(drg=drg, discharges=fact.discharges, source=row))
    return tuple(found)


def _parts(reader: EditionReader, procedure: Procedure, context: CenterContext) -> dict[str, Part]:
    """Work the score out again from the stored figures and the frozen reference, item by item."""
    if context.score is None:
        return {}
    items = {
        row[0]: ReferenceItem(*row[1:]) for row in reader.rows("SELECT item, kind, n, mu, tau, a, b FROM reference")
    }
    reference = Reference(reader.meta["reference"], items)
    profile = profiles()[procedure.profile]
    facts = current_facts(context.measures)
    ccn = context.facility.ccn or ""
    volume = None
    if f"VOLUME:{profile.name}" in items:
        stays = stays_by_facility([fact._replace(ccn=ccn) for fact, _ in context.inpatient.values()])
        volume = annual_volumes(profile, {ccn: facts}, stays).get(ccn)
    return {part.measure: part for part in score_parts(profile, facts, volume, reference)}


def _measure(
    reader: EditionReader,
    name: str,
    context: CenterContext,
    part: Part | None,
    on: date,
    stale: frozenset[str],
) -> MeasureEvidence:
    measure = measures()[name]
    row = context.measures.get(name)
    fact = row.fact if row else None
    weighed = part is not None and part.weight > 0
    return MeasureEvidence(
        id=name,
        name=measure.name,
        unit=measure.unit,
        lower_is_better=measure.lower_is_better,
        value=fact.value if fact else None,
        low=fact.low if fact else None,
        high=fact.high if fact else None,
        cases=round(fact.cases) if fact and fact.cases is not None else None,
        raw=fact.raw if fact else "not in the files",
        national=measure.national,
        compared=(fact.compared or None) if fact else None,
        footnotes=tuple(Footnote(code=code, words=words) for code, words in footnotes(fact.footnotes)) if fact else (),
        period_start=_day(fact.start) if fact else None,
        period_end=_day(fact.end) if fact else None,
        grey=is_grey(fact.start, fact.end, on) if fact else False,
        stale=name in stale,
        about=measure.about,
        weight=part.weight / 100 if part and weighed else None,
        z=part.z if part and weighed else None,
        contribution=part.weight / 100 * part.z if part and weighed else None,
        source=_source(reader, measure, context, row) if row else None,
    )


def _source(reader: EditionReader, measure: Measure, context: CenterContext, row: StoredMeasure) -> SourceRow:
    source = reader.sources[row.source_id]
    column = "HCAHPS Measure ID" if measure.kind == "hcahps" else "Measure ID"
    return SourceRow(
        file=source.file,
        release=source.release,
        row=row.fact.row,
        key=f"Facility ID {context.facility.ccn}, {column} {measure.id}",
    )


def _contracts(
    reader: EditionReader, rows: Sequence[ContractTerms], on: date, alliances: tuple[str, ...]
) -> tuple[ContractEvidence, ...]:
    ours = [members for members in by_alliance(rows) if members[0].is_of(alliances)]
    counting = {row.id for members in ours for row in holding(members, on).running}
    return tuple(_contract(reader, row, row.id in counting, row.is_of(alliances)) for row in rows)


def _contract(reader: EditionReader, terms: ContractTerms, counts: bool, is_ours: bool) -> ContractEvidence:
    source = reader.sources[terms.source_id]
    return ContractEvidence(
        alliance=terms.alliance,
        status=terms.status,
        covers=terms.procedure or terms.criteria_set or "",
        effective=terms.effective,
        ends=terms.ends,
        run_out=terms.run_out,
        warranty=terms.warranty,
        routes=terms.routes,
        counts=counts,
        source=SourceRow(
            file=source.file, release=source.release, row=terms.row, key=f"{terms.alliance}, roster row {terms.row}"
        ),
        suspended_on=terms.suspended_on,
        reason=terms.reason if is_ours else None,
    )


def _steps(parts: dict[str, Part], context: CenterContext) -> tuple[Step, ...]:
    score = context.score
    if score is None:
        return ()
    steps = [
        Step(
            text=f"{part.measure}: {_standardized(part)}",
            result=f"{part.weight}% x {part.z:+.3f} = {part.weight / 100 * part.z:+.4f}",
        )
        for part in parts.values()
    ]
    steps += [
        Step(text="Z, the weighted sum", result=f"{score.z:.4f}"),
        Step(text="SD, the noise of the sum", result=f"{score.sd:.4f}"),
        Step(text="sigma, the spread of all hospitals", result=f"{score.sigma:.4f}"),
        Step(text="score = 100 x normal share of Z / sigma", result=f"{score.score:.2f}"),
        Step(text="range = the same for Z -/+ 1.645 SD", result=f"{score.low:.2f} to {score.high:.2f}"),
        Step(text="chance of being better than average", result=_chance(score.p)),
        Step(text="coverage, the share of the weights that is reported", result=f"{score.coverage:.0%}"),
        Step(text="tier", result=f"{score.tier}" if score.shown else f"not shown: {score.reason}"),
    ]
    return tuple(steps)


def _standardized(part: Part) -> str:
    if not part.reported:
        return f"{part.reason}; counts as average, widens the range"
    if part.mu is None or part.tau is None or part.value is None:
        return "standardized"
    return f"{part.value:g} against a mean of {part.mu:.3f}, spread {part.tau:.3f}"


def _chance(p: float) -> str:
    return ">99%" if p > 0.99 else "<1%" if p < 0.01 else f"{p:.0%}"


def _notes(reader: EditionReader, procedure: Procedure, center: Center) -> tuple[str, ...]:
    notes = []
    if procedure.evidence_class in ("general", "none"):
        notes.append(NO_RATING)
    if procedure.evidence_class == "related":
        notes.append(RELATED_CARE)
    if center.score is not None:
        notes += [MEDICARE_ONLY, INDEPENDENCE, "A score is a model's figure, not a place among hospitals."]
        notes.append(f"National means and spreads: {reader.meta['reference']}.")
    if not any(source.release for source in reader.sources.values()):
        notes.append("The release of the files is not known, so no figure is called stale.")
    if center.as_of is not None:
        notes.append(f"The first figure's period ended in {short_month(center.as_of)}.")
    return tuple(notes)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

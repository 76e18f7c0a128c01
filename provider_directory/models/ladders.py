"""What stands under a label or a price, down to the row of the source file."""

from __future__ import annotations

from datetime import date
from typing import Literal

from provider_directory.models.base import CredentialState, PayerMatch, PriceKind, PriceSetting, Value
from provider_directory.models.centers import Benchmark, Credential, Facility, Price, Score

CriterionOutcome = Literal["pass", "fail", "unknown"]
CandidateVerdict = Literal["chosen", "kept", "refused"]


class SourceRow(Value):
    """Where a figure stands: file, release, row."""

    file: str
    release: str | None
    row: int | None
    """Row number in the file, the header being row 1."""
    key: str
    """How to find the row again, e.g. "Facility ID 220088, Measure ID COMP_HIP_KNEE"."""


class Footnote(Value):
    """A CMS footnote with its meaning in words."""

    code: str
    words: str


class MeasureEvidence(Value):
    """One published measure of a facility and what the score made of it."""

    id: str
    name: str
    unit: str
    lower_is_better: bool
    value: float | None
    low: float | None
    high: float | None
    cases: int | None
    raw: str
    """The word that the file holds, e.g. "Not Available"."""
    national: float | None
    compared: str | None
    footnotes: tuple[Footnote, ...]
    period_start: date | None
    period_end: date | None
    grey: bool
    """The period is older than METHOD 4.10 allows to show in full color."""
    stale: bool
    about: str
    """Whom the measure is about, e.g. "Medicare patients, 65 and over"."""
    weight: float | None
    z: float | None
    contribution: float | None
    """weight x z, in standard deviations; None when the measure is in no score."""
    source: SourceRow | None


class CriterionEvidence(Value):
    """One credential criterion, judged (METHOD 2.8, 4.9)."""

    id: str
    text: str
    outcome: CriterionOutcome
    threshold: str
    reason: str
    measures: tuple[str, ...]


class ContractEvidence(Value):
    """A roster row that bears on the question, whoever it counts for."""

    alliance: str
    status: str
    covers: str
    """The criteria set or the procedure that the row names."""
    effective: date | None
    ends: date | None
    run_out: str | None
    warranty: str | None
    routes: str | None
    counts: bool
    """True when it counts for the program and date of the question."""
    source: SourceRow
    suspended_on: date | None = None
    reason: str | None = None
    """Why it was suspended, or counts again, in the alliance's own words; None = not said, or of another's alliance."""


class Step(Value):
    """One step of a calculation, in words, with its result."""

    text: str
    result: str


class StaysEvidence(Value):
    """Medicare stays of one MS-DRG at a facility in a year, as the inpatient file counts them."""

    drg: str
    discharges: int
    source: SourceRow


class Evidence(Value):
    """The ladder under one label: credential, criteria, measures, source rows, steps."""

    edition: str
    demonstration: bool
    on: date
    procedure: str
    facility: Facility
    credential: Credential
    public_state: CredentialState
    score: Score | None
    score_reason: str | None
    criteria: tuple[CriterionEvidence, ...]
    contracts: tuple[ContractEvidence, ...]
    measures: tuple[MeasureEvidence, ...]
    stays: tuple[StaysEvidence, ...] = ()
    """Behind a case count and the volume criterion; a DRG of fewer than 11 stays is in no file."""
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    price: Price
    benchmark: Benchmark | None


class PostedCell(Value):
    """One cell of a source row, as posted."""

    column: str
    text: str


class PriceCandidate(Value):
    """One price that was weighed: what it says, which rule kept or refused it, and where it stands."""

    verdict: CandidateVerdict
    rule: str
    """The stable word of the rule, e.g. "below_0.4_medicare"."""
    words: str
    """The rule in words, with the figures that it used."""
    kind: PriceKind | None
    """None for a refused row that is of no kind."""
    amount_cents: int | None
    low_cents: int | None
    high_cents: int | None
    payer: str | None
    plan: str | None
    match: PayerMatch | None
    code: str | None
    setting: PriceSetting | None
    cases: int | None
    flags: tuple[str, ...]
    as_of: date | None
    source: SourceRow
    posted: tuple[PostedCell, ...]
    """The cells that are not empty, in the order of CMS's columns."""


class PriceLadder(Value):
    """Every price of one facility for one procedure: the chosen one with its reason, then all that were weighed."""

    edition: str
    demonstration: bool
    on: date
    procedure: str
    facility: Facility
    program: str | None
    payer: str | None
    plan: str | None
    price: Price
    reason: str
    """Why this price and no other, in a sentence."""
    benchmark: Benchmark | None
    candidates: tuple[PriceCandidate, ...]
    """The chosen ones first, then those that were kept, then the refused."""
    notes: tuple[str, ...]

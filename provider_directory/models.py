"""The vocabulary as frozen values; the same types are the wire format (PRODUCT "Words", CONTRACT 6)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal[
    "acute",
    "critical_access",
    "childrens",
    "psychiatric",
    "surgery_center",
    "cancer",
    "long_term",
    "rural_emergency",
    "va",
    "dod",
]
NEVER_OFFERED: frozenset[Kind] = frozenset({"long_term", "rural_emergency", "va", "dod"})
"""Kinds that no answer offers (CONTRACT 1)."""
EvidenceClass = Literal["specific", "related", "general", "none"]
CredentialState = Literal["CONTRACT", "MEETS_PUBLIC", "PROVISIONAL", "NOT_MET", "NO_EVIDENCE", "SUSPENDED", "EXPIRED"]
CriterionOutcome = Literal["pass", "fail", "unknown"]
Tier = Literal["A", "B", "C", "D", "E"]
Sort = Literal["recommended", "distance", "quality", "volume", "price"]
PlacePrecision = Literal["point", "zip", "city"]
MilesPrecision = Literal["address", "zip"]
PriceKind = Literal[
    "contract_bundle",
    "paid_by_plan",
    "posted_negotiated",
    "posted_typical",
    "posted_average",
    "list_share",
    "other_insurers",
    "posted_few_cases",
    "cash",
    "rough_guess",
    "none",
]

PriceSetting = Literal["inpatient", "outpatient"]
PayerMatch = Literal["exact", "family", "other"]
CandidateVerdict = Literal["chosen", "kept", "refused"]


class Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Procedure(Value):
    """What somebody needs, with its codes and its rules (procedures.csv, procedure_rules.csv; METHOD 1, 4.12)."""

    number: int
    """Frozen number for claim tickets (CONTRACT 6)."""
    id: str
    name: str
    clinical_name: str
    service_line: str
    settings: tuple[str, ...]
    drgs: tuple[str, ...]
    """MS-DRGs of the newest fiscal year; the sets of other years are in drg_sets.csv."""
    pcs_prefixes: tuple[str, ...]
    cpt_hcpcs: tuple[str, ...]
    profile: str
    evidence_class: EvidenceClass
    criteria_set: str
    """"none" where no public check exists (CONTRACT 3)."""
    price_drg: str | None
    """The one MS-DRG that prices a stay; None = no inpatient price."""
    pools: tuple[Kind, ...]
    """Kinds beyond acute and critical access that are offered, e.g. childrens."""
    sensitive: bool
    """Never named on an envelope, voicemail, subject line or work-list row."""


class ProcedureMatch(Value):
    """One procedure that fits the words; confidence 0-1 is meaningful as an order only."""

    id: str
    name: str
    why: str
    confidence: float


class ProcedureAnswer(Value):
    """At most five matches, best first; ``sure`` = the first may be taken without asking."""

    query: str
    sure: bool
    matches: tuple[ProcedureMatch, ...]


class Place(Value):
    """A point on the map with how it was found; degrees, WGS 84."""

    label: str
    lat: float
    lon: float
    precision: PlacePrecision


class Question(Value):
    """One question to the directory: a procedure at a place, at a date, for a set of alliances."""

    procedure: str
    place: Place
    miles: float = 50.0
    limit: int = 10
    sort: Sort = "recommended"
    on: date
    """The question's date: contracts, staleness and price age are judged on it (CONTRACT 4)."""
    care_day: date | None = None
    """Likely day of care; None = on + 90 days (CONTRACT 2)."""
    program: str | None = None
    alliances: tuple[str, ...] = ()
    """Alliances of the program; empty = no contract counts (CONTRACT 3)."""
    recover_at: Place | None = None
    """A second place to look near: where the member will recover; a center counts by the nearer of the two."""
    surgeon: str | None = None
    payer: str | None = None
    """The plan's own payer as hospitals write it; None = not known, then no posted price is the plan's own."""
    plan: str | None = None
    show_contract_price: bool = True
    """False on a public screen: no contract bundle price leaves the directory (PRODUCT "Kiosk")."""


class Facility(Value):
    """A hospital or surgery center as an answer shows it."""

    id: str
    kind: Kind
    ccn: str | None
    npi: str | None
    name: str
    address: str | None
    phone: str | None
    intake_phone: str | None

    @property
    def phone_to_call(self) -> str | None:
        """Give the phone at which it takes members, else its switchboard's."""
        return self.intake_phone or self.phone


class Credential(Value):
    """Whether a facility is a Center of Excellence for a criteria set, and on what basis (CONTRACT 3)."""

    state: CredentialState
    label: str
    """The words for the screen."""
    criteria_set: str
    basis: str
    """Where the statement comes from, e.g. "contract with Lakeshore Health Alliance" or "public data"."""
    expires: date | None
    flags: tuple[str, ...] = ()
    reason: str | None = None
    """Why the alliance suspended it, in its own words: no judgment of the care; None = not suspended, or not said."""


class Score(Value):
    """Quality, 0-100, 50 = average, with its 90% range (METHOD 2.4)."""

    value: int
    low: int
    high: int
    tier: Tier
    coverage: float
    """Share of the profile's weight that is reported, 0-1."""
    profile: str
    evidence_class: EvidenceClass
    label: str


class SaidFigure(Value):
    """The measure of a center that is said first, so that it can be said in another language too."""

    measure: str
    """CMS id, e.g. "COMP_HIP_KNEE"."""
    value: float
    patients: int | None
    """How many Medicare patients it counts; None = not known, or it counts others."""
    is_of_procedure: bool
    """False: it stands behind a score of general hospital safety, and is not said itself."""


class Cases(Value):
    """A case count a year, with what is counted."""

    per_year: int
    label: str


class Price(Value):
    """An amount with its kind, scope, date and source; cents. ``amount_cents`` is None only for kind "none"."""

    kind: PriceKind
    amount_cents: int | None
    low_cents: int | None
    high_cents: int | None
    label: str
    scope: str | None
    as_of: date | None
    source: str | None
    included: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    setting: PriceSetting | None = None
    """What a posted price is of: a stay (inpatient) or one line of an outpatient bill; the two are never compared."""
    code: str | None = None
    """The MS-DRG, CPT or HCPCS code that a posted price stands under."""
    match: PayerMatch | None = None
    """How well the payer and plan behind it are the caller's own; None for kinds that are of no payer."""
    payers: int | None = None
    """How many payers a median is over."""
    median_of: PriceKind | None = None
    """The kind of the rates that a median over payers is of; None for every other kind (METHOD 5.3)."""
    cases: int | None = None
    """How many paid claims a median is over; None = not said."""
    flags: tuple[str, ...] = ()
    """What limits it, as stable words, e.g. "above_6_medicare"; said in words by the price ladder."""
    old: bool = False
    """The file is more than 15 months old at the question's date (METHOD 5.16): shown grey."""
    comparable: bool = True
    """False: shown, never ranked (METHOD 5.10, 5.16)."""


class Benchmark(Value):
    """What Medicare pays here for the stay; never a price (CONTRACT 6)."""

    amount_cents: int
    drg: str
    year: int | None
    source: str


class Surgeon(Value):
    """A surgeon under contract at a facility."""

    name: str
    npi: str | None
    procedures: tuple[str, ...]
    languages: tuple[str, ...]
    new_patients: bool | None
    wait_days: int | None


class Center(Value):
    """A facility as the answer to one question."""

    rank: int | None
    rank_range: tuple[int, int] | None
    """First and last position of the band: nothing in the data but distance separates them (CONTRACT 2)."""
    facility: Facility
    miles: float
    miles_precision: MilesPrecision
    recover_miles: float | None = None
    """Miles from the place where the member will recover; None when none was named."""
    credential: Credential
    score: Score | None
    score_reason: str | None
    """Why there is no score; None when there is one."""
    cases: Cases | None
    price: Price
    benchmark: Benchmark | None
    you_pay: str | None
    surgeons: tuple[Surgeon, ...]
    spoken: str
    figure: SaidFigure | None = None
    """The figure that is said first, or behind the score; None = no measure of it is published here."""
    as_of: date | None
    """End of the period of the figure that is said first: how old the quality evidence is."""


class NoContractInReach(Value):
    """No center under contract for the program lies within the radius, which a card of its own tells (CONTRACT 7)."""

    criteria_set: str
    nearest: tuple[Center, ...]
    """The nearest under contract, however far, at most three; empty = there is none in this edition."""


class Offer(Value):
    """The centers as they are shown, best first (CONTRACT 2, 6)."""

    edition: str
    demonstration: bool
    on: date
    care_day: date
    procedure: str
    place: Place
    recover_at: Place | None = None
    program: str | None
    warnings: tuple[str, ...]
    note: str | None
    """A sentence that must be said with the answer, e.g. that no public data rates hospitals for this procedure."""
    total: int
    """Centers within the radius, of which ``centers`` are the first."""
    centers: tuple[Center, ...]
    no_contract_in_reach: NoContractInReach | None = None
    """Set when a program is asked for and no center under contract lies within the radius."""


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


class ComparedCenter(Value):
    """One center of a comparison; its rank is None, for a comparison ranks nothing."""

    center: Center
    conflict: str | None
    """What public data says against its contract, on one line; None where nothing is known against it."""


class ComparedMeasure(Value):
    """One published measure at every center of a comparison."""

    id: str
    name: str
    unit: str
    lower_is_better: bool
    national: float | None
    about: str
    figures: tuple[MeasureEvidence, ...]
    """In the order of the centers."""


class QualityVerdict(Value):
    """Whether two centers can be told apart by their scores in one profile (CONTRACT 2); facility ids."""

    first: str
    second: str
    better: str | None
    """The facility that is clearly better; None = no clear difference, or nothing to compare."""
    chance: float | None
    """The chance that the first is better than the second, 0-1; None where one has no score."""
    words: str


class PriceVerdict(Value):
    """Whether the prices of two centers may be compared: like with like only (METHOD 3.2); facility ids, cents."""

    first: str
    second: str
    comparable: bool
    lower: str | None
    """The facility with the lower price; None = the same amount, or not comparable."""
    difference_cents: int | None
    words: str
    """Where not comparable, the difference that forbids it."""


class Comparison(Value):
    """Two or three centers side by side, with what may be said of each pair."""

    edition: str
    demonstration: bool
    on: date
    care_day: date
    procedure: str
    place: Place
    program: str | None
    applies: str
    """Whom the figures are about."""
    centers: tuple[ComparedCenter, ...]
    quality: tuple[QualityVerdict, ...]
    prices: tuple[PriceVerdict, ...]
    measures: tuple[ComparedMeasure, ...]
    spoken: str
    """Two sentences to say aloud."""


class PriceFileFinding(Value):
    """One thing that the check of a price file found."""

    row: int | None
    """CSV: the row as a spreadsheet numbers it. JSON: the place of the item, from 1. None = the file as a whole."""
    column: str | None
    """CSV: the column's name as written. JSON: the path. None = the whole row."""
    code: str
    """The stable word of its rule (docs/price-files.md)."""
    message: str


class PriceFileCheck(Value):
    """A price file held against CMS's data dictionary; valid = no errors."""

    format: str
    """"csv tall", "csv wide" or "json"."""
    version: str
    """The schema version that it was checked as."""
    hospital: str
    last_updated_on: date | None
    """None = none that can be read."""
    valid: bool
    errors: tuple[PriceFileFinding, ...]
    """As many as were asked for; ``error_count`` counts all."""
    alerts: tuple[PriceFileFinding, ...]
    rows: int
    """Rows, or items of a JSON file, that were checked; 0 where the header is at fault."""
    payers: int
    """Different payer names."""
    error_count: int
    alert_count: int


class SourceInfo(Value):
    """One source file of an edition, with its row account: read = kept + duplicates + set aside."""

    file: str
    dataset: str
    release: str | None
    rows_read: int
    kept: int
    duplicates: int
    set_aside: int
    period_start: date | None
    period_end: date | None


class EditionInfo(Value):
    """What an edition is: its name, sources, dates and rule versions."""

    name: str
    demonstration: bool
    default_date: date | None
    """The date that its tables take when none is given; None = the day on which they are asked for."""
    release: str | None
    schema_version: int
    facilities: int
    reference: str
    """Where mu, tau and sigma come from (CONTRACT 5)."""
    sources: tuple[SourceInfo, ...]

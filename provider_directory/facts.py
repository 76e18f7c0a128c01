"""What the rows of outside files say, one named tuple a kind; readers make them, the build stores and judges them.

Plain tuples and not models: a national build holds a hundred thousand of them.
"""

from __future__ import annotations

from typing import NamedTuple


class FacilityFact(NamedTuple):
    """One row of the hospital file."""

    ccn: str
    name: str
    address: str
    city: str
    state: str
    zip: str
    phone: str
    kind: str
    """A models.Kind word."""
    overall_rating: int | None
    birthing_friendly: bool | None
    row: int


class MeasureFact(NamedTuple):
    """One published measure of one facility in one period."""

    ccn: str
    measure: str
    value: float | None
    low: float | None
    high: float | None
    cases: float | None
    """Denominator, or completed surveys for HCAHPS; None = not reported."""
    observed: float | None
    """HAI only: the NUMERATOR row."""
    predicted: float | None
    """HAI only: the ELIGCASES row."""
    raw: str
    """The score as written."""
    compared: str
    """"Compared to National" as written; "" where the file has none."""
    footnotes: str
    """As written, e.g. "3, 29"."""
    start: str
    end: str
    """Period, ISO dates; "" unknown."""
    row: int
    """Row in the file, the header being row 1."""


class InpatientFact(NamedTuple):
    """One facility x MS-DRG row of the Medicare inpatient file; money in cents."""

    ccn: str
    drg: str
    discharges: int
    charge_cents: int | None
    total_payment_cents: int
    medicare_payment_cents: int | None
    row: int


class PointFact(NamedTuple):
    """A facility's point, degrees."""

    ccn: str
    lat: float
    lon: float
    precision: str
    """"address" or "zip"."""
    row: int


class RosterFact(NamedTuple):
    """One row of an alliance roster, as checked; dates ISO, money in cents, "" or None = not said."""

    facility_id: str
    ccn: str
    npi: str
    name: str
    zip: str
    kind: str
    """Set when the row may create a facility (surgery center, cancer hospital ...)."""
    address: str
    city: str
    state: str
    phone: str
    lat: float | None
    lon: float | None
    alliance: str
    criteria_set: str
    procedure: str
    """Exactly one of criteria_set and procedure is set."""
    status: str
    """"active" or "suspended"."""
    effective: str
    ends: str
    suspended_on: str
    reason: str
    bundle_cents: int | None
    price_effective: str
    included: str
    extra: str
    """Lists, "; "-separated."""
    run_out: str
    warranty: str
    visibility: str
    """"public" or "members"."""
    routes: str
    intake_phone: str
    attested_cases: int | None
    """All-payer cases a year, attested by the facility."""
    attested_on: str
    surgeons: tuple[SurgeonFact, ...]
    row: int


class SurgeonFact(NamedTuple):
    """A surgeon named by a roster row."""

    name: str
    npi: str
    procedures: str
    languages: str
    new_patients: bool | None
    wait_days: int | None


class Reject(NamedTuple):
    """A row that is set aside: where, what was found, what was expected, what to do."""

    row: int
    column: str
    found: str
    expected: str
    reason: str
    """A short stable word that rows are counted by, e.g. "bad_ccn"."""
    next_step: str
    place: str = ""
    """In a workbook "sheet Roster, cell C14"; "" in a CSV file, where row and column say it."""


class PaidClaims(NamedTuple):
    """What one plan paid at one facility for one procedure: a row of a paid-claims summary, as checked."""

    program: str
    facility_id: str
    ccn: str
    npi: str
    name: str
    zip: str
    procedure: str
    setting: str
    """"inpatient" or "outpatient"."""
    cases: int
    median_cents: int
    p10_cents: int | None
    p90_cents: int | None
    period_start: str
    period_end: str
    """ISO dates."""
    row: int
    counts: str = ""
    """What the amounts count: "facility_and_professional", "facility", or "" = not said."""

    @property
    def kind(self) -> str:
        """No kind: a paid-claims row makes no facility."""
        return ""

    @property
    def address(self) -> str:
        """No address."""
        return ""


class ReviewDecision(NamedTuple):
    """What a person decided about a row that was put to review."""

    found_mark: str
    """The mark of the row's words, as the review list wrote it."""
    facility_id: str
    """A facility, or "none" where none fits."""
    about: str
    """The row that was decided about, for people: file and row."""
    row: int


class ReviewItem(NamedTuple):
    """A roster row that could not be tied to one facility: a person decides."""

    file: str
    row: int
    found: str
    candidates: tuple[str, ...]
    next_step: str
    mark: str = ""
    """Known again by it when a person has decided; "" where no facility would settle it."""
    candidate_ids: tuple[str, ...] = ()


class ZipPoint(NamedTuple):
    """One ZIP: kind is STANDARD, "PO BOX", UNIQUE or MILITARY; lat and lon None where no point is known."""

    zip: str
    kind: str
    city: str
    aliases: tuple[str, ...]
    state: str
    county: str
    lat: float | None
    lon: float | None


class CityPoint(NamedTuple):
    """One city of one state; its point is the mean of its ZIPs' points, degrees."""

    folded: str
    """As ``cleaning.fold_city`` writes it."""
    name: str
    state: str
    lat: float
    lon: float
    zips: int
    """How many ZIPs the point is the mean of; says which of several namesakes is the larger."""


class PriceFileHead(NamedTuple):
    """What a hospital's price file says of itself (CMS hospital price transparency); "" or () = not said."""

    format: str
    """"csv tall", "csv wide" or "json"."""
    version: str
    """The schema version it is read as: 2.0.0, 2.1.0, 2.2.0, 2.2.1 or 3.0.0 (METHOD 5.14)."""
    stated_version: str
    """As written in the file."""
    hospital: str
    locations: tuple[str, ...]
    addresses: tuple[str, ...]
    npis: tuple[str, ...]
    license_number: str
    license_state: str
    updated_on: str
    """ISO date; "" = none that can be read."""


class PostedRate(NamedTuple):
    """One charge as a price file posts it, every cell as written ("" = empty).

    A row with a payer is one payer's and plan's charge; without a payer it is the item itself, with gross and cash.
    """

    row: int
    """CSV: row in the file, the first of the three header rows being row 1. JSON: 1-based place of the item in
    standard_charge_information."""
    where: str
    """CSV wide: the column that names payer and plan. JSON: the path inside the item. Else ""."""
    description: str
    code_type: str
    """Upper case, e.g. "MS-DRG", "CPT"."""
    code: str
    setting: str
    """Lower case: inpatient, outpatient or both."""
    billing_class: str
    modifiers: str
    payer: str
    plan: str
    gross: str
    cash: str
    minimum: str
    maximum: str
    dollar: str
    percentage: str
    algorithm: str
    methodology: str
    estimated: str
    """estimated_amount, an average; of 2.x files only (METHOD 5.14)."""
    median: str
    p10: str
    p90: str
    case_count: str
    """The count cell of version 3: "0", "1 through 10" or a number of 11 and more."""
    note: str


class CashFact(NamedTuple):
    """One cash price of a table of gross and cash prices by facility and HCPCS code, the amounts as written."""

    ccn: str
    code: str
    gross: str
    """The list price beside it; "" = none."""
    cash: str
    row: int


class JudgedRate(NamedTuple):
    """A posted rate with what METHOD 3.3 and 5 make of it; nothing in it depends on the day of the question."""

    rate: PostedRate
    code: str
    """The code that a procedure is looked up by: three digits of an MS-DRG, or a CPT / HCPCS code."""
    setting: str
    """"inpatient" or "outpatient": what the rate prices."""
    payer_class: str
    """A class of payer_words.csv, "commercial" where no pattern matches; "" for the item itself."""
    kind: str
    """The models.PriceKind that it may serve: posted_negotiated, posted_typical, posted_average, list_share,
    posted_few_cases or cash; "" for a refused row that is of no kind."""
    amount_cents: int | None
    low_cents: int | None
    high_cents: int | None
    cases: int | None
    """Remittances behind a median; None = not said."""
    flags: tuple[str, ...]
    refused: str
    """The stable word of the rule that refused it, e.g. "below_0.4_medicare"; "" = kept."""

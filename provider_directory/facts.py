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


class ReviewItem(NamedTuple):
    """A roster row that could not be tied to one facility: a person decides."""

    file: str
    row: int
    found: str
    candidates: tuple[str, ...]
    next_step: str


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

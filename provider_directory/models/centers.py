"""A facility, what is said of it, and the center that it is as the answer to one question."""

from __future__ import annotations

from datetime import date
from typing import Literal

from provider_directory.models.base import (
    CredentialState,
    EvidenceClass,
    Kind,
    MilesPrecision,
    PayerMatch,
    PriceKind,
    PriceSetting,
    Value,
)

Tier = Literal["A", "B", "C", "D", "E"]


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

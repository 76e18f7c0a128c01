"""What a question of benefits is about: the procedure, the center, its price, and the market around the member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class KnownPrice:
    """The allowed amount as far as it is known, cents; low = high where it is exact."""

    low_cents: int
    high_cents: int
    kind: str
    """A ``PriceKind`` of the directory, e.g. "contract_bundle"."""
    whole: bool
    """True where it covers facility and professional fees; False for a hospital's fee alone: the bill is higher."""
    as_of: date | None
    source: str | None
    scope: str | None = None
    """What it covers, as it is said after "for", e.g. "hospital, surgeon and implant"."""
    extra: str | None = None
    """What it does not cover, listed as ``scope`` is."""


@dataclass(frozen=True)
class MarketPrice:
    """What other in-network hospitals near the member are paid (METHOD 3.4), cents."""

    p25_cents: int
    p50_cents: int
    p75_cents: int
    count: int
    """Paid cases (kind paid_by_plan) or hospitals (posted rates)."""
    kind: str
    whole: bool
    source: str
    as_of: date | None


@dataclass(frozen=True)
class CenterFacts:
    """The center of the question as the directory knows it."""

    facility: str
    name: str
    under_contract: bool
    """A contract with an alliance of the program counts on the question's date and covers the day of care."""
    contract_words: str
    """E.g. "under contract to Jun 2027"; what the state is called otherwise."""
    contract_source: str | None
    public_state: str
    ccn: str | None = None
    straight_miles: float | None = None
    miles_words: str | None = None
    """How the offer says them, e.g. "about 46 miles"; None = not known."""
    across_water: bool = False
    price: KnownPrice | None = None


@dataclass(frozen=True)
class Care:
    """Procedure x center x day (CONTRACT 4): the question's date and the likely day of care."""

    procedure: str
    procedure_name: str
    service_line: str
    criteria_set: str
    on: date
    care_day: date
    care_day_given: bool
    """False where it is only likely: 90 days on."""
    center: CenterFacts
    market: MarketPrice | None = None
    nearest_contract_miles: float | None = None
    nearest_contract_known: bool = False
    """False: nobody looked; True with None: there is no center under contract anywhere in the edition."""
    setting: str | None = None
    road_miles: Decimal | None = None
    road_miles_source: str | None = None

"""What is asked: the procedure that words mean, the place, and the question that both make."""

from __future__ import annotations

from datetime import date
from typing import Literal

from provider_directory.models.base import EvidenceClass, Kind, Value

Sort = Literal["recommended", "distance", "quality", "volume", "price"]
PlacePrecision = Literal["point", "zip", "city"]


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

"""What is known about a member for a question of benefits: no name, no number (`coe schema member`)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from provider_directory.models import Value

CoverageTier = Literal["self", "self_spouse", "self_children", "family"]
Employment = Literal["active", "cobra", "retiree", "leave"]
Relationship = Literal["subscriber", "spouse", "child", "other"]


class Accumulated(Value):
    """What counts toward one limit pair, cents; give what is met or what is left, None = not known."""

    deductible_met_cents: int | None = Field(default=None, ge=0)
    deductible_left_cents: int | None = Field(default=None, ge=0)
    out_of_pocket_met_cents: int | None = Field(default=None, ge=0)
    out_of_pocket_left_cents: int | None = Field(default=None, ge=0)


class Accumulators(Value):
    """The state of the year's limits on a day."""

    as_of: date
    source: str | None = None
    """E.g. "administrator's portal"."""
    individual: Accumulated = Accumulated()
    family: Accumulated | None = None
    """None = not known; members of coverage tier self have none."""
    reward_cents: int | None = Field(default=None, ge=0)
    """Rewards given this plan year."""
    travel_paid_cents: int | None = Field(default=None, ge=0)
    """Travel paid this plan year."""


class RoadMiles(Value):
    """Miles by road to one center, one way, and where they come from."""

    facility: str
    miles: Decimal = Field(ge=0)
    source: str


class MemberFacts(Value):
    """One member as the rules see them; every field may be None = not known, and the answer is then a range."""

    birth_date: date | None = None
    zip: str | None = Field(default=None, pattern=r"^[0-9]{5}$")
    coverage_tier: CoverageTier | None = None
    plan_option: str | None = None
    """Id of one of the program's plan options."""
    employment: Employment | None = None
    relationship: Relationship | None = None
    medicare_primary: bool | None = None
    covered_from: date | None = None
    covered_to: date | None = None
    """Last day of coverage; None = open or not known."""
    eligibility_as_of: date | None = None
    """Date of the eligibility file that the coverage dates come from."""
    accumulators: Accumulators | None = None
    answers: dict[str, bool | int | Decimal | str] = Field(default_factory=dict)
    """Answers to the program's questions by the fact's name, e.g. {"bmi": 31.5, "tobacco_free_weeks": 6}."""
    road_miles: tuple[RoadMiles, ...] = ()
    travel_nights: int | None = Field(default=None, ge=0, le=60)
    lodging_night_cents: int | None = Field(default=None, ge=0)
    """What a night's lodging costs, for the estimate of travel."""
    companion_available: bool | None = None

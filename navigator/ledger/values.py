"""What the ledger gives and takes beside referrals: cases, notes, people of a roster, who is at which desk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from navigator.referral.record import ReferralSummary
from provider_directory.models import Value

CaseState = Literal["open", "parked", "call_back", "closed"]


class CaseIndex(Value):
    """What the ledger must know of a case to find it again; the rest stays in the case's own JSON."""

    kind: str
    state: CaseState
    program: str | None = None
    owner: str | None = None
    """None = who opens it."""
    away_until: date | None = None
    call_back_on: date | None = None
    wait_ms: int | None = None
    """Milliseconds for which the tool kept the caller waiting."""
    member_id: str | None = None
    name: str | None = None
    birth_date: date | None = None
    phone: str | None = None


class KeptCase(Value):
    """A case as it is kept."""

    id: str
    version: int
    """Counted up by every save."""
    index: CaseIndex
    opened_at: datetime
    opened_by: str
    updated_at: datetime
    closed_at: datetime | None
    case_json: str


class Note(Value):
    """A signed, timed text; never changed."""

    id: str
    referral: str | None
    case: str | None
    at: datetime
    by: str
    text: str


class RosterPerson(Value):
    """One person of a program's eligibility file."""

    member_id: str | None
    name: str | None
    birth_date: date | None
    effective: date | None
    ends: date | None
    facts: dict[str, Any] = Field(default_factory=dict)
    """The other columns: JSON values."""


class RosterFile(Value):
    """The eligibility file that is in force for a program."""

    program: str
    file_name: str
    as_of: date | None
    people: int
    sha256: str
    imported_at: datetime
    imported_by: str


class Found(Value):
    """What one look-up found, open ones first, newest first."""

    cases: tuple[KeptCase, ...]
    referrals: tuple[ReferralSummary, ...]


class Present(Value):
    """Another desk that has a case or referral open now."""

    subject: str
    who: str
    host: str
    since: datetime

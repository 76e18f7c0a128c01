"""What an alliance's roster rows mean for one question: whose contract counts, on which date, until when.

Rules: CONTRACT 1 to 4. Everything is judged at the question's date; the edition stores dates only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from provider_directory.models import CredentialState


class ContractTerms(NamedTuple):
    """One roster row as stored in an edition; None = not said."""

    id: int
    facility_id: str
    alliance: str
    criteria_set: str | None
    procedure: str | None
    status: str
    effective: date | None
    ends: date | None
    suspended_on: date | None
    reason: str | None
    bundle_cents: int | None
    price_effective: date | None
    included: str | None
    extra: str | None
    run_out: str | None
    warranty: str | None
    visibility: str
    routes: str | None
    intake_phone: str | None
    source_id: int
    row: int

    def is_of(self, alliances: Sequence[str]) -> bool:
        """Say whether the row's alliance is one of these, upper and lower case alike."""
        return self.alliance.casefold() in {alliance.casefold() for alliance in alliances}

    def suspended(self, on: date) -> bool:
        """Say whether the row is suspended on this date; a suspension without a date holds always."""
        return self.status == "suspended" and (self.suspended_on is None or self.suspended_on <= on)

    def begun(self, on: date) -> bool:
        """Say whether the row has taken effect on this date."""
        return self.effective is None or self.effective <= on

    def ended(self, on: date) -> bool:
        """Say whether the row's last day lies before this date."""
        return self.ends is not None and self.ends < on


class ContractStanding(NamedTuple):
    """What the rows come to: a contract state, or None when none counts, with the row that decides."""

    state: CredentialState | None
    terms: ContractTerms | None
    covers_care_day: bool
    """True when the contract reaches the likely day of care, or has run-out terms (CONTRACT 2, band 1 a and b)."""
    other_alliances: tuple[str, ...]
    """Alliances with a public contract that does not count for this program (CONTRACT 3)."""
    running: tuple[ContractTerms, ...] = ()
    """Every row that counts on the date: their surgeons are under contract."""
    suspended_with: tuple[str, ...] = ()
    """Alliances of the program that have suspended it, where another one's contract still runs."""


def bears_on(terms: ContractTerms, procedure: str, criteria_set: str) -> bool:
    """Say whether a row is about this procedure: it names it, or names its criteria set (never set "none")."""
    return terms.procedure == procedure or (criteria_set != "none" and terms.criteria_set == criteria_set)


def standing(rows: Sequence[ContractTerms], alliances: Sequence[str], on: date, care_day: date) -> ContractStanding:
    """Judge the rows that bear on a procedure at one facility for one program.

    A suspension stops its alliance's contract; the active row that reaches farthest decides, one that
    names the procedure before one that names the set. Source: CONTRACT 2 band 1, 3.
    """
    counted = [row for row in rows if row.is_of(alliances) and row.begun(on)]
    others = tuple(
        sorted(
            {
                row.alliance
                for row in rows
                if not row.is_of(alliances)
                and row.visibility == "public"
                and row.begun(on)
                and not row.ended(on)
                and not row.suspended(on)
            }
        )
    )
    unended = [row for row in counted if not row.ended(on)]
    suspended = [row for row in unended if row.suspended(on)]
    # An alliance suspends its own contract only; what another alliance of the program holds goes on, and is flagged.
    stopped = tuple(sorted({row.alliance for row in suspended}))
    running = tuple(row for row in unended if not row.is_of(stopped))
    if running:
        best = max(running, key=lambda row: _reach(row, care_day))
        return ContractStanding("CONTRACT", best, _covers(best, care_day), others, running, stopped)
    if suspended:
        return ContractStanding("SUSPENDED", min(suspended, key=_first_suspended), False, others)
    if counted:
        latest = max(counted, key=lambda row: (row.ends or date.max, -row.id))
        return ContractStanding("EXPIRED", latest, False, others)
    return ContractStanding(None, None, False, others)


def _covers(row: ContractTerms, care_day: date) -> bool:
    return not row.ended(care_day) or row.run_out is not None


def _reach(row: ContractTerms, care_day: date) -> tuple[bool, bool, date, int]:
    return (_covers(row, care_day), row.procedure is not None, row.ends or date.max, -row.id)


def _first_suspended(row: ContractTerms) -> tuple[date, int]:
    return (row.suspended_on or date.min, row.id)

"""The JSON of `coe members`, for `coe schema`; pydantic, so imported by the commands only."""

from __future__ import annotations

from datetime import date

from navigator.ledger.values import RosterFile
from provider_directory.models import Value


class SetAsideRow(Value):
    """One row that was set aside; of a person's own cells only the shape is told, e.g. "99/99/9999"."""

    place: str
    """E.g. "row 14", or in a workbook "sheet Members, cell C14"."""
    column: str
    found: str
    expected: str
    reason: str
    next_step: str


class MembersCheck(Value):
    """The account of an eligibility file: read = accepted + twins + of_another_program + faulty."""

    program: str
    file: str
    sha256: str
    read: int
    accepted: int
    twins: int
    """Rows that are the same as an earlier one."""
    of_another_program: int
    faulty: int
    reasons: dict[str, int]
    """Reason -> rows that were set aside, those of another program among them."""
    examples: tuple[SetAsideRow, ...]
    """The first three rows of each reason."""
    notes: tuple[str, ...]


class ChangedMember(Value):
    """What a newer file says otherwise of one person."""

    member_id: str | None
    name: str | None
    birth_date: date | None
    what: str
    words: str
    open: tuple[str, ...]
    """Numbers of this person's open referrals and ids of their open cases, on which it bears."""


class MembersImport(Value):
    """Answer of `coe members import --json`."""

    check: MembersCheck
    in_force: RosterFile
    changes: tuple[ChangedMember, ...]
    """Those that bear on an open referral or case first."""


class MembersStatus(Value):
    """Answer of `coe members status --json`."""

    files: tuple[RosterFile, ...]

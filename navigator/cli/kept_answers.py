"""The JSON of commands about what the ledger keeps as models; pydantic, so imported by commands only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from navigator.case.value import Case
from navigator.ledger.keys import Kind
from navigator.program.rule_answer import RuleAnswer
from navigator.referral.record import ReferralSummary
from navigator.referral.tasks import Task
from provider_directory.models import ContractEvidence, EditionInfo, Offer, Value


class CaseRow(Value):
    """One call of the list; a sensitive procedure and the member are not named."""

    id: str
    state: str
    kind: str
    words: str


class CaseList(Value):
    """Answer of `coe case list --json`."""

    cases: tuple[CaseRow, ...]


class CaseNote(Value):
    """A signed note of a call."""

    at: datetime
    by: str
    text: str


class CaseShown(Value):
    """Answer of `coe case show --json`."""

    id: str
    state: str
    case: Case
    """As it is kept; a newer program may have kept more fields."""
    notes: tuple[CaseNote, ...]


class CallWaits(Value):
    """Answer of `coe case waits --json`: whole milliseconds a call; None = no call was kept."""

    since: date
    calls: int
    p50_ms: int | None
    p95_ms: int | None
    longest_ms: int | None


class ReferralList(Value):
    """Answer of `coe referral list --json`, the newest first."""

    referrals: tuple[ReferralSummary, ...]


class ShownProcedure(Value):
    """The procedure as it was called when the offer was shown."""

    id: str
    name: str
    clinical_name: str


class ShownOffer(Value):
    """Answer of `coe referral offer --json` and `referral show --offer`: the bytes that were hashed, form 2.

    What was kept in form 1 is an answer of `coe find` alone; what an older program kept may lack newer fields.
    """

    form: int
    offer: Offer
    chosen: str
    """Facility id."""
    procedure: ShownProcedure
    contracts: tuple[ContractEvidence, ...]
    rule: RuleAnswer | None
    edition: EditionInfo | None


class TaskOfCase(Value):
    """Answer of `coe referral task done --json` where the task belongs to a call and to no referral."""

    task: Task


class LedgerContent(Value):
    """What is in a ledger, by table, with the head of its audit."""

    rows: dict[str, int]
    content_sha256: str
    """Of all rows but the audit's, whatever the store and the key."""
    audit_head: str


class LedgerBackup(LedgerContent):
    """Answer of `coe ledger backup --json`."""

    file: str
    sha256: str


class LedgerRestored(LedgerContent):
    """Answer of `coe ledger restore --json`."""

    aside: str | None
    """Where the ledger lies that was here before."""


class LedgerVerified(LedgerContent):
    """Answer of `coe ledger verify --json`; without a problem the ledger is whole."""

    problems: tuple[str, ...]


class KeepingIsOver(Value):
    """How many may be purged today."""

    referrals: int
    cases: int


class LedgerStatus(Value):
    """Answer of `coe ledger status --json`."""

    place: str
    kind: str
    key: Kind | None
    rows: dict[str, int]
    audit_head: str
    keeping_is_over: KeepingIsOver


class AuditEntry(Value):
    """One entry of the audit; it says nothing about a member but a number."""

    seq: int
    at: datetime
    by: str
    action: str
    subject: str
    detail: dict[str, Any]
    mac: str


class LedgerAudit(Value):
    """Answer of `coe ledger audit --json`, the oldest first."""

    entries: tuple[AuditEntry, ...]


class ReadOrWritten(Value):
    """One reading or writing of what is kept about a person."""

    at: str
    by: str
    action: str
    subject: str


class MemberCopy(Value):
    """Answer of `coe member export`: a person's copy of all that is kept, each record whole."""

    copied_at: str
    referrals: tuple[dict[str, Any], ...]
    cases: tuple[dict[str, Any], ...]
    rosters: tuple[dict[str, Any], ...]
    who_read_and_wrote: tuple[ReadOrWritten, ...]

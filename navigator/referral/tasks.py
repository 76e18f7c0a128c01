"""What is owed for a referral, and by when: tasks that moves make, due in working days (issue "Life cycle")."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from provider_directory.models import Value

TaskKind = Literal[
    "finish_draft",
    "send",
    "send_again",
    "receipt",
    "call_center",
    "claims_administrator",
    "authorization",
    "acceptance",
    "records",
    "imaging",
    "evaluation_date",
    "travel",
    "visit",
    "after_visit",
    "call_member",
    "new_date",
    "hold_review",
    "cancel_confirmation",
    "another_center",
    "follow_up_7",
    "follow_up_14",
    "follow_up_30",
    "follow_up_90",
    "follow_up",
    "warranty_end",
    "edition_change",
    "answer",
    "note",
]


class NewTask(Value):
    """A task to be kept; the ledger gives it its id, moment and maker."""

    kind: TaskKind
    due_on: date
    what: str | None = None
    """What exactly: which record, which question; may name the member's health, so it is kept sealed."""
    where_from: str | None = None
    """Who has the record."""
    release: bool | None = None
    """The member signed that it may be handed over; None = not asked yet."""
    marker: str | None = None
    """A word by which the same task is known again, so that it is made once, e.g. the edition."""


class Task(NewTask):
    """A task as the ledger keeps it; times are aware, in UTC."""

    id: str
    number: str | None = None
    """The referral's number, or None for a task of a case."""
    case_id: str | None = None
    made_at: datetime
    made_by: str
    done_at: datetime | None = None
    done_by: str | None = None
    outcome: str | None = None

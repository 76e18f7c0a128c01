"""What is owed for a referral, and by when: tasks that moves make, due in working days (issue "Life cycle")."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice
from provider_directory.models import Value

TaskKind = Literal[
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
    "stop",
    "follow_up",
    "warranty_end",
    "edition_change",
    "answer",
    "other",
]


class NewTask(Value):
    """A task to be kept; the ledger gives it its id, moment and maker."""

    kind: TaskKind
    due_on: date
    what: str | None = None
    """What exactly: which record, which question; it may speak of the member's health, so it is kept sealed."""
    where_from: str | None = None
    """Who has the record."""
    release: bool | None = None
    """The member signed that it may be handed over; None = not asked yet."""
    marker: str | None = None
    """A word of ours by which the same task is known again, so that it is made once, e.g. the edition."""


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

    @property
    def was_settled(self) -> bool:
        """Say whether a move of the referral closed it, not somebody who did it."""
        return self.done_at is not None and (self.outcome or "").startswith(SETTLED)


SETTLED = "settled: the referral is "
"""Begins the outcome of a task that a move closed; the state follows."""

WORDS: dict[TaskKind, str] = {
    "send": "fill in and send",
    "send_again": "send again: the try failed",
    "receipt": "confirm that it arrived",
    "call_center": "call the center: no receipt",
    "claims_administrator": "tell claims administrator",
    "authorization": "get authorization number",
    "acceptance": "ask whether they accept",
    "records": "gather the records",
    "imaging": "gather the images",
    "evaluation_date": "get the evaluation date",
    "travel": "ask about travel, book it",
    "visit": "ask how the visit went",
    "after_visit": "ask what was decided",
    "call_member": "call the member: no-show",
    "new_date": "get another date",
    "hold_review": "see whether the hold ends",
    "cancel_confirmation": "get the cancel confirmed",
    "another_center": "offer another, or close",
    "stop": "tell the center to stop",
    "follow_up": "call the member",
    "warranty_end": "ask before warranty ends",
    "edition_change": "stay, move or wait?",
    "answer": "answer",
    "other": "another task",
}
"""Short: a row of the work list at 80 columns has 28 cells for them."""


def task_kind(text: str) -> TaskKind:
    """Give the kind that the text names; raises BadInput with every kind."""
    word = clean(text, 40).casefold().replace("-", "_").replace(" ", "_")
    for kind in get_args(TaskKind):
        if word == kind:
            known: TaskKind = kind
            return known
    raise BadInput(
        f'There is no kind of task "{clean(text, 40)}".',
        f"Choose one of {', '.join(WORDS)}.",
        tuple(Choice(kind, words) for kind, words in WORDS.items()),
    )


def a_task(kind: TaskKind, due_on: date, what: str | None, where_from: str | None, release: bool | None) -> NewTask:
    """Check and give a task that somebody adds; raises BadInput for "other" without words."""
    said = clean(what or "") or None
    if kind == "other" and said is None:
        raise BadInput("The task says nothing.", "Say what is to be done.")
    return NewTask(
        kind=kind, due_on=due_on, what=said, where_from=clean(where_from or "", 120) or None, release=release
    )


def task_line(task: NewTask) -> str:
    """Give what is to be done in words, without its day."""
    parts = [WORDS[task.kind]]
    parts += [task.what] if task.what else []
    parts += [f"from {task.where_from}"] if task.where_from else []
    if task.release is not None:
        parts.append("release signed" if task.release else "release not signed")
    return ": ".join(parts[:2]) + "".join(f", {part}" for part in parts[2:])

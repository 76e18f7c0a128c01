"""How a referral ended: surgery, other care or not appropriate; the last two are a success, counted as avoided."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice
from provider_directory.models import Value

OutcomeKind = Literal["surgery", "other_care", "not_appropriate"]
OUTCOMES: tuple[tuple[OutcomeKind, str], ...] = (
    ("surgery", "the surgery was done"),
    ("other_care", "other care instead of surgery"),
    ("not_appropriate", "surgery is not appropriate"),
)


class Outcome(Value):
    """The center's decision and, after surgery, its day."""

    kind: OutcomeKind
    done_on: date | None = None
    """The day of surgery, from which follow-up calls count; None for the other kinds."""
    note: str | None = None


def an_outcome(kind: str, done_on: date | None, today: date, note: str | None = None) -> Outcome:
    """Check and give an outcome.

    Raises BadInput for an unknown kind, surgery without its day, a day in the future, a day without surgery.
    """
    if kind not in get_args(OutcomeKind):
        raise BadInput(
            f'There is no outcome "{clean(kind, 40)}".',
            f"Choose one of {', '.join(word for word, _ in OUTCOMES)}.",
            tuple(Choice(word, words) for word, words in OUTCOMES),
        )
    if kind == "surgery" and done_on is None:
        raise BadInput(
            "The outcome surgery lacks its day.", "Give the day of surgery: the follow-up calls count from it."
        )
    if done_on is not None and kind != "surgery":
        raise BadInput(f"The outcome {kind} has no day of surgery.", "Leave the day out.")
    if done_on is not None and done_on > today:
        raise BadInput(f"The day of surgery, {done_on}, is in the future.", "Schedule it; it is an outcome when done.")
    return Outcome(kind=kind, done_on=done_on, note=clean(note or "", 500) or None)


def avoided_surgery(outcome: Outcome) -> bool:
    """Say whether the referral spared a surgery that was planned: a success, not a failure (REFERRAL "Life cycle")."""
    return outcome.kind != "surgery"


def outcome_line(outcome: Outcome) -> str:
    """Give the outcome in words."""
    words = dict(OUTCOMES)[outcome.kind]
    done = f" on {outcome.done_on.isoformat()}" if outcome.done_on else ""
    success = " (a success: surgery avoided)" if avoided_surgery(outcome) else ""
    return f"{words}{done}{success}" + (f": {outcome.note}" if outcome.note else "")

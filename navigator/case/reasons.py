"""Why somebody calls, as the open asks it, and in which words lists and screens name it (PRODUCT "Most calls")."""

from __future__ import annotations

from typing import NamedTuple

from navigator.case.value import NoneFitsReason, Reason


class ReasonForCall(NamedTuple):
    """One reason, in the order of the digits that choose it."""

    id: Reason
    label: str
    kind: str
    """The kind of case that it makes (``navigator.referral.case_kinds``)."""


REASONS = (
    ReasonForCall("find_care", "Find care", "find_care"),
    ReasonForCall("my_referral", "My referral", "referral"),
    ReasonForCall("travel", "Travel money", "travel_receipt"),
    ReasonForCall("bill", "A bill", "bill"),
    ReasonForCall("records", "Records", "records"),
    ReasonForCall("appeal", "An appeal", "appeal"),
    ReasonForCall("complaint", "A complaint", "complaint"),
    ReasonForCall("other", "Something else", "other"),
)
_BY_ID = {reason.id: reason for reason in REASONS}
SENSITIVE = "a sensitive procedure"
"""What stands in lists, rows and subject lines instead of a procedure that is not to be named (REFERRAL "People")."""
NONE_FITS: tuple[tuple[NoneFitsReason, str], ...] = (
    ("too_far", "Too far"),
    ("keep_surgeon", "Keeps the own surgeon"),
    ("cost", "The cost"),
    ("wait", "The wait is too long"),
    ("wants_to_think", "Wants to think"),
    ("not_ready", "Not ready for it"),
    ("other", "Something else"),
)
"""Why no center fits."""


def reason_label(reason: Reason | None, ended: bool = False) -> str:
    """Name a reason; for None "no reason yet", or of a call that has ended "no reason was given"."""
    if reason:
        return _BY_ID[reason].label
    return "no reason was given" if ended else "no reason yet"


def about(reason: Reason | None) -> str | None:
    """Say what a call is about that looks for no care, e.g. "a bill"; None for one that does or gave no reason."""
    return None if reason in (None, "find_care") else reason_label(reason).lower()


def kind_of(reason: Reason | None) -> str:
    """Give the kind of case that a reason makes; a call without one looks for care."""
    return _BY_ID[reason or "find_care"].kind

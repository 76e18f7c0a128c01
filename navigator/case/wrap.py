"""The end of a call: the disposition, filled in from what the case holds (PRODUCT "wrap")."""

from __future__ import annotations

from datetime import datetime

from navigator.case.reasons import NONE_FITS
from navigator.case.value import Case, Disposition, DispositionKind
from provider_directory.cleaning import clean

DISPOSITIONS: tuple[tuple[DispositionKind, str], ...] = (
    ("referred", "Referral made"),
    ("draft_kept", "Draft kept, not finished"),
    ("offer_sheet", "Wants to think: offer sheet"),
    ("none_fits", "No center fits"),
    ("answered", "Question answered"),
    ("to_do", "To be worked on: tasks are made"),
    ("passed_on", "Passed on to somebody else"),
    ("call_back", "To be called back"),
    ("no_contact", "Closed without contact"),
    ("emergency", "Sent to 911 or own doctor"),
    ("crisis", "988 was given"),
)
"""In the order of the screen's choices."""
IN_WORK = frozenset({"travel", "bill", "records", "appeal", "complaint"})
"""Reasons that are seldom settled in one call: the case goes on with its tasks (``navigator.referral.case_kinds``)."""


def proposed(case: Case) -> DispositionKind:
    """Give the disposition that the case speaks for; the person who works may choose another."""
    if case.safety is not None and case.safety.outcome == "crisis":
        return "crisis"
    if case.safety is not None and case.safety.outcome == "stop" and not case.created:
        return "emergency"
    if case.created:
        return "referred"
    if case.standing == "call_back":
        return "call_back"
    if case.none_fits is not None:
        return "offer_sheet" if case.none_fits.reason == "wants_to_think" else "none_fits"
    if case.draft:
        return "draft_kept"
    return "to_do" if case.reason in IN_WORK else "answered"


def possible(case: Case) -> tuple[tuple[DispositionKind, str], ...]:
    """Give the dispositions that the case allows, with their labels."""
    refused = set()
    if not case.created:
        refused.add("referred")
    if case.none_fits is None:
        refused |= {"none_fits"}
    if case.draft is None:
        refused.add("draft_kept")
    return tuple(each for each in DISPOSITIONS if each[0] not in refused)


def disposed(kind: DispositionKind, words: str | None, at: datetime, by: str) -> Disposition:
    """Give the disposition as it is kept; ``at`` is aware."""
    return Disposition(kind, clean(words or "", 500) or None, at, clean(by, 120))


def disposition_label(kind: DispositionKind) -> str:
    """Name a disposition."""
    return dict(DISPOSITIONS)[kind]


def why_none_label(case: Case) -> str | None:
    """Say why no center fits, in the screen's words."""
    if case.none_fits is None:
        return None
    label = dict(NONE_FITS)[case.none_fits.reason]
    return f"{label}: {case.none_fits.words}" if case.none_fits.words else label

"""Who speaks, and what they may hear (REFERRAL "People"): being the subscriber is no authority."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from navigator.case.value import Access, Caller, Speaker
from navigator.days import day_words

OF_AGE = 18
SPEAKERS: tuple[tuple[Speaker, str], ...] = (
    ("member", "The member"),
    ("parent_of_minor", "Parent or guardian of a minor"),
    ("spouse", "Spouse or partner"),
    ("parent_of_adult", "Parent of an adult"),
    ("representative", "Representative with a paper"),
    ("surgeon_office", "Surgeon's office"),
)
"""In the order of the digits that choose them."""

ACCESS: tuple[tuple[Access, str], ...] = (
    ("interpreter", "Interpreter"),
    ("relay", "Relay call"),
    ("large_print", "Large print"),
)
"""In the order of the digits after the speakers'."""

Reach = Literal["everything", "own_patient", "general"]
NOT_TO_SAY: dict[Reach, str] = {
    "general": "general only, until the member agrees",
    "own_patient": "no plan or cost, speak with the member",
}
"""What stands in place of the member's eligibility while somebody speaks who may not hear it; the beginning will do."""


class Authority(NamedTuple):
    """What may be said to the caller, why, and what would change it."""

    reach: Reach
    words: str
    would_change: str | None = None

    @property
    def may_consent(self) -> bool:
        """Only who may hear everything may consent for the member, or name a center for them."""
        return self.reach == "everything"


def authority(caller: Caller | None, born: date | None, on: date) -> Authority:
    """Judge what the caller may hear of a member with this birth date (None = not known) on this day."""
    if caller is None:
        return Authority("general", "Nobody has said yet who is calling: general answers only.", "Ask who is calling.")
    if caller.speaker == "member":
        return Authority("everything", "The member speaks.")
    if caller.speaker == "parent_of_minor":
        return _parent(caller, born, on)
    if caller.speaker == "representative":
        return _representative(caller, on)
    if caller.speaker == "surgeon_office":
        return Authority(
            "own_patient",
            "The surgeon's office: dates and records of its own patient's referral, nothing of plan or cost.",
            "For anything else speak with the member.",
        )
    return _needs_agreement(caller)


def age_on(born: date, on: date) -> int:
    """Give the years that are completed on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def speaks_for_minor(speaker: Speaker, born: date | None, on: date) -> bool:
    """Say whether a parent or guardian speaks for somebody who is a minor on a day, so that they are called."""
    return speaker == "parent_of_minor" and born is not None and age_on(born, on) < OF_AGE


def _parent(caller: Caller, born: date | None, on: date) -> Authority:
    if born is None:
        return Authority(
            "general", "The child's birth date is not known: general answers only.", "Ask for the child's birth date."
        )
    if age_on(born, on) < OF_AGE:
        return Authority("everything", f"Parent or guardian; the member is {age_on(born, on)}.")
    return _needs_agreement(caller)


def _representative(caller: Caller, on: date) -> Authority:
    paper = caller.paper
    if paper is None:
        return Authority(
            "general", "No paper was seen: general answers only.", "See the paper, and note what it is and its end."
        )
    if paper.ends is not None and paper.ends < on:
        return Authority(
            "general",
            f"The {paper.what} ended {day_words(paper.ends)}: general answers only.",
            "Ask for one that is still valid, or for the member.",
        )
    until = f" to {day_words(paper.ends)}" if paper.ends else ", without an end date"
    return Authority("everything", f"Representative: {paper.what}, seen {day_words(paper.seen_on)}{until}.")


def _needs_agreement(caller: Caller) -> Authority:
    if caller.member_agreed_at is not None:
        day = caller.member_agreed_at.astimezone().date()
        return Authority("everything", f"The member agreed {day_words(day)} that this person hears everything.")
    return Authority(
        "general",
        "The member is an adult: general answers only until the member agrees. Being the subscriber is no authority.",
        "Ask the member to the phone; a yes is logged.",
    )

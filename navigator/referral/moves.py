"""One step of a referral's life as a frozen value: checked here, written by the ledger (REFERRAL "Life cycle")."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from navigator.referral.delivery import Delivery
from navigator.referral.lifecycle import Actor, State
from navigator.referral.outcome import Outcome
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice
from provider_directory.models import Value
from provider_directory.time_zones import is_time_zone

VisitKind = Literal["evaluation", "surgery", "follow_up"]
VISITS: tuple[tuple[VisitKind, str], ...] = (
    ("evaluation", "evaluation"),
    ("surgery", "surgery"),
    ("follow_up", "follow-up visit"),
)


class Appointment(Value):
    """When the center sees the member, in the center's own time."""

    kind: VisitKind
    on: date
    at: time | None = None
    """None = the hour is not known yet."""
    time_zone: str | None = None
    """Time zone of the center, e.g. "America/Chicago"; None = not known."""


def visit_kind(text: str) -> VisitKind:
    """Give the kind of visit that the text names; raises BadInput with all of them."""
    word = clean(text, 40).casefold().replace("-", "_").replace(" ", "_")
    for kind, _ in VISITS:
        if word == kind:
            return kind
    raise BadInput(
        f'There is no kind of visit "{clean(text, 40)}".',
        f"Choose one of {', '.join(kind for kind, _ in VISITS)}.",
        tuple(Choice(kind, words) for kind, words in VISITS),
    )


def an_appointment(kind: VisitKind, on: date, hour: tuple[int, int] | None, time_zone: str | None) -> Appointment:
    """Check and give an appointment; raises BadInput for an hour or a time zone that does not exist."""
    at = None
    if hour is not None:
        try:
            at = time(*hour)
        except ValueError:
            raise BadInput(f"{hour[0]}:{hour[1]:02} is no time of the day.", "Write it as 09:30 or 14:00.") from None
    if time_zone is not None and not is_time_zone(time_zone):
        raise BadInput(f'There is no time zone "{clean(time_zone, 40)}".', "Write it as America/Chicago.")
    return Appointment(kind=kind, on=on, at=at, time_zone=time_zone)


class Move(Value):
    """A legal move with all that must be there for it; ``at`` is aware, in UTC."""

    from_state: State
    to: State
    actor: Actor
    trigger: str
    at: datetime
    by: str
    """Who wrote it down, at this desk."""
    on: date
    """The day it happened, as told."""
    held_from: State | None = None
    """The state that on-hold goes back to; set when ``to`` is on-hold."""
    reason_code: str | None = None
    reason: str | None = None
    """In words; the code's own where nothing else was said."""
    center_person: str | None = None
    """Who at the center told it; the person who confirmed, for ``received``."""
    receipt: str | None = None
    """Number of the fax receipt or message that confirmed."""
    delivery: Delivery | None = None
    """The try to send, for ``requested``."""
    appointment: Appointment | None = None
    visit: VisitKind | None = None
    """What kind of visit took place, for ``visit-done``."""
    outcome: Outcome | None = None
    safety_checked: bool | None = None
    """The red-flag card was answered, for ``requested``."""
    gates_overridden: str | None = None
    """Why it was sent although conditions of the program are not yet met."""
    replaced_by: str | None = None
    """Number of the referral that replaces this one, for ``re-referred``."""

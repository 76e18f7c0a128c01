"""One step of a referral's life as a frozen value: checked here, written by the ledger (REFERRAL "Life cycle")."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from navigator.referral.delivery import Delivery
from navigator.referral.lifecycle import Actor, State
from navigator.referral.outcome import Outcome
from provider_directory.models import Value

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

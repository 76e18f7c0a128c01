"""What the claims administrator gets, as frozen values."""

from __future__ import annotations

from datetime import date
from typing import Literal

from navigator.packets.values import Desk, NotKnown, PacketCenter, PacketProcedure
from navigator.referral.lifecycle import State
from navigator.referral.moves import Appointment
from provider_directory.models import Value


class ConditionState(Value):
    """A condition of the rule and whether it is met; the answer stays at the desk."""

    id: str
    state: Literal["met", "not_yet", "not_asked"]
    clause: str | None


class AdministratorPacket(Value):
    """What the claims administrator gets to give its authorization number; no clinical detail beyond the rule."""

    number: str
    number_spelled: str
    state: State
    demonstration: bool
    requester: Desk
    to: str | None
    """The administrator as the program file names it, e.g. "Lakeshore Benefits, 414-555-0143"."""
    name: str | None
    birth_date: date | None
    member_id: str | None
    group: str | None
    employer: str | None
    plan_year: int | None
    center: PacketCenter
    procedure: PacketProcedure
    care_day: date | None
    """Likely day of care, as the question was asked."""
    appointment: Appointment | None
    mode: str | None
    """mandatory, voluntary or tiered."""
    clauses: tuple[str, ...]
    rule_version: str | None
    rule_sha256: str | None
    """Of the program file."""
    conditions: tuple[ConditionState, ...]
    authorization_number: str | None
    """None = asked for with this."""
    audit_head: str
    not_known: tuple[NotKnown, ...]

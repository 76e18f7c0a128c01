"""All that the desk knows of one referral, from which each recipient's packet copies its own share by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from navigator.case.value import Case
from navigator.packets.values import Desk
from navigator.program.member import MemberFacts
from navigator.referral.delivery import Delivery
from navigator.referral.moves import Appointment, Move
from navigator.referral.record import Referral
from navigator.referral.snapshot import Shown, center_shown, contract_shown, routes_shown
from navigator.referral.tasks import Task
from provider_directory.routes import CenterRoute


@dataclass(frozen=True)
class KnownProgram:
    """What of the employer's program stands on paper; None = the program file does not say."""

    employer: str | None = None
    plan_year: int | None = None
    administrator: str | None = None
    """Whom to ask what the file does not say, e.g. "Lakeshore Benefits, 414-555-0143"."""
    plan_options: Mapping[str, str] = field(default_factory=dict)
    """Id -> name."""


@dataclass(frozen=True)
class WholeReferral:
    """One referral with everything around it, as it stands on a day; nobody outside the desk gets it."""

    referral: Referral
    today: date
    audit_head: str
    desk: Desk
    shown: Shown | None = None
    """The snapshot of what was shown; None = none is kept."""
    case: Case | None = None
    """The call in which it began; None = it began without one, or the call is about somebody else."""
    member: MemberFacts | None = None
    program: KnownProgram = KnownProgram()
    tasks: tuple[Task, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def center(self) -> dict[str, Any]:
        """Give the chosen center as it was shown; empty where it was not among those shown."""
        return (center_shown(self.shown, self.referral.facility_id) if self.shown else None) or {}

    @property
    def contract(self) -> dict[str, Any]:
        """Give the chosen center's contract that counted when it was shown; empty where none did."""
        return contract_shown(self.shown, self.referral.facility_id) if self.shown else {}

    @property
    def routes(self) -> tuple[CenterRoute, ...]:
        """Give the routes to the chosen center as the roster named them, best first; empty = none can be read."""
        return routes_shown(self.shown, self.referral.facility_id) if self.shown else ()

    @property
    def rule(self) -> dict[str, Any]:
        """Give the answer of the program's rules as it was shown; empty where none was."""
        return (self.shown.rule if self.shown else None) or {}

    @property
    def appointment(self) -> Appointment | None:
        """Give the visit that is scheduled now."""
        if self.referral.state != "scheduled":
            return None
        return next((move.appointment for move in reversed(self.moves) if move.appointment), None)

    @property
    def sent_on(self) -> date | None:
        """Give the day of the newest try to send that did not fail; None = there is none."""
        sent = [each.at for each in self.deliveries if each.result == "sent"]
        return max(sent).astimezone().date() if sent else None

"""What the member gets, as frozen values; money is integer cents, None = not known or not shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from navigator.packets.values import Contact, Desk, GateState, NextStep, NotKnown, PacketProcedure
from navigator.program.rule_answer import GateTest, PlanWords
from navigator.referral.lifecycle import State
from navigator.referral.moves import Appointment
from navigator.referral.record import ConsentMethod
from provider_directory.models import Value
from provider_directory.routes import CenterRoute


class ShownCenter(Value):
    """A center as it was shown to the member."""

    name: str
    chosen: bool
    miles: float | None
    """Straight line."""
    miles_precision: Literal["address", "zip"] | None
    credential: str | None
    """In words, e.g. "under contract to Jun 2027"."""
    under_contract: bool
    contract_ends: date | None
    """Last day of the contract, which may have passed; None = it has none, or the roster names no day."""
    doubts: tuple[str, ...]
    """What may keep a contract from serving on the day of care, e.g. "ends before the likely surgery date"."""
    score_label: str | None
    score_value: int | None
    score_low: int | None
    score_high: int | None
    price_label: str | None
    """What kind of price it is; never without it."""
    price_cents: int | None
    you_pay: str | None
    spoken: str | None


class ChosenCenter(Value):
    """How the member reaches the center that was chosen."""

    name: str | None
    address: str | None
    phone: str | None
    intake_phone: str | None
    routes: tuple[CenterRoute, ...]
    time_zone: str | None
    """IANA name."""


class CostShown(Value):
    """What the member pays by the rule that was shown, with its clause."""

    state: str
    """known, range, at_most, whole_bill, maybe_whole_bill or not_estimated."""
    low_cents: int | None
    high_cents: int | None
    words: str
    ask: tuple[str, ...]
    clause: str | None


class TravelShown(Value):
    """Travel by the rule that was shown."""

    state: str
    """paid, not_paid, check_miles or ask."""
    words: str
    people: int | None
    clause: str | None


class RewardShown(Value):
    """What the plan gives for using the center."""

    state: str
    amount_cents: int | None
    words: str
    clause: str | None


class GateNotYet(Value):
    """A condition that is not met yet, or still to be asked, and what would change it."""

    id: str
    question: str
    state: GateState
    words: str
    would_change: str | None
    test: GateTest | None
    """None = shown before it was kept."""
    questions: tuple[str, ...]
    """``question``, one by one; empty = as for ``test``."""
    change: str | None
    """What would meet it, as the plan says it or in our sentence for its fact."""
    clause: str | None


class DutyShown(Value):
    """What the member must still have or do."""

    words: str
    says: str
    """The duty alone, as the plan says it; "" = shown before it was kept."""
    expenses_covered: bool
    questions: tuple[str, ...]


class AppealShown(Value):
    """How a written decision is asked for and appealed."""

    words: str
    within_days: int | None
    to: str | None
    clause: str | None


class MemberConsent(Value):
    """What the member agreed to, and how to take it back."""

    share: bool
    method: ConsentMethod
    at: datetime
    words: str | None
    """The script that was read, word for word; None = of a version that this program does not hold."""
    script_version: str
    withdrawn_at: datetime | None


class MemberPacket(Value):
    """What the member gets: the offer as it was shown, what it may cost, and who calls whom."""

    number: str
    number_spelled: str
    state: State
    state_words: str
    demonstration: bool
    created_at: datetime
    desk: Desk
    name: str | None
    contact: Contact
    """A letter goes to it only where its method is mail."""
    language: str | None
    large_print: bool | None
    program: str | None
    """None = none was named, so nothing counted as under contract."""
    employer: str | None
    plan_year: int | None
    procedure: PacketProcedure
    shown_on: date | None
    care_day: date | None
    """Likely day of care, by which contract and rules were judged."""
    place: str | None
    edition: str
    edition_release: str | None
    shown: tuple[ShownCenter, ...]
    chosen: ChosenCenter
    here: CostShown | None
    elsewhere: CostShown | None
    included: tuple[str, ...]
    extra: tuple[str, ...]
    """What the agreed price of the center leaves out."""
    travel: TravelShown | None
    reward: RewardShown | None
    gates: tuple[GateNotYet, ...]
    """Those that are not met; empty = none, or no rule was shown."""
    duties: tuple[DutyShown, ...]
    appointment: Appointment | None
    next_steps: tuple[NextStep, ...]
    appeal: AppealShown | None
    consent: MemberConsent | None
    calls_parent: bool
    """The member is a minor for whom a parent or guardian called: calls go to them, by the safe contact."""
    authorization_number: str | None
    rule_version: str | None
    spanish: tuple[PlanWords, ...]
    """The employer's own Spanish of the plan's sentences, where the program's file has it."""
    notes: tuple[str, ...]
    """What must be said with the estimate, e.g. that it is no promise of payment."""
    offer_sha256: str | None
    audit_head: str
    not_known: tuple[NotKnown, ...]

"""What leaves the desk, as frozen values: one packet for each recipient, and the parts they are made of.

Money is integer cents, moments are aware and in UTC, days are days where the desk stands. None = not known; why
stands in the packet's ``not_known``.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from navigator.case.value import Speaker
from navigator.referral.lifecycle import State
from navigator.referral.moves import Appointment
from navigator.referral.record import ConsentMethod, ContactMethod, Urgency
from navigator.referral.tasks import TaskKind
from provider_directory.models import Kind, Value
from provider_directory.routes import CenterRoute

Who = Literal["center", "member", "desk", "administrator"]
GateState = Literal["met", "not_yet", "ask"]
Recipient = Literal["center", "member", "administrator"]
RECIPIENTS: tuple[Recipient, ...] = ("center", "member", "administrator")

ROLE = "care navigator"
"""What who refers is called on every document; the person stands in the audit, not on paper."""


class NotKnown(Value):
    """A field of a packet that is None, with the reason in words."""

    field: str
    """Path within the packet, e.g. "coverage.group"."""
    reason: str


class Desk(Value):
    """Who refers: the desk as ``settings.toml`` names it in its table ``[desk]``."""

    role: str = ROLE
    organization: str | None = None
    phone: str | None = None
    hours: str | None = None
    """In words, e.g. "Mon-Fri 8:00-18:00"."""
    time_zone: str | None = None
    """IANA name."""
    address: str | None = None
    """Postal, in one line."""


class NextStep(Value):
    """What happens next: by which day, who does it, and the sentence that is said to the member."""

    by: date
    on_the_day: bool
    """True for a visit: it happens on the day, not by it."""
    who: Who
    to: Who
    """Whom they call, tell or see."""
    kind: TaskKind
    words: str
    """Said to the member, e.g. "by Mon Nov 30 the center calls you and says whether it accepts"."""
    at: time | None = None
    """Of a visit, in the center's own time."""
    late: bool = False
    """It was due on an earlier day than ``by``, which is then today."""


class Contact(Value):
    """How the member may be reached, as the member said it is safe; nothing else of theirs is used."""

    method: ContactMethod | None
    address: str | None
    """Phone number, e-mail or postal address, as the method says; None for "none"."""
    voicemail_ok: bool | None
    best_times: str | None
    do_not_contact: bool


class PacketMember(Value):
    """The member as a center needs them."""

    name: str | None
    birth_date: date | None
    contact: Contact
    language: str | None
    """BCP 47 tag, or in words."""
    interpreter: bool | None
    relay: bool | None
    large_print: bool | None


class PacketCaller(Value):
    """Who called where it was not the member, and by what authority they spoke for the member."""

    speaker: Speaker
    relationship: str
    """In words, e.g. "Parent or guardian of a minor"."""
    name: str | None
    authority: str


class PacketCoverage(Value):
    """Which plan the member has, as far as the desk knows it."""

    employer: str | None
    program: str | None
    plan_option: str | None
    group: str | None
    member_id: str | None
    plan_year: int | None
    relationship: str | None
    """To the subscriber: subscriber, spouse, child or other."""
    covered: bool | None
    """On the day it was checked."""
    checked_on: date | None
    file_as_of: date | None
    """Date of the eligibility file that was asked."""


class PacketProcedure(Value):
    """What is asked for."""

    id: str | None
    name: str | None
    """In plain words."""
    clinical_name: str | None
    sensitive: bool
    """Never named on an envelope, a voicemail, a subject line or a file name."""
    side: str | None
    """left, right or both."""


class PacketGate(Value):
    """One condition of the program: the question, the answer as it was given, and what follows."""

    id: str
    question: str
    answer: str | None
    state: GateState


class SafetyDone(Value):
    """That the red flags were asked before anything was sent."""

    done: bool
    version: str | None
    at: datetime | None


class PacketConsent(Value):
    """To what the member agreed, by whose word, and to which words read aloud."""

    share: bool
    treat: bool | None
    """None = the script does not ask it: a center asks for its own."""
    record_call: bool | None
    method: ConsentMethod
    script_version: str
    at: datetime
    given_by: str | None
    """"the member", or who spoke for them."""
    withdrawn_at: datetime | None


class PacketCenter(Value):
    """The center that was chosen."""

    facility_id: str | None
    kind: Kind | None
    name: str | None
    ccn: str | None
    npi: str | None
    address: str | None
    phone: str | None
    intake_phone: str | None


class OwnTerms(Value):
    """What this center itself agreed with the alliance."""

    alliance: str
    covers: str
    """The criteria set or procedure that the contract names."""
    effective: date | None
    ends: date | None
    run_out: str | None
    warranty: str | None
    bundle_cents: int | None
    bundle_scope: str | None
    included: tuple[str, ...]
    extra: tuple[str, ...]
    price_as_of: date | None


class RecordAsked(Value):
    """A record or image that is being gathered for the visit."""

    kind: Literal["records", "imaging"]
    what: str | None
    where_from: str | None
    release_signed: bool | None
    due_on: date
    got: bool


class CenterPacket(Value):
    """What the center gets: its own share, and nothing of another center, another price or the member's cost."""

    number: str
    number_spelled: str
    center_number: str | None
    state: State
    demonstration: bool
    created_at: datetime
    updated_at: datetime
    requester: Desk
    urgency: Urgency | None
    receipt_due: date
    """By when the center confirms that it arrived."""
    answer_due: date
    """By when the center says whether it accepts."""
    member: PacketMember
    caller: PacketCaller | None
    """None = the member called, or nobody noted who did."""
    companion: str | None
    coverage: PacketCoverage
    procedure: PacketProcedure
    evaluation_first: bool
    """The center judges whether the procedure is right, before anything is scheduled."""
    reason: str | None
    """In the member's words."""
    recommending_surgeon: str | None
    home_doctor: str | None
    """Who takes the member back after the care."""
    gates: tuple[PacketGate, ...]
    safety: SafetyDone
    consent: PacketConsent | None
    center: PacketCenter
    surgeon: str | None
    terms: OwnTerms | None
    """None = no contract of this center counted on the day of the question."""
    wanted_dates: str | None
    records: tuple[RecordAsked, ...]
    authorization_number: str | None
    replaces: str | None
    offer_sha256: str | None
    """Of the snapshot of what was shown, which stays at the desk."""
    audit_head: str
    not_known: tuple[NotKnown, ...]


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
    """known, range, at_most, whole_bill or not_estimated."""
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
    clause: str | None


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
    duties: tuple[str, ...]
    """What the member must still have or do, in words."""
    appointment: Appointment | None
    next_steps: tuple[NextStep, ...]
    appeal: AppealShown | None
    consent: MemberConsent | None
    authorization_number: str | None
    rule_version: str | None
    notes: tuple[str, ...]
    """What must be said with the estimate, e.g. that it is no promise of payment."""
    offer_sha256: str | None
    audit_head: str
    not_known: tuple[NotKnown, ...]

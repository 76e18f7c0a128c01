"""What leaves the desk, as frozen values: one packet for each recipient, and the parts they are made of.

Money is integer cents, moments are aware and in UTC, days are days where the desk stands. None = not known; why
stands in the packet's ``not_known``.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from navigator.case.value import Speaker
from navigator.referral.lifecycle import State
from navigator.referral.record import ConsentMethod, ContactMethod, Urgency
from navigator.referral.tasks import TaskKind
from provider_directory.models import Kind, Value

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
    hours_es: str | None = None
    """The same for who reads Spanish; None = not said, and ``hours`` stand for it."""
    time_zone: str | None = None
    """IANA name."""
    address: str | None = None
    """Postal, in one line."""

    def hours_in(self, language: str) -> str | None:
        """Give the hours for who reads a language; None where nobody has set them."""
        return self.hours_es or self.hours if language == "es" else self.hours


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

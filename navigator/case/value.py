"""The case: one call as a frozen value; every change gives another value (``navigator.case.transitions``).

Dataclasses, not pydantic models: the call's screen holds a case from its first frame. Moments are aware; None = not
asked, not known or not done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

VERSION = 1
"""Of the stored form; fields that a newer program added are kept as they are (``navigator.case.stored``)."""

Language = Literal["en", "es"]
Reason = Literal["find_care", "my_referral", "travel", "bill", "records", "appeal", "complaint", "other"]
Speaker = Literal["member", "parent_of_minor", "spouse", "parent_of_adult", "representative", "surgeon_office"]
Standing = Literal["open", "parked", "call_back", "closed"]
SafetyOutcome = Literal["none", "stop", "crisis"]
NoneFitsReason = Literal["too_far", "keep_surgeon", "cost", "wait", "wants_to_think", "not_ready", "other"]
Access = Literal["interpreter", "relay", "large_print"]
DispositionKind = Literal[
    "referred",
    "draft_kept",
    "offer_sheet",
    "none_fits",
    "emergency",
    "crisis",
    "answered",
    "to_do",
    "passed_on",
    "call_back",
    "no_contact",
]
ConsentMethod = Literal["spoken", "written"]
TryOutcome = Literal["reached", "no_answer", "voicemail", "busy", "wrong_number"]


@dataclass(frozen=True)
class Paper:
    """A representative's paper: what it is, when it was seen, and its last day; None = no end stands on it."""

    what: str
    seen_on: date
    ends: date | None


@dataclass(frozen=True)
class Caller:
    """Who speaks; what they may hear is judged in ``navigator.case.speaker``."""

    speaker: Speaker
    name: str | None = None
    paper: Paper | None = None
    member_agreed_at: datetime | None = None
    """When the member, an adult, agreed that this person hears more than general answers."""


@dataclass(frozen=True)
class Identified:
    """Who the member is, as the caller said it, and what the eligibility file says of them."""

    match: Literal["match", "no_match", "not_checked"]
    name: str | None
    birth_date: date | None
    member_id: str | None
    at: datetime
    by: str
    phone: str | None = None
    zip: str | None = None
    eligible: bool | None = None
    """On the day of the call; None = not known."""
    file_as_of: date | None = None
    """Date of the eligibility file."""
    other_roster: str | None = None
    """A second program on whose roster the member stands."""
    pays_first: str | None = None
    """The answer to "two plans: which pays first?"."""
    employer_asked_at: datetime | None = None
    """When it was noted, of somebody whom the file does not hold, that the employer is asked about the coverage."""


@dataclass(frozen=True)
class Need:
    """What somebody needs, and near which place."""

    words: str
    procedure: str
    procedure_name: str
    service_line: str
    criteria_set: str
    sensitive: bool
    place: str | None = None


@dataclass(frozen=True)
class SafetyCheck:
    """That the red flags were asked: the answer, in which language, by the list of which version."""

    outcome: SafetyOutcome
    version: str
    language: Language
    at: datetime
    by: str


@dataclass(frozen=True)
class RuleShown:
    """The program's rule as it was shown, with its clause."""

    headline: str
    clause: str | None
    version: str | None
    sha256: str
    """Of the program file."""


@dataclass(frozen=True)
class GateShown:
    """One gate with its answer; a fail is "not yet"."""

    id: str
    state: Literal["met", "not_yet", "ask"]
    words: str


@dataclass(frozen=True)
class OfferShown:
    """Which centers were shown: with edition and date anybody can have the same offer again."""

    edition: str
    on: date
    miles: float
    sort: str
    facilities: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """The center that the caller chose."""

    facility: str
    name: str
    at: datetime


@dataclass(frozen=True)
class NoneFits:
    """Why the caller chose no center."""

    reason: NoneFitsReason
    words: str | None
    at: datetime


@dataclass(frozen=True)
class Withdrawal:
    """That consent was taken back, and to whom something had been disclosed before."""

    at: datetime
    by: str
    disclosed: tuple[str, ...]


@dataclass(frozen=True)
class Consented:
    """The answer to the script that was read."""

    given: bool
    script_version: str
    language: Language
    method: ConsentMethod
    at: datetime
    by: str
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True)
class ReadBack:
    """That what was noted was read back and found right."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Try:
    """One try to call back."""

    at: datetime
    by: str
    outcome: TryOutcome


@dataclass(frozen=True)
class CallBack:
    """Where and when the caller may be called back, and what was tried."""

    number: str | None
    asked_at: datetime
    time_zone: str | None = None
    """IANA name; None = not known."""
    best_hours: str | None = None
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True)
class Disposition:
    """How the call ended."""

    kind: DispositionKind
    words: str | None
    at: datetime
    by: str


@dataclass(frozen=True)
class Waited:
    """How long the tool kept the caller waiting, whole milliseconds."""

    total_ms: int = 0
    longest_ms: int = 0
    answers: int = 0


@dataclass(frozen=True)
class Case:
    """One call."""

    opened_at: datetime
    opened_by: str
    id: str | None = None
    """Drawn by the ledger as the case is first kept."""
    version: int = VERSION
    standing: Standing = "open"
    program: str | None = None
    demonstration: bool = False
    language: Language = "en"
    access: tuple[Access, ...] = ()
    reason: Reason | None = None
    caller: Caller | None = None
    member: Identified | None = None
    need: Need | None = None
    safety: SafetyCheck | None = None
    rule: RuleShown | None = None
    gates: tuple[GateShown, ...] | None = None
    """None = not asked; empty = the program has none for this procedure."""
    member_facts: str | None = None
    """JSON of what is known about the member for the rule (``navigator.program.member.MemberFacts``)."""
    offer: OfferShown | None = None
    evidence_opened: bool = False
    chosen: Chosen | None = None
    none_fits: NoneFits | None = None
    draft: str | None = None
    """Number of the referral in hand."""
    other_open: tuple[str, ...] = ()
    """The member's other open referrals for the same criteria set."""
    second_referral_reason: str | None = None
    consent: Consented | None = None
    read_back: ReadBack | None = None
    created: tuple[str, ...] = ()
    """Numbers of the referrals that were finished in this call."""
    call_back: CallBack | None = None
    disposition: Disposition | None = None
    waited: Waited = Waited()
    beyond: str = "{}"
    """JSON of the fields that a newer program stored."""

"""The referral as a frozen record, the fields of its form in speech order, and what is still missing (REFERRAL)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Literal, NamedTuple

from navigator.languages.home_languages import language_name
from navigator.languages.translating import to_say
from navigator.referral import checks
from navigator.referral.lifecycle import State
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.models import Value

Urgency = Literal["routine", "soon", "urgent"]
Side = Literal["left", "right", "both"]
ContactMethod = Literal["phone", "email", "mail", "none"]
ConsentMethod = Literal["spoken", "written"]
FieldValue = str | bool | date | None
FieldKind = Literal["text", "long_text", "date", "choice", "suggestion", "yes_no"]

CONSENT_SCRIPT_VERSION = "2026-11-2"
CONSENT_SCRIPT = to_say(
    "May we share your name, how to reach you and the reason for your visit with the center you chose, "
    "so that it can call you about your care? You can say no, and you can take your yes back at any time."
)
"""Read aloud before the answer is taken; a new wording, in Spanish too, takes a new version."""

URGENCIES = (("routine", "Routine"), ("soon", "Soon"), ("urgent", "Urgent"))
SIDES = (("left", "Left"), ("right", "Right"), ("both", "Both"))
LANGUAGES = tuple((tag, language_name(tag)) for tag in ("en", "es", "zh", "vi"))
"""BCP 47 tags with their names, as they are proposed; any other language is kept as it is typed."""
CONTACT_METHODS = (
    ("phone", "Phone"),
    ("email", "E-mail"),
    ("mail", "Letter"),
    ("none", "Do not contact"),
)
CONSENTS = (
    ("spoken_yes", "Yes, spoken"),
    ("spoken_no", "No, spoken"),
    ("written_yes", "Yes, in writing"),
    ("written_no", "No, in writing"),
)


class Member(Value):
    """The person who needs care: the least that a center needs; None = not asked yet."""

    name: str | None = None
    birth_date: date | None = None
    member_id: str | None = None
    phone: str | None = None
    zip: str | None = None
    group: str | None = None
    """The plan's group number."""


class SafeContact(Value):
    """How the member may be reached; never falls back to the subscriber's (REFERRAL "People")."""

    method: ContactMethod | None = None
    address: str | None = None
    """Phone number, e-mail or postal address, as the method says."""
    voicemail_ok: bool | None = None
    best_times: str | None = None


class Consent(Value):
    """The member's answer to the script that was read."""

    given: bool
    script_version: str
    at: datetime
    method: ConsentMethod
    withdrawn_at: datetime | None = None
    """When a yes was taken back; nothing is sent from then on."""
    disclosed: tuple[str, ...] = ()
    """What had been sent before it was taken back: to whom, by which route and when."""

    @property
    def stands(self) -> bool:
        """Say whether something may be shared on it."""
        return self.given and self.withdrawn_at is None


class Referral(Value):
    """One referral as the ledger keeps it; times are aware, in UTC."""

    number: str
    state: State
    created_at: datetime
    created_by: str
    """OS user."""
    updated_at: datetime
    edition: str
    demonstration: bool
    program: str | None
    procedure: str | None
    """Procedure id."""
    procedure_name: str | None
    sensitive: bool
    """The procedure is never named on a work-list row, an envelope, a voicemail or a subject line."""
    facility_id: str | None
    facility_name: str | None
    facility_ccn: str | None
    reason: str | None
    urgency: Urgency | None
    language: str | None
    interpreter: bool | None
    member: Member
    safe_contact: SafeContact
    notes: str | None
    consent: Consent | None
    offer_sha256: str | None
    """SHA-256 of the offer as it was shown last."""
    owner: str | None = None
    """Who follows it; at first who began it."""
    away_until: date | None = None
    """The owner is away: until then everybody's list shows it."""
    held_from: State | None = None
    """The state that on-hold goes back to."""
    case_id: str | None = None
    """Of the call in which it began."""
    replaces: str | None = None
    """Number of the referral that this one replaces."""
    center_number: str | None = None
    """The center's own number for it."""
    authorization_number: str | None = None
    """The claims administrator's; until it is there, a visit is a bill risk."""
    retain_until: date | None = None
    """First day on which its contents may be removed; None while it is open."""
    relay: bool | None = None
    """The member is called through a relay service."""
    large_print: bool | None = None
    side: Side | None = None
    """Of the body; None where it plays no part, too."""
    surgeon: str | None = None
    """Whom the member wants to see at the center."""
    recommending_surgeon: str | None = None
    home_doctor: str | None = None
    """Who takes the member back after the care."""
    companion: str | None = None
    """Who comes along, or cares for the member at home."""
    wanted_dates: str | None = None
    request_key: str | None = None
    """The asker's own key of a request by file, so that the same request makes one referral."""

    @property
    def may_go_on(self) -> bool:
        """Say whether it may be worked on towards a visit: nobody said no, and no yes was taken back."""
        return self.consent is None or self.consent.stands


class ReferralSummary(Value):
    """One row of the work list; names no sensitive procedure."""

    number: str
    state: State
    created_at: datetime
    member_name: str | None
    procedure: str | None
    facility_name: str | None
    demonstration: bool
    owner: str | None = None
    case_id: str | None = None


class Field(NamedTuple):
    """One field of the form."""

    id: str
    label: str
    required: bool
    """It must be there before the referral may be sent; a draft may leave it empty."""
    kind: FieldKind
    check: Callable[[str], FieldValue]
    choices: tuple[tuple[str, str], ...] = ()
    """Word and label, for kinds choice and suggestion."""
    hint: str = ""


def _language(text: str) -> str:
    try:
        return checks.one_of(text, LANGUAGES)
    except BadInput:
        return checks.text_within("The language", text, 40)


_group = partial(checks.text_within, "The group number", limit=40)
_people = partial(checks.text_within, "The text", limit=120)

FIELDS = (
    Field("member_name", "Member's name", True, "text", checks.person_name),
    Field("member_birth_date", "Birth date", True, "date", checks.birth_date, hint="3/9/1961"),
    Field("member_id", "Member ID", True, "text", checks.member_id, hint="from the plan's card"),
    Field("member_group", "Group number", False, "text", _group, hint="from the plan's card"),
    Field("member_phone", "Phone", False, "text", checks.phone, hint="414-555-0100"),
    Field("member_zip", "ZIP", False, "text", checks.zip_code, hint="53202"),
    Field(
        "reason", "Reason, in the member's words", True, "text", partial(checks.text_within, "The reason", limit=300)
    ),
    Field("side", "Side", False, "choice", partial(checks.one_of, choices=SIDES), SIDES),
    Field("urgency", "Urgency", True, "choice", partial(checks.one_of, choices=URGENCIES), URGENCIES),
    Field("language", "Language", True, "suggestion", _language, LANGUAGES),
    Field("interpreter", "Interpreter needed", True, "yes_no", checks.yes_or_no),
    Field("relay", "Relay call", False, "yes_no", checks.yes_or_no),
    Field("large_print", "Large print", False, "yes_no", checks.yes_or_no),
    Field(
        "contact_method",
        "Safe contact",
        True,
        "choice",
        partial(checks.one_of, choices=CONTACT_METHODS),
        CONTACT_METHODS,
    ),
    Field("contact_address", "Number or address", True, "text", partial(checks.text_within, "The address", limit=200)),
    Field("contact_voicemail_ok", "Voicemail is safe", True, "yes_no", checks.yes_or_no),
    Field("contact_best_times", "Best times", False, "text", partial(checks.text_within, "The text", limit=100)),
    Field("companion", "Who comes along or cares", False, "text", _people),
    Field("recommending_surgeon", "Surgeon who advised it", False, "text", _people),
    Field("home_doctor", "Doctor at home", False, "text", _people),
    Field("surgeon", "Surgeon at the center", False, "text", _people),
    Field("wanted_dates", "Wanted dates", False, "text", partial(checks.text_within, "The text", limit=100)),
    Field("notes", "Notes", False, "long_text", partial(checks.text_within, "The note", limit=2000)),
    Field("consent", "Consent to share", True, "choice", partial(checks.one_of, choices=CONSENTS), CONSENTS),
)
"""The form's fields in speech order; procedure and center come from the offer and stand between ZIP and reason."""

_BY_ID = {field.id: field for field in FIELDS}


def check_field(field_id: str, text: str) -> FieldValue:
    """Give the value that may be kept for what was typed; None for an empty text (not known yet).

    Checking what ``as_text`` makes of a checked value gives the same value. Raises BadInput with what was found and
    what was expected, also for a field that the form does not have.
    """
    if (field := _BY_ID.get(field_id)) is None:
        raise BadInput(f'The form has no field "{clean(field_id)}".', f"Its fields: {', '.join(_BY_ID)}.")
    return field.check(text) if clean(text) else None


def as_text(value: FieldValue) -> str:
    """Give a checked value as it may be typed; "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value


def field_values(referral: Referral) -> dict[str, FieldValue]:
    """Give the value of every form field of a referral by field id, so that a form can be filled again."""
    member, contact, consent = referral.member, referral.safe_contact, referral.consent
    return {
        "member_name": member.name,
        "member_birth_date": member.birth_date,
        "member_id": member.member_id,
        "member_group": member.group,
        "member_phone": member.phone,
        "member_zip": member.zip,
        "reason": referral.reason,
        "side": referral.side,
        "urgency": referral.urgency,
        "language": referral.language,
        "interpreter": referral.interpreter,
        "relay": referral.relay,
        "large_print": referral.large_print,
        "contact_method": contact.method,
        "contact_address": contact.address,
        "contact_voicemail_ok": contact.voicemail_ok,
        "contact_best_times": contact.best_times,
        "companion": referral.companion,
        "recommending_surgeon": referral.recommending_surgeon,
        "home_doctor": referral.home_doctor,
        "surgeon": referral.surgeon,
        "wanted_dates": referral.wanted_dates,
        "notes": referral.notes,
        "consent": None if consent is None else f"{consent.method}_{'yes' if consent.stands else 'no'}",
    }


def missing(referral: Referral) -> tuple[str, ...]:
    """Say what must be there before the referral may be sent, each "field: plain sentence", in speech order.

    The list follows REFERRAL's column "req" (M = must before send) for the fields that the form has.
    """
    values = field_values(referral)
    method = referral.safe_contact.method
    waived = {"contact_address"} if method in (None, "none") else set()
    if method != "phone":
        waived.add("contact_voicemail_ok")
    lines = [
        f'{field.id}: "{field.label}" is not filled in.'
        for field in FIELDS
        if field.required and values[field.id] is None and field.id not in waived
    ]
    lines += _wrong_address(referral.safe_contact)
    if referral.consent is not None and not referral.consent.stands:
        said = "took the consent back" if referral.consent.given else "said no"
        lines.append(f"consent: The member {said}, so nothing may be sent.")
    if referral.procedure is None:
        lines.append("procedure: No procedure is chosen.")
    if referral.facility_id is None:
        lines.append("center: No center is chosen.")
    if referral.offer_sha256 is None:
        lines.append("offer: The offer as it was shown is not kept with the referral.")
    return tuple(lines)


def _wrong_address(contact: SafeContact) -> list[str]:
    if contact.address is None:
        return []
    if contact.method == "phone":
        try:
            checks.phone(contact.address)
        except BadInput as problem:
            return [f"contact_address: {problem.message}"]
    if contact.method == "email" and "@" not in contact.address:
        return [f'contact_address: "{contact.address}" is not an e-mail address.']
    return []

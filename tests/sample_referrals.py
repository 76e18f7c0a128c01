"""An invented referral with all that must be there before it is sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from navigator.referral.record import CONSENT_SCRIPT_VERSION, Consent, FieldValue, Member, Referral, SafeContact

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FIELDS: dict[str, FieldValue] = {
    "member_name": "Ada Quill",
    "member_birth_date": date(1961, 3, 9),
    "member_id": "BF-1001",
    "reason": "knee gives way",
    "urgency": "soon",
    "language": "en",
    "interpreter": False,
    "contact_method": "none",
    "consent": "spoken_yes",
}
"""What a form has to say before its draft may be sent."""
REQUEST: dict[str, Any] = {
    "client_key": "hr-17",
    "procedure": "knee replacement",
    "place": "53202",
    "facility": "90Z001",
    "program": "brewline-foods",
    "member": {"name": "Ada Quill", "birth_date": "3/9/1961", "member_id": "BF-1001"},
    "reason": "knee gives way",
    "urgency": "soon",
    "language": "en",
    "interpreter": False,
    "safe_contact": {"method": "none"},
    "consent": "spoken_yes",
}
"""The same member's knee, as `coe referral create --from FILE` takes it."""


def a_draft(**over: Any) -> Referral:
    """Give a complete draft, with other values for the fields that are named."""
    values: dict[str, Any] = {
        "number": "CR-0000-0015-0",
        "state": "draft",
        "created_at": AT,
        "created_by": "jstone",
        "updated_at": AT,
        "edition": "e1",
        "demonstration": True,
        "program": "brewline-foods",
        "procedure": "total-knee-replacement",
        "procedure_name": "Total knee replacement",
        "sensitive": False,
        "facility_id": "ccn-90Z001",
        "facility_name": "Marquette Lakes",
        "facility_ccn": "90Z001",
        "reason": "knee gives way",
        "urgency": "routine",
        "language": "en",
        "interpreter": False,
        "member": Member(name="Ada Quill", birth_date=date(1961, 3, 9), member_id="BF-1001"),
        "safe_contact": SafeContact(method="phone", address="414-555-0100", voicemail_ok=False),
        "notes": None,
        "consent": Consent(given=True, script_version=CONSENT_SCRIPT_VERSION, at=AT, method="spoken"),
        "offer_sha256": "0" * 64,
    }
    return Referral(**values | over)

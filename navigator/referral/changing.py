"""One field of the form, or another choice of procedure and center, put into a referral."""

from __future__ import annotations

from datetime import datetime

from navigator.referral.record import CONSENT_SCRIPT_VERSION, Consent, FieldValue, Referral
from provider_directory.cleaning import clean
from provider_directory.models import Facility, Procedure

_MEMBER = {
    "member_name": "name",
    "member_birth_date": "birth_date",
    "member_id": "member_id",
    "member_group": "group",
    "member_phone": "phone",
    "member_zip": "zip",
}
_CONTACT = {
    "contact_method": "method",
    "contact_address": "address",
    "contact_voicemail_ok": "voicemail_ok",
    "contact_best_times": "best_times",
}


def with_field(
    referral: Referral, field_id: str, value: FieldValue, moment: datetime, disclosed: tuple[str, ...] = ()
) -> Referral:
    """Give the referral with one checked field of the form; consent is given, or taken back, at ``moment``.

    ``disclosed`` is what had been sent by then; it is kept with a consent that is taken back.
    """
    if name := _MEMBER.get(field_id):
        return referral.model_copy(update={"member": referral.member.model_copy(update={name: value})})
    if name := _CONTACT.get(field_id):
        return referral.model_copy(update={"safe_contact": referral.safe_contact.model_copy(update={name: value})})
    if field_id == "consent":
        before, now = referral.consent, _consent(value, moment)
        if before and before.given and now and not now.given:
            taken_back = before.withdrawn_at or moment
            now = before.model_copy(update={"withdrawn_at": taken_back, "disclosed": before.disclosed or disclosed})
        return referral.model_copy(update={"consent": now})
    return referral.model_copy(update={field_id: value})


def with_choice(referral: Referral, procedure: Procedure | None, facility: Facility | None) -> Referral:
    """Give the referral with another choice.

    Consent was given to another choice, so it goes ("the center you chose"); the same choice again keeps it. The side
    goes with another procedure, the surgeon with another center.
    """
    chosen = referral.model_copy(
        update={
            "procedure": procedure and clean(procedure.id, 120),
            "procedure_name": procedure and clean(procedure.name),
            "sensitive": procedure is not None and procedure.sensitive,
            "facility_id": facility and clean(facility.id, 120),
            "facility_name": facility and clean(facility.name),
            "facility_ccn": facility and facility.ccn and clean(facility.ccn, 10),
        }
    )
    lost: dict[str, None] = {}
    if chosen.procedure != referral.procedure:
        lost |= {"side": None, "consent": None}
    if chosen.facility_id != referral.facility_id:
        lost |= {"surgeon": None, "consent": None}
    return chosen.model_copy(update=lost)


def _consent(answer: FieldValue, moment: datetime) -> Consent | None:
    if not isinstance(answer, str):
        return None
    method, _, word = answer.partition("_")
    return Consent.model_validate(
        {"given": word == "yes", "method": method, "script_version": CONSENT_SCRIPT_VERSION, "at": moment}
    )

"""Parts that more than one packet has, each field copied by name from what the desk knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from navigator.packets.values import Contact, NotKnown, PacketCenter, PacketProcedure
from navigator.packets.whole import WholeReferral
from navigator.referral.record import Referral
from provider_directory.models import Value

NOT_SAID = "not said"
"""Where a snapshot of another version of the program lacks what a packet has to have."""


def contact_of(referral: Referral) -> Contact:
    """Give how the member may be reached, and nothing else of theirs."""
    safe = referral.safe_contact
    nobody = safe.method == "none"
    return Contact(
        method=safe.method,
        address=None if nobody else safe.address,
        voicemail_ok=safe.voicemail_ok if safe.method == "phone" else None,
        best_times=None if nobody else safe.best_times,
        do_not_contact=nobody,
    )


def procedure_of(whole: WholeReferral) -> PacketProcedure:
    """Give what is asked for."""
    referral = whole.referral
    return PacketProcedure(
        id=referral.procedure,
        name=referral.procedure_name,
        clinical_name=(whole.shown.procedure if whole.shown else {}).get("clinical_name"),
        sensitive=referral.sensitive,
        side=referral.side,
    )


def center_of(whole: WholeReferral) -> PacketCenter:
    """Give the chosen center: as it was shown, else what the referral itself says of it."""
    referral, facility = whole.referral, whole.center.get("facility") or {}
    return PacketCenter(
        facility_id=referral.facility_id,
        kind=facility.get("kind"),
        name=referral.facility_name,
        ccn=referral.facility_ccn,
        npi=facility.get("npi"),
        address=facility.get("address"),
        phone=facility.get("phone"),
        intake_phone=facility.get("intake_phone"),
    )


def employer_of(whole: WholeReferral) -> tuple[str | None, int | None]:
    """Give employer and plan year: by the rule that was shown, else by the program file of today."""
    cited = whole.rule.get("program") or {}
    return cited.get("employer") or whole.program.employer, cited.get("plan_year") or whole.program.plan_year


def clause_of(part: Mapping[str, Any] | None) -> str | None:
    """Give the clause that a part of a rule's answer cites."""
    found: str | None = ((part or {}).get("explanation") or {}).get("clause")
    return found


def day_of(text: str | None) -> date | None:
    """Give a day that a snapshot holds as text."""
    return date.fromisoformat(text) if text else None


def not_known(packet: Value, reasons: Mapping[str, str]) -> tuple[NotKnown, ...]:
    """Give the fields of ``reasons`` (path -> why) that are None in a packet, in their order."""
    return tuple(NotKnown(field=path, reason=why) for path, why in reasons.items() if _at(packet, path) is None)


def _at(packet: Value, path: str) -> object:
    value: object = packet
    for name in path.split("."):
        if value is None:
            return "part of what is not there"
        value = getattr(value, name)
    return value

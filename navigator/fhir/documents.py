"""What stays at the desk and is vouched for: the hash of the offer as it was shown, and the head of the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.fhir import codes
from navigator.fhir.elements import Json, coding, concept, extension, instant, reference, resource

if TYPE_CHECKING:
    from navigator.packets.values import CenterPacket

_TITLE = "The offer as it was shown; it is kept by who refers"


def offer_shown(packet: CenterPacket, sha256: str) -> Json:
    """Name the snapshot of the offer by its SHA-256, in an extension: FHIR's own hash is SHA-1. Its content stays."""
    hashed = {"extension": extension("sha-256", sha256), "contentType": "application/json", "title": _TITLE}
    fields = {
        "status": "current",
        "type": concept(_TITLE, coding(codes.PART, "offer-snapshot")),
        "subject": reference(packet, "patient", packet.member.name),
        "date": instant(packet.created_at),
        "custodian": reference(packet, "desk", packet.requester.organization),
        "content": [{"attachment": hashed}],
        "context": {"related": [reference(packet, "request")]},
    }
    return resource(packet, "offer", "DocumentReference", [f"{_TITLE}. SHA-256: {sha256}"], fields)


def provenance(packet: CenterPacket) -> Json:
    """Say who wrote the referral down, with the head of the audit by which the desk's record can be checked later."""
    organization = packet.requester.organization
    author = coding(f"{codes.TERMINOLOGY}/provenance-participant-type", "author", "Author")
    agent = {
        "type": concept(None, author),
        "who": reference(packet, "desk-role", organization),
        "onBehalfOf": reference(packet, "desk", organization),
    }
    fields = {
        "extension": extension("audit-head", packet.audit_head),
        "target": [reference(packet, "task"), reference(packet, "request")],
        "recorded": instant(packet.updated_at),
        "agent": [agent],
    }
    words = f"Written down by {organization or 'the desk that refers'}; audit head {packet.audit_head}"
    return resource(packet, "provenance", "Provenance", [words], fields)

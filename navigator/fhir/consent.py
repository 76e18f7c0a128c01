"""To what the member agreed, as BSeR-PatientConsent asks for it: whose word, which script, how and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.fhir import codes
from navigator.fhir.elements import Json, absent, coding, concept, extension, instant, meta, reference, resource
from navigator.fhir.people import relative

if TYPE_CHECKING:
    from navigator.packets.values import CenterPacket, PacketConsent

_THE_MEMBER = "the member"


def consent(packet: CenterPacket, given: PacketConsent) -> Json:
    """Give the answer to the script that was read; it permits or denies telling this center, and nobody else."""
    allowed = given.share and given.withdrawn_at is None
    status = "active" if allowed else "inactive" if given.share else "rejected"
    return resource(
        packet,
        "consent",
        "Consent",
        [
            f"Sharing with the center: {'yes' if allowed else 'no'}, {given.method}, "
            + f"by {given.given_by or 'somebody, not noted who'}"
        ],
        {
            "meta": meta(packet, codes.PROFILES["Consent"]),
            "extension": extension("consent-method", given.method) + extension("given-by", given.given_by),
            "status": status,
            "scope": concept(None, coding(f"{codes.TERMINOLOGY}/consentscope", "patient-privacy", "Privacy Consent")),
            "category": [concept(None, coding(f"{codes.TERMINOLOGY}/v3-ActCode", "INFA", "information access"))],
            "patient": reference(packet, "patient", packet.member.name),
            "dateTime": instant(given.at),
            "performer": [_performer(packet, given)],
            "organization": [reference(packet, "desk", packet.requester.organization)],
            "policy": [{"uri": f"{codes.SCRIPT}/{given.script_version}"}],
            "policyRule": concept(
                None, coding(f"{codes.TERMINOLOGY}/v3-ActCode", "OPTIN" if given.share else "OPTOUT")
            ),
            "provision": _provision(packet, given, allowed),
        },
    )


def _performer(packet: CenterPacket, given: PacketConsent) -> Json:
    """Say who answered: the member, or who spoke for them; where nobody noted it, that it is not known."""
    if given.given_by == _THE_MEMBER:
        return reference(packet, "patient", packet.member.name)
    if given.given_by and relative(packet):
        return reference(packet, "caller")
    return {"extension": absent()}


def _provision(packet: CenterPacket, given: PacketConsent, allowed: bool) -> Json:
    asked = (("treat", "treatment", given.treat), ("record-call", "recording of the call", given.record_call))
    parts = [
        {
            "type": "permit" if said else "deny",
            "code": [concept(words, coding(f"{codes.BASE}/CodeSystem/consent", code))],
        }
        for code, words, said in asked
        if said is not None
    ]
    recipient = coding(f"{codes.TERMINOLOGY}/v3-ParticipationType", "IRCP", "information recipient")
    found: Json = {
        "type": "permit" if allowed else "deny",
        "actor": [{"role": concept(None, recipient), "reference": reference(packet, "center", packet.center.name)}],
        "action": [concept(None, coding(f"{codes.TERMINOLOGY}/consentaction", "disclose", "Disclose"))],
        "purpose": [coding(f"{codes.TERMINOLOGY}/v3-ActReason", "TREAT", "treatment")],
    }
    if given.withdrawn_at is not None:
        found["extension"] = [{"url": f"{codes.EXTENSION}/withdrawn-at", "valueDateTime": instant(given.withdrawn_at)}]
    return {**found, "provision": parts} if parts else found

"""The head of the message: from which desk to which center, about which task (BSeR-ReferralMessageHeader)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from navigator.fhir import codes
from navigator.fhir.elements import Json, coding, full_url, meta, reference, resource, without_empty

if TYPE_CHECKING:
    from navigator.packets.values import CenterPacket


def header_role(packet: CenterPacket) -> str:
    """Give the role that the header's id is made of: another one when anything in the packet is another.

    A receiver knows by this id a message that it has already (R4 "MessageHeader"). The audit's head is not part of it:
    to export again is an entry of the audit, but the same message.
    """
    told = packet.model_dump_json(exclude={"audit_head"})
    return f"header/{hashlib.sha256(told.encode()).hexdigest()}"


def header(packet: CenterPacket, role: str) -> Json:
    """Give the header with the id of its role; the endpoints are names, as the message travels as a file."""
    organization, center = packet.requester.organization, packet.center.name
    return resource(
        packet,
        role,
        "MessageHeader",
        [f"Referral {packet.number} to {center or 'a center'}"],
        {
            "meta": meta(packet, codes.PROFILES["MessageHeader"]),
            "eventCoding": coding(codes.V2_EVENT, "I12", "REF/RRI - Patient referral"),
            "destination": [
                without_empty(
                    {
                        "name": center,
                        "endpoint": full_url(packet.number, "center"),
                        "receiver": reference(packet, "center-role", center),
                    }
                )
            ],
            "sender": reference(packet, "desk-role", organization),
            "source": without_empty(
                {"name": organization, "software": "coe", "endpoint": full_url(packet.number, "desk")}
            ),
            "focus": [reference(packet, "task")],
        },
    )

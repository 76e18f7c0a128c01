"""A referral as one FHIR R4 message for its center, made from the center's packet alone (REFERRAL "Who gets what")."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from navigator.fhir import codes
from navigator.fhir.answers import answers
from navigator.fhir.bser_rules import violations
from navigator.fhir.consent import consent
from navigator.fhir.coverage import coverage
from navigator.fhir.documents import offer_shown, provenance
from navigator.fhir.elements import Json, full_url, instant, meta, resource_id
from navigator.fhir.header import header, header_role
from navigator.fhir.order import service_request, tasks
from navigator.fhir.people import people
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.packets.values import CenterPacket


class NotForTheCenter(BadInput):
    """A referral that may not be sent, or whose message would break a rule of BSeR."""

    code = "not_for_the_center"
    title = "This referral cannot leave as a message"


def message_text(packet: CenterPacket) -> str:
    """Give the message as JSON text, the same bytes for the same packet.

    Raises NotForTheCenter for a draft, without a consent that stands, and where a rule of BSeR would be broken.
    """
    _check_may_leave(packet)
    bundle = message_bundle(packet)
    if broken := violations(bundle):
        first = broken[0]
        raise NotForTheCenter(
            f"The message would break BSeR: {first.words} ({first.source}).",
            f"{len(broken)} in all; fill in what is missing in the referral." if len(broken) > 1 else "Fill it in.",
        )
    return json.dumps(bundle, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def message_bundle(packet: CenterPacket) -> Json:
    """Give the Bundle of type message; its header stands first."""
    head = header_role(packet)
    entries = [
        {"fullUrl": full_url(packet.number, role), "resource": found} for role, found in _resources(packet, head)
    ]
    return {
        "resourceType": "Bundle",
        "id": resource_id(packet.number, f"bundle/{head}"),
        "meta": meta(packet, codes.PROFILES["Bundle"]),
        "type": "message",
        "timestamp": instant(packet.updated_at),
        "entry": entries,
    }


def _resources(packet: CenterPacket, head: str) -> Iterator[tuple[str, Json]]:
    answered = answers(packet)
    yield head, header(packet, head)
    yield from tasks(packet)
    yield "request", service_request(packet, answered)
    yield from people(packet)
    yield "coverage", coverage(packet)
    if packet.consent:
        yield "consent", consent(packet, packet.consent)
    if not packet.procedure.sensitive:
        yield "answers", answered
    if packet.offer_sha256:
        yield "offer", offer_shown(packet, packet.offer_sha256)
    yield "provenance", provenance(packet)


def _check_may_leave(packet: CenterPacket) -> None:
    if packet.state == "draft":
        raise NotForTheCenter(
            f"{packet.number} is a draft: nothing of it is sent yet.",
            f"Write down the try first: `coe referral move {packet.number} requested --route portal`.",
        )
    if packet.consent is None or not packet.consent.share:
        raise NotForTheCenter(
            f"The member's consent to share {packet.number} with the center does not stand.",
            "Ask the member again; without a yes nothing leaves.",
        )

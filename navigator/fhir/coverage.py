"""Which plan the member has, by the slices of BSeR-Coverage; what the desk does not know is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.fhir import codes
from navigator.fhir.elements import Json, absent, coding, concept, extension, identifier, meta, reference, resource

if TYPE_CHECKING:
    from navigator.packets.values import CenterPacket, PacketCoverage

_CLASS = f"{codes.TERMINOLOGY}/coverage-class"
_RELATIONSHIP = f"{codes.TERMINOLOGY}/subscriber-relationship"
_RELATIONSHIPS = {"subscriber": "self", "spouse": "spouse", "child": "child", "other": "other"}


def coverage(packet: CenterPacket) -> Json:
    """Give the plan: the employer pays, as these plans are the employer's own; else who pays is said to be unknown."""
    known = packet.coverage
    related = _RELATIONSHIPS.get(known.relationship or "")
    itself = related == "self"
    return resource(
        packet,
        "coverage",
        "Coverage",
        [f"Plan of {known.employer or 'an employer that is not known'}" + _year(known)],
        {
            "meta": meta(packet, codes.PROFILES["Coverage"]),
            "extension": extension("plan-year", known.plan_year),
            "identifier": [identifier(codes.MEMBER_ID, known.member_id, "MB")] if known.member_id else None,
            "status": "active",
            "type": concept(None, coding(f"{codes.TERMINOLOGY}/v3-ActCode", "EHCPOL", "extended healthcare")),
            "subscriber": reference(packet, "patient", packet.member.name) if itself else None,
            "subscriberId": known.member_id if itself else None,
            "beneficiary": reference(packet, "patient", packet.member.name),
            "relationship": concept(known.relationship, coding(_RELATIONSHIP, related)) if related else concept(None),
            "payor": [reference(packet, "employer", known.employer) if known.employer else {"extension": absent()}],
            "class": _classes(known),
        },
    )


def _classes(known: PacketCoverage) -> list[Json]:
    found: list[Json] = []
    if known.group:
        named = {"name": known.employer} if known.employer else {}
        found.append({"type": concept(None, coding(_CLASS, "group")), "value": known.group, **named})
    if plan := known.plan_option or known.program:
        found.append({"type": concept(None, coding(_CLASS, "plan")), "value": plan, "name": f"{plan}{_year(known)}"})
    return found


def _year(known: PacketCoverage) -> str:
    return f", plan year {known.plan_year}" if known.plan_year else ""

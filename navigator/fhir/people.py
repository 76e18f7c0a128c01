"""Who the message is about and between whom: the member, who called, the desk, the center, and their doctors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from navigator.fhir import codes
from navigator.fhir.elements import (
    Json,
    absent,
    address,
    coding,
    concept,
    extension,
    identifier,
    phones,
    reference,
    resource,
    without_empty,
)

if TYPE_CHECKING:
    from navigator.case.value import Speaker
    from navigator.packets.values import CenterPacket, PacketCaller

_RELATIONS: dict[Speaker, tuple[str, str]] = {
    "parent_of_minor": ("PRN", "parent"),
    "spouse": ("SPS", "spouse"),
    "parent_of_adult": ("PRN", "parent"),
}
_NO_RELATIVE: frozenset[Speaker] = frozenset({"member", "surgeon_office"})


class Doctor(NamedTuple):
    """A doctor of the member who is named by hearsay only."""

    role: str
    words: str
    name: str


def relative(packet: CenterPacket) -> PacketCaller | None:
    """Give the person who called for the member; None where the member called, or a surgeon's office."""
    return packet.caller if packet.caller is not None and packet.caller.speaker not in _NO_RELATIVE else None


def doctors(packet: CenterPacket) -> tuple[Doctor, ...]:
    """Give the doctors around the member who are known."""
    named = (
        ("recommending-surgeon", "recommending surgeon", packet.recommending_surgeon),
        ("home-doctor", "doctor who takes the member back after the care", packet.home_doctor),
    )
    return tuple(Doctor(role, words, name) for role, words, name in named if name)


def people(packet: CenterPacket) -> Iterator[tuple[str, Json]]:
    """Give each resource of a person, an organization or a place with its role in the message."""
    yield "patient", _patient(packet)
    if caller := relative(packet):
        yield "caller", _caller(packet, caller)
    if packet.companion:
        yield "companion", _companion(packet, packet.companion)
    yield "desk", _desk(packet)
    yield "desk-role", _desk_role(packet)
    if packet.coverage.employer:
        yield "employer", _employer(packet, packet.coverage.employer)
    yield "center", _center(packet)
    yield "location", _location(packet)
    yield "center-role", _center_role(packet)
    for doctor in doctors(packet):
        fields = {"practitioner": {"display": doctor.name}, "code": [concept(doctor.words)]}
        yield doctor.role, resource(packet, doctor.role, "PractitionerRole", [f"{doctor.words}: {doctor.name}"], fields)


def _patient(packet: CenterPacket) -> Json:
    member, contact = packet.member, packet.member.contact
    said: list[Json] = []
    if member.interpreter is not None:
        said = [{"url": codes.INTERPRETER_EXTENSION, "valueBoolean": member.interpreter}]
    by = {"phone": "phone", "email": "email"}.get(contact.method or "")
    safe = contact.address if not contact.do_not_contact else None
    return resource(
        packet,
        "patient",
        "Patient",
        [f"{member.name or 'Name not known'}, born {member.birth_date or 'on a day that is not known'}"],
        {
            # US Core 5.0.1 looks for the reason on the Patient by FHIRPath, on the name by XPath (us-core-6).
            "extension": _name_absent(member.name)
            + said
            + extension("relay-call", member.relay)
            + extension("large-print", member.large_print)
            + extension("voicemail-is-safe", contact.voicemail_ok)
            + extension("best-times-to-call", contact.best_times),
            "identifier": [_patient_number(packet)],
            "name": [_name(member.name)],
            "telecom": [{"system": by, "value": safe, "rank": 1}] if by and safe else None,
            "gender": "unknown",  # it is never asked for; R4 has a code that says so
            "birthDate": member.birth_date.isoformat() if member.birth_date else None,
            "address": address(safe) if contact.method == "mail" else None,
            "communication": [{"language": _language(member.language), "preferred": True}] if member.language else None,
        },
    )


def _name(name: str | None) -> Json:
    return without_empty({"extension": _name_absent(name), "text": name})


def _name_absent(name: str | None) -> list[Json]:
    """Say that family and given name are not told apart: the form asks for the name as the plan's card shows it."""
    return absent("unsupported") if name else absent()


def _patient_number(packet: CenterPacket) -> Json:
    if packet.coverage.member_id:
        return identifier(codes.MEMBER_ID, packet.coverage.member_id, "MB")
    return identifier(codes.REFERRED, packet.number)


def _language(tag: str) -> Json:
    return concept(None, coding(codes.LANGUAGE, tag)) if tag.isascii() and len(tag) == 2 else concept(tag)


def _caller(packet: CenterPacket, caller: PacketCaller) -> Json:
    code = _RELATIONS.get(caller.speaker)
    relation = coding(f"{codes.TERMINOLOGY}/v3-RoleCode", *code) if code else None
    return resource(
        packet,
        "caller",
        "RelatedPerson",
        [f"{caller.name or 'Name not known'}: {caller.relationship}. {caller.authority}"],
        {
            "extension": extension("authority", caller.authority),
            "active": True,
            "patient": reference(packet, "patient"),
            "relationship": [concept(caller.relationship, *([relation] if relation else []))],
            "name": [{"text": caller.name}] if caller.name else None,
        },
    )


def _companion(packet: CenterPacket, name: str) -> Json:
    fields = {
        "active": True,
        "patient": reference(packet, "patient"),
        "relationship": [concept("comes along to the visit")],
        "name": [{"text": name}],
    }
    return resource(packet, "companion", "RelatedPerson", [f"Comes along to the visit: {name}"], fields)


def _desk(packet: CenterPacket) -> Json:
    desk = packet.requester
    named = {"name": desk.organization} if desk.organization else {"_name": {"extension": absent()}}
    fields = {"active": True, **named, "telecom": phones(desk.phone), "address": address(desk.address)}
    return resource(packet, "desk", "Organization", [f"Who refers: {desk.organization or 'name not known'}"], fields)


def _desk_role(packet: CenterPacket) -> Json:
    desk = packet.requester
    return resource(
        packet,
        "desk-role",
        "PractitionerRole",
        [f"{desk.role} of {desk.organization or 'an organization whose name is not known'}"],
        {
            "extension": extension("hours", desk.hours) + extension("time-zone", desk.time_zone),
            "active": True,
            "organization": reference(packet, "desk", desk.organization),
            "code": [concept(desk.role)],
            "telecom": phones(desk.phone),
        },
    )


def _employer(packet: CenterPacket, name: str) -> Json:
    return resource(packet, "employer", "Organization", [f"Employer: {name}"], {"active": True, "name": name})


def _center(packet: CenterPacket) -> Json:
    center = packet.center
    known = (
        (codes.NPI, center.npi, "NPI"),
        (codes.CCN, center.ccn, None),
        (codes.FACILITY, center.facility_id, None),
    )
    named = {"name": center.name} if center.name else {"_name": {"extension": absent()}}
    return resource(
        packet,
        "center",
        "Organization",
        [f"Center: {center.name or 'name not known'}"],
        {
            "identifier": [identifier(system, value, kind) for system, value, kind in known if value],
            "active": True,
            "type": [concept(None, coding(f"{codes.TERMINOLOGY}/organization-type", "prov", "Healthcare Provider"))],
            **named,
            "telecom": phones(center.intake_phone, center.phone),
            "address": address(center.address),
        },
    )


def _location(packet: CenterPacket) -> Json:
    center = packet.center
    fields = {
        "status": "active",
        "name": center.name,
        "mode": "instance",
        "telecom": phones(center.intake_phone, center.phone),
        "address": {"text": center.address} if center.address else None,
        "managingOrganization": reference(packet, "center", center.name),
    }
    return resource(
        packet, "location", "Location", [center.name or "Center", center.address or "Address not known"], fields
    )


def _center_role(packet: CenterPacket) -> Json:
    center = packet.center
    return resource(
        packet,
        "center-role",
        "PractitionerRole",
        [f"Intake of {center.name or 'the center'}" + (f", for {packet.surgeon}" if packet.surgeon else "")],
        {
            "active": True,
            "practitioner": {"display": packet.surgeon} if packet.surgeon else None,
            "organization": reference(packet, "center", center.name),
            "location": [reference(packet, "location")],
            "telecom": phones(center.intake_phone, center.phone),
        },
    )

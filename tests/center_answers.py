"""What a center sends back, as a center's own system would write it: short, hand written, of an invented referral."""

from __future__ import annotations

from typing import Any

from navigator.fhir import codes

Json = dict[str, Any]
CCN, NPI = "90Z001", "1999999992"
SAYS: dict[str, tuple[str, str]] = {
    "received": ("received", "2.0"),
    "accepted": ("accepted", "3.0"),
    "declined": ("rejected", "4.0"),
    "scheduled": ("in-progress", "5.1.1"),
    "no-show": ("in-progress", "5.1.2"),
    "visit-cancelled": ("in-progress", "5.1.3"),
    "visit-done": ("in-progress", "5.1.4"),
    "cancelled": ("cancelled", "6.0"),
    "completed": ("completed", "7.0"),
}


def coded(system: str, code: str, text: str | None = None) -> Json:
    return {"coding": [{"system": system, "code": code}]} | ({"text": text} if text else {})


def answer(
    number: str,
    state: str,
    *,
    message_id: str = "m-1",
    at: str = "2026-11-24T15:00:00Z",
    ccn: str = CCN,
    center_number: str | None = None,
    name: str = "Quill",
    born: str = "1961-03-09",
    task: Json | None = None,
    extra: tuple[Json, ...] = (),
) -> Json:
    """Give a message of the center of which ``state`` says what became of the referral; ``task`` adds to its Task."""
    status, business = SAYS[state]
    numbers = [{"type": coded(codes.V2_IDENTIFIER, "PLAC"), "value": number}]
    if center_number:
        numbers.append({"type": coded(codes.V2_IDENTIFIER, "FILL"), "value": center_number})
    work = {
        "resourceType": "Task",
        "id": "t",
        "identifier": numbers,
        "status": status,
        "businessStatus": coded(codes.BUSINESS_STATUS, business),
        "intent": "order",
        "for": {"reference": "Patient/p"},
        "lastModified": at,
    } | (task or {})
    organization = {"resourceType": "Organization", "id": "o", "identifier": [{"system": codes.CCN, "value": ccn}]}
    patient = {
        "resourceType": "Patient",
        "id": "p",
        "identifier": [{"system": "https://lakeshore.example/mrn", "value": "MRN-5"}],
        "name": [{"family": name, "given": ["Ada", "M."]}],
        "birthDate": born,
    }
    sender = {
        "resourceType": "PractitionerRole",
        "id": "s",
        "practitioner": {"display": "Ines Hale"},
        "organization": {"reference": "Organization/o"},
    }
    header = {
        "resourceType": "MessageHeader",
        "id": message_id,
        "eventCoding": {"system": codes.V2_EVENT, "code": "I12"},
        "sender": {"reference": "PractitionerRole/s"},
        "source": {"endpoint": "https://lakeshore.example/fhir"},
        "focus": [{"reference": "Task/t"}],
    }
    parts = (header, work, patient, sender, organization, *extra)
    return {"resourceType": "Bundle", "type": "message", "entry": [{"resource": each} for each in parts]}


def appointment(start: str = "2026-12-14T09:30:00-06:00", kind: str | None = None) -> Json:
    """Give the visit that the center planned."""
    typed = {"appointmentType": coded(codes.VISIT, kind)} if kind else {}
    return {"resourceType": "Appointment", "id": "a", "status": "booked", "start": start, **typed}


def output(part: str, **value: Any) -> Json:
    """Give a Task with one output."""
    return {"output": [{"type": coded(codes.PART, part), **value}]}


def outcome(kind: str, surgery_on: str | None = None) -> Json:
    """Give a Task with the center's decision, and the day of surgery."""
    decided = output("outcome", valueCodeableConcept=coded(codes.OUTCOME, kind))["output"]
    day = output("surgery-date", valueDate=surgery_on)["output"] if surgery_on else []
    return {"output": decided + day}

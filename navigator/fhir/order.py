"""What is asked of the center: the order itself (ServiceRequest) and the work on it (Task), each with its status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from navigator.days import day_words
from navigator.fhir import codes
from navigator.fhir.elements import (
    Json,
    coding,
    concept,
    extension,
    identifier,
    instant,
    meta,
    reference,
    resource,
    without_empty,
)
from navigator.fhir.people import doctors
from navigator.referral.lifecycle import TASK_CODES

if TYPE_CHECKING:
    from navigator.packets.values import CenterPacket, OwnTerms, PacketCoverage, RecordAsked

_SIDES = {
    "left": coding(codes.SNOMED, "7771000", "Left"),
    "right": coding(codes.SNOMED, "24028007", "Right"),
    "both": coding(codes.SNOMED, "51440002", "Right and left"),
}
_EVALUATION_FIRST = "evaluation first: the center judges whether the procedure is right before it schedules anything"
_NO_CONTACT = "the member asks not to be contacted; speak with who refers"


def service_request(packet: CenterPacket, answers: Json) -> Json:
    """Give the order; ``answers`` is the QuestionnaireResponse, contained where it might name a sensitive procedure."""
    procedure = packet.procedure
    kept_inside = procedure.sensitive
    name = procedure.name or procedure.clinical_name
    codings = [coding(codes.PROCEDURE, procedure.id, procedure.clinical_name)] if procedure.id else []
    more = [reference(packet, doctor.role, doctor.name) for doctor in doctors(packet)]
    answered = {"reference": f"#{answers['id']}"} if kept_inside else reference(packet, "answers")
    return resource(
        packet,
        "request",
        "ServiceRequest",
        [
            f"Referral {packet.number}: {name or 'procedure not named'}",
            f"Reason, in the member's words: {packet.reason or 'not known'}",
            *([f"{_EVALUATION_FIRST[0].upper()}{_EVALUATION_FIRST[1:]}."] if packet.evaluation_first else []),
        ],
        {
            "meta": meta(packet, codes.PROFILES["ServiceRequest"]),
            "contained": [answers] if kept_inside else None,
            "extension": _own_terms(packet.terms) if packet.terms else None,
            "identifier": list(_numbers(packet)),
            "replaces": [{"identifier": identifier(codes.NUMBER, packet.replaces)}] if packet.replaces else None,
            "status": codes.ORDER_STATUS[packet.state],
            "intent": "order",
            "category": [concept(None, coding(codes.SNOMED, "103696004", "Patient referral to specialist"))],
            "priority": _priority(packet),
            "code": concept(name, *codings),
            "orderDetail": list(_details(packet)),
            "subject": reference(packet, "patient", packet.member.name),
            "occurrenceTiming": {"code": {"text": packet.wanted_dates}} if packet.wanted_dates else None,
            "authoredOn": instant(packet.created_at),
            "requester": reference(packet, "desk-role", packet.requester.organization),
            "performer": [reference(packet, "center-role", packet.center.name)],
            "locationReference": [reference(packet, "location", packet.center.name)],
            "reasonCode": [concept(packet.reason)],
            "insurance": [reference(packet, "coverage")],
            "supportingInfo": [*([reference(packet, "consent")] if packet.consent else []), answered, *more],
            "bodySite": [concept(procedure.side, *_side(procedure.side))] if procedure.side else None,
        },
    )


def _numbers(packet: CenterPacket) -> Iterator[Json]:
    yield identifier(codes.NUMBER, packet.number, "PLAC", reference(packet, "desk", packet.requester.organization))
    if packet.center_number:
        center = reference(packet, "center", packet.center.name)
        yield identifier(codes.CENTER_NUMBER, packet.center_number, "FILL", center)


def _details(packet: CenterPacket) -> Iterator[Json]:
    if packet.evaluation_first:
        yield concept(_EVALUATION_FIRST, coding(codes.ORDER_DETAIL, "evaluation-first"))
    if packet.member.contact.do_not_contact:
        yield concept(_NO_CONTACT, coding(codes.GRAVITY, "contacting-subject-prohibited"))


def _priority(packet: CenterPacket) -> str | None:
    return codes.PRIORITY[packet.urgency] if packet.urgency else None


def _side(side: str) -> list[Json]:
    return [_SIDES[side]] if side in _SIDES else []


def _own_terms(terms: OwnTerms) -> list[Json]:
    """Give what this center itself agreed, inside the order: what a contract covers may name a sensitive procedure."""
    said = {
        "alliance": terms.alliance,
        "covers": terms.covers,
        "run-out": terms.run_out,
        "warranty": terms.warranty,
        "bundle-scope": terms.bundle_scope,
    }
    days = {"effective": terms.effective, "ends": terms.ends, "price-as-of": terms.price_as_of}
    listed = [("included", each) for each in terms.included] + [("extra", each) for each in terms.extra]
    parts: list[Json] = [{"url": name, "valueString": words} for name, words in said.items() if words]
    parts += [{"url": name, "valueDate": day.isoformat()} for name, day in days.items() if day]
    parts += [{"url": name, "valueString": words} for name, words in listed if words]
    if terms.bundle_cents is not None:
        parts.append({"url": "bundle", "valueMoney": {"value": terms.bundle_cents / 100, "currency": "USD"}})
    return [{"url": f"{codes.EXTENSION}/own-terms", "extension": parts}]


def tasks(packet: CenterPacket) -> Iterator[tuple[str, Json]]:
    """Give the work that is asked for, and each record that is being gathered for it as a part of it."""
    yield "task", _task(packet)
    for place, record in enumerate(packet.records, 1):
        role = f"record-{place}"
        yield role, _record(packet, role, record)


def _asked(packet: CenterPacket) -> str:
    """Say what is still to be done; nobody is to be set to work that is done or was stopped."""
    answer = f"say by {day_words(packet.answer_due)} whether you accept"
    if packet.state in ("draft", "requested"):
        return f"please confirm by {day_words(packet.receipt_due)} that it arrived, and {answer}"
    if packet.state == "received":
        return f"please {answer}"
    if packet.state in ("accepted", "scheduled", "no-show", "visit-cancelled", "visit-done"):
        return "please tell us the day of each visit and what becomes of it"
    return "please do nothing for it before you have spoken with us"


def _task(packet: CenterPacket) -> Json:
    words = f"Referral {packet.number}: {_asked(packet)}."
    return resource(
        packet,
        "task",
        "Task",
        [f"Referral {packet.number}: {codes.state_words(packet.state)}.", words],
        {
            "meta": meta(packet, codes.PROFILES["Task"]),
            "identifier": [
                identifier(
                    codes.TASK_NUMBER,
                    packet.number,
                    "PLAC",
                    reference(packet, "desk", packet.requester.organization),
                )
            ],
            "status": TASK_CODES[packet.state].status,
            "statusReason": concept(codes.WHY[packet.state]) if packet.state in codes.WHY else None,
            "businessStatus": _business_status(packet),
            "intent": "order",
            "priority": _priority(packet),
            "code": concept(None, coding(codes.TASK_CODE, "fulfill", "Fulfill the focal request")),
            "description": words,
            "focus": reference(packet, "request"),
            "for": reference(packet, "patient", packet.member.name),
            "authoredOn": instant(packet.created_at),
            "lastModified": instant(packet.updated_at),
            "requester": reference(packet, "desk-role", packet.requester.organization),
            "owner": reference(packet, "center-role", packet.center.name),
            "location": reference(packet, "location", packet.center.name),
            "insurance": [reference(packet, "coverage")],
            "restriction": {"period": {"end": packet.answer_due.isoformat()}},
            "input": list(_inputs(packet)),
            "output": list(_eligibility(packet.coverage)),
        },
    )


def _business_status(packet: CenterPacket) -> Json | None:
    business = TASK_CODES[packet.state].business
    codings = [coding(codes.BUSINESS_STATUS, business, codes.BUSINESS_WORDS[business])] if business else []
    if packet.state in codes.LOCAL_STATES:
        codings.append(coding(codes.LOCAL_STATE, packet.state, codes.state_words(packet.state)))
    return concept(codes.state_words(packet.state), *codings) if codings else None


def _inputs(packet: CenterPacket) -> Iterator[Json]:
    yield {"type": _part("receipt-due", "confirm by"), "valueDate": packet.receipt_due.isoformat()}
    if packet.offer_sha256:
        yield {
            "type": _part("offer-snapshot", "the offer as it was shown"),
            "valueReference": reference(packet, "offer"),
        }
    if packet.authorization_number:
        yield {
            "type": _part("authorization-number", "authorization number of the claims administrator"),
            "valueString": packet.authorization_number,
        }


def _eligibility(coverage: PacketCoverage) -> Iterator[Json]:
    """Give what the eligibility file said (REFERRAL "eligibility answer"), where it was asked."""
    if coverage.covered is None:
        return
    code, words = ("covered", "covered") if coverage.covered else ("not-covered", "not covered")
    yield without_empty(
        {
            "extension": extension("checked-on", coverage.checked_on) + extension("file-as-of", coverage.file_as_of),
            "type": _part("eligibility", "what the plan's eligibility file said"),
            "valueCodeableConcept": concept(words, coding(f"{codes.BASE}/CodeSystem/eligibility", code)),
        }
    )


def _record(packet: CenterPacket, role: str, record: RecordAsked) -> Json:
    words = {"records": "medical records", "imaging": "images"}[record.kind]
    # A record's own words may name a sensitive procedure; then its kind must do.
    what = None if packet.procedure.sensitive else record.what
    where = (
        [{"type": _part("where-from", "where it is"), "valueString": record.where_from}] if record.where_from else []
    )
    signed = record.release_signed
    said = {True: "signed", False: "not signed"}
    release = (
        [] if signed is None else [{"type": _part("release", "release"), "valueCodeableConcept": concept(said[signed])}]
    )
    return resource(
        packet,
        role,
        "Task",
        [f"For referral {packet.number}: {words}{f', {what}' if what else ''}"],
        {
            "partOf": [reference(packet, "task")],
            "status": "completed" if record.got else "requested",
            "intent": "order",
            "code": concept(words, coding(codes.PART, record.kind)),
            "description": what,
            "focus": reference(packet, "request"),
            "for": reference(packet, "patient", packet.member.name),
            "authoredOn": instant(packet.created_at),
            "requester": reference(packet, "desk-role", packet.requester.organization),
            "restriction": {"period": {"end": record.due_on.isoformat()}},
            "input": [*where, *release],
        },
    )


def _part(code: str, words: str) -> Json:
    return concept(words, coding(codes.PART, code))

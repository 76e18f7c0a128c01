"""What a center says of a referral in a FHIR message or a Task: read, not yet believed (``navigator.fhir.taking``)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from navigator.fhir import codes
from navigator.fhir.elements import Json
from navigator.fhir.reading import LONGEST_NOTE, MessageRefused, code_of, day, moment, table, tables, words
from navigator.referral import number as numbers
from navigator.referral.lifecycle import TASK_CODES, State
from navigator.referral.moves import VISITS, VisitKind
from navigator.referral.outcome import OUTCOMES, OutcomeKind
from navigator.referral.reasons import LONGEST, REASONS
from provider_directory.errors import BadInput

_BY_BUSINESS: dict[str, State] = {
    "3.0": "accepted",
    "4.0": "declined",
    "5.1.1": "scheduled",
    "5.1.2": "no-show",
    "5.1.3": "visit-cancelled",
    "5.1.4": "visit-done",
    "6.0": "cancelled",
    "7.0": "completed",
}
_BY_STATUS: dict[str, State] = {
    "received": "received",
    "accepted": "accepted",
    "rejected": "declined",
    "cancelled": "cancelled",
    "completed": "completed",
}
"""Where no business status is given; in-progress alone may mean four things."""
_NPI_OID = "urn:oid:2.16.840.1.113883.4.6"
_OF_CENTERS = frozenset({codes.NPI, _NPI_OID, codes.CCN, codes.FACILITY})
_ASK = "Ask the center to send it again."
_REASON_CODES = frozenset(reason.code for reason in REASONS)


class Sender(NamedTuple):
    """Who says it, as the message names them."""

    identifiers: frozenset[str]
    """NPI, CCN and our own facility id."""
    references: frozenset[str]
    """Addresses of the sender's resources; a center may answer with those of our message."""
    person: str | None


class SaidMember(NamedTuple):
    """Whom it is about, as the message says."""

    name: str | None
    birth_date: date | None
    member_ids: frozenset[str]


class SaidVisit(NamedTuple):
    """When the center sees the member; ``start`` is aware, with the offset that was sent."""

    start: datetime
    kind: VisitKind | None


class StatusMessage(NamedTuple):
    """What a center says: of which referral, and what became of it."""

    id: str
    number: str
    to: State
    at: datetime | None
    """When it changed, as the center says."""
    test: bool
    sender: Sender
    member: SaidMember
    center_number: str | None
    reason_code: str | None
    reason: str | None
    appointment: SaidVisit | None
    visit: VisitKind | None
    visited_on: date | None
    outcome: OutcomeKind | None
    surgery_on: date | None
    note: str | None


class Parts:
    """The resources of a message, found by the ways in which FHIR refers to them."""

    def __init__(self, root: Json) -> None:
        entries = tables(root.get("entry"))
        self.resources = [table(each.get("resource")) for each in entries] or [root, *tables(root.get("contained"))]
        self._by_address: dict[str, Json] = {}
        for entry in entries:
            self._keep(words(entry.get("fullUrl")), table(entry.get("resource")))
        for each in self.resources:
            self._keep(f"{each.get('resourceType')}/{each.get('id')}", each)
        for each in tables(root.get("contained")):
            self._keep(f"#{each.get('id')}", each)

    def _keep(self, address: str | None, resource: Json) -> None:
        if address:
            self._by_address.setdefault(address, resource)

    def target(self, reference: object) -> Json:
        """Give what a reference leads to; empty where that is not in the message."""
        return self._by_address.get(words(table(reference).get("reference")) or "", {})

    def of(self, kind: str) -> list[Json]:
        """Give the resources of a type."""
        return [each for each in self.resources if each.get("resourceType") == kind]


def read_status(root: Json, text: str) -> StatusMessage:
    """Give what a message says; ``text`` is the file, by which a Task without a header is known again.

    Raises MessageRefused where it is no message about a referral, or says two things at once.
    """
    parts = Parts(root)
    header, task = _header_and_task(root, parts)
    to = _state(task)
    order = parts.target(task.get("focus"))
    start = _appointment(task, parts)
    reason = table(task.get("statusReason"))
    code = code_of(reason, codes.REASON)
    surgery = _surgery_day(task, parts)
    return StatusMessage(
        id=words(header.get("id"), 100) or f"task-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:32]}",
        number=_number(task, order),
        to=to,
        at=moment(task.get("lastModified")) or moment(root.get("timestamp")),
        test=any(_is_test(each) for each in (root, *parts.resources)),
        sender=_sender(header.get("sender") or task.get("owner"), parts),
        member=_member(task.get("for") or order.get("subject"), parts),
        center_number=_typed(task, order, "FILL"),
        reason_code=code if code in _REASON_CODES else None,
        reason=words(reason.get("text"), LONGEST),
        appointment=start,
        visit=_visit(_output(task, "visit").get("valueCodeableConcept")) or (start.kind if start else None),
        visited_on=day(table(task.get("executionPeriod")).get("end")) if to == "visit-done" else None,
        outcome=_outcome(task) if to == "completed" else None,
        surgery_on=surgery if to == "completed" else None,
        note=next((said for each in tables(task.get("note")) if (said := words(each.get("text"), LONGEST_NOTE))), None),
    )


def _header_and_task(root: Json, parts: Parts) -> tuple[Json, Json]:
    if root.get("resourceType") == "Task":
        return {}, root
    if root.get("resourceType") != "Bundle" or root.get("type") != "message":
        raise MessageRefused("This is neither a message Bundle nor a Task.", "docs/fhir.md shows what is understood.")
    first = parts.resources[0] if parts.resources else {}
    if first.get("resourceType") != "MessageHeader":
        raise MessageRefused("The message has no MessageHeader at its head.", _ASK)
    if not words(first.get("id")):
        raise MessageRefused("The MessageHeader has no id, so a second copy could not be known.", _ASK)
    event = table(first.get("eventCoding"))
    if event.get("system") != codes.V2_EVENT or event.get("code") != "I12":
        raise MessageRefused("The message is about another event than a referral (I12).", "It is not for this desk.")
    answer = words(table(first.get("response")).get("code"))
    if answer not in (None, "ok"):
        raise MessageRefused(
            f"The center's system could not take our message ({answer}).", "Write down a failed try, and send it again."
        )
    task = next((found for each in tables(first.get("focus")) if (found := parts.target(each))), {})
    if task.get("resourceType") != "Task":
        raise MessageRefused("The message holds no Task that its header is about.", _ASK)
    return first, task


def _state(task: Json) -> State:
    status = words(task.get("status"), 40)
    said = table(task.get("businessStatus"))
    business = code_of(said, codes.BUSINESS_STATUS)
    if business == "5.1":
        raise MessageRefused(
            "The business status 5.1 is not among BSeR's ten codes, and does not say what happened.",
            "Ask for 5.1.1 scheduled, 5.1.2 unattended, 5.1.3 called off or 5.1.4 done.",
        )
    if business == "5.2":
        raise MessageRefused("A cancelation is requested by who refers (5.2), not by the center.", "Ask what is meant.")
    if business == "2.0" or business is None:
        found = _BY_STATUS.get(status or "")
        if business == "2.0" and status != "received":
            found = None
    else:
        found = _BY_BUSINESS.get(business)
    if found is None:
        raise MessageRefused(
            f"The task's status {status or 'nothing'}, business status {business or 'none'}, says nothing that a "
            "center tells.",
            f"Understood are {', '.join(_BY_STATUS)}, and in-progress with a business status.",
        )
    if status != TASK_CODES[found].status:
        raise MessageRefused(
            f"The message says two things: status {status or 'nothing'}, business status {business} "
            f"({codes.BUSINESS_WORDS[business or '2.0']}).",
            "Ask the center which of them holds.",
        )
    return found


def _number(task: Json, order: Json) -> str:
    said = _typed(task, order, "PLAC")
    if said is None:
        raise MessageRefused("The message names no referral: it has no identifier of type PLAC.", _ASK)
    try:
        return numbers.normalise(said)
    except BadInput as problem:
        raise MessageRefused(problem.message, "No referral of ours has this number; ask the center.") from None


def _typed(task: Json, order: Json, kind: str) -> str | None:
    for each in (*tables(task.get("identifier")), *tables(order.get("identifier"))):
        if code_of(each.get("type"), codes.V2_IDENTIFIER) == kind and (value := words(each.get("value"), 60)):
            return value
    return None


def _is_test(resource: Json) -> bool:
    tags = tables(table(resource.get("meta")).get("tag"))
    return any(each.get("code") == "HTEST" for each in tags)


def _sender(reference: object, parts: Parts) -> Sender:
    chain = [table(reference)]
    found = parts.target(reference)
    if found.get("resourceType") == "PractitionerRole":
        chain.append(table(found.get("organization")))
    organization = parts.target(chain[-1]) if len(chain) > 1 else found
    said = [*tables(organization.get("identifier")), *(table(each.get("identifier")) for each in chain)]
    person = table(found.get("practitioner"))
    name = words(person.get("display")) or _name(parts.target(person))
    return Sender(
        identifiers=frozenset(
            value for each in said if each.get("system") in _OF_CENTERS and (value := words(each.get("value"), 60))
        ),
        references=frozenset(text for each in chain if (text := words(each.get("reference")))),
        person=name,
    )


def _member(reference: object, parts: Parts) -> SaidMember:
    patient = parts.target(reference)
    logical = table(table(reference).get("identifier"))
    identifiers = [*tables(patient.get("identifier")), logical]
    return SaidMember(
        name=_name(patient) or words(table(reference).get("display")),
        birth_date=day(patient.get("birthDate")),
        member_ids=frozenset(value for each in identifiers if (value := words(each.get("value"), 60))),
    )


def _name(person: Json) -> str | None:
    for each in tables(person.get("name")):
        if text := words(each.get("text")):
            return text
        given = each.get("given")
        parts = [*(given if isinstance(given, list) else []), each.get("family")]
        if text := words(" ".join(part for part in parts if isinstance(part, str))):
            return text
    return None


def _outputs(task: Json) -> Iterator[tuple[str | None, Json]]:
    for each in tables(task.get("output")):
        yield code_of(each.get("type"), codes.PART), each


def _output(task: Json, part: str) -> Json:
    return next((each for code, each in _outputs(task) if code == part), {})


def _visit(concept: object) -> VisitKind | None:
    known: dict[str, VisitKind] = {kind: kind for kind, _ in VISITS}
    if (found := known.get(code_of(concept, codes.VISIT) or "")) is not None:
        return found
    return "follow_up" if code_of(concept, codes.V2_APPOINTMENT) == "FOLLOWUP" else None


def _outcome(task: Json) -> OutcomeKind | None:
    known: dict[str, OutcomeKind] = {kind: kind for kind, _ in OUTCOMES}
    return known.get(code_of(_output(task, "outcome").get("valueCodeableConcept"), codes.OUTCOME) or "")


def _surgery_day(task: Json, parts: Parts) -> date | None:
    output = _output(task, "surgery-date")
    found = day(output.get("valueDate")) or day(output.get("valueDateTime"))
    for each in parts.of("Procedure"):
        period = table(each.get("performedPeriod"))
        found = found or day(each.get("performedDateTime")) or day(period.get("end")) or day(period.get("start"))
    return found


def _appointment(task: Json, parts: Parts) -> SaidVisit | None:
    """Give the visit that an output of the task leads to, else the only one of the message that is not called off."""
    named = [parts.target(each.get("valueReference")) for _, each in _outputs(task)]
    planned = [each for each in named if each.get("resourceType") == "Appointment"] or [
        each
        for each in parts.of("Appointment")
        if each.get("status") not in ("cancelled", "noshow", "entered-in-error")
    ]
    starts = [(begin, each) for each in planned if (begin := moment(each.get("start")))]
    if len(starts) > 1:
        raise MessageRefused("The message holds several appointments, and its task names none or many.", _ASK)
    return SaidVisit(starts[0][0], _visit(starts[0][1].get("appointmentType"))) if starts else None

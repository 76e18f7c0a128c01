"""What BSeR demands of a referral message, checked on every one before it leaves: no compiled profile exists to ask.

The rules are those of the FSH files of HL7/bser, commit 7f97143 (STU2 2.0.0-ballot), folder input/fsh/profiles; each
names its file. ``reasonCode.text 1..1`` and the ten codes are asked for by TRUST A1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from navigator.fhir import codes
from navigator.fhir.elements import Json, absent

_HEADER, _BUNDLE = "BSeRReferralMessageHeader.fsh", "BSeRReferralMessageBundle.fsh"
_ORDER, _TASK = "ReferralServiceRequest.fsh", "ReferralTask.fsh"
_COVERAGE, _CONSENT = "BSeRCoverage.fsh", "BSeRPatientConsent.fsh"
_ROLE = "BSeRReferralInitiatorPractitionerRole.fsh"
_R4 = "FHIR R4 Bundle"


class Violation(NamedTuple):
    """A rule that a message breaks."""

    source: str
    """The file of the profile."""
    words: str
    """The rule, as element and cardinality."""


class Message:
    """A message Bundle by its parts; whatever is missing is given as empty."""

    def __init__(self, bundle: Json) -> None:
        self.bundle = bundle
        self.entries: list[Json] = bundle.get("entry") or []
        self.resources: list[Json] = [entry.get("resource") or {} for entry in self.entries]
        self.by_url: dict[str, Json] = {
            str(entry.get("fullUrl")): entry.get("resource") or {} for entry in self.entries
        }

    @property
    def header(self) -> Json:
        """The first resource, where it is a MessageHeader."""
        first = self.resources[0] if self.resources else {}
        return first if first.get("resourceType") == "MessageHeader" else {}

    @property
    def task(self) -> Json:
        """What the header is about."""
        return self.target(*(self.header.get("focus") or []))

    @property
    def order(self) -> Json:
        """What the task is about."""
        return self.target(self.task.get("focus"))

    def of(self, kind: str) -> list[Json]:
        """Give the resources of a type."""
        return [each for each in self.resources if each.get("resourceType") == kind]

    def target(self, *references: Any) -> Json:
        """Give the resource that the first reference leads to within the message."""
        first = references[0] if references and isinstance(references[0], dict) else {}
        return self.by_url.get(str(first.get("reference")), {})

    def leads_to(self, reference: Any, *kinds: str) -> bool:
        """Say whether a reference leads to a resource of one of these types in the message."""
        return self.target(reference).get("resourceType") in kinds


class Rule(NamedTuple):
    """One demand: where it stands, what it says, and whether a message meets it."""

    source: str
    words: str
    holds: Callable[[Message], bool]


def violations(bundle: Json) -> tuple[Violation, ...]:
    """Give every rule that a message breaks, in the order of the rules; empty = it may leave."""
    message = Message(bundle)
    return tuple(Violation(rule.source, rule.words) for rule in RULES if not rule.holds(message))


def _coded(concept: Any, system: str, code: str) -> bool:
    codings = (concept or {}).get("coding") or []
    return any(each.get("system") == system and each.get("code") == code for each in codings)


def _one(items: Any) -> bool:
    return isinstance(items, list) and len(items) == 1


def _typed(resource: Json, kind: str) -> list[Json]:
    found = resource.get("identifier") or []
    return [each for each in found if _coded(each.get("type"), codes.V2_IDENTIFIER, kind)]


def _placed_once(resource: Json) -> bool:
    placed = _typed(resource, "PLAC")
    return _one(placed) and bool(placed[0].get("value"))


def _filled_at_most_once(message: Message, resource: Json) -> bool:
    filled = _typed(resource, "FILL")
    return len(filled) <= 1 and all(
        each.get("value") and message.leads_to(each.get("assigner"), "Organization") for each in filled
    )


def _every(items: Iterable[Any], holds: Callable[[Any], bool]) -> bool:
    return all(holds(each) for each in items)


def _event(message: Message) -> bool:
    event = message.header.get("eventCoding") or {}
    return event.get("system") == codes.V2_EVENT and event.get("code") == "I12"


def _receiver(message: Message) -> bool:
    targets = message.header.get("destination") or [{}]
    return message.leads_to(targets[0].get("receiver"), "PractitionerRole")


def _business_status(message: Message) -> bool:
    status = message.task.get("businessStatus")
    if status is None:
        return message.task.get("status") == "draft"
    known = {(codes.BUSINESS_STATUS, code) for code in codes.BUSINESS_WORDS}
    known |= {(codes.LOCAL_STATE, state) for state in codes.LOCAL_STATES}
    found = [(each.get("system"), each.get("code")) for each in status.get("coding") or []]
    return bool(found) and set(found) <= known and bool(status.get("text"))


def _classes(message: Message) -> bool:
    system = f"{codes.TERMINOLOGY}/coverage-class"
    found = [part for each in message.of("Coverage") for part in each.get("class") or []]
    counts = [sum(_coded(part.get("type"), system, kind) for part in found) for kind in ("group", "plan")]
    return max(counts) <= 1 and all(part.get("value") for part in found)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(found := value.get("reference"), str):
            yield found
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _references(each)


def _all_resolve(message: Message) -> bool:
    for resource in message.resources:
        inside = {f"#{each.get('id')}" for each in resource.get("contained") or []}
        if any(found not in message.by_url and found not in inside for found in _references(resource)):
            return False
    return True


def _consents(message: Message, element: str, holds: Callable[[Any], bool]) -> bool:
    return _every(message.of("Consent"), lambda each: holds(each.get(element)))


def _performer(message: Message, who: Json) -> bool:
    return message.leads_to(who, "Patient", "RelatedPerson") or who.get("extension") == absent()


RULES: tuple[Rule, ...] = (
    Rule(_BUNDLE, "Bundle.type is message", lambda m: m.bundle.get("type") == "message"),
    Rule(_BUNDLE, "one MessageHeader, and it is first", lambda m: bool(m.header) and len(m.of("MessageHeader")) == 1),
    Rule(_R4, "every fullUrl is another (bdl-7)", lambda m: len(m.by_url) == len(m.entries)),
    Rule(_R4, "every reference leads to a resource of the message", _all_resolve),
    Rule(_HEADER, "event is I12 of v2-0003", _event),
    Rule(_HEADER, "destination 1..1", lambda m: _one(m.header.get("destination"))),
    Rule(_HEADER, "destination.receiver 1..1 is a PractitionerRole", _receiver),
    Rule(
        _HEADER, "sender 1..1 is a PractitionerRole", lambda m: m.leads_to(m.header.get("sender"), "PractitionerRole")
    ),
    Rule(
        _HEADER,
        "focus 1..1 is a Task",
        lambda m: _one(m.header.get("focus")) and m.task.get("resourceType") == "Task",
    ),
    Rule(_TASK, "identifier[PLAC] 1..1 with a value", lambda m: _placed_once(m.task)),
    Rule(_TASK, "identifier[FILL] 0..1 with value and assigner", lambda m: _filled_at_most_once(m, m.task)),
    Rule(_TASK, "status is one of the life cycle", lambda m: m.task.get("status") in codes.TASK_STATUSES),
    Rule(_TASK, "businessStatus is one of the ten codes, or one of ours, with text", _business_status),
    Rule(
        _TASK,
        "statusReason.text 1..1 where there is a statusReason",
        lambda m: "statusReason" not in m.task or bool(m.task["statusReason"].get("text")),
    ),
    Rule(_TASK, "intent is order", lambda m: m.task.get("intent") == "order"),
    Rule(_TASK, "code 1..1 is fulfill", lambda m: _coded(m.task.get("code"), codes.TASK_CODE, "fulfill")),
    Rule(_TASK, "focus 1..1 is a ServiceRequest", lambda m: m.order.get("resourceType") == "ServiceRequest"),
    Rule(_TASK, "for 1..1 is a Patient", lambda m: m.leads_to(m.task.get("for"), "Patient")),
    Rule(_TASK, "authoredOn 1..1", lambda m: bool(m.task.get("authoredOn"))),
    Rule(
        _TASK, "requester 1..1 is a PractitionerRole", lambda m: m.leads_to(m.task.get("requester"), "PractitionerRole")
    ),
    Rule(_TASK, "owner 1..1 is a PractitionerRole", lambda m: m.leads_to(m.task.get("owner"), "PractitionerRole")),
    Rule(_ORDER, "identifier[PLAC] 1..1 with a value", lambda m: _placed_once(m.order)),
    Rule(_ORDER, "identifier[FILL] 0..1 with value and assigner", lambda m: _filled_at_most_once(m, m.order)),
    Rule(_ORDER, "status 1..1", lambda m: m.order.get("status") in set(codes.ORDER_STATUS.values())),
    Rule(_ORDER, "intent is order", lambda m: m.order.get("intent") == "order"),
    Rule(_ORDER, "code 1..1 (US Core)", lambda m: bool(m.order.get("code"))),
    Rule(_ORDER, "subject 1..1 is a Patient (US Core)", lambda m: m.leads_to(m.order.get("subject"), "Patient")),
    Rule(
        _ORDER,
        "occurrence is a Period or a Timing",
        lambda m: "occurrenceDateTime" not in m.order,
    ),
    Rule(
        _ORDER,
        "requester 1..1 is a PractitionerRole",
        lambda m: m.leads_to(m.order.get("requester"), "PractitionerRole"),
    ),
    Rule(
        _ORDER,
        "performer 0..1 is a PractitionerRole or an Organization",
        lambda m: (
            len(m.order.get("performer") or []) <= 1
            and _every(m.order.get("performer") or [], lambda who: m.leads_to(who, "PractitionerRole", "Organization"))
        ),
    ),
    Rule(
        _ORDER,
        "reasonCode.text 1..1",
        lambda m: _one(m.order.get("reasonCode")) and bool(m.order["reasonCode"][0].get("text")),
    ),
    Rule(
        _ORDER,
        "insurance is a Coverage",
        lambda m: _every(m.order.get("insurance") or [], lambda plan: m.leads_to(plan, "Coverage")),
    ),
    Rule(
        _ORDER,
        "supportingInfo has the Consent",
        lambda m: any(m.leads_to(each, "Consent") for each in m.order.get("supportingInfo") or []),
    ),
    Rule(
        _COVERAGE,
        "beneficiary 1..1 is a Patient",
        lambda m: _every(m.of("Coverage"), lambda plan: m.leads_to(plan.get("beneficiary"), "Patient")),
    ),
    Rule(
        _COVERAGE, "relationship 1..1", lambda m: _every(m.of("Coverage"), lambda plan: bool(plan.get("relationship")))
    ),
    Rule(_COVERAGE, "payor 1..1", lambda m: _every(m.of("Coverage"), lambda plan: _one(plan.get("payor")))),
    Rule(_COVERAGE, "class[group] and class[plan] 0..1, each with a value", _classes),
    Rule(
        _COVERAGE,
        "identifier[MB] 0..1",
        lambda m: _every(m.of("Coverage"), lambda plan: len(_typed(plan, "MB")) <= 1),
    ),
    Rule(_CONSENT, "scope 1..1", lambda m: _consents(m, "scope", bool)),
    Rule(_CONSENT, "category 1..1", lambda m: _consents(m, "category", _one)),
    Rule(
        _CONSENT, "patient 1..1 is a Patient", lambda m: _consents(m, "patient", lambda who: m.leads_to(who, "Patient"))
    ),
    Rule(_CONSENT, "dateTime 1..1", lambda m: _consents(m, "dateTime", bool)),
    Rule(
        _CONSENT,
        "performer 1..1 is a Patient or a RelatedPerson, or said to be unknown",
        lambda m: _consents(m, "performer", lambda who: _one(who) and _performer(m, who[0])),
    ),
    Rule(
        _CONSENT,
        "provision 1..1 with provision.type 1..1",
        lambda m: _consents(m, "provision", lambda rule: isinstance(rule, dict) and bool(rule.get("type"))),
    ),
    Rule(
        _ROLE,
        "the sender's organization 1..1",
        lambda m: m.leads_to(m.target(m.header.get("sender")).get("organization"), "Organization"),
    ),
)
"""Every demand, the message's first, then the order's and the parts'."""

"""A referral as a message: what stands in it, what never does, and that the same packet gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from generated_packets import packets
from seeded_defects import first

from navigator.fhir import codes
from navigator.fhir.bser_rules import RULES, violations
from navigator.fhir.bundle import NotForTheCenter, message_bundle, message_text
from navigator.packets.values import CenterPacket, PacketProcedure
from navigator.referral.lifecycle import STATES, TASK_CODES

Json = dict[str, Any]
PACKETS = tuple(packets(45))


def resources(bundle: Json, kind: str) -> list[Json]:
    return [each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind]


def extended(element: Json, name: str) -> Any:
    """Give the value of one of our extensions."""
    for each in element.get("extension", []):
        if each["url"].endswith(f"/{name}") or each["url"] == name:
            return next(value for key, value in each.items() if key.startswith("value"))
    return None


def read_back(bundle: Json) -> Json:
    """Read the fields of a packet from its message, as a center would."""
    order, task, patient = first(bundle, "ServiceRequest"), first(bundle, "Task"), first(bundle, "Patient")
    plan, provenance, agreed = first(bundle, "Coverage"), first(bundle, "Provenance"), first(bundle, "Consent")
    answers = next(iter(resources(bundle, "QuestionnaireResponse")), None) or order["contained"][0]
    numbers = {each["type"]["coding"][0]["code"]: each["value"] for each in order["identifier"]}
    classes = {each["type"]["coding"][0]["code"]: each["value"] for each in plan.get("class", [])}
    gates: list[Json] = next((each["item"] for each in answers["item"] if each["linkId"] == "gates"), [])
    terms: Json = next((each for each in order.get("extension", []) if each["url"].endswith("/own-terms")), {})
    inputs = {each["type"]["coding"][0]["code"]: each for each in task["input"]}
    return {
        "number": numbers["PLAC"],
        "center_number": numbers.get("FILL"),
        "status": task["status"],
        "business": [each["code"] for each in task.get("businessStatus", {}).get("coding", [])],
        "priority": order.get("priority"),
        "created": order["authoredOn"],
        "updated": task["lastModified"],
        "answer_due": task["restriction"]["period"]["end"],
        "name": patient["name"][0].get("text"),
        "born": patient.get("birthDate"),
        "reached": [each["value"] for each in patient.get("telecom", [])]
        + [each["text"] for each in patient.get("address", [])],
        "voicemail": extended(patient, "voicemail-is-safe"),
        "interpreter": extended(patient, "patient-interpreterRequired"),
        "large_print": extended(patient, "large-print"),
        "procedure": order["code"]["text"],
        "side": order.get("bodySite", [{}])[0].get("text"),
        "reason": order["reasonCode"][0]["text"],
        "wanted": order.get("occurrenceTiming", {}).get("code", {}).get("text"),
        "replaces": order.get("replaces", [{}])[0].get("identifier", {}).get("value"),
        "group": classes.get("group"),
        "plan": classes.get("plan"),
        "member_id": next((each["value"] for each in plan.get("identifier", [])), None),
        "gates": [
            (each["text"], each.get("answer", [{}])[0].get("valueString"), extended(each, "gate-state"))
            for each in gates
        ],
        "method": extended(agreed, "consent-method"),
        "bundle_cents": round(extended(terms, "bundle")["value"] * 100) if extended(terms, "bundle") else None,
        "warranty": extended(terms, "warranty"),
        "authorization": inputs.get("authorization-number", {}).get("valueString"),
        "sha256": next(
            (extended(each["content"][0]["attachment"], "sha-256") for each in resources(bundle, "DocumentReference")),
            None,
        ),
        "audit": extended(provenance, "audit-head"),
        "records": [
            (each["status"] == "completed", each["restriction"]["period"]["end"])
            for each in resources(bundle, "Task")[1:]
        ],
    }


def said(packet: CenterPacket) -> Json:
    """Give the same fields from the packet itself."""
    member, contact, plan = packet.member, packet.member.contact, packet.coverage
    code = TASK_CODES[packet.state]
    local = [packet.state] if packet.state in codes.LOCAL_STATES else []
    return {
        "number": packet.number,
        "center_number": packet.center_number,
        "status": code.status,
        "business": [*([code.business] if code.business else []), *local],
        "priority": codes.PRIORITY[packet.urgency] if packet.urgency else None,
        "created": packet.created_at.isoformat().replace("+00:00", "Z"),
        "updated": packet.updated_at.isoformat().replace("+00:00", "Z"),
        "answer_due": packet.answer_due.isoformat(),
        "name": member.name,
        "born": member.birth_date.isoformat() if member.birth_date else None,
        "reached": [contact.address] if contact.address else [],
        "voicemail": contact.voicemail_ok,
        "interpreter": member.interpreter,
        "large_print": member.large_print,
        "procedure": packet.procedure.name,
        "side": packet.procedure.side,
        "reason": packet.reason,
        "wanted": packet.wanted_dates,
        "replaces": packet.replaces,
        "group": plan.group,
        "plan": plan.plan_option or plan.program,
        "member_id": plan.member_id,
        "gates": [(each.question, each.answer, each.state) for each in packet.gates],
        "method": packet.consent.method if packet.consent else None,
        "bundle_cents": packet.terms.bundle_cents if packet.terms else None,
        "warranty": packet.terms.warranty if packet.terms else None,
        "authorization": packet.authorization_number,
        "sha256": packet.offer_sha256,
        "audit": packet.audit_head,
        "records": [(each.got, each.due_on.isoformat()) for each in packet.records],
    }


def test_what_is_read_back_from_a_message_is_what_the_packet_said() -> None:
    for packet in PACKETS:
        assert read_back(json.loads(message_text(packet))) == said(packet)


def test_the_same_packet_gives_the_same_bytes_and_a_changed_one_another_message() -> None:
    packet = PACKETS[0]
    same = packet.model_copy()
    exported_again = packet.model_copy(update={"audit_head": "9-00000000"})
    changed = packet.model_copy(update={"updated_at": packet.updated_at + timedelta(seconds=1)})
    assert message_text(packet) == message_text(same)
    ids = [first(message_bundle(each), "MessageHeader")["id"] for each in (packet, exported_again, changed)]
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)


def test_messages_about_one_member_and_one_center_share_no_id() -> None:
    one = message_bundle(PACKETS[0])
    other = message_bundle(PACKETS[0].model_copy(update={"number": "CR-0000-0000-0"}))
    assert not {each["resource"]["id"] for each in one["entry"]} & {each["resource"]["id"] for each in other["entry"]}


def test_a_sensitive_procedure_is_named_inside_the_order_alone() -> None:
    words = ("weight-loss", "sleeve gastrectomy", "bariatric")
    sensitive = [each for each in PACKETS if each.procedure.sensitive]
    assert sensitive
    for packet in sensitive:
        asked = packet.gates and packet.gates[0].model_copy(update={"question": "Weight-loss surgery before?"})
        told = packet.model_copy(
            update={
                "gates": (asked,) if asked else (),
                "records": tuple(each.model_copy(update={"what": "bariatric notes"}) for each in packet.records),
            }
        )
        for entry in message_bundle(told)["entry"]:
            text = json.dumps(entry).lower()
            assert (entry["resource"]["resourceType"] == "ServiceRequest") >= any(word in text for word in words)


def test_a_demonstration_says_so_in_tags_and_words_of_every_part_and_a_real_referral_never() -> None:
    for packet in PACKETS[:12]:
        bundle = message_bundle(packet)
        parts = [entry["resource"] for entry in bundle["entry"]]
        marked = [
            "HTEST" in str(each["meta"]) and "DEMONSTRATION" in each["text"]["div"] for each in parts if "meta" in each
        ]
        assert set(marked) <= {packet.demonstration}
        assert ("HTEST" in json.dumps(bundle)) == packet.demonstration


def test_words_of_the_record_are_text_in_the_narrative_and_no_markup() -> None:
    packet = PACKETS[0].model_copy(update={"reason": "<script>alert(1)</script> & more"})
    shown = first(message_bundle(packet), "ServiceRequest")["text"]["div"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in shown


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_status_and_code(state: str) -> None:
    bundle = message_bundle(PACKETS[0].model_copy(update={"state": state}))
    task, order = first(bundle, "Task"), first(bundle, "ServiceRequest")
    local = {each["system"] for each in task.get("businessStatus", {}).get("coding", [])} == {codes.LOCAL_STATE}
    assert task["status"] in codes.TASK_STATUSES
    assert local == (state in ("on-hold", "failed"))
    asked = [words in task["description"] for words in ("it arrived", "you accept", "each visit", "do nothing")]
    assert asked == [
        state in ("draft", "requested"),
        state in ("draft", "requested", "received"),
        order["status"] == "active" and state not in ("requested", "received"),
        order["status"] != "active" and state != "draft",
    ]
    assert ("statusReason" in task) == (
        state in ("declined", "on-hold", "cancel-requested", "cancelled", "failed")
    )  # who ended or held it, never why
    assert (order["status"] == "active") == (
        state in ("requested", "received", "accepted", "scheduled", "no-show", "visit-cancelled", "visit-done")
    )


def test_what_may_not_leave_is_refused_in_a_sentence() -> None:
    packet = PACKETS[0]
    refused: dict[str, Json] = {
        "is a draft": {"state": "draft"},
        "consent to share": {"consent": None},
        "does not stand": {"consent": packet.consent and packet.consent.model_copy(update={"share": False})},
    }
    for words, changes in refused.items():
        with pytest.raises(NotForTheCenter, match=words):
            message_text(packet.model_copy(update=changes))


def _lost(kind: str, element: str) -> Callable[[Json], object]:
    return lambda bundle: first(bundle, kind).pop(element)


def _twice(kind: str, element: str) -> Callable[[Json], object]:
    return lambda bundle: first(bundle, kind)[element].extend(first(bundle, kind)[element])


BROKEN: dict[str, Callable[[Json], object]] = {
    "Bundle.type": lambda bundle: bundle.update(type="collection"),
    "one MessageHeader": lambda bundle: bundle["entry"].append(bundle["entry"].pop(0)),
    "fullUrl": lambda bundle: bundle["entry"][4].update(fullUrl=bundle["entry"][5]["fullUrl"]),
    "every reference": lambda bundle: first(bundle, "Location")["managingOrganization"].update(reference="urn:uuid:0"),
    "event": lambda bundle: first(bundle, "MessageHeader")["eventCoding"].update(code="A01"),
    "destination 1..1": _twice("MessageHeader", "destination"),
    "destination.receiver": lambda bundle: first(bundle, "MessageHeader")["destination"][0].pop("receiver"),
    "sender 1..1": _lost("MessageHeader", "sender"),
    "focus 1..1 is a Task": _twice("MessageHeader", "focus"),
    "status is one of": lambda bundle: first(bundle, "Task").update(status="sent"),
    "businessStatus": lambda bundle: first(bundle, "Task")["businessStatus"]["coding"][0].update(code="5.1"),
    "statusReason": lambda bundle: first(bundle, "Task").update(statusReason={"coding": []}),
    "intent": lambda bundle: first(bundle, "Task").update(intent="plan"),
    "code 1..1 is fulfill": _lost("Task", "code"),
    "focus 1..1 is a ServiceRequest": _lost("Task", "focus"),
    "for 1..1": _lost("Task", "for"),
    "authoredOn": _lost("Task", "authoredOn"),
    "requester 1..1": _lost("Task", "requester"),
    "owner 1..1": _lost("Task", "owner"),
    "identifier[PLAC]": _twice("ServiceRequest", "identifier"),
    "identifier[FILL]": lambda bundle: first(bundle, "ServiceRequest")["identifier"].append(
        {"type": {"coding": [{"system": codes.V2_IDENTIFIER, "code": "FILL"}]}, "value": "no assigner"}
    ),
    "status 1..1": _lost("ServiceRequest", "status"),
    "code 1..1 (US Core)": _lost("ServiceRequest", "code"),
    "subject": _lost("ServiceRequest", "subject"),
    "occurrence": lambda bundle: first(bundle, "ServiceRequest").update(occurrenceDateTime="2026-12-01"),
    "performer 0..1": _twice("ServiceRequest", "performer"),
    "reasonCode.text": lambda bundle: first(bundle, "ServiceRequest")["reasonCode"][0].pop("text"),
    "insurance": lambda bundle: first(bundle, "ServiceRequest").update(
        insurance=first(bundle, "Task")["for"] and [first(bundle, "Task")["for"]]
    ),
    "supportingInfo": _lost("ServiceRequest", "supportingInfo"),
    "beneficiary": _lost("Coverage", "beneficiary"),
    "relationship": _lost("Coverage", "relationship"),
    "payor": _twice("Coverage", "payor"),
    "class[group]": lambda bundle: first(bundle, "Coverage").update(
        {"class": [{"type": {"coding": [{"system": f"{codes.TERMINOLOGY}/coverage-class", "code": "plan"}]}}]}
    ),
    "identifier[MB]": lambda bundle: first(bundle, "Coverage").update(
        identifier=2 * [{"type": {"coding": [{"system": codes.V2_IDENTIFIER, "code": "MB"}]}, "value": "1"}]
    ),
    "scope": _lost("Consent", "scope"),
    "category": _twice("Consent", "category"),
    "patient 1..1": _lost("Consent", "patient"),
    "dateTime": _lost("Consent", "dateTime"),
    "performer 1..1 is a Patient": _lost("Consent", "performer"),
    "provision": lambda bundle: first(bundle, "Consent")["provision"].pop("type"),
    "organization": lambda bundle: [each.pop("organization", None) for each in resources(bundle, "PractitionerRole")],
}


@pytest.mark.parametrize("words", BROKEN)
def test_a_message_that_breaks_a_rule_is_told_by_the_rule(words: str) -> None:
    bundle = message_bundle(PACKETS[0])
    assert violations(bundle) == ()
    BROKEN[words](bundle)
    assert any(words in each.words for each in violations(bundle))


def test_every_rule_can_be_broken_and_says_its_source() -> None:
    assert [rule.words for rule in RULES if not any(words in rule.words for words in BROKEN)] == []
    assert {rule.source.partition(".")[2] for rule in RULES} == {"fsh", ""}


def test_who_consented_is_the_member_who_spoke_for_them_or_not_known() -> None:
    called = next(each for each in PACKETS if each.caller and each.caller.speaker == "spouse")
    for packet, by, kind in (
        (called, "the member", "Patient"),
        (called, "Tom Quill, spouse or partner", "RelatedPerson"),
        (called.model_copy(update={"caller": None}), "surgeon's office", None),
        (called, None, None),
    ):
        assert packet.consent
        told = packet.model_copy(update={"consent": packet.consent.model_copy(update={"given_by": by})})
        bundle = message_bundle(told)
        (performer,) = first(bundle, "Consent")["performer"]
        led_to = {each["fullUrl"]: each["resource"]["resourceType"] for each in bundle["entry"]}
        assert led_to.get(performer.get("reference")) == kind
        assert (performer.get("extension") is not None) is (kind is None)


def test_an_unknown_procedure_is_said_to_be_unknown() -> None:
    unknown = PacketProcedure(id=None, name=None, clinical_name=None, sensitive=False, side=None)
    order = first(message_bundle(PACKETS[0].model_copy(update={"procedure": unknown})), "ServiceRequest")
    assert order["code"]["coding"][0] == {"system": codes.ABSENT, "code": "unknown", "display": "Unknown"}

"""The code systems and codes of a referral in FHIR R4, and what each state of ours is called there (REFERRAL).

``BASE`` is under a name reserved for examples (RFC 6761), so that nobody can own it; it names codes and is never asked.
"""

from __future__ import annotations

from typing import Literal

from navigator.referral.lifecycle import TASK_CODES, WORDS, State
from navigator.referral.record import Urgency

BASE = "https://coe-navigator.example/fhir"
NUMBER = f"{BASE}/NamingSystem/referral-number"
TASK_NUMBER = f"{BASE}/NamingSystem/task-number"
CENTER_NUMBER = f"{BASE}/NamingSystem/center-number"
FACILITY = f"{BASE}/NamingSystem/facility"
MEMBER_ID = f"{BASE}/NamingSystem/member-id"
REFERRED = f"{BASE}/NamingSystem/member-of-referral"
"""A patient without a member ID is known by the referral alone."""
EXTENSION = f"{BASE}/StructureDefinition"
LOCAL_STATE = f"{BASE}/CodeSystem/referral-state"
"""Of the states that BSeR has no code for."""
ORDER_DETAIL = f"{BASE}/CodeSystem/order-detail"
PROCEDURE = f"{BASE}/CodeSystem/procedure"
REASON = f"{BASE}/CodeSystem/reason"
"""Our reason codes (``navigator.referral.reasons``), findhelp's among them."""
OUTCOME = f"{BASE}/CodeSystem/outcome"
VISIT = f"{BASE}/CodeSystem/visit"
PART = f"{BASE}/CodeSystem/task-part"
"""What an input or output of the Task is."""
QUESTIONNAIRE = f"{BASE}/Questionnaire/referral-questions|1"
SCRIPT = f"{BASE}/consent-script"
TAG = f"{BASE}/CodeSystem/tag"

BSER = "http://hl7.org/fhir/us/bser/StructureDefinition"
PROFILES = {
    "Bundle": f"{BSER}/BSeR-ReferralMessageBundle",
    "MessageHeader": f"{BSER}/BSeR-ReferralMessageHeader",
    "ServiceRequest": f"{BSER}/referral-servicerequest",
    "Task": f"{BSER}/referral-task",
    "Coverage": f"{BSER}/BSeR-Coverage",
    "Consent": f"{BSER}/BSeR-PatientConsent",
}
"""The generic profiles of BSeR STU2 (2.0.0-ballot): its own Task and ServiceRequest want a bundle of observations."""

NPI = "http://hl7.org/fhir/sid/us-npi"
CCN = "urn:oid:2.16.840.1.113883.4.336"
LANGUAGE = "urn:ietf:bcp:47"
SNOMED = "http://snomed.info/sct"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
V2_IDENTIFIER = f"{TERMINOLOGY}/v2-0203"
V2_EVENT = f"{TERMINOLOGY}/v2-0003"
V2_APPOINTMENT = f"{TERMINOLOGY}/v2-0276"
ABSENT = f"{TERMINOLOGY}/data-absent-reason"
ABSENT_EXTENSION = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
INTERPRETER_EXTENSION = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
TASK_CODE = "http://hl7.org/fhir/CodeSystem/task-code"
GRAVITY = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
BUSINESS_STATUS = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"
BUSINESS_WORDS = {
    "2.0": "Service Request Created",
    "3.0": "Service Request Accepted",
    "4.0": "Service Request Declined",
    "5.1.1": "Service Request Event Scheduled",
    "5.1.2": "Scheduled Service Request Event Unattended",
    "5.1.3": "Scheduled Service Request Event Cancelled",
    "5.1.4": "Service Request Event Completed",
    "5.2": "Service Request Cancellation Requested",
    "6.0": "Service Request Fulfillment Cancelled",
    "7.0": "Service Request Fulfillment Completed",
}
"""The ten codes of TaskBusinessStatusCS. Its 5.1, which four transitions use, is not among them and not used here."""

OrderStatus = Literal["draft", "active", "on-hold", "revoked", "completed"]
ORDER_STATUS: dict[State, OrderStatus] = {
    "draft": "draft",
    "requested": "active",
    "received": "active",
    "accepted": "active",
    "scheduled": "active",
    "no-show": "active",
    "visit-cancelled": "active",
    "visit-done": "active",
    "on-hold": "on-hold",
    "declined": "revoked",
    "cancel-requested": "revoked",
    "cancelled": "revoked",
    "failed": "revoked",
    "re-referred": "revoked",
    "completed": "completed",
}
"""ServiceRequest.status, which the requester sets: an order that is taken back or declined asks for nothing more."""
PRIORITY: dict[Urgency, str] = {"routine": "routine", "soon": "urgent", "urgent": "asap"}
"""R4's own order is routine, urgent, asap, stat."""
LOCAL_STATES: frozenset[State] = frozenset({"on-hold", "failed", "re-referred"})
"""States with a code of ours, as BSeR has none (REFERRAL "Defects")."""
WHY: dict[State, str] = {
    "declined": "declined by the center",
    "on-hold": "held by who refers",
    "cancel-requested": "taken back by who refers",
    "cancelled": "taken back by who refers",
    "failed": "closed by who refers",
}
"""Task.statusReason.text: the member's own reason may tell of cost or of another center, and stays at the desk."""
TASK_STATUSES = frozenset(code.status for code in TASK_CODES.values())


def state_words(state: State) -> str:
    """Give a state as a center reads it."""
    return WORDS[state]

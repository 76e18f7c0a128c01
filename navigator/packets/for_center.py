"""The center's packet: its own terms, the clinical reason, the member as consented; nothing of any other center."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from navigator.case.speaker import SPEAKERS, Authority, authority
from navigator.packets.parts import NOT_SAID, center_of, contact_of, day_of, employer_of, not_known, procedure_of
from navigator.packets.values import (
    CenterPacket,
    OwnTerms,
    PacketCaller,
    PacketConsent,
    PacketCoverage,
    PacketGate,
    PacketMember,
    RecordAsked,
    SafetyDone,
)
from navigator.packets.whole import WholeReferral
from navigator.referral.number import spelled
from navigator.referral.record import Referral
from navigator.referral.task_rules import ANSWER_WITHIN, RECEIPT_WITHIN
from navigator.referral.tasks import Task
from navigator.referral.working_days import working_days_after
from provider_directory.errors import BadInput

_SAID_BY_MEMBER = frozenset({"member's answer", "birth date, on the day of care"})
"""Sources of facts that are the member's own; what the plan or the map says is not the answer to a question."""
_NOT_ASKED = "it was not asked in the call"
_NO_FILE = "the program's eligibility file does not say it, or there is none"
WHY_NOT: dict[str, str] = {
    "center_number": "the center has not told its own number",
    "requester.organization": "the desk's settings do not name it",
    "requester.phone": "the desk's settings do not name it",
    "requester.address": "the desk's settings do not name it",
    "urgency": _NOT_ASKED,
    "member.language": _NOT_ASKED,
    "member.interpreter": _NOT_ASKED,
    "member.relay": _NOT_ASKED,
    "member.large_print": _NOT_ASKED,
    "companion": _NOT_ASKED,
    "coverage.employer": "the program's file is not on this machine",
    "coverage.plan_option": _NO_FILE,
    "coverage.group": "it was not read from the plan's card",
    "coverage.relationship": _NO_FILE,
    "coverage.covered": "the eligibility was not checked",
    "procedure.side": "it was not asked, or plays no part",
    "recommending_surgeon": _NOT_ASKED,
    "home_doctor": _NOT_ASKED,
    "safety.version": "they were not asked in a call of this program",
    "consent.treat": "the center asks for it itself",
    "consent.record_call": "the script does not ask it",
    "consent.given_by": "nobody noted who gave it, or who called may not give one",
    "center.ccn": "the center has none, or it is not in the directory",
    "center.npi": "it is not in the directory",
    "center.intake_phone": "the roster names none",
    "surgeon": "the member names none",
    "terms": "no contract of this center counted on the day it was chosen",
    "wanted_dates": _NOT_ASKED,
    "authorization_number": "it is to follow from the claims administrator",
}
"""Why a field may be None."""


def center_packet(whole: WholeReferral) -> CenterPacket:
    """Give what the center gets, by allow-list (REFERRAL "Who gets what").

    Raises BadInput where no center is chosen, and without a consent that stands: nothing is shared on another one.
    For a draft also where only somebody spoke who may not consent for the member.
    """
    check_may_be_shared(whole.referral)
    _check_who_agreed(whole)
    referral = whole.referral
    receipt_due = working_days_after(whole.sent_on or whole.today, RECEIPT_WITHIN)
    packet = CenterPacket(
        number=referral.number,
        number_spelled=spelled(referral.number),
        center_number=referral.center_number,
        state=referral.state,
        demonstration=referral.demonstration,
        created_at=referral.created_at,
        updated_at=referral.updated_at,
        requester=whole.desk,
        urgency=referral.urgency,
        receipt_due=receipt_due,
        answer_due=working_days_after(receipt_due, ANSWER_WITHIN),
        member=_member(whole),
        caller=_caller(whole),
        companion=referral.companion,
        coverage=_coverage(whole),
        procedure=procedure_of(whole),
        evaluation_first=True,
        reason=referral.reason,
        recommending_surgeon=referral.recommending_surgeon,
        home_doctor=referral.home_doctor,
        gates=tuple(_gates(whole)),
        safety=_safety(whole),
        consent=_consent(whole),
        center=center_of(whole),
        surgeon=referral.surgeon,
        terms=_terms(whole),
        wanted_dates=referral.wanted_dates,
        records=tuple(_records(whole.tasks)),
        authorization_number=referral.authorization_number,
        replaces=referral.replaces,
        offer_sha256=referral.offer_sha256,
        audit_head=whole.audit_head,
        not_known=(),
    )
    return packet.model_copy(update={"not_known": not_known(packet, WHY_NOT)})


def check_may_be_shared(referral: Referral) -> None:
    """Raise BadInput where no center is chosen, or the member did not agree that something is shared with it."""
    if referral.facility_id is None:
        raise BadInput(f"{referral.number} names no center yet.", "Choose a center first.")
    if referral.consent is None:
        raise BadInput(
            f"The member was not asked yet whether {referral.number} may be shared.", "Read the consent script aloud."
        )
    if not referral.consent.stands:
        said = "took the consent back" if referral.consent.given else "said no"
        raise BadInput(f"The member {said}: nothing of {referral.number} may be shared.", "Ask the member again.")


def _check_who_agreed(whole: WholeReferral) -> None:
    """Raise BadInput for a draft whose call knows only a caller who may not consent; what was sent was checked then."""
    standing = _standing(whole)
    if whole.referral.state == "draft" and standing is not None and not standing.may_consent:
        raise BadInput(standing.words, standing.would_change or "Ask the member.")


def _standing(whole: WholeReferral) -> Authority | None:
    """Judge who called, on the day of the consent; None = nobody is noted."""
    kept, caller = whole.referral.consent, whole.case.caller if whole.case else None
    if kept is None or caller is None:
        return None
    return authority(caller, whole.referral.member.birth_date, kept.at.astimezone().date())


def _member(whole: WholeReferral) -> PacketMember:
    referral = whole.referral
    return PacketMember(
        name=referral.member.name,
        birth_date=referral.member.birth_date,
        contact=contact_of(referral),
        language=referral.language,
        interpreter=referral.interpreter,
        relay=_access(whole, "relay", referral.relay),
        large_print=_access(whole, "large_print", referral.large_print),
    )


def _access(whole: WholeReferral, need: str, said: bool | None) -> bool | None:
    """Take a need from the referral, else from the call; a need that nobody noted in a call is not known."""
    noted = whole.case is not None and need in whole.case.access
    return said if said is not None else True if noted else None


def _caller(whole: WholeReferral) -> PacketCaller | None:
    caller = whole.case.caller if whole.case else None
    if caller is None or caller.speaker == "member":
        return None
    spoke_on = whole.referral.created_at.astimezone().date()
    return PacketCaller(
        speaker=caller.speaker,
        relationship=dict(SPEAKERS)[caller.speaker],
        name=caller.name,
        authority=authority(caller, whole.referral.member.birth_date, spoke_on).words,
    )


def _coverage(whole: WholeReferral) -> PacketCoverage:
    employer, plan_year = employer_of(whole)
    facts, found = whole.member, whole.case.member if whole.case else None
    option = facts.plan_option if facts else None
    checked = found if found and found.match == "match" else None
    return PacketCoverage(
        employer=employer,
        program=whole.referral.program,
        plan_option=whole.program.plan_options.get(option, option) if option else None,
        group=whole.referral.member.group,
        member_id=whole.referral.member.member_id,
        plan_year=plan_year,
        relationship=facts.relationship if facts else None,
        covered=checked.eligible if checked else None,
        checked_on=checked.at.astimezone().date() if checked else None,
        file_as_of=checked.file_as_of if checked else None,
    )


def _gates(whole: WholeReferral) -> Iterator[PacketGate]:
    """Yield question, answer and state; the words beside them may tell what the member would pay, and stay here."""
    for gate in whole.rule.get("gates") or ():
        used = [each for each in (gate.get("explanation") or {}).get("used") or () if _is_own(each)]
        answer = "; ".join(f"{each.get('fact')}: {each.get('value')}" for each in used)
        yield PacketGate(
            id=gate.get("id") or NOT_SAID,
            question=gate.get("ask") or NOT_SAID,
            answer=answer or None,
            state=gate.get("state") or "ask",
        )


def _is_own(used: dict[str, Any]) -> bool:
    return used.get("source") in _SAID_BY_MEMBER


def _safety(whole: WholeReferral) -> SafetyDone:
    asked = whole.case.safety if whole.case else None
    if asked is not None:
        return SafetyDone(done=True, version=asked.version, at=asked.at)
    told = next((move for move in whole.moves if move.safety_checked), None)
    return SafetyDone(done=told is not None, version=None, at=told.at if told else None)


def _consent(whole: WholeReferral) -> PacketConsent | None:
    kept = whole.referral.consent
    if kept is None:
        return None
    return PacketConsent(
        share=kept.stands,
        treat=None,
        record_call=None,
        method=kept.method,
        script_version=kept.script_version,
        at=kept.at,
        given_by=_who_spoke(whole),
        withdrawn_at=kept.withdrawn_at,
    )


def _who_spoke(whole: WholeReferral) -> str | None:
    """Name who gave the consent; never somebody who may not, such as who called in the case at another time."""
    caller, standing = whole.case.caller if whole.case else None, _standing(whole)
    if caller is None or standing is None or not standing.may_consent:
        return None
    label = dict(SPEAKERS)[caller.speaker].lower()
    return f"{caller.name}, {label}" if caller.name and caller.speaker != "member" else label


def _terms(whole: WholeReferral) -> OwnTerms | None:
    contract, price = whole.contract, whole.center.get("price") or {}
    if not contract:
        return None
    agreed = price if price.get("kind") == "contract_bundle" else {}
    return OwnTerms(
        alliance=contract.get("alliance") or NOT_SAID,
        covers=contract.get("covers") or NOT_SAID,
        effective=day_of(contract.get("effective")),
        ends=day_of(contract.get("ends")),
        run_out=contract.get("run_out"),
        warranty=contract.get("warranty"),
        bundle_cents=agreed.get("amount_cents"),
        bundle_scope=agreed.get("scope"),
        included=tuple(agreed.get("included") or ()),
        extra=tuple(agreed.get("extra") or ()),
        price_as_of=day_of(agreed.get("as_of")),
    )


def _records(tasks: tuple[Task, ...]) -> Iterator[RecordAsked]:
    for task in tasks:
        if task.kind in ("records", "imaging") and not task.was_settled:
            yield RecordAsked(
                kind="records" if task.kind == "records" else "imaging",
                what=task.what,
                where_from=task.where_from,
                release_signed=task.release,
                due_on=task.due_on,
                got=task.done_at is not None,
            )

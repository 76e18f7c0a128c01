"""The member's packet: the offer as it was shown, what it may cost, what is owed, and who calls whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from navigator.case.speaker import speaks_for_minor
from navigator.packets.member_values import (
    AppealShown,
    ChosenCenter,
    CostShown,
    DutyShown,
    GateNotYet,
    MemberConsent,
    MemberPacket,
    RewardShown,
    ShownCenter,
    TravelShown,
)
from navigator.packets.next_steps import next_steps
from navigator.packets.parts import (
    NOT_SAID,
    center_of,
    clause_of,
    contact_of,
    day_of,
    employer_of,
    not_known,
    procedure_of,
)
from navigator.packets.whole import WholeReferral
from navigator.program.cost_in_words import state_of
from navigator.program.rule_answer import GateTest, PlanWords
from navigator.referral.lifecycle import WORDS
from navigator.referral.number import spelled
from navigator.referral.record import CONSENT_SCRIPT, CONSENT_SCRIPT_VERSION, Consent
from navigator.referral.snapshot import centers_shown
from provider_directory.time_zones import zone_of_address

WHY_NOT: dict[str, str] = {
    "desk.phone": "the desk's settings do not name it",
    "employer": "the program's file is not on this machine",
    "chosen.phone": "the directory does not hold it",
    "chosen.intake_phone": "the roster names none",
    "chosen.time_zone": "its state lies in two time zones, and the roster does not say it",
    "here": "no rule of a program was shown",
    "elsewhere": "no rule of a program was shown",
    "travel": "the rule says nothing of travel, or none was shown",
    "reward": "the rule gives none, or none was shown",
    "appeal": "the program's file does not say how",
    "appointment": "no visit is scheduled",
    "authorization_number": "it is to follow from the claims administrator",
}
"""Why a field may be None."""


def member_packet(whole: WholeReferral) -> MemberPacket:
    """Give what the member gets (REFERRAL "Who gets what"); what was not shown is None."""
    referral, rule = whole.referral, whole.rule
    employer, plan_year = employer_of(whole)
    offer = whole.shown.offer if whole.shown else {}
    price = whole.center.get("price") or {}
    packet = MemberPacket(
        number=referral.number,
        number_spelled=spelled(referral.number),
        state=referral.state,
        state_words=WORDS[referral.state],
        demonstration=referral.demonstration,
        created_at=referral.created_at,
        desk=whole.desk,
        name=referral.member.name,
        contact=contact_of(referral),
        language=referral.language,
        large_print=referral.large_print,
        program=referral.program,
        employer=employer,
        plan_year=plan_year,
        procedure=procedure_of(whole),
        shown_on=day_of(offer.get("on")),
        care_day=day_of(offer.get("care_day")),
        place=(offer.get("place") or {}).get("label"),
        edition=referral.edition,
        edition_release=((whole.shown.edition if whole.shown else None) or {}).get("release"),
        shown=tuple(_shown(offer, referral.facility_id)),
        chosen=chosen_center(whole),
        here=_cost(rule.get("here")),
        elsewhere=_cost(rule.get("elsewhere")),
        included=tuple(price.get("included") or ()),
        extra=tuple(price.get("extra") or ()),
        travel=_travel(rule.get("travel")),
        reward=_reward(rule.get("reward")),
        gates=tuple(_gates(rule)),
        duties=tuple(_owed(rule)),
        appointment=whole.appointment,
        next_steps=next_steps(referral, whole.tasks, whole.today, whole.appointment, rule=rule),
        appeal=_appeal(rule.get("appeal")),
        consent=_consent(referral.consent),
        calls_parent=_calls_parent(whole),
        authorization_number=referral.authorization_number,
        spanish=tuple(PlanWords.model_validate(each) for each in rule.get("spanish") or ()),
        rule_version=(rule.get("program") or {}).get("version"),
        notes=(*(rule.get("warnings") or ()), *(rule.get("notes") or ())),
        offer_sha256=referral.offer_sha256,
        audit_head=whole.audit_head,
        not_known=(),
    )
    return packet.model_copy(update={"not_known": not_known(packet, WHY_NOT)})


def _shown(offer: Mapping[str, Any], chosen: str | None) -> Iterator[ShownCenter]:
    for center in centers_shown(offer):
        facility, credential = center.get("facility") or {}, center.get("credential") or {}
        score, price = center.get("score") or {}, center.get("price") or {}
        yield ShownCenter(
            name=facility.get("name") or NOT_SAID,
            chosen=facility.get("id") == chosen,
            miles=center.get("miles"),
            miles_precision=center.get("miles_precision"),
            credential=credential.get("label"),
            under_contract=credential.get("state") == "CONTRACT",
            contract_ends=day_of(credential.get("expires")),
            doubts=tuple(credential.get("flags") or ()),
            score_label=score.get("label") or center.get("score_reason"),
            score_value=score.get("value"),
            score_low=score.get("low"),
            score_high=score.get("high"),
            price_label=price.get("label"),
            price_cents=price.get("amount_cents"),
            you_pay=center.get("you_pay"),
            spoken=center.get("spoken"),
        )


def chosen_center(whole: WholeReferral) -> ChosenCenter:
    """Give how the chosen center is reached; its time zone is the roster's, else that of its state."""
    center = center_of(whole)
    named = next((each.time_zone for each in whole.routes if each.time_zone), None)
    return ChosenCenter(
        name=center.name,
        address=center.address,
        phone=center.phone,
        intake_phone=center.intake_phone,
        routes=whole.routes,
        time_zone=named or zone_of_address(center.address),
    )


def _cost(part: Mapping[str, Any] | None) -> CostShown | None:
    if part is None:
        return None
    return CostShown(
        state=state_of(part.get("state") or NOT_SAID, part.get("short")),
        low_cents=part.get("low_cents"),
        high_cents=part.get("high_cents"),
        words=part.get("words") or NOT_SAID,
        ask=tuple(part.get("ask") or ()),
        clause=clause_of(part),
    )


def _travel(part: Mapping[str, Any] | None) -> TravelShown | None:
    if part is None:
        return None
    return TravelShown(
        state=part.get("state") or NOT_SAID,
        words=part.get("words") or NOT_SAID,
        people=part.get("people"),
        clause=clause_of(part),
    )


def _reward(part: Mapping[str, Any] | None) -> RewardShown | None:
    if part is None:
        return None
    return RewardShown(
        state=part.get("state") or NOT_SAID,
        amount_cents=part.get("amount_cents"),
        words=part.get("words") or NOT_SAID,
        clause=clause_of(part),
    )


def _appeal(part: Mapping[str, Any] | None) -> AppealShown | None:
    if part is None:
        return None
    return AppealShown(
        words=part.get("words") or NOT_SAID,
        within_days=part.get("within_days"),
        to=part.get("to"),
        clause=clause_of(part),
    )


def _gates(rule: Mapping[str, Any]) -> Iterator[GateNotYet]:
    for gate in rule.get("gates") or ():
        if gate.get("state") != "met":
            yield GateNotYet(
                id=gate.get("id") or "",
                question=gate.get("ask") or NOT_SAID,
                state=gate.get("state") or "ask",
                words=gate.get("words") or NOT_SAID,
                would_change=gate.get("would_change"),
                test=GateTest.model_validate(gate["test"]) if gate.get("test") else None,
                questions=tuple(gate.get("questions") or ()),
                change=gate.get("change"),
                clause=clause_of(gate),
            )


def _owed(rule: Mapping[str, Any]) -> Iterator[DutyShown]:
    for duty in rule.get("duties") or ():
        if duty.get("state") != "met" and duty.get("words"):
            yield DutyShown(
                words=duty["words"],
                says=duty.get("says") or "",
                expenses_covered=bool(duty.get("expenses_covered")),
                questions=tuple(duty.get("questions") or ()),
            )


def _calls_parent(whole: WholeReferral) -> bool:
    caller = whole.case.caller if whole.case else None
    return caller is not None and speaks_for_minor(caller.speaker, whole.referral.member.birth_date, whole.today)


def _consent(kept: Consent | None) -> MemberConsent | None:
    """Give the consent with the words that were read; those of another version are not these words."""
    if kept is None:
        return None
    return MemberConsent(
        share=kept.stands,
        method=kept.method,
        at=kept.at,
        words=CONSENT_SCRIPT if kept.script_version == CONSENT_SCRIPT_VERSION else None,
        script_version=kept.script_version,
        withdrawn_at=kept.withdrawn_at,
    )

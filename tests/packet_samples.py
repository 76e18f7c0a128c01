"""One invented referral as the three packets give it; every field is filled, each may be given otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from asked_samples import DUTY_OWED, GATE_NOT_YET

from navigator.packets.administrator_values import AdministratorPacket, ConditionState
from navigator.packets.member_values import (
    AppealShown,
    ChosenCenter,
    CostShown,
    MemberConsent,
    MemberPacket,
    RewardShown,
    ShownCenter,
    TravelShown,
)
from navigator.packets.values import (
    CenterPacket,
    Contact,
    Desk,
    NextStep,
    OwnTerms,
    PacketCaller,
    PacketCenter,
    PacketConsent,
    PacketCoverage,
    PacketGate,
    PacketMember,
    PacketProcedure,
    RecordAsked,
    SafetyDone,
)
from navigator.referral.moves import Appointment
from navigator.referral.record import CONSENT_SCRIPT, CONSENT_SCRIPT_VERSION
from provider_directory.routes import read_routes

NUMBER = "CR-7K3M-9QX3-0"
SPELLED = "C R, 7 K 3 M, 9 Q X 3, 0"
AT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
SHA256 = "5f2c" * 16
HEAD = "118:8c2f0a4b6d1e3f57"
ROUTES = (
    "portal refer.marquette.example; secure e-mail intake@marquette.example; phone 414-555-0150 (Mon-Fri 8-17 Central)"
)


def a_desk(**over: Any) -> Desk:
    """Give the desk that refers."""
    return Desk(
        **{
            "organization": "Lakeshore Benefits Navigation",
            "phone": "414-555-0143",
            "hours": "Mon-Fri 8:00-18:00",
            "hours_es": "lun. a vie., de 8:00 a.m. a 6:00 p.m.",
            "time_zone": "America/Chicago",
            "address": "200 Harbor Walk, Milwaukee, WI 53202",
        }
        | over
    )


def a_contact(**over: Any) -> Contact:
    """Give how the member may be reached."""
    values: dict[str, Any] = {
        "method": "phone",
        "address": "414-555-0101",
        "voicemail_ok": False,
        "best_times": "after 4 pm",
        "do_not_contact": False,
    }
    return Contact(**values | over)


def a_procedure(**over: Any) -> PacketProcedure:
    """Give what is asked for."""
    values: dict[str, Any] = {
        "id": "total-knee-replacement",
        "name": "Knee replacement",
        "clinical_name": "Total knee arthroplasty",
        "sensitive": False,
        "side": "left",
    }
    return PacketProcedure(**values | over)


def a_center(**over: Any) -> PacketCenter:
    """Give the center that was chosen."""
    values: dict[str, Any] = {
        "facility_id": "ccn-90z001",
        "kind": "acute",
        "name": "Marquette Lakes Orthopedic Hospital",
        "ccn": "90Z001",
        "npi": "2900000011",
        "address": "5000 Linden Avenue, Milwaukee, WI 53210",
        "phone": "414-555-0100",
        "intake_phone": "414-555-0150",
    }
    return PacketCenter(**values | over)


def center_packet(**over: Any) -> CenterPacket:
    """Give what the center gets."""
    values: dict[str, Any] = {
        "number": NUMBER,
        "number_spelled": SPELLED,
        "center_number": "MLO-4411",
        "state": "requested",
        "demonstration": True,
        "created_at": AT,
        "updated_at": AT,
        "requester": a_desk(),
        "urgency": "soon",
        "receipt_due": date(2026, 11, 24),
        "answer_due": date(2026, 11, 30),
        "member": PacketMember(
            name="Ada Quill",
            birth_date=date(1961, 3, 9),
            contact=a_contact(),
            language="es",
            interpreter=True,
            relay=False,
            large_print=True,
        ),
        "caller": PacketCaller(
            speaker="spouse",
            relationship="Spouse or partner",
            name="Ned Quill",
            authority="The member agreed Nov 23, 2026 that this person hears everything.",
        ),
        "companion": "Ned Quill, husband",
        "coverage": PacketCoverage(
            employer="Brewline Foods",
            program="brewline-foods",
            plan_option="PPO 500",
            group="BF-0042",
            member_id="BF-1001",
            plan_year=2026,
            relationship="subscriber",
            covered=True,
            checked_on=date(2026, 11, 23),
            file_as_of=date(2026, 11, 1),
        ),
        "procedure": a_procedure(),
        "evaluation_first": True,
        "reason": "The knee gives way on stairs.",
        "recommending_surgeon": "Dr. Ines Hale, Milwaukee",
        "home_doctor": "Dr. Omar Lindqvist, West Allis",
        "gates": (
            PacketGate(id="bmi", question="What is the body mass index?", answer="31.5", state="met"),
            PacketGate(id="a1c", question="What was the last A1c?", answer=None, state="ask"),
            PacketGate(id="tobacco", question="For how many weeks tobacco free?", answer="2 weeks", state="not_yet"),
        ),
        "safety": SafetyDone(done=True, version="2026-11", at=AT),
        "consent": PacketConsent(
            share=True,
            treat=None,
            record_call=None,
            method="spoken",
            script_version=CONSENT_SCRIPT_VERSION,
            at=AT,
            given_by="the member",
            withdrawn_at=None,
        ),
        "center": a_center(),
        "surgeon": "Thuy Kellrada",
        "terms": OwnTerms(
            alliance="Lakeshore Health Alliance",
            covers="hip-knee",
            effective=date(2025, 4, 1),
            ends=date(2027, 6, 30),
            run_out="honored for 120 days",
            warranty="90 days, related readmissions",
            bundle_cents=2_410_000,
            bundle_scope="hospital, surgeon, anesthesia, implant",
            included=("hospital", "surgeon", "anesthesia", "implant"),
            extra=("rehabilitation",),
            price_as_of=date(2026, 1, 1),
        ),
        "wanted_dates": "from Jan 11, 2027, not in the week of Feb 8",
        "records": (
            RecordAsked(
                kind="records",
                what="notes of the last year",
                where_from="Dr. Hale",
                release_signed=True,
                due_on=date(2026, 12, 2),
                got=False,
            ),
            RecordAsked(
                kind="imaging",
                what="X-ray of the left knee",
                where_from="Dr. Hale",
                release_signed=None,
                due_on=date(2026, 12, 2),
                got=True,
            ),
        ),
        "authorization_number": "A-778",
        "replaces": "CR-0A1B-2C3D-R",
        "offer_sha256": SHA256,
        "audit_head": HEAD,
        "not_known": (),
    }
    return CenterPacket(**values | over)


def shown_centers() -> tuple[ShownCenter, ...]:
    """Give the two centers that were shown."""
    chosen: dict[str, Any] = {
        "name": "Marquette Lakes Orthopedic Hospital",
        "chosen": True,
        "miles": 4.2,
        "miles_precision": "address",
        "credential": "under contract to Jun 2027",
        "under_contract": True,
        "contract_ends": date(2027, 6, 30),
        "doubts": (),
        "score_label": "72 of 100, likely 51 to 87, 50 is average, from 1,240 Medicare patients",
        "score_value": 72,
        "score_low": 51,
        "score_high": 87,
        "price_label": "agreed price",
        "price_cents": 2_410_000,
        "you_pay": "$0",
        "spoken": "Under contract with your plan until June 2027.",
    }
    other: dict[str, Any] = chosen | {
        "name": "Saint Brennan Hospital",
        "chosen": False,
        "miles": 11.8,
        "miles_precision": "zip",
        "credential": "passes public check",
        "under_contract": False,
        "contract_ends": None,
        "price_label": "no price",
        "price_cents": None,
        "you_pay": "about $3,000",
        "spoken": "Saint Brennan passes the public check.",
    }
    return ShownCenter(**chosen), ShownCenter(**other)


def some_steps() -> tuple[NextStep, ...]:
    """Give the next three dates of a referral that was sent on a Monday."""
    return (
        NextStep(
            by=date(2026, 11, 24),
            on_the_day=False,
            who="desk",
            to="center",
            kind="receipt",
            words="by Tue Nov 24 we make sure that the center has it",
        ),
        NextStep(
            by=date(2026, 11, 30),
            on_the_day=False,
            who="center",
            to="member",
            kind="acceptance",
            words="by Mon Nov 30 the center calls you and says whether it accepts",
        ),
        NextStep(
            by=date(2026, 12, 14),
            on_the_day=True,
            who="member",
            to="center",
            kind="visit",
            words="Mon Dec 14 at 09:30, the center's time, you go to the center: evaluation",
            at=time(9, 30),
        ),
    )


def member_packet(**over: Any) -> MemberPacket:
    """Give what the member gets."""
    values: dict[str, Any] = {
        "number": NUMBER,
        "number_spelled": SPELLED,
        "state": "requested",
        "state_words": "sent, not confirmed",
        "demonstration": True,
        "created_at": AT,
        "desk": a_desk(),
        "name": "Ada Quill",
        "contact": a_contact(method="mail", address="12 Alder Street, Milwaukee, WI 53202", voicemail_ok=None),
        "language": "en",
        "large_print": False,
        "program": "brewline-foods",
        "employer": "Brewline Foods",
        "plan_year": 2026,
        "procedure": a_procedure(),
        "shown_on": date(2026, 11, 23),
        "care_day": date(2027, 2, 21),
        "place": "Milwaukee, WI 53202",
        "edition": "9f3ac0" * 8,
        "edition_release": "2026-01",
        "shown": shown_centers(),
        "chosen": ChosenCenter(
            name="Marquette Lakes Orthopedic Hospital",
            address="5000 Linden Avenue, Milwaukee, WI 53210",
            phone="414-555-0100",
            intake_phone="414-555-0150",
            routes=read_routes(ROUTES).routes,
            time_zone="America/Chicago",
        ),
        "here": CostShown(
            state="known",
            low_cents=0,
            high_cents=0,
            words="You pay $0 for the bundle at a center under contract.",
            ask=(),
            clause="4.2",
        ),
        "elsewhere": CostShown(
            state="range",
            low_cents=240_000,
            high_cents=360_000,
            words="At another hospital you pay $2,400 to $3,600.",
            ask=("how much of the deductible is met",),
            clause="4.3",
        ),
        "included": ("hospital", "surgeon", "anesthesia", "implant"),
        "extra": ("rehabilitation",),
        "travel": TravelShown(state="not_paid", words="Travel is paid from 50 miles on.", people=2, clause="6.1"),
        "reward": RewardShown(state="given", amount_cents=50_000, words="$500 on your HRA.", clause="7"),
        "gates": (GATE_NOT_YET,),
        "duties": (DUTY_OWED,),
        "spanish": (),
        "appointment": Appointment(
            kind="evaluation", on=date(2026, 12, 14), at=time(9, 30), time_zone="America/Chicago"
        ),
        "next_steps": some_steps(),
        "appeal": AppealShown(
            words="You can ask for a written decision, and appeal it within 180 days.",
            within_days=180,
            to="Lakeshore Benefits, Appeals",
            clause="9.1",
        ),
        "consent": MemberConsent(
            share=True,
            method="spoken",
            at=AT,
            words=CONSENT_SCRIPT,
            script_version=CONSENT_SCRIPT_VERSION,
            withdrawn_at=None,
        ),
        "calls_parent": False,
        "authorization_number": "A-778",
        "rule_version": "2026-02",
        "notes": ("Estimate, not a promise of payment; final bill may differ",),
        "offer_sha256": SHA256,
        "audit_head": HEAD,
        "not_known": (),
    }
    return MemberPacket(**values | over)


def administrator_packet(**over: Any) -> AdministratorPacket:
    """Give what the claims administrator gets."""
    values: dict[str, Any] = {
        "number": NUMBER,
        "number_spelled": SPELLED,
        "state": "requested",
        "demonstration": True,
        "requester": a_desk(),
        "name": "Ada Quill",
        "birth_date": date(1961, 3, 9),
        "member_id": "BF-1001",
        "group": "BF-0042",
        "to": "Lakeshore Benefits, 414-555-0143",
        "employer": "Brewline Foods",
        "plan_year": 2026,
        "center": a_center(),
        "procedure": a_procedure(),
        "care_day": date(2027, 2, 21),
        "appointment": None,
        "mode": "voluntary",
        "clauses": ("4.2",),
        "rule_version": "2026-02",
        "rule_sha256": "77aa" * 16,
        "conditions": (
            ConditionState(id="bmi", state="met", clause="5.1"),
            ConditionState(id="a1c", state="not_asked", clause="5.2"),
        ),
        "authorization_number": None,
        "audit_head": HEAD,
        "not_known": (),
    }
    return AdministratorPacket(**values | over)

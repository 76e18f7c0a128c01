"""Invented packets of every kind: seeded, so that a thousand of them are the same thousand on every machine."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from navigator.packets.values import (
    CenterPacket,
    Contact,
    Desk,
    GateState,
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
from navigator.referral import number as numbers
from navigator.referral.lifecycle import STATES, State

Drawn = TypeVar("Drawn")
NAMES = ("Ada Quill", "Nguyễn Thị Ánh", "José <Núñez> & Sons", "Łucja Żółć", 'O\'Brien "Bo" #read', "Ms. {} ${x}")
WORDS = ("knee gives way", "hip hurts since 2019 & can't sleep", "<b>pain</b>", "dolor de rodilla — años", "$5 \\ #")
_SENT = tuple(state for state in STATES if state != "draft")


def packets(count: int, seed: int = 7) -> Iterator[CenterPacket]:
    """Give packets that may leave: sent, with a consent that stands; all else may be known or not."""
    drawn = random.Random(seed)  # noqa: S311 # invented data, the same on every machine
    for place in range(count):
        yield packet(drawn, _SENT[place % len(_SENT)])


def packet(drawn: random.Random, state: State) -> CenterPacket:
    """Give one packet in this state."""
    begun = datetime(2026, 1, 5, 15, tzinfo=UTC) + timedelta(minutes=drawn.randrange(400_000))
    sensitive = drawn.random() < 0.2
    drawn_number = "".join(drawn.choice(numbers.DIGITS) for _ in range(8))
    return CenterPacket(
        number=f"CR-{drawn_number[:4]}-{drawn_number[4:]}-0",
        number_spelled=" ".join(drawn_number),
        center_number=_maybe(drawn, lambda: f"LK-{drawn.randrange(9999)}"),
        state=state,
        demonstration=drawn.random() < 0.5,
        created_at=begun,
        updated_at=begun + timedelta(seconds=drawn.randrange(900_000), microseconds=drawn.choice([0, 123456])),
        requester=_desk(drawn),
        urgency=_maybe(drawn, lambda: drawn.choice(["routine", "soon", "urgent"])),
        receipt_due=begun.date() + timedelta(days=1),
        answer_due=begun.date() + timedelta(days=3),
        member=_member(drawn),
        caller=_maybe(drawn, lambda: _caller(drawn)),
        companion=_maybe(drawn, lambda: drawn.choice(NAMES)),
        coverage=_coverage(drawn),
        procedure=_procedure(drawn, sensitive),
        evaluation_first=drawn.random() < 0.8,
        reason=drawn.choice(WORDS),
        recommending_surgeon=_maybe(drawn, lambda: f"Dr. {drawn.choice(NAMES)}"),
        home_doctor=_maybe(drawn, lambda: f"Dr. {drawn.choice(NAMES)}"),
        gates=tuple(_gate(drawn, place) for place in range(drawn.randrange(4))),
        safety=SafetyDone(
            done=drawn.random() < 0.8, version=_maybe(drawn, lambda: "2026-11"), at=_maybe(drawn, lambda: begun)
        ),
        consent=_consent(drawn, begun),
        center=_center(drawn),
        surgeon=_maybe(drawn, lambda: "Thuy Kellrada, MD"),
        terms=_maybe(drawn, lambda: _terms(drawn)),
        wanted_dates=_maybe(drawn, lambda: "after Jan 15, mornings"),
        records=tuple(_record(drawn, begun.date()) for _ in range(drawn.randrange(3))),
        authorization_number=_maybe(drawn, lambda: f"A-{drawn.randrange(999)}"),
        replaces=_maybe(drawn, lambda: "CR-7K3M-9QX3-0"),
        offer_sha256=_maybe(drawn, lambda: f"{drawn.getrandbits(256):064x}"),
        audit_head=f"{drawn.randrange(9999)}-{drawn.getrandbits(32):08x}",
        not_known=(),
    )


def _maybe(drawn: random.Random, value: Callable[[], Drawn]) -> Drawn | None:
    return value() if drawn.random() < 0.6 else None


def _desk(drawn: random.Random) -> Desk:
    return Desk(
        organization=_maybe(drawn, lambda: "Brewline Care Desk <north>"),
        phone=_maybe(drawn, lambda: "414-555-0199"),
        hours=_maybe(drawn, lambda: "Mon-Fri 8:00-18:00"),
        time_zone=_maybe(drawn, lambda: "America/Chicago"),
        address=_maybe(drawn, lambda: "1 Desk Way, Milwaukee, WI 53202"),
    )


def _member(drawn: random.Random) -> PacketMember:
    method = drawn.choice(["phone", "email", "mail", "none", None])
    reached = {"phone": "414-555-0101", "email": "ada@example.org", "mail": "2 Oak St, Racine, WI"}.get(method or "")
    return PacketMember(
        name=_maybe(drawn, lambda: drawn.choice(NAMES)),
        birth_date=_maybe(drawn, lambda: date(1930, 1, 1) + timedelta(days=drawn.randrange(30_000))),
        contact=Contact(
            method=method,
            address=reached,
            voicemail_ok=_maybe(drawn, lambda: drawn.random() < 0.5),
            best_times=_maybe(drawn, lambda: "after 5 pm"),
            do_not_contact=method == "none",
        ),
        language=_maybe(drawn, lambda: drawn.choice(["en", "es", "vi", "American Sign Language"])),
        interpreter=_maybe(drawn, lambda: drawn.random() < 0.5),
        relay=_maybe(drawn, lambda: drawn.random() < 0.5),
        large_print=_maybe(drawn, lambda: drawn.random() < 0.5),
    )


def _caller(drawn: random.Random) -> PacketCaller:
    speaker, words = drawn.choice(
        [
            ("parent_of_minor", "Parent or guardian of a minor"),
            ("spouse", "Spouse or partner"),
            ("parent_of_adult", "Parent of an adult"),
            ("representative", "Representative with a paper"),
            ("surgeon_office", "Surgeon's office"),
        ]
    )
    return PacketCaller.model_validate(
        {
            "speaker": speaker,
            "relationship": words,
            "name": _maybe(drawn, lambda: drawn.choice(NAMES)),
            "authority": "The member agreed Nov 3, 2026 that this person hears everything.",
        }
    )


def _coverage(drawn: random.Random) -> PacketCoverage:
    return PacketCoverage(
        employer=_maybe(drawn, lambda: "Brewline Foods & Co"),
        program=_maybe(drawn, lambda: "brewline-foods"),
        plan_option=_maybe(drawn, lambda: "PPO 80"),
        group=_maybe(drawn, lambda: "BF-001"),
        member_id=_maybe(drawn, lambda: f"BF-{drawn.randrange(9999)}"),
        plan_year=_maybe(drawn, lambda: 2026),
        relationship=_maybe(drawn, lambda: drawn.choice(["subscriber", "spouse", "child", "other"])),
        covered=_maybe(drawn, lambda: drawn.random() < 0.9),
        checked_on=_maybe(drawn, lambda: date(2026, 11, 20)),
        file_as_of=_maybe(drawn, lambda: date(2026, 11, 1)),
    )


def _procedure(drawn: random.Random, sensitive: bool) -> PacketProcedure:
    known = ("bariatric-sleeve", "Weight-loss surgery", "Sleeve gastrectomy")
    plain = ("total-knee-replacement", "Knee replacement", "Total knee arthroplasty")
    found = known if sensitive else plain
    return PacketProcedure(
        id=found[0],
        name=found[1],
        clinical_name=_maybe(drawn, lambda: found[2]),
        sensitive=sensitive,
        side=_maybe(drawn, lambda: drawn.choice(["left", "right", "both"])),
    )


def _gate(drawn: random.Random, place: int) -> PacketGate:
    state: GateState = drawn.choice(["met", "not_yet", "ask"])
    answer = None if state == "ask" else drawn.choice(["yes", "42.5", "since March — 12 weeks"])
    return PacketGate(id=f"gate-{place}", question="How many weeks of pain?", answer=answer, state=state)


def _consent(drawn: random.Random, at: datetime) -> PacketConsent:
    return PacketConsent(
        share=True,
        treat=_maybe(drawn, lambda: drawn.random() < 0.5),
        record_call=_maybe(drawn, lambda: drawn.random() < 0.5),
        method=drawn.choice(["spoken", "written"]),
        script_version="2026-11",
        at=at,
        given_by=drawn.choice(["the member", "Tom Quill, spouse or partner", None]),
        withdrawn_at=None,
    )


def _center(drawn: random.Random) -> PacketCenter:
    return PacketCenter(
        facility_id="ccn-90z001",
        kind="acute",
        name=_maybe(drawn, lambda: "Lakeshore <Ortho> & Spine"),
        ccn=_maybe(drawn, lambda: "90Z001"),
        npi=_maybe(drawn, lambda: "1999999992"),
        address=_maybe(drawn, lambda: "9 Lake Dr, Milwaukee, WI 53202"),
        phone=_maybe(drawn, lambda: "414-555-0150"),
        intake_phone=_maybe(drawn, lambda: "414-555-0151"),
    )


def _terms(drawn: random.Random) -> OwnTerms:
    return OwnTerms(
        alliance="Lakeshore Alliance",
        covers="hip-knee",
        effective=_maybe(drawn, lambda: date(2026, 1, 1)),
        ends=_maybe(drawn, lambda: date(2027, 6, 30)),
        run_out=_maybe(drawn, lambda: "cases begun before the end"),
        warranty=_maybe(drawn, lambda: "90 days"),
        bundle_cents=_maybe(drawn, lambda: drawn.randrange(100, 9_000_000)),
        bundle_scope=_maybe(drawn, lambda: "facility and surgeon"),
        included=("hospital", "surgeon") if drawn.random() < 0.5 else (),
        extra=("rehabilitation",) if drawn.random() < 0.5 else (),
        price_as_of=_maybe(drawn, lambda: date(2026, 1, 1)),
    )


def _record(drawn: random.Random, day: date) -> RecordAsked:
    return RecordAsked(
        kind=drawn.choice(["records", "imaging"]),
        what=_maybe(drawn, lambda: "X-ray of the knee"),
        where_from=_maybe(drawn, lambda: "Dr. Hale"),
        release_signed=_maybe(drawn, lambda: drawn.random() < 0.5),
        due_on=day + timedelta(days=5),
        got=drawn.random() < 0.5,
    )

"""Whatever a member reads of a letter in Spanish is translated: each is rendered in a language of brackets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from unittest import mock

import pytest
from letter_samples import PROGRAM, a_sheet, the_member, the_offer
from packet_samples import member_packet as every_field
from pseudo_language import in_brackets, in_one_line, unsaid
from whole_referrals import TODAY, a_case, a_referral, whole_referral

from navigator.case.value import Caller
from navigator.letters.e_mail import please_call
from navigator.letters.fields import Fields
from navigator.letters.for_member import confirmation
from navigator.packets.for_member import member_packet
from navigator.packets.member_values import MemberPacket
from navigator.referral.lifecycle import STATES
from navigator.referral.record import Member

SIGNS = ("PPO", "HSA", "SHA", "QR", "CR", "Medicare")


@pytest.fixture(autouse=True)
def bracketed() -> Iterator[None]:
    # Brackets take room, and what is cut has no end.
    with in_brackets(), mock.patch.object(Fields, "__call__", lambda _fields, text, _most: text):
        yield


def names_of(packet: MemberPacket) -> set[str]:
    """Give the names of people, centers, employers, and what the desk's settings hold."""
    desk, chosen = packet.desk, packet.chosen
    names = (desk.organization, desk.address, desk.hours_es, desk.phone, packet.employer, packet.name)
    lines = (packet.contact.address or "").split(", ", 1)
    proof = (packet.number, packet.edition[:12], packet.audit_head, packet.offer_sha256, packet.number_spelled)
    clause = packet.here.clause if packet.here else None
    to = packet.appeal.to if packet.appeal else None
    own = (
        *names,
        *lines,
        *proof,
        chosen.name,
        chosen.address,
        clause,
        to,
        *SIGNS,
        *(each.name for each in packet.shown),
    )
    return {each for each in own if each}


def sentences_of(packet: MemberPacket) -> set[str]:
    """Give what the plan says in its own words; a gate's sentence is not among them."""
    asked = {question for gate in packet.gates for question in gate.questions}
    asked |= {question for duty in packet.duties for question in duty.questions}
    changes = {words for gate in packet.gates for words in (gate.change, gate.would_change) if words}
    return {duty.says or duty.words for duty in packet.duties} | asked | changes


def packets() -> Iterator[MemberPacket]:
    whole = every_field()
    yield from (whole, the_member())
    yield from (whole.model_copy(update={"state": state}) for state in STATES)
    yield whole.model_copy(update={"consent": None, "travel": None, "reward": None, "appeal": None, "here": None})
    child = a_referral(member=Member(name="Ada Quill", birth_date=date(2015, 3, 9)))
    case = replace(a_case(), caller=Caller("parent_of_minor", "Ned Quill"))
    yield member_packet(whole_referral(referral=child, case=case))


@pytest.mark.parametrize("packet", list(packets()), ids=lambda packet: packet.state)
def test_a_member_s_confirmation_is_said(packet: MemberPacket) -> None:
    text = in_one_line(confirmation(packet, "es", TODAY).text())
    assert unsaid([text], names_of(packet), sentences_of(packet)) == []


def test_the_offer_sheet_and_the_e_mail_are_said() -> None:
    offer = the_offer()
    names = {each.facility.name for each in offer.centers} | {PROGRAM.employer, offer.edition[:12], *SIGNS}
    assert unsaid([in_one_line(a_sheet("es").text())], names) == []
    packet = every_field()
    mail = please_call(packet.number, packet.number_spelled, "member", packet.desk, "es")
    assert unsaid(mail.text().splitlines(), names_of(packet)) == []

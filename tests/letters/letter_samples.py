"""The packets and the offer that the letters of the tests are made of."""

from __future__ import annotations

from typing import Any

from rule_answers import a_cost, a_rule_answer
from whole_referrals import whole_referral

from navigator.languages.translating import Language
from navigator.letters.letter import Letter
from navigator.letters.offer_sheet import offer_sheet
from navigator.packets.for_center import center_packet
from navigator.packets.for_member import member_packet
from navigator.packets.member_values import MemberPacket
from navigator.packets.values import CenterPacket
from navigator.program.model import Program
from provider_directory.models import Offer
from provider_directory.testing import an_offer

PROGRAM = Program("brewline-foods", "Brewline Foods", ("Lakeshore Health Alliance",), 2026)


def the_center() -> CenterPacket:
    return center_packet(whole_referral())


def the_member(**over: Any) -> MemberPacket:
    return member_packet(whole_referral(**over))


def the_offer(**over: Any) -> Offer:
    return an_offer(**{"program": PROGRAM.id} | over)


def a_sheet(language: Language = "en", **over: Any) -> Letter:
    offer = the_offer(**over)
    ids = [center.facility.id for center in offer.centers]
    answers = [a_rule_answer(facility=each, here=a_cost("$0-3,400", 0, 340_000)) for each in ids[:2]]
    return offer_sheet(offer, ids[:3], answers, PROGRAM, language)

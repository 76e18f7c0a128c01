"""What center and member read in their letters, and what they never read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from letter_samples import PROGRAM, the_center, the_member, the_offer
from packet_samples import center_packet as every_field
from rule_answers import a_rule_answer
from whole_referrals import TODAY, a_case, a_referral, whole_referral

from navigator.case.value import Caller
from navigator.languages.translating import LANGUAGES, Language, translator
from navigator.letters import wording
from navigator.letters.conditions import still_asked
from navigator.letters.fields import Fields
from navigator.letters.for_center import referral_letter
from navigator.letters.for_member import confirmation
from navigator.letters.offer_sheet import offer_sheet
from navigator.letters.page import Facts, SideBySide
from navigator.packets.for_center import center_packet
from navigator.packets.for_member import member_packet
from navigator.packets.member_values import GateNotYet
from navigator.program.known_questions import for_one, known_questions
from navigator.program.rule_answer import GateTest
from navigator.referral.lifecycle import STATES
from navigator.referral.record import SafeContact
from provider_directory.errors import BadInput


def in_one_line(**over: Any) -> str:
    return " ".join(referral_letter(every_field(**over), TODAY).text().split())


def test_the_center_reads_each_field_of_its_packet_under_its_own_name() -> None:
    text = in_one_line()
    for said in (
        "November 23, 2026 Please call our member",
        "By Tuesday, November 24: tell us that this letter came. Call 414-555-0143 and say the number.",
        "By Monday, November 30: tell us if you accept.",
        "Then call the member, and tell us the day",
        "Reach: by phone 414-555-0101 Voicemail: leave none Best times: after 4 pm Language: Spanish",
        "Needs: interpreter and large print Called by: Ned Quill, Spouse or partner Authority: The member agreed",
        "Companion: Ned Quill, husband",
        "Plan option: PPO 500 Group: BF-0042 Member ID: BF-1001 Plan year: 2026 Approval no.: A-778",
        "spoken, on November 23, 2026 by the member, to our script",
        "Clinical: Total knee arthroplasty Side: left Urgency: Soon",
        "Surgeon: Thuy Kellrada Sent by: Dr. Ines Hale, Milwaukee Home doctor: Dr. Omar Lindqvist, West Allis",
        "Red flags: asked on November 23, 2026",
        "notes of the last year, due Wednesday, December 2; X-ray of the left knee, here",
        "What was the last A1c? (still to be asked) - 2 weeks (not yet met)",
        "from April 1, 2025 to June 30, 2027. Contract bundle price: $24,100 for hospital, surgeon, anesthesia and "
        "implant, as of January 1, 2026. Not in it: rehabilitation. Warranty: 90 days",
        "It takes the place of CR-0A1B-2C3D-R. Your number: MLO-4411.",
    ):
        assert said in text


def test_the_center_s_letter_says_what_else_may_be_so() -> None:
    packet = every_field()
    terms, member, consent = packet.terms, packet.member, packet.consent
    assert terms
    assert consent
    silent = member.contact.model_copy(update={"method": "none", "address": None, "do_not_contact": True})
    unreached = in_one_line(member=member.model_copy(update={"contact": silent, "interpreter": None}))
    assert "Please plan an evaluation for our member" in unreached
    assert "Do not contact the member: call us." in unreached
    assert "all our member" not in unreached
    assert "all the member, and" not in unreached
    assert "Needs: large print; not asked: interpreter" in unreached
    assert "Red flags: not asked yet" in in_one_line(
        safety=packet.safety.model_copy(update={"done": False, "at": None})
    )
    assert "Clinical:" not in in_one_line(procedure=packet.procedure.model_copy(update={"clinical_name": None}))
    bare = in_one_line(terms=terms.model_copy(update={"included": (), "extra": (), "price_as_of": None}))
    assert "Contract bundle price: $24,100. Warranty" in bare
    unpriced = in_one_line(terms=terms.model_copy(update={"bundle_cents": None}))
    assert "Its bundle price is not known to us: your contract decides." in unpriced
    assert "No contract of yours counted" in in_one_line(terms=None)
    assert "The plan's rules name none." in in_one_line(gates=())
    long = packet.gates[1].model_copy(update={"question": "For how many weeks has the member " + "really " * 20})
    assert "… (still to be asked)" in in_one_line(gates=(long,))
    assert "to our script" in in_one_line(consent=consent.model_copy(update={"given_by": None}))
    assert " by the member" not in in_one_line(consent=consent.model_copy(update={"given_by": None}))


def test_for_a_minor_the_parent_who_spoke_is_called_until_the_member_is_of_age() -> None:
    case = replace(a_case(), caller=Caller("parent_of_minor", "Ned Quill"))
    for born, minor in ((date(2012, 3, 9), True), (date(2001, 3, 9), False)):
        member = a_referral().member.model_copy(update={"birth_date": born})
        whole = whole_referral(case=case, referral=a_referral(member=member))
        to_center = " ".join(referral_letter(center_packet(whole), TODAY).text().split())
        to_member = " ".join(confirmation(member_packet(whole), "en", TODAY).text().split())
        assert ("call the parent or guardian, as “Reach” says" in to_center) == minor
        assert ("all the member" in to_center or "call our member for" in to_center) == (not minor)
        assert ("we and the center call the parent or guardian" in to_member) == minor
        assert ("The parent or guardian may take this yes back" in to_center) == minor
        assert ("To take it back, your parent or guardian calls" in to_member) == minor


def test_the_member_reads_how_long_the_contract_runs_and_what_may_keep_it_from_serving() -> None:
    def said(program: str | None = "brewline-foods", **over: Any) -> str:
        chosen = the_member().shown[0].model_copy(update=over)
        packet = the_member().model_copy(update={"shown": (chosen,), "program": program})
        parts = (part for section in confirmation(packet, "en", TODAY).page.sections for part in section.parts)
        return {name: value for part in parts if isinstance(part, Facts) for name, value in part.rows}["Contract"]

    until = "Under contract with your plan until December 2026."
    ends = date(2026, 12, 31)
    assert said(contract_ends=ends) == until
    early = ("ends before the likely surgery date; run-out terms: none",)
    assert said(contract_ends=ends, doubts=early) == f"{until} It may end before your day of care: ask first."
    assert said(contract_ends=None) == "Under contract with your plan."
    assert said(under_contract=False, doubts=("suspended from 2026-12-01",)) == "Not under contract with your plan."
    assert said(program=None, under_contract=False) == "not known yet: ask your plan"


def test_the_contract_and_its_conditions_are_named_in_words() -> None:
    packet = the_center()
    assert packet.terms is not None
    by_set = referral_letter(packet, TODAY).text()
    assert f"for the set “{packet.terms.covers}”" in by_set
    asked = packet.gates[0].model_copy(
        update={"answer": None, "state": "ask", "question": "How many weeks without tobacco (BMI)? (Never used: 520)"}
    )
    named = packet.terms.model_copy(update={"covers": packet.procedure.id})
    letter = referral_letter(packet.model_copy(update={"terms": named, "gates": (asked,)}), TODAY).text()
    assert f", for {packet.procedure.name} from" in letter.replace("\n  ", " ")
    assert "- How many weeks without tobacco (BMI)? (still to be asked)" in letter


def test_the_member_reads_that_care_after_the_plan_year_may_cost_another_amount() -> None:
    later = "These are the plan's rules of 2026. Care after that year may cost you more or less."
    for care_day, said in ((date(2026, 12, 31), False), (date(2027, 1, 1), True), (None, False)):
        packet = the_member().model_copy(update={"care_day": care_day, "plan_year": 2026})
        assert (later in " ".join(confirmation(packet, "en", TODAY).text().split())) == said


def test_more_points_than_there_is_room_for_are_not_called_shortened() -> None:
    fields = Fields()
    assert fields.some(("one", "two", "three"), 2, 20, "and more") == ("one", "two", "and more")
    assert not fields.cut_any
    assert fields.some(("a very long point",), 2, 8, "and more") == ("a very…",)
    assert fields.cut_any


def test_no_letter_goes_to_a_center_without_a_consent_that_stands() -> None:
    packet = the_center()
    assert packet.consent is not None
    for consent in (None, packet.consent.model_copy(update={"share": False})):
        with pytest.raises(BadInput, match="may be shared"):
            referral_letter(packet.model_copy(update={"consent": consent}), TODAY)


def test_an_address_stands_in_the_window_only_where_letters_were_asked_for() -> None:
    home = "812 North Invented Avenue, Milwaukee, WI 53202"
    by_phone = the_member()
    by_mail = the_member(
        referral=a_referral(safe_contact=SafeContact(method="mail", address=home, voicemail_ok=None, best_times=None))
    )
    assert confirmation(by_phone, "en", TODAY).page.to == ("Ada Quill",)
    assert confirmation(by_mail, "en", TODAY).page.to == (
        "Ada Quill",
        "812 North Invented Avenue",
        "Milwaukee, WI 53202",
    )
    assert "do not mail it" in " ".join(confirmation(by_phone, "en", TODAY).handling)
    assert "Fold it in three" in " ".join(confirmation(by_mail, "en", TODAY).handling)
    for large in (True, None):
        told = " ".join(confirmation(by_phone.model_copy(update={"large_print": large}), "en", TODAY).handling)
        assert ("large print" in told) is (large is True)


def test_a_page_for_a_member_says_what_the_rule_found_of_mode_travel_reward_and_year() -> None:
    say = translator("en")
    travel = {
        ("paid", 2): "for 2 people",
        ("paid", 1): "for 1 person",
        ("paid", None): "Ask your plan if it pays for the trip there.",
        ("not_paid", None): "does not pay for the trip",
        ("check_miles", 2): "by road",
        ("ask", None): "Ask your plan if it pays for the trip there.",
    }
    assert all(words in wording.travel_words(say, *found) for found, words in travel.items())
    modes = {
        ("covered", "mandatory"): "at centers under contract",
        ("covered", "voluntary"): "any hospital of your network",
        ("covered", "tiered"): "tier",
        ("covered", None): "Ask your plan if it pays for this care.",
        ("not_in_program", "mandatory"): "says nothing about this care",
        ("not_covered", "mandatory"): "Ask your plan if it pays for this care.",
    }
    assert all(words in wording.mode_words(say, *found) for found, words in modes.items())
    rewards = [wording.reward_words(say, *found) for found in (("given", 25_000), ("given", None), ("none", None))]
    assert rewards == ["The plan gives you $250 as a reward.", None, None]
    asked = [wording.reward_words(say, state, None) for state in ("used_up", "ask")]
    assert asked == ["You have had all of this year's reward.", "Ask your plan about a reward."]
    years = [wording.next_year(say, *found) for found in ((2026, 2027), (2026, 2026), (None, 2027), (2026, None))]
    assert [year is not None for year in years] == [True, False, False, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_next_step_is_said_in_the_member_s_language(language: Language) -> None:
    said = {
        confirmation(the_member().model_copy(update={"state": state}), language, TODAY).page.opening for state in STATES
    }
    assert len(said) == len(STATES)
    page = confirmation(the_member(), language, TODAY).page
    days = page.sections[0].parts[0]
    assert isinstance(days, Facts)
    assert len(days.rows) == 3
    assert all(
        re.search("noviembre|diciembre" if language == "es" else "November|December", day) for day, _ in days.rows
    )


def test_a_copy_of_the_letter_asks_for_what_is_still_to_be_done() -> None:
    confirm, accept, call = "tell us that this letter came", "tell us if you accept", "all the member, and tell us"
    asked: dict[str, tuple[bool, ...]] = {
        state: tuple(
            words in in_one_line(state=state) for words in (confirm, accept, call, "each visit went", "Do nothing")
        )
        for state in STATES
    }
    assert asked["draft"] == asked["requested"] == (True, True, True, False, False)
    assert asked["received"] == (False, True, True, False, False)
    assert asked["accepted"] == (False, False, True, False, False)
    for state in ("scheduled", "no-show", "visit-cancelled", "visit-done"):
        assert asked[state] == (False, False, False, True, False)
    for state in ("declined", "on-hold", "cancel-requested", "cancelled", "completed", "failed", "re-referred"):
        assert asked[state] == (False, False, False, False, True)
        assert "Please call our member" not in in_one_line(state=state)


def test_a_sheet_names_which_of_its_centers_the_alliance_chose() -> None:
    offer = the_offer()
    one, two, without = [center.facility for center in offer.centers[:3]]

    def said(*ids: str) -> str:
        return " ".join(offer_sheet(offer, ids, (), PROGRAM, "en").text().split())

    mixed = said(one.id, without.id)
    assert f"health alliance chose {one.name}. It also agreed" in mixed
    assert f"Not under contract with your plan: {without.name}." in mixed
    assert "alliance chose the center and" in said(one.id, two.id)
    assert "No center on this page is under contract with your plan." in said(without.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_ready_condition_is_said_once_and_has_room(language: Language) -> None:
    gates = []
    for fact, known in known_questions().items():
        for operator in known.asks:
            for value in ("1", "21"):
                found = GateNotYet(
                    id=fact,
                    question="?",
                    state="not_yet",
                    words="",
                    would_change=None,
                    test=GateTest.model_validate({"fact": fact, "operator": operator, "values": (value,)}),
                    questions=(),
                    change=for_one(known.change, (value,)).replace("{value}", value),
                    clause=None,
                )
                gates.append(found)
    packet = the_member().model_copy(update={"gates": tuple(gates), "duties": ()})
    points = still_asked(translator(language), packet)
    assert max(map(len, points)) <= 130
    counted = {"en": "1 week without tobacco", "es": "1 semana sin tabaco"}[language]
    assert sum(point.count(counted) for point in points) == 1
    assert not [
        point
        for point in points
        if re.search(r"\b1 (weeks|months|joints|semanas|meses|articulaciones)\b|in English|en inglés", point)
    ]


def test_a_sheet_says_what_no_public_data_rates_and_never_who_is_better() -> None:
    rates_none, reading = "No public data rates hospitals for this procedure.", "Quality goes from 0 to 100"
    unscored = tuple(each.model_copy(update={"score": None}) for each in the_offer().centers)
    for procedure, centers, rated, scored in (
        ("total-knee-replacement", the_offer().centers, True, True),
        ("lumbar-fusion-single-level", the_offer().centers, False, True),
        ("ivf", unscored, False, False),
    ):
        sheet = offer_sheet(the_offer(procedure=procedure, centers=centers), (), (), PROGRAM, "en")
        text = " ".join(sheet.text().split())
        assert (rates_none in text, reading in text) == (not rated, scored)
        assert "better" not in text


def test_a_sheet_compares_the_centers_that_were_chosen_and_tells_nothing_of_a_member() -> None:
    offer = the_offer()
    ids = [center.facility.id for center in offer.centers]
    answer = a_rule_answer(facility=ids[1])
    sheet = offer_sheet(offer, [ids[1], ids[0]], [answer], PROGRAM, "en")
    part = sheet.page.sections[0].parts[0]
    assert isinstance(part, SideBySide)
    assert part.names == (offer.centers[1].facility.name, offer.centers[0].facility.name)
    used = {fact.value for each in (answer.here, answer.coverage) for fact in each.explanation.used} - {"$0"}
    assert used
    assert not any(value in sheet.text() for value in used)
    for chosen, told in ((["f-unknown"], "does not show"), ([ids[0]] * 4, "compares one to 3")):
        with pytest.raises(BadInput, match=told):
            offer_sheet(offer, chosen, [], PROGRAM, "en")

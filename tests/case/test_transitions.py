"""What may be done with a case, and what is refused with what is possible instead (PRODUCT "The call")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cases import AT, BORN, BY, TODAY, june, knee, opened, ready, shown, yes
from hypothesis import given
from hypothesis import strategies as st

from navigator.case import transitions
from navigator.case.identify import confirmation
from navigator.case.safety import checked
from navigator.case.speaker import SPEAKERS, authority
from navigator.case.steps import STEPS, missing_to_send, steps
from navigator.case.stored import as_json, from_json
from navigator.case.story import lines
from navigator.case.value import Caller, Case, Chosen, Disposition, NoneFits, Paper, SafetyOutcome, Speaker
from navigator.case.wrap import possible, proposed
from provider_directory.errors import BadInput


def states(case: Case, **asks: bool) -> dict[str, str]:
    return {step.word: step.state for step in steps(case, **asks)}


def test_an_empty_call_is_at_its_first_step_and_is_not_worth_keeping() -> None:
    assert states(opened())["identify"] == "now"
    assert not transitions.worth_keeping(opened())
    assert transitions.worth_keeping(transitions.give_reason(opened(), "bill"))


def test_what_is_skipped_stays_to_do_while_the_call_goes_on() -> None:
    case = transitions.show_offer(transitions.take_need(opened(), knee()), shown())
    now = states(case)
    assert (now["identify"], now["safety"], now["offer"], now["why"]) == ("to_do", "to_do", "done", "now")
    assert (now["rule"], now["gates"]) == ("not_needed", "not_needed")
    assert states(case, has_rule=True, has_gates=True)["gates"] == "to_do"


def test_a_call_about_a_bill_needs_no_center() -> None:
    now = states(transitions.give_reason(opened(), "bill"))
    assert {word for word, state in now.items() if state == "not_needed"} >= {"need", "safety", "choose", "consent"}
    assert (now["identify"], now["wrap"]) == ("now", "to_do")


@pytest.mark.parametrize("outcome", ["stop", "crisis"])
def test_a_call_that_goes_on_to_a_center_after_help_owes_safety_and_consent_again(outcome: SafetyOutcome) -> None:
    case = transitions.show_offer(transitions.take_need(opened(), knee()), shown())
    sent = transitions.check_safety(case, checked(outcome, "en", AT, BY))
    assert [states(sent)[word] for word in ("safety", "intake", "consent")] == ["done", "not_needed", "not_needed"]
    later = Chosen("f-marquette", "Marquette Lakes", AT + timedelta(minutes=9))
    went_on = transitions.choose(sent, later, "CR-0000-0015-0")
    now = states(went_on)
    assert [now[word] for word in ("safety", "intake", "consent", "create")] == ["to_do", "done", "now", "to_do"]
    assert {each.step for each in missing_to_send(went_on)} >= {"safety", "consent"}
    assert states(replace(went_on, safety=checked("none", "en", AT, BY)))["safety"] == "done"


def test_a_whole_call_owes_nothing_and_ends_as_referred() -> None:
    case = ready()
    assert missing_to_send(case) == ()
    assert states(case)["create"] == "now"
    done = transitions.create(transitions.read_back(case, AT, BY), "CR-0000-0015-0")
    assert (done.draft, done.created, proposed(done)) == (None, ("CR-0000-0015-0",), "referred")
    closed = transitions.close(done, Disposition("referred", None, AT, BY))
    assert "now" not in states(closed).values()
    with pytest.raises(BadInput, match="closed"):
        transitions.choose(closed, Chosen("f-adalbert", "Adalbert", AT))


@pytest.mark.parametrize(
    ("without", "step"),
    [
        ({"member": None}, "identify"),
        ({"member": june(match="no_match")}, "identify"),
        ({"caller": None}, "identify"),
        ({"safety": None}, "safety"),
        ({"safety": checked("stop", "en", AT, BY)}, "safety"),
        ({"consent": None}, "consent"),
        ({"consent": replace(yes(), given=False)}, "consent"),
    ],
)
def test_what_is_missing_is_named_before_anything_is_sent(without: dict[str, object], step: str) -> None:
    found = missing_to_send(replace(ready(), **without))  # type: ignore[arg-type]
    assert [each.step for each in found] == [step]


def test_who_is_in_no_file_is_identified_once_it_is_noted_that_the_employer_is_asked() -> None:
    missed = june(match="no_match", eligible=None)
    case = replace(ready(), member=missed)
    assert states(case)["identify"] != "done"
    asked = transitions.ask_employer(case, AT)
    assert (states(asked)["identify"], missing_to_send(asked)) == ("done", ())
    assert "The employer was asked" in " ".join(lines(asked, TODAY))
    again = transitions.identify(asked, missed)
    assert again.member == asked.member
    with pytest.raises(BadInput, match="no match"):
        transitions.ask_employer(ready(), AT)


def test_another_procedure_asks_what_depends_on_it_anew_and_another_center_asks_consent_anew() -> None:
    case = transitions.show_offer(ready(), shown())
    hip = replace(knee(), procedure="total-hip-replacement", procedure_name="Total hip replacement")
    same_line = transitions.take_need(case, hip)
    assert (same_line.offer, same_line.chosen, same_line.safety) == (None, None, case.safety)
    spine = transitions.take_need(case, replace(hip, procedure="spinal-fusion", service_line="spine"))
    assert spine.safety is None
    other = transitions.choose(case, Chosen("f-adalbert", "Adalbert", AT))
    assert (other.consent, other.draft) == (None, case.draft)


def test_who_spoke_for_one_member_speaks_for_no_other() -> None:
    paper = Paper("power of attorney", TODAY, None)
    case = transitions.speak(transitions.identify(opened(), june()), Caller("representative", paper=paper))
    assert transitions.may_hear(case, TODAY) == "everything"
    assert transitions.identify(case, june(phone="414-555-0100")).caller == case.caller
    another = transitions.identify(case, june(name="Anna Voss", member_id="BF-2002"))
    assert (another.caller, transitions.may_hear(another, TODAY)) == (Caller("representative"), "general")
    hears: dict[Speaker, str] = {"member": "everything", "surgeon_office": "own_patient", "spouse": "general"}
    for speaker, reach in hears.items():
        spoke = transitions.speak(case, Caller(speaker, member_agreed_at=AT))
        another = transitions.identify(spoke, june(name="Anna Voss", member_id="BF-2002"))
        assert transitions.may_hear(another, TODAY) == reach
        assert not transitions.authority_in(another, TODAY).may_consent


def test_a_referral_of_one_member_never_becomes_another_member_s() -> None:
    case = ready()
    assert transitions.identify(case, june(phone="414-555-0100")).consent == case.consent
    with pytest.raises(BadInput, match="June Stellgate"):
        transitions.identify(case, june(name="Anna Voss", member_id="BF-2002"))


def test_consent_can_be_taken_back_once_and_says_what_was_disclosed() -> None:
    taken = transitions.withdraw_consent(ready(), AT, BY, ("Marquette Lakes, Nov 3, 2026 at 09:12",))
    assert taken.consent is not None
    assert taken.consent.withdrawn is not None
    assert taken.consent.withdrawn.disclosed == ("Marquette Lakes, Nov 3, 2026 at 09:12",)
    assert [each.words for each in missing_to_send(taken)] == ["The consent was taken back, so nothing may be sent."]
    with pytest.raises(BadInput, match="taken back before"):
        transitions.withdraw_consent(taken, AT, BY, ())
    with pytest.raises(BadInput, match="No consent was given"):
        transitions.withdraw_consent(opened(), AT, BY, ())


def test_which_of_two_plans_pays_first_and_what_the_member_needs_stay_with_the_case() -> None:
    case = transitions.identify(opened(), june(other_roster="harbor-freight"))
    assert "pays first: not asked" in " ".join(lines(case, TODAY))
    case = transitions.answer_pays_first(transitions.need_access(case, "relay"), "harbor-freight")
    case = transitions.need_access(transitions.need_access(case, "interpreter"), "relay")
    told = " ".join(lines(case, TODAY))
    assert case.access == ("interpreter",)
    assert "pays first: harbor-freight" in told
    assert "Needs: interpreter." in told
    with pytest.raises(BadInput, match="one plan"):
        transitions.answer_pays_first(opened(), "harbor-freight")


def test_a_number_identifies_nobody_before_name_and_birth_date_fit_it() -> None:
    assert confirmation(frozenset(), frozenset({"CR-1"})) is None
    assert confirmation(frozenset({"CR-1"}), frozenset({"CR-1", "CR-2"})) == "Confirmed: name and birth date fit CR-1."
    assert "say nothing of it" in (confirmation(frozenset({"CR-1"}), frozenset({"CR-2"})) or "")


def test_a_disposition_says_only_what_the_case_holds() -> None:
    case = transitions.show_offer(transitions.take_need(opened(), knee()), shown())
    with pytest.raises(BadInput, match="No referral was finished"):
        transitions.close(case, Disposition("referred", None, AT, BY))
    thinks = transitions.choose_none(case, NoneFits("wants_to_think", None, AT))
    assert proposed(thinks) == "offer_sheet"
    assert proposed(transitions.check_safety(case, checked("crisis", "en", AT, BY))) == "crisis"
    assert {kind for kind, _label in possible(case)}.isdisjoint({"referred", "none_fits", "draft_kept"})
    with pytest.raises(BadInput, match="No center was shown"):
        transitions.choose_none(opened(), NoneFits("cost", None, AT))


def test_a_call_is_parked_and_resumed_and_a_closed_one_is_not() -> None:
    parked = transitions.park(ready())
    assert transitions.resume(parked).standing == "open"
    with pytest.raises(BadInput, match="parked, not open"):
        transitions.park(parked)
    with pytest.raises(BadInput, match="closed"):
        transitions.resume(replace(parked, standing="closed"))


# -- who speaks (REFERRAL "People") ------------------------------------------------------------------------------------

PAPER = Paper("power of attorney", TODAY, TODAY)
CHILD = date(2012, 3, 9)


@pytest.mark.parametrize(
    ("caller", "born", "reach"),
    [
        (None, BORN, "general"),
        (Caller("member"), None, "everything"),
        (Caller("parent_of_minor"), CHILD, "everything"),
        (Caller("parent_of_minor"), date(2008, 11, 4), "everything"),
        (Caller("parent_of_minor"), date(2008, 11, 3), "general"),
        (Caller("parent_of_minor"), None, "general"),
        (Caller("spouse"), BORN, "general"),
        (Caller("spouse", member_agreed_at=AT), BORN, "everything"),
        (Caller("parent_of_adult"), BORN, "general"),
        (Caller("representative"), BORN, "general"),
        (Caller("representative", paper=PAPER), BORN, "everything"),
        (Caller("representative", paper=replace(PAPER, ends=TODAY - timedelta(days=1))), BORN, "general"),
        (Caller("representative", paper=replace(PAPER, ends=None)), BORN, "everything"),
        (Caller("surgeon_office"), BORN, "own_patient"),
    ],
)
def test_what_a_caller_may_hear(caller: Caller | None, born: date | None, reach: str) -> None:
    assert authority(caller, born, TODAY).reach == reach


@given(st.sampled_from([speaker for speaker, _label in SPEAKERS]), st.one_of(st.none(), st.just(CHILD), st.just(BORN)))
def test_who_may_not_hear_everything_is_told_what_would_change_it_and_may_not_consent(
    speaker: str, born: date | None
) -> None:
    judged = authority(Caller(speaker), born, TODAY)  # type: ignore[arg-type]
    assert judged.may_consent == (judged.would_change is None)
    case = transitions.speak(transitions.identify(opened(), june(birth_date=born)), Caller(speaker))  # type: ignore[arg-type]
    if judged.may_consent:
        assert transitions.consent(case, yes()).consent == yes()
    else:
        with pytest.raises(BadInput):
            transitions.consent(case, yes())
    assert transitions.consent(case, replace(yes(), given=False)).consent is not None


def test_another_speaker_consents_anew() -> None:
    assert transitions.speak(ready(), Caller("spouse")).consent is None


# -- kept and read again -----------------------------------------------------------------------------------------------


def test_a_case_is_the_same_after_it_was_kept() -> None:
    case = transitions.withdraw_consent(ready(), AT, BY, ("Marquette Lakes",))
    assert from_json(as_json(case)) == case
    assert as_json(from_json(as_json(case))) == as_json(case)


def test_what_a_newer_program_kept_beside_is_not_lost() -> None:
    import json

    stored = json.loads(as_json(ready()))
    stored |= {"version": 2, "mood": "calm"}
    stored["member"]["pronouns"] = ["she"]
    case = transitions.give_reason(from_json(json.dumps(stored)), "my_referral")
    again = json.loads(as_json(case))
    assert (again["version"], again["mood"], again["member"]["pronouns"]) == (2, "calm", ["she"])
    assert again["reason"] == "my_referral"


@pytest.mark.parametrize("text", ["", "[]", "null", '{"opened_at":"soon","opened_by":"x"}', '{"standing":"asleep"}'])
def test_what_is_no_case_is_told_without_its_values(text: str) -> None:
    with pytest.raises(BadInput, match="cannot be read") as told:
        from_json(text)
    assert "soon" not in str(told.value)


@given(st.sampled_from(["find_care", "bill", None]), st.booleans(), st.booleans(), st.booleans())
def test_an_open_case_is_always_at_exactly_one_step(reason: str | None, member: bool, need: bool, offer: bool) -> None:
    case = replace(opened(), reason=reason)  # type: ignore[arg-type]
    case = transitions.identify(case, june()) if member else case
    case = transitions.take_need(case, knee()) if need else case
    case = transitions.show_offer(case, shown()) if offer else case
    found = steps(case)
    assert [step.word for step in found] == list(STEPS)
    assert sum(step.state == "now" for step in found) == 1

"""What may be done with a case: each function takes a case with facts and gives the next case.

Each raises BadInput that says what is possible instead; none reads a clock. ``at`` is an aware moment, ``by`` the
person who works.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from navigator.case.speaker import Authority, Reach, authority
from navigator.case.value import (
    Access,
    Caller,
    Case,
    Chosen,
    Consented,
    Disposition,
    GateShown,
    Identified,
    Language,
    Need,
    NoneFits,
    OfferShown,
    ReadBack,
    Reason,
    RuleShown,
    SafetyCheck,
    Waited,
    Withdrawal,
)
from provider_directory.errors import BadInput


def opened(at: datetime, by: str, program: str | None = None, demonstration: bool = False) -> Case:
    """Begin an empty case."""
    return Case(opened_at=at, opened_by=by, program=program, demonstration=demonstration)


def give_reason(case: Case, reason: Reason) -> Case:
    """Note why the caller calls."""
    return replace(_changeable(case), reason=reason)


def speak(case: Case, caller: Caller) -> Case:
    """Note who speaks. A consent that this person may not give does not stand: the next person is asked again."""
    case, before = _changeable(case), case.caller
    spoken = replace(case, caller=caller)
    if case.consent is None or not case.consent.given:
        return spoken
    if before is not None and before.speaker != caller.speaker:
        return replace(spoken, consent=None, read_back=None)
    may = authority_in(spoken, case.consent.at.astimezone().date()).may_consent
    return spoken if may else replace(spoken, consent=None, read_back=None)


def identify(case: Case, found: Identified) -> Case:
    """Note who the member is; what another one agreed to, and who spoke for that one, does not go over to this one."""
    case = _changeable(case)
    if case.member and _is_another(case.member, found):
        if case.draft or case.created:
            raise BadInput(
                f"This call has a referral of {case.member.name or 'another member'}.",
                "Begin a new call for another member; a wrong name is mended in the referral's form.",
            )
        case = replace(
            case, caller=_without_proof(case.caller), consent=None, read_back=None, second_referral_reason=None
        )
    elif case.member and found.match == "no_match":
        found = replace(found, employer_asked_at=case.member.employer_asked_at)
    return replace(case, member=found)


def ask_employer(case: Case, at: datetime) -> Case:
    """Note that the employer is asked about the coverage of somebody whom the eligibility file does not hold."""
    case = _changeable(case)
    if case.member is None or case.member.match != "no_match":
        raise BadInput("Only where the file has no match is the employer asked.", "Look the member up first.")
    return replace(case, member=replace(case.member, employer_asked_at=at))


def need_access(case: Case, access: Access) -> Case:
    """Note that the member needs an interpreter, a relay call or large print; a second time takes it back."""
    others = tuple(each for each in case.access if each != access)
    return replace(_changeable(case), access=others if access in case.access else (*others, access))


def answer_pays_first(case: Case, plan: str) -> Case:
    """Note the answer to "two plans: which pays first?"."""
    case = _changeable(case)
    if case.member is None or case.member.other_roster is None:
        raise BadInput("The member stands on the roster of one plan at most.", "There is nothing to answer.")
    return replace(case, member=replace(case.member, pays_first=plan))


def take_need(case: Case, need: Need) -> Case:
    """Note what is needed; another procedure asks safety, rule, gates and the choice anew."""
    case, before = _changeable(case), case.need
    if before and before.procedure != need.procedure:
        case = replace(case, rule=None, gates=None, offer=None, evidence_opened=False, chosen=None, none_fits=None)
        if before.service_line != need.service_line and case.safety and case.safety.outcome == "none":
            case = replace(case, safety=None)
    return replace(case, need=need, reason=case.reason or "find_care")


def check_safety(case: Case, check: SafetyCheck) -> Case:
    """Log the answer to the red flags."""
    return replace(_changeable(case), safety=check)


def show_rule(case: Case, rule: RuleShown) -> Case:
    """Note the rule as it was shown."""
    return replace(_changeable(case), rule=rule)


def know_facts(case: Case, member_facts: str | None) -> Case:
    """Note what is known about the member for the rule, as JSON."""
    return replace(_changeable(case), member_facts=member_facts)


def answer_gates(case: Case, gates: tuple[GateShown, ...]) -> Case:
    """Note the gates with their answers."""
    return replace(_changeable(case), gates=gates)


def show_offer(case: Case, offer: OfferShown) -> Case:
    """Note which centers are shown now; a center chosen among others before stays chosen."""
    return replace(_changeable(case), offer=offer)


def open_evidence(case: Case) -> Case:
    """Note that the caller was told why."""
    return case if case.evidence_opened else replace(_changeable(case), evidence_opened=True)


def choose(case: Case, center: Chosen, draft: str | None = None) -> Case:
    """Note the chosen center, and the number of its draft; consent was given to the center chosen before."""
    case = _changeable(case)
    if case.need is None:
        raise BadInput("No center can be chosen before it is known what is needed.", "Ask what is planned.")
    if case.chosen and case.chosen.facility != center.facility:
        case = replace(case, consent=None, read_back=None)
    return replace(case, chosen=center, none_fits=None, draft=draft or case.draft)


def choose_none(case: Case, why: NoneFits) -> Case:
    """Note why no center fits; a draft that was begun stays a draft."""
    case = _changeable(case)
    if case.offer is None:
        raise BadInput("No center was shown yet.", "Show the centers first, or wrap the call as answered.")
    return replace(case, chosen=None, none_fits=why)


def consent(case: Case, answer: Consented) -> Case:
    """Note the answer to the script; only who may hear everything may give it. A no is always taken.

    While nobody has said who speaks the answer is noted, and ``missing_to_send`` asks who it was.
    """
    case = _changeable(case)
    standing = authority_in(case, answer.at.astimezone().date())
    if answer.given and case.caller is not None and not standing.may_consent:
        raise BadInput(standing.words, standing.would_change or "Ask the member.")
    return replace(case, consent=answer, read_back=None)


def withdraw_consent(case: Case, at: datetime, by: str, disclosed: tuple[str, ...]) -> Case:
    """Note that consent is taken back, with what was already disclosed to whom."""
    given = case.consent
    if given is None or not given.given:
        raise BadInput("No consent was given that could be taken back.", "Note the no in the consent field instead.")
    if given.withdrawn is not None:
        raise BadInput("The consent was taken back before.", "Ask for it again if the member changed their mind.")
    return take_back(case, Withdrawal(at, by, disclosed))


def take_back(case: Case, withdrawal: Withdrawal) -> Case:
    """Give a case with its consent taken back; a closed call too, for the right to take it back does not end."""
    return replace(case, consent=replace(case.consent, withdrawn=withdrawal)) if case.consent else case


def read_back(case: Case, at: datetime, by: str) -> Case:
    """Note that the sentence was read back and is right."""
    if case.chosen is None:
        raise BadInput("There is nothing to read back before a center is chosen.", "Choose a center first.")
    return replace(_changeable(case), read_back=ReadBack(at, by))


def create(case: Case, number: str) -> Case:
    """Note that the referral in hand is finished; the next one of the call is another one."""
    case = _changeable(case)
    created = case.created if number in case.created else (*case.created, number)
    return replace(case, created=created, draft=None)


def speak_language(case: Case, language: Language) -> Case:
    """Change the language in which scripts are read aloud; nothing else changes."""
    return replace(_changeable(case), language=language)


def see_other_open(case: Case, numbers: tuple[str, ...]) -> Case:
    """Note the member's other open referrals for the same criteria set; a second one needs a reason."""
    return replace(_changeable(case), other_open=numbers)


def give_second_reason(case: Case, why: str) -> Case:
    """Note why the member needs a second open referral for one criteria set."""
    if not why:
        raise BadInput("A second open referral for the same care needs a reason.", "Say why in a few words.")
    return replace(_changeable(case), second_referral_reason=why)


def park(case: Case) -> Case:
    """Put the call aside for another line."""
    if case.standing != "open":
        raise BadInput(f"This case is {_standing_words(case)}, not open.", "Only an open call can be parked.")
    return replace(case, standing="parked")


def resume(case: Case) -> Case:
    """Take a parked case, or one that waits for a call back, in hand again."""
    if case.standing == "closed":
        raise BadInput("This case is closed.", "Begin a new call; the closed case can be read.")
    return replace(case, standing="open", disposition=None)


def go_on_with_draft(case: Case, number: str) -> Case:
    """Take a call in hand again to finish a draft that was begun in it, also one that is closed.

    Consent, safety check and who spoke stay what they were; a change of the speaker asks consent anew.
    """
    return replace(case, standing="open", disposition=None, draft=number)


def close(case: Case, disposition: Disposition) -> Case:
    """End the call with its disposition; a case that is to be worked on stays open."""
    case = _changeable(case)
    if disposition.kind == "none_fits" and case.none_fits is None:
        raise BadInput("It is not noted why no center fits.", "Choose a reason, or another disposition.")
    if disposition.kind == "referred" and not case.created:
        raise BadInput("No referral was finished in this call.", "Finish the form, or choose another disposition.")
    return replace(case, disposition=disposition, standing="open" if disposition.kind == "to_do" else "closed")


def waited(case: Case, total: Waited) -> Case:
    """Note how long the tool has kept the caller waiting in all."""
    return case if case.waited == total else replace(case, waited=total)


def authority_in(case: Case, on: date) -> Authority:
    """Judge what the caller of this case may hear on a day."""
    return authority(case.caller, case.member.birth_date if case.member else None, on)


def may_hear(case: Case, on: date) -> Reach:
    """Give how much may be shown on a day: everything that is looked up while nobody has said who speaks."""
    return "everything" if case.caller is None else authority_in(case, on).reach


def worth_keeping(case: Case) -> bool:
    """Say whether a case holds anything to keep: an empty screen does not, nor do words that found no center yet."""
    reason = None if case.reason == "find_care" else case.reason
    empty = replace(case, demonstration=False, program=None, waited=Waited(), language="en", need=None, reason=reason)
    return empty != Case(opened_at=case.opened_at, opened_by=case.opened_by)


def _changeable(case: Case) -> Case:
    if case.standing == "closed":
        raise BadInput("This case is closed and stays as it is.", "Begin a new call.")
    return case


def _standing_words(case: Case) -> str:
    return "waiting for a call back" if case.standing == "call_back" else case.standing


def _without_proof(caller: Caller | None) -> Caller | None:
    """Give who spoke for one member as they speak for the next: a wall stays, and nobody is let through on a word."""
    if caller is None or caller.speaker in ("member", "parent_of_minor"):
        return None
    return replace(caller, member_agreed_at=None, paper=None)


def _is_another(before: Identified, now: Identified) -> bool:
    if before.member_id and now.member_id:
        return before.member_id.casefold() != now.member_id.casefold()
    return (before.name or "").casefold() != (now.name or "").casefold() or before.birth_date != now.birth_date

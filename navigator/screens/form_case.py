"""What the referral form does with the case of its call: fills in who was identified, and notes what is answered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from navigator import case_lookups
from navigator.case import consent, transitions
from navigator.case.value import Chosen
from navigator.screens.case_screen import now
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from navigator.case.value import Case
    from navigator.referral.record import Referral
    from navigator.screens.case_screen import CaseScreen
    from navigator.screens.referral import ReferralScreen


def known_of_member(case: Case | None) -> dict[str, str]:
    """Give what the call knows by field of the form, which asks only what is missing; each may be changed there."""
    if case is None:
        return {}
    member = case.member
    known: dict[str, str | None] = {
        "reason": case.need.words if case.need else None,
        "language": case.language if case.language == "es" else None,
    }
    known |= dict.fromkeys(case.access, "yes")
    if member:
        known |= {
            "member_name": member.name,
            "member_birth_date": member.birth_date.isoformat() if member.birth_date else None,
            "member_id": member.member_id,
            "member_phone": member.phone,
        }
    return {field: text for field, text in known.items() if text}


def began(call: CaseScreen, referral: Referral) -> None:
    """Note the center that was chosen and the draft's number."""
    case = call.case
    if case is None or case.need is None or referral.facility_id is None:
        return
    if case.chosen is None or case.chosen.facility != referral.facility_id or case.draft != referral.number:
        chosen = Chosen(referral.facility_id, referral.facility_name or referral.facility_id, now())
        call.change(transitions.choose, chosen, referral.number)


def look_for_others(form: ReferralScreen, call: CaseScreen, referral: Referral) -> None:
    """Look for the member's other open referrals for the same care; where no set is checked there is nothing to ask."""
    case = call.case
    if case and case.member and case.need and case.need.criteria_set != "none":
        number = referral.number
        case_lookups.others_open(form, call.desk.ledger, case.member, case.need.criteria_set, number)


def others_seen(call: CaseScreen, numbers: tuple[str, ...]) -> str:
    """Note the member's other open referrals for the same care; give what to say of them, "" for nothing."""
    if call.case is None:
        return ""
    if call.case.other_open != numbers:
        call.change(transitions.see_other_open, numbers)
    if not numbers or call.case.second_referral_reason:
        return ""
    return f"{', '.join(numbers)} is open for the same care; {call.key('form.finish')} asks why another one."


def ask_why_another(call: CaseScreen, go_on: Callable[[], None]) -> None:
    """Go on, where a second open referral for the same care lacks its reason after asking for it.

    The question opens by a key and never over what is being typed. Without a reason the referral stays a draft.
    """
    case = call.case
    if case is None or not case.other_open or case.second_referral_reason:
        go_on()
        return
    from navigator.screens.ask import AskScreen  # deferred: seldom asked

    def given(why: str | None) -> None:
        if why:
            call.change(transitions.give_second_reason, why)
        if why is not None:
            go_on()

    question = f"{', '.join(case.other_open)} is open for the same care. Why another referral?"
    call.app.push_screen(AskScreen(question, "Without a reason the new one stays a draft."), given)


def check_consent(case: Case | None, on: date) -> None:
    """Refuse the yes of somebody who may not say it for the member; raises BadInput with what would change that."""
    if case is None or case.caller is None:
        return
    standing = transitions.authority_in(case, on)
    if not standing.may_consent:
        raise BadInput(standing.words, standing.would_change or "Ask the member.")


def lacks_consent(case: Case | None) -> bool:
    """Say whether an answer in the form is to be asked anew: another person speaks now, or another center is chosen."""
    return case is not None and case.consent is None


def taken_back(call: CaseScreen | None, referral: Referral) -> None:
    """Note in the call in hand that the consent of a referral made in it was taken back on the referral's page."""
    case, answer = call.case if call else None, referral.consent
    if call is None or case is None or case.id != referral.case_id or answer is None or answer.withdrawn_at is None:
        return
    if case.consent and case.consent.given and case.consent.withdrawn is None:
        call.change(transitions.withdraw_consent, answer.withdrawn_at, call.desk.who_works, answer.disclosed)


def consented(call: CaseScreen, referral: Referral) -> None:
    """Note the answer to the script; a yes that becomes a no is taken back."""
    case, answer = call.case, referral.consent
    if case is None or answer is None:
        return
    before = case.consent
    if before and before.given and before.withdrawn is None and not answer.stands:
        call.change(transitions.withdraw_consent, now(), call.desk.who_works, answer.disclosed)
    else:
        call.change(transitions.consent, consent.answered(answer, case.language, call.desk.who_works))


def finished(call: CaseScreen, referral: Referral, by: str) -> None:
    """Note that the sentence was read back, where there was consent to read back, and that the form is finished."""
    case = call.case
    if case is None:
        return
    if case.chosen and case.consent and case.consent.given:
        call.change(transitions.read_back, now(), by)
    call.change(transitions.create, referral.number)

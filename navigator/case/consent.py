"""What is read aloud for consent, and the sentence that is read back, in the caller's language (PRODUCT "consent")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.case.value import Consented, Language
from navigator.languages.procedure_names import procedure_name
from navigator.languages.translating import Translator
from provider_directory.saying import lower_first

if TYPE_CHECKING:
    from navigator.referral.record import Consent, Referral


def script(say: Translator) -> str:
    """Give the words that are read aloud before the answer is taken."""
    from navigator.referral.record import CONSENT_SCRIPT  # deferred: pydantic, 56 ms before the first frame

    return say(CONSENT_SCRIPT)


def answered(kept: Consent, language: Language, by: str) -> Consented:
    """Give the answer of the form's field as the case keeps it."""
    return Consented(kept.stands, kept.script_version, language, kept.method, kept.at, by)


def read_back_sentence(say: Translator, referral: Referral) -> str:
    """Give what is read back to the member before the referral is made; what is not noted is said so."""
    noted = say(
        "Let me read that back: {member}; {care} at {center}, because: {reason}.",
        member=_member(say, referral),
        care=_care(say, referral),
        center=referral.facility_name or say("no center yet"),
        reason=(referral.reason or say("no reason noted")).rstrip("."),
    )
    return " ".join(filter(None, (noted, _reached(say, referral), _said(say, referral), say("Is that right?"))))


def _member(say: Translator, referral: Referral) -> str:
    member = referral.member
    name = member.name or say("your name is not noted")
    if member.birth_date is None:
        return name
    return say("{name}, born {day}", name=name, day=say.day(member.birth_date))


def _care(say: Translator, referral: Referral) -> str:
    if referral.procedure_name is None:
        return say("care not named")
    return lower_first(procedure_name(say.language, referral.procedure, referral.procedure_name) or "")


def _reached(say: Translator, referral: Referral) -> str:
    contact = referral.safe_contact
    if contact.method == "none":
        return say("The center will not contact you.")
    if contact.method is None or contact.address is None:
        return say("How to reach you is not noted.")
    if contact.method != "phone" or contact.voicemail_ok is None:
        return say("They may reach you at {address}.", address=contact.address)
    if contact.voicemail_ok:
        return say("They may reach you at {address}; a voicemail is safe.", address=contact.address)
    return say("They may reach you at {address}; no voicemail.", address=contact.address)


def _said(say: Translator, referral: Referral) -> str:
    if referral.consent is None:
        return ""
    if referral.consent.stands:
        return say("You said yes to sharing this with them.")
    return say("You said no to sharing this with them.")

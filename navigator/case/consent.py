"""What is read aloud for consent, in both languages, and the sentence that is read back (PRODUCT "consent")."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from navigator.case.value import Case, Consented, Language
from navigator.days import day_words

if TYPE_CHECKING:
    from navigator.referral.record import Consent, Referral

SPANISH_SCRIPT = (
    "¿Podemos dar su nombre, cómo comunicarnos con usted y el motivo de su visita al centro que eligió, "
    "para que le llame sobre su atención? Puede decir que no, y puede retirar su sí en cualquier momento."
)
"""The same as ``record.CONSENT_SCRIPT``; a change of either takes a new version."""
_MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)


def script(language: Language) -> str:
    """Give the words that are read aloud before the answer is taken."""
    from navigator.referral.record import CONSENT_SCRIPT  # deferred: pydantic, 56 ms before the first frame

    return SPANISH_SCRIPT if language == "es" else CONSENT_SCRIPT


def answered(kept: Consent, language: Language, by: str) -> Consented:
    """Give the answer of the form's field as the case keeps it."""
    return Consented(kept.stands, kept.script_version, language, kept.method, kept.at, by)


def read_back_sentence(case: Case, referral: Referral) -> str:
    """Give what is read back to the member before the referral is made, in the language of the case."""
    return _in_spanish(referral) if case.language == "es" else _in_english(referral)


def _in_english(referral: Referral) -> str:
    member = referral.member
    born = f", born {day_words(member.birth_date)}" if member.birth_date else ""
    consented = referral.consent
    said = "" if consented is None else f" You said {'yes' if consented.stands else 'no'} to sharing this with them."
    return (
        f"Let me read that back: {member.name or 'your name is not noted'}{born}; "
        f"{lowered(referral.procedure_name) or 'care not named'} at {referral.facility_name or 'no center yet'}, "
        f"because: {referral.reason or 'no reason noted'}. {_reached(referral)}{said} Is that right?"
    )


def _in_spanish(referral: Referral) -> str:
    member = referral.member
    born = f", nacimiento {_spanish_day(member.birth_date)}" if member.birth_date else ""
    consented = referral.consent
    said = "" if consented is None else f" Usted dijo que {'sí' if consented.stands else 'no'} a compartirlo con ellos."
    return (
        f"Le repito: {member.name or 'falta su nombre'}{born}; "
        f"{lowered(referral.procedure_name) or 'sin procedimiento'} en {referral.facility_name or 'ningún centro'}, "
        f"porque: {referral.reason or 'sin motivo anotado'}. {_alcance(referral)}{said} ¿Es correcto?"
    )


def _reached(referral: Referral) -> str:
    contact = referral.safe_contact
    if contact.method == "none":
        return "The center will not contact you."
    if contact.method is None or contact.address is None:
        return "How to reach you is not noted."
    voicemail = {True: "; a voicemail is safe", False: "; no voicemail", None: ""}[contact.voicemail_ok]
    return f"They may reach you at {contact.address}{voicemail if contact.method == 'phone' else ''}."


def _alcance(referral: Referral) -> str:
    contact = referral.safe_contact
    if contact.method == "none":
        return "El centro no se comunicará con usted."
    if contact.method is None or contact.address is None:
        return "Falta cómo comunicarse con usted."
    voicemail = {True: "; pueden dejar mensaje", False: "; sin dejar mensaje", None: ""}[contact.voicemail_ok]
    return f"Pueden comunicarse a {contact.address}{voicemail if contact.method == 'phone' else ''}."


def lowered(name: str | None) -> str:
    """Give a procedure's name as it stands within a sentence; an abbreviation such as ACL keeps its capitals."""
    return name[:1].lower() + name[1:] if name and name[1:2].islower() else name or ""


def _spanish_day(day: date) -> str:
    return f"{day.day} de {_MONTHS[day.month - 1]} de {day.year}"

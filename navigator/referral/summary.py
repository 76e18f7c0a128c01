"""A referral in plain lines: each says one thing in words, for a screen reader and to be read back on the phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from navigator.days import day_words
from navigator.languages.demonstration import LONG as DEMONSTRATION
from navigator.languages.home_languages import language_name
from navigator.referral.number import spelled
from navigator.referral.record import (
    CONTACT_METHODS,
    URGENCIES,
    Consent,
    Referral,
    ReferralSummary,
    SafeContact,
    missing,
)

UNKNOWN = "not known yet"


def text_lines(referral: Referral) -> tuple[str, ...]:
    """Give the whole referral, one sentence-like line each; the member's ID, ZIP and own phone are left out.

    It names a sensitive procedure: it is a page that somebody opened by its number, not a row of a list.
    """
    return tuple(_lines(referral))


def row_line(row: ReferralSummary) -> str:
    """Give one row of the work list."""
    parts = [
        row.number,
        row.state,
        day_words(row.created_at.astimezone().date()),
        row.member_name or "no name yet",
        row.procedure or "no procedure yet",
        row.facility_name or "no center yet",
    ]
    return " · ".join([*parts, "DEMONSTRATION"] if row.demonstration else parts)


def _lines(referral: Referral) -> Iterator[str]:
    if referral.demonstration:
        yield DEMONSTRATION
    created = referral.created_at.astimezone()
    yield f"Referral {referral.number}, spelled {spelled(referral.number)}."
    yield f"State: {referral.state}."
    yield f"Created: {_moment(created)} by {referral.created_by}, on edition {referral.edition}."
    if referral.program:
        yield f"Program: {referral.program}."
    yield f"Member: {_member(referral)}."
    side = f", side: {referral.side}" if referral.side else ""
    yield f"Procedure: {referral.procedure_name or 'none chosen yet'}{side}."
    yield f"Center: {_center(referral)}."
    yield f"Reason: {referral.reason or UNKNOWN}"
    yield f"Urgency: {_label(referral.urgency, URGENCIES)}."
    needs = f"{'; relay call' if referral.relay else ''}{'; large print' if referral.large_print else ''}"
    language = language_name(referral.language) if referral.language else UNKNOWN
    yield f"Language: {language}; interpreter {_answer(referral.interpreter)}{needs}."
    yield f"Safe contact: {_contact(referral.safe_contact)}."
    yield from (f"{label}: {said}." for label, said in _people(referral) if said)
    if referral.notes:
        yield f"Notes: {referral.notes}"
    yield f"Consent to share: {_consent(referral.consent)}."
    if referral.offer_sha256:
        yield f"Offer as shown, SHA-256: {referral.offer_sha256}."
    yield from _missing_lines(missing(referral))


def _people(referral: Referral) -> tuple[tuple[str, str | None], ...]:
    return (
        ("Comes along or cares", referral.companion),
        ("Surgeon who advised it", referral.recommending_surgeon),
        ("Doctor at home", referral.home_doctor),
        ("Surgeon at the center", referral.surgeon),
        ("Wanted dates", referral.wanted_dates),
    )


def _missing_lines(lines: tuple[str, ...]) -> Iterator[str]:
    if not lines:
        yield "Nothing is missing."
        return
    yield f"Missing before it may be sent: {len(lines)}."
    yield from (line.partition(": ")[2] for line in lines)


def _member(referral: Referral) -> str:
    born = referral.member.birth_date
    name = referral.member.name or f"name {UNKNOWN}"
    return f"{name}, born {day_words(born)}" if born else f"{name}, birth date {UNKNOWN}"


def _center(referral: Referral) -> str:
    if referral.facility_name is None:
        return "none chosen yet"
    return f"{referral.facility_name}, CCN {referral.facility_ccn or 'none'}"


def _contact(contact: SafeContact) -> str:
    if contact.method is None:
        return UNKNOWN
    if contact.method == "none":
        return "do not contact"
    parts = [f"{_label(contact.method, CONTACT_METHODS)} {contact.address or UNKNOWN}"]
    if contact.method == "phone":
        parts.append(f"voicemail safe: {_answer(contact.voicemail_ok)}")
    if contact.best_times:
        parts.append(f"best times: {contact.best_times}")
    return ", ".join(parts)


def _consent(consent: Consent | None) -> str:
    if consent is None:
        return UNKNOWN
    word = "yes" if consent.given else "no"
    answered = f"{word}, {consent.method}, {_moment(consent.at.astimezone())}, script {consent.script_version}"
    if consent.withdrawn_at is None:
        return answered
    before = "; ".join(consent.disclosed) or "nothing"
    return f"{answered}; taken back {_moment(consent.withdrawn_at.astimezone())}, disclosed before: {before}"


def _label(word: str | None, choices: tuple[tuple[str, str], ...]) -> str:
    return UNKNOWN if word is None else dict(choices).get(word, word)


def _answer(value: bool | None) -> str:
    return UNKNOWN if value is None else "yes" if value else "no"


def _moment(moment: datetime) -> str:
    return f"{day_words(moment.date())} at {moment:%H:%M %Z}"

"""Whether a center's message is believed, and the move that it tells (REFERRAL "360X error cases"). Nothing is written.

Refused are: one about a referral that was never sent, or has ended; of another patient, another center, a test message
for a real referral; one that came too late or too early; one that says less than its move needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from navigator.fhir.elements import full_url
from navigator.fhir.reading import MessageRefused
from navigator.fhir.status_in import SaidMember, SaidVisit, StatusMessage
from navigator.referral.lifecycle import ENDED, WORDS, State, moves_from, said_possible
from navigator.referral.making_moves import Told
from navigator.referral.moves import Appointment, Move, VisitKind
from navigator.referral.outcome import Outcome, an_outcome
from navigator.referral.record import Referral
from provider_directory.cleaning import fold_city
from provider_directory.errors import BadInput
from provider_directory.models import Value

_LOOK = "Speak with the center; `coe referral history` tells what is known."
_REPEATED: frozenset[State] = frozenset({"scheduled", "visit-done"})
"""States that a center tells again with something new: another day, another visit."""
_NO_REASON = "the center's message gives no reason"
_MAY_LACK_REASON: frozenset[State] = frozenset({"no-show", "visit-cancelled", "cancelled"})
_FACTS_NEEDED = 2


class KnownCenter(NamedTuple):
    """The center of a referral, by all that a message may name it by."""

    facility_id: str | None
    ccn: str | None
    npi: str | None
    time_zone: str | None
    """IANA name; None = not known."""


class MessageTaken(Value):
    """What a center's message did to a referral, or would do."""

    number: str
    message_id: str
    before: State
    after: State
    known_already: bool
    """The same message, or the same news, was taken before; nothing was changed."""
    dry_run: bool
    said: tuple[str, ...]
    """What else was taken, and what was assumed, each a plain sentence."""


def told_by(
    message: StatusMessage, referral: Referral, moves: Sequence[Move], center: KnownCenter, today: date
) -> Told | None:
    """Give the facts of the move that a message tells; None where it tells nothing new. Raises MessageRefused."""
    _check_sender(message, referral, center)
    _check_member(message.member, referral)
    if any(move.receipt == message.id for move in moves):
        return None
    if all(move.to != "requested" for move in moves):
        raise MessageRefused(
            f"{referral.number} was never sent: no center can have answered it.",
            f"It is {WORDS[referral.state]}. {_LOOK}",
        )
    _check_center_number(message, referral)
    if message.to == referral.state and message.to not in _REPEATED and not _other_outcome(message, moves):
        return None
    if referral.state in ENDED:
        raise MessageRefused(
            f"{referral.number} is {referral.state} already; the center says {message.to}.",
            f"Nothing may follow. {_LOOK}",
        )
    if all(each.to != message.to or each.actor != "center" for each in moves_from(referral.state, referral.held_from)):
        raise MessageRefused(
            f"The center says {message.to}, but {referral.number} is {referral.state}.",
            f"{said_possible(referral.state, referral.held_from)} "
            "A message before it may be missing, or this one came late: take them in order.",
        )
    _check_missed(message, moves, today)
    return Told(
        reason_code=message.reason_code,
        reason=_reason(message),
        center_person=message.sender.person,
        receipt=message.id,
        on=message.visited_on or (message.at.astimezone().date() if message.at else None),
        appointment=_appointment(message.appointment, moves, center) if message.to == "scheduled" else None,
        visit=_visit_done(message, moves) if message.to == "visit-done" else None,
        outcome=_outcome(message, referral, today) if message.to == "completed" else None,
    )


def assumed(message: StatusMessage) -> tuple[str, ...]:
    """Say what a message leaves open and was taken as usual."""
    lines = []
    if message.at is None and message.visited_on is None:
        lines.append("The message does not say when it happened; today is taken.")
    if message.to in ("scheduled", "visit-done") and message.visit is None:
        lines.append("The message does not say what the visit is for; the one that is due is taken.")
    return tuple(lines)


def _check_sender(message: StatusMessage, referral: Referral, center: KnownCenter) -> None:
    if message.test and not referral.demonstration:
        raise MessageRefused(f"This is a test message, and {referral.number} is a real referral.", _LOOK)
    ours = {full_url(referral.number, role) for role in ("center", "center-role")}
    known = {each for each in (center.facility_id, center.ccn, center.npi) if each}
    if known & message.sender.identifiers or (not message.sender.identifiers and ours & message.sender.references):
        return
    if message.sender.identifiers:
        raise MessageRefused(f"The message is from another center than the one of {referral.number}.", _LOOK)
    raise MessageRefused("The message does not say which center sent it: no NPI and no CCN.", _LOOK)


def _check_member(said: SaidMember, referral: Referral) -> None:
    """Refuse another person's message, without a word of whom it names (360X "wrong patient")."""
    member = referral.member
    checks = (
        (said.birth_date, said.birth_date == member.birth_date, member.birth_date),
        (said.name, _same_name(said.name, member.name), member.name),
        (said.member_ids, member.member_id in said.member_ids, member.member_id),
    )
    compared = [agrees for told, agrees, kept in checks if told and kept]
    others = [agrees for told, agrees, kept in checks[:2] if told and kept]
    if not all(others) or (compared and not any(compared)):
        raise MessageRefused(f"The message names another patient than {referral.number} is about.", _LOOK)
    if sum(compared) < _FACTS_NEEDED:
        raise MessageRefused(
            "The message does not say clearly enough whom it is about.",
            "Two of name, birth date and member ID are needed.",
        )


def _same_name(said: str | None, kept: str | None) -> bool:
    """Say whether two names may be one person's: first and last word of the shorter stand in the other."""
    words = [{fold_city(part) for part in (name or "").split()} - {""} for name in (said, kept)]
    shorter = min(((said or "").split(), (kept or "").split()), key=len)
    ends = {fold_city(part) for part in (shorter[:1] + shorter[-1:])} - {""}
    return bool(ends) and ends <= words[0] and ends <= words[1]


def _check_center_number(message: StatusMessage, referral: Referral) -> None:
    if message.center_number and referral.center_number not in (None, message.center_number):
        raise MessageRefused(
            f"The center's number of {referral.number} is {referral.center_number}; this message says "
            f"{message.center_number}.",
            "Ask the center which referral it means.",
        )


def _check_missed(message: StatusMessage, moves: Sequence[Move], today: date) -> None:
    planned = next((move.appointment for move in reversed(moves) if move.appointment), None)
    if message.to == "no-show" and planned is not None and planned.on > today:
        raise MessageRefused(
            f"The center says that the member did not come, but the visit is on {planned.on}.",
            f"Nobody can have missed it yet. {_LOOK}",
        )


def _other_outcome(message: StatusMessage, moves: Sequence[Move]) -> bool:
    told = next((move.outcome for move in reversed(moves) if move.outcome), None)
    return message.to == "completed" and told is not None and told.kind != message.outcome


def _reason(message: StatusMessage) -> str | None:
    if message.reason is None and message.reason_code is None and message.to in _MAY_LACK_REASON:
        return _NO_REASON
    return message.reason


def _appointment(said: SaidVisit | None, moves: Sequence[Move], center: KnownCenter) -> Appointment | None:
    """Give the visit in the center's own time, as far as its zone is known; else as it was sent."""
    if said is None:
        return None
    start, zone = said.start, center.time_zone
    if zone is not None:
        start = start.astimezone(ZoneInfo(zone))
    elif start.utcoffset() == timedelta(0):
        zone = "UTC"
    return Appointment(
        kind=said.kind or _next_visit(moves), on=start.date(), at=start.time().replace(tzinfo=None), time_zone=zone
    )


def _next_visit(moves: Sequence[Move]) -> VisitKind:
    """Give what the next visit is for where the center does not say: evaluation, surgery, then follow-ups."""
    done = {move.visit for move in moves if move.visit}
    return "follow_up" if "surgery" in done else "surgery" if "evaluation" in done else "evaluation"


def _visit_done(message: StatusMessage, moves: Sequence[Move]) -> VisitKind:
    planned = next((move.appointment.kind for move in reversed(moves) if move.appointment), None)
    return message.visit or planned or _next_visit(moves)


def _outcome(message: StatusMessage, referral: Referral, today: date) -> Outcome | None:
    if message.outcome is None:
        return None
    begun = referral.created_at.astimezone().date()
    if message.surgery_on is not None and message.surgery_on < begun:
        raise MessageRefused(
            f"The day of surgery, {message.surgery_on}, lies before the referral began, on {begun}.", _LOOK
        )
    done_on = message.surgery_on if message.outcome == "surgery" else None
    try:
        return an_outcome(message.outcome, done_on, today, message.note)
    except BadInput as problem:
        raise MessageRefused(problem.message, problem.next_step) from None

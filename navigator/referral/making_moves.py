"""From what somebody tells to a move that may be written: legal, and with all that must be there (REFERRAL "Req")."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from navigator.referral import number as numbers
from navigator.referral.delivery import Delivery
from navigator.referral.lifecycle import Actor, State, Transition, check_move, held_after
from navigator.referral.moves import VISITS, Appointment, Move, VisitKind
from navigator.referral.outcome import OUTCOMES, Outcome
from navigator.referral.reasons import reason_in_words
from navigator.referral.record import Referral, missing
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice


class Told(NamedTuple):
    """What somebody tells with a move; most moves need little of it."""

    reason_code: str | None = None
    reason: str | None = None
    center_person: str | None = None
    """Who at the center told it; makes the move the center's."""
    receipt: str | None = None
    on: date | None = None
    """The day it happened; None = today."""
    delivery: Delivery | None = None
    appointment: Appointment | None = None
    visit: VisitKind | None = None
    outcome: Outcome | None = None
    safety_checked: bool = False
    gates_not_yet: tuple[str, ...] = ()
    """Conditions of the program that are not met yet, in words."""
    gates_overridden: str | None = None
    replaced_by: str | None = None


def make_move(referral: Referral, to: State, told: Told, now: datetime, by: str) -> Move:
    """Check and give a move of a referral; ``now`` is aware.

    Raises BadInput: the move is not legal from here, its reason is missing, or something else that it needs.
    """
    actor: Actor = "center" if told.center_person or told.receipt else "navigator"
    reason = reason_in_words(to, told.reason_code, told.reason)
    found = check_move(referral.state, referral.held_from, to, actor, reason)
    today = now.astimezone().date()
    on = told.on or today
    _check_day(referral, on, today)
    if referral.state != "on-hold" or to == "declined":  # a referral that is resumed has it all already
        _check_needs(referral, found, told, on)
    return Move(
        from_state=referral.state,
        to=to,
        actor=actor,
        trigger=found.trigger,
        at=now,
        by=by,
        on=on,
        held_from=held_after(referral.state, to),
        reason_code=told.reason_code,
        reason=reason,
        center_person=_words(told.center_person),
        receipt=_words(told.receipt),
        delivery=told.delivery if to == "requested" else None,
        appointment=told.appointment if to == "scheduled" else None,
        visit=told.visit if to == "visit-done" else None,
        outcome=told.outcome if to == "completed" else None,
        safety_checked=told.safety_checked if to == "requested" and referral.state == "draft" else None,
        gates_overridden=_words(told.gates_overridden) if told.gates_not_yet else None,
        replaced_by=numbers.normalise(told.replaced_by) if to == "re-referred" and told.replaced_by else None,
    )


def what_sending_needs(referral: Referral, told: Told) -> tuple[str, ...]:
    """Say what is still missing before a draft may be sent, each a plain sentence."""
    lines = [line.partition(": ")[2] for line in missing(referral)]
    if not told.safety_checked:
        lines.append("The safety questions are not answered.")
    if told.gates_not_yet and not _words(told.gates_overridden):
        lines += [f"Not yet: {words}" for words in told.gates_not_yet]
    return tuple(lines)


def _check_day(referral: Referral, on: date, today: date) -> None:
    begun = referral.created_at.astimezone().date()
    if on > today:
        raise BadInput(
            f"{on} is in the future; a move is written down when it was made.", "Give today or an earlier day."
        )
    if on < begun:
        raise BadInput(f"{on} lies before the referral began, on {begun}.", "Give a later day.")


def _check_needs(referral: Referral, found: Transition, told: Told, on: date) -> None:
    if found.to == "requested" and (lines := what_sending_needs(referral, told)):
        raise BadInput(f"{referral.number} cannot be sent yet. {' '.join(lines)}", _SENDING_STEP)
    lacking = {
        "requested": told.delivery is None,
        "scheduled": told.appointment is None,
        "visit-done": told.visit is None,
        "completed": told.outcome is None,
        "re-referred": told.replaced_by is None,
    }
    if lacking.get(found.to):
        raise _NEEDS[found.to]
    if found.to == "scheduled" and told.appointment and told.appointment.on < on:
        raise BadInput(
            f"The appointment, {told.appointment.on}, lies before {on}, when it was told.",
            "Check the year, or write down the visit that took place.",
        )


_SENDING_STEP = "Fill it in; where a condition is not yet met, give the reason to send it all the same."
_NEEDS = {
    "requested": BadInput(
        "A referral that is sent needs the route of the try.", "Say by which route, and how it ended."
    ),
    "scheduled": BadInput("A scheduled visit needs its day.", "Give the day of the appointment, and what it is for."),
    "visit-done": BadInput(
        "It is not said which visit took place.",
        f"Say {', '.join(kind for kind, _ in VISITS)}.",
        tuple(Choice(kind, words) for kind, words in VISITS),
    ),
    "completed": BadInput(
        "A completed referral needs its outcome.",
        f"Say {', '.join(kind for kind, _ in OUTCOMES)}.",
        tuple(Choice(kind, words) for kind, words in OUTCOMES),
    ),
    "re-referred": BadInput("The number of the new referral is missing.", "Begin the new one, then give its number."),
}


def _words(text: str | None) -> str | None:
    return clean(text or "", 200) or None

"""What the commands about referrals print as JSON, beside the record itself (CONTRACT 6)."""

from __future__ import annotations

from navigator.referral.delivery import Delivery
from navigator.referral.lifecycle import TASK_CODES, Actor, State, moves_from
from navigator.referral.moves import Move
from navigator.referral.record import Referral, missing
from navigator.referral.tasks import Task
from navigator.referral.waits import Wait
from provider_directory.models import Value


class PossibleMove(Value):
    """A move that is legal from here."""

    to: State
    actor: Actor
    trigger: str
    reason_required: bool


class ReferralNow(Value):
    """Where a referral stands after what was done: its state, open tasks, and the moves from here."""

    number: str
    state: State
    task_status: str
    """Of the state in a FHIR R4 Task."""
    business_status: str | None
    """Of the state in BSeR; None where it has no code."""
    held_from: State | None
    owner: str | None
    missing: tuple[str, ...]
    """What must be there before a draft may be sent; empty for one that was sent."""
    tasks: tuple[Task, ...]
    possible: tuple[PossibleMove, ...]


class Created(ReferralNow):
    """A draft made from a file; ``created`` is false where the same request had made it before."""

    created: bool


class KeptNote(Value):
    """A note of the history."""

    at: str
    by: str
    text: str


class History(Value):
    """All that happened to a referral, each kind oldest first."""

    number: str
    state: State
    moves: tuple[Move, ...]
    deliveries: tuple[Delivery, ...]
    tasks: tuple[Task, ...]
    notes: tuple[KeptNote, ...]


class CenterWaits(Value):
    """How long members waited at a center, from the referrals of this ledger."""

    facility: str
    waits: tuple[Wait, ...]
    """Only those that at least five referrals tell."""


def possible_moves(referral: Referral) -> tuple[PossibleMove, ...]:
    """Give the moves that are legal from where a referral stands."""
    return tuple(
        PossibleMove(to=each.to, actor=each.actor, trigger=each.trigger, reason_required=each.reason_required)
        for each in moves_from(referral.state, referral.held_from)
    )


def referral_now(referral: Referral, tasks: tuple[Task, ...]) -> ReferralNow:
    """Give where a referral stands."""
    return ReferralNow(**_now(referral, tasks))


def created_answer(referral: Referral, tasks: tuple[Task, ...], created: bool) -> Created:
    """Give where a referral stands that a file asked for."""
    return Created(created=created, **_now(referral, tasks))


def _now(referral: Referral, tasks: tuple[Task, ...]) -> dict[str, object]:
    waiting = missing(referral) if referral.state == "draft" else ()
    return {
        "number": referral.number,
        "state": referral.state,
        "task_status": TASK_CODES[referral.state].status,
        "business_status": TASK_CODES[referral.state].business,
        "held_from": referral.held_from,
        "owner": referral.owner,
        "missing": tuple(line.partition(": ")[2] for line in waiting),
        "tasks": tasks,
        "possible": possible_moves(referral),
    }

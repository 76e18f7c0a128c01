"""Which moves a referral may make, from where, by whom: transitions.csv is read once and nothing else is legal."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast, get_args

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice

State = Literal[
    "draft",
    "requested",
    "received",
    "accepted",
    "declined",
    "scheduled",
    "no-show",
    "visit-cancelled",
    "visit-done",
    "on-hold",
    "cancel-requested",
    "cancelled",
    "completed",
    "failed",
    "re-referred",
]
Actor = Literal["navigator", "center"]
STATES: tuple[State, ...] = get_args(State)
ENDED: frozenset[State] = frozenset({"completed", "cancelled", "failed", "re-referred"})
"""Nothing more is owed to the member under this number; some of them may still be followed by another referral."""
ON_CENTER: frozenset[State] = frozenset({"requested", "received", "accepted", "cancel-requested", "visit-done"})
"""The next step is the center's."""

WORDS: dict[State, str] = {
    "draft": "draft, not sent",
    "requested": "sent, not confirmed",
    "received": "received by the center",
    "accepted": "accepted by the center",
    "declined": "declined by the center",
    "scheduled": "a visit is scheduled",
    "no-show": "the member did not come",
    "visit-cancelled": "the visit was called off",
    "visit-done": "a visit took place",
    "on-hold": "on hold",
    "cancel-requested": "cancelation asked for",
    "cancelled": "canceled",
    "completed": "completed",
    "failed": "closed without completion",
    "re-referred": "replaced by another referral",
}


class TaskCode(NamedTuple):
    """What a state is called in a FHIR R4 Task, and in BSeR."""

    status: str
    """Task.status."""
    business: str | None
    """Task.businessStatus, code of BSeR STU2; None = it has none for this state."""


TASK_CODES: dict[State, TaskCode] = {
    "draft": TaskCode("draft", None),
    "requested": TaskCode("requested", "2.0"),
    "received": TaskCode("received", "2.0"),
    "accepted": TaskCode("accepted", "3.0"),
    "declined": TaskCode("rejected", "4.0"),
    "scheduled": TaskCode("in-progress", "5.1.1"),
    "no-show": TaskCode("in-progress", "5.1.2"),
    "visit-cancelled": TaskCode("in-progress", "5.1.3"),
    "visit-done": TaskCode("in-progress", "5.1.4"),
    "on-hold": TaskCode("on-hold", None),
    "cancel-requested": TaskCode("in-progress", "5.2"),
    "cancelled": TaskCode("cancelled", "6.0"),
    "completed": TaskCode("completed", "7.0"),
    "failed": TaskCode("failed", None),
    "re-referred": TaskCode("rejected", "4.0"),
}
"""REFERRAL "Life cycle"; one that was replaced stays rejected, the new one cites it (ServiceRequest.replaces)."""


class Transition(NamedTuple):
    """One legal move."""

    from_state: State
    to: State
    actor: Actor
    trigger: str
    reason_required: bool
    source: str
    """Where the move comes from: a row of BSeR, or local."""


@cache
def transitions() -> tuple[Transition, ...]:
    """Give every legal move, in the order of the file (REFERRAL "Life cycle")."""
    text = files("navigator.referral").joinpath("transitions.csv").read_text(encoding="utf-8")
    return tuple(
        Transition(
            cast("State", row["from"]),
            cast("State", row["to"]),
            cast("Actor", row["actor"]),
            row["trigger"],
            row["reason_required"] == "yes",
            row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def state_named(text: str) -> State:
    """Give the state that the text names, whatever its case, with blanks or dashes, canceled too; raises BadInput."""
    word = "-".join(clean(text, 40).casefold().replace("_", " ").replace("-", " ").split())
    word = word.replace("canceled", "cancelled")
    for state in STATES:
        if word == state:
            return state
    raise BadInput(
        f'"{clean(text, 40)}" is no state of a referral.',
        f"The states: {', '.join(STATES)}.",
        tuple(Choice(state, WORDS[state]) for state in STATES),
    )


def moves_from(state: State, held_from: State | None = None) -> tuple[Transition, ...]:
    """Give the moves that are possible from a state; from on-hold it goes back only to ``held_from``."""
    return tuple(
        each
        for each in transitions()
        if each.from_state == state and (not _resumes(each) or each.to == (held_from or "draft"))
    )


def check_move(state: State, held_from: State | None, to: State, actor: Actor, reason: str | None) -> Transition:
    """Give the move from ``state`` to ``to``; raises BadInput that says what is possible from here and by whom.

    ``reason`` is the reason in words, needed where the file says so.
    """
    possible = moves_from(state, held_from)
    found = next((each for each in possible if each.to == to), None)
    if found is None:
        raise BadInput(
            f"A referral that is {state} cannot become {to}.", said_possible(state, held_from), _as_choices(possible)
        )
    if found.actor != actor:
        whose = "the center" if found.actor == "center" else "the navigator"
        raise BadInput(
            f"The move from {state} to {to} is made by {whose}.",
            "Say who there told it." if found.actor == "center" else "Make it without a person of the center.",
        )
    if found.reason_required and not clean(reason or ""):
        raise BadInput(f"The move from {state} to {to} needs a reason.", "Give a reason code, or say it in words.")
    return found


def held_after(state: State, to: State) -> State | None:
    """Give the state to go back to after a move: the one left for on-hold, else None."""
    return state if to == "on-hold" else None


def said_possible(state: State, held_from: State | None = None) -> str:
    """Say in one sentence which moves are possible from a state, and by whom."""
    possible = moves_from(state, held_from)
    if not possible:
        return f"From {state} no move is possible: it is the end."
    by = {actor: ", ".join(each.to for each in possible if each.actor == actor) for actor in ("navigator", "center")}
    parts = [f"by the {actor}: {names}" for actor, names in by.items() if names]
    return f"Possible from {state}, {'; '.join(parts)}."


def _resumes(each: Transition) -> bool:
    return each.from_state == "on-hold" and each.trigger.startswith("resume")


def _as_choices(possible: tuple[Transition, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(each.to, f"{each.trigger} (by the {each.actor})") for each in possible)

"""What happens next with a referral, by when, and who calls whom: said to the member, printed in the letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from navigator.packets.values import NextStep, Who
from navigator.referral import task_rules
from navigator.referral.lifecycle import State
from navigator.referral.moves import VISITS, Appointment
from navigator.referral.record import Referral
from navigator.referral.task_rules import next_step
from navigator.referral.tasks import NewTask, Task, TaskKind
from navigator.referral.working_days import working_day_from

MOST = 3
"""Dates that a person remembers from a call."""


class _Said(NamedTuple):
    who: Who
    to: Who
    words: str


_SAID: dict[TaskKind, _Said] = {
    "send": _Said("desk", "center", "we send it to the center"),
    "send_again": _Said("desk", "center", "we send it again, for the last try failed"),
    "receipt": _Said("desk", "center", "we make sure that the center has it"),
    "call_center": _Said("desk", "center", "we call the center, if it has not answered"),
    "claims_administrator": _Said("desk", "administrator", "we tell the plan's claims administrator"),
    "authorization": _Said("administrator", "desk", "the claims administrator gives us its number"),
    "acceptance": _Said("center", "member", "the center calls you and says whether it accepts"),
    "records": _Said("desk", "center", "we gather your records for the center"),
    "imaging": _Said("desk", "center", "we gather your images for the center"),
    "evaluation_date": _Said("center", "member", "the center calls you with a day for the first visit"),
    "travel": _Said("desk", "member", "we call you about the trip there"),
    "visit": _Said("desk", "member", "we call you and ask how the visit went"),
    "after_visit": _Said("desk", "center", "we ask the center what was decided"),
    "call_member": _Said("desk", "member", "we call you about the visit that did not take place"),
    "new_date": _Said("center", "member", "the center calls you with another day"),
    "hold_review": _Said("desk", "member", "we call you to see whether it can go on"),
    "cancel_confirmation": _Said("desk", "center", "we make sure that the center canceled it"),
    "another_center": _Said("desk", "member", "we call you about another center"),
    "stop": _Said("desk", "center", "we tell the center to stop"),
    "follow_up": _Said("desk", "member", "we call you and ask how you are"),
    "warranty_end": _Said("desk", "member", "we call you before the center's warranty ends"),
}
"""Tasks that are not here are the desk's own matter."""
_NO_CALLS: dict[TaskKind, str] = {
    "acceptance": "the center tells us whether it accepts; you call us",
    "evaluation_date": "the center tells us a day for the first visit; you call us",
    "new_date": "the center tells us another day; you call us",
    "travel": "you call us about the trip there",
    "visit": "you call us and say how the visit went",
    "call_member": "you call us about the visit that did not take place",
    "hold_review": "you call us to say whether it can go on",
    "another_center": "you call us about another center",
    "follow_up": "you call us and say how you are",
    "warranty_end": "you call us before the center's warranty ends",
}
"""For a member whom nobody may call."""
_FOLLOWING: tuple[tuple[State, TaskKind], ...] = (
    ("draft", "send"),
    ("requested", "receipt"),
    ("received", "acceptance"),
    ("accepted", "evaluation_date"),
)
"""The states on the way to a first visit, each with what is owed in it."""
_LEFT_OUT_FIRST: tuple[TaskKind, ...] = ("claims_administrator", "authorization", "imaging", "records", "travel")
"""What the member need not remember, where there is more than can be."""


def next_steps(
    referral: Referral,
    tasks: Iterable[Task],
    today: date,
    appointment: Appointment | None = None,
    most: int = MOST,
    rule: Mapping[str, Any] | None = None,
) -> tuple[NextStep, ...]:
    """Give what happens next, the nearest day first, at most ``most``; empty where nothing more is owed.

    From ``tasks`` (closed ones are left out), from what the state owes, and from the states that follow on the way to
    the first visit. A step that is late is due today. ``appointment`` is the visit that is scheduled, if any. Where the
    member said no, or took the yes back, nothing is told that shares something with the center or the plan. Where the
    ``rule`` that was shown pays no travel, the way there is the member's own: no call about it is told.
    """
    unpaid = ((rule or {}).get("travel") or {}).get("state") == "not_paid"
    left = [task for task in tasks if task.done_at is None and not (unpaid and task.kind == "travel")]
    since = referral.updated_at.astimezone().date()
    owed = [*task_rules.owed(referral.state, since, left, referral.may_go_on)]
    if referral.may_go_on:
        owed += _to_come(referral.state, owed, today)
    else:
        owed = [
            task
            for task in owed
            if task.kind not in task_rules.SHARES and (isinstance(task, Task) or task.kind == "cancel_confirmation")
        ]
    may_call = referral.safe_contact.method != "none"
    found = [_step(task, today, may_call) for task in owed if task.kind in _SAID and not _stands_by(task, owed)]
    if referral.state == "scheduled" and appointment is not None and appointment.on >= today:
        found.append(_visit(appointment, today))
    for kind in _LEFT_OUT_FIRST:
        if len(found) > most:
            found = [each for each in found if each.kind != kind]
    return tuple(sorted(found, key=_in_order)[:most])


def _to_come(state: State, owed: list[NewTask], today: date) -> Iterator[NewTask]:
    """Yield what the states after this one owe, if every step takes its full time."""
    names = [name for name, _ in _FOLLOWING]
    if state not in names:
        return
    here = names.index(state)
    kinds = {kind for _, kind in _FOLLOWING[: here + 1]} | {"send_again"}
    since = max([task.due_on for task in owed if task.kind in kinds] + [working_day_from(today)])
    for name, _ in _FOLLOWING[here + 1 :]:
        step = next_step(name, since)
        if step is not None:
            yield step
            since = step.due_on


def _in_order(step: NextStep) -> tuple[bool, date, bool, str]:
    """Order by day; that the center is told to stop leads."""
    return step.kind != "stop", step.by, not step.on_the_day, step.kind


def _stands_by(task: NewTask, owed: list[NewTask]) -> bool:
    """Say whether a task is only for the case that another one fails."""
    return task.kind == "call_center" and any(other.kind == "receipt" for other in owed)


def _step(task: NewTask, today: date, may_call: bool) -> NextStep:
    said = _SAID[task.kind]
    if not may_call and task.kind in _NO_CALLS:
        said = _Said("center" if said.who == "center" else "member", "desk", _NO_CALLS[task.kind])
    late = task.due_on < today
    by = working_day_from(today) if late else task.due_on
    day = "today" if by == today else f"by {near_day(by, today)}"
    return NextStep(
        by=by, on_the_day=False, who=said.who, to=said.to, kind=task.kind, words=f"{day} {said.words}", late=late
    )


def _visit(appointment: Appointment, today: date) -> NextStep:
    day = "today" if appointment.on == today else near_day(appointment.on, today)
    hour = f" at {appointment.at:%H:%M}, the center's time," if appointment.at else ""
    return NextStep(
        by=appointment.on,
        on_the_day=True,
        who="member",
        to="center",
        kind="visit",
        words=f"{day}{hour} you go to the center: {dict(VISITS)[appointment.kind]}",
        at=appointment.at,
    )


def near_day(day: date, today: date) -> str:
    """Write a day that is near: "Tue Nov 24", with its year where that is another than today's."""
    year = f", {day.year}" if day.year != today.year else ""
    return f"{day:%a %b} {day.day}{year}"

"""Which tasks a move makes and which it settles, so that no open referral is ever without a next step and its day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from navigator.referral.delivery import Delivery
from navigator.referral.lifecycle import ENDED, State
from navigator.referral.moves import Move
from navigator.referral.tasks import NewTask, Task, TaskKind
from navigator.referral.working_days import working_day_before, working_day_from, working_days_after

FOLLOW_UP_DAYS = (7, 14, 30, 90)
"""Days after surgery on which the member is called, where the program names no others."""
RECORDS_BEFORE_VISIT = 5
"""Working days for records and images, from the acceptance on."""
RECEIPT_WITHIN, ANSWER_WITHIN = 1, 3
"""Working days in which a center confirms that it has a referral, and then says whether it accepts."""

_NEXT_STEP: dict[State, tuple[TaskKind, int]] = {
    "draft": ("send", 1),
    "requested": ("receipt", RECEIPT_WITHIN),
    "received": ("acceptance", ANSWER_WITHIN),
    "accepted": ("evaluation_date", 5),
    "scheduled": ("visit", 1),
    "visit-done": ("after_visit", 5),
    "no-show": ("call_member", 1),
    "visit-cancelled": ("new_date", 2),
    "on-hold": ("hold_review", 10),
    "cancel-requested": ("cancel_confirmation", 2),
    "declined": ("another_center", 0),
}
"""What is owed in a state that has not ended, and within how many working days."""
_OF_SENDING: tuple[TaskKind, ...] = ("send_again", "receipt", "call_center")
_OF_A_STATE: frozenset[TaskKind] = frozenset({kind for kind, _ in _NEXT_STEP.values()} | set(_OF_SENDING))
_PER_ITEM: frozenset[TaskKind] = frozenset({"authorization", "records", "imaging"})
"""Due before a visit; each stands for a thing of its own, so another one of its kind does not settle it."""
_AFTER_COMPLETION: frozenset[TaskKind] = frozenset(
    {"follow_up", "warranty_end", "claims_administrator", "authorization"}
)
"""A bill without authorization number stays a risk after the surgery."""
SHARES: frozenset[TaskKind] = frozenset(
    {
        "send",
        "send_again",
        "receipt",
        "call_center",
        "claims_administrator",
        "authorization",
        "acceptance",
        "records",
        "imaging",
        "evaluation_date",
        "after_visit",
        "new_date",
    }
)
"""What is between the desk, the center and the plan; on a consent that does not stand none of it is done."""

PROPOSES: dict[TaskKind, State] = {
    "send": "requested",
    "receipt": "received",
    "call_center": "received",
    "acceptance": "accepted",
    "evaluation_date": "scheduled",
    "visit": "visit-done",
    "after_visit": "completed",
    "new_date": "scheduled",
    "cancel_confirmation": "cancelled",
    "another_center": "re-referred",
}
"""The move that is likely next when a task is done; proposed, never made by itself."""


class Terms(NamedTuple):
    """What program and contract say about the time after surgery."""

    follow_up_days: tuple[int, ...] = ()
    """Empty = FOLLOW_UP_DAYS."""
    warranty: str | None = None
    """The contract's words, e.g. "90 days, related readmissions"."""


class TaskChange(NamedTuple):
    """Tasks to be made, settled and given another day, to be written with the move in one step."""

    made: tuple[NewTask, ...]
    settled: tuple[str, ...]
    """Ids of tasks."""
    moved_up: tuple[tuple[str, date], ...] = ()
    """Ids of tasks with their other day."""


def tasks_of(move: Move, open_tasks: Iterable[Task] = (), terms: Terms | None = None) -> TaskChange:
    """Give what a move makes and settles; ``terms`` None = nothing is said about the time after surgery."""
    kept = tuple(open_tasks)
    made = tuple(_made(move, terms or Terms()))
    again = {task.kind for task in made} - _PER_ITEM
    settled = tuple(task.id for task in kept if _is_settled(task.kind, move.to, again))
    return TaskChange(made, settled, tuple(_moved_up(move, kept)))


def tasks_of_try(tried: Delivery, on: date, open_tasks: Iterable[Task] = (), first: bool = True) -> TaskChange:
    """Give what another try to send makes: a failed one a task for today, a sent one a new wait for the receipt.

    Once the center has the referral (``first`` False) what is sent after it is awaited no more.
    """
    kinds: tuple[TaskKind, ...] = _OF_SENDING if first else ("send_again",)
    settled = tuple(task.id for task in open_tasks if task.kind in kinds)
    made = tuple(each for each in _after_try(tried, on) if first or each.kind == "send_again")
    return TaskChange(made, settled)


def next_step(state: State, since: date, open_tasks: Iterable[Task] = ()) -> NewTask | None:
    """Give what is owed in a state since a day; None for one that has ended, or where an open task stands for it.

    A task of another kind stands for nothing but itself: one that is due next year hides no draft that was not sent.
    """
    if state not in _NEXT_STEP or any(task.kind in _OF_A_STATE for task in open_tasks):
        return None
    kind, days = _NEXT_STEP[state]
    return NewTask(kind=kind, due_on=working_days_after(since, days))


def owed(state: State, since: date, open_tasks: Iterable[Task], may_go_on: bool = True) -> tuple[NewTask, ...]:
    """Give all that is owed for a referral in a state since a day, what is done first in front.

    Where the consent does not stand that is telling the center to stop, and that it has stopped; nothing is sent or
    pressed for. What is open after the end stays owed.
    """
    kept = tuple(open_tasks)
    step = next_step(state, since, kept)
    found = [*kept, *((step,) if step else ())]
    if not may_go_on and state not in ENDED:
        found = [task for task in found if task.kind not in SHARES]
        if not any(task.kind in _OF_A_STATE or task.kind == "stop" for task in found):
            kind, days = _NEXT_STEP["declined" if state == "draft" else "cancel-requested"]
            found.append(NewTask(kind=kind, due_on=working_days_after(since, days)))
    return tuple(sorted(found, key=lambda task: (task.kind != "stop", task.due_on)))


def warranty_days(words: str | None) -> int | None:
    """Give the days of a warranty from the contract's words; None where they name none."""
    found = re.search(r"\b([0-9]{1,3})[ -]days?\b", words or "")
    return int(found.group(1)) if found else None


def _is_settled(kind: TaskKind, to: State, again: set[TaskKind]) -> bool:
    if to == "completed":
        return kind not in _AFTER_COMPLETION
    return to in ENDED or kind in _OF_A_STATE or kind in again


def _moved_up(move: Move, open_tasks: tuple[Task, ...]) -> Iterator[tuple[str, date]]:
    """Yield what must be there before a visit but is due after it, with the working day before the visit."""
    if move.appointment is not None:
        before = _before(move.appointment.on, move.on)
        yield from ((task.id, before) for task in open_tasks if task.kind in _PER_ITEM and task.due_on > before)


def _before(visit: date, today: date) -> date:
    return max(working_day_before(visit), working_day_from(today))


def _made(move: Move, terms: Terms) -> Iterator[NewTask]:
    resumed = move.from_state == "on-hold"
    if move.to == "requested" and move.delivery:
        yield from _after_try(move.delivery, move.on)
    elif move.to == "scheduled" and move.appointment:
        yield NewTask(kind="travel", due_on=min(_before(move.appointment.on, move.on), working_days_after(move.on, 2)))
        yield NewTask(kind="visit", due_on=working_days_after(move.appointment.on, 1))
    elif step := next_step(move.to, move.on):
        yield step
    if move.to == "requested" and not resumed:
        yield NewTask(kind="claims_administrator", due_on=working_days_after(move.on, 1))
        yield NewTask(kind="authorization", due_on=working_days_after(move.on, 5))
    if move.to == "accepted" and not resumed:
        for kind in ("records", "imaging"):
            yield NewTask(kind=kind, due_on=working_days_after(move.on, RECORDS_BEFORE_VISIT))
    if move.to == "completed" and move.outcome and move.outcome.done_on:
        yield from _after_surgery(move.outcome.done_on, terms)


def _after_try(tried: Delivery, on: date) -> Iterator[NewTask]:
    if tried.result == "failed":
        yield NewTask(kind="send_again", due_on=working_day_from(on), what=tried.note)
        return
    yield NewTask(kind="receipt", due_on=working_days_after(on, RECEIPT_WITHIN))
    yield NewTask(kind="call_center", due_on=working_days_after(on, 2))


def _after_surgery(done_on: date, terms: Terms) -> Iterator[NewTask]:
    for days in terms.follow_up_days or FOLLOW_UP_DAYS:
        day = working_day_from(done_on + timedelta(days=days))
        yield NewTask(kind="follow_up", due_on=day, what=f"day {days} after surgery", marker=str(days))
    if (covered := warranty_days(terms.warranty)) is not None:
        last = working_day_before(done_on + timedelta(days=covered + 1))
        yield NewTask(kind="warranty_end", due_on=last, what=terms.warranty)

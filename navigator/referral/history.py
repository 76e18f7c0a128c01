"""What happened to a referral and what is owed for it, in plain lines for a terminal, a screen or a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from navigator.days import day_words
from navigator.referral.delivery import Delivery, try_line
from navigator.referral.lifecycle import said_possible
from navigator.referral.moves import VISITS, Appointment, Move
from navigator.referral.outcome import outcome_line
from navigator.referral.record import Referral
from navigator.referral.task_rules import owed
from navigator.referral.tasks import NewTask, Task, task_line

SHORT_ID = 8


def move_lines(move: Move) -> Iterator[str]:
    """Yield one move: when, from where to where, who, and what was told with it."""
    moment = move.at.astimezone()
    who = f"the center ({move.center_person})" if move.center_person else f"the {move.actor}"
    happened = f", on {day_words(move.on)}" if move.on != moment.date() else ""
    yield f"{_moment(moment)}  {move.from_state} to {move.to}, by {who}, written by {move.by}{happened}"
    if move.reason:
        yield f"    reason: {move.reason}"
    if move.receipt:
        yield f"    receipt: {move.receipt}"
    if move.gates_overridden:
        yield f"    sent although a condition is not yet met: {move.gates_overridden}"
    if move.appointment:
        yield f"    {appointment_words(move.appointment)}"
    if move.visit:
        yield f"    visit: {dict(VISITS)[move.visit]}"
    if move.outcome:
        yield f"    outcome: {outcome_line(move.outcome)}"
    if move.replaced_by:
        yield f"    replaced by {move.replaced_by}"


def appointment_words(appointment: Appointment) -> str:
    """Give an appointment in words, with the time zone or that it is not known."""
    hour = f" at {appointment.at:%H:%M} {appointment.time_zone or 'center’s time'}" if appointment.at else ""
    return f"{dict(VISITS)[appointment.kind]} on {appointment.on:%a} {day_words(appointment.on)}{hour}"


def open_task_line(task: Task, today: date) -> str:
    """Give an open task with its day and the beginning of its id."""
    return f"{_due(task, today)}  {task_line(task)}  [{task.id[:SHORT_ID]}]"


def done_task_line(task: Task) -> str:
    """Give a task that is closed, with by whom and what came of it."""
    outcome = f" ({task.outcome})" if task.outcome else ""
    return f"task closed by {task.done_by}: {task_line(task)}{outcome}"


def history_lines(
    referral: Referral,
    moves: tuple[Move, ...],
    tries: tuple[Delivery, ...],
    tasks: tuple[Task, ...],
    notes: Iterable[tuple[datetime, str]] = (),
) -> Iterator[str]:
    """Yield all that happened in the order of its moments; ``notes`` as moment and words."""
    begun = referral.created_at
    entries: list[tuple[datetime, tuple[str, ...]]] = [(begun, (f"{_moment(begun)}  begun by {referral.created_by}",))]
    entries += [(move.at, tuple(move_lines(move))) for move in moves]
    entries += [(each.at, (f"{_moment(each.at)}  {try_line(each)}, by {each.by}",)) for each in tries]
    entries += [(task.done_at, (f"{_moment(task.done_at)}  {done_task_line(task)}",)) for task in tasks if task.done_at]
    entries += [(at, (f"{_moment(at)}  {words}",)) for at, words in notes]
    for _, lines in sorted(entries, key=lambda entry: entry[0]):
        yield from lines


def now_lines(referral: Referral, tasks: tuple[Task, ...], today: date) -> Iterator[str]:
    """Yield what is owed now and which moves are possible."""
    left = [task for task in tasks if task.done_at is None]
    found = owed(referral.state, today_of(referral.updated_at), left, referral.may_go_on)
    yield "To do:" if found else "Nothing is to be done."
    for task in found:
        line = open_task_line(task, today) if isinstance(task, Task) else f"{_due(task, today)}  {task_line(task)}"
        yield f"  {line}"
    yield said_possible(referral.state, referral.held_from)


def _due(task: NewTask, today: date) -> str:
    return f"{day_words(task.due_on)}{'  OVERDUE' if task.due_on < today else ''}"


def _moment(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{day_words(local.date())} at {local:%H:%M %Z}"


def today_of(moment: datetime) -> date:
    """Give the day of a moment where this desk stands."""
    return moment.astimezone().date()

"""What is to be done, by due date: one row for each open referral or case, so that nothing past its day goes unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from navigator.referral.lifecycle import ON_CENTER, State
from navigator.referral.task_rules import owed
from navigator.referral.tasks import WORDS, NewTask, Task
from navigator.referral.working_days import working_days_between
from provider_directory.errors import BadInput, Choice
from provider_directory.models import Value

Section = Literal["all", "mine", "overdue", "new", "bill_risk", "waiting"]
SECTIONS: tuple[tuple[Section, str], ...] = (
    ("all", "all"),
    ("mine", "mine"),
    ("overdue", "overdue"),
    ("new", "new"),
    ("bill_risk", "bill risk"),
    ("waiting", "waiting on the center"),
)
"""In the order of the digits that choose them."""


class Subject(NamedTuple):
    """A referral or case that may be in the list."""

    id: str
    """CR-... or CS-...."""
    state: State | None
    """None for a case."""
    state_words: str
    since: date
    """The day of its last change."""
    is_new: bool
    """Begun, and nothing done yet."""
    member_name: str | None
    procedure: str | None
    """A sensitive one is not named here already."""
    center: str | None
    owner: str | None
    away_until: date | None = None
    demonstration: bool = False
    may_go_on: bool = True
    """The consent was not refused or taken back."""


class WorkRow(Value):
    """One referral or case with what is to be done for it first; names no sensitive procedure."""

    id: str
    state: str
    """In words."""
    what: str
    task_id: str | None
    """None: no task is kept for it, the step follows from the state."""
    due_on: date
    overdue_days: int
    """Working days past the due date; 0 = not overdue, or only since today."""
    more: int
    """Further open tasks."""
    sections: tuple[Section, ...]
    member_name: str | None
    procedure: str | None
    center: str | None
    owner: str | None
    away_until: date | None
    demonstration: bool


class WorkList(Value):
    """The rows of one section by due date, with the counts of all sections."""

    on: date
    me: str
    section: Section
    counts: dict[str, int]
    rows: tuple[WorkRow, ...]


def section_named(text: str) -> Section:
    """Give a section by its word; raises BadInput with all of them."""
    word = text.strip().casefold().replace(" ", "_").replace("-", "_")
    for section, _ in SECTIONS:
        if word == section:
            return section
    choices = tuple(Choice(section, words) for section, words in SECTIONS)
    raise BadInput("There is no such section.", f"Choose one of {', '.join(c.id for c in choices)}.", choices)


def work_list(subjects: Iterable[Subject], tasks: Iterable[Task], today: date, me: str, section: Section) -> WorkList:
    """Give the list as ``me`` sees it on a day.

    A referral that has not ended stands in it with the step that its state owes, by a task or without one; an ended
    one only with its open tasks, e.g. the calls after surgery.
    """
    of: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.done_at is None:
            of[task.number or task.case_id or ""].append(task)
    rows = sorted(_rows(subjects, of, today, me), key=lambda row: (row.due_on, row.id))
    counts = {name: sum(name in row.sections for row in rows) for name, _ in SECTIONS}
    return WorkList(
        on=today, me=me, section=section, counts=counts, rows=tuple(row for row in rows if section in row.sections)
    )


def _rows(subjects: Iterable[Subject], of: dict[str, list[Task]], today: date, me: str) -> Iterator[WorkRow]:
    for subject in subjects:
        found: Sequence[NewTask] = sorted(of[subject.id], key=lambda task: task.due_on)
        if subject.state is not None:
            found = owed(subject.state, subject.since, of[subject.id], subject.may_go_on)
        if found:
            yield _row(subject, found, today, me)


def _row(subject: Subject, all_owed: Sequence[NewTask], today: date, me: str) -> WorkRow:
    first = all_owed[0]
    return WorkRow(
        id=subject.id,
        state=subject.state_words,
        what=WORDS[first.kind],
        task_id=first.id if isinstance(first, Task) else None,
        due_on=first.due_on,
        overdue_days=working_days_between(first.due_on, today),
        more=len(all_owed) - 1,
        sections=tuple(_sections(subject, all_owed, today, me)),
        member_name=subject.member_name,
        procedure=subject.procedure,
        center=subject.center,
        owner=subject.owner,
        away_until=subject.away_until,
        demonstration=subject.demonstration,
    )


def _sections(subject: Subject, all_owed: Sequence[NewTask], today: date, me: str) -> Iterator[Section]:
    yield "all"
    away = subject.away_until is not None and subject.away_until >= today
    if subject.owner in (None, me) or away:
        yield "mine"
    overdue = any(task.due_on < today for task in all_owed)
    if overdue:
        yield "overdue"
    if subject.is_new:
        yield "new"
    if any(task.kind == "authorization" for task in all_owed):
        yield "bill_risk"
    if subject.state in ON_CENTER and not overdue:
        yield "waiting"

"""Tasks of referrals and cases: made, seen by their day, done once (issue "Life cycle")."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select

from navigator.ledger.cases import case_number
from navigator.ledger.errors import Overtaken, UnknownTask
from navigator.ledger.schema import case_file, referral, task
from navigator.ledger.store import Store, Writing
from navigator.referral import number as numbers
from navigator.referral.tasks import NewTask, Task
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

_COLUMNS = ("kind", "due_on")


class Tasks:
    """The tasks of the ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, new: NewTask, number: str | None = None, case_id: str | None = None) -> Task:
        """Keep a task of a referral or a case; one whose marker the ledger knows is not made twice, but given.

        Raises BadInput for a task that belongs to nothing.
        """
        if number is None and case_id is None:
            raise BadInput("The task belongs to no referral and no case.", "Say to which.")
        of_referral = None if number is None else numbers.normalise(number)
        of_case = None if case_id is None else case_number(case_id)
        with self._store.writing("add task", of_referral or of_case or "") as work:
            return self._read(work, insert_task(work, new, of_referral, of_case))

    def done(self, task_id: str, outcome: str | None = None) -> Task:
        """Close a task; raises UnknownTask, Overtaken where it is done already."""
        with self._store.writing("task done") as work:
            finish_task(work, task_id, outcome)
            return self._read(work, task_id)

    def due(self, on: date, owner: str | None = None) -> tuple[Task, ...]:
        """Give the open tasks due on ``on`` or before, the most overdue first.

        With ``owner`` those of that person's referrals and cases, and of people who are away on ``on``.
        """
        return self._listed(task.c.done_at.is_(None), task.c.due_on <= on, *_for(owner, on))

    def open(self, owner: str | None = None, on: date | None = None) -> tuple[Task, ...]:
        """Give every open task, the earliest day first; ``owner`` as in ``due``."""
        return self._listed(task.c.done_at.is_(None), *_for(owner, on))

    def of(self, number: str | None = None, case_id: str | None = None) -> tuple[Task, ...]:
        """Give the tasks of a referral or a case, done ones too, the earliest day first."""
        if number is not None:
            return self._listed(task.c.referral == numbers.normalise(number))
        return self._listed(task.c.case_id == case_number(case_id or ""))

    def get(self, task_id: str) -> Task:
        """Give one task by its id, or by the beginning of its id; raises UnknownTask, BadInput where two begin so."""
        found = self._listed(task.c.id.startswith(clean(task_id, 36).lower(), autoescape=True))
        if not found or not task_id.strip():
            raise _unknown(task_id)
        if len(found) > 1:
            raise BadInput(f"{len(found)} tasks begin with {clean(task_id, 36)}.", "Give more of the id.")
        return found[0]

    def _read(self, work: Writing, task_id: str) -> Task:
        row = work.connection.execute(select(task).where(task.c.id == task_id)).mappings().one()
        return self._task(row)

    def _listed(self, *conditions: ColumnElement[bool]) -> tuple[Task, ...]:
        query = (
            select(task)
            .outerjoin(referral, task.c.referral == referral.c.number)
            .outerjoin(case_file, task.c.case_id == case_file.c.id)
            .where(*conditions)
            .order_by(task.c.due_on, task.c.seq)
        )
        with self._store.reading() as connection:
            return tuple(self._task(row) for row in connection.execute(query).mappings())

    def _task(self, row: RowMapping) -> Task:
        fields = self._store.fields(task, row) or {}
        kept = {name: row[name] for name in Task.model_fields if name in row}
        return Task.model_validate(kept | {"number": row["referral"]} | _known(fields))


def insert_task(work: Writing, new: NewTask, number: str | None, case_id: str | None) -> str:
    """Add a task within a transaction and give its id; where its marker is known, the id of the one that is there."""
    once = None if new.marker is None else f"{number or case_id}/{new.kind}/{new.marker}"
    if once is not None:
        there: str | None = work.connection.execute(select(task.c.id).where(task.c.once == once)).scalar_one_or_none()
        if there is not None:
            return there
    row = {
        "id": str(uuid.uuid4()),
        "once": once,
        "referral": number,
        "case_id": case_id,
        "kind": new.kind,
        "due_on": new.due_on,
        "made_at": work.moment,
        "made_by": work.by,
    }
    work.insert(task, row, new.model_dump(mode="json", exclude=set(_COLUMNS)))
    return str(row["id"])


def finish_task(work: Writing, task_id: str, outcome: str | None) -> None:
    """Close a task within a transaction."""
    row = _open_row(work, task_id)
    fields = work.store.fields(task, row) or {}
    fields["outcome"] = None if outcome is None else clean(outcome)
    sealed = work.store.seal(task, row, fields)
    work.change(task, {"id": task_id}, {"done_at": work.moment, "done_by": work.by, "sealed": sealed})


def postpone_task(work: Writing, task_id: str, due_on: date) -> None:
    """Give an open task another day within a transaction."""
    _open_row(work, task_id)
    work.detail["due_on"] = due_on.isoformat()
    work.change(task, {"id": task_id}, {"due_on": due_on})


def finish_tasks(work: Writing, task_ids: Iterable[str], outcome: str | None = None) -> None:
    """Close several tasks within a transaction."""
    for task_id in task_ids:
        finish_task(work, task_id, outcome)


def _open_row(work: Writing, task_id: str) -> RowMapping:
    row = work.connection.execute(select(task).where(task.c.id == task_id)).mappings().one_or_none()
    if row is None:
        raise _unknown(task_id)
    if row["done_at"] is not None:
        raise Overtaken("This task is done already.", f"It was closed by {row['done_by']}.")
    return row


def _unknown(task_id: str) -> UnknownTask:
    return UnknownTask(f"The ledger holds no task {clean(task_id, 36)}.", 'See "coe referral worklist".')


def _known(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if name in Task.model_fields}


def _for(owner: str | None, on: date | None) -> tuple[ColumnElement[bool], ...]:
    if owner is None:
        return ()
    whose = func.coalesce(referral.c.owner, case_file.c.owner)
    mine = or_(whose == owner, whose.is_(None))
    if on is None:
        return (mine,)
    away = func.coalesce(referral.c.away_until, case_file.c.away_until)
    return (or_(mine, and_(away.is_not(None), away > on)),)

"""Moves of the life cycle and tries to deliver: each goes to disk whole, or not at all (issue "Life cycle")."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from navigator.ledger.errors import Overtaken
from navigator.ledger.referral_rows import columns_of, fields_of, kept_fields, referral_from, row_of
from navigator.ledger.retention import keep_until
from navigator.ledger.schema import delivery, event, referral
from navigator.ledger.store import Store, Writing
from navigator.ledger.tasks import finish_tasks, insert_task, postpone_task
from navigator.referral import number as numbers
from navigator.referral.delivery import Delivery
from navigator.referral.lifecycle import ENDED
from navigator.referral.moves import Move
from navigator.referral.record import Referral
from navigator.referral.tasks import SETTLED, NewTask

_EVENT_COLUMNS = {"from_state": "from_state", "to": "to_state", "trigger": "trigger", "actor": "actor", "by": "by"}
_DELIVERY_COLUMNS = ("route", "result", "at", "by")


TELL_THE_WAIT = 200
"""Referrals to a center that tell its wait: older ones tell of another time, and each is unsealed to be read."""


class Moves:
    """The moves of referrals."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(
        self,
        number: str,
        move: Move,
        tasks: Iterable[NewTask] = (),
        done: Iterable[str] = (),
        changes: Mapping[str, Any] | None = None,
        moved_up: Iterable[tuple[str, date]] = (),
        after: int | None = None,
    ) -> Referral:
        """Save a legal move with its new tasks, the ids of those that it settles or gives another day, other fields.

        ``after``: how many moves were known when it was made, for one that leads to the state that it comes from.
        Raises UnknownReferral; Overtaken where the referral is no longer in ``move.from_state``, or was moved after
        those: nothing is saved.
        """
        known = numbers.normalise(number)
        with self._store.writing("move", known) as work:
            row = row_of(work.connection, known)
            _refuse_overtaken(known, row["state"], move, after, _count(work.connection, known))
            work.detail |= {"from": move.from_state, "to": move.to}
            fields = kept_fields(row, self._store)
            before = referral_from(row, self._store)
            ended = work.moment if move.to in ENDED else None
            moved = before.model_copy(
                update={
                    **(changes or {}),
                    "state": move.to,
                    "held_from": move.held_from,
                    "updated_at": work.moment,
                    "retain_until": keep_until(ended, self._store.years_kept(before.program)),
                }
            )
            values = columns_of(moved, self._store.sealer)
            values["sealed"] = self._store.seal(referral, values, fields_of(moved, fields))
            work.change(referral, {"number": known}, values)
            _insert_event(work, known, move)
            if move.delivery is not None:
                insert_delivery(work, known, move.delivery)
            finish_tasks(work, done, f"{SETTLED}{move.to}")
            for task_id, day in moved_up:
                postpone_task(work, task_id, day)
            for new in tasks:
                insert_task(work, new, known, None)
        return moved

    def count(self, number: str) -> int:
        """Give how many moves a referral has made."""
        with self._store.reading() as connection:
            return _count(connection, numbers.normalise(number))

    def events(self, number: str) -> tuple[Move, ...]:
        """Give the moves of a referral, oldest first."""
        query = select(event).where(event.c.referral == numbers.normalise(number)).order_by(event.c.seq)
        with self._store.reading() as connection:
            return tuple(self._move(row) for row in connection.execute(query).mappings())

    def all_events(self) -> tuple[tuple[str, Move], ...]:
        """Give every move with its referral's number, oldest first, to learn waits from."""
        query = select(event).order_by(event.c.seq)
        with self._store.reading() as connection:
            return tuple((row["referral"], self._move(row)) for row in connection.execute(query).mappings())

    def events_to(self, facility_id: str, newest: int = TELL_THE_WAIT) -> tuple[tuple[Move, ...], ...]:
        """Give the moves of the newest referrals to a center, to learn its waits from."""
        to_center = select(referral.c.number).where(referral.c.facility_id == facility_id)
        query = select(event).where(event.c.referral.in_(to_center.order_by(referral.c.seq.desc()).limit(newest)))
        of: dict[str, list[Move]] = defaultdict(list)
        with self._store.reading() as connection:
            rows = connection.execute(query.order_by(event.c.seq))
            for row in rows.mappings():
                of[row["referral"]].append(self._move(row))
        return tuple(map(tuple, of.values()))

    def _move(self, row: Any) -> Move:
        fields = self._store.fields(event, row) or {"on": row["at"].date()}
        columns = {name: row[column] for name, column in _EVENT_COLUMNS.items()} | {"at": row["at"]}
        return Move.model_validate({name: fields[name] for name in Move.model_fields if name in fields} | columns)


class Deliveries:
    """The tries to bring referrals to their centers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, number: str, tried: Delivery, tasks: Iterable[NewTask] = (), done: Iterable[str] = ()) -> Delivery:
        """Keep a try that changes no state, with the tasks that it makes and settles; raises UnknownReferral."""
        known = numbers.normalise(number)
        with self._store.writing("deliver", known) as work:
            row_of(work.connection, known)
            insert_delivery(work, known, tried)
            finish_tasks(work, done, f"tried again: {tried.result}")
            for new in tasks:
                insert_task(work, new, known, None)
        return tried

    def of(self, number: str) -> tuple[Delivery, ...]:
        """Give the tries of a referral, oldest first."""
        query = select(delivery).where(delivery.c.referral == numbers.normalise(number)).order_by(delivery.c.seq)
        with self._store.reading() as connection:
            return tuple(
                Delivery.model_validate(
                    (self._store.fields(delivery, row) or {}) | {name: row[name] for name in _DELIVERY_COLUMNS}
                )
                for row in connection.execute(query).mappings()
            )


def insert_delivery(work: Writing, number: str, tried: Delivery) -> None:
    """Add a try within a transaction."""
    row = {"id": str(uuid.uuid4()), "referral": number} | {name: getattr(tried, name) for name in _DELIVERY_COLUMNS}
    work.insert(delivery, row, tried.model_dump(mode="json", exclude=set(_DELIVERY_COLUMNS)))


def _refuse_overtaken(number: str, state: str, move: Move, after: int | None, made: int) -> None:
    if state != move.from_state:
        raise Overtaken(
            f"The referral {number} is {state} by now, no longer {move.from_state}; nothing was saved.",
            "Look at it again, and choose the next move from there.",
        )
    if after is not None and made != after:
        raise Overtaken(
            f"Somebody else moved the referral {number} at the same moment; nothing was saved.",
            "Look at it again: it may stand there already.",
        )


def _count(connection: Connection, number: str) -> int:
    query = select(func.count()).select_from(event).where(event.c.referral == number)
    return int(connection.execute(query).scalar_one())


def _insert_event(work: Writing, number: str, move: Move) -> None:
    row = {"id": str(uuid.uuid4()), "referral": number, "at": move.at}
    row |= {column: getattr(move, name) for name, column in _EVENT_COLUMNS.items()}
    work.insert(event, row, move.model_dump(mode="json", exclude={*_EVENT_COLUMNS, "at", "delivery"}))

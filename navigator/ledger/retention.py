"""How long the contents of closed referrals and cases are kept, and their removal after that (issue "Ledger")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, select, update

from navigator.ledger.append_only import lifted
from navigator.ledger.schema import LOOK_UP_KEYS, case_file, delivery, event, note, offer, referral, task
from navigator.ledger.store import Store, Writing

KEEP_YEARS = 10
"""After the close, where the program's file says nothing: longer than the six years of 45 CFR 164.316(b)(2)(i), as
states ask for medical records."""
_LOT = 500


def keep_until(closed_at: datetime | None, years: int | None = None) -> date | None:
    """Give the first day on which the contents may be removed; None while it is open.

    ``years`` are those of the program's file; None = it says nothing.
    """
    if closed_at is None:
        return None
    closed = closed_at.date()
    # 29 February has no day of its own in most years.
    day = min(closed.day, 28) if closed.month == 2 else closed.day
    return date(closed.year + (years or KEEP_YEARS), closed.month, day)


class Removed(NamedTuple):
    """How many lost their contents."""

    referrals: int
    cases: int


def due(store: Store, before: date) -> Removed:
    """Count the referrals and cases whose time of keeping is over before a day."""
    with store.reading() as connection:
        return Removed(
            *(len(connection.execute(select(table.c.seq).where(_over(table, before))).all()) for table in _DATED)
        )


def purge(store: Store, before: date) -> Removed:
    """Remove what is personal from the closed referrals and cases whose time of keeping is over before a day.

    Number, states and days stay, and so does what the audit says; offers, events, tries, tasks and notes go along.
    """
    with store.writing("purge") as work:
        work.detail["before"] = before.isoformat()
        numbers, cases = (_emptied(work, table, _over(table, before)) for table in _DATED)
        with lifted(work.connection, note.name, event.name, delivery.name, offer.name):
            for some in _few(numbers):
                seqs = select(referral.c.seq).where(referral.c.number.in_(some))
                _emptied(work, offer, offer.c.referral_seq.in_(seqs))
                for table in (event, delivery, task, note):
                    _emptied(work, table, table.c.referral.in_(some))
            for some in _few(cases):
                for table in (task, note):
                    _emptied(work, table, table.c.case_id.in_(some) & table.c.referral.is_(None))
        work.detail |= {"referrals": len(numbers), "cases": len(cases)}
    return Removed(len(numbers), len(cases))


_DATED = (referral, case_file)


def _over(table: Table, before: date) -> ColumnElement[bool]:
    return table.c.retain_until.is_not(None) & (table.c.retain_until < before) & table.c.sealed.is_not(None)


def _emptied(work: Writing, table: Table, which: ColumnElement[bool]) -> list[str]:
    rows = work.connection.execute(select(table).where(which, table.c.sealed.is_not(None))).mappings().all()
    values = {"sealed": None} | {key: None for key in LOOK_UP_KEYS if key in table.c}
    for row in rows:
        work.connection.execute(update(table).where(table.c.seq == row["seq"]).values(**values))
        work.touch(table, row)
    named = {referral.name: "number", offer.name: "sha256"}.get(table.name, "id")
    return [row[named] for row in rows]


def _few(names: list[str]) -> Iterator[list[str]]:
    """Give them in lots that a database takes in one statement."""
    for first in range(0, len(names), _LOT):
        yield names[first : first + _LOT]

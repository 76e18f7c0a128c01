"""The work list as a table; a sensitive procedure is not named in it (REFERRAL "People")."""

from __future__ import annotations

from navigator.languages.demonstration import LONG as DEMONSTRATION
from navigator.referral.worklist import WorkList, WorkRow
from navigator.tables.values import Cell, Column, Table, data_word, yes_no

COLUMNS = (
    Column("number", "of the referral (CR-...) or the case (CS-...)"),
    Column("due", "day by which the first thing is to be done"),
    Column("days_late", "working days past that day; 0 = not late, or only since today"),
    Column("to_do", "what is to be done first, in words"),
    Column("more", "how many further tasks are open"),
    Column("state", "where it stands, in words"),
    Column("bill_risk", "yes: the claims administrator's number is missing"),
    Column("member", 'name, or "no name yet"'),
    Column("procedure", "a sensitive one is not named; empty: none is chosen, or a case"),
    Column("center", "empty: none is chosen, or a case"),
    Column("followed_by", 'who follows it, or "nobody"'),
    Column("away_until", "last day on which that person is away; empty: is there"),
    Column("data", f"{DEMONSTRATION.rstrip('.')}; else real"),
)


def work_table(found: WorkList) -> Table:
    """Give the rows of a section by due date."""
    return Table("work list", COLUMNS, tuple(_row(row) for row in found.rows))


def _row(row: WorkRow) -> tuple[Cell, ...]:
    return (
        row.id,
        row.due_on,
        row.overdue_days,
        row.what,
        row.more,
        row.state,
        yes_no("bill_risk" in row.sections),
        row.member_name or "no name yet",
        row.procedure,
        row.center,
        row.owner or "nobody",
        row.away_until,
        data_word(row.demonstration),
    )

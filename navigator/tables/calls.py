"""The cases as a table: how calls went and ended; neither the member nor a sensitive procedure is named in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from navigator.case.reasons import SENSITIVE, reason_label
from navigator.case.value import Case
from navigator.case.wrap import disposition_label
from navigator.languages.demonstration import LONG as DEMONSTRATION
from navigator.tables.values import Cell, Column, Table, data_word

COLUMNS = (
    Column("number", "of the case (CS-...)"),
    Column("opened", "when the call began"),
    Column("opened_by", "who took it"),
    Column("reason", "why they called, in words"),
    Column("program", "the employer's program; empty: none was chosen"),
    Column("procedure", "what was asked for; a sensitive one is not named; empty: nothing was"),
    Column("center", "the center that was chosen; empty: none"),
    Column("state", "open, parked, call back or closed"),
    Column("ended_as", "how it ended, in words; empty: it has not"),
    Column("closed", "when it was closed; empty: it is not"),
    Column("call_back_on", "day on which the caller is to be called back; empty: no call back is owed"),
    Column("followed_by", "who follows it"),
    Column("referrals", "numbers of the referrals that were finished in it"),
    Column("waited_ms", "milliseconds for which the tool kept the caller waiting, in all"),
    Column("data", f"{DEMONSTRATION.rstrip('.')}; else real"),
)


class KeptCall(NamedTuple):
    """A case as it is kept, with what the ledger knows beside it."""

    number: str
    case: Case
    opened_at: datetime
    opened_by: str
    owner: str | None
    state: str
    closed_at: datetime | None
    call_back_on: date | None


def calls_table(calls: Iterable[KeptCall]) -> Table:
    """Give one row for each case, in the order given."""
    return Table("cases", COLUMNS, tuple(_row(call) for call in calls))


def _row(call: KeptCall) -> tuple[Cell, ...]:
    case = call.case
    need, ended = case.need, case.disposition
    return (
        call.number,
        call.opened_at,
        call.opened_by,
        reason_label(case.reason).lower(),
        case.program,
        (SENSITIVE if need.sensitive else need.procedure_name) if need else None,
        case.chosen.name if case.chosen else None,
        call.state.replace("_", " "),
        disposition_label(ended.kind) if ended else None,
        call.closed_at,
        call.call_back_on,
        call.owner or call.opened_by,
        ", ".join(case.created) or None,
        case.waited.total_ms,
        data_word(case.demonstration),
    )

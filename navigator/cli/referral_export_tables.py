"""How the work list and the cases leave the ledger as CSV or as a workbook: noted in the audit, then written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from navigator.ledger.ledger import Ledger
    from navigator.ledger.values import KeptCase
    from navigator.referral.worklist import WorkList
    from navigator.tables.values import Table

CsvFile = Annotated[
    str | None, typer.Option("--csv", metavar="FILE", help="Write a new CSV file; a folder, or - to print it")
]
Workbook = Annotated[str | None, typer.Option("--xlsx", metavar="FILE", help="Write a new Excel workbook; or a folder")]
TO_PRINT = "-"


def one_form(as_csv: str | None, as_xlsx: str | None, as_json: bool) -> bool:
    """Say whether a table is asked for; raises BadInput where more than one form is."""
    if sum((as_csv is not None, as_xlsx is not None, as_json)) > 1:
        raise BadInput("More than one form was asked for.", "Choose one of --json, --csv and --xlsx.")
    if as_xlsx == TO_PRINT:
        raise BadInput("A workbook cannot be printed.", "Give a file or a folder, or take --csv -.")
    return as_csv is not None or as_xlsx is not None


def export_work(ledger: Ledger, found: WorkList, as_csv: str | None, as_xlsx: str | None) -> None:
    """Write the work list of a section."""
    from navigator.tables.work import work_table

    _export(ledger, work_table(found), as_csv, as_xlsx)


def export_calls(ledger: Ledger, found: Iterable[KeptCase], as_csv: str | None, as_xlsx: str | None) -> None:
    """Write the cases of a list."""
    from navigator.case.stored import from_json
    from navigator.tables.calls import KeptCall, calls_table

    calls = (
        KeptCall(
            number=each.id,
            case=from_json(each.case_json),
            opened_at=each.opened_at,
            opened_by=each.opened_by,
            owner=each.index.owner,
            state=each.index.state,
            closed_at=each.closed_at,
            call_back_on=each.index.call_back_on,
        )
        for each in found
    )
    _export(ledger, calls_table(calls), as_csv, as_xlsx)


def _export(ledger: Ledger, table: Table, as_csv: str | None, as_xlsx: str | None) -> None:
    from navigator.files_out import save_as
    from navigator.ledger.exports import note_export
    from navigator.tables.csv_text import as_csv as csv_of
    from navigator.tables.workbook import as_workbook

    form = "csv" if as_csv is not None else "xlsx"
    content = csv_of(table) if as_csv is not None else as_workbook(table)
    note_export(ledger, table.title, form, len(table.rows))
    if isinstance(content, str) and as_csv == TO_PRINT:
        sys.stdout.flush()
        sys.stdout.buffer.write(content.encode())  # its line ends are CR LF on every system
        return
    written = save_as(as_csv or as_xlsx or "", table.title, content, form)
    print(f"{len(table.rows)} rows are in {written}. Names of members may stand in it: delete it when it is read.")

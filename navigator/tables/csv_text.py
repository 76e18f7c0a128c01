"""A table as CSV: UTF-8, lines ended by CR LF, every text in quotes (RFC 4180), days and moments as ISO 8601."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from navigator.tables.values import Cell, Table, cell_text


def as_csv(table: Table) -> str:
    """Give the table as CSV text, its header first."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([[_written(cell) for cell in row] for row in table.rows])
    return written.getvalue()


def _written(cell: Cell) -> str | int:
    if isinstance(cell, datetime):
        return cell.astimezone().isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return cell_text(cell)
    return "" if cell is None else cell

"""A price file in CSV as it streams by: three header rows, then rows that are whole (METHOD 5.15)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from provider_directory.cleaning import clean
from provider_directory.errors import SourceProblem
from provider_directory.sources.opening import TextSource
from provider_directory.sources.price_file.columns import Columns, read_columns

NOT_CSV = "not_csv"
OPEN_QUOTE = "open_quote"
TOO_MANY = "too_many_columns"
_MOST_BLANK_ROWS = 20
_MOST_COLUMNS = 50_000
_NEXT_STEP = "Get the file anew, or correct the row."


class RowFault(NamedTuple):
    """A row that cannot be taken apart: nobody can say which cell is which."""

    row: int
    rows: int
    """Lines of the file that are lost with it; 1 but for an open quotation mark."""
    reason: str
    found: str
    expected: str
    next_step: str
    cells: tuple[str, ...] = ()
    """Of a row that is too long its first cells, as many as there are columns."""


class PriceTable:
    """An open CSV price file: its header rows, then its data rows with their numbers as a spreadsheet shows them."""

    def __init__(self, source: TextSource, name: str) -> None:
        self.name = name
        self.faults: Counter[str] = Counter()
        """Reason -> rows that are lost."""
        self.read = 0
        """Data rows so far, blank ones left out."""
        self._rows = csv.reader(source.text)
        self.blank_before = 0
        """Blank rows before the first header row."""
        self.row_number = 0
        self.header = self._header_rows()
        """The names, the values and the labels of the columns."""

    def _header_rows(self) -> tuple[list[str], list[str], list[str]]:
        """Read the names, the values (which may be blank) and the names of the columns."""
        try:
            names = self._next_row()
            while not _is_said(names) and self.blank_before < _MOST_BLANK_ROWS:
                self.blank_before += 1
                names = self._next_row()
            return names, self._next_row(), self._next_row()
        except csv.Error as problem:
            raise SourceProblem(
                f"{self.name}: row {self.row_number} of its header cannot be read: {problem}.",
                "Get the file anew from its source.",
            ) from problem

    def _next_row(self) -> list[str]:
        self.row_number += 1
        row = next(self._rows, [])
        if len(row) > _MOST_COLUMNS:
            raise SourceProblem(f"{self.name} has {len(row):,} columns.", "Check where the file came from.")
        return row

    def columns(self) -> Columns:
        """Read row 3; raises SourceProblem where it names no column of a price file."""
        labels = self.header[2]
        columns = read_columns(labels)
        if not columns.codes or not columns.payers:
            raise SourceProblem(
                f"{self.name}: row {self.row_number} names no codes and charges; found were "
                f"{', '.join(filter(None, map(clean, labels[:8]))) or 'blank cells'}.",
                "Take the file as the hospital publishes it, with its three header rows.",
            )
        return columns

    def rows(self, width: int) -> Iterator[tuple[int, list[str]] | RowFault]:
        """Give each data row with its number, ``width`` cells and an empty one behind them; or what is wrong with it.

        A row that is too short lacks its last cells, as CMS allows; one that is longer by blank cells has lost nothing.
        """
        reader = self._rows
        number, line, whole = self.row_number, reader.line_num, 0
        try:
            while True:
                try:
                    for row in reader:
                        number += 1
                        lines, line = reader.line_num - line, reader.line_num
                        if len(row) != width:
                            if not _is_said(row):
                                continue
                            if len(row) > width and _is_said(row[width:]):
                                yield self._fault(_too_many(number, row, width))
                                continue
                            row = row[:width] + [""] * (width - len(row))
                        if lines > 1 and any(cell.count("\n") and cell.count(",") >= width - 1 for cell in row):
                            yield self._fault(_open_quote(number, lines))
                            continue
                        whole += 1
                        row.append("")
                        yield number, row
                    return
                except csv.Error as problem:  # the reader goes on with the next line
                    number += 1
                    lines, line = reader.line_num - line, reader.line_num
                    yield self._fault(_unreadable(number, lines, clean(str(problem))))
        finally:
            self.read += whole

    def _fault(self, fault: RowFault) -> RowFault:
        self.faults[fault.reason] += fault.rows
        self.read += fault.rows
        return fault


def _is_said(row: list[str]) -> bool:
    return any(cell and not cell.isspace() for cell in row)


def _too_many(number: int, row: list[str], width: int) -> RowFault:
    found, expected = f"{len(row)} cells", f"{width} cells, as row 3 has"
    return RowFault(number, 1, TOO_MANY, found, expected, _NEXT_STEP, tuple(row[:width]))


def _unreadable(number: int, lines: int, problem: str) -> RowFault:
    if lines > 1:
        return _open_quote(number, lines)
    return RowFault(number, 1, NOT_CSV, problem, "a row of a CSV table", _NEXT_STEP)


def _open_quote(number: int, lines: int) -> RowFault:
    return RowFault(
        number,
        lines,
        OPEN_QUOTE,
        f"a cell that runs over {lines} lines",
        "a closing quotation mark",
        "Double every quotation mark inside a cell, and quote the cell.",
    )

"""Opens the data sheets of an Excel workbook as the CSV text that the readers know, within limits.

A workbook is a zip from outside: its size, its members and its rows are capped before openpyxl sees it, macros and old
binary forms are refused, formulas are taken by their stored result and never worked out, links are not followed.
"""

from __future__ import annotations

import contextlib
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from provider_directory.cleaning import clean
from provider_directory.errors import DirectoryError, SourceProblem
from provider_directory.sources.layouts import layout_of
from provider_directory.sources.workbook_cells import ERROR_WORDS, NOT_CALCULATED, CellFault, cell_text, error_fault
from provider_directory.sources.workbook_markup import MARKUP, Markup, check_part, column_letters, read_markup

NOT_READ = "(coe does not read this sheet)"
"""Ends the first cell of a sheet that explains or serves another one."""
MAX_UNPACKED = 192 << 20
MAX_RATIO = 200
RATIO_FREE_BYTES = 16 << 20
MAX_MEMBERS = 2_000
MAX_SHEETS = 100
MAX_ROWS = 200_000
MAX_COLUMNS = 256
_HEADER_WITHIN = 30
_BOOK = "xl/workbook.xml"
_XLS = b"\xd0\xcf\x11\xe0"
_OTHER_FORM = "Save it as an Excel workbook (.xlsx), or each sheet as CSV."


@dataclass
class SheetTable:
    """Where the table of a sheet lies; ``faults`` and ``notes`` are whole once its header has been read past."""

    sheet: str
    first_row: int
    """Row of the header, from 1."""
    faults: dict[tuple[int, int], CellFault] = field(default_factory=dict)
    """(row, column from 0) -> why the cell's value is not known."""
    notes: list[str] = field(default_factory=list)

    def place(self, row: int, columns: list[int]) -> str:
        """Name cells as a person finds them: "sheet Roster, cell C14"; the row alone where no column is known."""
        cells = " and ".join(f"{column_letters(column)}{row}" for column in columns)
        return f"sheet {self.sheet}, {f'cell {cells}' if cells else f'row {row}'}"


def refused(start: bytes, members: list[str]) -> str | None:
    """Say why a file of this beginning and these members is a spreadsheet that is not read; None for any other file."""
    if start.startswith(_XLS):
        return f"It is an old Excel file (.xls), or one with a password. {_OTHER_FORM}"
    if "xl/workbook.bin" in members:
        return f"It is a binary Excel file (.xlsb). {_OTHER_FORM}"
    if _BOOK in members and any(member.rsplit("/", 1)[-1] == "vbaProject.bin" for member in members):
        return f"It is a workbook with macros (.xlsm), which are not let in. {_OTHER_FORM}"
    if "content.xml" in members and "mimetype" in members:
        return f"It is an OpenDocument file. {_OTHER_FORM}"
    return None


def is_workbook(members: list[str]) -> bool:
    """Say whether a zip with these members is an Excel workbook."""
    return _BOOK in members


def sheet_names(path: Path, name: str) -> list[str]:
    """Name the sheets that may hold data: not the empty ones and not those whose first cell ends with NOT_READ.

    Raises SourceProblem for a workbook that cannot be read or goes beyond the limits.
    """
    with _open_book(path, name) as book:
        names = []
        for sheet in book.worksheets:
            filled = next((texts for _, texts in _top(sheet) if texts), None)
            if filled and not next(text for text in filled if text).endswith(NOT_READ):
                names.append(str(sheet.title))
        if len(names) > MAX_SHEETS:
            raise SourceProblem(f"{name} has more than {MAX_SHEETS} sheets.", "Take out what is no table of data.")
        return names


@contextlib.contextmanager
def open_sheet(path: Path, sheet: str, name: str) -> Iterator[tuple[io.RawIOBase, SheetTable]]:
    """Open a sheet as CSV bytes in UTF-8 that start with its header, and say where its cells lie.

    Every line is one row of the sheet, blank where the row is, so that row numbers can be counted on. Raises
    SourceProblem, also while it is read.
    """
    with _open_book(path, name) as book:
        found = next((one for one in book.worksheets if one.title == sheet), None)
        if found is None:
            raise SourceProblem(f"{name}: the workbook has no such sheet.", "Check the workbook.")
        first_row, width = _header(found)
        table = SheetTable(clean(sheet), first_row)
        yield _LineBytes(_guarded(_lines(book, found, table, width, name), name)), table


class _LineBytes(io.RawIOBase):
    """Bytes that are made line by line, so that whoever reads the header alone does not pay for the rows."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        super().__init__()
        self._lines = lines
        self._left = b""

    def readable(self) -> bool:
        """Say that bytes can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Give at most ``size`` bytes of one line; b"" at the end."""
        self._left = self._left or next(self._lines, b"")
        size = len(self._left) if size < 0 else size
        part, self._left = self._left[:size], self._left[size:]
        return part


@contextlib.contextmanager
def _open_book(path: Path, name: str) -> Iterator[Any]:
    with contextlib.ExitStack() as stack:
        stack.enter_context(_damage_in_words(name))
        _check_archive(path, name)
        import openpyxl  # deferred: 180 ms that only a workbook pays

        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")  # what openpyxl says of styles and validations bears on no value
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        stack.callback(book.close)
        yield book


@contextlib.contextmanager
def _damage_in_words(name: str) -> Iterator[None]:
    try:
        yield
    except DirectoryError:
        raise
    except Exception as problem:  # openpyxl raises whatever its parts raise on a damaged file
        raise SourceProblem(
            f"{name} cannot be read as a workbook: {clean(str(problem), 120) or type(problem).__name__}.",
            "Open it in Excel or LibreOffice and save it as .xlsx again.",
        ) from problem


def _guarded(lines: Iterator[bytes], name: str) -> Iterator[bytes]:
    with _damage_in_words(name):
        yield from lines


def _check_archive(path: Path, name: str) -> None:
    """Hold the archive to the limits; zipfile unpacks no member beyond the size that it states."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        limit = min(MAX_UNPACKED, max(RATIO_FREE_BYTES, MAX_RATIO * path.stat().st_size))
        if len(entries) > MAX_MEMBERS or unpacked > limit:
            raise SourceProblem(
                f"{name} is too large: {len(entries):,} parts that unpack to {unpacked:,} bytes.",
                "Check where it came from; save a large table as CSV.",
            )
        for entry in entries:
            check_part(archive, entry, name)


def _rows(sheet: Any, width: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # some writers state a smaller size than they fill
    yield from enumerate(sheet.iter_rows(min_row=1, max_col=width), 1)


def _top(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Give the first rows as texts, empty cells at their end left out."""
    for number, row in _rows(sheet, MAX_COLUMNS):
        if number > _HEADER_WITHIN:
            return
        texts = [clean(cell_text(cell.value, cell.number_format or "")) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        yield number, texts


def _header(sheet: Any) -> tuple[int, int]:
    """Give the row and the width of the header: the first row that is of a known layout, else the first of a table."""
    likely = None
    for number, texts in _top(sheet):
        if len(texts) > 1 and not isinstance(layout_of(texts), str):
            return number, len(texts)
        if likely is None and sum(bool(text) for text in texts) > 1:
            likely = number, len(texts)
    return likely or (1, 1)


def _lines(book: Any, sheet: Any, table: SheetTable, width: int, name: str) -> Iterator[bytes]:
    rows = _rows(sheet, width)
    for number, row in rows:
        if number == table.first_row:
            yield _line([cell_text(cell.value, cell.number_format or "") for cell in row])
            break
    # The path of the sheet inside the archive is no public name of openpyxl; constraints.txt holds its version.
    if not sheet._worksheet_path.endswith(MARKUP):
        raise SourceProblem(f"{name} keeps a sheet where no sheet belongs.", "Save the workbook anew in Excel.")
    markup = read_markup(book._archive, sheet._worksheet_path, name)
    filled = _FilledDown(markup, table.first_row)
    for place in markup.not_calculated:
        table.faults[place] = NOT_CALCULATED
    if max(markup.filled, default=0) > MAX_ROWS:
        raise SourceProblem(f"{name} has more than {MAX_ROWS:,} rows.", "Save a large table as CSV.")
    blank = hidden = 0
    for number, row in rows:
        if number > MAX_ROWS:
            break
        if number not in markup.filled and not filled.reaches(number):
            blank += 1
            continue
        texts = filled.completed(number, [_text_of(number, cell, table) for cell in row])
        if not any(texts) and not any((number, column) in table.faults for column in range(width)):
            blank += 1
            continue
        yield b"\n" * blank + _line(texts)
        blank = 0
        hidden += number in markup.hidden
    _note(table, filled, hidden)


def _text_of(number: int, cell: Any, table: SheetTable) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e" or (isinstance(value, str) and value in ERROR_WORDS):
        table.faults[number, cell.column - 1] = error_fault(str(value))
        return ""
    return cell_text(value, cell.number_format if isinstance(value, int | float) else "")


def _line(texts: list[str]) -> bytes:
    return (",".join(f'"{text.replace(chr(34), chr(34) * 2)}"' for text in texts) + "\n").encode("utf-8", "replace")


class _FilledDown:
    """Cells merged over several rows of one column: what they say holds for each of the rows."""

    def __init__(self, markup: Markup, first_row: int) -> None:
        below = [merge for merge in markup.merged if merge[0] > first_row]
        self._down: dict[int, list[tuple[int, int]]] = {}
        for first, column, last, last_column in below:
            if column == last_column:
                self._down.setdefault(first, []).append((column, last))
        self._texts: dict[int, tuple[str, int]] = {}
        self.across = len(below) - sum(map(len, self._down.values()))
        self.cells = 0

    def reaches(self, number: int) -> bool:
        """Say whether a merged cell begins in a row, or says something of it from above."""
        return number in self._down or any(number <= last for _, last in self._texts.values())

    def completed(self, number: int, texts: list[str]) -> list[str]:
        """Give a row's texts with what merged cells above say; rows come in order."""
        for column, (text, last) in list(self._texts.items()):
            if number > last:
                del self._texts[column]
            elif not texts[column]:
                texts[column] = text
                self.cells += 1
        for column, last in self._down.get(number, ()):
            if column < len(texts):
                self._texts[column] = (texts[column], last)
        return texts


def _note(table: SheetTable, filled: _FilledDown, hidden: int) -> None:
    if table.first_row > 1:
        table.notes.append(f"The header stands in row {table.first_row}; what is above it is not read.")
    if hidden:
        table.notes.append(f"{hidden:,} hidden rows are read as the others.")
    if filled.cells:
        table.notes.append(f"Cells merged downward count for each of their rows: {filled.cells:,} cells filled.")
    if filled.across:
        table.notes.append(f"{filled.across:,} cells are merged across columns: each counts for its first column.")

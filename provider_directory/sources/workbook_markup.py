"""What openpyxl does not tell of a sheet: formulas without a result, merged and hidden cells, and what it may cost."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

from provider_directory.cleaning import clean
from provider_directory.errors import SourceProblem

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.ASCII)
_NUMBER_OF_ROW = re.compile(r"\d{1,7}", re.ASCII)
_LAST_ROW = 1_048_576
_MOST_MERGES = 20_000
_MOST_MERGED_DOWN = 50_000
"""Rows that merged cells reach over, counted once for each cell."""
MARKUP = (".xml", ".rels")
_DOCUMENT_TYPE = (b"<!DOCTYPE", b"<!ENTITY")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOUND = re.compile(rb"<(/?)(?:\w{1,20}:)?(row|si|sheetData)[\s/>]")
_MOST_ROW_BYTES = 1 << 20
"""Markup of one row: openpyxl holds a row as a whole, at sixty times its size."""
_MOST_OTHER_BYTES = 4 << 20
"""Markup before, between and behind the rows and the texts; a book of styles is a tenth of this."""
_MOST_ROW_TAGS = 400_000
"""Rows of one sheet, blank ones too; twice as many as the longest table that is read."""
_MOST_STRINGS = 400_000
"""Different texts; as many as two columns of the longest table that is read."""
_BLOCK = 1 << 16


@dataclass
class Markup:
    """What stands in the XML of one sheet beside the values; rows from 1, columns from 0."""

    not_calculated: set[tuple[int, int]] = field(default_factory=set)
    """(row, column) of the formulas that hold no result."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    merged_down: int = 0
    hidden: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)
    """Rows in which a cell holds anything; a sheet may have a million others."""


def check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Look through a part of a workbook before it is parsed; raises SourceProblem for entities and for what has no end.

    A few kilobytes, packed, may hold a row of millions of cells.
    """
    bounds = _Bounds(name) if entry.filename.endswith(MARKUP) else None
    with archive.open(entry) as part:
        before = part.read(2)
        # In UTF-16 the words would not be seen; Excel writes UTF-8.
        if before in _UTF16:
            raise _entities(name)
        while block := part.read(_BLOCK):
            text = before + block
            if any(word in text for word in _DOCUMENT_TYPE):
                raise _entities(name)
            if bounds:
                bounds.check(text, len(before))
            before = block[-32:]


def _entities(name: str) -> SourceProblem:
    return SourceProblem(f"{name} defines entities, which no workbook needs.", "Check where it came from.")


class _Bounds:
    """How much markup of one part stands together, and how many rows and texts it has."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._since = self._rows = self._strings = 0
        self._in_rows = False

    def check(self, text: bytes, known: int) -> None:
        """Take a block; its first ``known`` bytes ended the one before."""
        end = known
        for found in _BOUND.finditer(text):
            if found.end() <= known:
                continue
            self._add(found.start() - end)
            end, self._since = found.start(), 0
            if found[2] == b"sheetData":
                self._in_rows = not found[1]
            elif not found[1]:
                self._rows += found[2] == b"row"
                self._strings += found[2] == b"si"
        self._add(len(text) - end)
        if self._rows > _MOST_ROW_TAGS or self._strings > _MOST_STRINGS:
            raise SourceProblem(
                f"{self._name} has a sheet of more than {_MOST_ROW_TAGS:,} rows, or more than {_MOST_STRINGS:,} texts.",
                "Delete the blank rows below its table, or save a large table as CSV.",
            )

    def _add(self, size: int) -> None:
        self._since += size
        if self._since > (_MOST_ROW_BYTES if self._in_rows else _MOST_OTHER_BYTES):
            raise SourceProblem(f"{self._name} has a row, or a part, without end.", "Check where it came from.")


def read_markup(archive: zipfile.ZipFile, member: str, name: str) -> Markup:
    """Read the markup of a sheet; raises SourceProblem where its rows are not in order, for then rows would be lost."""
    markup = Markup()
    last = 0
    rows: ElementTree.Element | None = None
    with archive.open(member) as stream:
        # The archive has been looked through for document types, and expat limits what entities may grow to.
        for event, element in ElementTree.iterparse(stream, ("start", "end")):  # noqa: S314
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                rows = element if tag == "sheetData" else rows
            elif tag == "row":
                last = _row(element, last, markup, name)
                if rows is not None:
                    rows.clear()
            elif tag == "mergeCell":
                _merge(element, markup, name)
    return markup


def _row(element: ElementTree.Element, last: int, markup: Markup, name: str) -> int:
    stated = element.get("r", str(last + 1))
    number = int(stated) if _NUMBER_OF_ROW.fullmatch(stated) else 0
    if not last < number <= _LAST_ROW:
        found = clean(stated, 20)
        raise SourceProblem(f"{name}: row {found} does not follow row {last}.", "Save the workbook anew in Excel.")
    if element.get("hidden") in ("1", "true"):
        markup.hidden.add(number)
    column = -1
    for cell in element:
        place = _CELL.fullmatch(cell.get("r", ""))
        column = column_index(place[1]) if place else column + 1
        parts = {part.tag.rpartition("}")[2]: part.text for part in cell}
        if parts:
            markup.filled.add(number)
        # An empty result of a formula that gives text is a result.
        if "f" in parts and not parts.get("v") and cell.get("t") != "str":
            markup.not_calculated.add((number, column))
    return number


def _merge(element: ElementTree.Element, markup: Markup, name: str) -> None:
    corners = [_CELL.fullmatch(corner) for corner in element.get("ref", "").split(":")]
    if len(markup.merged) >= _MOST_MERGES:
        raise SourceProblem(f"{name} has more than {_MOST_MERGES:,} merged cells.", "Unmerge them.")
    if len(corners) == 2 and corners[0] and corners[1]:
        first, last = corners[0], corners[1]
        markup.merged.append((int(first[2]), column_index(first[1]), int(last[2]), column_index(last[1])))
        markup.merged_down += int(last[2]) - int(first[2])
        if markup.merged_down > _MOST_MERGED_DOWN:
            raise SourceProblem(f"{name} has cells merged over {_MOST_MERGED_DOWN:,} rows and more.", "Unmerge them.")


def column_index(letters: str) -> int:
    """Give the index of a column, A = 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letters(index: int) -> str:
    """Give the letters of a column, 0 = A."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

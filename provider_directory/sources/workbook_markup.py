"""What openpyxl does not tell of a sheet that it streams: formulas without a result, merged cells, hidden rows."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

from provider_directory.errors import SourceProblem

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_LAST_ROW = 1_048_576
_MOST_MERGES = 20_000


@dataclass
class Markup:
    """What stands in the XML of one sheet beside the values; rows from 1, columns from 0."""

    not_calculated: set[tuple[int, int]] = field(default_factory=set)
    """(row, column) of the formulas that hold no result."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    hidden: set[int] = field(default_factory=set)


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
    stated = element.get("r", "")
    number = int(stated) if stated.isdigit() else last + 1
    if not last < number <= _LAST_ROW:
        raise SourceProblem(f"{name}: row {number} does not follow row {last}.", "Save the workbook anew in Excel.")
    if element.get("hidden") in ("1", "true"):
        markup.hidden.add(number)
    column = -1
    for cell in element:
        place = _CELL.fullmatch(cell.get("r", ""))
        column = column_index(place[1]) if place else column + 1
        parts = {part.tag.rpartition("}")[2]: part.text for part in cell}
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

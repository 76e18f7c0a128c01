"""Reads a table row by row with a full account: every row is kept, collapsed into its twin, or set aside by reason."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from provider_directory.cleaning import clean
from provider_directory.errors import SourceProblem
from provider_directory.facts import Reject
from provider_directory.sources.drift import drift_notes, older_columns
from provider_directory.sources.layouts import fold_column
from provider_directory.sources.opening import TextSource, open_text
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.values import ccn
from provider_directory.sources.workbook import SheetTable

T = TypeVar("T")
_MOST_LINES_OF_A_TYPED_ROW = 20
TYPED_DATASETS = frozenset({"roster", "contracts", "paid_claims", "sites", "members", "review_decisions"})
"""Files that people fill in by hand, from a template or without one."""
EXAMPLE = "EXAMPLE"
"""Begins the first filled cell of an example row: the word alone, or before a colon."""
EXAMPLES = 3
"""Rows of one reason that are shown."""
_NUMBER_BITS = 32  # a file of MAX_BYTES has fewer rows
_NUMBERS = (1 << _NUMBER_BITS) - 1
CONFLICTING_ROWS = "conflicting_rows"
MEASURE_NOT_USED = "measure_not_used"


@dataclass
class Reading(Generic[T]):
    """What one file said. read == kept + duplicates + sum(set_aside.values()), always (CONTRACT 5)."""

    source: SourceFile
    facts: list[T] = field(default_factory=list)
    read: int = 0
    kept: int = 0
    """Rows that are in ``facts``; several rows may make one fact (HAI)."""
    duplicates: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    """Reason -> rows."""
    examples: list[Reject] = field(default_factory=list)
    """The first three rows of each reason."""
    conflict: str | None = None
    """A sentence naming the two rows that say different things of one key; then nothing of the file is used."""
    sha256: str = ""
    """Of the file's bytes as they lie on disk."""
    start: str = ""
    end: str = ""
    """The most frequent period, ISO dates; "" where the file has none."""
    notes: list[str] = field(default_factory=list)
    """Sentences on what was read otherwise than a person might think, e.g. hidden rows."""
    place_of: Callable[[int, str], str] | None = field(default=None, repr=False, compare=False)
    """In a workbook: row and columns as a reject names them -> the cells as a person finds them."""

    def reject(self, example: Reject) -> None:
        """Count a row as set aside, and keep it when it is among the first of its reason."""
        self.set_aside[example.reason] += 1
        if self.set_aside[example.reason] <= EXAMPLES:
            place = self.place_of(example.row, example.column) if self.place_of else ""
            self.examples.append(example._replace(place=place))


class IdForm(NamedTuple):
    """How the first column of a key is read, and what is said of a row where it cannot be."""

    read: Callable[[str], str | None]
    expected: str
    reason: str


CCN_FORM = IdForm(lru_cache(maxsize=16384)(ccn), "6 or 10 characters, e.g. 010001", "bad_ccn")


class Table:
    """An open source file after its header: columns by name, rows with their numbers."""

    def __init__(self, source: TextSource, reading: Reading[Any]) -> None:
        self._bytes = source.bytes
        self._sheet = source.sheet
        self._rows = csv.reader(source.text)
        self._reading = reading
        try:
            self.header = [name.strip() for name in next(self._rows, [])]
        except csv.Error as problem:
            raise SourceProblem(
                f"{reading.source.name}: the header cannot be read: {problem}.", "Get the file anew from its source."
            ) from problem
        self._indexes = {fold_column(name): index for index, name in reversed(list(enumerate(self.header)))}
        self._used: set[int] = set()
        self.use(older_columns(reading.source.dataset, self.header))
        reading.notes += drift_notes(reading.source.dataset, [clean(name) for name in self.header])
        folded = Counter(fold_column(name) for name in self.header if name)
        reading.notes += [
            f'Column "{clean(self.header[self._indexes[name]])}" stands {times} times: the first is read.'
            for name, times in folded.items()
            if times > 1
        ]
        if self._sheet is not None:
            reading.place_of = self._place

    def use(self, columns: Mapping[str, int]) -> None:
        """Take columns by the reader's own names: their cells must be known, and a reject names them by these."""
        self._used |= set(columns.values())
        self._indexes |= {fold_column(name): index for name, index in columns.items()}

    def _place(self, row: int, column: str) -> str:
        indexes = [self._indexes.get(fold_column(name)) for name in column.split(", ")] if column else []
        return self._sheet.place(row, [index for index in indexes if index is not None]) if self._sheet else ""

    def column(self, name: str) -> int:
        """Give the index of a column; raises SourceProblem naming it and what was found."""
        index = self._indexes.get(fold_column(name))
        if index is None:
            raise SourceProblem(
                f'{self._reading.source.name} lacks the column "{name}"; found were '
                f"{', '.join(clean(one) for one in self.header[:12])}.",
                "Take the file as it is published, with its header line.",
            )
        self._used.add(index)
        return index

    def column_if_there(self, name: str) -> int | None:
        """Give the index of a column, None where the file has none."""
        index = self._indexes.get(fold_column(name))
        if index is not None:
            self._used.add(index)
        return index

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give the rows that are whole, with their numbers; count and set aside the others.

        The header of a CSV file is row 1; a sheet's rows are numbered as in the sheet. Example rows of a template,
        whose first filled cell is the word EXAMPLE, are neither read nor counted.
        """
        first = number = self._sheet.first_row if self._sheet else 1
        typed = self._reading.source.dataset in TYPED_DATASETS
        examples = 0
        blank = 0
        width = len(self.header)
        line = self._rows.line_num
        while True:
            try:
                for row in self._rows:
                    number += 1
                    lines, line = self._rows.line_num - line, self._rows.line_num
                    if lines > 1:
                        self._check_lines(number, lines, whole=len(row) == width)
                    if len(row) != width and not self._has_width(row, width):
                        if row:
                            self._set_aside_width(number, row, width)
                        else:
                            blank += 1
                    elif self._bytes.has_nul and any("\0" in cell for cell in row):
                        self._set_aside(number, "NUL character", "text", "nul_character")
                    elif typed and is_example(row):
                        examples += 1
                    elif self._sheet is None or not self._set_aside_fault(number, self._sheet):
                        yield number, row
                break
            except csv.Error as problem:  # not a ValueError; the reader goes on with the next line
                number += 1
                lines, line = self._rows.line_num - line, self._rows.line_num
                self._check_lines(number, lines, whole=False)
                self._set_aside(number, clean(str(problem)), "a row of a CSV table", "not_csv")
        self._reading.read = number - first - blank - examples
        if self._sheet:
            self._reading.notes += self._sheet.notes
        if examples:
            self._reading.notes.append(f"{examples} example rows of the template are not read.")

    def _set_aside_fault(self, number: int, sheet: SheetTable) -> bool:
        """Set a row aside where the value of one of its cells is not known."""
        column = min((column for column in self._used if (number, column) in sheet.faults), default=None)
        if column is None:
            return False
        fault = sheet.faults[number, column]
        name = self.header[column]
        self._reading.reject(Reject(number, name, fault.found, fault.expected, fault.reason, fault.next_step))
        return True

    def _check_lines(self, number: int, lines: int, *, whole: bool) -> None:
        """Refuse the file where a quotation mark that is not closed has swallowed lines: they would be in no account.

        A cell may hold a line end; a row that runs over many lines, or that is not whole after it, is no such cell.
        """
        typed = self._reading.source.dataset in TYPED_DATASETS
        most = (_MOST_LINES_OF_A_TYPED_ROW if typed else 3) if whole else 1
        if lines > most and self._reading.conflict is None:
            self._reading.conflict = (
                f"Row {number} of {self._reading.source.name} runs over {lines} lines:"
                " a quotation mark in it is not closed."
            )

    def distinct_rows(
        self, keys: Sequence[int], key_names: Sequence[str], form: IdForm | None = None
    ) -> Iterator[tuple[int, str, list[str]]]:
        """Give the first row of each key with its number and id (column ``keys[0]``, in its full form in the row too).

        The id is a CCN unless ``form`` says otherwise; a row without one is set aside. Identical twins are counted as
        duplicates. Two different rows of one key set ``conflict``, and no row is given after that (METHOD 4).
        """
        reading = self._reading
        form = form or CCN_FORM
        id_of = form.read
        id_column = keys[0]
        rest_of: Callable[[list[str]], Hashable] = itemgetter(*(keys[1:] or keys))
        # By id, then by the rest of the key: cheaper than one big table. Of each first row its hash and its number are
        # kept, in one integer, so that a twin is told from a rival without keeping the rows.
        firsts: dict[str, dict[Hashable, int]] = {}
        duplicates = 0
        for number, row in self.rows():
            full_id = id_of(row[id_column])
            if full_id is None:
                found = clean(row[id_column])
                reading.reject(Reject(number, key_names[0], found, form.expected, form.reason, "Correct the number."))
                continue
            row[id_column] = full_id
            of_id = firsts.get(full_id)
            if of_id is None:
                of_id = firsts[full_id] = {}
            mark = hash("\x1f".join(row)) << _NUMBER_BITS | number
            first = of_id.setdefault(rest_of(row), mark)
            if first is mark:
                if reading.conflict is None:
                    yield number, full_id, row
            elif first >> _NUMBER_BITS == mark >> _NUMBER_BITS:
                duplicates += 1
            elif reading.conflict is None:
                named = ", ".join(f"{name} {clean(row[at])}" for name, at in zip(key_names, keys, strict=True))
                earlier = first & _NUMBERS
                reading.conflict = f"Rows {earlier} and {number} of {reading.source.name} differ for {named}."
        reading.duplicates = duplicates

    def _has_width(self, row: list[str], width: int) -> bool:
        """Let a row pass that is longer by blank cells only (a comma at the end of the line)."""
        if len(row) > width and not any(cell.strip() for cell in row[width:]):
            del row[width:]
            return True
        return False

    def _set_aside_width(self, number: int, row: list[str], width: int) -> None:
        reason = "too_few_columns" if len(row) < width else "too_many_columns"
        self._set_aside(number, f"{len(row)} columns", f"{width} columns, as in the header", reason)

    def _set_aside(self, number: int, found: str, expected: str, reason: str) -> None:
        self._reading.reject(Reject(number, "", found, expected, reason, "Get the file anew, or correct the row."))


@contextmanager
def reading_of(source: SourceFile) -> Iterator[tuple[Table, Reading[Any]]]:
    """Open a source file for one reader and close its account at the end.

    Raises SourceProblem where the file as a whole cannot be read.
    """
    reading: Reading[Any] = Reading(source)
    with open_text(source.path, source.member, source.name) as text:
        yield Table(text, reading), reading
    try:
        with source.path.open("rb") as raw:  # after it was read: what is refused at its first line may be endless
            reading.sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
    except OSError as problem:
        raise SourceProblem(f"{source.name} cannot be read: {problem.strerror}.", "Check the folder.") from problem
    if reading.conflict:
        reading.facts, reading.kept, reading.duplicates = [], 0, 0
        reading.set_aside = Counter({CONFLICTING_ROWS: reading.read})
        reading.examples = [
            Reject(0, "", reading.conflict, "one row for each key", CONFLICTING_ROWS, "Get the file anew, or mend it.")
        ]


def is_example(row: Sequence[str]) -> bool:
    """Say whether a row is an example of a template."""
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return first.startswith(EXAMPLE) and first[len(EXAMPLE) :][:1] in ("", ":")


def set_period(reading: Reading[Any], periods: Counter[tuple[str, str]]) -> None:
    """Set the most frequent period of a reading; of equals the one that ends last (METHOD 4.1)."""
    if periods:
        reading.start, reading.end = max(periods, key=lambda period: (periods[period], period[1], period[0]))

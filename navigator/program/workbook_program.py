"""Reads the workbook of `coe template program` as the tables and values of a program file, each with its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from navigator.program.known_questions import TEST_WORDS
from navigator.program.placed_file import OpenedFile, Where
from navigator.program.reading_table import Finding, Place, likeliest, listed
from navigator.program.rule_form import COST, GATES, PROGRAM, RULES, SHEETS, Entry, Sheet
from navigator.program.workbook_cells import test_of, tested, value_of
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, SourceProblem
from provider_directory.sources.reading import EXAMPLE
from provider_directory.sources.workbook import SheetTable, open_sheet, sheet_names
from provider_directory.sources.workbook_markup import column_letters

_STEP = "`coe template program` writes a workbook to fill in."
_EXPLAINING = ("what it holds", "needed", "form", "example")
"""Columns of the sheet Program that only explain."""
_LONGEST_CELL = 2_000


class Row(NamedTuple):
    """One row of a sheet: column -> (text, cell)."""

    number: int
    cells: dict[str, tuple[str, str]]


@lru_cache(maxsize=2)  # by the bytes: the program and then its rules are read out of one file
def read_workbook(path: Path, sha256: str) -> OpenedFile:
    """Read a program's workbook; raises BadInput for a file that is none."""
    return _Reading(path).opened(sha256)


class _Reading:
    """One pass over a workbook: rules first, then what belongs to them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._content: dict[str, object] = {}
        self._places: dict[Place, Where] = {}
        self._findings: list[tuple[Finding, Where]] = []
        self._rules: dict[str, tuple[int, dict[str, object]]] = {}
        self._words: list[tuple[int, dict[str, object], str, list[object], Where]] = []

    def opened(self, sha256: str) -> OpenedFile:
        try:
            self._read()
        except SourceProblem as problem:
            raise BadInput(problem.message, f"{problem.next_step} {_STEP}".strip()) from None
        return OpenedFile(self._content, sha256, self._where, tuple(self._findings))

    def _where(self, place: Place) -> Where:
        for length in range(len(place), -1, -1):
            if place[:length] in self._places:
                return self._places[place[:length]]
        return Where()

    def _read(self) -> None:
        named = {sheet.name.casefold(): sheet for sheet in SHEETS}
        there = {name: named.get(name.strip().casefold()) for name in sheet_names(self._path, self._path.name)}
        if not any(there.values()):
            raise BadInput(f"{self._path.name} has none of the sheets {listed(sorted(named))}.", _STEP)
        for name, sheet in there.items():
            if sheet is None:
                nearest = likeliest(name, [known.name for known in SHEETS])
                step = (
                    f'Name it "{nearest}".'
                    if nearest
                    else "Take it out, or end its first cell with the words that About ends with."
                )
                self._note(
                    Where(sheet=clean(name)), "unknown_sheet", f'sheet "{clean(name)}"', listed(list(named)), step
                )
        # The cost of a tier names the tier, so its sheet is read after that of the tiers.
        for sheet in sorted(filter(None, there.values()), key=lambda one: (one is COST, SHEETS.index(one))):
            name = next(name for name, known in there.items() if known is sheet)
            for row in self._rows(name, sheet):
                self._take(sheet, row, clean(name))
        self._append_words()

    def _rows(self, name: str, sheet: Sheet) -> Iterator[Row]:
        """Give the rows that are filled in; a row that begins with EXAMPLE is never read."""
        with open_sheet(self._path, name, self._path.name) as (raw, table):
            text = b"".join(iter(raw.read, b"")).decode("utf-8", "replace")
            lines = csv.reader(io.StringIO(text, newline=""))
            columns = self._columns(next(lines, []), sheet, table)
            for number, texts in enumerate(lines, table.first_row + 1):
                cells = {
                    columns[index]: (text, f"{column_letters(index)}{number}")
                    for index, found in enumerate(texts)
                    if index in columns and (text := clean(found, _LONGEST_CELL))
                }
                first = clean(next((text for text in texts if text), ""))
                if first.startswith(EXAMPLE):
                    continue
                self._faults(number, table, columns)
                if cells:
                    yield Row(number, cells)

    def _columns(self, header: list[str], sheet: Sheet, table: SheetTable) -> dict[int, str]:
        known = ["key", "value"] if sheet is PROGRAM else [entry.key for entry in sheet.entries]
        found: dict[int, str] = {}
        for index, text in enumerate(header):
            name = clean(text).lower().replace(" ", "_")
            where = Where(sheet=table.sheet, cell=f"{column_letters(index)}{table.first_row}")
            if name in found.values():
                self._note(where, "column_twice", f'"{name}" twice', "each column once", "Take one of the two out.")
            elif name in known:
                found[index] = name
            elif name and not (sheet is PROGRAM and clean(text).lower() in _EXPLAINING):
                nearest = likeliest(name, known)
                step = f"Did you mean {nearest}?" if nearest else "Take the column out."
                self._note(where, "unknown_column", f'"{clean(text, 60)}"', f"one of {listed(known)}", step)
        return found

    def _faults(self, number: int, table: SheetTable, columns: dict[int, str]) -> None:
        for index in columns:
            if fault := table.faults.get((number, index)):
                where = Where(sheet=table.sheet, cell=f"{column_letters(index)}{number}")
                self._note(where, fault.reason, fault.found, fault.expected, fault.next_step)

    def _note(self, where: Where, code: str, found: str, expected: str, step: str) -> None:
        self._findings.append((Finding((), "error", code, found, expected, step), where))

    def _take(self, sheet: Sheet, row: Row, name: str) -> None:
        at = Where(sheet=name, cell=f"A{row.number}")
        if sheet is PROGRAM:
            self._take_key(row, name, at)
        elif not sheet.of_rule:
            table = self._add(self._content, (), sheet.key, at)
            if sheet is RULES:
                self._name_rule(row, table, name, at)
            self._fill(sheet, row, table[1], table[0], name)
        elif found := self._rule_of(row, name, at):
            place, rule = found
            table = self._add(*self._owner(sheet, row, rule, place, name), at)
            self._fill(sheet, row, table[1], table[0], name)

    def _take_key(self, row: Row, sheet: str, at: Where) -> None:
        key = row.cells.get("key", ("", ""))[0].lower()
        text, cell = row.cells.get("value", ("", ""))
        entry = next((entry for entry in PROGRAM.entries if entry.key == key), None)
        if entry is None and (text or not key):
            nearest = likeliest(key, [entry.key for entry in PROGRAM.entries])
            step = f"Did you mean {nearest}?" if nearest else "Take the row out."
            self._note(at, "unknown_key", f'"{key}"', "a key of the sheet Program as it was written", step)
        elif entry is not None and text:
            self._put(self._content, (), entry, text, Where(sheet=sheet, cell=cell))
        elif entry is not None and "." not in key:
            self._places[key,] = Where(sheet=sheet, cell=f"B{row.number}")

    def _add(self, owner: dict[str, object], place: Place, key: str, at: Where) -> tuple[Place, dict[str, object]]:
        """Add a table to a list of its owner."""
        tables = owner.setdefault(key, [])
        table: dict[str, object] = {}
        if isinstance(tables, list):
            tables.append(table)
            place = (*place, key, len(tables) - 1)
        self._places[place] = at
        return place, table

    def _name_rule(self, row: Row, table: tuple[Place, dict[str, object]], sheet: str, at: Where) -> None:
        name, cell = row.cells.get("rule", ("", ""))
        if not name:
            self._note(at, "missing", "no rule", "a short name", "Fill in the column rule.")
        elif name.casefold() in self._rules:
            step = "Give each rule a name of its own."
            self._note(Where(sheet=sheet, cell=cell), "name_twice", f'"{name}" twice', "a name of its own", step)
        else:
            self._rules[name.casefold()] = (int(table[0][-1]), table[1])

    def _rule_of(self, row: Row, sheet: str, at: Where) -> tuple[Place, dict[str, object]] | None:
        name, cell = row.cells.get("rule", ("", ""))
        if found := self._rules.get(name.casefold()):
            return ("rule", found[0]), found[1]
        nearest = likeliest(name, list(self._rules)) if name else None
        step = (
            f'Write "{nearest}" if that is meant.' if nearest else "Write the rule's short name from the sheet Rules."
        )
        where = Where(sheet=sheet, cell=cell) if cell else at
        self._note(where, "unknown_rule", f'"{name}"' if name else "nothing", "a rule of the sheet Rules", step)
        return None

    def _owner(
        self, sheet: Sheet, row: Row, rule: dict[str, object], place: Place, name: str
    ) -> tuple[dict[str, object], Place, str]:
        """Give the table to which a row adds one: the rule, or for a cost the tier that the row names."""
        tier, cell = row.cells.get("tier", ("", ""))
        if sheet is not COST or not tier:
            return rule, place, sheet.key
        tiers = rule.get("tier", [])
        for index, one in enumerate(tiers if isinstance(tiers, list) else []):
            if str(one.get("name", "")).casefold() == tier.casefold():
                return one, (*place, "tier", index), "cost"
        step = "Write the tier's name as on the sheet Tiers, or leave the cell empty."
        self._note(Where(sheet=name, cell=cell), "unknown_tier", f'"{tier}"', "a tier of this rule", step)
        return {}, place, "cost"

    def _fill(self, sheet: Sheet, row: Row, table: dict[str, object], place: Place, name: str) -> None:
        for entry in sheet.entries:
            if entry.key in row.cells and entry.key not in ("rule", "tier"):
                text, cell = row.cells[entry.key]
                where = Where(sheet=name, cell=cell)
                if entry.form == "words":
                    words = value_of(text, entry.form)
                    self._words.append(
                        (int(place[-1]), table, entry.key, list(words) if isinstance(words, list) else [], where)
                    )
                elif not (sheet is GATES and entry.key in ("test", "value")):
                    self._put(table, place, entry, text, where)
        if sheet is GATES:
            self._put_test(row, table, place, name)

    def _put(self, table: dict[str, object], place: Place, entry: Entry, text: str, where: Where) -> None:
        *outer, key = entry.key.split(".")
        for part in outer:
            inner = table.setdefault(part, {})
            place = (*place, part)
            self._places.setdefault(place, where)
            table = inner if isinstance(inner, dict) else {}
        table[key] = value_of(text, entry.form)
        self._places[(*place, key)] = where

    def _put_test(self, row: Row, table: dict[str, object], place: Place, name: str) -> None:
        (test, at), (text, cell) = (row.cells.get(key, ("", "")) for key in ("test", "value"))
        known = test_of(test)
        if test and known not in TEST_WORDS:
            expected = f"one of {listed(tuple(TEST_WORDS))}"
            self._note(Where(sheet=name, cell=at), "unknown_test", f'"{test}"', expected, "Choose one of the list.")
        elif test and text:
            table[known] = tested(known, text)
            self._places[(*place, known)] = Where(sheet=name, cell=cell)

    def _append_words(self) -> None:
        """Put what the sheet Rules says in a word behind the rows of other sheets, whose cases come first."""
        for index, rule, key, words, where in self._words:
            tables = rule.setdefault(key, [])
            if isinstance(tables, list):
                for word in words:
                    self._places["rule", index, key, len(tables)] = where
                    tables.append(word)

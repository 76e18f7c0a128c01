"""What a check of a price file finds: errors, which make it invalid, and alerts, which do not."""

from __future__ import annotations

from typing import NamedTuple

from provider_directory.cleaning import clean

_SHOWN = 80


class Finding(NamedTuple):
    """One thing found: where, a stable word for its rule, and a sentence with found, expected and what to do."""

    row: int | None
    """CSV: the row as a spreadsheet numbers it. JSON: the place of the item, from 1. None = the file as a whole."""
    column: str | None
    """CSV: the column's name as written. JSON: the path. None = the whole row."""
    code: str
    message: str


class Findings:
    """Collects findings, the first ``most`` of each kind; counts all."""

    def __init__(self, most: int) -> None:
        self.errors: list[Finding] = []
        self.alerts: list[Finding] = []
        self.error_count = 0
        self.alert_count = 0
        self._most = most

    def error(
        self, row: int | None, column: str | None, code: str, found: str, expected: str, next_step: str = ""
    ) -> None:
        """Note what makes the file invalid."""
        self.add(Finding(row, column, code, _sentence(row, column, found, expected, next_step)))

    def add(self, error: Finding) -> None:
        """Note an error whose sentence is made already."""
        self.error_count += 1
        if len(self.errors) < self._most:
            self.errors.append(error)

    def alert(
        self, row: int | None, column: str | None, code: str, found: str, expected: str, next_step: str = ""
    ) -> None:
        """Note what a reader should know and no rule forbids."""
        self.alert_count += 1
        if len(self.alerts) < self._most:
            self.alerts.append(Finding(row, column, code, _sentence(row, column, found, expected, next_step)))


class ErrorFound(Exception):
    """The first error, where one is enough."""


class FirstError(Findings):
    """Raises ErrorFound at the first error, and keeps nothing."""

    def __init__(self) -> None:
        super().__init__(0)

    def add(self, error: Finding) -> None:
        """End the check."""
        raise ErrorFound


def _sentence(row: int | None, column: str | None, found: str, expected: str, next_step: str) -> str:
    if column and column.startswith("/"):  # the path of a JSON file: its end says what it is
        place = f"item {row}, {clean(column)}" if row else clean(column)
    else:
        place = ", ".join(filter(None, (f"row {row}" if row else "", f"column {quoted(column)}" if column else "")))
    sentence = f"{place}: found {found}, expected {expected}." if place else f"Found {found}, expected {expected}."
    return f"{sentence[0].upper()}{sentence[1:]} {next_step}".strip()


def quoted(value: object) -> str:
    """Show what was found, cut where it is long: text in quotation marks, an empty text in words."""
    if isinstance(value, str):
        text = clean(value)
        if not text:
            return "an empty cell"
        return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'
    text = clean(repr(value))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

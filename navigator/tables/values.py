"""A table as a value, and how a text is kept from being taken for a formula (OWASP ASVS 1.2.10, TRUST S8)."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from provider_directory.cleaning import clean

Cell = str | int | date | datetime | None
"""Numbers and days stay numbers and days; moments are aware; None = there is none, and the column says why."""

LONGEST_CELL = 32_000
"""Characters; Excel takes 32,767."""

FORMULA_STARTS = "=+-@\t\r\n\0＝＋－＠﹦﹢﹣﹫"
_BEFORE = " '\u00a0\u3000"
_MARKS = ("DEMONSTRATION", "real")


class Column(NamedTuple):
    """One column: its name in the header, what it says and what an empty cell means."""

    name: str
    meaning: str


class Table(NamedTuple):
    """A list to be taken away."""

    title: str
    """Also the workbook's sheet; 31 characters at the most."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def defused(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: one that begins like one gets a single quote before it.

    No two texts become the same.
    """
    first = text.lstrip(_BEFORE)[:1]
    return f"'{text}" if first and first in FORMULA_STARTS else text


def cell_text(text: str) -> str:
    """Give a text as it is written into a cell: clean, of one line, and defused."""
    return defused(clean(text, LONGEST_CELL))


def data_word(demonstration: bool) -> str:
    """Say of a row whether what stands in it is invented."""
    return _MARKS[0] if demonstration else _MARKS[1]


def yes_no(answer: bool) -> str:
    """Write yes or no."""
    return "yes" if answer else "no"

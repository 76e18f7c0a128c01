"""Writes a workbook cell by cell so that nothing in it is ever a formula."""

from __future__ import annotations

from datetime import date
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def put(cell: Any, value: object) -> None:
    """Put a value into an openpyxl cell; text stays text, whatever it begins with, also when it is edited."""
    cell.value = value
    if isinstance(value, str) and value:
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)


def csv_text(text: str) -> str:
    """Give a text for a CSV file that people open in a spreadsheet: an apostrophe keeps it from being a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def typed(text: str, form: str) -> object:
    """Give an example's text as the value that Excel keeps for its form."""
    if not text:
        return None
    if form == "date":
        return date.fromisoformat(text)
    if form in ("dollars", "number"):
        return int(text)
    return float(text) if form == "degrees" else text

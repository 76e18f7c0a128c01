"""A cell of a workbook as the text that the same table saved as CSV would hold."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

ERROR_WORDS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ZEROS = re.compile(r"0{2,}")
_LINE_ENDS = re.compile(r"[\r\n]+")
_MIDNIGHT = time(0)


class CellFault(NamedTuple):
    """A cell whose value is not known, so that its row cannot be read."""

    found: str
    expected: str
    reason: str
    next_step: str


def error_fault(word: str) -> CellFault:
    """Give the fault of a cell in which Excel shows an error."""
    return CellFault(word, "a value", "error_cell", "Mend the formula, or type the value.")


NOT_CALCULATED = CellFault(
    "a formula without a result",
    "a value",
    "formula_not_calculated",
    "Open the workbook in Excel or LibreOffice and save it, or type the value.",
)


def cell_text(value: object, number_format: str) -> str:
    """Give a cell's value as text: dates ISO, whole numbers without ".0", percents and leading zeros as they show."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _LINE_ENDS.sub(" ", value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value, number_format)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _number_text(value: float, number_format: str) -> str:
    shown = _LITERAL.sub("", number_format)
    percent = "%" in shown
    # Excel keeps fifteen digits; what a double says beyond them was never typed.
    text = format(Decimal(f"{value * 100 if percent else value:.15g}"), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if _ZEROS.fullmatch(shown) and text.isdigit():
        text = text.zfill(len(shown))
    return f"{text}%" if percent else text

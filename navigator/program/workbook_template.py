"""Makes the workbook of a program: a sheet for each kind of table, drop-downs, example rows and an explanation."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from navigator.program.reading_conditions import WORDS
from navigator.program.rule_form import PROGRAM, RULES, SHEETS, Entry, Form, Sheet
from provider_directory import catalog
from provider_directory.sources.reading import EXAMPLE
from provider_directory.sources.workbook import NOT_READ
from provider_directory.sources.workbook_markup import column_letters
from provider_directory.templates.writing import put

LAST_ROW = 300
"""Rows that have drop-downs; more may be filled in."""
NEXT_STEP = "Fill it in, run `coe program check FILE.xlsx`, then `coe program convert FILE.xlsx`."
_FORM_WORDS: dict[Form, str] = {
    "text": "text",
    "dollars": "dollars, 1700 or 1700.50",
    "number": "a number",
    "percent": "percent, 20 for 20%",
    "date": "a date, 2026-01-01",
    "yes_no": "yes or no",
    "list": "words, ; between them",
    "numbers": "numbers, ; between them",
    "conditions": "tests, ; between them",
    "words": "words, ; between them",
}
_FORMATS: dict[Form, str] = {"dollars": "#,##0.00", "number": "General", "percent": "General", "date": "yyyy-mm-dd"}
_FONT, _GREY, _HEAD, _FILL = "Calibri", "FF808080", "FFDDE6EE", "FFFFF6CC"
_PROMPT_LETTERS = 250
_LINE_POINTS = 15
_ABOUT_WIDTHS = (18, 28, 9, 70, 26, 34)
_PROGRAM_WIDTHS = (30, 44, 64, 9, 24, 40)
_SENTENCES = (
    "Each sheet is one kind of table of the program file; each row is one. Sheets that are not needed stay empty.",
    "Grey rows that begin with EXAMPLE show how to fill it in. They are never read: leave them or delete them.",
    "A rule has a short name on the sheet Rules; the other sheets name the rule that a row belongs to.",
    "A case (column when) is a test, or several with ; between them: age_years below 18; plan_option is ppo.",
    f"These words stand for a test: {', '.join(WORDS)}.",
    f"Then: {NEXT_STEP}",
)


def program_workbook() -> bytes:
    """Give the workbook to fill in."""
    import openpyxl  # deferred: 180 ms that only a workbook pays

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in SHEETS:
        data = book.create_sheet(sheet.name)
        if sheet is PROGRAM:
            _write_program(data)
        else:
            _write_sheet(data, sheet)
    _write_about(book.create_sheet("About", 0))
    _write_catalog(book.create_sheet("Catalog"))
    for data in book.worksheets:
        data.page_setup.orientation, data.page_setup.fitToHeight = "landscape", 0
        data.sheet_properties.pageSetUpPr.fitToPage = True
    book.active = 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_program(data: Any) -> None:
    """Write the keys of the file's top one below the other, with a yellow column to fill in."""
    from openpyxl.styles import Alignment, PatternFill

    _head(data, ("key", "value", "what it holds", "needed", "form", "example"), _PROGRAM_WIDTHS)
    for number, entry in enumerate(PROGRAM.entries, 2):
        texts = (entry.key, None, entry.words, entry.needed, _FORM_WORDS[entry.form], entry.example or None)
        for index, text in enumerate(texts):
            put(data.cell(number, index + 1), text)
            data.cell(number, index + 1).alignment = Alignment(wrap_text=True, vertical="top")
        data.row_dimensions[number].height = _height(texts, _PROGRAM_WIDTHS)
        value = data.cell(number, 2)
        value.fill = PatternFill("solid", fgColor=_FILL)
        value.number_format = _FORMATS.get(entry.form, "@")
        data.add_data_validation(_validation(entry, f"B{number}"))
    data.freeze_panes = "C2"


def _write_sheet(data: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font

    _head(data, [entry.key for entry in sheet.entries], [entry.width for entry in sheet.entries])
    for index, entry in enumerate(sheet.entries):
        letters = column_letters(index)
        data.column_dimensions[letters].number_format = _FORMATS.get(entry.form, "@")
        data.add_data_validation(_validation(entry, f"{letters}2:{letters}{LAST_ROW}", sheet))
        cell = data.cell(2, index + 1)
        put(cell, f"{EXAMPLE}: {entry.example}" if index == 0 else entry.example or None)
        cell.font = Font(name=_FONT, color=_GREY, italic=True)
    data.freeze_panes = "B2"


def _head(data: Any, names: Sequence[str], widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for index, (name, width) in enumerate(zip(names, widths, strict=True)):
        cell = data.cell(1, index + 1)
        put(cell, name)
        cell.font = Font(name=_FONT, bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        data.column_dimensions[column_letters(index)].width = max(width, len(name) + 2)


def _validation(entry: Entry, cells: str, sheet: Sheet | None = None) -> Any:
    """Give the rule of a column: its drop-down, and its explanation, shown when a cell is chosen."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = ("yes", "no") if entry.form == "yes_no" else entry.choices
    formula = f'"{",".join(words)}"' if words else None
    if sheet is not None and sheet.of_rule and entry.key == "rule":
        formula = f"'{RULES.name}'!$A$3:$A${LAST_ROW}"
    rule = DataValidation(type="list", formula1=formula, allow_blank=True) if formula else DataValidation()
    rule.showInputMessage, rule.promptTitle = True, entry.key[:30]
    rule.prompt = f"{entry.words}. {_FORM_WORDS[entry.form].capitalize()}."[:_PROMPT_LETTERS]
    if words:
        rule.showErrorMessage, rule.errorTitle, rule.error = True, "Not in the list", "Choose one of the list."
    rule.add(cells)
    return rule


def _write_about(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font

    rows: list[Sequence[str]] = [(f"The rules of an employer's program {NOT_READ}",)]
    rows += [(sentence,) for sentence in _SENTENCES]
    rows += [(), ("sheet", "column", "needed", "what it holds", "form", "one of")]
    head = {1, len(rows)}
    for one in SHEETS:
        rows += [(), (one.name, "", "", " ".join(one.words))]
        head.add(len(rows))
        for entry in one.entries:
            form = _FORM_WORDS[entry.form]
            rows.append(("", entry.key, entry.needed, entry.words, form, ", ".join(entry.choices)))
    for number, row in enumerate(rows, 1):
        for index, text in enumerate(row):
            cell = sheet.cell(number, index + 1)
            put(cell, text or None)
            cell.alignment = Alignment(wrap_text=len(row) > 1, vertical="top")
            cell.font = Font(name=_FONT, bold=number in head)
        if len(row) > 1:
            sheet.row_dimensions[number].height = _height(row, _ABOUT_WIDTHS)
    for letters, width in zip("ABCDEF", _ABOUT_WIDTHS, strict=True):
        sheet.column_dimensions[letters].width = width


def _height(texts: Sequence[str | None], widths: Sequence[int]) -> int:
    """Give the height of a row of wrapped texts, points."""
    lines = (-(-len(text or "") // width) for text, width in zip(texts, widths, strict=False))
    return max(1, *lines) * _LINE_POINTS


def _write_catalog(sheet: Any) -> None:
    """List the ids that a rule's scope may name."""
    put(sheet["A1"], f"The ids of procedures, criteria sets and service lines {NOT_READ}")
    for index, name in enumerate(("procedure", "name", "criteria set", "service line")):
        put(sheet.cell(2, index + 1), name)
    for number, one in enumerate(catalog.load().procedures, 3):
        for index, text in enumerate((one.id, one.name, one.criteria_set, one.service_line)):
            put(sheet.cell(number, index + 1), text if text != "none" else None)
    for letters, width in zip("ABCD", (34, 44, 20, 20), strict=True):
        sheet.column_dimensions[letters].width = width

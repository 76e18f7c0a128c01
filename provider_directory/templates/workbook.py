"""Makes the workbook of a template: a data sheet with drop-downs, an explanation, and the lists behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from provider_directory import catalog
from provider_directory.quality.criteria import criteria_sets
from provider_directory.sources.reading import EXAMPLE
from provider_directory.sources.workbook import NOT_READ
from provider_directory.sources.workbook_markup import column_letters
from provider_directory.templates.columns import FIXED_LISTS, Column, Template, example_rows
from provider_directory.templates.writing import put, typed

LAST_ROW = 2_000
"""Rows that have drop-downs; more may be filled in."""
_LISTS = "Lists"
_ABOUT = "About"
_FORMATS = {"text": "@", "date": "yyyy-mm-dd", "dollars": "#,##0.00", "number": "0", "degrees": "0.0000"}
_FORM_WORDS = {
    "text": "text",
    "date": "a date, 2026-04-15",
    "dollars": "dollars, 24100 or 24100.50",
    "number": "a whole number",
    "degrees": "degrees, 43.0500",
}
_PROMPT_LETTERS = 250
_ABOUT_WIDTHS = (30, 14, 70, 28, 44)
_LINE_POINTS = 15
_FONT = "Calibri"
_GREY = "FF808080"
_HEAD = "FFDDE6EE"
_EXAMPLE_NOTE = (
    "Grey rows that begin with EXAMPLE show how to fill it in. They are never read: leave them or delete them."
)


def choice_lists() -> dict[str, tuple[tuple[str, str], ...]]:
    """Give the lists that cells are chosen from, as (word, its meaning): fixed ones and those of the catalogue."""
    fixed = {name: tuple((word, "") for word in words) for name, words in FIXED_LISTS.items()}
    procedures = sorted((procedure.id, procedure.name) for procedure in catalog.load().procedures)
    sets: dict[str, list[str]] = {name: [] for name in criteria_sets() if name != "none"}
    for procedure in catalog.load().procedures:
        if procedure.criteria_set in sets:
            sets[procedure.criteria_set].append(procedure.name)
    named = tuple((name, ", ".join(names)) for name, names in sorted(sets.items()))
    return fixed | {"procedures": tuple(procedures), "criteria_sets": named}


def template_csv(template: Template) -> str:
    """Give the header of a template as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([column.name for column in template.columns])
    return text.getvalue()


def template_workbook(template: Template) -> bytes:
    """Give the workbook of a template."""
    import openpyxl  # deferred: 180 ms that only a workbook pays

    book = openpyxl.Workbook()
    data = book.active
    data.title = template.sheet
    lists = choice_lists()
    used = [column.choices for column in template.columns if column.choices]
    ranges = _write_lists(book, {name: lists[name] for name in used})
    _write_data(data, template, ranges)
    _write_about(book.create_sheet(_ABOUT, 1), template, lists)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_lists(book: Any, lists: dict[str, tuple[tuple[str, str], ...]]) -> dict[str, str]:
    """Write the lists to a hidden sheet and give the range of each, for the drop-downs."""
    sheet = book.create_sheet(_LISTS)
    sheet.sheet_state = "hidden"
    put(sheet["A1"], f"The lists behind the drop-downs {NOT_READ}")
    ranges = {}
    for index, (name, entries) in enumerate(lists.items()):
        letters = column_letters(index)
        put(sheet[f"{letters}2"], name)
        for number, (word, _) in enumerate(entries, 3):
            put(sheet[f"{letters}{number}"], word)
        ranges[name] = f"{_LISTS}!${letters}$3:${letters}${len(entries) + 2}"
    return ranges


def _write_data(sheet: Any, template: Template, ranges: dict[str, str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for index, column in enumerate(template.columns):
        letters = column_letters(index)
        head = sheet[f"{letters}1"]
        put(head, column.name)
        head.font = Font(name=_FONT, bold=True)
        head.fill = PatternFill("solid", fgColor=_HEAD)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[letters].width = max(column.width, len(column.name) * 0.8 + 2)
        sheet.column_dimensions[letters].number_format = _FORMATS[column.form]
        sheet.add_data_validation(_validation(column, f"{letters}2:{letters}{LAST_ROW}", ranges))
    for number, row in enumerate(example_rows(template), 2):
        for index, (column, text) in enumerate(zip(template.columns, row, strict=True)):
            cell = sheet.cell(number, index + 1)
            put(cell, typed(text, column.form))
            cell.font = Font(name=_FONT, color=_GREY, italic=True)
            cell.number_format = _FORMATS[column.form]
    sheet.freeze_panes = "B2"
    _print_on_one_width(sheet)


def _validation(column: Column, cells: str, ranges: dict[str, str]) -> Any:
    """Give the rule of a column: its drop-down, and its explanation, shown when a cell is chosen."""
    from openpyxl.worksheet.datavalidation import DataValidation

    source = ranges.get(column.choices)
    rule = DataValidation(type="list", formula1=source, allow_blank=True) if source else DataValidation()
    rule.showInputMessage = True
    rule.promptTitle = column.name[:30]
    rule.prompt = f"{column.words}. {_FORM_WORDS[column.form].capitalize()}."[:_PROMPT_LETTERS]
    if source:
        rule.showErrorMessage = True
        rule.errorTitle = "Not in the list"
        rule.error = "Choose one of the list; the sheet About explains them."
    rule.add(cells)
    return rule


def _write_about(sheet: Any, template: Template, lists: dict[str, tuple[tuple[str, str], ...]]) -> None:
    """Explain every column and every word of the lists."""
    from openpyxl.styles import Alignment, Font

    bold, wrapped = Font(name=_FONT, bold=True), Alignment(wrap_text=True, vertical="top")
    rows: list[Sequence[str]] = [(f"{template.title} {NOT_READ}",)]
    rows += [(sentence,) for sentence in (*template.words, _EXAMPLE_NOTE, f"Then: {template.next_step}")]
    rows += [(), ("column", "needed", "what it holds", "form", "example")]
    head = {1, len(rows)}
    for column in template.columns:
        form = "one of the list" if column.choices else _FORM_WORDS[column.form]
        rows.append(
            (column.name, column.needed, column.words, form, column.example.removeprefix(EXAMPLE).removeprefix(": "))
        )
    rows.append(("“one of these”: of the columns marked so, at least one that names the thing is needed.",))
    for name in dict.fromkeys(column.choices for column in template.columns if column.choices):
        explained = any(meaning for _, meaning in lists[name])
        rows += [(), (name.replace("_", " "), "", "meaning" if explained else "")]
        head.add(len(rows))
        rows += [(word, "", meaning) for word, meaning in lists[name]]
    for number, row in enumerate(rows, 1):
        for index, text in enumerate(row):
            cell = sheet.cell(number, index + 1)
            put(cell, text or None)
            cell.alignment = wrapped if len(row) > 1 else Alignment()
            if number in head:
                cell.font = bold
        if len(row) > 1:
            lines = max(-(-len(text) // width) for text, width in zip(row, _ABOUT_WIDTHS, strict=False))
            sheet.row_dimensions[number].height = max(lines, 1) * _LINE_POINTS
    for letters, width in zip("ABCDE", _ABOUT_WIDTHS, strict=True):
        sheet.column_dimensions[letters].width = width
    _print_on_one_width(sheet)


def _print_on_one_width(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True

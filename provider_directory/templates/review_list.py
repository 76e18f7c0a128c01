"""Writes the rows that a person must tie to a facility as a list to fill in; ``sources.review`` reads it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from provider_directory.edition.manifest import Review
from provider_directory.sources.review import NONE_FITS
from provider_directory.sources.workbook import NOT_READ
from provider_directory.sources.workbook_markup import column_letters
from provider_directory.templates.writing import csv_text, put

MOST_CANDIDATES = 3
HEADER = (
    "file",
    "row",
    "found",
    "why",
    *(f"candidate_{number + 1}" for number in range(MOST_CANDIDATES)),
    "facility_id",
    "found_mark",
)
_TO_FILL = HEADER.index("facility_id")
_WIDTHS = (30, 7, 44, 40, 44, 44, 44, 24, 20)
_HEAD, _FILL = "FFDDE6EE", "FFFFF6CC"
_PROMPT = f'Choose the facility that the row means, or type its id; "{NONE_FITS}" where no facility fits.'


def to_decide(review: Sequence[Review]) -> list[Review]:
    """Give the rows that naming a facility would settle; the others are mended in their own file."""
    return [item for item in review if item.mark]


def review_csv(review: Sequence[Review]) -> str:
    """Give the list as CSV, without anything that a spreadsheet would take for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([csv_text(cell) for cell in _cells(item)] for item in to_decide(review))
    return text.getvalue()


def review_workbook(review: Sequence[Review]) -> bytes:
    """Give the list as a workbook; the yellow column offers the candidates of its row."""
    import openpyxl  # deferred: 180 ms that only a workbook pays
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet, lists = book.active, book.create_sheet("Lists")
    sheet.title, lists.sheet_state = "Review", "hidden"
    put(lists["A1"], f"The candidates behind the drop-downs {NOT_READ}")
    for index, (name, width) in enumerate(zip(HEADER, _WIDTHS, strict=True)):
        put(sheet.cell(1, index + 1), name)
        sheet.cell(1, index + 1).font = Font(name="Calibri", bold=True)
        sheet.cell(1, index + 1).fill = PatternFill("solid", fgColor=_HEAD)
        sheet.column_dimensions[column_letters(index)].width = width
    for number, item in enumerate(to_decide(review), 2):
        for index, text in enumerate(_cells(item)):
            put(sheet.cell(number, index + 1), text)
            sheet.cell(number, index + 1).number_format = "@"
            sheet.cell(number, index + 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(number, _TO_FILL + 1).fill = PatternFill("solid", fgColor=_FILL)
        choices = (*item.candidate_ids[:MOST_CANDIDATES], NONE_FITS)
        for index, choice in enumerate(choices):
            put(lists.cell(number, index + 1), choice)
        # Another id than a candidate's may be typed: the likeness of names proposes, it does not decide.
        rule = DataValidation(type="list", formula1=f"Lists!$A${number}:${column_letters(len(choices) - 1)}${number}")
        rule.allow_blank, rule.showErrorMessage = True, False
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, "facility_id", _PROMPT
        rule.add(f"{column_letters(_TO_FILL)}{number}")
        sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cells(item: Review) -> list[str]:
    candidates = [*item.candidates[:MOST_CANDIDATES], *[""] * MOST_CANDIDATES][:MOST_CANDIDATES]
    return [item.file, str(item.row), item.found, item.next_step, *candidates, "", item.mark]

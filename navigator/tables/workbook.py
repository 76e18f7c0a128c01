"""A table as an Excel workbook (ECMA-376), made in memory.

openpyxl is not asked: it writes each sheet to a temp file, and these hold names of members.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from navigator.tables.values import Cell, Table, cell_text

_DAY_ZERO = date(1899, 12, 30)
"""Of Excel's calendar, for days after February 1900."""
_DAY, _MOMENT, _HEAD = 1, 2, 3
"""Styles, by their place in ``_STYLES``."""
_NO_XML = re.compile("[\ufffe\uffff]")
_WIDEST, _NARROWEST = 60, 8
_SECONDS_OF_A_DAY = 86_400

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def as_workbook(table: Table) -> bytes:
    """Give the table as the bytes of an .xlsx file: the list, and a second sheet that explains its columns."""
    explained = tuple((column.name, column.meaning) for column in table.columns)
    sheets = (
        (table.title, _sheet(tuple(column.name for column in table.columns), table.rows)),
        ("columns", _sheet(("column", "what it says"), explained)),
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _parts(sheets):
            package.writestr(name, _HEADER + content)
    return made.getvalue()


def _parts(sheets: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    numbers = range(1, len(sheets) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for at in numbers
    )
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>' for at, (name, _) in enumerate(sheets, 1)
    )
    related = "".join(_relation(at, "worksheet", f"worksheets/sheet{at}.xml") for at in numbers)
    styles = _relation(len(sheets) + 1, "styles", "styles.xml")
    return (
        (
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>',
        ),
        ("_rels/.rels", _relations(_relation(1, "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", _relations(related + styles)),
        ("xl/styles.xml", _STYLES),
        *((f"xl/worksheets/sheet{at}.xml", content) for at, (_, content) in enumerate(sheets, 1)),
    )


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _sheet(head: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    widths = [
        min(max(_NARROWEST, len(name), *(len(str(row[at] or "")) for row in rows)), _WIDEST) + 2
        for at, name in enumerate(head)
    ]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{wide}" customWidth="1"/>' for at, wide in enumerate(widths, 1)
    )
    lines = [_row(1, head, _HEAD), *(_row(at, row) for at, row in enumerate(rows, 2))]
    last = f"{_letters(len(head))}{len(rows) + 1}"
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(lines)}</sheetData>"
        f'<autoFilter ref="A1:{last}"/></worksheet>'
    )


def _row(number: int, cells: tuple[Cell, ...], style: int = 0) -> str:
    written = "".join(_cell(f"{_letters(at)}{number}", cell, style) for at, cell in enumerate(cells, 1))
    return f'<row r="{number}">{written}</row>'


def _cell(place: str, cell: Cell, style: int) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        here = cell.astimezone()
        part = (here.hour * 3600 + here.minute * 60) / _SECONDS_OF_A_DAY
        return f'<c r="{place}" s="{_MOMENT}"><v>{(here.date() - _DAY_ZERO).days + part:.10f}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="{_DAY}"><v>{(cell - _DAY_ZERO).days}</v></c>'
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{cell}</v></c>'
    # An inline string is never read as a formula; the quote keeps it a text when the sheet is saved as CSV later.
    text = escape(_NO_XML.sub("", cell_text(cell)))
    return f'<c r="{place}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(column: int) -> str:
    """Name a column: 1 = A, 27 = AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name

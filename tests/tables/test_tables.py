"""A table that leaves the desk: read back it says the same, and no cell of it is a formula (TRUST S8, ASVS 1.2.10)."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from navigator.case import transitions
from navigator.case.value import Need
from navigator.referral.worklist import WorkList, WorkRow
from navigator.tables import calls, work
from navigator.tables.calls import KeptCall, calls_table
from navigator.tables.csv_text import as_csv
from navigator.tables.values import Cell, Column, Table, cell_text, defused
from navigator.tables.workbook import as_workbook
from provider_directory.cleaning import clean
from provider_directory.testing import HOSTILE_NAMES

BOMBS = (
    '=HYPERLINK("http://x")',
    "＝1+1",
    "+49",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\0=1",
    " =1",
    "'=1",
    "=cmd|'/c calc'!A1",
    "﹦1+1",
    "－2",
    "\u200b=1",
    "\u2003@A1",
    "#N/A",
    "1e5",
)
TEXTS = st.one_of(st.text(max_size=30), st.sampled_from([*BOMBS, *HOSTILE_NAMES]))
MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2099, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)
CELLS = st.one_of(TEXTS, st.integers(-(2**50), 2**50), st.dates(date(2000, 1, 1), date(2099, 1, 1)), MOMENTS, st.none())
ROWS = st.lists(st.tuples(CELLS, CELLS, TEXTS), max_size=4)


def a_table(rows: tuple[tuple[Cell, ...], ...]) -> Table:
    return Table("work list", tuple(Column(name, "what it says") for name in ("one", "two", "three")), rows)


def is_formula_to_a_spreadsheet(text: str) -> bool:
    """Say it by another rule than the product's: what is left of a first letter once its width is forgotten."""
    return unicodedata.normalize("NFKC", clean(text)).lstrip()[:1] in ("=", "+", "-", "@")


def test_the_document_explains_every_column() -> None:
    document = (Path(__file__).parents[2] / "docs" / "leaving.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `(\w+)` \|", document, flags=re.MULTILINE)
    assert explained == [column.name for column in (*work.COLUMNS, *calls.COLUMNS)]


@given(TEXTS, TEXTS)
def test_no_text_begins_like_a_formula_and_no_two_become_one(one: str, two: str) -> None:
    assert not is_formula_to_a_spreadsheet(cell_text(one))
    assert (defused(one) == defused(two)) is (one == two)


@given(ROWS)
@settings(max_examples=60)
def test_csv_reads_back_the_same(rows: list[tuple[Cell, ...]]) -> None:
    written = as_csv(a_table(tuple(rows)))
    head, *found = csv.reader(io.StringIO(written, newline=""))
    assert head == ["one", "two", "three"]
    for row, cells in zip(rows, found, strict=True):
        for cell, text in zip(row, cells, strict=True):
            if isinstance(cell, str):
                assert text == cell_text(cell)
                assert not is_formula_to_a_spreadsheet(text)
            elif isinstance(cell, datetime):
                assert datetime.fromisoformat(text) == cell
            else:
                assert text == ("" if cell is None else str(cell))


@given(ROWS)
@settings(max_examples=40)
def test_a_workbook_reads_back_the_same_and_no_cell_is_a_formula(rows: list[tuple[Cell, ...]]) -> None:
    sheet = load_workbook(io.BytesIO(as_workbook(a_table(tuple(rows)))))["work list"]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d", "inlineStr"}
    for number, row in enumerate(rows, 2):
        for at, cell in enumerate(row, 1):
            value = sheet.cell(number, at).value
            if isinstance(cell, str):
                assert (value or "") == cell_text(cell).replace("\ufffe", "").replace("\uffff", "")
            elif isinstance(cell, datetime):
                assert value == cell.astimezone().replace(tzinfo=None)
            elif isinstance(cell, date):
                assert value == datetime(cell.year, cell.month, cell.day)
            else:
                assert value == cell


def test_a_workbook_is_made_without_a_temp_file_and_explains_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temp file")

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkstemp", refuse)
        patch.setattr(tempfile, "NamedTemporaryFile", refuse)
        made = as_workbook(a_table((("Ada Quill", 3, "x"),)))
    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["work list", "columns"]
    assert [cell.value for cell in book["columns"][2]] == ["one", "what it says"]
    assert book["work list"].freeze_panes == "A2"


def named(table: Table) -> list[dict[str, Cell]]:
    """Give the rows, each cell by its column."""
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_a_call_says_who_follows_it_what_came_of_it_and_nobody_by_name() -> None:
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    begun = transitions.opened(at, "jstone", "brewline-foods", demonstration=True)
    kept = KeptCall("CS-1", begun, at, "jstone", None, "call_back", None, date(2026, 11, 23))
    need = Need("new knee", "total-knee-replacement", "Total knee replacement", "joint", "hip-knee", False, "53202")
    ended = replace(begun, need=need, created=("CR-1", "CR-2"), demonstration=False)
    first, second = named(calls_table((kept, kept._replace(case=ended, owner="mquist"))))
    assert (first["opened_by"], first["followed_by"], first["state"]) == ("jstone", "jstone", "call back")
    assert (first["call_back_on"], first["data"]) == (date(2026, 11, 23), "DEMONSTRATION")
    unknown = ("procedure", "center", "ended_as", "closed", "referrals")
    assert [first[each] for each in unknown] == [None] * 5
    assert (second["procedure"], second["referrals"]) == ("Total knee replacement", "CR-1, CR-2")
    assert (second["followed_by"], second["data"]) == ("mquist", "real")


def test_a_row_of_the_work_list_says_its_risk_and_that_nobody_follows_it() -> None:
    row = WorkRow(
        id="CR-1",
        state="sent, not confirmed",
        what="confirm that it arrived",
        task_id=None,
        due_on=date(2026, 11, 23),
        overdue_days=2,
        more=1,
        sections=("all", "bill_risk"),
        member_name=None,
        procedure=None,
        center="Marquette Lakes",
        owner=None,
        away_until=None,
        demonstration=False,
    )
    calm = row.model_copy(update={"sections": ("all",), "member_name": "Ada Quill", "owner": "jstone"})
    found = WorkList(on=date(2026, 11, 25), me="jstone", section="all", counts={}, rows=(row, calm))
    first, second = named(work.work_table(found))
    assert (first["bill_risk"], first["member"], first["followed_by"]) == ("yes", "no name yet", "nobody")
    assert (second["bill_risk"], second["member"], second["followed_by"]) == ("no", "Ada Quill", "jstone")
    assert (first["days_late"], first["more"], first["data"], first["procedure"]) == (2, 1, "real", None)

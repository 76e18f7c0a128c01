"""A sheet of a workbook is read as the CSV file that it would be, and its cells are named as a person finds them."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from source_files import ROSTER, text_of

from provider_directory.cleaning import clean
from provider_directory.errors import SourceProblem
from provider_directory.facts import RosterFact
from provider_directory.sources import workbook
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import recognise
from provider_directory.sources.roster import read_roster
from provider_directory.sources.workbook_cells import ERROR_WORDS

HEADER = ["ccn", "name", "zip", "alliance", "criteria_set", "effective", "ends", "bundle_price"]
ROW = ["990001", "Harbor Light", "53202", "Lakeshore", "hip-knee", "2025-01-01", "2027-06-30", "24100"]


def saved(folder: Path, rows: Sequence[Sequence[object]], title: str = "Roster") -> Path:
    """Write one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    path = folder / "roster.xlsx"
    book.save(path)
    return path


def read(folder: Path) -> Reading[RosterFact]:
    """Read the one roster of a folder."""
    (source,), skipped = recognise(folder)
    assert skipped == []
    return read_roster(source, frozenset({"total-knee-replacement"}), frozenset({"hip-knee"}))


def reasons(folder: Path) -> str:
    """Give why nothing in a folder is read."""
    found, skipped = recognise(folder)
    assert found == []
    return " ".join(f"{item.name}: {item.reason}" for item in skipped)


def changed(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Rewrite one part of a workbook by hand."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_are_read_as_excel_keeps_them(tmp_path: Path) -> None:
    row = [10001, "Harbor Light", 2115, "Lakeshore", "hip-knee", date(2025, 1, 1), datetime(2027, 6, 30), 24100.5]
    saved(tmp_path, [HEADER, row])
    (fact,) = read(tmp_path).facts
    assert (fact.ccn, fact.zip, fact.effective, fact.ends) == ("010001", "02115", "2025-01-01", "2027-06-30")
    assert (fact.bundle_cents, fact.row) == (2_410_050, 2)


def test_a_bad_cell_is_named_by_sheet_and_letter(tmp_path: Path) -> None:
    saved(tmp_path, [HEADER, ROW, [*ROW[:6], "soon", 1]], title="Lake 2026")
    (reject,) = read(tmp_path).examples
    assert (reject.place, reject.row, reject.column) == ("sheet Lake 2026, cell G3", 3, "ends")


def test_title_rows_blank_rows_hidden_rows_and_merged_cells_are_read_sensibly_and_said(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for number, row in {
        1: ["Contracts of 2026"],
        4: ["", *HEADER],
        5: ["", *ROW],
        8: ["", *ROW],
        9: ["", *ROW],
    }.items():
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value or None)
    sheet["C8"], sheet["C9"], sheet["E9"] = "North", "South", None
    sheet.merge_cells("E8:E9")
    sheet.row_dimensions[9].hidden = True
    book.save(path)
    reading = read(tmp_path)
    assert [(fact.name, fact.alliance, fact.row) for fact in reading.facts] == [
        ("Harbor Light", "Lakeshore", 5),
        ("North", "Lakeshore", 8),
        ("South", "Lakeshore", 9),
    ]
    assert reading.read == reading.kept == 3
    assert [note.split(";")[0].split(" count")[0] for note in reading.notes] == [
        "The header stands in row 4",
        "1 hidden rows are read as the others.",
        "Cells merged downward",
    ]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ('<c r="H2" t="e"><v>#N/A</v></c>', "error_cell"),
        ('<c r="H2"><f>G2*2</f></c>', "formula_not_calculated"),
        ('<c r="H2"><f>G2*2</f><v></v></c>', "formula_not_calculated"),
    ],
)
def test_a_row_with_a_value_that_is_not_known_is_set_aside(tmp_path: Path, cell: str, reason: str) -> None:
    path = saved(tmp_path, [HEADER, [*ROW[:7], 777], ROW])
    changed(path, SHEET, lambda text: text.replace('<c r="H2" t="n"><v>777</v></c>', cell))
    reading = read(tmp_path)
    assert (reading.read, reading.kept) == (2, 1)
    assert [(one.reason, one.place) for one in reading.examples] == [(reason, "sheet Roster, cell H2")]


def test_an_error_in_a_column_that_nobody_reads_costs_no_row(tmp_path: Path) -> None:
    saved(tmp_path, [[*HEADER, "our notes"], [*ROW, "#REF!"]])
    assert read(tmp_path).kept == 1


def test_the_result_of_a_formula_is_taken(tmp_path: Path) -> None:
    path = saved(tmp_path, [HEADER, [*ROW[:7], 777]])
    changed(path, SHEET, lambda text: text.replace("<v>777</v>", "<f>20000+4100</f><v>24100</v>"))
    assert read(tmp_path).facts[0].bundle_cents == 2_410_000


def test_text_that_looks_like_a_formula_is_data(tmp_path: Path) -> None:
    path = saved(tmp_path, [HEADER, [ROW[0], "NAME", *ROW[2:]]])
    changed(path, SHEET, lambda text: text.replace(">NAME<", ">=cmd|' /C calc'!A0<"))
    assert read(tmp_path).facts[0].name == "=cmd|' /C calc'!A0"


def test_each_sheet_with_a_known_header_is_a_source_and_the_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Lake"
    sheets: dict[str, list[list[object]]] = {
        "Points": [["ccn", "lat", "lon"], ["990001", 43, -87.9]],
        "About": [[f"How to fill it in {workbook.NOT_READ}"], ["alliance", "criteria_set", "name"]],
        "Budget": [["item", "sum"], ["travel", 1]],
        "Sheet9": [],
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book["Lake"].append(HEADER)
    book["Lake"].append(ROW)
    book.save(tmp_path / "all.xlsx")
    found, skipped = recognise(tmp_path)
    assert [(item.name, item.dataset) for item in found] == [
        ("all.xlsx, sheet Lake", "roster"),
        ("all.xlsx, sheet Points", "points"),
    ]
    assert [item.name for item in skipped] == ["all.xlsx, sheet Budget"]


def test_other_spreadsheets_are_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    path = saved(tmp_path, [HEADER, ROW])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    path.rename(tmp_path / "with.xlsm")
    said = reasons(tmp_path)
    assert "old.xls: It is an old Excel file (.xls)" in said
    assert "with.xlsm: It is a workbook with macros" in said
    assert said.count("Save it as an Excel workbook (.xlsx)") == 2


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = saved(tmp_path, [HEADER, ROW])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.xml", bytes(64 << 20))
    assert "too large" in reasons(tmp_path)


def test_a_workbook_that_defines_entities_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, [HEADER, ROW])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    changed(path, SHEET, lambda text: bomb + text)
    assert "defines entities" in reasons(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('<row r="3"', '<row r="2"'),
        lambda text: text.replace('<row r="3"', '<row r="99999999"'),
        lambda text: text.replace('r="H3"', 'r="ZZZZZ3"'),
        lambda text: text[: len(text) // 2],
    ],
)
def test_a_damaged_sheet_is_refused_in_words(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = saved(tmp_path, [HEADER, ROW, ROW])
    changed(path, SHEET, change)
    found, skipped = recognise(tmp_path)
    if found:
        with pytest.raises(SourceProblem, match=r"roster\.xlsx"):
            read_roster(found[0], frozenset(), frozenset({"hip-knee"}))
    else:
        assert "roster.xlsx" in skipped[0].name


def test_a_sheet_beyond_the_row_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    saved(tmp_path, [HEADER, ROW, ROW])
    (source,), _ = recognise(tmp_path)
    with pytest.raises(SourceProblem, match="more than 2 rows"):
        read_roster(source, frozenset(), frozenset({"hip-knee"}))


def test_example_rows_of_a_template_are_not_read(tmp_path: Path) -> None:
    header = ["facility_id", *HEADER]
    saved(tmp_path, [header, ["EXAMPLE", *ROW], ["EXAMPLE: a center", *ROW], ["", "", "EXAMPLE HOSPITAL", *ROW[2:]]])
    reading = read(tmp_path)
    assert (reading.read, reading.kept) == (1, 1)
    assert reading.notes == ["2 example rows of the template are not read."]


TEXTS: st.SearchStrategy[str] = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40
).filter(lambda text: text not in ERROR_WORDS and not text.startswith("EXAMPLE"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), st.integers(101, 10**9), st.dates(date(1990, 1, 1)))
def test_a_table_says_the_same_as_csv_and_as_workbook(
    tmp_path: Path, texts: list[tuple[str, str]], cents: int, day: date
) -> None:
    as_csv, as_book = tmp_path / "csv", tmp_path / "book"
    typed = []
    for name, reason in texts:
        cells: dict[str, object] = {"ccn": 10001, "alliance": "L", "criteria_set": "hip-knee", "name": name}
        cells |= {"reason": reason, "bundle_price": cents / 100, "effective": day, "attested_cases_per_year": cents}
        typed.append([cells.get(column) for column in ROSTER])
    for folder in (as_csv, as_book):
        folder.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    book.active.append(ROSTER)
    for number, row in enumerate(typed, 2):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(as_book / "r.xlsx")
    plain = [["" if value is None else str(value) for value in row] for row in typed]
    (as_csv / "r.csv").write_text(text_of([ROSTER, *plain]), encoding="utf-8", newline="")
    one, other = read(as_csv), read(as_book)
    assert other.facts == one.facts
    assert other.facts[0].name == clean(texts[0][0])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.integers(0, 10**6),
    st.sampled_from(["", "<c>", "</row>", "999999999", "nan", "1e999", '"', "&"]),
    st.integers(0, 9),
)
def test_whatever_stands_in_a_sheet_only_our_own_errors_leave_it(
    tmp_path: Path, at: int, put_in: str, taken_out: int
) -> None:
    def damage(text: str) -> str:
        place = at % len(text)
        return text[:place] + put_in + text[place + taken_out :]

    path = saved(tmp_path, [HEADER, ROW, ROW])
    changed(path, SHEET, damage)
    found, skipped = recognise(tmp_path)
    assert len(found) + len(skipped) == 1
    for source in found:
        with contextlib.suppress(SourceProblem):
            reading = read_roster(source, frozenset(), frozenset({"hip-knee"}))
            assert reading.read == reading.kept + reading.duplicates + sum(reading.set_aside.values())

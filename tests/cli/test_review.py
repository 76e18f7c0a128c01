"""Rows that no rule can tie: built, listed, decided in the workbook, built again, offered."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from command_line import CommandLine

HOSPITALS = """\
Facility ID,Facility Name,Address,City/Town,State,ZIP Code,County/Parish,Telephone Number,Hospital Type,\
Hospital Ownership,Emergency Services,Meets criteria for birthing friendly designation,Hospital overall rating
90Z701,ALDERWICK MEDICAL CENTER,1 ELM ST,MILWAUKEE,WI,53202,M,(414) 555-0101,Acute Care Hospitals,Church,Yes,Y,4
"""
HEADER = ["ccn", "name", "zip", "alliance", "criteria_set", "effective", "bundle_price", "intake_phone"]
ROWS: list[list[object]] = [
    ["", "=Alderwick Clinic", 53202, "Lakeshore Health Alliance", "hip-knee", "2025-01-01", 24100, "(414) 555-0150"],
    ["90Z701", "", None, "Lakeshore Health Alliance", "cabg", "someday", 61000, ""],
]
PROGRAM = 'id = "acme"\nemployer = "Acme"\nalliances = ["Lakeshore Health Alliance"]\nplan_year = 2026\n'


@pytest.fixture
def sources(tmp_path: Path, few_zips: None) -> Path:
    """Give a folder with one hospital and a roster of two rows, one of them in doubt and one wrong."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "hospitals.csv").write_text(HOSPITALS)
    book = openpyxl.Workbook()
    book.active.title = "Roster"
    book.active.append(HEADER)
    for number, row in enumerate(ROWS, 2):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(number, column, value or None)
            if isinstance(value, str) and value:
                cell.data_type = "s"
    book.save(folder / "roster.xlsx")
    return folder


def test_a_decided_row_is_offered_after_the_next_build(coe: CommandLine, sources: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.xlsx"
    (tmp_path / "acme.toml").write_text(PROGRAM)
    find = ("find", "total-knee-replacement", "53202", "--program", str(tmp_path / "acme.toml"), "--json")
    assert coe("build", "--from", str(sources), "--review", str(review)) == 0
    assert "sheet Roster, cell F3, effective: found 'someday'" in coe.out
    assert f"Review list: {review}" in coe.out
    assert coe(*find) == 0
    assert coe.json["centers"][0]["credential"]["state"] != "CONTRACT"

    book = openpyxl.load_workbook(review)
    sheet = book["Review"]
    named = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, named["found"]).data_type == "s"
    assert "=Alderwick Clinic" in sheet.cell(2, named["found"]).value
    assert book["Lists"]["A2"].value == "ccn-90z701"
    sheet.cell(2, named["facility_id"], "ccn-90z701")
    book.save(sources / "review.xlsx")

    assert coe("build", "--from", str(sources)) == 0
    assert "\nReview list: " not in coe.out
    assert coe(*find) == 0
    (center,) = coe.json["centers"]
    assert (center["credential"]["state"], center["price"]["amount_cents"]) == ("CONTRACT", 2_410_000)
    assert center["facility"]["intake_phone"] == "(414) 555-0150"


def test_the_list_lies_beside_the_edition_where_no_place_is_given_and_what_was_filled_in_stays(
    coe: CommandLine, sources: Path, tmp_path: Path
) -> None:
    build = ("build", "--from", str(sources), "--out", str(tmp_path / "e.sqlite"), "--json")
    assert coe(*build) == 0
    review = tmp_path / "e.review.xlsx"
    assert coe.json["review_list"] == str(review)
    review.write_bytes(b"filled in")
    assert coe(*build) == 0
    assert review.read_bytes() == b"filled in"


def test_the_list_as_csv_holds_no_formula(coe: CommandLine, sources: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.csv"
    assert coe("build", "--from", str(sources), "--out", str(tmp_path / "e.sqlite"), "--review", str(review)) == 0
    (line,) = csv.DictReader(review.read_text().splitlines())
    assert line["found"].startswith("'=Alderwick Clinic")
    assert (line["file"], line["row"], line["facility_id"]) == ("roster.xlsx, sheet Roster", "2", "")


def test_a_review_file_that_is_there_is_not_overwritten(coe: CommandLine, sources: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.csv"
    review.write_text("mine")
    assert coe("build", "--from", str(sources), "--review", str(review)) == 2
    assert coe("build", "--from", str(sources), "--review", str(tmp_path / "review.txt")) == 2
    assert coe("build", "--from", str(sources), "--review", str(tmp_path / "no" / "review.csv")) == 2
    assert review.read_text() == "mine"

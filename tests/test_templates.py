"""A template says what each column holds, its examples can be read, and nothing that we write is a formula."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import CommandLine

from provider_directory.catalog import load
from provider_directory.quality.criteria import criteria_sets
from provider_directory.sources.claims_summary import read_claims
from provider_directory.sources.layouts import CLAIMS_COLUMNS, MEMBER_COLUMNS, ROSTER_COLUMNS, SITE_COLUMNS
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import SourceFile, recognise
from provider_directory.sources.roster import read_roster
from provider_directory.templates.columns import TEMPLATES, Template
from provider_directory.templates.workbook import template_csv, template_workbook
from provider_directory.templates.writing import csv_text, put

DATASETS = {"roster": "roster", "contracts": "contracts", "claims": "paid_claims"}
PROCEDURES = frozenset(procedure.id for procedure in load().procedures)


def opened(template: Template) -> Any:
    return openpyxl.load_workbook(io.BytesIO(template_workbook(template)))


def read(source: SourceFile) -> Reading[Any]:
    if source.dataset == "paid_claims":
        return read_claims(source, PROCEDURES)
    return read_roster(source, PROCEDURES, frozenset(criteria_sets()))


@pytest.mark.parametrize("name", DATASETS)
def test_an_untouched_template_is_read_as_a_table_without_rows(name: str, tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(template_workbook(TEMPLATES[name]))
    (source,), skipped = recognise(tmp_path)
    assert (source.dataset, skipped) == (DATASETS[name], [])
    reading = read(source)
    assert (reading.read, reading.facts) == (0, [])
    assert "example rows" in reading.notes[0]


@pytest.mark.parametrize("name", DATASETS)
def test_the_examples_are_rows_that_can_be_read(name: str, tmp_path: Path) -> None:
    book = opened(TEMPLATES[name])
    sheet = book[TEMPLATES[name].sheet]
    for cell in (row[0] for row in sheet.iter_rows(min_row=2, max_row=3)):
        cell.value = str(cell.value or "").removeprefix("EXAMPLE").removeprefix(": ") or None
    book.save(tmp_path / "t.xlsx")
    reading = read(recognise(tmp_path)[0][0])
    assert reading.kept == len(TEMPLATES[name].examples), reading.examples


def test_sites_belong_to_a_program_and_are_no_source(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(template_workbook(TEMPLATES["sites"]))
    found, skipped = recognise(tmp_path)
    assert found == []
    assert "programs/ID.sites" in skipped[0].reason


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda template: template.name)
def test_every_column_has_a_prompt_and_a_line_in_the_explanation_and_nothing_is_a_formula(template: Template) -> None:
    book = opened(template)
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", *(["hidden"] * (len(book.sheetnames) - 2))]
    data = book[template.sheet]
    assert len(data.data_validations.dataValidation) == len(template.columns)
    explained = {row[0].value for row in book["About"].iter_rows()}
    assert {column.name for column in template.columns} <= explained
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert data.freeze_panes == "B2"


def test_the_drop_downs_hold_every_procedure_and_every_set() -> None:
    book = opened(TEMPLATES["roster"])
    listed = {cell.value for row in book["Lists"].iter_rows() for cell in row}
    assert listed >= PROCEDURES
    assert set(criteria_sets()) - {"none"} <= listed
    assert "none" not in listed


def test_the_templates_ask_for_the_columns_that_the_readers_know() -> None:
    def asked(name: str) -> set[str]:
        return {column.name for column in TEMPLATES[name].columns}

    assert asked("roster") == set(ROSTER_COLUMNS)
    assert asked("claims") == set(CLAIMS_COLUMNS)
    assert asked("sites") == set(SITE_COLUMNS)
    assert asked("members") == set(MEMBER_COLUMNS) - {"program_id"}
    assert asked("contracts") - {"contract_price"} <= set(ROSTER_COLUMNS)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\tx", "plain"])
def test_what_looks_like_a_formula_is_written_as_text(text: str) -> None:
    book = openpyxl.Workbook()
    put(book.active["A1"], text)
    content = io.BytesIO()
    book.save(content)
    cell = openpyxl.load_workbook(content).active["A1"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, text != "plain")
    assert csv_text(text) == (text if text == "plain" else f"'{text}")


def test_a_template_is_written_once_and_says_what_to_do_next(
    coe: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert coe("template", "contracts") == 0
    assert "coe build --from FOLDER" in coe.out
    assert (tmp_path / "coe-contracts.xlsx").stat().st_size > 1000
    assert coe("template", "contracts") == 2
    assert "--force" in coe.err
    assert coe("template", "contracts", "--force") == 0
    assert coe("template", "claims", "--csv") == 0
    assert (tmp_path / "coe-claims.csv").read_text() == template_csv(TEMPLATES["claims"])
    assert coe("template", "claims", "--out", "claims.txt") == 2
